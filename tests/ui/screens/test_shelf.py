"""The shelf without a browser: what is listed, and what each act does to whole reports."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from extractor.archive.row_types import Filter, State
from extractor.archive.shelf_list import Wanted
from extractor.archive.store import Store
from extractor.domain.errors import StoreError
from extractor.pipeline import extract
from extractor.ui.filter_bar import item_label
from extractor.ui.messages import plain
from extractor.ui.record_notes import where
from extractor.ui.screens.import_files import Incoming, opened, take_one
from extractor.ui.screens.shelf import row_of
from tests.archive.sample import Draft, build
from tests.ui.drawing import drawn


def draw(**address: str) -> AppTest:
    """Draws the shelf at an address."""

    def script() -> None:
        from extractor.ui import pages
        from extractor.ui.screens import shelf

        pages.pages()
        shelf.show()

    return drawn(script, **address)


@pytest.fixture
def two(filled: Store) -> Store:
    """The sample report and another one."""
    report = replace(Draft().report, number="31/BC-UBND", issuer="UBND quận khác", period="2023-Q2")
    extraction, content = build(report=report, content=b"khac", name="khac.md")
    filled.add_extraction(extraction, content, actor=next(iter(filled.people())))
    return filled


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def test_chosen_reports_go_to_the_trash_and_come_back(two: Store) -> None:
    press(draw(chosen="1.2"), "do-trash")
    assert two.items() == []
    press(draw(state="trash", chosen="1"), "do-take_back")
    assert [item.id for item in two.items()] == [1]
    assert two.verify() == []


def test_nothing_can_be_done_with_no_report(two: Store) -> None:
    app = draw()
    assert all(app.button(key=key).disabled for key in ("do-trash", "do-two_judges", "to-review", "merge-closed"))
    assert draw(chosen="1.x.<b>.99").button(key="do-trash").disabled is False
    assert len(two.items()) == 2


def test_two_reports_are_merged_into_the_one_that_was_picked(two: Store) -> None:
    app = draw(chosen="1.2")
    app.radio(key="merge-into").set_value(1)
    press(app, "merge-now")
    assert [(item.id, len(two.item(item.id).files)) for item in two.items()] == [(1, 2)]
    assert two.verify() == []


def test_what_was_merged_stands_with_the_trash_and_comes_back(two: Store) -> None:
    accepted = two.queue(Filter(item=2), limit=1)[0]
    two.accept(accepted.id, accepted.version, actor=next(iter(two.people())))
    app = draw(chosen="1.2")
    [into] = app.radio
    second, first = "31/BC-UBND · quận Hòa Bình · quý II/2023", "12/BC-UBND · quận Hòa Bình · quý I/2023"
    assert into.options == [plain(second), plain(first)]
    into.set_value(1)
    press(app, "merge-now")
    assert draw().caption[0].value == "1 báo cáo, trang 1/1"
    press(draw(state="trash", chosen="2"), "do-take_back")
    assert [(item.id, len(two.item(item.id).files)) for item in two.items()] == [(2, 1), (1, 1)]
    assert two.record(accepted.id).state is State.ACCEPTED
    assert two.verify() == []


def test_a_report_without_number_and_title_is_called_by_its_file_everywhere(
    empty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = next(iter(empty.people()))
    content = "Chi lương đạt 31 tỷ đồng, chi điện đạt 42 tỷ đồng.".encode()
    empty.add_extraction(extract(content, name="sổ chi.txt"), content, actor=me, name="sổ chi.txt")
    [record] = empty.queue(Filter(words="31"))
    assert item_label(replace(empty.label(1), period="2023")) == "sổ chi.txt · năm 2023"
    monkeypatch.setattr("extractor.ui.record_notes.store", lambda: empty)
    assert where(record, empty.reading_of(1)).startswith("sổ chi.txt")
    assert [row_of(row)["name"] for row in empty.shelf(Wanted(), limit=9)] == ["sổ chi.txt"]
    empty.put_aside(1, actor=me)  # in the trash it stands in no list
    assert empty.label(1).file == "sổ chi.txt"
    with pytest.raises(StoreError):
        empty.label(2)


def test_an_empty_trash_says_what_it_is_for(two: Store) -> None:
    app = draw(state="trash")
    assert app.subheader[0].value == "Thùng rác trống"
    assert not [button for button in app.button if button.key == "do-take_back"]


@pytest.mark.parametrize("screen", ["review", "report", "table"])
def test_a_report_in_the_trash_says_so_wherever_it_is_opened(two: Store, screen: str) -> None:
    def script(name: str) -> None:
        from extractor.ui import pages

        pages.pages()
        pages.SCREENS[name][1]()

    assert not [one for one in drawn(script, screen, report="2").markdown if "thùng rác" in one.value]
    two.put_aside(2, actor=next(iter(two.people())))
    assert [one for one in drawn(script, screen, report="2").markdown if "đang ở thùng rác" in one.value]


def test_a_report_that_refuses_is_named_and_the_others_are_done(two: Store) -> None:
    app = draw(chosen="1.2")
    two.put_aside(1, actor=next(iter(two.people())))
    press(app, "do-two_judges")
    assert two.item(2).votes_wanted == 2


def test_a_copy_is_split_off(empty: Store, root: Path) -> None:
    for name in ("minh-giang-2023-q1.md", "minh-giang-2023-q1.docx"):
        take_one(Incoming(name, (root / "corpus" / name).read_bytes()), again=False)
    [item] = empty.items()
    copy = empty.item(item.id).files[1]
    press(draw(chosen=str(item.id)), f"split:{item.id}:{item.version}:{copy.sha256}")
    assert [len(empty.item(one.id).files) for one in empty.items()] == [1, 1]
    assert empty.item(2).files[0].name == "minh-giang-2023-q1.docx"
    assert empty.item(2).number == item.number
    assert empty.verify() == []


def test_words_and_state_choose_the_rows(two: Store) -> None:
    app = draw(q="31/bc")
    assert app.caption[0].value == "1 báo cáo, trang 1/1"
    for record in two.queue(Filter(item=2)):
        two.accept(record.id, 0, actor=next(iter(two.people())))
    assert draw(state="done").caption[0].value == "1 báo cáo, trang 1/1"
    assert draw(state="conflicts").subheader[0].value == "Không có báo cáo nào như vậy"
    assert draw(state="<b>", sort="; drop", page="99").caption[0].value == "2 báo cáo, trang 1/1"


def test_an_archive_gives_up_its_reports_and_says_what_it_keeps(empty: Store, root: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.write(root / "corpus" / "minh-giang-2023-q1.md", "nam-2023/quy-1.md")
        bundle.writestr("hong.pdf", b"%PDF-1.4 hong")
        bundle.writestr("phim.mp4", b"x")
    members = list(opened(Incoming("kho.zip", packed.getvalue())))
    assert sorted(member.name for member in members) == ["hong.pdf", "quy-1.md"]
    told = {member.name: take_one(member, again=False) for member in members}
    assert {name: one["look"] for name, one in told.items()} == {"quy-1.md": "flash", "hong.pdf": "flash fail"}
    assert "".join(part["text"] for part in told["hong.pdf"]["parts"]).count("hong.pdf") == 1
    [broken] = opened(Incoming("hong.zip", b"PK\x03\x04"))
    assert take_one(broken, again=False)["look"] == "flash fail"
    assert {line.patch["name"] for line in empty.events(kinds=["refused"])} == {"hong.pdf", "hong.zip"}


def test_a_file_that_is_no_report_says_what_to_do_with_it(empty: Store) -> None:
    told = take_one(Incoming("thu-moi.txt", "Kính mời ông bà dự họp tổ dân phố lúc 8 giờ.".encode()), again=False)
    assert told["look"] == "flash warn"
    assert "thùng rác ở màn hình Kho" in told["parts"][-1]["text"]


def test_a_file_without_figures_says_what_was_seen_and_where_to_look(empty: Store) -> None:
    letter = "Kính gửi: Ủy ban nhân dân xã. Căn cứ Nghị quyết số 12/NQ-HĐND, đề nghị báo cáo kết quả."
    told = take_one(Incoming("cong-van.txt", letter.encode()), again=False)
    words = [part["text"] for part in told["parts"]]
    seen = "Đã đọc, thấy 0 đề mục và 1 chỗ có chữ số"
    assert any(said.startswith(seen) and said.endswith("màn hình Báo cáo.") for said in words), words


def test_a_file_in_the_trash_is_not_read_again(filled: Store) -> None:
    _, content = build()
    filled.put_aside(1, actor=next(iter(filled.people())))
    told = take_one(Incoming("bao-cao.md", content), again=True)
    assert told["look"] == "flash warn"
    assert "thùng rác" in told["parts"][1]["text"]


def test_words_that_find_nothing_are_offered_as_what_was_meant(two: Store) -> None:
    assert not [button for button in draw(q="quan khac").button if button.key == "meant"]
    app = press(draw(q="quan khca"), "meant")
    assert app.query_params["q"] == "quan khác"
    assert not [button for button in app.button if button.key == "meant"]


def test_the_card_tells_where_a_file_was_met(two: Store) -> None:
    from extractor.ui.screens.description import facts_of

    told = str(facts_of(two.item(2), {}))
    assert "khac.md" in told
    assert "fmt/1149" in told
