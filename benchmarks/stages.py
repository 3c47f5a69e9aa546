"""Pages a second: each stage of ours beside the readers that others know, on the same files in the same run.

    python -m benchmarks.stages [--rounds 5] [--reports 12]

Processor time, so that a busy machine does not count; the median of the rounds. All read the same made PDFs. pdfplumber
closes each page behind itself as its manual advises. quantulum3 reads the same text as our language stage. A second
table reads the same 400 pages as files of 1 to 400 pages: what a page costs in a long report against a short one. A
third names the functions of ours that reading spends most time in.
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

import msgspec
import pdfplumber
import pypdfium2

from benchmarks.reports import Sheet, make_shelf, write
from benchmarks.tables import processor_ms, show
from corpus.render import COMPLETE, to_docx
from extractor.archive.batch.read_file import read_one
from extractor.archive.intake.import_rows import prepare
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
        "solieu: made ready for the store": lambda: [msgspec.msgpack.encode(prepare(one)) for one in extractions],
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
    """The same pages in files of 1 to ``most`` pages, whole way; each round reads each cut once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = printed(round(1.15 * most), folder)  # a printed page holds a little more than is reckoned
        cuts = {length: cut(source, length, most, folder) for length in LENGTHS if length <= most}
        letters = sum(len(read_in_process(path).text) for path in cuts[max(cuts)])
        paper: dict[int, list[float]] = {length: [] for length in cuts}
        ms: dict[int, list[float]] = {length: [] for length in cuts}
        for _ in range(rounds):
            for length, paths in cuts.items():
                paper[length].append(page_ms(read_in_process, paths, length))
                ms[length].append(page_ms(whole, paths, length))
    base = [statistics.median(each[i] for each in ms.values()) for i in range(rounds)]
    rows = [
        (
            f"{length}",
            f"{len(paths)}",
            f"{statistics.median(paper[length]):.1f}",
            f"{statistics.median(ms[length]):.1f}",
            f"{statistics.median(own / middle for own, middle in zip(ms[length], base, strict=True)):.2f}",
        )
        for length, paths in cuts.items()
    ]
    show(
        "length",
        f"One report of {max(cuts)} pages, {letters / max(cuts):,.0f} letters a page, cut into files of so many pages, "
        f"a rest left out; processor time of a worker, median of {rounds} rounds that read each cut in turn.",
        ("pages a file", "files", "paper, ms/page", "whole way, ms/page", "against the median of all"),
        rows,
    )


def page_ms(read: Callable[[Path], object], paths: Sequence[Path], pages: int) -> float:
    """Processor time of one page, of files of so many ``pages``."""
    began = time.process_time()
    for path in paths:
        read(path)
    return 1000 * (time.process_time() - began) / (pages * len(paths))


def printed(pages: int, folder: Path) -> Path:
    """A made report of about ``pages`` pages as PDF."""
    source, word = folder / f"{pages}.md", folder / f"{pages}.docx"
    source.write_text(write(Sheet(1, "pdf", pages), seed=7), encoding="utf-8")
    to_docx(source, word, COMPLETE)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    typed = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word)]
    subprocess.run(typed, check=True, capture_output=True, timeout=600)
    return folder / f"{pages}.pdf"


def cut(source: Path, length: int, most: int, folder: Path) -> list[Path]:
    """The first ``most`` pages as files of ``length`` pages each."""
    paths = []
    with pypdfium2.PdfDocument(source) as report:
        for start in range(0, min(most, len(report)) - length + 1, length):
            with pypdfium2.PdfDocument.new() as part:
                part.import_pages(report, list(range(start, start + length)))
                paths.append(folder / f"{length}-from-{start + 1}.pdf")
                part.save(paths[-1])
    return paths


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
