"""How well scans are read: the figures of a scan held against those of the same report born digital.

    python benchmarks/scans.py BORN.pdf SCAN.pdf      a scan of that report
    python benchmarks/scans.py BORN.pdf               prints a scan of it: skewed, softened, grained, JPEG
        [--dpi 200] [--skew 0.8] [--grain 18] [--soft 0.8] [--quality 55] [--alone] [--misses 20]

Prints seconds a page, F1 of figures found, how many figures of the scan hold a wrong number and how many of those bear
no doubt, and how many footnotes are anchored where the born-digital report has them. ``--alone`` leaves the second
reader out.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from extractor.domain.extraction import Extraction
from extractor.domain.figure import Figure
from extractor.evaluation import score_figures
from extractor.paper.ocr import page as recognise
from extractor.paper.read import read_in_process
from extractor.pipeline import extract_document


def print_and_scan(born: Path, target: Path, chosen: argparse.Namespace) -> None:
    """The report as a bad copier would give it; odd pages lean one way, even pages the other."""
    pages = []
    with pypdfium2.PdfDocument(born) as pdf:
        for number, sheet in enumerate(pdf):
            picture = sheet.render(scale=chosen.dpi / 72, grayscale=True).to_pil().convert("L")
            lean = chosen.skew * (-0.6 if number % 2 else 1)
            picture = picture.rotate(lean, Image.Resampling.BICUBIC, fillcolor=255)
            picture = picture.filter(ImageFilter.GaussianBlur(chosen.soft))
            picture = ImageChops.add(picture, Image.effect_noise(picture.size, chosen.grain), 1, -128)
            packed = io.BytesIO()
            picture.save(packed, "JPEG", quality=chosen.quality)
            pages.append(Image.open(packed))
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=chosen.dpi)


def numbers(figure: Figure) -> tuple[object, ...]:
    """Every number that a figure holds."""
    return figure.value, figure.value_max, figure.total, *sorted(part.value for part in figure.comparisons)


def wrong(scan: Sequence[Figure], born: Sequence[Figure]) -> Iterator[Figure]:
    """The figures of the scan that have no counterpart with the same numbers in the order of the report."""
    matcher = SequenceMatcher(None, [numbers(f) for f in born], [numbers(f) for f in scan], autojunk=False)
    for kind, _, _, start, end in matcher.get_opcodes():
        if kind != "equal":
            yield from scan[start:end]


def anchors(extraction: Extraction) -> list[tuple[str, str]]:
    """Each anchored note's mark, and the letters before its place, accents aside."""
    text = extraction.document.text
    return [(note.mark, text[max(note.anchor - 6, 0) : note.anchor]) for note in extraction.footnotes if note.anchor]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("born", type=Path)
    parser.add_argument("scan", type=Path, nargs="?")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--skew", type=float, default=0.8)
    parser.add_argument("--grain", type=float, default=18)
    parser.add_argument("--soft", type=float, default=0.8)
    parser.add_argument("--quality", type=int, default=55)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.alone:
        recognise.find_second_reader = lambda: None
    with tempfile.TemporaryDirectory() as folder:
        scan = chosen.scan or Path(folder) / "scan.pdf"
        if not chosen.scan:
            print_and_scan(chosen.born, scan, chosen)
        began = time.perf_counter()
        document = read_in_process(scan)
        seconds = time.perf_counter() - began
    ours, theirs = extract_document(document), extract_document(read_in_process(chosen.born))
    score = score_figures(
        [f.to_dict() for f in theirs.figures],
        [f.to_dict() for f in ours.figures],
        report_period=theirs.report.period,
    )
    pages = document.source.pages if document.source else 1
    mistaken = list(wrong(ours.figures, theirs.figures))
    silent = [f for f in mistaken if not f.doubts]
    here, there = anchors(ours), anchors(theirs)
    matched = sum(mark in dict(here) and here_is(dict(here)[mark], place) for mark, place in there)
    print(f"{scan.name}: {pages} pages, {seconds / pages:.2f} s a page{', one reader' if chosen.alone else ''}")
    print(f"figures {score.predicted} of {score.gold}, found F1 {score.found_f1:.4f}, strict F1 {score.strict_f1:.4f}")
    print(f"figures with a wrong number {len(mistaken)}, of them without a doubt {len(silent)}")
    for figure in silent:
        print(f"    {figure.indicator}: {figure.quote}")
    print(f"footnotes anchored in their place: {matched} of {len(theirs.footnotes)}")
    for miss in score.misses[: chosen.misses]:
        print(" ", miss)


def here_is(place: str, expected: str) -> bool:
    """Whether two places in the text are one: a letter or two may be misread."""
    return SequenceMatcher(None, place, expected).ratio() > 0.6


if __name__ == "__main__":
    main()
