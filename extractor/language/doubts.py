"""What a reviewer should look at first: each reason to doubt a figure, and how much it weighs.

``confidence`` is the product of what each doubt leaves of certainty. The shares were set from how often a figure with
that doubt was wrong on passages that the grammar had not been written on; ``solieu evaluate`` prints how well they
order the errors.
"""

from __future__ import annotations

from collections.abc import Iterable

REMAINS = {
    "base_assumed": 0.92,
    "base_carried": 0.91,
    "base_heading": 0.93,
    "fraction": 0.86,
    "fraction_or_date": 0.60,
    "hidden_text": 0.30,
    "in_brackets": 0.68,
    "indicator_inherited": 0.90,
    "indicator_long": 0.78,
    "indicator_missing": 0.40,
    "indicator_short": 0.80,
    "indicator_uncertain": 0.74,
    "low_confidence": 0.60,
    "number_style": 0.80,
    "number_words": 0.85,
    "ocr_digit": 0.72,
    "ocr_spacing": 0.72,
    "percent_missing": 0.60,
    "rate_as_value": 0.84,
    "readers_disagree": 0.50,
    "several_comparisons": 0.88,
    "spaced_thousands": 0.85,
    "unit_inherited": 0.85,
    "unit_missing": 0.50,
}
PLAIN = 0.97
"""What is left of certainty where nothing is in doubt: even then a reader errs once in thirty."""


def confidence(doubts: Iterable[str]) -> float:
    """Certainty left by the doubts, each counted once, to three places."""
    left = PLAIN
    for doubt in sorted(set(doubts)):
        left *= REMAINS.get(doubt, 0.9)
    return round(left, 3)
