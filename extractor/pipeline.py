"""The order of the stages: file → Document → Figures → Observations and Findings → Extraction; nothing else.

Every stage is a function of what the one before it returned, so the same file and the same models give the same
extraction on any machine and in any order. Rooms are imported when a file is read, not when the program starts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from extractor.domain.document import CARRIES, Document, Result
from extractor.domain.extraction import Extraction
from extractor.domain.faults import Faults
from extractor.domain.figure import Figure
from extractor.domain.finding import Finding
from extractor.domain.lexicon import rows_over
from extractor.domain.news import PageNews, quiet
from extractor.domain.paused_gc import put_aside

if TYPE_CHECKING:
    from extractor.language.reader.weights import Layer
    from extractor.paper.structure.offsets import OffsetMap

LOSSES = frozenset({"FAULT_PAGE", "FAULT_RECOGNITION", "FAULT_TABLE", "FAULT_PARAGRAPH"})
"""Faults after which text of the report stands in no figure."""


def extract(
    source: str | PathLike[str] | bytes | BinaryIO,
    *,
    name: str | None = None,
    progress: PageNews = quiet,
    layer: Layer | None = None,
) -> Extraction:
    """Read one report: its structure, its figures, what the checks say, and an account of every digit.

    ``source`` is a path, the bytes of a file or an open file; ``name`` is what a file without a path is called.
    ``progress`` is told how many scanned pages are read, and of how many; ``layer`` is what an office has learned.
    Raises UnreadableFile, with the result class and a sentence to show, where the file gives no document.
    """
    if isinstance(source, (str, PathLike)):
        return _extract_file(Path(source), progress, layer)
    content = source if isinstance(source, bytes) else source.read()
    with lying_at(content, name or getattr(source, "name", None)) as file:
        return _extract_file(file, progress, layer)


UNNAMED = "report"
"""What content without a name is called; its bytes tell what it is."""

LONGEST_STEM, LONGEST_ENDING = 200, 9  # bytes; letters, the dot among them


@contextmanager
def lying_at(content: bytes, called: object) -> Iterator[Path]:
    """A file with ``content``, named as it is called, for a while: the guarded reader opens files, not memory."""
    with tempfile.TemporaryDirectory(prefix="solieu-") as folder:
        file = Path(folder) / _file_name(called)
        file.write_bytes(content)
        yield file


def _file_name(called: object) -> str:
    """What the content is written under: the last part of a name, short enough for any file system, with its ending."""
    from extractor.paper.sniff.format import shown

    last = PurePath(called.replace("\\", "/") if isinstance(called, str) else UNNAMED)
    stem, ending = shown(last.stem), shown(last.suffix)[:LONGEST_ENDING]
    while len(stem.encode()) > LONGEST_STEM:
        stem = stem[:-1]
    return f"{stem}{ending}" if stem.strip(". ") else UNNAMED


def _extract_file(path: Path, progress: PageNews, layer: Layer | None) -> Extraction:
    from extractor.paper import read_document, warm_up

    warm_up(path)  # the child that reads strangers' files starts while the stages below are imported
    from extractor import language, statistics  # noqa: F401

    return extract_document(read_document(path, progress=progress), layer)


def extract_document(document: Document, layer: Layer | None = None) -> Extraction:
    """All stages after paper: the same whatever the format was."""
    from extractor.language import PACKAGE, read_figures
    from extractor.paper import place_figures
    from extractor.statistics import check, normalise, ordered, tell_faults, weigh

    faults, layer = Faults(document.faults), layer or PACKAGE
    with put_aside(), rows_over(layer.rows):
        figures, digits = read_figures(document, faults=faults, layer=layer)
        figures = normalise(figures, document.report, faults, document.text)
        findings = check(figures, document, faults)
        figures = place_figures(weigh(figures, findings), document, faults)
    if faults:
        faults.log(document.source.name if document.source else "-")
        told = tuple(tell_faults(faults))
        findings = ordered((*findings, *told))
        document = _read_in_part(document, told)
    return Extraction(document, figures, findings, digits, layer.version)


def _read_in_part(document: Document, told: Sequence[Finding]) -> Document:
    """``document`` marked as read in part where a fault cost text of it, its reason the findings that say so."""
    lost = [finding for finding in told if finding.code in LOSSES]
    report = document.report
    if not lost or report.result not in CARRIES:
        return document
    vi, en = (
        "; ".join(filter(None, words))
        for words in zip(
            (report.reason, report.reason_en), *((finding.message, finding.message_en) for finding in lost), strict=True
        )
    )
    return replace(document, report=replace(report, result=Result.READ_IN_PART, reason=vi, reason_en=en))


def extract_text(
    text: str, *, report_period: str | None = None, heading: str | None = None, layer: Layer | None = None
) -> list[Figure]:
    """The figures of a loose passage; their offsets and quotes are those of ``text`` as it was given.

    ``report_period`` is the label of the report that the passage comes from ("2023-Q1"), ``heading`` the title that it
    stood under: both are inherited where the passage itself says nothing; ``layer`` is what an office has learned.
    """
    from extractor.language import PACKAGE, read_figures
    from extractor.paper import read_passage
    from extractor.statistics import check, normalise, weigh

    faults, layer = Faults(), layer or PACKAGE
    document, offsets = read_passage(text)
    with rows_over(layer.rows):
        figures, _ = read_figures(document, report_period=report_period, heading=heading, faults=faults, layer=layer)
        figures = normalise(figures, document.report, faults, document.text)
        figures = weigh(figures, check(figures, document, faults))
    faults.log("-")
    return [_placed_in(text, figure, offsets) for figure in figures]


def _placed_in(text: str, figure: Figure, offsets: OffsetMap) -> Figure:
    """``figure`` with offsets and quotes of ``text``, whose canonical form it was read from."""
    start, end = offsets.original(figure.start, figure.end)
    comparisons = []
    for comparison in figure.comparisons:
        left, right = offsets.original(comparison.start, comparison.end)
        comparisons.append(replace(comparison, start=left, end=right, quote=text[left:right]))
    return replace(figure, start=start, end=end, quote=text[start:end], comparisons=tuple(comparisons))
