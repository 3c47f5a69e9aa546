"""Whose value a figure is, at which prices and as of when: what keeps two values out of one series."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.domain.document import Section
from extractor.domain.figure import Status
from extractor.statistics import build_series, observe
from extractor.statistics.scopes import price_basis_in, scope_of
from tests.statistics.reports import Writer


def test_projects_are_series_of_their_own() -> None:
    report = Writer(period="2023-H1")
    total = report.add("Giải ngân vốn đầu tư công", "49.870", "triệu đồng", "2023-H1")
    note = report.say(
        "Dự án đường vành đai 2: kế hoạch 62.300 triệu đồng, giải ngân 21.180 triệu đồng; "
        "các dự án còn lại: giải ngân 28.690 triệu đồng."
    )
    first = report.add("giải ngân", "21.180", "triệu đồng", "2023-H1", at=note)
    rest = report.add("giải ngân", "28.690", "triệu đồng", "2023-H1", at=note)
    scopes = {o.figure: o.scope for o in observe(report.extraction())}
    assert scopes == {total.id: "", first.id: "dự án đường vành đai 2", rest.id: "các dự án còn lại"}
    assert len(build_series(observe(report.extraction()))) == 3


def test_the_heading_of_a_project_is_the_scope_of_its_figures() -> None:
    report = Writer()
    spent = report.add("Giải ngân", "705", "triệu đồng", "../2023-03-08", status=Status.ACTUAL, section="II.5.1.a")
    read = report.extraction()
    title = "Dự án phòng, chống sạt lở núi Thiên Văn"
    sections = (Section("II.5.1.a", "a.", title, 4, "II.5.1", 0, len(report.text)),)
    read = replace(read, document=replace(read.document, sections=sections))
    [seen] = observe(read)
    assert (seen.figure, seen.scope) == (spent.id, "dự án phòng chống sạt lở núi thiên văn")


@pytest.mark.parametrize(
    ("name", "parent", "qualifier", "scope"),
    [
        ("giải Nhất", "giải học sinh giỏi cấp tỉnh", None, "cấp tỉnh"),
        ("giải Nhất", "giải học sinh giỏi", None, ""),
        ("giấy phép cấp mới", None, None, ""),
        ("Hộ nghèo", None, "theo chuẩn nghèo mới giai đoạn 2011-2015", "theo chuẩn nghèo mới giai đoạn 2011 2015"),
    ],
)
def test_levels_and_poverty_lines_are_scopes(name: str, parent: str | None, qualifier: str | None, scope: str) -> None:
    figure = Writer().add(name, "12", "giải", parent=parent, qualifier=qualifier)
    assert scope_of(figure) == scope


def test_a_part_stands_in_the_prices_of_its_whole() -> None:
    report = Writer(period="2010")
    at = report.say("Tổng GTSX (giá CĐ 1994) đạt 486.300 trđ, tăng 9,2%; trong đó nông, lâm nghiệp 268.450 trđ.")
    report.add("Tổng GTSX", "486.300", "trđ", "2010", qualifier="giá CĐ 1994", at=at)
    report.add("nông, lâm nghiệp", "268.450", "trđ", "2010", parent="Tổng GTSX", at=at)
    alone = report.add("Giá trị sản xuất công nghiệp", "91.200", "trđ", "2010")
    bases = {o.figure: o.price_basis for o in observe(report.extraction())}
    assert bases == {"f001": "constant 1994", "f002": "constant 1994", alone.id: ""}
    assert price_basis_in("giá hiện hành (giá so sánh 2010)") == "constant 2010"


def test_the_level_before_is_not_the_level_now() -> None:
    report = Writer(period="2023-H1")
    at = report.say("Số hộ nghèo giảm từ 186 hộ xuống còn 171 hộ.")
    before = report.add("Số hộ nghèo", "186", "hộ", "2023-H1", status=Status.ACTUAL, at=at)
    now = report.add("Số hộ nghèo", "171", "hộ", "2023-H1", status=Status.ACTUAL, at=at)
    assert [(o.figure, o.period.label) for o in observe(report.extraction())] == [
        (before.id, "../2023-01-01"),
        (now.id, "2023-H1"),
    ]


def test_the_beginning_of_the_year_is_its_first_day() -> None:
    report = Writer(period="2023-M01/M09")
    at = report.say("Đầu năm toàn quận có 168 hộ nghèo, đến nay còn 159 hộ.")
    before = report.add("hộ nghèo", "168", "hộ nghèo", "2023-M01/M09", status=Status.ACTUAL, at=at)
    since = report.say("Từ đầu năm đến nay toàn quận có 12 hộ nghèo mới.")
    new = report.add("hộ nghèo", "12", "hộ nghèo", "2023-M01/M09", status=Status.ACTUAL, at=since)
    days = {o.figure: o.period.label for o in observe(report.extraction())}
    assert days == {before.id: "../2023-01-01", new.id: "2023-M01/M09"}


def test_of_a_flow_nobody_knows_when_the_level_before_was() -> None:
    report = Writer(period="2023-H1")
    at = report.say("Số công trình vi phạm giảm từ 24 công trình xuống 17 công trình.")
    report.add("Số công trình vi phạm", "24", "công trình", "2023-H1", status=Status.ACTUAL, at=at)
    now = report.add("Số công trình vi phạm", "17", "công trình", "2023-H1", status=Status.ACTUAL, at=at)
    assert [o.figure for o in observe(report.extraction())] == [now.id]


def test_a_plan_by_its_nature_is_a_target_whatever_the_verb() -> None:
    report = Writer(period="2023")
    report.add("Tổng kế hoạch vốn", "118.000", "triệu đồng", "2023", status=Status.ACTUAL)
    assert [o.measure for o in observe(report.extraction())] == ["TARGET"]
