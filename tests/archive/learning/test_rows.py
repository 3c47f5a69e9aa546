"""From names that people gave to rows that the store reads with, and back; what leaves the house of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.learning import take_in
from extractor import extract_text
from extractor.archive.learning.changes import changes_by
from extractor.archive.learning.passages import decided_passages
from extractor.archive.learning.proposal import divide, propose, row_alone
from extractor.archive.review.learning import learn_from
from extractor.archive.store import Store
from extractor.commands.terminal.rescoring import add_rows
from extractor.evaluation import Score
from extractor.language import Layer
from extractor.language.lexer.numerals import STYLES
from extractor.training import guard
from extractor.training.giving_back import patch_of
from tests.archive.learning.office import LOAD, UNKNOWN, actor, bring, name_it, passage

pytestmark = pytest.mark.usefixtures("little_gold")
ALIASES = "catalogue/aliases.csv"
NEXT = f"{UNKNOWN} ước đạt 97 tỷ đồng, tăng 8% so với cùng kỳ."


def entry_of(text: str, layer: Layer) -> str | None:
    [figure] = extract_text(text, report_period="2023", layer=layer)
    return figure.indicator_id


def test_name_that_two_reports_agree_on_is_read_in_the_next_and_taken_back(place: Store) -> None:
    name_it(place, range(4))
    found = propose(place)
    assert [(one.kind, one.before, one.reports) for one in found.rows] == [("alias", UNKNOWN, 2)]
    assert found.is_taken
    assert entry_of(NEXT, place.layer()) is None, "proposing changes nothing"
    layer = place.learn(found.content, over=found.over, actor=actor(place))
    assert entry_of(NEXT, layer) == "rev_state"
    assert propose(place).is_new is False, "the same decisions teach the same again"
    place.unlearn(0, actor=actor(place))
    assert place.layer().content == "{}"
    assert entry_of(NEXT, place.layer()) is None
    assert place.verify() == []


def test_one_report_makes_no_row(place: Store) -> None:
    name_it(place, range(1))
    assert propose(place).rows == ()


def test_report_that_is_held_back_teaches_no_row(place: Store) -> None:
    name_it(place, (0, 1, 3))
    held = divide(decided_passages(place))[1]
    assert len(held) == 2
    assert propose(place).rows == (), "of those that teach one alone says so"


def test_layer_holds_no_text_of_a_report_and_no_person(place: Store) -> None:
    name_it(place, range(4))
    assert json.loads(propose(place).content)["rows"] == {ALIASES: [{"alias": UNKNOWN, "indicator": "rev_state"}]}


def test_order_of_decisions_gives_the_same_to_the_byte(place: Store, tmp_path: Path) -> None:
    other, _ = Store.open_local(tmp_path / "other.sqlite")
    name_it(place, range(4))
    name_it(other, reversed(range(4)))
    assert propose(place).content == propose(other).content
    other.close()


def test_row_tells_how_many_undecided_figures_it_changes(place: Store) -> None:
    name_it(place, range(4))
    for number, text in enumerate((NEXT, NEXT.replace("97", "98"), "Nợ thuế đạt 3 tỷ đồng.")):
        take_in(place, {**passage(number), "id": f"w{number}", "text": text}, actor(place))
    found = propose(place)
    would = changes_by(place, found.content, [*map(row_alone, found.rows)])
    assert (would.figures, would.otherwise, would.by_row) == (3, 2, (2,))
    assert [(one.field, one.after, one.count) for one in would.changes] == [("indicator_id", "rev_state", 2)]


def test_row_that_does_harm_is_left_out(place: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    name_it(place, range(4))
    worse, better = ((Score(4, 4, 4, strict), Score()) for strict in (3, 4))
    monkeypatch.setattr(guard, "score_package", lambda content: worse if UNKNOWN in content else better)
    found = propose(place)
    assert (found.rows, found.fell) == ((), ())
    assert UNKNOWN not in found.content


def test_counted_noun_that_people_write_again_is_a_unit(place: Store) -> None:
    for record in bring(place, range(4)):
        place.correct(record.id, record.version, {"unit": LOAD}, actor=actor(place))
    found = propose(place)
    assert [(one.kind, one.after) for one in found.rows] == [("unit", LOAD)]
    [before], [after] = (
        extract_text("Sản lượng mật đạt 45 bó gùi của dân.", layer=layer) for layer in (None, Layer(1, found.content))
    )
    assert (before.unit, after.unit) == ("bó gùi", LOAD)


def test_noun_that_people_put_a_known_unit_for_is_that_unit(place: Store) -> None:
    for record in bring(place, range(4), "Sản lượng mật đạt {value} gùi."):
        place.correct(record.id, record.version, {"unit": "nghìn tấn"}, actor=actor(place))
    found = propose(place)
    assert [(one.kind, one.before, one.after) for one in found.rows] == [("same_unit", "gùi", "nghìn tấn")]
    [figure] = extract_text("Sản lượng mật đạt 45 gùi.", layer=Layer(1, found.content))
    assert (figure.unit, figure.amount, figure.amount_unit) == ("gùi", 45_000, "tấn")


@pytest.mark.parametrize("unit", ["tỷ đồng", "đồng/kg", "nghìn lượt"])
def test_unit_that_is_put_together_of_known_words_is_no_counted_noun(place: Store, unit: str) -> None:
    for record in bring(place, range(4), "Năm 2023 có {value} lần nữa."):
        place.reject(record.id, record.version, actor=actor(place))
    for item_id in place.item_ids():
        at = place.reading_of(item_id).text.index("lần") - 3
        place.add_figure(item_id, (at, at + 2), {"indicator": "Giá", "value": "45", "unit": unit}, actor=actor(place))
    [lesson] = [one for one in learn_from(place) if one.kind == "add"]
    assert (lesson.after, lesson.count, lesson.row) == (unit, 4, None)


def test_style_of_numbers_that_people_read_is_that_of_the_next_report_that_proves_none(place: Store) -> None:
    for number, record in enumerate(bring(place, range(4), "Sản lượng mật đạt {value},284 tấn.")):
        assert record.value == Decimal(f"{45 + number}.284")
        place.correct(record.id, record.version, {"value": f"{45 + number}284"}, actor=actor(place))
    found = propose(place)
    assert [(one.kind, one.after, one.table) for one in found.rows] == [("number_style", "1,284.5", STYLES)]
    assert found.is_taken
    layer = place.learn(found.content, over=found.over, actor=actor(place))
    values = {"Bản mua 97,310 con giống.": 97_310, "Chi 97,31 tỷ đồng, bằng 8,5% dự toán.": Decimal("97.31")}
    assert {text: extract_text(text, layer=layer)[0].value for text in values} == values
    patch = patch_of(layer)
    assert STYLES not in patch.text, "what one office does is nobody else's"
    assert (patch.given, patch.kept_back) == (0, 1 + sum(map(len, layer.weights.values())))


def test_number_that_was_missed_tells_its_style_too(place: Store) -> None:
    for record in bring(place, range(2), "Sản lượng mật đạt {value},284 tấn."):
        place.reject(record.id, record.version, actor=actor(place))
    for item_id in place.item_ids():
        at = place.reading_of(item_id).text.index(",284") - 2
        printed = place.reading_of(item_id).text[at : at + 6]
        values = {"indicator": "Mật", "value": printed.replace(",", ""), "unit": "tấn"}
        place.add_figure(item_id, (at, at + 6), values, actor=actor(place))
    [lesson] = [one for one in learn_from(place) if one.row]
    assert (lesson.kind, lesson.count, lesson.reports) == ("number_style", 2, 2)


def test_layer_reads_as_the_tables_with_its_rows_would(root: Path, tmp_path: Path) -> None:
    """Whatever is made of a table follows the layer: a process that has the rows in its tables reads the same."""
    rows = {
        ALIASES: [{"alias": UNKNOWN, "indicator": "rev_state"}],
        "catalogue/padding.csv": [{"side": "open", "words": "kết quả công tác"}],
        "vocabulary/units.csv": [{"unit": "gùi", "kind": "count", "family": "count", "factor": "1"}],
        STYLES: [{"style": "1,284.5"}],
        "vocabulary/spellings.csv": [{"written": "ưởc", "meant": "ước"}],
        "vocabulary/contrasts.csv": [{"left": "sánh", "right": "sách"}],
        "catalogue/refusals.csv": [{"name": "Doanh thu du lịch", "indicator": "tourism_rev"}],
    }
    texts = [
        "Thu phí đạt 45,310 đồng.",
        NEXT,
        f"Kết quả công tác {UNKNOWN.lower()} đạt 3 tỷ đồng.",
        "Bản mua 45 gùi măng, đạt 90% kế hoạch.",
        "Thu phí ưởc đạt 3 tỷ đồng.",
        "Chi ngân sánh địa phương đạt 9 tỷ đồng.",
        "Doanh thu du lịch đạt 9 tỷ đồng.",
    ]
    for text in texts:
        extract_text(text)  # what is kept of the package is there
    layer = Layer(1, json.dumps({"rows": rows}))
    mine = [figure.to_dict() for text in texts for figure in extract_text(text, layer=layer)]
    package = [figure.to_dict() for text in texts for figure in extract_text(text)]
    models = tmp_path / "models"
    shutil.copytree(root / "models", models)
    add_rows(models, [(table, row) for table, found in rows.items() for row in found])
    script = (
        "import json, sys; from extractor import extract_text; "
        "print(json.dumps([f.to_dict() for t in json.load(sys.stdin) for f in extract_text(t)], default=str))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(texts),
        env={**os.environ, "SOLIEU_MODELS": str(models), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert json.loads(json.dumps(mine, default=str)) == json.loads(done.stdout)
    assert mine != package


def test_patch_gives_rows_with_an_example_that_nobody_wrote(place: Store) -> None:
    name_it(place, range(4))
    patch = patch_of(Layer(1, propose(place).content))
    added = [line for line in patch.text.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert patch.text.startswith(f"--- a/models/{ALIASES}\n+++ b/models/{ALIASES}\n")
    assert patch.given == 1
    assert added == [f"+{UNKNOWN},rev_state,,{UNKNOWN} 12 triệu đồng,,"]


def test_examples_of_a_patch_yield_their_rows() -> None:
    rows = {
        "catalogue/padding.csv": [{"side": "close", "words": "theo quy ước"}],
        "vocabulary/units.csv": [{"unit": "gùi", "kind": "count", "family": "count", "factor": "1"}],
    }
    patch = patch_of(Layer(1, json.dumps({"rows": rows})))
    assert "+close,theo quy ước," in patch.text
    [line] = [line for line in patch.text.splitlines() if line.startswith("+gùi,")]
    [figure] = extract_text(line.rpartition(",")[2], layer=Layer(1, json.dumps({"rows": rows})))
    assert figure.unit == "gùi"
