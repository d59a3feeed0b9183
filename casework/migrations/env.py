"""What Alembic loads to run revisions: on the connection that ``casework.migrations`` gives it, and no other."""

from alembic import context

from casework.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
