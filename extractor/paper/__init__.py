"""A file becomes a Document: text, blocks, sections, footnotes, tables, boxes.

After this room nobody knows what format a document came in. Only the names below are for other rooms.
"""

from __future__ import annotations

from extractor.paper.inspect import inspect_pages, render_page, write_inspection
from extractor.paper.ocr.searchable_pdf import write_searchable
from extractor.paper.read import read_document, warm_up
from extractor.paper.structure.offsets import OffsetMap
from extractor.paper.structure.placements import boxes_of, confidence_of, place_figures
from extractor.paper.structure.printed_outline import render_outline
from extractor.paper.text.passage import read_passage

__all__ = [
    "OffsetMap",
    "boxes_of",
    "confidence_of",
    "inspect_pages",
    "place_figures",
    "read_document",
    "read_passage",
    "render_outline",
    "render_page",
    "warm_up",
    "write_inspection",
    "write_searchable",
]
