"""What every workbook is made of: sheets that look alike, true numbers, texts that stay texts.

Sheets are named in the reader's language, headers are frozen and filtered, widths fit. Every text is written as text
(``write_string``), so that a cell beginning with ``=`` is shown and never reckoned. A number that a spreadsheet's 15
digits could not hold exactly is written as text rather than bent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.domain.finding import Finding
from extractor.domain.messages import say
from extractor.statistics.catalogue import indicators, words_of
from extractor.statistics.flat_rows import Names
from extractor.statistics.source_sentence import mask_names, name_mask
from extractor.statistics.table_files import Holds, guard

WORDS = "exports.csv"

LOGGED = ("id", "field", "before", "after", "by", "when", "reason")
WIDEST, NARROWEST, NARROW_HEAD = 60, 8, 12
LINE, MOST_LINES = 15, 12  # points that a line of text takes, and lines that a row shows at most
A4 = 9  # the number of its paper
TOP = 4  # rows above the first line of a wide sheet: title, key, frequencies, periods
SCALE = 70  # per cent, of a wide sheet in print
PAGES = "&R&P/&N"
HEAD = {"bold": True, "bg_color": "#E8EEF4", "bottom": 1}
"""How the head of a table looks."""

SAMPLED = 500  # rows that decide how wide a column is
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MAX_TEXT = 32_767  # what one cell of a workbook holds


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a reviewer, as the log sheet shows it."""

    figure: str
    field: str
    before: str
    after: str
    by: str
    when: str
    reason: str = ""


def open_workbook(path: Path) -> Any:
    """A new workbook in which no text becomes a formula, a link or a number, whatever it looks like."""
    import xlsxwriter

    return xlsxwriter.Workbook(str(path), AS_TEXT)


def write_text(sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
    """A text from outside into one cell, cut where a cell cannot hold it, and never a formula."""
    sheet.write_string(row, column, guard(text)[:MAX_TEXT], look)


def link_to(sheet: str, row: int = 0, column: int = 0) -> str:
    """The address of a cell of the same workbook, for a link.

    >>> link_to("quận Minh Giang", 3, 27)
    "internal:'quận Minh Giang'!AB4"
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    return f"internal:'{sheet}'!{xl_rowcol_to_cell(row, column)}"


def set_page(sheet: Any) -> None:
    """A4 across, and as wide as one page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def set_wide_page(sheet: Any, names: int, breaks: Iterable[int], *, foot: str = "", scale: float = 1) -> None:
    """A4 across, cut into pages before the columns ``breaks``; the first ``names`` columns and the heads stay in view.

    ``foot`` stands at the bottom left of each page; ``scale`` makes its print smaller.
    """
    sheet.freeze_panes(TOP, names)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_print_scale(int(SCALE * scale))
    sheet.repeat_rows(TOP - 2, TOP - 1)
    sheet.repeat_columns(0, names - 1)
    sheet.set_v_pagebreaks(list(breaks))
    sheet.set_footer(foot + PAGES)


def number_pattern(places: int) -> str:
    """How a spreadsheet shows a number with so many decimals."""
    return "#,##0" + ("." + "0" * places if places else "")


def write_listing(path: Path, columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[Any]]) -> None:
    """One plain sheet of any length, written row by row; a column is its heading and whether it holds numbers."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {**AS_TEXT, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        head = book.add_format(HEAD)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 16)
        sheet.set_column(0, 0, WIDEST)
        last = 0
        for at, (name, _) in enumerate(columns):
            sheet.write_string(0, at, name, head)
        for last, row in enumerate(rows, start=1):
            for at, (value, (_, number)) in enumerate(zip(row, columns, strict=True)):
                if value is not None and number:
                    sheet.write_number(last, at, float(value))
                elif value is not None:
                    write_text(sheet, last, at, str(value))
        sheet.autofilter(0, 0, last, len(columns) - 1)


class Sheets:
    """Adds sheets that look alike to one workbook."""

    def __init__(self, book: Any, language: str) -> None:
        self.book = book
        self.language = language
        head = {**HEAD, "text_wrap": True, "valign": "top"}
        self.heads = {
            text: book.add_format({**head, **({"align": "left", "indent": 1} if text else {"align": "right"})})
            for text in (True, False)
        }
        beside = {"num_format": "@", "align": "left", "valign": "top", "indent": 1}  # off the number before it
        self.text = book.add_format(beside)
        self.long = book.add_format({**beside, "text_wrap": True})
        self.numbers: dict[int, Any] = {}

    def add(self, title: str, columns: Sequence[tuple[str, Holds]], rows: Iterable[Sequence[Any]]) -> None:
        """A sheet with a frozen, filtered header, one line a row, and widths that fit."""
        sheet = self.book.add_worksheet(say(WORDS, title, self.language))
        heads = [say(WORDS, name, self.language) for name, _ in columns]
        for at, (head, (_, holds)) in enumerate(zip(heads, columns, strict=True)):
            sheet.write_string(0, at, head, self.heads[holds is Holds.TEXT])
        widths = [min(len(head), NARROW_HEAD) for head in heads]
        longest: dict[int, int] = {}
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, (value, (_, holds)) in enumerate(zip(row, columns, strict=True)):
                if value is None or value == "":
                    continue
                length = self._write(sheet, last, at, value, holds)
                if last <= SAMPLED:
                    widths[at] = max(widths[at], min(length, WIDEST))
                if length > WIDEST:
                    longest[last] = max(longest.get(last, 0), length)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, max(NARROWEST, width + 2))
        # not every program works out how high a wrapped text stands
        sheet.set_row(0, LINE * max(lines_of(len(head), width) for head, width in zip(heads, widths, strict=True)))
        for row_number, length in longest.items():
            sheet.set_row(row_number, LINE * min(lines_of(length, WIDEST), MOST_LINES))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.repeat_rows(0)
        set_page(sheet)

    def add_corrections(self, corrections: Iterable[Correction]) -> None:
        """What reviewers decided, where they decided anything."""
        if rows := [astuple(c) for c in corrections]:
            self.add("sheet.corrections", kinds(LOGGED), rows)

    def add_codes(self, rows: Iterable[Sequence[Any]]) -> None:
        """What the codes of the workbook mean."""
        self.add("sheet.codes", kinds(("list", "code", "meaning", "note")), rows)

    def _write(self, sheet: Any, row: int, column: int, value: Any, holds: Holds) -> int:
        """Write one cell; returns how many characters it shows."""
        if holds is not Holds.TEXT and is_exact(value):
            places = decimals_of(value) if holds is not Holds.COUNT else 0
            sheet.write_number(row, column, float(value), self._number(places))
            return len(f"{value:,.{places}f}") if row <= SAMPLED else 0
        text = guard(format(value, "f") if isinstance(value, Decimal) else str(value))[:MAX_TEXT]
        sheet.write_string(row, column, text, self.long if len(text) > WIDEST else self.text)
        return len(text)

    def _number(self, places: int) -> Any:
        if places not in self.numbers:
            self.numbers[places] = self.book.add_format({"num_format": number_pattern(places), "valign": "top"})
        return self.numbers[places]


def lines_of(length: int, width: int) -> int:
    """Lines that a text takes in a column; words do not fill a line to its end."""
    return -(-length * 11 // (10 * max(width, 1)))


def is_exact(value: Any) -> bool:
    """Whether a spreadsheet's binary number shows exactly the digits of ``value``.

    >>> is_exact(Decimal("20961.454")), is_exact(Decimal("12345678901234567.8"))
    (True, False)
    """
    if isinstance(value, Decimal):
        return len(value.normalize().as_tuple().digits) <= 15
    return isinstance(value, (int, float))


def decimals_of(value: Any) -> int:
    """The decimal places to show: those of the number as printed."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0
    return 2 if isinstance(value, float) else 0


def kinds(names: Iterable[str], special: dict[str, Holds] | None = None) -> list[tuple[str, Holds]]:
    """Columns of text, but for those that ``special`` says hold something else."""
    return [(n, (special or {}).get(n, Holds.TEXT)) for n in names]


def message_of(finding: Finding, names: Names, language: str) -> str:
    """The finding's sentence in ``language``; it quotes the report, so persons may be named in it."""
    message = finding.said(language)
    return mask_names(message, context=f"{message} {words_of('fine')[0]}") if names is Names.MASKED else message


def indicator_codes(used: Iterable[str], language: str) -> Iterator[list[Any]]:
    """The catalogue entries among ``used``, as rows of the sheet of codes."""
    for code in sorted(set(used) & set(indicators())):
        entry = indicators()[code]
        note = " · ".join(x for x in (entry.code_system, "|".join(entry.codes), entry.note) if x)
        yield ["indicator", code, entry.name(language), note]


def remarks(names: Names, language: str) -> Iterator[list[Any]]:
    """What a reader must know of the text in all cells."""
    yield ["note", "'", say(WORDS, "guard", language), None]
    if names is Names.MASKED:
        yield ["note", name_mask(), say(WORDS, "masked", language), None]
