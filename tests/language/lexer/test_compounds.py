"""Syllables that belong together are counted in text; a name that would end inside a word has that against it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.folding import fold
from extractor.language.lexer.compounds import LOOSE, RARE, compounds, find_compounds
from extractor.language.lexer.items import read_block, scan
from extractor.language.lexer.numerals import Style
from extractor.language.reader.view import View
from extractor.language.reader.weights import weights_of

SYLLABLES = st.sampled_from(["lãnh", "thổ", "vùng", "mặt", "hàng", "nhóm", "xã"])
TEXTS = st.lists(st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join), max_size=12)


@given(TEXTS)
def test_pairs_were_met_often_enough_and_stand_in_the_texts(texts: list[str]) -> None:
    for first, second, bits in find_compounds(texts):
        assert sum((first, second) == pair for text in texts for pair in pairwise(fold(text).split())) >= RARE
        assert bits >= LOOSE


@given(TEXTS)
def test_the_order_of_texts_does_not_matter(texts: list[str]) -> None:
    assert find_compounds(texts) == find_compounds(texts[::-1])


def test_a_mark_or_a_number_parts_syllables() -> None:
    assert find_compounds(["lãnh, thổ", "lãnh 5 thổ", "lãnh. thổ"] * 5) == []


def test_the_table_joins_words_and_not_their_neighbours() -> None:
    joined = compounds()
    assert joined["lãnh", "thổ"] > joined.get(("nhóm", "mặt"), LOOSE)
    assert ("thổ", "trên") not in joined


def test_a_word_is_seen_across_the_end_of_a_name() -> None:
    [scanned] = scan(["10 nhóm mặt hàng tăng giá"])
    view = View(read_block(scanned, Style.VIETNAMESE, report_period="2023"))
    places = {view.words(place): place for place in range(len(view.items))}
    assert view.joint(places["hàng"]) == str(compounds()["mặt", "hàng"])
    assert view.joint(places["mặt"]) == "-"


def test_ends_inside_a_word_lose() -> None:
    weights = weights_of("end")
    firm = [weights.get(f"joint={bits}", 0) for bits in range(7, 14)]
    assert sum(firm) < 0 < weights["joint=-"]
