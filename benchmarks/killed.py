"""A long run that is killed twice against one that is left alone: do both stores say the same, row by row?

    python -m benchmarks.killed [--count 200] [--workers 2] [--shelf FOLDER] [--keep FOLDER] [--together]

Makes (or takes up) a shelf of made reports, ingests it once undisturbed and once with the command killed by ``-9`` when
a third and when two thirds have arrived, each time begun again with the same command. The second kill takes the whole
process group along. Then both stores are hashed, table by table: files, classes, readings, figures, records with their
numbers, and the journal's lines; all columns but the moments at which something was written. Also sampled: the memory
of the parent and of the workers. Ends with code 1 where anything differs. With ``--together`` both runs go on at once,
each with its own workers: less waiting, and files/s that count for nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.reports import make_shelf
from benchmarks.tables import show
from benchmarks.watching import arrived, start, watched

MOMENTS = {
    "received",
    "made",
    "at",
    "first_at",
    "since",
    "decided_at",
    "seconds",
    "hash",
    "previous",
    "client_id",
    "tries",
}
TABLES = ("arrival", "item", "instantiation", "original", "reading", "extraction", "record", "event")


def disturbed(shelf: Path, store: Path, workers: int, count: int) -> list[int]:
    """Kills at a third and at two thirds; returns how many files had arrived at each end."""
    ends = []
    for most, whole in ((count // 3, False), (2 * count // 3, True)):
        process = start([shelf], store, workers)
        while arrived(store) < most and process.poll() is None:
            time.sleep(0.2)
        if whole:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
        ends.append(arrived(store))
    start([shelf], store, workers).communicate()
    return [*ends, arrived(store)]


def fingerprints(store: Path) -> dict[str, tuple[int, str]]:
    """Table → how many rows, and the hash of all that they say."""
    found = {}
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as opened:
        for table in TABLES:
            info = opened.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
            names = [name for name, _ in info if name not in MOMENTS]
            keys = [name for name, _ in sorted(info, key=lambda one: one[1]) if dict(info)[name]]
            listed = ", ".join(f'"{name}"' for name in names)
            order = ", ".join(f'"{name}"' for name in keys)
            digest, count = hashlib.sha256(), 0
            for row in opened.execute(f'SELECT {listed} FROM "{table}" ORDER BY {order}'):
                digest.update(repr(row).encode())
                count += 1
            found[table] = count, digest.hexdigest()
    return found


def compared(table: str, left: tuple[int, str], right: tuple[int, str]) -> tuple[str, ...]:
    told = "same" if left == right else "DIFFERENT"
    return table, f"{left[0]:,}", f"{right[0]:,}", f"`{left[1][:16]}`", f"`{right[1][:16]}`", told


def run(
    count: int, *, workers: int = 2, shelf: Path | None = None, keep: Path | None = None, together: bool = False
) -> int:
    """Both runs, their comparison in docs/performance.md, and 1 where anything differs."""
    with tempfile.TemporaryDirectory() as name:
        place = keep or Path(name)
        place.mkdir(parents=True, exist_ok=True)
        shelf = shelf or Path(name) / "shelf"
        files = make_shelf(shelf, count)
        contents = len({hashlib.sha256(path.read_bytes()).digest() for path in files})
        harsh, calm = place / "killed.sqlite", place / "undisturbed.sqlite"
        with ThreadPoolExecutor(2 if together else 1) as runs:
            of_killed = runs.submit(disturbed, shelf, harsh, workers, count)
            of_calm = runs.submit(watched, [shelf], calm, workers, every=2.0)
            ends = of_killed.result()
            print(f"killed after {ends[0]:,} and {ends[1]:,} files, ended with {ends[2]:,}", flush=True)
            whole = of_calm.result()
        left, right = fingerprints(harsh), fingerprints(calm)
    rows = [compared(table, left[table], right[table]) for table in TABLES]
    once = left["arrival"][0] == left["original"][0] == contents == ends[2]
    same = left == right
    first, last = whole.at(0.1), whole.at(0.95)
    beside = ", with the killed run beside it" if together else ""
    note = (
        f"Different files on the shelf: {contents:,}. Killed with `-9` after {ends[0]:,} and {ends[1]:,} files; every "
        f"file exactly once: {'yes' if once else 'NO'}. The undisturbed run took {whole.seconds:.0f} s "
        f"({count / whole.seconds:.1f} files/s{beside}). Processor time a file: readers "
        f"{1000 * whole.last.readers_s / count:.0f} ms, writer {1000 * whole.last.writer_s / count:.0f} ms. Memory of "
        f"the parent at a tenth and near the end: {first.writer_mb:.0f} and {last.writer_mb:.0f} MB; of {workers} "
        f"workers with the server that they are forked from: {first.readers_mb:.0f} and {last.readers_mb:.0f} MB."
    )
    show(
        "killed",
        f"{count:,} reports of 3 to 16 pages, {workers} workers, killed twice and left alone.",
        ("table", "rows, killed", "rows, left alone", "hash, killed", "hash, left alone", ""),
        rows,
        note,
    )
    return 0 if same and once else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shelf", type=Path, default=None)
    parser.add_argument("--keep", type=Path, default=None, help="folder for the two stores, which stay")
    parser.add_argument("--together", action="store_true", help="both runs at once")
    chosen = parser.parse_args()
    return run(chosen.count, workers=chosen.workers, shelf=chosen.shelf, keep=chosen.keep, together=chosen.together)


if __name__ == "__main__":
    sys.exit(main())
