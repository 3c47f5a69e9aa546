"""What a store's decisions would teach, tried before anybody takes it over.

In: the store. Out: a ``Proposal``: the content of a next version, and how gold that taught nothing is read with the
version that reads now and with the new one. A third of the store's passages is held back for that, always the same
reports; the package's own gold is tried too. Rows come first, then weights over them. Where anything is read worse,
rows and decisions that do harm by themselves are left out; then the weights are held more strongly and tried again;
where even that does harm there is nothing to take over. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.archive.canonical_json import canonical
from extractor.archive.learning.passages import Passage, decided_passages
from extractor.archive.review.learning import Lesson, learn_from
from extractor.evaluation import Score
from extractor.language import PACKAGE, Layer
from extractor.language.reader.turns import TURN
from extractor.training.anchored import Learned, learn_near_package, taught_by
from extractor.training.guard import gold_of, score_each, score_package, score_texts, to_try

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom
    from extractor.archive.row_types import Record
    from extractor.training.guard import Tried

HELD_BACK = 3
"""Of so many reports one is held back."""

HOLDS = (1.0, 4.0, 16.0)
"""How strongly what others show too is held, tried one after the other until nothing is read worse."""

REPORTS_THAT_AGREE = 2
"""In so many reports people must have said the same before it becomes a row."""

SAID_BY = frozenset({"example", "by", "on"})
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
    def fell(self) -> tuple[Tally, ...]:
        """What is read worse."""
        return worse(self.tallies)

    @property
    def is_taken(self) -> bool:
        """Whether there is something to take over that does no harm."""
        return self.is_new and bool(self.moved or self.rows) and not self.fell


def propose(store: ReadingRoom, tell: Callable[[int], None] = lambda _: None) -> Proposal:
    """What the decisions of a store teach, tried on gold; ``tell`` hears which of ``STEPS`` begins."""
    tell(0)
    passages, reads = decided_passages(store), store.layer()
    teaching, held = divide(passages)
    tell(1)
    taught = taught_by(passage.gold for passage in teaching)
    own = [*to_try(OWN, (passage.gold for passage in held))]
    trial, hold = _Trial(reads.content), 0.0
    lessons = [
        one
        for one in learn_from(store, _teaches(teaching, held))
        if one.row is not None and one.reports >= REPORTS_THAT_AGREE
    ]
    rows = [*map(row_alone, lessons)]
    if rows:
        trial = _try_without_harm([], rows, reads, own)
        rows = [*trial.parts] if not trial.fell else []
    for step, hold in enumerate(HOLDS if taught else (), 1):
        tell(2 * step)
        weights = [*_parts_of(learn_near_package(taught, hold))]
        tell(2 * step + 1)
        trial = _try_without_harm(rows, weights, reads, own)
        if not trial.fell:
            break
    layer = Layer(content=trial.content)
    return Proposal(
        content=trial.content,
        over=reads.version,
        passages=len(passages),
        decisions=sum(passage.decisions for passage in passages),
        corrections=sum(passage.corrections for passage in passages),
        hold=hold,
        moved={decision: sum(map(len, pieces.values())) for decision, pieces in layer.weights.items()},
        rows=tuple(one for one in lessons if _bare(one) in layer.rows.get(one.table, ())),
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
"""The content of a layer that holds weights of one decision, or one row."""


def _parts_of(learned: Learned) -> Iterator[Part]:
    """What the very sentences say about each decision, and its other weights: either may stay without the other."""
    for decision, pieces in learned.items():
        yield from ({"weights": {decision: side}} for side in _split(pieces) if side)


def _split(pieces: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Evidence of one sentence alone, and that of any."""
    sides: tuple[dict[str, Any], dict[str, Any]] = {}, {}
    for piece, by in pieces.items():
        sides[not piece.startswith(TURN)][piece] = by
    return sides


@dataclass(frozen=True, slots=True)
class _Trial:
    """The content of a layer, its parts, and what it does to gold."""

    content: str
    parts: Sequence[Part] = ()
    tallies: tuple[Tally, ...] = ()

    @property
    def fell(self) -> tuple[Tally, ...]:
        return worse(self.tallies)


def _try_without_harm(kept: Sequence[Part], parts: Sequence[Part], reads: Layer, own: Sequence[Tried]) -> _Trial:
    """``parts`` over those that are ``kept``, all of them, or where that does harm those that do none by themselves."""
    trial = _try([*kept, *parts], reads, own)
    if trial.fell and (harmless := _harmless(parts, trial, own)):
        trial = _try([*kept, *harmless], reads, own)
    return trial


def _try(parts: Sequence[Part], reads: Layer, own: Sequence[Tried]) -> _Trial:
    """A layer of ``parts``, held against the one that ``reads`` now on the store's own gold and on the package's."""
    new = Layer(content=_joined(parts))
    before, after = (score_texts(own, layer) | dict(score_package(layer.content)) for layer in (reads, new))
    return _Trial(new.content, parts, tuple(_tallies(before, after)))


def _joined(parts: Iterable[Part]) -> str:
    """The content of one layer that holds all ``parts``."""
    weights: dict[str, Any] = {}
    rows: dict[str, list[Any]] = {}
    for part in parts:
        for decision, pieces in part.get("weights", {}).items():
            weights.setdefault(decision, {}).update(pieces)
        for table, found in part.get("rows", {}).items():
            rows.setdefault(table, []).extend(found)
    return canonical({name: held for name, held in (("rows", rows), ("weights", weights)) if held})


def _harmless(parts: Iterable[Part], trial: _Trial, own: Sequence[Tried]) -> list[Part]:
    """The parts that by themselves read no group of texts worse than the package does, of the groups that fell.

    What all parts together read as the package does is not read again with each of them.
    """
    groups = {one.group for one in trial.fell}
    texts = [*(text for text in own if text.group in groups), *gold_of(groups)]
    still = dict.fromkeys(groups, Score())
    moved: list[Tried] = []
    each = (score_each(texts, layer) for layer in (PACKAGE, Layer(content=trial.content)))
    for text, before, after in zip(texts, *each, strict=True):
        if before == after:
            still[text.group] += before
        else:
            moved.append(text)

    def scores(layer: Layer) -> dict[str, Score]:
        found = score_texts(moved, layer)
        return {group: score + found.get(group, Score()) for group, score in still.items()}

    package = scores(PACKAGE)
    return [part for part in parts if not worse(_tallies(package, scores(Layer(content=_joined([part])))))]


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
        for measure in MEASURES:
            old, new = (getattr(scores[group], f"{measure}_f1") for scores in (before, after))
            yield Tally(group, measure, old, new)
