"""Which words are cues of the grammar, by their folded tokens: where a counted noun must end."""

from __future__ import annotations

from functools import cache

from extractor.language.tokens import Token, match_words, tokenize
from extractor.lexicon import read_rows

ENDING = frozenset({"status", "verb", "compare", "bound", "part", "each", "cut", "echo"})


@cache
def _cues() -> dict[tuple[str, ...], str]:
    """Folded cue phrases → label, of the labels that end a noun phrase; names that only look like verbs left out."""
    rows = [r for r in read_rows("vocabulary/phrases.csv") if r["label"] in ENDING and r["value"] != "none"]
    return {tuple(t.norm for t in tokenize(r["phrase"])): r["label"] for r in rows}


def is_cue(tokens: list[Token], index: int) -> bool:
    """Whether a cue phrase begins at ``index``."""
    return match_words(tokens, index, _cues(), longest=6)[1] is not None
