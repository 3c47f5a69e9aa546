"""The document: what ``paper`` makes of a file, whatever its format.

All types are frozen. Offsets are half-open and point into ``Document.text``, the canonical text: NFC, footnote marks
lifted out, paragraphs that a page end or a note block had cut joined again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Result(StrEnum):
    """What became of a file. ``READ`` and ``READ_IN_PART`` carry figures; every other class carries a reason."""

    READ = "read"
    READ_IN_PART = "read_in_part"
    EMPTY = "empty"
    SCANNED = "scanned_without_ocr"
    ENCRYPTED = "encrypted"
    NOT_A_REPORT = "not_a_report"
    REFUSED = "refused"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    MISSING = "missing"


CARRIES = (Result.READ, Result.READ_IN_PART)
"""Classes with figures; a file of any other class gives its reason and nothing to keep."""


class BlockKind(StrEnum):
    """The part that a block plays in an administrative document."""

    LETTERHEAD = "letterhead"  # issuer, motto, number, place and date, title, addressee: holds no figures
    HEADING = "heading"  # the numbered or starred title of a section, also a run-in title up to its colon
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a list item: "-", "+", "•"
    NOTE = "note"  # a paragraph of a footnote
    TABLE = "table"  # the cells of one table row, joined by tabs; the grid itself is in ``Document.tables``
    CLOSING = "closing"  # recipients, signature: holds no figures


class Box(NamedTuple):
    """A rectangle on a page, in PDF points from the top left corner; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Placement(NamedTuple):
    """Where a run of the canonical text stands on paper; ``confidence`` is the recogniser's, 1 where born digital."""

    start: int
    end: int
    box: Box
    confidence: float = 1.0
    space: float = 250  # how wide each space in it is, in thousandths of an em of its letters


PRINTED = 0.75
"""The least confidence with which a recogniser reads clean print; what is written by hand or lost in part is below."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What paper knows of a stretch of text and its reader could not: a doubt code, e.g. ``hidden_text``."""

    start: int
    end: int
    code: str
    detail: str = ""


class Stage(StrEnum):
    """Where a fault of ours struck, and so what it cost."""

    PAGE = "page"  # the page gives no text
    RECOGNITION = "recognition"  # what the picture shows there is not read, or not read a second time
    TABLE = "table"  # its cells are not read as figures
    PARAGRAPH = "paragraph"  # its numbers are not read
    FIGURE = "figure"  # one number is not read
    NAME = "name"  # the figure has no catalogue entry
    CHECK = "check"  # the check says nothing
    PLACE = "place"  # the figure has no place on the page
    SERIES = "series"  # the figure joins no series
    INDEX = "index"  # the row is not found by searching


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the program that cost one page, table, figure or check; ``place`` is the line of ours that failed."""

    stage: Stage
    kind: str  # class of the exception
    place: str
    what: str = ""  # which check, which step
    start: int | None = None
    end: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, in reading order; blocks do not overlap and a run-in title is a block of its own."""

    start: int
    end: int
    kind: BlockKind
    section: str | None = None  # path of the section it stands in, a heading's own path included
    content: int = 0  # offset of the first word, after "-", "2.1." or "a)"
    depth: int = 0  # 0 for plain paragraphs, 1 for "-", 2 for "+", 3 for what hangs under "+"
    parent: int | None = (
        None  # index of the block that this one details: the bullet above, or the lead-in with the colon
    )
    footnote: str | None = None  # mark of the footnote that this block belongs to
    bold: tuple[tuple[int, int], ...] = ()  # spans printed bold


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or starred part: ``path`` as ``II.5.1.a``, ``III.*1``; ``start:end`` covers heading and body."""

    path: str
    label: str  # as printed: "II.", "2.1.", "3.1", "a)", "*"
    title: str
    level: int
    parent: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note: ``anchor`` is where its mark stood in the body (None when none was found), ``start:end`` its text."""

    mark: str
    anchor: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``start:end`` is its text within the canonical text (empty cells have ``start == end``)."""

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid, header rows first, repeated headers of later pages removed; ``caption`` is a span or None."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    caption: tuple[int, int] | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The front and back matter of one report, as printed; a part that the paper does not show is None."""

    number: str | None = None  # "218/BC-UBND"; a draft without a number keeps "/BC-UBND"
    place: str | None = None
    date: str | None = None  # to the precision printed: "2023-03-29" or "2023-03"
    title: str | None = None
    addressee: str | None = None
    issuer: str | None = None
    superior: str | None = None
    area: str | None = None
    period: str | None = None  # label, see ``Figure.period``
    recipients: tuple[str, ...] = ()
    signatory: str | None = None
    role: str | None = None
    result: Result = Result.READ
    reason: str | None = None  # why the file was not read, or not all of it
    reason_en: str | None = None  # the same in English


def spell_reference(number: str | None) -> str:
    """A report's number and symbol; the place that a clerk left empty for the number is shown as one.

    >>> [spell_reference(one) for one in ("12/BC-UBND", "/BC-UBND", "187/BC-UBND − /BC-UBND", None)]
    ['12/BC-UBND', '…/BC-UBND', '187/BC-UBND − …/BC-UBND', '']
    """
    return " ".join(f"…{part}" if part.startswith("/") else part for part in (number or "").split(" "))


def call_report(name: str | None, file: str) -> str:
    """What a report is called wherever one is named: its number, else title, with its file where no digit tells which.

    >>> [call_report(one, "xa-a.docx") for one in ("12/BC-UBND", "/BC-UBND", None)]
    ['12/BC-UBND', '…/BC-UBND (xa-a.docx)', 'xa-a.docx']
    """
    called = spell_reference(name)
    return called if not file or any(map(str.isdigit, called)) else f"{called} ({file})" if called else file


@dataclass(frozen=True, slots=True)
class Source:
    """The file as it came. ``format`` is what its bytes are ("pdf", "docx", "markdown", …), whatever its name says."""

    name: str
    sha256: str
    format: str
    size: int
    pages: int = 0
    encoding: str | None = None  # the legacy encoding that was decoded: "tcvn3", "vni", …
    original: str | None = None  # the text before it was decoded from that encoding
    producer: str | None = None  # the program that a PDF names as its maker
    dpi: int | None = None  # in which its finest page was scanned; None where no page is a scan


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """The one document type that every format reaches."""

    text: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    tables: tuple[Table, ...] = ()
    report: Report = field(default_factory=Report)
    placements: tuple[Placement, ...] = ()  # by start
    remarks: tuple[Remark, ...] = ()
    source: Source | None = None
    faults: tuple[Fault, ...] = ()

    def __repr__(self) -> str:
        name = self.source.name if self.source else "-"
        return f"<Document {name}: {len(self.text)} letters, {len(self.blocks)} blocks, {len(self.tables)} tables>"
