"""The reading child: warm, renewed, held to its limits, and never the parent's undoing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.pdf.reader import open_pdf, read_pdf
from extractor.paper.sandbox import reader as child
from extractor.paper.sandbox.limits import MB, Limits
from extractor.paper.sandbox.process_limits import peak_memory
from extractor.paper.sandbox.reader import Reader
from tests.hostile import files
from tests.paper.press import Press
from tests.waiting import HANG, starts_processes

pytestmark = starts_processes

TEXT = "Quý I năm 2023 thu ngân sách ước thực hiện 56.057 triệu đồng, đạt 10,9% kế hoạch năm của huyện."


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    press = Press().page()
    press.paragraph(80, TEXT)
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(press.bytes())
    return path


def process(reader: Reader) -> int:
    assert reader._child is not None
    return reader._child.pid


def test_one_child_serves_many_files(reader: Reader, paper: Path) -> None:
    reader.warm_up()
    first = process(reader)
    for _ in range(3):
        assert reader.read(paper).text == TEXT
    assert process(reader) == first


def test_a_child_is_renewed_after_its_term(reader: Reader, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SERVES", 2)
    reader.read(paper)
    first = process(reader)
    reader.read(paper)
    reader.read(paper)
    assert process(reader) != first


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_child_that_somebody_killed_between_files_is_replaced(reader: Reader, paper: Path) -> None:
    reader.read(paper)
    os.kill(process(reader), signal.SIGKILL)
    assert reader.read(paper).text == TEXT


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(
    ("number", "result"),
    [(signal.SIGSEGV, Result.DAMAGED), (signal.SIGABRT, Result.TOO_LARGE), (signal.SIGXCPU, Result.TOO_SLOW)],
)
def test_how_a_child_died_is_what_is_said_of_the_file(number: signal.Signals, result: Result) -> None:
    error = child.verdict("a.pdf", number, late=False)
    assert error.result is result
    assert child.verdict("a.pdf", number, late=True).result is Result.TOO_SLOW


def test_an_answer_beyond_its_cap_is_not_taken(reader: Reader, paper: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        reader.read(paper, limits=Limits(answer=20))
    assert caught.value.result is Result.TOO_LARGE
    assert reader.read(paper).text == TEXT


def test_threads_share_a_reader(reader: Reader, paper: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(reader.read(paper).text)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [TEXT] * 6


@pytest.mark.skipif(sys.platform == "win32", reason="proc")
def test_a_child_ends_with_its_parent(paper: Path) -> None:
    reader = Reader()
    reader.read(paper)
    number = process(reader)
    assert reader._child is not None
    assert reader._child.stdin is not None
    reader._child.stdin.close()
    assert reader._child.wait(HANG) == 0
    assert number
    reader.close()


def test_the_child_never_hears_of_cmap_path(reader: Reader, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMAP_PATH", "/tmp/planted")
    reader.read(paper)
    environ = Path(f"/proc/{process(reader)}/environ")
    if environ.exists():
        assert b"CMAP_PATH" not in environ.read_bytes()


def test_pdfplumber_stands_in_for_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    press = Press().page()
    y, _ = press.paragraph(80, TEXT.replace("triệu đồng", "triệu đồng^1"))
    for _ in range(3):
        y, _ = press.paragraph(y, TEXT)
    press.line(85, 686, 228, 686)
    press.paragraph(700, "^1Trong đó thuế ngoài quốc doanh 27.185 triệu đồng.", size=10, indent=0)
    data = press.bytes()
    ours = read_pdf(data).pieces

    def refuse(*_: object) -> None:
        raise pypdfium2.PdfiumError("no", err_code=3)

    monkeypatch.setattr("extractor.paper.pdf.pdfium_engine.PdfiumFile", refuse)
    theirs = open_pdf(data, "a.pdf", Limits())
    assert theirs.engine == "pdfplumber"
    assert [(piece.text, piece.note, piece.marks) for piece in theirs.pieces] == [
        (piece.text, piece.note, piece.marks) for piece in ours
    ]


def test_a_file_that_neither_engine_opens_is_damaged(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "hong.pdf"
    path.write_bytes(b"%PDF-1.7\n" + files.damage(files.good_pdf(), 0)[9:60])
    with pytest.raises(UnreadableFile) as caught:
        reader.read(path)
    assert caught.value.result in {Result.DAMAGED, Result.EMPTY}


@pytest.mark.skipif(sys.platform != "linux", reason="memory as Linux tells it")
def test_a_large_program_makes_no_child_look_large() -> None:
    held = b"x" * (200 * MB)
    typed = [
        sys.executable,
        "-c",
        "from extractor.paper.sandbox.process_limits import peak_memory; print(peak_memory())",
    ]
    told = subprocess.run(typed, capture_output=True, text=True, check=True).stdout
    assert 0 < int(told) < len(held) < peak_memory()
