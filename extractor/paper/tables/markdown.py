"""Tables inside Markdown: pipe tables and HTML tables as grids of cells.

In come the lines of a block or the source of a ``<table>``, out come rows of cells in Markdown, with spans and header
flags where the source tells them. Never looks outside the table, never follows a link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

_BAR = re.compile(r"(?<!\\)\|")
_WIDEST = 200  # columns or rows that one cell may span


@dataclass(slots=True)
class RawCell:
    """A cell as its source writes it."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False


def is_rule(line: str) -> bool:
    """Whether ``line`` is the rule under the header of a pipe table: ``|---|:---:|``."""
    return "-" in line and "|" in line and set(line.strip()) <= set("|:- ")


def read_pipes(lines: Sequence[str]) -> list[RawCell] | None:
    """The cells of a pipe table, or None: it takes a rule in the second line, or bars at both ends of every line."""
    ruled = [at for at, line in enumerate(lines) if is_rule(line)]
    framed = len(lines) > 1 and all(line.strip().startswith("|") and line.strip().endswith("|") for line in lines)
    if not framed and (ruled[:1] != [1] or not all("|" in line for line in lines)):
        return None
    head = ruled[0] if ruled else 0
    rows = [line for line in lines if not is_rule(line)]
    return [
        RawCell(row, column, text, header=row < head)
        for row, line in enumerate(rows)
        for column, text in enumerate(_split_row(line))
    ] or None


def _split_row(line: str) -> list[str]:
    r"""``| a | b \| c |`` → ``a`` and ``b | c``."""
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [text.replace("\\|", "|").strip() for text in _BAR.split(inner)]


class _TableParser(HTMLParser):
    """Collects the cells of one table; a table inside a cell gives its text to that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[RawCell] = []
        self._taken: set[tuple[int, int]] = set()
        self._row = -1
        self._column = 0
        self._open: RawCell | None = None
        self._head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close()
            self._row += 1
            self._column = 0
        elif tag in ("thead", "tbody"):
            self._head = tag == "thead"
        elif tag in ("td", "th"):
            self._close()
            self._row = max(self._row, 0)
            while (self._row, self._column) in self._taken:
                self._column += 1
            given = dict(attrs)
            rows, columns = _span(given.get("rowspan")), _span(given.get("colspan"))
            self._open = RawCell(self._row, self._column, "", rows, columns, tag == "th" or self._head)
            self._taken |= {(self._row + r, self._column + c) for r in range(rows) for c in range(columns)}
            self._column += columns
        elif tag in ("br", "p", "div") and self._open and self._open.text:
            self._open.text += "\n"
        elif tag in ("b", "strong") and self._open:
            self._open.text += "**"
        elif tag == "sup" and self._open:
            self._open.text += "<sup>"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()
        elif tag == "thead":
            self._close()
            self._head = False
        elif tag in ("b", "strong") and self._open:
            self._open.text += "**"
        elif tag == "sup" and self._open:
            self._open.text += "</sup>"

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.text += data

    def _close(self) -> None:
        if self._open is not None:
            self._open.text = self._open.text.strip()
            self.cells.append(self._open)
            self._open = None


def read_html(source: str) -> list[RawCell]:
    """The cells of the HTML table ``source``."""
    parser = _TableParser()
    parser.feed(source)
    parser.close()
    parser.handle_endtag("table")
    return parser.cells


def _span(value: str | None) -> int:
    return min(int(value), _WIDEST) if value and value.isascii() and value.isdigit() and int(value) else 1
