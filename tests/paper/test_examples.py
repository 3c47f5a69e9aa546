"""The examples in the docstrings of this room hold."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = (
    *("structure.footnotes", "structure.labels", "structure.reported_period", "text.inline_markup", "word.numbering"),
    *("sniff.legacy_encoding", "sniff.syllables"),
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"extractor.paper.{name}"))
    assert result.attempted
    assert not result.failed
