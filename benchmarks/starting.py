"""How long a person waits before anything happens: ``--help``, a first report, a first file of a shelf.

    python -m benchmarks.starting [--rounds 7]

Each in a process of its own; seconds by the clock, and processor time of that process, which a busy machine does not
stretch as much. A first file of a shelf is in the store when the command's first line of its kind can be read there:
the parent makes the store while a server loads words and libraries for the workers, on two cores at once. Python finds
compiled modules as it does where a package is installed; each program runs once before, uncounted.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.tables import ROOT, show
from benchmarks.watching import arrived, start

REPORT = ROOT / "corpus" / "minh-giang-2023-q1.md"
BARE = [sys.executable, "-c", "pass"]
LOAD = [sys.executable, "-c", "import extractor.archive.batch.preload"]


@contextlib.contextmanager
def installed() -> Iterator[None]:
    """Lets programs keep compiled modules in a folder of their own meanwhile, as installing leaves them.

    A checkout may forbid it, and then each start compiles every module of ours anew: 0.2 s.
    """
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def command(*typed: str) -> list[str]:
    return [sys.executable, "-m", "extractor", *typed]


def once(program: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock, and of processor time."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(program, check=True, capture_output=True, cwd=ROOT)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def first_file(folder: Path, n: int) -> float:
    """Seconds from the command to its first file in a new store."""
    store, began = folder / f"{n}.sqlite", time.perf_counter()
    process = start([REPORT], store, 1)
    while not arrived(store) and process.poll() is None:
        time.sleep(0.005)
    seconds = time.perf_counter() - began
    process.communicate()
    return seconds


def run(rounds: int = 7) -> None:
    """The table."""
    programs = {
        "python -c pass": BARE,
        "solieu --help": command("--help"),
        "solieu ingest --help": command("ingest", "--help"),
        "solieu extract (one report)": command("extract", str(REPORT)),
        "all that a worker needs, loaded": LOAD,
    }
    rows = []
    with installed(), tempfile.TemporaryDirectory() as folder:
        for name, program in programs.items():
            _, *found = [once(program) for _ in range(rounds + 1)]
            walls, processor = zip(*found, strict=True)
            least = (statistics.median(walls), min(walls), min(processor))
            rows.append((name, *(f"{seconds:.2f}" for seconds in least)))
        _, *waits = [first_file(Path(folder), n) for n in range(rounds + 1)]
    rows.append(
        ("solieu ingest: first file in a new store", f"{statistics.median(waits):.2f}", f"{min(waits):.2f}", "")
    )
    heads = ("seconds", "clock, median", "clock, least", "processor, least")
    show("start", f"{rounds} times each.", heads, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    run(parser.parse_args().rounds)


if __name__ == "__main__":
    main()
