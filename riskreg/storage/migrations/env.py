"""Alembic's environment: the connection is handed in, with its transaction open."""

from alembic import context

from riskreg.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds every step
)
context.run_migrations()
