"""The body of a report as stretches of headings, paragraphs and list items, and as the tree of its sections.

In come the joined pieces of the body, out come ``Stretch``es (a run-in title apart from the text that goes on behind
its colon) and ``Part``s (one a section), both still in offsets of their piece. Which paragraph opens a section is
decided by its label and by what is open above it (``outline``); which list item details which by its mark and by the
colons above it (``Nesting``). Nothing here looks at fonts beyond bold, and nothing is renumbered or corrected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.domain.document import BlockKind
from extractor.domain.letters import CAPITALS
from extractor.paper.structure.flow import Piece
from extractor.paper.structure.labels import Label, Style, item_mark, read_labels, star_mark
from extractor.paper.structure.outline import Outline
from extractor.paper.structure.part_words import compiled, in_capitals

TITLE_LIMIT = 240  # the longest run-in title seen was about 200 letters; behind that a colon belongs to the sentence
SHORT_TITLE = 160  # a line without a final mark that is no longer than this may be a title
SHORT_SENTENCE = 70  # "1.1.2. Cây ngô. Diện tích 3.100 ha": so short a sentence without a figure is a title
CLAUSE = 40  # a clause shorter than this says too little to stand for its paragraph in the outline

_COLON = re.compile(rf"[:：](?=\s|$)|[()\[\]“”]|[.!?…](?=\s+[{CAPITALS}])")
_STATEMENT_END = re.compile(r"[.;,!?…]\W*$")
_SENTENCE = re.compile(rf"[.!?…]\s+(?=[{CAPITALS}])")
_PERIOD = (
    r"(?i)(?<!\d)(?:(?:19|20)\d\d|\d{1,2}\s+{month}|(?<={month} )\d{1,2}|(?<={quarter} )\d)"
    r"(?:\s*[-–/]\s*(?:19|20)?\d\d)?(?![\d.,%])"
)
_TITLE_ENDS = " .;,/"
_CLAUSE_END = re.compile(r"\s*(?:[;(]|[.!?…](?=\s|$))")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block in the making: ``start:end`` and ``content`` are offsets in its piece; ``row`` counts table rows."""

    piece: int
    start: int
    end: int
    kind: BlockKind
    part: int | None = None  # index of its section
    content: int = 0
    depth: int = 0
    parent: int | None = None  # index of the stretch that it details
    row: int | None = None


@dataclass(slots=True)
class Part:
    """A section in the making, from its first stretch to its last, those of its own parts included."""

    path: str
    label: str
    title: str
    level: int
    parent: int | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Title:
    """How a labelled paragraph divides: ``end`` closes the title, ``rest`` opens what runs on behind it, if any."""

    text: str
    end: int
    rest: int | None
    statement: bool = False  # a whole sentence under a number: it reads as a paragraph, not as a heading


def read_title(piece: Piece, content: int) -> Title:
    """Divides a labelled paragraph into its title and the text behind it.

    ``3.2. Công tác giáo dục: Chỉ đạo các trường…`` runs in behind the colon; a bold opening sentence does too; a
    sentence without a colon is a statement whose first clause stands for it in the outline.
    """
    text = piece.text
    colon = _title_colon(text, content)
    if colon is not None:
        rest = _skip_blanks(text, colon + 1)
        return Title(text[content:colon].strip(), colon + 1, rest if rest < len(text) else None)
    length = len(text.rstrip())
    bold = next((b for a, b in piece.bold if a <= content < b), content)
    if content < bold < length and text[:bold].rstrip().endswith("."):
        return Title(text[content:bold].strip().rstrip("."), len(text[:bold].rstrip()), _skip_blanks(text, bold))
    first = _SENTENCE.search(text, content, content + SHORT_SENTENCE)
    if first and not _counts_something(text[content : first.start()]):
        return Title(text[content : first.start()].strip(), first.start() + 1, first.end())
    whole = text[content:].strip()
    statement = bold < length and not in_capitals(whole) and _reads_on(whole)
    return Title(_short_title(whole), len(text), None, statement)


def _skip_blanks(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def _reads_on(text: str) -> bool:
    """Whether ``text`` is more than a title: too long for one, of several sentences, or with a figure in it."""
    return len(text) > TITLE_LIMIT or bool(_SENTENCE.search(text)) or _counts_something(text)


def _short_title(text: str) -> str:
    """The first sentence of ``text``, or the first clause of a long one, without the marks at its end."""
    sentence = _SENTENCE.split(text, maxsplit=1)[0]
    return sentence.rstrip(_TITLE_ENDS) if len(sentence) <= TITLE_LIMIT else _first_clause(sentence)


def _counts_something(text: str) -> bool:
    """Whether numbers other than those of years and periods stand in ``text``: it states a figure."""
    return any(c.isdigit() for c in compiled(_PERIOD).sub("", text))


def _title_colon(text: str, content: int) -> int | None:
    """The colon that closes a run-in title: outside brackets and quotes, before the first sentence ends."""
    depth = 0
    for found in _COLON.finditer(text, content, content + TITLE_LIMIT):
        sign = found[0]
        if sign in "([“":
            depth += 1
        elif sign in ")]”":
            depth = max(0, depth - 1)
        elif depth == 0:
            return found.start() if sign in ":：" and found.start() > content else None
    end = text.rstrip()
    return len(end) - 1 if end.endswith(":") and len(end) > content + 1 and not _SENTENCE.search(end, content) else None


def _first_clause(text: str) -> str:
    for found in _CLAUSE_END.finditer(text, CLAUSE):
        return text[: found.start()].rstrip(_TITLE_ENDS)
    return text.rstrip(_TITLE_ENDS)


class Nesting:
    """Which stretch a list item details, and how deep it stands.

    A mark that is open above pops back to its list; a new mark after a colon opens a list below; ``+`` goes below an
    open ``-`` even without a colon. So a ``+`` followed by the ``-`` that are its siblings comes out as written.
    """

    def __init__(self) -> None:
        self._heading: int | None = None  # the heading above, if it ends in a colon
        self._lead: int | None = None  # the paragraph with a colon that leads into the list
        self._items: list[tuple[str, int, int, bool]] = []  # mark, depth, stretch, whether it ends in a colon

    def heading(self, index: int, *, colon: bool) -> None:
        """A heading closes every list above it."""
        self._items.clear()
        self._heading = self._lead = index if colon else None

    def paragraph(self, index: int, *, colon: bool) -> None:
        """A plain paragraph closes the list above it, and may lead into the next."""
        self._items.clear()
        self._lead = index if colon else self._heading

    def item(self, index: int, mark: str, *, colon: bool) -> tuple[int, int | None]:
        """The depth of the item ``index`` and the stretch that it details."""
        marks = [item[0] for item in self._items]
        if mark in marks:
            del self._items[marks.index(mark) :]
        elif self._items and not (self._items[-1][3] or mark == "+"):
            self._items.pop()
        parent = self._items[-1][2] if self._items else self._lead
        depth = self._items[-1][1] + 1 if self._items else 2 if mark == "+" else 1
        if mark == "+" and depth < 2:
            depth = 2
        depth = min(depth, 3)
        self._items.append((mark, depth, index, colon))
        return depth, parent


def build_structure(pieces: Sequence[Piece], kinds: Sequence[BlockKind | None]) -> tuple[list[Stretch], list[Part]]:
    """Stretches of all pieces and the sections of the body; ``kinds[i]`` is set where piece ``i`` is not body."""
    builder = _Builder()
    for index, piece in enumerate(pieces):
        kind = kinds[index]
        if kind is None:
            builder.add(index, piece)
        else:
            builder.stretches.append(Stretch(index, 0, len(piece.text), kind))
    return builder.stretches, builder.parts


class _Builder:
    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.parts: list[Part] = []
        self._outline = Outline()
        self._nesting = Nesting()
        self._part: int | None = None
        self._untitled: int | None = None  # a section whose title stands on the next line: "PHẦN THỨ NHẤT"
        self._announced = False

    def add(self, index: int, piece: Piece) -> None:
        text = piece.text
        if piece.grid:
            self._table(index, piece)
        elif self._opens_section(index, piece):
            pass
        elif self._untitled is not None and (in_capitals(text) or piece.centred) and len(text) <= TITLE_LIMIT:
            part = self.parts[self._untitled]
            part.title = f"{part.title} {text.strip()}".strip()
            self._put(index, 0, len(text), BlockKind.HEADING)
            return
        elif found := item_mark(text):
            self._item(index, piece, *found)
        elif star := star_mark(text):
            self._item(index, piece, "*", star)
        else:
            self._nesting.paragraph(len(self.stretches), colon=_leads(text))
            self._put(index, 0, len(text), BlockKind.PARAGRAPH)
        if not self._fresh:
            self._untitled = None
        self._announced = _leads(text)

    @property
    def _fresh(self) -> bool:
        """Whether the last section has just been opened and still waits for its title."""
        return self._untitled is not None and self.parts[self._untitled].first == len(self.stretches) - 1

    def _opens_section(self, index: int, piece: Piece) -> bool:
        labels = read_labels(piece.text)
        if not labels:
            return False
        title = read_title(piece, labels[0].end)
        strong = _looks_like_title(piece, labels[0].end, title)
        if labels[0].style is Style.STAR:
            if not strong or title.statement:
                return False
            place = self._outline.place_star(labels[0])
        else:
            found = self._outline.find_place(labels, strong=strong, announced=self._announced)
            if found is None:
                return False
            place = found
            if place.label.end != labels[0].end:
                title = read_title(piece, place.label.end)
        self._open(index, piece, place.label, title, *self._outline.enter(place, len(self.parts)))
        return True

    def _open(self, index: int, piece: Piece, label: Label, title: Title, path: str, parent: int | None) -> None:
        first = len(self.stretches)
        level = self.parts[parent].level + 1 if parent is not None else 1
        self._part = len(self.parts)
        self.parts.append(Part(path, label.text, title.text, level, parent, first, first))
        kind = BlockKind.PARAGRAPH if title.statement else BlockKind.HEADING
        head = piece.text[: title.end].rstrip()
        self._nesting.heading(first, colon=head.endswith(":"))
        self._put(index, 0, title.end, kind, content=label.end)
        if title.rest is not None:
            colon = head.endswith(":")
            self._nesting.paragraph(len(self.stretches), colon=_leads(piece.text))
            self._put(index, title.rest, len(piece.text), BlockKind.PARAGRAPH, parent=first if colon else None)
        self._untitled = self._part if not title.text or label.style <= Style.CHAPTER else None

    def _item(self, index: int, piece: Piece, mark: str, content: int) -> None:
        depth, parent = self._nesting.item(len(self.stretches), mark, colon=_leads(piece.text))
        self._put(index, 0, len(piece.text), BlockKind.ITEM, content=content, depth=depth, parent=parent)

    def _table(self, index: int, piece: Piece) -> None:
        for row in range(max(cell.row for cell in piece.grid) + 1):
            self._put(index, 0, 0, BlockKind.TABLE, row=row)

    def _put(
        self,
        index: int,
        start: int,
        end: int,
        kind: BlockKind,
        *,
        content: int | None = None,
        depth: int = 0,
        parent: int | None = None,
        row: int | None = None,
    ) -> None:
        part = self._part
        content = start if content is None else content
        self.stretches.append(Stretch(index, start, end, kind, part, content, depth, parent, row))
        while part is not None:
            self.parts[part].last = len(self.stretches) - 1
            part = self.parts[part].parent


def _leads(text: str) -> bool:
    """Whether ``text`` ends in a colon, so that what follows details it."""
    return text.rstrip(' *”"').endswith((":", "："))


def _looks_like_title(piece: Piece, content: int, title: Title) -> bool:
    """Capitals, bold, a colon behind a short title, or a short line that is no sentence."""
    text = piece.text
    colon = text[: title.end].rstrip().endswith(":")
    if piece.text[:1] == "*":
        bold = any(a <= content < b and b >= title.end - 1 for a, b in piece.bold)
        return bold or (colon and title.rest is None)
    bold = any(a <= content < b for a, b in piece.bold)
    short = len(text) - content <= SHORT_TITLE and not _STATEMENT_END.search(text)
    return colon or bold or short or in_capitals(title.text)
