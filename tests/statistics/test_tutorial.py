"""The tutorial for analysts does what it says: its code is run, its output compared."""

from __future__ import annotations

import doctest
from pathlib import Path

import openpyxl
import pytest


def test_the_tutorial_runs_as_printed(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("vl_convert")
    (tmp_path / "corpus").symlink_to(root / "corpus", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    page = root / "docs" / "analysts.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted >= 25
    assert openpyxl.load_workbook(tmp_path / "out" / "retail.xlsx").sheetnames[0] == "Đọc trước"
    assert (tmp_path / "out" / "retail.png").read_bytes().startswith(b"\x89PNG")
