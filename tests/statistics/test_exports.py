"""Exports: read back by other programs, with numbers as numbers, texts as texts and names of persons masked."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas
import pytest
from pyarrow import parquet

from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.domain.finding import Finding, Level
from extractor.statistics import FORMATS, Names, write
from extractor.statistics.flat_rows import COLUMNS
from extractor.statistics.workbook import Correction
from tests.statistics.office import LOCALES, needs_libreoffice, saved_again
from tests.statistics.reports import Writer
from tests.waiting import starts_processes

pytestmark = starts_processes

EVIL = ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", '=HYPERLINK("http://127.0.0.1/x")', "=cmd|' /C calc'!A0"]


@pytest.fixture
def extraction() -> Extraction:
    w = Writer()
    w.add(
        "Giá trị sản xuất công nghiệp", "162.409", "triệu đồng", qualifier="do quận quản lý", plan="21,53", growth="9,7"
    )
    w.add("Kế hoạch vốn", "20.961,454", "triệu đồng", "2023")
    w.add("chênh lệch", "-5,2", "tỷ đồng")
    w.add("Ông Trần Văn Mẫu", "17.500.000", "đồng", footnote="1", parent="tổng số tiền phạt")
    return w.extraction((Finding("SUM_MISMATCH", Level.FAIL, "Tổng không khớp.", ("f001",), gap=Decimal("34500000")),))


@pytest.fixture
def hostile() -> Extraction:
    w = Writer()
    for evil in EVIL:
        w.add(evil, "1", evil, parent=evil, quote="1")
    return w.extraction()


def sheet(path: Path, name: str) -> list[dict[str, object]]:
    book = openpyxl.load_workbook(path)
    rows = list(book[name].iter_rows(values_only=True))
    return [dict(zip((str(h) for h in rows[0]), row, strict=True)) for row in rows[1:]]


def test_lines_are_the_records_themselves(extraction: Extraction, tmp_path: Path) -> None:
    write([extraction], tmp_path / "a.jsonl", "jsonl")
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert [{k: v for k, v in line.items() if k != "file"} for line in lines] == [
        f.to_dict() for f in extraction.figures
    ]
    assert lines[1]["amount"] == "20961454000"
    assert lines[3]["indicator"] == "Ông Trần Văn Mẫu"


def test_json_is_one_object_a_file(extraction: Extraction, tmp_path: Path) -> None:
    write([extraction, extraction], tmp_path / "a.json", "json")
    objects = [json.loads(line) for line in (tmp_path / "a.json").read_text("utf-8").splitlines()]
    assert objects == [extraction.to_dict()] * 2


def test_csv_is_tidy(extraction: Extraction, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write([extraction], path, "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [r["value"] for r in rows] == ["162409", "20961.454", "-5.2", "17500000"]
    assert rows[0]["amount"] == "162409000000"
    assert rows[0]["amount_unit"] == "VND"
    assert rows[0]["indicator_id"] == "go_industry_managed"
    assert (rows[0]["plan_value"], rows[0]["same_period_kind"], rows[0]["same_period_value"]) == (
        "21.53",
        "change",
        "9.7",
    )
    frame = pandas.read_csv(path)
    assert frame["value"].tolist() == [162409, 20961.454, -5.2, 17500000]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_persons_are_masked_unless_asked_for(extraction: Extraction, tmp_path: Path, kind: str) -> None:
    def words(names: Names) -> str:
        path = tmp_path / f"{names}.{kind}"
        write([extraction], path, kind, names=names)
        if kind == "xlsx":
            book = openpyxl.load_workbook(path)
            return " ".join(str(c) for s in book for row in s.iter_rows(values_only=True) for c in row)
        return str(parquet.read_table(path).to_pylist()) if kind == "parquet" else path.read_text("utf-8-sig")

    assert "Trần Văn Mẫu" not in words(Names.MASKED)
    assert "Ông [tên]" in words(Names.MASKED)
    assert "Trần Văn Mẫu" in words(Names.KEPT)


def test_the_workbook_holds_true_numbers_and_its_sources(extraction: Extraction, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    fixed = Correction("f001", "value", "162409", "162490", "Lan", "2024-05-01T08:00:00Z", "gõ nhầm")
    write([extraction], path, "xlsx", corrections=[fixed])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Số liệu", "Nguồn", "Có và thiếu", "Kiểm tra", "Hiệu đính", "Mã"]
    for each in book:
        assert each.freeze_panes == ("D5" if each.title == "Có và thiếu" else "A2")
        assert each.auto_filter.ref
    data = sheet(path, "Số liệu")
    assert [r["Giá trị"] for r in data] == [162409, 20961.454, -5.2, 17500000]
    assert data[0]["Quy đổi"] == 162409000000
    assert data[0]["So kế hoạch"] == 21.53
    assert data[0]["Trạng thái"] == "ước thực hiện"
    cell = next(c for c in book["Số liệu"][3] if c.value == 20961.454)
    assert (cell.data_type, cell.number_format) == ("n", "#,##0.000")
    sources = sheet(path, "Nguồn")
    start, end = int(str(sources[0]["Vị trí đầu"])), int(str(sources[0]["Vị trí cuối"]))
    assert extraction.text[start:end] == sources[0]["Trích"] == "162.409 triệu đồng"
    assert sources[0]["Câu nguồn"] == "Giá trị sản xuất công nghiệp: 162.409 triệu đồng."
    assert sheet(path, "Hiệu đính")[0]["Sau"] == "162490"
    assert sheet(path, "Kiểm tra")[0]["Chênh lệch"] == 34500000
    assert any(r["Mã"] == "go_industry_managed" for r in sheet(path, "Mã"))


def test_the_workbook_speaks_english_on_request(extraction: Extraction, tmp_path: Path) -> None:
    write([extraction], tmp_path / "a.xlsx", "xlsx", language="en")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[0] == "Figures"


def test_no_text_becomes_a_formula(hostile: Extraction, tmp_path: Path) -> None:
    write([hostile], tmp_path / "a.xlsx", "xlsx")
    write([hostile], tmp_path / "a.csv", "csv")
    for each in openpyxl.load_workbook(tmp_path / "a.xlsx"):
        for row in each.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not str(cell.value).startswith(tuple("=+@\t"))
    for record in csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))):
        for field in record:
            assert not field.startswith(tuple("=+@\t\r"))


def test_a_number_too_long_for_a_spreadsheet_is_not_bent(tmp_path: Path) -> None:
    w = Writer()
    w.add("Tổng", "12.345.678.901.234.567,8", "đồng")
    write([w.extraction()], tmp_path / "a.xlsx", "xlsx")
    assert sheet(tmp_path / "a.xlsx", "Số liệu")[0]["Giá trị"] == "12345678901234567.8"


def test_parquet_keeps_decimals(extraction: Extraction, tmp_path: Path) -> None:
    write([extraction], tmp_path / "a.parquet", "parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table.column_names == [c.name for c in COLUMNS]
    assert table["value"].to_pylist() == [Decimal("162409"), Decimal("20961.454"), Decimal("-5.2"), Decimal("17500000")]
    assert table["decimals"].to_pylist() == [0, 3, 1, 0]


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_read_still_gives_a_file_that_opens(tmp_path: Path, kind: str) -> None:
    write([], tmp_path / f"a.{kind}", kind)
    assert (tmp_path / f"a.{kind}").is_file()


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="docx"):
        write([], tmp_path / "a.docx", "docx")


@needs_libreoffice
@pytest.mark.parametrize("locale", LOCALES)
def test_numbers_survive_libreoffice(extraction: Extraction, hostile: Extraction, tmp_path: Path, locale: str) -> None:
    write([extraction, hostile], tmp_path / "a.xlsx", "xlsx")
    data = sheet(saved_again(tmp_path / "a.xlsx", locale), "Số liệu")
    assert [r["Giá trị"] for r in data][:4] == [162409, 20961.454, -5.2, 17500000]
    assert [str(r["Chỉ tiêu"]).lstrip("'") for r in data][4:] == [e.strip() if e != "\t=1" else e for e in EVIL]
