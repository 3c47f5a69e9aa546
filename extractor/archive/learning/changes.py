"""What another layer would read otherwise: the figures of the store that nobody has decided yet.

In: the store, and the content of a layer. Out: how many of those figures would change, in what, and how often. Both
layers read the same text with this very program, so what is told is the layer's doing and nothing else's. Reports are
read newest first, and only some of them: the answer is to be had in seconds. Nothing is written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.archive.canonical_json import canonical
from extractor.archive.row_types import CORRECTABLE, OPEN, Filter, State
from extractor.archive.to_extraction import to_document
from extractor.domain.faults import Faults
from extractor.domain.lexicon import rows_over
from extractor.language import PACKAGE, Layer, read_figures
from extractor.statistics import normalise

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom
    from extractor.domain.document import Document

UNDECIDED = (*OPEN, State.SKIPPED)
MOST_REPORTS = 20
MOST_FIGURES = 10_000  # of one report
SHOWN = 8
MOST_ROWS = 10  # that are each tried alone

GONE = "reject"
"""What is called the change of a figure that would be none."""

READ = tuple(name for name in CORRECTABLE if name != "area")
"""Fields that a layer weighs on."""


@dataclass(frozen=True, slots=True)
class Change:
    """So many figures would have ``after`` in a field instead of ``before``; comparisons go without their values."""

    field: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Of so many undecided ``figures`` in the newest ``reports`` so many would be read ``otherwise``, and in what.

    ``by_row``: how many of them each of the rows in question changes by itself.
    """

    reports: int
    figures: int
    otherwise: int
    changes: tuple[Change, ...]  # the most frequent first
    by_row: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A report, and where its undecided figures begin."""

    document: Document
    starts: tuple[int, ...]


def changes_by(store: ReadingRoom, content: str, rows: Sequence[Mapping[str, Any]] = ()) -> Changes:
    """What a layer of this content would read otherwise than the one that reads now.

    ``rows`` are contents of layers of one row each, held against the package.
    """
    waiting = [*_waiting(store)]
    changed = _differences(waiting, store.layer(), Layer(content=content))
    found = Counter(change for changes in changed for change in changes)
    told = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    by_row = [_differences(waiting, PACKAGE, Layer(content=canonical(row))) for row in rows[:MOST_ROWS]]
    return Changes(
        reports=len(waiting),
        figures=sum(len(report.starts) for report in waiting),
        otherwise=len(changed),
        changes=tuple(Change(*change, count) for change, count in told),
        by_row=tuple(map(len, by_row)),
    )


def _waiting(store: ReadingRoom) -> Iterator[_Waiting]:
    """The newest reports with undecided figures."""
    progress = store.progress_by_item()
    for item_id in [one for one in store.item_ids() if one in progress and progress[one].left][:MOST_REPORTS]:
        records = store.queue(Filter(item=item_id, states=UNDECIDED, order="place"), limit=MOST_FIGURES)
        document = to_document(store.item(item_id), store.reading_of(item_id))
        yield _Waiting(document, tuple(record.start for record in records))


def _differences(waiting: Sequence[_Waiting], before: Layer, after: Layer) -> list[list[tuple[str, str, str]]]:
    """For each undecided figure that another layer reads otherwise, what it changes in it."""
    read = [_read_all(waiting, layer) for layer in (before, after)]
    return [
        changes
        for report, old, new in zip(waiting, *read, strict=True)
        for start in report.starts
        if start in old and (changes := [*_changed(old[start], new.get(start))])
    ]


def _read_all(waiting: Sequence[_Waiting], layer: Layer) -> list[dict[int, Mapping[str, Any]]]:
    """The figures of each report by the place where they begin."""
    with rows_over(layer.rows):
        return [_read(report.document, layer) for report in waiting]


def _read(document: Document, layer: Layer) -> dict[int, Mapping[str, Any]]:
    figures, _ = read_figures(document, layer=layer)
    figures = normalise(figures, document.report, Faults(), document.text)
    return {figure.start: figure.to_dict() for figure in figures}


def _changed(old: Mapping[str, Any], new: Mapping[str, Any] | None) -> Iterator[tuple[str, str, str]]:
    """What is read otherwise, as (field, before, after)."""
    if new is None:
        yield GONE, "", ""
        return
    for name in READ:
        if old[name] != new[name]:
            values = ("", "") if name == "comparisons" else (str(one[name] or "") for one in (old, new))
            yield (name, *values)
