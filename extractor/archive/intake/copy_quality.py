"""How good a copy of a report is, so that the best of several leads: its text is what figures are read from.

In: how sure recognition was, whether all of the file was read, and its text. Out: a quality, and whether one is better
than another. A text that was never recognised comes before a scan, a whole one before a part, then the surer one and
that with more Vietnamese syllables. The hard idea: a small lead is none, for the records move with every change of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.domain.document import Placement, Result
from extractor.paper.sniff.syllables import vietnamese_share

CLEARLY = 0.03  # by which a share must be higher
SAMPLE = 30_000  # letters of a text that are looked at


@dataclass(frozen=True, slots=True)
class CopyQuality:
    """What is known of a copy: ``certainty`` of recognition, 1 where it was born digital."""

    certainty: float
    whole: bool
    syllables: float

    def is_better_than(self, other: CopyQuality) -> bool:
        """Whether this copy should lead where the other one does."""
        mine, theirs = ((quality.certainty == 1, quality.whole) for quality in (self, other))
        if mine != theirs:
            return mine > theirs
        surer, clearer = self.certainty - other.certainty, self.syllables - other.syllables
        return surer >= CLEARLY or (clearer >= CLEARLY and surer > -CLEARLY)


def judge_copy(certainty: float, result: str, text: str) -> CopyQuality:
    """The quality of a reading as the store keeps it."""
    return CopyQuality(certainty, result == Result.READ.value, vietnamese_share(text[:SAMPLE]))


def find_certainty(placements: Iterable[Placement]) -> float:
    """The mean confidence over the letters of a text; 1 where nothing was recognised from a picture."""
    letters = sure = 0.0
    for placement in placements:
        length = placement.end - placement.start
        letters, sure = letters + length, sure + length * placement.confidence
    return round(sure / letters, 4) if letters else 1.0
