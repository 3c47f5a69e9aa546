"""Sentences without numbers are left out, and nothing that is read changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract_text
from extractor.language.silence import Voices
from extractor.paper import read_passage

SILENT = ["Tình hình ổn định", "Các xã tiếp tục chăm sóc lúa", "Công tác y tế được quan tâm"]
SPEAKING = ["Thu phí đạt 12 tỷ đồng, tăng 3%", "Có mười hai hộ nghèo", "Số hộ tăng gấp đôi", "Xã có 48 lớp"]


def seen(text: str) -> str:
    document, _ = read_passage(text)
    return Voices(document).of(0, len(document.text))


def as_it_stands(voices: Voices, start: int, end: int) -> str:
    return voices._text[start:end]


def test_what_holds_no_number_is_blank_and_the_rest_stands() -> None:
    text = "Tình hình ổn định. Thu phí đạt 12 tỷ đồng. Các xã chăm sóc lúa. Công tác y tế được quan tâm."
    assert re.sub(" +", " ", seen(text)) == " . Thu phí đạt 12 tỷ đồng. . Công tác y tế được quan tâm."
    assert len(seen(text)) == len(text)


def test_a_clause_between_semicolons_stays() -> None:
    text = "Thu phí đạt 12 tỷ đồng; các xã chăm sóc lúa; xã có 48 lớp."
    assert seen(text) == text


@pytest.mark.parametrize("text", ["Ông Nguyễn Văn A. Trần thu 12 tỷ đồng.", "Số hộ tăng gấp đôi. Có mười hai hộ."])
def test_initials_end_no_sentence_and_words_may_be_numbers(text: str) -> None:
    assert seen(text) == text


def test_a_sentence_that_a_note_hangs_on_stays() -> None:
    document, _ = read_passage("Đã tổ chức hội nghị¹. Thu phí đạt 12 tỷ đồng.\n\n¹ Tại 3 xã.")
    block = document.blocks[0]
    assert "hội nghị" in Voices(document).of(block.start, block.end)


@given(st.lists(st.sampled_from(SILENT + SPEAKING), min_size=1, max_size=6), st.sampled_from([". ", "; "]))
def test_what_is_read_does_not_change(sentences: list[str], between: str) -> None:
    text = between.join(sentences) + "."
    figures = extract_text(text, report_period="2023")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Voices, "_listen", as_it_stands)
        assert extract_text(text, report_period="2023") == figures


def test_a_sample_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    text = (corpus / "minh-giang-2023-q1.md").read_text(encoding="utf-8")
    figures = extract_text(text)
    monkeypatch.setattr(Voices, "_listen", as_it_stands)
    assert extract_text(text) == figures
