"""Extractions become files that others open: JSON lines, JSON, CSV, a workbook, Parquet.

JSON carries the records as they are, word for word, for programs of the same archive. The tables (CSV, workbook,
Parquet) are for readers beyond it: names of private persons are masked unless ``names=Names.KEPT``, text can never turn
into a formula, and numbers stay numbers: with a dot in CSV, true numbers in the workbook, decimals in Parquet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.statistics.flat_rows import COLUMNS, Names, figure_rows
from extractor.statistics.handout.figures_workbook import write_workbook
from extractor.statistics.table_files import write_csv, write_parquet
from extractor.statistics.workbook import Correction

FORMATS = ("jsonl", "json", "csv", "xlsx", "parquet")


def write(
    extractions: Iterable[Extraction],
    path: str | Path,
    format: str,  # noqa: A002 - the word that everybody uses for it
    *,
    names: Names = Names.MASKED,
    corrections: Sequence[Correction] = (),
    language: str = "vi",
) -> None:
    """Write ``extractions`` to ``path`` as one of ``FORMATS``; ``corrections`` and ``language`` are the workbook's.

    Raises InvalidInput for a format that is none of ours.
    """
    target = Path(path)
    if format == "jsonl":
        _write_lines(target, (_line(e, f.to_dict()) for e in extractions for f in e.figures))
    elif format == "json":
        _write_lines(target, (e.to_dict() for e in extractions))
    elif format == "csv":
        rows = figure_rows(extractions, names=names)
        write_csv(target, [c.name for c in COLUMNS], ([row[c.name] for c in COLUMNS] for row in rows))
    elif format == "xlsx":
        write_workbook(target, list(extractions), names=names, corrections=corrections, language=language)
    elif format == "parquet":
        columns = [(c.name, c.holds) for c in COLUMNS]
        write_parquet(target, columns, list(figure_rows(extractions, names=names)))
    else:
        known = ", ".join(FORMATS)
        raise InvalidInput("export.no_format", format=format, known=known)


def _line(extraction: Extraction, record: dict[str, Any]) -> dict[str, Any]:
    source = extraction.document.source
    return {**record, "file": source.name if source else None}


def _write_lines(target: Path, records: Iterable[dict[str, Any]]) -> None:
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
