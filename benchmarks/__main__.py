"""How long a person waits: ``make bench`` prints medians for start-up, a first report, and reports once warm.

Usage: python -m benchmarks [REPORT…]   (without reports: those of corpus/)
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 5
ROOT = Path(__file__).parent.parent


def median_ms(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median wall time of ``run`` in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def command(*typed: str | Path) -> Callable[[], object]:
    """A run of ``solieu`` in a process of its own."""
    program = [sys.executable, "-m", "extractor", *map(str, typed)]
    return lambda: subprocess.run(program, check=True, capture_output=True)


def main(reports: list[Path]) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, median of {ROUNDS}\n")
    print(f"{'solieu --help':44} {median_ms(command('--help')):9.1f} ms")
    for report in reports:
        print(f"{'cold: solieu extract ' + report.name:44} {median_ms(command('extract', report)):9.1f} ms")

    import extractor

    for report in reports:
        figures = len(extractor.extract(report).figures)
        spent = median_ms(lambda report=report: extractor.extract(report))
        print(f"{'warm: extract ' + report.name:44} {spent:9.1f} ms  {figures:5} figures")


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:]]
    reports = (path for path in (ROOT / "corpus").glob("*.*") if path.suffix in {".md", ".docx", ".pdf"})
    main(named or sorted(path for path in reports if path.stem != "README"))
