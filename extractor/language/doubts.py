"""What a reviewer should look at first: each reason to doubt a figure, and how much it weighs.

``confidence`` is the product of what each doubt leaves of certainty. The shares were set from how often a figure with
that doubt was wrong on the development half of the corpus; ``solieu evaluate`` prints how well they order the errors.
"""

from __future__ import annotations

from collections.abc import Iterable

REMAINS = {
    "base_assumed": 0.80,
    "base_carried": 0.90,
    "base_heading": 0.88,
    "indicator_inherited": 0.85,
    "indicator_missing": 0.40,
    "indicator_uncertain": 0.70,
    "unit_inherited": 0.85,
    "unit_missing": 0.70,
    "number_style": 0.80,
    "number_words": 0.85,
    "ocr_digit": 0.60,
    "ocr_spacing": 0.65,
    "percent_missing": 0.60,
    "spaced_thousands": 0.75,
    "low_recognition": 0.60,
    "hidden_text": 0.30,
    "fraction_or_date": 0.60,
    "no_label": 0.80,
}
PLAIN = 0.97
"""What is left of certainty where nothing is in doubt: even then a reader errs once in thirty."""


def confidence(doubts: Iterable[str]) -> float:
    """Certainty left by the doubts, each counted once, to three places."""
    left = PLAIN
    for doubt in sorted(set(doubts)):
        left *= REMAINS.get(doubt, 0.9)
    return round(left, 3)
