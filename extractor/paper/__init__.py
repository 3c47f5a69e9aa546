"""A file becomes a Document: text, blocks, sections, footnotes, tables, boxes.

After this room nobody knows what format a document came in. Only the names below are for other rooms.
"""

from __future__ import annotations

from extractor.paper.offsets import OffsetMap
from extractor.paper.passage import read_passage
from extractor.paper.read import read_document
from extractor.paper.rendering import render_outline

__all__ = ["OffsetMap", "read_document", "read_passage", "render_outline"]
