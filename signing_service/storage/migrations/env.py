"""Runs the migrations on the connection that `migrate` hands over."""

from alembic import context

from signing_service.storage import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
