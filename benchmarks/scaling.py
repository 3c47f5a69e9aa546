"""What a second worker brings, and what a file costs on a short and on a long shelf.

    python -m benchmarks.scaling [--files 150] [--rounds 3] [--counts 100 1000]

Two workers against one: whole runs of the command over the same made reports into new stores, in turn. The clock says
what came of it on this machine as busy as it was; processor time says what is possible. One worker is measured twice:
on one core, where reader and writer share it, so that the second core and the second worker come together; and on two,
where the writer has the other core to itself and a second worker can bring at most 2·R/(R + W), R and W being what
readers and writer need a file. Two cores are not always two: what two processes that only read bring over one is
measured beside it, in the same minutes.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reports import make_shelf
from benchmarks.starting import installed
from benchmarks.tables import ROOT, show
from benchmarks.watching import Run, watched

COUNTS = (100, 1_000)


SETTINGS = {"1 worker on 1 core": (1, 1), "1 worker on 2 cores": (1, 2), "2 workers on 2 cores": (2, 2)}


def workers(files: int, rounds: int) -> None:
    """One and two workers, and one core and two, in turn."""
    with installed(), tempfile.TemporaryDirectory() as name:
        place = Path(name)
        paths = make_shelf(place / "shelf", files, seed=5)
        watched(paths[:4], place / "first.sqlite", 1)
        runs: dict[str, list[Run]] = {setting: [] for setting in SETTINGS}
        given = []
        for n in range(rounds):
            given.append(machine(paths[0]))
            for setting, (hands, cores) in SETTINGS.items():
                runs[setting].append(watched(paths, place / f"{n}-{hands}-{cores}", hands, every=1.0, cores=cores))
        given.append(machine(paths[0]))
    rows, of_two = [], runs["2 workers on 2 cores"]
    for setting, of_setting in runs.items():
        seconds = statistics.median(run.seconds for run in of_setting)
        reads = statistics.median(run.last.readers_s for run in of_setting) / files
        writes = statistics.median(run.last.writer_s for run in of_setting) / files
        ratios = [run.seconds / two.seconds for run, two in zip(of_setting, of_two, strict=True)]
        of_ratios = f"{statistics.median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)})"
        figures = (f"{seconds:.1f}", f"{files / seconds:.2f}", f"{1000 * reads:.0f}", f"{1000 * writes:.0f}")
        rows.append((setting, *figures, of_ratios if of_setting is not of_two else ""))
    note = (
        "Two processes that only read, with no store, no pipe and no parent, did "
        f"{statistics.median(given):.2f} times the work of one ({', '.join(f'{ratio:.2f}' for ratio in given)}, "
        "between the runs): what the machine itself gives to a second one."
    )
    heads = ("", "seconds", "files/s", "readers, ms/file", "writer, ms/file", "time against 2 workers on 2 cores")
    show("workers", f"{files:,} made reports, runs in turn, median of {rounds}.", heads, rows, note)


READER = (
    "import sys, time\nfrom pathlib import Path\nimport extractor.archive.batch.preload\n"
    "from extractor.paper.read import read_in_process\nfrom extractor.pipeline import extract_document\n"
    "path, count = Path(sys.argv[1]), 0\nprint(flush=True)\nsys.stdin.readline()\nend = time.perf_counter() + 4\n"
    "while time.perf_counter() < end:\n    extract_document(read_in_process(path))\n    count += 1\nprint(count)"
)
"""Reads one file over and over for four seconds, from the moment it is told to."""


def machine(path: Path) -> float:
    """How much more two processes read than one that do nothing else: what a second worker could bring at best."""
    done = []
    for hands in (1, 2):
        readers = [
            subprocess.Popen(
                [sys.executable, "-c", READER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
            )
            for _ in range(hands)
        ]
        for reader in readers:
            assert reader.stdout is not None
            reader.stdout.readline()
        for reader in readers:
            assert reader.stdin is not None
            reader.stdin.write(b"\n")
            reader.stdin.flush()
        done.append(sum(int(reader.communicate()[0]) for reader in readers))
    return done[1] / done[0]


def counts(sizes: Sequence[int]) -> None:
    """Shelves of growing length, two workers, each into a store of its own."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for size in sizes:
            paths = make_shelf(place / "shelf", size)
            run, store = watched(paths, place / f"{size}.sqlite", 2), place / f"{size}.sqlite"
            rows.append(row(size, run, store.stat().st_size))
    show_counts(rows)


def row(size: int, run: Run, stored: int) -> tuple[str, ...]:
    """A shelf's line: processor time a file, memory early and late, bytes a file."""
    early, late = run.at(0.25), run.at(0.95)
    return (
        f"{size:,}",
        f"{size / run.seconds:.1f}",
        f"{1000 * run.last.readers_s / size:.0f}",
        f"{1000 * run.last.writer_s / size:.0f}",
        f"{early.writer_mb:.0f} / {late.writer_mb:.0f}",
        f"{early.readers_mb:.0f} / {late.readers_mb:.0f}",
        f"{stored / size / 1024:.0f}",
    )


def show_counts(rows: Sequence[tuple[str, ...]]) -> None:
    """The table of shelves."""
    heads = ("files", "files/s", "readers, ms/file", "writer, ms/file", "writer, MB", "readers, MB", "store, KB/file")
    title = (
        "Shelves of growing length, two workers; processor time a file (loading included) and memory (PSS) at a "
        "quarter of the shelf and near its end."
    )
    show("count", title, heads, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--counts", type=int, nargs="*", default=COUNTS)
    chosen = parser.parse_args()
    if chosen.files:
        workers(chosen.files, chosen.rounds)
    if chosen.counts:
        counts(chosen.counts)


if __name__ == "__main__":
    main()
