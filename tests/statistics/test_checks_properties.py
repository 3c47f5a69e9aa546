"""What must hold for any report: true figures never fail, planted errors do, and scale says nothing.

The generator knows the truth (plan, last year, parts) and prints it as an office would, rounded to random precision.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.mutations import ANY, LOUD, MUTATIONS, told
from extractor.domain.figure import Figure, Status
from extractor.domain.finding import Finding, Level
from extractor.pipeline import extract
from extractor.statistics import check, normalise
from extractor.statistics.checks import sums
from tests.statistics.reports import Writer

MONEY = "triệu đồng"
PRIMARY = "Giá trị sản xuất nông, lâm, thủy sản"
SECTORS = ("Nông nghiệp", "Lâm nghiệp", "Thủy sản")
SCALED = {"triệu đồng": ("tỷ đồng", 3), "nghìn đồng": ("triệu đồng", 3), "đồng": ("triệu đồng", 6)}
AMOUNT = st.integers(min_value=1_000, max_value=9_000_000)
PLACES = st.integers(min_value=0, max_value=2)


def printed(value: Decimal, places: int) -> str:
    """``value`` rounded and written as an office writes it."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def percent(value: int, base: int) -> Decimal:
    return Decimal(100) * value / base


def with_sum(parts: list[int]) -> tuple[int, ...]:
    return (sum(parts), *parts)


def verdicts(w: Writer) -> tuple[Finding, ...]:
    return check(normalise(tuple(w.figures), w.report), w.document())


def fails(findings: tuple[Finding, ...]) -> list[Finding]:
    return [f for f in findings if f.level is Level.FAIL]


THREE = st.lists(AMOUNT, min_size=3, max_size=3)


@given(THREE, THREE, THREE, PLACES, st.booleans())
@settings(max_examples=150)
def test_true_figures_never_fail(
    plans: list[int], parts: list[int], before: list[int], places: int, ratio: bool
) -> None:
    w = Writer()
    rows = zip((PRIMARY, *SECTORS), with_sum(parts), with_sum(before), with_sum(plans), strict=True)
    for name, value, last, plan in rows:
        against = percent(value, last)
        how = {"ratio": printed(against, places)} if ratio else {"growth": printed(against - 100, places)}
        parent = None if name == PRIMARY else PRIMARY
        share = printed(percent(value, plan), places)
        w.add(name, printed(Decimal(value), 0), MONEY, parent=parent, plan=share, **how)
        w.add(name, printed(Decimal(plan), 0), MONEY, "2023", status=Status.PLAN, parent=parent)
        if parent is None:  # months of the parts need not add up to this one
            w.add(name, printed(Decimal(value // 3), 0), MONEY, "2023-03")
    assert fails(verdicts(w)) == []


@given(st.integers(1, 5_000), st.integers(0, 5_000), PLACES)
def test_true_fractions_never_fail(part: int, rest: int, places: int) -> None:
    w = Writer()
    w.add("hồ sơ", str(part), "hồ sơ", total=str(part + rest), share=printed(percent(part, part + rest), places))
    assert fails(verdicts(w)) == []


@given(st.lists(AMOUNT, min_size=3, max_size=3), st.integers(0, 3), st.sampled_from([-1, 1]), st.integers(5, 5_000))
def test_an_error_beyond_the_half_units_fails(parts: list[int], which: int, sign: int, error: int) -> None:
    values = [sum(parts), *parts]
    values[which] = max(1, values[which] + sign * error)
    if values[0] == sum(values[1:]) or abs(values[0] - sum(values[1:])) < 5:
        return
    w = Writer()
    w.add(PRIMARY, printed(Decimal(values[0]), 0), MONEY)
    for name, value in zip(SECTORS, values[1:], strict=True):
        w.add(name, printed(Decimal(value), 0), MONEY, parent=PRIMARY)
    assert [f.code for f in fails(verdicts(w))] == ["SUM_MISMATCH"]


@given(st.integers(50, 5_000), st.integers(50, 5_000), PLACES, st.sampled_from([-1, 1]))
def test_a_percentage_off_by_more_than_its_last_digit_fails(part: int, rest: int, places: int, sign: int) -> None:
    true = percent(part, part + rest)
    wrong = true + sign * Decimal(2).scaleb(-places)
    w = Writer()
    w.add("hồ sơ", str(part), "hồ sơ", total=str(part + rest), share=printed(wrong, places))
    assert "PERCENT_MISMATCH" in {f.code for f in fails(verdicts(w))}


@given(AMOUNT, AMOUNT, st.integers(1, 2), st.integers(3, 40))
def test_a_plan_off_by_more_than_the_power_fails(value: int, more: int, places: int, widths: int) -> None:
    plan = value + more
    assume(value * 50 > plan)  # a share of 0,0 % implies nothing
    share = printed(percent(value, plan), places)
    w = Writer()
    w.add("Tổng chi ngân sách", printed(Decimal(value), 0), MONEY, plan=share)
    w.add("Tổng chi ngân sách", printed(Decimal(plan), 0), MONEY, "2023", status=Status.PLAN)
    seen = next(f for f in verdicts(w) if f.code == "PLAN_MATCH")
    assert seen.power is not None
    wrong = Decimal(plan) * (1 + widths * seen.power) + 2
    w.figures[1] = replace(w.figures[1], value=wrong.quantize(Decimal(1)))
    assert "PLAN_MISMATCH" in {f.code for f in fails(verdicts(w))}


def scaled(figure: Figure) -> Figure:
    """The same amount in the next larger unit, with as many more decimals."""
    unit, places = SCALED.get(figure.unit or "", (figure.unit, 0))
    if not places or figure.value is None:
        return figure
    return replace(figure, value=figure.value.scaleb(-places), unit=unit, decimals=figure.decimals + places)


@given(AMOUNT, st.lists(AMOUNT, min_size=3, max_size=3), st.integers(-3, 3), PLACES)
@settings(max_examples=60)
def test_scaling_changes_no_verdict(plan: int, parts: list[int], error: int, places: int) -> None:
    w = Writer()
    w.add(PRIMARY, printed(Decimal(sum(parts) + error), 0), MONEY, plan=printed(percent(sum(parts), plan), places))
    for name, value in zip(SECTORS, parts, strict=True):
        w.add(name, printed(Decimal(value), 0), MONEY, parent=PRIMARY, plan=printed(percent(value, plan), places))
    before = [(f.code, f.level, f.figures) for f in verdicts(w)]
    w.figures = [scaled(f) for f in w.figures]
    assert [(f.code, f.level, f.figures) for f in verdicts(w)] == before


def test_the_order_of_the_notes_changes_no_verdict() -> None:
    def built(order: list[int]) -> Counter[tuple[str, str]]:
        w = Writer()
        w.add(PRIMARY, "9.000", MONEY)
        rows = [("Nông nghiệp", "5.000"), ("Lâm nghiệp", "1.000"), ("Thủy sản", "3.300")]
        for i in order:
            w.add(*rows[i], MONEY, parent=PRIMARY)
        return Counter((f.code, f.level.value) for f in verdicts(w))

    assert built([0, 1, 2]) == built([2, 0, 1]) == built([1, 2, 0])


# ------------------------------------------------------------------------------------------------------- mutation


def quarter() -> Writer:
    """A whole small report without an error: sums, plans printed and implied, months, fractions, last year."""
    w = Writer()
    truth = {PRIMARY: (27_480, 118_300, 26_950), "Nông nghiệp": (18_240, 78_000, 17_900)}
    truth |= {"Lâm nghiệp": (1_120, 5_300, 1_150), "Thủy sản": (8_120, 35_000, 7_900)}
    truth |= {"Tổng chi ngân sách": (140_905, 568_000, 93_750), "Lệ phí trước bạ": (10_179, 72_000, 9_400)}
    for name, (value, plan, last) in truth.items():
        parent = PRIMARY if name in SECTORS else None
        growth = printed(percent(value, last) - 100, 1)
        share = printed(percent(value, plan), 2)
        w.add(name, printed(Decimal(value), 0), MONEY, parent=parent, plan=share, growth=growth)
        w.add(name, printed(Decimal(plan), 0), MONEY, "2023", status=Status.PLAN, parent=parent)
        w.add(name, printed(Decimal(value * 3 // 8), 0), MONEY, "2023-03", parent=parent)
    w.add("hồ sơ", "524", "hồ sơ", total="760", share="69")
    w.add("văn bản ký số", "1.871", "văn bản", total="1.891", share="98,9")
    w.figures = [f for f in w.figures if f.period != "2023-03" or f.parent is None]
    return w


def test_the_report_without_errors_is_clean() -> None:
    assert [f for f in verdicts(quarter()) if f.level in {Level.FAIL, Level.WARN}] == []


def test_planted_errors_are_caught(capsys: pytest.CaptureFixture[str]) -> None:
    usual = told(verdicts(quarter()), ANY)
    remarked: Counter[str] = Counter()
    chance = random.Random(20230331)
    caught: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for name, mutate in MUTATIONS.items():
        for _ in range(60):
            w = quarter()
            at = chance.randrange(len(w.figures))
            spoilt = mutate(w.figures[at], chance)
            if spoilt is None:
                continue
            w.figures[at] = spoilt
            tried[name] += 1
            found = verdicts(w)
            caught[name] += bool(told(found, LOUD))
            remarked[name] += bool(told(found, ANY) - usual)
    lines = [
        f"{name}: of {tried[name]} planted errors {caught[name]} fail or warn, {remarked[name]} are at least remarked"
        for name in MUTATIONS
    ]
    loud, any_level = caught.total() / tried.total(), remarked.total() / tried.total()
    with capsys.disabled():
        print("", *lines, f"all: {loud:.0%} fail or warn, {any_level:.0%} are at least remarked", sep="\n  ")  # noqa: T201
    assert loud >= 0.8
    assert any_level >= 0.9


def test_adding_up_the_rows_of_a_table_grows_with_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    known = sums._adds_up
    monkeypatch.setattr(sums, "_adds_up", lambda *told: asked.append(told) or known(*told))

    def work(rows: int) -> int:
        asked.clear()
        lines = (f"| {n} | Xã số {n} | {1200 + n * 7 % 311} | {900 + n * 11 % 173} | {700 + n} |" for n in range(rows))
        report = tmp_path / f"{rows}.md"
        head = "BÁO CÁO\nKết quả năm 2022\n\n| TT | Xã | Số hộ | Số trẻ (cháu) | Ha rừng |\n|---|---|---|---|---|\n"
        report.write_text(head + "\n".join(lines), encoding="utf-8")
        extract(report)
        return len(asked)

    assert 0 < work(160) <= 2.5 * work(80)
