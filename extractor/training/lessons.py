"""Passages and reports with gold become lessons.

Each is read once to find its numbers, and once more with the gold deciding.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

import regex

from extractor.domain.document import Document
from extractor.domain.folding import fold
from extractor.domain.lexicon import read_rows, rows_over
from extractor.language import PACKAGE, Layer, read_figures
from extractor.language.figures import stand_alone
from extractor.language.lexer.items import Reading
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.drafts import Context, Draft
from extractor.language.reader.weights import DECISIONS
from extractor.paper import OffsetMap, read_passage
from extractor.training.alignment import Record, align
from extractor.training.fitting import Lesson
from extractor.training.teacher import REAL, TaughtReader, Teacher


class BlockFinder:
    """A reader that only lets its block be found: it reads nothing."""

    left_base = None
    names: Sequence[Quantity] = ()
    echoes: Sequence[Quantity] = ()

    def read(self) -> list[Draft]:
        """No drafts."""
        return []


@dataclass(slots=True)
class Lessons:
    """The lessons of many passages by decision, and how often no candidate was right."""

    taught: dict[str, list[Lesson]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, other: Teacher | Lessons) -> None:
        """Take in what a teacher has kept, or other lessons."""
        for decision, found in (other.lessons if isinstance(other, Teacher) else other.taught).items():
            self.taught.setdefault(decision, []).extend(found)
        self.asked += other.asked
        self.missed += other.missed

    def recall(self, decision: str) -> float:
        """The share of decisions for which the right choice was among the candidates."""
        return 1 - self.missed[decision] / self.asked[decision] if self.asked[decision] else 1.0


MASKED_EACH = 3
"""Of so many passages one is taught a second time with its verbs of change hidden."""

UNSEEN = frozenset({"kind", "status"})
"""Decisions that hidden verbs cannot teach."""


def learn_from(
    passages: Iterable[Record],
    reports: Iterable[tuple[Document, Sequence[Record]]] = (),
    decisions: Collection[str] = DECISIONS,
) -> Lessons:
    """The lessons for ``decisions`` of ``passages`` and then of ``reports`` (a report, its figures), in their order.

    So that a verb that no table holds costs a doubt and no figure, some passages are taught again with their verbs of
    change replaced by letters that nobody wrote.
    """
    lessons, others = Lessons(), {*DECISIONS}.difference(decisions)
    for passage in passages:
        lessons.add(teach(passage).forget(others))
        is_chosen = zlib.crc32(passage["text"].encode()) % MASKED_EACH == 0
        hidden = masked(passage) if is_chosen else None
        if hidden is not None:
            lessons.add(teach(hidden).forget(UNSEEN | others))
    for document, figures in reports:
        lessons.add(teach_report(document, figures).forget(others))
    return lessons


def masked(passage: Record) -> Record | None:
    """``passage`` with the verbs of change before its numbers hidden, None where it has none or names hold one."""
    names = " ".join(fold(str(figure.get("indicator") or "")) for figure in passage["figures"])
    if any(f" {verb} " in f" {names} " for verb in _verbs()):
        return None
    letters = hashlib.blake2b(passage["text"].encode(), digest_size=6).hexdigest().translate(_LETTERS)
    count = 0

    def hide(found: regex.Match[str]) -> str:
        nonlocal count
        count += 1
        return (letters * 2)[count % len(letters) :][: len(found[0])].ljust(len(found[0]), "q")

    text = _change().sub(hide, passage["text"])
    return {**passage, "text": text} if count else None


_LETTERS = str.maketrans("0123456789", "ghijklmnpq")


@cache
def _verbs() -> frozenset[str]:
    """The folded verbs of change of one word."""
    rows = read_rows("vocabulary/phrases.csv")
    told = (row["phrase"] for row in rows if row["label"] == "verb" and row["value"] in ("up", "down"))
    return frozenset(fold(phrase) for phrase in told if " " not in phrase)


@cache
def _change() -> regex.Pattern[str]:
    """A verb of change right before a number."""
    verbs = "|".join(sorted(map(regex.escape, _verbs())))
    return regex.compile(rf"(?<!\w)(?:{verbs})(?=\s+\d)")


Made = Callable[..., Teacher]
"""Makes a teacher as ``Teacher`` is made."""


def teach(passage: Record, made: Made = Teacher) -> Teacher:
    """A teacher that has been through one passage."""
    [teacher] = teach_all(passage, [made])
    return teacher


def teach_all(passage: Record, made: Sequence[Made], layer: Layer = PACKAGE) -> list[Teacher]:
    """Teachers that have been through one passage, each by itself; the rows of ``layer`` lie over the tables."""
    document, offsets = read_passage(passage["text"])
    with rows_over(layer.rows):
        return _teach(document, passage, offsets, made, layer)


def teach_report(document: Document, figures: Sequence[Record], made: Made = Teacher) -> Teacher:
    """A teacher that has been through a whole report: what passages lack is taught by its headings and its bullets."""
    report = {
        "id": document.source.name if document.source else "",
        "text": document.text,
        "figures": figures,
        "report_period": document.report.period,
        "source_kind": "report",
    }
    [teacher] = _teach(document, report, OffsetMap(len(document.text)), [made])
    return teacher


def _teach(
    document: Document, gold: Record, offsets: OffsetMap, made: Sequence[Made], layer: Layer = PACKAGE
) -> list[Teacher]:
    period, heading = gold.get("report_period"), gold.get("heading")
    heard: list[tuple[Reading, Context, int]] = []

    def listen(reading: Reading, context: Context, start: int) -> BlockFinder:
        heard.append((reading, context, start))
        return BlockFinder()

    read_figures(document, report_period=period, heading=heading, reader=listen, layer=layer)
    blocks = {start: reading for reading, _, start in heard}
    aligned = align(gold["text"], gold["figures"], blocks.items(), offsets)
    weight = REAL if "source_kind" in gold else 1.0
    teachers = [make(aligned, period, str(gold.get("id", "")), weight) for make in made]
    for teacher in teachers:
        reader = partial(TaughtReader, teacher=teacher)
        if stand_alone(document):
            for block in heard:
                reader(*block).read()
        else:
            read_figures(document, report_period=period, heading=heading, reader=reader, layer=layer)
    return teachers
