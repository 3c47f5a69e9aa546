"""The card: one record's fields as a person may change them, and what they typed as the patch that it means.

In: a record. Out: the fields as our card component draws them (``card.js``); and from what it sends back, the changes.
The hard idea: what is typed comes with the id and version of the record that was on the screen, so a press can only
ever reach that record, and an older text can never be saved over a newer state. Numbers and periods are texts that our
own strict reader reads; nothing here trusts what a browser sends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from itertools import chain, islice, repeat
from typing import Any

import streamlit as st

from extractor.archive.row_types import CORRECTABLE, Record, State, to_columns
from extractor.domain.errors import InvalidInput
from extractor.domain.figure import Base, Bound, Kind, Measure, Status
from extractor.domain.period import spell_period
from extractor.domain.unit import MULTIPLIER, unit_words
from extractor.ui.input_parsing import read_number, read_period, spell_typed
from extractor.ui.messages import language, name_of, t
from extractor.ui.session import store

NUMBERS = ("value", "value_max", "total")
WORDS = ("indicator", "qualifier", "parent", "unit", "area")
RARE = ("kind", "area", "parent", "total", "value_max", "bound")
TELLING = ("total", "value_max", "bound")  # they change what the value says: shown wherever they hold something
EMPTY_ROWS = 1  # comparisons that can be added at a time

CODES: dict[str, tuple[str | None, ...]] = {
    "status": tuple(s.value for s in Status),
    "kind": tuple(k.value for k in Kind),
    "bound": (None, *(b.value for b in Bound)),
    "base": (None, *(b.value for b in Base)),
    "measure": tuple(m.value for m in Measure),
}
"""Fields whose values are codes → the codes, in the order of the list."""

ABOUT = {
    "indicator": "indicator",
    "no_label": "indicator",
    "sentence_crowded": "indicator",
    "in_brackets": "indicator",
    "unit": "unit",
    "ocr_unit": "unit",
    "ocr_period": "period",
    "ocr_word": "indicator",
    "percent_missing": "unit",
    "rate_as_value": "unit",
    "base": "base0",
    "unusual_base": "base0",
    "several_comparisons": "base0",
    "scope_differs": "qualifier",
    "period": "period",
    "date": "period",
    "plan": "compared0",
    "growth": "compared0",
    "last_year": "compared0",
    "percent": "compared0",
    "verb_against_sign": "compared0",
    "ratio_not_growth": "measure0",
    "bounded": "bound",
    "fraction": "total",
}
"""What the code of a doubt holds → the field that it is about; the longest counts, and without any it is the value."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the card: the changes that it means, and the fields that have no reading."""

    changes: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def rows_of(record: Record) -> list[list[dict[str, Any]]]:
    """The fields of the card in rows, filled with the record as it stands; rare fields only where they hold something.

    Every field is cheap for the browser, but a person reads each of them.
    """
    most = max(len(one.comparisons) for one in (record, *voted(record).values()))
    return _rows(record, most + EMPTY_ROWS * is_wide(), rare_fields(record))


def _rows(record: Record, comparisons: int, rare: Sequence[str]) -> list[list[dict[str, Any]]]:
    period = spell_period(record.period, language())
    rows = [
        [
            _open(record, "indicator", store().choices("indicator", record.item_id), grow=1.7),
            _field("indicator_id", "code", record.indicator_id, options="entry", hint=name_of("match", record.match)),
        ],
        [_number(record, "value"), _open(record, "unit", "unit"), _field("status", "code", record.status)],
        [_field("period", "open", period, options="period", free=True), _open(record, "qualifier", ())],
    ]
    rows += [_comparison_row(*one) for one in enumerate(islice(chain(record.comparisons, repeat({})), comparisons))]
    rows += [[_rare(record, name) for name in rare[n : n + 3]] for n in range(0, len(rare), 3)]
    return [*rows, [_field("reason", "text", "", hint=t("card.reason_hint"))]]


def voted(record: Record) -> dict[str, Record]:
    """Where judges differ: who would correct the record → the record as they would have it."""
    votes = record.votes if record.state is State.DISPUTED else ()
    said = {
        vote["by"]: {name: vote["values"][name] for name in CORRECTABLE if name in vote["values"]} for vote in votes
    }
    return {who: replace(record, **to_columns(values)) for who, values in said.items() if values}


def votes_of(record: Record, rows: list[list[dict[str, Any]]]) -> list[list[Any]]:
    """What each judge would change on the card of a third one, as ``[who, {field: value}]``."""
    shown = {field["name"]: field["value"] for row in rows for field in row}
    layout = sum(name.startswith("base") for name in shown), [name for name in RARE if name in shown]
    offered = []
    for who, other in voted(record).items():
        said = {field["name"]: field["value"] for row in _rows(other, *layout) for field in row}
        offered.append([who, {name: value for name, value in said.items() if value != shown[name]}])
    return [one for one in offered if one[1]]


def alternatives_of(record: Record, rows: list[list[dict[str, Any]]]) -> list[list[str]]:
    """The reader's other readings of fields that are on the card, as ``[field, value]``, the surest first."""
    figure = store().machine_figure(record) or {}
    shown = {field["name"]: field for row in rows for field in row}
    offered = []
    for other in sorted(figure.get("alternatives") or (), key=lambda one: -float(one.get("certainty") or 0)):
        name = {"base": "base0", "measure": "measure0", "compared": "compared0"}.get(other["field"], other["field"])
        value = _spelled_value(other["field"], other.get("value"))
        if name in shown and value and value != shown[name]["value"] and [name, value] not in offered:
            offered.append([name, value])
    return offered


def _spelled_value(name: str, value: Any) -> str:
    """A value of the machine's as it stands in a field of the card; "" for one that cannot be read."""
    if value is None:
        return ""
    if name == "period":
        return spell_period(str(value), language())
    if name not in (*NUMBERS, "compared"):
        return str(value)
    try:
        return spell_typed(Decimal(str(value)))
    except ArithmeticError:
        return ""


def _field(name: str, kind: str, value: str | None, **more: Any) -> dict[str, Any]:
    """A field as the component draws it: ``text``, ``open`` (pick or type) or ``code`` (pick).

    ``options`` is a list, or the name of one that the browser has; ``free`` where what no list knows needs no question.
    """
    base = name.rstrip("0123456789")
    made = {"name": name, "kind": kind, "label": t(f"field.{base}"), "value": value or "", **more}
    return made if kind != "code" or "options" in made else {**made, "options": base}


def _open(record: Record, name: str, options: Any, **more: Any) -> dict[str, Any]:
    return _field(name, "open" if options else "text", getattr(record, name), options=options, **more)


def _number(record: Record, name: str) -> dict[str, Any]:
    return _field(name, "text", _spelled(record, name), number=True)


def _rare(record: Record, name: str) -> dict[str, Any]:
    if name in CODES:
        return _field(name, "code", getattr(record, name))
    return _number(record, name) if name in NUMBERS else _open(record, name, "area" if name == "area" else ())


def _comparison_row(row: int, held: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        _field(f"base{row}", "code", held.get("base"), grow=2),
        _field(f"measure{row}", "code", held.get("kind", Measure.RATIO.value), grow=2),
        _field(f"compared{row}", "text", spell_typed(_decimal(held)), number=True),
        {**_field(f"compared_unit{row}", "text", held.get("unit", "%")), "label": t("field.compared_unit")},
    ]


def is_wide() -> bool:
    """Whether this session asked for every field."""
    return bool(st.session_state.get("wide"))


def widen() -> None:
    """From the usual fields to all of them, and back; what is typed stays."""
    st.session_state["wide"] = not is_wide()


def rare_fields(record: Record) -> list[str]:
    """The rarely used fields that are on the card: all of them on a wide card, else those that hold something.

    What a judge would change is there for the third one.
    """
    judged = {
        name for other in voted(record).values() for name in RARE if getattr(other, name) != getattr(record, name)
    }
    telling = {name for name in TELLING if getattr(record, name) is not None}
    return [name for name in RARE if is_wide() or name in judged | telling]


def doubted_field(record: Record) -> str:
    """The field that the record's first doubt is about; the value where there is none, or none is said."""
    for code in record.doubts:
        said = [part for part in ABOUT if part in code]
        if said:
            return ABOUT[max(said, key=len)]
    return "value"


def lists() -> dict[str, list[list[str]]]:
    """What the fields of every card offer, as ``[code, words]``: the same for all records, and sent once a page."""
    tongue = language()
    made = {name: [[code or "", name_of(name, code)] for code in codes] for name, codes in CODES.items()}
    made["entry"] = [["", t("card.no_entry")], *([code, name] for code, name in catalogue_names(tongue).items())]
    made["area"] = [[value, value] for value in store().choices("area")]
    made["unit"] = [[unit, unit] for unit in known_units()]
    periods = (spell_period(label, tongue) for label in store().choices("period"))
    made["period"] = [[spelled, spelled] for spelled in dict.fromkeys(periods)]
    return made


def known_units() -> list[str]:
    """What a unit may be without being asked about: those of the store, the most frequent first, then all measures."""
    measures = (word for word, unit in unit_words().items() if unit.kind != MULTIPLIER)
    return list(dict.fromkeys((*store().choices("unit"), *measures)))


def _spelled(record: Record, name: str) -> str:
    held = getattr(record, name)
    return spell_typed(held) if isinstance(held, Decimal) else held or ""


@cache
def catalogue_names(language: str) -> dict[str, str]:
    """Catalogue id → name, in the order of the catalogue."""
    from extractor.statistics.catalogue import indicators

    return {code: entry.name(language) or entry.name("vi") for code, entry in indicators().items()}


def read_card(record: Record, state: Mapping[str, str]) -> Typed:
    """What the person typed into the card of ``record``, read strictly; fields left as they were are no change."""
    typed = Typed()
    for name in NUMBERS:
        text = str(state.get(name, _spelled(record, name)))
        if text.strip() != _spelled(record, name):
            _read(typed, name, lambda text=text: read_number(text), before=getattr(record, name))
    for name in WORDS:
        words = str(state.get(name, getattr(record, name)) or "").strip() or None
        if words != getattr(record, name):
            typed.changes[name] = words
    for name in ("status", "kind", "bound", "indicator_id"):
        choice = state.get(name, getattr(record, name)) or None
        known = CODES.get(name) or (None, *catalogue_names(language()))
        if choice != getattr(record, name) and choice in known:
            typed.changes[name] = choice
    period = str(state.get("period", spell_period(record.period, language())))
    if period.strip() != spell_period(record.period, language()):
        _read(typed, "period", lambda: read_period(period, report_period=record.period), before=record.period)
    _read_comparisons(record, state, typed)
    return typed


def _read(typed: Typed, name: str, reader: Any, *, before: Any) -> None:
    try:
        value = reader()
    except InvalidInput as fault:
        typed.faults[name] = fault.say(language())
        return
    if value != before or (isinstance(value, Decimal) and str(value) != str(before)):
        typed.changes[name] = value


def _read_comparisons(record: Record, state: Mapping[str, str], typed: Typed) -> None:
    found: list[dict[str, Any]] = []
    for row in range(len(record.comparisons) + EMPTY_ROWS):
        held = record.comparisons[row] if row < len(record.comparisons) else {}
        base = state.get(f"base{row}", held.get("base")) or None
        text = str(state.get(f"compared{row}", spell_typed(_decimal(held))))
        if base not in CODES["base"] or base is None or not text.strip():
            continue
        try:
            value = read_number(text)
        except InvalidInput as fault:
            typed.faults[f"compared{row}"] = fault.say(language())
            continue
        read = {
            "base": base,
            "kind": state.get(f"measure{row}", held.get("kind")),
            "value": format(value, "f") if value is not None else None,
            "unit": str(state.get(f"compared_unit{row}", held.get("unit", ""))).strip(),
        }
        same = all(held.get(name) == read[name] for name in read)
        found.append(dict(held) if same else {**held, **read, "decimals": max(0, -_exponent(value))})
    if found != record.comparisons:
        typed.changes["comparisons"] = found


def _decimal(held: Mapping[str, Any]) -> Decimal | None:
    return Decimal(held["value"]) if held else None


def _exponent(value: Decimal | None) -> int:
    exponent = value.as_tuple().exponent if value is not None else 0
    return exponent if isinstance(exponent, int) else 0
