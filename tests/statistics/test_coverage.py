"""The matrix of what is there: printed, derived, implied, left out by reports that are here, or without a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import extractor
from extractor.__main__ import main
from extractor.statistics import build_series, cover, observe, with_derived
from extractor.statistics.handout.coverage import Row, Table
from extractor.statistics.handout.matrix_sheet import TOP, _page_breaks
from extractor.statistics.workbook import A4

LAM_KHE = ("lam-khe-2022-q1", "lam-khe-2022-h1", "lam-khe-2022-m09", "lam-khe-2022")


def tables(root: Path, *names: str) -> dict[str, Table]:
    reports = [extractor.extract(root / "corpus" / f"{name}.md") for name in names]
    series = with_derived(build_series(o for report in reports for o in observe(report)))
    return {table.freq: table for table in cover(series)}


def row(table: Table, indicator: str) -> Row:
    [found] = [row for row in table.rows if row.indicator.startswith(indicator)]
    return found


def marks(table: Table, indicator: str) -> dict[str, str]:
    return {p.label: str(m) for p, m in zip(table.periods, row(table, indicator).marks, strict=True)}


def test_quarters_are_printed_and_those_of_last_year_implied(root: Path) -> None:
    told = marks(tables(root, *LAM_KHE)["Q"], "Thu ngân sách")
    assert [told[f"2022-Q{n}"] for n in (1, 2, 3, 4)] == ["●"] * 4
    assert [told[f"2021-Q{n}"] for n in (1, 2, 3, 4)] == ["~"] * 4


def test_derived_quarter_is_no_printed_one(root: Path) -> None:
    told = marks(tables(root, "minh-giang-2023-q1", "minh-giang-2023-h1")["Q"], "Giá trị sản xuất trồng trọt")
    assert (told["2023-Q1"], told["2023-Q2"]) == ("●", "○")


def test_what_a_report_on_the_period_leaves_out_is_missing_and_last_years_brackets_are_no_report(root: Path) -> None:
    table = tables(root, "dai-khe-2010", "dai-khe-2011")["A"]
    told = marks(table, "Diện tích trồng sắn")
    assert (told["2010"], told["2011"], told["2009"]) == ("●", "–", "")
    assert row(table, "Diện tích trồng sắn").missing == 1


def test_command_shows_it_and_the_workbook_lists_what_is_left_out(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = [str(root / "corpus" / f"{name}.md") for name in LAM_KHE]
    assert main(["series", *reports, "--coverage", "--freq", "Q"]) == 0
    said = capsys.readouterr().out
    assert "thị xã Lam Khê" in said
    assert "● có trong báo cáo" in said
    book = tmp_path / "chuoi.xlsx"
    assert (
        main(["series", *(str(root / "corpus" / f"dai-khe-{year}.md") for year in (2010, 2011)), "-o", str(book)]) == 0
    )
    sheet = openpyxl.load_workbook(book)["Thiếu và đứt"]
    lines = [[cell.value for cell in line][:4] for line in sheet.iter_rows()]
    assert ["Diện tích trồng sắn", "huyện Đại Khê", "năm", "năm 2011"] in lines


def matrix(book: Path) -> tuple[list[list[object]], Any]:
    """The rows of the matrix from its heads on, and the sheet."""
    sheet = openpyxl.load_workbook(book)["Có và thiếu"]
    return [[cell.value for cell in line] for line in sheet.iter_rows(min_row=TOP)], sheet


def test_workbook_of_series_has_the_matrix_and_prints_it_on_a4(root: Path, tmp_path: Path) -> None:
    reports = [str(root / "corpus" / f"dai-khe-{year}.md") for year in (2010, 2011)]
    assert main(["series", *reports, "-o", str(tmp_path / "chuoi.xlsx")]) == 0
    (heads, *rows), sheet = matrix(tmp_path / "chuoi.xlsx")
    cassava = next(row for row in rows if row[1] == "Diện tích trồng sắn")
    marks = dict(zip(heads, cassava, strict=True))
    assert (marks["Địa bàn"], marks["Kỳ thiếu"]) == ("huyện Đại Khê", 1)
    assert [marks[f"năm {year}"] for year in (2009, 2010, 2011)] == [None, "●", "–"]
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", A4)
    assert sheet.print_title_rows == f"${TOP - 1}:${TOP}"
    assert sheet.freeze_panes == f"D{TOP + 1}"


def test_workbook_of_figures_has_the_same_matrix(root: Path, tmp_path: Path) -> None:
    reports = [str(root / "corpus" / f"{name}.md") for name in LAM_KHE]
    assert main(["extract", *reports, "-o", str(tmp_path / "so-lieu.xlsx")]) == 0
    (heads, *rows), _ = matrix(tmp_path / "so-lieu.xlsx")
    revenue = next(row for row in rows if str(row[1]).startswith("Thu ngân sách"))
    assert dict(zip(heads, revenue, strict=True))["quý II/2022"] == "●"
    assert "quý II/2021" in heads


def test_a_frequency_is_not_cut_by_a_page_that_can_hold_it() -> None:
    assert list(_page_breaks([9, 36])) == [12, 32]
    assert list(_page_breaks([4, 8, 8])) == []
    assert list(_page_breaks([20, 1])) == [23]
