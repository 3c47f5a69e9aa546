"""Folding: what must meet, what must stay apart, and what must hold for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.folding import fold, fold_spelling, fold_syllable

ONE_PHRASE = [
    ("hoà giải", "hòa giải"),
    ("Thuỷ sản", "thủy sản"),
    ("luỹ kế", "lũy kế"),
    ("kì họp", "kỳ họp"),
    ("tỉ đồng", "tỷ đồng"),
    ("quí I", "Quý I"),
    ("qúy", "quý"),
    ("khoẻ", "khỏe"),
    ("li hôn", "ly hôn"),
    ("Kĩ thuật", "kỹ thuật"),
    ("sản lƣợng lúa đạt; Ðạt, lần lƣợt", "sản lượng lúa đạt đạt lần lượt"),
    ("Nông, lâm - thuỷ sản", "nông lâm thủy sản"),
    ("tổ chức\u00a0lại", "tổ  chức lại"),
    ("Giá\u200b trị", "giá trị"),
    ("ÐỒNG HOÀ", "Đồng Hòa"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PHRASE)
def test_spellings_of_one_phrase_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(unicodedata.normalize("NFD", one)) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thu", "chi"),
        ("nông nghiệp", "công nghiệp"),
        ("nam", "năm"),
        ("vụ", "vú"),
        ("đất", "dất"),
        ("thị", "thỵ"),
        ("di dân", "dy dân"),
        ("giá", "già"),
        ("tai", "tay"),
        ("mai", "may"),
        ("túi", "túy"),
        ("chi", "chy"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "word",
    [
        *("quý", "quỹ", "quyết", "quỳnh", "giá", "già", "giếng", "giờ", "gì", "gìn", "huỳnh", "khuỷu", "ngoéo"),
        *("hoàn", "thuở", "nghĩa", "mía", "của", "tuần", "hóa", "lũy", "thủy", "rượu", "hươu", "yếu", "chuyển"),
        *("biến", "xoáy", "hoặc", "nguyễn", "tiếng", "người", "đường", "nước", "uống", "khoảng", "oán", "ủy"),
        *("tỷ", "lệ", "hộ", "nghèo", "giảm", "đã", "bưởi"),
    ],
)
def test_rightly_written_words_are_fixed_points(word: str) -> None:
    assert fold_syllable(word) == word


@pytest.mark.parametrize("word", ["km", "kwh", "grdp", "website", "covid", "wifi", "đ", "m²", "qr"])
def test_what_is_no_syllable_is_left_alone(word: str) -> None:
    assert fold_spelling(word) == word


def test_percent_survives_and_other_marks_do_not() -> None:
    assert fold("đạt 21,5 % (KH)!") == "đạt 21 5 % kh"
    assert fold_spelling("đạt 21,5 %  (KH)!") == "đạt 21,5 % (kh)!"


SYLLABLE = st.text(alphabet="bcghklmnqtuđaăâeêioôơưyáàảãạếềộợứỷỹýịíìỉĩúùủũụóòỏõọ", min_size=1, max_size=7)


@given(SYLLABLE)
def test_folding_twice_changes_nothing(word: str) -> None:
    once = fold_syllable(word)
    assert fold_syllable(once) == once


@given(st.text(max_size=60))
def test_any_text_folds_to_a_stable_form(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == once
    assert once == once.strip()
    assert "  " not in once
