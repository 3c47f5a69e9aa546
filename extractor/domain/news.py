"""How far the reading of one file has come, told while a person waits for it."""

from __future__ import annotations

from collections.abc import Callable

PageNews = Callable[[int, int], None]
"""Told how many scanned pages of a file are read, and of how many; also while one takes long."""


def quiet(read: int, of: int) -> None:
    """Nobody waits for news."""
