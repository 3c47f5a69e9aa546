"""Series: what joins and what never does, which vintage is shown, what other reports say of a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from extractor.domain.document import Report, Source
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Status
from extractor.domain.finding import Finding, Level
from extractor.domain.period import read_period
from extractor.statistics import Observation, observe
from extractor.statistics.cross_report import check_series
from extractor.statistics.observations import vintage_key
from extractor.statistics.scopes import price_basis_in, scope_in
from extractor.statistics.series import (
    FRAME_COLUMNS,
    Series,
    build_series,
    cross_section,
    points_frame,
    select_observations,
    wanted_indicators,
)
from tests.statistics.reports import Writer

MONEY = "triệu đồng"
SPENDING = "Tổng chi ngân sách"


def report(
    number: str, day: str, *rows: tuple[str, str, str, str, dict[str, object]], area: str = "quận Kiến An"
) -> Extraction:
    """A report with one figure a row: name, value, unit, period, more."""
    w = Writer(date=day, area=area)
    for name, value, unit, period, more in rows:
        w.add(name, value, unit, period, **more)
    made = w.extraction()
    figures = tuple(replace(f, id=f"{number}-{f.id}") for f in made.figures)
    front = Report(number=f"{number}/BC-UBND", date=day, issuer="UBND", area=area, period="2023-Q1")
    source = Source(f"{number}.md", number * 8, "markdown", 1)
    return replace(made, figures=figures, document=replace(made.document, report=front, source=source))


def spending(
    value: str, period: str, status: Status = Status.ESTIMATE, **more: object
) -> tuple[str, str, str, str, dict[str, object]]:
    return (SPENDING, value, MONEY, period, {"status": status, **more})


def series_of(*reports: Extraction) -> dict[tuple[str, str], Series]:
    """By frequency and measure."""
    return {(s.freq, s.measure): s for s in build_series(o for r in reports for o in observe(r))}


def findings_of(*reports: Extraction) -> dict[str, Finding]:
    series = build_series(o for r in reports for o in observe(r))
    return {f.code: f for f in reversed(check_series(series))}


MARCH = report(
    "1", "2023-03-30", spending("41.106", "2023-03"), spending("140.905", "2023-Q1", plan="24,8", growth="10,0")
)
JUNE = report(
    "2",
    "2023-06-28",
    spending("142.000", "2023-Q1", Status.ACTUAL),
    spending("150.000", "2023-Q2"),
    spending("292.000", "2023-H1", plan="51,4"),
)


def test_frequencies_never_mix() -> None:
    found = series_of(MARCH, JUNE)
    assert set(found) == {("M", "VALUE"), ("Q", "VALUE"), ("S", "VALUE"), ("A", "TARGET")}
    w = report(
        "3",
        "2023-03-30",
        spending("1", "2023-Q1"),
        spending("2", "2023-M01/M03"),
        spending("3", "2023-01-01/2023-03-31"),
    )
    assert {f for f, _ in series_of(w)} == {"Q", "YTD", "RANGE"}


@pytest.mark.parametrize(
    "other",
    [
        {"qualifier": "do quận quản lý"},
        {"qualifier": "theo giá so sánh 2010"},
        {"status": Status.PLAN},
        {"area": "phường Nam Sơn"},
        {"unit": "triệu USD"},
        {"name": "Tổng thu ngân sách"},
    ],
)
def test_what_differs_is_another_series(other: dict[str, object]) -> None:
    name, unit = str(other.pop("name", SPENDING)), str(other.pop("unit", MONEY))
    one = report("1", "2023-03-30", spending("140.905", "2023-Q1"), (name, "99", unit, "2023-Q1", other))
    assert len(build_series(observe(one))) == 2


def test_a_name_that_is_one_entrys_wherever_it_holds_is_that() -> None:
    assert wanted_indicators("xuất khẩu") == {"exports", "~xuất khẩu"}
    assert wanted_indicators("người chết") == {"~người chết"}


def test_names_of_one_indicator_join() -> None:
    one = report("1", "2023-03-30", spending("140.905", "2023-Q1"))
    two = report("2", "2023-06-30", ("Chi NS địa phương", "150", "tỷ đồng", "2023-Q2", {}))
    [joined] = build_series([*observe(one), *observe(two)])
    assert joined.indicator == "exp_local"
    assert [p.chosen.value for p in joined.points if p.chosen] == [Decimal(140905000000), Decimal(150000000000)]


def test_unknown_names_have_a_series_of_their_own() -> None:
    one = report("1", "2023-03-30", ("đèn lồng", "65", "cái", "2023-Q1", {}))
    two = report("2", "2024-03-30", ("Đèn-lồng", "70", "cái", "2024-Q1", {}))
    [joined] = build_series([*observe(one), *observe(two)])
    assert joined.indicator == "~đèn lồng"
    assert len(joined.points) == 2


def test_a_proposal_decides_nothing() -> None:
    one = report("1", "2023-03-30", ("Giá tri sản xuất công nghiêp", "65", MONEY, "2023-Q1", {}))
    assert one.figures[0].match == "proposed"
    assert build_series(observe(one))[0].indicator.startswith("~")


def test_vintages_are_kept_and_the_final_one_is_shown() -> None:
    point = series_of(MARCH, JUNE)[("Q", "VALUE")].points[1]
    assert [v.status for v in point.vintages] == ["E", "A"]
    assert point.chosen is not None
    assert point.chosen.value == Decimal(142000000000)
    assert point.revision == Decimal(1095000000)
    assert not point.conflict


def chosen(*observations: Observation) -> Observation | None:
    return build_series(observations)[0].points[0].chosen


def test_the_rule_of_choice_in_its_order() -> None:
    [base] = observe(report("1", "2023-03-30", spending("100", "2023-Q1")))
    final = replace(base, status="A", vintage="2023-01-01", value=Decimal(1))
    later = replace(base, vintage="2023-06-30", value=Decimal(2))
    judged = replace(base, reviewed=True, value=Decimal(3))
    finer = replace(base, decimals=3, value=Decimal(4))
    surer = replace(base, confidence=base.confidence + 0.1, value=Decimal(5))
    ladder = [base, surer, finer, judged, later, final]
    for lower, higher in pairwise(ladder):
        assert chosen(lower, higher) == chosen(higher, lower) == higher


def test_one_report_in_two_files_counts_once() -> None:
    [one] = observe(report("1", "2023-03-30", spending("100", "2023-Q1")))
    scan = replace(one, source="x" * 8, file="scan.pdf", confidence=0.4)
    [point] = build_series([one, scan])[0].points
    assert point.vintages == (one,)


def test_implied_points_lie_beside_stated_ones() -> None:
    found = series_of(MARCH, JUNE)
    quarters = found[("Q", "VALUE")].points
    assert [p.period.label for p in quarters] == ["2022-Q1", "2023-Q1", "2023-Q2"]
    assert quarters[0].chosen is None
    hull = quarters[0].implied_range
    assert hull is not None
    assert hull.low < Decimal(128095000000) < hull.high
    [plan] = found[("A", "TARGET")].points
    assert len(plan.implied) == 2
    assert plan.implied_range is not None
    assert plan.implied_range.low > max(o.low for o in plan.implied) - 1
    assert Decimal(567500000000) < plan.implied_range.low < plan.implied_range.high < Decimal(568700000000)


def test_gaps_are_named_and_never_filled() -> None:
    far = report("3", "2024-03-30", spending("160.000", "2024-Q1"), spending("50.000", "2024-01"))
    quarters = series_of(MARCH, far)[("Q", "VALUE")]
    assert quarters.gaps == ("2023-Q2", "2023-Q3", "2023-Q4")
    assert series_of(MARCH, far)[("M", "VALUE")].gaps[0] == "2023-04"
    assert len(series_of(MARCH, far)[("M", "VALUE")].gaps) == 9


def test_a_new_poverty_line_breaks_a_series() -> None:
    one = report("1", "2021-12-30", ("Tỷ lệ hộ nghèo", "1,2", "%", "2021", {}))
    two = report("2", "2022-12-30", ("Tỷ lệ hộ nghèo", "2,3", "%", "2022", {}))
    [poverty] = build_series([*observe(one), *observe(two)])
    assert [b.on for b in poverty.breaks] == [date(2022, 1, 1), date(2025, 6, 30)]
    assert points_frame([poverty])["break_before"].tolist() == [False, True]


def test_a_unit_that_ended_ends_its_series() -> None:
    before = report("1", "2025-03-30", spending("100", "2025-Q1"), area="thành phố Hải Phòng")
    after = report("2", "2025-09-30", spending("300", "2025-Q3"), area="thành phố Hải Phòng")
    old, new = sorted(build_series([*observe(before), *observe(after)]), key=lambda s: s.key[1])
    assert (old.key[1], new.key[1]) == ("p31", "p31-2025")
    assert old.breaks[-1].on == date(2025, 6, 30)


def test_backward_periods_and_missing_values_make_no_observation() -> None:
    one = report("1", "2023-03-30", ("giấy phép", "78", "giấy phép", "2023-12-16/2023-03-15", {}))
    assert observe(one) == ()
    two = report("1", "2023-03-30", spending("1", "2023-Q1"))
    assert observe(replace(two, figures=(replace(two.figures[0], value=None),))) == ()


def test_selection_by_id_name_place_and_frequency() -> None:
    all_of_it = [*observe(MARCH), *observe(JUNE)]
    assert select_observations(all_of_it, indicator="exp_local") == tuple(all_of_it)
    assert select_observations(all_of_it, indicator="Tổng chi ngân sách", area="Kiến An") == tuple(all_of_it)
    assert select_observations(all_of_it, indicator="Tổng thu ngân sách") == ()
    assert select_observations(all_of_it, area="d307") == tuple(all_of_it)
    assert select_observations(all_of_it, area="quận Lê Chân") == ()
    assert {o.freq for o in select_observations(all_of_it, freq="Q")} == {"Q"}
    assert {o.measure for o in select_observations(all_of_it, measure="TARGET")} == {"TARGET"}


def test_the_frame_has_exact_values_and_sources() -> None:
    frame = points_frame(build_series(observe(MARCH)))
    assert list(frame.columns) == list(FRAME_COLUMNS)
    row = frame[frame["period"] == "2023-Q1"].iloc[0]
    assert row["value"] == Decimal(140905000000)
    assert (row["vintage"], row["report"], row["quote"]) == ("2023-03-30", "1/BC-UBND", "140.905 triệu đồng")
    every = points_frame(build_series([*observe(MARCH), *observe(JUNE)]), vintages="all")
    assert every[every["period"] == "2023-Q1"]["status"].tolist() == ["E", "A"]


def test_a_cross_section_holds_one_period_of_many_places() -> None:
    there = report("4", "2023-03-30", spending("99.000", "2023-Q1"), area="quận Lê Chân")
    series = build_series([*observe(MARCH), *observe(there)])
    assert sorted(s.area_name for s in cross_section(series, "2023-Q1")) == ["quận Kiến An", "quận Lê Chân"]


# --------------------------------------------------------------------------------------------------- across reports


def test_a_stable_plan_and_one_that_moved() -> None:
    assert findings_of(MARCH, JUNE)["PLAN_STABLE"].level is Level.PASS
    moved = report("2", "2023-06-28", spending("292.000", "2023-H1", plan="61,4"))
    assert findings_of(MARCH, moved)["PLAN_MOVED"].level is Level.WARN


@pytest.mark.parametrize(
    ("reported", "code", "level"),
    [
        ("128.095", "LAST_YEAR_MATCH", Level.PASS),
        ("129.000", "LAST_YEAR_REVISED", Level.WARN),
        ("182.095", "LAST_YEAR_CONFLICT", Level.FAIL),
    ],
)
def test_last_year_as_it_was_reported_then(reported: str, code: str, level: Level) -> None:
    before = report("0", "2022-03-30", spending(reported, "2022-Q1"))
    assert findings_of(before, MARCH)[code].level is level


def with_half(value: str) -> dict[str, Finding]:
    """What is said of the report of March and of one of June that gives the half year as ``value``."""
    june = report("2", "2023-06-28", spending("150.000", "2023-Q2"), spending(value, "2023-H1"))
    return findings_of(MARCH, june)


def test_the_chain_of_cumulative_values() -> None:
    assert with_half("290.905")["CHAIN_MATCH"].level is Level.PASS
    assert with_half("291.500")["CHAIN_REVISION"].level is Level.INFO
    assert with_half("310.905")["CHAIN_REVISION"].level is Level.WARN
    assert with_half("130.000")["CUMULATIVE_FALLS"].level is Level.WARN


def test_quarters_make_a_half_year() -> None:
    assert with_half("290.905")["PERIODS_ADD_UP"].level is Level.PASS
    assert with_half("320.905")["PERIODS_DIFFER"].level is Level.WARN


def test_two_reports_that_contradict_each_other() -> None:
    def said(value: str, status: Status) -> Level:
        one = report("1", "2023-03-30", spending("140.905", "2022", status))
        two = report("2", "2023-06-30", spending(value, "2022", status))
        return findings_of(one, two)["CONFLICT"].level

    assert said("141.500", Status.ESTIMATE) is Level.INFO
    assert said("104.905", Status.ESTIMATE) is Level.WARN
    assert said("141.500", Status.ACTUAL) is Level.WARN
    assert said("104.905", Status.ACTUAL) is Level.FAIL


def slipped(values: Iterable[str], unit: str) -> dict[str, Finding]:
    rows = [spending(v, f"2023-{i:02d}") for i, v in enumerate(values, start=1)]
    odd = (SPENDING, "48.100", unit, "2023-09", {})
    return findings_of(report("1", "2023-12-30", *rows, odd))


def test_a_report_with_two_values_disagrees_only_where_neither_is_met() -> None:
    jobs = ("Giải quyết việc làm", "105", "lao động", "2023-Q1", {"status": Status.ACTUAL})
    more = ("Giải quyết việc làm", "269", "lao động", "2023-Q1", {"status": Status.ACTUAL, "section": "II"})
    third = ("Giải quyết việc làm", "296", "lao động", "2023-Q1", {"status": Status.ACTUAL})
    one, two = report("1", "2023-03-30", jobs, more), report("2", "2023-06-28", jobs)
    assert "CONFLICT" not in findings_of(one, two)
    conflict = findings_of(one, report("2", "2023-06-28", third))["CONFLICT"]
    assert conflict.level is Level.FAIL


def test_a_bare_noun_is_held_against_nothing() -> None:
    homes = [report(n, day, ("hộ", value, "hộ", "2023-Q1", {})) for n, day, value in HOMES]
    [series] = build_series(o for r in homes for o in observe(r))
    assert len(series.points[0].vintages) == 2
    assert not check_series([series])


HOMES = (("1", "2023-03-30", "1.312"), ("2", "2023-06-28", "9.870"))


def test_an_estimate_and_its_final_value_are_a_revision() -> None:
    small = findings_of(MARCH, JUNE)["REVISED"]
    assert (small.level, small.gap) == (Level.INFO, Decimal(1094000000))
    assert "ước thực hiện 140.905 triệu đồng" in small.message
    large = findings_of(MARCH, report("2", "2023-06-28", spending("162.000", "2023-Q1", Status.ACTUAL)))
    assert large["REVISED"].level is Level.WARN
    forecast = report("1", "2023-03-30", spending("140.905", "2023-Q1", Status.PROJECTION))
    assert "REVISED" not in findings_of(forecast, JUNE)


def test_a_unit_that_slipped_by_a_thousand_is_found() -> None:
    months = ["41.106", "39.500", "44.870", "40.210"]
    slip = slipped(months, "tỷ đồng")["UNIT_SLIP"]
    assert slip.level is Level.WARN
    assert "nghìn, triệu, tỷ" in slip.message
    assert "UNIT_SLIP" not in slipped(months, MONEY)


@pytest.mark.parametrize(
    ("sentence", "status", "word", "code"),
    [
        ("9 tháng ước giải ngân 82.615 triệu đồng", Status.ESTIMATE, "ước", "E"),
        ("Giải ngân sơ bộ 82.615 triệu đồng", Status.ESTIMATE, "sơ bộ", "P"),
        ("Giải ngân 82.615 triệu đồng", Status.ACTUAL, "thực hiện", "A"),
        ("Dự kiến cả năm giải ngân 82.615 triệu đồng", Status.PROJECTION, "dự kiến", "F"),
    ],
)
def test_the_status_bears_the_office_s_word(sentence: str, status: Status, word: str, code: str) -> None:
    w = Writer(date="2023-10-02")
    w.add("Giải ngân", "82.615", MONEY, "2023-M01/M09", status=status, at=w.say(sentence))
    [seen] = observe(w.extraction())
    assert (seen.status_word, seen.status) == (word, code)


@pytest.mark.parametrize(("day", "status"), [("2023-09-20", "E"), ("2023-09", "A"), ("2023-10-02", "A"), (None, "A")])
def test_no_value_is_final_before_its_period_has_ended(day: str | None, status: str) -> None:
    w = Writer(date=day)
    w.add("Giải ngân", "82.615", MONEY, "2023-M01/M09", status=Status.ACTUAL, at=w.say("Giải ngân 82.615 triệu đồng"))
    [seen] = observe(w.extraction())
    assert (seen.status, seen.reported, seen.status_word) == (status, "A", "thực hiện")


def test_the_office_s_word_is_a_whole_word() -> None:
    w = Writer(date="2023-10-02")
    at = w.say("Tháng 9 tổng thu được 82.615 triệu đồng")
    w.add("Tổng thu", "82.615", MONEY, "2023-09", status=Status.ACTUAL, at=at)
    at = w.say("TH 9 tháng: 90.100 triệu đồng")
    w.add("Tổng thu", "90.100", MONEY, "2023-M01/M09", status=Status.ACTUAL, at=at)
    assert [o.status_word for o in observe(w.extraction())] == ["thực hiện", "th"]


def test_an_aim_is_a_target_that_no_percentage_is_held_against() -> None:
    def told(words: str) -> set[str]:
        plan = Writer(period="2022", date="2022-12-20")
        at = plan.say(f"{words} tổng chi ngân sách năm 2023 đạt 590.000 triệu đồng.")
        plan.add("Tổng chi ngân sách", "590.000", MONEY, "2023", status=Status.PLAN, at=at)
        done = Writer(period="2023-Q1", date="2023-03-30")
        done.report = replace(done.report, number="99/BC-UBND")
        spent = done.add("Tổng chi ngân sách", "140.905", MONEY, "2023-Q1", plan="24,8")
        done.figures = [spent.changed(id="other")]
        reports = plan.extraction(), done.extraction()
        later = replace(reports[1].document.source, sha256="cd" * 32)
        reports = reports[0], replace(reports[1], document=replace(reports[1].document, source=later))
        observed = [o for r in reports for o in observe(r)]
        assert {o.measure for o in observed} == {"TARGET", "VALUE"}
        return {f.code for f in check_series(build_series(observed))}

    assert "LAST_YEAR_CONFLICT" in told("Kế hoạch")
    assert "LAST_YEAR_CONFLICT" not in told("Phấn đấu")


def test_small_words_of_observations() -> None:
    assert scope_in("do quận quản lý") == "do quận quản lý"
    assert scope_in("giai đoạn 1") == ""
    assert price_basis_in("giá hiện hành") == "current"
    assert vintage_key("2023-03") == (date(2023, 3, 31), True)
    assert vintage_key("") < vintage_key("1990")
    assert read_period("2023-Q1") != read_period("2023-M01/M03")


def rates(text: str, *rows: tuple[str, str | None, str, dict[str, str]], date: str = "2023-10-05") -> list[Observation]:
    """The observations of figures without a value: (name, qualifier, period, comparisons)."""
    w = Writer(period="2023-09", date=date, area="tỉnh Bảo Hà")
    at = w.say(text)
    for name, qualifier, period, compared in rows:
        w.add(name, None, None, period, qualifier=qualifier, quote=text[-5:], at=at, **compared)
    return list(observe(w.extraction()))


def test_growth_without_a_value_is_a_point_of_its_own_measure() -> None:
    both = {"previous": "1,08", "growth": "3,66"}
    seen = rates("CPI tháng 9 tăng 1,08% so với tháng trước, tăng 3,66%.", ("CPI", None, "2023-09", both))
    assert [(o.indicator, o.measure, o.freq, str(o.value), o.unit) for o in seen] == [
        ("cpi", "MOM", "M", "1.08", "%"),
        ("cpi", "YOY", "M", "3.66", "%"),
    ]
    assert (seen[1].low, seen[1].high) == (Decimal("3.655"), Decimal("3.665"))
    assert len(build_series(seen)) == 2, "growth on the month and on the year never join"


def test_growth_of_an_average_is_not_growth_of_the_month() -> None:
    [average] = rates("CPI bình quân 9 tháng tăng 3,16%.", ("CPI bình quân", None, "2023-M01/M09", {"growth": "3,16"}))
    [total] = rates("Tính chung 9 tháng IIP tăng 4,2%.", ("IIP", None, "2023-M01/M09", {"growth": "4,2"}))
    assert [(o.indicator, o.measure, o.freq) for o in (average, total)] == [
        ("cpi", "YTD_AVG", "YTD"),
        ("iip", "YOY", "YTD"),
    ]


def test_ratios_shares_and_parts_of_a_plan_have_measures_too() -> None:
    rows = [("Thu nội địa", None, "2023-M01/M09", {name: "52,1"}) for name in ("ratio", "plan", "share")]
    seen = rates("Thu nội địa đạt 52,1%.", *rows)
    assert [(o.measure, str(o.value)) for o in seen] == [
        ("YOY", "-47.9"),
        ("PCT_OF_TARGET", "52.1"),
        ("SHARE", "52.1"),
    ]
    assert all(o.indicator == "rev_domestic" for o in seen)


def test_a_comparison_with_an_unknown_period_before_is_no_point() -> None:
    assert rates("9 tháng tăng 1,2%.", ("CPI", None, "2023-M01/M09", {"previous": "1,2"})) == []
