"""How fast and how lean a born-digital PDF is read, beside pdfplumber's letters, in one run.

    python -m benchmarks.pdf REPORT.pdf [--rounds 7] [--pages 400]

Processor time, so that a busy machine does not count; each round runs every row once, and the ratio is the median of
the rounds' own ratios, so that what slows one slows the other. "figures" is the whole way, from the file to checked
figures; "met for the first time" is the same in fresh processes that have read other reports and not this one, so that
its names are still to be looked up. Below stand the same rows as the clock on the wall has them through the child, and
the peak memory of ``--pages`` pages (the report over and over in one file): of reading alone, of the whole way in one
process, and of the whole way as a user runs it, parent and child apart.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pdfplumber
import pypdfium2

from extractor.paper.pdf.reader import read_pdf
from extractor.paper.read import read_in_process
from extractor.paper.sandbox.reader import Reader
from extractor.pipeline import extract_document

HERE = Path(__file__).parent
PEER = "pdfplumber page.chars"
WARM = "extractor.archive.batch.preload"  # everything loaded and out of the collector's way, as in a worker
PEAK = (
    "import resource, sys, time\nfrom pathlib import Path\n"
    "import extractor.language, extractor.statistics\n"
    "from extractor.paper.read import read_in_process\nfrom extractor.pipeline import extract, extract_document\n"
    "began = time.perf_counter()\n{work}\nspent = time.perf_counter() - began\n"
    "from extractor.paper.sandbox.reader import shared_reader\nshared_reader().close()\n"
    "print(spent, *(resource.getrusage(who).ru_maxrss / 1024"
    " for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
)


FRESH = """
import sys
from importlib import import_module
from pathlib import Path
from benchmarks.pdf import WARM, others, peer, spent, whole
import_module(WARM)
path = Path(sys.argv[1])
for other in others(path):
    peer(other), whole(other)
print(spent(lambda: peer(path)), spent(lambda: whole(path)))
"""


def others(path: Path) -> list[Path]:
    """The sample reports in PDF that are not ``path``."""
    return [other for other in sorted((HERE.parent / "corpus").glob("*.pdf")) if other.name != path.name]


def whole(path: Path) -> object:
    """From the file to checked figures."""
    return extract_document(read_in_process(path))


def peer(path: Path) -> int:
    """pdfplumber's letters of every page, each page closed behind itself as its manual advises."""
    count = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            count += len(page.chars)
            page.close()
    return count


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    work()
    return time.process_time() - began


def first_times(path: Path, rounds: int) -> list[tuple[float, float]]:
    """Seconds of pdfplumber and of the whole way in each of some processes that never read ``path`` before."""
    run = [sys.executable, "-c", FRESH, str(path.resolve())]
    told = [subprocess.run(run, capture_output=True, text=True, check=True, cwd=HERE.parent) for _ in range(rounds)]
    return [(float(one), float(other)) for one, other in (process.stdout.split() for process in told)]


def many_pages(path: Path, pages: int, folder: Path) -> Path:
    """A file of ``pages`` pages made of the report again and again."""
    source, target = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    while len(target) < pages:
        target.import_pages(source, list(range(min(len(source), pages - len(target)))))
    out = folder / f"{pages}.pdf"
    target.save(out)
    return out


def peak(path: Path, work: str) -> tuple[float, float, float]:
    """Seconds, and peak megabytes of a fresh process that does ``work`` and of the largest of its children."""
    code = PEAK.format(work=work)
    out = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True).stdout
    seconds, own, children = map(float, out.split())
    return seconds, own, children


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pages", type=int, default=400)
    chosen = parser.parse_args()
    import_module(WARM)
    path, data = chosen.report, chosen.report.read_bytes()
    pages = len(pypdfium2.PdfDocument(path))
    works: dict[str, Callable[[], object]] = {
        PEER: lambda: peer(path),
        "pieces (ink to paragraphs)": lambda: read_pdf(data),
        "Document (assembled)": lambda: read_in_process(path),
        "figures (the whole way)": lambda: whole(path),
    }
    for work in works.values():
        work()
    rounds = [{name: spent(work) for name, work in works.items()} for _ in range(chosen.rounds)]
    print(f"{path.name}: {pages} pages, processor time, median of {chosen.rounds}")
    for name in works:
        each = statistics.median(times[name] for times in rounds)
        ratio = statistics.median(times[PEER] / times[name] for times in rounds)
        print(f"{name:30} {1000 * each / pages:8.2f} ms/page  {ratio:6.1f} ×")
    first = first_times(path, chosen.rounds)
    each, ratio = statistics.median(own for _, own in first), statistics.median(one / own for one, own in first)
    print(f"{'figures, met for the first time':30} {1000 * each / pages:7.2f} ms/page  {ratio:6.1f} ×")
    reader = Reader()
    reader.read(path)
    waits = []
    for _ in range(chosen.rounds):
        began = time.perf_counter()
        reader.read(path)
        waits.append(time.perf_counter() - began)
    reader.close()
    print(f"{'Document through the child':30} {1000 * statistics.median(waits) / pages:8.2f} ms/page by the clock")
    with tempfile.TemporaryDirectory() as folder:
        long = many_pages(path, chosen.pages, Path(folder))
        for name, work in (
            ("Document, one process", "read_in_process(Path(sys.argv[1]))"),
            ("figures, one process", "extract_document(read_in_process(Path(sys.argv[1])))"),
            ("figures, parent and child", "extract(Path(sys.argv[1]))"),
        ):
            seconds, own, children = peak(long, work)
            child = f", child {children:.0f} MB" if "child" in name else ""
            print(f"{chosen.pages} pages, {name:26} {seconds:6.2f} s, peak {own:.0f} MB{child}")


if __name__ == "__main__":
    main()
