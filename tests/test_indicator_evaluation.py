"""Entries held against gold: what counts as found, right, proposed, and what an unmarked number costs."""

from __future__ import annotations

from pathlib import Path

from extractor.evaluation import read_records
from extractor.indicator_evaluation import IndicatorScore, read_passage, score_passage_entries, score_report_entries
from extractor.pipeline import extract_text
from extractor.statistics.catalogue import indicators


def passage(tmp_path: Path, marked: str) -> IndicatorScore:
    path = tmp_path / "p.txt"
    path.write_text(f"period: 2023\n{marked}\n", encoding="utf-8")
    read = read_passage(path)
    return score_passage_entries(read, extract_text(read.text, report_period=read.period))


def test_right_entry_counts_as_found_and_wrong_one_as_sure_alone(tmp_path: Path) -> None:
    assert passage(tmp_path, "Toàn huyện có {45|schools} trường.").to_dict()["ids_found"] == 1.0
    wrong = passage(tmp_path, "Toàn huyện có {45|pupils} trường.")
    assert (wrong.asked, wrong.found, wrong.sure, wrong.sure_right) == (1, 0, 1, 0)
    assert "pupils ≠ alias schools" in wrong.misses[0]


def test_entry_at_a_number_without_gold_is_wrong(tmp_path: Path) -> None:
    assert passage(tmp_path, "Toàn huyện có 45 trường.").to_dict()["ids_right"] == 0.0


def test_other_right_entries_stand_behind_a_slash_and_a_dash_asks_for_none(tmp_path: Path) -> None:
    assert passage(tmp_path, "Toàn huyện có {45|-/schools} trường.").sure_right == 1
    assert passage(tmp_path, "Toàn huyện có {45|-} trường.").sure_right == 0


def test_rate_without_a_value_is_met_at_its_comparison(tmp_path: Path) -> None:
    assert passage(tmp_path, "CPI tháng 9 tăng {0,3|cpi}% so với tháng trước.").found == 1


def test_report_entries_follow_the_order_of_its_gold() -> None:
    gold = [{"indicator": "Số trường", "value": "45", "unit": "trường"}]
    read = {"match": "alias", "indicator_id": "schools", "quote": "45 trường"}
    assert score_report_entries(["schools"], gold, [{**gold[0], **read}], period="2023").found == 1
    assert score_report_entries(["schools"], gold, [], period="2023").misses == (":1  schools ≠ ∅",)


def test_gold_of_the_corpus_names_known_entries_and_has_a_line_a_figure(root: Path) -> None:
    known = {*indicators(), "-"}
    for path in sorted((root / "corpus" / "ids").glob("*/*.ids")):
        if path.parent.name == "reports":
            told = path.read_text(encoding="utf-8").split()
            assert len(told) == len(read_records(root / "corpus" / "gold" / f"{path.stem}.jsonl")), path.name
        else:
            told = [entry for _, entry in read_passage(path).entries]
        assert {name for entry in told for name in entry.split("/")} <= known, path.name
