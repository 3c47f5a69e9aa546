"""What is inherited: from "trong đó", a lead-in, a parent bullet, a heading, the anchor of a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from tests.language.reading import line, read

PARTS: list[tuple[str, list[str]]] = [
    (
        "Tổng đàn gia súc 41.200 con, trong đó: trâu 4.120 con, bò 12.300 con, lợn 24.780 con.",
        [
            "Tổng đàn gia súc = 41200 con",
            "trâu ^Tổng đàn gia súc = 4120 con",
            "bò ^Tổng đàn gia súc = 12300 con",
            "lợn ^Tổng đàn gia súc = 24780 con",
        ],
    ),
    (
        "Tổng thu ngân sách 412 tỷ đồng, trong đó: thu nội địa 310 tỷ đồng; thu hải quan 102 tỷ đồng.",
        [
            "Tổng thu ngân sách = 412 tỷ đồng",
            "thu nội địa ^Tổng thu ngân sách = 310 tỷ đồng",
            "thu hải quan ^Tổng thu ngân sách = 102 tỷ đồng",
        ],
    ),
    # counter: without "trong đó" nothing is a part of anything
    (
        "Đàn trâu 4.120 con, đàn bò 12.300 con.",
        ["Đàn trâu = 4120 con", "đàn bò = 12300 con"],
    ),
    # counter: the parts end with the sentence
    (
        "Tổng thu 412 tỷ đồng, trong đó: thu nội địa 310 tỷ đồng. Tổng chi 280 tỷ đồng.",
        ["Tổng thu = 412 tỷ đồng", "thu nội địa ^Tổng thu = 310 tỷ đồng", "Tổng chi = 280 tỷ đồng"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_parts_of_a_whole(text: str, expected: list[str]) -> None:
    assert read(text, "parent") == expected


def test_bullets_hang_on_their_lead_in() -> None:
    text = "Kết quả thu ngân sách:\n- Thu nội địa: 310 tỷ đồng, đạt 45% dự toán;\n- Thu hải quan: 102 tỷ đồng, đạt 51%."
    assert read(text, "parent") == [
        "Thu nội địa ^thu ngân sách = 310 tỷ đồng ; ratio 45 % plan",
        "Thu hải quan ^thu ngân sách = 102 tỷ đồng ; ratio 51 % plan",
    ]


def test_plus_items_hang_on_the_dash_above() -> None:
    text = "- Diện tích lúa 1.240 ha.\n+ Lúa lai: 410 ha.\n+ Lúa thuần: 830 ha.\n- Diện tích ngô 95 ha."
    assert read(text, "parent") == [
        "Diện tích lúa = 1240 ha",
        "Lúa lai ^Diện tích lúa = 410 ha",
        "Lúa thuần ^Diện tích lúa = 830 ha",
        "Diện tích ngô = 95 ha",
    ]


HEADINGS: list[tuple[str, str, list[str]]] = [
    (
        "Sản lượng (ĐVT: tấn)",
        "Tôm 310; cá 1.240; mực 95.",
        ["Tôm @? = 310 tấn", "cá @? = 1240 tấn", "mực @? = 95 tấn"],
    ),
    (
        "Thu ngân sách tháng 5/2023",
        "Thực hiện 412 tỷ đồng, đạt 45% dự toán.",
        ["Thu ngân sách @2023-05 = 412 tỷ đồng ; ratio 45 % plan"],
    ),
    # counter: the sentence's own subject and period go before those of the heading
    (
        "Thu ngân sách tháng 5/2023",
        "Tháng 4/2023 chi thường xuyên 412 tỷ đồng.",
        ["chi thường xuyên @2023-04 = 412 tỷ đồng"],
    ),
]


@pytest.mark.parametrize(("heading", "text", "expected"), HEADINGS)
def test_a_heading_hands_down_subject_period_and_unit(heading: str, text: str, expected: list[str]) -> None:
    assert read(text, "period", heading=heading) == expected


REPORT = """ỦY BAN NHÂN DÂN XÃ LÃM KHÊ

Số: 41/BC-UBND

Lãm Khê, ngày 28 tháng 3 năm 2023

**BÁO CÁO**
**Tình hình kinh tế - xã hội quý I năm 2023**

**I. KẾT QUẢ THỰC HIỆN**

**1. Thu, chi ngân sách**

- Tổng thu ngân sách quý I đạt 4.120 triệu đồng¹, bằng 24% dự toán.

- Tổng chi ngân sách quý I đạt 3.310 triệu đồng.

**II. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ II**

- Thu phí chợ 95 triệu đồng.

¹ Trong đó: thuế nhà đất 1.240 triệu đồng; phí, lệ phí 310 triệu đồng.
"""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path: Path = tmp_path_factory.mktemp("inheritance") / "lam-khe.md"
    path.write_text(REPORT, encoding="utf-8")
    return [line(f, ("parent", "period", "status")) for f in extract(path).figures]


def test_a_note_inherits_from_its_anchor(figures: list[str]) -> None:
    assert "thuế nhà đất ^Tổng thu ngân sách @2023-Q1 !actual = 1240 triệu đồng" in figures
    assert "phí, lệ phí ^Tổng thu ngân sách @2023-Q1 !actual = 310 triệu đồng" in figures


def test_the_line_goes_on_behind_the_mark_of_a_note(figures: list[str]) -> None:
    assert "Tổng thu ngân sách @2023-Q1 !actual = 4120 triệu đồng ; ratio 24 % plan" in figures
    assert "Tổng chi ngân sách @2023-Q1 !actual = 3310 triệu đồng" in figures


def test_the_plan_section_states_its_own_period(figures: list[str]) -> None:
    assert "Thu phí chợ @2023-Q2 !plan = 95 triệu đồng" in figures


def test_nothing_else_is_read_into_the_report(figures: list[str]) -> None:
    assert len(figures) == 5


def test_the_day_of_a_title_dates_the_stocks_behind_it_and_no_flow() -> None:
    text = "Đàn trâu 64 con; đàn bò 312 con. Đàn lợn 850 con. Sản lượng cá 126 tấn."
    assert read(text, "period", report_period="2012", heading="Chăn nuôi (thời điểm 01/10/2012)") == [
        "Đàn trâu @2012-10-01 = 64 con",
        "đàn bò @2012-10-01 = 312 con",
        "Đàn lợn @2012-10-01 = 850 con",
        "Sản lượng cá @2012 = 126 tấn",
    ]
