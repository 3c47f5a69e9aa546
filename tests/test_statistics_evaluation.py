"""Findings and series held against gold: what counts as found and as true, and that the gold of the corpus is sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.pipeline import extract
from extractor.statistics.catalogue import indicators
from extractor.statistics_evaluation import read_table, score_findings, score_series

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN VÂN KHÊ
Số: 64/BC-UBND
Vân Khê, ngày 28 tháng 3 năm 2023

BÁO CÁO
Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN
"""
SLIP = "Kiểm tra 760 cơ sở, trong đó có 524/760 cơ sở đạt yêu cầu, bằng 86,9%."
RIGHT = "Cấp 96 giấy phép xây dựng nhà ở."


def report(text: str) -> Extraction:
    return extract((HEAD + text).encode())


def finding(quote: str, **changed: str) -> dict[str, str]:
    row = {"report": "q1", "quote": quote, "check": "Q1", "level": "fail", "against": "", "against_quote": ""}
    return {**row, **changed}


def test_finding_at_the_place_of_the_gold_is_found_and_right() -> None:
    score = score_findings([finding("524/760 cơ sở")], {"q1": report(SLIP)})
    assert (score.asked, score.found, score.told, score.right, score.fails, score.fails_right) == (1, 1, 1, 1, 1, 1)
    assert not score.misses


def test_finding_elsewhere_is_a_false_one_and_the_gold_is_missed() -> None:
    score = score_findings([finding("96 giấy phép")], {"q1": report(f"{SLIP} {RIGHT}")})
    assert (score.found, score.told, score.right) == (0, 1, 0)
    assert score.to_dict()["fails_right"] == 0.0
    assert [miss.split()[0] for miss in score.misses] == ["q1:", "∅"]


def test_remark_of_the_gold_is_not_asked_for() -> None:
    score = score_findings([finding("96 giấy phép", level="info")], {"q1": report(RIGHT)})
    assert (score.asked, score.told) == (0, 0)


def test_quote_that_is_not_in_the_report_is_refused() -> None:
    with pytest.raises(InvalidInput):
        score_findings([finding("69 giấy phép")], {"q1": report(RIGHT)})


def point(period: str, value: str) -> dict[str, str]:
    row = {"place": "huyện Vân Khê", "indicator": "rev_state", "measure": "VALUE", "unit": "triệu đồng"}
    return {**row, "period": period, "value": value}


def test_every_other_point_of_a_named_series_is_wrong() -> None:
    revenue = "Thu ngân sách nhà nước trên địa bàn tháng 3 đạt 31.200 triệu đồng, quý I đạt 96.500 triệu đồng."
    score = score_series([point("2023-Q1", "95000/96500"), point("2023-02", "30000")], [report(revenue)])
    assert (score.asked, score.found, score.told, score.right) == (2, 1, 2, 1)


def test_reports_set_aside_are_no_files_of_the_demo(root: Path) -> None:
    aside = sorted(path for path in (root / "corpus" / "findings").glob("*/*"))
    assert len(aside) >= 9
    assert {path.suffix for path in aside} == {".report"}


@pytest.mark.parametrize("name", ["samples", "unseen", "held_out"])
def test_gold_names_known_rules_entries_and_periods(root: Path, name: str) -> None:
    for row in read_table(root / "corpus" / "findings" / f"{name}.csv"):
        assert re.fullmatch(r"[A-Z]\d(/[A-Z]\d)*", row["check"]), row
        assert row["level"] in {"fail", "warn", "info"}, row
        assert row["says"], row
    for row in read_table(root / "corpus" / "series" / f"{name}.csv"):
        assert row["indicator"] in indicators(), row
        assert row["origin"] in {"stated", "derived"}, row
