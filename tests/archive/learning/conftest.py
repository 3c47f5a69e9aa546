"""The package's gold in these tests is two passages."""

from __future__ import annotations

from tests.training.conftest import little_gold

__all__ = ["little_gold"]
