"""Where the screens are: one can lead to another without knowing how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from extractor.ui.messages import language

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_PAGES: dict[str, StreamlitPage] = {}


def know(name: str, page: StreamlitPage) -> None:
    """Remembers the page of a screen; done at every run, before any screen is drawn."""
    _PAGES[name] = page


def go(name: str, **state: str | int | None) -> None:
    """Leaves for another screen, with its state in the address."""
    st.switch_page(_PAGES[name], query_params=_spelled(state))


def link(name: str, label: str, **state: str | int | None) -> None:
    """A link to another screen."""
    st.page_link(_PAGES[name], label=label, query_params=_spelled(state))


FILTER = ("report", "section", "indicator", "doubt", "by", "state", "q", "remark", "order")
TRAVELS = {"review": (*FILTER, "id"), "table": (*FILTER, "page")}
"""Screen → the parts of its address that travel with a person: report, filter, order, and the figure at hand."""

HERE = "here"
"""Session state: the report in front of the person, also where the list runs over all reports."""


def arrive(name: str) -> None:
    """Takes a person's place along to a screen that was opened from the menu, whose links name no place.

    A link that names one is followed as it is; what it says is the place from then on.
    """
    state, asked = st.session_state, st.query_params
    came, state["screen"] = state.get("screen") != name, name
    if not came:
        return
    if name == "report" and "report" not in asked and HERE in state:
        asked["report"] = str(state[HERE])
    place: dict[str, str] = state.get("place", {})
    travels = TRAVELS.get(name, ())
    if not any(part in asked for part in travels):
        asked.update({part: place[part] for part in travels if part in place})


def remember(name: str, *, here: int | None = None) -> None:
    """Keeps the place of a screen that was drawn; ``here`` is the report that it shows."""
    state = st.session_state
    place: dict[str, str] = state.get("place", {})
    if name in TRAVELS:
        kept = {part: st.query_params[part] for part in TRAVELS[name] if part in st.query_params}
        state["place"] = {part: said for part, said in place.items() if part not in TRAVELS[name]} | kept
    elif here is not None and here != state.get(HERE):
        state["place"] = {"report": str(here)}  # another report was opened: its figures are the next to review
    if here is not None:
        state[HERE] = here


def filter_of_address() -> dict[str, str]:
    """Report, filter and order as the address has them."""
    return {part: st.query_params[part] for part in FILTER if part in st.query_params}


def _spelled(state: Mapping[str, str | int | None]) -> dict[str, str]:
    spelled = {name: str(value) for name, value in state.items() if value is not None}
    return {**spelled, "lang": "en"} if language() == "en" else spelled
