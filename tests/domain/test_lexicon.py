"""Rows of an office lie over the package's tables while it reads, and nothing of them is left for another."""

from __future__ import annotations

import threading

from extractor.domain.lexicon import NO_ROWS, kept_until_rows_change, read_rows, rows_over

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
