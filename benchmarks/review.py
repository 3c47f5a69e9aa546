"""From a key to the next record, in headless Chromium, on a store of 100,000 records.

``python -m benchmarks.review [PRESSES]`` makes the store once (``out/bench-review.sqlite``: one report of the corpus
under many issuers), starts the app on a copy of it and prints how long the page takes to come up and how long it is
from Enter until another record's card is painted. Twice: as a person presses, with a moment to look between two keys,
and without any pause, where each key waits for what the one before has still to draw.
"""

from __future__ import annotations

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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
STORE = ROOT / "out" / "bench-review.sqlite"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
RECORDS = 100_000
VISITS = 5
PAUSE = 500  # ms: nobody reads a figure and its sentence in less

TO_THE_NEXT = """() => new Promise(done => {
    // the class of the button names its record; that of its looks changes while a run is going on and says nothing
    const shown = () => [...document.querySelectorAll('[class*="act-accept"]')]
        .map(found => /st-key-card-(\\d+)/.exec(found.className)?.[1]).join();
    const before = shown(), began = performance.now();
    const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    const look = () => shown() && shown() !== before ? painted() : setTimeout(look, 2);
    document.body.dispatchEvent(new KeyboardEvent("keydown",
        { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true }));
    look();
})"""


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


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address of the app on a copy of the store at ``path``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(path, folder)
        code = f"from extractor.ui import serve; serve.run(store={str(copy)!r}, port={port})"
        server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, cwd=ROOT)
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


@contextmanager
def browsing(path: Path) -> Iterator[tuple[str, Any]]:
    """The address of the app on a copy of the store at ``path``, and a headless Chromium to visit it."""
    from playwright.sync_api import sync_playwright

    with serving(path) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield address, browser
        browser.close()


def visit(browser: Any, address: str) -> tuple[float, Any]:
    """Seconds until the first card stands there in a browser that was never here, and its page."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, locale="vi-VN").new_page()
    began = time.perf_counter()
    page.goto(address)
    page.get_by_role("button", name="Chấp nhận").wait_for()
    return time.perf_counter() - began, page


def press(page: Any, presses: int, *, pause: int) -> list[float]:
    """Milliseconds from each Enter to the next record."""
    taken = []
    for _ in range(presses):
        page.wait_for_timeout(pause)
        taken.append(page.evaluate(TO_THE_NEXT))
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
    return f"{'processor time of a key':34} server {spent[0]:.0f} ms, browser {spent[1]:.0f} ms"


def told(name: str, taken: list[float]) -> str:
    """A row of milliseconds as a line."""
    marks = statistics.quantiles(taken, n=100)
    return f"{name:34} p50 {marks[49]:4.0f} ms, p95 {marks[94]:4.0f} ms, n = {len(taken)}"


def main(presses: int) -> None:
    """Builds, serves, visits, presses, prints."""
    if not STORE.is_file():
        STORE.parent.mkdir(exist_ok=True)
        part = STORE.with_suffix(".part.sqlite")
        part.unlink(missing_ok=True)
        build(part)
        part.replace(STORE)
    with browsing(STORE) as (address, browser):
        visits = []
        for _ in range(VISITS):
            opened, page = visit(browser, address)
            visits.append(opened)
            page.context.close()
        usual = statistics.median(visits)
        print(f"page up: the first after a start {visits[0]:.2f} s, median of {VISITS} {usual:.2f} s")
        _, page = visit(browser, address)
        print(told("key to next record, as people press", press(page, presses, pause=PAUSE)))
        print(told("key to next record, without pause", press(page, presses, pause=0)))
        print(work(page, presses))
        print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
