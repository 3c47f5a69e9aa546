"""Duyệt: one figure at a time, the source on the left, the card on the right, the most doubtful first.

A decision names the record and the version that were on the screen; after it the next open record is there at once.
Undo takes back one's own last decision, wherever it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from extractor.archive.review.reading_order import PLANNED
from extractor.archive.row_types import OPEN, REVIEWED, Filter, Record, Role, State
from extractor.domain.errors import Conflict, SolieuError, StoreError
from extractor.ui import filter_bar, navigation, sentence
from extractor.ui.adding import begin, in_leading, selected_span, show_adding, stretch
from extractor.ui.components import advance, line, show_ahead, show_form, show_lists, show_notes, show_viewer
from extractor.ui.desk import Desk, ahead_of, desk_of, form_of, notes_of, source_of, words_on
from extractor.ui.filter_bar import ONE
from extractor.ui.messages import language, t
from extractor.ui.record_form import lists, read_card, widen
from extractor.ui.record_notes import spell_change
from extractor.ui.screens import day
from extractor.ui.sentence import sentence_of
from extractor.ui.session import (
    actor,
    current_filter,
    flash,
    guarded,
    may,
    number,
    prefer,
    put,
    refusal_told,
    set_apart,
    store,
    take_flash,
    token,
)
from extractor.ui.tour import show_tour

SAVED = "saved"
"""Session state: the records whose typing is in the store now, so that the browser need not keep it."""

Typing = Mapping[str, str]
"""Field of the card → what stands in it."""

LAST_SENTENCE = "last_sentence"
"""Session state: the records that the last press on a sentence decided."""

LED = "led"
"""Session state: the record that was decided last and the one that this led to, None at the end of the list."""

GOING = "going"
"""Session state: the record of the address at a press and the one that this leads to, until the address says so."""


def show() -> None:
    """The whole screen: what chooses the list on top, and the desk, which a key press draws anew by itself."""
    if store().progress().total == 0:
        filter_bar.show_empty()
        return
    st.session_state.pop(LED, None)  # a run of the whole screen begins with a new address
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        wanted = current_filter()
        filter_bar.show_report_choice(wanted.item)
        filter_bar.show_menu_button(wanted)
        show_last_button()
    show_lists(lists())
    show_tour()
    show_desk()


def show_last_button() -> None:
    """One's last decisions behind a button; they are only looked up once it is open."""
    at_hand = st.popover(t("day.last_button"), icon=":material/history:", key="last", on_change="rerun", width=150)
    if at_hand.open:
        with at_hand:
            day.show_lines("at-hand", [day.decision_line(one) for one in day.decisions_at_hand()], t("day.no_last"))


@st.fragment
@guarded
def show_desk() -> None:
    """The source on the left, the card on the right; the card is sent first, since a reviewer waits for it."""
    wanted = current_filter()
    record = current_record(wanted)
    if record is None:
        put("id", None)
        st.session_state.pop(GOING, None)
        show_nothing_left(wanted)
        return
    with store().one_moment():
        show_at_desk(desk_of(record, closed=not may(Role.REVIEWER)))
    put("id", record.id)  # last: a browser that is told a new address is busy with it
    st.session_state.pop(GOING, None)
    navigation.remember("review", here=record.item_id)


def show_at_desk(desk: Desk) -> None:
    """The same for the record that is at hand, leased to the person who looks at it to judge."""
    if not desk.closed:
        lease(desk.record, desk.together if desk.by_sentence else ())
    span = selected_span(desk.reading) if not desk.closed else None
    progress, form = store().progress(number("report")), form_of(desk)
    with st.container(key="desk"):  # frame.css lays them out: columns of Streamlit's cost every key three elements more
        told = [line(f"flash {look}", words) for look, words in take_flash()]
        show_notes([advance(progress), *told, *notes_of(desk)], on_pick=_settle, ahead=True)
        if span is None:
            runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
            # ``run``: every answer is drawn, also one that changed nothing
            data = form | {"run": runs, "saved": st.session_state.pop(SAVED, [])}
            show_form(data, on_act=_act)
        else:
            with st.container():
                show_adding(store().item(desk.record.item_id), desk.reading, span, follow=False)
        source = source_of(desk, turned=number("leaf"))
        show_viewer(
            source,
            on_pick=_follow,
            on_select=lambda: _begin_adding(desk),
            on_view=_view,
            on_turn=_turn,
        )
        show_ahead(None if desk.closed or span is not None else ahead_of(desk, form, source, progress))
    set_apart(desk.reading.id)  # with what was made of it for the page


def lease(record: Record, together: Sequence[Record]) -> None:
    """Reserves a record, and those of its sentence that wait, and says who else has it before them."""
    waiting = {one.id for one in together if one.state in (*OPEN, State.SKIPPED)}
    holder = store().lease([*({record.id} | waiting)], actor=actor()).get(record.id)
    if holder is not None:
        flash("warn", t("review.held", who=holder))


def current_record(wanted: Filter) -> Record | None:
    """The record that the address names, else the first that waits."""
    asked = _where_led(number("id"))
    record = None
    if asked is not None:
        with refusal_told():
            record = store().record(asked)
    if record is None:
        found = store().next_open(wanted, actor=actor()) if not _shows_decided(wanted) else _first(wanted)
        record = store().record(found) if found is not None else None
    return record


def _where_led(asked: int | None) -> int | None:
    """The record to show: where a press leads, though the address may still name the record before it.

    The browser sends its address with every key. One pressed before the new address has arrived names the record that
    was just decided, and would bring it back as the next one to judge. A run may also be broken off by the next one.
    """
    going: tuple[int | None, int | None] | None = st.session_state.get(GOING)
    if going is not None and going[0] == asked:
        return going[1]
    left, reached = st.session_state.get(LED, (None, None))
    return reached if asked is not None and asked == left else asked


def _shows_decided(wanted: Filter) -> bool:
    return not any(state in OPEN for state in wanted.states)


def _first(wanted: Filter) -> int | None:
    found = store().queue(replace(wanted, order="place" if wanted.order in PLANNED else wanted.order), limit=1)
    return found[0].id if found else None


def _settle() -> None:
    """A remark that was pressed is dealt with."""
    picked = st.session_state["notes"].get("picked")
    remark = picked.get("settle") if isinstance(picked, dict) else None
    if not isinstance(remark, int):
        return
    with refusal_told():
        store().settle(remark, actor=actor(), client_id=f"{token()}:settle:{remark}")


def _begin_adding(desk: Desk) -> None:
    """A stretch that was selected on page or text becomes a missed figure of the copy that leads."""
    chosen = st.session_state["viewer"].get("selected")
    if not isinstance(chosen, dict):
        return
    reading, paper = desk.reading, store().paper_of(desk.record.item_id)
    copy = paper.reading if chosen.get("page") is True and paper is not None else reading
    start, end = chosen.get("start"), chosen.get("end")
    span = stretch(copy, start, end) if isinstance(start, int) and isinstance(end, int) else None
    span = in_leading(span, copy, reading) if span is not None else None
    if span is None:
        flash("warn", t("viewer.not_found"))
    else:
        begin(span)


def _turn() -> None:
    turned = st.session_state["viewer"].get("turned")
    put("leaf", turned if isinstance(turned, int) else None)


def _view() -> None:
    chosen = st.session_state["viewer"].get("viewed")
    put("view", "text" if chosen == "text" else None)


def _follow() -> None:
    picked = st.session_state["viewer"].get("picked")
    if isinstance(picked, int):
        _open(picked)


def _act() -> None:
    told = st.session_state["form"].get("act")
    by_sentence = isinstance(told, dict) and told.get("kind") == "sentence"
    (act_on_sentence if by_sentence else act)(told)


def act_on_sentence(told: object) -> None:
    """What was pressed on the table of a sentence; a browser may send anything, so each part is looked at."""
    if not isinstance(told, dict) or not isinstance(told.get("id"), int):
        return
    with refusal_told():
        record = store().record(told["id"])
        name = told.get("act")
        if name in ("accept", "skip"):
            decide = sentence.accept if name == "accept" else sentence.skip
            _decide_sentence(record, decide(told.get("rows")))
        elif name == "open" and isinstance(told.get("to"), int):
            _open(told["to"])
            put("mode", ONE)
        elif name == "undo":
            _undo(record, {})
        elif name == "next":
            _next(_last_of(record), {})
        elif name == "previous":
            _previous(record, {})


def _last_of(record: Record) -> Record:
    """The last record of the sentence of ``record``."""
    return sentence_of(record, store().reading_of(record.item_id))[-1]


def _decide_sentence(record: Record, done: sentence.Decided) -> None:
    for words in done.faults:
        flash("fail", words)
    if not done.records:
        return
    st.session_state[SAVED] = [one.id for one in done.records if one.state is not State.SKIPPED]
    st.session_state[LAST_SENTENCE] = [one.id for one in done.records]
    corrected = sum(one.state is State.CORRECTED for one in done.records)
    rejected = sum(one.state is State.REJECTED for one in done.records)
    skipped = sum(one.state is State.SKIPPED for one in done.records)
    accepted = len(done.records) - corrected - rejected - skipped
    counts = {"accepted": accepted, "corrected": corrected, "rejected": rejected, "skipped": skipped}
    flash("", " · ".join(t(f"sentence.{name}", count=n) for name, n in counts.items() if n))
    if done.faults:
        return
    _lead(record, store().next_open(current_filter(), actor=actor(), after=_last_of(record)))


def act(told: object) -> None:
    """What was pressed on a card, with what was typed there; a browser may send anything, so each part is looked at."""
    if not isinstance(told, dict) or told.get("act") not in ACTS:
        return
    record_id, version, typed = told.get("id"), told.get("version"), told.get("typed")
    if not isinstance(record_id, int) or not isinstance(version, int) or not isinstance(typed, dict):
        return
    try:
        record = replace(store().record(record_id), version=version)
    except StoreError as fault:
        flash("fail", fault.say(language()))
        return
    more = {name: told.get(name) for name in ("to", "words")}
    ACTS[told["act"]](record, {str(name): str(value or "") for name, value in {**typed, **more}.items()})


def _accept(record: Record, typed: Typing) -> None:
    read = read_card(record, typed)
    if read.faults:
        flash("fail", " ".join(read.faults.values()))
        return
    request = f"{token()}:{record.id}:{record.version}"
    if read.changes:
        _decide(
            record,
            "corrected",
            lambda: store().correct(
                record.id,
                record.version,
                read.changes,
                actor=actor(),
                client_id=f"{request}:correct",
                reason=_reason(typed),
            ),
            typed=typed,
        )
    else:
        _decide(
            record,
            "accepted",
            lambda: store().accept(record.id, record.version, actor=actor(), client_id=f"{request}:accept"),
        )


def _reason(typed: Typing) -> str | None:
    return typed.get("reason", "").strip() or None


def _reject(record: Record, typed: Typing) -> None:
    request = f"{token()}:{record.id}:{record.version}:reject"
    _decide(
        record,
        "rejected",
        lambda: store().reject(record.id, record.version, actor=actor(), client_id=request, reason=_reason(typed)),
    )


def _skip(record: Record, _: Typing) -> None:
    request = f"{token()}:{record.id}:{record.version}:skip"
    _decide(record, "skipped", lambda: store().skip(record.id, record.version, actor=actor(), client_id=request))


def _decide(record: Record, outcome: str, decision: Callable[[], Record], *, typed: Typing | None = None) -> None:
    try:
        kept = decision()
    except Conflict as fault:
        flash("fail", fault.say(language()))
        mine = read_card(record, typed).changes if typed else {}
        if mine:
            flash("warn", t("review.yours", words=", ".join(spell_change(k, v) for k, v in mine.items())))
            st.session_state[SAVED] = [record.id]  # told above: an older text is not filled into a newer state
        return
    except SolieuError as fault:
        flash("fail", fault.say(language()))
        return
    if kept.state is not State.SKIPPED:
        st.session_state[SAVED] = [record.id]
    said = outcome if kept.state in (*REVIEWED, State.SKIPPED) else kept.state.value
    flash("", words_on(said, kept))
    _lead(record, store().next_open(current_filter(), actor=actor(), after=kept))


def _undo(_: Record, __: Typing) -> None:
    """Takes back one's last decision, and whatever the same press on a sentence decided."""
    newest = store().last_decision(actor())
    if newest is None or newest.record_id is None:
        flash("warn", t("review.nothing_to_undo"))
        return
    last = st.session_state.get(LAST_SENTENCE, [])
    together = last if newest.record_id in last else [newest.record_id]
    with refusal_told():
        for record_id in reversed(together):
            standing = store().record(record_id)
            if record_id == newest.record_id or standing.decided_by == actor():
                request = f"{token()}:undo:{record_id}:{standing.version}"
                standing = store().undo(record_id, standing.version, actor=actor(), client_id=request)
        many = len(together) > 1
        flash("", t("sentence.undone", count=len(together)) if many else words_on("undone", standing))
        _open(together[0])


def _next(record: Record, _: Typing) -> None:
    _open(store().next_open(current_filter(), actor=actor(), after=record))


def _previous(record: Record, _: Typing) -> None:
    wanted = current_filter()
    every = Filter(item=wanted.item, section=wanted.section, indicator=wanted.indicator, order=wanted.order)
    before = store().neighbour(every, record, back=True)
    if before is None:
        flash("warn", t("review.first"))
    else:
        _open(before)


def _lead(record: Record, reached: int | None) -> None:
    """Goes from a record that was decided to the next one, None at the end of the list."""
    _open(reached)
    st.session_state[LED] = (record.id, reached)


def _open(record_id: int | None) -> None:
    """Goes to a record, wherever the last decision has led."""
    st.session_state.pop(LED, None)
    st.session_state[GOING] = number("id"), record_id
    put("leaf", None)
    _leave_single_card()


def _leave_single_card() -> None:
    if filter_bar.is_single():
        put("mode", None)


def _open_draft(_: Record, typed: Typing) -> None:
    if typed["to"].isdigit():
        _open(int(typed["to"]))


def _comment(record: Record, typed: Typing) -> None:
    with refusal_told():
        store().comment(record.id, typed["words"], actor=actor())
        flash("", t("review.commented"))


def _widen(_: Record, __: Typing) -> None:
    widen()


def _by_sentence(_: Record, __: Typing) -> None:
    prefer("mode", "sentence")


ACTS: dict[str, Callable[[Record, Typing], None]] = {
    "accept": _accept,
    "reject": _reject,
    "skip": _skip,
    "undo": _undo,
    "next": _next,
    "previous": _previous,
    "widen": _widen,
    "mode": _by_sentence,
    "comment": _comment,
    "open": _open_draft,
}


def show_nothing_left(wanted: Filter) -> None:
    """No record to show: nothing is left, or nothing fits the filter."""
    for look, words in take_flash():
        (st.error if look == "fail" else st.info)(words)
    progress = store().progress()
    if wanted == Filter(states=wanted.states, order=wanted.order) and progress.left == progress.skipped:
        filter_bar.show_nothing(wanted, "done", reviewed=progress.reviewed, skipped=progress.skipped)
    else:
        filter_bar.show_nothing(wanted)
    if may(Role.REVIEWER) and store().last_decision(actor()) is not None:
        st.button(t("act.undo"), shortcut="H", on_click=_undo_without_card)


def _undo_without_card() -> None:
    last = store().last_decision(actor())
    if last is not None and last.record_id is not None:
        _undo(store().record(last.record_id), {})
