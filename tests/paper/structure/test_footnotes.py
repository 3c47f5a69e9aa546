"""Marks and notes: which belongs to which, and what is no mark."""

from __future__ import annotations

import pytest

from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import Mark, Piece
from extractor.paper.structure.footnotes import is_exponent


def anchors(pieces: list[Piece]) -> list[tuple[str, str | None, str]]:
    """Mark, the word before its anchor, the note's text."""
    document = assemble(pieces)
    return [
        (n.mark, None if n.anchor is None else document.text[: n.anchor].split()[-1], document.text[n.start : n.end])
        for n in document.footnotes
    ]


def test_numbers_may_start_again_on_each_page() -> None:
    pieces = [
        Piece("Lúa tăng.", marks=(Mark(8, "1"),)),
        Piece("Trang một.", note="1"),
        Piece("Ngô giảm.", marks=(Mark(8, "1"),)),
        Piece("Trang hai.", note="1"),
    ]
    assert anchors(pieces) == [("1", "tăng", "Trang một."), ("1", "giảm", "Trang hai.")]


@pytest.mark.parametrize(
    ("body", "mark", "left"),
    [
        ("tăng so cùng kỳ[1].", "1", "tăng so cùng kỳ."),
        ("tăng so cùng kỳ (1); giảm", "1", "tăng so cùng kỳ; giảm"),
        ("tăng so cùng kỳ12, giảm", "12", "tăng so cùng kỳ, giảm"),
        ("tăng so cùng kỳ*. Giảm", "*", "tăng so cùng kỳ. Giảm"),
        ("đạt 98%[2] kế hoạch", "2", "đạt 98% kế hoạch"),
    ],
)
def test_a_typed_mark_is_lifted_where_a_note_proves_it(body: str, mark: str, left: str) -> None:
    document = assemble([Piece(body), Piece("Trong đó lúa 5 ha.", note=mark)])
    assert document.text.split("\n")[0] == left
    assert document.footnotes[0].anchor is not None
    assert assemble([Piece(body)]).text == body


@pytest.mark.parametrize("body", ["diện tích 120 m2, còn lại", "rừng 45 km2.", "có 2 hộ", "xã Tân 2 nghìn"])
def test_a_figure_of_the_text_is_no_mark(body: str) -> None:
    document = assemble([Piece(body), Piece("Chú thích.", note="2")])
    assert document.text.split("\n")[0] == body
    assert document.footnotes[0].anchor is None


@pytest.mark.parametrize(
    ("before", "mark", "yes"),
    [
        ("5 m", "2", True),
        ("km", "3", True),
        ("1.000m", "2", True),
        ("kỳ", "2", False),
        ("trăm", "2", False),
        ("m", "12", False),
    ],
)
def test_exponents_of_units(before: str, mark: str, yes: bool) -> None:
    assert is_exponent(before, mark) is yes


def test_a_mark_without_a_note_stays_as_a_remark() -> None:
    document = assemble([Piece("Lúa tăng.", marks=(Mark(8, "4"),))])
    assert [(r.code, r.detail, document.text[r.start : r.end]) for r in document.remarks] == [
        ("note_missing", "4", "g")
    ]


def test_a_note_of_two_paragraphs_is_one_note() -> None:
    pieces = [Piece("Lúa tăng.", marks=(Mark(8, "1"),)), Piece("Một.", note="1"), Piece("Hai.", note="1")]
    document = assemble(pieces)
    assert [document.text[n.start : n.end] for n in document.footnotes] == ["Một.\nHai."]
    assert [block.parent for block in document.blocks] == [None, 0, 0]
