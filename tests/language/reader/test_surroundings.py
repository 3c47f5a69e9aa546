"""What a block takes from its words besides its numbers: names that lead in, wholes, bases for what follows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor import extract_text
from extractor.domain.figure import Base
from extractor.language.lexer.items import Reading, read_block, scan
from extractor.language.lexer.numerals import Style
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import Context
from extractor.language.reader.surroundings import name_in, told_again
from extractor.language.reader.view import View
from extractor.language.reader.weights import Weighted


def items_of(text: str) -> Reading:
    [scanned] = scan([text])
    return read_block(scanned, Style.VIETNAMESE, report_period="2023")


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("Tổng thu ngân sách trên địa bàn:", "Tổng thu ngân sách trên địa bàn"),
        ("- Sản lượng lương thực:", "Sản lượng lương thực"),
        ("và của", None),
        ("", None),
    ],
)
def test_lead_in_leaves_its_name(lead: str, name: str | None) -> None:
    reading = items_of(lead)
    found = name_in(reading, 0, len(reading.items), Weighted())
    assert (found.text if found is not None else None) == name


@pytest.mark.parametrize(
    ("lead", "base"),
    [
        ("So với cùng kỳ năm trước:", Base.SAME_PERIOD),
        ("So với kế hoạch năm:", Base.PLAN),
        ("So với cùng kỳ năm trước", None),  # no colon: nothing hangs below
        ("Kết quả cụ thể:", None),
    ],
)
def test_lead_in_leaves_its_base(lead: str, base: Base | None) -> None:
    reader = BlockReader(items_of(lead), Context(report="2023"))
    reader.read()
    assert reader.left_base is base


def test_parts_have_the_whole_before_their_cue_as_parent() -> None:
    figures = extract_text(
        "Thu nội địa đạt 3.120 tỷ đồng, trong đó: thuế thu nhập cá nhân 412 tỷ đồng; lệ phí trước bạ 96 tỷ đồng.",
        report_period="2023",
    )
    assert [f.parent for f in figures] == [None, "Thu nội địa", "Thu nội địa"]


def test_parts_in_a_bracket_have_the_figure_before_it_as_parent() -> None:
    figures = extract_text("Tiếp nhận 37 hồ sơ (đất đai 25 hồ sơ, xây dựng 12 hồ sơ).", report_period="2023")
    assert [f.parent is None for f in figures] == [True, False, False]
    assert len({f.parent for f in figures[1:]}) == 1


def test_whole_stays_when_nothing_tells_parts() -> None:
    figures = extract_text("Đàn trâu có 1.204 con; đàn bò có 2.310 con.", report_period="2023")
    assert [f.parent for f in figures] == [None, None]


def test_a_number_told_aside_keeps_its_time_to_itself() -> None:
    view = View(items_of("Đàn trâu 12.310 con (năm 2010: 12.640 con); đàn bò 5.975 con"))
    [year] = [place for place, item in enumerate(view.items) if item.kind == "period"]
    *_, aside, last = [place for place, item in enumerate(view.items) if item.quantity is not None]
    assert (view.is_aside(year, aside), view.is_aside(year, last)) == (False, True)


def test_a_period_in_a_bracket_of_its_own_holds_for_what_follows() -> None:
    view = View(items_of("Trong kỳ (tháng 3/2022) thu 12 tỷ đồng"))
    [month] = [place for place, item in enumerate(view.items) if item.value == "2022-03"]
    assert not view.is_aside(month, len(view.items) - 1)


def test_a_remainder_of_the_same_noun_is_a_figure_of_its_own() -> None:
    told = "Phát hiện 14 vụ vi phạm lâm luật, còn 3 vụ vi phạm lâm luật đang điều tra."
    found, left = extract_text(told, report_period="2023")
    assert (found.indicator, found.value) == ("vụ vi phạm lâm luật", 14)
    assert left.value == 3
    assert (left.indicator or "").startswith("vụ vi phạm lâm luật")


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        # a part has the unit of its whole, whatever stands nearer
        ("Có 34 chi bộ với 1.490 đảng viên (gồm 16 chi bộ thôn, 18 chi bộ cơ quan).", [None, None, "chi bộ", "chi bộ"]),
        ("Trồng 120 ha rừng, kinh phí 450 triệu đồng (gồm rừng phòng hộ 50 ha).", [None, None, "rừng"]),
        # of several in its unit that which its name shares a word with
        (
            "Làm 27 người chết, 37 người bị thương. Trong đó, xe khách làm chết 2 người, bị thương 20 người.",
            [None, None, "người chết", "người bị thương"],
        ),
        # where no unit is told, the nearest figure is the whole
        ("Tiếp nhận 37 đơn (khiếu nại 5, tố cáo 32).", [None, "Tiếp nhận", "Tiếp nhận"]),
    ],
)
def test_the_whole_of_a_bracket(text: str, parents: list[str | None]) -> None:
    assert [f.parent for f in extract_text(text, report_period="2023")] == parents


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Thu tháng 5 đạt 120 tỷ đồng. Trong đó: thu nội địa 90 tỷ đồng, thu hải quan 30 tỷ đồng.", ["2023-05"] * 3),
        ("Năm 2020 trồng được 500 ha rừng. Trong đó: rừng phòng hộ 120 ha.", ["2020"] * 2),
        # another period is printed since
        ("Thu tháng 5 đạt 120 tỷ đồng. Trong đó: thu nội địa tháng 4 là 90 tỷ đồng.", ["2023-05", "2023-04"]),
    ],
)
def test_a_sentence_of_parts_keeps_the_period_of_its_whole(text: str, periods: list[str]) -> None:
    assert [f.period for f in extract_text(text, report_period="2023")] == periods


def test_a_cue_behind_other_words_goes_back_for_its_own_unit_alone() -> None:
    text = "Diện tích gieo trồng 35.569 ha. Bảo vệ rừng được chú trọng; trong đó, đã phát hiện 21 vụ vi phạm."
    assert extract_text(text)[-1].parent is None
    text = "Diện tích gieo trồng 35.569 ha. Cây lúa được chú trọng; trong đó, lúa lai 2.100 ha."
    assert extract_text(text)[-1].parent == "Diện tích gieo trồng"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "Số đơn bị trả lại là 63 đơn, chiếm 2,4% tổng số đơn; sửa 118 đơn, chiếm 4,5% tổng số đơn. So với cùng kỳ, "
            "số đơn bị trả lại tăng 31 đơn, sửa tăng 54 đơn.",
            [["2.4", "31"], ["4.5", "54"]],
        ),
        (
            "Phát hiện 63 vụ khai thác cát, chiếm 24%; xử phạt 118 vụ, chiếm 45%. So với năm trước, khai thác cát giảm "
            "12 vụ, xử phạt giảm 9 vụ.",
            [["24", "-12"], ["45", "-9"]],
        ),
        (
            "Trên sông xảy ra 14 vụ đâm va, làm 5 người chết và 8 người bị thương. So với năm trước giảm 2 người chết, "
            "tăng 3 người bị thương.",
            [[], ["-2"], ["3"]],
        ),
    ],
)
def test_a_change_of_amount_belongs_to_the_figure_that_it_names_again(text: str, changes: list[list[str]]) -> None:
    figures = extract_text(text, report_period="2023")
    assert [[str(c.value) for c in f.comparisons] for f in figures] == changes


def test_what_names_two_figures_or_another_unit_names_none_again() -> None:
    text = "Khai thác 120 tấn cá biển, nuôi 40 tấn cá lồng. So với cùng kỳ, cá giảm 6 tấn, sản lượng cá lồng giảm 3 ha."
    reader = BlockReader(items_of(text), Context(report="2023"))
    reader.read()
    fell, lost = [place for place, item in enumerate(reader.view.items) if item.quantity is not None][2:]
    for place in (fell, lost):
        quantity = reader.view.items[place].quantity
        assert quantity is not None
        assert told_again(reader.view, reader.spot(place, quantity), reader.drafts, reader.places) is None


def test_a_per_cent_right_behind_a_change_of_amount_tells_it_again() -> None:
    text = (
        "Cả tỉnh xảy ra 90 vụ cháy, làm 11 người bị bỏng; có 214 vụ chập điện. So với tháng trước, số vụ cháy giảm 30 "
        "vụ, giảm 25%."
    )
    fires, burnt, faults = extract_text(text, report_period="2023-05")
    assert [(c.value, c.unit) for c in fires.comparisons] == [(-30, "vụ"), (-25, "%")]
    assert not burnt.comparisons + faults.comparisons


def test_a_pair_that_makes_the_change_before_it_is_no_comparison() -> None:
    text = "Xảy ra 90 vụ cháy, làm 11 người chết. So với tháng trước, số người chết tăng 5 người (11/6 người)."
    fires, dead = extract_text(text, report_period="2023-05")
    assert not fires.comparisons
    assert [c.value for c in dead.comparisons] == [5]


@pytest.mark.parametrize(
    ("told", "changed"),
    [
        ("lượng khách tăng 8%", [1, 0]),
        ("tổng lượng khách quốc tế đi bằng tàu biển tăng 9%", [0, 0, 1]),
        # words before a per cent that has its name behind it are of the one before
        ("tăng 9% doanh thu và tăng 8% lượng khách", [1, 1]),
    ],
)
def test_a_per_cent_names_a_figure_whole(told: str, changed: list[int]) -> None:
    text = f"Lượng khách đạt 1.240 lượt, doanh thu 12 tỷ đồng. So với năm 2022, {told}."
    assert [len(f.comparisons) for f in extract_text(text, report_period="2023")] == changed


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        # 48 is 4.0 % of 1,240 - 48, and nothing of 310
        ("Có 1.240 cửa hàng mở cửa, 310 cửa hàng đóng cửa, tăng 48 cửa hàng (4,0%) so với tháng trước.", [2, 0]),
        ("Có 1.240 cửa hàng mở cửa, 310 cửa hàng đóng cửa, tăng 48 cửa hàng (18,3%) so với tháng trước.", [0, 2]),
        # whatever the multiplier, before its per cent or behind it
        ("Thu nội địa 2,15 tỷ đồng, thu phí 640 triệu đồng, tăng 150 triệu đồng, tức 7,5% so với cùng kỳ.", [2, 0]),
        ("Đàn trâu 12.310 con, đàn bò 5.975 con, giảm 2,61% (giảm 330 con) so với cùng kỳ.", [2, 0]),
        # printed digits are rounded: 19,171 of 2.86 million and as many is 0.666 %
        ("Xử lý 2,86 triệu ca, tước 388.141 ca giấy phép, giảm 19.171 ca (0,66%) so với cùng kỳ.", [2, 0]),
        # a semicolon parts what belongs together
        ("Đàn trâu 12.310 con, đàn bò 5.975 con, giảm 330 con; trồng cỏ tăng 2,61%.", [0, 1, 1]),
    ],
)
def test_arithmetic_says_whose_a_change_is(text: str, changed: list[int]) -> None:
    assert [len(f.comparisons) for f in extract_text(text, report_period="2023")] == changed


@pytest.mark.parametrize(
    ("share", "owner"),
    [("93,1%", 0), ("93%", 0), ("94,8%", 1)],
)
def test_a_share_of_the_number_right_before_it_is_of_the_one_before_that(share: str, owner: int) -> None:
    text = f"Công an huyện đã điều tra, làm rõ 54 vụ trong tổng số 58 vụ xảy ra trên địa bàn, đạt tỷ lệ {share}."
    figures = extract_text(text, report_period="2023")
    assert [len(f.comparisons) for f in figures] == [int(owner == place) for place in range(2)]


def test_a_pair_behind_the_per_cent_of_its_change_is_now_and_then() -> None:
    text = "So với năm 2019, vụ cháy giảm 1.026 vụ (-27,07%, 2.764/3.790 vụ), số vụ nổ tăng 05 vụ (+17,9%, 33/28 vụ)."
    figures = extract_text(text, report_period="2020")
    assert [(f.value, f.total, f.period) for f in figures] == [
        (2764, None, "2020"),
        (3790, None, "2019"),
        (33, None, "2020"),
        (28, None, "2019"),
    ]
    now, then = figures[:2]
    assert [c.value for c in now.comparisons] == [-1026, Decimal("-27.07")]
    assert not then.comparisons


def test_a_change_is_of_the_pair_that_is_told_behind_it() -> None:
    text = "Số vụ cháy giảm 10 vụ (-11,7%, 75/85 vụ), tăng 14 người bị thương (+10,8%, 144/130 người)."
    fires, _, hurt, _ = extract_text(text, report_period="2020")
    assert [(c.value, c.unit) for c in fires.comparisons] == [(-10, "vụ"), (Decimal("-11.7"), "%")]
    assert (hurt.value, hurt.indicator) == (144, "người bị thương")
    assert [(c.value, c.unit) for c in hurt.comparisons] == [(14, "người"), (Decimal("10.8"), "%")]


def test_a_change_before_a_pair_is_of_the_figure_that_the_pair_tells_again() -> None:
    text = "Xảy ra 25 vụ tai nạn, giảm 4 vụ (-13,8%, 25/29 vụ) so với cùng kỳ."
    accidents, *_ = extract_text(text, report_period="2020")
    assert [c.value for c in accidents.comparisons] == [-4, Decimal("-13.8")]


def test_a_fraction_that_was_reached_is_told() -> None:
    *_, criteria = extract_text("Hiện có 6 xã đạt 20/19 tiêu chí nông thôn mới.", report_period="2020")
    assert (criteria.value, criteria.total) == (20, 19)
