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
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reports import make_shelf
from benchmarks.tables import ROOT, show

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


@dataclass
class Memory:
    """Megabytes of the parent and of all its workers together, sampled while files arrive."""

    samples: list[tuple[int, float, float]] = field(default_factory=list)

    def at(self, share: float) -> tuple[float, float]:
        """The sample nearest to that share of the files."""
        last = self.samples[-1][0]
        _, parent, workers = min(self.samples, key=lambda one: abs(one[0] - share * last))
        return parent, workers


def start(shelf: Path, store: Path, workers: int) -> subprocess.Popen[bytes]:
    typed = [sys.executable, "-m", "extractor", "ingest", str(shelf), "--store", str(store), "--workers", str(workers)]
    return subprocess.Popen(typed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True)


def arrived(store: Path) -> int:
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30) as opened:
            return int(opened.execute("SELECT count(*) FROM arrival").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def family(pid: int) -> Iterator[int]:
    """The descendants of a process."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    todo = list(children.get(pid, []))
    while todo:
        child = todo.pop()
        yield child
        todo += children.get(child, [])


def own_memory(pid: int) -> float:
    """Megabytes that a process holds, shared ones in part (PSS)."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def watch(process: subprocess.Popen[bytes], store: Path, memory: Memory) -> threading.Thread:
    """Samples until the process ends."""

    def sample() -> None:
        while process.poll() is None:
            workers = sum(own_memory(pid) for pid in family(process.pid))
            memory.samples.append((arrived(store), own_memory(process.pid), workers))
            time.sleep(2.0)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    return thread


def undisturbed(shelf: Path, store: Path, workers: int) -> tuple[float, Memory]:
    memory = Memory()
    began = time.perf_counter()
    process = start(shelf, store, workers)
    watch(process, store, memory)
    process.communicate()
    return time.perf_counter() - began, memory


def disturbed(shelf: Path, store: Path, workers: int, count: int) -> list[int]:
    """Kills at a third and at two thirds; returns how many files had arrived at each end."""
    ends = []
    for most, whole in ((count // 3, False), (2 * count // 3, True)):
        process = start(shelf, store, workers)
        while arrived(store) < most and process.poll() is None:
            time.sleep(0.2)
        if whole:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
        ends.append(arrived(store))
    start(shelf, store, workers).communicate()
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shelf", type=Path, default=None)
    parser.add_argument("--keep", type=Path, default=None, help="folder for the two stores, which stay")
    parser.add_argument("--together", action="store_true", help="both runs at once")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = chosen.keep or Path(name)
        place.mkdir(parents=True, exist_ok=True)
        shelf = chosen.shelf or Path(name) / "shelf"
        files = make_shelf(shelf, chosen.count)
        contents = len({hashlib.sha256(path.read_bytes()).digest() for path in files})
        harsh, calm = place / "killed.sqlite", place / "undisturbed.sqlite"
        with ThreadPoolExecutor(2 if chosen.together else 1) as runs:
            of_killed = runs.submit(disturbed, shelf, harsh, chosen.workers, chosen.count)
            of_calm = runs.submit(undisturbed, shelf, calm, chosen.workers)
            ends = of_killed.result()
            print(f"killed after {ends[0]:,} and {ends[1]:,} files, ended with {ends[2]:,}", flush=True)
            seconds, memory = of_calm.result()
        left, right = fingerprints(harsh), fingerprints(calm)
    rows = [compared(table, left[table], right[table]) for table in TABLES]
    once = left["arrival"][0] == left["original"][0] == contents == ends[2]
    same = left == right
    first, last = memory.at(0.1), memory.at(0.95)
    beside = ", with the killed run beside it" if chosen.together else ""
    note = (
        f"Different files on the shelf: {contents:,}. Killed with `-9` after {ends[0]:,} and {ends[1]:,} files; every "
        f"file exactly once: {'yes' if once else 'NO'}. The undisturbed run took {seconds:.0f} s "
        f"({chosen.count / seconds:.1f} files/s{beside}). Memory of the parent at a tenth and near the end: "
        f"{first[0]:.0f} and {last[0]:.0f} MB; of {chosen.workers} workers with the server that they are forked from: "
        f"{first[1]:.0f} and {last[1]:.0f} MB."
    )
    show(
        f"killed-{chosen.count}",
        f"{chosen.count:,} reports of 3 to 16 pages, {chosen.workers} workers, killed twice and left alone.",
        ("table", "rows, killed", "rows, left alone", "hash, killed", "hash, left alone", ""),
        rows,
        note,
    )
    return 0 if same and once else 1


if __name__ == "__main__":
    sys.exit(main())
