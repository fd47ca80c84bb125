"""Alembic's entry: the connection comes from `outreach.portal.store.database`."""

from __future__ import annotations

from alembic import context

from outreach.portal.store.tables import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
