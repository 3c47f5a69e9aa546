"""The bar above a list: how far the work has come, and which records are shown; all of it in the address."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from extractor.archive.row_types import Filter, Label, Role
from extractor.domain.errors import StoreError
from extractor.domain.period import spell_period
from extractor.ui.components import show_meant, show_search
from extractor.ui.input_parsing import report_name
from extractor.ui.messages import language, name_of, t
from extractor.ui.navigation import link
from extractor.ui.session import GROUPS, ORDERS, actor, may, prefer, preference, put, store

MODES = ("sentence", "card")
"""Figures of a sentence side by side, or one card each; the first where nobody has chosen."""

ONE = "one"
"""In the address as ``mode``: this figure on its card, the next ones as before."""

AT_A_GLANCE = 8  # reports: as many as a drop-down shows at once; among more of them people search
LASTING = ("mode", "order")  # choices that a person finds again on another day
LONGEST_NAME = 60  # of a filter that is kept
PARAMETERS = ("report", "find", "section", "indicator", "doubt", "by", "state", "q", "remark")


def show_bar(wanted: Filter) -> None:
    """Report, progress and filters in one line."""
    progress = store().progress(wanted.item)
    report, bar, menu = st.columns([2.6, 1.2, 0.7], gap="medium", vertical_alignment="center")
    with report:
        show_report_choice(wanted.item)
    with bar:
        share = progress.reviewed / progress.total if progress.total else 0.0
        st.progress(
            share,
            text=t("bar.progress", reviewed=progress.reviewed, total=progress.total, left=progress.left),
        )
    with menu:
        show_menu_button(wanted)


def show_empty() -> None:
    """A store without figures: how to bring reports in."""
    st.subheader(t("empty.title"))
    st.write(t("empty.sample"))
    if may(Role.ARCHIVIST):
        link("importing", t("empty.import"))
    st.write(t("empty.how"))
    st.code(t("empty.command"), language=None)


def show_nothing(wanted: Filter, why: str = "none", **counts: int) -> None:
    """Why no figure is here (``none``: none fits the filter; ``done``: none is left), and what a search may mean."""
    if show_gone(wanted.item):
        return
    if store().progress().total == 0:
        show_empty()
        return
    st.subheader(t(f"{why}.title"))
    st.write(t(f"{why}.how", **counts))
    if st.button(t("none.all"), type="primary"):
        clear()
        st.rerun()
    show_meant(store().meant_figure(wanted.words) if wanted.words else None)


def show_gone(item_id: int | None) -> bool:
    """That a report is put aside or merged into another, and the way to where it is taken back; whether it is."""
    gone = store().item(item_id).gone if item_id is not None and label_of(item_id) is not None else None
    if gone is not None:
        with st.container(key="gone", horizontal=True, vertical_alignment="center", gap="small"):
            st.write(t(f"gone.{gone}"))
            link("shelf", t("gone.to_shelf"), state="trash", chosen=item_id)
    return gone is not None


def show_menu_button(wanted: Filter) -> None:
    """The filters behind one button; they are only counted and drawn once it is open."""
    menu = st.popover(_menu_label(wanted), icon=":material/filter_list:", key="filters", on_change="rerun", width=150)
    if menu.open:
        with menu, st.container(key="filter-menu"):
            show_menu(wanted)


def mode_asked() -> str:
    """Whether a sentence's figures stand side by side, or each on its card."""
    return "card" if is_single() else preference("mode", MODES)


def is_single() -> bool:
    """Whether this one figure is asked for on its card, and the next ones as before."""
    return st.query_params.get("mode") == ONE


def views() -> dict[str, Any]:
    """The page as printed, or the text as read: what the viewer offers to choose from."""
    current = "text" if st.query_params.get("view") == "text" else "page"
    return {"current": current, "names": {"page": t("viewer.page"), "text": t("viewer.text")}, "of": t("viewer.view")}


def show_report_choice(current: int | None, *, with_all: bool = True) -> None:
    """Which report, or all of them; beside it a field to search in, where they are not seen at a glance.

    The drop-down's own search wants every accent and the words in their order; the store's does not.
    """
    words = st.query_params.get("find")
    labels = _spelled(store().address, store().edition(), language(), words)
    chosen = None if current is None else label_of(current)
    if current is not None and chosen is not None and current not in labels:
        labels = {current: item_label(chosen), **labels}
    every = t("filter.all_reports")
    with st.container(horizontal=True, gap="small"):
        _choice(
            "report",
            [None, *labels] if with_all else [*labels],
            current if chosen is not None else None,
            spell=lambda item_id: labels[item_id] if item_id else every,
            label="",
        )
        if words or len(store().labels()) > AT_A_GLANCE:
            show_search("find", words, look_for, width=190)
    if words:
        st.caption(t("filter.found", count=len(store().labels(words))))


def label_of(item_id: int) -> Label | None:
    """What names a report, None where an address speaks of one that is not there."""
    try:
        return store().label(item_id)
    except StoreError:
        return None


def look_for(typed: str) -> None:
    """Looks for a report; where only one is found, it is opened."""
    put("find", typed)
    found = list(store().labels(typed)) if typed else []
    if len(found) == 1:
        _set("report", found[0])


@lru_cache(maxsize=8)
def _spelled(_: str, __: tuple[int, int], ___: str, words: str | None) -> dict[int, str]:
    return {item_id: item_label(label) for item_id, label in store().labels(words).items()}


def item_label(label: Label) -> str:
    """A report in a few words: as it is called, area, period."""
    parts = [report_name(label), label.area, spell_period(label.period, language())]
    return " · ".join(part for part in parts if part)


def _menu_label(wanted: Filter) -> str:
    count = (
        sum(
            value is not None
            for value in (wanted.section, wanted.indicator, wanted.doubt, wanted.reviewer, wanted.words)
        )
        + wanted.remarked
        + (wanted.states != GROUPS["open"])
    )
    return t("filter.menu_with", count=count) if count else t("filter.menu")


def show_menu(wanted: Filter) -> None:
    """All filters, each one an on-change that rewrites the address."""
    groups = {states: name for name, states in GROUPS.items()}
    titles = {}
    if wanted.item is not None:
        titles = {s["path"]: s["title"] for s in store().reading_of(wanted.item).sections}
    left, right = st.columns(2, gap="medium")
    with left:
        current = groups.get(wanted.states, "open")
        _choice("state", list(GROUPS), current, spell=lambda g: name_of("group", g), default="open")
        _choice(
            "section",
            [None, *(titles or store().choices("section"))],
            wanted.section,
            spell=lambda path: f"{path} {titles.get(path, '')}".strip() if path else t("filter.any"),
        )
        _choice(
            "doubt",
            [None, *store().doubt_codes(wanted.item)],
            wanted.doubt,
            spell=lambda code: name_of("doubt", code) if code else t("filter.any"),
        )
        _choice("by", [None, *store().judges()], wanted.reviewer, spell=lambda who: who or t("filter.anybody"))
    with right:
        _choice("mode", list(MODES), mode_asked(), spell=lambda m: name_of("mode", m))
        _choice("order", list(ORDERS), wanted.order, spell=lambda o: name_of("order", o))
        _choice(
            "indicator",
            [None, *store().choices("indicator", wanted.item)],
            wanted.indicator,
            spell=lambda name: name or t("filter.any"),
        )
        key = f"filter:q:{wanted.words}"
        st.text_input(t("filter.q"), wanted.words or "", key=key, on_change=lambda: _set("q", st.session_state[key]))
    st.toggle(
        t("filter.remarked"),
        wanted.remarked,
        key=f"filter:remark:{wanted.remarked}",
        on_change=lambda: _set("remark", None if wanted.remarked else 1),
    )
    show_saved()
    st.button(
        t("filter.clear"),
        on_click=clear,
        width="stretch",
        disabled=wanted == Filter(states=GROUPS["open"], order=wanted.order),
    )


def show_saved() -> None:
    """The filters that a person keeps: one press sets one, one keeps the present one under a name."""
    kept = saved_filters()
    name, save, drop = st.columns([2.2, 1, 1], gap="small", vertical_alignment="bottom")
    with name:
        st.selectbox(
            t("filter.saved"),
            list(kept),
            index=None,
            key=f"saved:{','.join(kept)}",
            accept_new_options=True,
            placeholder=t("filter.saved_how"),
            on_change=_use_saved,
            args=(f"saved:{','.join(kept)}",),
        )
    typed = st.session_state.get(f"saved:{','.join(kept)}")
    with save:
        st.button(
            t("filter.save"),
            key="save-filter",
            disabled=not typed,
            on_click=keep_filter,
            args=(typed,),
            width="stretch",
        )
    with drop:
        st.button(
            t("filter.forget"),
            key="drop-filter",
            disabled=typed not in kept,
            on_click=forget_filter,
            args=(typed,),
            width="stretch",
        )


def saved_filters() -> dict[str, dict[str, str]]:
    """Name → the parts of the address that a filter sets, of the person at the screen."""
    kept = store().settings(actor()).get("filters")
    return kept if isinstance(kept, dict) else {}


def _use_saved(key: str) -> None:
    chosen = saved_filters().get(str(st.session_state.get(key)))
    if chosen is not None:
        for name in (*PARAMETERS, "order"):
            put(name, chosen.get(name))
        put("id", None)


def keep_filter(name: str) -> None:
    """Keeps the filter and the order of the address under a name."""
    now = {part: st.query_params[part] for part in (*PARAMETERS, "order") if part in st.query_params}
    store().choose(actor(), "filters", {**saved_filters(), name.strip()[:LONGEST_NAME]: now})


def forget_filter(name: str) -> None:
    """Keeps a filter no longer."""
    store().choose(actor(), "filters", {other: said for other, said in saved_filters().items() if other != name})


def clear() -> None:
    """Back to all that waits, in the order that the person likes."""
    for name in (*PARAMETERS, "id"):
        put(name, None)


def _choice(
    name: str,
    options: list[Any],
    current: Any,
    *,
    spell: Callable[[Any], str],
    label: str | None = None,
    default: str | None = None,
) -> None:
    if current not in options:
        options = [*options, current]
    key = f"filter:{name}:{current}"

    def changed() -> None:
        picked = st.session_state[key]
        if name in LASTING:
            prefer(name, picked)
        _set(name, None if picked == default else picked)

    st.selectbox(
        t(f"filter.{name}") if label is None else label or t(f"filter.{name}"),
        options,
        index=options.index(current),
        format_func=spell,
        key=key,
        on_change=changed,
        label_visibility="collapsed" if label == "" else "visible",
    )


def _set(name: str, value: str | int | None) -> None:
    put(name, value)
    put("id", None)
    if name == "report":
        put("section", None)
        put("find", None)
