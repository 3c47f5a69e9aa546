"""Passages with gold become lessons: each is read once to find its numbers, and once more with the gold deciding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.language import read_figures
from extractor.language.lexer.items import Reading
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import Context
from extractor.paper import read_passage
from extractor.training.alignment import Record, align
from extractor.training.fitting import Lesson
from extractor.training.teacher import TaughtReader, Teacher


@dataclass(slots=True)
class Lessons:
    """The lessons of many passages by decision, and how often no candidate was right."""

    taught: dict[str, list[Lesson]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def recall(self, decision: str) -> float:
        """The share of decisions for which the right choice was among the candidates."""
        return 1 - self.missed[decision] / self.asked[decision] if self.asked[decision] else 1.0


def learn_from(passages: Iterable[Record]) -> Lessons:
    """The lessons of ``passages``, in their order."""
    lessons = Lessons()
    for passage in passages:
        teacher = teach(passage)
        for decision, found in teacher.lessons.items():
            lessons.taught.setdefault(decision, []).extend(found)
        lessons.asked += teacher.asked
        lessons.missed += teacher.missed
    return lessons


def teach(passage: Record) -> Teacher:
    """A teacher that has been through one passage."""
    document, offsets = read_passage(passage["text"])
    period, heading = passage.get("report_period"), passage.get("heading")
    blocks: dict[int, Reading] = {}

    def listen(reading: Reading, context: Context, start: int) -> BlockReader:
        blocks[start] = reading
        return BlockReader(reading, context)

    read_figures(document, report_period=period, heading=heading, reader=listen)
    teacher = Teacher(
        align(passage["text"], passage["figures"], blocks.items(), offsets), period, str(passage.get("id", ""))
    )

    def taught(reading: Reading, context: Context, start: int) -> TaughtReader:
        return TaughtReader(reading, context, teacher, start)

    read_figures(document, report_period=period, heading=heading, reader=taught)
    return teacher
