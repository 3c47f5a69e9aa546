"""An extraction made ready for the store: every column spelled out, so that whoever writes has only to insert.

In: an ``Extraction``. Out: ``Prepared``, plain words, numbers and canonical JSON, which also travels from a worker to
the one process that writes. The hard idea: what costs time (spelling, hashing, ranking) happens here, where many can do
it at once; what needs the database waits for ``intake``. Never touches a database.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from extractor.archive.canonical_json import Spelled, canonical, digest_of_reading
from extractor.archive.intake.copy_quality import find_certainty
from extractor.archive.row_types import FIELDS, figure_fields, first_state, rank_of
from extractor.domain.document import Report, Result, Source
from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.domain.finding import Level
from extractor.domain.folding import fold
from extractor.domain.plain import as_plain

FRONT = ("number", "place", "date", "title", "addressee", "issuer", "area", "period")
"""Parts of a report's front that are columns of their own."""

RECORD = ("figure_id", *FIELDS, "state", "votes", "rank")
"""The columns of a record that a figure fills, its id first."""

Row = tuple[Any, ...]
"""A figure as the columns of ``RECORD``, as a driver takes them."""

_PLAIN = ("comparisons", "boxes", "doubts", "votes")  # columns of a record that hold JSON
_WEIGHT = {Level.FAIL: 1.0, Level.WARN: 0.4}  # what a finding takes from the rank of a figure that it names


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the store will hold of one file, less the numbers that only the store can give."""

    name: str
    sha256: str
    format: str
    size: int
    pages: int
    result: str
    reason: str | None
    reason_en: str | None
    front: dict[str, Any]  # columns of the item, the whole front spelled
    text: str
    certainty: float  # of recognition
    producer: str | None
    dpi: int | None
    parts: dict[str, str]  # JSON columns of the reading, spelled
    digest: str
    figures: tuple[tuple[str, str], ...]  # id, and the whole figure spelled
    records: tuple[Row, ...]
    layer: int = 0  # version of what the store had learned when it was read

    def __post_init__(self) -> None:
        """Raises ValueError where a worker sent a class that there is not, or not one record a figure."""
        Result(self.result)
        if len(self.figures) != len(self.records) or any(len(columns) != len(RECORD) for columns in self.records):
            raise ValueError("figures are missing")

    def named(self, name: str) -> Prepared:
        """The same under the name that people call the file by."""
        return replace(self, name=name)

    def plain_figures(self) -> list[dict[str, Any]]:
        """The figures as dicts, for the rare file that meets records which are there already."""
        return [json.loads(spelled) for _, spelled in self.figures]

    def item_columns(self) -> dict[str, Any]:
        """Columns of the item."""
        return {**self.front, "front": Spelled(self.front["front"])}

    def reading_columns(self) -> dict[str, Any]:
        """Columns of the reading that come from the file."""
        spelled = {name: Spelled(value) for name, value in self.parts.items()}
        names = ("sha256", "digest", "text", "certainty", "layer")
        return {**{name: getattr(self, name) for name in names}, **spelled}


def prepare(extraction: Extraction) -> Prepared:
    """Everything that the store keeps of ``extraction``; raises InvalidInput where it was text without a file."""
    source = source_of(extraction)
    figures = plain_figures(extraction)
    spelled = [canonical(figure) for figure in figures]
    document = extraction.document
    parts = {
        "blocks": [
            {"start": b.start, "end": b.end, "kind": b.kind.value, "depth": b.depth, "section": b.section}
            for b in document.blocks
        ],
        "placements": [
            [p.start, p.end, p.box.page, p.box.x0, p.box.top, p.box.x1, p.box.bottom, round(p.space, 1)]
            for p in document.placements
        ],
        **{name: as_plain(getattr(extraction, name)) for name in ("sections", "footnotes", "findings")},
        "digits": [digit._asdict() for digit in extraction.digits],
    }
    return Prepared(
        name=source.name,
        sha256=source.sha256,
        format=source.format,
        size=source.size,
        pages=source.pages,
        result=extraction.report.result.value,
        reason=extraction.report.reason,
        reason_en=extraction.report.reason_en,
        front=front_columns(extraction.report),
        text=extraction.text,
        certainty=find_certainty(document.placements),
        producer=source.producer,
        dpi=source.dpi,
        parts={name: canonical(part) for name, part in parts.items()},
        digest=digest_of_reading(extraction.text, spelled),
        figures=tuple((figure["id"], text) for figure, text in zip(figures, spelled, strict=True)),
        records=tuple(map(record_row, figures)),
        layer=extraction.layer,
    )


def plain_figures(extraction: Extraction) -> list[dict[str, Any]]:
    """Every figure with its place in the queue: by its own doubts, and by what the checks found."""
    touched: dict[str, float] = {}
    for finding in extraction.findings:
        for figure_id in finding.figures:
            touched[figure_id] = max(touched.get(figure_id, 0.0), _WEIGHT.get(finding.level, 0.0))
    figures = []
    for figure in extraction.figures:
        fields = figure_fields(figure)
        figures.append({**fields, "rank": round(rank_of(fields) - touched.get(figure.id, 0.0), 4)})
    return figures


def front_columns(report: Report) -> dict[str, Any]:
    """The columns of an item that a report's front fills; ``front`` is spelled."""
    front = {
        **{name: getattr(report, name) for name in (*FRONT, "superior", "signatory", "role", "reason", "reason_en")},
        "recipients": list(report.recipients),
        "result": report.result.value,
    }
    key = fold(report.issuer) if report.issuer else None
    return {**{name: front[name] for name in FRONT}, "issuer_key": key, "front": canonical(front)}


def source_of(extraction: Extraction) -> Source:
    """The file behind ``extraction``; raises InvalidInput where it was text without a file."""
    source = extraction.document.source
    if source is None:
        raise InvalidInput("store.no_source")
    return source


def record_row(figure: Mapping[str, Any]) -> Row:
    """A figure as the machine hands it over, ready to be a record."""
    state = first_state(figure, 0)
    return tuple(canonical(state[name]) if name in _PLAIN else state[name] for name in RECORD)
