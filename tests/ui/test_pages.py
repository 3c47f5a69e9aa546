"""The screens around the review: what they show and what they write."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from extractor.archive import queries
from extractor.archive.row_types import Filter, State
from extractor.archive.store import Store
from extractor.ui import filter_bar, session
from extractor.ui.messages import plain
from extractor.ui.pages import SCREENS
from extractor.ui.screens import table
from extractor.ui.screens.import_files import Incoming, files_in, history_line, take_one
from extractor.ui.screens.table import changes_of
from extractor.ui.text_viewer import Stretch, cut, lay_out, named_at
from tests.archive.sample import Draft, build
from tests.ui.drawing import drawn


def open_screen(app: AppTest, name: str) -> AppTest:
    app.run()
    return app.switch_page(name).run()


def draw(name: str, **address: str) -> AppTest:
    """One screen by itself: AppTest cannot follow pages that are functions."""

    def script(name: str) -> None:
        import streamlit as st

        from extractor.ui import pages as screens

        pages = screens.pages()
        chosen = next(p for p in pages if p.url_path == name or (name == "review" and p.url_path == ""))
        st.navigation(pages)
        screens._framed(screens.SCREENS[name][1])() if chosen else None

    return drawn(script, name, **address)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", list(SCREENS))
def test_every_screen_opens_on_an_empty_and_a_filled_store(empty: Store, name: str, language: str) -> None:
    app = draw(name, lang=language)
    assert not app.exception, app.exception
    extraction, content = build()
    empty.add_extraction(extraction, content, actor=next(iter(empty.people())))
    app = draw(name, lang=language)
    assert not app.exception, app.exception


def test_streamlit_by_itself_shows_the_command_and_nothing_of_the_store(
    served: Event, app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    served.clear()
    with monkeypatch.context() as patched:
        patched.setattr(session, "store", lambda: opened.append("store"))
        app.run()
    assert not app.exception
    assert [("solieu app" in told.value, "make app" in told.value) for told in app.error] == [(True, True)] * 2
    assert opened == []


def test_a_report_that_the_list_does_not_hold_is_found_by_its_words(
    empty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LISTED", 2)
    monkeypatch.setattr(filter_bar, "AT_A_GLANCE", 1)
    for n in range(1, 6):
        report = replace(Draft().report, number=f"{n}/BC-UBND", issuer=f"UBND quận số {n}")
        extraction, content = build(report=report, content=f"copy {n}".encode())
        empty.add_extraction(extraction, content, actor=next(iter(empty.people())))
    app = draw("report", report="1")
    assert [option.split(" ")[0] for option in app.selectbox[0].options] == ["1/BC-UBND", "5/BC-UBND", "4/BC-UBND"]
    app.text_input(key="find:None").input("2/BC").run()
    assert (app.query_params["report"], "find" in app.query_params) == ("2", False)
    app.text_input(key="find:None").input("quận").run()
    assert (app.query_params["report"], app.query_params["find"]) == ("2", "quận")
    app.selectbox[0].select_index(1).run()
    assert (app.query_params["report"], "find" in app.query_params) == ("5", False)
    assert not app.exception


@pytest.mark.parametrize("more", [0, 1])
def test_a_search_stands_beside_more_reports_than_a_drop_down_shows_at_once(empty: Store, more: int) -> None:
    for n in range(1, filter_bar.AT_A_GLANCE + more + 1):
        report = replace(Draft().report, number=f"{n}/BC-UBND", area=f"xã Tân Khê {n}")
        extraction, content = build(report=report, content=f"copy {n}".encode())
        empty.add_extraction(extraction, content, actor=next(iter(empty.people())))
    app = draw("report", report="1")
    assert len(app.text_input) == more
    if more:
        app.text_input(key="find:None").input("9/bc khe tan").run()
        assert app.query_params["report"] == "9"


def test_a_selection_becomes_a_figure_with_exact_offsets(filled: Store) -> None:
    item = filled.items()[0]
    text = filled.reading_of(item.id).text
    start = text.index("12 hộ.") - 1
    app = draw("report", report=str(item.id), **{"from": str(start), "to": str(start + 6)})
    key = f"add:{item.id}:{start + 1}:{start + 6}"
    assert app.text_input(key=f"{key}:value").value == "12"
    assert app.text_input(key=f"{key}:unit").value == "hộ"
    app.text_input(key=f"{key}:indicator").set_value("Hộ tăng thêm")
    next(b for b in app.button if b.label == "Thêm số liệu").click().run()
    added = filled.queue(Filter(states=(State.ADDED,)))[0]
    assert (added.quote, added.value, added.indicator) == ("12 hộ", Decimal(12), "Hộ tăng thêm")
    assert text[added.start : added.end] == "12 hộ"


def test_an_unexplained_digit_becomes_a_figure_without_a_mouse(filled: Store) -> None:
    item = filled.items()[0]
    start = filled.reading_of(item.id).text.index("12 hộ.")
    app = draw("report", report=str(item.id), at=str(start), till=str(start + 2))
    app.button(key=f"add-here:{start}").click().run()
    key = f"add:{item.id}:{start}:{start + 2}"
    assert app.text_input(key=f"{key}:value").value == "12"
    next(b for b in app.button if b.label == "Thêm số liệu").click().run()
    assert [r.quote for r in filled.queue(Filter(states=(State.ADDED,)))] == ["12"]


def test_an_archivist_writes_on_the_card(filled: Store) -> None:
    item = filled.items()[0]
    app = draw("report", report=str(item.id), edit="1")
    app.text_input(key=f"describe:{item.id}:0:fonds").set_value("UBND quận Hòa Bình")
    app.text_input(key=f"describe:{item.id}:0:date").set_value("20/3/23")
    next(b for b in app.button if b.label == "Lưu hồ sơ").click().run()
    assert not app.exception
    assert filled.item(item.id).description == {}
    assert app.text_input(key=f"describe:{item.id}:0:fonds").value == "UBND quận Hòa Bình"
    app.text_input(key=f"describe:{item.id}:0:date").set_value("21/3/2023")
    next(b for b in app.button if b.label == "Lưu hồ sơ").click().run()
    assert filled.item(item.id).description == {"fonds": "UBND quận Hòa Bình", "date": "2023-03-21"}
    assert "edit" not in app.query_params


def test_two_judges_are_asked_for_by_a_switch(filled: Store) -> None:
    item = filled.items()[0]
    app = draw("report", report=str(item.id))
    app.toggle(key=f"judges:{item.id}:0").set_value(True).run()
    assert filled.item(item.id).votes_wanted == 2
    app.toggle(key=f"judges:{item.id}:1").set_value(False).run()
    assert filled.item(item.id).votes_wanted == 1
    assert filled.verify() == []


def test_files_are_checked_on_demand(filled: Store) -> None:
    app = draw("report", report=str(filled.items()[0].id))
    app.button(key="fixity:1").click().run()
    assert app.success[0].value == "1 tệp gốc còn nguyên vẹn, đúng mã băm."


@pytest.mark.parametrize(("label", "match"), [("Đúng là một", "alias"), ("Không phải", "none")])
def test_a_proposal_is_answered_with_yes_or_no(filled: Store, label: str, match: str) -> None:
    me = next(iter(filled.people()))
    first, second = filled.queue(Filter(indicator="Suất quà hỗ trợ"))
    filled.correct(first.id, 0, {"indicator_id": "gifts"}, actor=me)
    app = draw("catalogue")
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    assert filled.record(second.id).match == match
    assert filled.proposals() == []


def test_bulk_acceptance_shows_first_and_leaves_the_doubtful(filled: Store) -> None:
    app = draw("table")
    next(b for b in app.button if b.label.startswith("Chấp nhận hàng loạt")).click().run()
    assert filled.progress().reviewed == 0
    assert app.subheader[0].value == "Sẽ chấp nhận 9 số liệu"
    assert {*table.EDITABLE, "compared"} <= {*app.dataframe[0].value.columns}  # all that the press accepts
    assert next(b for b in app.button if b.label == "Chấp nhận 9 số liệu này").disabled
    app.checkbox[0].check().run()
    next(b for b in app.button if b.label == "Chấp nhận 9 số liệu này").click().run()
    assert filled.progress().reviewed == 9
    assert filled.quality().real.total == 0
    left = filled.queue()
    assert {r.quote for r in left} == {"65 băng rôn", "162.409 triệu đồng", "118 hộ"}


def test_grid_cells_are_read_strictly(filled: Store) -> None:
    records = filled.queue(Filter(order="place"))
    edited = {
        0: {"value": "162.409,5"},
        1: {"value": "1.5"},
        2: {"unit": "tan", "period": "quý I/2023"},
        3: {"unit": "băng rôn"},
    }
    changes, faults = changes_of(records, edited)
    assert changes == {0: {"value": Decimal("162409.5")}, 2: {"unit": "tấn"}}
    assert len(faults) == 1
    assert faults[0].startswith("2.561.811 triệu đồng: “1.5”")


def test_a_search_that_finds_nothing_says_what_was_meant(filled: Store) -> None:
    name = next(record.indicator for record in filled.queue() if record.indicator and " " in record.indicator)
    for screen in ("review", "table"):
        app = draw(screen, q=f"{name[:-1]}q")
        next(b for b in app.button if b.key == "meant").click().run()
        assert app.query_params["q"] != [f"{name[:-1]}q"]


def test_a_unit_of_the_grid_that_no_list_knows_is_taken_only_when_asked(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = filled.queue(Filter(order="place"))
    typing = {0: {"unit": "xe ngựa"}, 1: {"unit": "trieu dogn"}}
    monkeypatch.setattr(table, "show_grid", lambda _: typing)
    at = draw("table")
    assert next(b for b in at.button if b.label.startswith("Lưu ")).disabled
    assert {b.label for b in at.button if b.label.startswith(("Dùng", "Thêm"))} >= {
        "Dùng “triệu đồng”",
        "Thêm đơn vị “trieu dogn”",
        "Thêm đơn vị “xe ngựa”",
    }
    next(b for b in at.button if b.label == "Dùng “triệu đồng”").click().run()
    next(b for b in at.button if b.label == "Thêm đơn vị “xe ngựa”").click().run()
    next(b for b in at.button if b.label.startswith("Lưu ")).click().run()
    assert filled.record(records[0].id).unit == "xe ngựa"
    assert filled.record(records[1].id).unit == "triệu đồng"


def test_what_is_typed_in_the_grid_waits_for_its_version(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, Any] = {table.BEGAN: {}}
    monkeypatch.setattr(table.st, "session_state", state)
    records = filled.queue(Filter(order="place"))
    first = (records[0].id, records[0].version)
    assert table.keep_typing(records, {0: {"unit": "xe", "open": True}, 1: {"unit": records[1].unit}}) == {
        0: {"unit": "xe", "open": True}
    }
    assert state[table.TYPED] == {first: {"unit": "xe"}}  # a tick leads to a card, and is over then
    state[table.BEGAN] = dict(state[table.TYPED])  # the person comes back
    assert table.keep_typing(records, {}) == {0: {"unit": "xe"}}
    assert table.keep_typing(records, {0: {"unit": records[0].unit}}) == {}
    assert state[table.TYPED] == {}
    table.keep_typing(records, {0: {"unit": "xe"}})
    moved = [replace(records[0], version=records[0].version + 1), *records[1:]]
    assert table.typing_on(moved) == {}
    [(_, told)] = state["flash"]
    assert told.endswith("(xe)")


def test_a_file_that_cannot_be_read_is_written_down_with_its_reason(empty: Store) -> None:
    told = take_one(Incoming("../../báo cáo<img src=x>.pdf", b"\xff\xd8\xff\xe0 anh"), again=False)
    assert told["look"] == "flash fail"
    line = empty.events(kinds=["refused"])[0]
    assert line.patch["name"] == "báo cáo<img src=x>.pdf"
    assert "tep.pdf" not in line.patch["reason"]
    assert empty.items() == []


def test_the_history_says_why_in_the_language_of_the_screen(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take_one(Incoming("quet.gif", b"GIF89a anh"), again=False)
    [event] = empty.events(kinds=["refused"])
    for language, words in (("vi", "là ảnh GIF"), ("en", "is a GIF picture")):
        monkeypatch.setenv("SOLIEU_LANGUAGE", language)
        told = history_line(event)
        assert told is not None
        assert words in told["parts"][-1]["text"]
        assert "".join(part["text"] for part in told["parts"]).count("quet.gif") == 1


def test_nothing_is_imported_twice(empty: Store, root: Path) -> None:
    file = root / "corpus" / "minh-giang-2023-q1.md"
    incoming = Incoming(file.name, file.read_bytes())
    assert take_one(incoming, again=False)["look"] == "flash"
    total = empty.progress().total
    assert total > 50
    assert take_one(incoming, again=False)["look"] == "flash warn"
    assert take_one(incoming, again=True)["look"] == "flash"
    copy = Incoming("bản PDF.pdf", (root / "corpus" / "minh-giang-2023-q1.pdf").read_bytes())
    assert take_one(copy, again=False)["look"] == "flash"
    assert empty.progress().total == total
    assert [f.name for f in empty.item(1).files] == ["minh-giang-2023-q1.md", "bản PDF.pdf"]
    assert empty.verify() == []


def test_a_folder_that_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    from extractor.domain.errors import InvalidInput

    (tmp_path / "a.mp4").write_bytes(b"x")
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(InvalidInput):
            list(files_in(folder))
    (tmp_path / "b.MD").write_bytes(b"x")
    assert [f.name for f in files_in(tmp_path)] == ["b.MD"]


def test_the_viewer_spells_the_text_again(filled: Store) -> None:
    item = filled.items()[0]
    reading = filled.reading_of(item.id)
    marks = [Stretch(r.start, r.end, "open", "", r.id) for r in filled.queue(Filter(order="place"))]
    data = lay_out(reading, marks)
    shown = "\n".join("".join(run[0] for run in block["runs"]) for block in data["blocks"])
    assert shown == reading.text
    for block in data["blocks"]:
        for characters, start, _ in block["runs"]:
            assert reading.text[start : start + len(characters)] == characters


def test_overlapping_marks_never_double_a_letter() -> None:
    text = "0123456789"
    marks = [Stretch(2, 6, "open", "", 1), Stretch(4, 8, "open", "", 2), Stretch(0, 1, "open", "", 3)]
    assert "".join(run[0] for run in cut(text, 0, 10, sorted(marks, key=lambda m: m.start))) == text


@pytest.mark.parametrize(
    "words", ["![x](http://a/b)", "<img src=x onerror=alert(1)>", "**đậm** :red[x] $a$", "[x](javascript:1)"]
)
def test_plain_takes_the_meaning_out_of_markdown(words: str) -> None:
    escaped = plain(words)
    assert escaped.replace("\\", "") == words
    assert all(escaped[i - 1] == "\\" for i, c in enumerate(escaped) if c in "[]<>()*:$!")


def test_a_series_stands_in_the_unit_that_offices_print(filled: Store) -> None:
    for record in filled.queue(Filter(indicator="Thu ngân sách nhà nước", order="place")):
        filled.accept(record.id, record.version, actor=next(iter(filled.people())))
    app = draw("series", all="1")
    assert not app.exception
    choices = app.selectbox[0].options
    assert any("triệu đồng" in choice for choice in choices)
    assert not any("VND" in choice for choice in choices)
    money = next(choice for choice in choices if "triệu đồng" in choice)
    app.selectbox[0].set_value(money).run()
    table = app.dataframe[0].value
    assert set(table["Đơn vị"]) == {"triệu đồng"}
    assert all("000.000" not in value for value in table["Giá trị"])


def test_a_name_that_stands_with_its_number_is_marked_nowhere_else(filled: Store) -> None:
    record = filled.queue(Filter(words="12 buổi"))[0]
    text = "Buổi đầu năm. Tổ chức 12 buổi tuyên truyền."
    start = text.index("12")
    placed = replace(record, start=start, end=start + len("12 buổi"), indicator="buổi")
    assert named_at(text, placed) is None
    assert named_at(text, replace(placed, indicator="Tổ chức")) == (14, 21)
