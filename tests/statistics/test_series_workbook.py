"""The workbook of series as an office opens it: what to look at first, a wide sheet a place, growth, colours, print."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extractor.domain.figure import Status
from extractor.statistics import Observation, build_series, check_series, observe, with_derived, write_series
from extractor.statistics.handout import place_sheet
from extractor.statistics.workbook import A4, SCALE
from tests.statistics.office import needs_libreoffice
from tests.statistics.reports import Writer
from tests.waiting import HANG, starts_processes

pytestmark = starts_processes

MONEY = "triệu đồng"
REVENUE, RETAIL = "Tổng thu ngân sách nhà nước trên địa bàn", "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ"
CUMULATIVE = (("-Q1", "03-25", "400.000"), ("-H1", "06-20", "810.000"), ("-M01/M09", "09-20", "1.230.000"))


def report(
    number: int, period: str, date: str, *values: tuple[str, str], area: str = "quận Minh Giang"
) -> list[Observation]:
    """The observations of one report, each figure under an id of its own."""
    w = Writer(period=period, area=area, date=date)
    w.report = replace(w.report, number=f"{number}/BC-UBND")
    for name, value in values:
        w.add(name, value, MONEY, period, status=Status.ACTUAL, growth="10" if period == "2022-Q1" else "8")
    return [replace(o, figure=f"{number}-{o.figure}", source=str(number)) for o in observe(w.extraction())]


@pytest.fixture(scope="module")
def book_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of one place: the nine months of 2023 were never reported, and two reports give 2022 differently."""
    observed: list[Observation] = []
    for year in (2022, 2023):
        for number, (period, date, value) in enumerate(CUMULATIVE, start=1):
            if (year, number) != (2023, 3):
                observed += report(10 * year + number, f"{year}{period}", f"{year}-{date}", (REVENUE, value))
        observed += report(10 * year + 4, f"{year}", f"{year + 1}-01-20", (REVENUE, "1.700.000"), (RETAIL, "5.000.000"))
    observed += report(2401, "2024-Q1", "2024-03-25", (REVENUE, "432.000"))
    observed += report(9, "2022", "2023-02-20", (REVENUE, "1.900.000"))
    observed += report(8, "2022", "2023-02-20", ("gian hàng =1+1", "12"), area="xã A[1]: B/C*'")
    printed = build_series(observed)
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    write_series(with_derived(printed), path, "xlsx", findings=check_series(printed))
    return path


def wide(path: Path, name: str = "quận Minh Giang") -> tuple[Any, dict[str, int], dict[str, int]]:
    """The sheet of a place, its columns by period and its rows by name."""
    sheet = openpyxl.load_workbook(path)[name]
    columns = {str(c.value): c.column for c in sheet[place_sheet.TOP] if c.value}
    return sheet, columns, {str(row[0].value): row[0].row for row in sheet.iter_rows() if row[0].value}


def test_the_wide_sheet_has_a_row_an_indicator_and_a_column_a_period(book_path: Path) -> None:
    sheet, columns, lines = wide(book_path)
    revenue = lines["Thu ngân sách nhà nước trên địa bàn"]
    assert sheet.cell(revenue, columns["quý I/2022"]).value == 400000
    assert sheet.cell(revenue, columns["quý II/2022"]).value == 410000, "the half-year less the first quarter"
    assert sheet.cell(revenue, columns["quý III/2023"]).value == "thiếu"
    assert sheet.cell(revenue, 2).value == MONEY
    assert sheet.freeze_panes == "C5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", A4)
    assert sheet.print_title_cols == "$A:$B"
    assert len(sheet._charts) == 1


def test_growth_stands_under_the_value(book_path: Path) -> None:
    sheet, columns, lines = wide(book_path)
    revenue = lines["Thu ngân sách nhà nước trên địa bàn"]
    assert sheet.cell(revenue + 1, 1).value == "± % so cùng kỳ năm trước"
    assert sheet.cell(revenue + 1, columns["quý I/2023"]).value == 0, "both years have a value: worked out"
    assert sheet.cell(revenue + 1, columns["quý I/2022"]).value == 10, "the report's own percentage"
    retail = lines["Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"]
    assert sheet.cell(retail, columns["năm 2021"]).number_format.startswith('"≈ "')
    assert sheet.cell(retail, columns["năm 2022"]).number_format == "#,##0"


def test_what_a_check_found_is_coloured_and_told_in_a_remark(book_path: Path) -> None:
    sheet, columns, lines = wide(book_path)
    cell = sheet.cell(lines["Thu ngân sách nhà nước trên địa bàn"], columns["năm 2022"])
    assert cell.fill.fgColor.rgb == "FFF6B8B1"
    assert "1.700.000" in cell.comment.text
    assert "1.900.000" in cell.comment.text
    assert sheet.cell(cell.row, columns["quý II/2022"]).comment is None


def test_the_first_sheet_says_what_to_look_at_and_leads_there(book_path: Path) -> None:
    first = openpyxl.load_workbook(book_path)["Đọc trước"]
    said = [" | ".join(str(c.value) for c in row if c.value) for row in first.iter_rows()]
    conflict = next(n for n, line in enumerate(said, start=1) if "hai báo cáo cùng trạng thái" in line)
    assert "20224/BC-UBND · 9/BC-UBND" in said[conflict - 1]
    target = first.cell(conflict, 1).hyperlink.location
    sheet, columns, lines = wide(book_path)
    place = sheet.cell(lines["Thu ngân sách nhà nước trên địa bàn"], columns["năm 2022"]).coordinate
    assert target == f"'quận Minh Giang'!{place}"
    assert any("quý III/2023" in line and "Thu ngân sách" in line for line in said), "what is missing is named"
    assert any(line.startswith("quận Minh Giang | năm 2021–2023 | 6 tháng 2021–2023 | quý 2021–2024") for line in said)
    assert sum("/BC-UBND | 20" in line for line in said) == 10, "each report once"


def test_a_place_of_any_name_gives_a_sheet(book_path: Path) -> None:
    names = openpyxl.load_workbook(book_path).sheetnames
    assert names[:3] == ["Đọc trước", "quận Minh Giang", "xã A 1 B C"]


def test_no_code_stands_where_a_reader_looks(book_path: Path) -> None:
    book = openpyxl.load_workbook(book_path)
    for name in ("Đọc trước", "quận Minh Giang", "Thiếu và đứt", "Kiểm tra"):
        words = " ".join(str(c.value) for row in book[name].iter_rows() for c in row if c.value)
        assert not {"2022-Q1", "2023-Q3", "VALUE", "CONFLICT", "YTD"} & set(words.split())
    assert "quý I/2022" in {c.value for c in book["Chuỗi"]["F"]} | {c.value for c in book["Chuỗi"]["E"]}


def test_own_names_of_one_value_leave_a_long_sheet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(place_sheet, "MOST_ROWS", 1)
    observed = report(1, "2022", "2023-01-20", (REVENUE, "1.700.000"), ("gian hàng", "12"))
    write_series(build_series(observed), tmp_path / "a.xlsx", "xlsx")
    _, _, lines = wide(tmp_path / "a.xlsx")
    assert "gian hàng" not in lines
    first = openpyxl.load_workbook(tmp_path / "a.xlsx")["Đọc trước"]
    assert any("1 tên riêng" in str(c.value) for row in first.iter_rows() for c in row)


@needs_libreoffice
def test_it_prints_on_a4_landscape(book_path: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(book_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=HANG)
    import pypdfium2

    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf} == {(297, 210)}
        page = pdf[0].get_textpage()
        assert "Chuỗi số liệu từ báo cáo hành chính" in page.get_text_range()


def test_a_frequency_that_fills_a_page_has_one_of_its_own(tmp_path: Path) -> None:
    """Eight quarters stand on one page: they begin one, and its print is as small as they need."""
    dates = {"Q1": "03-25", "Q2": "06-25", "Q3": "09-25", "Q4": "12-25"}
    observed: list[Observation] = []
    for year in (2022, 2023):
        for quarter, day in dates.items():
            number = 10 * year + int(quarter[1])
            observed += report(number, f"{year}-{quarter}", f"{year}-{day}", (REVENUE, "400.000"))
        observed += report(10 * year + 9, f"{year}", f"{year + 1}-01-20", (REVENUE, "1.600.000"))
    path = tmp_path / "a.xlsx"
    write_series(build_series(observed), path, "xlsx")
    sheet, columns, _ = wide(path)
    first = min(column for name, column in columns.items() if name.startswith("quý"))
    assert [b.id for b in sheet.col_breaks.brk] == [first - 1]
    assert int(sheet.page_setup.scale) < SCALE


def test_a_report_whose_number_was_left_blank_is_named_by_its_file_too(tmp_path: Path) -> None:
    first = [replace(o, report="/BC-UBND", file="a.docx") for o in report(1, "2022", "2023-01-20", (REVENUE, "1.700"))]
    second = report(2, "2022", "2023-02-20", (REVENUE, "1.900"))
    series, path = build_series([*first, *second]), tmp_path / "a.xlsx"
    write_series(series, path, "xlsx", findings=check_series(series))
    told = [str(c.value) for row in openpyxl.load_workbook(path)["Đọc trước"] for c in row if c.value]
    assert "…/BC-UBND (a.docx) · 2/BC-UBND" in told
