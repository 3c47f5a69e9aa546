"""Tables of measurements: printed as they come, and put between two marks of docs/performance.md, part by part."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"


def processor_ms(work: Callable[[], object], rounds: int) -> float:
    """Median processor time of ``work`` in milliseconds, after one turn that does not count."""
    work()
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return 1000 * statistics.median(times)


def machine() -> str:
    """Where and how busy: what a reader must know before a number."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return f"{date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}"


def show_printed(part: str, command: str, output: str) -> None:
    """Prints what a command has printed and puts it in its place in docs/performance.md."""
    _place(part, f"`{command}`, measured {machine()}:\n\n```text\n{output.rstrip()}\n```")


def show(part: str, title: str, header: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> None:
    """Prints the table and puts it in its place in docs/performance.md."""
    lines = [f"| {' | '.join(header)} |", "|" + "|".join("---" if n == 0 else "---:" for n in range(len(header))) + "|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    told = [line for line in (title, note, f"Measured {machine()}.") if line]
    _place(part, "\n\n".join([" ".join(told), "\n".join(lines)]))


def _place(part: str, text: str) -> None:
    print(f"\n{text}\n", flush=True)
    begin, end = f"<!-- {part} -->", f"<!-- /{part} -->"
    page = PAGE.read_text(encoding="utf-8")
    if begin not in page:
        page += f"\n## {part}\n\n{begin}\n{end}\n"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
