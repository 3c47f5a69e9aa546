"""The command as a person or a script meets it: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from extractor.__main__ import main
from extractor.commands.command_line import build_parser
from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console, clip, visible, width
from extractor.commands.terminal.output_file import fresh_file
from extractor.commands.terminal.parser import wanted_language
from extractor.domain.document import Result
from extractor.domain.errors import InvalidInput, InvalidModels, UnreadableFile
from extractor.domain.messages import say, sentences
from tests.waiting import HANG, starts_processes

pytestmark = starts_processes

COMMANDS = (
    "extract",
    "structure",
    "explain",
    "inspect",
    "searchable",
    "check",
    "series",
    "ingest",
    "app",
    "learn",
    "verify",
    "backup",
    "restore",
    "roles",
    "evaluate",
    "check-models",
    "train",
    "doctor",
)


@pytest.fixture(autouse=True)
def _vietnamese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SOLIEU_LANGUAGE", raising=False)
    monkeypatch.delenv("SOLIEU_TRACEBACK", raising=False)
    monkeypatch.setenv("SOLIEU_DATABASE", f"sqlite:///{tmp_path / 'store.sqlite'}")


@pytest.fixture(scope="session")
def report(root: Path) -> Path:
    return root / "corpus" / "minh-giang-2023-q1.md"


def command(*typed: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """A process of its own, as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-m", "extractor", *map(str, typed)], capture_output=True, text=True, check=False, **options
    )


# ---------------------------------------------------------------------------------------------- language and help


@pytest.mark.parametrize(
    ("typed", "environment", "language"),
    [
        ([], {}, "vi"),
        ([], {"SOLIEU_LANGUAGE": "en"}, "en"),
        (["--language", "en"], {}, "en"),
        (["extract", "--language=vi"], {"SOLIEU_LANGUAGE": "en"}, "vi"),
        (["--language"], {}, "vi"),
        (["--language", "fr"], {"SOLIEU_LANGUAGE": "en"}, "vi"),
        ([], {"SOLIEU_LANGUAGE": "fr"}, "vi"),
    ],
)
def test_the_language_is_known_before_the_options_are(
    typed: list[str], environment: dict[str, str], language: str
) -> None:
    assert wanted_language(typed, environment) == language


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("language", "word", "foreign"), [("vi", "Ví dụ:", "usage:"), ("en", "Example", "Ví dụ")])
def test_every_help_teaches_with_an_example(
    name: str, language: str, word: str, foreign: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help", "--language", language]) == exit_codes.DONE
    told = capsys.readouterr().out
    assert word in told
    assert f"solieu {name}" in told
    assert foreign not in told


def test_help_lists_every_command_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == exit_codes.DONE
    told = capsys.readouterr().out
    assert all(f"\n    {name} " in told for name in COMMANDS)
    codes = [value for name, value in vars(exit_codes).items() if name.isupper()]
    assert len(codes) >= 6
    assert all(f"  {code} " in told for code in codes)


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == exit_codes.USAGE
    assert "solieu LỆNH --help" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["frob"], "'frob' không có; hãy chọn trong: 'extract'"),
        (["extract"], "Lệnh còn thiếu: FILE"),
        (["extract", "a", "--formatt", "x"], "Không hiểu: --formatt"),
        (["extract", "a", "--format", "doc"], "'doc' không có"),
        (["evaluate", "--misses", "many"], "'many' không phải số"),
        (["extract", "a", "-o"], "cần một giá trị"),
        (["extract", "a", "--format", "xlsx"], "cần một tệp để ghi"),
        (["evaluate", "gold.jsonl"], "Cần hai tệp"),
    ],
)
def test_a_wrong_command_gets_a_sentence_in_vietnamese(
    typed: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed) == exit_codes.USAGE
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert not printed.out


def test_argparse_speaks_english_again_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["extract"])
    capsys.readouterr()
    assert main(["extract", "--language", "en"]) == exit_codes.USAGE
    assert "the following arguments are required: FILE" in capsys.readouterr().err


def test_no_option_is_guessed_from_its_beginning() -> None:
    with pytest.raises(SystemExit):
        build_parser("vi").parse_args(["extract", "a", "--form", "csv"])


# -------------------------------------------------------------------------------------------------------- extract


def test_extract_prints_one_figure_a_line(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(report)]) == exit_codes.DONE
    printed = capsys.readouterr()
    figures = [json.loads(line) for line in printed.out.splitlines()]
    assert len(figures) > 20
    assert {"id", "indicator", "value", "unit", "period", "quote", "confidence"} <= set(figures[0])
    assert {figure["file"] for figure in figures} == {report.name}
    assert not printed.err


def test_extract_as_json_gives_everything(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(report), "--format", "json"]) == exit_codes.DONE
    [line] = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert {"report", "sections", "footnotes", "text", "figures", "findings", "digits"} <= set(found)
    for figure in found["figures"]:
        assert found["text"][figure["start"] : figure["end"]] == figure["quote"]


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv", "xlsx", "parquet"])
def test_the_ending_chooses_the_format(
    report: Path, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"figures.{ending}"
    assert main(["extract", str(report), "-o", str(target)]) == exit_codes.DONE
    assert str(target) in capsys.readouterr().err
    head = target.read_bytes()[:4]
    assert head[:1] == b"{" if ending in {"jsonl", "json"} else head[:2] in {b"PK", b"PA", b"\xef\xbb"}
    assert [path.name for path in tmp_path.iterdir() if path.suffix == f".{ending}"] == [target.name]


def test_csv_on_the_screen_is_the_csv_of_the_file(
    report: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / "figures.csv"
    main(["extract", str(report), "-o", str(target)])
    capfdbinary.readouterr()
    assert main(["extract", str(report), "--format", "csv"]) == exit_codes.DONE
    assert capfdbinary.readouterr().out == target.read_bytes()
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert all(Decimal(row["value"]) is not None for row in rows if row["value"])


def test_numbers_in_the_workbook_are_numbers(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "figures.xlsx"
    assert main(["extract", str(report), "-o", str(target)]) == exit_codes.DONE
    sheet = openpyxl.load_workbook(target).worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert "n" in kinds
    assert "f" not in kinds


def test_a_folder_is_read_whole_and_in_order(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("b.md", "a.md", "deep/c.MD", "note.csv", ".hidden.md"):
        shutil.copy(report, tmp_path / "in" / name)
    assert main(["extract", str(tmp_path / "in")]) == exit_codes.DONE
    files = [json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()]
    assert list(dict.fromkeys(files)) == ["a.md", "b.md", "c.MD"]


# ---------------------------------------------------------------------------------------------------- what fails


def test_one_bad_file_costs_one_sentence_and_the_rest_is_read(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, picture = tmp_path / "trống.pdf", tmp_path / "ảnh.pdf"
    empty.touch()
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    assert main(["extract", str(empty), str(report), str(picture)]) == exit_codes.SOME_FAILED
    printed = capsys.readouterr()
    assert len(printed.err.splitlines()) == 2
    assert "trống.pdf" in printed.err and "ảnh.pdf" in printed.err
    assert len(printed.out.splitlines()) > 20


def test_nothing_read_has_a_code_of_its_own_and_leaves_the_output_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "figures.csv"
    target.write_text("yesterday's", encoding="utf-8")
    assert main(["extract", str(tmp_path / "không-có.pdf"), "-o", str(target)]) == exit_codes.NOTHING_READ
    printed = capsys.readouterr()
    assert "không-có.pdf" in printed.err
    assert not printed.out
    assert target.read_text(encoding="utf-8") == "yesterday's"


@pytest.mark.parametrize(("language", "word"), [("vi", "không phải tiếng Việt"), ("en", "words are not Vietnamese")])
def test_what_is_no_report_is_not_read(
    language: str, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text("It was the best of times, it was the worst of times. " * 300, encoding="utf-8")
    for command in ("extract", "structure", "inspect"):
        assert main([command, str(novel), "--language", language]) == exit_codes.NOTHING_READ
        printed = capsys.readouterr()
        assert word in printed.err
        assert not printed.out


@pytest.mark.parametrize(
    ("language", "said"), [("vi", ("0 đề mục", "3 chỗ có chữ số")), ("en", ("0 sections", "3 numbers"))]
)
def test_a_file_without_a_figure_is_told_of(
    language: str, said: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "thư.txt"
    letter.write_text(
        "Kính gửi: Phòng Tài chính huyện\n\nXã xin gửi báo cáo thu ngân sách năm 2023 kèm theo công văn này.\n"
        "Đề nghị phòng xem xét, cho ý kiến trước ngày 15 tháng 8.\n",
        encoding="utf-8",
    )
    assert main(["extract", str(letter), "--language", language]) == exit_codes.DONE
    printed = capsys.readouterr()
    assert not printed.out
    assert all(words in printed.err for words in (str(letter), *said, "solieu structure"))
    assert main(["ingest", str(letter), "--language", language]) == exit_codes.DONE
    told = capsys.readouterr().out
    assert all(words in told for words in said)
    assert not any(say("commands.csv", key, language) in told for key in ("nothing_to_look_at", "column.value"))


def test_every_result_class_has_words() -> None:
    assert {f"result.{result}" for result in Result} <= set(sentences("commands.csv"))


def test_a_folder_without_reports_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path)]) == exit_codes.NOTHING_READ
    assert "thư mục không có báo cáo nào" in capsys.readouterr().err


@pytest.mark.parametrize("where", ["no/such/folder/out.csv", "."])
def test_an_output_that_cannot_be(report: Path, where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(report), "-o", str(tmp_path / where)]) == exit_codes.USAGE
    assert "thư mục" in capsys.readouterr().err


def test_a_write_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="full"), fresh_file(target) as path:
        path.write_text("half of the n", encoding="utf-8")
        raise OSError(errno.ENOSPC, "disk full")
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    with pytest.raises(InvalidInput), fresh_file(tmp_path):
        pass


def test_a_fault_of_ours_says_that_it_is_ours(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("nobody thought of this")

    monkeypatch.setattr("extractor.pipeline.extract", broken)
    assert main(["extract", str(report)]) == exit_codes.NOTHING_READ
    told = capsys.readouterr().err
    assert "lỗi của chương trình" in told and "KeyError" in told and "commands/terminal/input_files.py" in told
    assert "Traceback" not in told
    monkeypatch.setattr("extractor.model_checks.check_models", broken)
    assert main(["check-models"]) == exit_codes.FAULT
    assert "lỗi của chương trình" in capsys.readouterr().err
    monkeypatch.setenv("SOLIEU_TRACEBACK", "1")
    with pytest.raises(KeyError):
        main(["check-models"])


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes and devices")
class TestProcess:
    def test_a_reader_that_leaves_early_is_no_error(self, report: Path) -> None:
        program = [sys.executable, "-m", "extractor", "extract", *[str(report)] * 20]
        with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None and process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            told = process.stderr.read().decode()
            assert process.wait(HANG) == exit_codes.PIPE_CLOSED
        assert not told

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk_is_told_in_words(self, report: Path) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "extractor", "extract", str(report)],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == exit_codes.USAGE
        assert "đĩa đã đầy" in done.stderr
        assert "Traceback" not in done.stderr and "Exception" not in done.stderr

    def test_ctrl_c_ends_with_a_sentence(self, report: Path) -> None:
        program = [sys.executable, "-m", "extractor", "extract", *[str(report)] * 300]
        heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
        try:
            process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        finally:
            signal.signal(signal.SIGINT, heard)
        with process:
            assert process.stdout is not None and process.stderr is not None
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=HANG)
            assert process.returncode == exit_codes.INTERRUPTED
        assert "Đã dừng theo yêu cầu" in told.decode()
        assert "Traceback" not in told.decode()

    def test_names_cannot_steer_the_terminal(self, tmp_path: Path) -> None:
        done = command("extract", tmp_path / "a\x1b[2J\u202efdp.exe")
        assert done.returncode == exit_codes.NOTHING_READ
        assert "\x1b" not in done.stderr and "\u202e" not in done.stderr

    def test_output_is_utf8_whatever_the_locale(self, report: Path) -> None:
        plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        done = subprocess.run(
            [sys.executable, "-m", "extractor", "structure", str(report)], capture_output=True, check=False, env=plain
        )
        assert done.returncode == exit_codes.DONE
        assert "Minh Giang" in done.stdout.decode("utf-8")


# ------------------------------------------------------------------------------------------------ other commands


def test_structure_prints_outline_and_notes(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["structure", str(report)]) == exit_codes.DONE
    told = capsys.readouterr().out
    assert "1. Phát triển kinh tế" in told
    assert "[6]" in told


def test_structure_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["structure", str(tmp_path / "a.pdf")]) == exit_codes.NOTHING_READ
    assert "a.pdf" in capsys.readouterr().err


def test_inspect_draws_what_was_read(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = root / "corpus" / "minh-giang-2023-q1.pdf"
    assert main(["inspect", str(printed), "-o", str(tmp_path / "look.pdf")]) == exit_codes.DONE
    assert (tmp_path / "look.pdf").read_bytes().startswith(b"%PDF")
    assert main(["inspect", str(printed), "-o", str(tmp_path / "pages")]) == exit_codes.DONE
    assert sorted(path.suffix for path in (tmp_path / "pages").iterdir())[0] == ".png"
    assert "look.pdf" in capsys.readouterr().out


def test_inspect_draws_tables_step_by_step(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = root / "corpus" / "thanh-giang-2023-m09.pdf"
    assert main(["inspect", str(printed), "--tables", "-o", str(tmp_path / "steps")]) == exit_codes.DONE
    drawn = sorted(path.stem.removeprefix(f"{printed.stem}-") for path in (tmp_path / "steps").iterdir())
    assert [name[-7:] for name in drawn] == ["1-words", "-2-grid", "3-cells"] * (len(drawn) // 3)
    assert drawn[0].startswith("table-01-page-")
    without = root / "corpus" / "dai-khe-2011.pdf"
    assert main(["inspect", str(without), "--tables", "-o", str(tmp_path / "x.pdf"), "--language", "en"]) == (
        exit_codes.USAGE
    )
    assert "no table was found" in capsys.readouterr().err
    assert not (tmp_path / "x.pdf").exists()


def test_what_can_be_searched_already_is_not_written_again(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "found.pdf"
    printed = next(iter(sorted((root / "corpus").glob("*.pdf"))))
    assert main(["searchable", str(printed), "-o", str(target), "--language", "en"]) == exit_codes.USAGE
    assert "no page is a scan" in capsys.readouterr().err
    assert not target.exists()
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    assert main(["searchable", str(tmp_path / "torn.pdf"), "-o", str(target)]) == exit_codes.NOTHING_READ


def test_inspect_needs_pages(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(report), "-o", str(tmp_path / "look.pdf")]) == exit_codes.USAGE
    assert not list(tmp_path.glob("*.pdf"))
    assert report.name in capsys.readouterr().err


def test_ingest_fills_a_store_once_and_tells_a_person_what_came_in(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = f"sqlite:///{tmp_path / 'kho.sqlite'}"
    assert main(["ingest", str(report), "--store", store]) == exit_codes.DONE
    told = capsys.readouterr().out
    assert report.stem in told
    assert "quý I/2023" in told
    assert "Nên xem trước" in told
    assert "mới vào kho 1" in told
    assert main(["ingest", str(report), "--store", store]) == exit_codes.DONE
    assert "mới vào kho 0" in capsys.readouterr().out


def test_ingest_tells_contradictions_in_english(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(report), "--language", "en"]) == exit_codes.DONE
    told = capsys.readouterr().out
    assert "starts after it ends" in told
    assert "bắt đầu sau khi kết thúc" not in told


def test_ingest_says_why_in_english_and_puts_it_in_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter, table = tmp_path / "letter.md", tmp_path / "table.csv"
    letter.write_text("The weather was fine, and so we walked around the lake. " * 30, encoding="utf-8")
    typed = ["ingest", str(letter), "--store", str(tmp_path / "kho.sqlite"), "--report", str(table)]
    assert main([*typed, "--language", "en"]) == exit_codes.NOTHING_READ
    told = capsys.readouterr()
    why = "not Vietnamese"
    assert why in told.out + told.err
    assert why in table.read_text(encoding="utf-8-sig")


def test_every_file_of_a_folder_stands_in_the_table(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, table = tmp_path / "kho", tmp_path / "table.csv"
    folder.mkdir()
    shutil.copy(report, folder / report.name)
    for name in ("phim.mp4", "Thumbs.db", "rong.pdf"):
        (folder / name).write_bytes(b"" if name == "rong.pdf" else b"x")
    typed = ["ingest", str(folder), "--store", f"sqlite:///{tmp_path / 'kho.sqlite'}", "--report", str(table)]
    assert main([*typed, "--language", "en"]) == exit_codes.SOME_FAILED
    assert "2 other files were not opened" in capsys.readouterr().out
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = {Path(row[0]).name: row for row in csv.reader(file)}
    assert set(rows) >= {report.name, "phim.mp4", "Thumbs.db", "rong.pdf"}
    assert rows["phim.mp4"][1:4] == [
        "left out",
        "no kind of file that can be read",
        "if it is a report, save it as PDF, Word or a scanned picture",
    ]
    assert rows["rong.pdf"][9] == "empty"


def test_ingest_says_before_it_begins_that_its_table_has_no_place(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ["ingest", str(report), "--store", str(tmp_path / "kho.sqlite")]
    assert main([*typed, "--report", str(tmp_path / "nowhere" / "table.xlsx")]) == exit_codes.USAGE
    assert "Không có thư mục" in capsys.readouterr().err
    assert not (tmp_path / "kho.sqlite").exists()


def test_ingest_says_where_a_store_cannot_be(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(report), "--store", "oracle://nowhere"]) == exit_codes.USAGE
    assert "Traceback" not in capsys.readouterr().err


def test_a_store_is_verified_backed_up_and_restored(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, copy = tmp_path / "first.sqlite", tmp_path / "second.sqlite", tmp_path / "copy.sqlite"
    assert main(["ingest", str(report), "--store", str(first)]) == exit_codes.DONE
    assert main(["verify", "--store", str(first)]) == exit_codes.DONE
    assert main(["backup", str(copy), "--store", str(first)]) == exit_codes.DONE
    assert main(["restore", str(copy), "--store", str(second)]) == exit_codes.DONE
    assert "1 báo cáo" in capsys.readouterr().out
    assert main(["restore", str(copy), "--store", str(second)]) == exit_codes.USAGE
    assert main(["backup", str(copy), "--store", str(first)]) == exit_codes.USAGE
    with sqlite3.connect(second) as opened:
        for (trigger,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f'DROP TRIGGER "{trigger}"')
        opened.execute("UPDATE record SET value = '999' WHERE id = 1")
    capsys.readouterr()
    assert main(["verify", "--store", str(second)]) == exit_codes.SOME_FAILED
    assert "không khớp" in capsys.readouterr().err


def test_roles_are_given_listed_and_taken(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "kho.sqlite")
    assert main(["ingest", str(report), "--store", store]) == exit_codes.DONE
    assert main(["roles", "binh@example.vn", "reviewer", "--store", store]) == exit_codes.DONE
    assert "“binh@example.vn” nay là người duyệt." in capsys.readouterr().out
    assert main(["roles", "e@example.vn", "admin", "--by", "binh@example.vn", "--store", store]) == exit_codes.USAGE
    assert "chưa có quyền quản trị" in capsys.readouterr().err
    assert main(["roles", "binh@example.vn", "--store", store]) == exit_codes.USAGE
    assert main(["roles", "binh@example.vn", "none", "--store", store]) == exit_codes.DONE
    capsys.readouterr()
    assert main(["roles", "--language", "en", "--store", store]) == exit_codes.DONE
    printed = capsys.readouterr().out
    assert "administrator" in printed
    assert "binh@example.vn" not in printed


@pytest.mark.parametrize("name", ["verify", "backup", "roles"])
def test_a_store_that_is_not_there_is_not_made(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "missing.sqlite"
    typed = [name, *(["copy.sqlite"] if name == "backup" else []), "--store", str(missing)]
    assert main(typed) == exit_codes.USAGE
    assert "solieu ingest" in capsys.readouterr().err
    assert not missing.exists()


def test_the_app_stays_on_this_machine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["app", "--host", "0.0.0.0"]) == exit_codes.USAGE
    assert "0.0.0.0" in capsys.readouterr().err


def test_check_models_tells_what_it_looked_at_and_each_conflict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    conflicts: list[InvalidModels] = []
    monkeypatch.setattr("extractor.model_checks.check_models", lambda: (7, 1234, conflicts))
    assert main(["check-models"]) == exit_codes.DONE
    told = "".join(capsys.readouterr())
    assert "nhất quán" in told and "7" in told and "1234" in told
    conflicts.append(InvalidModels("vocabulary/units.csv", 5, "models.no_example"))
    assert main(["check-models"]) == exit_codes.SOME_FAILED
    assert "models/vocabulary/units.csv, dòng 5" in "".join(capsys.readouterr())


def test_doctor_says_what_is_there(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == exit_codes.DONE
    assert "✓ models/" in capsys.readouterr().out
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert main(["doctor"]) == exit_codes.DONE
    told = capsys.readouterr().out
    assert "– LibreOffice" in told
    assert "RapidOCR" in told


def test_evaluate_scores_a_prediction_against_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    figure = {"indicator": "Thu", "value": 5, "unit": "đồng", "period": "2023", "comparisons": [], "section": "I"}
    gold.write_text(json.dumps(figure) + "\n", encoding="utf-8")
    other = {**figure, "value": 6, "section": "II"}
    predicted.write_text(json.dumps(figure) + "\n" + json.dumps(other) + "\n", encoding="utf-8")
    assert main(["evaluate", str(gold), str(predicted), "--json", "--misses", "5"]) == exit_codes.DONE
    printed = capsys.readouterr()
    assert json.loads(printed.out)["gold"]["found_f1"] == pytest.approx(2 / 3)
    assert printed.err.count("+") == 1
    assert main(["evaluate", str(gold), str(predicted), "--sections", "I", "--json"]) == exit_codes.DONE
    assert json.loads(capsys.readouterr().out)["gold"]["strict_f1"] == 1.0


def test_evaluate_scores_passages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {"id": "a1", "text": "Không có số nào ở đây, trừ Nghị quyết số 12/NQ-HĐND.", "figures": []}
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({**case, "not_figures": ["12/NQ-HĐND"]}) + "\n", encoding="utf-8")
    assert main(["evaluate", "--cases", str(cases)]) == exit_codes.DONE
    assert "0/1" in capsys.readouterr().out


def test_several_processes_score_as_one_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figure = {"indicator": "Thu", "value": 5, "unit": "đồng", "comparisons": []}
    cases = [{"id": f"a{n}", "text": f"Thu {n} đồng.", "figures": [figure], "not_figures": ["4"]} for n in range(120)]
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    told = []
    for workers in ("1", "2"):
        assert main(["evaluate", "--cases", str(file), "--workers", workers, "--json", "--misses", "200"]) == 0
        told.append(capsys.readouterr())
    assert told[0] == told[1]
    assert json.loads(told[0].out)["cases"]["trapped"] > 0
    assert main(["evaluate", "--cases", str(file), "--workers", "0"]) == exit_codes.USAGE


def test_a_score_under_its_floor_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "passages").mkdir()
    figure = {"indicator": "Thu", "value": 5, "unit": "đồng", "comparisons": []}
    case = {"id": "a1", "text": "Không có số.", "figures": [figure], "not_figures": []}
    (tmp_path / "passages" / "p.jsonl").write_text(json.dumps(case) + "\n", encoding="utf-8")
    floors = {"passages/p": {"found_f1": 0.9}, "gone.md": {"found_f1": 0.9}}
    (tmp_path / "scores.json").write_text(json.dumps(floors), encoding="utf-8")
    monkeypatch.setattr("extractor.commands.evaluate.data_folder", lambda _: tmp_path)
    assert main(["evaluate"]) == exit_codes.SOME_FAILED
    told = capsys.readouterr().err
    assert "passages/p: found_f1 là 0," in told
    assert "gone.md" in told


def test_a_scan_where_nothing_can_recognise_it_is_told_and_fails_no_floor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "xa.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "xa.photocopy.png").write_bytes(b"")
    floors = {"xa.photocopy.png": {"found_f1": 0.9}, "gone.md": {"found_f1": 0.9}}
    (tmp_path / "scores.json").write_text(json.dumps(floors), encoding="utf-8")
    monkeypatch.setattr("extractor.commands.evaluate.data_folder", lambda _: tmp_path)

    def refuse(path: Path) -> None:
        raise UnreadableFile(path.name, Result.SCANNED, "file.no_tesseract", count=1)

    monkeypatch.setattr("extractor.pipeline.extract", refuse)
    assert main(["evaluate"]) == exit_codes.SOME_FAILED
    told = capsys.readouterr().err
    assert "xa.photocopy.png: là bản quét" in told
    assert "xa.photocopy.png: có mức sàn" not in told
    assert "gone.md: có mức sàn" in told


# ---------------------------------------------------------------------------------------------------- the console


def test_tables_line_up_whatever_the_letters(capsys: pytest.CaptureFixture[str]) -> None:
    Console("vi").table(["Chỉ tiêu", "Số"], [["Thu", "1"], ["Chi thường xuyên", "24.333"]], right=(1,))
    lines = capsys.readouterr().out.splitlines()
    assert {width(line) for line in lines} == {len("  Chi thường xuyên  24.333")}
    assert lines[2].endswith("     1")


def test_a_narrow_terminal_shortens_the_first_column(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    Console("vi").table(["Chỉ tiêu", "Số"], [["Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", "1.338.640 triệu đồng"]])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) == 40
    assert "…  1.338.640 triệu đồng" in lines[2]


def test_progress_is_silent_on_short_work_and_off_a_terminal_sparse(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console("vi")
    console.progress(0, 100, "a.pdf")
    assert not capsys.readouterr().err
    now = time.monotonic() + 60
    monkeypatch.setattr(time, "monotonic", lambda: now)
    console.progress(1, 100, "a.pdf")
    console.progress(2, 100, "b.pdf")
    assert capsys.readouterr().err == "1/100  a.pdf\n"


@pytest.mark.parametrize(("text", "shown"), [("a\x00b", "a\\x00b"), ("a\u200bb", "a\\u200bb"), ("đ\tồ\n", "đ\tồ\n")])
def test_hidden_characters_are_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_the_name_of_a_file_breaks_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console("en")
    console.tell("ingest.figures", name="bao\ncao.pdf")
    console.table(["file"], [["bao\ncao.pdf"]])
    assert capsys.readouterr().out.count("bao\\ncao.pdf") == 2


def test_clip_keeps_one_line() -> None:
    assert clip("một\n hai  ba", 20) == "một hai ba"
    assert clip("một hai ba", 8) == "một hai…"


def test_watching_reads_what_comes_in_and_tells_it_once(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "first.md").write_bytes(report.read_bytes())

    def turns(_paths: object, seconds: float) -> Iterator[None]:
        assert seconds == 3
        (shelf / "second.md").write_text(report.read_text(encoding="utf-8") + "\nThu phí 12 tỷ đồng.", encoding="utf-8")
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr("extractor.archive.batch.watch.changes", turns)
    store, table = f"sqlite:///{tmp_path / 'store.sqlite'}", tmp_path / "report.csv"
    options = ["--watch", "3", "--store", store, "--report", str(table), "--workers", "1", "--language", "en"]
    assert main(["ingest", str(shelf), *options]) == exit_codes.DONE
    printed = capsys.readouterr().out
    assert "one look every 3 seconds" in printed
    assert "No longer watching" in printed
    written = table.read_text(encoding="utf-8-sig")
    assert (written.count("first.md"), written.count("second.md")) == (1, 1)
    assert main(["ingest", str(shelf), "--watch", "now", "--store", store, "--language", "en"]) == exit_codes.USAGE
