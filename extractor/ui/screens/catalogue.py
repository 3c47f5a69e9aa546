"""Danh mục: the indicators, their spellings, and what the machine proposes; a person's yes makes an alias of it.

The catalogue itself lives in ``models/`` and is not written here: a confirmed spelling is kept in the journal, holds
for all figures of that name at once, and is what ``solieu learn`` later offers as a row.
"""

from __future__ import annotations

from functools import cache

import streamlit as st

from extractor.archive.review.aliases import YES, Proposal
from extractor.archive.row_types import Role
from extractor.domain.folding import fold
from extractor.statistics.catalogue import aliases, indicators
from extractor.ui.components import line, show_flashes, show_notes
from extractor.ui.messages import language, name_of, t
from extractor.ui.record_form import catalogue_names
from extractor.ui.record_notes import spell_day
from extractor.ui.screens import lessons
from extractor.ui.screens.quality import show_table
from extractor.ui.session import actor, flash, may, refusal_told, store, token

MOST = 30  # proposals on one screen


def show() -> None:
    """The whole screen."""
    show_flashes()
    proposals, entries, learned, taught = st.tabs(
        [
            t("catalogue.proposals", count=len(store().proposals())),
            t("catalogue.entries"),
            t("catalogue.learned"),
            t("catalogue.lessons"),
        ],
        key="catalogue-tabs",
        on_change="rerun",
    )
    drawn = ((proposals, show_proposals), (entries, show_entries), (learned, show_answers), (taught, lessons.show))
    for tab, draw in drawn:
        if tab.open:  # the others cost their time when they are looked at
            with tab:
                draw()


def show_answers() -> None:
    """Every yes and no, newest first."""
    names = catalogue_names(language())
    show_table(
        [
            {
                t("catalogue.spelling"): str(e.patch["alias"]),
                t("catalogue.answer"): t("catalogue.yes" if e.kind == YES else "catalogue.no"),
                t("field.indicator_id"): names.get(str(e.patch["indicator"]), str(e.patch["indicator"])),
                t("catalogue.by"): e.actor,
                t("catalogue.on"): spell_day(e.at),
            }
            for e in store().answers()
        ]
    )


def show_proposals() -> None:
    """Names that may be an entry's, what people's corrections offer first; each waits for a yes or a no."""
    proposed = store().proposals()
    if not proposed:
        st.caption(t("catalogue.no_proposals"))
        return
    st.caption(t("catalogue.how"))
    names = catalogue_names(language())
    closed = not may(Role.ARCHIVIST)
    for n, one in enumerate(proposed[:MOST]):
        known = names.get(one.entry, one.entry)
        reason = t("catalogue.offered", who=one.by) if one.by else t("catalogue.score", score=f"{one.score or 0:.0f}")
        words, yes, no, _ = st.columns([2.6, 0.9, 0.9, 1], gap="small", vertical_alignment="center")
        with words:
            show_notes(
                [
                    line("", (one.spelling, "strong"), "→", (known, "strong")),
                    line("where", t("catalogue.count", count=one.count), reason),
                ],
                key=f"proposal:{one.spelling}:{one.entry}",
            )
        for place, answer in ((yes, "yes"), (no, "no")):
            place.button(
                t(f"catalogue.{answer}"),
                key=f"{answer}:{n}:{one.spelling}:{one.entry}",
                on_click=_answer,
                args=(answer, one),
                disabled=closed,
                width="stretch",
            )


def _answer(answer: str, one: Proposal) -> None:
    request = f"{token()}:{answer}:{one.spelling}:{one.entry}:{one.count}"
    settle = store().confirm_alias if answer == "yes" else store().refuse_alias
    with refusal_told():
        count = settle(one.spelling, one.entry, actor=actor(), client_id=request)
        flash("", t(f"catalogue.said_{answer}", spelling=one.spelling, count=count))


@cache
def _spellings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for alias in aliases():
        found.setdefault(alias.indicator, []).append(alias.text)
    return found


def show_entries() -> None:
    """The whole catalogue, with a search over names and spellings."""
    asked = fold(st.text_input(t("catalogue.search"), key="catalogue-search"))
    rows = []
    for code, entry in indicators().items():
        spellings = ", ".join(dict.fromkeys(_spellings().get(code, [])))  # one may be told in several scopes
        if asked and asked not in fold(f"{entry.name_vi} {entry.name_en} {spellings} {code}"):
            continue
        parent = indicators().get(entry.parent) if entry.parent else None
        rows.append(
            {
                t("field.indicator"): entry.name(language()) or entry.name_vi,
                t("field.unit"): entry.unit,
                t("catalogue.nature"): name_of("nature", entry.nature),
                t("field.parent"): parent.name(language()) if parent else "",
                t("catalogue.codes"): ", ".join(entry.codes),
                t("catalogue.spellings"): spellings,
            }
        )
    with st.container(key="entries"):  # as high as the screen leaves it: see frame.css
        show_table(rows, height="stretch")
