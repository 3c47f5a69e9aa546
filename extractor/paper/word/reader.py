"""Word files: paragraphs, tables, real footnotes and endnotes, automatic numbers, as Word would print them.

In come the bytes of a ``.docx``, out comes a ``Flow``. Read with lxml over the ZIP parts, because the usual library has
no way to notes, numbering, tracked changes or text boxes, and trusts what it opens. Tracked changes are accepted:
insertions stay, deletions go. Hidden text stays in the text under a remark, since a reader should know of it. Headers,
footers and comments are not part of a report. Legacy fonts are decoded run by run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from extractor.domain.document import Stage
from extractor.domain.faults import Faults
from extractor.paper.sniff.legacy_encoding import refuse_lost_glyphs
from extractor.paper.sniff.messages import damaged, wordless
from extractor.paper.structure.flow import Flow, GridCell, Piece, remove_spans
from extractor.paper.structure.side_by_side import MOST_ROWS, unfold
from extractor.paper.tables.headers import with_header
from extractor.paper.tables.typed import find_typed
from extractor.paper.word.numbering import Numbering, attribute, count_of, local, read_numbering, value_of, write_number
from extractor.paper.word.package import Element, open_package
from extractor.paper.word.runs import Run, Runs, Writer
from extractor.paper.word.styles import Look, Styles, centred_of, change, children, is_on, number_of, read_styles

_DROPPED = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "footnoteRef", "endnoteRef", "rPr",
                      "pPr", "sectPr", "commentReference", "annotationRef", "proofErr", "bookmarkStart", "bookmarkEnd",
                      "sdtPr", "sdtEndPr"})  # fmt: skip
_DEEPEST = 40  # tables in tables in text boxes …: no report nests deeper, a hostile file does
_CONTENTS_STYLE = re.compile(r"(?:TOC|Mclc|Mucluc)\d", re.IGNORECASE)  # a line of it names its section a second time
_TABS = re.compile(r"\t{2,}")
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_SYMBOLS = {0xA3: "≤", 0xA5: "∞", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
            0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xD7: "·"}  # fmt: skip


def read_docx(data: bytes, name: str) -> Flow:
    """The flow of a Word file.

    Raises UnreadableFile: damaged, encrypted, too large, refused, or empty.
    """
    package = open_package(data, name)
    path = package.related("", "officeDocument") or "word/document.xml"
    root = package.part(path)
    if root is None:
        raise damaged(name)

    def other(kind: str) -> Element | None:
        target = package.related(path, kind)
        return package.part(target) if target else None

    reader = _Reader(
        read_styles(other("styles")),
        read_numbering(other("numbering")),
        {"footnote": _notes(other("footnotes")), "endnote": _notes(other("endnotes"))},
        _note_forms(other("settings")),
    )
    try:
        pieces = [*_with_typed_tables(reader.read(root))]
    except RecursionError as error:
        raise damaged(name) from error
    if not any(piece.text or piece.grid for piece in pieces):
        raise wordless(name)
    refuse_lost_glyphs("\n".join(piece.text for piece in pieces), name)
    runs = reader.runs
    return Flow(tuple(pieces), "docx", encoding=runs.encoding, original=runs.original(), faults=tuple(reader.faults))


def _with_typed_tables(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, paragraphs whose tabs make a table as its grid; elsewhere a tab is a space."""
    for is_typed, group in groupby(
        pieces, key=lambda piece: "\t" in piece.text and not (piece.note or piece.column or piece.marks)
    ):
        held, done = list(group), 0
        for begin, end, cells in find_typed([piece.text for piece in held]) if is_typed else ():
            yield from map(_untabbed, held[done:begin])
            yield Piece("", grid=with_header(GridCell(c.row, c.column, c.text) for c in cells))
            done = end
        yield from map(_untabbed, held[done:])


def _untabbed(piece: Piece) -> Piece:
    single = remove_spans(piece, [(found.start() + 1, found.end()) for found in _TABS.finditer(piece.text)])
    return replace(single, text=single.text.replace("\t", " "))


def _is_contents(element: Element) -> bool:
    """Whether a content control holds the table of contents that Word makes itself."""
    properties = children(children(element).get("sdtPr"))
    gallery = children(properties.get("docPartObj")).get("docPartGallery")
    return (value_of(gallery) or "").lower() == "table of contents"


def _notes(root: Element | None) -> dict[str, Element]:
    """Notes by their id, without the separators."""
    found: dict[str, Element] = {}
    for note in root if root is not None else ():
        if local(note) in ("footnote", "endnote") and attribute(note, "type") in (None, "normal"):
            found[attribute(note, "id") or ""] = note
    return found


def _note_forms(settings: Element | None) -> dict[str, tuple[str, int]]:
    """How footnotes and endnotes are numbered: form and first number."""
    forms = {"footnote": ("decimal", 1), "endnote": ("lowerRoman", 1)}
    found = children(settings)
    for kind in forms:
        inside = children(found.get(f"{kind}Pr"))
        form = value_of(inside.get("numFmt")) or forms[kind][0]
        forms[kind] = (form, count_of(inside.get("numStart"), 1, digits=4))
    return forms


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    notes: dict[str, dict[str, Element]]
    forms: dict[str, tuple[str, int]]
    runs: Runs = field(default_factory=Runs)
    faults: Faults = field(default_factory=Faults)
    _called: list[tuple[str, str, str]] = field(default_factory=list)  # kind, id, mark: in order of their calls
    _counts: dict[str, int] = field(default_factory=dict)
    _carried: Writer | None = None  # a paragraph whose end mark was deleted goes on in the next

    def read(self, root: Element) -> list[Piece]:
        """The body, then the notes in the order in which they are called."""
        body = next((child for child in root if local(child) == "body"), root)
        self.runs.learn(self._plain_texts(root))
        pieces = list(self._blocks(body, 0))
        if self._carried is not None:
            pieces += self._carried.pieces()
            self._carried = None
        for kind, identity, mark in self._called:
            note = self.notes[kind].get(identity)
            if note is not None:
                pieces += (replace(p, note=mark, marks=(), column=None) for p in self._blocks(note, 0) if p.text)
        return pieces

    def _plain_texts(self, root: Element) -> Iterator[str]:
        for element in root.iter():
            if local(element) == "t" and element.text:
                yield element.text

    def _blocks(self, parent: Element, depth: int) -> Iterator[Piece]:
        """Paragraphs and tables under ``parent``, whatever wraps them."""
        if depth > _DEEPEST:
            return
        for element in parent:
            kind = local(element)
            if kind == "p":
                with self.faults.contain(Stage.PARAGRAPH):
                    yield from self._paragraph(element, depth)
            elif kind == "tbl":
                with self.faults.contain(Stage.TABLE):
                    yield from self._table(element, depth)
            elif kind == "AlternateContent":
                chosen = _alternative(element)
                if chosen is not None:
                    yield from self._blocks(chosen, depth + 1)
            elif kind == "sdt" and _is_contents(element):
                continue
            elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "txbxContent", "smartTag"):
                yield from self._blocks(element, depth + 1)

    # -------------------------------------------------------------------------------------------- paragraphs

    def _paragraph(self, element: Element, depth: int) -> Iterator[Piece]:
        properties = children(children(element).get("pPr"))
        style = value_of(properties.get("pStyle")) or self.styles.default
        if style and _CONTENTS_STYLE.fullmatch(style):
            return
        look = self.styles.look(style, self.styles.base)
        centred = centred_of(properties)
        writer = self._carried or Writer(self.runs, centred=self.styles.centred(style) if centred is None else centred)
        self._carried = None
        boxes: list[Element] = []
        number = number_of(properties) or self.styles.number(style)
        label = self.numbering.label(*number) if number else ""
        if label:
            writer.add(Run(f"{label} ", replace(look, raised=False)))
        self._runs(element, writer, look, boxes, depth)
        if "del" in children(properties.get("rPr")):
            self._carried = writer
        else:
            yield from writer.pieces()
        for box in boxes:
            yield from self._blocks(box, depth + 1)

    def _runs(self, parent: Element, writer: Writer, look: Look, boxes: list[Element], depth: int) -> None:
        """Everything inline under ``parent``; text boxes are put aside."""
        if depth > _DEEPEST:
            return
        for element in parent:
            kind = local(element)
            if kind in _DROPPED or not kind:
                continue
            if kind == "r":
                properties = children(element).get("rPr")
                style = value_of(children(properties).get("rStyle"))
                own = change(self.styles.look(style, look), properties)
                self._runs(element, writer, own, boxes, depth + 1)
            elif kind == "t":
                writer.add(Run(element.text or "", look))
            elif kind in _BREAKS:
                writer.add(Run(_BREAKS[kind], replace(look, raised=False)))
            elif kind == "sym":
                writer.add(Run(_symbol(element), replace(look, font=None)))
            elif kind in ("footnoteReference", "endnoteReference"):
                self._call(kind.removesuffix("Reference"), element, writer)
            elif kind == "txbxContent":
                boxes.append(element)
            elif kind == "AlternateContent":
                chosen = _alternative(element)
                if chosen is not None:
                    self._runs(chosen, writer, look, boxes, depth + 1)
            elif kind != "p":
                self._runs(element, writer, look, boxes, depth + 1)

    def _call(self, kind: str, element: Element, writer: Writer) -> None:
        """A note is called: its mark is its number by order, or the sign typed behind the call."""
        identity = attribute(element, "id") or ""
        if identity not in self.notes[kind]:
            return
        if attribute(element, "customMarkFollows") in ("1", "true", "on"):
            following = element.getnext()
            typed = (following.text or "").strip() if following is not None and local(following) == "t" else ""
            if following is not None and typed:
                following.text = ""
            mark = typed or "*"
        else:
            form, first = self.forms[kind]
            count = self._counts.get(kind, first - 1) + 1
            self._counts[kind] = count
            mark = write_number(count, form) if form != "chicago" else "*" * min(count, 3)
        self._called.append((kind, identity, mark))
        writer.mark(mark)

    # ------------------------------------------------------------------------------------------------ tables

    def _table(self, element: Element, depth: int) -> Iterator[Piece]:
        """A grid; a letterhead or signature set as a table comes back as pieces with their column."""
        table = self._read_cells(element, depth)
        rows = [[cell.pieces for cell in row] for row in table if row]
        if len(table) <= MOST_ROWS and (unfolded := unfold(rows)):
            yield from unfolded
            return
        grid = with_header(cell.as_grid() for row in table for cell in row)
        if any(cell.text for cell in grid):
            yield Piece("", grid=grid)
        yield from (piece for row in table for cell in row for piece in cell.pieces if piece.grid)

    def _read_cells(self, element: Element, depth: int) -> list[list[_Cell]]:
        """The cells of each row that was not deleted; one that is merged with the cell above it lengthens that cell."""
        table: list[list[_Cell]] = []
        above: dict[int, _Cell] = {}
        for row in _inside(element, "tr"):
            properties = children(children(row).get("trPr"))
            if "del" in properties:
                continue
            table.append([])
            number = len(table) - 1
            column = count_of(properties.get("gridBefore"), 0, digits=3)
            header = "tblHeader" in properties and is_on(properties["tblHeader"])
            for cell in _inside(row, "tc"):
                format_ = children(children(cell).get("tcPr"))
                columns = max(1, count_of(format_.get("gridSpan"), 1, digits=3))
                if "vMerge" in format_ and value_of(format_["vMerge"]) != "restart" and column in above:
                    above[column].rows = number - above[column].row + 1
                else:
                    pieces = list(self._blocks(cell, depth + 1))
                    above[column] = _Cell(number, column, pieces, columns=columns, header=header)
                    table[-1].append(above[column])
                column += columns
        return table


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    pieces: list[Piece]
    rows: int = 1
    columns: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        """The paragraphs of the cell on one line; a table inside it follows the table that it stands in."""
        return " ".join(piece.text.replace("\t", " ") for piece in self.pieces if piece.text)

    def as_grid(self) -> GridCell:
        """The cell as readers hand it over."""
        return GridCell(self.row, self.column, self.text, self.rows, self.columns, self.header)


def _inside(parent: Element, kind: str) -> Iterator[Element]:
    """The rows (``tr``) of a table or the cells (``tc``) of a row, whatever wraps them."""
    for child in parent:
        if local(child) == kind:
            yield child
        elif local(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _inside(child, kind)


def _alternative(element: Element) -> Element | None:
    """The newest of several ways to say the same."""
    found = children(element)
    return found.get("Choice", found.get("Fallback"))


def _symbol(element: Element) -> str:
    """A sign out of a symbol font: ``≥`` for F0B3 of Symbol; a bullet for what is none of them."""
    code = attribute(element, "char") or ""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if (attribute(element, "font") or "").lower() == "symbol":
        return _SYMBOLS.get(value & 0xFF, chr(value) if 0x20 <= value < 0xD800 else "")
    return "•" if 0xF000 <= value <= 0xF0FF else chr(value) if 0x20 <= value < 0xD800 else ""
