"""What others may import, and how little of it is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import extractor

HEAVY = (
    "spacy",
    "pandas",
    "pyarrow",
    "streamlit",
    "sqlalchemy",
    "pdfplumber",
    "pypdfium2",
    "lxml",
    "openpyxl",
    "rapidfuzz",
    "regex",
)


def test_the_public_face_is_this_and_no_more() -> None:
    assert sorted(extractor.__all__) == [
        "Extraction",
        "Figure",
        "SolieuError",
        "Store",
        "UnreadableFile",
        "__version__",
        "extract",
        "extract_text",
    ]
    assert dir(extractor) == extractor.__all__
    assert all(getattr(extractor, name) is not None for name in extractor.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(extractor, "extrakt")


def loaded_by(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_no_heavy_library() -> None:
    assert not loaded_by("import extractor").intersection(HEAVY)


def test_the_command_line_loads_no_heavy_library() -> None:
    code = "from extractor.commands.command_line import build_parser; build_parser('vi')"
    assert not loaded_by(code).intersection(HEAVY)


def test_reading_loads_spacy_without_its_command_line_and_leaves_that_to_whoever_wants_it() -> None:
    code = "import extractor; extractor.extract_text('Thu 5 tỷ đồng.')"
    assert {"typer", "requests", "urllib3"}.isdisjoint(loaded_by(code))
    assert "typer" in loaded_by(f"{code}; from spacy.cli import info; assert callable(info)")


def test_reading_a_text_report_loads_neither_tables_nor_store_nor_screen() -> None:
    code = "import extractor; extractor.extract_text('Thu ngân sách đạt 24.333 triệu đồng.')"
    assert not loaded_by(code).intersection({"pandas", "pyarrow", "streamlit", "sqlalchemy", "pdfplumber", "openpyxl"})
