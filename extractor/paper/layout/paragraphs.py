"""Lines become paragraphs, on a page and over its end.

In: the lines of a page in reading order and the page's margins. Out: groups of lines. The hard idea: a paragraph ends
where the next word would still have fitted on the line, or where the next line stands indented; no word's meaning is
asked. At a page end the same test says whether the text goes on; where the layout cannot tell (block paragraphs that
end with a full line) the answer is "perhaps" and the assembler, who reads words, decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from statistics import median

import regex

from extractor.domain.letters import ONE_SMALL
from extractor.paper.layout.lines import Line
from extractor.paper.pdf.glyph_widths import measure

INDENT = 8.0  # points: what is further in starts a paragraph
EDGE = 3.0  # points of play where a line's ink begins; bearings differ from letter to letter
LOOSE = 1.32  # of the usual line pitch: a wider step parts paragraphs
CENTRE = 6.0  # points that a centred line may be off
FEW = 10  # lines; fewer (a signature, an annex's title) do not show a page's margins
CLEAR = 60.0  # points left free at the end of a line that surely closed a paragraph
DEEP = 80.0  # points: a line further in than this is centred or a column, not indented
OTHER_SIZE = 0.12  # letters this much larger or smaller, as a share, are another paragraph

_ENUMERATOR = regex.compile(
    r"(?:[-–+•*●○▪]|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|"
    rf"[{ONE_SMALL}]\)|[IVXLC]{{1,5}}\.)\s+(?=\S)"
)
_DONE = regex.compile(r"[.;:!?…][”\")]?$")


class GoesOn(Enum):
    """Whether a paragraph continues after the place where its lines stop."""

    NO = "no"
    PERHAPS = "perhaps"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text of a page begins and ends, its usual line pitch in sizes, and how far first lines are indented."""

    left: float
    right: float
    pitch: float = 1.3
    indent: float = 0.0  # 0 where paragraphs begin flush

    @property
    def indents(self) -> bool:
        """Whether paragraphs show by their first line where they begin."""
        return self.indent > 0


def find_margins(lines: Sequence[Line], fallback: Margins | None = None) -> Margins:
    """The margins that ``lines`` share; ``fallback`` where they are too few to tell."""
    if len(lines) < FEW and fallback:
        return fallback
    if not lines:
        return Margins(0.0, 595.0)
    left = _edge([line.x0 for line in lines], min(1, len(lines) // 4))
    right = -_edge([-line.x1 for line in lines], min(2, len(lines) // 6))  # a stray line or two may stick out
    steps = [
        (b.baseline - a.baseline) / max(b.size, 1.0)
        for a, b in pairwise(lines)
        if 0.9 * b.size < b.baseline - a.baseline < 2.2 * b.size and abs(a.size - b.size) < 1
    ]
    pitch = median(steps) if len(steps) > 2 else (fallback.pitch if fallback else 1.3)
    starts = [b.x0 - left for a, b in pairwise(lines) if right - a.x1 > CLEAR and b.x0 - left < DEEP]
    usual = fallback.indent if fallback else 0.0
    return Margins(left, right, pitch, _usual_indent(starts) if starts else usual)


def _usual_indent(starts: Sequence[float]) -> float:
    """How far in most paragraphs start, in whole points; 0 where half of them and more start flush."""
    inside = [points for start in starts if (points := round(start)) > INDENT]
    return float(Counter(inside).most_common(1)[0][0]) if len(inside) * 2 >= len(starts) else 0.0


def _edge(values: list[float], spare: int) -> float:
    """The outermost value that is not alone: ``spare`` others lie within a few points of it."""
    ordered = sorted(values)
    for i, value in enumerate(ordered):
        if i + spare < len(ordered) and ordered[i + spare] - value <= 2 * EDGE:
            return value
    return ordered[0]


def is_centred(line: Line, margins: Margins) -> bool:
    """Whether a line stands in the middle of the text, clear of both edges."""
    before, after = line.x0 - margins.left, margins.right - line.x1
    if not _is_even(line, margins) or min(before, after) < 12:
        return False
    return before > 48 or line.all_bold or line.text.isupper()


def _is_even(line: Line, margins: Margins) -> bool:
    """Whether as much is free before a line as behind it, though neither nothing nor just an indent."""
    before, after = line.x0 - margins.left, margins.right - line.x1
    return before > EDGE and abs(before - after) <= 2 * CENTRE and abs(before - margins.indent) > EDGE


def is_title(group: Sequence[Line], margins: Margins) -> bool:
    """Whether a paragraph is set in the middle; one of its lines may fill the width."""
    return any(is_centred(line, margins) for line in group) and all(_is_even(line, margins) for line in group)


def group_lines(lines: Sequence[Line], margins: Margins) -> list[list[Line]]:
    """The paragraphs of one page or column, top to bottom."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _breaks(groups[-1], line, margins):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _breaks(group: Sequence[Line], line: Line, margins: Margins) -> bool:
    """Whether ``line`` begins a paragraph of its own after ``group``."""
    last = group[-1]
    pitch = margins.pitch * max(last.size, line.size)
    if line.baseline - last.baseline > LOOSE * pitch or line.baseline <= last.baseline - 1:
        return True
    if abs(line.size - last.size) > OTHER_SIZE * max(line.size, last.size):
        return True
    both_even = _is_even(last, margins) and _is_even(line, margins)
    if len(group) == 1 and not both_even and is_centred(last, margins) != is_centred(line, margins):
        return True
    return _fits(last, line, margins) or _starts(group, line, margins)


def _fits(last: Line, line: Line, margins: Margins) -> bool:
    """Whether the first word of ``line`` had room at the end of ``last``: then the writer ended the paragraph."""
    if last.glued:
        return False
    room = margins.right - last.x1 - 0.22 * last.size
    if is_centred(last, margins):
        room += last.x0 - margins.left
    if room <= 0:
        return False
    word = line.text.split(" ", 1)[0]
    return measure(word) / (measure(line.text) or 1) * (line.x1 - line.x0) < room


def _starts(group: Sequence[Line], line: Line, margins: Margins) -> bool:
    """Whether the place or the look of ``line`` says that it begins a paragraph, after a full line."""
    last = group[-1]
    enumerated = bool(_ENUMERATOR.match(line.text))
    done = bool(_DONE.search(last.text))
    if last.all_bold and not line.bold and (done or last.text.isupper()):
        return True
    if enumerated and (done or (last.text.endswith(",") and line.text[0] in "-–+•")):
        return True
    return not is_centred(line, margins) and _is_indented(group, line, margins, enumerated=enumerated)


def _is_indented(group: Sequence[Line], line: Line, margins: Margins, *, enumerated: bool) -> bool:
    """Whether ``line`` stands further in or out than the lines above it, as first lines and numbered ones do."""
    last = group[-1]
    step = line.x0 - last.x0
    if len(group) > 1:
        return step > INDENT or (step < -INDENT and enumerated)
    if step > INDENT:
        return not _ENUMERATOR.match(last.text) or step > 60 or enumerated
    return abs(step) <= EDGE and last.x0 - margins.left > INDENT and (enumerated or margins.indents)


def goes_on(group: Sequence[Line], margins: Margins, line: Line, next_margins: Margins) -> GoesOn:
    """Whether ``group``, the last of its page, goes on with ``line``, the first of the next."""
    last = group[-1]
    if abs(line.size - last.size) > OTHER_SIZE * max(line.size, last.size):
        return GoesOn.NO
    if is_centred(line, next_margins) or is_centred(last, margins) or _fits(last, line, margins):
        return GoesOn.NO
    inset, usual = line.x0 - next_margins.left, group[-1].x0 - margins.left if len(group) > 1 else 0.0
    if abs(inset - usual) > INDENT:
        hanging = len(group) == 1 and _ENUMERATOR.match(last.text) and 0 < inset < 60 and not margins.indents
        return GoesOn.PERHAPS if hanging else GoesOn.NO
    if _ENUMERATOR.match(line.text) and _DONE.search(last.text):
        return GoesOn.NO
    return GoesOn.YES if margins.indents else GoesOn.PERHAPS
