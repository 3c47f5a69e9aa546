"""What an office's gold teaches: its own turns, near to the package, and nothing of what it has not shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extractor.language import PACKAGE, Layer
from extractor.language.reader.turns import sentence_of
from extractor.pipeline import extract_text
from extractor.training.anchored import Learned, learn_near_package, taught_by
from extractor.training.giving_back import patch_of
from extractor.training.guard import score_package, score_texts, shown_by_package, to_try

pytestmark = pytest.mark.usefixtures("little_gold")

NAMES = ("Thu phí", "Thu thuế", "Chi đầu tư", "Thu lệ phí", "Chi sự nghiệp", "Vốn đầu tư", "Doanh thu", "Nợ thuế")
TURN = "{name} năm nay đâu đó chừng ấy {value} tỷ đồng."
"""An office means its plan by words that no table holds."""


def passage(number: int, status: str = "plan") -> dict[str, Any]:
    text = TURN.format(name=NAMES[number % len(NAMES)], value=12 + number)
    [read] = extract_text(text, report_period="2023")
    figure = {**read.to_dict(), "status": status, "comparisons": []}
    return {"id": f"p{number:02}", "text": text, "heading": None, "report_period": "2023", "figures": [figure]}


def learn(*passages: dict[str, Any]) -> Learned:
    return learn_near_package(taught_by(passages), 1.0)


def as_layer(learned: Learned) -> Layer:
    return Layer(1, json.dumps({"weights": learned}))


def status_of(text: str, layer: Layer) -> str:
    [figure] = extract_text(text, report_period="2023", layer=layer)
    return figure.status.value


def test_turn_of_an_office_is_learned_and_read_in_a_sentence_that_taught_nothing() -> None:
    layer = as_layer(learn(*map(passage, range(8))))
    other = TURN.format(name="Giá trị sản xuất", value=97)
    assert (status_of(other, PACKAGE), status_of(other, layer)) == ("actual", "plan")
    assert status_of("Thu phí đạt 12 tỷ đồng.", layer) == "actual"


def test_two_passages_teach_nothing() -> None:
    assert learn(passage(0), passage(1)) == {}


def said_again(count: int) -> list[dict[str, Any]]:
    """One sentence with other numbers."""
    found = []
    for number in range(count):
        text = TURN.format(name=NAMES[0], value=12 + number)
        [figure] = passage(0)["figures"]
        figure |= {"value": 12 + number, "quote": f"{12 + number} tỷ đồng"}
        found.append({**passage(0), "id": f"q{number}", "text": text, "figures": [figure]})
    return found


def test_sentence_that_two_reports_say_is_read_so_in_the_third_and_no_other_is() -> None:
    layer = as_layer(learn(*said_again(2)))
    assert status_of(TURN.format(name=NAMES[0], value=97), layer) == "plan"
    assert status_of(TURN.format(name=NAMES[1], value=97), layer) == "actual"


def test_sentence_that_one_report_says_is_learned_if_a_witness_says_the_same() -> None:
    one, other = said_again(2)
    assert learn_near_package(taught_by([one]), 1.0) == {}
    assert learn_near_package(taught_by([], [one, other]), 1.0) == {}
    [(piece, by)] = learn_near_package(taught_by([one], [other]), 1.0)["status"].items()
    assert sentence_of(piece)
    assert by["plan"] > 0 > by["actual"]


def test_witness_that_says_otherwise_stops_what_a_sentence_is_read_as() -> None:
    one, other = said_again(2)
    other["figures"][0]["status"] = "estimate"
    learned = learn_near_package(taught_by([one], [other]), 1.0)["status"]
    moved = {choice for by in learned.values() for choice in by}
    assert "actual" in moved, "that it is not this is all they agree on"
    assert moved.isdisjoint(("plan", "estimate"))


def test_sentence_written_again_and_again_says_nothing_of_other_sentences() -> None:
    learned = learn(*said_again(4))
    assert {sentence_of(piece) != "" for pieces in learned.values() for piece in pieces} == {True}


def planned(name: str, number: int) -> dict[str, Any]:
    """An office that tells its plan first, and calls what was done by two letters."""
    values = {"plan": 900 + number, "actual": 800 + number}
    text = f"{name}: KH {values['plan']} ha, TH {values['actual']} ha."
    figures = [
        {"indicator": name, "value": value, "unit": "ha", "period": "2023", "status": status, "quote": f"{value} ha"}
        for status, value in values.items()
    ]
    figures = [{**figure, "comparisons": []} for figure in figures]
    return {"id": f"n{name}{number}", "text": text, "heading": None, "report_period": "2023", "figures": figures}


CROPS = ("Ngô", "Lúa", "Sắn", "Mía", "Lạc", "Vừng", "Bông", "Chè")


def second_name(name: str, number: int, layer: Layer) -> str | None:
    figures = extract_text(planned(name, number)["text"], report_period="2023", layer=layer)
    return figures[1].indicator


def test_whole_name_that_is_corrected_in_a_sentence_is_read_so_when_it_stands_again() -> None:
    learned = learn(planned("Ngô", 1), planned("Ngô", 2))
    assert {*learned} >= {"name"}
    assert all(sentence_of(piece) for piece in learned["name"])
    assert second_name("Ngô", 3, PACKAGE) == "TH"
    assert second_name("Ngô", 3, as_layer(learned)) == "Ngô"
    assert second_name("Lúa", 3, as_layer(learned)) == second_name("Lúa", 3, PACKAGE)


def test_whole_names_of_an_office_are_read_in_a_sentence_that_taught_nothing() -> None:
    layer = as_layer(learn(*(planned(name, number) for number, name in enumerate(CROPS))))
    assert (second_name("Khoai", 9, PACKAGE), second_name("Khoai", 9, layer)) == ("TH", "Khoai")


def test_what_the_machine_reads_rightly_moves_no_status() -> None:
    right = [passage(number, "actual") for number in range(8)]
    assert status_of(right[0]["text"], as_layer(learn(*right))) == "actual"


def test_order_of_passages_means_nothing() -> None:
    passages = [*map(passage, range(8))]
    assert json.dumps(learn(*passages)) == json.dumps(learn(*reversed(passages)))


def test_gold_of_the_package_is_counted_and_scored() -> None:
    assert shown_by_package()["part"]
    scores = score_package(PACKAGE.content)
    assert [one.strict_f1 for one in scores] == [1, 1]
    assert sum(one.gold for one in scores) == 3


def test_texts_are_scored_with_the_layer() -> None:
    texts = [*to_try("store", map(passage, range(8)))]
    before, after = (
        score_texts(texts, layer)["store"] for layer in (PACKAGE, as_layer(learn(*map(passage, range(8)))))
    )
    assert before.right["status"] == 0
    assert after.right["status"] == 8


# ------------------------------------------------------------------------------------------------------- giving back


def test_patch_gives_rows_without_a_passage_and_keeps_words_of_the_house() -> None:
    layer = as_layer({"status": {"n1w=zzyzx&x=1": {"plan": 9}, "v=reach": {"plan": 5}, "turn=1f.3": {"plan": 7}}})
    patch = patch_of(layer)
    assert (patch.given, patch.kept_back) == (1, 2)
    added = [line for line in patch.text.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert "zzyzx" not in patch.text
    assert "turn=" not in patch.text
    assert [line.split(",")[0] for line in added] == ["+v=reach"]


def test_nothing_learned_gives_an_empty_patch() -> None:
    assert patch_of(PACKAGE).text == ""
