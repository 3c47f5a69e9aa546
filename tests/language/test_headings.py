"""What a heading hands down to the text under it, and what it does not."""

from __future__ import annotations

import pytest

from extractor.domain.figure import Base
from extractor.language.headings import heading_context, heading_text
from extractor.language.lexer.items import scan
from extractor.language.lexer.numerals import Style
from extractor.language.reader.drafts import Context
from extractor.language.reader.weights import Weighted


def heading(title: str, above: Context) -> Context:
    [scanned] = scan([heading_text(title)])
    return heading_context(scanned, Style.VIETNAMESE, "2023", above, Weighted())


CASES = [
    ("2.1. Thu ngân sách", {"subject": "Thu ngân sách"}),
    ("a) Về chăn nuôi", {"subject": "chăn nuôi"}),
    ("Xuất khẩu tháng 11/2015", {"subject": "Xuất khẩu", "period": "2015-11", "year": 2015}),
    # the year of a base is not the section's
    ("Số vụ tai nạn giảm so với cùng kỳ năm 2022", {"period": None, "year": None}),
    ("Vận tải (so cùng kỳ)", {"subject": "Vận tải", "bases": (Base.SAME_PERIOD,)}),
    ("Sản lượng (ĐVT: nghìn tấn)", {"unit": "nghìn tấn"}),
    ("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024", {"plan_section": True, "period": "2024", "subject": None}),
    (
        "Nhiệm vụ, giải pháp 3 tháng cuối năm 2023",
        {"plan_section": True, "period": "2023-Q4", "subject": None},
    ),
    ("Kết quả thực hiện các mục tiêu năm 2023", {"plan_section": False, "period": "2023"}),
    # two periods: neither
    ("TÌNH HÌNH QUÝ I, NHIỆM VỤ QUÝ II NĂM 2023", {"period": None}),
    # all capitals: a part of the report, not the name of what is measured
    ("I. KINH TẾ", {"subject": None}),
]


@pytest.mark.parametrize(("title", "expected"), CASES)
def test_headings(title: str, expected: dict[str, object]) -> None:
    context = heading(title, Context())
    subject = context.subject.text if context.subject is not None else None
    told = {name: subject if name == "subject" else getattr(context, name) for name in expected}
    assert told == expected


def test_what_a_heading_does_not_say_comes_from_the_one_above() -> None:
    above = heading("Thương mại tháng 11/2015 (ĐVT: tỷ đồng)", Context())
    below = heading("Bán lẻ", above)
    assert (below.period, below.unit) == ("2015-11", "tỷ đồng")
    assert below.subject is not None
    assert below.subject.text == "Bán lẻ"
