"""Runs on one baseline: where a space stands between two that were drawn apart."""

from __future__ import annotations

import pytest

from extractor.paper.layout.lines import find_lines
from extractor.paper.pdf.page_model import Run

SIZE = 11.0


def drawn_alone(letters: str, gap: float) -> list[Run]:
    """Each letter of ``letters`` a run of its own, ``gap`` sizes of white before it."""
    wide = 0.5 * SIZE
    places = [n * (wide + gap * SIZE) for n in range(len(letters))]
    return [Run(letter, x, x + wide, 0, SIZE, SIZE, SIZE) for letter, x in zip(letters, places, strict=True)]


@pytest.mark.parametrize(
    ("letters", "gap", "text"),
    [("1.312,8", 0.25, "1.312,8"), ("298,4(1)", 0.25, "298,4(1)"), ("12", 0.35, "1 2"), ("bị", 0.2, "b ị")],
)
def test_signs_of_a_number_that_were_drawn_alone_stand_together_across_their_own_white(
    letters: str, gap: float, text: str
) -> None:
    [line] = find_lines(drawn_alone(letters, gap))
    assert line.text == text
