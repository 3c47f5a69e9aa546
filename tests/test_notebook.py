"""What a notebook sees: one line, a small page in which nothing of a report is markup, frames, bytes, whole folders."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import extractor
from extractor.domain.document import Result
from tests.statistics.reports import Writer
from tests.waiting import starts_processes

pytestmark = starts_processes


@pytest.fixture(scope="module")
def sample(root: Path) -> Path:
    return root / "corpus" / "lam-khe-2022.md"


@pytest.fixture(scope="module")
def extraction(sample: Path) -> extractor.Extraction:
    return extractor.extract(sample)


def test_reprs_are_one_line(extraction: extractor.Extraction) -> None:
    front = "<Extraction lam-khe-2022.md · 287/BC-UBND · 2022-12-12 · thị xã Lam Khê · 2022: "
    assert repr(extraction).startswith(front)
    shown = repr(extraction.figures[0])
    assert shown.startswith("<Figure ")
    assert extraction.figures[0].quote in shown
    for thing in (extraction, extraction.document, *extraction.figures):
        assert "\n" not in repr(thing)
        assert len(repr(thing)) < 250


def test_the_page_marks_figures_in_their_words(extraction: extractor.Extraction) -> None:
    page = extraction._repr_html_()
    assert page.count("<mark>") == len(extraction.figures)
    assert f"<mark>{extraction.figures[0].quote}</mark>" in page
    assert "năm 2022" in page


def test_nothing_of_a_report_is_markup() -> None:
    evil = "<script>alert(1)</script>"
    w = Writer()
    w.add(evil, "5", f"tỷ đồng {evil}", qualifier=evil)
    w.report = replace(w.report, number=evil, area=evil)
    page = w.extraction()._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("ending", ["md", "docx", "pdf"])
def test_bytes_and_open_files_are_read_like_the_file(root: Path, ending: str) -> None:
    path = root / "corpus" / f"minh-giang-2023-q1.{ending}"
    want = [(f.indicator, f.value, f.start) for f in extractor.extract(path).figures]
    content = path.read_bytes()
    with path.open("rb") as file:
        given = [
            extractor.extract(content),
            extractor.extract(io.BytesIO(content), name=path.name),
            extractor.extract(file),
        ]
    for got in given:
        assert [(f.indicator, f.value, f.start) for f in got.figures] == want
    names = [got.document.source.name for got in given if got.document.source]
    assert names == ["report", path.name, path.name]


def test_bytes_that_are_no_report_are_refused_under_their_name() -> None:
    with pytest.raises(extractor.UnreadableFile) as caught:
        extractor.extract(b"\x7fELF\x02\x01\x01" + bytes(100), name="../../etc/tool")
    assert caught.value.result is Result.REFUSED
    assert "tool" in str(caught.value)
    assert ".." not in str(caught.value)


def test_a_folder_is_an_iterator_with_progress(sample: Path, tmp_path: Path) -> None:
    shutil.copy(sample, tmp_path / "b.md")
    shutil.copy(sample, tmp_path / "a.md")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 broken")
    told: list[tuple[int, int, str]] = []
    reports = extractor.extract_all(tmp_path, progress=lambda *step: told.append(step))
    assert len(reports) == 3
    read = list(reports)
    assert [e.document.source.name for e in read if e.document.source] == ["a.md", "b.md"]
    assert [error.name for error in reports.refused] == ["c.pdf"]
    assert told == [(0, 3, "a.md"), (1, 3, "b.md"), (2, 3, "c.pdf")]
    assert repr(reports) == "<Đã đọc 3/3 tệp, 1 tệp không đọc được>"


def test_a_frame_has_report_place_and_sentence(extraction: extractor.Extraction) -> None:
    frame = extractor.figures_frame([extraction])
    assert len(frame) == len(extraction.figures)
    row = frame.iloc[0]
    assert (row["file"], row["report"], row["area"]) == ("lam-khe-2022.md", "287/BC-UBND", "thị xã Lam Khê")
    assert row["quote"] in row["sentence"]
    assert isinstance(row["value"], Decimal)
    assert extractor.figures_frame(extraction).equals(frame)
