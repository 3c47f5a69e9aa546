"""The nouns: a changed figure is what the standard library would make of it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from decimal import Decimal

import pytest

from extractor import extract_text

[FIGURE] = extract_text("Quý I ước thực hiện 162.409 triệu đồng, đạt 21,53% kế hoạch.")


def test_a_changed_figure_is_a_replaced_one() -> None:
    changes = {"page": 3, "confidence": 0.5, "value": Decimal("1.5"), "doubts": ("ocr_digit",)}
    assert FIGURE.changed(**changes) == replace(FIGURE, **changes)
    assert FIGURE.changed() == FIGURE
    assert hash(FIGURE.changed()) == hash(FIGURE)


def test_it_stays_frozen_and_the_old_one_stays_as_it_was() -> None:
    changed = FIGURE.changed(page=3)
    assert FIGURE.page is None
    with pytest.raises(FrozenInstanceError):
        changed.page = 4  # type: ignore[misc]


def test_a_name_that_is_no_field_is_refused() -> None:
    with pytest.raises(KeyError, match="pages"):
        FIGURE.changed(pages=3)
