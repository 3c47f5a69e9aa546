"""``make bench``: every part of docs/performance.md, measured and written in its place; each can be run alone.

    python -m benchmarks [PART…] [--list] [--shelf FOLDER]

Without a part all of them run, an hour or two on two cores. Each prints its tables and puts them between its own two
marks of the page; what other parts say there stays. ``--shelf`` is where the 10,000 reports of the longest part are
made, or lie already.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import killed, scaling, stages, starting, stores
from benchmarks.tables import ROOT, show_printed

LONGEST = 10_000
OWN = {
    "language": ("benchmarks.language", "--rounds", "3"),
    "pdf": ("benchmarks.pdf", "corpus/krong-tia-2018.pdf"),
    "paper": ("benchmarks.paper", "--beside"),
    "scans": ("benchmarks.scans", "corpus/minh-giang-2023-q1.pdf"),
    "series": ("benchmarks.series", "--formats", "parquet,xlsx"),
    "keys": ("benchmarks.series", "--store", "out/bench-keys.sqlite"),
    "mutations": ("benchmarks.mutations",),
    "review": ("benchmarks.review", "100"),
    "reviewers": ("benchmarks.reviewers",),
}
"""Measurements with a page of their own to print, as they are typed after ``python -m``."""


def printed(part: str) -> None:
    """What one of ``OWN`` prints, as it prints it."""
    typed = OWN[part]
    done = subprocess.run([sys.executable, "-m", *typed], cwd=ROOT, capture_output=True, text=True, check=True)
    show_printed(part, f"python -m {' '.join(typed)}", done.stdout)


def parts(shelf: Path) -> dict[str, Callable[[], object]]:
    """Name of a part → what measures it, the short ones first."""
    return {
        "start": starting.run,
        "stages": stages.run,
        "length": lambda: stages.lengths(3, 400),
        **{part: lambda part=part: printed(part) for part in OWN},
        "workers": lambda: scaling.workers(200, 3),
        "count": lambda: scaling.counts(scaling.COUNTS),
        "stores": stores.run,
        "killed": lambda: killed.run(LONGEST, shelf=shelf),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--list", action="store_true", help="only name the parts")
    parser.add_argument("--shelf", type=Path, default=ROOT / "out" / "bench-shelf")
    chosen = parser.parse_args()
    known = parts(chosen.shelf)
    strangers = [part for part in chosen.parts if part not in known]
    if chosen.list or strangers:
        print("parts:", ", ".join(known))
        return 2 if strangers else 0
    failed = []
    for part in chosen.parts or known:
        began = time.perf_counter()
        try:
            failed += [part] if known[part]() else []
        except (OSError, subprocess.SubprocessError, ImportError) as error:  # one peer or tool missing costs one part
            print(f"{part}: {error}", file=sys.stderr)
            failed.append(part)
        print(f"[{part}: {time.perf_counter() - began:.0f} s]", flush=True)
    if failed:
        print(f"not measured, or not as promised: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
