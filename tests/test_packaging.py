"""The wheel alone, away from the checkout, reads a report: words and samples travel inside it."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.waiting import starts_processes

pytestmark = starts_processes


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(root)]
    subprocess.run(build, check=True, capture_output=True)
    [built] = target.glob("solieu-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that has the wheel and borrows the libraries it needs, but not the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(folder, with_pip=False)
    site = next(folder.glob("lib*/python*/site-packages"))
    install = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join(libraries) + "\n", encoding="utf-8")
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


def test_the_wheel_holds_words_and_samples_and_nothing_of_ours_besides(root: Path, wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("models", "corpus"):
        ours = {p.relative_to(root).as_posix() for p in (root / folder).rglob("*") if p.is_file() and p.name[0] != "."}
        assert ours
        missing = {name for name in ours if f"extractor/{name}" not in names and "__pycache__" not in name}
        assert not missing
    assert not [name for name in names if name.startswith(("tests/", "docs/", "benchmarks/"))]
    assert "extractor/py.typed" in names


def test_the_installed_command_reads_a_report_from_anywhere(root: Path, installed: Path, tmp_path: Path) -> None:
    report = root / "corpus" / "minh-giang-2023-q1.md"
    done = subprocess.run(
        [installed / "solieu", "extract", report], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(figures) > 20
    home = subprocess.run(
        [installed / "python", "-c", "import extractor; print(extractor.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(home.stdout.strip()).is_relative_to(installed.parent)
