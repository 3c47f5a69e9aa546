"""Shows what the reader saw: page images with lines, notes, tables, hidden writing and figures drawn on them.

In: a PDF or a picture, the Document that was read from it, and the spans of figures. Out: PNG images, or one PDF of
them. Pages are rendered in the reading child, never here, for a picture codec is where strangers' files do most harm.
Colours stand for the part that a line plays (``COLOURS``); figures are filled. Only what the Document says is drawn:
where the drawing is wrong, the reading was.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.domain.document import BlockKind, Box, Document
from extractor.domain.errors import InvalidInput
from extractor.paper.structure.placements import boxes_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SCALE = 1.6  # pixels a point: 115 dpi, legible and light
COLOURS = {
    BlockKind.LETTERHEAD: (120, 120, 120),
    BlockKind.HEADING: (200, 30, 30),
    BlockKind.PARAGRAPH: (40, 90, 200),
    BlockKind.ITEM: (20, 140, 160),
    BlockKind.NOTE: (150, 60, 170),
    BlockKind.TABLE: (20, 130, 50),
    BlockKind.CLOSING: (120, 120, 120),
}
HIDDEN = (230, 120, 0)
FIGURE = (255, 205, 0, 90)

Span = tuple[int, int]


def render_page(path: Path, page: int, scale: float = SCALE) -> bytes:
    """The page (from 1) of a PDF as a PNG, ``scale`` pixels a point, made in the reading child.

    Raises UnreadableFile where the page cannot be drawn within the limits.
    """
    from extractor.paper.sandbox.reader import shared_reader

    return shared_reader().render(path, page, scale)


def inspect_pages(
    path: Path, document: Document, figures: Sequence[Span] = (), *, scale: float = SCALE
) -> Iterator[bytes]:
    """Each page as a PNG with the reading drawn on it; raises InvalidInput where the file has no pages."""
    for image in _drawn(path, document, figures, scale):
        out = io.BytesIO()
        image.save(out, "PNG")
        yield out.getvalue()


def write_inspection(path: Path, document: Document, target: Path, figures: Sequence[Span] = ()) -> list[Path]:
    """Writes the drawn pages into one PDF where ``target`` ends in ``.pdf``, else as PNGs into that folder."""
    if target.suffix.lower() == ".pdf":
        first, *others = _drawn(path, document, figures, SCALE)
        target.parent.mkdir(parents=True, exist_ok=True)
        first.save(target, "PDF", save_all=True, append_images=others, resolution=72 * SCALE)
        return [target]
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for number, png in enumerate(inspect_pages(path, document, figures), 1):
        file = target / f"{path.stem}-{number:03d}.png"
        file.write_bytes(png)
        written.append(file)
    return written


def _drawn(path: Path, document: Document, figures: Sequence[Span], scale: float) -> Iterator[Image]:
    from PIL import Image, ImageDraw

    pages = document.source.pages if document.source else 0
    if not pages:
        raise InvalidInput("pages.no_pdf", name=path.name)
    marks = _marks(document, figures)
    for number in range(1, pages + 1):
        with Image.open(io.BytesIO(render_page(path, number, scale))) as opened:
            image = opened.convert("RGB")
        draw = ImageDraw.Draw(image, "RGBA")
        for kind, box in marks.get(number, ()):
            _draw(draw, kind, box, scale)
        yield image


def _marks(document: Document, figures: Sequence[Span]) -> dict[int, list[tuple[str | BlockKind, Box]]]:
    """What to draw on each page, figures first so that they lie under the lines."""
    marks: dict[int, list[tuple[str | BlockKind, Box]]] = {}

    def add(kind: str | BlockKind, start: int, end: int) -> None:
        for box in boxes_of(document, start, end)[1]:
            marks.setdefault(box.page, []).append((kind, box))

    for start, end in figures:
        add("figure", start, end)
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE:
            add(block.kind, block.start, block.end)
    for table in document.tables:
        for cell in table.cells:
            add(BlockKind.TABLE, cell.start, cell.end)
    for remark in document.remarks:
        add("hidden", remark.start, remark.end)
    for note in document.footnotes:
        if note.anchor:
            for box in boxes_of(document, note.anchor - 1, note.anchor)[1][-1:]:
                marks.setdefault(box.page, []).append(("anchor", box))
    return marks


def _draw(draw: ImageDraw, kind: str | BlockKind, box: Box, scale: float) -> None:
    x0, top, x1, bottom = (value * scale for value in (box.x0, box.top, box.x1, box.bottom))
    if kind == "figure":
        draw.rectangle((x0, top, x1, bottom), fill=FIGURE)
    elif kind == "anchor":
        draw.polygon([(x1, top - 2), (x1 - 4, top - 9), (x1 + 4, top - 9)], fill=COLOURS[BlockKind.NOTE])
    elif kind == "hidden":
        draw.rectangle((x0, top, x1, bottom), outline=HIDDEN, width=2)
    elif kind is BlockKind.TABLE:
        draw.rectangle((x0, top, x1, bottom), outline=COLOURS[BlockKind.TABLE])
    else:
        draw.line((x0, bottom, x1, bottom), fill=COLOURS[BlockKind(kind)], width=2)
        draw.line((x0, top, x0, bottom), fill=COLOURS[BlockKind(kind)], width=1)
