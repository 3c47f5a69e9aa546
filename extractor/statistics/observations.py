"""Figures, as written, become observations, comparable: indicator, exact amount, days, scope, price basis, status.

``normalise`` fills in what statistics owes a figure and changes nothing that language read. ``observe`` lays the same
facts out under SDMX's names, one observation for each figure that has a value and an indicator, and one *implied*
observation, an interval, for the plan or the value of last year that its percentages give away. Amounts are exact
decimals: value times the unit's multiplier, never a float. What a report does not say stays empty; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from extractor.domain.document import Report, Source, Stage, call_report
from extractor.domain.extraction import Extraction
from extractor.domain.faults import Faults
from extractor.domain.figure import Base, Comparison, Figure, Measure, Status
from extractor.domain.folding import fold
from extractor.domain.lexicon import read_rows
from extractor.domain.messages import say
from extractor.domain.period import Period, issue_bounds, read_period
from extractor.domain.unit import COUNT, Unit, read_unit
from extractor.statistics.catalogue import ancestors, holds_word, indicators, name_key, openings_of, words_of
from extractor.statistics.clause_names import clause_entry
from extractor.statistics.intervals import (
    HUNDRED,
    RATIOS,
    implied_last_year,
    implied_plan,
    printed_interval,
    ratio_interval,
)
from extractor.statistics.matching import NO_MATCH, Match, is_told_of, match_indicator, refused
from extractor.statistics.places.areas import as_called, resolve_area
from extractor.statistics.said_words import Clauses, strange_words
from extractor.statistics.scopes import full_scope, is_aim, is_former, price_basis_of, titles_of
from extractor.statistics.source_sentence import sentence_of
from extractor.statistics.sure_entries import settle_entries

STATUS_CODES = {Status.ESTIMATE: "E", Status.ACTUAL: "A", Status.PROJECTION: "F", Status.PLAN: "A"}
"""Ước → E; thực hiện → A; dự kiến → F. A plan is no observation of the series: it carries the measure TARGET, and A
because the plan itself is final as printed."""

SETTLED = frozenset({"A", "P"})
"""Codes of values that can only be known once their period has ended."""

PROVISIONAL = "P"
"""Between estimate and final stands the provisional value; reports say so in a word of their own."""

PHRASES = "vocabulary/phrases.csv"
BEFORE = 80
"""Letters before a figure in which the word for its status stands."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one series; ``low`` and ``high`` bound what the print leaves open, an implied one has only these."""

    indicator: str  # catalogue id, or "~" and the folded name where nothing decided
    name: str  # as written
    area: str  # id of areas.csv, or "~" and the folded name
    area_name: str
    scope: str  # "" where the report says nothing
    price_basis: str  # "", "current", "constant", "constant 2010"
    measure: str  # VALUE, TARGET; of rates without a value YOY, MOM, QOQ, YTD_AVG, PCT_OF_TARGET, SHARE
    period: Period
    value: Decimal | None  # in ``unit``; None for an implied interval
    low: Decimal
    high: Decimal
    unit: str
    unit_mult: int
    printed_unit: str
    decimals: int
    status: str  # E, P, A, F: what the value is; nothing is A or P before its period has ended
    status_word: str  # the office's own
    origin: str  # stated | implied
    vintage: str  # the report's date as printed, to its precision; "" where unknown
    report: str  # number and symbol, else title
    source: str  # sha256 of the file
    file: str
    issuer: str
    figure: str  # id of the figure it comes from
    start: int
    end: int
    page: int | None
    quote: str
    sentence: str
    confidence: float
    doubts: tuple[str, ...] = ()
    reviewed: bool = False
    claimed: str = ""  # the status that the office's word claims, where the report is too old for it

    @property
    def reported(self) -> str:
        """The status that the office gives the value, whenever it said so."""
        return self.claimed or self.status

    @property
    def report_called(self) -> str:
        """What the report is called."""
        return call_report(self.report, self.file)

    @property
    def freq(self) -> str:
        """M, Q, S, A, YTD, RANGE or POINT; part of the key, so that none of them ever joins another."""
        return self.period.freq

    @property
    def key(self) -> tuple[str, str, str, str, str, str, str]:
        """What one series is: indicator, area, scope, price basis, measure, frequency, unit."""
        return (self.indicator, self.area, self.scope, self.price_basis, self.measure, self.freq, self.unit)


NEAR = 200
"""Letters between two figures that still speak of one thing: a clause or two of a sentence, not the next subject."""


def normalise(
    figures: Iterable[Figure], report: Report, faults: Faults | None = None, text: str = ""
) -> tuple[Figure, ...]:
    """The figures with catalogue entry, score, exact amount in a canonical unit and, where empty, the report's area.

    A name that means something only beside another ("chết 2 người" after "5 vụ tai nạn giao thông") is read with the
    last entry that was found so, and with the one that stands for itself before it in the same stretch of text.
    The words around the numbers in ``text`` say which entries are not meant after all (``sure_entries``). A fault while
    one figure is matched goes to ``faults`` and leaves that figure without an entry.
    """
    given, faults = list(figures), Faults() if faults is None else faults
    clauses = Clauses(text, given)
    named = {name_key(figure.indicator) for figure in given if figure.indicator}
    done: dict[int, Figure] = {}
    near: tuple[str, ...] = ()
    before: Figure | None = None
    for at in sorted(range(len(given)), key=lambda i: given[i].start):
        figure = given[at]
        if before is None or not _goes_on(before, figure):
            near = ()
        match, done[at] = NO_MATCH, figure
        with faults.contain(Stage.NAME, start=figure.start, end=figure.end):
            match, contradicted = _entry_of(figure, near, done.values(), named, clauses)
            near = _handed_down(figure, match, () if contradicted else near)
        with faults.contain(Stage.NAME, start=figure.start, end=figure.end):
            done[at] = _filled(figure, match, report)
        before = figure
    found = tuple(done[at] for at in range(len(given)))
    with faults.contain(Stage.NAME):
        return settle_entries(found, text)
    return found


def _entry_of(
    figure: Figure, near: tuple[str, ...], earlier: Iterable[Figure], named: set[str], clauses: Clauses
) -> tuple[Match, bool]:
    """The first reading of a figure's name that no word of its clause contradicts, and whether one was contradicted."""
    proposed = NO_MATCH
    contradicted = False
    key = name_key(figure.indicator or "")
    for match in _readings(figure, near, earlier, named, clauses):
        if match.indicator_id is None or (key, match.indicator_id) in refused():
            continue
        agrees = not strange_words(figure, indicators()[match.indicator_id], clauses)
        if match.match == "alias" and agrees:
            return match, False
        contradicted = contradicted or match.match == "alias"
        proposed = match if match.match == "proposed" and agrees else proposed
    return (NO_MATCH if contradicted else proposed), contradicted


def _readings(
    figure: Figure, near: tuple[str, ...], earlier: Iterable[Figure], named: set[str], clauses: Clauses
) -> Iterator[Match]:
    """What a figure's name may mean: itself, a plan's, its parent's once more, beside what its sentence is about.

    Last what its whole clause says.
    """
    yield _matched(figure, near, named)
    if figure.status is Status.PLAN and (what := _planned(figure.indicator)):
        yield match_indicator(what, parent=figure.parent, unit=figure.unit, qualifier=figure.qualifier)
    if again := _same_thing(figure, earlier):
        yield Match(again, "alias", 100.0)
    topics = _still_about(figure, earlier, clauses)
    if topics:
        yield _matched(figure, topics, named)
    if said := clause_entry(figure, (*topics, *near), clauses):
        yield Match(said, "alias", 100.0)


def _still_about(figure: Figure, earlier: Iterable[Figure], clauses: Clauses) -> tuple[str, ...]:
    """The topic of a figure's sentence, until something sure that is no part of it has been told since.

    ``8 vụ phạm tội về ma túy, bắt 11 đối tượng; 5 vụ cờ bạc với 29 đối tượng``: the last are no drug offenders.
    """
    topics = clauses.topics(figure)
    told = next((f for f in reversed([*earlier]) if f.match == "alias"), None) if topics else None
    if told is None or is_told_of(told.indicator_id, topics[0]):
        return topics
    return clauses.topics(figure, since=told.end)


def _handed_down(figure: Figure, match: Match, near: tuple[str, ...]) -> tuple[str, ...]:
    """The entries that the next name is read with, once ``figure`` was found to mean ``match``."""
    if match.match == "alias" and match.indicator_id:
        below = match.under is not None and match.under in near
        return (match.indicator_id, *near[-1:]) if below else (match.indicator_id,)
    return () if _is_another(figure, near) else near


def _planned(name: str | None) -> str | None:
    """What a plan is a plan of: ``Kế hoạch thu ngân sách nhà nước``; None for a name that does not begin so."""
    key = name_key(name or "")
    opening = next((words for words in openings_of("plan") if key.startswith(words)), None)
    return key.removeprefix(opening) if opening else None


def _matched(figure: Figure, near: tuple[str, ...], named: set[str]) -> Match:
    """What a figure's name means, alone or with the words that go with it.

    The noun that it counts ("Tiếp nhận" of "đơn"), what it is about ("Thu gom" of "rác"), or for a mean its unit
    ("bình quân 17,6 tiêu chí/xã"). Words put together never mean what the neighbour is a part of; what another figure
    is ``named`` is not what this one is about.
    """
    name, unit = figure.indicator, figure.unit or _unit_of_change(figure)
    match = match_indicator(name, parent=figure.parent, unit=unit, qualifier=figure.qualifier, near=near)
    about = figure.subject if name_key(figure.subject or "") not in named else None
    if match.match == "alias" or not name or not unit:
        return match
    is_unit, says_what = name_key(name) == name_key(unit), name_key(name) not in words_of("measure")
    tried = (f"{name} {unit}", f"{about} {name}" if about else None, about if is_unit else None)
    for words in (*tried, unit if "/" in unit else None):
        told = match_indicator(words, parent=figure.parent, unit=unit, near=near, whole=says_what)
        if told.match == "alias" and not any(told.indicator_id in ancestors(entry) for entry in near):
            return told
    return match


def _unit_of_change(figure: Figure) -> str:
    """The unit of what changed by points alone, which is a share: ``hộ cận nghèo giảm 1,51 điểm phần trăm``."""
    in_points = figure.value is None and {c.kind for c in figure.comparisons} == {Measure.POINTS}
    return "%" if in_points else ""


def _same_thing(figure: Figure, earlier: Iterable[Figure]) -> str | None:
    """The entry of a parent that is counted once more for another period: ``205 giấy phép (quý I 69 giấy phép)``."""
    noun = name_key(figure.unit or "")
    if not figure.parent or not noun or name_key(figure.indicator or "") != noun:
        return None
    parent = name_key(figure.parent)
    same = (
        f.indicator_id
        for f in earlier
        if f.match == "alias" and name_key(f.indicator or "") == parent and name_key(f.unit or "") == noun
        if f.period != figure.period and f.section == figure.section
    )
    return next(same, None)


def _is_another(figure: Figure, near: tuple[str, ...]) -> bool:
    """Whether a figure without an entry counts what the last whole counted: what follows is about it, not about that.

    ``337 vụ cháy. Trong đó 106 vụ cháy tại nhà ở, làm chết 2 người``.
    """
    counted = read_unit(figure.unit)
    return bool(near) and counted is not None and counted == read_unit(indicators()[near[-1]].unit)


def _goes_on(before: Figure, figure: Figure) -> bool:
    """Whether ``figure`` stands in the same stretch of text as the one before it."""
    return (before.section, before.footnote) == (figure.section, figure.footnote) and figure.start - before.end <= NEAR


def _filled(figure: Figure, match: Match, report: Report) -> Figure:
    unit = read_unit(figure.unit)
    return figure.changed(
        indicator_id=match.indicator_id,
        match=match.match,
        score=match.score,
        amount=unit.amount(figure.value) if figure.value is not None and unit else figure.value,
        amount_unit=unit.canonical if unit else None,
        area=as_called(figure.area or report.area),
    )


def series_id(figure: Figure) -> str:
    """The indicator of the series that a figure belongs to: what an alias decided, else its own name after folding.

    A proposal decides nothing, so its figure stays under its own name, together with the name it stands under.
    """
    if figure.match == "alias" and figure.indicator_id:
        return figure.indicator_id
    return own_series(figure.indicator, figure.parent)


def own_series(name: str | None, parent: str | None) -> str:
    """The series of a name that the catalogue does not hold: ``~`` and the folded name, below its parent's.

    >>> own_series("Băng rôn", None), own_series("Đài Loan", "Xuất khẩu lao động")
    ('~băng rôn', '~xuất khẩu lao động › đài loan')
    """
    above = f"{name_key(parent)} › " if parent else ""
    return f"~{above}{name_key(name or '')}"


def observe(extraction: Extraction, reviewed: frozenset[str] = frozenset()) -> tuple[Observation, ...]:
    """The observations of one report, stated and implied; ``reviewed`` holds the ids of accepted figures.

    A figure whose observation meets a fault of ours joins no series, and the log names it.
    """
    faults = Faults()
    found: list[Observation] = []
    document = extraction.document
    headings = titles_of(document.sections)
    for figure in extraction.figures:
        with faults.contain(Stage.SERIES, start=figure.start, end=figure.end):
            sentence = sentence_of(document, figure.start, figure.end)
            heading = headings.get(figure.section or "", "")
            place = Provenance(extraction.report, document.source, sentence, heading, reviewed=figure.id in reviewed)
            found.extend(observe_figure(figure, place))
    faults.log(document.source.name if document.source else "")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from: report, file, sentence and heading, and whether a person stands behind it."""

    report: Report
    source: Source | None
    sentence: str
    heading: str = ""  # of the figure's section
    reviewed: bool = False

    @property
    def report_name(self) -> str:
        """Number and symbol, else title."""
        return self.report.number or self.report.title or ""


def observe_figure(figure: Figure, place: Provenance) -> tuple[Observation, ...]:
    """One figure as an observation, then what it implies; nothing where it has no name or possible period.

    A rate of growth that stands alone (``CPI tháng 9 tăng 1,08% so với tháng trước``) is an observation of the rate.
    """
    if figure.value is None:
        return tuple(filter(None, (_rate(figure, comparison, place) for comparison in figure.comparisons)))
    stated = _state(figure, place)
    return (stated, *_implied(figure, stated)) if stated else ()


def _superior(figure: Figure, report: Report) -> str | None:
    """What the figure's place is a part of: the report's superior, or of another place the report's own."""
    other = figure.area and report.area and fold(figure.area) != fold(report.area)
    return report.area if other else report.superior


def _state(figure: Figure, place: Provenance) -> Observation | None:
    report, source = place.report, place.source
    period, interval = _period_of(figure, place), printed_interval(figure)
    if figure.value is None or not figure.indicator or period is None or interval is None:
        return None
    area = resolve_area(figure.area or report.area, on=period.end, within=_superior(figure, report))
    word = status_word(figure, place.sentence)
    status, claimed = _status_codes(figure, place, word, period)
    unit = read_unit(figure.unit)
    return Observation(
        indicator=series_id(figure),
        name=figure.indicator,
        area=area.id,
        area_name=area.name,
        scope=full_scope(figure, place.sentence, place.heading),
        price_basis=price_basis_of(figure, place.sentence),
        measure=_measure(figure),
        period=period,
        value=figure.amount if figure.amount is not None else figure.value,
        low=interval.low,
        high=interval.high,
        unit=_unit_of(figure, unit),
        unit_mult=unit.power if unit else 0,
        printed_unit=figure.unit or "",
        decimals=figure.decimals,
        status=status,
        status_word=word,
        origin="stated",
        vintage=report.date or "",
        report=place.report_name,
        source=source.sha256 if source else "",
        file=source.name if source else "",
        issuer=report.issuer or "",
        figure=figure.id,
        start=figure.start,
        end=figure.end,
        page=figure.page,
        quote=figure.quote,
        sentence=place.sentence,
        confidence=figure.confidence,
        doubts=figure.doubts,
        reviewed=place.reviewed,
        claimed=claimed,
    )


YOY, AVERAGE = "YOY", "YTD_AVG"
PREVIOUS = {"M": "MOM", "Q": "QOQ"}
"""What a comparison with the period before measures, by frequency; of others nobody knows how long that period was."""


def _rate(figure: Figure, comparison: Comparison, place: Provenance) -> Observation | None:
    """What a percentage says of a figure without a value: growth in per cent, a share, or a share of the plan."""
    printed = figure.changed(
        value=comparison.value, value_max=None, unit="%", bound=comparison.bound, decimals=comparison.decimals
    )
    stated = _state(printed, place)
    measure = _measure_of(comparison, stated.period.freq) if stated else ""
    interval = ratio_interval(comparison)
    if stated is None or not measure or interval is None:
        return None
    growth = measure in {YOY, *PREVIOUS.values()}
    if measure == YOY and _is_average(figure, place):
        measure = AVERAGE
    less = HUNDRED if growth else Decimal(0)
    return replace(
        stated,
        measure=measure,
        value=_in_per_cent(comparison) - less,
        low=interval.low - less,
        high=interval.high - less,
        status=STATUS_CODES[Status.PROJECTION] if stated.measure == "TARGET" else stated.status,
        quote=comparison.quote,
        start=comparison.start,
        end=comparison.end,
    )


def _measure_of(comparison: Comparison, freq: str) -> str:
    """What a comparison measures; "" for points, differences and bases that have no name of their own."""
    if comparison.kind not in RATIOS:
        return ""
    if comparison.base is Base.PREVIOUS:
        return PREVIOUS.get(freq, "")
    return {Base.SAME_PERIOD: YOY, Base.PLAN: "PCT_OF_TARGET", Base.TOTAL: "SHARE"}.get(comparison.base, "")


def _in_per_cent(comparison: Comparison) -> Decimal:
    """The comparison as value over base: tăng 9,7 % → 109,7."""
    if comparison.kind is Measure.CHANGE:
        return HUNDRED + comparison.value
    return comparison.value * HUNDRED if comparison.kind is Measure.MULTIPLE else comparison.value


def _is_average(figure: Figure, place: Provenance) -> bool:
    """Whether growth is that of an average since January: ``CPI bình quân 9 tháng tăng 3,16%``."""
    before, _, _ = fold(place.sentence).partition(fold(figure.quote))
    named = " ".join(fold(words or "") for words in (figure.indicator, figure.qualifier))
    return holds_word(f"{named} {before}", "mean")


def _status_codes(figure: Figure, place: Provenance, word: str, period: Period) -> tuple[str, str]:
    """What the value is, and what the office calls it where that is more: nothing is final before its period's end.

    A plan is final as printed; an aim (``phấn đấu``) is a projection beside it.
    """
    if _measure(figure) == "TARGET":
        aim = is_aim(figure, place.sentence, place.heading)
        return STATUS_CODES[Status.PROJECTION if aim else Status.PLAN], ""
    code = PROVISIONAL if holds_word(word, "provisional") else STATUS_CODES[figure.status]
    issued = issue_bounds(place.report.date)
    early = issued is not None and issued[1] < period.end and code in SETTLED
    return (STATUS_CODES[Status.ESTIMATE], code) if early else (code, "")


def _period_of(figure: Figure, place: Provenance) -> Period | None:
    """The figure's period, else the report's; a former level's is its own, and one that runs backwards is none."""
    period = read_period(figure.period) or read_period(place.report.period)
    if period and is_former(figure, place.sentence):
        period = _opening(figure, period)
    return None if period is None or period.backwards else period


def _opening(figure: Figure, period: Period) -> Period | None:
    """When a former level ("giảm từ 186 hộ …") held: of a stock or rate, the day on which a period from January begins.

    Of anything else the report does not say whether last year's value or the last report's is meant: None.
    """
    entry = indicators().get(figure.indicator_id or "") if figure.match == "alias" else None
    if entry is None or entry.nature == "flow" or not period.months_to_date:
        return None
    return read_period(f"../{period.year}-01-01")


def _measure(figure: Figure) -> str:
    """TARGET for a plan, and for what is a plan by its nature whatever the verb (``kế hoạch vốn … là``), else VALUE."""
    entry = indicators().get(figure.indicator_id or "") if figure.match == "alias" else None
    named = entry is not None and name_key(entry.name_vi).startswith(openings_of("plan_name"))
    return "TARGET" if named or figure.status is Status.PLAN else "VALUE"


def status_word(figure: Figure, sentence: str) -> str:
    """The office's own word for the figure's status, the last one before it in its sentence; else the usual one.

    Only words that language takes for this status count: another figure's are not mistaken for it, and no word is found
    inside another (``th`` in ``tháng``).
    """
    before = _as_words(fold(sentence[: max(0, sentence.find(figure.quote))])[-BEFORE:])
    ends = ((_end_of(words, before), len(words), words) for words in _status_phrases(figure.status.value))
    end, _, word = max((found for found in ends if found[0]), default=(0, 0, ""))
    later = max((_end_of(words, before) for words in _other_phrases(figure.status.value)), default=0)
    return word if end and end >= later else say("exports.csv", f"status.{figure.status.value}")


def _end_of(words: str, text: str) -> int:
    """Where the last ``words`` of a text end, both of them ``_as_words``; 0 where they do not stand there."""
    wanted = _as_words(words)
    at = text.rfind(wanted)
    return at + len(wanted) - 2 if at >= 0 else 0


_WORDLESS = re.compile(r"\W")


@lru_cache(maxsize=256)
def _as_words(text: str) -> str:
    """``text`` with a space for all that is no letter or digit, and around it: words are found whole."""
    return f" {_WORDLESS.sub(' ', text)} "


@cache
def _status_phrases(status: str) -> tuple[str, ...]:
    rows = (row for row in read_rows(PHRASES) if row["label"] == "status" and row["value"] == status)
    return tuple(fold(row["phrase"]) for row in rows)


@cache
def _other_phrases(status: str) -> tuple[str, ...]:
    """What says another status, unless it is part of a phrase for this one (``thực hiện`` in ``ước thực hiện``)."""
    own = _status_phrases(status)
    rows = (row for row in read_rows(PHRASES) if row["label"] == "status" and row["value"] != status)
    return tuple(words for words in (fold(row["phrase"]) for row in rows) if not any(words in mine for mine in own))


def _unit_of(figure: Figure, unit: Unit | None) -> str:
    """The canonical unit; what is counted bears the catalogue's name: 120 ``người`` given jobs are 120 ``lao động``."""
    entry = indicators().get(figure.indicator_id or "") if figure.match == "alias" else None
    if unit is None:
        return ""
    known = read_unit(entry.unit) if entry and entry.family == COUNT and unit.is_counted else None
    return known.canonical if known else unit.canonical


def _implied(figure: Figure, stated: Observation) -> list[Observation]:
    """The plan of the year and the value of last year that the figure's percentages give away, as intervals."""
    out: list[Observation] = []
    plan = implied_plan(figure)
    if stated.measure == "TARGET":
        return out
    if plan and stated.period.months_to_date:
        year = read_period(str(stated.period.year))
        if year:
            out.append(_imply(stated, plan.low, plan.high, period=year, measure="TARGET", share="plan"))
    before = implied_last_year(figure)
    period = stated.period.shift(-1)
    if before and period:
        out.append(_imply(stated, before.low, before.high, period=period, measure="VALUE", share="last_year"))
    return out


def _imply(
    stated: Observation, low: Decimal, high: Decimal, *, period: Period, measure: str, share: str
) -> Observation:
    return replace(
        stated,
        value=None,
        low=low,
        high=high,
        period=period,
        measure=measure,
        status="E",
        status_word=say("exports.csv", f"implied.{share}"),
        origin="implied",
        claimed="",
    )


def vintage_key(vintage: str) -> tuple[date, bool]:
    """A printed issue date for sorting: a blank day counts as the month's last, an unknown date as before all."""
    bounds = issue_bounds(vintage)
    return (bounds[1], True) if bounds else (date.min, False)
