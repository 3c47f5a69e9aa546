"""The tests of this folder read by the grammar alone, without the scores that weigh its word in the program."""

from __future__ import annotations

import pytest

from extractor.language import figures
from extractor.language.lexer.items import Reading
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import Context


@pytest.fixture(autouse=True)
def grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_grammar(reading: Reading, context: Context, _: int) -> BlockReader:
        return BlockReader(reading, context)

    monkeypatch.setattr(figures, "_by_scores", by_grammar)
