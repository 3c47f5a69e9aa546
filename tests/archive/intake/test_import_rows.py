"""What a worker sends to the one who writes: the same comes out as went in, or it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.archive.intake.import_rows import RECORD, Prepared, pack, prepare, unpack
from tests.archive.sample import build


def sent(prepared: Prepared) -> Prepared:
    return unpack(pack(prepared).encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass"))


def test_a_report_travels_unchanged() -> None:
    prepared = prepare(build()[0])
    assert len(prepared.figures) == 12
    assert all(len(columns) == len(RECORD) for columns in prepared.records)
    assert sent(prepared) == prepared


@pytest.mark.parametrize("words", ["hai\ndòng", "\r\n\x0b\x0c\x85\u2028\u2029", '"', "\\n", "\ud800", ""])
def test_no_letter_of_a_text_is_taken_for_the_end_of_a_line(words: str) -> None:
    prepared = replace(prepare(build()[0]), text=words, reason=words)
    assert sent(prepared) == prepared


def test_a_report_without_figures_travels_too() -> None:
    prepared = replace(prepare(build()[0]), figures=(), records=())
    assert sent(prepared) == prepared


def test_what_is_incomplete_is_refused() -> None:
    lines = pack(prepare(build()[0])).split("\n")
    for wrong in (lines[:-1], [*lines, "{}"], lines[1:], ["{}"], ["[]", *lines[1:]], [""]):
        with pytest.raises((ValueError, TypeError, KeyError)):
            unpack("\n".join(wrong))
