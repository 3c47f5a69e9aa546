"""Every digit-bearing token is accounted for exactly once: by the figure that took it or by another label."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from extractor.domain.document import Document
from extractor.domain.figure import Digit, Figure
from extractor.language import read_figures
from extractor.language.digit_coverage import Account
from extractor.paper import read_passage
from tests.language.words import passages


def account(text: str) -> tuple[Document, tuple[Figure, ...], tuple[Digit, ...]]:
    document, _ = read_passage(text)
    return document, *read_figures(document, report_period="2023")


@given(passages())
@settings(max_examples=150)
def test_every_digit_has_one_line_in_the_account(text: str) -> None:
    document, figures, digits = account(text)
    covered = [at for d in digits for at in range(d.start, d.end) if document.text[at].isdecimal()]
    assert covered == [at for at, c in enumerate(document.text) if c.isdecimal()]
    ids = {f.id for f in figures}
    for digit in digits:
        assert document.text[digit.start : digit.end] == digit.text
        assert digit.label
        assert digit.figure is None or digit.figure in ids


@given(passages(joints=(" ",)))
@settings(max_examples=150)
def test_no_digit_of_a_figure_is_unexplained_or_something_else(text: str) -> None:
    document, figures, digits = account(text)
    labels = {at: d.label for d in digits for at in range(d.start, d.end)}
    for figure in figures:
        for at in range(figure.start, figure.end):
            if document.text[at].isdecimal():
                assert labels[at] in {"value", "total", "comparison", "unit"}


LABELS = [
    ("Tháng 3 thu phí 12 tỷ đồng, đạt 45% dự toán.", ["period", "value", "comparison"]),
    ("Giải quyết 524/760 hồ sơ.", ["value"]),
    ("Theo Điều 12, thu phí 45 tỷ đồng.", ["article", "value"]),
    ("Thu phí 12 tỷ đồng (khoảng 1,09 triệu USD).", ["value", "echo"]),
    ("Năng suất 47 kg/100 dân.", ["value", "unit"]),
    ("Bàn giao 1.234.56 cái.", ["unexplained"]),
]


@pytest.mark.parametrize(("text", "labels"), LABELS)
def test_labels(text: str, labels: list[str]) -> None:
    assert [d.label for d in account(text)[2]] == labels


def test_the_earlier_claim_holds() -> None:
    document, _ = read_passage("12 hộ")
    book = Account()
    book.claim(0, 2, "value", "a")
    book.claim(0, 5, "name")
    book.claim(3, 3, "nothing")
    assert [(d.text, d.label, d.figure) for d in book.digits(document)] == [("12", "value", "a")]


def test_a_line_in_another_language_holds_no_figure() -> None:
    _, figures, digits = account("Labour force at 15 years of age and above\n\nThu ngân sách đạt 15 tỷ đồng.")
    assert [figure.quote for figure in figures] == ["15 tỷ đồng"]
    assert [digit.label for digit in digits] == ["translation", "value"]
