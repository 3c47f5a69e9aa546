"""Paragraphs that go on with the one before, and are read with it in one go.

"So với cùng kỳ, số vụ giảm 58 vụ" at the head of a paragraph speaks of the figures of the paragraph before: only read
together does a change find its figure.
"""

from __future__ import annotations

from dataclasses import replace

from extractor.domain.document import Block, BlockKind, Document
from extractor.language.lexer.tokens import openings_in_either_case
from extractor.language.silence import holds_number


class Continued:
    """The blocks of a document, those that go on with the one before joined to it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._first = list(range(len(document.blocks)))  # of each block: the first of those that it is read with
        self._last = self._first[:]
        for index in range(1, len(self._first)):
            if self._goes_on(index):
                first = self._first[index] = self._first[index - 1]
                self._last[first] = index

    def first(self, index: int) -> int:
        """Index of the first of the blocks that block ``index`` is read with: most often its own."""
        return self._first[index]

    def whole(self, index: int) -> Block:
        """Block ``index``, up to the end of the last that goes on with it."""
        block, last = self._document.blocks[index], self._last[index]
        return block if last == index else replace(block, end=self._document.blocks[last].end)

    def _goes_on(self, index: int) -> bool:
        """Whether a plain paragraph compares what the one before, of its own section and bullet, has told."""
        text, (before, block) = self._document.text, self._document.blocks[index - 1 : index + 1]
        return (
            before.kind is block.kind is BlockKind.PARAGRAPH
            and (before.section, before.parent, before.footnote) == (block.section, block.parent, block.footnote)
            and text[before.end : block.start].isspace()
            and text[before.start : before.end].rstrip().endswith(".")
            and text.startswith(openings_in_either_case("goes_on"), block.start)
            and all(holds_number(text, each.start, each.end) for each in (before, block))
        )
