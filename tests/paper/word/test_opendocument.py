"""Texts of OpenDocument: through the same door as old Word files, and not where they lead elsewhere."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.read import read_document
from tests.waiting import HANG, starts_processes

pytestmark = starts_processes
KIND = "application/vnd.oasis.opendocument.text"


def opened(path: Path, content: str, *, manifest: str = "<manifest/>") -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("mimetype", KIND)
        bundle.writestr("content.xml", content)
        bundle.writestr("META-INF/manifest.xml", manifest)
    path.write_bytes(out.getvalue())
    return path


def verdict(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    return caught.value


def test_a_text_that_points_elsewhere_or_is_locked_is_not_opened(tmp_path: Path) -> None:
    image = '<draw:image xlink:type="simple" xlink:href="http://127.0.0.1/x.png"/>'
    assert verdict(opened(tmp_path / "a.odt", image)).result is Result.REFUSED
    section = '<text:section-source xlink:href="../other.odt"/>'
    assert verdict(opened(tmp_path / "b.odt", section)).result is Result.REFUSED
    locked = "<manifest:encryption-data/>"
    assert verdict(opened(tmp_path / "c.odt", "x", manifest=locked)).result is Result.ENCRYPTED


def test_without_libreoffice_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    hyperlink = '<text:a xlink:type="simple" xlink:href="http://127.0.0.1/">12 ha</text:a>'
    refusal = verdict(opened(tmp_path / "a.odt", hyperlink))
    assert refusal.result is Result.REFUSED
    assert ".odt" in refusal.vi and "LibreOffice" in refusal.en


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_text_gives_what_the_word_file_gives(root: Path, tmp_path: Path) -> None:
    word = root / "corpus" / "dai-khe-2010.docx"
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", "odt"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(word)], check=True, capture_output=True, timeout=HANG)
    ours, theirs = read_document(word), read_document(tmp_path / "dai-khe-2010.odt")
    assert theirs.source is not None
    assert theirs.source.format == "odt"
    assert [section.path for section in theirs.sections] == [section.path for section in ours.sections]
    assert len(theirs.footnotes) == len(ours.footnotes)
    assert theirs.report.number == ours.report.number
