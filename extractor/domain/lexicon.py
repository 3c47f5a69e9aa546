"""Opens ``models/`` and is the only reader of it: words in, typed rows out.

``models/`` lies beside the package in a checkout and inside it in a wheel. Tables are CSV files in UTF-8 with a header;
lines that start with ``#`` are remarks. A row that cannot be right raises ``InvalidModels`` with file and row. What a
row *means* is decided in the room that uses it; that its example yields it is shown by ``solieu check-models``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache

from extractor.domain.errors import InvalidModels
from extractor.domain.folders import data_folder


@cache
def read_rows(file: str) -> tuple[dict[str, str], ...]:
    """The rows of ``models/<file>`` as dicts of stripped strings, with the row number of the file under ``#``.

    Raises InvalidModels as ``read_fields`` does.
    """
    lines = read_fields(file)
    _, header = next(lines)
    return tuple(
        {**{k: v.strip() for k, v in zip(header, values, strict=True)}, "#": str(number)} for number, values in lines
    )


def read_fields(file: str) -> Iterator[tuple[int, list[str]]]:
    """Row number and fields of each row of ``models/<file>``, the header first, as they are written; nothing is kept.

    Raises InvalidModels where a row has more or fewer fields than the header or the file is not there.
    """
    path = data_folder("models") / file
    if not path.is_file():
        raise InvalidModels(file, 1, "models.no_file")
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader, [])
        yield reader.line_num, header
        for values in reader:
            if not values or values[0].startswith("#"):
                continue
            if len(values) != len(header):
                raise InvalidModels(file, reader.line_num, "models.fields", found=len(values), wanted=len(header))
            yield reader.line_num, values
