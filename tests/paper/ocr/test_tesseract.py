"""Tesseract is held to processor time: a busy machine makes it late, and a late page is not lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

from extractor.paper.ocr import tesseract
from extractor.paper.ocr.tesseract import Tesseract, TesseractDied, TesseractMissing, TesseractTimedOut, ask_direction
from tests.waiting import starts_processes

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="limits as a POSIX shell sets them"),
    starts_processes,
]


def asked(folder: Path, script: str) -> bytes:
    """What a program in the place of Tesseract prints."""
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\ncat >/dev/null\n{script}\n")
    path.chmod(0o755)
    return ask_direction(Tesseract(str(path), vietnamese=True), Image.new("L", (8, 8)))


def test_the_limit_is_of_processor_time(tmp_path: Path) -> None:
    assert asked(tmp_path, "ulimit -S -t") == b"60\n"


def test_a_program_that_waits_for_the_machine_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "SECONDS", 1.0)
    monkeypatch.setattr(tesseract, "PATIENCE", 60.0)
    assert asked(tmp_path, "sleep 1.2; echo late") == b"late\n"


def test_a_program_that_never_ends_its_work_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "SECONDS", 1.0)
    monkeypatch.setattr(tesseract, "PATIENCE", 60.0)
    with pytest.raises(TesseractTimedOut) as caught:
        asked(tmp_path, "while :; do :; done")
    assert caught.value.args, "by its processor time, not by the clock"


def test_a_program_that_is_ended_from_outside_is_not_called_slow(tmp_path: Path) -> None:
    with pytest.raises(TesseractDied):
        asked(tmp_path, "kill -KILL $$")


def test_a_program_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(TesseractMissing):
        ask_direction(Tesseract(str(tmp_path / "gone"), vietnamese=True), Image.new("L", (8, 8)))
