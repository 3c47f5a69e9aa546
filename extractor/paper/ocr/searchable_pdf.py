"""A scan becomes a PDF that can be searched: what was read is laid over each scanned page as writing without ink.

In: the scan, and the words of its Document with their boxes. Out: the bytes of a PDF whose pages look as before. The
pictures are not touched and nothing is recognised again, so what a search finds is what the figures were read from.
The hard idea: the layer is a small PDF of our own, its font one without shapes (Type 3, whose codes mean letters by
table alone), and pdfium lays its pages over the scan's. ``lay_over`` runs in the reading child, for it
opens a stranger's file.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.domain.document import Box, Document
from extractor.domain.errors import InvalidInput
from extractor.paper.pdf.matrix import Matrix
from extractor.paper.pdf.object_writer import bind, stream

DESCENT = 0.22  # of a line's height: what hangs below the baseline
FAR = 14_400  # points: no page reaches further from its origin
WIDE = 500  # thousandths of an em: every letter of the font but the space; words are stretched to their boxes
CODES = range(32, 256)  # of one font

Word = tuple[str, Box]


def write_searchable(path: Path, document: Document, target: Path) -> None:
    """Writes the scan at ``path``, of which ``document`` was read, into ``target`` with its words laid over it.

    The reading child does the work, within its limits. Raises UnreadableFile where it cannot, InvalidInput where no
    page was recognised: there is nothing to lay over.
    """
    from extractor.paper.sandbox.reader import shared_reader

    if all(placement.confidence == 1 for placement in document.placements):
        raise InvalidInput("pages.no_scan", name=path.name)
    target.write_bytes(shared_reader().lay_over(path, words_of(document)))


def words_of(document: Document) -> list[Word]:
    """The words with their boxes, in reading order."""
    return [
        (words, placement.box)
        for placement in document.placements
        if (words := document.text[placement.start : placement.end].strip())
    ]


def lay_over(data: bytes, words: Iterable[Word]) -> bytes:
    """The PDF ``data`` with ``words`` as an invisible layer on its pages without writing.

    Raises ``pypdfium2.PdfiumError`` where pdfium cannot open or write it.
    """
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    from extractor.paper.pdf.pdfium_engine import page_view

    by_page: dict[int, list[Word]] = {}
    for word in words:
        by_page.setdefault(word[1].page, []).append(word)
    with pdfium.PdfDocument(data) as pdf:
        layers: list[tuple[int, list[tuple[str, Matrix]]]] = []
        for number in sorted(by_page):
            page = pdf[number - 1]
            if _has_writing(page):
                continue
            back = page_view(page.raw)[0].inverse()
            layers.append((number, [(text, at.then(back)) for text, at in _set(by_page[number])]))
        if layers:
            with pdfium.PdfDocument(_press(layers)) as ours:
                for index, (number, _) in enumerate(layers):
                    page = pdf[number - 1]
                    sheet = raw.FPDF_NewXObjectFromPage(pdf.raw, ours.raw, index)
                    form = raw.FPDF_NewFormObjectFromXObject(sheet)
                    raw.FPDFPageObj_Transform(form, 1, 0, 0, 1, -FAR, -FAR)  # pdfium moved the sheet's corner to 0, 0
                    raw.FPDFPage_InsertObject(page.raw, form)
                    raw.FPDF_CloseXObject(sheet)
                    page.gen_content()
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _has_writing(page: Any) -> bool:
    writing = page.get_textpage()
    try:
        return bool(writing.count_chars() > 0)
    finally:
        writing.close()


def _set(words: Sequence[Word]) -> Iterable[tuple[str, Matrix]]:
    """Each word with the matrix that puts it on its line's baseline, as wide as its box (the shown page, y down)."""
    for line in _lines(words):
        top, bottom = min(box.top for _, box in line), max(box.bottom for _, box in line)
        size, baseline = bottom - top, bottom - DESCENT * (bottom - top)
        for text, box in line:
            stretch = (box.x1 - box.x0) / (len("".join(text.split())) * WIDE / 1000)
            yield f"{text} ", Matrix(stretch, 0, 0, -size, box.x0, baseline)


def _lines(words: Sequence[Word]) -> Iterable[list[Word]]:
    """Neighbours that stand on one line."""
    line: list[Word] = []
    for word in words:
        if line and not _level(line[-1][1], word[1]):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _level(a: Box, b: Box) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.5 * min(a.bottom - a.top, b.bottom - b.top) and b.x0 > a.x0


@dataclass(slots=True)
class _Fonts:
    """Codes of letters, dealt out as they come: (font, code)."""

    letters: dict[str, tuple[int, int]] = field(default_factory=dict)

    def code(self, letter: str) -> tuple[int, int]:
        font, code = divmod(len(self.letters), len(CODES))
        return self.letters.setdefault(letter, (font, CODES[code]))

    def tables(self) -> list[list[tuple[int, str]]]:
        tables: list[list[tuple[int, str]]] = []
        for letter, (font, code) in self.letters.items():
            if font == len(tables):
                tables.append([])
            tables[font].append((code, letter))
        return tables


def _press(layers: Sequence[tuple[int, Sequence[tuple[str, Matrix]]]]) -> bytes:
    """A PDF of the layers, a page each."""
    fonts = _Fonts()
    contents = [b"BT 3 Tr\n%s\nET" % b"\n".join(_shown(text, at, fonts) for text, at in words) for _, words in layers]
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    shapes = b"".join(
        b"/%s %d 0 R" % (name, add(stream(b"%d 0 0 -250 %d 750 d1" % (wide, wide))))
        for name, wide in ((b"letter", WIDE), (b"space", 0))
    )
    named = b"".join(
        b"/F%d %d 0 R" % (index, add(_font(table, shapes, add(stream(_meanings(table))))))
        for index, table in enumerate(fonts.tables())
    )
    pages = [
        add(
            b"<</Type/Page/Parent 2 0 R/MediaBox[-%d -%d %d %d]/Contents %d 0 R/Resources<</Font<<%s>>>>>>"
            % (FAR, FAR, FAR, FAR, add(stream(content)), named)
        )
        for content in contents
    ]
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % n for n in pages))
    return bind(objects)


def _shown(text: str, at: Matrix, fonts: _Fonts) -> bytes:
    """The operators that set one word."""
    parts = [b"%.4f %.4f %.4f %.4f %.3f %.3f Tm" % at]
    run, current = b"", -1
    for letter in text:
        font, code = fonts.code(letter)
        if font != current:
            parts += [b"<%s> Tj" % run.hex().encode()] if run else []
            parts.append(b"/F%d 1 Tf" % font)
            run, current = b"", font
        run += bytes([code])
    return b" ".join([*parts, b"<%s> Tj" % run.hex().encode()])


def _font(table: Sequence[tuple[int, str]], shapes: bytes, meanings: int) -> bytes:
    first, last = table[0][0], table[-1][0]
    widths = b" ".join(b"%d" % (0 if letter == " " else WIDE) for _, letter in table)
    names = b"".join(b"/space" if letter == " " else b"/letter" for _, letter in table)
    return (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 -250 %d 750]/FontMatrix[.001 0 0 .001 0 0]/FirstChar %d/LastChar %d"
        b"/Widths[%s]/CharProcs<<%s>>/Encoding<</Type/Encoding/Differences[%d%s]>>/Resources<<>>/ToUnicode %d 0 R>>"
        % (WIDE, first, last, widths, shapes, first, names, meanings)
    )


def _meanings(table: Sequence[tuple[int, str]]) -> bytes:
    """The table that says which letter a code means, at most a hundred rows a section."""
    sections = b""
    for at in range(0, len(table), 100):
        rows = b"".join(b"<%02x> <%s>\n" % (c, t.encode("utf-16-be").hex().encode()) for c, t in table[at : at + 100])
        sections += b"%d beginbfchar\n%sendbfchar\n" % (len(table[at : at + 100]), rows)
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /solieu def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n%sendcmap end end" % sections
    )
