"""What a store's decisions would teach, tried before anybody takes it over.

In: the store. Out: a ``Proposal``: the content of a next version, and how gold that taught nothing is read with the
version that reads now and with the new one. A third of the store's passages is held back for that, always the same
reports; the package's own gold is tried too. Rows come first, then weights over them. Where anything is read worse,
rows and decisions that do harm by themselves are left out; then the weights are held more strongly and tried again;
where even that does harm there is nothing to take over. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from extractor.archive.canonical_json import canonical
from extractor.archive.learning.passages import Passage, decided_passages
from extractor.archive.review.learning import learn_from
from extractor.archive.review.lesson import Lesson
from extractor.domain.paused_gc import put_aside
from extractor.evaluation import Score
from extractor.language import PACKAGE, Layer
from extractor.language.reader.turns import sentence_of
from extractor.training.anchored import Learned, learn_near_package, taught_by
from extractor.training.guard import IDS, AsRead, Gold, score_over, to_try, totals

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom
    from extractor.archive.row_types import Record

HELD_BACK = 3
"""Of so many reports one is held back."""

HOLDS = (6.0, 16.0)
"""How strongly what others show too is held, tried one after the other until nothing is read worse.

Held by 1, what was learned passed the guard and cost other places 0.0003 of strict where the guard does not look, held
by 4 it cost 0.0001 at one place of eight, held by 6 nothing at any, with nearly as few corrections left.
"""

SAID_BY = frozenset({"example", "example_left", "example_right", "by", "on"})
"""Columns that say where a row comes from."""

OWN = "store"
"""What the store's own passages are called among the texts that are tried."""

MEASURES = ("found", "strict")

STEPS = ("gather", "teach", *("weigh", "try") * len(HOLDS), "change")
"""What is done one after the other until there is a proposal, and then to say what it would change."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What becomes of one group of texts by one measure, from 0 to 1."""

    group: str
    measure: str
    before: float
    after: float

    @property
    def shares(self) -> tuple[float, float]:
        """Before and after."""
        return self.before, self.after


def worse(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """Those that fell."""
    return tuple(one for one in tallies if one.after < one.before)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What can be learned, from how much, with which effect; ``content`` is what reads now where that is nothing."""

    content: str
    over: int  # the version that reads now
    passages: int
    decisions: int
    corrections: int
    hold: float  # how strongly weights were held
    moved: Mapping[str, int]  # decision → weights that would move
    tallies: tuple[Tally, ...]
    is_new: bool  # whether it reads otherwise than the version that reads now
    rows: tuple[Lesson, ...] = ()  # each ready for its table

    @property
    def pieces(self) -> tuple[Lesson | str, ...]:
        """What may be taken over by itself: each row, and what was learned of each decision, by its name."""
        return *self.rows, *sorted(self.moved)

    @property
    def fell(self) -> tuple[Tally, ...]:
        """What is read worse."""
        return worse(self.tallies)

    @property
    def is_taken(self) -> bool:
        """Whether there is something to take over that does no harm."""
        return self.is_new and bool(self.moved or self.rows) and not self.fell


def propose(store: ReadingRoom, tell: Callable[[int], None] = lambda _: None) -> Proposal:
    """What the decisions of a store teach, tried on gold; ``tell`` hears which of ``STEPS`` begins."""
    with put_aside():
        return _propose(store, tell)


def _propose(store: ReadingRoom, tell: Callable[[int], None]) -> Proposal:
    tell(0)
    passages, reads = decided_passages(store), store.layer()
    teaching, held = divide(passages)
    tell(1)
    gold = _guarding(reads, held)
    trial, hold = _Trial(reads.content), 0.0
    lessons = [one for one in learn_from(store, _teaches(teaching, held)) if one.is_agreed]
    rows = [*map(row_alone, lessons)]
    if rows:
        trial = _try_without_harm([], rows, gold)
        rows = [*trial.parts] if not trial.fell else []
    said, heard = ([passage.gold for passage in some] for some in (teaching, held))
    taught = taught_by(said, heard, _layer(_joined(rows)))
    for step, hold in enumerate(HOLDS if taught else (), 1):
        tell(2 * step)
        weights = [*_parts_of(learn_near_package(taught, hold))]
        tell(2 * step + 1)
        trial = _try_without_harm(rows, weights, gold)
        if not trial.fell:
            break
    found = Proposal(
        content=reads.content,
        over=reads.version,
        passages=len(passages),
        decisions=sum(passage.decisions for passage in passages),
        corrections=sum(passage.corrections for passage in passages),
        hold=hold,
        moved={},
        rows=tuple(lessons),
        tallies=(),
        is_new=False,
    )
    return _of_trial(found, trial, reads)


def narrow(store: ReadingRoom, found: Proposal, kept: Iterable[int]) -> Proposal:
    """Of the pieces that were ``found`` those in the places that are ``kept``, tried again without the others."""
    reads, weights = store.layer(), Layer(content=found.content).weights
    pieces = [found.pieces[place] for place in sorted({*kept})]
    parts = [{"weights": {one: weights[one]}} if isinstance(one, str) else row_alone(one) for one in pieces]
    gold = _guarding(reads, divide(decided_passages(store))[1])
    return _of_trial(found, _try(parts, gold), reads)


def _guarding(reads: Layer, held: Iterable[Passage]) -> Gold:
    return Gold(reads.content, to_try(OWN, (passage.gold for passage in held)))


def _of_trial(found: Proposal, trial: _Trial, reads: Layer) -> Proposal:
    """What was ``found``, as far as a trial holds it."""
    layer = Layer(content=trial.content)
    return replace(
        found,
        content=trial.content,
        moved={decision: sum(map(len, pieces.values())) for decision, pieces in layer.weights.items()},
        rows=tuple(one for one in found.rows if _bare(one) in layer.rows.get(one.table, ())),
        tallies=trial.tallies,
        is_new=trial.content != reads.content,
    )


def _teaches(teaching: Iterable[Passage], held: Collection[Passage]) -> Callable[[Record], bool]:
    """Whether a record teaches: none of a passage that is held back, nor of a report of which nothing teaches."""
    ids = {record_id for passage in held for record_id in passage.record_ids}
    items = {passage.item_id for passage in held} - {passage.item_id for passage in teaching}
    return lambda record: record.id not in ids and record.item_id not in items


def _bare(lesson: Lesson) -> dict[str, str]:
    """The row of a lesson without what depends on who said it first: the journal knows, and the reader does not ask."""
    return {column: value for column, value in (lesson.row or {}).items() if column not in SAID_BY and value}


def row_alone(lesson: Lesson) -> Part:
    """The content of a layer that holds the row of a lesson and nothing else."""
    return {"rows": {lesson.table: [_bare(lesson)]}}


Part = Mapping[str, Any]
"""The content of a layer that holds one row, or what one sentence says, or other weights of one decision."""


def _parts_of(learned: Learned) -> Iterator[Part]:
    """What each sentence says about all decisions, and the other weights of each decision: any may stay alone."""
    found: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for decision, pieces in learned.items():
        for piece, by in pieces.items():
            sentence = sentence_of(piece)
            part = found.setdefault((sentence, "" if sentence else decision), {})
            part.setdefault(decision, {})[piece] = by
    return ({"weights": found[name]} for name in sorted(found))


def _sentence(part: Part) -> str:
    """The sentence that a part is about; empty where it is about any."""
    pieces: Iterable[str] = next(iter(part.get("weights", {}).values()), ())
    return sentence_of(next(iter(pieces), ""))


@dataclass(frozen=True, slots=True)
class _Trial:
    """The content of a layer, its parts, and what it does to gold."""

    content: str
    parts: Sequence[Part] = ()
    tallies: tuple[Tally, ...] = ()

    @property
    def fell(self) -> tuple[Tally, ...]:
        return worse(self.tallies)


def _try_without_harm(kept: Sequence[Part], parts: Sequence[Part], gold: Gold) -> _Trial:
    """``parts`` over those that are ``kept``, all of them, or where that does harm those that do none by themselves."""
    trial = _try([*kept, *parts], gold)
    if trial.fell and (harmless := _harmless(parts, trial, gold)):
        trial = _try([*kept, *harmless], gold)
    return trial


def _try(parts: Sequence[Part], gold: Gold) -> _Trial:
    """A layer of ``parts``, held against the one that reads now on the store's own gold and on the package's."""
    content = canonical(_joined(parts))
    before, after = (totals(gold.tried, gold.scores(one)) for one in (gold.reads, content))
    return _Trial(content, parts, tuple(_tallies(before, after)))


def _joined(parts: Iterable[Part]) -> Part:
    """All ``parts`` as one."""
    weights: dict[str, Any] = {}
    rows: dict[str, list[Any]] = {}
    for part in parts:
        for decision, pieces in part.get("weights", {}).items():
            weights.setdefault(decision, {}).update(pieces)
        for table, found in part.get("rows", {}).items():
            rows.setdefault(table, []).extend(found)
    return {name: held for name, held in (("rows", rows), ("weights", weights)) if held}


def _harmless(parts: Iterable[Part], trial: _Trial, gold: Gold) -> list[Part]:
    """The parts that by themselves read no group of texts worse than the package does, of the groups that fell.

    A sentence by itself is held against the texts that it stands in. What all parts together read as the package does
    is not read again with each of them.
    """
    groups = {one.group for one in trial.fell}
    moved, still = list[AsRead](), dict.fromkeys(groups, Score())
    for one, before, after in zip(gold.texts, *map(gold.scores, (PACKAGE.content, trial.content)), strict=True):
        if one.text.group in groups and before != after:
            moved.append(one)
        elif one.text.group in groups:
            still[one.text.group] += before
    package = [one.score for one in moved]

    def harms(part: Part) -> bool:
        texts = [one.text for one in moved]
        both = (totals(texts, scores) for scores in (package, score_over(moved, _layer(part))))
        old, new = ({group: score + some.get(group, Score()) for group, score in still.items()} for some in both)
        return bool(worse(_tallies(old, new)))

    harmful = _harmful([part for part in parts if _sentence(part)], moved)
    return [part for part in parts if not (_sentence(part) in harmful if _sentence(part) else harms(part))]


def _layer(part: Part) -> Layer:
    return Layer(content=canonical(part))


def _harmful(sentences: Sequence[Part], texts: Sequence[AsRead]) -> frozenset[str]:
    """The sentences whose texts, taken together, are read worse than by the package by what the sentences say."""
    if not sentences:
        return frozenset()
    told: dict[str, tuple[Score, Score]] = {}
    for text, now in zip(texts, score_over(texts, _layer(_joined(sentences))), strict=True):
        for sentence in text.sentences:
            old, new = told.get(sentence, (Score(), Score()))
            told[sentence] = old + text.score, new + now
    return frozenset(name for name, (old, new) in told.items() if worse(_tallies({name: old}, {name: new})))


def divide(passages: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """The passages that teach and those that are held back, whole reports; of a few reports single passages."""
    for lots in ([passage.report for passage in passages], [passage.name for passage in passages]):
        sides: tuple[list[Passage], list[Passage]] = [], []
        for passage, lot in zip(passages, lots, strict=True):
            sides[int(lot[:8], 16) % HELD_BACK == 0].append(passage)
        if all(sides):
            break
    return sides


def _tallies(before: Mapping[str, Score], after: Mapping[str, Score]) -> Iterator[Tally]:
    for group in before:
        for measure in MEASURES[-1:] if group == IDS else MEASURES:
            old, new = (getattr(scores[group], f"{measure}_f1") for scores in (before, after))
            yield Tally(group, measure, old, new)
