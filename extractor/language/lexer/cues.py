"""Which words are cues of the reader, by their folded tokens: where a counted noun must end."""

from __future__ import annotations

from functools import cache

from extractor.domain.lexicon import read_rows
from extractor.language.lexer.tokens import Token, WordTable

ENDING = frozenset({"status", "verb", "compare", "bound", "part", "each", "cut", "echo"})


@cache
def _cues() -> WordTable[str]:
    """Cue phrases → label, of the labels that end a noun phrase; names that only look like verbs left out."""
    rows = [r for r in read_rows("vocabulary/phrases.csv") if r["label"] in ENDING and r["value"] != "none"]
    return WordTable((row["phrase"], row["label"]) for row in rows)


@cache
def _names() -> WordTable[str]:
    """Names that begin like a cue: "thiếu sót", "còn thiếu"."""
    rows = [r for r in read_rows("vocabulary/words.csv") if r["class"] == "name"]
    return WordTable((row["word"], row["class"]) for row in rows)


def is_cue(tokens: list[Token], index: int) -> bool:
    """Whether a cue phrase begins at ``index``."""
    count = _cues().match(tokens, index)[0]
    return count > 0 and _names().match(tokens, index)[0] <= count
