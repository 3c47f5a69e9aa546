"""What a worker sends to the one who writes: the same comes out as went in, or it is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from extractor.archive.intake.import_rows import RECORD, Prepared, prepare
from tests.archive.sample import build


def sent(prepared: Prepared) -> Prepared:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(prepared), type=Prepared)


def test_a_report_travels_unchanged() -> None:
    prepared = prepare(build()[0])
    assert len(prepared.figures) == 12
    assert all(len(columns) == len(RECORD) for columns in prepared.records)
    assert sent(prepared) == prepared


@pytest.mark.parametrize("words", ["hai\ndòng", "\r\n\x0b\x0c\x85\u2028\u2029", '"', "\\n", ""])
def test_every_letter_travels(words: str) -> None:
    prepared = replace(prepare(build()[0]), text=words, reason=words)
    assert sent(prepared) == prepared


def test_a_report_without_figures_travels_too() -> None:
    prepared = replace(prepare(build()[0]), figures=(), records=())
    assert sent(prepared) == prepared


@pytest.mark.parametrize(
    "wrong",
    [
        {"records": []},
        {"figures": [["1", "{}"]]},
        {"records": [[1, 2]] * 12},
        {"result": "fine"},
        {"name": None},
        {"pages": "3"},
    ],
)
def test_what_is_incomplete_is_refused(wrong: dict[str, Any]) -> None:
    plain = msgspec.to_builtins(prepare(build()[0]))
    with pytest.raises(ValueError, match=r"Expected|missing|is not a valid"):
        msgspec.convert({**plain, **wrong}, Prepared)
