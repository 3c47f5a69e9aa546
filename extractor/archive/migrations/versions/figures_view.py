"""One flat view of the figures, for programs that speak SQL and nothing of ours: Datasette, R, DuckDB, a spreadsheet.

A later migration that rebuilds ``record``, ``item`` or ``instantiation`` drops this view first and makes it again. Its
columns are described in docs/sql.md.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

VIEW = """
CREATE VIEW figures AS
SELECT
    record.id AS figure,
    item.id AS report_id,
    item.number AS report,
    item.date AS report_date,
    item.title AS report_title,
    item.issuer AS issuer,
    item.period AS report_period,
    COALESCE(record.area, item.area) AS area,
    record.indicator AS indicator,
    record.qualifier AS qualifier,
    record.parent AS parent,
    CASE WHEN record.match = 'alias' THEN record.indicator_id END AS indicator_id,
    CASE WHEN record.match = 'proposed' THEN record.indicator_id END AS proposed_id,
    record.kind AS kind,
    record.period AS period,
    record.status AS status,
    {value} AS value,
    {value_max} AS value_max,
    record.bound AS bound,
    {total} AS total,
    record.unit AS unit,
    {amount} AS amount,
    record.amount_unit AS amount_unit,
    CAST(record.value AS TEXT) AS value_exact,
    CAST(record.amount AS TEXT) AS amount_exact,
    record.decimals AS decimals,
    record.comparisons AS comparisons,
    record.section AS section,
    record.footnote AS footnote,
    record.page AS page,
    record.quote AS quote,
    record."start" AS char_start,
    record."end" AS char_end,
    record.state AS state,
    CASE WHEN record.state IN ('accepted', 'corrected', 'added') THEN 1 ELSE 0 END AS judged,
    record.confidence AS confidence,
    record.doubts AS doubts,
    instantiation.name AS file,
    instantiation.sha256 AS sha256
FROM record
JOIN item ON item.id = record.item_id
JOIN instantiation ON instantiation.sha256 = item.leading
WHERE record.state NOT IN ('rejected', 'withdrawn') AND item.gone IS NULL
"""

NUMBERS = ("value", "value_max", "total", "amount")


def upgrade() -> None:
    """The view; SQLite keeps decimals as text, so they are numbers here and exact beside that."""
    op.execute(_spelled(exact=op.get_bind().dialect.name == "postgresql"))


def _spelled(*, exact: bool) -> str:
    """The statement for a database whose decimals are exact numbers, or text; nothing but names of ours goes in."""
    return VIEW.format(**{name: f"record.{name}" if exact else f"CAST(record.{name} AS REAL)" for name in NUMBERS})


def downgrade() -> None:
    """Without it again."""
    op.execute("DROP VIEW figures")
