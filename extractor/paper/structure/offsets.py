"""Where a letter of a rewritten text stood before: the thread back to what was given.

``rewrite`` and ``compose`` change a text and hand back an ``OffsetMap``; maps chain. Nothing here knows why a text was
rewritten (decoding, composing accents, lifting marks), only that no span may lose its way home.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """``starts[i]:ends[i]`` is the stretch of the original that letter ``i`` came from; empty where nothing moved."""

    length: int  # of the original
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    identical: bool = True

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that ``start:end`` came from; an empty span keeps its place."""
        if self.identical:
            return start, end
        if start >= len(self.starts):
            return self.length, self.length
        begin = self.starts[start]
        return begin, max(begin, self.ends[end - 1]) if end > start else begin

    def after(self, earlier: OffsetMap) -> OffsetMap:
        """The map of two rewritings in a row, ``earlier`` first."""
        if self.identical:
            return earlier
        if earlier.identical:
            return self
        spans = [earlier.original(a, b) for a, b in zip(self.starts, self.ends, strict=True)]
        return OffsetMap(earlier.length, tuple(a for a, _ in spans), tuple(b for _, b in spans), identical=False)


def rewrite(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, OffsetMap]:
    """``text`` with each ``start:end`` of ``edits`` (sorted, apart from each other) replaced, and the map back."""
    chunks: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for start, end, replacement in edits:
        chunks += (text[last:start], replacement)
        starts += range(last, start)
        ends += range(last + 1, start + 1)
        starts += [start] * len(replacement)
        ends += [end] * len(replacement)
        last = end
    if not chunks:
        return text, OffsetMap(len(text))
    chunks.append(text[last:])
    starts += range(last, len(text))
    ends += range(last + 1, len(text) + 1)
    return "".join(chunks), OffsetMap(len(text), tuple(starts), tuple(ends), identical=False)


def compose(text: str) -> tuple[str, OffsetMap]:
    """``text`` in NFC, and the map back; the usual text is in NFC already and comes back at once."""
    if unicodedata.is_normalized("NFC", text):
        return text, OffsetMap(len(text))
    edits: list[tuple[int, int, str]] = []
    start = 0
    cluster = composed = ""
    for at, char in enumerate(text):
        joined = unicodedata.normalize("NFC", composed + char) if cluster else char
        if cluster and (char.isascii() or joined == composed + unicodedata.normalize("NFC", char)):
            if composed != cluster:
                edits.append((start, at, composed))
            start, cluster, composed = at, char, unicodedata.normalize("NFC", char)
        else:
            cluster += char
            composed = unicodedata.normalize("NFC", cluster)
    if composed != cluster:
        edits.append((start, len(text), composed))
    return rewrite(text, edits)
