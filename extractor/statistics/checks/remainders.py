"""What is left of a whole: what came in less what was settled remains, and the share that was settled follows.

In: the figures of a report. Out: findings over three counts of one noun in one paragraph, ``thụ lý 1.367 vụ, giải quyết
1.206 vụ, đạt 88,22%, còn tồn 161 vụ``. The one hard idea: *only a near miss is a slip*. What is left may be of an older
whole and a share of another one, and then it is far away from what these numbers make; a wrong digit is near.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.domain.document import Document
from extractor.domain.figure import Comparison, Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.domain.unit import read_unit
from extractor.statistics.catalogue import holds_word, name_key, words_of
from extractor.statistics.checks.fractions import percent_of, shares_of
from extractor.statistics.checks.grouping import grouped
from extractor.statistics.checks.near_misses import is_keystroke
from extractor.statistics.checks.parts import SENTENCE_END, Layout
from extractor.statistics.checks.wording import Held, finding, name_of, value_shown
from extractor.statistics.intervals import HUNDRED

PAIRED = re.compile(r"[\d.]+\s*[^\d/]{0,20}/\Z")
"""The first of two counts of one thing, which share their words: ``còn tồn 161 vụ/335 bị cáo``."""

BEFORE = 24
"""Letters before a number in which it says that it is what is left."""

NEAR = Decimal("0.1")
"""What is left and misses what the other two leave by more than a tenth of it is left of something else."""

AGREEING = 2
"""How many shares of one number show that it is the whole of those beside them."""

NEAR_SHARE = Decimal("0.01")
"""A share that is further off than a hundredth of itself is one of something else."""


def check_remainders(figures: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """S4, and Q1 for a share behind what was settled and for one that does not follow as those beside it do."""
    layout = Layout(document)
    yield from _left_of_fractions(figures, document)
    counted = [f for f in sorted(figures, key=lambda f: f.start) if _is_count(f)]
    for (block, _), same in grouped(counted, lambda f: (layout.block(f.start), _noun(f))).items():
        if block >= 0 and len(same) > 1:
            yield from _left(same, document)
            yield from _settled_shares(same, counted, document)
            yield from _odd_share(same)


def _is_count(f: Figure) -> bool:
    unit = read_unit(f.unit)
    whole = f.value is not None and f.decimals == 0 and f.bound is None and f.total is None
    return whole and unit is not None and unit.is_counted


def _noun(f: Figure) -> str:
    """The first word of what a figure counts: ``vụ``, ``vụ án`` and ``vụ, việc`` are cases."""
    return name_key(f.unit or "").split()[0]


def _left(same: Sequence[Figure], document: Document) -> Iterator[Finding]:
    """S4: the last whole before what was settled, less that, is what the next number says to be left."""
    for at, rest in enumerate(same):
        if at < 2 or not _is_left(rest, document):
            continue
        done = same[at - 1]
        whole = next((f for f in same[at - 2 :: -1] if not _is_settled(f)), None)
        if whole is None or not _is_settled(done) or _is_left(whole, document):
            continue
        yield from _remainder(whole, done, rest)


def _left_of_fractions(figures: Sequence[Figure], document: Document) -> Iterator[Finding]:
    """S4: ``148/163 hộ đã nhận tiền, còn 15 hộ``: so for all 16 of our passages where one sentence tells both."""
    for done, rest in pairwise(sorted(figures, key=lambda f: f.start)):
        whole = replace(done, value=done.total, total=None)
        between = document.text[done.end : rest.start]
        if done.total is None or ";" in between or SENTENCE_END.search(between) or not _is_left(rest, document):
            continue
        if _is_count(rest) and _is_count(whole) and _noun(rest) == _noun(whole):
            yield from _remainder(whole, done, rest, near=_differs_by_a_key)


def _differs_by_a_key(rest: Decimal, expected: Decimal) -> bool:
    """Of one digit every number does: ``12/20 xã đạt chuẩn, còn 3 xã dưới 10 tiêu chí`` are some of the 8."""
    return is_keystroke(rest, expected, least=2)


def _is_near(rest: Decimal, expected: Decimal) -> bool:
    return abs(expected - rest) <= NEAR * expected


def _remainder(
    whole: Figure, done: Figure, rest: Figure, near: Callable[[Decimal, Decimal], bool] = _is_near
) -> Iterator[Finding]:
    expected, left = (whole.value or Decimal(0)) - (done.value or Decimal(0)), rest.value or Decimal(0)
    gap = abs(expected - left)
    if expected <= 0 or (gap and not near(left, expected)):
        return
    words: dict[str, object] = {
        "whole": value_shown(whole),
        "done": value_shown(done),
        "found": expected,
        "rest": value_shown(rest),
    }
    level = Level.WARN if gap else Level.PASS
    code = "REST_DIFFERS" if gap else "REST_MATCH"
    yield finding(
        code, "S4", level, (whole, done, rest), Held(gap=gap or None), words={"name": name_of(whole), **words}
    )


def _is_settled(f: Figure) -> bool:
    return holds_word(name_key(f.indicator or ""), "settled")


def _is_left(f: Figure, document: Document) -> bool:
    """Whether a number says that it is what is left, itself or as the second count of one that does."""
    before = PAIRED.sub("", document.text[max(0, f.start - BEFORE) : f.start])
    return f" {fold(before)}".rstrip().endswith(tuple(f" {word}" for word in words_of("left")))


def _settled_shares(same: Sequence[Figure], figures: Sequence[Figure], document: Document) -> Iterator[Finding]:
    """Q1: ``thụ lý 6.218 vụ, giải quyết 5.209 vụ; đạt 83,74%`` are 83,77 %, and no other number here makes 83,74 %."""
    for whole, done in pairwise(same):
        if not _is_settled(done) or _is_settled(whole) or (whole.value or 0) <= (done.value or 0):
            continue
        for share in _shares_behind(done, (whole, done), document):
            told = list(percent_of(share, done, whole))
            found = HUNDRED * (done.value or Decimal(0)) / (whole.value or Decimal(1))
            near = abs(share.value - found) <= NEAR_SHARE * share.value
            if near and any(f.level is Level.FAIL for f in told) and not _fits_another(share, figures, done):
                yield from (replace(f, level=Level.WARN) for f in told)


def _odd_share(same: Sequence[Figure]) -> Iterator[Finding]:
    """Q1: of shares that all but one follow from one number before them, the one is a slip, if it follows from none.

    ``180 vụ … trộm cắp 53 vụ (39,44%), cố ý gây thương tích 45 vụ (25%), đánh bạc 33 vụ (18,33%)``.
    """
    shared = [(f, share) for f in same for share in shares_of(f)[:1]]
    for whole in same if len(shared) > AGREEING else ():
        below = [(f, share) for f, share in shared if f.start > whole.start and _is_less(f, whole)]
        odd = [(f, share) for f, share in below if not _follows(f, share, whole)]
        if len(odd) == 1 and len(below) > AGREEING:
            (part, share), larger = odd[0], [other for other in same if _is_less(odd[0][0], other)]
            told = [] if any(_follows(part, share, other) for other in larger) else percent_of(share, part, whole)
            yield from (replace(f, level=Level.WARN) for f in told)
            return


def _is_less(part: Figure, whole: Figure) -> bool:
    return (part.value or 0) < (whole.value or 0)


def _follows(part: Figure, share: Comparison, whole: Figure) -> bool:
    return any(f.level in {Level.PASS, Level.INFO} for f in percent_of(share, part, whole))


def _shares_behind(done: Figure, owners: Iterable[Figure], document: Document) -> Iterator[Comparison]:
    """The shares between what was settled and the end of its sentence, whichever of the two they were read for."""
    for share in (c for f in owners for c in shares_of(f)):
        between = document.text[done.end : share.start]
        if share.start >= done.end and not SENTENCE_END.search(between) and not any(c.isdigit() for c in between):
            yield share


def _fits_another(share: Comparison, figures: Iterable[Figure], done: Figure) -> bool:
    """Whether a share follows from what was settled and another number of the text."""
    others = (f for f in figures if f.unit == done.unit and (f.value or 0) > (done.value or 0))
    return any(_follows(done, share, other) for other in others)
