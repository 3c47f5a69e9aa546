"""Báo cáo: one report as a whole: text with all figures and unexplained digits, what the checks say, custody.

Selecting text opens a small form and makes a missed figure of it, at exactly these offsets.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from extractor.archive.row_types import Item, Reading, Role, Standing, State
from extractor.domain.plain import as_plain
from extractor.ui import navigation
from extractor.ui.adding import begin, selected_span, show_adding, stretch
from extractor.ui.components import line, show_flashes, show_notes, show_viewer
from extractor.ui.filter_bar import label_of, show_empty, show_gone, show_report_choice
from extractor.ui.messages import name_of, plain, t
from extractor.ui.record_notes import message_of
from extractor.ui.screens.description import show_custody
from extractor.ui.session import may, number, put, store
from extractor.ui.text_viewer import Stretch, lay_out, stretches_of, unexplained

MOST_CARDS = 6  # of one place: a check may speak of a whole table
LEVELS = ("fail", "warn", "info", "pass")


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
    navigation.remember("report", here=item_id)
    show_gone(item_id)
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
        navigation.go("review", id=picked, report=item.id, state="all")
    if isinstance(chosen, dict):
        put("from", int(chosen["start"]))
        put("to", int(chosen["end"]))
        st.rerun()


def place_asked(reading: Reading) -> tuple[int, int] | None:
    """The stretch that a check speaks about, as the address names it."""
    return stretch(reading, number("at"), number("till"))


def show_side(item: Item, reading: Reading, standing: list[Standing]) -> None:
    """Missed figures, checks, custody."""
    show_flashes()
    span = selected_span(reading)
    if span is not None:
        show_adding(item, reading, span, follow=True)
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
    show_cards_here(reading, standing)
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
                on_click=begin,
                args=(shown,),
                disabled=not may(Role.REVIEWER),
            )
        lines = [loose_line(reading, digit) for digit in loose] or [line("", t("report.no_loose"))]
        _go_to(show_notes(lines, key="loose", tall=True))
    with custody:
        show_custody(item, counts)


def show_cards_here(reading: Reading, standing: list[Standing]) -> None:
    """The way from the place that a check speaks about to the cards of the figures that stand there."""
    shown = place_asked(reading)
    if shown is None:
        return
    here = [r for r in standing if r.start < shown[1] and r.end > shown[0] and r.state is not State.WITHDRAWN]
    with st.container(horizontal=True, gap="small"):
        for record in here[:MOST_CARDS]:
            words = plain(reading.text[record.start : record.end])
            navigation.link("review", t("report.open_card", words=words), id=record.id, state="all")


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
