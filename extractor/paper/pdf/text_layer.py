"""Which letters of a page's text layer belong to which text object, found once for the whole page.

In: pdfium's text layer of a page. Out: the text of each of its objects. pdfium answers the question object by object
and walks over all letters of the page for each answer; yet the letters of one object stand together, so the whole text
is fetched at once and cut where the owner changes: at the breaks that pdfium puts between lines, else by halving. What
comes back later, or belongs to no stretch, pdfium is asked for after all. This module knows no places.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator
from typing import Any

from extractor.paper.pdf import pdfium_handles as raw

_BREAK, _SPACE = "\r", " "
_LINE_END = "\r\n"  # what pdfium itself puts between lines: no object's letters
_HYPHEN, _ITS_HYPHEN = "\ufffe", "\u0002"  # pdfium's two words for a hyphen at a line end: of a page, of an object
_CHUNK = 1024  # letters; more than one object has, as a rule


class Writing:
    """The text layer of one open page."""

    def __init__(self, layer: int) -> None:
        """``layer`` is what ``FPDFText_LoadPage`` gave; whoever loaded it closes it."""
        self.layer = layer
        self._count = max(raw.FPDFText_CountChars(layer), 0)
        self._firsts: dict[int, int] = {}  # owner's address → its first letter, where its letters stand together
        self._stretches: list[tuple[int, int, int]] = []  # start, end and owner's address, in reading order
        self._texts = self._cut()

    def text_of(self, item: int) -> str:
        """What the text object ``item`` writes, with the space behind it if one follows."""
        text = self._texts.get(item)
        return self._ask(item) if text is None else text

    def first_of(self, item: int) -> int | None:
        """The index of the first letter of ``item``; None where its letters are scattered or not known."""
        return self._firsts.get(item)

    def places_of(self, owners: Container[int]) -> Iterator[range]:
        """The indices of the letters of ``owners`` (addresses), stretch by stretch; all, where they are not known."""
        if not self._stretches:
            yield range(self._count)
        yield from (range(start, end) for start, end, owner in self._stretches if owner in owners)

    def _cut(self) -> dict[int, str]:
        """Address → text of every object whose letters stand together."""
        layer, count = self.layer, self._count
        letters = (ctypes.c_ushort * (1 << count.bit_length()))()  # a power of two: ctypes makes a type of each length
        whole = _decode(letters, raw.FPDFText_GetText(layer, 0, count, letters) - 1)
        whole = whole.replace(_HYPHEN, _ITS_HYPHEN)
        texts: dict[int, str] = {}
        scattered: set[int] = set()
        if len(whole) != count:  # letters without a character, or with two units: places and indices part
            return texts

        owner_of = raw.FPDFText_GetTextObject

        def owner(index: int) -> int:
            return owner_of(layer, index) or 0

        start = 0
        while start < count:
            own = 0 if whole[start] in _LINE_END else owner(start)
            if not own:
                start += 1  # letters that pdfium adds stand alone
                continue
            end = _next_break(whole, start + 1)
            while end < count and not whole.startswith(_LINE_END, end) and owner(end) == own:
                end = _next_break(whole, end + 1)
            if owner(end - 1) != own:
                end = _first_other(owner, own, start + 1, end - 1)
            if own in texts:
                scattered.add(own)
            self._stretches.append((start, end, own))
            self._firsts[own] = start
            text = whole[start:end]
            texts[own] = text + _SPACE if whole[end : end + 1] == _SPACE != text[-1] else text
            start = end
        for own in scattered:
            del texts[own], self._firsts[own]
        return texts

    def _ask(self, item: int) -> str:
        letters = (ctypes.c_ushort * _CHUNK)()
        length = raw.FPDFTextObj_GetText(item, self.layer, letters, _CHUNK)  # in bytes
        if length > 2 * _CHUNK:
            letters = (ctypes.c_ushort * (length // 2))()
            length = raw.FPDFTextObj_GetText(item, self.layer, letters, length // 2)
        return _decode(letters, length // 2 - 1)


def _first_other(owner: Callable[[int], int], own: int, low: int, high: int) -> int:
    """The first place from ``low`` to ``high`` that is another's; up to it all are ``own``'s."""
    return bisect_left(range(high), True, low, high, key=lambda at: owner(at) != own)


def _next_break(text: str, start: int) -> int:
    at = text.find(_BREAK, start)
    return len(text) if at < 0 else at


def _decode(letters: Any, units: int) -> str:
    return ctypes.string_at(letters, 2 * max(units, 0)).decode("utf-16-le", "replace")
