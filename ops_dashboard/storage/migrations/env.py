"""What Alembic runs to migrate: on the connection that it is handed, in that connection's transaction."""

from alembic import context

from ops_dashboard.storage.schema import VERSION_TABLE
from ops_dashboard.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    # SQLite cannot change most of a table in place.
    render_as_batch=True,
)
context.run_migrations()
