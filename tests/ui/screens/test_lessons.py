"""What can be learned, on the screen: who sees it, who acts, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.learning import take_in
from extractor.archive.learning.changes import Change, changes_by
from extractor.archive.learning.proposal import Proposal, Tally, narrow, propose, row_alone
from extractor.archive.learning.trial import Standing, Tried
from extractor.archive.review.lesson import Lesson
from extractor.archive.row_types import Role
from extractor.archive.store import Store
from extractor.ui.screens import lessons
from tests.archive.learning.office import UNKNOWN, actor, name_it, passage, read_next, review
from tests.training.conftest import little_gold
from tests.ui.drawing import drawn

__all__ = ["little_gold"]

AT = "2026-12-01T07:00:00.000000Z"


class Ready:
    """A trial that is done as soon as it is begun, or stays where a test puts it."""

    def __init__(self, store: Store) -> None:
        self.store, self.standing, self.begun = store, Standing(), 0

    def begin(self, found: Proposal | None = None, kept: Sequence[int] = ()) -> None:
        self.begun += 1
        found = propose(self.store) if found is None else narrow(self.store, found, kept)
        changes = changes_by(self.store, found.content, [*map(row_alone, found.rows)])
        self.standing = Standing(tried=Tried(found, changes, AT))

    def look(self) -> Standing:
        return self.standing

    def forget(self) -> None:
        self.standing = Standing()


@pytest.fixture
def office(empty: Store, little_gold: None) -> Store:
    """A store whose sixteen reports were corrected the same way, and one more that waits."""
    review(empty, range(16))
    take_in(empty, passage(41), actor(empty))
    return empty


@pytest.fixture
def trial(office: Store, monkeypatch: pytest.MonkeyPatch) -> Ready:
    ready = Ready(office)
    monkeypatch.setattr(lessons, "trial", lambda: ready)
    return ready


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The notes of the last run."""
    words: list[str] = []

    def keep(lines: list[dict[str, Any]], **_: object) -> None:
        words.extend("".join(part["text"] for part in one["parts"]) for one in lines)

    monkeypatch.setattr(lessons, "show_notes", keep)
    yield words


def draw(language: str = "vi") -> AppTest:
    def script() -> None:
        from extractor.ui import pages
        from extractor.ui.messages import settle_language
        from extractor.ui.screens import lessons

        settle_language()
        pages.pages()
        lessons.show()

    return drawn(script, lang=language)


def test_archivist_tries_takes_over_and_goes_back(office: Store, trial: Ready, said: list[str]) -> None:
    app = draw()
    assert app.markdown[0].value == "##### 16 lần sửa, bác bỏ hoặc thêm để học"
    assert not [button for button in app.button if button.key == "learn-take"]
    app.button(key="learn-begin").click().run()
    assert not app.exception, app.exception
    assert app.markdown[0].value == "##### Học được từ 16 lần sửa, bác bỏ hoặc thêm"
    assert office.layer().version == 0, "a trial writes nothing"
    assert "Không chỗ nào đọc kém đi." in said
    assert "1 trong 1 số liệu chưa quyết định (1 báo cáo mới nhất còn việc) sẽ được đọc khác:" in said
    assert any(words.startswith("Trạng thái:") and "→ Kế hoạch (1 số liệu)" in words for words in said)
    table = app.dataframe[0].value
    assert list(table.columns) == ["Thử trên", "Trước", "Sau"]
    app.button(key="learn-take").click().run()
    assert not app.exception, app.exception
    assert office.layer().version == 1
    assert read_next(office) == "plan"
    [line] = office.events(kinds=["learn"])
    assert (line.actor, line.patch["version"]) == (actor(office), 1)
    assert app.selectbox[0].options == ["chương trình khi chưa học gì"]
    app.button(key="learn-back").click().run()
    assert (office.layer().version, office.layer().content) == (2, "{}")
    assert app.selectbox[0].options == ["phiên bản 1", "chương trình khi chưa học gì"]
    assert office.verify() == []


def test_one_piece_is_tried_alone_and_taken_over(office: Store, trial: Ready, said: list[str]) -> None:
    trial.begin()
    assert trial.standing.tried is not None
    pieces = trial.standing.tried.proposal.pieces
    app = draw()
    [choice] = app.multiselect
    assert choice.options == [lessons.piece_words(piece) for piece in pieces]
    assert len({*choice.options}) == len(pieces)
    assert choice.value == [*range(len(pieces))]
    assert app.button(key="learn-narrow").disabled, "nothing is left out"
    choice.set_value([pieces.index("status")]).run()
    app.button(key="learn-narrow").click().run()
    assert not app.exception, app.exception
    assert (trial.begun, office.layer().version) == (2, 0)
    assert not app.multiselect, "one piece is left"
    app.button(key="learn-take").click().run()
    assert [*office.layer().weights] == ["status"]


@pytest.mark.parametrize(
    ("language", "title", "closed"),
    [
        ("vi", "##### Học được từ 16 lần sửa, bác bỏ hoặc thêm", "là việc của lưu trữ viên"),
        ("en", "##### 16 corrections can be learned from", "are an archivist's to do"),
    ],
)
def test_reviewer_sees_all_and_can_press_nothing(
    office: Store,
    trial: Ready,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    title: str,
    closed: str,
) -> None:
    trial.begin()
    assert trial.standing.tried is not None
    found = trial.standing.tried.proposal
    office.learn(office.layer().content.replace("{}", '{"weights":{}}'), over=0, actor=actor(office))
    trial.begin()
    office.admit("bình", Role.REVIEWER, by=actor(office))
    for module in ("extractor.ui.session", "extractor.ui.screens.lessons"):
        monkeypatch.setattr(f"{module}.actor", lambda: "bình")
    app = draw(language)
    assert not app.exception, app.exception
    assert app.markdown[0].value == title
    assert closed in app.caption[0].value
    assert said
    assert {button.key: button.disabled for button in app.button} == {
        "learn-begin": True,
        "learn-take": True,
        "learn-narrow": True,
        "learn-back": True,
    }
    begun = trial.begun
    lessons._begin()
    assert trial.begun == begun
    monkeypatch.setattr(lessons, "language", lambda: language)
    for act in (lambda: lessons._take(found), lambda: lessons._go_back(0, 1)):
        act()  # as somebody would who sends the press by hand
    assert office.layer().version == 1


def test_trial_that_runs_shows_its_step_and_no_button(trial: Ready, said: list[str]) -> None:
    trial.standing = Standing(step=3)
    app = draw("en")
    assert not app.exception, app.exception
    assert [button.key for button in app.button] == []
    assert app.get("progress")[0].proto.text.startswith("Reading the sentences held back")


def test_trial_that_broke_off_says_so_and_can_be_begun_again(trial: Ready, said: list[str]) -> None:
    trial.standing = Standing(is_broken=True)
    app = draw()
    assert any(words.startswith("Lần thử bị ngắt") for words in said)
    assert not app.button(key="learn-begin").disabled


def test_what_fell_is_named_and_cannot_be_taken(office: Store, trial: Ready, said: list[str]) -> None:
    trial.begin()
    assert trial.standing.tried is not None
    good = trial.standing.tried.proposal
    fell = Proposal(
        good.content,
        good.over,
        good.passages,
        good.decisions,
        good.corrections,
        16.0,
        good.moved,
        (Tally("reports", "strict", 0.8186, 0.8182),),
        True,
    )
    trial.standing = Standing(tried=Tried(fell, changes_by(office, "{}"), AT))
    app = draw("en")
    assert "Read worse, so there is nothing to take over: sample reports, strictly right (F1)" in said
    assert app.button(key="learn-take").disabled
    assert app.dataframe[0].value.iloc[0].tolist() == ["sample reports: strictly right (F1)", "81.86 %", "81.82 %"]


def test_what_was_tried_against_an_older_version_is_not_offered(office: Store, trial: Ready, said: list[str]) -> None:
    trial.begin()
    office.learn('{"weights":{}}', over=0, actor=actor(office))
    app = draw()
    assert app.markdown[0].value.endswith("để học")
    assert not [button for button in app.button if button.key == "learn-take"]


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("store", "các đoạn của kho được giữ lại"),
        ("held_out", "đoạn mẫu, để riêng"),
        ("real_worded_held_out", "đoạn viết theo lời báo cáo thật, để riêng"),
        ("other_file", "other file"),
    ],
)
def test_texts_are_named_in_words(group: str, words: str) -> None:
    assert lessons.group_name(group) == words


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("status", "estimate", "plan", "trạng thái: Ước thực hiện → Kế hoạch, 3 lần"),
        ("period", "A", "YTD", "kỳ: theo năm → lũy kế từ đầu năm, 3 lần"),
        ("period", "", "Q", "kỳ: – → theo quý, 3 lần"),
        ("kind", "count", "performance", "loại số liệu: Số đếm → Kết quả thực hiện, 3 lần"),
        ("bound", "", "approx", "mức gần đúng: Đúng bằng → Khoảng, gần, 3 lần"),
        ("indicator", "", "Thu phí", "tên chỉ tiêu: – → Thu phí, 3 lần"),
    ],
)
def test_mistake_that_comes_back_is_said_without_codes(field: str, before: str, after: str, words: str) -> None:
    assert lessons.lesson_words(Lesson(field, "vocabulary/phrases.csv", before, after, 3, ())) == words


def test_rows_are_told_with_their_effect_and_counted_in_the_version(
    office: Store, trial: Ready, said: list[str]
) -> None:
    name_it(office, range(4))
    trial.begin()
    app = draw("en")
    assert not app.exception, app.exception
    assert "1 row of words and names that several reports agree on" in said
    [told] = [words for words in said if words.endswith("by itself this row changes 0 undecided figures")]
    assert told.startswith(f"“{UNKNOWN}” is “")
    app.button(key="learn-take").click().run()
    assert office.layer().rows == {"catalogue/aliases.csv": [{"alias": UNKNOWN, "indicator": "rev_state"}]}
    [versions] = [frame.value for frame in app.dataframe if "Rows" in frame.value.columns]
    assert versions["Rows"].tolist() == ["1"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("status", "estimate", "plan", 3), "Trạng thái: Ước thực hiện → Kế hoạch (3 số liệu)"),
        (Change("indicator", "Thu phí", "", 1), "Chỉ tiêu: Thu phí → – (1 số liệu)"),
        (Change("value", "12.5", "125", 1), "Giá trị: 12,5 → 125 (1 số liệu)"),
        (Change("period", "2023-Q1", "2023", 2), "Kỳ: quý I/2023 → năm 2023 (2 số liệu)"),
        (Change("comparisons", "", "", 1), "so sánh khác đi (1 số liệu)"),
        (Change("reject", "", "", 2), "không còn là số liệu (2 số liệu)"),
    ],
)
def test_change_is_said_in_words(change: Change, words: str) -> None:
    assert lessons.spell(change) == words
