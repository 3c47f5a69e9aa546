"""Word's automatic numbering as text: the label that Word draws and does not store.

In comes ``numbering.xml``, out comes, paragraph by paragraph in reading order, the label that stands before it
(``II.``, ``2.1.``, ``a)``, ``-``). Counts belong to the abstract list and go on over paragraphs; a deeper level starts
again when a higher one counts on. Bullets come back as the sign that a typist would use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.paper.word.package import Element

_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "\uf0b2": "□", "o": "◦",
            "·": "•", "–": "-", "—": "-", "−": "-", "\uf0e8": "➢"}  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is counted and written."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False  # every number in it is written in digits


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)  # abstract list → its levels
    nums: dict[str, str] = field(default_factory=dict)  # number id → abstract list
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)  # number id → level → start
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of the list ``number`` at level ``depth``; empty where it has none."""
        abstract = self.nums.get(number)
        levels = self.lists.get(abstract or "", {})
        level = levels.get(depth)
        if abstract is None or level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        restart = self.overrides.get(number, {}).get(depth)
        if restart is not None and (number, depth) not in self._begun:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._begun.add((number, depth))
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return _BULLETS.get(level.text.strip(), level.text.strip())
        return _PLACEHOLDER.sub(lambda m: self._written(levels, counts, int(m[1]) - 1, level), level.text).strip()

    @staticmethod
    def _written(levels: dict[int, Level], counts: dict[int, int], depth: int, level: Level) -> str:
        outer = levels.get(depth, Level())
        return write_number(counts.get(depth, outer.start), "decimal" if level.legal else outer.form)


def write_number(value: int, form: str) -> str:
    """``value`` in one of Word's number forms; an unknown form is written in digits.

    >>> write_number(4, "upperRoman"), write_number(28, "lowerLetter"), write_number(7, "decimalZero")
    ('IV', 'bb', '07')
    """
    if form in ("upperRoman", "lowerRoman") and 0 < value < 4000:
        written = ""
        for worth, text in _ROMAN:
            times, value = divmod(value, worth)
            written += text * times
        return written.upper() if form == "upperRoman" else written
    if form in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 10)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{value:02d}"
    return "" if form == "none" else str(value)


def read_numbering(root: Element | None) -> Numbering:
    """The lists that ``numbering.xml`` defines; none where the part is missing."""
    numbering = Numbering()
    if root is None:
        return numbering
    for element in root:
        kind = local(element)
        if kind == "abstractNum":
            levels = {}
            for child in element:
                if local(child) == "lvl":
                    depth = _whole(attribute(child, "ilvl"), 0)
                    if 0 <= depth < _LEVELS:
                        levels[depth] = _level(child)
            numbering.lists[attribute(element, "abstractNumId") or ""] = levels
        elif kind == "num":
            number = attribute(element, "numId") or ""
            for child in element:
                if local(child) == "abstractNumId":
                    numbering.nums[number] = value_of(child) or ""
                elif local(child) == "lvlOverride":
                    _override(numbering, number, child)
    return numbering


def _override(numbering: Numbering, number: str, element: Element) -> None:
    depth = _whole(attribute(element, "ilvl"), 0)
    for child in element:
        if local(child) == "startOverride":
            numbering.overrides.setdefault(number, {})[depth] = _whole(value_of(child), 1)
        elif local(child) == "lvl":
            own = f"{numbering.nums.get(number, '')}#{number}"
            if own not in numbering.lists:
                numbering.lists[own] = dict(numbering.lists.get(numbering.nums.get(number, ""), {}))
                numbering.nums[number] = own
            numbering.lists[own][depth] = _level(child)


def _level(element: Element) -> Level:
    found = {local(child): child for child in element}
    legal = "isLgl" in found and value_of(found["isLgl"]) not in ("0", "false")
    return Level(
        start=_whole(value_of(found.get("start")), 1),
        form=value_of(found.get("numFmt")) or "decimal",
        text=value_of(found.get("lvlText")) or "",
        legal=legal,
    )


def local(element: Element) -> str:
    """The tag without its namespace; comments and instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The attribute ``name`` in whatever namespace the writer put it."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def value_of(element: Element | None) -> str | None:
    """``w:val``."""
    return attribute(element, "val") if element is not None else None


def count_of(element: Element | None, default: int, *, digits: int) -> int:
    """``w:val`` as a count; ``default`` where it is none or longer than ``digits``, as only a hostile file has it."""
    text = value_of(element) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else default


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and len(text) < 7 and text.lstrip("-").isdecimal() and text.isascii() else default
