"""Workbooks: exact numbers, heads and units in their places, what stands around tables as text."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from lxml import etree

from extractor.domain.document import Document, Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.read import read_document
from extractor.paper.spreadsheet.reader import read_xlsx
from extractor.paper.spreadsheet.workbook import find_uncounted
from extractor.paper.structure.flow import GridCell
from extractor.pipeline import extract_document
from tests.waiting import HANG, starts_processes

pytestmark = starts_processes


def workbook(fill: Callable[[Any, Any], None]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book, book.add_worksheet("Biểu 1"))
    book.close()
    return out.getvalue()


def annex(book: Any, sheet: Any) -> None:
    grouped, percent = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.0%"})
    sheet.write(0, 0, "UBND HUYỆN TÂN KHÊ")
    sheet.write(0, 3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.write(1, 0, "Số: 12/BC-UBND")
    sheet.write(1, 3, "Tân Khê, ngày 5 tháng 4 năm 2023")
    sheet.merge_range(3, 0, 3, 4, "BIỂU THU NGÂN SÁCH QUÝ I NĂM 2023")
    sheet.write(4, 4, "Đơn vị tính: triệu đồng")
    sheet.write_row(5, 0, ["STT", "Chỉ tiêu", "Thực hiện", "Kế hoạch", "So với kế hoạch"])
    sheet.write_row(6, 0, [1, "Thu ngân sách trên địa bàn"])
    sheet.write(6, 2, 45210.125, grouped)
    sheet.write(6, 3, 41000, grouped)
    sheet.write(6, 4, 1.1026859756, percent)
    sheet.write_row(8, 0, [2, "Thu phí, lệ phí", 1310, 1200, ""])  # an empty row parts no table
    sheet.write(10, 0, "Ghi chú: số liệu đến ngày 31/3/2023.")


def cells(data: bytes) -> list[list[str]]:
    [piece] = [piece for piece in read_xlsx(data, "a.xlsx").pieces if piece.grid]
    return lines(piece.grid)


def lines(grid: tuple[GridCell, ...]) -> list[list[str]]:
    return [[cell.text for cell in grid if cell.row == row] for row in range(1 + max(cell.row for cell in grid))]


def test_cells_keep_every_digit_and_what_their_format_says() -> None:
    assert cells(workbook(annex)) == [
        ["STT", "Chỉ tiêu", "Thực hiện", "Kế hoạch", "So với kế hoạch"],
        ["1", "Thu ngân sách trên địa bàn", "45.210,125", "41.000", "110,26859756%"],
        ["2", "Thu phí, lệ phí", "1310", "1200"],
    ]


def test_titles_letterhead_and_notes_are_text(tmp_path: Path) -> None:
    path = tmp_path / "biểu.xlsx"
    path.write_bytes(workbook(annex))
    document = read_document(path)
    assert document.source is not None
    assert document.source.format == "xlsx"
    assert document.report.number == "12/BC-UBND"
    assert document.report.date == "2023-04-05"
    assert "Ghi chú: số liệu đến ngày 31/3/2023." in document.text
    figures = {figure.quote: figure for figure in extract_document(document).figures}
    revenue = figures["45.210,125"]
    assert (revenue.indicator, revenue.unit, revenue.period) == ("Thu ngân sách trên địa bàn", "triệu đồng", "2023-Q1")
    assert revenue.indicator_id == "rev_state"


def test_merged_heads_and_groups_keep_their_reach() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 1, 0, "Địa bàn")
        sheet.merge_range(0, 1, 0, 2, "Diện tích (ha)")
        sheet.write_row(1, 1, ["Lúa", "Ngô"])
        sheet.write_row(2, 0, ["Xã A", 12.5, 8])

    [piece] = read_xlsx(workbook(fill), "a.xlsx").pieces
    assert [(c.row, c.column, c.rows, c.columns, c.header) for c in piece.grid[:4]] == [
        (0, 0, 2, 1, True),
        (0, 1, 1, 2, True),
        (1, 1, 1, 1, True),
        (1, 2, 1, 1, True),
    ]
    assert not piece.grid[4].header


def test_tables_with_names_of_their_own_beside_each_other_are_read_apart() -> None:
    def beside(_: Any, sheet: Any) -> None:
        for row, line in enumerate([("Xã", "Rừng trồng (ha)"), ("Xã Pù Nhi", 96.5), ("Xã Tam Chung", 73.8)]):
            sheet.write_row(row, 0, line)
        for row, line in enumerate([("Lâm sản", "ĐVT", "Khai thác"), ("Gỗ", "m3", 2764), ("Củi", "ster", 15320)]):
            sheet.write_row(row, 3, line)

    tables = [lines(piece.grid) for piece in read_xlsx(workbook(beside), "a.xlsx").pieces if piece.grid]
    assert tables == [
        [["Xã", "Rừng trồng (ha)"], ["Xã Pù Nhi", "96,5"], ["Xã Tam Chung", "73,8"]],
        [["Lâm sản", "ĐVT", "Khai thác"], ["Gỗ", "m3", "2764"], ["Củi", "ster", "15320"]],
    ]


def test_an_empty_column_within_a_table_parts_nothing() -> None:
    def spaced(_: Any, sheet: Any) -> None:
        for row, line in enumerate([("Xã", "2022", "", "2023"), ("Xã Pù Nhi", 96.5, "", 99), ("Pa Ủ", 73.8, "", 75)]):
            sheet.write_row(row, 0, line)

    assert cells(workbook(spaced)) == [["Xã", "2022", "2023"], ["Xã Pù Nhi", "96,5", "99"], ["Pa Ủ", "73,8", "75"]]


def test_what_is_hidden_is_told() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Chỉ tiêu", "Lúa", "Ngô"])
        sheet.write_row(1, 0, ["Diện tích", 12, 8])
        sheet.set_column(2, 2, None, None, {"hidden": True})
        other = book.add_worksheet("Nháp")
        other.write_row(0, 0, ["Chỉ tiêu", "Sắn"])
        other.write_row(1, 0, ["Diện tích", 99])
        other.hide()

    pieces = read_xlsx(workbook(fill), "a.xlsx").pieces
    hidden = [cell.text for piece in pieces for cell in piece.grid if cell.remarks]
    assert hidden == ["Ngô", "8", "Chỉ tiêu", "Sắn", "Diện tích", "99"]


def test_what_no_width_height_or_format_shows_is_told() -> None:
    def fill(book: Any, sheet: Any) -> None:
        silent, positive = book.add_format({"num_format": ";;;"}), book.add_format({"num_format": "0;-0;;@"})
        sheet.write_row(0, 0, ["Chỉ tiêu", "Lúa", "Ngô", "Sắn", "Lạc"])
        sheet.write_row(1, 0, ["Diện tích", 12, 8])
        sheet.write(1, 3, 99, silent)
        sheet.write(1, 4, 0, positive)
        sheet.write_row(2, 0, ["Sản lượng", 40, 31, 5, 7])
        sheet.set_column(2, 2, 0)
        sheet.set_row(2, 0)

    [piece] = read_xlsx(workbook(fill), "a.xlsx").pieces
    assert [cell.text for cell in piece.grid if cell.remarks] == [
        "Ngô",
        "8",
        "99",
        "0",
        "Sản lượng",
        "40",
        "31",
        "5",
        "7",
    ]


def test_a_formula_that_nobody_counted_is_told(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Chỉ tiêu", "ĐVT", "Năm 2022", "Năm 2023"])
        sheet.write_row(1, 0, ["Diện tích lúa", "ha", 120, 131])
        sheet.write_row(2, 0, ["Diện tích ngô", "ha", 40])
        sheet.write_formula(2, 3, "=D2-89", None, 42)
        sheet.write_row(3, 0, ["Tổng diện tích", "ha"])
        sheet.write_formula(3, 2, "=C2+C3")  # kept as a nought, to be counted on opening
        sheet.write_formula(3, 3, "=D2+D3", None, "")  # kept without a value

    path = tmp_path / "so-lieu.xlsx"
    path.write_bytes(workbook(fill))
    extraction = extract_document(read_document(path))
    assert [figure.value for figure in extraction.figures if figure.indicator == "Tổng diện tích"] == []
    assert 42 in [figure.value for figure in extraction.figures]
    [told] = [one for one in extraction.findings if one.code == "FORMULA_UNCOUNTED"]
    assert "Biểu 1!C4" in told.message and "Biểu 1!D4" in told.message


def test_a_formula_that_shows_an_error_or_fills_a_sheet_alone_is_told(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        book.add_worksheet("Biểu 2").write_formula(1, 3, "='Biểu 1'!C2+1", None, "")
        sheet.write_row(0, 0, ["Chỉ tiêu", "ĐVT", "Năm 2022", "Năm 2023"])
        sheet.write_row(1, 0, ["Diện tích lúa", "ha", 120, 131])
        sheet.write_row(2, 0, ["Diện tích ngô", "ha", 40])
        sheet.write_formula(2, 3, "=TINH(D2)", None, "#NAME?")

    path = tmp_path / "so-lieu.xlsx"
    path.write_bytes(workbook(fill))
    document = read_document(path)
    assert "#NAME?" in document.text
    [told] = [one for one in extract_document(document).findings if one.code == "FORMULA_UNCOUNTED"]
    assert "Biểu 1!D3" in told.message and "Biểu 2!D2" in told.message


def test_a_formula_whose_result_is_no_words_was_counted() -> None:
    cell = '<c r="B2" t="{kind}"><f>IF(A1&gt;1,"","x")</f><v></v></c>'
    counted, uncounted = (etree.fromstring(f"<row>{cell.format(kind=kind)}</row>") for kind in ("str", "n"))
    assert [*find_uncounted(counted, counts_anew=False)] == []
    assert [*find_uncounted(uncounted, counts_anew=False)] == [(1, 1)]


def test_truth_values_and_errors_are_as_a_sheet_shows_them_and_no_numbers(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Chỉ tiêu", "Đạt chuẩn", "Tỷ lệ"])
        sheet.write_row(1, 0, ["Xã Bản Nguyên", True])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")

    data = workbook(fill)
    assert cells(data)[1] == ["Xã Bản Nguyên", "TRUE", "#DIV/0!"]
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert not extract_document(read_document(path)).figures


def test_old_letters_in_cells_are_decoded() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["ChØ tiªu", "Thùc hiÖn n¨m"])
        sheet.write_row(1, 0, ["S¶n xuÊt n«ng nghiÖp", 12])

    flow = read_xlsx(workbook(fill), "a.xlsx")
    assert flow.encoding == "tcvn3"
    assert lines(flow.pieces[0].grid)[1] == ["Sản xuất nông nghiệp", "12"]


def test_an_empty_workbook_says_so() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_xlsx(workbook(lambda *_: None), "a.xlsx")
    assert caught.value.result is Result.EMPTY


def office(source: Path, kind: str) -> Path:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    command = [program, f"-env:UserInstallation={(source.parent / 'p').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(source.parent), str(source)], check=True, capture_output=True, timeout=HANG
    )
    return source.with_suffix(f".{kind}")


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_workbooks_of_other_programs_give_the_same_cells(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "biểu.xlsx"
    path.write_bytes(workbook(annex))
    ours, theirs = read_document(path), read_document(office(path, kind))
    assert theirs.source is not None
    assert theirs.source.format == kind
    assert said(theirs) == said(ours)


def said(document: Document) -> list[str]:
    return [document.text[cell.start : cell.end] for table in document.tables for cell in table.cells]
