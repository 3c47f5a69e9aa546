"""Choices are made by ``Decide`` and noted: how sure each field of a number is, and what else it might be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

from extractor.domain.figure import Alternative
from extractor.domain.folding import fold
from extractor.language.reader.drafts import Draft
from extractor.language.reader.turns import Turns
from extractor.language.reader.view import View
from extractor.language.reader.weights import CHOICES, UNIT, Choice, Decide

T = TypeVar("T")

CLOSE = 0.95
"""A field chosen with less certainty keeps its second reading."""

GROWS = "grow_"
"""How the parts of a growth that stands alone begin."""

KEPT = frozenset({"indicator", "unit", "period", "status"})
"""Fields whose second reading a person can take as it stands."""


class Chooser:
    """Asks for the choices about one number after the other; ``begin`` starts with a number, ``give`` ends with it."""

    def __init__(self, decide: Decide, view: View) -> None:
        self._decide = decide
        self._turns = Turns(view) if decide.recalls else None
        self._sure: dict[str, float] = {}
        self._seconds: dict[str, Alternative] = {}

    def begin(self) -> None:
        """Forget what was chosen for the number before."""
        self._sure = {}
        self._seconds = {}

    def fixed(self, field: str, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool] = ()) -> str:
        """The best of the fixed choices of ``decision``, for ``field`` of the number at item ``at``."""
        names = CHOICES[decision]
        choice = self._classify(decision, at, evidence, allowed or [True] * len(names))
        self._note(field, choice.sure, names[choice.second] if choice.second >= 0 else None)
        return names[choice.best]

    def part(self, at: int, evidence: Sequence[str], allowed: Sequence[bool]) -> tuple[str, dict[str, int]]:
        """The part of the number at item ``at``, and where its name may stand: place → log odds, the likeliest first.

        A part is as sure as it is one of its kind: a value wherever its name stands.
        """
        names = CHOICES["part"]
        choice = self._classify("part", at, evidence, allowed)
        part = names[choice.best]
        kind, source = _kind_and_source(part)
        if not source:
            self._note("part", choice.sure, None)
            return part, {}
        close = [(*_kind_and_source(names[place]), odds) for place, odds in choice.close]
        sources = {other: odds for of, other, odds in close if of == kind}
        self._note("part", min(1.0, sum(math.exp(odds / UNIT) for odds in sources.values())), None)
        return part, sources

    def _classify(self, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool]) -> Choice:
        if self._turns is not None:
            evidence = [*evidence, *self._turns.seen(at)]
        return self._decide.classify(decision, at, evidence, allowed)

    def among(
        self, field: str, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[T],
        names: Sequence[str | None] = (),
    ) -> T:  # fmt: skip
        """The best of ``candidates``; ``names`` are what they are called for whoever listens."""
        choice = self._rank(decision, at, evidence, names or candidates)
        second = names[choice.second] if names and choice.second >= 0 else None
        self._note(field, choice.sure, second)
        return candidates[choice.best]

    def weigh(
        self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[T],
        names: Sequence[str] = (),
    ) -> list[tuple[T, int]]:  # fmt: skip
        """Those of ``candidates`` that may be right, each with its log odds, the best first: another choice follows."""
        choice = self._rank(decision, at, evidence, names or candidates)
        return [(candidates[place], odds) for place, odds in choice.close]

    def whole(
        self, at: int, evidence: Sequence[Sequence[str]], names: Sequence[str], odds: Sequence[int],
        places: Sequence[str] = (),
    ) -> int:  # fmt: skip
        """The place of the name that is meant, among ``names`` that come with their log odds.

        ``places`` are where they stand: what tells them apart in the same sentence with other numbers.
        How far a name goes is no question of what is meant: of names that hold one another the one is taken whose
        place and borders were likeliest.
        """
        if len(names) == 1:  # nothing else came near
            self._note("indicator", min(1.0, math.exp(odds[0] / UNIT)), None)
            return 0
        if self._turns is not None:
            evidence = self._turns.seen_of(at, evidence, places)
        choice = self._decide.rank("name", at, evidence, names, odds)
        meant = choice.best
        alike = [place for place in range(len(names)) if _hold(names[place], names[meant])]
        shares = [math.exp((score - choice.scores[meant]) / UNIT) * choice.sure for score in choice.scores]
        best = max(alike, key=lambda place: odds[place])
        second = max((place for place in range(len(names)) if place != best), key=lambda place: shares[place])
        self._note("indicator", min(1.0, sum(shares[place] for place in alike)), names[second], shares[second])
        return best

    def _rank(self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[object]) -> Choice:
        if self._turns is not None:
            evidence = self._turns.seen_of(at, evidence)
        return self._decide.rank(decision, at, evidence, candidates)

    def _note(self, field: str, sure: float, second: str | None, likely: float | None = None) -> None:
        """A field is as sure as all choices for it together; the closest of them gives its second reading.

        ``likely`` tells how likely that reading is, where others may be right besides it.
        """
        self._sure[field] = self._sure.get(field, 1.0) * sure
        share = 1 - sure if likely is None else likely
        known = self._seconds.get(field)
        if second and share > 1 - CLOSE and field in KEPT and (known is None or known.certainty < share):
            self._seconds[field] = Alternative(field, second, round(share, 3))

    def give(self, draft: Draft, field: str | None = None) -> None:
        """Let a figure keep what was noted, under one ``field`` where the number is a comparison of it."""
        for name, sure in self._sure.items():
            kept = field or name
            draft.margins[kept] = min(draft.margins.get(kept, 1.0), sure)
        if field is None:
            draft.alternatives = tuple(self._seconds.values())


def _hold(name: str, other: str) -> bool:
    """Whether one of two names holds the other, word for word."""
    one, two = f" {fold(name)} ", f" {fold(other)} "
    return one in two or two in one


def _kind_and_source(part: str) -> tuple[str, str]:
    """What a part is (a value, a growth, or itself), and where the name of its figure stands, if it has one."""
    if part in ("left", "right", "same"):
        return "value", part
    if part.startswith(GROWS):
        return "growth", part.removeprefix(GROWS)
    return part, ""
