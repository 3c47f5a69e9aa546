"""From a key to the next record in headless Chromium, and what a correction costs in keys.

``python -m benchmarks.review [PRESSES] [--report FILE.pdf] [--pages 400]`` prints, all in one run on one machine:

- the bare round trip of Streamlit: a form of one field and one button, from Enter until the next form is painted;
- the same of the review screen on three stores: 100,000 records as text, FILE as it is, FILE again and again up to
  ``--pages`` pages; with the time until the first card and the first page image are there;
- the keys of one correction of each field, beside the letters that are typed; a field without a key of its own is
  reached by Tab;
- how often the page changes when FILE is reviewed in the default order.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
OUT = ROOT / "out"
STORE = OUT / "bench-review.sqlite"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
RECORDS = 100_000
VISITS = 3
PAUSE = 500  # ms: nobody reads a figure and its sentence in less
READ = 800  # ms: what a person reads a figure for, in either way of reviewing
HURRY = 380  # ms: the screen takes no press in the first 350 of a card

BARE = """
import streamlit as st

def step():
    st.session_state.n = st.session_state.get("n", 0) + 1

@st.fragment
def desk():
    n = st.session_state.get("n", 0)
    with st.form(f"card:{n}"):
        st.text_input("Value", str(n), key=f"card:{n}:0:value")
        st.form_submit_button("Accept", shortcut="Enter", key=f"card:{n}:0:act-accept", on_click=step)

desk()
"""

TO_THE_NEXT = """answered => new Promise(done => {
    // the class of the button names its record; that of its looks changes while a run is going on and says nothing
    const shown = () => [...document.querySelectorAll('[class*="act-accept"]')]
        .map(found => /st-key-card-(\\d+)/.exec(found.className)?.[1]).join();
    // a press that would not be taken yet, since an answer is on its way, waits as a person would: that is counted
    const form = () => document.querySelector(".card, .sentence");
    const taken = () => !form() || form().dataset.ready === new URLSearchParams(location.search).get("id");
    let before = null;
    const began = performance.now();
    const asking = () => answered && form()?.desk.sent;
    const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    const look = () => shown() && shown() !== before && !asking() ? painted() : setTimeout(look, 2);
    const enter = () => {
        if (!taken()) return setTimeout(enter, 2);
        before = shown();
        document.body.dispatchEvent(new KeyboardEvent("keydown",
            { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true }));
        look();
    };
    enter();
})"""

IN_FIELD = """name => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return !!at?.matches("input, textarea") && !!at.closest(`[class*="st-key-card-"][class$="-${name}"], ` +
        `[class*="st-key-card-"][class*="-${name} "]`);
}"""
CHOSEN = (
    "() => { const a = document.activeElement; return a.selectionStart === 0 && a.selectionEnd === a.value.length }"
)
KEY_OF = """name => getComputedStyle(document.querySelector(".card") ?? document.body)
    .getPropertyValue(`--key-${name}`).replace(/[\"' ]/g, "")"""

CORRECTIONS = {
    "value": "7",
    "unit": "suất",
    "status": "ướ",
    "period": "năm 2015",
    "indicator": "Tên khác",
    "compared0": "7",
    "reason": "số thứ tự",
}
"""Field of the card → what is typed there; a reason is typed for a rejection."""


def build(path: Path) -> None:
    """A store of RECORDS figures: the same report under many issuers."""
    from extractor.archive import Store
    from extractor.pipeline import extract

    store, actor = Store.open_local(path)
    read = extract(ROOT / "corpus" / "minh-giang-2023-q1.md")
    source = read.document.source
    assert source is not None
    total = store.progress().total
    while total < RECORDS:
        content = f"copy {total}".encode()
        document = replace(
            read.document,
            source=replace(source, sha256=hashlib.sha256(content).hexdigest()),
            report=replace(read.report, issuer=f"UBND quận số {total}", number=f"{total}/BC-UBND"),
        )
        total += store.add_extraction(replace(read, document=document), content, actor=actor).added
    store.close()


def build_of(file: Path, pages: int | None) -> Callable[[Path], None]:
    """How to make a store of one PDF, read as it is or again and again up to ``pages`` pages."""

    def make(path: Path) -> None:
        from benchmarks.pdf import many_pages
        from extractor.archive import Store
        from extractor.pipeline import extract

        store, actor = Store.open_local(path)
        with tempfile.TemporaryDirectory() as folder:
            whole = many_pages(file, pages, Path(folder)) if pages else file
            store.add_extraction(extract(whole), whole, actor=actor)
        store.close()

    return make


def made(path: Path, make: Callable[[Path], None]) -> Path:
    """The store at ``path``, made the first time."""
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        part = path.with_suffix(".part.sqlite")
        part.unlink(missing_ok=True)
        make(part)
        part.replace(path)
    return path


@contextmanager
def answering(command: list[str], port: int) -> Iterator[str]:
    """The address of a server that ``command`` starts."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.kill()
        server.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address of the app on a copy of the store at ``path``."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(path, folder)
        code = f"from extractor.ui import serve; serve.run(store={str(copy)!r}, port={port})"
        with answering([sys.executable, "-c", code], port) as address:
            yield address


@contextmanager
def serving_bare() -> Iterator[str]:
    """The address of an app that holds one field and one button."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(BARE, encoding="utf-8")
        options = ["--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
        options += [f"--server.port={port}", "--server.address=127.0.0.1"]
        with answering([sys.executable, "-m", "streamlit", "run", str(script), *options], port) as address:
            yield address


@contextmanager
def browser_for_all() -> Iterator[Any]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def browsing(path: Path) -> Iterator[tuple[str, Any]]:
    """The address of the app on a copy of the store at ``path``, and a headless Chromium to visit it."""
    with serving(path) as address, browser_for_all() as browser:
        yield address, browser


def visit(browser: Any, address: str, *, button: str = "Chấp nhận") -> tuple[float, Any]:
    """Seconds until the first card stands there in a browser that was never here, and its page."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN").new_page()
    began = time.perf_counter()
    page.goto(address)
    page.get_by_role("button", name=button).first.wait_for()
    return time.perf_counter() - began, page


def press(page: Any, presses: int, *, pause: int, answered: bool = False) -> list[float]:
    """Milliseconds from each Enter to the next record; with ``answered`` until the server has said so too."""
    taken = []
    for _ in range(presses):
        page.wait_for_timeout(pause)
        taken.append(page.evaluate(TO_THE_NEXT, answered))
    return taken


def used(name: str) -> float:
    """Seconds of processor time that our descendants whose command is called ``name`` have used; 0 outside Linux."""
    rows = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, tail = file.read_text(encoding="utf-8", errors="replace").rpartition(")")
        except OSError:  # it has just ended
            continue
        number, _, command = head.partition(" (")
        fields = tail.split()
        rows[int(number)] = (command, int(fields[1]), int(fields[11]) + int(fields[12]))
    ours = {os.getpid()}
    while more := {number for number, row in rows.items() if row[1] in ours} - ours:
        ours |= more
    ticks = sum(row[2] for number, row in rows.items() if number in ours and row[0].startswith(name))
    return ticks / os.sysconf("SC_CLK_TCK")


def work(page: Any, presses: int) -> str:
    """What a key costs the processor, in the server and in the browser: a busy machine hardly changes that."""
    names = ("python", "chrom")
    before = [used(name) for name in names]
    press(page, presses, pause=PAUSE)
    spent = [(used(name) - old) / presses * 1000 for name, old in zip(names, before, strict=True)]
    return f"{'processor time of a key':42} server {spent[0]:.0f} ms, browser {spent[1]:.0f} ms"


def told(name: str, taken: list[float], bare: float = 0.0) -> str:
    """A row of milliseconds as a line, its median held against that of the ``bare`` round trip."""
    marks = statistics.quantiles(taken, n=100)
    share = f" = {marks[49] / bare:.2f} × bare" if bare else ""
    return f"{name:42} p50 {marks[49]:5.0f} ms{share}, p95 {marks[94]:5.0f} ms, n = {len(taken)}"


def time_bare(browser: Any, presses: int) -> tuple[float, float]:
    """Prints what Streamlit itself takes; returns its round trip, and the seconds until something stands there."""
    with serving_bare() as address:
        visits = []
        for _ in range(VISITS):
            opened, page = visit(browser, address, button="Accept")
            visits.append(opened)
            page.context.close()
        _, page = visit(browser, address, button="Accept")
        taken = press(page, presses, pause=PAUSE)
        page.context.close()
    first = statistics.median(visits)
    print(told("bare round trip of Streamlit", taken) + f"; first draw {first:.2f} s")
    return statistics.median(taken), first


def time_store(browser: Any, name: str, path: Path, presses: int, bare: tuple[float, float]) -> None:
    """Prints what one store costs, beside what Streamlit itself does."""
    trip, first = bare
    with serving(path) as address:
        visits = []
        for _ in range(VISITS):
            opened, page = visit(browser, address)
            visits.append(opened)
            page.context.close()
        usual = statistics.median(visits)
        print(f"{name}: first card after a start {visits[0]:.2f} s, median of {VISITS} {usual:.2f} s", end="")
        print(f" = {usual / first:.2f} × bare")
        began = time.perf_counter()
        _, page = visit(browser, address)
        if path != STORE:  # that one holds text alone
            page.locator(".page .box").first.wait_for(timeout=600_000)
            taken = time.perf_counter() - began
            print(f"{name}: first page image with its marks {taken:.2f} s = {taken / first:.2f} × bare")
        print(told(f"{name}, as people press", press(page, presses, pause=PAUSE), trip))
        print(told(f"{name}, until it is answered", press(page, presses, pause=PAUSE, answered=True), trip))
        print(told(f"{name}, in a hurry", press(page, presses, pause=HURRY), trip))
        print(work(page, max(presses // 3, 2)))
        page.context.close()


def correct(page: Any, field: str, typed: str) -> int:
    """The keys of one correction beside the letters of ``typed``: to the field, in the field, and to have it saved."""
    keys = 0

    def hit(key: str) -> None:
        nonlocal keys
        keys += 1
        page.keyboard.press(key)

    own = page.evaluate(KEY_OF, field)
    if own:
        hit(own)
    elif field == "reason" and not page.locator('[class*="-reason"] input').count():
        hit("m")
        page.locator('[class*="-reason"] input').wait_for()
    while not page.evaluate(IN_FIELD, field) and keys < 80:
        hit("Tab")
    if page.locator(":focus").get_attribute("role") != "combobox" and not page.evaluate(CHOSEN):
        hit("Control+a")
    page.keyboard.type(typed)
    page.wait_for_timeout(150)
    before = page.url
    if field == "reason":
        hit("Escape")
        page.wait_for_timeout(400)
        hit("b")
    else:
        for _ in range(2):
            hit("Enter")
            page.wait_for_timeout(1500)
            if page.url != before:
                return keys
        hit("Escape")
        hit("Enter")
    page.wait_for_function("old => location.href !== old", arg=before)
    return keys


def count_keys(browser: Any, path: Path) -> None:
    """Prints the keys of one correction of each field, each on a card that was just opened."""
    from extractor.archive import Store
    from extractor.archive.row_types import OPEN, Filter

    store = Store.open(path)
    waiting = [r for r in store.queue(Filter(states=OPEN, order="place")) if r.comparisons and r.value is not None]
    store.close()
    counted = {}
    with serving(path) as address:
        for record, (field, typed) in zip(waiting, CORRECTIONS.items(), strict=False):
            _, page = visit(browser, f"{address}?id={record.id}&mode=card")
            page.wait_for_timeout(2000)
            counted[field] = correct(page, field, typed)
            page.context.close()
    print("keys of one correction beside what is typed: " + ", ".join(f"{k} {n}" for k, n in counted.items()))


OPEN_ROWS = "document.querySelectorAll('.sentence tbody tr:not(.closed):not(.told)').length"
READY = """() => [".card", ".sentence"].some(look =>
    document.querySelector(look)?.dataset.ready === new URLSearchParams(location.search).get("id"))"""


def act_as_person(browser: Any, path: Path, mode: str, figures: int) -> str:
    """A person who reads each figure for READ ms and corrects the value of every tenth, in one way of reviewing."""
    keys = decided = 0
    with serving(path) as address:
        page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN").new_page()
        page.goto(f"{address}?mode={mode}")
        page.wait_for_function(READY)
        began = time.perf_counter()
        while decided < figures:
            rows = page.evaluate(OPEN_ROWS)
            waiting = max(rows, 1)
            page.wait_for_timeout(READ * waiting)
            for n in range(waiting):
                if (decided + n) % 10 != 9:
                    continue
                if rows:
                    page.keyboard.press("Escape")
                    cells = page.locator(".sentence tr:not(.closed) .part-value input")
                    steps = ["ArrowDown"] * (n + 1)
                    page.evaluate("document.querySelector('.sentence').desk.at = null")
                else:
                    cells, steps = page.locator("#card-value"), ["g"]
                for step in steps:
                    page.keyboard.press(step)
                page.keyboard.type("7,5")
                keys += len(steps)
                assert cells.nth(n if rows else 0).input_value() == "7,5"
            before = page.url
            page.keyboard.press("Enter")
            keys += 1
            decided += waiting
            page.wait_for_function("old => location.href !== old", arg=before)
            page.wait_for_function(READY)
        taken = time.perf_counter() - began
        page.context.close()
    spent = f"{taken:.0f} s, {taken / decided:.2f} s a figure, of which {READ / 1000:.1f} s reading"
    return f"by {mode}: {decided} figures, every tenth corrected: {spent}; {keys} keys beside what is typed"


def compare_ways(report: Path, figures: int) -> None:
    """Prints the same person at work by sentence and by card, twice in turn."""
    path = made(OUT / f"bench-{report.stem}.sqlite", build_of(report, None))
    with browser_for_all() as browser:
        for mode in ("sentence", "card") * 2:
            print(act_as_person(browser, path, mode, figures))
    print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def count_pages(path: Path) -> None:
    """Prints how often the page changes in the default order, and in that of the report."""
    from extractor.archive import Store
    from extractor.archive.row_types import OPEN, Filter

    store = Store.open(path)
    item = store.items()[0].id
    orders = {"of review": [store.record(record_id) for record_id in store.review_order(item)]}
    for order in ("doubt", "place"):
        orders[order] = store.queue(Filter(item=item, states=OPEN, order=order), limit=10_000)
    for order, records in orders.items():
        changes = sum(a.page != b.page for a, b in pairwise(records))
        third = records[: len(records) * 3 // 10]
        doubtful = sorted(records, key=lambda r: r.rank)[: len(third)]
        share = len({r.id for r in third} & {r.id for r in doubtful}) / len(third)
        print(
            f"order {order}: page changes {changes} of {len(records)}, most doubtful 30 % in the first 30 % {share:.0%}"
        )
    store.close()


def main() -> None:
    """Builds, serves, visits, presses, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("presses", type=int, nargs="?", default=100)
    parser.add_argument("--report", type=Path, default=ROOT / "corpus" / "krong-tia-2018.pdf")
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--person", type=int, help="only a person at work for this many figures, in either way")
    chosen = parser.parse_args()
    if chosen.person:
        compare_ways(chosen.report, chosen.person)
        return
    many = made(STORE, build)
    name = chosen.report.stem
    short = made(OUT / f"bench-{name}.sqlite", build_of(chosen.report, None))
    long = made(OUT / f"bench-{name}-{chosen.pages}.sqlite", build_of(chosen.report, chosen.pages))
    with browser_for_all() as browser:
        bare = time_bare(browser, chosen.presses)
        time_store(browser, f"{RECORDS:,} records", many, chosen.presses, bare)
        time_store(browser, name, short, chosen.presses, bare)
        time_store(browser, f"{chosen.pages} pages", long, max(chosen.presses // 5, 4), bare)
        time_bare(browser, chosen.presses)
        count_keys(browser, short)
    count_pages(short)
    print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
