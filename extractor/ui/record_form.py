"""The card: one record's fields as a person may change them, and what they typed as the patch that it means.

Every widget's key holds the record's id and version, so a press of a key can only ever reach the record that was on
the screen, and an older text can never be saved over a newer state. Numbers and periods are text fields with our own
reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import streamlit as st

from extractor.archive.row_types import Record
from extractor.domain.errors import InvalidInput
from extractor.domain.figure import Base, Bound, Kind, Measure, Status
from extractor.domain.period import spell_period
from extractor.ui.input_parsing import read_number, read_period, spell_number
from extractor.ui.messages import language, name_of, t
from extractor.ui.session import store

NUMBERS = ("value", "value_max", "total")
WORDS = ("indicator", "qualifier", "parent", "unit", "area")
RARE = ("kind", "area", "parent", "total", "value_max", "bound")
TELLING = ("total", "value_max", "bound")  # they change what the value says: shown wherever they hold something
EMPTY_ROWS = 1  # comparisons that can be added at a time


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the card: the changes that it means, and the fields that have no reading."""

    changes: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def key_of(record: Record, name: str) -> str:
    """The key of a widget of this record as it was shown."""
    return f"card:{record.id}:{record.version}:{name}"


def show_fields(record: Record) -> None:
    """The widgets of the card, filled with the record as it stands; rare fields only where they hold something.

    Each widget costs every key press some milliseconds, in the server and in the browser.
    """
    tongue = language()
    with _row():
        _pick(record, "indicator", store().choices("indicator", record.item_id), label=t("field.indicator"))
        show_entry(record)
    with _row():
        st.text_input(t("field.value"), spell_number(record.value), key=key_of(record, "value"))
        _pick(record, "unit", store().choices("unit"), label=t("field.unit"))
        _select(record, "status", [s.value for s in Status], record.status)
    with _row():  # a period of two dates is the longest of the short fields: it needs half a row
        spelled = [spell_period(label, tongue) for label in store().choices("period")]
        _choose(record, "period", spell_period(record.period, tongue), spelled, label=t("field.period"))
        st.text_input(t("field.qualifier"), record.qualifier or "", key=key_of(record, "qualifier"))
    for row, comparison in enumerate(record.comparisons):
        _show_comparison(record, row, comparison, first=row == 0)
    shown = rare_fields(record)
    if shown:
        with _row():
            for name in shown:
                if name == "bound":
                    _select(record, "bound", [None, *[b.value for b in Bound]], record.bound)
                elif name == "kind":
                    _select(record, "kind", [k.value for k in Kind], record.kind)
                else:
                    st.text_input(t(f"field.{name}"), _spelled(record, name), key=key_of(record, name))
    if is_wide():
        _show_comparison(record, len(record.comparisons), None, first=True)
        st.text_input(t("field.reason"), "", key=key_of(record, "reason"), placeholder=t("card.reason_hint"))


def is_wide() -> bool:
    """Whether this session asked for every field."""
    return bool(st.session_state.get("wide"))


def widen() -> None:
    """From the usual fields to all of them, and back; what is typed stays."""
    st.session_state["wide"] = not is_wide()


def rare_fields(record: Record) -> list[str]:
    """The rarely used fields that are on the card: all of them on a wide card, else those that hold something."""
    return [name for name in RARE if is_wide() or (getattr(record, name) is not None and name in TELLING)]


def _spelled(record: Record, name: str) -> str:
    held = getattr(record, name)
    return spell_number(held) if isinstance(held, Decimal) else held or ""


def _row() -> Any:
    """Fields side by side: one block for the browser, where columns would be one more for each."""
    return st.container(horizontal=True, gap="small")


def show_entry(record: Record) -> None:
    """The catalogue entry, with how the machine came to it."""
    entries = catalogue_names(language())
    options: list[str | None] = [None, *entries]
    if record.indicator_id and record.indicator_id not in entries:
        options.insert(1, record.indicator_id)
    st.selectbox(
        t("field.indicator_id"),
        options,
        index=options.index(record.indicator_id),
        format_func=lambda code: entries.get(code, code) if code else t("card.no_entry"),
        key=key_of(record, "indicator_id"),
        help=name_of("match", record.match),
    )


@cache
def catalogue_names(language: str) -> dict[str, str]:
    """Catalogue id → name, in the order of the catalogue."""
    from extractor.statistics.catalogue import indicators

    return {code: entry.name(language) or entry.name("vi") for code, entry in indicators().items()}


def read_card(record: Record) -> Typed:
    """What the person typed into the card of ``record``, read strictly; fields left as they were are no change."""
    state = st.session_state
    typed = Typed()
    for name in NUMBERS:
        text = str(state.get(key_of(record, name), _spelled(record, name)))
        if text.strip() != _spelled(record, name):
            _read(typed, name, lambda text=text: read_number(text), before=getattr(record, name))
    for name in WORDS:
        words = str(state.get(key_of(record, name), getattr(record, name)) or "").strip() or None
        if words != getattr(record, name):
            typed.changes[name] = words
    for name in ("status", "kind", "bound", "indicator_id"):
        choice = state.get(key_of(record, name), getattr(record, name))
        if choice != getattr(record, name):
            typed.changes[name] = choice
    period = str(state.get(key_of(record, "period")) or "")
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


def _show_comparison(record: Record, row: int, comparison: Mapping[str, Any] | None, *, first: bool) -> None:
    shown: Literal["visible", "collapsed"] = "visible" if first else "collapsed"
    held = comparison or {}
    options: list[str | None] = [None, *[b.value for b in Base]]
    kinds = [m.value for m in Measure]
    with _row():
        st.selectbox(
            t("field.base"),
            options,
            index=options.index(held.get("base")),
            format_func=lambda code: name_of("base", code),
            key=key_of(record, f"base{row}"),
            label_visibility=shown,
        )
        st.selectbox(
            t("field.measure"),
            kinds,
            index=kinds.index(held.get("kind", Measure.RATIO.value)),
            format_func=lambda code: name_of("measure", code),
            key=key_of(record, f"measure{row}"),
            label_visibility=shown,
        )
        spelled = spell_number(Decimal(held["value"])) if held else ""
        st.text_input(
            t("field.compared"), spelled, key=key_of(record, f"compared{row}"), label_visibility=shown, width=100
        )
        st.text_input(
            t("field.unit"),
            held.get("unit", "%"),
            key=key_of(record, f"compared_unit{row}"),
            label_visibility=shown,
            width=74,
        )


def _read_comparisons(record: Record, state: Any, typed: Typed) -> None:
    found: list[dict[str, Any]] = []
    for row in range(len(record.comparisons) + EMPTY_ROWS):
        held = record.comparisons[row] if row < len(record.comparisons) else {}
        base = state.get(key_of(record, f"base{row}"), held.get("base"))
        text = str(state.get(key_of(record, f"compared{row}"), spell_number(_decimal(held))))
        if base is None or not text.strip():
            continue
        try:
            value = read_number(text)
        except InvalidInput as fault:
            typed.faults[f"compared{row}"] = fault.say(language())
            continue
        read = {
            "base": base,
            "kind": state.get(key_of(record, f"measure{row}"), held.get("kind")),
            "value": format(value, "f") if value is not None else None,
            "unit": str(state.get(key_of(record, f"compared_unit{row}"), held.get("unit", ""))).strip(),
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


def _select(record: Record, name: str, options: list[Any], current: Any) -> None:
    st.selectbox(
        t(f"field.{name}"),
        options,
        index=options.index(current),
        format_func=lambda code: name_of(name, code),
        key=key_of(record, name),
    )


def _pick(record: Record, name: str, options: list[str], *, label: str) -> None:
    _choose(record, name, getattr(record, name) or "", options, label=label)


def _choose(record: Record, name: str, current: str, options: list[str], *, label: str) -> None:
    """Pick or type: the values in use come first, a new one is only a few letters away."""
    offered = list(dict.fromkeys([*([current] if current else []), *options]))
    st.selectbox(
        label,
        offered,
        index=0 if current else None,
        key=key_of(record, name),
        accept_new_options=True,
        placeholder=t("card.pick_or_type"),
    )
