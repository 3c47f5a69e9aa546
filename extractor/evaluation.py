"""How well figures match gold made by hand: pairs, shares right by field, traps, and what confidence is worth.

In come two lists of records as ``Figure.to_dict`` hands them out; out comes a ``Score``, and scores add up. A gold
figure and a predicted one can be a pair when value and unit agree; among the candidates the pair with most fields right
wins, then the one nearest in reading order. What readers may rightly disagree on is said in the gold itself:
``optional`` (neither asked for nor held against), ``<field>_alt`` or ``alt`` (other right readings), ``implied`` on a
comparison that may be left out. Never writes gold.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Self

from rapidfuzz import fuzz

from extractor.domain.errors import InvalidInput
from extractor.domain.folding import fold
from extractor.domain.lexicon import group_words, number_words
from extractor.domain.period import read_period

Record = Mapping[str, Any]

STRICT = ("indicator", "period", "comparisons", "total", "bound")
"""The fields that must all be right for a figure to count as strictly right."""

FIELDS = (*STRICT, "value_max", "status", "parent")

NAME_LIKENESS = 88
"""rapidfuzz token_set_ratio from which two wordings name the same thing, if the prediction is not a whole sentence."""

NAME_LENGTH = 3  # a prediction longer than this many times the gold has swallowed its neighbours
UNIT_LIKENESS = 90

DOUBTFUL = 0.2
"""The share of figures that a reviewer looks at first."""

BANDS = (0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Where the bands of confidence end in which the share of right figures is told."""


def share_of(part: float, whole: float) -> float:
    """``part`` of ``whole``; 1 where nothing was asked."""
    return part / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one comparison with gold; ``a + b`` is the score of both together, field by field."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Score(Counts):
    """How many figures are right, and in which fields."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    strict: int = 0
    right: Counter[str] = field(default_factory=Counter)
    traps: int = 0
    trapped: int = 0
    verdicts: tuple[tuple[float, bool], ...] = ()  # of each prediction held to account: confidence, strictly right
    misses: tuple[str, ...] = ()

    @property
    def found_f1(self) -> float:
        """Harmonic mean of recall and precision of figures with the right value and unit."""
        return _f1(self.found, self.gold, self.predicted)

    @property
    def strict_f1(self) -> float:
        """The same of figures that are right in every field of ``STRICT`` as well."""
        return _f1(self.strict, self.gold, self.predicted)

    def field_share(self, name: str) -> float:
        """Of the figures found, the share whose ``name`` is right."""
        return share_of(self.right[name], self.found)

    def to_dict(self) -> dict[str, Any]:
        """The numbers that a floor can be set for, and those that explain them."""
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            "found_recall": share_of(self.found, self.gold),
            "found_precision": share_of(self.found, self.predicted),
            "found_f1": self.found_f1,
            "strict_f1": self.strict_f1,
            "fields": {name: self.field_share(name) for name in FIELDS},
            "traps": self.traps,
            "trapped": self.trapped,
            "errors_in_doubtful": errors_in_doubtful(self.verdicts),
            "calibration": [list(row) for row in calibrate(self.verdicts)],
        }


def score_figures(
    gold: Sequence[Record], predicted: Sequence[Record], *, report_period: str | None = None, label: str = ""
) -> Score:
    """Hold the predictions for one text against its gold; ``label`` names the text in the list of misses."""
    pairs = pair_figures(gold, predicted, report_period)
    paired_gold, paired = {g for g, _ in pairs}, {p for _, p in pairs}
    asked = [(g, record) for g, record in enumerate(gold) if not _optional(record)]
    counted = [(gold[g], predicted[p]) for g, p in pairs if not _optional(gold[g])]
    right: Counter[str] = Counter()
    verdicts: list[tuple[float, bool]] = []
    misses: list[str] = []
    for wanted, got in counted:
        wrong = [name for name in FIELDS if not same_field(name, wanted, got, report_period)]
        right.update(name for name in FIELDS if name not in wrong)
        grave = [name for name in wrong if name in STRICT]
        verdicts.append((_confidence(got), not grave))
        if grave:
            misses.append(f"{label}  ≠ {_cited(wanted)}  {_contrast(wanted, got, grave)}")
    strict = sum(is_right for _, is_right in verdicts)
    surplus = [record for p, record in enumerate(predicted) if p not in paired]
    misses += [f"{label}  − {_cited(record)}" for g, record in asked if g not in paired_gold]
    misses += [f"{label}  + {_cited(record)}" for record in surplus]
    verdicts += [(_confidence(record), False) for record in surplus]
    held = len(counted) + len(surplus)
    return Score(len(asked), held, len(counted), strict, right, 0, 0, tuple(verdicts), tuple(misses))


def score_passage(case: Record, predicted: Sequence[Record]) -> Score:
    """``score_figures`` of a short passage, whose ``not_figures`` are traps: a value that starts inside one fell in."""
    score = score_figures(
        case["figures"], predicted, report_period=case.get("report_period"), label=str(case.get("id", ""))
    )
    traps = case.get("not_figures", [])
    fallen = []
    for trap in traps:
        at = case["text"].find(trap)
        if any(f.get("value") is not None and at <= f.get("start", -1) < at + len(trap) for f in predicted if at >= 0):
            fallen.append(f"{case.get('id', '')}  ! {trap}")
    return score + Score(traps=len(traps), trapped=len(fallen), misses=tuple(fallen))


def calibrate(verdicts: Iterable[tuple[float, bool]]) -> list[tuple[float, float, int, float]]:
    """Rows (from, to, figures, share right) of confidence, lowest first; ``to`` is excluded but for the last.

    Rows without figures are left out.
    """
    rows = []
    low = 0.0
    held = list(verdicts)
    for high in BANDS:
        last = high == BANDS[-1]
        inside = [right for confidence, right in held if low <= confidence < high or (last and confidence >= high)]
        if inside:
            rows.append((low, high, len(inside), sum(inside) / len(inside)))
        low = high
    return rows


def errors_in_doubtful(verdicts: Iterable[tuple[float, bool]]) -> float:
    """Of all wrong figures, the share among the ``DOUBTFUL`` with the lowest confidence; 1 where nothing is wrong.

    Equal confidences come in no order, so a group that the border cuts counts with the share of it that lies inside.
    """
    wrong: Counter[float] = Counter()
    size: Counter[float] = Counter()
    for confidence, right in verdicts:
        size[confidence] += 1
        wrong[confidence] += not right
    room = DOUBTFUL * size.total()
    caught = 0.0
    for confidence in sorted(size):
        inside = min(room, size[confidence])
        caught += wrong[confidence] * inside / size[confidence]
        room -= inside
    return share_of(caught, wrong.total())


def read_records(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of ``path``, one a line, decimals exact.

    Raises InvalidInput with the line that is no JSON object.
    """
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_float=Decimal)
        except json.JSONDecodeError as error:
            raise InvalidInput(
                "evaluate.not_json", path=path, line=number, reason=error.msg, column=error.colno
            ) from error
        if not isinstance(record, dict):
            raise InvalidInput("evaluate.no_object", path=path, line=number)
        records.append(record)
    return records


# ------------------------------------------------------------------------------------------------ pairs and fields


def pair_figures(
    gold: Sequence[Record], predicted: Sequence[Record], report_period: str | None
) -> list[tuple[int, int]]:
    """Which gold figure is which predicted one, by their places in the two lists."""
    candidates = []
    for g, wanted in enumerate(gold):
        for p, got in enumerate(predicted):
            if _agree(wanted, got):
                right = sum(same_field(name, wanted, got, report_period) for name in FIELDS)
                distance = abs(g / len(gold) - p / len(predicted))
                candidates.append((-right, distance, -g, -p))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, p in sorted(candidates):
        if -g not in pairs and -p not in taken:
            pairs[-g] = -p
            taken.add(-p)
    return sorted(pairs.items())


def _agree(gold: Record, got: Record) -> bool:
    """Value and unit: a value of another size is another figure, whatever the unit's wording."""
    value, unit = _number(got.get("value")), _unit(got.get("unit"))
    if any(_number(v) == value and _unit(u) == unit for v, u in _others(gold, "value_unit")):
        return True
    if value not in {_number(v) for v in _readings(gold, "value")}:
        return False
    if value is None:
        return any(_same_comparisons(c, got.get("comparisons")) for c in _readings(gold, "comparisons"))
    return any(_same_unit(_unit(wanted), unit) for wanted in _readings(gold, "unit"))


def same_unit(gold: Record, unit: str | None) -> bool:
    """Whether ``unit`` is one of those that the gold accepts for its value."""
    told = [*_readings(gold, "unit"), *(u for _, u in _others(gold, "value_unit"))]
    return any(_same_unit(_unit(wanted), _unit(unit)) for wanted in told)


@cache
def _scales() -> frozenset[str]:
    """Unit words that change the size of a value: a difference in these is a wrong unit, however alike the rest."""
    return frozenset({*number_words("scale"), *group_words("round"), *_percent().split()})


def _percent() -> str:
    return group_words("percent")[0]


def _same_unit(wanted: str, got: str) -> bool:
    if _scales().intersection(wanted.split()) != _scales().intersection(got.split()):
        return False
    if wanted and got and (wanted in got or got in wanted):
        return True
    return fuzz.ratio(wanted, got) >= UNIT_LIKENESS


def same_field(name: str, gold: Record, got: Record, report_period: str | None) -> bool:
    """Whether a predicted field is one of the readings that the gold accepts."""
    return any(_equal(name, wanted, got.get(name), report_period) for wanted in _readings(gold, name))


def _equal(name: str, wanted: Any, got: Any, report_period: str | None) -> bool:
    if name == "period":
        span = _days(got)
        return span == _days(wanted) or (wanted is None and span == _days(report_period))
    if name == "comparisons":
        return _same_comparisons(wanted, got)
    if name in {"total", "value_max"}:
        return _number(wanted) == _number(got)
    if name in {"indicator", "parent"}:
        return _same_name(fold(wanted or ""), fold(got or ""))
    return bool(wanted == got)


def _same_name(wanted: str, got: str) -> bool:
    if wanted == got:
        return True
    if not wanted or not got or len(got) > NAME_LENGTH * len(wanted):
        return False
    return fuzz.token_set_ratio(wanted, got) >= NAME_LIKENESS


def _same_comparisons(wanted: Sequence[Record] | None, got: Sequence[Record] | None) -> bool:
    """Each one wanted is there, implied ones may be missing, and nothing is left over."""
    left = list(got or [])
    for comparison in wanted or []:
        match = next((c for c in left if _same_comparison(comparison, c)), None)
        if match is not None:
            left.remove(match)
        elif not comparison.get("implied"):
            return False
    return not left


def _same_comparison(wanted: Record, got: Record) -> bool:
    return all(
        read(got.get(name)) in [read(reading) for reading in _readings(wanted, name)]
        for name, read in (("base", _base), ("kind", str), ("value", _number), ("unit", _unit))
    )


def _base(word: Any) -> Any:
    """A share of a whole: some readers write the whole as ``total``, some as ``other``."""
    return "other" if word == "total" else word


def _readings(record: Record, name: str) -> list[Any]:
    return [record.get(name), *_others(record, name)]


def _others(record: Record, name: str) -> list[Any]:
    return [*record.get(f"{name}_alt", []), *(record.get("alt") or {}).get(name, [])]


def _optional(record: Record) -> bool:
    return bool(record.get("optional") or (record.get("alt") or {}).get("optional"))


def _number(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _unit(text: Any) -> str:
    return fold(str(text or "").replace("%", f" {_percent()} "))


def _days(label: Any) -> Any:
    """First and last day, so that three months from January are the first quarter; "up to a day" speaks of that day."""
    period = read_period(label)
    return (period.start or period.end, period.end) if period else label


def _f1(hits: int, gold: int, predicted: int) -> float:
    return share_of(2 * hits, gold + predicted)


def _contrast(wanted: Record, got: Record, names: Iterable[str]) -> str:
    return "; ".join(f"{name}: {_shown(wanted.get(name))} ≠ {_shown(got.get(name))}" for name in names)


def _confidence(record: Record) -> float:
    return float(record.get("confidence", 1.0))


def _cited(record: Record) -> str:
    return f"{record.get('quote') or ''} [{record.get('indicator')}] {record.get('value')} {record.get('unit')}"


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(f"{c.get('base')} {c.get('kind')} {c.get('value')} {c.get('unit')}" for c in value) or "∅"
    return "∅" if value is None else str(value)
