"""Choices are made by ``Decide`` and noted: how sure each field of a number is, and what else it might be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

from extractor.domain.figure import Alternative
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
        alike = [(names[place], odds) for place, odds in choice.close if _kind_and_source(names[place])[0] == kind]
        sure = min(1.0, sum(math.exp(odds / UNIT) for _, odds in alike)) if source else choice.sure
        self._note("part", sure, None)
        return part, {_kind_and_source(name)[1]: odds for name, odds in alike} if source else {}

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

    def weighed(
        self, field: str, decision: str, at: int, evidence: Sequence[Sequence[str]], names: Sequence[str],
        odds: Sequence[int],
    ) -> int:  # fmt: skip
        """The place of the best of candidates that were weighed before, and come with their log odds."""
        if len(names) == 1:  # nothing else came near
            self._note(field, min(1.0, math.exp(odds[0] / UNIT)), None)
            return 0
        choice = self._decide.rank(decision, at, evidence, names, odds)
        self._note(field, choice.sure, names[choice.second])
        return choice.best

    def _rank(self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[object]) -> Choice:
        if self._turns is not None:
            evidence = self._turns.seen_of(at, evidence)
        return self._decide.rank(decision, at, evidence, candidates)

    def _note(self, field: str, sure: float, second: str | None) -> None:
        """A field is as sure as all choices for it together; the closest of them gives its second reading."""
        self._sure[field] = self._sure.get(field, 1.0) * sure
        known = self._seconds.get(field)
        if second and sure < CLOSE and field in KEPT and (known is None or known.certainty < 1 - sure):
            self._seconds[field] = Alternative(field, second, round(1 - sure, 3))

    def give(self, draft: Draft, field: str | None = None) -> None:
        """Let a figure keep what was noted, under one ``field`` where the number is a comparison of it."""
        for name, sure in self._sure.items():
            kept = field or name
            draft.margins[kept] = min(draft.margins.get(kept, 1.0), sure)
        if field is None:
            draft.alternatives = tuple(self._seconds.values())


def _kind_and_source(part: str) -> tuple[str, str]:
    """What a part is (a value, a growth, or itself), and where the name of its figure stands, if it has one."""
    if part in ("left", "right", "same"):
        return "value", part
    if part.startswith(GROWS):
        return "growth", part.removeprefix(GROWS)
    return part, ""
