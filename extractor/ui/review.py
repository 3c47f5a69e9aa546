"""Duyệt: one figure at a time, the source on the left, the card on the right, the most doubtful first.

A decision names the record and the version that were on the screen; after it the next open record is there at once.
Undo takes back one's own last decision, wherever it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from extractor.archive.entries import OPEN, REVIEWED, Filter, Reading, Record, Role, State
from extractor.errors import Conflict, SolieuError, StoreError
from extractor.ui import filters, places
from extractor.ui.card import key_of, read_card, show_fields
from extractor.ui.components import line, show_notes, show_viewer
from extractor.ui.page_images import link
from extractor.ui.session import actor, current_filter, may, number, put, store, token
from extractor.ui.sheet import compared_with, lay_out, lay_page, place_of, stretches_of
from extractor.ui.typed import echo, spell_number, spell_period
from extractor.ui.wording import language, name_of, t

TOGETHER = 1500  # records of one report that are marked at once; the longest report seen has some 400 figures


def show() -> None:
    """The whole screen."""
    wanted = current_filter()
    if store().progress().total == 0:
        show_empty()
        return
    record = current_record(wanted)
    reading = store().reading_of(record.item_id) if record is not None else None
    filters.show_bar(wanted, views=reading is not None and bool(reading.placements))
    if record is None or reading is None:
        show_nothing_left(wanted)
        return
    left, right = st.columns([1.12, 1], gap="medium")
    with left:
        show_source(record, reading)
    with right:
        show_notes(notes_on(record, reading))
        show_card(record)


def current_record(wanted: Filter) -> Record | None:
    """The record that the address names, else the first that waits; leased to the person who looks at it."""
    asked = number("id")
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


def _shows_decided(wanted: Filter) -> bool:
    return not any(state in OPEN for state in wanted.states)


def _first(wanted: Filter) -> int | None:
    found = store().queue(wanted, limit=1)
    return found[0].id if found else None


def show_source(record: Record, reading: Reading) -> None:
    """The text around the figure, with all figures marked; a click opens one."""
    records = store().queue(Filter(item=record.item_id, order="place"), limit=TOGETHER)
    place = place_of(reading, record.start, record.end) if record.reading_id == reading.id and not record.lost else ()
    if place and st.query_params.get("view") != "text":
        page = place[0].page
        data = lay_page(
            record,
            records,
            reading,
            page=page,
            url=link(reading.sha256, page),
            words=(t("review.page", page=page), t("viewer.no_page")),
        )
    else:
        marks = [*stretches_of(records, reading), *compared_with(record)]
        data = lay_out(reading, marks, focus=record.id, around=record.start)
    show_viewer({**data, "label": t("viewer.label"), "selects": False}, on_pick=_follow)


def _follow() -> None:
    picked = st.session_state["viewer"].get("picked")
    if isinstance(picked, int):
        put("id", picked)


def notes_on(record: Record, reading: Reading) -> list[dict[str, Any]]:
    """What a reviewer should know before deciding: outcome of the last key, value, place, doubts, checks, remarks."""
    lines = [line(f"flash {look}", words) for look, words in take_flash()]
    amount = echo(record.value, record.unit) or t("review.no_value")
    chips = [(name_of("state", record.state.value), f"chip {record.state.value}")]
    if record.lost:
        chips.append((t("review.lost"), "chip disputed"))
    lines.append(line("", (amount, "title"), *chips))
    if record.indicator:
        name = f"{record.parent} › {record.indicator}" if record.parent else record.indicator
        lines.append(line("", (name, "strong")))
    lines.append(line("where", where(record, reading)))
    touching = [finding for finding in reading.findings if record.figure_id in finding["figures"]]
    said = {finding["code"].lower() for finding in touching}  # such a doubt is told in full by its finding
    doubts = [(name_of("doubt", code), "chip doubt") for code in record.doubts if code not in said]
    if doubts:
        lines.append(line("", *doubts))
    against = [finding for finding in touching if finding["level"] != "pass"]
    lines += [line(f"finding {finding['level']}", message_of(finding)) for finding in against]
    passed = [message_of(finding) for finding in touching if finding["level"] == "pass"]
    if passed:
        words = passed[0] if len(passed) == 1 else t("review.passes", count=len(passed), first=passed[0])
        lines.append(line("finding pass", words))
    lines += _machine_note(record)
    if record.decided_by and record.state not in OPEN:
        lines.append(line("where", t("review.decided", who=record.decided_by, when=spell_time(record.decided_at))))
    for remark in store().events(record_id=record.id, kinds=["comment"], limit=5):
        lines.append(line("comment", (remark.actor, "strong"), str(remark.patch.get("words", ""))))
    return lines


def message_of(finding: Mapping[str, Any]) -> str:
    """What a check says, in the session's language where it can."""
    return str((finding.get("message_en") if language() == "en" else None) or finding["message"])


def where(record: Record, reading: Reading) -> str:
    """Report, section and page of a record in one line."""
    item = store().item(record.item_id)
    titles = {s["path"]: s["title"] for s in reading.sections}
    parts = [item.number or item.title or t("review.report", id=item.id), spell_period(item.period, language())]
    if record.section:
        parts.append(f"{record.section} {titles.get(record.section, '')}".strip())
    if record.footnote:
        parts.append(t("review.footnote", mark=record.footnote))
    if record.page:
        parts.append(t("review.page", page=record.page))
    return " · ".join(part for part in parts if part)


def _machine_note(record: Record) -> list[dict[str, Any]]:
    if record.state not in (State.CORRECTED, State.ACCEPTED) or record.version == 0:
        return []
    machine = store().machine_figure(record)
    if machine is None:
        return []
    before = echo(_decimal(machine["value"]), machine["unit"])
    if before == echo(record.value, record.unit):
        return []
    return [line("where", t("review.machine", value=before))]


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def spell_time(moment: str | None) -> str:
    """A time of the journal, to the minute, in UTC."""
    return (moment or "")[:16].replace("T", " ")


def show_card(record: Record) -> None:
    """The form: fields, and every decision on a key of its own."""
    closed = not may(Role.REVIEWER)
    with st.form(f"card:{record.id}:{record.version}", border=True):
        show_fields(record)
        with st.container(key="acts"):
            show_acts(record, closed=closed)
    with st.popover(t("card.comment"), width="stretch"), st.form(f"comment:{record.id}", border=False):
        st.text_area(t("card.comment_words"), key=f"comment-words:{record.id}", height=90)
        st.form_submit_button(t("card.comment_save"), on_click=_comment, args=(record,), disabled=closed)


def show_acts(record: Record, *, closed: bool) -> None:
    """Every decision and step, its key printed on it; they stay in view however long the card is."""
    accept, reject, skip = st.columns([1.5, 1, 1], gap="small")
    back, undo, forward = st.columns([1, 1.5, 1], gap="small")
    with accept:
        _button("accept", record, shortcut="Enter", main=True, disabled=closed)
    with reject:
        _button("reject", record, shortcut="B", disabled=closed)
    with skip:
        _button("skip", record, shortcut="Q", disabled=closed)
    with back:
        _button("previous", record, shortcut="Left")
    with undo:
        _button("undo", record, shortcut="H", disabled=closed)
    with forward:
        _button("next", record, shortcut="Right")


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
    flash("", t(f"review.{said}", value=echo(kept.value, kept.unit) or kept.quote, indicator=kept.indicator or "–"))
    _go(store().next_open(current_filter(), actor=actor(), after=kept))


def spell_change(name: str, value: Any) -> str:
    """A typed change as a person would say it."""
    if isinstance(value, Decimal):
        spelled = spell_number(value)
    elif name == "comparisons":
        spelled = "; ".join(f"{spell_number(Decimal(c['value']))} {c['unit']}" for c in value)
    else:
        spelled = spell_period(value, language()) if name == "period" else str(value or "–")
    return f"{t(f'field.{name}')}: {spelled}"


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
    flash("", t("review.undone", value=echo(kept.value, kept.unit) or kept.quote, indicator=kept.indicator or "–"))
    put("id", kept.id)


def _next(record: Record) -> None:
    if not _holds_back(record):
        _go(store().next_open(current_filter(), actor=actor(), after=record))


def _previous(record: Record) -> None:
    if _holds_back(record):
        return
    wanted = current_filter()
    every = Filter(item=wanted.item, section=wanted.section, indicator=wanted.indicator, order=wanted.order)
    before = store().neighbour(every, record, back=True)
    if before is None:
        flash("warn", t("review.first"))
    else:
        put("id", before)


def _holds_back(record: Record) -> bool:
    """Whether leaving would lose what was typed: the first try says so, the second leaves."""
    typed = read_card(record)
    warned = st.session_state.get("warned") == key_of(record, "")
    if (typed.changes or typed.faults) and not warned:
        st.session_state["warned"] = key_of(record, "")
        flash("warn", t("review.unsaved"))
        return True
    return False


def _go(record_id: int | None) -> None:
    if record_id is None:
        put("id", None)
    else:
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


ACTS = {
    "accept": _accept,
    "reject": _reject,
    "skip": _skip,
    "undo": _undo,
    "next": _next,
    "previous": _previous,
}


def flash(look: str, words: str) -> None:
    """A sentence for the next time that the screen is drawn."""
    st.session_state.setdefault("flash", []).append((look, words))


def take_flash() -> list[tuple[str, str]]:
    """The sentences that wait to be shown, each with its look."""
    return list(st.session_state.pop("flash", []))


def show_empty() -> None:
    """A store without figures: how to bring reports in."""
    st.subheader(t("empty.title"))
    st.write(t("empty.sample"))
    if may(Role.ARCHIVIST):
        places.link("importing", t("empty.import"))
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
        filters.clear()
        st.rerun()
    if may(Role.REVIEWER) and store().last_decision(actor()) is not None:
        st.button(t("act.undo"), shortcut="H", on_click=_undo_without_card)


def _undo_without_card() -> None:
    last = store().last_decision(actor())
    if last is not None and last.record_id is not None:
        _undo(store().record(last.record_id))
