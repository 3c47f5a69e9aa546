"""The shelf as a list: its numbers, its orders and its filters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.archive.row_types import Filter
from extractor.archive.shelf_list import ORDERS, Wanted
from extractor.archive.store import Store
from tests.archive.sample import PLAN, Draft, build


@pytest.fixture
def shelf(store: Store) -> Store:
    """Three reports: one in two files, one with every figure judged, one on which two judges differ."""
    for n, plan in ((1, PLAN), (2, PLAN[:3]), (3, PLAN[:5])):
        report = replace(
            Draft().report, number=f"{n}/BC-UBND", issuer=f"UBND {n}", place=f"Nơi {n}", date=f"202{n}-01-02"
        )
        extraction, content = build(report=report, plan=plan, content=f"{n}".encode(), name=f"{n}.md")
        store.add_extraction(extraction, content, actor="an")
        if n == 1:
            extraction, content = build(report=report, content=b"quet", name="1.pdf", pages=16)
            store.add_extraction(extraction, content, actor="an")
    for record in store.queue(Filter(item=2)):
        store.accept(record.id, 0, actor="bình")
    store.ask_for_votes(3, 2, actor="an")
    record = store.queue(Filter(item=3))[0]
    store.accept(record.id, 0, actor="bình")
    store.reject(record.id, 1, actor="chi")
    return store


def test_a_row_counts_files_pages_and_what_is_judged(shelf: Store) -> None:
    third, second, first = shelf.shelf(Wanted())
    assert (first.number, first.place, first.date, first.files, first.pages) == (
        "1/BC-UBND",
        "Nơi 1",
        "2021-01-02",
        2,
        16,
    )
    assert (first.total, first.reviewed, first.left, first.conflicts) == (12, 0, 12, 0)
    assert (second.total, second.reviewed, second.left) == (3, 3, 0)
    assert (third.total, third.left, third.conflicts) == (5, 5, 1)


@pytest.mark.parametrize(
    ("state", "numbers"), [("all", [3, 2, 1]), ("open", [3, 1]), ("done", [2]), ("conflicts", [3]), ("trash", [])]
)
def test_the_shelf_is_filtered(shelf: Store, state: str, numbers: list[int]) -> None:
    wanted = Wanted(state=state)
    assert [row.id for row in shelf.shelf(wanted)] == numbers
    assert shelf.count_shelf(wanted) == len(numbers)


def test_each_word_must_be_said_of_a_report(shelf: Store) -> None:
    assert [row.id for row in shelf.shelf(Wanted(words="ubnd nơi 2/bc"))] == [2]
    assert shelf.count_shelf(Wanted(words="100%")) == 0


def test_a_report_is_found_by_every_name_that_its_files_have_or_came_under(shelf: Store) -> None:
    extraction, content = build(plan=PLAN[:1], content=b"4", name="BC_quý1_2023.pdf")
    for name in ("BC_quý1_2023.pdf", "Tờ trình (bản sao).pdf"):
        shelf.add_extraction(extraction, content, actor="an", name=name)
    for words in ("BC_quy1_2023.pdf", "bc_QUÝ1_2023", "quy1 2023 pdf", "to TRINH sao", "tờ Trình"):
        assert [row.id for row in shelf.shelf(Wanted(words=words))] == [*shelf.labels(words)] == [4], words
    assert [*shelf.labels("1.pdf")] == [1]  # a copy's name, not the leading file's
    assert [*shelf.labels("bc quy9")] == []
    assert shelf.meant_report("BC_qui1_2023.pdf") == "bc_quý1_2023.pdf"


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_runs_both_ways_and_over_pages(shelf: Store, order: str) -> None:
    down = [row.id for row in shelf.shelf(Wanted(order=order))]
    up = [row.id for row in shelf.shelf(Wanted(order=order, descending=False))]
    assert up == down[::-1]
    paged = [row.id for at in range(3) for row in shelf.shelf(Wanted(order=order), limit=1, offset=at)]
    assert paged == down


def test_the_order_by_what_is_left_counts_it(shelf: Store) -> None:
    assert [row.left for row in shelf.shelf(Wanted(order="left"))] == [12, 5, 0]
    assert [row.files for row in shelf.shelf(Wanted(order="files"))] == [2, 1, 1]
