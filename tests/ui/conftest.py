"""The app on a store of its own, driven without a browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from extractor.archive.store import Store
from extractor.ui import serve, session
from tests.archive.sample import build
from tests.waiting import HANG


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Puts back the main module, which Streamlit replaces by its script: processes that start later look at it."""
    shown = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = shown


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> Event:
    """The app is served as ``solieu app`` does."""
    serving = Event()
    serving.set()
    monkeypatch.setattr(serve, "SERVING", serving)
    return serving


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store that the app will open."""
    place = str(tmp_path / "store.sqlite")
    monkeypatch.setenv("SOLIEU_DATABASE", place)
    monkeypatch.delenv("SOLIEU_LANGUAGE", raising=False)
    session._open.cache_clear()
    opened, _ = Store.open_local(place)
    yield opened
    opened.close()
    session._open(place).close()
    session._open.cache_clear()


@pytest.fixture
def filled(empty: Store) -> Store:
    """A store with the sample report."""
    extraction, content = build()
    empty.add_extraction(extraction, content, actor=next(iter(empty.people())))
    return empty


@pytest.fixture
def app(root: Path) -> AppTest:
    """The app, not yet run."""
    return AppTest.from_file(str(root / "app.py"), default_timeout=HANG)
