"""The form that makes a figure of a stretch of the report: what the machine missed is added where it is seen.

In: the stretch that was selected, as the address names it. Out: a figure at exactly these offsets, with its catalogue
entry and one comparison where they are given. Numbers and periods go through our own strict reader.
"""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from extractor.archive.row_types import Item, Reading, Role
from extractor.domain.errors import InvalidInput
from extractor.domain.figure import Base, Measure, Status
from extractor.domain.period import spell_period
from extractor.ui.components import line, show_notes
from extractor.ui.input_parsing import read_number, read_period
from extractor.ui.messages import language, name_of, t
from extractor.ui.record_form import catalogue_names
from extractor.ui.record_notes import spell_amount
from extractor.ui.session import actor, flash, may, number, put, refusal_told, store, token

LEADING_NUMBER = re.compile(r"\s*([-−]?\d[\d.,]*\d|\d)\s*(.*)", re.DOTALL)
NEAR = 40  # letters before a stretch by which it is told from the same words elsewhere


def selected_span(reading: Reading) -> tuple[int, int] | None:
    """The stretch that becomes a figure, as the address names it, without blanks at its ends."""
    return stretch(reading, number("from"), number("to"))


def stretch(reading: Reading, start: int | None, end: int | None) -> tuple[int, int] | None:
    """A stretch of the text without blanks at its ends; None where there is nothing."""
    if start is None or end is None or not 0 <= start < end <= len(reading.text):
        return None
    words = reading.text[start:end]
    left = start + len(words) - len(words.lstrip())
    right = end - (len(words) - len(words.rstrip()))
    return (left, right) if left < right else None


def begin(span: tuple[int, int]) -> None:
    """Begins a missed figure at a stretch of the text."""
    for name, value in zip(("from", "to", "at", "till"), (*span, None, None), strict=True):
        put(name, value)


def drop() -> None:
    """Leaves the form."""
    put("from", None)
    put("to", None)


def in_leading(span: tuple[int, int], copy: Reading, leading: Reading) -> tuple[int, int] | None:
    """A stretch of one copy's text in the text of the copy that leads; None where it cannot be told which it is."""
    if copy.id == leading.id:
        return span
    start, end = span
    quote = copy.text[start:end]
    for before in (0, NEAR):
        context = copy.text[max(0, start - before) : start]
        places = [m.start() + len(context) for m in re.finditer(re.escape(context + quote), leading.text)]
        if len(places) == 1:
            return places[0], places[0] + len(quote)
    return None


def show_adding(item: Item, reading: Reading, span: tuple[int, int], *, follow: bool) -> None:
    """The form that makes a figure of the selected text; ``follow`` goes to the new figure afterwards."""
    start, end = span
    quote = reading.text[start:end]
    found = LEADING_NUMBER.fullmatch(quote)
    show_notes([line("", (quote, "title")), line("where", t("report.adding"))], key="adding")
    key = f"add:{item.id}:{start}:{end}"
    names = catalogue_names(language())
    with st.form(key, border=True):
        name, entry = st.columns([1.6, 1], gap="small")
        name.text_input(t("field.indicator"), key=f"{key}:indicator")
        entry.selectbox(
            t("field.indicator_id"),
            [None, *names],
            format_func=lambda code: names[code] if code else t("card.no_entry"),
            key=f"{key}:indicator_id",
        )
        value, unit, period = st.columns(3, gap="small")
        value.text_input(t("field.value"), found[1] if found else "", key=f"{key}:value")
        unit.text_input(t("field.unit"), found[2].strip() if found else "", key=f"{key}:unit")
        period.text_input(t("field.period"), spell_period(item.period, language()), key=f"{key}:period")
        status, base, measure, compared = st.columns([1, 1.2, 1, 0.8], gap="small")
        status.selectbox(
            t("field.status"),
            [s.value for s in Status],
            index=list(Status).index(Status.ACTUAL),
            format_func=lambda code: name_of("status", code),
            key=f"{key}:status",
        )
        base.selectbox(
            t("field.base"),
            [None, *(b.value for b in Base)],
            format_func=lambda code: name_of("base", code),
            key=f"{key}:base",
        )
        measure.selectbox(
            t("field.measure"),
            [m.value for m in Measure],
            format_func=lambda code: name_of("measure", code),
            key=f"{key}:measure",
        )
        compared.text_input(t("field.compared"), key=f"{key}:compared", placeholder="%")
        save, leave = st.columns([1.5, 1], gap="small")
        with save:
            st.form_submit_button(
                t("report.add"),
                type="primary",
                shortcut="Enter",
                width="stretch",
                on_click=_add,
                args=(item, span, key, follow),
                disabled=not may(Role.REVIEWER),
            )
        with leave:
            st.form_submit_button(t("report.drop"), width="stretch", on_click=drop)


def _add(item: Item, span: tuple[int, int], key: str, follow: bool) -> None:
    state = st.session_state
    with refusal_told():
        value = read_number(state[f"{key}:value"])
        if value is None:
            raise InvalidInput("typed.no_value")
        values = {
            "value": value,
            "unit": state[f"{key}:unit"].strip() or None,
            "indicator": state[f"{key}:indicator"].strip() or None,
            "indicator_id": state[f"{key}:indicator_id"],
            "period": read_period(state[f"{key}:period"], report_period=item.period),
            "status": state[f"{key}:status"],
            "area": item.area,
            "comparisons": _comparisons(key),
        }
        given = {name: held for name, held in values.items() if held or name != "indicator_id"}
        kept = store().add_figure(item.id, span, given, actor=actor(), client_id=f"{token()}:{key}")
        flash("", t("report.added", value=spell_amount(kept)))
        drop()
        if follow:
            put("id", kept.id)


def _comparisons(key: str) -> list[dict[str, Any]]:
    """The comparison that was typed."""
    state = st.session_state
    base, compared = state[f"{key}:base"], read_number(state[f"{key}:compared"])
    if base is None or compared is None:
        return []
    exponent = compared.as_tuple().exponent
    return [
        {
            "base": base,
            "kind": state[f"{key}:measure"],
            "value": format(compared, "f"),
            "unit": "%",
            "decimals": max(0, -exponent) if isinstance(exponent, int) else 0,
        }
    ]
