"""The flat view of the store, as programs see it that know nothing of ours."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from extractor.archive import database
from extractor.archive.store import Store
from extractor.pipeline import extract

COLUMN = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


@pytest.fixture
def filled(root: Path, store: Store) -> Store:
    sample = root / "corpus" / "lam-khe-2022.md"
    store.add_extraction(extract(sample), sample, actor="an")
    return store


def rows(store: Store, question: str) -> list[Any]:
    with database.reading_from(store._engine) as connection:
        return [dict(row) for row in connection.execute(text(question)).mappings()]


def test_the_columns_are_those_that_the_page_describes(root: Path, filled: Store) -> None:
    described = COLUMN.findall((root / "docs" / "sql.md").read_text("utf-8"))
    assert list(rows(filled, "SELECT * FROM figures")[0]) == described


def test_a_row_is_a_figure_with_its_report(filled: Store) -> None:
    found = rows(filled, "SELECT * FROM figures WHERE indicator_id = 'rev_state' AND period = '2022'")
    [row] = [r for r in found if r["status"] != "plan"]
    assert (row["report"], row["report_date"], row["area"]) == ("287/BC-UBND", "2022-12-12", "thị xã Lam Khê")
    assert (float(row["value"]), row["unit"], row["value_exact"]) == (406490.0, "triệu đồng", "406490")
    assert Decimal(row["amount_exact"]) == 406_490_000_000
    assert (row["file"], row["judged"], row["state"]) == ("lam-khe-2022.md", 0, "extracted")


def test_what_was_judged_is_marked_and_what_was_rejected_is_gone(filled: Store) -> None:
    first, second, *_ = rows(filled, "SELECT figure FROM figures ORDER BY figure")
    filled.accept(first["figure"], 0, actor="an")
    filled.reject(second["figure"], 0, actor="an", reason="số thứ tự")
    left = {row["figure"]: row["judged"] for row in rows(filled, "SELECT figure, judged FROM figures")}
    assert left[first["figure"]] == 1
    assert second["figure"] not in left


def test_duckdb_reads_it(filled: Store) -> None:
    """DuckDB's own reader of SQLite files is fetched from the network; its frames are not."""
    duckdb = pytest.importorskip("duckdb")
    import pandas

    frame = pandas.DataFrame(rows(filled, "SELECT * FROM figures"))
    asked = (
        "SELECT period, value, unit FROM frame WHERE indicator_id = 'rev_state' AND status = 'estimate' ORDER BY period"
    )
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        found = connection.sql(asked).fetchall()
    assert ("2022", 406490.0, "triệu đồng") in [(period, float(value), unit) for period, value, unit in found]
