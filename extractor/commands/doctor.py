"""``solieu doctor``: what this machine offers to the program, and what could be added."""

from __future__ import annotations

import argparse
import platform
import shutil
from importlib.util import find_spec

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import SolieuError


def add(parser: Parser) -> None:
    """Describe the command: it takes nothing but the language."""


def run(_options: argparse.Namespace, console: Console) -> int:
    """Print each part with a mark; only what every command needs makes it fail."""
    from extractor import __version__
    from extractor.model_checks import check_models

    console.tell("doctor.versions", solieu=__version__, python=platform.python_version(), system=platform.platform())
    if find_spec("sqlalchemy") is not None:
        from extractor.archive.database import locate

        console.tell("doctor.store", store=locate(None))
    try:
        conflicts = len(check_models(examples=False)[2])
    except SolieuError as error:
        console.complain(error.say(console.language))
        conflicts = 1
    console.write()
    for name, there in {"models": not conflicts, "compiled": is_compiled(), **_optional()}.items():
        console.write(f"  {'✓' if there else '–'} {console.sentence(f'doctor.{name}')}")
    if not all(_optional().values()):
        console.write()
        console.tell("doctor.optional")
    return exit_codes.SOME_FAILED if conflicts else exit_codes.DONE


def is_compiled() -> bool:
    """Whether the reader of figures is machine code, as in the wheel of ``make compiled``, and not Python."""
    found = find_spec("extractor.language.reader.block_reader")
    return found is not None and not str(found.origin).endswith(".py")


def _optional() -> dict[str, bool]:
    """The programs and libraries that some files or stores ask for."""
    from extractor.paper.ocr.second_engine import has_second_reader
    from extractor.paper.ocr.tesseract import find_tesseract

    tesseract = find_tesseract()
    return {
        "tesseract": tesseract is not None and tesseract.vietnamese,
        "digits": has_second_reader(),
        "word": any(shutil.which(name) for name in ("soffice", "libreoffice", "antiword")),
        "app": all(find_spec(name) for name in ("sqlalchemy", "alembic", "streamlit")),
        "exports": all(find_spec(name) for name in ("pandas", "pyarrow")),
        "postgresql": find_spec("psycopg") is not None,
    }
