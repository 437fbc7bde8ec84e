"""Runs the migrations on the connection that `migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import signing_service.storage.unit_of_work  # noqa: F401 - importing every repository fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
