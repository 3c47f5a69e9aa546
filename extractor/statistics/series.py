"""Time series: observations of many reports joined by indicator, area, scope, price basis, measure, frequency and unit.

Nothing is averaged, filled in or chained. Every stated value of a period is kept as a vintage; one is shown by a stated
rule (``preference``), and what disagrees is said. Values that percentages give away are kept beside them as intervals,
so that a shelf of reports yields the plan and one more year than it covers. Month, quarter, half-year, year and
cumulative periods are different series even where their days are the same, and a unit that ended ends its series.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from extractor.domain.extras import optional
from extractor.domain.folding import fold
from extractor.domain.letters import without_accents
from extractor.domain.lexicon import kept_until_rows_change, read_rows
from extractor.domain.messages import Message, in_language
from extractor.domain.period import LENGTHS, Period, label_around, read_period
from extractor.domain.unit import read_unit
from extractor.statistics.catalogue import aliases, indicators, name_key
from extractor.statistics.intervals import Interval
from extractor.statistics.matching import match_indicator
from extractor.statistics.observations import Observation, vintage_key
from extractor.statistics.places.areas import bare_commune, level_of, resolve_area, typeless, versions_of
from extractor.statistics.places.registry import area_of

if TYPE_CHECKING:
    import pandas

DERIVED = "derived"
"""The origin of a point that no report prints (``statistics/derived.py``)."""

STATUS_RANK = {"A": 3, "P": 2, "E": 1, "F": 0}
"""Final before provisional before estimated before projected."""

ALIKE, OFFERED = 70, 5
"""rapidfuzz's ratio from which a name of the catalogue may be the one that was meant, and how many of them are told."""

BREAKS = "catalogue/breaks.csv"
SEAM = 730
"""Days behind a seam in which a first value is told to begin there."""
Key = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """One period of one series: the value of choice, all vintages (oldest first), and implied intervals beside them."""

    period: Period
    chosen: Observation | None
    vintages: tuple[Observation, ...] = ()
    implied: tuple[Observation, ...] = ()

    @property
    def conflict(self) -> bool:
        """Whether another report gives another value under the chosen one's status."""
        return any(self.chosen in pair for pair in self.rivals)

    @property
    def rivals(self) -> tuple[tuple[Observation, Observation], ...]:
        """The first report of each status, as offices give it, with each later one that agrees with nothing it says.

        A report may give two values for a period (a level before and now, two events of one name): only where none of
        them meets one of the other report's do the two disagree.
        """
        by_status: dict[str, dict[tuple[str, str], list[Observation]]] = {}
        for o in self.vintages:
            by_status.setdefault(o.reported, {}).setdefault((o.report, o.source), []).append(o)
        reports = (tuple(same.values()) for same in by_status.values())
        pairs = ((first, other) for first, *later in reports for other in later)
        return tuple(
            (max(first, key=preference), max(other, key=preference))
            for first, other in pairs
            if not any(_interval(a).agrees(_interval(b)) for a in first for b in other)
        )

    @property
    def revision(self) -> Decimal | None:
        """Chosen value less the first one reported, where there was an earlier one and it moved."""
        if self.chosen is None or self.chosen.value is None or len(self.vintages) < 2:
            return None
        first = self.vintages[0]
        moved = self.chosen.value - first.value if first.value is not None else Decimal(0)
        return moved if not _interval(first).agrees(_interval(self.chosen)) else None

    @property
    def implied_range(self) -> Interval | None:
        """What all implied intervals leave possible together; the widest hull where they contradict each other."""
        if not self.implied:
            return None
        low, high = max(o.low for o in self.implied), min(o.high for o in self.implied)
        if low <= high:
            return Interval(low, high)
        return Interval(min(o.low for o in self.implied), max(o.high for o in self.implied))


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which values are not comparable with those before, and why."""

    on: date
    note_vi: str
    note_en: str

    def note(self, language: str = "vi") -> str:
        """The reason in ``language``."""
        return in_language(language, self.note_vi, self.note_en)


@dataclass(frozen=True, slots=True, repr=False)
class Series:
    """One key's points in time order, the periods missing between them, and the breaks inside or at the end."""

    key: Key
    name: str
    area_name: str
    points: tuple[Point, ...]
    gaps: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()

    def __repr__(self) -> str:
        ends = "–".join(dict.fromkeys(p.period.label for p in (*self.points[:1], *self.points[-1:])))
        return (
            f"<Series {self.name} · {self.area_name} · {self.measure} · {self.freq}: {len(self.points)} points {ends}>"
        )

    def title(self, language: str = "vi") -> str:
        """The catalogue's name in ``language``; a name of its own as it was written."""
        entry = indicators().get(self.indicator)
        return entry.name(language) if entry else self.name

    @property
    def indicator(self) -> str:
        """Catalogue id, or ~ and the folded name."""
        return self.key[0]

    @property
    def measure(self) -> str:
        """VALUE or TARGET; YOY, MOM and their like for rates without a value."""
        return self.key[4]

    @property
    def freq(self) -> str:
        """M, Q, S, A, YTD, RANGE or POINT."""
        return self.key[5]

    @property
    def printed_unit(self) -> tuple[str, Decimal]:
        """The one unit to show the series in, as offices print it, and how much of the canonical unit it is.

        The one most points are printed in; of several as frequent the larger, in its longest spelling.
        """
        sources = [p.chosen or p.implied[-1] for p in self.points if p.chosen or p.implied]
        factors = [_factor_of(o) for o in sources]
        if not factors:
            return self.unit, Decimal(1)
        factor = max(factors, key=lambda f: (factors.count(f), f))
        names = {o.printed_unit for o, own in zip(sources, factors, strict=True) if own == factor}
        return max(names, key=lambda name: (len(name), name)), factor

    @property
    def unit(self) -> str:
        """The canonical unit."""
        return self.key[6]


def _factor_of(o: Observation) -> Decimal:
    """How much of the canonical unit the printed one is."""
    unit = read_unit(o.printed_unit)
    return unit.factor if unit else Decimal(1).scaleb(o.unit_mult)


def _interval(o: Observation) -> Interval:
    return Interval(o.low, o.high)


def preference(o: Observation) -> tuple[int, date, bool, bool, int, float, int]:
    """The rule by which one vintage is shown: the greatest wins.

    Final before provisional before estimated before projected; then the later report; then what a person accepted; then
    more printed digits; then higher confidence; then the earlier place in its text.
    """
    day, known = vintage_key(o.vintage)
    digits = o.decimals - o.unit_mult
    return (STATUS_RANK[o.status], day, known, o.reviewed, digits, o.confidence, -o.start)


def build_series(observations: Iterable[Observation]) -> tuple[Series, ...]:
    """All series that ``observations`` make, by name, area and frequency."""
    groups: dict[Key, list[Observation]] = {}
    for o in _within_superiors(list(observations)):
        groups.setdefault(o.key, []).append(o)
    built = (_one(key, group) for key, group in groups.items())
    return tuple(sorted(built, key=lambda s: (s.name, s.area_name, s.key)))


def _within_superiors(observations: Sequence[Observation]) -> Iterable[Observation]:
    """Observations of a commune whose report names no superior join the one commune of that name that has one.

    Where communes of two superiors bear the name, nobody knows whose they are: they stay apart from both.
    """
    known: dict[str, dict[str, str]] = {}
    for o in observations:
        bare = bare_commune(o.area, o.area_name)
        if bare and bare != o.area:
            known.setdefault(bare, {})[o.area] = o.area_name
    for o in observations:
        units = known.get(o.area, {})
        if len(units) == 1:
            [(area, name)] = units.items()
            yield replace(o, area=area, area_name=name)
        else:
            yield o


def _one(key: Key, group: Sequence[Observation]) -> Series:
    by_period: dict[str, list[Observation]] = {}
    for o in group:
        by_period.setdefault(o.period.label, []).append(o)
    points = sorted((_point(same) for same in by_period.values()), key=lambda p: (p.period.end, p.period.label))
    shown = max(group, key=lambda o: (o.origin == "stated", preference(o)))
    entry = indicators().get(key[0])
    return rebuilt(Series(key, entry.name_vi if entry else shown.name, shown.area_name, ()), tuple(points))


def rebuilt(series: Series, points: tuple[Point, ...]) -> Series:
    """``series`` with other points, and with the gaps and breaks that these leave."""
    gaps = tuple(missing_periods([p.period for p in points if p.chosen], series.freq))
    return replace(series, points=points, gaps=gaps, breaks=tuple(_breaks(series.key, points)))


def as_printed(series: Iterable[Series]) -> tuple[Series, ...]:
    """The series without what was derived."""
    kept = (replace(s, points=tuple(map(_as_printed, s.points))) for s in series)
    cut = (replace(s, points=tuple(p for p in s.points if p.chosen or p.implied)) for s in kept)
    return tuple(s for s in cut if s.points)


def _as_printed(point: Point) -> Point:
    return replace(point, chosen=None) if point.chosen and point.chosen.origin == DERIVED else point


def _point(same: Sequence[Observation]) -> Point:
    stated = _once([o for o in same if o.origin == "stated"])
    stated.sort(key=lambda o: (vintage_key(o.vintage), STATUS_RANK[o.status], o.start))
    implied = _once([o for o in same if o.origin == "implied"])
    implied.sort(key=lambda o: (vintage_key(o.vintage), o.low))
    chosen = max(stated, key=preference, default=None)
    return Point(same[0].period, chosen, tuple(stated), tuple(implied))


def _once(stated: Iterable[Observation]) -> list[Observation]:
    """One vintage for each report and value: two files of one report, or two mentions in it, count once."""
    kept: dict[tuple[object, ...], Observation] = {}
    for o in stated:
        place = (o.issuer, o.report or o.source, o.vintage, o.status, o.value, o.low, o.high)
        if place not in kept or preference(o) > preference(kept[place]):
            kept[place] = o
    return list(kept.values())


def missing_periods(periods: Sequence[Period], freq: str) -> Iterable[str]:
    """Labels of the periods that should lie between the first and the last of ``periods`` and are not among them."""
    step = LENGTHS.get(freq)  # other frequencies have no next period and so no gaps
    if step is None or len(periods) < 2:
        return
    have = {p.label for p in periods}
    months = [p.end.year * 12 + p.end.month for p in periods]
    for at in range(min(months) + step, max(months), step):
        label = label_around(at - 1, step)
        if label not in have:
            yield label


@cache
def _known_breaks() -> dict[str, tuple[Break, ...]]:
    found: dict[str, list[Break]] = {}
    for row in read_rows(BREAKS):
        found.setdefault(row["indicator"], []).append(
            Break(date.fromisoformat(row["on"]), row["note_vi"], row["note_en"])
        )
    return {k: tuple(v) for k, v in found.items()}


def _breaks(key: Key, points: Sequence[Point]) -> Iterable[Break]:
    """Changes of definition between the first and last point, and the end of the unit itself."""
    first, last = points[0].period.end, points[-1].period.end
    for known in _known_breaks().get(key[0], ()):
        if first < known.on <= last:
            yield known
    area = area_of(key[1])
    if area and area.valid_to:
        vi, en = Message("area.ended", {"area": area.name}).both()
        yield Break(area.valid_to, f"{vi} ({area.note})" if area.note else vi, en)
    if area and area.valid_from and (first < area.valid_from <= last or 0 <= (first - area.valid_from).days < SEAM):
        yield Break(area.valid_from, *Message("area.begun", {"area": area.name}).both())


def select_observations(
    observations: Iterable[Observation],
    *,
    indicator: str | None = None,
    area: str | None = None,
    freq: str | None = None,
    measure: str | None = None,
    scope: str | None = None,
) -> tuple[Observation, ...]:
    """The observations that a person asked for: ``indicator`` is an id or a name as written, ``area`` an id or a name.

    A name of a place means every version of the unit that bore it.
    """
    wanted = wanted_indicators(indicator)
    words = fold(scope) if scope else None
    return tuple(
        o
        for o in observations
        if (not wanted or o.indicator in wanted)
        and (area is None or is_place(o.area, o.area_name, area))
        and (freq is None or o.freq == freq)
        and (measure is None or o.measure == measure)
        and (words is None or words == o.scope)
    )


def wanted_indicators(asked: str | None) -> frozenset[str]:
    """The series ids that a person's words mean: an id, a known name, or a name of its own.

    A name that is one entry's wherever it holds means that entry here too: ``xuất khẩu``.
    """
    if not asked:
        return frozenset()
    if asked in indicators() or asked.startswith("~"):
        return frozenset({asked})
    asked = _with_accents().get(fold(asked), asked)
    match = match_indicator(asked)
    own = f"~{name_key(asked)}"
    if match.match == "alias" and match.indicator_id:
        return frozenset({match.indicator_id, own})
    below = _below_others().get(name_key(asked), set())
    return frozenset({own, *(below if len(below) == 1 else ())})


@kept_until_rows_change()
def _below_others() -> dict[str, set[str]]:
    """The keys of aliases that hold below another entry → what they stand for there."""
    table: dict[str, set[str]] = {}
    for alias in aliases():
        if alias.under is not None:
            table.setdefault(name_key(alias.text), set()).add(alias.indicator)
    return table


@kept_until_rows_change()
def _with_accents() -> dict[str, str]:
    """Spellings without accents that mean one name of the catalogue, and what they are with them."""
    by_plain: dict[str, set[str]] = {}
    for text, _ in _spellings():
        by_plain.setdefault(_plain(text), set()).add(fold(text))
    return {plain: next(iter(texts)) for plain, texts in by_plain.items() if len(texts) == 1}


def likest_names(asked: str, held: Collection[str] = ()) -> tuple[str, ...]:
    """The names of the catalogue that a person may have meant, of what is ``held`` before the rest.

    They are those of the entries that any spelling of theirs holds every typed word of, the shortest first; where there
    is none, the likest. Accents count where they were typed.

    >>> likest_names("bán lẻ", {"retail_services_total"})[0], likest_names("lam phat")
    ('Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng', ('Lạm phát cơ bản',))
    """
    from rapidfuzz import fuzz, process

    spell = _plain if fold(asked) == _plain(asked) else fold
    words = set(spell(asked).split())
    holding = {entry for spelling, entry in _spellings() if words.issubset(spell(spelling).split())}
    known = indicators()
    if meant := sorted(holding, key=lambda entry: (entry not in held, len(known[entry].name_vi), entry)):
        return tuple(known[entry].name_vi for entry in meant[:OFFERED])
    names = [entry.name_vi for entry in known.values()]
    found = process.extract(
        asked, names, scorer=fuzz.token_sort_ratio, processor=_plain, limit=OFFERED, score_cutoff=ALIKE
    )
    return tuple(name for name, _, _ in found)


def _spellings() -> Iterator[tuple[str, str]]:
    """Every spelling of the catalogue, and the entry that it stands for."""
    yield from ((alias.text, alias.indicator) for alias in aliases())
    yield from ((entry.name_vi, entry.id) for entry in indicators().values())


def _plain(name: str) -> str:
    return without_accents(fold(name))


@lru_cache(maxsize=65536)
def is_place(identity: str, printed: str, asked: str) -> bool:
    """Whether a unit, by its id or by its name as printed or as the table has it, is the one that was asked for."""
    place = fold(asked)
    bare = fold(printed.partition(",")[0])
    names = {fold(printed), bare, typeless(bare)}
    if identity == asked or place in names or place in {without_accents(name) for name in names}:
        return True
    area = area_of(identity)
    if area is None:
        return False
    full = fold(area.name.partition(",")[0])
    return place in {full, full.partition(" ")[2]} or resolve_area(place, on=area.valid_to).id == identity


def may_be_place(printed: str, asked: str) -> bool:
    """Whether a printed name, on some day, means the place that was asked for."""
    versions = versions_of(printed) or (resolve_area(printed),)
    return any(is_place(area.id, area.name, asked) for area in versions)


def points_frame(series: Iterable[Series], *, vintages: str = "chosen") -> pandas.DataFrame:
    """One row a point (``vintages="all"``: one a vintage), values as ``Decimal``, source and vintage beside each.

    Implied bounds stand in ``implied_low`` and ``implied_high`` of the same period's row.
    """
    with optional():
        import pandas

    rows = [row for one in series for row in series_rows(one, vintages=vintages)]
    return pandas.DataFrame(rows, columns=list(FRAME_COLUMNS))


FRAME_COLUMNS = (
    *("indicator", "name", "area", "area_name", "area_level", "scope", "price_basis", "measure", "freq", "period"),
    *("start", "end", "value", "low", "high", "unit", "status", "status_word", "origin", "implied_low"),
    *("implied_high", "vintage", "vintages", "conflict", "revision", "break_before", "report", "file", "figure"),
    *("quote", "sentence", "page", "char_start", "char_end", "confidence", "reviewed"),
)


def series_rows(one: Series, *, vintages: str = "chosen") -> Iterable[dict[str, Any]]:
    """The rows of ``points_frame`` for one series, as dicts."""
    before: date | None = None
    for point in one.points:
        broken = any(before is not None and before < b.on <= point.period.end for b in one.breaks)
        shown: Sequence[Observation | None] = (
            point.vintages if vintages == "all" and point.vintages else (point.chosen,)
        )
        for o in shown:
            yield _row(one, point, o, broken=broken)
        before = point.period.end


def _row(one: Series, point: Point, o: Observation | None, *, broken: bool) -> dict[str, Any]:
    """One row of ``points_frame``; a point that is only implied has its source from the latest report that implies."""
    hull = point.implied_range
    source = o or (point.implied[-1] if point.implied else None)
    indicator, area, scope, price_basis, measure, freq, unit = one.key
    return {
        "indicator": indicator,
        "name": one.name,
        "area": area,
        "area_name": one.area_name,
        "area_level": level_of(area, one.area_name),
        "scope": scope,
        "price_basis": price_basis,
        "measure": measure,
        "freq": freq,
        "period": point.period.label,
        "start": point.period.start,
        "end": point.period.end,
        **_fields(o, ("value", "low", "high")),
        "unit": unit,
        "status": o.status if o else None,
        "status_word": source.status_word if source else None,
        "origin": source.origin if source else None,
        "implied_low": hull.low if hull else None,
        "implied_high": hull.high if hull else None,
        "vintage": source.vintage if source else None,
        "vintages": len(point.vintages),
        "conflict": point.conflict,
        "revision": point.revision,
        "break_before": broken,
        **_fields(source, ("report", "file", "figure", "quote", "sentence", "page")),
        "char_start": source.start if source else None,
        "char_end": source.end if source else None,
        "confidence": source.confidence if source else None,
        "reviewed": o.reviewed if o else False,
    }


def _fields(o: Observation | None, names: Sequence[str]) -> dict[str, Any]:
    """Fields of an observation by their names, empty where there is none."""
    return {name: getattr(o, name) if o else None for name in names}


def cross_section(series: Iterable[Series], period: str) -> tuple[Series, ...]:
    """One period over many areas or indicators: each series that has a point there, cut down to it."""
    wanted = read_period(period)
    cut = (replace(s, points=tuple(p for p in s.points if p.period == wanted), gaps=(), breaks=()) for s in series)
    return tuple(s for s in cut if s.points)
