"""A name that says nothing alone gets what it is about; one that speaks for itself gets nothing."""

from __future__ import annotations

import pytest

from extractor import extract_text
from extractor.language.reader.bare_names import without

CASES = [
    # words of summing: what stands before them in the clause
    ("Xử phạt 112 trường hợp vi phạm giao thông với tổng số tiền 245 triệu đồng.", "245 triệu đồng", "vi phạm"),
    # what is collected, counted in tonnes, is told by the verb before the number
    ("Trong tháng đã thu gom 12,4 tấn rác thải.", "12,4 tấn", "thu gom"),
    # a property: the figure before says of what
    ("Diện tích lúa mùa đạt 412 ha, năng suất 52,4 tạ/ha.", "52,4 tạ/ha", "lúa mùa"),
    # what is set off by a colon holds for all behind it, until the next
    ("- Cây ngô: Diện tích gieo trồng 74 ha, năng suất 54,9 tạ/ha.", "74 ha", "Cây ngô"),
    ("Hội Phụ nữ: dư nợ 12 tỷ đồng; Hội Nông dân: dư nợ 15 tỷ đồng.", "15 tỷ đồng", "Hội Nông dân"),
    ("Số hộ nghèo: thôn Đông: 12 hộ; thôn Đoài: 9 hộ.", "12 hộ", "thôn Đông"),
]


@pytest.mark.parametrize(("text", "quote", "words"), CASES)
def test_bare_name_has_a_subject(text: str, quote: str, words: str) -> None:
    [figure] = [f for f in extract_text(text, report_period="2023") if f.quote == quote]
    assert figure.subject is not None
    assert words in figure.subject


@pytest.mark.parametrize(
    "text",
    [
        "Tổng thu ngân sách trên địa bàn đạt 912 tỷ đồng.",
        "Giá trị sản xuất đạt 522 tỷ đồng; tổng diện tích gieo trồng được 25.271 ha.",  # doing, and what it makes
        "Số hộ nghèo: thôn Đông: 12 hộ; thôn Đoài: 9 hộ.",  # a name set off by a colon of its own
        "Trong năm đã thực hiện: trồng rừng tập trung được 25 ha.",  # what is done is no label
    ],
)
def test_name_that_speaks_for_itself_has_none(text: str) -> None:
    assert extract_text(text, report_period="2023")[-1].subject is None


def test_unit_that_measures_is_no_subject() -> None:
    figures = extract_text("Thu ngân sách 285 tỷ đồng, trong đó đã giải ngân 24 tỷ đồng.", report_period="2023")
    assert "tỷ đồng" not in {figure.subject for figure in figures}


def test_subject_is_in_the_record() -> None:
    [figure, *_] = extract_text("Trong tháng đã thu gom 12,4 tấn rác thải.", report_period="2023")
    assert figure.to_dict()["subject"] == figure.subject


@pytest.mark.parametrize(
    ("text", "left"),
    [("tong so tien", "tien"), ("so tong", ""), ("toan so", "toan"), ("", "")],
)
def test_longest_phrase_goes_first(text: str, left: str) -> None:
    assert without(text, {"so", "tong", "tong so"}) == left
