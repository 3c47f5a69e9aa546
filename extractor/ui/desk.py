"""What stands at the desk of a record: what there is to know, its card or the table of its sentence, and its source.

Out: data for the components, and nothing drawn. The hard idea: the card that an Enter leads to is known before it is
pressed. It is made ready with the present one, so a browser shows it at once, and the answer of the server finds it
drawn. It is a guess all the same: it decides nothing and calls nothing kept before the answer, which is drawn over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractor.archive.review.paper_copies import Paper
from extractor.archive.row_types import OPEN, Progress, Reading, Record, State
from extractor.domain.messages import sentences
from extractor.ui import filter_bar
from extractor.ui.components import advance, line
from extractor.ui.messages import FILE, language, say_in, t
from extractor.ui.page_images import link
from extractor.ui.page_view import Leaf, lay_page, place_of, stretches_of_page
from extractor.ui.record_form import alternatives_of, doubted_field, is_wide, rows_of, votes_of
from extractor.ui.record_notes import notes_on, notes_on_sentence, spell_amount
from extractor.ui.sentence import MOST, columns, doubted, fits, row_of, sentence_of
from extractor.ui.session import actor, current_filter, store
from extractor.ui.text_viewer import NEAR, compared_with, lay_out, named, stamp, stretches_of, summed_with

KEYS = {
    "accept": "Enter",
    "reject": "b",
    "skip": "q",
    "undo": "h",
    "previous": "ArrowLeft",
    "next": "ArrowRight",
    "value": "g",
    "unit": "u",
    "status": "t",
    "period": "k",
    "indicator": "i",
    "indicator_id": "d",
    "qualifier": "v",
    "compared0": "n",
    "base0": "y",
    "reason": "l",
    "doubt": " ",
    "zoom": "p",
    "page_back": "PageUp",
    "page_on": "PageDown",
    "widen": "m",
    "mode": "F2",
    "other": "F4",
    "keys": "?",
}
"""Act or field → its key. Free of what Streamlit takes (c, r), and of most letters that Telex and VNI rewrite."""

CARD_WORDS = (
    *("label", "pick", "add", "other", "none", "comment", "comment_words", "comment_save", "drafts", "draft_here"),
    *("keys", "keys_how", "keys_press", "keys_taken", "keys_reset", "keys_close", "waits", "fresh", "vote"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A record, with those of its sentence that are decided together with it."""

    record: Record
    reading: Reading
    together: Sequence[Record]
    by_sentence: bool
    closed: bool  # to a person who may look only

    @property
    def kind(self) -> str:
        """Which way of reviewing decides."""
        return "sentence" if self.by_sentence else "card"

    @property
    def waiting(self) -> dict[int, Record]:
        """Id → the records that an Enter decides."""
        asked = self.together if self.by_sentence else [self.record]
        return {one.id: one for one in asked if one.state in (*OPEN, State.SKIPPED)}


def desk_of(record: Record, *, closed: bool) -> Desk:
    """The desk of a record, in the way of reviewing that was asked for."""
    reading = store().reading_of(record.item_id)
    together = sentence_of(record, reading)
    return Desk(record, reading, together, fits(together) and filter_bar.mode_asked() == "sentence", closed)


def notes_of(desk: Desk) -> list[dict[str, Any]]:
    """What there is to know above the card."""
    return notes_on_sentence(desk.together, desk.reading) if desk.by_sentence else notes_on(desk.record, desk.reading)


def form_of(desk: Desk) -> dict[str, Any]:
    """The card, or the table of the sentence."""
    said = _table(desk) if desk.by_sentence else _card(desk)
    name = stamp({"store": store().address, "who": actor()})
    return {"id": desk.record.id, "kind": desk.kind, "keys": KEYS, "store": name, **said}


def _card(desk: Desk) -> dict[str, Any]:
    record, closed, whole = desk.record, desk.closed, fits(desk.together)
    rows = rows_of(record)
    votes = votes_of(record, rows)
    return {
        "version": record.version,
        "stamp": f"{record.id}:{record.version}:{is_wide()}:{language()}:{closed}:{whole}",
        "rows": rows,
        "alternatives": [] if votes else alternatives_of(record, rows),  # one key takes the one or the other
        "votes": votes,
        "acts": acts(closed=closed, whole=whole),
        "doubted": doubted_field(record),
        "alone": t("card.crowded", most=MOST) if len(desk.together) > MOST else t("card.alone"),
        "closed": closed,
        "words": words(language()),
    }


def _table(desk: Desk) -> dict[str, Any]:
    rows = [row_of(one) for one in desk.together]
    versions = [[row["id"], row["version"]] for row in rows]
    name = {"rows": versions, "at": desk.record.id, "language": language(), "closed": desk.closed}
    return {
        "stamp": stamp(name),
        "rows": rows,
        "columns": columns(desk.together),
        "acts": acts_on_sentence(closed=desk.closed),
        "doubted": doubted(desk.together),
        "words": words(language()) | {name: t(f"sentence.{name}") for name in ("label", "acts", "open", "reject")},
    }


def acts(*, closed: bool, whole: bool) -> list[dict[str, Any]]:
    """Every decision and step, in the order of the buttons; the way to the whole sentence where there is one."""
    return [
        _act("accept", closed=closed) | {"main": True},
        *(_act(name, closed=closed) for name in ("reject", "skip")),
        *_steps(closed=closed),
        _act("widen", "act.narrow" if is_wide() else "act.widen"),
        *([_act("mode")] if whole else []),
        _act("keys"),
    ]


def acts_on_sentence(*, closed: bool) -> list[dict[str, Any]]:
    """The same of the table: what is said of the whole sentence has words of its own."""
    return [
        _act("accept", "sentence.accept", closed=closed) | {"main": True},
        _act("skip", closed=closed),
        *_steps(closed=closed),
        _act("mode", "sentence.card"),
        _act("keys"),
    ]


def _steps(*, closed: bool) -> list[dict[str, Any]]:
    return [_act("previous"), _act("undo", closed=closed), _act("next")]


def _act(name: str, words: str | None = None, *, closed: bool = False) -> dict[str, Any]:
    return {"name": name, "label": t(words or f"act.{name}"), "closed": closed}


@cache
def words(tongue: str) -> dict[str, Any]:
    """What the card says beside its fields, and both ways of reviewing about their keys, in one language."""
    said = {name: say_in(tongue, f"card.{name}") for name in CARD_WORDS}
    acts = ("accept", "reject", "skip", "undo", "previous", "next", "widen", "mode")
    names = {name: say_in(tongue, f"act.{name}") for name in acts}
    fields = {
        name: say_in(tongue, f"field.{name.rstrip('0')}") for name in KEYS if f"act.{name}" not in sentences(FILE)
    }
    return {**said, "key_names": {**names, **fields, "keys": say_in(tongue, "act.keys")}}


def source_of(desk: Desk, *, turned: int | None = None) -> dict[str, Any]:
    """The page on which the figure stands, in whichever copy has pages, or the text around it.

    ``turned`` is a page that was turned to.
    """
    record, reading = desk.record, desk.reading
    paper = store().paper_of(record.item_id)
    summed = summed_with(record, reading)
    views = filter_bar.views() if paper is not None else None
    on_paper = paper is not None and views is not None and views["current"] == "page"
    data = _on_page(record, paper, summed, turned) if paper is not None and on_paper else None
    if data is None:
        standing = store().near(record.item_id, record.start - NEAR, record.start + NEAR)
        marks = [*stretches_of(standing, reading, summed=summed), *compared_with(record), *named(record, reading)]
        data = lay_out(reading, marks, focus=record.id, around=record.start)
    return {**data, "label": t("viewer.label"), "selects": False, "add": t("viewer.add"), "views": views}


def _on_page(record: Record, paper: Paper, summed: frozenset[str], turned: int | None) -> dict[str, Any] | None:
    """The page of a record, or the one turned to; None where no copy with pages holds it."""
    here, reading = paper.placed(record), paper.reading
    place = place_of(reading, here.start, here.end) if here is not None else ()
    if here is None or not place:
        return None
    page = turned if turned is not None and stretches_of_page(reading, turned) else place[0].page
    standing = store().on_paper(record.item_id, paper, stretches_of_page(reading, page))
    said = {"title": t("review.page", page=page), "failed": t("viewer.no_page")}
    said |= {"back": t("viewer.back"), "on": t("viewer.on")}
    leaf = Leaf(page, link(reading.sha256, page), said)
    return lay_page(here, standing, reading, leaf=leaf, summed=summed)


def ahead_of(desk: Desk, form: dict[str, Any], source: dict[str, Any], progress: Progress) -> dict[str, Any] | None:
    """The desk after an Enter on this one, as far as nothing is typed; None where that is not known.

    The letters of a page that stands there already are not sent again.
    """
    done = desk.waiting
    last = desk.together[-1] if desk.by_sentence else desk.record
    reached = store().next_open(current_filter(), actor=actor(), after=last) if done else None
    if reached is None or reached in {desk.record.id, *done} or filter_bar.is_single():
        return None
    coming = desk_of(store().record(reached), closed=desk.closed)
    shown = source_of(coming)
    if "page" in shown and shown["frame"] == source["frame"]:
        shown["page"] = {name: said for name, said in shown["page"].items() if name != "lines"}
    told = t("sentence.saving", count=len(done)) if desk.by_sentence else words_on("saving", desk.record)
    return {
        "after": form["stamp"],
        "notes": [advance(progress), line("flash ", told), *notes_of(coming)],
        "form": form_of(coming),
        "source": shown,
    }


def words_on(outcome: str, record: Record) -> str:
    """What was done with a record, in words."""
    return t(f"review.{outcome}", value=spell_amount(record) or record.quote, indicator=record.indicator or "–")
