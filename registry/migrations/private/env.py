"""Alembic runs this: apply the private side's scripts on the connection that was handed over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
