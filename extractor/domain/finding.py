"""The finding: what a check says of figures, with the intervals that it held together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractor.domain.messages import in_language


class Level(StrEnum):
    """How much a finding asks of a reviewer."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    INFO = "info"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says: ``message`` is a Vietnamese sentence, ``left`` and ``right`` the intervals held together."""

    code: str
    level: Level
    message: str
    figures: tuple[str, ...] = ()
    left: tuple[Decimal, Decimal] | None = None
    right: tuple[Decimal, Decimal] | None = None
    gap: Decimal | None = None
    power: Decimal | None = None  # relative error that the check would see: a pass is worth no more than this
    start: int | None = None
    end: int | None = None
    rule: str = ""  # the rule and its version: "S1/1"
    message_en: str = ""  # the same sentence in English

    def said(self, language: str) -> str:
        """The sentence in ``language``."""
        return in_language(language, self.message, self.message_en)
