"""Chất lượng: how good the machine is by what people decided, report by report and field by field, and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from extractor.archive.queries import LISTED
from extractor.archive.review.quality import Effort, Quality, Share
from extractor.archive.row_types import Role, State
from extractor.statistics.charts import COLOURS, CONFIG, HEIGHT, RULE
from extractor.ui.filter_bar import item_label
from extractor.ui.messages import name_of, spell_decimal, spell_percent, t
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
    names = ("fields", "reports", "curve", "people")
    by_field, by_report, by_order, by_person = st.tabs([t(f"quality.{name}") for name in names])
    with by_field:
        show_fields(whole)
    with by_report:
        if len(labels) == LISTED:
            st.caption(t("quality.newest", count=LISTED))
        show_table([report_row(item_label(label), store().quality(id_)) for id_, label in labels.items()], counts=True)
    with by_order:
        show_curve({id_: item_label(label) for id_, label in labels.items()})
    with by_person:
        show_people()


def show_share(label: str, share: Share, help_text: str) -> None:
    """A share as a number, with its interval below."""
    value, low, high = map(spell_percent, (share.value, *share.interval))
    spread = t("quality.interval", low=low, high=high, total=share.total) if share.total else None
    st.metric(label, value, spread, delta_color="off", delta_arrow="off", help=help_text, border=True)


def show_fields(quality: Quality) -> None:
    """How often each field was right."""
    rows = []
    for name in FIELDS:
        share = quality.fields.get(name, Share(0, 0))
        low, high = share.interval
        rows.append(
            {
                t("quality.field"): t(f"field.{name}"),
                t("quality.right"): spell_percent(share.value),
                t("quality.between"): f"{spell_percent(low)} – {spell_percent(high)}" if share.total else "–",
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
        t("quality.real"): spell_percent(quality.real.value),
        t("quality.found"): spell_percent(quality.found.value),
        t("quality.untouched"): spell_percent(quality.untouched.value),
        t("state.corrected"): str(quality.states.get(State.CORRECTED, 0)),
        t("state.rejected"): str(quality.states.get(State.REJECTED, 0)),
        t("state.added"): str(quality.states.get(State.ADDED, 0)),
        t("quality.left"): str(waiting),
    }


def show_curve(labels: Mapping[int, str]) -> None:
    """How much each report had to be corrected, in the order of import, and from where on what was learned has read."""
    efforts = store().efforts()
    if not efforts:
        st.caption(t("quality.no_rows"))
        return
    st.caption(t("quality.curve_how"))
    rows = [effort_row(place, labels.get(one.item_id, str(one.item_id)), one) for place, one in enumerate(efforts, 1)]
    before = (0, *(one.layer for one in efforts))
    turns = [row for row, old, one in zip(rows, before, efforts, strict=False) if one.layer != old]
    st.vega_lite_chart(curve_chart(rows, turns), theme=None)
    months = [effort_row(month_name(one.month), month_name(one.month), one) for one in store().efforts_by_month()]
    st.vega_lite_chart(curve_chart(months, (), t("quality.curve_months")), theme=None)


def month_name(month: str) -> str:
    """A month as it is called here: ``12/2026`` of ``2026-12``."""
    year, _, number = month.partition("-")
    return f"{number}/{year}"


def effort_row(place: int | str, label: str, effort: Effort) -> dict[str, Any]:
    """One report, or one month, as a point of the curve."""
    return {
        "place": place,
        "report": label,
        "rate": effort.per_hundred,
        "shown": spell_decimal(effort.per_hundred),
        "of": t("quality.curve_of", corrections=effort.corrections, judged=effort.judged),
        "version": t("quality.curve_version", version=effort.layer),
    }


def curve_chart(
    rows: Sequence[Mapping[str, Any]], turns: Sequence[Mapping[str, Any]], title: str | None = None
) -> dict[str, Any]:
    """The curve as a Vega-Lite description: a line over reports, and a rule with its name where a version begins.

    ``title`` says what else than reports stands side by side, in the order of the rows.
    """
    title = title or t("quality.curve_reports")
    place = {"field": "place", "type": "ordinal", "title": title, "sort": None, "axis": {"labelAngle": 0}}
    rate = {"field": "rate", "type": "quantitative", "title": t("quality.curve_rate"), "scale": {"zero": True}}
    names = {"report": t("filter.report"), "shown": t("quality.curve_rate"), "of": t("quality.judged")}
    tooltip = [
        {"field": field, "type": "nominal", "title": title}
        for field, title in (names | {"version": t("quality.version")}).items()
    ]
    line = {"type": "line", "strokeWidth": 2, "color": COLOURS[0], "point": {"size": 70, "color": COLOURS[0]}}
    name = {"type": "text", "align": "left", "dx": 4, "y": 8, "color": COLOURS[1]}
    return {
        "width": "container",
        "height": HEIGHT,
        "background": "white",
        "description": t("quality.curve_how"),
        "config": CONFIG,
        "data": {"values": [*rows]},
        "layer": [
            {"mark": line, "encoding": {"x": place, "y": rate, "tooltip": tooltip}},
            {"data": {"values": [*turns]}, "mark": RULE, "encoding": {"x": place}},
            {"data": {"values": [*turns]}, "mark": name, "encoding": {"x": place, "text": {"field": "version"}}},
        ],
    }


def show_people() -> None:
    """Who did what, and how far two judges agree."""
    found = store().agreement()
    if found.pairs:
        kappa = "–" if found.kappa is None else spell_decimal(found.kappa, 2)
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


def show_table(
    rows: list[dict[str, Any]], *, counts: bool = False, height: Literal["auto", "stretch"] = "auto"
) -> None:
    """Texts in rows, ``counts`` behind the first column to the right; a line instead where there are none."""
    import pandas

    if rows:
        right = st.column_config.TextColumn(alignment="right")
        config = dict.fromkeys([*rows[0]][1:], right) if counts else None
        st.dataframe(pandas.DataFrame(rows), hide_index=True, column_config=config, height=height)
    else:
        st.caption(t("quality.no_rows"))
