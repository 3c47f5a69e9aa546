"""What new weights do to gold that did not teach them: figures found and strictly right, before and after.

In: a layer, and texts with gold by the group that they count in. Out: a score for each group. The package's
own gold is a sample of the passages that came with the program, the same in every run, its sample reports, and the
passages whose numbers carry their catalogue entries.
"""

from __future__ import annotations

import json
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from extractor.domain.document import Document
from extractor.domain.figure import Figure
from extractor.domain.folders import data_folder
from extractor.domain.folding import fold
from extractor.domain.lexicon import rows_over
from extractor.evaluation import Record, Score, read_records, score_figures
from extractor.indicator_evaluation import MarkedPassage, score_passage_entries
from extractor.indicator_evaluation import read_passage as read_marked
from extractor.language import PACKAGE, Layer, read_figures
from extractor.language.lexer.numerals import STYLES
from extractor.language.reader.turns import sentence_of
from extractor.language.reader.weights import DECISIONS, Choice, Weighted
from extractor.paper import read_document, read_passage
from extractor.statistics import normalise

SAMPLED = 12
"""Of so many passages of the package one is tried."""

REPORTS = "reports"
IDS = "ids"
"""What passages are called whose figures are judged by their catalogue entries alone."""

WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Tried:
    """A text with gold: the group that it counts in, the document, its figures, its period and its heading."""

    group: str
    document: Document
    gold: Sequence[Record]
    period: str | None = None
    heading: str | None = None
    marked: MarkedPassage | None = None  # where its gold are entries

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words and those of its heading, folded."""
        return _words(f"{self.heading or ''} {self.document.text}")


class AsRead(NamedTuple):
    """A text as the package reads it: its score, what ``evidence`` decides that, and the sentences with numbers.

    Of the evidence there are hashes alone: a text shows thousands of pieces. A layer that moves none of them reads the
    text alike, choice by choice. Sentences are called as ``language.reader.turns`` calls them.
    """

    text: Tried
    score: Score
    evidence: array[int]
    sentences: frozenset[str]


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
    for path in sorted(corpus.glob("ids/*/*.ids")):
        if path.parent.name != REPORTS:
            marked = read_marked(path)
            document, _ = read_passage(marked.text)
            found.append(Tried(IDS, document, (), marked.period, marked=marked))
    return tuple(found)


@cache
def read_by_package() -> tuple[tuple[AsRead, ...], Mapping[str, Counter[str]]]:
    """The texts of the package's gold as read, and decision → evidence → at how many choices they show it."""
    counts: dict[str, Counter[str]] = {decision: Counter() for decision in DECISIONS}
    return tuple(read_text(text, counts) for text in package_gold()), counts


def read_text(text: Tried, counts: Mapping[str, Counter[str]] | None = None) -> AsRead:
    """A text as the package reads it; to ``counts`` is added what it shows that other sentences may show too."""
    shown = Shown()
    score = _score(text, _read(text, shown))
    marks = array("q", {hash((decision, piece)) for decision, told in shown.pieces.items() for piece in told})
    names = {piece: sentence_of(piece) for piece in chain.from_iterable(shown.pieces.values())}
    for decision, seen in (counts or {}).items():
        seen.update({piece: count for piece, count in shown.pieces[decision].items() if not names[piece]})
    return AsRead(text, score, marks, frozenset(filter(None, names.values())))


def shown_by_package() -> Mapping[str, Counter[str]]:
    """Decision → evidence → at how many choices the package's gold shows it."""
    return read_by_package()[1]


class Shown(Weighted):
    """Decides by the package's weights and counts the evidence that it is shown, that of very sentences too."""

    def __init__(self) -> None:
        super().__init__()
        self.recalls = True
        self.pieces: dict[str, Counter[str]] = {decision: Counter() for decision in DECISIONS}

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
    weights = Weighted(layer)
    with rows_over(layer.rows):
        return [_score(text, _read(text, weights, layer)) for text in texts]


def score_over(texts: Sequence[AsRead], layer: Layer) -> list[Score]:
    """The score of each text, read with a layer; what it says nothing about it reads as the package does."""
    moved = {hash((decision, piece)) for decision, pieces in layer.weights.items() for piece in pieces}
    rows = [words for words in (_words(told) for _, told in layer.row_words()) if words]
    concerned = [
        one.text
        for one in texts
        if not moved.isdisjoint(one.evidence) or any(words <= one.text.words for words in rows)
    ]
    scores = {id(text): score for text, score in zip(concerned, score_each(concerned, layer), strict=True)}
    return [scores.get(id(one.text), one.score) for one in texts]


@lru_cache(maxsize=4)
def score_package(content: str) -> tuple[Score, ...]:
    """The score of each text of the package's gold, read with what of a layer of this content may hold for it."""
    return tuple(score_over(read_by_package()[0], for_others(Layer(content=content))))


def for_others(layer: Layer) -> Layer:
    """A layer without how its office prints numbers: no other's report is read by that."""
    rows = {table: found for table, found in layer.rows.items() if table != STYLES}
    if len(rows) == len(layer.rows):
        return layer
    return Layer(content=json.dumps({"rows": rows, "weights": layer.weights}))


class Gold:
    """Texts that guard what is learned: some of a store's ``own`` and the package's, and how layers read them.

    ``reads`` is the content of the layer that reads now.
    """

    def __init__(self, reads: str, own: Iterable[Tried]) -> None:
        self.reads = reads
        self._own = [*map(read_text, own)]
        self.texts = (*self._own, *read_by_package()[0])
        self._scores: dict[str, Sequence[Score]] = {}

    @property
    def tried(self) -> list[Tried]:
        """The texts by themselves."""
        return [one.text for one in self.texts]

    def scores(self, content: str) -> Sequence[Score]:
        """The score of each text, read with a layer of this content."""
        if content not in self._scores:
            layer = Layer(content=content)
            own = score_each([one.text for one in self._own], layer) if layer.rows else score_over(self._own, layer)
            self._scores[content] = (*own, *score_package(content))
        return self._scores[content]


def _read(text: Tried, weights: Weighted, layer: Layer = PACKAGE) -> Sequence[Figure]:
    figures, _ = read_figures(
        text.document, report_period=text.period, heading=text.heading, layer=layer, weights=weights
    )
    return figures


def _score(text: Tried, figures: Sequence[Figure]) -> Score:
    if text.marked is not None:
        named = normalise(figures, text.document.report, text=text.document.text)
        entries = score_passage_entries(text.marked, named)
        return Score(entries.asked, entries.sure, entries.found, entries.found)
    period = text.period or text.document.report.period
    return score_figures(text.gold, [figure.to_dict() for figure in figures], report_period=period)
