"""What a store's decisions would teach, tried before anybody takes it over.

In: the store. Out: a ``Proposal``: the content of a next version, and how gold that taught nothing is read with the
version that reads now and with the new one. A third of the store's passages is held back for that, always the same
reports; the package's own gold is tried too. Where anything is read worse, decisions that do harm by themselves are
left out; then the weights are held more strongly and tried again; where even that does harm there is nothing to take
over. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.archive.canonical_json import canonical
from extractor.archive.learning.passages import Passage, decided_passages
from extractor.language import PACKAGE, Layer
from extractor.training.anchored import Learned, learn_near_package, taught_by
from extractor.training.guard import gold_of, score_package, score_texts, to_try

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom
    from extractor.evaluation import Score
    from extractor.training.guard import Tried

HELD_BACK = 3
"""Of so many reports one is held back."""

HOLDS = (1.0, 4.0, 16.0)
"""How strongly what others show too is held, tried one after the other until nothing is read worse."""

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

    @property
    def fell(self) -> tuple[Tally, ...]:
        """What is read worse."""
        return worse(self.tallies)

    @property
    def is_taken(self) -> bool:
        """Whether there is something to take over that does no harm."""
        return self.is_new and bool(self.moved) and not self.fell


def propose(store: ReadingRoom, tell: Callable[[int], None] = lambda _: None) -> Proposal:
    """What the decisions of a store teach, tried on gold; ``tell`` hears which of ``STEPS`` begins."""
    tell(0)
    passages, reads = decided_passages(store), store.layer()
    teaching, held = divide(passages)
    tell(1)
    taught = taught_by(passage.gold for passage in teaching)
    own = [*to_try(OWN, (passage.gold for passage in held))]
    trial, hold = _Trial(reads.content), 0.0
    for step, hold in enumerate(HOLDS if taught else (), 1):
        tell(2 * step)
        learned = learn_near_package(taught, hold)
        tell(2 * step + 1)
        trial = _try(learned, reads, own)
        if trial.fell and (harmless := _harmless(learned, trial.fell, own)):
            trial = _try(harmless, reads, own)
        if not trial.fell:
            break
    weights = Layer(content=trial.content).weights
    return Proposal(
        content=trial.content,
        over=reads.version,
        passages=len(passages),
        decisions=sum(passage.decisions for passage in passages),
        corrections=sum(passage.corrections for passage in passages),
        hold=hold,
        moved={decision: sum(map(len, pieces.values())) for decision, pieces in weights.items()},
        tallies=trial.tallies,
        is_new=trial.content != reads.content,
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """The content of a layer, and what it does to gold."""

    content: str
    tallies: tuple[Tally, ...] = ()

    @property
    def fell(self) -> tuple[Tally, ...]:
        return worse(self.tallies)


def _try(learned: Learned, reads: Layer, own: Sequence[Tried]) -> _Trial:
    """What was learned, held against the layer that ``reads`` now on the store's own gold and on the package's."""
    new = Layer(content=canonical({"weights": learned}) if learned else PACKAGE.content)
    before, after = (score_texts(own, layer) | dict(score_package(layer.content)) for layer in (reads, new))
    return _Trial(new.content, tuple(_tallies(before, after)))


def _harmless(learned: Learned, fell: Iterable[Tally], own: Sequence[Tried]) -> Learned:
    """The decisions that by themselves read no group of texts worse than the package does, of the groups that fell."""
    groups = {one.group for one in fell}
    texts = [*(text for text in own if text.group in groups), *gold_of(groups)]
    package = score_texts(texts, PACKAGE)
    kept = {}
    for decision, pieces in learned.items():
        alone = score_texts(texts, Layer(content=canonical({"weights": {decision: pieces}})))
        if not worse(_tallies(package, alone)):
            kept[decision] = pieces
    return kept


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
