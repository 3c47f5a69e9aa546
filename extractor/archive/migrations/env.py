"""Alembic's way in: runs on the connection, and inside the transaction, that ``database`` hands over."""

from alembic import context

from extractor.archive.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
