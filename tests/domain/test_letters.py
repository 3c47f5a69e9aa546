"""Letters without their accents: what Unicode takes apart, whole or in parts."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.letters import without_accents


@given(st.text() | st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x1EFF)))
def test_what_is_left_is_what_unicode_leaves_of_the_whole_text(text: str) -> None:
    parts = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    assert without_accents(text) == "".join(c for c in parts if not unicodedata.combining(c))
