"""How a database goes about what the store asks: which index it walks, what it reads through or sorts anew."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy

from extractor.archive.store import Store


def plans_of(
    store: Store, question: Callable[[], object], *, without: tuple[str, ...] = ("seqscan",)
) -> dict[str, str]:
    """Each SELECT that ``question`` sends, with the database's plan for it.

    PostgreSQL is told to do ``without`` what is cheapest for the few rows of a test and for no others.
    """
    engine = store._engine
    asked: list[tuple[str, object]] = []

    def note(_: object, __: object, statement: str, values: object, *___: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, values))

    sqlalchemy.event.listen(engine, "before_cursor_execute", note)
    try:
        question()
    finally:
        sqlalchemy.event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            for way in without:
                connection.exec_driver_sql(f"SET enable_{way} = off")
        return {statement: _plan(connection, statement, values) for statement, values in asked}


def _plan(connection: sqlalchemy.Connection, statement: str, values: object) -> str:
    verb = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    rows = connection.exec_driver_sql(f"{verb} {statement}", values)  # type: ignore[arg-type]
    return "\n".join(str(row[-1]) for row in rows)
