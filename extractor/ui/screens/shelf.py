"""Kho: every report with its files, pages and how far its review has come, and what is done with whole reports.

What is shown, sorted and chosen stands in the address. Nothing is deleted here: the trash gives everything back, and a
merge is taken apart again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from extractor.archive.intake.shelf_acts import MERGED
from extractor.archive.row_types import Item, Role
from extractor.archive.shelf_list import ORDERS, STATES, Row, Wanted
from extractor.domain.period import spell_period
from extractor.pipeline import extract
from extractor.ui import navigation
from extractor.ui.components import show_flashes, show_meant, show_search, show_shelf
from extractor.ui.filter_bar import item_label, show_empty
from extractor.ui.input_parsing import report_name
from extractor.ui.messages import language, name_of, plain, t
from extractor.ui.record_notes import spell_day
from extractor.ui.screens.description import show_leading
from extractor.ui.session import actor, flash, may, number, put, refusal_told, store, token

PAGE = 100  # reports: a screen that is read, and a table that the browser draws at once

COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", "short"),
    ("place", ""),
    ("date", "number"),
    ("period", "short"),
    ("area", "short"),
    ("files", "number"),
    ("pages", "number"),
    ("reviewed", "number share"),
    ("left", "number"),
    ("conflicts", "number"),
    ("received", "number"),
)
"""What the table shows, each with its look."""


def show() -> None:
    """The whole screen."""
    wanted, page = wanted_rows(), max(number("page") or 1, 1)
    search, state, pager = st.columns([1.6, 1, 1.4], gap="medium", vertical_alignment="center")
    with search:
        show_search("shelf-q", wanted.words, look_for)
    with state:
        show_state(wanted.state)
    total = store().count_shelf(wanted)
    page = min(page, (max(total, 1) - 1) // PAGE + 1)
    with pager:
        show_pages(page, total)
    show_flashes()
    rows = store().shelf(wanted, limit=PAGE, offset=(page - 1) * PAGE)
    chosen = [row for row in rows if row.id in chosen_ids()]
    if rows:
        show_rows(rows, chosen, wanted)
        show_acts(chosen, wanted)
    elif wanted == Wanted(state="trash"):
        st.subheader(t("shelf.no_trash"))
        st.write(t("shelf.no_trash_how"))
    elif wanted == Wanted():
        show_empty()
    else:
        st.subheader(t("shelf.none"))
        st.write(t("shelf.none_how"))
        show_meant(store().meant_report(wanted.words) if wanted.words else None)
    if len(chosen) == 1:
        show_copies(store().item(chosen[0].id))


def wanted_rows() -> Wanted:
    """The reports that the address asks for."""
    asked = st.query_params
    state, order = asked.get("state", STATES[0]), asked.get("sort", ORDERS[0])
    return Wanted(
        words=asked.get("q"),
        state=state if state in STATES else STATES[0],
        order=order if order in ORDERS else ORDERS[0],
        descending=asked.get("down", "1") == "1",
    )


def chosen_ids() -> list[int]:
    """The reports that are ticked."""
    parts = st.query_params.get("chosen", "").split(".")
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 10]


def choose(ids: Sequence[int]) -> None:
    """Ticks these reports and no other."""
    put("chosen", ".".join(str(one) for one in ids))


def look_for(typed: str) -> None:
    """Shows the reports of which these words are said."""
    put("q", typed)
    put("page", None)


def show_state(state: str) -> None:
    """Which reports, by how far their review has come."""
    key = f"shelf-state:{state}"

    def change() -> None:
        put("state", None if st.session_state[key] == STATES[0] else st.session_state[key])
        put("page", None)
        choose([])

    st.selectbox(
        t("shelf.state"),
        STATES,
        index=STATES.index(state),
        format_func=lambda code: t(f"shelf.state_{code}"),
        key=key,
        on_change=change,
        label_visibility="collapsed",
    )


def show_pages(page: int, total: int) -> None:
    """How many reports there are, and the way to those of another page."""
    pages = (max(total, 1) - 1) // PAGE + 1

    def turn(sign: str, to: int, words: str) -> None:
        if pages > 1:
            st.button(
                sign, key=f"page:{sign}", disabled=not 1 <= to <= pages, help=words, on_click=put, args=("page", to)
            )

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        turn("←", page - 1, t("viewer.back"))
        st.caption(t("shelf.page", page=page, pages=pages, total=total))
        turn("→", page + 1, t("viewer.on"))
        if may(Role.ARCHIVIST):
            navigation.link("importing", t("empty.import"))


def show_rows(rows: Sequence[Row], chosen: Sequence[Row], wanted: Wanted) -> None:
    """The table."""
    data = {
        "columns": [{"name": name, "label": t(f"shelf.{name}"), "look": look} for name, look in COLUMNS],
        "rows": [row_of(row) for row in rows],
        "chosen": [row.id for row in chosen],
        "order": {"name": wanted.order, "descending": wanted.descending},
        "words": {name: t(f"shelf.{name}") for name in ("caption", "every", "choose", "open")},
    }
    opened = show_shelf(data, on_sort=_sort, on_choose=_choose).get("opened")
    if isinstance(opened, int):
        navigation.go("report" if wanted.state == "trash" else "review", report=opened)


def called(row: Row) -> str:
    """What a report is called; that it was merged into another is said with it."""
    name = report_name(row)
    return t("shelf.was_merged", name=name) if row.gone == MERGED else name


def row_of(row: Row) -> dict[str, Any]:
    """A report as a line of the table; what its figures stood at comes back with it from where it was put aside."""
    name = called(row)
    spelled = {
        "files": str(row.files or "–"),
        "left": str(row.left) if row.total else "–",
        "pages": str(row.pages or "–"),
        "conflicts": str(row.conflicts or "–"),
        "number": name,
        "place": row.place or row.issuer or "–",
        "date": spell_day(row.date) or "–",
        "period": spell_period(row.period, language()) or "–",
        "area": row.area or "–",
        "reviewed": f"{row.reviewed}/{row.total}" if row.total else "–",
        "received": spell_day(row.received),
    }
    share = row.reviewed / row.total if row.total else 0.0
    return {"id": row.id, "name": name, "cells": [spelled[column] for column, _ in COLUMNS], "share": share}


def _sort() -> None:
    column = st.session_state["shelf"].get("sorted")
    if column in ORDERS:
        now = wanted_rows()
        put("down", "0" if column == now.order and now.descending else None)
        put("sort", column)
        put("page", None)


def _choose() -> None:
    ids = st.session_state["shelf"].get("chosen")
    if isinstance(ids, list):
        choose([one for one in ids if isinstance(one, int)])


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done with every chosen report."""

    name: str
    icon: str
    do: Callable[[Row], None]


def _request(row: Row, act: str) -> str:
    return f"{token()}:{act}:{row.id}:{row.version}"


def _put_aside(row: Row) -> None:
    store().put_aside(row.id, actor=actor(), client_id=_request(row, "trash"))


def _take_back(row: Row) -> None:
    store().take_back(row.id, actor=actor(), client_id=_request(row, "restore"))


def _ask(wanted: int) -> Callable[[Row], None]:
    return lambda row: store().ask_for_votes(row.id, wanted, actor=actor(), client_id=_request(row, f"judges{wanted}"))


ON_SHELF = (
    Act("two_judges", ":material/group:", _ask(2)),
    Act("one_judge", ":material/person:", _ask(1)),
    Act("trash", ":material/delete:", _put_aside),
)
IN_TRASH = (Act("take_back", ":material/restore_from_trash:", _take_back),)


def show_acts(chosen: Sequence[Row], wanted: Wanted) -> None:
    """What can be done with the chosen reports."""
    closed = not chosen or not may(Role.ARCHIVIST)
    with st.container(horizontal=True, gap="small"):
        if wanted.state != "trash":
            for screen in ("review", "report", "table"):
                pressed = st.button(t(f"shelf.to_{screen}"), key=f"to-{screen}", disabled=len(chosen) != 1)
                if pressed:
                    navigation.go(screen, report=chosen[0].id)
            show_merge(chosen, closed=closed or len(chosen) < 2)
        for act in IN_TRASH if wanted.state == "trash" else ON_SHELF:
            label = t(f"shelf.do_{act.name}", count=len(chosen))
            st.button(label, key=f"do-{act.name}", icon=act.icon, disabled=closed, on_click=do_all, args=(act, chosen))


def do_all(act: Act, chosen: Sequence[Row]) -> None:
    """One act on each report; one that refuses is named, and the others are done."""
    done = 0
    for row in chosen:
        with refusal_told(row.number or row.id):
            act.do(row)
            done += 1
    if done:
        flash("", t(f"shelf.done_{act.name}", count=done))
    choose([])


def show_merge(chosen: Sequence[Row], *, closed: bool) -> None:
    """Makes one report of several: which of them the others join."""
    if closed:
        st.button(t("shelf.merge"), key="merge-closed", icon=":material/merge:", disabled=True)
        return
    names = {row.id: item_label(store().label(row.id)) for row in chosen}
    done = [t("bar.progress", reviewed=row.reviewed, total=row.total, left=row.left) for row in chosen]
    with st.popover(t("shelf.merge"), icon=":material/merge:"):
        st.caption(t("shelf.merge_how"))
        st.radio(
            t("shelf.merge_into"),
            list(names),
            format_func=lambda one: plain(names[one]),
            captions=done,
            key="merge-into",
        )
        st.button(t("shelf.merge_now"), type="primary", on_click=merge_all, args=(chosen,), key="merge-now")


def merge_all(chosen: Sequence[Row]) -> None:
    """Every other chosen report becomes a copy of the one that was picked."""
    into = int(st.session_state["merge-into"])
    files = carried = left = 0
    for row in chosen:
        if row.id == into:
            continue
        with refusal_told(row.number or row.id):
            told = store().merge(row.id, into, actor=actor(), client_id=f"{_request(row, 'merge')}:{into}")
            files, carried, left = files + told.files, carried + told.carried, left + told.left
    if files:
        flash("warn" if left else "", t("shelf.merged", files=files, carried=carried, left=left))
    choose([into])


def show_copies(item: Item) -> None:
    """The files of a report that came in several: which one leads, and each can be made a report of its own."""
    if len(item.files) < 2 or item.gone:
        return
    with st.expander(t("shelf.copies", count=len(item.files))):
        show_leading(item)
        for file in item.files:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                pages = t("shelf.of_pages", count=file.pages) if file.pages else file.format
                told = " · ".join((file.name, pages, name_of("result", file.result)))
                st.text(told)
                st.button(
                    t("shelf.split"),
                    key=f"split:{item.id}:{item.version}:{file.sha256}",
                    icon=":material/call_split:",
                    help=t("shelf.split_help"),
                    disabled=not may(Role.ARCHIVIST),
                    on_click=split,
                    args=(item, file.sha256),
                )


def split(item: Item, sha256: str) -> None:
    """One copy out of a report: it is read once more, since a report of its own has a front of its own."""
    file = next(one for one in item.files if one.sha256 == sha256)
    with refusal_told():
        made = store().split(
            item.id,
            extract(store().original(sha256), name=file.name, layer=store().layer()),
            actor=actor(),
            client_id=f"{token()}:split:{item.id}:{item.version}:{sha256}",
            name=file.name,
        )
        flash("", t("shelf.split_done", name=file.name))
        choose([item.id, made])
