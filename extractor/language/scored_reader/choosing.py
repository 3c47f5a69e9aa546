"""Choices are made by ``Decide`` and noted: how sure each field of a number is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from extractor.language.reader.drafts import Draft
from extractor.language.scored_reader.weights import CHOICES, Decide

T = TypeVar("T")


class Chooser:
    """Asks for the choices about one number after the other; ``begin`` starts with a number, ``give`` ends with it."""

    def __init__(self, decide: Decide) -> None:
        self._decide = decide
        self._sure: dict[str, float] = {}

    def begin(self) -> None:
        """Forget what was chosen for the number before."""
        self._sure = {}

    def fixed(self, field: str, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool] = ()) -> str:
        """The best of the fixed choices of ``decision``, for ``field`` of the number at item ``at``."""
        names = CHOICES[decision]
        choice = self._decide.classify(decision, at, evidence, allowed or [True] * len(names))
        self._note(field, choice.sure)
        return names[choice.best]

    def among(
        self, field: str, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[T],
        names: Sequence[str | None] = (),
    ) -> T:  # fmt: skip
        """The best of ``candidates``; ``names`` are what they are called for whoever listens."""
        choice = self._decide.rank(decision, at, evidence, names or candidates)
        self._note(field, choice.sure)
        return candidates[choice.best]

    def _note(self, field: str, sure: float) -> None:
        """A field is as sure as all choices for it together."""
        self._sure[field] = self._sure.get(field, 1.0) * sure

    def give(self, draft: Draft, field: str | None = None) -> None:
        """Let a figure keep what was noted, under one ``field`` where the number is a comparison of it."""
        for name, sure in self._sure.items():
            kept = field or name
            draft.margins[kept] = min(draft.margins.get(kept, 1.0), sure)
