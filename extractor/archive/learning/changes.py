"""What another layer would read otherwise: the figures of the store that nobody has decided yet.

In: the store, and the content of a layer. Out: how many of those figures would change, in what, and how often. Both
layers read the same text with this very program, so what is told is the layer's doing and nothing else's. Reports are
read newest first, and only some of them: the answer is to be had in seconds. Nothing is written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.archive.row_types import CORRECTABLE, OPEN, Filter, State
from extractor.archive.to_extraction import to_document
from extractor.language import Layer, read_figures

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom
    from extractor.domain.document import Document

UNDECIDED = (*OPEN, State.SKIPPED)
MOST_REPORTS = 20
MOST_FIGURES = 10_000  # of one report
SHOWN = 8

GONE = "reject"
"""What is called the change of a figure that would be none."""

READ = tuple(name for name in CORRECTABLE if name not in {"area", "indicator_id"})
"""Fields that a layer weighs on: the others are looked up for what was read."""


@dataclass(frozen=True, slots=True)
class Change:
    """So many figures would have ``after`` in a field instead of ``before``; comparisons go without their values."""

    field: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Of so many undecided ``figures`` in the newest ``reports`` so many would be read ``otherwise``, and in what."""

    reports: int
    figures: int
    otherwise: int
    changes: tuple[Change, ...]  # the most frequent first


def changes_by(store: ReadingRoom, content: str) -> Changes:
    """What a layer of this content would read otherwise than the one that reads now."""
    layers, progress = (store.layer(), Layer(content=content)), store.progress_by_item()
    waiting = [one for one in store.item_ids() if one in progress and progress[one].left][:MOST_REPORTS]
    found: Counter[tuple[str, str, str]] = Counter()
    figures = otherwise = 0
    for item_id in waiting:
        document = to_document(store.item(item_id), store.reading_of(item_id))
        old, new = (_read(document, layer) for layer in layers)
        for record in store.queue(Filter(item=item_id, states=UNDECIDED, order="place"), limit=MOST_FIGURES):
            figures += 1
            changed = [*_changed(old[record.start], new.get(record.start))] if record.start in old else []
            otherwise += bool(changed)
            found.update(changed)
    told = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    return Changes(len(waiting), figures, otherwise, tuple(Change(*change, count) for change, count in told))


def _read(document: Document, layer: Layer) -> dict[int, Mapping[str, Any]]:
    """The figures of a document by the place where they begin."""
    return {figure.start: figure.to_dict() for figure in read_figures(document, layer=layer)[0]}


def _changed(old: Mapping[str, Any], new: Mapping[str, Any] | None) -> Iterator[tuple[str, str, str]]:
    """What is read otherwise, as (field, before, after)."""
    if new is None:
        yield GONE, "", ""
        return
    for name in READ:
        if old[name] != new[name]:
            values = ("", "") if name == "comparisons" else (str(one[name] or "") for one in (old, new))
            yield (name, *values)
