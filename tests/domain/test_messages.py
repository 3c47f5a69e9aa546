"""Sentences are found by key, said in both languages, and survive every border that an error crosses."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from extractor.domain.document import Result
from extractor.domain.errors import Conflict, InvalidInput, InvalidModels, SolieuError, StoreError, UnreadableFile
from extractor.domain.messages import Message, say, sentences

ERRORS = [
    UnreadableFile("a.docx", Result.REFUSED, "file.other_office", kind=Message("office.excel")),
    InvalidModels("units.csv", 3, "models.fields", found=1, wanted=4),
    InvalidInput("learn.no_such_row", wrong="9", most=4),
    StoreError("store.no_report", number=7),
    Conflict("record.changed", who="Lan", current={"version": 2}),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
class TestBorders:
    def test_a_pickled_error_says_and_carries_the_same(self, error: SolieuError) -> None:
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert (again.vi, again.en, str(again), vars(again)) == (error.vi, error.en, error.vi, vars(error))

    def test_a_message_in_json_says_the_same(self, error: SolieuError) -> None:
        again = Message.from_plain(json.loads(json.dumps(error.message.to_plain())))
        assert again == error.message
        assert again.both() == (error.vi, error.en)


def test_an_error_names_what_it_was_raised_with() -> None:
    error = ERRORS[1]
    assert error.vi == "models/units.csv, dòng 3: có 1 cột, cần 4"
    assert error.say("en") == "models/units.csv, row 3: 1 field where the header has 4"


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 figures"), (1, "1 figure"), ("1", "1 figure"), ("1.021", "1.021 figures")]
)
def test_a_count_chooses_its_word(count: object, told: str) -> None:
    assert say("screens.csv", "catalogue.count", "en", count=count) == told


def test_words_of_ones_own_go_before_those_that_came_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of models/ from before an update lacks sentences that the program now says."""
    (tmp_path / "interface").mkdir()
    (tmp_path / "interface" / "messages.csv").write_text(
        "key,vi,en\nfile.zip,tự đặt,ours\nfile.html,{,{no}\n", encoding="utf-8"
    )
    monkeypatch.setenv("SOLIEU_MODELS", str(tmp_path))
    sentences.cache_clear()
    try:
        assert Message("file.zip").both() == ("tự đặt", "ours")
        assert Message("store.newer").say("en").startswith("The store was made by a newer solieu")
        assert Message("file.html").both() == ("file.html {}", "file.html {}")
        assert "file.nowhere" in Message("file.nowhere", {"name": "a"}).say()
    finally:
        sentences.cache_clear()
