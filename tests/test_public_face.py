"""What others may import, and how little of it is loaded before it is asked for."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import extractor
from extractor.commands.terminal import exit_codes
from extractor.domain.extras import EXTRAS
from tests.waiting import HANG, starts_processes

pytestmark = starts_processes

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
        "extract_all",
        "extract_text",
        "figures_frame",
    ]
    assert dir(extractor) == extractor.__all__
    assert all(getattr(extractor, name) is not None for name in extractor.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(extractor, "extrakt")


EXTRA_LIBRARIES = (
    "streamlit",
    "sqlalchemy",
    "alembic",
    "pandas",
    "pyarrow",
    "psycopg",
    "distributed",
    "rapidocr",
    "vl_convert",
)
CORE_ALONE = f"""
import sys
sys.modules.update(dict.fromkeys({EXTRA_LIBRARIES}))  # None there: as if it were not installed
from extractor.__main__ import main
"""
"""A program in which no library of an extra can be imported, as where only the core is installed."""


def without_extras(code: str, *, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CORE_ALONE + code], capture_output=True, text=True, check=False, timeout=HANG, cwd=cwd
    )


CORE_COMMANDS = (
    "extract R.md",
    "extract R.md -o a.csv",
    "extract R.md -o a.xlsx",
    "series R.md -o s.xlsx",
    "series R.md -o s.zip",
    "check R.md",
    "structure R.md",
    "explain R.md",
    "extract R.pdf",
    "doctor",
)
EACH_IN_TURN = f"""
import contextlib, io, json
told = {{}}
for typed in {CORE_COMMANDS}:
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = main(typed.split())
    told[typed] = [code, *(stream.buffer.getvalue().decode() for stream in streams)]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def core_alone(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, str]]:
    """Exit code, output and errors of each command of the core, run in one process where no extra is installed."""
    folder = tmp_path_factory.mktemp("core")
    for ending in ("md", "pdf"):
        shutil.copy(root / "corpus" / f"minh-giang-2023-q1.{ending}", folder / f"R.{ending}")
    done = without_extras(EACH_IN_TURN, cwd=folder)
    assert done.returncode == 0, done.stderr
    told: dict[str, tuple[int, str, str]] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("typed", CORE_COMMANDS)
def test_the_core_reads_files_without_any_extra(core_alone: dict[str, tuple[int, str, str]], typed: str) -> None:
    code, output, errors = core_alone[typed]
    assert code in {exit_codes.DONE, exit_codes.SLIPS_FOUND}, errors
    assert output or "-o" in typed


@pytest.mark.parametrize(
    ("code", "extra"),
    [
        ("sys.exit(main(['ingest', '.', '--store', 'sqlite:///a.sqlite']))", "app"),
        ("sys.exit(main(['series', '--store', 'sqlite:///a.sqlite']))", "app"),
        ("sys.exit(main(['app', '--store', 'sqlite:///a.sqlite']))", "app"),
        ("import extractor\ntry: extractor.Store\nexcept extractor.SolieuError as e: sys.exit(str(e))", "app"),
        (
            "import extractor\nfrom extractor.domain.extraction import Extraction\n"
            "try: Extraction(None).to_frame()\nexcept extractor.SolieuError as e: sys.exit(str(e))",
            "exports",
        ),
        (
            "from extractor.statistics import write_series\nfrom extractor.domain.errors import MissingExtra\n"
            "try: write_series((), 'a.parquet', 'parquet')\nexcept MissingExtra as e: sys.exit(str(e))",
            "exports",
        ),
    ],
)
def test_a_missing_extra_is_named_where_it_is_needed(tmp_path: Path, code: str, extra: str) -> None:
    done = without_extras(code, cwd=tmp_path)
    assert done.returncode
    assert f'pip install "solieu[{extra}]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_every_library_of_an_extra_is_known_by_it(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    named = {name: " ".join(wanted) for name, wanted in project["optional-dependencies"].items()}
    for library, extra in EXTRAS.items():
        spelled = {"vl_convert": "vl-convert-python", "starlette": "streamlit"}.get(library, library)
        assert spelled in named[extra], library
    core = {re.split(r"[<>=\[]", wanted)[0] for wanted in project["dependencies"]}
    assert not core & {*EXTRAS, "vl-convert-python"}


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
