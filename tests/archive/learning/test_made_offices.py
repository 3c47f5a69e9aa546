"""The offices that learning is measured on: what they print is what their gold says, and the reviewer decides by it."""

from __future__ import annotations

import pytest

from benchmarks.house_styles import PERIOD, STYLES, made_reports
from benchmarks.learning import review, take_in
from extractor.archive.learning.passages import decided_passages
from extractor.archive.store import Store
from extractor.evaluation import score_figures
from tests.archive.learning.office import actor


@pytest.mark.parametrize("style", STYLES)
def test_gold_is_printed_as_it_says(style: str) -> None:
    print_number = STYLES[style].print_number
    for passage in made_reports(style, 1, 1)[0]:
        for figure in passage["figures"]:
            told = [figure, *figure["comparisons"]]
            assert all(record["quote"] == print_number(abs(record["value"])) for record in told)
            assert all(record["quote"] in passage["text"] for record in told)
            assert figure["indicator"] in passage["text"]


@pytest.mark.parametrize("style", STYLES)
def test_same_seed_gives_the_same_reports_and_a_longer_course_begins_alike(style: str) -> None:
    first, second = made_reports(style, 2, 1)
    assert made_reports(style, 3, 1)[:2] == [first, second]
    assert made_reports(style, 2, 2) != [first, second]
    both = [{str(passage["id"]).partition("-")[0]: passage["text"] for passage in one} for one in (first, second)]
    again = both[0].keys() & both[1].keys()
    assert again, "an office says the same again"
    assert all(both[0][name] != both[1][name] for name in again), "with other numbers"


@pytest.mark.parametrize("style", STYLES)
def test_reviewer_leaves_all_figures_and_no_others_and_each_strictly_right(style: str, place: Store) -> None:
    passages = {passage["text"]: passage for passage in made_reports(style, 1, 1)[0][:6]}
    work = [review(place, take_in(place, one, actor(place)), one, actor(place)) for one in passages.values()]
    assert sum(one.corrections for one in work), "there is something to correct"
    decided = {one.gold["text"]: one.gold["figures"] for one in decided_passages(place)}
    assert decided.keys() == passages.keys()
    for text, figures in decided.items():
        score = score_figures(passages[text]["figures"], figures, report_period=PERIOD)
        assert (score.found_f1, score.strict_f1) == (1, 1), text
