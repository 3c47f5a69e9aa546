"""Weights refitted to the decisions of a store, near to those of the package: what an office's layer is made of.

In: gold passages, in any order. Out: decision → evidence → choice → by how much its weight moves, as a ``Layer`` holds
it. The hard idea: evidence is held the more strongly the more often the package's gold shows it. What everybody's
reports show was weighed on thousands of passages, and a few hundred of one office would undo that for all the others;
what only this office shows nobody has weighed yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from extractor.domain.lexicon import rows_over
from extractor.evaluation import Record
from extractor.language import PACKAGE, Layer
from extractor.language.reader.turns import sentence_of
from extractor.language.reader.weights import CHOICES, Weighted, columns_of, unpacked, weights_of
from extractor.training.fitting import Evidence, Lesson, refit
from extractor.training.guard import shown_by_package
from extractor.training.lessons import Lessons, teach_all
from extractor.training.stacking import Watcher
from extractor.training.teacher import Teacher

Learned = Mapping[str, Mapping[str, Mapping[str, int]]]


def taught_by(
    passages: Iterable[Record], witnesses: Iterable[Record] = (), rows: Layer = PACKAGE
) -> Mapping[str, list[Lesson]]:
    """The lessons of ``passages`` by decision, read with ``rows`` over the tables of the package.

    ``witnesses`` teach nothing, and confirm what is said of a sentence.
    """
    lessons, heard = Lessons(), Lessons()
    teachers = partial(Teacher, recalls=True), partial(Watcher, Weighted(), recalls=True)
    with rows_over(rows.rows):  # once for all passages
        for found, told in ((lessons, passages), (heard, witnesses)):
            for passage in told:
                for teacher in teach_all(passage, teachers, rows):
                    found.add(teacher)
    return {d: [*taught, *map(_confirming, heard.taught.get(d, ()))] for d, taught in lessons.taught.items()}


def _confirming(lesson: Lesson) -> Lesson:
    """A lesson of no weight that speaks of its own sentence alone."""
    candidates = tuple(tuple(one for one in pieces if sentence_of(one[1])) for pieces in lesson.candidates)
    return replace(lesson, candidates=candidates, weight=0.0)


def learn_near_package(taught: Mapping[str, Sequence[Lesson]], hold: float) -> Learned:
    """What lessons teach, by decision, where ``hold`` is as in ``fitting.refit``; what stays is left out."""
    learned = {}
    for decision in sorted(taught):
        shown = shown_by_package()[decision]
        moved = refit(taught[decision], _anchor(decision, taught[decision]), shown, hold)
        if moved:
            learned[decision] = _by_evidence(decision, moved)
    return learned


def _anchor(decision: str, lessons: Sequence[Lesson]) -> dict[Evidence, int]:
    """The package's weights of all evidence that ``lessons`` show."""
    table, count = weights_of(decision), len(CHOICES.get(decision, ()))
    shown = {piece for lesson in lessons for pieces in lesson.candidates for _, piece in pieces}
    anchor: dict[Evidence, int] = {}
    for piece in shown & table.keys():
        weights = enumerate(unpacked(table[piece], count)) if count else [(-1, table[piece])]
        anchor |= {(choice, piece): weight for choice, weight in weights if weight}
    return anchor


def _by_evidence(decision: str, moved: Mapping[Evidence, int]) -> dict[str, dict[str, int]]:
    """Evidence → choice, called as its column in the table → by how much it moves."""
    names = columns_of(decision)[1:-1]
    found: dict[str, dict[str, int]] = {}
    for (choice, piece), by in moved.items():
        found.setdefault(piece, {})[names[max(choice, 0)]] = by
    return found
