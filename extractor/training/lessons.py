"""Passages and reports with gold become lessons.

Each is read once to find its numbers, and once more with the gold deciding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.domain.document import Document
from extractor.language import read_figures
from extractor.language.lexer.items import Reading
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.drafts import Context, Draft
from extractor.paper import OffsetMap, read_passage
from extractor.training.alignment import Record, align
from extractor.training.fitting import Lesson
from extractor.training.teacher import REAL, TaughtReader, Teacher


class Listener:
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

    def add(self, teacher: Teacher) -> None:
        """Take in what ``teacher`` has kept."""
        for decision, found in teacher.lessons.items():
            self.taught.setdefault(decision, []).extend(found)
        self.asked += teacher.asked
        self.missed += teacher.missed

    def recall(self, decision: str) -> float:
        """The share of decisions for which the right choice was among the candidates."""
        return 1 - self.missed[decision] / self.asked[decision] if self.asked[decision] else 1.0


def learn_from(passages: Iterable[Record], reports: Iterable[tuple[Document, Sequence[Record]]] = ()) -> Lessons:
    """The lessons of ``passages`` and then of ``reports`` (a report, its figures), in their order."""
    lessons = Lessons()
    for passage in passages:
        lessons.add(teach(passage))
    for document, figures in reports:
        lessons.add(teach_report(document, figures))
    return lessons


def teach(passage: Record) -> Teacher:
    """A teacher that has been through one passage."""
    document, offsets = read_passage(passage["text"])
    return _teach(document, passage, offsets)


def teach_report(document: Document, figures: Sequence[Record]) -> Teacher:
    """A teacher that has been through a whole report: what passages lack is taught by its headings and its bullets."""
    report = {
        "id": document.source.name if document.source else "",
        "text": document.text,
        "figures": figures,
        "report_period": document.report.period,
        "source_kind": "report",
    }
    return _teach(document, report, OffsetMap(len(document.text)))


def _teach(document: Document, gold: Record, offsets: OffsetMap) -> Teacher:
    period, heading = gold.get("report_period"), gold.get("heading")
    blocks: dict[int, Reading] = {}

    def listen(reading: Reading, _: Context, start: int) -> Listener:
        blocks[start] = reading
        return Listener()

    read_figures(document, report_period=period, heading=heading, reader=listen)
    aligned = align(gold["text"], gold["figures"], blocks.items(), offsets)
    teacher = Teacher(aligned, period, str(gold.get("id", "")), REAL if "source_kind" in gold else 1.0)

    def taught(reading: Reading, context: Context, start: int) -> TaughtReader:
        return TaughtReader(reading, context, teacher, start)

    read_figures(document, report_period=period, heading=heading, reader=taught)
    return teacher
