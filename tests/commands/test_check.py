"""``solieu check``: what it prints, writes and refuses, and the exit codes that a script relies on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from extractor.__main__ import main
from extractor.commands.terminal import exit_codes

SLIPPED, CLEAN = "minh-giang-2023-m09.md", "lam-khe-2022-q1.md"


@pytest.fixture(scope="module")
def corpus() -> Path:
    return Path(__file__).parents[2] / "corpus"


def test_one_line_each_the_worst_first(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(corpus / "tan-khe-2012.pdf")]) == exit_codes.SLIPS_FOUND
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert [line.partition("]")[0] for line in lines] == ["[không khớp", "[cảnh báo"]
    assert "trang 3: 12/14 = 85,714 %, nhưng in là 92,3 %. → Tính lại tỷ lệ" in lines[0]
    assert "1 chỗ không khớp, 1 cảnh báo trong 1 báo cáo" in said.err


def test_reports_are_held_against_each_other(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(corpus / name) for name in ("minh-giang-2023-q1.md", "minh-giang-2023-h1.md")]
    assert main(["check", *files]) == exit_codes.SLIPS_FOUND
    assert "96 giấy phép và 69 giấy phép" in capsys.readouterr().out
    main(["check", files[1]])
    assert "96 giấy phép" not in capsys.readouterr().out


def test_exit_codes_for_scripts(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = str(corpus / CLEAN)
    assert main(["check", clean]) == exit_codes.DONE
    assert main(["check", str(tmp_path / "none.pdf")]) == exit_codes.NOTHING_READ
    assert main(["check", clean, str(tmp_path / "none.pdf")]) == exit_codes.SOME_FAILED
    warned = str(corpus / "lam-khe-2022-h1.md")
    assert main(["check", warned]) == exit_codes.DONE
    assert main(["check", warned, "--strict"]) == exit_codes.SLIPS_FOUND
    assert capsys.readouterr().out.count("[cảnh báo]") == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["-o", "danh-sach.odt"], "--format"),
        (["--format", "json"], "-o"),
        (["--store", "kho.sqlite"], "--store"),
    ],
)
def test_what_it_refuses(corpus: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str) -> None:
    assert main(["check", str(corpus / CLEAN), *options]) == exit_codes.USAGE
    assert says in capsys.readouterr().err


def test_a_store_is_checked_as_people_left_it(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from extractor.archive import Store

    store, out = f"sqlite:///{tmp_path / 'kho.sqlite'}", tmp_path / "x.json"
    monkeypatch.setenv("SOLIEU_DATABASE", store)
    folder = tmp_path / "vao"
    folder.mkdir()
    shutil.copy(corpus / SLIPPED, folder)
    assert main(["ingest", str(folder), "--store", store, "--workers", "1"]) == 0
    assert main(["check", "-o", str(out)]) == exit_codes.SLIPS_FOUND
    assert "PART_UNIT_SLIP" in {line["code"] for line in json.loads(out.read_text("utf-8"))}
    opened = Store.open(store)
    record = next(r for r in opened.queue() if r.quote == "318.460 tỷ đồng")
    actor = next(iter(opened.people()))
    opened.correct(record.id, record.version, {"unit": "triệu đồng"}, actor=actor)
    opened.close()
    main(["check", "-o", str(out)])
    assert "PART_UNIT_SLIP" not in {line["code"] for line in json.loads(out.read_text("utf-8"))}
