"""Báo cáo: one report as a whole: text with all figures and unexplained digits, what the checks say, custody.

Selecting text opens a small form and makes a missed figure of it, at exactly these offsets.
"""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from extractor.archive.row_types import Item, Reading, Role, Standing, State
from extractor.domain.errors import InvalidInput, SolieuError
from extractor.domain.figure import Status
from extractor.domain.period import spell_period
from extractor.domain.plain import as_plain
from extractor.ui import navigation
from extractor.ui.components import line, show_flashes, show_notes, show_viewer
from extractor.ui.filter_bar import label_of, show_report_choice
from extractor.ui.input_parsing import read_number, read_period, spell_number
from extractor.ui.messages import language, name_of, plain, t
from extractor.ui.record_notes import message_of
from extractor.ui.screens.description import show_custody
from extractor.ui.screens.review import show_empty
from extractor.ui.session import actor, flash, may, number, put, store, token
from extractor.ui.text_viewer import Stretch, lay_out, stretches_of, unexplained

LEVELS = ("fail", "warn", "info", "pass")
LEADING_NUMBER = re.compile(r"\s*([-−]?\d[\d.,]*\d|\d)\s*(.*)", re.DOTALL)


def show() -> None:
    """The whole screen."""
    newest = next(iter(store().labels()), None)
    if newest is None:
        show_empty()
        return
    item_id = number("report")
    if item_id is None or label_of(item_id) is None:
        item_id = newest
        put("report", item_id)
    choice, facts = st.columns([1.12, 1], gap="medium", vertical_alignment="center")
    with choice:
        show_report_choice(item_id, with_all=False)
    item, reading = store().item(item_id), store().reading_of(item_id)
    standing = store().near(item_id, 0, len(reading.text) + 1)
    with facts:
        progress = store().progress(item_id)
        st.progress(
            progress.reviewed / progress.total if progress.total else 0.0,
            text=t("bar.progress", reviewed=progress.reviewed, total=progress.total, left=progress.left),
        )
    left, right = st.columns([1.12, 1], gap="medium")
    with left:
        show_text(item, reading, standing)
    with right:
        show_side(item, reading, standing)


def show_text(item: Item, reading: Reading, standing: list[Standing]) -> None:
    """The whole text; a click opens a figure, a selection begins a new one."""
    marks = [*stretches_of(standing, reading), *unexplained(reading)]
    span = selected_span(reading)
    if span is not None:
        marks.append(Stretch(*span, "focus", t("report.selection"), -1))
    shown = place_asked(reading)
    if shown is not None and span is None:
        marks.append(Stretch(*shown, "focus", t("report.place"), -1))
    data = lay_out(reading, marks, focus=-1 if span or shown else number("id"))
    result = show_viewer({**data, "label": t("viewer.label"), "selects": True}, key=f"whole:{item.id}")
    picked, chosen = result.get("picked"), result.get("selected")
    if isinstance(picked, int) and picked > 0:
        navigation.go("review", id=picked, report=item.id)
    if isinstance(chosen, dict):
        put("from", int(chosen["start"]))
        put("to", int(chosen["end"]))
        st.rerun()


def place_asked(reading: Reading) -> tuple[int, int] | None:
    """The stretch that a check speaks about, as the address names it."""
    return _stretch(reading, number("at"), number("till"))


def selected_span(reading: Reading) -> tuple[int, int] | None:
    """The stretch that becomes a figure, as the address names it, without blanks at its ends."""
    return _stretch(reading, number("from"), number("to"))


def _stretch(reading: Reading, start: int | None, end: int | None) -> tuple[int, int] | None:
    if start is None or end is None or not 0 <= start < end <= len(reading.text):
        return None
    words = reading.text[start:end]
    left = start + len(words) - len(words.lstrip())
    right = end - (len(words) - len(words.rstrip()))
    return (left, right) if left < right else None


def show_side(item: Item, reading: Reading, standing: list[Standing]) -> None:
    """Missed figures, checks, custody."""
    show_flashes()
    span = selected_span(reading)
    if span is not None:
        show_adding(item, reading, span)
        return
    counts = {state: sum(r.state is state for r in standing) for state in State}
    loose = [d for d in reading.digits if d["label"] == "unexplained"]
    checks, digits, custody = st.tabs(
        [
            t("report.checks"),
            t("report.digits", count=len(loose)),
            t("report.custody"),
        ]
    )
    with checks:
        show_checks(item, reading)
    with digits:
        st.caption(t("report.select_hint"))
        shown = place_asked(reading)
        if shown is not None and any((d["start"], d["end"]) == shown for d in loose):
            st.button(
                t("report.add_here", words=plain(reading.text[slice(*shown)])),
                type="primary",
                key=f"add-here:{shown[0]}",
                on_click=_begin,
                args=(shown,),
                disabled=not may(Role.REVIEWER),
            )
        lines = [loose_line(reading, digit) for digit in loose] or [line("", t("report.no_loose"))]
        _go_to(show_notes(lines, key="loose", tall=True))
    with custody:
        show_custody(item, counts)


def loose_line(reading: Reading, digit: dict[str, Any]) -> dict[str, Any]:
    """An unexplained digit with the words around it."""
    before = reading.text[max(0, digit["start"] - 36) : digit["start"]].replace("\n", " ")
    after = reading.text[digit["end"] : digit["end"] + 36].replace("\n", " ")
    place = [digit["start"], digit["end"]]
    return line("finding warn", f"…{before}", (digit["text"], "strong"), f"{after}…", pick=place)


def _go_to(result: Any) -> None:
    """Shows in the text what a pressed line speaks about."""
    place = result.get("picked")
    if isinstance(place, list) and len(place) == 2:
        put("at", int(place[0]))
        put("till", int(place[1]))
        st.rerun()


def show_checks(item: Item, reading: Reading) -> None:
    """What the report's own arithmetic says, worst first; on request once more over the corrected figures."""
    again = st.toggle(t("report.again"), key=f"again:{item.id}", help=t("report.again_help"))
    findings = as_plain(store().check_again(item.id)) if again else reading.findings
    told = [f for level in LEVELS for f in findings if f["level"] == level]
    tally = " · ".join(
        f"{name_of('level', level)}: {sum(f['level'] == level for f in findings)}"
        for level in LEVELS
        if any(f["level"] == level for f in findings)
    )
    lines = [line("where", tally)] if tally else [line("", t("report.no_checks"))]
    lines += [finding_line(finding) for finding in told]
    _go_to(show_notes(lines, key="checks", tall=True))


def finding_line(finding: dict[str, Any]) -> dict[str, Any]:
    """What a check says; pressing it shows the place."""
    place = [finding["start"], finding["end"]] if finding.get("start") is not None else None
    return line(f"finding {finding['level']}", message_of(finding), pick=place)


def show_adding(item: Item, reading: Reading, span: tuple[int, int]) -> None:
    """The form that makes a figure of the selected text."""
    start, end = span
    quote = reading.text[start:end]
    found = LEADING_NUMBER.fullmatch(quote)
    show_notes([line("", (quote, "title")), line("where", t("report.adding"))], key="adding")
    key = f"add:{item.id}:{start}:{end}"
    with st.form(key, border=True):
        st.text_input(t("field.indicator"), key=f"{key}:indicator")
        value, unit, period = st.columns(3, gap="small")
        value.text_input(t("field.value"), found[1] if found else "", key=f"{key}:value")
        unit.text_input(t("field.unit"), found[2].strip() if found else "", key=f"{key}:unit")
        period.text_input(t("field.period"), spell_period(item.period, language()), key=f"{key}:period")
        st.selectbox(
            t("field.status"),
            [s.value for s in Status],
            index=list(Status).index(Status.ACTUAL),
            format_func=lambda code: name_of("status", code),
            key=f"{key}:status",
        )
        save, drop = st.columns([1.5, 1], gap="small")
        with save:
            st.form_submit_button(
                t("report.add"),
                type="primary",
                shortcut="Enter",
                width="stretch",
                on_click=_add,
                args=(item, span, key),
                disabled=not may(Role.REVIEWER),
            )
        with drop:
            st.form_submit_button(t("report.drop"), width="stretch", on_click=_drop)


def _begin(span: tuple[int, int]) -> None:
    """Begins a missed figure at an unexplained digit: what a selection does, without a mouse."""
    for name, value in zip(("from", "to", "at", "till"), (*span, None, None), strict=True):
        put(name, value)


def _add(item: Item, span: tuple[int, int], key: str) -> None:
    state = st.session_state
    try:
        value = read_number(state[f"{key}:value"])
        if value is None:
            raise InvalidInput("typed.no_value")
        values = {
            "value": value,
            "unit": state[f"{key}:unit"].strip() or None,
            "indicator": state[f"{key}:indicator"].strip() or None,
            "period": read_period(state[f"{key}:period"], report_period=item.period),
            "status": state[f"{key}:status"],
            "area": item.area,
        }
        kept = store().add_figure(item.id, span, values, actor=actor(), client_id=f"{token()}:{key}")
    except SolieuError as fault:
        flash("fail", fault.say(language()))
        return
    flash("", t("report.added", value=spell_number(kept.value), unit=kept.unit or ""))
    _drop()
    put("id", kept.id)


def _drop() -> None:
    put("from", None)
    put("to", None)
