"""Pages a second: each stage of ours beside the readers that others know, on the same files in the same run.

    python -m benchmarks.stages [--rounds 5] [--reports 12]

Processor time, so that a busy machine does not count; the median of the rounds. All read the same made PDFs. pdfplumber
closes each page behind itself as its manual advises. quantulum3 reads the same text as our language stage. A second
table reads the first 1 to 400 pages of one report: what a page costs in a long report against a short one. A third
names the functions of ours that reading spends most time in.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2

from benchmarks.reports import Sheet, make_shelf, write
from benchmarks.tables import processor_ms, show
from corpus.render import COMPLETE, to_docx
from extractor.archive.batch.reading import read_one
from extractor.archive.prepared import pack, prepare
from extractor.language import read_figures
from extractor.paper import place_figures
from extractor.paper.read import read_in_process
from extractor.pipeline import extract_document
from extractor.statistics import check, normalise, weigh

LENGTHS = (1, 4, 16, 64, 160, 400)


def chars(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return sum(_closed(page, len(page.chars)) for page in pdf.pages)


def words(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return sum(_closed(page, len(page.extract_words())) for page in pdf.pages)


def _closed(page: pdfplumber.page.Page, count: int) -> int:
    page.close()
    return count


def raw_text(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return sum(len(page.get_textpage().get_text_bounded()) for page in pdf)


def whole(path: Path) -> int:
    return len(read_one(path.name, path.read_bytes(), lambda _seconds: None))


def quantulum() -> Callable[[str], object] | None:
    try:
        from quantulum3 import parser
    except ImportError:
        return None
    return lambda text: [parser.parse(line) for line in text.splitlines()]


def stages(paths: Sequence[Path], rounds: int) -> None:
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    documents = [read_in_process(path) for path in paths]
    figures = [read_figures(document)[0] for document in documents]
    extractions = [extract_document(document) for document in documents]

    def judge() -> None:
        for document, found in zip(documents, figures, strict=True):
            known = normalise(found, document.report)
            place_figures(weigh(known, check(known, document)), document)

    work: dict[str, Callable[[], object]] = {
        "pdfplumber chars": lambda: [chars(path) for path in paths],
        "pdfplumber words": lambda: [words(path) for path in paths],
        "pypdfium2 text": lambda: [raw_text(path) for path in paths],
        "solieu: paper (PDF to Document)": lambda: [read_in_process(path) for path in paths],
        "solieu: language (Document to Figures)": lambda: [read_figures(document) for document in documents],
        "solieu: statistics (catalogue, checks)": judge,
        "solieu: made ready for the store": lambda: [pack(prepare(extraction)) for extraction in extractions],
        "solieu: the whole way of a worker": lambda: [whole(path) for path in paths],
    }
    read = quantulum()
    if read is not None:
        work["quantulum3 (text only, knows no Vietnamese)"] = lambda: [read(d.text) for d in documents]
    spent = {name: processor_ms(run, rounds) / pages for name, run in work.items()}
    base = spent["pdfplumber chars"]
    rows = [(name, f"{ms:.1f}", f"{1000 / ms:.1f}", f"{base / ms:.2f}") for name, ms in spent.items()]
    missing = "" if read is not None else " quantulum3 is not installed (`pip install solieu[bench]`)."
    show(
        "stages",
        f"{len(paths)} made PDFs of {pages} pages, {sum(map(len, figures)):,} figures; processor time, median of "
        f"{rounds} rounds.{missing}",
        ("on one core", "ms/page", "pages/s", "× pdfplumber chars"),
        rows,
    )


def lengths(rounds: int, most: int) -> None:
    """The first so many pages of one long report, whole way; short ones are read often enough to be measured."""
    found: list[tuple[int, int, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        source = printed(round(1.15 * most), Path(name))  # a printed page holds a little more than is reckoned
        for wanted in (length for length in LENGTHS if length <= most):
            path = cut(source, wanted, Path(name))
            pages = len(pypdfium2.PdfDocument(path))
            letters = len(read_in_process(path).text)
            times = max(1, 16 // pages)
            paper = processor_ms(lambda path=path, times=times: [read_in_process(path) for _ in range(times)], rounds)
            ms = processor_ms(lambda path=path, times=times: [whole(path) for _ in range(times)], rounds)
            found.append((pages, letters, paper / times, ms / times))
    base = statistics.median(ms / pages for pages, _, _, ms in found)
    rows = [
        (
            f"{pages}",
            f"{letters / pages:,.0f}",
            f"{paper / pages:.1f}",
            f"{ms / pages:.1f}",
            f"{1000 * ms / letters:.2f}",
            f"{ms / pages / base:.2f}",
        )
        for pages, letters, paper, ms in found
    ]
    show(
        "length",
        f"The first pages of one report of {found[-1][0]} pages, equally full, each a PDF of its own; processor time "
        f"of a worker, median of {rounds}.",
        ("pages", "letters/page", "paper, ms/page", "whole way, ms/page", "ms / 1,000 letters", "against their median"),
        rows,
    )


def printed(pages: int, folder: Path) -> Path:
    """A made report of about ``pages`` pages as PDF."""
    source, word = folder / f"{pages}.md", folder / f"{pages}.docx"
    source.write_text(write(Sheet(1, "pdf", pages), seed=7), encoding="utf-8")
    to_docx(source, word, COMPLETE)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    typed = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word)]
    subprocess.run(typed, check=True, capture_output=True, timeout=600)
    return folder / f"{pages}.pdf"


def cut(source: Path, pages: int, folder: Path) -> Path:
    """The first ``pages`` pages as a file of their own; the page after the last full one is left out."""
    with pypdfium2.PdfDocument(source) as whole_report, pypdfium2.PdfDocument.new() as part:
        part.import_pages(whole_report, list(range(min(pages, len(whole_report) - 1))))
        target = folder / f"first-{pages}.pdf"
        part.save(target)
    return target


def profile(paths: Sequence[Path]) -> None:
    """The functions of ours by the time spent in them, callees of libraries and built-ins included."""
    for path in paths:
        whole(path)
    profiler = cProfile.Profile()
    began = time.process_time()
    profiler.enable()
    for path in paths:
        whole(path)
    profiler.disable()
    spent = time.process_time() - began
    entries = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    ours: dict[tuple[str, int, str], float] = {}
    calls: dict[tuple[str, int, str], int] = {}
    for place, (_, count, own, _, _) in entries.items():
        if "extractor" in place[0]:
            ours[place] = ours.get(place, 0.0) + own
            calls[place] = calls.get(place, 0) + count
    for place, (_, _, own, _, callers) in entries.items():  # what built-ins and libraries took, to whom called them
        if "extractor" in place[0] or not callers:
            continue
        whole_time = sum(numbers[2] for numbers in callers.values()) or 1.0
        for caller, numbers in callers.items():
            if caller in ours:
                ours[caller] += own * numbers[2] / whole_time
    total = sum(numbers[2] for numbers in entries.values())
    ordered = sorted(ours, key=lambda place: -ours[place])[:8]
    rows = [
        (f"`{Path(file).parent.name}/{Path(file).name}` {name}", f"{calls[place]:,}", f"{ours[place] / total:.1%}")
        for place in ordered
        for file, _, name in [place]
    ]
    show(
        "profile",
        f"Where {len(paths)} PDFs spend a worker's time ({spent:.1f} s under the profiler): own time and that of the "
        "library calls made directly.",
        ("function", "calls", "share"),
        rows,
    )


def run(rounds: int = 5, reports: int = 12) -> None:
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        paths = make_shelf(Path(name), reports, seed=3, pdf=1.0)
        stages(paths, rounds)
        profile(paths)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--longest", type=int, default=400)
    chosen = parser.parse_args()
    run(chosen.rounds, chosen.reports)
    lengths(min(chosen.rounds, 3), chosen.longest)


if __name__ == "__main__":
    main()
