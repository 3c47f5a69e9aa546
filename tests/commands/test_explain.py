"""``solieu explain``: each choice about a figure, with its runner-up and its evidence, and the list to choose from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.__main__ import main
from extractor.archive.store import Store
from extractor.commands.terminal import exit_codes
from extractor.language import Layer, explain, read_figures
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.turns import TURN
from extractor.language.reader.weights import Weighted
from extractor.paper import read_document

TEXT = """# ỦY BAN NHÂN DÂN XÃ TÂN KHÊ

BÁO CÁO
Tình hình kinh tế - xã hội quý I năm 2023

1. Kinh tế

Thu ngân sách quý I ước đạt 12,5 tỷ đồng, tăng 9,7% so với cùng kỳ năm trước.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_each_choice_stands_with_its_runner_up_and_what_told_them_apart(report: Path) -> None:
    document = read_document(report)
    [figure] = read_figures(document)[0]
    steps = explain(document, figure)
    decisions = [step.decision for step in steps]
    assert decisions[0] == "part"
    assert {"end", "start", "period", "status", "kind", "target", "base"} <= {*decisions}
    part, base = steps[0], next(step for step in steps if step.decision == "base")
    assert (part.number, part.chosen) == ("12,5 tỷ đồng", "left")
    assert (base.number, base.chosen) == ("9,7%", "same_period_last_year")
    assert base.second not in {None, base.chosen}
    assert 0.5 < part.sure <= 1
    assert sum(piece.weight for piece in part.evidence) > 0
    weights = [abs(piece.weight) for piece in part.evidence]
    assert weights == sorted(weights, reverse=True)


def test_the_command_prints_them_in_words(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [figure] = read_figures(read_document(report))[0]
    assert main(["--language", "en", "explain", str(report), "--figure", figure.id]) == exit_codes.DONE
    printed = capsys.readouterr().out
    assert "12,5 tỷ đồng · what it is: left" in printed
    assert "9,7% · compared with: same_period_last_year" in printed
    assert "verb: " in printed


def test_without_a_figure_it_lists_them(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [figure] = read_figures(read_document(report))[0]
    assert main(["explain", str(report)]) == exit_codes.DONE
    assert figure.id in capsys.readouterr().out


def test_an_unknown_id_is_told(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(report), "--figure", "0000"]) == exit_codes.USAGE
    assert "0000" in capsys.readouterr().err


def test_it_says_how_much_of_a_weight_the_store_has_learned(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = read_document(report)
    [figure] = read_figures(document)[0]
    status = next(step for step in explain(document, figure) if step.decision == "status")
    piece = status.evidence[0]
    assert piece.learned == 0
    content = json.dumps({"weights": {"status": {piece.evidence: {status.chosen: 35}}}})
    [again] = [one for one in explain(document, figure, layer=Layer(1, content)) if one.decision == "status"]
    [taught] = [one for one in again.evidence if one.learned]
    assert (taught.evidence, taught.learned) == (piece.evidence, 0.35)
    assert taught.weight == pytest.approx(piece.weight + 0.35)
    place = str(tmp_path / "kho.sqlite")
    store, actor = Store.open_local(place)
    store.learn(content, over=0, actor=actor)
    store.close()
    told = ["--language", "en", "explain", str(report), "--figure", figure.id]
    assert main([*told, "--store", place]) == exit_codes.DONE
    assert "(+0.35 of it learned by the store)" in capsys.readouterr().out
    assert main(told) == exit_codes.DONE
    assert "learned" not in capsys.readouterr().out


def test_it_names_rows_and_the_very_sentence_that_the_store_has_learned(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = read_document(report)
    [figure] = read_figures(document)[0]
    seen: set[str] = set()

    class Listening(Weighted):
        def classify(self, decision, at, evidence, allowed, /):  # type: ignore[no-untyped-def]
            seen.update(piece for piece in evidence if decision == "status" and piece.startswith(TURN))
            return super().classify(decision, at, evidence, allowed)

    layer = Layer(1, json.dumps({"weights": {"status": {"x": {"plan": 1}}}}))
    read_figures(document, reader=lambda reading, above, _: BlockReader(reading, above, Listening(layer)))
    [piece] = seen
    other, own = (
        {"alias": "Không có đâu", "indicator": "rev_state"},
        {"alias": figure.indicator, "indicator": "rev_state"},
    )
    content = json.dumps(
        {
            "weights": {"status": {piece: {figure.status.value: 900}}},
            "rows": {
                "catalogue/aliases.csv": [other, own],
                "vocabulary/spellings.csv": [{"written": "đạt", "meant": "đạt"}],
            },
        }
    )
    place = str(tmp_path / "kho.sqlite")
    store, actor = Store.open_local(place)
    store.learn(content, over=0, actor=actor)
    store.close()
    told = ["--language", "en", "explain", str(report), "--figure", figure.id, "--store", place]
    assert main(told) == exit_codes.DONE
    printed = capsys.readouterr().out
    assert f"the store has learned the row “{figure.indicator}” (models/catalogue/aliases.csv)" in printed
    assert "the store has learned the row “đạt” (models/vocabulary/spellings.csv)" in printed
    assert "Không có đâu" not in printed
    assert "this very sentence in earlier reports: " in printed
