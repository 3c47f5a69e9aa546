"""Words that say when become labels; durations do not."""

from __future__ import annotations

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from extractor.language.lexer.periods import deictic, find_periods, forms, forms_in
from extractor.language.lexer.tokens import tokenize

REPORT = "2023-M01/M09"

WORDED = [
    ("tháng 3", "2023-03"),
    ("tháng 03/2022", "2022-03"),
    ("tháng Ba", "2023-03"),
    ("tháng 10-2007", "2007-10"),
    ("tháng 10.2019", "2019-10"),
    ("tháng 5 năm trước", "2022-05"),
    ("quý I", "2023-Q1"),
    ("quý 1", "2023-Q1"),
    ("quí IV/2000", "2000-Q4"),
    ("(I/2002 tăng 14%)", "2002-Q1"),
    ("riêng quý 4, cả tỉnh", "2023-Q4"),
    ("quý I năm ngoái", "2022-Q1"),
    ("QUÝ II NĂM 2023", "2023-Q2"),
    ("quý II của năm 2015", "2015-Q2"),
    ("tháng 5 của năm trước", "2022-05"),
    ("6 tháng đầu năm", "2023-H1"),
    ("9 tháng của năm 2016", "2016-M01/M09"),
    ("Sáu tháng cuối năm", "2023-H2"),
    ("03 tháng", "2023-Q1"),
    ("hai tháng đầu năm", "2023-M01/M02"),
    ("năm tháng đầu năm 2022", "2022-M01/M05"),
    ("9 tháng", "2023-M01/M09"),
    ("lũy kế 8 tháng", "2023-M01/M08"),
    ("12 tháng", "2023"),
    ("từ đầu năm đến nay", "2023-M01/M09"),
    ("đến hết tháng 8", "2023-M01/M08"),
    ("đến cuối tháng 8", "../2023-08-31"),
    ("đến hết quý II", "../2023-06-30"),
    ("tính đến cuối quý I/2022", "../2022-03-31"),
    ("năm 2022", "2022"),
    ("trong 3 năm 2011, 2012 và 2013", "2011/2013"),
    ("cả năm", "2023"),
    ("tính đến ngày 20/9", "../2023-09-20"),
    ("đến 31/12", "../2023-12-31"),
    ("tại thời điểm 01/4", "2023-04-01"),
    ("từ ngày 15/12/2022 đến ngày 14/6/2023", "2022-12-15/2023-06-14"),
    ("từ 0h ngày 02/02 đến 24h ngày 07/02/2023", "2023-02-02/2023-02-07"),
    ("từ ngày 15/4 - 14/5/2021", "2021-04-15/2021-05-14"),
    ("(19/01-18/02/2023)", "2023-01-19/2023-02-18"),
    ("từ ngày 15/12 đến ngày 14/6/2023", "2022-12-15/2023-06-14"),
    ("trong tháng", "2023-09"),
    ("trong quý", "2023-Q3"),
    ("trong kỳ", "2023-M01/M09"),
    ("trong năm", "2023"),
    ("năm học 2022-2023", "2022/2023"),
    ("vụ đông xuân 2022-2023", "2022/2023"),
    ("giai đoạn 2016-2020", "2016/2020"),
    ("từ năm 2015 đến nay", "2015/2023"),
    ("từ năm 2015 đến năm 2018", "2015/2018"),
    ("nhiệm kỳ 2020 - 2025", "2020/2025"),
    ("giai đoạn 1976 đến 1995", "1976/1995"),
    ("trong hai năm 2016-2017", "2016/2017"),
    ("trong 2 năm 2014 và 2015", "2014/2015"),
    ("từ năm 2011 đến hết 2021", "2011/2021"),
    ("tính đến 31-5", "../2023-05-31"),
    ("tính đến 6/9", "../2023-09-06"),
    ("đến 30.9 đã có", "../2023-09-30"),
    ("đến 31 - 12 - 1998", "../1998-12-31"),
    ("từ ngày 1 đến hết 15-12", "2023-12-01/2023-12-15"),
    ("từ ngày 7-12/04/2015", "2015-04-07/2015-04-12"),
    ("từ 1/10 – 26/11", "2023-10-01/2023-11-26"),
    ("(từ 8 - 14/2/2024)", "2024-02-08/2024-02-14"),
    ("20 ngày đầu tháng 3/2010", "2010-03-01/2010-03-20"),
    ("nửa cuối tháng 7", "2023-07-16/2023-07-31"),
    ("đến giữa tháng 4-2023", "../2023-04-15"),
    ("từ đầu năm đến giữa tháng 6/2018", "2018-01-01/2018-06-15"),
    ("tháng 4 - 5/2018", "2018-M04/M05"),
    ("tháng đầu năm 2012", "2012-01"),
    ("quý đầu năm", "2023-Q1"),
    ("hai quý đầu năm 2024", "2024-H1"),
    ("trong vòng 5 tháng đầu năm", "2023-M01/M05"),
    ("đến cuối 2020 có 12 xã", "2020"),
    ("Năm ngoái phát hiện 12 vụ", "2022"),
]


JOINED = [
    ("từ quý II/2020 đến quý I/2021", "2020-04-01/2021-03-31"),
    ("Từ tháng 8-2009 đến tháng 4-2011", "2009-08-01/2011-04-30"),
    ("từ tháng 2 đến hết tháng 9/2022", "2022-M02/M09"),
    ("từ tháng 3/2021 đến tháng 8", "2021-M03/M08"),
    ("Từ ngày 5/6 đến hết tháng 9/2022", "2022-06-05/2022-09-30"),
    ("Từ đầu năm 2021 đến ngày 9-12-2021", "2021-01-01/2021-12-09"),
    ("Từ đầu năm 2021 đến hết tháng 9/2021", "2021-M01/M09"),
    ("tính từ năm 2016 đến 30/6/2020", "2016-01-01/2020-06-30"),
    ("Từ 2015 đến 2019, xã", "2015/2019"),
    ("Kể từ năm 2010 đến nay", "2010/2023"),
    ("Từ đầu năm 2023 tới nay", "2023-M01/M09"),
    ("từ tháng 5/2021 đến nay", "2021-05-01/2023-09-30"),
]


@pytest.mark.parametrize(("text", "label"), JOINED)
def test_one_time_up_to_another_is_one_period(text: str, label: str) -> None:
    [mention] = find_periods(f"{text} có 12 hộ", REPORT)
    assert mention.label == label
    assert text[mention.start :].lower().startswith("từ")


@pytest.mark.parametrize(
    "text", ["từ tháng 12/2022 đến tháng 2", "tháng 5/2021 đến tháng 6/2021", "Từ năm 2020, đến năm 2022"]
)
def test_times_that_nothing_joins_in_order_stay_two(text: str) -> None:
    assert len(find_periods(text, REPORT)) == 2


@pytest.mark.parametrize(("text", "label"), WORDED)
def test_forms(text: str, label: str) -> None:
    assert [m.label for m in find_periods(text, REPORT)] == [label]


SILENT = [
    "tháng 13",
    "quyết định số II/2012",
    "thông báo 12/II/2012",
    "V/2012",
    "quý 5",
    "khu vực II",
    "quý khách",
    "thời hạn 6 tháng",
    "trong 2 tháng gần đây",
    "tăng đến 10-12%",
    "đến 30.9 triệu đồng",
    "đến 2000 hộ",
    "tới 12/12 phường",
    "quý 4.5",
    "kỷ niệm 68 năm (27/02/1955-27/02/2023)",
    "trẻ dưới 6 tháng tuổi",
    "phạt tù 9 tháng tù",
    "năm học sinh",
    "giai đoạn 1",
    "2020-2016",
    "ngày 10 - 11/01/2017",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_period(text: str) -> None:
    assert find_periods(text, REPORT) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("9 tháng 2011 đạt 5 tấn", "2011-M01/M09"),
        ("trong 6 tháng 2011, thu 12 tỷ đồng", "2011-H1"),
        ("quý I 2011", "2011-Q1"),
        ("tháng 5 2011 đạt 5 tấn", "2011-05"),
        # a number that counts something is no year
        ("trong 6 tháng 2011 hộ được vay", "2021-H1"),
        ("tháng 3 2011 lượt người", "2021-03"),
    ],
)
def test_a_bare_year_ends_a_form(text: str, label: str) -> None:
    assert [mention.label for mention in find_periods(text, "2021-M01/M09")] == [label]


def test_a_year_above_goes_before_that_of_the_report() -> None:
    [mention] = find_periods("quý II", REPORT, 2019)
    assert (mention.label, mention.stated_year) == ("2019-Q2", False)


def test_without_any_year_there_is_no_label() -> None:
    [mention] = find_periods("quý II", None)
    assert (mention.label, mention.form) == (None, "quarter")


def test_what_a_report_says_of_its_own_period() -> None:
    assert deictic("tháng", "2023-Q2") == "2023-06"
    assert deictic("quý", "2023-05") == "2023-Q2"
    assert deictic("năm", None) is None


@given(st.text("tháng quý năm ngày đến từ 0123456789/-.IV", max_size=50))
def test_mentions_lie_in_the_text_and_apart(text: str) -> None:
    end = 0
    for mention in find_periods(text, REPORT):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


PIECES = [text for text, _ in WORDED] + ["tháng", "năm", "2", "12/", "2023", "kỳ", "từ", "đến", "Quý", "(", "ba", "một"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from([" ", ", ", " - "]))
def test_openings_miss_no_form(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    found = [*regex.finditer("|".join(form.shape for form in forms()), text)]
    assume(not any(m.groupdict().get("bare") for m in found))  # a bare year is none where it counts what follows it
    assert [m.span() for m in forms_in(text, tokenize(text))] == [m.span() for m in found]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Năm 2008, cả năm có 18 vụ", ["2008", "2008"]),
        ("Năm 2008, 6 tháng đầu năm có 18 vụ", ["2008", "2008-H1"]),
        ("Năm 2008 có 12 vụ, cả năm nay có 18 vụ", ["2008", "2009"]),  # a number stands between
        ("Năm qua có 12 vụ", ["2009"]),
        ("Năm trước có 12 vụ", ["2008"]),
    ],
)
def test_a_year_right_before_completes_what_follows(text: str, labels: list[str]) -> None:
    assert [mention.label for mention in find_periods(text, "2009-H1")] == labels


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Lũy kế từ đầu năm tới nay phát hiện 781 vụ", "2021-M01/M09"),
        ("từ đầu năm đến cuối tháng 8 thu 12 tỷ đồng", "2021-M01/M08"),
        ("từ đầu năm tới hết tháng 8 thu 12 tỷ đồng", "2021-M01/M08"),
        ("đến cuối tháng 8 có 12 hộ", "../2021-08-31"),
    ],
)
def test_what_runs_since_the_year_began_is_no_stock(text: str, label: str) -> None:
    assert [mention.label for mention in find_periods(text, "2021-09")] == [label]
