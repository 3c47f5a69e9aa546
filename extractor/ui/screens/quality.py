"""Chất lượng: how good the machine is by what people decided, report by report and field by field, and what is left."""

from __future__ import annotations

from typing import Any

import streamlit as st

from extractor.archive.queries import LISTED
from extractor.archive.review.quality import Quality, Share
from extractor.archive.row_types import Role, State
from extractor.ui.filter_bar import item_label
from extractor.ui.messages import language, name_of, t
from extractor.ui.session import actor, may, store

FIELDS = ("indicator", "value", "unit", "period", "status", "comparisons", "indicator_id", "qualifier", "kind", "area")
ACTS = ("accept", "bulk", "correct", "reject", "skip", "add", "undo", "comment")


def show() -> None:
    """The whole screen."""
    labels = store().labels()
    progress = store().progress()
    whole = store().quality()
    left, middle, right, rest = st.columns(4, gap="medium")
    with left:
        show_share(t("quality.real"), whole.real, t("quality.real_help"))
    with middle:
        show_share(t("quality.found"), whole.found, t("quality.found_help"))
    with right:
        show_share(t("quality.untouched"), whole.untouched, t("quality.untouched_help"))
    with rest:
        whole_count = t("quality.of", total=progress.total)
        st.metric(
            t("quality.left"),
            t("quality.count", count=progress.left),
            whole_count,
            delta_color="off",
            delta_arrow="off",
            help=t("quality.left_help", total=progress.total),
            border=True,
        )
    if whole.unread:
        st.caption(t("quality.unread", count=whole.unread))
    if not progress.reviewed:
        st.info(t("quality.nothing"))
    by_field, by_report, by_person = st.tabs([t("quality.fields"), t("quality.reports"), t("quality.people")])
    with by_field:
        show_fields(whole)
    with by_report:
        if len(labels) == LISTED:
            st.caption(t("quality.newest", count=LISTED))
        show_table(
            [report_row(item_label(id_, label), store().quality(id_)) for id_, label in labels.items()], counts=True
        )
    with by_person:
        show_people()


def show_share(label: str, share: Share, help_text: str) -> None:
    """A share as a number, with its interval below."""
    low, high = share.interval
    spread = t("quality.interval", low=percent(low), high=percent(high), total=share.total) if share.total else "–"
    st.metric(label, percent(share.value), spread, delta_color="off", delta_arrow="off", help=help_text, border=True)


def percent(share: float | None) -> str:
    """A share as people write it: ``97,4 %``, in English ``97.4 %``."""
    if share is None:
        return "–"
    return f"{share * 100:.1f} %" if language() == "en" else f"{share * 100:.1f} %".replace(".", ",")


def show_fields(quality: Quality) -> None:
    """How often each field was right."""
    rows = []
    for name in FIELDS:
        share = quality.fields.get(name, Share(0, 0))
        low, high = share.interval
        rows.append(
            {
                t("quality.field"): t(f"field.{name}"),
                t("quality.right"): percent(share.value),
                t("quality.between"): f"{percent(low)} – {percent(high)}" if share.total else "–",
                t("quality.wrong"): str(share.total - share.right),
                t("quality.judged"): str(share.total),
            }
        )
    show_table(rows, counts=True)


def report_row(label: str, quality: Quality) -> dict[str, str]:
    """One report as a row."""
    waiting = sum(quality.states.get(s, 0) for s in (State.EXTRACTED, State.VOTED, State.DISPUTED, State.SKIPPED))
    return {
        t("filter.report"): label,
        t("quality.real"): percent(quality.real.value),
        t("quality.found"): percent(quality.found.value),
        t("quality.untouched"): percent(quality.untouched.value),
        t("state.corrected"): str(quality.states.get(State.CORRECTED, 0)),
        t("state.rejected"): str(quality.states.get(State.REJECTED, 0)),
        t("state.added"): str(quality.states.get(State.ADDED, 0)),
        t("quality.left"): str(waiting),
    }


def show_people() -> None:
    """Who did what, and how far two judges agree."""
    found = store().agreement()
    if found.pairs:
        kappa = "–" if found.kappa is None else f"{found.kappa:.2f}".replace(".", ",")
        st.caption(t("quality.agreement", pairs=found.pairs, same=found.same, kappa=kappa))
    rows = [
        {t("quality.person"): person, **{t(f"quality.act_{act}"): str(acts.get(act, 0)) for act in ACTS}}
        for person, acts in sorted(store().workload().items())
    ]
    show_table(rows, counts=True)
    if may(Role.ADMIN):
        show_roles()


def show_roles() -> None:
    """Who has which role, and a form that gives one or takes it."""
    st.markdown(f"##### {t('people.title')}")
    show_table(
        [{t("quality.person"): p, t("people.role"): name_of("role", r.value)} for p, r in store().people().items()]
    )
    with st.form("admit", clear_on_submit=True):
        name, role, save = st.columns([2, 1.4, 1], vertical_alignment="bottom")
        typed = name.text_input(t("people.name"))
        chosen = role.selectbox(
            t("people.role"), [*[r.value for r in Role], None], index=1, format_func=lambda code: name_of("role", code)
        )
        if save.form_submit_button(t("people.admit"), width="stretch") and typed.strip():
            if chosen is None:
                store().dismiss(typed.strip(), by=actor())
            else:
                store().admit(typed.strip(), Role(chosen), by=actor())
            st.rerun()


def show_table(rows: list[dict[str, Any]], *, counts: bool = False) -> None:
    """Texts in rows, ``counts`` behind the first column to the right; a line instead where there are none."""
    import pandas

    if rows:
        right = st.column_config.TextColumn(alignment="right")
        config = dict.fromkeys([*rows[0]][1:], right) if counts else None
        st.dataframe(pandas.DataFrame(rows), hide_index=True, column_config=config)
    else:
        st.caption(t("quality.no_rows"))
