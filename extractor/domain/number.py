"""The number as people write it, one for all rooms, with the separators of Vietnamese or of English.

Values come in as they are kept; how many decimals are worth showing is the caller's to decide.
"""

from __future__ import annotations

from decimal import Decimal

_SWAPPED = str.maketrans(",.", ".,")


def spell_number(value: Decimal | int, language: str = "vi") -> str:
    """``value`` with the separators of ``language``, all its decimals kept.

    >>> spell_number(Decimal("2774696.50")), spell_number(Decimal("2774696.50"), "en"), spell_number(-1250)
    ('2.774.696,50', '2,774,696.50', '-1.250')
    """
    english = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    return english if language == "en" else english.translate(_SWAPPED)
