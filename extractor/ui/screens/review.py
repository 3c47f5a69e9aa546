"""Duyệt: one figure at a time, the source on the left, the card on the right, the most doubtful first.

A decision names the record and the version that were on the screen; after it the next open record is there at once.
Undo takes back one's own last decision, wherever it was made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from extractor.archive.review.paper_copies import Paper
from extractor.archive.row_types import OPEN, REVIEWED, Filter, Reading, Record, Role, State
from extractor.domain.errors import Conflict, SolieuError, StoreError
from extractor.ui import filter_bar, navigation
from extractor.ui.components import advance, line, show_notes, show_viewer
from extractor.ui.messages import language, t
from extractor.ui.page_images import link
from extractor.ui.page_view import lay_page, place_of, stretches_of_page
from extractor.ui.record_form import is_wide, key_of, read_card, show_fields, widen
from extractor.ui.record_notes import notes_on, spell_amount, spell_change
from extractor.ui.session import actor, current_filter, flash, guarded, may, number, put, store, take_flash, token
from extractor.ui.text_viewer import NEAR, compared_with, lay_out, stretches_of

LED = "led"
"""Session state: the record that was decided last and the one that this led to, None at the end of the list."""


def show() -> None:
    """The whole screen: what chooses the list on top, and the desk, which a key press draws anew by itself."""
    if store().progress().total == 0:
        show_empty()
        return
    st.session_state.pop(LED, None)  # a run of the whole screen begins with a new address
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        wanted = current_filter()
        filter_bar.show_report_choice(wanted.item)
        filter_bar.show_menu_button(wanted)
    show_desk()


@st.fragment
@guarded
def show_desk() -> None:
    """The source on the left, the card on the right; the card is sent first, since a reviewer waits for it."""
    wanted = current_filter()
    record = current_record(wanted)
    if record is None:
        show_nothing_left(wanted)
        return
    reading = store().reading_of(record.item_id)
    left, right = st.columns([1.12, 1], gap="medium")
    with right:
        told = [line(f"flash {look}", words) for look, words in take_flash()]
        show_notes([advance(store().progress(wanted.item)), *told, *notes_on(record, reading)])
        show_card(record)
    with left:
        show_source(record, reading)


def current_record(wanted: Filter) -> Record | None:
    """The record that the address names, else the first that waits; leased to the person who looks at it."""
    asked = _where_led(number("id"))
    record = None
    if asked is not None:
        try:
            record = store().record(asked)
        except StoreError as fault:
            flash("fail", fault.say(language()))
    if record is None:
        found = store().next_open(wanted, actor=actor()) if not _shows_decided(wanted) else _first(wanted)
        record = store().record(found) if found is not None else None
    if record is not None:
        put("id", record.id)
        if may(Role.REVIEWER):
            holder = store().lease(record.id, actor=actor())
            if holder is not None:
                flash("warn", t("review.held", who=holder))
    return record


def _where_led(asked: int | None) -> int | None:
    """The record to show: where a decision has led already when a quick key still came from the card before it.

    The browser sends its address with every key. One pressed before the new address has arrived names the record that
    was just decided, and would bring it back as the next one to judge.
    """
    left, reached = st.session_state.get(LED, (None, None))
    return reached if asked is not None and asked == left else asked


def _shows_decided(wanted: Filter) -> bool:
    return not any(state in OPEN for state in wanted.states)


def _first(wanted: Filter) -> int | None:
    found = store().queue(wanted, limit=1)
    return found[0].id if found else None


def show_source(record: Record, reading: Reading) -> None:
    """The page on which the figure stands, in whichever copy has pages, or the text around it; a click opens one."""
    paper = store().paper_of(record.item_id)
    data = on_page(record, paper) if paper is not None and st.query_params.get("view") != "text" else None
    if data is None:
        standing = store().near(record.item_id, record.start - NEAR, record.start + NEAR)
        marks = [*stretches_of(standing, reading), *compared_with(record)]
        data = lay_out(reading, marks, focus=record.id, around=record.start)
    views = filter_bar.views() if paper is not None else None
    show_viewer({**data, "label": t("viewer.label"), "selects": False, "views": views}, on_pick=_follow, on_view=_view)


def on_page(record: Record, paper: Paper) -> dict[str, Any] | None:
    """The viewer's data for the page of a record; None where the copy with pages does not hold it."""
    here, reading = paper.placed(record), paper.reading
    place = place_of(reading, here.start, here.end) if here is not None else ()
    if here is None or not place:
        return None
    page = place[0].page
    standing = store().on_paper(record.item_id, paper, stretches_of_page(reading, page))
    words = (t("review.page", page=page), t("viewer.no_page"))
    return lay_page(here, standing, reading, page=page, url=link(reading.sha256, page), words=words)


def _view() -> None:
    chosen = st.session_state["viewer"].get("viewed")
    put("view", "text" if chosen == "text" else None)


def _follow() -> None:
    picked = st.session_state["viewer"].get("picked")
    if isinstance(picked, int):
        _open(picked)


def show_card(record: Record) -> None:
    """The form: fields, and every decision on a key of its own."""
    closed = not may(Role.REVIEWER)
    with st.form(f"card:{record.id}:{record.version}", border=True):
        show_fields(record)
        with st.container(key="acts", horizontal=True, gap="small"):
            show_acts(record, closed=closed)
    show_commenting(record, closed=closed)


def show_commenting(record: Record, *, closed: bool) -> None:
    """A remark for others, tied to the figure; its form is made when it is opened."""
    fold = st.popover(t("card.comment"), width="stretch", key=f"comment-fold:{record.id}", on_change="rerun")
    if fold.open:
        with fold, st.form(f"comment:{record.id}", border=False):
            st.text_area(t("card.comment_words"), key=f"comment-words:{record.id}", height=90)
            st.form_submit_button(t("card.comment_save"), on_click=_comment, args=(record,), disabled=closed)


def show_acts(record: Record, *, closed: bool) -> None:
    """Every decision and step, its key printed on it; ``frame.css`` lays them out and keeps them in view."""
    _button("accept", record, shortcut="Enter", main=True, disabled=closed)
    _button("reject", record, shortcut="B", disabled=closed)
    _button("skip", record, shortcut="Q", disabled=closed)
    _button("previous", record, shortcut="Left")
    _button("undo", record, shortcut="H", disabled=closed)
    _button("next", record, shortcut="Right")
    _button("narrow" if is_wide() else "widen", record, shortcut="M")


def _button(act: str, record: Record, *, shortcut: str, main: bool = False, disabled: bool = False) -> None:
    st.form_submit_button(
        t(f"act.{act}"),
        key=key_of(record, f"act-{act}"),
        help=None,
        type="primary" if main else "secondary",
        shortcut=shortcut,
        on_click=ACTS[act],
        args=(record,),
        width="stretch",
        disabled=disabled,
    )


def _accept(record: Record) -> None:
    typed = read_card(record)
    if typed.faults:
        flash("fail", " ".join(typed.faults.values()))
        return
    request = f"{token()}:{record.id}:{record.version}"
    if typed.changes:
        reason = str(st.session_state.get(key_of(record, "reason")) or "") or None
        _decide(
            record,
            "corrected",
            lambda: store().correct(
                record.id,
                record.version,
                typed.changes,
                actor=actor(),
                client_id=f"{request}:correct",
                reason=reason,
            ),
        )
    else:
        _decide(
            record,
            "accepted",
            lambda: store().accept(record.id, record.version, actor=actor(), client_id=f"{request}:accept"),
        )


def _reject(record: Record) -> None:
    request = f"{token()}:{record.id}:{record.version}:reject"
    reason = str(st.session_state.get(key_of(record, "reason")) or "") or None
    _decide(
        record,
        "rejected",
        lambda: store().reject(record.id, record.version, actor=actor(), client_id=request, reason=reason),
    )


def _skip(record: Record) -> None:
    if _holds_back(record):
        return
    request = f"{token()}:{record.id}:{record.version}:skip"
    _decide(record, "skipped", lambda: store().skip(record.id, record.version, actor=actor(), client_id=request))


def _decide(record: Record, outcome: str, act: Any) -> None:
    try:
        kept: Record = act()
    except Conflict as fault:
        flash("fail", fault.say(language()))
        mine = read_card(record).changes
        if mine:
            flash("warn", t("review.yours", words=", ".join(spell_change(k, v) for k, v in mine.items())))
        return
    except SolieuError as fault:
        flash("fail", fault.say(language()))
        return
    said = outcome if kept.state in (*REVIEWED, State.SKIPPED) else kept.state.value
    flash("", t(f"review.{said}", value=spell_amount(kept) or kept.quote, indicator=kept.indicator or "–"))
    reached = store().next_open(current_filter(), actor=actor(), after=kept)
    put("id", reached)
    st.session_state[LED] = (record.id, reached)


def _undo(_: Record) -> None:
    last = store().last_decision(actor())
    if last is None or last.record_id is None:
        flash("warn", t("review.nothing_to_undo"))
        return
    try:
        version = store().record(last.record_id).version
        kept = store().undo(last.record_id, version, actor=actor(), client_id=f"{token()}:undo:{last.seq}")
    except SolieuError as fault:
        flash("fail", fault.say(language()))
        return
    flash("", t("review.undone", value=spell_amount(kept) or kept.quote, indicator=kept.indicator or "–"))
    _open(kept.id)


def _next(record: Record) -> None:
    if not _holds_back(record):
        _open(store().next_open(current_filter(), actor=actor(), after=record))


def _previous(record: Record) -> None:
    if _holds_back(record):
        return
    wanted = current_filter()
    every = Filter(item=wanted.item, section=wanted.section, indicator=wanted.indicator, order=wanted.order)
    before = store().neighbour(every, record, back=True)
    if before is None:
        flash("warn", t("review.first"))
    else:
        _open(before)


def _holds_back(record: Record) -> bool:
    """Whether leaving would lose what was typed: the first try says so, the second leaves."""
    typed = read_card(record)
    warned = st.session_state.get("warned") == key_of(record, "")
    if (typed.changes or typed.faults) and not warned:
        st.session_state["warned"] = key_of(record, "")
        flash("warn", t("review.unsaved"))
        return True
    return False


def _open(record_id: int | None) -> None:
    """Goes to a record that the person asked for, wherever the last decision has led."""
    st.session_state.pop(LED, None)
    put("id", record_id)


def _comment(record: Record) -> None:
    words = str(st.session_state.get(f"comment-words:{record.id}") or "")
    try:
        store().comment(record.id, words, actor=actor())
    except SolieuError as fault:
        flash("fail", fault.say(language()))
        return
    st.session_state[f"comment-words:{record.id}"] = ""
    flash("", t("review.commented"))


def _widen(record: Record) -> None:
    if not is_wide() or not _holds_back(record):
        widen()


ACTS: dict[str, Callable[[Record], None]] = {
    "accept": _accept,
    "reject": _reject,
    "skip": _skip,
    "undo": _undo,
    "next": _next,
    "previous": _previous,
    "widen": _widen,
    "narrow": _widen,
}


def show_empty() -> None:
    """A store without figures: how to bring reports in."""
    st.subheader(t("empty.title"))
    st.write(t("empty.sample"))
    if may(Role.ARCHIVIST):
        navigation.link("importing", t("empty.import"))
    st.write(t("empty.how"))
    st.code(t("empty.command"), language=None)


def show_nothing_left(wanted: Filter) -> None:
    """No record to show: nothing is left, or nothing fits the filter."""
    for look, words in take_flash():
        (st.error if look == "fail" else st.info)(words)
    progress = store().progress()
    if wanted == Filter(states=wanted.states, order=wanted.order) and progress.left == progress.skipped:
        st.subheader(t("done.title"))
        st.write(t("done.how", reviewed=progress.reviewed, skipped=progress.skipped))
    else:
        st.subheader(t("none.title"))
        st.write(t("none.how"))
    if st.button(t("none.all"), type="primary"):
        filter_bar.clear()
        st.rerun()
    if may(Role.REVIEWER) and store().last_decision(actor()) is not None:
        st.button(t("act.undo"), shortcut="H", on_click=_undo_without_card)


def _undo_without_card() -> None:
    last = store().last_decision(actor())
    if last is not None and last.record_id is not None:
        _undo(store().record(last.record_id))
