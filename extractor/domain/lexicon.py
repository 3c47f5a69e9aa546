"""Opens ``models/`` and is the only reader of it: words in, typed rows out.

``models/`` lies beside the package in a checkout and inside it in a wheel. Tables are CSV files in UTF-8 with a header;
lines that start with ``#`` are remarks. A row that cannot be right raises ``InvalidModels`` with file and row. What a
row *means* is decided in the room that uses it; that its example yields it is shown by ``solieu check-models``.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

from extractor.domain.errors import InvalidModels

PACKAGE = Path(__file__).parents[1]


def data_folder(name: str) -> Path:
    """The folder ``models`` or ``corpus``: the one that SOLIEU_MODELS or SOLIEU_CORPUS names, the package's, or ours.

    An archive can keep words of its own without touching an installed package, and new words can be tried on a copy.
    """
    named = os.environ.get(f"SOLIEU_{name.upper()}")
    if named:
        return Path(named)
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@cache
def read_rows(file: str) -> tuple[dict[str, str], ...]:
    """The rows of ``models/<file>`` as dicts of stripped strings, with the row number of the file under ``#``.

    Raises InvalidModels where a row has more or fewer fields than the header or the file is not there.
    """
    path = data_folder("models") / file
    if not path.is_file():
        raise InvalidModels(file, 1, "không có tệp này", "the file is not there")
    rows: list[dict[str, str]] = []
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader, [])
        for values in reader:
            number = reader.line_num
            if not values or values[0].startswith("#"):
                continue
            if len(values) != len(header):
                raise InvalidModels(
                    file,
                    number,
                    f"có {len(values)} cột, cần {len(header)}",
                    f"{len(values)} fields where the header has {len(header)}",
                )
            rows.append({**{k: v.strip() for k, v in zip(header, values, strict=True)}, "#": str(number)})
    return tuple(rows)


@cache
def messages(file: str) -> dict[str, tuple[str, str]]:
    """The sentences of ``models/interface/<file>``: key → (Vietnamese, English)."""
    return {row["key"]: (row["vi"], row["en"]) for row in read_rows(f"interface/{file}")}


def say(file: str, key: str, language: str = "vi", **values: object) -> str:
    """The sentence ``key`` of ``models/interface/<file>`` in ``language``, its ``{fields}`` filled in."""
    vietnamese, english = messages(file)[key]
    return (english if language == "en" else vietnamese).format(**values)
