"""Tokens, their folded forms, and word sequences among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.lexer.phrase_matcher import find_cues, norm
from extractor.language.lexer.tokens import WordTable, tokenize

CUTS = [
    ("21,53%", ["21", ",", "53", "%"]),
    ("17.500đồng", ["17", ".", "500", "đồng"]),
    ("m3/ngày", ["m", "3", "/", "ngày"]),
    ("H5N1", ["h", "5", "n", "1"]),
    ("a  b\n\tc", ["a", "b", "c"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "norms"), CUTS)
def test_runs_of_digits_runs_of_letters_single_marks(text: str, norms: list[str]) -> None:
    assert [t.norm for t in tokenize(text)] == norms


@given(st.text(max_size=60))
def test_tokens_cover_all_but_white_space(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end
        assert not text[end : token.start].strip()
        end = token.end
    assert not text[end:].strip()


@pytest.mark.parametrize(("written", "meant"), [("Thuỷ", "thủy"), ("HOÀ", "hòa"), ("tỉ", "tỷ"), ("hoach", "hoạch")])
def test_spellings_meet(written: str, meant: str) -> None:
    assert norm(written) == meant


@pytest.mark.parametrize(("one", "other"), [("thu", "thú"), ("nông", "nóng"), ("tăng", "tặng")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert norm(one) != norm(other)


def test_the_longest_sequence_wins() -> None:
    table = WordTable([("ước", "short"), ("ước thực hiện", "long"), ("thực", "other")])
    tokens = tokenize("ước thực hiện 12")
    assert table.match(tokens, 0) == (3, "long")
    assert table.match(tokens, 1) == (1, "other")
    assert table.match(tokens, 3) == (0, None)
    assert table.match(tokens, 9) == (0, None)


def test_cues_of_several_texts_stay_in_their_texts() -> None:
    first, second = find_cues([["so", "với"], ["cùng", "kỳ"]])
    together = find_cues([["so", "với", "cùng", "kỳ"]])[0]
    assert all(end <= 2 for _, end, _, _ in [*first, *second])
    assert {(label, value) for _, _, label, value in together} >= {(label, value) for _, _, label, value in first}


def test_a_raised_digit_is_no_part_of_a_word() -> None:
    assert [t.norm for t in tokenize("UBND¹ 12m²")] == ["ubnd", "¹", "12", "m", "²"]
