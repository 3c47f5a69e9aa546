"""One's own day, saved filters and the tour, without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from extractor.archive.row_types import Filter, Role
from extractor.archive.store import Store
from extractor.ui.record_notes import notes_on, spell_amount
from extractor.ui.screens.day import decision_line, disputes, record_line, remark_line
from tests.ui.drawing import drawn


@pytest.fixture
def me(filled: Store) -> str:
    return next(iter(filled.people()))


def test_the_day_counts_what_i_decided(filled: Store, me: str) -> None:
    first, second, third = filled.queue(Filter(order="place"))[:3]
    filled.accept(first.id, 0, actor=me)
    filled.correct(second.id, 0, {"unit": "ha"}, actor=me)
    filled.skip(third.id, 0, actor=me)

    def script() -> None:
        from extractor.ui import pages
        from extractor.ui.screens import day

        pages.pages()
        day.show()

    app = drawn(script)
    assert not app.exception, app.exception
    assert [metric.value.split()[0] for metric in app.metric][0::2] == ["2", "1"]
    assert app.metric[3].value.startswith("1")


def test_a_line_leads_to_its_card(filled: Store, me: str) -> None:
    record = filled.queue()[0]
    filled.accept(record.id, 0, actor=me)
    told = decision_line(filled.events(actor=me, kinds=["accept"])[0])
    assert told["pick"] == record.id
    assert told["parts"][2]["text"] == spell_amount(record)
    filled.comment(record.id, f"@{me} xem lại", actor=me)
    assert remark_line(filled.remarks(mentioned=me)[0])["pick"] == record.id


def test_where_judges_differ_is_said_in_words(filled: Store, me: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.admit("bình", Role.REVIEWER, by=me)
    filled.ask_for_votes(1, 2, actor=me)
    record = filled.queue()[0]
    filled.accept(record.id, 0, actor=me)
    filled.correct(record.id, 1, {"unit": "tỷ đồng"}, actor="bình")
    monkeypatch.setattr("extractor.ui.screens.day.actor", lambda: me)
    [told] = disputes()
    assert "bình: sửa: Đơn vị: tỷ đồng" in told["parts"][-1]["text"]
    disputed = filled.record(record.id)
    for who, words in ((me, "chờ người thứ ba"), ("chi", "quyết định của bạn là quyết định cuối cùng")):
        monkeypatch.setattr("extractor.ui.record_notes.actor", lambda who=who: who)
        notes = notes_on(disputed, filled.reading_of(1))
        assert [one for one in notes if words in one["parts"][0]["text"]], who
    monkeypatch.setattr("extractor.ui.screens.day.actor", lambda: "chi")
    assert disputes() == []


def draw(**address: str) -> AppTest:
    def script() -> None:
        from extractor.ui import filter_bar, pages
        from extractor.ui.tour import show_tour

        pages.pages()
        show_tour()
        filter_bar.show_saved()

    return drawn(script, **address)


def test_a_filter_is_kept_used_and_forgotten(filled: Store, me: str) -> None:
    filled.choose(me, "filters", {"Ngờ đơn vị": {"doubt": "unit", "state": "all"}})
    app = draw(section="I", id="3")
    app.selectbox[0].select("Ngờ đơn vị").run()
    assert not app.exception, app.exception
    said = {name: app.query_params[name] for name in app.query_params}
    assert {"doubt", "state"} <= set(said)
    assert not {"section", "id"} & set(said)
    app.button(key="drop-filter").click().run()
    assert filled.settings(me)["filters"] == {}


def test_the_tour_has_five_steps_and_never_comes_back(filled: Store, me: str) -> None:
    app = draw()
    for step in range(1, 6):
        assert app.text[0].value.startswith(f"{step}/5")
        app.button(key=f"tour-next:{step}").click().run()
    assert not app.text
    assert not draw().text
    filled.choose(me, "tour", None)
    draw().button(key="tour-skip:1").click().run()
    assert filled.settings(me)["tour"] == 5


def test_who_has_decided_already_needs_no_tour(filled: Store, me: str) -> None:
    filled.accept(filled.queue()[0].id, 0, actor=me)
    assert not draw().text


def test_a_sample_is_drawn_for_a_second_judge_by_one_press(
    filled: Store, me: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.admit("bình", Role.REVIEWER, by=me)
    for record in filled.queue(Filter(order="place"))[:5]:
        filled.accept(record.id, 0, actor=me)

    def script() -> None:
        from extractor.ui import pages
        from extractor.ui.screens import day

        pages.pages()
        day.show()

    app = drawn(script)
    app.button(key="second").click().run()
    assert not app.exception, app.exception
    assert any("3 số liệu, 3 còn chờ, 0 cùng ý, 0 khác ý" in caption.value for caption in app.caption)
    app.button(key="second").click().run()
    assert [line.kind for line in filled.events(kinds=["recheck"])] == ["recheck"] * 3
    monkeypatch.setattr("extractor.ui.screens.day.actor", lambda: "bình")
    assert len(filled.awaited("bình")) == 3
    assert "accept" not in str(record_line(filled.awaited("bình")[0]))
