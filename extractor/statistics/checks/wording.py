"""Findings in words: numbers as readers write them, one sentence in each language, the rule it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from extractor.domain.figure import Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say, sentences
from extractor.domain.period import Period, read_period
from extractor.domain.unit import read_unit
from extractor.statistics.intervals import Interval

WORDS = "checks.csv"
VERSION = 1
"""Raised when a rule's meaning changes, so that an old finding is known to come from an old rule."""


@dataclass(frozen=True, slots=True)
class Held:
    """Two intervals held together: their gap where they do not meet, and the relative error that could be seen."""

    left: Interval | None = None
    right: Interval | None = None
    gap: Decimal | None = None
    power: Decimal | None = None

    def off(self, gap: Decimal) -> Held:
        """The same, ``gap`` apart."""
        return replace(self, gap=gap)


NOT_HELD = Held()


def finding(
    code: str,
    rule: str,
    level: Level,
    figures: Sequence[Figure] = (),
    held: Held | None = None,
    *,
    span: tuple[int, int] | None = None,
    words: dict[str, Any],
) -> Finding:
    """A finding in both languages; ``words`` fill in the sentence, decimals and days written as each language does."""
    place = span or ((figures[0].start, figures[0].end) if figures else (None, None))
    return _worded(code, rule, level, tuple(f.id for f in figures), held, place, words)


def finding_across(
    code: str,
    rule: str,
    level: Level,
    figures: Sequence[str],
    held: Held | None = None,
    *,
    words: dict[str, Any],
) -> Finding:
    """A finding over figures of several reports, by their ids; it has no place in any one text."""
    return _worded(code, rule, level, tuple(figures), held, (None, None), words)


def _worded(
    code: str,
    rule: str,
    level: Level,
    figures: tuple[str, ...],
    held: Held | None,
    place: tuple[int | None, int | None],
    words: dict[str, Any],
) -> Finding:
    held = held or NOT_HELD
    return Finding(
        code=code,
        level=level,
        message=say(WORDS, code, "vi", **{k: _word(v, "vi") for k, v in words.items()}),
        left=held.left.pair if held.left else None,
        right=held.right.pair if held.right else None,
        gap=held.gap,
        power=held.power,
        rule=f"{rule}/{VERSION}",
        message_en=say(WORDS, code, "en", **{k: _word(v, "en") for k, v in words.items()}),
        figures=figures,
        start=place[0],
        end=place[1],
    )


class Shown:
    """A word that differs by language."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi = vi
        self.en = en


def named(key: str) -> Shown:
    """The words of checks.csv for ``key``, the bare name where there are none."""
    if key not in sentences(WORDS):
        return Shown(*2 * (key.partition(".")[2],))
    return Shown(say(WORDS, key, "vi"), say(WORDS, key, "en"))


def amount_of_money(value: Decimal) -> Shown:
    """So many đồng."""
    return Shown(*(say(WORDS, "word.money", language, value=number(value, language)) for language in ("vi", "en")))


def _word(value: Any, language: str) -> str:
    if isinstance(value, Shown):
        return value.en if language == "en" else value.vi
    if isinstance(value, Decimal):
        return number(value, language)
    if isinstance(value, date):
        return value.isoformat() if language == "en" else f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, Interval):
        return f"{number(value.low, language)} – {number(value.high, language)}"
    return str(value)


SWAPPED = str.maketrans(",.", ".,")
"""Vietnamese groups with stops and has a comma before the decimals."""


def number(value: Decimal, language: str = "vi") -> str:
    """``value`` with thousands grouped and no zeros that say nothing.

    >>> number(Decimal("34500000.0")), number(Decimal("-5.20")), number(Decimal("1234.5"), "en")
    ('34.500.000', '-5,2', '1,234.5')
    """
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if language == "en" else text.translate(SWAPPED)


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """For display only."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def _in_unit(amount: Decimal, like: Figure) -> Decimal:
    unit = read_unit(like.unit)
    return amount / unit.factor if unit else amount


def amount_shown(value: Decimal, like: Figure, places: int | None = None) -> Shown:
    """An amount in the canonical unit, written in the unit that ``like`` was printed in."""
    shown = rounded(_in_unit(value, like), like.decimals if places is None else places)
    tail = f" {like.unit}" if like.unit else ""
    return Shown(number(shown, "vi") + tail, number(shown, "en") + tail)


def bare_shown(value: Decimal, like: Figure, places: int = 1) -> Shown:
    """The same without the unit."""
    shown = rounded(_in_unit(value, like), places)
    return Shown(number(shown, "vi"), number(shown, "en"))


def ends_shown(interval: Interval, like: Figure) -> dict[str, Shown]:
    """From the lowest to the highest of what is implied, for a sentence with ``{low}`` and ``{high}``."""
    return {"low": bare_shown(interval.low, like), "high": amount_shown(interval.high, like, 1)}


def parts_shown(whole: Interval, found: Interval, like: Figure) -> dict[str, Shown]:
    """The same of a whole and of what its parts come to, with the gap between them."""
    parts = {f"part_{end}": shown for end, shown in ends_shown(found, like).items()}
    return {**ends_shown(whole, like), **parts, "gap": amount_shown(whole.gap(found), like, 1)}


def value_shown(figure: Figure) -> Shown:
    """The figure's value and unit as printed."""
    value = figure.value if figure.value is not None else Decimal(0)
    tail = f" {figure.unit}" if figure.unit else ""
    return Shown(number(value, "vi") + tail, number(value, "en") + tail)


def sum_shown(parts: Sequence[Figure]) -> Shown:
    """``1.000 + 2.000``, in the unit of the first part; long sums are cut in the middle."""
    values = [_in_unit(p.amount or Decimal(0), parts[0]) for p in parts]
    shown: list[Decimal | None] = [*values] if len(values) <= 8 else [*values[:4], None, *values[-2:]]

    def joined(language: str) -> str:
        return " + ".join("…" if v is None else number(v, language) for v in shown)

    return Shown(joined("vi"), joined("en"))


def name_of(figure: Figure) -> str:
    """What the figure measures, as written, cut where it is long."""
    name = figure.indicator or figure.quote
    return name if len(name) <= 80 else name[:77].rstrip() + "…"


def period_of(figure: Figure) -> Shown:
    """The figure's period in words."""
    period = read_period(figure.period)
    return period_shown(period) if period else named("word.no_period")


def period_shown(period: Period) -> Shown:
    """A period in words."""
    return Shown(period.name("vi"), period.name("en"))
