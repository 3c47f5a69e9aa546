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


def _spelled(state: Mapping[str, str | int | None]) -> dict[str, str]:
    spelled = {name: str(value) for name, value in state.items() if value is not None}
    return {**spelled, "lang": "en"} if language() == "en" else spelled
