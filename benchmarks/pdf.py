"""How fast and how lean a born-digital PDF is read, beside pdfplumber's letters, in one run.

    python benchmarks/pdf.py REPORT.pdf [--rounds 5] [--pages 400]

Prints the medians of both on the same file, their ratio, what the guard of a child process costs on top, and the peak
memory of reading ``--pages`` pages (the report over and over in one file) in a fresh process.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from extractor.paper.child import Reader
from extractor.paper.limits import Limits
from extractor.paper.pdf import read_pdf
from extractor.paper.read import read_in_process


def peer(path: Path) -> int:
    """pdfplumber's letters of every page, each page closed behind itself as its manual advises."""
    count = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            count += len(page.chars)
            page.close()
    return count


def median(rounds: int, work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def many_pages(path: Path, pages: int, folder: Path) -> Path:
    """A file of ``pages`` pages made of the report again and again."""
    source, target = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    while len(target) < pages:
        target.import_pages(source, list(range(min(len(source), pages - len(target)))))
    out = folder / f"{pages}.pdf"
    target.save(out)
    return out


def peak(path: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of reading ``path`` in a process of its own."""
    code = (
        "import resource, sys, time\nfrom pathlib import Path\nfrom extractor.paper.read import read_in_process\n"
        "began = time.perf_counter()\nread_in_process(Path(sys.argv[1]))\n"
        "print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    out = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True).stdout
    seconds, megabytes = map(float, out.split())
    return seconds, megabytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=400)
    chosen = parser.parse_args()
    path, data = chosen.report, chosen.report.read_bytes()
    pages = len(pypdfium2.PdfDocument(path))
    rows = {
        "pdfplumber page.chars": median(chosen.rounds, lambda: peer(path)),
        "pieces (ink to paragraphs)": median(chosen.rounds, lambda: read_pdf(data)),
        "Document (assembled)": median(chosen.rounds, lambda: read_in_process(path)),
    }
    reader = Reader()
    rows["Document through the child"] = median(chosen.rounds, lambda: reader.read(path, limits=Limits()))
    reader.close()
    base = rows["pdfplumber page.chars"]
    print(f"{path.name}: {pages} pages, median of {chosen.rounds}")
    for name, seconds in rows.items():
        print(f"{name:30} {1000 * seconds / pages:8.2f} ms/page  {base / seconds:6.1f} ×")
    with tempfile.TemporaryDirectory() as folder:
        seconds, megabytes = peak(many_pages(path, chosen.pages, Path(folder)))
        print(f"{chosen.pages} pages in a fresh process: {seconds:.2f} s, peak {megabytes:.0f} MB")
    print(f"this process: peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
