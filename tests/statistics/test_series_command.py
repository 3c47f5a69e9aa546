"""``solieu series`` on the sample reports: what it prints, writes, draws and refuses."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from extractor.__main__ import main

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
    assert openpyxl.load_workbook(book).sheetnames[0] == "Chuỗi"
    assert "quý III/2023" in picture.read_text("utf-8")
    assert str(book) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--indicator", "Sản lượng mặt trăng"], 1, "Không có chuỗi"),
        (["--indicator", RETAIL, "-o", "chuoi.odt"], 2, "--format"),
        (["--indicator", RETAIL, "--plot", "chuoi.pdf"], 2, ".svg"),
        (["--indicator", RETAIL, "--plot", "chuoi.png"], 2, "tần suất"),
        (["--freq", "X"], 2, "series"),
    ],
)
def test_what_it_refuses(
    reports: list[str], capsys: pytest.CaptureFixture[str], options: list[str], code: int, says: str
) -> None:
    assert main(["series", *reports, *options]) == code
    assert says in capsys.readouterr().err


def test_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", "không-có-ở-đây"]) == 3
    assert "không-có-ở-đây" in capsys.readouterr().err
