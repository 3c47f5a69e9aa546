"""From a span of the canonical text back to the letters of the file, where those were in an old encoding.

In come a Document and a span, out comes the span of ``source.original`` that it was decoded from, from its first letter
or digit to its last, or None. The canonical text is laid out anew (notes last, blanks single, marks lifted), so the two
are held together by their letters and digits alone; the decoding itself keeps a map, and no letter is guessed.
"""

from __future__ import annotations

from functools import lru_cache

from extractor.domain.document import Document
from extractor.paper.sniff.legacy_encoding import decode
from extractor.paper.structure.offsets import OffsetMap

_AROUND = 40  # letters on each side that tell one place from another where a paragraph was joined or a mark lifted


def original_span(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """Where ``start:end`` of the canonical text stands in ``source.original``; None where nothing was decoded."""
    source = document.source
    if source is None or source.original is None or source.encoding is None or start >= end:
        return None
    letters, places, back = _decoded(source.original, source.encoding)
    block = next((b for b in document.blocks if b.start <= start and end <= b.end), None)
    left, right = (block.start, block.end) if block else (start, end)
    for a, b in ((left, right), (max(left, start - _AROUND), min(right, end + _AROUND)), (start, end)):
        wanted, own = _squeeze(document.text[a:b])
        at = letters.find(wanted) if wanted else -1
        inside = [i for i, place in enumerate(own) if start <= a + place < end]
        if at >= 0 and inside:
            return back.original(places[at + inside[0]], places[at + inside[-1]] + 1)
    return None


@lru_cache(maxsize=4)
def _decoded(original: str, encoding: str) -> tuple[str, list[int], OffsetMap]:
    """The letters of the decoded file, where each stands in it, and the map back."""
    decoded, back = decode(original, encoding)
    letters, places = _squeeze(decoded)
    return letters, places, back


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Letters and digits of ``text`` in small letters, and the offset of each."""
    places = [at for at, c in enumerate(text) if c.isalnum() and len(c.lower()) == 1]
    return "".join(text[at].lower() for at in places), places
