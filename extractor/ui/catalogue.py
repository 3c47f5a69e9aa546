"""Danh mục: the indicators, their spellings, and what the machine proposes; a person's yes makes an alias of it.

The catalogue itself lives in ``models/`` and is not written here: a confirmed spelling is kept in the journal, holds
for all figures of that name at once, and is what ``solieu learn`` later offers as a row.
"""

from __future__ import annotations

from functools import cache

import streamlit as st

from extractor.archive.entries import Role
from extractor.errors import SolieuError
from extractor.folding import fold
from extractor.statistics.catalogue import aliases, indicators
from extractor.ui.card import catalogue_names
from extractor.ui.components import line, show_flashes, show_notes
from extractor.ui.quality import show_table
from extractor.ui.session import actor, flash, may, store, token
from extractor.ui.wording import language, name_of, t

MOST = 30  # proposals on one screen


def show() -> None:
    """The whole screen."""
    show_flashes()
    proposed = store().proposals()
    proposals, entries, learned = st.tabs(
        [t("catalogue.proposals", count=len(proposed)), t("catalogue.entries"), t("catalogue.learned")]
    )
    with proposals:
        show_proposals(proposed)
    with entries:
        show_entries()
    with learned:
        rows = [
            {
                t("catalogue.spelling"): str(e.patch["alias"]),
                t("field.indicator_id"): catalogue_names(language()).get(str(e.patch["indicator"]), ""),
                t("catalogue.by"): e.actor,
                t("catalogue.on"): e.at[:10],
            }
            for e in store().events(kinds=["alias"], limit=1000)
            if e.record_id is None
        ]
        show_table(rows)


def show_proposals(proposed: list[tuple[str, str, float | None, int]]) -> None:
    """Names that the machine thinks it knows, most frequent first; each waits for a yes."""
    if not proposed:
        st.caption(t("catalogue.no_proposals"))
        return
    st.caption(t("catalogue.how"))
    names = catalogue_names(language())
    for n, (spelling, code, score, count) in enumerate(proposed[:MOST]):
        words, yes, _ = st.columns([3.2, 1, 1.2], gap="medium", vertical_alignment="center")
        with words:
            known = names.get(code, code)
            certainty = t("catalogue.score", score=f"{score:.0f}") if score is not None else ""
            show_notes(
                [
                    line("", (spelling, "strong"), "→", (known, "strong")),
                    line("where", t("catalogue.count", count=count), certainty),
                ],
                key=f"proposal:{spelling}:{code}",
            )
        with yes:
            st.button(
                t("catalogue.yes"),
                key=f"yes:{n}:{spelling}:{code}",
                on_click=_confirm,
                args=(spelling, code),
                disabled=not may(Role.ARCHIVIST),
                width="stretch",
            )


def _confirm(spelling: str, code: str) -> None:
    try:
        count = store().confirm_alias(spelling, code, actor=actor(), client_id=f"{token()}:alias:{spelling}:{code}")
    except SolieuError as fault:
        flash("fail", fault.say(language()))
        return
    flash("", t("catalogue.confirmed", spelling=spelling, count=count))


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
        spellings = ", ".join(_spellings().get(code, []))
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
    show_table(rows)
