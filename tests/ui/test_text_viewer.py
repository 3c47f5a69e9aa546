"""Marks in the text of a report: none covers another, and a long report costs what stands in it."""

from __future__ import annotations

from typing import Any

from extractor.ui.text_viewer import Stretch, _without_overlaps, cut


class Counted(list[Stretch]):
    """Marks that count how often one of them is looked at."""

    looked_at = 0

    def __getitem__(self, place: Any) -> Any:
        self.looked_at += 1
        return super().__getitem__(place)


def test_a_paragraph_looks_at_its_own_marks_alone() -> None:
    marks = Counted(Stretch(n * 10, n * 10 + 4, "open", "", n) for n in range(4000))
    runs = cut("0123456789" * 4000, 20_002, 20_020, marks)
    assert [(text, mark and mark["id"]) for text, _, mark in runs] == [
        ("23", 2000),
        ("456789", None),
        ("0123", 2001),
        ("456789", None),
    ]
    assert marks.looked_at < 20


def test_of_marks_that_overlap_the_one_in_focus_stays_else_the_longer() -> None:
    marks = [Stretch(0, 9, "open", "", 1), Stretch(5, 12, "open", "", 2), Stretch(12, 14, "open", "", 3)]
    assert [mark.id for mark in _without_overlaps(marks, None)] == [1, 3]
    assert [mark.id for mark in _without_overlaps(marks, 2)] == [2, 3]
    assert _without_overlaps([Stretch(3, 3, "open", "", 4)], None) == []
