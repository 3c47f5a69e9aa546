"""Points that no report prints: what is derived from cumulative values, from which sources, and what never is."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest

from extractor.domain.extraction import Extraction
from extractor.domain.figure import Status
from extractor.statistics import build_series, check_series, observe, with_derived
from extractor.statistics.derived import ACROSS_REVISION
from extractor.statistics.series import Point, Series
from tests.statistics.reports import Writer

RETAIL = "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ"


def report(number: str, date: str, *rows: tuple[str, str], name: str = RETAIL, unit: str = "triệu đồng") -> Extraction:
    """A report that gives values of one indicator: (period, value)."""
    w = Writer(period=rows[0][0], date=date, area="quận Minh Giang")
    w.report = replace(w.report, number=number)
    for period, value in rows:
        w.add(name, value, unit, period, status=Status.ACTUAL)
    w.figures = [f.changed(id=f"{number}-{f.id}") for f in w.figures]
    read = w.extraction()
    source = replace(read.document.source, sha256=number.rjust(64, "0")) if read.document.source else None
    return replace(read, document=replace(read.document, source=source))


def derived(*reports: Extraction, language: str = "vi") -> dict[str, Series]:
    """The series by frequency, with what can be derived."""
    return {s.freq: s for s in with_derived(build_series(o for r in reports for o in observe(r)), language)}


def values(one: Series) -> dict[str, tuple[str, str]]:
    return {p.period.label: (str(p.chosen.value), p.chosen.origin) for p in one.points if p.chosen}


def test_four_years_of_cumulative_reports_give_sixteen_quarters_that_hold_the_truth() -> None:
    chance = random.Random(2019)
    truth = {(year, q): Decimal(chance.randrange(10**11, 10**12)) for year in range(2019, 2023) for q in range(1, 5)}
    reports, labels = [], {3: "{}-Q1", 6: "{}-H1", 9: "{}-M01/M09", 12: "{}"}
    for year in range(2019, 2023):
        for months, label in labels.items():
            total = sum(truth[year, q] for q in range(1, months // 3 + 1)) / 10**9
            printed = f"{total.quantize(Decimal('0.1'), ROUND_HALF_UP):f}".replace(".", ",")
            row = (label.format(year), printed)
            reports.append(report(f"{year}{months:02d}", f"{year + 1}-01-20", row, unit="tỷ đồng"))
    quarters = derived(*reports)["Q"]
    assert len(quarters.points) == 16
    assert quarters.gaps == ()
    for point in quarters.points:
        o, (_, last) = point.chosen, point.period.months or (0, 0)
        assert o is not None
        assert o.low <= truth[point.period.year, last // 3] <= o.high, point.period.label
        assert o.origin == ("stated" if last == 3 else "derived")
        assert o.high - o.low == (10**8 if last == 3 else 2 * 10**8), "two roundings of 0,05 tỷ each way"


def test_a_derived_point_names_both_its_sources() -> None:
    told = derived(
        report("1", "2023-07-05", ("2023-H1", "1.800")), report("2", "2023-10-05", ("2023-M01/M09", "2.700"))
    )
    [point] = [p for p in told["Q"].points if p.period.label == "2023-Q3"]
    assert (point.vintages, point.conflict) == ((), False)
    o = point.chosen
    assert o is not None
    assert (o.report, o.quote) == ("2 − 1", "2.700 triệu đồng − 1.800 triệu đồng")
    assert o.status_word == "suy ra: 9 tháng 2023 − 6 tháng đầu năm 2023"
    assert o.vintage == "2023-10-05"


def test_months_come_of_cumulative_months_and_the_first_quarter_of_three() -> None:
    rows = [(f"2023-M01/M{m:02d}", f"{m * 100 + m}") for m in (2, 3, 4)]
    told = derived(report("1", "2023-05-05", ("2023-01", "101"), *rows))
    assert values(told["M"]) == {
        "2023-01": ("101000000", "stated"),
        "2023-02": ("101000000", "derived"),
        "2023-03": ("101000000", "derived"),
        "2023-04": ("101000000", "derived"),
    }
    assert values(told["Q"]) == {"2023-Q1": ("303000000", "derived")}


def test_what_is_printed_stands_before_what_is_derived() -> None:
    first = report("1", "2023-07-05", ("2023-Q1", "850"), ("2023-H1", "1.800"), ("2023-Q2", "940"))
    assert values(derived(first)["Q"])["2023-Q2"] == ("940000000", "stated")


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Tỷ lệ hộ nghèo", "%"), ("Số hộ nghèo", "hộ"), ("Dư nợ cho vay", "triệu đồng"), ("Vòng xuyến", "cái")],
)
def test_rates_and_stocks_are_not_taken_apart(name: str, unit: str) -> None:
    told = derived(report("1", "2024-01-05", ("2023-H1", "3"), ("2023-M01/M09", "5"), name=name, unit=unit))
    assert {o.origin for s in told.values() for p in s.points if (o := p.chosen)} == {"stated"}


def test_a_derived_point_is_told_in_the_language_of_the_screen() -> None:
    reports = report("1", "2023-07-05", ("2023-H1", "1.800")), report("2", "2023-10-05", ("2023-M01/M09", "2.700"))
    [third] = [p for p in derived(*reports, language="en")["Q"].points if p.period.label == "2023-Q3"]
    assert third.chosen is not None
    assert third.chosen.status_word == "derived: 9 months 2023 − first half of 2023"


def test_a_difference_below_zero_is_no_value() -> None:
    told = derived(report("1", "2023-10-05", ("2023-H1", "1.800"), ("2023-M01/M09", "1.700")))
    assert "2023-Q3" not in {p.period.label for p in told.get("Q", Series(("",) * 7, "", "", ())).points}


def test_a_point_across_a_revision_says_so() -> None:
    def third(*before: str) -> Point:
        reports = [report(str(i), f"2023-0{7 + i}-05", ("2023-H1", value)) for i, value in enumerate(before)]
        told = derived(*reports, report("9", "2023-10-05", ("2023-M01/M09", "2.700")))
        return next(p for p in told["Q"].points if p.period.label == "2023-Q3")

    kept, revised = third("1.800").chosen, third("1.800", "1.750").chosen
    assert kept is not None
    assert revised is not None
    assert (kept.doubts, revised.doubts) == ((), (ACROSS_REVISION,))
    assert revised.status_word.endswith("có nguồn đã điều chỉnh")


def test_a_final_value_less_an_estimate_is_an_estimate() -> None:
    early = report("1", "2023-06-20", ("2023-H1", "1.800"))
    told = derived(early, report("2", "2023-10-05", ("2023-M01/M09", "2.700")))
    assert [p.chosen.status for p in told["Q"].points if p.chosen] == ["E"]


def test_checks_do_not_use_what_was_derived() -> None:
    reports = report("1", "2023-07-05", ("2023-Q1", "850")), report("2", "2023-10-05", ("2023-H1", "1.800"))
    series = build_series(o for r in reports for o in observe(r))
    assert check_series(series) == check_series(with_derived(series))
