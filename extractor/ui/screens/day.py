"""Việc của tôi: what I decided on a day, how long a figure took, what I put off, who asks me, where judges differ."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import streamlit as st

from extractor.archive.row_types import Event, Filter, Record, Role, State
from extractor.domain.errors import StoreError
from extractor.ui import navigation
from extractor.ui.components import line, show_flashes, show_notes
from extractor.ui.messages import name_of, spell_decimal, t
from extractor.ui.record_notes import local_time, spell_amount, spell_time, spell_vote
from extractor.ui.session import actor, flash, may, refusal_told, store, token

LAST = 20  # decisions at hand
SHOWN = 30  # of what was put off, asked or disputed


def show() -> None:
    """The whole screen."""
    day = st.date_input(t("day.day"), today(), max_value=today(), format="DD/MM/YYYY", key="day", width=170)
    chosen = day if isinstance(day, date) else today()
    done = store().day(actor(), beginning_of(chosen))
    decided, pace, corrected, skipped = st.columns(4, gap="medium")
    decided.metric(t("day.decided"), t("quality.count", count=done.decided), border=True, help=t("day.decided_help"))
    pace.metric(t("day.pace"), seconds(done.seconds), border=True, help=t("day.pace_help"))
    corrected.metric(t("day.corrected"), t("quality.count", count=done.acts.get("correct", 0)), border=True)
    skipped.metric(t("day.skipped"), t("quality.count", count=len(done.skipped)), border=True)
    show_flashes()
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"##### {t('day.last', count=LAST)}")
        show_lines("last", [decision_line(one) for one in decisions_at_hand()], t("day.no_last"))
        st.markdown(f"##### {t('day.put_off')}")
        put_off = [record_line(record) for record in found(done.skipped[:SHOWN])]
        show_lines("put-off", put_off, t("day.no_put_off"))
    with right:
        st.markdown(f"##### {t('day.asked')}")
        asked = [remark_line(one) for one in store().remarks(mentioned=actor(), limit=SHOWN)]
        show_lines("asked", asked, t("day.no_asked"))
        st.markdown(f"##### {t('day.second')}")
        show_second(chosen)
        st.markdown(f"##### {t('day.disputed')}")
        show_lines("disputed", disputes(), t("day.no_disputed"))


def show_second(chosen: date) -> None:
    """The sample of this day that a second judge is asked about, and what others ask of me."""
    since = beginning_of(chosen)
    looks = store().second_looks(actor(), since)
    if looks.drawn:
        counts = {name: getattr(looks, name) for name in ("drawn", "waiting", "same", "differ")}
        st.caption(t("day.second_told", **counts))
    if may(Role.REVIEWER):
        help_text = t("day.second_help")
        st.button(t("day.second_draw"), key="second", help=help_text, on_click=_draw, args=(since,))
    awaited = [record_line(one) for one in store().awaited(actor(), limit=SHOWN)]
    if awaited:
        st.caption(t("day.awaited", count=len(awaited)))
    show_lines("awaited", awaited, t("day.no_awaited"))


def _draw(since: str) -> None:
    with refusal_told():
        drawn = store().ask_second_judge(actor(), since, client_id=f"{token()}:second:{since}")
        told = ("", t("day.second_drawn", count=drawn)) if drawn else ("warn", t("day.second_none"))
        flash(*told)


def today() -> date:
    """The day by the clock of the browser."""
    return local_time(datetime.now(UTC).isoformat()).date()


def beginning_of(day: date) -> str:
    """The moment at which a day began by the clock of the browser, as the journal spells moments."""
    offset = st.context.timezone_offset or 0
    began = datetime.combine(day, time(), UTC) + timedelta(minutes=offset)
    return began.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seconds(taken: float | None) -> str:
    """A time as people write it."""
    return "–" if taken is None else t("day.seconds", count=spell_decimal(taken))


def decisions_at_hand() -> list[Event]:
    """The newest decisions of the person at the screen."""
    kinds = ("accept", "bulk", "correct", "reject", "skip", "add", "undo")
    return store().events(actor=actor(), kinds=kinds, limit=LAST)


def show_lines(key: str, lines: list[dict[str, Any]], nothing: str) -> None:
    """Lines that lead to their cards when they are pressed."""
    picked = show_notes(lines or [line("where", nothing)], key=f"day-{key}").get("picked")
    if isinstance(picked, int):
        navigation.go("review", id=picked, state="all", mode="one")


def decision_line(event: Event) -> dict[str, Any]:
    """A decision in a few words: when, what, on which figure."""
    when = (spell_time(event.at)[:5], "where")
    told = (t(f"quality.act_{event.kind}"), "chip")
    return line("finding", when, told, *figure_of(event.record_id), pick=event.record_id)


def figure_of(record_id: int | None) -> list[tuple[str, str]]:
    """The value and the name of a record."""
    try:
        record = store().record(record_id or 0)
    except StoreError:
        return []
    return [(spell_amount(record) or record.quote, "strong"), (record.indicator or "–", "")]


def found(record_ids: list[int]) -> list[Record]:
    """The records that are still put off."""
    records = [store().record(one) for one in record_ids]
    return [record for record in records if record.state is State.SKIPPED]


def record_line(record: Record) -> dict[str, Any]:
    """A figure in a few words."""
    return line("finding", *figure_of(record.id), pick=record.id)


def remark_line(event: Event) -> dict[str, Any]:
    """A remark that names me."""
    words = str(event.patch.get("words", ""))
    return line("comment", (spell_time(event.at), "where"), (event.actor, "strong"), words, pick=event.record_id)


def disputes() -> list[dict[str, Any]]:
    """The figures on which I and somebody else differ, in words."""
    lines = []
    for record in store().queue(Filter(states=(State.DISPUTED,)), limit=200):
        if any(vote["by"] == actor() for vote in record.votes):
            told = "; ".join(f"{vote['by']}: {spell_vote(vote)}" for vote in record.votes)
            state = (name_of("state", record.state.value), "chip disputed")
            lines.append(line("finding warn", *figure_of(record.id), state, told, pick=record.id))
    return lines[:SHOWN]
