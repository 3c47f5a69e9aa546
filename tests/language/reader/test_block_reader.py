"""The reader of blocks: its candidates hold the right reading, and its weights choose it, also beside unknown words."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest

from extractor import extract_text
from extractor.domain import lexicon
from extractor.domain.errors import InvalidModels
from extractor.domain.figure import Figure
from extractor.language import read_figures
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.weights import CHOICES, RANKED, UNIT, Choice, best_of, weights_of
from extractor.paper import read_passage

PASSAGES = Path(__file__).parents[3] / "corpus" / "passages"


def read(text: str, period: str = "2023-Q1") -> list[Figure]:
    document, _ = read_passage(text)
    scored = read_figures(
        document, report_period=period, reader=lambda reading, context, _: BlockReader(reading, context)
    )
    return list(scored[0])


@pytest.mark.parametrize("name", ["real_worded", "dev"])
def test_right_reading_is_among_the_candidates(name: str) -> None:
    """Oracle recall: without it no weight can help."""
    from extractor.training.lessons import learn_from

    lines = (PASSAGES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    lessons = learn_from(json.loads(line) for line in lines[::16])
    asked, missed = sum(lessons.asked.values()), sum(lessons.missed.values())
    assert asked > 500
    assert 1 - missed / asked >= 0.985


@pytest.mark.parametrize(
    "verb", ["tăng", "tăng vọt", "bứt phá", "nhảy vọt", "vọt lên", "bốc", "nhích", "bứt lên", "bật lên", "tuột xuống"]
)
def test_unknown_verb_of_change_invents_no_figure(verb: str) -> None:
    figures = read(f"Kim ngạch xuất khẩu đạt 12,5 tỷ USD, {verb} 42% so với cùng kỳ.")
    assert [(f.indicator, str(f.value), len(f.comparisons)) for f in figures] == [("Kim ngạch xuất khẩu", "12.5", 1)]
    assert figures[0].comparisons[0].base.value == "same_period_last_year"


def test_plan_and_growth_belong_to_the_value_before_them() -> None:
    [month, quarter] = read(
        "Thu ngân sách tháng 3 ước đạt 94.180 triệu đồng; quý I ước đạt 268.930 triệu đồng, bằng 21,69% kế hoạch năm, "
        "tăng 9,2% so cùng kỳ."
    )
    assert (month.period, month.comparisons) == ("2023-03", ())
    assert quarter.period == "2023-Q1"
    assert [(c.base.value, c.kind.value) for c in quarter.comparisons] == [
        ("plan", "ratio"),
        ("same_period_last_year", "change"),
    ]


def test_a_number_that_is_not_told_may_stand_in_a_name() -> None:
    [revenue, debt] = read("Tổng thu ngân sách 5 năm đạt 2.840 tỷ đồng; nợ thuế trên 90 ngày là 30 tỷ đồng.", "2020")
    assert (revenue.indicator or "").startswith("Tổng thu ngân sách")
    assert (debt.indicator, debt.value) == ("nợ thuế trên 90 ngày", 30)


def test_a_base_behind_what_a_per_cent_is_told_of_is_its_own() -> None:
    figures = read(
        "Nhập khẩu 7.260 ô tô với trị giá 174 triệu USD, giảm 9,4% về lượng và 3,1% về trị giá so với tháng trước."
    )
    bases = [(c.base.value, c.base_text) for f in figures for c in f.comparisons if str(c.value).endswith("3.1")]
    assert bases == [("previous_period", "so với tháng trước")]


def test_months_up_to_one_may_mean_its_last_day() -> None:
    [stock] = read("Tính đến hết tháng 5 năm 2022, toàn tỉnh có 1.846.200 người tham gia bảo hiểm.", "2022")
    assert stock.period == "../2022-05-31"


def test_same_text_gives_the_same_figures() -> None:
    text = "Đã trồng 315 ha rừng, đạt 63% kế hoạch; giải quyết 21/24 đơn."
    assert read(text) == read(text)


def test_runner_up_and_certainty_come_with_a_choice() -> None:
    scores = [0, 300, -1_000_000, 200]
    assert best_of(scores) == Choice(1, pytest.approx(0.71, abs=0.03), 3, scores)
    assert best_of([5, -1_000_000])[:3] == (0, 1.0, -1)


def test_a_choice_that_is_not_final_keeps_what_may_be_right() -> None:
    close = best_of([0, 300, -1_000_000, 200, -300, 250, 280]).close
    assert [place for place, _ in close] == [1, 6, 5]  # the likeliest three, none that is ruled out or far behind
    assert all(earlier >= later for (_, earlier), (_, later) in pairwise(close))
    assert sum(math.exp(odds / UNIT) for _, odds in best_of([40, 0, -20]).close) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("decision", [*sorted(CHOICES), *RANKED])
def test_each_row_of_weights_says_something(decision: str) -> None:
    assert all(weights_of(decision).values())


@pytest.mark.parametrize(
    ("rows", "key"), [("evidence,weight\n", "columns"), ("evidence,weight,example\nx,1.5,a001\n", "no_weight")]
)
def test_a_table_of_weights_that_cannot_be_right_is_refused(
    rows: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights/end.csv").write_text(rows, encoding="utf-8")
    monkeypatch.setattr(lexicon, "data_folder", lambda _: tmp_path)
    with pytest.raises(InvalidModels, match=r"weights/end\.csv"):
        weights_of.__wrapped__("end")


@pytest.mark.parametrize("decision", [*sorted(CHOICES), *RANKED])
def test_evidence_is_what_every_machine_sees(decision: str) -> None:
    """No address in memory, no text of an object of Python's."""
    evidence = weights_of(decision)
    assert evidence
    assert not [piece for piece in evidence if "0x" in piece or "<built-in" in piece]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Trợ cấp 1 lần cho 14 người: 20.927.000 đồng và mai táng phí.", ["14 người", "20.927.000 đồng"]),
        ("Trao 8 phần quà (3 triệu đồng/phần) cho hộ nghèo.", ["8 phần quà", "3 triệu đồng/phần"]),
        ("Tư vấn trực tiếp 198 lượt, qua điện thoại 264 lượt.", ["198 lượt", "264 lượt"]),
        ("13/22 quận huyện có số ca giảm.", ["13/22 quận"]),
    ],
)
def test_what_surely_tells_something_is_never_left_out(text: str, quotes: list[str]) -> None:
    assert [figure.quote for figure in extract_text(text)] == quotes


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Số tiền xử phạt vượt 32 tỷ đồng.", "min"),
        ("Kim ngạch xuất khẩu vượt mốc 2 tỷ USD.", "min"),
        ("Toàn quận vượt 14 chỉ tiêu.", None),
        ("Thu ngân sách vượt 5 tỷ đồng so với kế hoạch.", None),
    ],
)
def test_an_amount_that_surpasses_a_mark_is_more_than_it(text: str, bound: str | None) -> None:
    [figure] = extract_text(text, report_period="2023")
    assert figure.bound == bound
