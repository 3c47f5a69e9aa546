"""The nouns: every type that passes between rooms.

All are frozen. Offsets are half-open and point into ``Document.text``, the canonical text: NFC, footnote marks lifted
out, paragraphs that a page end or a note block had cut joined again. Decimals stay ``Decimal`` from the page to the
store; only ``to_dict`` turns them into strings. This module imports nothing of ours and decides nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import repeat
from operator import attrgetter, call
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas

# ---------------------------------------------------------------------------------------------------------- paper


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

    def to_dict(self) -> dict[str, Any]:
        """Plain fields."""
        return _fields(self)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note: ``anchor`` is where its mark stood in the body (None when none was found), ``start:end`` its text."""

    mark: str
    anchor: int | None
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Plain fields."""
        return _fields(self)


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


@dataclass(frozen=True, slots=True)
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


# ------------------------------------------------------------------------------------------------------- language


class Kind(StrEnum):
    """``PERFORMANCE`` has a plan, a period of execution or a comparison; ``SPEC`` is the size of a thing."""

    PERFORMANCE = "performance"
    COUNT = "count"
    SPEC = "spec"


class Status(StrEnum):
    """What the office says of a value; ``ACTUAL`` also where it says nothing."""

    PLAN = "plan"
    ESTIMATE = "estimate"
    ACTUAL = "actual"
    PROJECTION = "projection"


class Bound(StrEnum):
    """khoảng, gần → approx; hơn, trên, ít nhất → min; dưới, không quá → max."""

    APPROX = "approx"
    MIN = "min"
    MAX = "max"


class Base(StrEnum):
    """What a comparison compares with."""

    PLAN = "plan"
    SAME_PERIOD = "same_period_last_year"
    PREVIOUS = "previous_period"
    TOTAL = "total"
    OTHER = "other"


class Measure(StrEnum):
    """How a comparison compares: đạt 98,3 % · giảm 5 % (signed) · điểm phần trăm · gấp 2,4 lần · tăng 95 con."""

    RATIO = "ratio"
    CHANGE = "change"
    POINTS = "point_change"
    MULTIPLE = "multiple"
    ABSOLUTE = "abs_change"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A percentage, difference or multiple that belongs to a figure; ``value`` is signed for changes."""

    base: Base
    kind: Measure
    value: Decimal
    unit: str
    quote: str
    start: int
    end: int
    value_max: Decimal | None = None
    bound: Bound | None = None
    decimals: int = 0
    base_text: str | None = None  # the base as written where it is neither plan nor same period: "năm 2015"

    def to_dict(self) -> dict[str, Any]:
        """The comparison with decimals as strings, enums as their words."""
        return _fields(self)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that measures or counts something, as written, with all that the report says about it.

    ``value`` is null for a growth rate that stands alone. ``period`` labels: ``2023-03``, ``2023-Q1``, ``2023-H1``,
    ``2023-M01/M09`` (cumulative), ``2023``, ``2023-01-01/2023-03-08``, ``../2023-03-08`` (up to a day), ``2022/2023``
    (school year, season). ``indicator_id``, ``match``, ``score``, ``amount`` and ``amount_unit`` are filled in by
    statistics; all else is language's reading of the text.
    """

    id: str
    kind: Kind
    indicator: str | None
    value: Decimal | None
    unit: str | None
    quote: str
    start: int
    end: int
    qualifier: str | None = None
    parent: str | None = None
    indicator_id: str | None = None
    match: str = "none"  # alias | proposed | none
    score: float | None = None
    area: str | None = None
    period: str | None = None
    period_from: str | None = None  # stated | inherited | report
    status: Status = Status.ACTUAL
    value_max: Decimal | None = None
    bound: Bound | None = None
    total: Decimal | None = None
    amount: Decimal | None = None
    amount_unit: str | None = None
    decimals: int = 0
    comparisons: tuple[Comparison, ...] = ()
    section: str | None = None
    footnote: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()

    def changed(self, **changes: Any) -> Figure:
        """The figure with some fields changed, as ``dataclasses.replace`` has it but at half its cost.

        Raises KeyError for a name that is no field.
        """
        values, slots = _slots()
        new = object.__new__(Figure)
        deque(map(call, slots.values(), repeat(new), values(self)), maxlen=0)
        for name, value in changes.items():
            slots[name](new, value)
        return new

    def to_dict(self) -> dict[str, Any]:
        """The record as handed out: decimals as strings, enums as words, boxes as ``[x0, top, x1, bottom]``."""
        record = _fields(self)
        record["boxes"] = [[b.x0, b.top, b.x1, b.bottom] for b in self.boxes]
        return record


class Digit(NamedTuple):
    """A digit-bearing token and what it is: a field of the figure that took it, something else, or ``unexplained``."""

    start: int
    end: int
    text: str
    label: str
    figure: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain fields."""
        return self._asdict()


# ----------------------------------------------------------------------------------------------------- statistics


class Level(StrEnum):
    """How much a finding asks of a reviewer."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    INFO = "info"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says: ``message`` is a Vietnamese sentence, ``left`` and ``right`` the intervals held together."""

    code: str
    level: Level
    message: str
    figures: tuple[str, ...] = ()
    left: tuple[Decimal, Decimal] | None = None
    right: tuple[Decimal, Decimal] | None = None
    gap: Decimal | None = None
    power: Decimal | None = None  # relative error that the check would see: a pass is worth no more than this
    start: int | None = None
    end: int | None = None
    rule: str = ""  # the rule and its version: "S1/1"
    message_en: str = ""  # the same sentence in English

    def to_dict(self) -> dict[str, Any]:
        """The finding with decimals as strings."""
        return _fields(self)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one file yielded."""

    document: Document
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    digits: tuple[Digit, ...] = ()

    @property
    def report(self) -> Report:
        """Front and back matter, and the result class."""
        return self.document.report

    @property
    def sections(self) -> tuple[Section, ...]:
        """The outline, in reading order."""
        return self.document.sections

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The notes, in order of their marks."""
        return self.document.footnotes

    @property
    def text(self) -> str:
        """The canonical text that all offsets point into."""
        return self.document.text

    def to_dict(self) -> dict[str, Any]:
        """One JSON object: report, source, sections, footnotes, text, figures, findings, digits."""
        source = self.document.source
        return {
            "report": _fields(self.report),
            "source": _fields(replace(source, original=None)) if source else None,
            "sections": [s.to_dict() for s in self.sections],
            "footnotes": [n.to_dict() for n in self.footnotes],
            "text": self.text,
            "figures": [f.to_dict() for f in self.figures],
            "findings": [f.to_dict() for f in self.findings],
            "digits": [d.to_dict() for d in self.digits],
        }

    def to_frame(self) -> pandas.DataFrame:
        """One row a figure, the columns of ``Figure.to_dict``; decimals stay ``Decimal``."""
        import pandas

        names = [f.name for f in fields(Figure)]
        return pandas.DataFrame([[getattr(f, n) for n in names] for f in self.figures], columns=names)


@cache
def _slots() -> tuple[Callable[[Figure], tuple[Any, ...]], dict[str, Callable[[Figure, Any], None]]]:
    """What reads all fields of a figure, and name → what sets one in a figure that is being made."""
    names = [field.name for field in fields(Figure)]
    return attrgetter(*names), {name: getattr(Figure, name).__set__ for name in names}


def _fields(record: Any) -> dict[str, Any]:
    """The fields of a dataclass, plain."""
    return {name: _plain(getattr(record, name)) for name in record.__dataclass_fields__}


_BARE = frozenset({type(None), str, int, float, bool})
"""Types of most fields, which are plain as they are; a subclass such as an enum is not among them."""


def _plain(value: Any) -> Any:
    """``value`` with dataclasses as dicts, tuples as lists, decimals and enums as strings."""
    if type(value) in _BARE:
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return _fields(value)
    return value
