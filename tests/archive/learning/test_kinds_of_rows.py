"""Each kind of row that corrections teach: what it changes in the next report, what speaks against it, the way back."""

from __future__ import annotations

import json

import pytest

from benchmarks.learning import take_in
from extractor import extract, extract_text
from extractor.archive.learning.proposal import propose
from extractor.archive.review.learning import learn_from
from extractor.archive.row_types import Filter, Role
from extractor.archive.store import Store
from extractor.domain.figure import Figure
from extractor.language import Layer
from extractor.statistics.catalogue import REFUSALS, indicators
from extractor.statistics.matching import CONTRASTS
from extractor.statistics.places.areas import PLACE_NAMES
from extractor.training.giving_back import patch_of
from tests.archive.learning.office import LOAD, UNKNOWN, actor, bring, correct, name_it, passage

pytestmark = pytest.mark.usefixtures("little_gold")
SPELLINGS = "vocabulary/spellings.csv"
REVENUE = "Thu ngân sách nhà nước đạt {value} tỷ đồng."
MISREAD = "Sản lưọng mật đạt {value} tấn."
TWICE = [(number, f"Sản lượng mật đạt {45 + number} {LOAD}.") for number in range(4)]
ALIKE = "Thu ngân sánh nhà nước đạt {value} tỷ đồng."


def learned(store: Store) -> Layer:
    """Takes over what is proposed; that it can be undone to the byte is seen on the way."""
    found = propose(store)
    assert found.is_taken
    before = store.layer().content
    assert store.learn(found.content, over=found.over, actor=actor(store)).content != before
    assert store.unlearn(0, actor=actor(store)).content == before
    layer = store.learn(found.content, over=2, actor=actor(store))
    assert store.verify() == []
    return layer


def only(text: str, layer: Layer | None = None) -> Figure:
    [figure] = extract_text(text, report_period="2023", layer=layer)
    return figure


def agreed(store: Store) -> list[tuple[str, str, str]]:
    """The rows that reports agree on, whichever of them are held back."""
    return [(one.kind, one.before, one.after) for one in learn_from(store) if one.is_agreed]


def test_entry_that_people_give_is_read_though_the_package_is_sure_of_another(place: Store) -> None:
    text = REVENUE.format(value=97)
    assert only(text).indicator_id == "rev_state"
    name_it(place, range(4), "fees", "Thu ngân sách nhà nước")
    layer = learned(place)
    assert only(text, layer).indicator_id == "fees"
    assert patch_of(layer).given == 0, "it says another thing than a row of the package, which stays as it is"


def test_refused_name_loses_its_entry_in_the_next_report(place: Store) -> None:
    text = REVENUE.format(value=97)
    layer = Layer(1, json.dumps({"rows": {REFUSALS: [{"name": "Thu ngân sách nhà nước", "indicator": "rev_state"}]}}))
    assert (only(text).match, only(text, layer).match) == ("alias", "none")
    other = "Thu ngân sách đạt 97 tỷ đồng."
    assert only(other, layer).indicator_id == only(other).indicator_id


def test_word_that_deceived_a_likeness_keeps_other_names_apart_too(place: Store) -> None:
    assert (only(ALIKE.format(value=9)).match, only(ALIKE.format(value=9)).indicator_id) == ("proposed", "rev_state")
    layer = Layer(1, json.dumps({"rows": {CONTRASTS: [{"left": "sánh", "right": "sách"}]}}))
    assert only(ALIKE.format(value=9), layer).match == "none"
    other = "Chi ngân sánh địa phương đạt 9 tỷ đồng."
    assert (only(other).match, only(other, layer).match) == ("proposed", "none")


@pytest.mark.parametrize("area", [None, "huyện Đông Thắng Cũ"])
def test_place_that_two_reports_call_otherwise_is_called_so_in_the_next(place: Store, area: str | None) -> None:
    correct(place, range(4), REVENUE, {"area": "huyện Tây Hồ Mới"}, area=area)
    assert agreed(place) == [("place", area or "", "huyện Tây Hồ Mới")]
    layer = learned(place)
    assert json.loads(layer.content)["rows"][PLACE_NAMES][0]["meant"] == "huyện Tây Hồ Mới"
    if area is None:
        assert only(REVENUE.format(value=97), layer).area == "huyện Tây Hồ Mới"
    assert (PLACE_NAMES in patch_of(layer).text) == (area is not None), "what reports without a place are about is ours"


def test_place_of_single_figures_is_not_that_of_the_report(place: Store) -> None:
    """Two reports have one figure of a commune each; the others are the district's, as read."""
    correct(place, (0, 1), REVENUE, {"area": "xã Tân Lập"}, area="huyện Yên Hạ")
    correct(place, range(2, 6), REVENUE, None, area="huyện Yên Hạ")
    assert agreed(place) == []


def test_word_that_a_scanner_misreads_is_read_as_it_is_meant_and_put_right_in_names(place: Store) -> None:
    assert only(MISREAD.format(value=9)).indicator == "Sản lưọng mật"
    correct(place, range(8), MISREAD, {"indicator": "Sản lượng mật"})
    assert agreed(place) == [("slip", "lưọng", "lượng")]
    layer = learned(place)
    figure = only("Bản thu hoạch được 9 tấn; SẢN LƯỌNG MĂNG đạt 9 tấn.".partition("; ")[2], layer)
    assert figure.indicator == "SẢN LƯỢNG MĂNG"
    assert only(MISREAD.format(value=9)).indicator == "Sản lưọng mật", "the package reads as before"
    assert "+lưọng,lượng,12 lưọng" in patch_of(layer).text


def test_word_that_reports_are_written_with_is_no_slip(place: Store) -> None:
    correct(place, range(8), "Sản lương mật đạt {value} tấn.", {"indicator": "Sản lượng mật"})
    assert agreed(place) == []


def test_what_more_reports_let_stand_becomes_no_row(place: Store) -> None:
    for record in bring(place, range(4)):
        place.correct(record.id, record.version, {"unit": LOAD}, actor=actor(place))
    assert agreed(place) == [("unit", "bó gùi", LOAD)]
    for record in bring(place, range(10, 14)):
        place.accept(record.id, record.version, actor=actor(place))
    assert agreed(place) == []


def test_two_entries_of_one_name_are_settled_by_most_reports(place: Store) -> None:
    first, second = (indicators()[entry].name_vi for entry in ("rev_state", "fees"))
    name_it(place, range(2))
    assert agreed(place) == [("alias", UNKNOWN, first)]
    name_it(place, range(20, 22), "fees")
    assert agreed(place) == [], "as many say the one as the other"
    name_it(place, [22], "fees")
    assert agreed(place) == [("alias", UNKNOWN, second)]


def test_one_vote_of_two_teaches_no_row_and_two_that_agree_do(place: Store) -> None:
    me = actor(place)
    for name in ("bình", "chi"):
        place.admit(name, Role.REVIEWER, by=me)
    said = [{**passage(number), "id": f"u{number}", "text": text} for number, text in TWICE]
    records = [place.queue(Filter(item=take_in(place, one, me)))[0] for one in said]
    for record in records:
        place.ask_for_votes(record.item_id, 2, actor=me)
        place.correct(record.id, record.version, {"unit": LOAD}, actor="bình")
    assert learn_from(place) == []
    for record in records:
        voted = place.record(record.id)
        place.correct(record.id, voted.version, {"unit": LOAD}, actor="chi")
    assert agreed(place) == [("unit", "bó gùi", LOAD)]


def test_decision_that_waits_for_a_second_look_teaches_no_row(place: Store) -> None:
    name_it(place, range(4))
    assert agreed(place)
    assert place.ask_second_judge(actor(place), "2000-01-01T00:00:00.000000Z") == 3
    assert agreed(place) == [], "one report alone still says so"


def sure_and_alike(store: Store, text: str) -> list[int]:
    """Four reports come in, read with their entries; the records of their figures."""
    found = []
    for number in range(4):
        path = f"Báo cáo số {number}\n\n{text.format(value=12 + number)}\n"
        taken = store.add_extraction(extract(path.encode(), name=f"{number}.md"), path.encode(), actor=actor(store))
        found += [record.id for record in store.queue(Filter(item=taken.item_id))]
    return found


@pytest.mark.parametrize(
    ("text", "lesson"),
    [(REVENUE, ("refusal", "Thu ngân sách nhà nước")), (ALIKE, ("contrast", "sánh"))],
)
def test_entry_that_people_take_away_teaches_what_deceived_the_machine(
    place: Store, text: str, lesson: tuple[str, str]
) -> None:
    for record_id in sure_and_alike(place, text):
        assert place.record(record_id).indicator_id == "rev_state"
        place.correct(record_id, 0, {"indicator_id": None}, actor=actor(place))
    [(kind, before, _)] = agreed(place)
    assert (kind, before) == lesson
    layer = learned(place)
    assert only(text.format(value=97), layer).match == "none"
    patch = patch_of(layer)
    assert (REFUSALS if kind == "refusal" else CONTRASTS) in patch.text
    added = [line for line in patch.text.splitlines() if line.startswith(("+sánh", "+Thu ngân"))]
    assert len(added) == 1
    assert " 12 " in added[0] or "sách" in added[0], "with an example that nobody wrote"


def test_answers_of_an_archivist_teach_what_keeps_names_apart(place: Store) -> None:
    sure_and_alike(place, ALIKE)
    [proposal] = place.proposals()
    place.refuse_alias(proposal.spelling, proposal.entry, actor=actor(place))
    assert [(kind, before) for kind, before, _ in agreed(place)] == [("contrast", "sánh")]


def test_entry_that_others_confirm_is_not_refused(place: Store) -> None:
    records = sure_and_alike(place, REVENUE)
    for record_id in records[:2]:
        place.correct(record_id, 0, {"indicator_id": None}, actor=actor(place))
    for record_id in records[2:]:
        place.accept(record_id, 0, actor=actor(place))
    assert agreed(place) == []
