"""The period of the house: labels come back as they were, arithmetic undoes itself, names are read again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.period import (
    LENGTHS,
    Period,
    issue_bounds,
    label_around,
    months_label,
    months_of,
    read_period,
    relation,
    shift_years,
    spell_period,
    year_before,
    year_of,
)
from extractor.ui.input_parsing import read_period as read_typed

years = st.integers(1950, 2090)
months = st.integers(1, 12)
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@st.composite
def whole_months(draw: st.DrawFn) -> str:
    first, last = sorted((draw(months), draw(months)))
    year = draw(years)
    return draw(st.sampled_from([months_label(year, first, last), f"{year}-M{first:02d}/M{last:02d}"]))


@st.composite
def ranges(draw: st.DrawFn) -> str:
    one, other = draw(days), draw(days)
    return draw(st.sampled_from([f"{one}/{other}", f"../{one}", f"{one}"]))


plans = st.tuples(years, st.integers(1, 10)).map(lambda pair: f"{pair[0]}/{pair[0] + pair[1]}")
labels = st.one_of(whole_months(), ranges(), plans)
regular = st.tuples(years, months, st.sampled_from(sorted(LENGTHS.values()))).map(
    lambda drawn: label_around(12 * drawn[0] + drawn[1] - 1, drawn[2])
)


def known(label: str | None) -> Period:
    read = read_period(label)
    assert read is not None, label
    return read


@given(labels)
def test_label_read_gives_itself_back(label: str) -> None:
    read = known(label)
    assert read.label == label
    assert known(f" {label} ") == read


@given(regular)
def test_regular_period_rebuilt_from_its_months_has_its_label(label: str) -> None:
    read = known(label)
    assert read.months is not None
    assert months_label(read.year, *read.months) == label
    assert read.length == LENGTHS[read.freq]


@given(st.text("0123456789-/.QHSM", max_size=16))
def test_any_text_is_a_period_or_none(text: str) -> None:
    read = read_period(text)
    if read is not None:
        assert months_of(text) is not None
        assert read.name("vi")
        assert read.name("en")
        assert read.sdmx()


@pytest.mark.parametrize(
    "label", ["2023-02-30", "2023-13", "2023-M09/M03", "2023-Q5", "2022/2022", "2023-Q1/2024", "x"]
)
def test_impossible_label_is_no_period(label: str) -> None:
    assert read_period(label) is None


def test_impossible_day_still_has_its_month() -> None:
    assert months_of("../2023-06-31") == months_of("2023-06")
    assert year_of("2023-06-31") == 2023


@given(labels, st.integers(-60, 60))
def test_shift_forth_and_back_is_nothing(label: str, count: int) -> None:
    assert shift_years(shift_years(label, count), -count) == label
    moved = known(label).shift(count)
    if moved is not None:  # 29 February has no such day in most years
        assert (moved.freq, moved.year) == (known(label).freq, known(label).year + count)


@given(labels)
def test_shift_by_a_year_moves_all_months_by_twelve(label: str) -> None:
    before, here = months_of(year_before(label)), months_of(label)
    assert before is not None
    assert here is not None
    assert (before[0] + 12, before[1] + 12) == here
    assert year_of(year_before(label)) == known(label).year - 1


@given(whole_months())
def test_year_before_is_the_same_period(label: str) -> None:
    assert relation(label, year_before(label)) == "same"


@given(years, months, st.sampled_from([1, 3, 12]))
def test_period_that_ends_where_another_begins_is_the_previous_one(year: int, month: int, length: int) -> None:
    label = label_around(12 * year + month - 1, length)
    here = months_of(label)
    assert here is not None
    before = label_around(here[0] - 1, length)
    assert months_of(before) == (here[0] - length, here[0] - 1)
    assert relation(label, before) == ("same" if length == 12 else "previous")


@given(years, st.sampled_from([1, 2, 3, 4]))
def test_quarters_and_halves_have_their_months(year: int, quarter: int) -> None:
    assert known(f"{year}-Q{quarter}").months == (3 * quarter - 2, 3 * quarter)
    half = (quarter + 1) // 2
    assert known(f"{year}-H{half}").months == (6 * half - 5, 6 * half)
    assert known(f"{year}-H{half}").contains(known(f"{year}-Q{quarter}"))
    assert label_around(known(f"{year}-Q{quarter}").end.month - 1 + 12 * year, 6) == f"{year}-H{half}"


@given(whole_months(), whole_months(), whole_months())
def test_containing_is_a_strict_order(one: str, two: str, three: str) -> None:
    a, b, c = map(known, (one, two, three))
    assert not (a.contains(b) and b.contains(a))
    if a.contains(b) and b.contains(c):
        assert a.contains(c)


@given(years, months)
def test_months_to_date_begin_in_january(year: int, count: int) -> None:
    assert known(months_label(year, 1, count)).months_to_date == count
    assert known(f"{year}-M01/M{count:02d}").months_to_date == count
    assert known(f"{year}-Q2").months_to_date is None


@given(labels)
def test_days_and_months_agree(label: str) -> None:
    read, span = known(label), months_of(label)
    assert span is not None
    assert read.year == span[1] // 12
    if read.freq in LENGTHS or read.freq == "YTD":
        assert read.start is not None
        assert (read.start.day, (read.end + timedelta(days=1)).day) == (1, 1)
        assert span == (read.start.year * 12 + read.start.month - 1, read.end.year * 12 + read.end.month - 1)


@given(labels)
def test_sdmx_tells_periods_of_one_frequency_apart(label: str) -> None:
    read = known(label)
    moved = read.shift(1)
    assert moved is None or read.backwards or moved.sdmx() != read.sdmx()


@given(
    st.one_of(
        regular,
        st.tuples(years, st.sampled_from([2, 4, 5, 7, 8, 9, 10, 11])).map(lambda p: months_label(p[0], 1, p[1])),
    )
)
def test_vietnamese_name_is_read_again(label: str) -> None:
    assert read_typed(spell_period(label)) == label


@given(days)
def test_name_of_up_to_a_day_is_read_again(day: date) -> None:
    assert read_typed(spell_period(f"../{day}")) == f"../{day}"


def test_unreadable_label_is_shown_as_it_is() -> None:
    assert spell_period("2023-06-31") == "2023-06-31"
    assert spell_period(None) == ""


@pytest.mark.parametrize(
    ("label", "vi", "en"),
    [
        ("2023-03", "tháng 3/2023", "March 2023"),
        ("2023-H2", "6 tháng cuối năm 2023", "second half of 2023"),
        ("2023", "năm 2023", "2023"),
        ("2022/2023", "01/09/2022 – 31/05/2023", "2022-09-01 – 2023-05-31"),
        ("2023-03-08", "08/03/2023", "2023-03-08"),
        ("../2023-03-08", "đến 08/03/2023", "up to 2023-03-08"),
    ],
)
def test_names_in_both_languages(label: str, vi: str, en: str) -> None:
    assert (spell_period(label), spell_period(label, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("one", "base", "found"),
    [
        ("2024-Q1", "2023-Q4", "previous"),
        ("2024-Q1", "2023-Q1", "same"),
        ("2024-Q1", "2022-Q1", "other"),
        ("2024-01", "2023-12", "previous"),
        ("2024-M01/M09", "2023-M01/M09", "same"),
        ("2020", "2019", "same"),
        ("2024-Q4", "2023", "same"),
        ("2020", "2015", "other"),
        ("2020", None, "other"),
    ],
)
def test_relation_of_two_periods(one: str, base: str | None, found: str) -> None:
    assert relation(one, base) == found


def test_issue_date_without_a_day_leaves_the_month_open() -> None:
    assert issue_bounds("2023-02") == (date(2023, 2, 1), date(2023, 2, 28))
    assert issue_bounds("2023-02-30") is None
