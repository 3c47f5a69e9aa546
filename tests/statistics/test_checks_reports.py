"""The checks on whole reports, read by the program itself: the real one where it is at hand, and the samples."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import extractor
from extractor.domain.extraction import Extraction
from extractor.domain.finding import Finding, Level
from extractor.statistics import build_series, check_series, observe

SLIPS_WITHIN = {  # report → quote of corpus/findings/samples.csv → codes of which one must speak
    "minh-giang-2023-q1": {"187.500.000 đồng": {"SUM_MISMATCH"}, "Từ ngày 16/12/2023": {"PERIOD_BACKWARDS"}},
    "minh-giang-2023-h1": {"giảm 11,1%": {"LAST_YEAR_DIFFERS"}},
    "minh-giang-2023-m09": {"77/92 đơn": {"PERCENT_MISMATCH"}, "318.460 tỷ đồng": {"PART_UNIT_SLIP"}},
    "dai-khe-2010": {"46.398,8 tấn": {"SUM_MISMATCH"}},
    "dai-khe-2011": {"Cơ cấu tương ứng": {"SHARES_MISMATCH"}},
    "dai-khe-2011-h1": {"tăng 114,3%": {"GROWTH_OUTLIER"}, "Từ ngày 20/6/2011": {"PERIOD_BACKWARDS"}},
    "krong-tia-2018": {"624.800 triệu đồng": {"PARTS_EXCEED"}, "58/64 đơn": {"PERCENT_MISMATCH"}},
    "tan-khe-2012": {"12/14 vụ": {"PERCENT_MISMATCH"}, "78.400.000 đồng": {"SUM_MISMATCH"}},
    "thanh-giang-2023-m09": {"26.480 tỷ đồng": {"SUM_MISMATCH"}, "93,4%": {"TWO_PLACES_DIFFER"}},
}


@pytest.fixture(scope="module")
def samples(root: Path) -> dict[str, Extraction]:
    paths = [p for p in sorted((root / "corpus").glob("*.md")) if p.stem != "README"]
    return {p.stem: extractor.extract(p) for p in paths}


def test_the_real_report_fails_in_two_places_and_no_other(shared: Path) -> None:
    findings = extractor.extract(shared / "reports" / "kien-an-2023-q1.md").findings
    told = Counter(f.code for f in findings if f.level is Level.FAIL)
    assert told == {"SUM_MISMATCH": 1, "PERIOD_BACKWARDS": 1}  # the range also starts after the report: one slip
    warned = Counter(f.code for f in findings if f.level is Level.WARN)
    assert warned == {"PLAN_PARTS_MISMATCH": 1, "NUMBER_WITHOUT_YEAR": 2, "NUMBER_YEAR_DIFFERS": 1}
    remarked = Counter(f.code for f in findings if f.level is Level.INFO)
    once = ("PROGRESS_SLOW", "PROGRESS_FAST", "UNIT_COST_UNUSUAL", "SCOPE_DIFFERS", "RATIO_NOT_GROWTH")
    once += ("DATES_OUT_OF_ORDER", "ISSUE_DATE_BOUND", "BRACKET_OPEN")
    assert remarked == Counter((*once, "ORDER_UNUSUAL", "NUMBER_CASE", "GROWTH_OUTLIER", "GROWTH_OUTLIER", "OVER_PLAN"))
    passed = Counter(f.code for f in findings if f.level is Level.PASS)
    assert passed["MONTH_INSIDE"] >= 14
    assert (passed["ANNIVERSARY_MATCH"], passed["LUNAR_MATCH"], passed["PERCENT_MATCH"]) == (5, 4, 2)


@pytest.mark.parametrize("name", SLIPS_WITHIN)
def test_planted_slips_are_found(samples: dict[str, Extraction], root: Path, name: str) -> None:
    with (root / "corpus" / "findings" / "samples.csv").open(encoding="utf-8", newline="") as rows:
        planted = {r["quote"] for r in csv.DictReader(rows) if r["report"] == name}
    codes = {f.code for f in samples[name].findings}
    for quote, wanted in SLIPS_WITHIN[name].items():
        assert any(q.startswith(quote) for q in planted), "the table of slips has changed"
        assert codes & wanted, quote


MAY_FAIL = {  # report → every fail that a planted slip explains; one slip may break two rules
    "minh-giang-2023-q1": {"SUM_MISMATCH", "PERIOD_BACKWARDS"},
    "minh-giang-2023-h1": {"LAST_YEAR_DIFFERS"},
    "minh-giang-2023-m09": {"PERCENT_MISMATCH", "PART_UNIT_SLIP"},
    "dai-khe-2010": {"SUM_MISMATCH"},
    "dai-khe-2011-h1": {"PERIOD_BACKWARDS"},
    "dai-khe-2011": {"SHARES_MISMATCH"},
    "krong-tia-2018": {"PARTS_EXCEED", "PERCENT_MISMATCH"},
    "lam-khe-2022-q1": set(),
    "lam-khe-2022-h1": set(),
    "lam-khe-2022-m09": {"UNIT_SLIP"},
    "lam-khe-2022": set(),
    "tan-khe-2012": {"PERCENT_MISMATCH", "SUM_MISMATCH"},
    "thanh-giang-2023-m09": {"PARTS_EXCEED", "SUM_MISMATCH", "TWO_PLACES_DIFFER"},
}


def test_no_sample_report_fails_where_nothing_was_planted(samples: dict[str, Extraction]) -> None:
    for name, extraction in samples.items():
        fails = Counter(f.code for f in extraction.findings if f.level is Level.FAIL)
        assert set(fails) <= MAY_FAIL[name], name
        assert max(fails.values(), default=0) <= 1, name


def test_most_figures_are_found_in_the_catalogue(
    samples: dict[str, Extraction], capsys: pytest.CaptureFixture[str]
) -> None:
    counted = {name: Counter(f.match for f in extraction.figures) for name, extraction in samples.items()}
    total = sum(counted.values(), Counter())
    with capsys.disabled():
        for name, found in (*counted.items(), ("all", total)):
            told = f"{found['alias']} decided, {found['proposed']} proposed, {found['none']} without an entry"
            print(f"\n  {name}: {found.total()} figures, {told}", end="")  # noqa: T201
    assert total["alias"] / total.total() >= 0.6


def test_slips_between_reports_are_found(samples: dict[str, Extraction]) -> None:
    series = build_series(o for e in samples.values() for o in observe(e))
    loud = [f for f in check_series(series) if f.level in {Level.WARN, Level.FAIL}]

    def told(code: str, *numbers: str) -> list[Finding]:
        return [f for f in loud if f.code == code and all(n in f.message for n in numbers)]

    assert told("UNIT_SLIP", "318.460 tỷ đồng")
    assert told("CONFLICT", "12.460 con", "12.640 con")
    assert told("CONFLICT", "96 giấy phép", "69 giấy phép")
    assert told("CONFLICT", "186 hộ", "168 hộ nghèo")
    assert told("UNIT_SLIP", "958.400 tỷ đồng")
    assert told("REVISED", "893.600 triệu đồng", "839.600 triệu đồng")
    assert told("REVISED", "93.180 triệu đồng", "98.130 triệu đồng")
    assert told("REVISED", "49.870 triệu đồng", "48.970 triệu đồng")
    wrong = {f.message.partition(" (")[0].partition(":")[0] for f in loud}
    assert wrong == {  # nothing is loud that was not planted
        "Số lượng trâu, huyện Đại Khê",
        "Số lượng gia cầm, huyện Đại Khê",
        "Số hộ nghèo, quận Minh Giang",
        "Số giấy phép xây dựng nhà ở riêng lẻ, quận Minh Giang",
        "Doanh thu dịch vụ lưu trú và ăn uống, quận Minh Giang",
        "Giải ngân vốn đầu tư công, quận Minh Giang",
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng, thị xã Lam Khê",
        "Thu ngân sách nhà nước trên địa bàn, thị xã Lam Khê",
    }


def test_slip_that_only_the_growth_of_a_later_report_tells(samples: dict[str, Extraction]) -> None:
    series = build_series(o for e in samples.values() for o in observe(e))
    assert [f for f in check_series(series) if f.code == "UNIT_SLIP" and "612 con" in f.message]


def test_three_indicators_over_eight_quarters_of_one_place(samples: dict[str, Extraction]) -> None:
    series = build_series(o for e in samples.values() for o in observe(e))
    for indicator in ("go_industry", "retail_services_total", "rev_state"):
        place = [s for s in series if s.indicator == indicator and s.area_name == "thị xã Lam Khê"]
        [quarters] = [s for s in place if (s.measure, s.freq) == ("VALUE", "Q")]
        assert [p.period.label for p in quarters.points] == [f"{y}-Q{q}" for y in (2021, 2022) for q in (1, 2, 3, 4)]
        assert not quarters.gaps
        for point in quarters.points:
            source = point.chosen or point.implied[0]
            assert source.vintage.startswith("2022-")
            assert source.quote in source.sentence
            assert (point.chosen is None) is (point.period.year == 2021)


def test_the_final_value_is_shown_with_its_estimate_beside_it(samples: dict[str, Extraction]) -> None:
    industry = [o for e in samples.values() for o in observe(e) if o.indicator == "go_industry" and o.freq == "Q"]
    [series] = build_series(o for o in industry if o.area_name == "thị xã Lam Khê")
    first = next(p for p in series.points if p.period.label == "2022-Q1")
    assert [(v.status, v.value, v.vintage) for v in first.vintages] == [
        ("E", 446_200_000_000, "2022-03-22"),
        ("A", 446_700_000_000, "2022-06-20"),
    ]
    assert first.chosen is first.vintages[1]
    assert first.revision == 500_000_000
