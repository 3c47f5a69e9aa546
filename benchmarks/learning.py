"""A reviewer who knows the gold corrects the reports of one place in the order of time, with and without learning.

    python -m benchmarks.learning [--reports 10] [--careless 0] [--seed 1]
    python -m benchmarks.learning --sources rS1,t,short --once --draw docs/learning.svg
    python -m benchmarks.learning --sources rF0 --decisions 2000

A place is a stock of passages that the package was not taught with: one source of ``real_worded_held_out`` (``rE0``),
one batch of ``held_out`` (``t``), or what a made office says (``benchmarks.house_styles``: ``short``). Each report
says a part of the stock again with other numbers, as an office says the same each quarter. After each of the first half
of the reports the store learns what its guard lets through (``--once``: after the last of them alone).
Printed are corrections per 100 figures, report by report, of the same reports read with and without learning, in which
field those of the second half are, and what the layer does to the passages of other places. ``--draw`` writes the
curves as a picture. ``--careless 5`` makes every fifth passage the work of somebody who decides by lot. Ends with code
1 where other places are read worse. ``--decisions`` says what learning from exactly so many of them takes.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from benchmarks.house_styles import SAID, STYLES, made_reports
from benchmarks.tables import ROOT
from extractor.archive import Store
from extractor.archive.learning.proposal import Proposal, propose
from extractor.archive.row_types import Filter, Record
from extractor.domain.document import Report, Section, Source
from extractor.domain.extraction import Extraction
from extractor.evaluation import STRICT, Score, pair_figures, read_records, same_field
from extractor.language import PACKAGE, Layer, read_figures
from extractor.language.lexer.periods import find_periods
from extractor.paper import read_passage
from extractor.statistics.charts import AXIS, COLOURS, FONT, GREY, RULE
from extractor.training.guard import for_others, score_texts, to_try

Gold = Mapping[str, Any]

PASSAGES = ROOT / "corpus" / "passages"
SET_ASIDE = {"real_worded_held_out": 3, "held_out": 1}
"""A file of passages that taught nothing → how many letters of their ids name their source."""

SOURCES = f"rE0,rF0,rS1,rAA,t,{','.join(STYLES)}"

TITLE = "Corrections per 100 figures, report by report, with learning and without"

NUMBER = re.compile(r"(?<!\w)\d(?:[\d.,]*\d)?")
YEAR = re.compile(r"(?:19|20)\d\d")
DATED = re.compile(r"(?:ngày|tháng|quý|năm)\s+\d[\d/.-]*", re.IGNORECASE)
DIGITS = "123456789"
TRIES = 500
WHOLE = "100"
"""A number that stays: no district has 500 % of its villages."""

COMPARED = ("base", "kind", "value", "unit")


def places(least: int = 29) -> dict[str, list[Gold]]:
    """Source → its passages, sources with enough of them, the largest first."""
    found: dict[str, list[Gold]] = {}
    for file, letters in SET_ASIDE.items():
        for passage in read_records(PASSAGES / f"{file}.jsonl"):
            found.setdefault(str(passage["id"])[:letters], []).append(passage)
    kept = {name: passages for name, passages in found.items() if len(passages) >= least}
    return dict(sorted(kept.items(), key=lambda one: (-len(one[1]), one[0])))


def reports_of(name: str, found: Mapping[str, Sequence[Gold]], count: int, seed: int) -> Sequence[Sequence[Gold]]:
    """Reports of a place in the order of time: each a part of its stock, with numbers of its own."""
    if name in STYLES:
        return made_reports(name, count, seed)
    stock, reports = found[name], list[list[Gold]]()
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")
        said = sorted(chance.sample(range(len(stock)), round(len(stock) * SAID)))
        reports.append([renumbered(stock[place], chance, number) for place in said])
    return reports


def renumbered(passage: Gold, chance: random.Random, number: int) -> Gold:
    """``passage`` with other digits in the numbers of its figures, as many of them, and noughts where they were.

    A number stays where a date or a year has it too, or where the text prints it otherwise than the gold has it. Two
    numbers of one figure stay in their order: no range runs from 96 to 95 %.
    """
    free = _free(passage)
    table = _other_digits(passage["figures"], free, chance)

    def other(found: re.Match[str]) -> str:
        return found[0].translate(table) if _plain(_read(found[0])) in free else found[0]

    def again(value: Any) -> Any:
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return _translated(Decimal(value), free, table)
        if isinstance(value, str):
            return NUMBER.sub(other, value)
        if isinstance(value, list):
            return [again(one) for one in value]
        return {k: v if "period" in k else again(v) for k, v in value.items()} if isinstance(value, dict) else value

    text, figures = NUMBER.sub(other, passage["text"]), again(passage["figures"])
    return {**passage, "id": f"{passage['id']}-{number}", "text": text, "figures": figures}


def _free(passage: Gold) -> set[str]:
    """The numbers of the figures of a passage that its text prints as they are, and in no date."""
    text, printed, dated = passage["text"], set[str](), {WHOLE}
    dates = [(span.start, span.end) for span in find_periods(text, passage.get("report_period"))]
    dates += [found.span() for found in DATED.finditer(text)]
    for found in NUMBER.finditer(text):
        is_date = any(start < found.end() and found.start() < end for start, end in dates)
        (dated if is_date or YEAR.fullmatch(found[0]) else printed).add(_plain(_read(found[0])))
    return {_plain(value) for values in _numbers(passage["figures"]) for value in values} & printed - dated


def _other_digits(figures: Sequence[Gold], free: Collection[str], chance: random.Random) -> dict[int, int]:
    """Digit → digit, by lot, such that the numbers of each figure stay in their order."""
    digits = list(DIGITS)
    for _ in range(TRIES):
        chance.shuffle(digits)
        table = str.maketrans(DIGITS, "".join(digits))
        others = [(some, [_translated(one, free, table) for one in some]) for some in _numbers(figures)]
        if all(_order(some) == _order(new) for some, new in others):
            return table
    return {}


def _order(values: Sequence[Decimal]) -> list[bool]:
    return [abs(one) < abs(other) for one, other in combinations(values, 2)]


def _translated(value: Decimal, free: Collection[str], table: Mapping[int, int]) -> Decimal:
    return Decimal(str(value).translate(table)) if _plain(value) in free else value


def _numbers(figures: Sequence[Gold]) -> Iterator[list[Decimal]]:
    """The numbers of each figure and of each comparison."""
    for figure in figures:
        for record in (figure, *figure["comparisons"]):
            yield [Decimal(record[n]) for n in ("value", "value_max", "total") if record.get(n) is not None]


def _plain(value: Decimal) -> str:
    return format(abs(value).normalize(), "f")


def _read(printed: str) -> Decimal:
    """A number as Vietnamese print has it; one dot before other than three digits is a decimal point."""
    whole, _, part = printed.replace(".", "").partition(",") if "," in printed else (printed, "", "")
    groups = whole.split(".")
    if all(len(group) == 3 for group in groups[1:]):
        whole = "".join(groups)
    try:
        return Decimal(f"{whole}.{part}" if part else whole)
    except ArithmeticError:
        return Decimal(0)


# ------------------------------------------------------------------------------------------------------ the reviewer


@dataclass
class Work:
    """What a report cost its reviewer."""

    figures: int = 0
    corrections: int = 0
    fields: Counter[str] = field(default_factory=Counter)  # the first wrong field of each correction

    @property
    def per_hundred(self) -> float:
        return 100 * self.corrections / self.figures if self.figures else 0.0


def take_in(store: Store, passage: Gold, actor: str) -> int:
    """A passage as a report of its own, read with what the store has learned; returns the report."""
    layer = store.layer()
    document, _ = read_passage(passage["text"])
    title = passage.get("heading") or ""
    sections = (*document.sections, Section("@", "", title, 1, None, 0, len(document.text)))
    blocks = tuple(replace(block, section=block.section or "@") for block in document.blocks)
    content = f"{passage['id']}\n{passage['text']}".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    document = replace(
        document,
        sections=sections,
        blocks=blocks,
        report=Report(number=f"{passage['id']}/BC-UBND", area=passage.get("area"), period=passage.get("report_period")),
        source=Source(f"{passage['id']}.md", sha256, "markdown", len(content)),
    )
    figures, digits = read_figures(document, report_period=passage.get("report_period"), heading=title, layer=layer)
    extraction = Extraction(document, figures, (), digits, layer.version)
    return store.add_extraction(extraction, content, actor=actor).item_id


def review(store: Store, item_id: int, passage: Gold, actor: str) -> Work:
    """All figures of a passage decided as its gold has them."""
    records = store.queue(Filter(item=item_id, order="place"), limit=1000)
    period = passage.get("report_period")
    text = store.reading_of(item_id).text
    pairs = pair_figures(passage["figures"], [_figure(record) for record in records], period)
    measured_otherwise = _of_other_unit(passage["figures"], records, pairs)
    pairs += measured_otherwise
    paired = {place: passage["figures"][gold] for gold, place in pairs}
    work = Work(figures=sum(not figure.get("optional") for figure in passage["figures"]))
    for place, record in enumerate(records):
        gold = paired.get(place)
        if gold is None:
            store.reject(record.id, record.version, actor=actor)
            work.corrections += 1
            work.fields["false"] += 1
            continue
        wrong = [name for name in STRICT if not same_field(name, gold, _figure(record), period)]
        wrong += ["unit"] * (place in {other for _, other in measured_otherwise})
        changes = {name: _value(gold, name, period) for name in wrong}
        if changes:
            store.correct(record.id, record.version, changes, actor=actor)
        else:
            store.accept(record.id, record.version, actor=actor)
        if changes and not gold.get("optional"):
            work.corrections += 1
            work.fields[next(iter(changes))] += 1
    for missed in {*range(len(passage["figures"]))} - {gold for gold, _ in pairs}:
        added = _add(store, item_id, text, passage["figures"][missed], period, actor)
        work.corrections += added
        work.fields["missed"] += added
    return work


def _of_other_unit(
    figures: Sequence[Gold], records: Sequence[Record], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs of a number and its figure that differ in the unit: a person corrects that, and takes nothing out."""
    found: list[tuple[int, int]] = []
    for number in sorted({*range(len(figures))} - {gold for gold, _ in pairs}):
        value, quote = figures[number]["value"], figures[number].get("quote") or "-"
        for place, record in enumerate(records):
            is_free = value is not None and place not in {other for _, other in (*pairs, *found)}
            if is_free and record.value == value and (quote in record.quote or record.quote in quote):
                found.append((number, place))
                break
    return found


def _add(store: Store, item_id: int, text: str, gold: Gold, period: str | None, actor: str) -> bool:
    if gold.get("optional"):
        return False
    at = text.find(gold.get("quote") or "\0")
    if at >= 0:
        names = ("indicator", "period", "status", "value", "unit", "comparisons", "total", "bound")
        values = {name: value for name in names if (value := _value(gold, name, period)) is not None}
        store.add_figure(item_id, (at, at + len(gold["quote"])), values, actor=actor)
    return True


def _figure(record: Record) -> Gold:
    return {name: getattr(record, name) for name in (*STRICT, "value", "unit", "value_max", "status", "parent")}


def _value(gold: Gold, name: str, period: str | None) -> Any:
    value = gold.get(name)
    if name == "comparisons":
        return [{key: str(one[key]) for key in COMPARED if one.get(key) is not None} for one in value or ()]
    if name == "period":
        return value or period
    return str(value) if isinstance(value, (int, Decimal)) else value


def guess(store: Store, item_id: int, actor: str, chance: random.Random) -> None:
    """All figures of a report decided by lot."""
    for record in store.queue(Filter(item=item_id, order="place"), limit=1000):
        act = chance.randrange(3)
        if act == 0:
            store.reject(record.id, record.version, actor=actor)
        elif act == 1:
            words = (record.indicator or record.quote).split()
            name = " ".join(words[chance.randrange(len(words)) :])
            others = [one for one in ("actual", "plan", "estimate") if one != record.status]
            store.correct(record.id, record.version, {"indicator": name, "status": chance.choice(others)}, actor=actor)
        else:
            store.accept(record.id, record.version, actor=actor)


# ------------------------------------------------------------------------------------------------------- the years


@dataclass
class Course:
    """What the reports of a place cost, one after the other, and what was learned last."""

    work: list[Work] = field(default_factory=list)
    layer: Layer = PACKAGE
    proposals: list[Proposal] = field(default_factory=list)
    seconds: float = 0.0  # of processor time that the last proposal took

    def fields(self, first: int, last: int) -> str:
        """In which fields the corrections of some reports are, the most frequent first."""
        told: Counter[str] = sum((one.fields for one in self.work[first - 1 : last]), Counter())
        return ", ".join(f"{name} {count}" for name, count in told.most_common() if count)

    def per_hundred(self, first: int, last: int) -> float:
        """Corrections per 100 figures of the reports ``first`` to ``last``, counted from one."""
        some = self.work[first - 1 : last]
        return 100 * sum(one.corrections for one in some) / max(1, sum(one.figures for one in some))


def run(reports: Sequence[Sequence[Gold]], *, learns: Collection[int] = (), careless: int = 0, seed: int = 1) -> Course:
    """The reports of a place reviewed in their order; after those that ``learns`` counts the store learns.

    ``careless``: every so manieth passage is decided by lot.
    """
    course, chance = Course(), random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        store, actor = Store.open_local(Path(folder) / "store.sqlite")
        for number, report in enumerate(reports, 1):
            work = Work()
            for place, passage in enumerate(report):
                item_id = take_in(store, passage, actor)
                if careless and place % careless == 0:
                    guess(store, item_id, actor, chance)
                    continue
                done = review(store, item_id, passage, actor)
                work.figures += done.figures
                work.corrections += done.corrections
                work.fields += done.fields
            course.work.append(work)
            if number in learns:
                began = time.process_time()
                proposal = propose(store)
                course.seconds = time.process_time() - began
                course.proposals.append(proposal)
                if proposal.is_taken:
                    store.learn(proposal.content, over=proposal.over, actor=actor)
        course.layer = store.layer()
        assert not store.verify()
        store.close()
    return course


def time_decisions(reports: Sequence[Sequence[Gold]], count: int, seed: int) -> str:
    """What a proposal out of so many decisions takes, whether their order matters, and whether it is undone."""
    with tempfile.TemporaryDirectory() as folder:
        chosen, left = list[Gold](), count
        store, actor = Store.open_local(Path(folder) / "first.sqlite")
        for passage in chain.from_iterable(reports):
            item_id = take_in(store, passage, actor)
            review(store, item_id, passage, actor)
            decisions = len(store.queue(Filter(item=item_id), limit=1000))
            if decisions <= left:
                chosen.append(passage)
                left -= decisions
            else:
                store.put_aside(item_id, actor=actor)  # and teaches nothing
            if not left:
                break
        other, actor = Store.open_local(Path(folder) / "second.sqlite")
        for passage in random.Random(seed).sample(chosen, len(chosen)):
            review(other, take_in(other, passage, actor), passage, actor)
        found, seconds, undone = list[Proposal](), list[tuple[float, float]](), True
        for one in (store, other):
            began, shown = time.process_time(), time.perf_counter()
            found.append(propose(one))
            seconds.append((time.process_time() - began, time.perf_counter() - shown))
            before = one.layer().content
            one.learn(found[-1].content, over=found[-1].over, actor=actor)
            undone &= one.layer().content != before == one.unlearn(0, actor=actor).content
            one.close()
    same = "the same" if found[0].content == found[1].content else "another"
    back = "undone to the byte" if undone else "not undone"
    (first, shown), (again, _) = seconds
    told = f"{count - left} decisions: {first:.0f} s of processor time ({shown:.0f} s by the clock; again {again:.0f})"
    return f"{told}, {same} in another order, {back}"


def elsewhere(layer: Layer, others: Sequence[Gold]) -> tuple[Score, Score]:
    """How the passages of other places are read without and with what one place has taught that may hold for them."""
    texts = [*to_try("others", others)]
    before, after = (score_texts(texts, one)["others"] for one in (PACKAGE, for_others(layer)))
    return before, after


def draw(target: Path, curves: Sequence[Mapping[str, Any]], half: int) -> None:
    """Corrections per 100 figures as a picture: a panel a place, a line with and one without learning."""
    import vl_convert

    colours = {"domain": ["without", "with"], "range": [GREY, COLOURS[0]]}
    place = {"field": "report", "type": "ordinal", "title": "report", "axis": {"labelAngle": 0}}
    rate = {"field": "rate", "type": "quantitative", "title": "corrections per 100 figures", "scale": {"zero": True}}
    line = {
        "mark": {"type": "line", "strokeWidth": 2, "point": True},
        "encoding": {"x": place, "y": rate, "color": {"field": "learning", "scale": colours, "title": "learning"}},
    }
    rule = {"transform": [{"filter": f"datum.report === {half}"}], "mark": RULE, "encoding": {"x": place}}
    description = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "config": {"font": FONT, "view": {"stroke": None}, "axis": AXIS},
        "data": {"values": [*curves]},
        "facet": {"field": "place", "title": "place"},
        "columns": 2,
        "resolve": {"scale": {"y": "independent"}},
        "spec": {"width": 300, "height": 170, "layer": [rule, line]},
    }
    svg = vl_convert.vegalite_to_svg(description).replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "", 1)
    target.write_text(svg.replace(">", f"><title>{TITLE}</title>", 1), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10)
    parser.add_argument("--careless", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", default=SOURCES, help="places by name")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--draw", type=Path)
    parser.add_argument("--decisions", type=int)
    options = parser.parse_args()
    found = places()
    if options.decisions:
        for name in options.sources.split(","):
            reports = reports_of(name, found, options.reports, options.seed)
            print(name, time_decisions(reports, options.decisions, options.seed), flush=True)
        return 0
    worse, curves = False, list[dict[str, Any]]()
    half, last = options.reports // 2, options.reports
    learns = {half} if options.once else {*range(1, half + 1)}
    for name in options.sources.split(","):
        reports = reports_of(name, found, options.reports, options.seed)
        others = [passage for other, passages in found.items() if other != name for passage in passages]
        began = time.perf_counter()
        taught = run(reports, learns=learns, careless=options.careless, seed=options.seed)
        first = min(learns)  # what it had not learned from yet is read alike
        rest = run(reports[first:], careless=options.careless, seed=options.seed)
        plain = Course([*taught.work[:first], *rest.work])
        courses = {"without": plain, "with": taught}
        for said, course in courses.items():
            print(f"{name} {said:8}", *(f"{one.per_hundred:5.1f}" for one in course.work), flush=True)
            curves += [
                {"place": name, "learning": said, "report": number, "rate": one.per_hundred}
                for number, one in enumerate(course.work, 1)
            ]
        old, new = (course.per_hundred(half + 1, last) for course in (plain, taught))
        fall = 100 * (1 - new / old) if old else 0.0
        before, after = elsewhere(taught.layer, others)
        worse |= after.strict_f1 < before.strict_f1
        found_last = taught.proposals[-1]
        print(f"   reports {half + 1}-{last}: {old:.1f} → {new:.1f} per 100 figures, {fall:.0f} % fewer")
        for said, course in courses.items():
            print(f"   {said}: {course.fields(half + 1, last)}")
        print(f"   other places, strict: {before.strict_f1:.4f} → {after.strict_f1:.4f}")
        print(f"   {found_last.decisions} decisions, {len(found_last.rows)} rows,", end=" ")
        print(f"{sum(found_last.moved.values())} weights, hold {found_last.hold:g}, taken", end=" ")
        print(sum(one.is_taken for one in taught.proposals), "of", len(taught.proposals), end="; ")
        print(f"the last found in {taught.seconds:.0f} s of processor time,", end=" ")
        print(f"all in {time.perf_counter() - began:.0f} s", flush=True)
        if options.draw:
            draw(options.draw, curves, half)
    return int(worse)


if __name__ == "__main__":
    sys.exit(main())
