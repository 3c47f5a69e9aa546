"""Old Word files: through the programs of the machine where they are, with a clear word where they are not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.read import read_document
from extractor.paper.sandbox.outside_program import run_outside
from extractor.paper.structure.assemble import assemble
from extractor.paper.word.legacy_doc import read_doc
from extractor.paper.word.package import OLE
from tests.waiting import HANG, starts_processes

pytestmark = starts_processes

WORD = OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600


def _result(data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_doc(data, "cũ.doc")
    return caught.value


def _pretend(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Lets a script of the shell stand for antiword, and nothing for LibreOffice."""
    program = folder / "antiword"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program) if name == "antiword" else None)


def test_each_old_file_gets_its_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert _result(b"%PDF-1.4").result is Result.DAMAGED
    assert _result(OLE + b"\0" * 600).result is Result.REFUSED
    assert _result(OLE + "EncryptedPackage".encode("utf-16-le")).result is Result.ENCRYPTED
    missing = _result(WORD)
    assert missing.result is Result.REFUSED
    assert "LibreOffice" in missing.vi and "antiword" in missing.en


def test_a_program_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _pretend(monkeypatch, tmp_path, "sleep 600")
    monkeypatch.setitem(run_outside.__kwdefaults__, "seconds", 0.2)
    assert _result(WORD).result is Result.TOO_SLOW


def test_a_program_that_prints_nothing_leaves_a_damaged_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _pretend(monkeypatch, tmp_path, "exit 1")
    assert _result(WORD).result is Result.DAMAGED


def test_rich_text_that_points_elsewhere_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/false")
    pointing = _result(rb'{\rtf1 {\field{\*\fldinst IncludePicture "http://127.0.0.1/x"}}}')
    assert pointing.result is Result.REFUSED
    assert "trỏ tới" in pointing.vi
    assert _result(rb"{\rtf1 12 ha}").result is Result.DAMAGED  # the program made nothing of it
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "LibreOffice" in _result(rb"{\rtf1 12 ha}").en


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_rich_text_is_read_with_its_notes_and_letters(tmp_path: Path) -> None:
    path = tmp_path / "cũ.doc"  # as such files are often called
    path.write_bytes(
        rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\f0 "
        rb"S\u7889?: 5/BC-UBND\par Thu ng\u226?n s\u225?ch "
        rb"\u432?\u7899?c \u273?\u7841?t 56.057 tri\u7879?u \u273?\u7891?ng"
        rb"{\super\chftn}{\footnote {\super\chftn} Thu\u7871? 27.185 tri\u7879?u \u273?\u7891?ng.}, "
        rb"\u273?\u7841?t 10,9% k\u7871? ho\u7841?ch.\par}"
    )
    document = read_document(path)
    assert document.source is not None
    assert document.source.format == "rtf"
    assert "ước đạt 56.057 triệu đồng, đạt 10,9% kế hoạch." in document.text
    [note] = document.footnotes
    assert note.anchor is not None
    assert document.text[: note.anchor].endswith("56.057 triệu đồng")


@pytest.mark.parametrize("program", ["soffice", "antiword"])
def test_the_real_report_as_doc(program: str, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, found = shutil.which("soffice"), shutil.which(program)
    if not office or not found:
        pytest.skip(f"{program} is not installed")
    source = shared / "reports/kien-an-2023-q1.docx"
    command = [office, f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", "doc"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=HANG)
    monkeypatch.setattr(shutil, "which", lambda name: found if name == program else None)
    flow = read_doc((tmp_path / "kien-an-2023-q1.doc").read_bytes(), "a.doc")
    document = assemble(flow.pieces)
    assert flow.format == "doc"
    assert len(document.sections) == 38
    assert [note.mark for note in document.footnotes if note.anchor] == [str(n) for n in range(1, 12)]
