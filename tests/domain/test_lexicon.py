"""Rows of an office lie over the package's tables while it reads, and nothing of them is left for another."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from extractor.domain import lexicon
from extractor.domain.errors import InvalidModels
from extractor.domain.lexicon import NO_ROWS, PARTS, compile_shape, kept_until_rows_change, read_rows, rows_over
from extractor.paper.structure import part_words
from extractor.statistics import catalogue

UNITS = "vocabulary/units.csv"
OFFICE = {UNITS: [{"unit": "gùi", "kind": "count", "family": "count", "factor": "1"}]}
OTHER = {UNITS: [{"unit": "sọt", "kind": "count", "family": "count", "factor": "1"}]}


@kept_until_rows_change()
def words() -> tuple[str, ...]:
    return tuple(row["unit"] for row in read_rows(UNITS))


def test_rows_stand_behind_those_of_the_package_with_every_column() -> None:
    package = read_rows(UNITS)
    with rows_over(OFFICE):
        merged = read_rows(UNITS)
    assert merged[:-1] == package
    assert merged[-1].keys() == package[0].keys()
    assert (merged[-1]["unit"], merged[-1]["canonical"]) == ("gùi", "")


def test_what_is_made_of_a_table_follows_its_rows() -> None:
    package = words()
    with rows_over(OFFICE):
        assert words() == (*package, "gùi")
        with rows_over(OTHER):
            assert words() == (*package, "sọt")
        assert words() == (*package, "gùi")
        with rows_over(NO_ROWS):
            assert words() == package
    assert words() == package


def test_what_is_kept_is_made_once_for_the_same_rows() -> None:
    with rows_over(OFFICE):
        first = words()
        with rows_over(dict(OFFICE)):
            assert words() is first


def test_another_office_waits_until_the_first_is_read() -> None:
    inside, seen = threading.Event(), list[str]()

    def read_other() -> None:
        inside.set()
        with rows_over(OTHER):
            seen.append(words()[-1])

    reading = threading.Thread(target=read_other)
    with rows_over(OFFICE):
        reading.start()
        inside.wait()
        seen.append(words()[-1])
    reading.join()
    assert seen == ["gùi", "sọt"]


def test_part_that_is_no_expression_is_named_with_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"#": "7", "name": "whole", "shape": "năm"}, {"#": "8", "name": "broken", "shape": "(năm"}]
    monkeypatch.setattr(lexicon, "read_rows", lambda _: rows)
    monkeypatch.setattr(lexicon, "_parts", lambda: {row["name"]: row["shape"] for row in rows})
    with pytest.raises(InvalidModels) as caught:
        compile_shape(r"{whole}\s{broken}", str, re.compile, re.error)
    assert (caught.value.file, caught.value.row) == (PARTS, 8)


def test_fault_of_the_shape_itself_blames_no_row() -> None:
    with pytest.raises(re.error):
        compile_shape(r"({told_year}", str, re.compile, re.error)


@pytest.mark.parametrize("room", [part_words.compiled, catalogue.compiled])
def test_name_without_words_is_refused(room: Callable[[str], object]) -> None:
    with pytest.raises(KeyError, match="no_such_name"):
        room(r"{no_such_name}\s\d")


def test_no_table_is_read_before_a_report_is() -> None:
    rooms = "extractor.commands.command_line, extractor.pipeline, extractor.paper.structure.assemble"
    asked = f"import {rooms}; from extractor.domain import lexicon; print(lexicon._own_rows.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "0\n"
