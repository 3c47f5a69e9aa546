"""What a figure is about whose name says nothing alone: ``người`` at whose reception, ``tổng số tiền`` of which fines.

A name is bare that is only the unit, or only words of counting, of summing, of doing or of a property. What it is about
stands before it in its clause, behind the number, or with a figure before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.language.lexer.tokens import words_of
from extractor.language.reader import name_evidence as naming
from extractor.language.reader.drafts import Draft, Subject
from extractor.language.reader.spots import MEASURING, Spot
from extractor.language.reader.view import View

EMPTY = frozenset({"total", "amount", "link", "stop", "scope", "balance"})
"""Classes of words that do not say what is counted."""

JOINING = frozenset({"link", "stop"})

BULLETS = frozenset("-–+*•")
PLAIN = frozenset({"word", "rate", "reference"})
MOST_IN_LABEL = 6
MOST_BEHIND = 8
MOST_BEFORE = 10
"""Items of a clause that say what a name is about, at most: its last."""


class _Bare(NamedTuple):
    """In which ways a name is bare."""

    is_unit: bool
    does: bool  # words of doing: "giải quyết"
    counts: bool  # words of counting and summing: "tổng số tiền"
    measures: bool  # words of a property: "năng suất bình quân"


def what_about(
    view: View, spot: Spot, name: Subject, unit: str | None, drafts: Sequence[Draft], above: Subject | None
) -> str | None:
    """The words that say it; ``drafts`` are the figures before, ``above`` the name over the block.

    None for a name that speaks for itself.
    """
    inside = [place for place, item in enumerate(view.items) if name.start <= item.start and item.end <= name.end]
    low = inside[0] if inside and inside[0] < spot.at else spot.at
    clause = max(spot.clause, low - MOST_BEFORE)
    before = [place for place in range(clause, low) if view.names_something(place)]
    if name.end > spot.quantity.start and any(_acts(view, place) for place in before):  # "Thu gom 12 tấn rác"
        return _told(view, before)
    label = _label(view, low, inside) or _label(view, spot.at, inside)
    bare = _bare(view, name, unit, inside)
    return _of_bare(view, spot, bare, before) or label or _told_before(name, drafts, above) if any(bare) else label


def _of_bare(view: View, spot: Spot, bare: _Bare, before: Sequence[int]) -> str | None:
    """What the clause itself says that a bare name is about, behind its number or ``before`` it."""
    behind = _behind(view, spot) if bare.does and not bare.counts else None
    return behind or _told(view, [place for place in before if not view.items[place].role & EMPTY])


def _label(view: View, at: int, name: Sequence[int]) -> str | None:
    """The words before the last colon in front of item ``at``: "Cây ngô: diện tích 74 ha"; None where they tell more.

    They begin the sentence or follow a semicolon or colon, are few, say something, and hold no number, verb, other
    mark, nor the ``name`` itself.
    """
    sentence = range(view.starts[at] if at < len(view.starts) else 0, at)
    colon = next((place for place in reversed(sentence) if view.items[place].value == ":"), -1)
    if colon < 0 or view.brackets[colon] >= 0 or (_is_label(view, name) and view.count("semicolon", colon, at)):
        return None
    parted = (place + 1 for place in range(colon - 1, sentence.start - 1, -1) if view.items[place].value in (";", ":"))
    label = range(next(parted, sentence.start), colon)
    places = [place for place in label if view.items[place].value not in BULLETS]
    return _told(view, places) if {*places}.isdisjoint(name) and _labels(view, places) else None


def _labels(view: View, places: Sequence[int]) -> bool:
    """Whether items are few, plain words, and name what is told of behind them, not what is done."""
    if len(places) > MOST_IN_LABEL or any(view.items[place].kind not in PLAIN for place in places):
        return False
    does = any(_acts(view, place) and not view.items[place].proper for place in places)
    return not does and any(map(view.says, places))


def _is_label(view: View, name: Sequence[int]) -> bool:
    """Whether a name is set off by a colon itself: "thôn Đông: 12 hộ"."""
    return bool(name) and name[-1] + 1 < len(view.items) and view.items[name[-1] + 1].value == ":"


def _bare(view: View, name: Subject, unit: str | None, inside: Sequence[int]) -> _Bare:
    does = bool(inside) and all(_acts(view, place) or view.items[place].role & JOINING for place in inside)
    counts = bool(inside) and all(view.items[place].role & EMPTY or view.sums(place) for place in inside)
    folded = fold(name.text)
    return _Bare(folded == fold(unit or ""), does, counts, not without(folded, words_of("property")))


def _acts(view: View, place: int) -> bool:
    return "action" in view.items[place].role


def _told(view: View, places: Sequence[int]) -> str | None:
    """The text from the first of some items to the last; None for no items."""
    return (view.written(places[0], places[-1] + 1).strip(naming.EDGES) or None) if places else None


def _told_before(name: Subject, drafts: Sequence[Draft], above: Subject | None) -> str | None:
    """The last other name, or what the figure that bears it is about."""
    told = (draft.about or (draft.subject.text if draft.subject is not None else None) for draft in reversed(drafts))
    return next((words for words in told if words and words != name.text), above.text if above is not None else None)


def _behind(view: View, spot: Spot) -> str | None:
    """The counted noun behind a number with the words that go with it; a unit that measures is no noun."""
    begin = spot.quantity.end if spot.group in MEASURING else spot.quantity.number_end
    last = spot.at
    for place in range(spot.at + 1, min(len(view.items), spot.at + MOST_BEHIND)):
        if view.sentences[place] != view.sentences[spot.at] or view.items[place].kind not in ("word", "rate"):
            break
        last = place if not view.items[place].role & JOINING else last
    text = view.text[begin : max(view.items[last].end, spot.quantity.end)].strip(naming.EDGES)
    return text if len(text.split()) > 1 else None


def without(text: str, phrases: Iterable[str]) -> str:
    """What is left of folded words when phrases are taken away, the longest first.

    >>> without("năng suất lúa bình quân", {"bình quân", "năng suất"})
    'lúa'
    """
    for phrase in sorted(phrases, key=len, reverse=True):
        text = f" {text} ".replace(f" {phrase} ", " ").strip()
    return text
