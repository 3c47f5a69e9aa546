"""LibreOffice, a program of the machine: it turns an old or foreign office file into one that our readers know.

In: the bytes of a file and what to make of it. Out: the bytes of a .docx or .xlsx. It runs in a folder and with a
profile of its own, so that no other window is disturbed and no macro is trusted, within the limits of
``outside_program``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.paper.sandbox.outside_program import run_outside


def find_office() -> str | None:
    """The program, or None where this machine has none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(office: str, data: bytes, suffix: str, target: str, name: str) -> bytes | None:
    """``data``, a file of the kind ``suffix``, as the kind ``target`` ("docx", "xlsx"); None where none is made."""
    with TemporaryDirectory(prefix="solieu-") as folder:
        source = Path(folder) / f"source.{suffix}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--norestore", "--convert-to", target]
        run_outside([*command, "--outdir", folder, str(source)], source.parent, name)
        made = source.with_suffix(f".{target}")
        return made.read_bytes() if made.is_file() else None
