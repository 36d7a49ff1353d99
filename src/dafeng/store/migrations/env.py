"""Runs the migrations on the connection that `dafeng.store.database` hands over."""

from __future__ import annotations

from alembic import context

from dafeng.store.schema import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
