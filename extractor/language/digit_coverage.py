"""Every digit is accounted for: which figure took it, what else it is, or that nothing explains it.

In come the document, the figures and what the finders saw; out comes one ``Digit`` a digit-bearing token, in order.
Nothing is dropped in silence: a token that neither a figure nor a reference covers is labelled ``unexplained``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import regex

from extractor.domain.document import Block, BlockKind, Document
from extractor.domain.figure import Digit
from extractor.paper.sniff.syllables import is_foreign

TOKEN = regex.compile(r"\d+(?:[.,/:]\d+)*")


class Account:
    """Labelled spans over one text; where two cover a token the earlier claim holds."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int, str, str | None]] = []

    def claim(self, start: int, end: int, label: str, figure: str | None = None) -> None:
        """Say that the digits of ``start:end`` are ``label``."""
        if end > start:
            self._spans.append((start, end, label, figure))

    def digits(self, document: Document) -> tuple[Digit, ...]:
        """The account of every digit-bearing token of the document."""
        tokens = list(TOKEN.finditer(document.text))
        starts = [token.start() for token in tokens]
        taken: dict[int, tuple[str, str | None]] = {}
        for start, end, label, figure in reversed(self._spans):  # the earlier claims over the later ones
            at = bisect_left(starts, start)
            while at < len(starts) and starts[at] < end:
                taken[at] = label, figure
                at += 1
        nothing = "unexplained", None
        return tuple(Digit(*token.span(), token.group(), *taken.get(n, nothing)) for n, token in enumerate(tokens))


def claim_structure(account: Account, document: Document) -> None:
    """What paper already knows: list marks at the head of blocks, and lines that translate those beside them."""
    for block in document.blocks:
        if block.content > block.start:
            account.claim(block.start, block.content, "list_mark")
        if is_foreign(document.text[block.start : block.end]):
            account.claim(block.start, block.end, "translation")


def claim_quiet(account: Account, blocks: Iterable[Block]) -> None:
    """Blocks that hold no figures: what no reference explains there belongs to the letterhead or the closing."""
    for block in blocks:
        if block.kind in (BlockKind.LETTERHEAD, BlockKind.CLOSING):
            account.claim(block.start, block.end, block.kind.value)


def unexplained(digits: Sequence[Digit]) -> list[Digit]:
    """The digits that nothing explains."""
    return [d for d in digits if d.label == "unexplained"]
