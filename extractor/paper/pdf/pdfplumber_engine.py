"""The second PDF engine: pdfplumber's letters become sheets of ink where pdfium opens nothing or finds no letters.

In: the bytes of a PDF. Out: the same sheets that ``pdfium`` gives, twenty times slower. Letters in one font on one
baseline that follow each other are one run. It sees neither colour nor cover, so it marks only what lies outside or
is too small. Whatever it raises on a damaged file (it raises anything) is for the caller to turn into a sentence.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

from extractor.paper.pdf.hidden_text import SMALLEST
from extractor.paper.pdf.page_model import Rule, Run, Sheet
from extractor.paper.pdf.pdfium_engine import SHORT

SPACE = 0.18  # in sizes: a gap between letters that stands for a space
APART = 1.2  # in sizes: a gap that ends a run


def read_plumber(data: bytes, limit: int) -> Iterator[Sheet]:
    """The sheets of the first ``limit`` pages, one at a time."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages[:limit], 1):
            try:
                yield _sheet(page, number)
            finally:
                page.close()


def _sheet(page: Any, number: int) -> Sheet:
    width, height = float(page.width), float(page.height)
    sheet = Sheet(number, width, height)
    letters = [c for c in page.chars if c.get("upright", True) and c["text"].strip()]
    letters.sort(key=lambda c: (round(_baseline(c, height), 1), c["x0"]))
    group: list[dict[str, Any]] = []
    for letter in letters:
        if group and not _follows(group[-1], letter, height):
            sheet.runs.append(_run(group, width, height))
            group = []
        group.append(letter)
    if group:
        sheet.runs.append(_run(group, width, height))
    for edge in page.edges:
        x0, x1, top, bottom = (float(edge[key]) for key in ("x0", "x1", "top", "bottom"))
        if max(x1 - x0, bottom - top) < SHORT:
            continue
        if edge["orientation"] == "h":
            sheet.across.append(Rule(x0, x1, (top + bottom) / 2))
        else:
            sheet.down.append(Rule(top, bottom, (x0 + x1) / 2))
    area = sum(
        max(0.0, float(image["x1"] - image["x0"])) * max(0.0, float(image["bottom"] - image["top"]))
        for image in page.images
    )
    sheet.picture = min(1.0, area / (width * height or 1.0))
    return sheet


def _baseline(letter: dict[str, Any], height: float) -> float:
    matrix = letter.get("matrix")
    return height - float(matrix[5]) if matrix else float(letter["bottom"]) - 0.2 * float(letter["size"])


def _follows(before: dict[str, Any], letter: dict[str, Any], height: float) -> bool:
    size = max(float(before["size"]), 1.0)
    return bool(
        before["fontname"] == letter["fontname"]
        and abs(float(before["size"]) - float(letter["size"])) < 0.1
        and abs(_baseline(before, height) - _baseline(letter, height)) < 0.5
        and -0.3 * size < float(letter["x0"]) - float(before["x1"]) < APART * size
    )


def _run(group: list[dict[str, Any]], width: float, height: float) -> Run:
    text = ""
    for index, letter in enumerate(group):
        if index and float(letter["x0"]) - float(group[index - 1]["x1"]) > SPACE * float(letter["size"]):
            text += " "
        text += str(letter["text"])
    name = str(group[0]["fontname"]).split("+", 1)[-1]
    low = name.lower()
    x0, x1 = min(float(c["x0"]) for c in group), max(float(c["x1"]) for c in group)
    top, bottom = min(float(c["top"]) for c in group), max(float(c["bottom"]) for c in group)
    size = float(group[0]["size"])
    hidden = "outside" if x1 <= 0 or bottom <= 0 or x0 >= width or top >= height else "tiny" if size < SMALLEST else ""
    return Run(
        unicodedata.normalize("NFC", text),
        x0,
        x1,
        top,
        bottom,
        _baseline(group[0], height),
        size,
        "bold" in low or "black" in low,
        "italic" in low or "oblique" in low,
        name,
        hidden,
    )
