"""The scorer against miniature gold whose score is plain to see, and against the other scorer where that is at hand."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.errors import InvalidInput
from extractor.evaluation import (
    FIELDS,
    Score,
    calibrate,
    errors_in_doubtful,
    read_records,
    score_figures,
    score_passage,
)


def figure(**fields: Any) -> dict[str, Any]:
    """Thu ngân sách of the first quarter, changed as told."""
    return {
        "indicator": "Thu ngân sách",
        "period": "2023-Q1",
        "value": "24333",
        "unit": "triệu đồng",
        "comparisons": [{"base": "plan", "kind": "ratio", "value": "21.5", "unit": "%"}],
        "status": "estimate",
        "confidence": 0.9,
        **fields,
    }


def test_a_perfect_reading_scores_one() -> None:
    score = score_figures([figure()], [figure()])
    assert (score.gold, score.predicted, score.found, score.strict) == (1, 1, 1, 1)
    assert score.found_f1 == score.strict_f1 == 1.0
    assert not score.misses


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"value": "24334"}, "another value"),
        ({"unit": "tỷ đồng"}, "another size"),
        ({"unit": "đồng"}, "the multiplier lost"),
        ({"unit": "hộ"}, "another thing"),
        ({"value": None}, "no value"),
    ],
)
def test_another_value_or_unit_is_another_figure(changed: dict[str, Any], reason: str) -> None:
    score = score_figures([figure()], [figure(**changed)])
    assert score.found == 0, reason
    assert len(score.misses) == 2


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [("đơn", "đơn khiếu nại"), ("tỷ đồng", "Tỉ đồng"), ("%", "phần trăm"), ("hồ sơ", "Hồ sơ"), (None, None)],
)
def test_the_wording_of_a_unit_may_differ(gold: str | None, predicted: str | None) -> None:
    assert score_figures([figure(unit=gold)], [figure(unit=predicted)]).found == 1


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"period": "2023-03"}, "period"),
        ({"indicator": "Chi thường xuyên của quận"}, "indicator"),
        ({"indicator": "Thu ngân sách " * 4}, "indicator"),
        ({"comparisons": []}, "comparisons"),
        ({"comparisons": figure()["comparisons"] * 2}, "comparisons"),
        ({"comparisons": [{**figure()["comparisons"][0], "kind": "change"}]}, "comparisons"),
        ({"total": "30"}, "total"),
        ({"bound": "approx"}, "bound"),
    ],
)
def test_a_wrong_field_costs_strict_but_not_found(changed: dict[str, Any], wrong: str) -> None:
    score = score_figures([figure()], [figure(**changed)])
    assert (score.found, score.strict) == (1, 0)
    assert [name for name in FIELDS if not score.right[name]] == [wrong]


@pytest.mark.parametrize("field", ["value_max", "status", "parent"])
def test_fields_outside_strict_are_counted_apart(field: str) -> None:
    score = score_figures([figure(**{field: "1"})], [figure(**{field: "2"})])
    assert score.strict == 1
    assert score.field_share(field) == 0.0


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("2023-M01/M03", "2023-Q1"),
        ("2023-M01/M06", "2023-H1"),
        ("2023-01-01/2023-03-31", "2023-Q1"),
        ("../2023-03-08", "2023-03-08"),
        (None, "2023-Q1"),
    ],
)
def test_periods_of_the_same_days_are_the_same(gold: str | None, predicted: str) -> None:
    score = score_figures([figure(period=gold)], [figure(period=predicted)], report_period="2023-Q1")
    assert score.strict == 1


def test_other_readings_that_the_gold_accepts_are_right() -> None:
    gold = figure(indicator_alt=["Tổng thu"], alt={"period": ["2023-03"], "bound": ["min"]})
    assert score_figures([gold], [figure(indicator="Tổng thu", period="2023-03", bound="min")]).strict == 1
    assert score_figures(
        [figure(value_unit_alt=[("24.333", "tỷ đồng")])], [figure(value="24.333", unit="tỷ đồng")]
    ).found


def test_an_implied_comparison_may_be_left_out_but_an_invented_one_may_not() -> None:
    implied = {"base": "other", "kind": "change", "value": "3", "unit": "%", "implied": True}
    gold = figure(comparisons=[*figure()["comparisons"], implied])
    assert score_figures([gold], [figure()]).strict == 1
    assert score_figures([figure()], [gold]).strict == 0


def test_an_optional_figure_is_neither_asked_for_nor_held_against() -> None:
    optional = figure(value="5", optional=True)
    assert score_figures([figure(), optional], [figure()]) == score_figures([figure()], [figure()])
    score = score_figures([figure(), optional], [figure(), figure(value="5")])
    assert (score.gold, score.predicted, score.found) == (1, 1, 1)
    assert score_figures([figure(alt={"optional": True})], []).gold == 0


def test_growth_alone_is_found_by_its_comparison() -> None:
    alone = figure(value=None, unit=None)
    assert score_figures([alone], [alone]).found == 1
    assert score_figures([alone], [figure(value=None, unit=None, comparisons=[])]).found == 0


def test_of_two_equal_values_each_meets_the_one_that_agrees_most() -> None:
    plan, actual = figure(period="2023"), figure(indicator="Chi ngân sách")
    score = score_figures([plan, actual], [actual, plan])
    assert score.strict == 2


def test_a_trap_is_a_value_that_starts_inside_what_is_no_figure() -> None:
    case = {"id": "b1", "text": "Ngày 16/3/2022 thu 5 đồng", "figures": [], "not_figures": ["16/3/2022", "không có"]}
    fallen = score_passage(case, [figure(start=5), figure(start=19)])
    assert (fallen.traps, fallen.trapped) == (2, 1)
    assert score_passage(case, [figure(start=5, value=None)]).trapped == 0
    assert score_passage(case, [figure(start=14)]).trapped == 0


def test_scores_add_up() -> None:
    one, other = score_figures([figure()], []), score_figures([figure()], [figure()])
    both = one + other
    assert (both.gold, both.predicted, both.found) == (2, 1, 1)
    assert both.found_f1 == pytest.approx(2 / 3)
    assert both.misses == one.misses
    assert Score() + other == other


def test_calibration_tells_the_share_right_in_each_band() -> None:
    verdicts = [(0.4, False), (0.95, True), (0.97, False), (1.0, True)]
    assert calibrate(verdicts) == [(0.0, 0.5, 1, 0.0), (0.95, 1.0, 3, pytest.approx(2 / 3))]


def test_errors_in_the_doubtful_part() -> None:
    sharp = [(0.1, False), (0.2, False), *[(0.9, True)] * 8]
    assert errors_in_doubtful(sharp) == 1.0
    assert errors_in_doubtful([(1 - c, r) for c, r in sharp]) == 0.0
    blunt = [(0.9, i % 2 == 0) for i in range(10)]  # confidence says nothing: a fifth of the errors lies in a fifth
    assert errors_in_doubtful(blunt) == pytest.approx(0.2)
    assert errors_in_doubtful([]) == errors_in_doubtful([(0.5, True)]) == 1.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_every_verdict_stands_in_one_band_and_shares_stay_shares(verdicts: list[tuple[float, bool]]) -> None:
    assert sum(count for _, _, count, _ in calibrate(verdicts)) == len(verdicts)
    assert 0.0 <= errors_in_doubtful(verdicts) <= 1.0 + 1e-9


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"value": 1.50}\n\n{"value": \n', encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"dòng 3: không phải JSON"):
        read_records(path)
    path.write_text("[1]\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"dòng 1"):
        read_records(path)
    path.write_text('{"value": 1.50}\n', encoding="utf-8")
    assert str(read_records(path)[0]["value"]) == "1.50"


# ----------------------------------------------------------------------------------------- the other scorer


@pytest.fixture(scope="module")
def other_scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("other_scorer", shared / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def spoil(gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Predictions with errors of every kind, in a fixed pattern."""
    spoiled = []
    for number, record in enumerate(gold):
        record = {k: v for k, v in record.items() if k not in {"alt", "optional"} and not k.endswith("_alt")}
        match number % 9:
            case 1:
                continue
            case 2:
                record["period"] = "2022"
            case 3:
                record["indicator"] = f"{record['indicator']} trên địa bàn"
            case 4:
                record["comparisons"] = (record["comparisons"] or [])[:-1]
            case 5:
                record["unit"] = "bao tải"
            case 6:
                spoiled.append({**record, "value": 7})
            case 7:
                record["bound"] = "approx"
        spoiled.append(record)
    return spoiled


@pytest.mark.parametrize("change", [spoil, list])
def test_both_scorers_agree_on_the_real_report(shared: Path, other_scorer: ModuleType, change: Any) -> None:
    gold = read_records(shared / "gold" / "kien-an-2023-q1.part.jsonl")
    predicted = change(gold)
    total = {
        "gold": 0,
        "pred": 0,
        "found": 0,
        "strict": 0,
        "right": dict.fromkeys(other_scorer.SHOWN, 0),
    }
    other_scorer.tally(total, gold, predicted, "2023-Q1", "x", [])
    score = score_figures(gold, predicted, report_period="2023-Q1")
    ours = {"gold": score.gold, "pred": score.predicted, "found": score.found, "strict": score.strict}
    assert ours == {name: total[name] for name in ours}
    assert {name: score.right[name] for name in total["right"]} == total["right"]


def test_both_scorers_agree_on_loose_passages(shared: Path, other_scorer: ModuleType) -> None:
    cases = [json.loads(line) for line in (shared / "cases" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    total = {"gold": 0, "pred": 0, "found": 0, "strict": 0, "right": dict.fromkeys(other_scorer.SHOWN, 0)}
    score = Score()
    for case in cases:
        predicted = spoil(case["figures"])
        other_scorer.tally(total, case["figures"], predicted, case["report_period"], case["id"], [])
        score += score_figures(case["figures"], predicted, report_period=case["report_period"])
    assert (score.gold, score.predicted, score.found, score.strict) == (
        total["gold"],
        total["pred"],
        total["found"],
        total["strict"],
    )
