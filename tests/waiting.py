"""How tests wait: for an event, with one bound that only ends a hang. No busy machine comes near it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

HANG = 240.0
"""Seconds after which what was waited for will not come any more."""

starts_processes = pytest.mark.timeout(2 * HANG)
"""For tests whose processes take as long to start as other work on the machine leaves them."""


def until(happened: Callable[[], object]) -> None:
    """Returns when ``happened`` says something true."""
    end = time.monotonic() + HANG
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)
