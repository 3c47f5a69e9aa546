"""What new weights do to gold that did not teach them: figures found and strictly right, before and after.

In: a layer, and texts with gold by the group that they count in. Out: a score for each group. The package's
own gold is a sample of the passages that came with the program, the same in every run, and its sample reports.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain

from extractor.domain.document import Document
from extractor.domain.figure import Figure
from extractor.domain.folders import data_folder
from extractor.domain.folding import fold
from extractor.domain.lexicon import rows_over
from extractor.evaluation import Record, Score, read_records, score_figures
from extractor.language import PACKAGE, Layer, read_figures
from extractor.language.figures import ReaderOf
from extractor.language.lexer.items import Reading
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import Context
from extractor.language.reader.turns import sentence_of
from extractor.language.reader.weights import DECISIONS, Choice, Weighted
from extractor.paper import read_document, read_passage

SAMPLED = 8
"""Of so many passages of the package one is tried."""

REPORTS = "reports"
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Tried:
    """A text with gold: the group that it counts in, the document, its figures, its period and its heading."""

    group: str
    document: Document
    gold: Sequence[Record]
    period: str | None = None
    heading: str | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words and those of its heading, folded."""
        return _words(f"{self.heading or ''} {self.document.text}")

    @cached_property
    def sentences(self) -> frozenset[str]:
        """Its sentences with numbers, as ``language.reader.turns`` calls them."""
        shown = Shown(recalls=True)
        _read(self, reader=shown.reader)
        pieces = chain.from_iterable(shown.pieces.values())
        return frozenset(name for piece in pieces if (name := sentence_of(piece)))


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(fold(text)))


def to_try(group: str, passages: Iterable[Record]) -> Iterator[Tried]:
    """Passages with gold as texts of one group."""
    for passage in passages:
        document, _ = read_passage(passage["text"])
        yield Tried(group, document, passage["figures"], passage.get("report_period"), passage.get("heading"))


@cache
def package_gold() -> tuple[Tried, ...]:
    """The gold that came with the program, as far as it is tried; nothing where it came without."""
    found: list[Tried] = []
    corpus = data_folder("corpus")
    for path in sorted(corpus.glob("passages/*.jsonl")):
        passages = [one for one in read_records(path) if zlib.crc32(one["text"].encode()) % SAMPLED == 0]
        found += to_try(path.stem, passages)
    for path in sorted(corpus.glob("gold/*.jsonl")):
        document = read_document(corpus / f"{path.stem}.md")
        found.append(Tried(REPORTS, document, read_records(path), document.report.period))
    return tuple(found)


@cache
def read_by_package() -> tuple[tuple[Score, ...], Mapping[str, Counter[str]]]:
    """The score of each text of the package's gold, and decision → evidence → at how many choices it shows it."""
    shown = Shown()
    return tuple(_score(text, _read(text, reader=shown.reader)) for text in package_gold()), shown.pieces


def shown_by_package() -> Mapping[str, Counter[str]]:
    """Decision → evidence → at how many choices the package's gold shows it."""
    return read_by_package()[1]


class Shown(Weighted):
    """Decides by the package's weights and counts the evidence that it is shown."""

    def __init__(self, *, recalls: bool = False) -> None:
        super().__init__()
        self.recalls = recalls
        self.pieces: dict[str, Counter[str]] = {decision: Counter() for decision in DECISIONS}

    def reader(self, reading: Reading, context: Context, _: int) -> BlockReader:
        """The reader of a block that shows its evidence here."""
        return BlockReader(reading, context, self, self)

    def classify(self, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool], /) -> Choice:
        """The choice by weights; its evidence is counted."""
        self.pieces[decision].update({*evidence})
        return super().classify(decision, at, evidence, allowed)

    def rank(
        self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[object],
        odds: Sequence[int] = (), /,
    ) -> Choice:  # fmt: skip
        """The choice by weights; its evidence is counted."""
        self.pieces[decision].update(set[str]().union(*evidence))
        return super().rank(decision, at, evidence, candidates, odds)


def score_texts(texts: Iterable[Tried], layer: Layer) -> dict[str, Score]:
    """The score of each group of texts, read with a layer."""
    texts = [*texts]
    return totals(texts, score_each(texts, layer))


def totals(texts: Iterable[Tried], scores: Iterable[Score]) -> dict[str, Score]:
    """The score of each group of texts."""
    found: dict[str, Score] = {}
    for text, score in zip(texts, scores, strict=True):
        found[text.group] = found.get(text.group, Score()) + score
    return found


def score_each(texts: Iterable[Tried], layer: Layer) -> list[Score]:
    """The score of each text, read with a layer."""
    with rows_over(layer.rows):
        return [_score(text, _read(text, layer)) for text in texts]


def score_over(texts: Iterable[Tried], package: Iterable[Score], layer: Layer) -> list[Score]:
    """The same, where it is known how the ``package`` reads each text: where a layer says nothing it reads alike."""
    with rows_over(layer.rows):
        both = zip(texts, package, strict=True)
        return [_score(text, _read(text, layer)) if _concerns(layer, text) else score for text, score in both]


def _concerns(layer: Layer, text: Tried) -> bool:
    """Whether a layer may read a text otherwise than the package: no row does where none of its cells stands."""
    evidence = {sentence_of(piece) for pieces in layer.weights.values() for piece in pieces}
    cells = (_words(cell) for rows in layer.rows.values() for row in rows for cell in row.values())
    return (
        "" in evidence
        or any(cell and cell <= text.words for cell in cells)
        or (bool(evidence) and not evidence.isdisjoint(text.sentences))
    )


@lru_cache(maxsize=4)
def score_package(content: str) -> tuple[Score, ...]:
    """The score of each text of the package's gold, read with a layer of this content."""
    return tuple(score_over(package_gold(), read_by_package()[0], Layer(content=content)))


class Gold:
    """Texts that guard what is learned: some of a store's ``own`` and the package's, and how layers read them.

    ``reads`` is the content of the layer that reads now.
    """

    def __init__(self, reads: str, own: Iterable[Tried]) -> None:
        self.reads = reads
        self._own = tuple(own)
        self.texts = (*self._own, *package_gold())
        self._scores: dict[str, Sequence[Score]] = {}

    def scores(self, content: str) -> Sequence[Score]:
        """The score of each text, read with a layer of this content."""
        if content not in self._scores:
            self._scores[content] = (*score_each(self._own, Layer(content=content)), *score_package(content))
        return self._scores[content]


def _read(text: Tried, layer: Layer = PACKAGE, reader: ReaderOf | None = None) -> Sequence[Figure]:
    figures, _ = read_figures(
        text.document, report_period=text.period, heading=text.heading, layer=layer, reader=reader
    )
    return figures


def _score(text: Tried, figures: Sequence[Figure]) -> Score:
    period = text.period or text.document.report.period
    return score_figures(text.gold, [figure.to_dict() for figure in figures], report_period=period)
