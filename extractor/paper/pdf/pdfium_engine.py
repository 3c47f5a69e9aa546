"""A PDF's bytes become sheets of ink, by pdfium's text objects: a run, its size, font and baseline in one call each.

One text object is one drawing operation, so superscripts, bold words and table cells arrive apart, and a page costs two
or three milliseconds. Where the letters of two objects stand among each other (a second font that fills the first one's
gaps), those objects are taken apart letter by letter. What is hidden is judged in ``found``. This module never joins
runs to words or lines. pdfium is not thread-safe: one process, one reader.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium

from extractor.paper.pdf import pdfium_handles as raw
from extractor.paper.pdf.glyph_widths import SPACE, WORD, cut_stretches, measure
from extractor.paper.pdf.hidden_text import DARK, WHOLE_PAGE, Fill, Font, Found, Letters, lay_out
from extractor.paper.pdf.matrix import Matrix
from extractor.paper.pdf.page_model import Sheet
from extractor.paper.pdf.text_layer import Writing

if TYPE_CHECKING:
    from PIL.Image import Image

THIN = 2.5  # points; a filled or stroked shape this thin is a ruling
SHORT = 6.0  # points; a shorter ruling is a dash, a tick or an ornament
LONGEST_NAME = 200  # letters of a program's name that are kept
PIXELS = 6_000  # on the longer side of a page that is drawn for recognition: A3 at 360 dpi
NESTING = 6  # forms within forms; real files need two
OBJECTS = 200_000  # drawing operations on one page; maps and plans have tens of thousands
AMONG = 0.35  # in sizes: how far letters of two objects may overlap before they stand among each other
WITHIN = 0.7  # of a narrow object's width, likewise
TOUCHES = 0.1  # in sizes: a wider gap inside such an object is room for another's letters, or a space
SEGMENTS = 4_000  # of one path; a table's whole grid may be one
BOLD_WEIGHT = 600
SURE = 0.75  # points; a word further from where widths of letters put it tells that its line is set another way
FORCE_BOLD = 1 << 18
ITALIC = 1 << 6


class _Line:
    """Letters of one text object as they stand along their line, in points from where the first begins."""

    __slots__ = ("begin", "box", "far", "first", "layer", "length", "near")

    def __init__(self, layer: int, first: int, end: int) -> None:
        """Letters of a text ``layer`` from ``first`` to before ``end``."""
        self.layer, self.first = layer, first
        ask, to = raw.FPDFText_GetLooseCharBox, _to_reals[0]
        ask(layer, first, to)
        head = _reals[:4]  # left, top, right, bottom
        ask(layer, end - 1, to)
        tail = _reals[:4]
        self.near, self.far = _way(head, tail)
        self.begin = head[self.near]
        self.length: float = abs(tail[self.far] - self.begin)
        self.box = min(head[0], tail[0]), min(head[3], tail[3]), max(head[2], tail[2]), max(head[1], tail[1])

    def starts(self, at: int) -> float:
        """Where the letter ``at`` begins."""
        raw.FPDFText_GetLooseCharBox(self.layer, self.first + at, _to_reals[0])
        return float(abs(_reals[self.near] - self.begin))

    def ends(self, at: int) -> float:
        """Where the letter ``at`` ends, the white about it included."""
        raw.FPDFText_GetLooseCharBox(self.layer, self.first + at, _to_reals[0])
        return float(abs(_reals[self.far] - self.begin))


class PdfiumFile:
    """An open PDF; ``sheets()`` reads page by page and holds no more than one page."""

    def __init__(self, data: bytes) -> None:
        """Raises ``pdfium.PdfiumError`` with the reason where pdfium cannot open it."""
        self._pdf = pdfium.PdfDocument(data)
        self._fonts: dict[int, Font] = {}

    def __len__(self) -> int:
        """The number of pages."""
        return len(self._pdf)

    def close(self) -> None:
        """Frees pdfium's memory."""
        self._pdf.close()

    @cached_property
    def engine(self) -> str:
        """Name and version, for the record of how a text came about."""
        return f"pdfium {pdfium.PDFIUM_INFO.build}"

    @property
    def producer(self) -> str | None:
        """The program that the file names as its maker."""
        return str(self._pdf.get_metadata_value("Producer")).strip()[:LONGEST_NAME] or None

    @property
    def attached(self) -> int:
        """How many files it carries."""
        return int(raw.FPDFDoc_GetAttachmentCount(self._pdf.raw))

    def sheets(self) -> Iterator[Sheet | None]:
        """Every page in order; None where pdfium cannot load a page."""
        for index in range(len(self._pdf)):
            yield self.sheet(index)

    def sheet(self, index: int) -> Sheet | None:
        """The page at ``index`` (from 0), or None where pdfium cannot load it."""
        page = raw.FPDF_LoadPage(self._pdf.raw, index)
        if not page:
            return None
        try:
            layer = raw.FPDFText_LoadPage(page)
            if not layer:
                return None
            try:
                return self._read(page, Writing(layer), index + 1)
            finally:
                raw.FPDFText_ClosePage(layer)
        finally:
            raw.FPDF_ClosePage(page)

    def picture(self, index: int, dpi: int) -> Image | None:
        """The page at ``index`` in its colours, or None where pdfium cannot draw it."""
        try:
            page = self._pdf[index]
            scale = min(dpi / 72, PIXELS / max(*page.get_size(), 1.0))
            image: Image = page.render(scale=scale).to_pil().convert("RGB")
        except (pdfium.PdfiumError, OSError, ValueError):
            return None
        return image

    def _read(self, page: Any, writing: Writing, number: int) -> Sheet:
        view, width, height = page_view(page)
        found = Found()
        count = raw.FPDFPage_CountObjects(page)
        self._walk((raw.FPDFPage_GetObject(page, i) for i in range(count)), view, writing, found, (width, height), 0)
        crossed = _crossed(found.letters)
        if crossed:
            found.letters = _take_apart(found.letters, crossed, writing, view)
        for letters in found.letters:
            if letters.handle not in crossed:
                _measure(letters, writing, view)
        return lay_out(found, Sheet(number, width, height, picture=found.picture, dpi=found.dpi))

    def _walk(
        self,
        objects: Iterator[int],
        view: Matrix,
        writing: Writing,
        found: Found,
        size: tuple[float, float],
        depth: int,
    ) -> None:
        """Adds what is drawn to ``found``; ``view`` takes the objects' space to the shown page."""
        for item in objects:
            found.order += 1
            if found.order > OBJECTS:
                return
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                letters = self._letters(item, view, writing, found.order)
                if letters is not None:
                    found.letters.append(letters)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                _draw_path(item, view, found)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                _draw_image(item, view, found, size)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < NESTING:
                inner = _matrix(item).then(view)
                count = raw.FPDFFormObj_CountObjects(item)
                parts = (raw.FPDFFormObj_GetObject(item, i) for i in range(max(count, 0)))
                self._walk(parts, inner, writing, found, size, depth + 1)

    def _letters(self, item: int, view: Matrix, writing: Writing, order: int) -> Letters | None:
        text = writing.text_of(item)
        if not text or text.isspace():
            return None
        raw.FPDFTextObj_GetFontSize(item, _to_reals[0])
        stated = _reals[0]
        matrix = _matrix(item).then(view)
        size = stated * (matrix.c**2 + matrix.d**2) ** 0.5
        shade = _shade(item)
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        font = self._font(item)
        if mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE and not font.bold:
            font = Font(font.name, bold=True, italic=font.italic)  # Word thickens letters of fonts without a bold cut
        return Letters(
            order,
            unicodedata.normalize("NFC", text),
            matrix,
            _bounds(item, view),
            size,
            font,
            shade,
            mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP),
            item,
        )

    def _font(self, item: int) -> Font:
        handle = raw.FPDFTextObj_GetFont(item) or 0
        font = self._fonts.get(handle)
        if font is None:
            name = ctypes.create_string_buffer(256)
            flags = weight = 0
            if handle:
                raw.FPDFFont_GetBaseFontName(handle, name, 256)
                flags, weight = raw.FPDFFont_GetFlags(handle), raw.FPDFFont_GetWeight(handle)
            plain = name.value.decode("latin-1").split("+", 1)[-1]
            low = plain.lower()
            bold = "bold" in low or "black" in low or "heavy" in low or weight >= BOLD_WEIGHT
            font = self._fonts[handle] = Font(
                plain,
                bold or bool(max(flags, 0) & FORCE_BOLD),
                "italic" in low or "oblique" in low or bool(max(flags, 0) & ITALIC),
            )
        return font


_reals = (ctypes.c_float * 6)()
_to_reals = [ctypes.byref(_reals, 4 * i) for i in range(6)]
_whole = (ctypes.c_uint * 4)()
_sides = (ctypes.c_double * 4)()  # of a letter: left, right, bottom, top
_to_sides = [ctypes.byref(_sides, 8 * i) for i in range(4)]
_to_whole = [ctypes.byref(_whole, 4 * i) for i in range(4)]


def _matrix(item: int) -> Matrix:
    raw.FPDFPageObj_GetMatrix(item, _to_reals[0])
    return Matrix(*_reals[:])  # as a list: ctypes yields its numbers one by one, and slowly


def _bounds(item: int, view: Matrix) -> tuple[float, float, float, float]:
    if not raw.FPDFPageObj_GetBounds(item, *_to_reals[:4]):
        return 0.0, 0.0, 0.0, 0.0
    return view.frame(*_reals[:4])


def _shade(item: int) -> int:
    """The darkest channel of the fill colour, 0..255; patterns and the like count as dark, so as visible."""
    if not raw.FPDFPageObj_GetFillColor(item, *_to_whole):
        return 0
    return min(_whole[:3])


def page_view(page: Any) -> tuple[Matrix, float, float]:
    """What takes page space to the shown page (origin top left, y down), and that page's width and height."""
    area = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, ctypes.byref(area)):
        area.left, area.bottom, area.right, area.top = 0.0, 0.0, 612.0, 792.0
    left, bottom, right, top = area.left, area.bottom, area.right, area.top
    wide, high = right - left, top - bottom
    quarters = raw.FPDFPage_GetRotation(page) % 4
    if quarters == 1:
        return Matrix(0, 1, 1, 0, -bottom, -left), high, wide
    if quarters == 2:
        return Matrix(-1, 0, 0, 1, right, -bottom), wide, high
    if quarters == 3:
        return Matrix(0, -1, -1, 0, top, right), high, wide
    return Matrix(1, 0, 0, -1, -left, top), wide, high


def _draw_path(item: int, view: Matrix, found: Found) -> None:
    """Keeps a path's straight rulings, and the path itself where it is a fill that letters may lie on or under."""
    x0, top, x1, bottom = box = _bounds(item, view)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if x1 - x0 <= THIN or bottom - top <= THIN:
        if (fill.value or stroke.value) and max(x1 - x0, bottom - top) >= SHORT:
            found.rules.append(box)
        return
    if fill.value:
        shade = _shade(item)
        found.fills.append(Fill(found.order, box, shade, opaque=_whole[3] >= DARK and not _sheer(item)))
    if stroke.value:
        found.rules.extend(_segments(item, _matrix(item).then(view)))


def _segments(item: int, view: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The straight, upright or level segments of a stroked path."""
    count = raw.FPDFPath_CountSegments(item)
    if not 0 < count <= SEGMENTS:
        return
    start = last = (0.0, 0.0)
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, *_to_reals[:2])
        point = view.place(*_reals[:2])
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point)
        last = point
        if kind != raw.FPDF_SEGMENT_MOVETO and raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(last, start)
            last = start


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    x0, x1, top, bottom = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
    if (x1 - x0 < 1 or bottom - top < 1) and max(x1 - x0, bottom - top) >= SHORT:
        yield x0, top, x1, bottom


def _draw_image(item: int, view: Matrix, found: Found, size: tuple[float, float]) -> None:
    x0, top, x1, bottom = box = _bounds(item, view)
    seen = max(0.0, min(x1, size[0]) - max(x0, 0.0)) * max(0.0, min(bottom, size[1]) - max(top, 0.0))
    share = seen / (size[0] * size[1] or 1.0)
    if share > 0.1 and raw.FPDFImageObj_GetImagePixelSize(item, *_to_whole[:2]):
        found.dpi = max(found.dpi, 72 * max(_whole[:2]) / max(x1 - x0, bottom - top, 1.0))
    found.picture = min(1.0, found.picture + share)  # scanners cut a page into strips
    if share < WHOLE_PAGE:
        found.fills.append(Fill(found.order, box, 0, opaque=not _sheer(item)))


def _sheer(item: int) -> bool:
    return bool(raw.FPDFPageObj_HasTransparency(item))


# --------------------------------------------------------------------------------- objects that reach into each other


def _crossed(letters: list[Letters]) -> set[int]:
    """The objects whose letters stand among another's, as where a second font fills the first one's gaps."""
    crossed: set[int] = set()
    before: Letters | None = None
    rows = Counter(round(item.matrix.f) for item in letters)
    if all(count == 1 for count in rows.values()) and not any(row + 1 in rows for row in rows):
        return crossed  # one object a line, as most pages have it
    for item in sorted(letters, key=lambda item: (round(item.matrix.f), item.box[0])):
        if before is not None and abs(item.matrix.f - before.matrix.f) <= 1:
            reach = min(before.box[2], item.box[2]) - item.box[0]
            if (
                reach > min(AMONG * item.size, WITHIN * (item.box[2] - item.box[0]))
                and item.text.strip() != before.text.strip()
            ):
                crossed |= {before.handle, item.handle}
        if before is None or abs(item.matrix.f - before.matrix.f) > 1 or item.box[2] > before.box[2]:
            before = item
    return crossed


def _measure(letters: Letters, writing: Writing, view: Matrix) -> None:
    """Where the words of an object stand; not for one word, nor where its letters stand apart in the text layer.

    Where a line is set to full width its spaces take what is left. Where that does not tell where its words stand, as
    in another face, each is measured.
    """
    text, first = writing.text_of(letters.handle).rstrip(" "), writing.first_of(letters.handle)
    lead = len(text) - len(text := text.lstrip(" "))
    if first is None or " " not in text:
        return
    line = _Line(writing.layer, first + lead, first + lead + len(text))
    space = _space_of(text, line, letters)
    if space is not None:
        letters.words = ((len(text.split()), 0.0, line.length, space),)
    else:
        spans = [match.span() for match in WORD.finditer(text)]
        ends = [(line.starts(start), line.ends(end - 1)) for start, end in spans]
        letters.words = cut_stretches([text[start:end] for start, end in spans], ends)
    letters.ends = view.frame(*line.box)


def _space_of(text: str, line: _Line, letters: Letters) -> float | None:
    """How wide each space of a line is, in the unit of letters' widths; None where three words on the way stand apart.

    The line's letters are set as a book face is, and what they leave of its length is parted evenly among its spaces.
    """
    a, b, c, d, _, _ = letters.matrix
    scale: float = letters.size * ((a * a + b * b) / (c * c + d * d or 1)) ** 0.5 / 1000
    if not scale:
        return None
    told, wide, spaces, last = [], 0.0, 0, 0
    for quarter in (1, 2, 3, 4):
        at = text.find(" ", len(text) * quarter // 4) + 1 or len(text)
        white = text.count(" ", last, at)
        wide, spaces, last = wide + (measure(text[last:at]) - SPACE * white) * scale, spaces + white, at
        told.append((at, wide, spaces))
    space = (line.length - wide) / spaces
    if space < 0 or any(abs(line.starts(at) - wide - space * white) > SURE for at, wide, white in told[:-1]):
        return None
    return round(space / scale, 1)


def _way(head: Sequence[float], tail: Sequence[float]) -> tuple[int, int]:
    """Which sides of letters' boxes lie towards the first, and which towards the last, of those set from head to tail.

    >>> _way((10, 20, 15, 8), (90, 20, 95, 8))
    (0, 2)
    """
    right, up = tail[0] - head[0], tail[3] - head[3]
    if abs(right) >= abs(up):
        return (0, 2) if right >= 0 else (2, 0)
    return (3, 1) if up >= 0 else (1, 3)


def _sound(letter: str) -> str:
    r"""``letter``, or the replacement character for half of a surrogate pair, which no file can hold.

    >>> _sound("ế"), _sound("\ud83d")
    ('ế', '\ufffd')
    """
    return letter.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _take_apart(letters: list[Letters], crossed: set[int], writing: Writing, view: Matrix) -> list[Letters]:
    """The letters with the ``crossed`` objects cut into stretches whose letters touch."""
    owners = {item.handle: item for item in letters if item.handle in crossed}
    out = [item for item in letters if item.handle not in crossed]
    last: Letters | None = None
    layer, before = writing.layer, -1
    for index in chain.from_iterable(writing.places_of(owners)):
        owner = owners.get(raw.FPDFText_GetTextObject(layer, index) or 0)
        if owner is None or index != before + 1:
            last = None
        before = index
        if owner is None or raw.FPDFText_IsGenerated(layer, index) == 1:
            continue
        letter = _sound(chr(raw.FPDFText_GetUnicode(layer, index)))
        if letter.isspace():
            if last is not None and not last.text.endswith(" "):
                last.text += " "
            continue
        if not raw.FPDFText_GetCharBox(layer, index, *_to_sides):
            continue
        left, right, bottom, top = _sides
        box = view.frame(left, bottom, right, top)
        if last is not None and _touches(last, owner, box):
            last.text = unicodedata.normalize("NFC", last.text + letter)
            a = last.box
            last.box = (min(a[0], box[0]), min(a[1], box[1]), max(a[2], box[2]), max(a[3], box[3]))
        else:
            last = replace(owner, text=letter, box=box)
            out.append(last)
    return out


def _touches(last: Letters, owner: Letters, box: tuple[float, float, float, float]) -> bool:
    """Whether a letter of ``owner`` in ``box`` goes on with the stretch ``last``, with no room between them."""
    near = box[0] - last.box[2] <= TOUCHES * owner.size and box[2] >= last.box[0]
    return near and last.handle == owner.handle
