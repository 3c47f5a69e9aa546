"""The list of screens, in the order of the menu, and what surrounds each: style, language, errors in plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from extractor.ui import auth, serve
from extractor.ui import navigation as places
from extractor.ui.components import show_frame
from extractor.ui.messages import COOKIE, language, say_in, settle_language, t
from extractor.ui.screens import catalogue, day, quality, report, review, series, shelf, table
from extractor.ui.screens import import_files as importing
from extractor.ui.session import guarded

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

ICON = Path(__file__).parent / "assets" / "icon.svg"  # a file of ours: a named icon would be fetched from elsewhere

SCREENS: dict[str, tuple[str, Callable[[], None]]] = {
    "review": (":material/rate_review:", review.show),
    "report": (":material/article:", report.show),
    "table": (":material/table:", table.show),
    "shelf": (":material/inventory_2:", shelf.show),
    "importing": (":material/upload_file:", importing.show),
    "series": (":material/show_chart:", series.show),
    "catalogue": (":material/menu_book:", catalogue.show),
    "day": (":material/today:", day.show),
    "quality": (":material/monitoring:", quality.show),
}
"""Name in the address → icon and the function that draws the screen."""


def pages() -> list[StreamlitPage]:
    """The pages that ``st.navigation`` offers; the first is where a reviewer starts.

    Where the app is not served as it must be, there is one that says so, and the store stays closed.
    """
    if not serve.SERVING.is_set():
        return [st.Page(show_by_hand, title="solieu")]
    settle_language()
    made = []
    for n, (name, (icon, draw)) in enumerate(SCREENS.items()):
        page = st.Page(_framed(draw, name), title=t(f"screen.{name}"), icon=icon, url_path=name, default=n == 0)
        places.know(name, page)
        made.append(page)
    return made


def _framed(draw: Callable[[], None], name: str = "") -> Callable[[], None]:
    def screen() -> None:
        show_frame(language(), cookie=COOKIE if auth.team() == auth.OIDC else "", shut=auth.person() is None)
        show_language_switch()
        places.arrive(name)
        guarded(draw)()
        if name == "table":
            places.remember(name)

    return screen


def show_by_hand() -> None:
    """Which command opens the app, to who started it by Streamlit itself, in both languages: none was chosen yet."""
    for tongue in ("vi", "en"):
        st.error(say_in(tongue, "door.by_hand"))


def show_language_switch() -> None:
    """Vietnamese or English, for this session and in the address; in a team also who is in front of the screen."""
    with st.container(key="language", horizontal=True, vertical_alignment="center", gap="small"):
        auth.show_person()
        key = f"language:{language()}"
        st.segmented_control(
            " · ".join(say_in(code, "language.choice") for code in ("vi", "en")),
            ["vi", "en"],
            default=language(),
            format_func=lambda code: say_in(code, "language.own"),
            key=key,
            on_change=lambda: _switch(st.session_state[key]),
            label_visibility="collapsed",
        )


def _switch(chosen: str | None) -> None:
    if chosen:
        st.session_state["lang"] = chosen
        st.query_params["lang"] = chosen
        settle_language()
