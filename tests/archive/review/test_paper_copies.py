"""The copy that shows paper, and which copy leads."""

from __future__ import annotations

import pytest

from extractor.archive.row_types import State
from extractor.archive.store import Store
from extractor.domain.errors import NotAllowed, StoreError
from tests.archive.sample import PLAN, Draft, build


def two_copies(store: Store) -> int:
    """The sample as text, and then as a PDF whose text begins with one paragraph more."""
    text, content = build()
    item_id = store.add_extraction(text, content, actor="an").item_id
    more = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *Draft().paragraphs[1:])
    paper, content = build(content=b"ban ky", name="ban-ky.pdf", format="pdf", pages=1, paragraphs=more, plan=PLAN[:-1])
    assert store.add_extraction(paper, content, actor="an").joined
    return item_id


def test_a_report_without_pages_has_no_paper(store: Store) -> None:
    text, content = build()
    assert store.paper_of(store.add_extraction(text, content, actor="an").item_id) is None


def test_a_copy_that_leads_is_its_own_paper(store: Store) -> None:
    extraction, content = build(name="ban-ky.pdf", format="pdf", pages=1)
    item_id = store.add_extraction(extraction, content, actor="an").item_id
    paper = store.paper_of(item_id)
    assert paper is not None
    assert paper.figures is None
    record = store.queue()[0]
    assert paper.placed(record) == record


def test_a_later_pdf_shows_where_the_figures_of_the_text_stand(store: Store) -> None:
    item_id = two_copies(store)
    paper = store.paper_of(item_id)
    assert paper is not None
    assert paper.reading.sha256 != store.item(item_id).leading
    moved = 0
    for record in store.queue():
        placed = paper.placed(record)
        if placed is None:
            assert record.quote == "118 hộ"
            continue
        assert paper.reading.text[placed.start : placed.end] == record.quote
        moved += placed.start != record.start
    assert moved == len(PLAN) - 1
    standing = store.on_paper(item_id, paper, [(0, len(paper.reading.text))])
    assert len(standing) == len(PLAN) - 1
    assert [one.start for one in standing] == sorted(one.start for one in standing)


def test_another_copy_may_lead_and_no_decision_is_lost(store: Store) -> None:
    item_id = two_copies(store)
    judged = store.accept(next(r.id for r in store.queue() if r.quote == "800 cây"), 0, actor="bình")
    gone = store.accept(next(r.id for r in store.queue() if r.quote == "118 hộ"), 0, actor="bình")
    signed = next(file.sha256 for file in store.item(item_id).files if file.name == "ban-ky.pdf")
    store.let_lead(item_id, signed, actor="an")
    assert store.item(item_id).leading == signed
    kept = store.record(judged.id)
    assert (kept.state, kept.page) == (State.ACCEPTED, 1)
    assert store.reading_of(item_id).text[kept.start : kept.end] == "800 cây"
    assert store.record(gone.id).lost
    assert store.verify() == []
    first = next(file.sha256 for file in store.item(item_id).files if file.sha256 != signed)
    store.let_lead(item_id, first, actor="an")  # and back
    assert not store.record(gone.id).lost
    assert store.verify() == []


def test_only_an_archivist_says_which_copy_leads(store: Store) -> None:
    item_id = two_copies(store)
    with pytest.raises(NotAllowed):
        store.let_lead(item_id, store.item(item_id).files[1].sha256, actor="bình")
    with pytest.raises(StoreError):
        store.let_lead(item_id, "0" * 64, actor="an")
