"""A fault thrown into each stage and each check in turn costs what stood there, is told and logged, and no more."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain import logs
from extractor.domain.document import Result, Stage
from extractor.domain.extraction import Extraction
from extractor.domain.faults import STRICT, Faults
from extractor.domain.finding import Level
from extractor.domain.unit import read_unit
from extractor.paper.pdf.reader import read_pdf
from extractor.paper.read import read_in_process
from extractor.pipeline import extract_document
from extractor.statistics import checks, observe
from extractor.statistics.checks import RULES
from tests.paper.word_files import paragraph, word_file

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN THỬ NGHIỆM

Số: 12/BC-UBND

BÁO CÁO
Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ
1. Kinh tế
Thu ngân sách đạt 120 tỷ đồng, đạt 25% kế hoạch.

Trồng rừng được 315 ha, giải quyết 21 đơn.

| Chỉ tiêu | Đơn vị tính | Thực hiện quý I/2023 |
|---|---|---|
| Số hộ nghèo | - | 1.234 |
| Sản lượng lúa | tấn | 12.345 |
| Số trường học | " | 45 |
"""
VALUES = ["120", "315", "21", "1234", "12345", "45"]


@pytest.fixture(autouse=True)
def _contained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(STRICT, raising=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


def read(path: Path) -> Extraction:
    return extract_document(read_in_process(path))


def values(extraction: Extraction) -> list[str]:
    return [str(figure.value) for figure in extraction.figures]


def failing(real: Callable[..., Any], when: Callable[..., bool] = lambda *_, **__: True) -> Callable[..., Any]:
    """``real``, but for the calls that ``when`` picks, which end in an error nobody foresaw."""

    def call(*given: Any, **named: Any) -> Any:
        if when(*given, **named):
            raise IndexError("a secret of the report")
        return real(*given, **named)

    return call


def told(extraction: Extraction) -> list[str]:
    return [finding.code for finding in extraction.findings if finding.code.startswith("FAULT_")]


def test_report_without_fault_tells_none(report: Path) -> None:
    extraction = read(report)
    assert values(extraction) == VALUES
    assert told(extraction) == []
    assert extraction.report.result is Result.READ


class TestStages:
    """Of the six figures of the report, only those that the fault struck are missing or poorer."""

    def test_paragraph(self, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from extractor.language import figures

        bad = failing(figures.read_block, lambda scanned, *_, **__: "Trồng rừng" in scanned.text)
        monkeypatch.setattr(figures, "read_block", bad)
        extraction = read(report)
        assert values(extraction) == [value for value in VALUES if value not in {"315", "21"}]
        assert told(extraction) == ["FAULT_PARAGRAPH"]
        assert extraction.report.result is Result.READ_IN_PART
        assert {d.text for d in extraction.digits if d.label == "unexplained"} == {"315", "21"}
        [finding] = [f for f in extraction.findings if f.code == "FAULT_PARAGRAPH"]
        assert finding.start is not None
        assert "Trồng rừng" in extraction.text[finding.start : finding.end]
        assert finding.message in str(extraction.report.reason)

    def test_table(self, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from extractor.language import figures

        monkeypatch.setattr(figures, "read_table", failing(figures.read_table))
        extraction = read(report)
        assert values(extraction) == VALUES[:3]
        assert told(extraction) == ["FAULT_TABLE"]
        assert extraction.report.result is Result.READ_IN_PART

    def test_figure(self, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from extractor.language import figures

        bad = failing(figures._record, lambda draft, *_: str(draft.quantity.value) == "315")
        monkeypatch.setattr(figures, "_record", bad)
        extraction = read(report)
        assert values(extraction) == [value for value in VALUES if value != "315"]
        assert told(extraction) == ["FAULT_FIGURE"]
        assert {d.text for d in extraction.digits if d.label == "unexplained"} == {"315"}

    def test_name(self, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from extractor.statistics import observations

        bad = failing(observations.match_indicator, lambda name, **_: name == "Sản lượng lúa")
        monkeypatch.setattr(observations, "match_indicator", bad)
        extraction = read(report)
        assert values(extraction) == VALUES
        assert told(extraction) == ["FAULT_NAME"]
        struck = next(figure for figure in extraction.figures if figure.indicator == "Sản lượng lúa")
        assert (struck.match, str(struck.amount)) == ("none", "12345")
        assert extraction.report.result is Result.READ

    @pytest.mark.parametrize("name", ["parts", *RULES])
    def test_check(self, name: str, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if name == "parts":
            monkeypatch.setattr(checks, "find_splits", failing(checks.find_splits))
        else:
            monkeypatch.setitem(RULES, name, failing(RULES[name]))
        extraction = read(report)
        assert values(extraction) == VALUES
        assert told(extraction) == ["FAULT_CHECK"]
        [finding] = [f for f in extraction.findings if f.code == "FAULT_CHECK"]
        assert finding.level is Level.WARN
        assert "IndexError" in finding.message
        assert "secret" not in finding.message + finding.message_en

    def test_place(self, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
        from extractor.paper.structure import placements

        clean = read(root / "corpus" / "minh-giang-2023-q1.pdf")
        first = clean.figures[0]
        bad = failing(placements.boxes_of, lambda _document, start, _end: start == first.start)
        monkeypatch.setattr(placements, "boxes_of", bad)
        extraction = read(root / "corpus" / "minh-giang-2023-q1.pdf")
        assert values(extraction) == values(clean)
        assert told(extraction) == ["FAULT_PLACE"]
        assert extraction.figures[0].page is None
        assert extraction.figures[1].page == clean.figures[1].page

    def test_series(self, report: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
        from extractor.statistics import observations

        extraction = read(report)
        bad = failing(observations.observe_figure, lambda figure, _place: figure.indicator == "Sản lượng lúa")
        monkeypatch.setattr(observations, "observe_figure", bad)
        with caplog.at_level(logging.ERROR, "extractor"):
            names = {seen.name for seen in observe(extraction)}
        assert "Sản lượng lúa" not in names
        assert "Thu ngân sách" in names
        assert "bao-cao.md: series" in caplog.text

    def test_page_of_a_pdf(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from extractor.paper.pdf import reader as pdf

        data = (root / "corpus" / "minh-giang-2023-q1.pdf").read_bytes()
        whole = read_pdf(data)
        monkeypatch.setattr(pdf, "_open", failing(pdf._open, lambda sheet, *_: sheet.number == 2))
        part = read_pdf(data)
        assert part.failed == (2,)
        assert [(f.stage, f.page, f.kind) for f in part.faults] == [(Stage.PAGE, 2, "IndexError")]
        assert {p.page for p in part.pieces} == {p.page for p in whole.pieces} - {2}

    @pytest.mark.parametrize(
        ("module", "name", "stage"),
        [
            ("pdf.reader", "find_grids", Stage.TABLE),
            ("pdf.reader", "build_piece", Stage.PARAGRAPH),
            ("layout.pages", "find_aligned_grids", Stage.TABLE),
            ("layout.pages", "split_notes", Stage.PAGE),
            ("layout.pages", "drop_running_lines", Stage.PAGE),
            ("layout.pages", "find_margins", Stage.PAGE),
        ],
    )
    def test_step_on_a_page(
        self, module: str, name: str, stage: Stage, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from importlib import import_module

        struck = import_module(f"extractor.paper.{module}")
        calls: list[int] = []

        def second(*_: Any, **__: Any) -> bool:
            calls.append(1)
            return len(calls) == (1 if name == "drop_running_lines" else 2)

        monkeypatch.setattr(struck, name, failing(getattr(struck, name), second))
        reading = read_pdf((root / "corpus" / "minh-giang-2023-q1.pdf").read_bytes())
        assert [fault.stage for fault in reading.faults] == [stage]
        assert reading.pieces

    def test_parts_of_a_word_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from extractor.paper.word import reader as docx

        lines = REPORT.partition("\n|")[0].splitlines()
        path = tmp_path / "bao-cao.docx"
        path.write_bytes(word_file("".join(paragraph(line) for line in lines if line)))
        bad = failing(
            docx._Reader._paragraph, lambda _self, element, _depth: "Trồng rừng" in "".join(element.itertext())
        )
        monkeypatch.setattr(docx._Reader, "_paragraph", bad)
        extraction = read(path)
        assert values(extraction) == ["120"]
        assert told(extraction) == ["FAULT_PARAGRAPH"]


class TestRecognition:
    """Tesseract that is late, dies or does not start is told on its page."""

    @pytest.mark.parametrize("kind", ["TesseractTimedOut", "TesseractDied", "TesseractMissing"])
    def test_page_without_answer_is_told(self, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        import subprocess

        from PIL import Image

        from extractor.domain.errors import UnreadableFile
        from extractor.paper.ocr import page as recognise
        from extractor.paper.ocr import tesseract
        from extractor.paper.pdf import reader as pdf

        program = tesseract.Tesseract("/bin/false", vietnamese=True)
        for module in (recognise, tesseract):
            monkeypatch.setattr(module, "find_tesseract", lambda: program)

        def run(*_: Any, **__: Any) -> subprocess.CompletedProcess[bytes]:
            if kind == "TesseractTimedOut":
                raise subprocess.TimeoutExpired("tesseract", 60)
            if kind == "TesseractMissing":
                raise PermissionError
            return subprocess.CompletedProcess([], 1, b"", b"")

        monkeypatch.setattr(tesseract.subprocess, "run", run)
        path = tmp_path / "quet.pdf"
        Image.new("L", (1200, 1700), 255).save(path, "PDF", resolution=150)
        reading = pdf.read_pdf(path.read_bytes())
        assert [(fault.stage, fault.kind, fault.page) for fault in reading.faults] == [(Stage.RECOGNITION, kind, 1)]
        assert reading.scanned == (1,)
        with pytest.raises(UnreadableFile, match=kind) as refused:
            read_in_process(path)
        assert refused.value.result is Result.SCANNED


class TestLog:
    def test_line_names_file_and_place_and_no_text_of_the_report(
        self, report: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        from extractor.language import figures

        monkeypatch.setattr(figures, "read_table", failing(figures.read_table))
        with caplog.at_level(logging.ERROR, "extractor"):
            read(report)
        [line] = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
        assert line.startswith("bao-cao.md: table")
        assert "language/figures.py:" in line
        assert "secret" not in line

    def test_json_lines_on_request(self, capsys: pytest.CaptureFixture[str]) -> None:
        try:
            logs.configure({logs.VARIABLE: "info,json"})
            logging.getLogger("extractor.paper.read").info("%s: %d pages", "bao-cao.pdf", 16)
            line = json.loads(capsys.readouterr().err)
        finally:
            logs.configure({})
        assert (line["level"], line["logger"]) == ("info", "extractor.paper.read")
        assert line["message"] == "bao-cao.pdf: 16 pages"

    def test_silent_unless_asked(self, capsys: pytest.CaptureFixture[str]) -> None:
        logs.configure({})
        logging.getLogger("extractor.paper.read").error("nobody asked")
        assert capsys.readouterr().err == ""

    @pytest.mark.parametrize(
        ("verbosity", "structured", "wish"),
        [(0, False, ""), (1, False, "info"), (3, False, "debug"), (0, True, "warning,json"), (2, True, "debug,json")],
    )
    def test_switches_become_one_wish(self, verbosity: int, structured: bool, wish: str) -> None:
        assert logs.wish_for(verbosity, structured=structured) == wish


class TestContain:
    def test_answers_to_the_user_pass_through(self) -> None:
        from extractor.domain.errors import InvalidModels

        with pytest.raises(InvalidModels), Faults().contain(Stage.CHECK):
            raise InvalidModels("units.csv", 3, "models.no_factor")

    def test_strict_mode_hides_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(STRICT, "1")
        with pytest.raises(IndexError), Faults().contain(Stage.CHECK):
            raise IndexError


class TestLoneSigns:
    """A lone sign in the unit column ended the reading of a whole report."""

    @pytest.mark.parametrize("sign", [*"-—_~°*'».(„", '"', "“”"])
    def test_row_is_read_with_all_others(self, sign: str, report: Path) -> None:
        report.write_text(REPORT.replace("| - |", f"| {sign} |"), encoding="utf-8")
        extraction = read(report)
        assert values(extraction) == VALUES
        assert told(extraction) == []

    def test_dash_is_no_unit_and_ditto_repeats_the_one_above(self, report: Path) -> None:
        units = {figure.indicator: figure.unit for figure in read(report).figures}
        assert units["Số hộ nghèo"] is None
        assert units["Số trường học"] == "tấn"

    @given(st.text(st.characters(categories=["P", "S", "Z"])))
    def test_unit_without_letter_names_nothing_or_a_share(self, text: str) -> None:
        unit = read_unit(text)
        assert unit is None or any(sign in text for sign in "%‰")
