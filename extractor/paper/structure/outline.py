"""Where a numbered or starred paragraph stands in the outline of its report.

In come labels in reading order, out comes for each its path and its parent, or the verdict that it opens no section.
The one hard idea: a label is placed by what is open above it. Each reading of it is held against the open sections
from the innermost outwards, and the one that continues a count exactly wins; only then are slips allowed (a number
skipped or repeated, a dot or a parent missing, a list that starts again at 1). Never renumbers: the label stays as
printed, only the path follows the position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.paper.structure.labels import Label, Style

_DEEPEST = 8  # open sections; a report nests five or six deep, and only a list that never counts on goes further
_SKIP = 3  # a writer who drops a number drops one or two; a larger leap is another kind of number
_COUNTED_ALONE = (Style.ARABIC, Style.LOWER, Style.PAREN)


@dataclass(slots=True)
class Opened:
    """A section whose end has not come yet."""

    index: int
    path: str
    key: str  # the last part of the path
    style: Style
    numbers: tuple[int, ...]
    stars: int = 0  # how far its starred sub-headings have counted


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label goes: under the first ``keep`` open sections, with ``key`` as the last part of its path."""

    label: Label
    keep: int
    key: str


class Outline:
    """The open sections, and the paths that are taken."""

    def __init__(self) -> None:
        self.open: list[Opened] = []
        self._taken: dict[str, int] = {}  # how often each path has been given
        self._loose_stars = 0
        self._forms: set[tuple[Style, str]] = set()  # how this document has been seen to write its labels

    def enter(self, place: Place, index: int) -> tuple[str, int | None]:
        """Opens the section ``index`` at ``place``; its path and the index of its parent."""
        del self.open[place.keep :]
        parent = self.open[-1] if self.open else None
        path = f"{parent.path}.{place.key}" if parent else place.key
        times = self._taken.get(path, 0) + 1
        self._taken[path] = times
        unique = path if times == 1 else f"{path}({times})"
        self._forms.add(_form(place.label))
        self.open.append(Opened(index, unique, place.key, place.label.style, place.label.numbers))
        return unique, parent.index if parent else None

    def find_place(self, labels: list[Label], *, strong: bool, announced: bool) -> Place | None:
        """The place of the first reading that has one, exact continuations of a count before slips.

        ``strong``: the paragraph looks like a title (capitals, bold, short, or with a colon). ``announced``: the
        paragraph before it ends in a colon and belongs to the innermost section, so a list may begin there.
        """
        for label in labels:
            place = self._exact(label)
            if place and (strong or not label.weak or label.style is Style.DOTTED or _form(label) in self._forms):
                return place
        for label in labels:
            place = self._loose(label, strong=strong, announced=announced)
            if place:
                return place
        return None

    def place_star(self, label: Label) -> Place:
        """A starred sub-heading counts within the innermost section that has a number."""
        keep = len(self.open)
        while keep and self.open[keep - 1].style is Style.STAR:
            keep -= 1
        if keep:
            self.open[keep - 1].stars += 1
            count = self.open[keep - 1].stars
        else:
            self._loose_stars += 1
            count = self._loose_stars
        return Place(label, keep, f"*{count}")

    # -------------------------------------------------------------------------------------------------- readings

    def _outwards(self) -> Iterator[tuple[int, Opened]]:
        """The open sections with their depths, the innermost first."""
        return reversed(list(enumerate(self.open)))

    def _exact(self, label: Label) -> Place | None:
        """The innermost count that ``label`` continues by exactly one."""
        if label.style is Style.DOTTED:
            return self._dotted(label)
        for depth, section in self._outwards():
            if section.style is label.style and any(n - 1 in section.numbers for n in label.numbers):
                return Place(label, depth, _key(label))
        return None

    def _loose(self, label: Label, *, strong: bool, announced: bool) -> Place | None:
        """A new count, or one with a slip in it."""
        if label.style in (Style.ANNEX, Style.PART):
            return Place(label, 0, _key(label))
        if label.weak and not self._may_begin(label, strong=strong):
            return None
        if label.style is Style.DOTTED:
            return self._dotted_slip(label, strong=strong)
        same = [depth for depth, section in enumerate(self.open) if section.style is label.style]
        if 1 in label.numbers:
            return self._new_count(label, same, strong=strong, announced=announced)
        for depth in reversed(same):
            last = max(self.open[depth].numbers)
            if any(last < n <= last + _SKIP for n in label.numbers):
                return Place(label, depth, _key(label))
        if not strong or label.weak:
            return None
        if same:
            return Place(label, same[-1], _key(label))
        if label.style in (Style.ROMAN, Style.ARABIC, Style.CHAPTER):  # IV in part one, V in part two; an excerpt
            return Place(label, self._rank(label, announced=announced), _key(label))
        return None

    def _may_begin(self, label: Label, *, strong: bool) -> bool:
        """Whether a weak label may do more than continue a count; ``3 Tổ chức`` never does."""
        if label.style is Style.ARABIC and label.text.isdigit():
            return False
        return strong or _form(label) in self._forms

    def _new_count(self, label: Label, same: list[int], *, strong: bool, announced: bool) -> Place | None:
        """A first label: below all that is open, or in place of the innermost of the ``same`` style."""
        if not same:
            return Place(label, self._rank(label, announced=announced), _key(label))
        nests = announced or self.open[-1].style is not label.style
        if label.style in _COUNTED_ALONE and nests and len(self.open) < _DEEPEST:
            return Place(label, len(self.open), _key(label))
        return Place(label, same[-1], _key(label)) if strong else None

    def _rank(self, label: Label, *, announced: bool) -> int:
        """How many open sections stay above the first label of a new count."""
        keep = len(self.open)
        while keep:
            top = self.open[keep - 1].style
            nests = (
                top < label.style
                or {top, label.style} in ({Style.LOWER, Style.PAREN}, {Style.UPPER, Style.ROMAN})
                or (announced and keep == len(self.open) and label.style in _COUNTED_ALONE)
            )
            if nests:
                break
            keep -= 1
        return keep

    # ---------------------------------------------------------------------------------------------- dotted labels

    def _dotted(self, label: Label) -> Place | None:
        """``2.1.`` under the open ``2``, ``2.2.`` beside ``2.1``, ``II.2.1`` under ``II.2``, ``a.1)`` under ``a)``."""
        prefix, number = label.numbers[:-1], label.numbers[-1]
        for depth, section in self._outwards():
            if label.under and not prefix and section.path.split(".")[-1] == label.under:
                return Place(label, depth + 1, str(number))
            if section.style is Style.DOTTED and section.numbers[:-1] == prefix and prefix:
                if label.weak and number != section.numbers[-1] + 1:
                    return None
                head, dot, _ = section.key.rpartition(".")
                return Place(label, depth, f"{head}{dot}{number}")
            if section.numbers == prefix and section.style in (Style.ARABIC, Style.DOTTED):
                if label.weak and number != 1:
                    return None
                return Place(label, depth + 1, str(number))
        return None

    def _dotted_slip(self, label: Label, *, strong: bool) -> Place | None:
        """A dotted number whose parent is missing or misprinted; one without a stop must begin a count."""
        if not strong or (label.weak and label.numbers[-1] != 1):
            return None
        for size in range(len(label.numbers) - 2, 0, -1):  # 2.1.1 where 2 is open and 2.1 was left out
            for depth, section in self._outwards():
                if section.numbers == label.numbers[:size] and section.style in (Style.ARABIC, Style.DOTTED):
                    return Place(label, depth + 1, ".".join(map(str, label.numbers[size:])))
        for depth, section in self._outwards():
            if section.style is Style.ARABIC:
                if label.numbers[0] == section.numbers[0] + 1:  # 6.1 where 6 itself was left out
                    return Place(label, depth, ".".join(map(str, label.numbers)))
                return Place(label, depth + 1, ".".join(map(str, label.numbers[1:])))  # 5.1 printed under 6
        keep = self._rank(Label(Style.ARABIC, label.numbers[:1], label.text, label.end), announced=False)
        return Place(label, keep, ".".join(map(str, label.numbers)))


def _form(label: Label) -> tuple[Style, str]:
    """How a label is written, whatever it counts: ``1-`` and ``2-`` are of one form."""
    return label.style, "".join(c for c in label.text if not c.isalnum())


def _key(label: Label) -> str:
    """The part of the path that stands for ``label``."""
    if label.style is Style.ANNEX:
        return f"PL{label.numbers[0]}" if label.numbers[0] else "PL"
    if label.style is Style.PART:
        return f"P{label.numbers[0]}"
    if label.style is Style.CHAPTER:
        return f"C{label.numbers[0]}"
    return "".join(c for c in label.text if c.isalnum())
