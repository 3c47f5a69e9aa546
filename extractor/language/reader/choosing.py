"""Choices are made by ``Decide`` and noted: how sure each field of a number is, and what else it might be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from extractor.domain.figure import Alternative
from extractor.language.reader.drafts import Draft
from extractor.language.reader.turns import Turns
from extractor.language.reader.view import View
from extractor.language.reader.weights import CHOICES, Decide

T = TypeVar("T")

CLOSE = 0.95
"""A field chosen with less certainty keeps its second reading."""

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
        if self._turns is not None:
            evidence = [*evidence, *self._turns.seen(at)]
        choice = self._decide.classify(decision, at, evidence, allowed or [True] * len(names))
        self._note(field, choice.sure, names[choice.second] if choice.second >= 0 else None)
        return names[choice.best]

    def among(
        self, field: str, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[T],
        names: Sequence[str | None] = (), told: Callable[[T], str | None] | None = None,
    ) -> T:  # fmt: skip
        """The best of ``candidates``; ``names`` are what they are called for whoever listens.

        ``told`` gives the value of the field that a candidate stands for, where its name is not that.
        """
        if self._turns is not None:
            evidence = self._turns.seen_of(at, evidence)
        choice = self._decide.rank(decision, at, evidence, names or candidates)
        second = None
        if choice.second >= 0 and choice.sure < CLOSE:
            second = told(candidates[choice.second]) if told else names[choice.second] if names else None
        self._note(field, choice.sure, second)
        return candidates[choice.best]

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
