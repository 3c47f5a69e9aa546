"""Where a person is travels along: report, filter, order and the figure at hand, from screen to screen."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from extractor.archive.row_types import Filter, State
from extractor.archive.store import Store
from extractor.ui.record_form import catalogue_names
from tests.waiting import HANG


def visit(app: AppTest, screen: str, **address: str) -> AppTest:
    """Opens a screen as its menu entry does, with nothing but ``address``."""
    app.session_state["go"] = screen
    app.query_params.clear()
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def new_app() -> AppTest:
    def script() -> None:
        import streamlit as st

        from extractor.ui import pages as screens

        st.navigation(screens.pages())
        name = st.session_state["go"]
        screens._framed(screens.SCREENS[name][1], name)()

    return AppTest.from_function(script, default_timeout=HANG)


def said(app: AppTest, name: str) -> str | None:
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def test_report_filter_order_and_figure_travel_between_review_and_table(filled: Store) -> None:
    record = filled.queue(Filter(words="800"))[0]
    app = visit(new_app(), "review", report="1", section="I", order="place", id=str(record.id))
    visit(app, "table")
    assert [said(app, name) for name in ("report", "section", "order", "id")] == ["1", "I", "place", None]
    visit(app, "series")
    visit(app, "review")
    assert [said(app, name) for name in ("report", "section", "id")] == ["1", "I", str(record.id)]


def test_the_report_of_the_figure_at_hand_is_opened(filled: Store) -> None:
    app = visit(new_app(), "review")
    visit(app, "report")
    assert said(app, "report") == "1"
    visit(app, "review")
    assert said(app, "report") is None  # the list still runs over all reports


def test_a_link_that_names_a_place_is_followed_as_it_is(filled: Store) -> None:
    app = visit(new_app(), "review", section="I.2")
    visit(app, "table", indicator="Trồng cây")
    assert (said(app, "section"), said(app, "indicator")) == (None, "Trồng cây")


def test_a_missed_figure_is_added_with_catalogue_and_comparison(filled: Store) -> None:
    text = filled.reading_of(1).text
    start = text.index("12 hộ.")
    app = visit(new_app(), "review", **{"report": "1", "from": str(start), "to": str(start + 5)})
    key = f"add:1:{start}:{start + 5}"
    app.text_input(key=f"{key}:indicator").set_value("Hộ tăng thêm")
    codes = [None, *catalogue_names("vi")]
    app.selectbox(key=f"{key}:indicator_id").select_index(codes.index("rev_state"))
    app.selectbox(key=f"{key}:base").select_index(1)
    app.text_input(key=f"{key}:compared").set_value("98,50")
    before = said(app, "id")
    next(b for b in app.button if b.label == "Thêm số liệu").click().run()
    [added] = filled.queue(Filter(states=(State.ADDED,)))
    assert (added.quote, added.indicator_id) == ("12 hộ", "rev_state")
    assert [(c["base"], c["kind"], c["value"], c["decimals"]) for c in added.comparisons] == [
        ("plan", "ratio", "98.50", 2)
    ]
    assert (said(app, "from"), said(app, "id")) == (None, before)
    assert filled.verify() == []
