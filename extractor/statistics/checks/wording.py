"""Findings in words: numbers as readers write them, one sentence in each language, the rule it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from extractor.domain.figure import Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say, sentences, spell_short
from extractor.domain.period import read_period
from extractor.domain.unit import read_unit
from extractor.statistics.intervals import Interval

WORDS = "checks.csv"
Words = Callable[[str], str]
"""What differs by language: "vi" or "en" → the words."""

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
    words: Mapping[str, Any],
) -> Finding:
    """A finding in both languages, at ``span`` or where its first figure stands; ``words`` fill in the sentence."""
    start, end = span or ((figures[0].start, figures[0].end) if figures else (None, None))
    return replace(finding_across(code, rule, level, [f.id for f in figures], held, words=words), start=start, end=end)


def finding_across(
    code: str,
    rule: str,
    level: Level,
    figures: Sequence[str],
    held: Held | None = None,
    *,
    words: Mapping[str, Any],
) -> Finding:
    """A finding over figures of several reports, by their ids; it has no place in any one text."""
    held, message = held or NOT_HELD, phrase(code, **words)
    return Finding(
        code=code,
        level=level,
        message=message("vi"),
        left=held.left.pair if held.left else None,
        right=held.right.pair if held.right else None,
        gap=held.gap,
        power=held.power,
        rule=f"{rule}/{VERSION}",
        message_en=message("en"),
        figures=tuple(figures),
    )


def phrase(key: str, **words: Any) -> Words:
    """A sentence of checks.csv; numbers and days in it are written as each language does."""
    return lambda language: say(WORDS, key, language, **{name: _in(language, word) for name, word in words.items()})


def named(key: str) -> Words | str:
    """The words of checks.csv for ``key``, the bare name where there are none."""
    return phrase(key) if key in sentences(WORDS) else key.partition(".")[2]


def joined(words: Iterable[Any], mark: str) -> Words:
    """Words, numbers or days with ``mark`` between them."""
    every = list(words)
    return lambda language: mark.join(_in(language, word) for word in every)


def measured(value: Decimal, unit: str | None) -> Words:
    """So many of a unit."""
    return joined((value, unit) if unit else (value,), " ")


def _in(language: str, word: Any) -> str:
    if callable(word):
        return str(word(language))
    if isinstance(word, Decimal):
        return spell_short(word, language)
    if isinstance(word, date):
        return word.isoformat() if language == "en" else f"{word:%d/%m/%Y}"
    if isinstance(word, Interval):
        return f"{spell_short(word.low, language)} – {spell_short(word.high, language)}"
    return str(word)


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """For display only."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def _in_unit(amount: Decimal, like: Figure) -> Decimal:
    unit = read_unit(like.unit)
    return amount / unit.factor if unit else amount


def amount_shown(value: Decimal, like: Figure, places: int | None = None) -> Words:
    """An amount in the canonical unit, written in the unit that ``like`` was printed in."""
    return measured(rounded(_in_unit(value, like), like.decimals if places is None else places), like.unit)


def ends_shown(interval: Interval, like: Figure) -> dict[str, Any]:
    """From the lowest to the highest of what is implied, for a sentence with ``{low}`` and ``{high}``."""
    return {"low": rounded(_in_unit(interval.low, like)), "high": amount_shown(interval.high, like, 1)}


def parts_shown(whole: Interval, found: Interval, like: Figure) -> dict[str, Any]:
    """The same of a whole and of what its parts come to, with the gap between them."""
    parts = {f"part_{end}": shown for end, shown in ends_shown(found, like).items()}
    return {**ends_shown(whole, like), **parts, "gap": amount_shown(whole.gap(found), like, 1)}


def value_shown(figure: Figure) -> Words:
    """The figure's value and unit as printed."""
    return measured(figure.value or Decimal(0), figure.unit)


def sum_shown(parts: Sequence[Figure]) -> Words:
    """``1.000 + 2.000``, in the unit of the first part; long sums are cut in the middle."""
    values: list[Any] = [_in_unit(p.amount or Decimal(0), parts[0]) for p in parts]
    return joined(values if len(values) <= 8 else [*values[:4], "…", *values[-2:]], " + ")


def name_of(figure: Figure) -> str:
    """What the figure measures, as written, cut where it is long."""
    name = figure.indicator or figure.quote
    return name if len(name) <= 80 else name[:77].rstrip() + "…"


def period_of(figure: Figure) -> Words | str:
    """The figure's period in words."""
    period = read_period(figure.period)
    return period.name if period else named("word.no_period")
