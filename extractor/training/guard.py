"""What new weights do to gold that did not teach them: figures found and strictly right, before and after.

In: a layer, and texts with gold by the group that they count in. Out: a score for each group. The package's
own gold is a sample of the passages that came with the program, the same in every run, and its sample reports.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractor.domain.document import Document
from extractor.domain.folders import data_folder
from extractor.domain.lexicon import rows_over
from extractor.evaluation import Record, Score, read_records, score_figures
from extractor.language import Layer, read_figures
from extractor.language.lexer.items import Reading
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import Context
from extractor.language.reader.weights import DECISIONS, Choice, Weighted
from extractor.paper import read_document, read_passage

SAMPLED = 8
"""Of so many passages of the package one is tried."""

REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Tried:
    """A text with gold: the group that it counts in, the document, its figures, its period and its heading."""

    group: str
    document: Document
    gold: Sequence[Record]
    period: str | None = None
    heading: str | None = None


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


def gold_of(groups: Collection[str]) -> list[Tried]:
    """The package's gold of some groups."""
    return [text for text in package_gold() if text.group in groups]


@cache
def shown_by_package() -> Mapping[str, Counter[str]]:
    """Decision → evidence → at how many choices the package's gold shows it."""
    shown = Shown()

    def showing(reading: Reading, context: Context, _: int) -> BlockReader:
        return BlockReader(reading, context, shown, shown)

    for text in package_gold():
        read_figures(text.document, report_period=text.period, heading=text.heading, reader=showing)
    return shown.pieces


class Shown(Weighted):
    """Decides by the package's weights and counts the evidence that it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: dict[str, Counter[str]] = {decision: Counter() for decision in DECISIONS}

    def classify(self, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool], /) -> Choice:
        """The choice by weights; its evidence is counted."""
        self.pieces[decision].update({*evidence})
        return super().classify(decision, at, evidence, allowed)

    def rank(
        self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[object], /
    ) -> Choice:
        """The choice by weights; its evidence is counted."""
        self.pieces[decision].update(set[str]().union(*evidence))
        return super().rank(decision, at, evidence, candidates)


def score_texts(texts: Iterable[Tried], layer: Layer) -> dict[str, Score]:
    """The score of each group of texts, read with a layer."""
    scores: dict[str, Score] = {}
    texts = [*texts]
    for text, score in zip(texts, score_each(texts, layer), strict=True):
        scores[text.group] = scores.get(text.group, Score()) + score
    return scores


def score_each(texts: Iterable[Tried], layer: Layer) -> list[Score]:
    """The score of each text, read with a layer."""
    with rows_over(layer.rows):
        return [_score(text, layer) for text in texts]


@lru_cache(maxsize=4)
def score_package(content: str) -> Mapping[str, Score]:
    """The score of each group of the package's gold, read with a layer of this content."""
    return score_texts(package_gold(), Layer(content=content))


def _score(text: Tried, layer: Layer) -> Score:
    figures, _ = read_figures(text.document, report_period=text.period, heading=text.heading, layer=layer)
    period = text.period or text.document.report.period
    return score_figures(text.gold, [figure.to_dict() for figure in figures], report_period=period)
