"""Shows how a table was read, step by step: its words, its grid, and what became of every cell.

In: a PDF or a picture, the Document that was read from it, and what each span of digits became. Out: three images for
each page that a table stands on. First the words that are in its cells, each with row and column; then the grid,
header and cells that span several drawn in their own colours; then the cells by what they became: a value, a
comparison, a name or unit, or a number that nothing took (red). Only what the Document says is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.domain.document import Box, Cell, Document
from extractor.domain.errors import InvalidInput
from extractor.paper.inspect import SCALE, Span, render_page
from extractor.paper.structure.placements import boxes_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

Colour = tuple[int, ...]
GREEN, BLUE, ORANGE = (20, 130, 50), (40, 90, 200), (230, 120, 0)
HEADER: Colour = (150, 60, 170, 50)
SPANNING: Colour = (20, 140, 160, 60)
BECAME: Mapping[str, Colour] = {
    "value": (255, 205, 0, 110),
    "comparison": (40, 90, 200, 80),
    "label": (120, 120, 120, 50),
    "unexplained": (220, 30, 30, 120),
}
"""What the digits of a cell became → how it is filled."""


def write_table_steps(path: Path, document: Document, target: Path, became: Mapping[Span, str]) -> list[Path]:
    """Writes the steps of all tables into one PDF where ``target`` ends in ``.pdf``, else as PNGs into that folder.

    Raises InvalidInput where the file has no pages, or no table.
    """
    drawn = list(_steps(path, document, became))
    if not drawn:
        raise InvalidInput("tables.none", name=path.name)
    if target.suffix.lower() == ".pdf":
        target.parent.mkdir(parents=True, exist_ok=True)
        first, *others = (image for _, image in drawn)
        first.save(target, "PDF", save_all=True, append_images=others, resolution=72 * SCALE)
        return [target]
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, image in drawn:
        written.append(target / f"{path.stem}-{name}.png")
        image.save(written[-1], "PNG")
    return written


def _steps(path: Path, document: Document, became: Mapping[Span, str]) -> Iterator[tuple[str, Image]]:
    """The name of each step and its image."""
    from PIL import Image, ImageDraw

    if not document.source or not document.source.pages:
        raise InvalidInput("pages.no_pdf", name=path.name)
    for number, table in enumerate(document.tables, 1):
        placed = [(cell, box) for cell in table.cells for box in boxes_of(document, cell.start, cell.end)[1]]
        for page in sorted({box.page for _, box in placed}):
            here = [(cell, box) for cell, box in placed if box.page == page]
            with Image.open(io.BytesIO(render_page(path, page, SCALE))) as opened:
                paper = opened.convert("RGB")
            for step, draw_step in (("1-words", _draw_words), ("2-grid", _draw_grid), ("3-cells", _draw_cells)):
                image = paper.copy()
                draw_step(ImageDraw.Draw(image, "RGBA"), here, became)
                yield f"table-{number:02d}-page-{page:03d}-{step}", image


Placed = Sequence[tuple[Cell, Box]]


def _draw_words(draw: ImageDraw, placed: Placed, _became: Mapping[Span, str]) -> None:
    """The words of the cells, each with the row and column that it was given."""
    for cell, box in placed:
        x0, top, x1, bottom = _pixels(box)
        draw.rectangle((x0, top, x1, bottom), outline=GREEN)
        draw.text((x0, top - 9), f"{cell.row}.{cell.column}", fill=BLUE, font_size=9)


def _draw_grid(draw: ImageDraw, placed: Placed, _became: Mapping[Span, str]) -> None:
    """Where rows and columns part, as far as words show it; header and spanning cells are filled."""
    columns = _edges(((cell.column, cell.columns, box.x0, box.x1) for cell, box in placed))
    rows = _edges(((cell.row, cell.rows, box.top, box.bottom) for cell, box in placed))
    for cell in dict.fromkeys(cell for cell, _ in placed):
        first, last = cell.column, cell.column + cell.columns - 1
        top, bottom = cell.row, cell.row + cell.rows - 1
        if first not in columns or top not in rows:
            continue
        right, low = columns.get(last, columns[first])[1], rows.get(bottom, rows[top])[1]
        fill = HEADER if cell.header else SPANNING if cell.rows > 1 or cell.columns > 1 else None
        edges = (columns[first][0] - 2, rows[top][0] - 1, right + 2, low + 1)
        draw.rectangle(tuple(edge * SCALE for edge in edges), outline=ORANGE, fill=fill)


def _edges(spans: Iterator[tuple[int, int, float, float]]) -> dict[int, tuple[float, float]]:
    """Row or column → from where to where the words of its own cells reach; a spanning cell says nothing."""
    found: dict[int, tuple[float, float]] = {}
    for at, count, low, high in spans:
        if count == 1:
            before = found.get(at, (low, high))
            found[at] = (min(before[0], low), max(before[1], high))
    return found


def _draw_cells(draw: ImageDraw, placed: Placed, became: Mapping[Span, str]) -> None:
    """The cells filled by what their digits became."""
    for cell, box in placed:
        told = [kind for (start, end), kind in became.items() if start < cell.end and cell.start < end]
        if told:
            worst = "unexplained" if "unexplained" in told else told[0]
            draw.rectangle(_pixels(box), fill=BECAME[worst])


def _pixels(box: Box) -> tuple[float, float, float, float]:
    return box.x0 * SCALE, box.top * SCALE, box.x1 * SCALE, box.bottom * SCALE
