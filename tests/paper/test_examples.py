"""The examples in the docstrings of this room hold."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = ("footnotes", "inline", "labels", "numbering", "encodings", "reported_period", "syllables")


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"extractor.paper.{name}"))
    assert result.attempted
    assert not result.failed
