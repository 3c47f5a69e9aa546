"""``solieu series`` on the sample reports: what it prints, writes, draws and refuses."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from extractor.__main__ import main
from extractor.archive import Store

RETAIL = "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ"


@pytest.fixture(scope="module")
def reports() -> list[str]:
    folder = Path(__file__).parents[2] / "corpus"
    return [str(path) for path in sorted(folder.glob("minh-giang-2023-*.md"))]


def test_one_indicator_as_a_table(reports: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", *reports, "--indicator", RETAIL, "--area", "quận Minh Giang"]) == 0
    said = capsys.readouterr().out
    assert "1.338.640 triệu đồng" in said
    assert "quý I/2022" in said
    assert "1.148.553,8" in said
    assert "thiếu: tháng 4/2023" in said


def test_names_typed_without_accents(reports: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    name = "tong muc ban le hang hoa va doanh thu dich vu"
    assert main(["series", *reports, "--indicator", name, "--area", "minh giang"]) == 0
    assert "1.338.640 triệu đồng" in capsys.readouterr().out
    assert main(["series", *reports, "--indicator", "thu ngan sahc nha nuoc tren dia bna"]) == 1
    assert "Có phải bạn tìm: Thu ngân sách nhà nước trên địa bàn" in capsys.readouterr().err


def test_everyday_words_lead_to_what_the_reports_hold(reports: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", *reports, "--indicator", "bán lẻ"]) == 1
    named = capsys.readouterr().err.split("Có phải bạn tìm: ")[1].split("; ")
    assert named[0] == "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"
    assert len(named) == 5
    assert not any("văn hóa" in name for name in named)


def test_reports_without_a_place_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for year, place in ((2018, ""), (2019, ""), (2020, " tỉnh Đông Hà"), (2021, " tỉnh Đông Hà")):
        (tmp_path / f"{year}.md").write_text(
            f"Kinh tế{place} năm {year}\n\nThu ngân sách nhà nước đạt {year} tỷ đồng.\n", encoding="utf-8"
        )
    asked = ["--indicator", "rev_state"]
    assert main(["series", str(tmp_path), *asked]) == 0
    assert "2 báo cáo trong một chuỗi không cho biết là của nơi nào" in capsys.readouterr().err
    assert main(["series", str(tmp_path / "2018.md"), str(tmp_path / "2020.md"), *asked]) == 0
    assert "không cho biết" not in capsys.readouterr().err


def test_in_english(reports: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", *reports, "--indicator", "retail_services_total", "--freq", "Q", "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "Retail sales of goods and consumer services" in said
    assert "1,338,640" in said
    assert "estimate" in said


def test_without_an_indicator_it_lists_what_there_is(reports: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", *reports]) == 0
    said = capsys.readouterr()
    assert "quận Minh Giang" in said.out
    assert "chuỗi nữa" in said.err


def test_a_workbook_and_a_picture(reports: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("vl_convert")
    book, picture = tmp_path / "chuoi.xlsx", tmp_path / "chuoi.svg"
    options = ["--indicator", RETAIL, "--freq", "Q", "-o", str(book), "--plot", str(picture)]
    assert main(["series", *reports, *options]) == 0
    assert openpyxl.load_workbook(book).sheetnames[:3] == ["Đọc trước", "quận Minh Giang", "Có và thiếu"]
    assert "quý III/2023" in picture.read_text("utf-8")
    assert str(book) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--indicator", "Sản lượng mặt trăng"], 1, "Không có chuỗi"),
        (["--indicator", RETAIL, "-o", "chuoi.odt"], 2, "--format"),
        (["--indicator", RETAIL, "--plot", "chuoi.pdf"], 2, ".svg"),
        (["--plot", "chuoi.png"], 2, "tối đa 8"),
        (["--freq", "X"], 2, "series"),
        (["--period", "quý ba"], 2, "2023-Q1"),
        (["--all"], 2, "--store"),
    ],
)
def test_what_it_refuses(
    reports: list[str], capsys: pytest.CaptureFixture[str], options: list[str], code: int, says: str
) -> None:
    assert main(["series", *reports, *options]) == code
    assert says in capsys.readouterr().err


def test_one_period_of_many_places(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = [str(path) for path in sorted((root / "corpus").glob("*-m09.md"))]
    options = ["--indicator", "jobs_created", "--period", "2023-M01/M09"]
    assert main(["series", *reports, *options]) == 0
    said = capsys.readouterr().out
    assert [said.count(place) for place in ("quận Minh Giang", "tỉnh Thanh Giang")] == [1, 1]
    assert "9 tháng 2023" in said
    assert main(["series", *reports, *options, "-o", str(tmp_path / "a.csv")]) == 0
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert {row["period"] for row in rows} == {"2023-M01/M09"}
    assert sorted(row["area_level"] for row in rows) == ["district", "province"]


def test_from_a_store(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(tmp_path / "kho.sqlite")]
    asked = ["series", *store, "--indicator", "exp_local"]
    assert main(asked) == 2
    assert main(["ingest", str(root / "corpus" / "minh-giang-2023-q1.md"), *store]) == 0
    capsys.readouterr()
    assert main(asked) == 1
    assert "--all" in capsys.readouterr().err
    assert main([*asked, "--all"]) == 0
    assert "quý I/2023" in capsys.readouterr().out
    book = tmp_path / "a.xlsx"
    opened, actor = Store.open_local(store[1])
    record = next(r for r in opened.queue(limit=1000) if r.indicator_id == "exp_local" and r.period == "2023-Q1")
    opened.correct(record.id, record.version, {"value": Decimal(1)}, actor=actor, reason="đọc nhầm")
    opened.close()
    assert main([*asked, "-o", str(book)]) == 0
    log = list(openpyxl.load_workbook(book)["Hiệu đính"].iter_rows(values_only=True))
    assert ("value", "1", "đọc nhầm") in [(row[1], row[3], row[6]) for row in log]


def test_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", "không-có-ở-đây"]) == 3
    assert "không-có-ở-đây" in capsys.readouterr().err


def test_a_series_is_shown_in_one_unit(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = [str(path) for path in sorted((root / "corpus").glob("lam-khe-2022*.md"))]
    assert main(["series", *reports, "--indicator", RETAIL, "--freq", "Q"]) == 0
    table = capsys.readouterr().out.partition("•")[0]
    assert "931.200 triệu đồng" in table
    assert "958.400.000 triệu đồng" in table, "the slip stands out where all stand in one unit"
    assert "tỷ đồng" not in table
