"""LibreOffice without a screen: a workbook opened and saved again under a locale of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.waiting import HANG

LOCALES = ("vi-VN", "en-US")
needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


def saved_again(book: Path, locale: str) -> Path:
    """``book`` as LibreOffice saves it where numbers are written the way of ``locale``."""
    profile, out = book.parent / f"profile-{locale}", book.parent / f"out-{locale}"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
        f"<value>{locale}</value></prop></item></oor:items>",
        "utf-8",
    )
    own = f"-env:UserInstallation=file://{profile}"
    command = ["soffice", own, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=HANG)
    return out / book.name
