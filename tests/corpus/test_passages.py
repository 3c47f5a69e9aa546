"""The gold that people wrote: it names what stands in the text, in the agreed shape, and the two halves stay apart."""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
HALVES = ("dev", "held_out")

PERIOD = re.compile(
    r"\d{4}|\d{4}-(?:0[1-9]|1[0-2])|\d{4}-Q[1-4]|\d{4}-H[12]|\d{4}-M(?:0[1-9]|1[0-2])/M(?:0[1-9]|1[0-2])|\d{4}/\d{4}"
    r"|(?:\d{4}-\d\d-\d\d/|\.\./)?\d{4}-\d\d-\d\d"
)
TOPICS = {
    *("numbers", "bounds", "ranges", "fractions", "percentages", "multiples", "units", "periods", "statuses"),
    *("comparisons", "lists", "not_figures", "structure", "noise", "era"),
}
CASE = {"id", "report_period", "heading", "text", "figures", "not_figures", "why", "tags", "level", "sector"}
FIGURE = {"indicator", "period", "status", "value", "value_max", "bound", "unit", "comparisons", "quote"}
REPORT_FIGURE = FIGURE | {"line", "footnote", "section", "qualifier", "parent", "kind", "total"}
COMPARISON = {"base", "kind", "value", "unit"}
STATUSES = {"plan", "estimate", "actual", "projection"}
BOUNDS = {None, "approx", "min", "max"}
BASES = {"plan", "same_period_last_year", "previous_period", "total", "other"}
KINDS = {"ratio", "change", "point_change", "multiple", "abs_change"}

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def half(name: str) -> list[Row]:
    return rows(CORPUS / "passages" / f"{name}.jsonl")


SET_ASIDE = ("q", "s", "t")
"""What the ids begin with of passages that nobody who writes rules has read."""


PASSAGES = [passage for name in HALVES for passage in half(name)]
REAL = ("real_worded", "real_worded_held_out")
REAL_PASSAGES = [passage for name in REAL for passage in half(name)]
SOURCES = {
    *("ubnd xã", "ubnd huyện", "ubnd tỉnh", "thống kê", "bộ", "sở ngành", "tư pháp", "đảng đoàn thể", "thiên tai"),
    *("giáo dục y tế", "kinh tế báo chí", "doanh nghiệp", "nông nghiệp"),
}
REPORTS = sorted(CORPUS.glob("gold/*.jsonl"))


def digits(number: float) -> str:
    """The digits of a number as anybody would print them: 2386.4 → 23864."""
    return re.sub(r"\D", "", f"{Decimal(str(number)).normalize():f}")


def printed(text: str) -> str:
    """The text without separators inside numbers, and with letters that recognition put for digits read as digits."""
    text = re.sub(r"(?<=[\dlO., ])[O](?=[\dO., ])|(?<![^\W\d_])[O](?=\d)|(?<=\d)O", "0", text)
    text = re.sub(r"(?<![^\W\d_])l(?=[\dl0O%.,])|(?<=\d)l(?![^\W\d_])", "1", text)
    return re.sub(r"(?<=\d)(?: ?[.,] ?| )(?=\d)", "", text)


def check_shape(figure: Row, wanted: set[str]) -> None:
    assert wanted <= figure.keys(), wanted - figure.keys()
    assert figure["indicator"]
    assert figure["status"] in STATUSES
    assert figure["bound"] in BOUNDS
    periods = [figure["period"], *figure.get("period_alt", []), *figure.get("alt", {}).get("period", [])]
    assert all(p is None or PERIOD.fullmatch(p) for p in periods), periods
    for comparison in figure["comparisons"]:
        assert comparison.keys() >= COMPARISON
        assert comparison["base"] in BASES
        assert comparison["kind"] in KINDS
        assert comparison.get("bound") in BOUNDS
    if figure["value"] is None:
        assert figure["comparisons"], "a figure without a value compares something"
        assert figure["unit"] is None


def check_numbers(figure: Row, text: str) -> None:
    """Each number of the figure is printed: its own in the quote, those of its comparisons somewhere in the text."""
    quote = printed(figure["quote"])
    rescaled = "value_unit_alt" in figure or "value_unit" in figure.get("alt", {})  # 1 tỷ 250 triệu, 21 triệu 780 nghìn
    for value in (figure["value"], figure["value_max"]):
        if value is not None and re.search(r"\d", quote) and not rescaled:
            assert digits(value) in quote.replace("0" + digits(value), digits(value)), (value, quote)
    if figure.get("total") is not None and not rescaled:  # its own unit may stand between: 112 triệu m3/187 triệu m3
        assert digits(figure["total"]) in printed(text)
    for comparison in figure["comparisons"]:
        parted = re.search(r"\d\s?(?:tỷ|tỉ|triệu)\s\d", comparison.get("quote", ""))  # 118 tỷ 240 triệu đồng
        if not comparison.get("implied") and not parted:
            assert digits(abs(comparison["value"])) in printed(text), comparison


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: str(p["id"]))
def test_passage_is_in_shape_and_its_gold_is_in_its_text(passage: Row) -> None:
    assert passage.keys() == CASE
    assert PERIOD.fullmatch(passage["report_period"])
    assert TOPICS & set(passage["tags"])
    assert bool(passage["figures"]) != ("neg" in passage["tags"])
    check_passage(passage)


@pytest.mark.parametrize("passage", REAL_PASSAGES, ids=lambda p: str(p["id"]))
def test_passage_worded_like_a_real_one_is_in_shape(passage: Row) -> None:
    assert passage.keys() == CASE | {"source_kind"}
    assert passage["report_period"] is None or PERIOD.fullmatch(passage["report_period"])
    assert passage["source_kind"] in SOURCES
    check_passage(passage)


def check_passage(passage: Row) -> None:
    text = unicodedata.normalize("NFC", passage["text"])
    assert passage["why"]
    assert passage["level"]
    assert passage["sector"]
    assert len(passage["tags"]) == len(set(passage["tags"]))
    for figure in passage["figures"]:
        check_shape(figure, FIGURE)
        assert figure["quote"] in text
        check_numbers(figure, text)
    for trap in passage["not_figures"]:
        assert trap in text
        at = text.find(trap)
        counted = [f["quote"] for f in passage["figures"] if f["value"] is not None and text.count(f["quote"]) == 1]
        starts = [text.find(quote) for quote in counted]
        assert not any(at <= start < at + len(trap) for start in starts), f"{trap} holds a figure"


def test_files_share_neither_ids_nor_texts() -> None:
    every = [*PASSAGES, *REAL_PASSAGES]
    assert len({p["id"] for p in every}) == len(every)
    assert len({re.sub(r"\W+", " ", p["text"].lower()) for p in every}) == len(every)


@pytest.mark.parametrize("name", REAL)
def test_real_wording_comes_from_sources_of_every_kind(name: str) -> None:
    kinds = [p["source_kind"] for p in half(name)]
    assert set(kinds) == SOURCES
    assert max(map(kinds.count, SOURCES)) <= len(kinds) / 3


def test_more_than_a_fifth_of_the_real_wording_is_set_aside() -> None:
    assert not any(str(p["id"]).startswith(("rE", "rF")) for p in half("real_worded"))
    assert len(half("real_worded_held_out")) * 5 > len(REAL_PASSAGES)
    assert len(REAL_PASSAGES) >= 2000


def test_only_what_was_set_aside_is_held_out() -> None:
    assert all(str(p["id"]).startswith(SET_ASIDE) for p in half("held_out"))
    assert not any(str(p["id"]).startswith(SET_ASIDE) for p in half("dev"))


@pytest.mark.parametrize("name", HALVES)
def test_every_topic_is_met(name: str) -> None:
    assert {tag for p in half(name) for tag in p["tags"]} >= TOPICS


def test_every_level_and_decade_is_met() -> None:
    levels = {p["level"] for p in PASSAGES}
    assert levels >= {"xã", "huyện", "quận", "tỉnh", "Cục Thống kê", "TCTK", "bộ", "chính phủ"}
    assert {p["report_period"][:3] for p in PASSAGES} == {"199", "200", "201", "202"}


@pytest.mark.parametrize("gold", REPORTS, ids=lambda p: str(p.stem))
def test_gold_of_a_report_is_in_shape_and_stands_on_its_lines(gold: Path) -> None:
    lines = (CORPUS / f"{gold.stem}.md").read_text(encoding="utf-8").split("\n")
    figures = rows(gold)
    assert figures
    assert [f["line"] for f in figures] == sorted(f["line"] for f in figures)
    for figure in figures:
        check_shape(figure, REPORT_FIGURE | {"kind"})
        assert figure["kind"] in {"performance", "count", "spec"}
        line = lines[figure["line"] - 1]
        assert figure["quote"] in line, figure
        raised = re.match("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", line)
        assert figure["footnote"] == (unicodedata.normalize("NFKC", raised[0]) if raised else None), figure


@pytest.mark.parametrize("slug", ["tan-khe-2012", "thanh-giang-2023-m09"])
def test_numbers_of_the_gold_are_printed_on_their_lines(slug: str) -> None:
    lines = (CORPUS / f"{slug}.md").read_text(encoding="utf-8").split("\n")
    for figure in rows(CORPUS / "gold" / f"{slug}.jsonl"):
        check_numbers(figure, lines[figure["line"] - 1])


def values(slug: str, *indicators: str, **fields: object) -> list[Decimal]:
    """Values of the gold, one for each indicator, whose fields are as given."""
    found = []
    for indicator in indicators:
        hits = {
            Decimal(str(f["value"]))
            for f in rows(CORPUS / "gold" / f"{slug}.jsonl")
            if f["indicator"] == indicator and all(f.get(k) == v for k, v in fields.items())
        }
        assert len(hits) == 1, (indicator, hits)
        found.append(hits.pop())
    return found


def test_the_planted_slips_are_there() -> None:
    """Each would turn a check red, and would not if somebody had mended it by accident."""
    gifts = values("tan-khe-2012", "quà của Chủ tịch nước", "quà của huyện", "quà của xã", unit="đồng")
    assert sum(gifts) == 69_100_000 != values("tan-khe-2012", "trị giá", unit="đồng")[0]
    assert round(Decimal(1200) / 14, 1) != Decimal("92.3")

    parts = ("vốn nhà nước", "vốn ngoài nhà nước", "vốn đầu tư trực tiếp nước ngoài")
    assert sum(values("thanh-giang-2023-m09", *parts)) == 26_680
    assert values("thanh-giang-2023-m09", "Vốn đầu tư thực hiện toàn xã hội", status="estimate") == [26_480]
    insured = {
        f["value"]
        for f in rows(CORPUS / "gold" / "thanh-giang-2023-m09.jsonl")
        if f["indicator"].lower() == "tỷ lệ bao phủ bảo hiểm y tế" and f["status"] != "plan"
    }
    assert insured == {93.4, 94.3}


def test_the_rest_of_the_sums_hold() -> None:
    commune, province = "tan-khe-2012", "thanh-giang-2023-m09"
    revenue = values(commune, "thu tại xã", "thu điều tiết", "thu bổ sung từ ngân sách cấp trên")
    spending = values(commune, "chi thường xuyên", "chi xây dựng cơ bản")
    assert [sum(revenue)] == values(commune, "Tổng thu ngân sách xã", status="actual")
    assert [sum(spending)] == values(commune, "Tổng chi ngân sách xã")
    assert [sum(revenue) - sum(spending)] == values(commune, "Kết dư")
    assert [sum(values(commune, "Mầm non", "Tiểu học", "THCS"))] == values(commune, "học sinh")
    assert [sum(values(province, "thu nội địa", "thu từ hoạt động xuất nhập khẩu"))] == values(
        province, "Thu ngân sách nhà nước trên địa bàn", status="estimate", period="2023-M01/M09", line=57
    )
    assert [sum(values(province, "Nhật Bản", "Đài Loan", "Hàn Quốc"))] == values(province, "xuất khẩu lao động")
    exports, imports = values(province, "Kim ngạch xuất khẩu", "kim ngạch nhập khẩu", line=49)
    assert [exports - imports] == values(province, "xuất siêu")
