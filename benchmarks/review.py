"""From a key to the next record, in headless Chromium, on a store of 100,000 records.

``python benchmarks/review.py STORE [PRESSES]`` starts the app on a copy of STORE, presses Enter and waits until another
record's card stands there; prints p50 and p95. ``--build`` makes STORE first, from one report of the corpus many times.
"""

from __future__ import annotations

import hashlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
RECORDS = 100_000


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


def press(address: str, presses: int) -> tuple[float, list[float]]:
    """Seconds until the first card, then milliseconds from each Enter to the next record."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="vi-VN")
        began = time.perf_counter()
        page.goto(address)
        page.get_by_role("button", name="Chấp nhận").wait_for()
        opened = time.perf_counter() - began
        taken = [
            page.evaluate(
                """() => new Promise(done => {
                    const shown = () => document.querySelector('[class*="act-accept"]')?.className;
                    const before = shown(), began = performance.now();
                    const other = () => shown() && shown() !== before;
                    const look = () => other() ? done(performance.now() - began) : setTimeout(look, 4);
                    document.body.dispatchEvent(new KeyboardEvent("keydown",
                        { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true }));
                    look();
                })"""
            )
            for _ in range(presses)
        ]
        browser.close()
    return opened, taken


def main() -> None:
    """Builds, serves, presses, prints."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    path, presses = Path(words[0]), int(words[1]) if len(words) > 1 else 100
    if "--build" in sys.argv:
        build(path)
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
            opened, taken = press(f"http://127.0.0.1:{port}/", presses)
        finally:
            server.kill()
            server.wait()
    marks = statistics.quantiles(taken, n=100)
    print(
        f"page up {opened:.2f} s; key to next record p50 {marks[49]:.0f} ms, p95 {marks[94]:.0f} ms, n = {len(taken)}"
    )


if __name__ == "__main__":
    main()
