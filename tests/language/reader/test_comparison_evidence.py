"""How a number compares: its kind, its sign, and the figure that it belongs to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor import extract_text
from extractor.domain.figure import Base, Measure
from extractor.language.reader.comparison_evidence import parts_of_all
from extractor.language.reader.drafts import ComparisonDraft
from extractor.language.reader.printed_bases import PrintedBase
from tests.language.reading import read


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Làm chết 05 người (-02 người), bị thương 12 người (+3 người).", [("05", -2, "người"), ("12", 3, "người")]),
        ("Phạm pháp hình sự 27 vụ (-6 vụ), bắt 31 đối tượng (+9,5%).", [("27", -6, "vụ"), ("31", 9.5, "%")]),
        (
            "Xảy ra 12 vụ, chết 05 người, bị thương 14 người; so cùng kỳ: -3 vụ, -2 người chết, +4 người bị thương.",
            [("12", -3, "vụ"), ("05", -2, "người"), ("14", 4, "người")],
        ),
    ],
)
def test_a_written_sign_is_the_sign_of_the_change(text: str, changes: list[tuple[str, float, str]]) -> None:
    figures = extract_text(text, report_period="2020")
    told = [(f.quote.split()[0], float(c.value), c.unit) for f in figures for c in f.comparisons]
    assert told == changes


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        (
            "Cả nước xảy ra 198 vụ. So với tuần liền kề trước đó giảm 49 vụ (-19,8%).",
            [("previous_period", "so với tuần liền kề trước đó")] * 2,
        ),
        (
            "So với tháng trước, thu phí tăng 4,2%, thu thuế giảm 3,1%.",
            [("previous_period", "So với tháng trước")] * 2,
        ),
        # a base behind the number is nearer
        (
            "So với tháng trước, thu phí tăng 4,2%, thu thuế giảm 3,1% so với cùng kỳ.",
            [("previous_period", "So với tháng trước"), ("same_period_last_year", "so với cùng kỳ")],
        ),
    ],
)
def test_a_base_that_opens_a_sentence_holds_for_its_changes(text: str, bases: list[tuple[str, str]]) -> None:
    told = [c for f in extract_text(text, report_period="2023-05") for c in f.comparisons]
    assert [(c.base.value, (c.base_text or "").lower()) for c in told] == [(base, text.lower()) for base, text in bases]


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        # what other words mean is settled once for the changes under them
        (
            "So với tháng 12 năm 2003, giá vàng tăng 7,9%, trong đó vàng miếng tăng 13,6% (vàng nhẫn tăng 5,2%).",
            ["other"] * 3,
        ),
        # a bracket tells the change before it in other terms
        ("Giá gạo 12.000 đồng/kg, tăng 4,2% so với tháng trước (tăng 480 đồng).", ["previous_period"] * 2),
        ("Số hộ nghèo 212 hộ, giảm 31 hộ so với đầu năm (giảm 12,8%).", ["other"] * 2),
    ],
)
def test_changes_of_one_base_share_it(text: str, bases: list[str]) -> None:
    assert [c.base.value for f in extract_text(text, report_period="2004-10") for c in f.comparisons] == bases


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        (
            "Năm 2019, hộ cận nghèo 92 hộ chiếm 14,15% so với năm 2018 tăng 3,41%.",
            ["total", "same_period_last_year"],
        ),
        ("Năm 2019, đất rừng 812 ha chiếm 31,5% so với kế hoạch đất cả huyện.", ["plan"]),
    ],
)
def test_a_share_is_of_a_whole_and_never_of_a_time_before(text: str, bases: list[str]) -> None:
    assert [c.base.value for f in extract_text(text) for c in f.comparisons] == bases


@pytest.mark.parametrize(
    "told",
    [
        "tăng 48 cửa hàng (4,0%) so với tháng trước",
        "tăng 48 cửa hàng (tăng 4,0%) so với tháng trước",
        "tăng 48 cửa hàng, tức tăng 4,0% so với tháng trước",
        "tăng 4,0%, tức tăng 48 cửa hàng so với tháng trước",
    ],
)
def test_the_two_numbers_of_one_change_share_the_base_behind_them(told: str) -> None:
    [figure] = extract_text(f"Tháng 5 có 1.240 cửa hàng mở cửa, {told}.", report_period="2023-05")
    assert [c.base.value for c in figure.comparisons] == ["previous_period"] * 2
    assert {c.base_text for c in figure.comparisons} >= {"so với tháng trước"}


def test_two_changes_that_are_not_one_have_each_its_own_base() -> None:
    told = "tăng 48 cửa hàng so với tháng trước, tăng 11,2% so với cùng kỳ"
    [figure] = extract_text(f"Tháng 5 có 1.240 cửa hàng mở cửa, {told}.", report_period="2023-05")
    assert [c.base.value for c in figure.comparisons] == ["previous_period", "same_period_last_year"]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Tiêm phòng cho đàn trâu, bò là: 862/793 = 108,7%", "plan"),
        ("Tiêm phòng cho đàn trâu, bò là: 762/793 = 96,1%", "total"),
    ],
)
def test_more_than_a_whole_is_of_no_whole(text: str, base: str) -> None:
    [figure] = extract_text(text)
    assert [c.base.value for c in figure.comparisons] == [base]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Sản lượng đạt 16.200 tấn (trong đó cá 11.000 tấn, tôm 5.200 tấn), đạt 51% kế hoạch.",
            ["Sản lượng = 16200 tấn ; ratio 51 % plan", "cá = 11000 tấn", "tôm = 5200 tấn"],
        ),
        ("Diện tích lúa 171 ha, giảm 2,5 lần so với năm 2015.", ["Diện tích lúa = 171 ha ; multiple -2.5 lần other"]),
    ],
)
def test_whose_a_comparison_is_and_which_way_it_goes(text: str, lines: list[str]) -> None:
    assert read(text, report_period="2021-H1") == lines


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Năm 2010, sản lượng đạt 74.860 tấn, tăng 4% so với năm 2009.", "same_period_last_year"),
        ("Năm 2010, sản lượng đạt 74.860 tấn, tăng 4% so với năm 2005.", "other"),
        ("Sản lượng đạt 74.860 tấn, tăng 4% so với 6 tháng cùng kỳ năm 2011.", "same_period_last_year"),
    ],
)
def test_a_printed_year_is_held_against_the_figures_own(text: str, base: str) -> None:
    [figure] = extract_text(text, report_period="2012")
    assert [comparison.base.value for comparison in figure.comparisons] == [base]


@pytest.mark.parametrize("lead", ["hồi", "con số", "số", "số liệu", "thời điểm", "mốc"])
@pytest.mark.parametrize(("time", "base"), [("tháng trước", "previous_period"), ("cuối năm 2019", "other")])
def test_words_between_a_cue_and_its_time_lead_to_it(lead: str, time: str, base: str) -> None:
    text = f"Giá trị sản xuất đạt 1.250 tỷ đồng, tăng 5,2% so với {lead} {time}."
    [figure] = extract_text(text, report_period="2020-06")
    assert [(c.base.value, c.base_text) for c in figure.comparisons] == [(base, f"so với {lead} {time}")]


@pytest.mark.parametrize(
    ("told", "base"),
    [
        ("so với cùng kỳ tháng trước", "previous_period"),
        ("so với cùng kỳ tháng 5/2020", "previous_period"),
        ("so với cùng kỳ tháng 6/2019", "same_period_last_year"),
        ("so với cùng kỳ", "same_period_last_year"),
    ],
)
def test_the_period_behind_the_same_period_says_which(told: str, base: str) -> None:
    [figure] = extract_text(f"Giá trị sản xuất đạt 1.250 tỷ đồng, tăng 5,2% {told}.", report_period="2020-06")
    assert [c.base.value for c in figure.comparisons] == [base]


@pytest.mark.parametrize(
    ("report", "told", "base"),
    [
        ("2020-06", "so với thời điểm 31/12/2019", "other"),
        ("2020-06", "so với ngày 30/6/2019", "same_period_last_year"),
        ("2020", "so với thời điểm 31/12/2019", "same_period_last_year"),
        ("2020-12", "so với cuối năm 2019", "other"),
    ],
)
def test_a_day_is_last_years_where_the_figure_stands_a_year_later(report: str, told: str, base: str) -> None:
    [figure] = extract_text(f"Dư nợ đạt 1.250 tỷ đồng, tăng 5,2% {told}.", report_period=report)
    assert [c.base.value for c in figure.comparisons] == [base]


def test_all_of_all_is_a_fraction() -> None:
    [figure] = extract_text("Xã hoàn thành 19/19 tiêu chí nông thôn mới theo kế hoạch.", report_period="2019")
    assert (figure.value, figure.total) == (19, 19)


@pytest.mark.parametrize(
    ("told", "base"),
    [
        ("so với dịp Tết năm ngoái", "same_period_last_year"),
        ("so với kỳ nghỉ lễ năm trước", "same_period_last_year"),
        ("so với các năm trước", "other"),
    ],
)
def test_words_that_close_with_last_year_are_of_last_year(told: str, base: str) -> None:
    [figure] = extract_text(f"Tiếp nhận 150 ca do pháo nổ, tăng 54 ca {told}.", report_period="2023")
    assert [c.base.value for c in figure.comparisons] == [base]


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("Lượng khách đạt 1.240 lượt, tăng 48% so với cùng kỳ năm 2021.", ["same_period_last_year"]),
        ("Lượng khách đạt 1.240 lượt, tăng 48% so với cùng kỳ năm 2019.", ["other"]),
        (
            "Lượng khách 1.240 lượt. So với cùng kỳ năm 2019, lượng khách tăng 8%; so với năm 2021 lượng khách giảm 3%",
            ["other", "same_period_last_year"],
        ),
    ],
)
def test_the_same_period_of_an_earlier_year_is_not_last_years(text: str, bases: list[str]) -> None:
    [figure] = extract_text(text, report_period="2022")
    assert [c.base.value for c in figure.comparisons] == bases


def test_a_share_alone_in_its_bracket_is_of_the_number_before() -> None:
    text = "Có 1.486 hộ nghèo, chiếm 4,12%; cuối năm còn 1.098 hộ, giảm 388 hộ; hộ cận nghèo còn 1.742 hộ (4,83%)."
    poor, _, near_poor = extract_text(text, report_period="2023")
    assert [(c.kind, c.value) for c in near_poor.comparisons] == [(Measure.RATIO, Decimal("4.83"))]
    assert all(c.value != Decimal("4.83") for c in poor.comparisons)


def test_a_per_cent_behind_a_per_cent_is_no_share_of_it() -> None:
    *_, before = extract_text("Nông nghiệp 56,2% (năm 2011: 58,1%); công nghiệp 18,9% (17,8%).", report_period="2023")
    assert (before.value, before.comparisons) == (Decimal("17.8"), ())


@pytest.mark.parametrize(
    ("shares", "printed", "parts"),
    [
        (["62.0", "31.0", "6.8", "0.2"], [None] * 4, {0, 1, 2, 3}),
        (["97.5", "62.0", "31.0", "7.1"], [None] * 4, {1, 2, 3}),  # within what rounding does
        (["62.0", "31.0", "8.0"], [None] * 3, set()),
        (["62.0", "38.0"], [None] * 2, set()),  # two may do so by chance
        (["62.0", "31.0", "7.0"], [None, PrintedBase("plan", 4, 5), None], set()),
    ],
)
def test_shares_that_make_all_are_of_one_whole(
    shares: list[str], printed: list[PrintedBase | None], parts: set[int]
) -> None:
    told = [ComparisonDraft(Measure.RATIO, Decimal(share), "%", 0, 0, 0, "equal") for share in shares]
    assert parts_of_all(told, printed) == parts


def test_a_mark_between_good_and_weak_is_no_average() -> None:
    text = "Xếp loại: Khá 4.098 em (37,3%), Trung bình 4.361 em (39,7%), Yếu 110 em (1,0%)."
    figures = extract_text(text, report_period="2023")
    assert [(f.value, f.indicator) for f in figures] == [(4098, "Khá"), (4361, "Trung bình"), (110, "Yếu")]


@pytest.mark.parametrize(
    ("base", "means"),
    [
        ("mức chung của tỉnh", Base.OTHER),
        ("trung bình 4 tuần", Base.OTHER),
        ("bình quân cùng kỳ năm trước", Base.SAME_PERIOD),
    ],
)
def test_a_mean_is_no_time(base: str, means: Base) -> None:
    [figure] = extract_text(
        f"Chỉ tiêu phát triển hội viên đạt 38,5%, thấp hơn 20,6% so với {base}.", report_period="2022"
    )
    assert [c.base for c in figure.comparisons] == [means]
