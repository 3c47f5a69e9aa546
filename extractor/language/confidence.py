"""What a reviewer should look at first: each reason to doubt a figure, and how much it weighs.

``confidence`` is the product of how sure each field was chosen, each raised to a power of its own, and of what each
doubt leaves of certainty. Powers and shares were fitted together (by likelihood, no power below nought, no share above
one) to 2,009 figures of passages that no weight was learned from, 258 of them wrong; doubts too rare there keep the
share of earlier passages. ``solieu evaluate`` prints how well they order the errors.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from extractor.domain.figure import Base, Measure
from extractor.language.reader.drafts import Draft

REMAINS = {
    "base_carried": 0.96,
    "base_heading": 0.95,
    "fraction_or_date": 0.60,
    "hidden_text": 0.30,
    "in_brackets": 0.97,
    "indicator_distant": 0.87,
    "indicator_inherited": 0.95,
    "indicator_missing": 0.40,
    "low_confidence": 0.60,
    "number_style": 0.61,
    "number_words": 0.90,
    "ocr_digit": 0.73,
    "ocr_period": 0.85,
    "ocr_spacing": 0.73,
    "ocr_unit": 0.85,
    "ocr_word": 0.85,
    "percent_missing": 0.60,
    "readers_disagree": 0.50,
    "spaced_thousands": 0.90,
    "unit_inherited": 0.90,
    "unit_missing": 0.15,
    "unusual_base": 0.96,
}
"""What a doubt leaves of certainty."""

SHAPE = {
    "base_assumed": 0.87,
    "bounded": 0.97,
    "fraction": 0.96,
    "indicator_digits": 0.92,
    "indicator_long": 0.95,
    "indicator_short": 0.90,
    "rate_as_value": 0.93,
    "sentence_crowded": 0.80,
    "several_comparisons": 0.97,
    "small_number": 0.94,
}
"""The same for doubts about the shape of a reading, where nothing was chosen, as in a table.

Beside choices they tell nothing more: a close choice has seen what they say.
"""

PLAIN = 0.96
"""What is left of certainty where nothing is in doubt: even then a reader errs once in twenty-five."""

_ALONE = REMAINS | SHAPE
_BESIDE_CHOICES = REMAINS | dict.fromkeys(SHAPE, 1.0)

POWER = {
    "base": 0.92,
    "comparisons": 1.87,
    "indicator": 0.47,
    "kind": 1.70,
    "part": 1.37,
    "period": 0.55,
    "status": 0.03,
    "total": 1.08,
    "unit": 1.69,
}
"""Field → the power that the probability of its choice is raised to."""

FAR = 40  # letters between a name and its number
LONG = 7  # words of a name from which it may hold too many
SMALL = 5  # a whole number up to this may be an ordinal
CROWDED = 10  # numbers of a sentence from which they are easily given to the wrong name


UNSURE = 0.8
"""A field that was chosen with less probability is a doubt of its own."""

DOUBT_OF = {
    "part": "part_unsure",
    "indicator": "indicator_uncertain",
    "unit": "unit_unsure",
    "period": "period_unsure",
    "status": "status_unsure",
    "total": "total_unsure",
    "kind": "comparison_unsure",
    "comparisons": "comparison_unsure",
    "base": "base_unsure",
}
"""Field of a figure → the doubt that its choice was close."""


NOTHING_CHOSEN: Mapping[str, float] = MappingProxyType({})


def confidence(doubts: Iterable[str], margins: Mapping[str, float] = NOTHING_CHOSEN) -> float:
    """Certainty left by the ``margins``, field → probability of what was chosen, and by the doubts, to three places."""
    shares = _BESIDE_CHOICES if margins else _ALONE
    left: float = PLAIN * math.prod(sure ** POWER[name] for name, sure in margins.items())
    for doubt in sorted({*doubts} - {*DOUBT_OF.values()}):
        left *= shares.get(doubt, 0.9)
    return round(left, 3)


def margin_doubts(draft: Draft) -> list[str]:
    """The fields of a reading that another choice was close to, each as a doubt."""
    return [DOUBT_OF[name] for name, sure in draft.margins.items() if sure < UNSURE]


def shape_doubts(draft: Draft, numbers: int) -> list[str]:
    """What about the shape of a reading makes readers err; ``numbers`` is how many its sentence holds."""
    name = draft.subject.text if draft.subject is not None else ""
    words = len(name.split())
    q = draft.quantity
    changes = [c for c in draft.comparisons if c.kind is Measure.CHANGE]
    found = {
        "unusual_base": any(c.base in (Base.PREVIOUS, Base.OTHER) for c in changes),
        "bounded": q is not None and q.bound is not None,
        "fraction": q is not None and q.total is not None,
        "in_brackets": draft.bracket,
        "indicator_digits": any(map(str.isdigit, name)),
        "indicator_distant": draft.subject is not None and 0 < draft.subject.end < draft.start - FAR,
        "indicator_long": words >= LONG,
        "indicator_short": words == 1,
        "rate_as_value": q is not None
        and q.family == "share"
        and not (draft.subject is not None and draft.subject.rate),
        "sentence_crowded": numbers >= CROWDED,
        "several_comparisons": len(draft.comparisons) > 1,
        "small_number": q is not None and not q.decimals and q.value <= SMALL,
    }
    return [code for code, holds in found.items() if holds]
