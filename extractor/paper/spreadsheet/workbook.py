"""A workbook (.xlsx) gives up its sheets: what each cell shows, which cells are merged, what is hidden.

In: the bytes of the file. Out: ``Sheet``s of texts by row and column. Read with lxml over the ZIP parts, which
``package`` opens without trusting them: no formula is counted, no link followed, no macro run; values are those that
the workbook was saved with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sniff.messages import damaged
from extractor.paper.spreadsheet.cell_values import BUILT_IN, shows_nothing, write_number
from extractor.paper.word.package import Element, Package, open_package

MOST_CELLS = 400_000  # with something in them, of a whole workbook; a yearbook of statistics has a tenth
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, by the format
WHOLE = "xl/workbook.xml"

TRUTH = {"0": "FALSE", "1": "TRUE"}
"""How a truth value is shown."""

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet: texts by (row, column) from 0, merged areas by their first cell, what is hidden."""

    name: str
    hidden: bool = False
    cells: dict[Place, str] = field(default_factory=dict)
    merged: dict[Place, tuple[int, int]] = field(default_factory=dict)  # rows and columns of the area
    unseen: set[Place] = field(default_factory=set)  # cells whose format shows nothing
    uncounted: list[Place] = field(default_factory=list)  # formulas that the file keeps no result of, or an error
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def is_hidden(self, place: Place) -> bool:
        """Whether nobody who looks at the sheet sees the cell."""
        row, column = place
        return (
            self.hidden
            or place in self.unseen
            or row in self.hidden_rows
            or any(first <= column <= last for first, last in self.hidden_columns)
        )


def read_workbook(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, in order; raises UnreadableFile: locked, damaged, too large."""
    package = open_package(data, name)
    root = package.part(WHOLE)
    if root is None:
        raise damaged(name)
    places = _targets(package)
    strings, codes = _strings(package.part("xl/sharedStrings.xml")), _formats(package.part("xl/styles.xml"))
    settings = next(_named(root, "workbookPr"), None)
    epoch = int(settings is not None and settings.get("date1904") in ("1", "true"))
    counts_anew = any(entry.get("fullCalcOnLoad") in ("1", "true") for entry in _named(root, "calcPr"))
    sheets: list[Sheet] = []
    count = 0
    for entry in _named(root, "sheet"):
        target = places.get(next((entry.get(key) or "" for key in map(str, entry.keys()) if key.endswith("}id")), ""))
        part = package.part(target) if target else None
        if part is None:
            continue
        sheet = Sheet(entry.get("name") or "", hidden=entry.get("state") in ("hidden", "veryHidden"))
        for place, text, is_shown in _cells(part, strings, codes, epoch):
            sheet.cells[place] = text
            if not is_shown:
                sheet.unseen.add(place)
            count += 1
            if count > MOST_CELLS:
                raise UnreadableFile(name, Result.TOO_LARGE, "file.too_many_cells", count=MOST_CELLS)
        sheet.uncounted += find_uncounted(part, counts_anew=counts_anew)
        for place in sheet.uncounted:
            sheet.cells.pop(place, None)
        sheet.uncounted += (place for place in _failed(part) if place in sheet.cells)
        _lay(part, sheet)
        sheets.append(sheet)
    return sheets


def _lay(part: Element, sheet: Sheet) -> None:
    """Adds merged areas and what is hidden to ``sheet``."""
    for area in _named(part, "mergeCell"):
        first, _, last = (area.get("ref") or "").partition(":")
        start, end = _place(first), _place(last)
        if start and end and end >= start and end[1] >= start[1]:
            sheet.merged[start] = (end[0] - start[0] + 1, end[1] - start[1] + 1)
    for row, line in _rows(part):
        if _is_hidden(line, "ht"):
            sheet.hidden_rows.add(row)
    for columns in _named(part, "col"):
        if _is_hidden(columns, "width"):
            sheet.hidden_columns.append((_count(columns.get("min")) - 1, _count(columns.get("max")) - 1))


def _is_hidden(lines: Element, size: str) -> bool:
    """Whether rows or columns are hidden, or of no ``size``."""
    return lines.get("hidden") in ("1", "true") or (lines.get(size) or "1").strip("0.") == ""


def _rows(part: Element) -> Iterator[tuple[int, Element]]:
    """The rows of a sheet, each with its number from 0."""
    row = -1
    for line in _named(part, "row"):
        row = _count(line.get("r")) - 1 if line.get("r") else row + 1
        yield row, line


def _cells(part: Element, strings: list[str], codes: list[str], epoch: int) -> Iterator[tuple[Place, str, bool]]:
    """Place and text of every cell that holds something, and whether its format shows it."""
    for row, column, cell in _places(part):
        at = _count(cell.get("s") or "0")
        code = codes[at] if at < len(codes) else "General"
        text, is_shown = _text(cell, strings, code, epoch)
        if text and 0 <= row < MOST_ROWS and column < MOST_COLUMNS:
            yield (row, column), text, is_shown


def _places(part: Element) -> Iterator[tuple[int, int, Element]]:
    """The cells of a sheet with their row and column from 0, also where the file does not say the place."""
    for row, line in _rows(part):
        column = -1
        for cell in _named(line, "c"):
            place = _place(cell.get("r") or "")
            column = place[1] if place else column + 1
            yield row, column, cell


def find_uncounted(part: Element, *, counts_anew: bool) -> Iterator[Place]:
    """The cells whose formula nobody has counted: without a value, or a nought that is to be counted on opening.

    Programs that write workbooks leave either of them; only one that opens the file and saves it counts.
    """
    for formula in _named(part, "f"):
        cell = formula.getparent()
        place = _place(cell.get("r") or "") if cell is not None else None
        value = next(_named(cell, "v"), None) if cell is not None else None
        stored = (value.text or "").strip() if value is not None else ""
        is_empty_text = value is not None and cell is not None and cell.get("t") == "str"
        if place is not None and not is_empty_text and (not stored or (counts_anew and stored == "0")):
            yield place


def _failed(part: Element) -> Iterator[Place]:
    """The cells that show an error where a result should be: ``#REF!``, ``#NAME?``; what they show stays."""
    for row, column, cell in _places(part):
        if cell.get("t") == "e":
            yield row, column


def _text(cell: Element, strings: list[str], code: str, epoch: int) -> tuple[str, bool]:
    """The text of a cell in the format ``code``, and whether that shows it."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _joined(next(_named(cell, "is"), None)), True
    value = next(_named(cell, "v"), None)
    stored = (value.text or "").strip() if value is not None else ""
    if kind == "s":
        at = _count(stored) if stored else len(strings)
        return strings[at] if at < len(strings) else "", True
    if kind == "n" and stored:
        return write_number(stored, code, epoch=epoch), not shows_nothing(stored, code)
    if kind == "b":
        return TRUTH.get(stored, ""), True
    return stored, True  # words that a formula gave, or an error as it is shown: #REF!


def _targets(package: Package) -> dict[str, str]:
    """Which part each relation of the workbook leads to."""
    root = package.part("xl/_rels/workbook.xml.rels")
    found = {}
    for relation in root if root is not None else ():
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            found[relation.get("Id") or ""] = path
    return found


def _strings(root: Element | None) -> list[str]:
    """The texts that cells share."""
    return [_joined(entry) for entry in _named(root, "si")] if root is not None else []


def _joined(entry: Element | None) -> str:
    """The runs of a text, without the reading aids of East Asian workbooks."""
    if entry is None:
        return ""
    runs = (t for t in _named(entry, "t") if not any(_local(up) == "rPh" for up in t.iterancestors()))
    return "".join(t.text or "" for t in runs)


def _formats(root: Element | None) -> list[str]:
    """The code of each style of cells."""
    if root is None:
        return []
    own = {_count(entry.get("numFmtId")): entry.get("formatCode") or "" for entry in _named(root, "numFmt")}
    styles = next(_named(root, "cellXfs"), None)
    numbers = [_count(entry.get("numFmtId")) for entry in _named(styles, "xf")] if styles is not None else []
    return [own.get(number, BUILT_IN.get(number, "General")) for number in numbers]


def _named(root: Element, name: str) -> Iterator[Element]:
    """What is called ``name`` below ``root``, in any namespace."""
    yield from root.iter(f"{{*}}{name}")


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _place(reference: str) -> Place | None:
    """Row and column of a reference.

    >>> _place("B3"), _place("AA10"), _place("?")
    ((2, 1), (9, 26), None)
    """
    found = _PLACE.fullmatch(reference.replace("$", ""))
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def spell_place(place: Place) -> str:
    """How people write where a cell stands.

    >>> spell_place((2, 1)), spell_place((9, 26))
    ('B3', 'AA10')
    """
    letters, column = "", place[1] + 1
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(65 + last) + letters
    return f"{letters}{place[0] + 1}"


def _count(text: str | None) -> int:
    """A count as the file writes it; 0 where it writes none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
