"""What a second worker brings, and what a file costs on a short and on a long shelf.

    python -m benchmarks.scaling [--files 150] [--rounds 3] [--counts 100 1000]

Two workers against one: whole runs of the command over the same made reports into new stores, in turn. The clock says
what came of it on this machine as busy as it was; processor time says what is possible: with one worker the writer has
the other core to itself, with two all three share two cores, so the most that a second worker can bring there is
2·R/(R + W), R and W being what readers and writer need a file. On a machine with a core to spare it is 2.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reports import make_shelf
from benchmarks.starting import installed
from benchmarks.tables import show
from benchmarks.watching import Run, watched

COUNTS = (100, 1_000)


def workers(files: int, rounds: int) -> None:
    """One and two workers in turn."""
    with installed(), tempfile.TemporaryDirectory() as name:
        place = Path(name)
        paths = make_shelf(place / "shelf", files, seed=5)
        watched(paths[:4], place / "first.sqlite", 1)
        runs: dict[int, list[Run]] = {1: [], 2: []}
        for n in range(rounds):
            for hands in (1, 2) if n % 2 else (2, 1):
                runs[hands].append(watched(paths, place / f"{hands}-{n}.sqlite", hands))
    rows, most = [], 0.0
    for hands, of_hands in runs.items():
        seconds = statistics.median(run.seconds for run in of_hands)
        reads = statistics.median(run.last.readers_s for run in of_hands) / files
        writes = statistics.median(run.last.writer_s for run in of_hands) / files
        most = 2 * reads / (reads + writes)
        rows.append(
            (str(hands), f"{seconds:.1f}", f"{files / seconds:.2f}", f"{1000 * reads:.0f}", f"{1000 * writes:.0f}")
        )
    ratios = [one.seconds / two.seconds for one, two in zip(*runs.values(), strict=True)]
    note = (
        f"Ratio of the clock, median of {rounds} pairs: {statistics.median(ratios):.2f} "
        f"({', '.join(f'{ratio:.2f}' for ratio in ratios)}); by processor time at most {most:.2f} on two cores."
    )
    heads = ("workers", "seconds", "files/s", "readers, ms/file", "writer, ms/file")
    show("workers", f"{files:,} made reports, runs in turn, median of {rounds}.", heads, rows, note)


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
