"""An office's store; the package's gold in these tests is two passages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from extractor.archive.store import Store
from tests.training.conftest import little_gold

__all__ = ["little_gold"]


@pytest.fixture
def place(tmp_path: Path) -> Iterable[Store]:
    """A store of one office."""
    opened, _ = Store.open_local(tmp_path / "place.sqlite")
    yield opened
    opened.close()
