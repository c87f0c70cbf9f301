"""How Alembic runs our migrations: on the connection it is given, inside the transaction that is already open."""

from alembic import context

from newsarchive.archive.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=context.config.attributes["version_table"],
    render_as_batch=True,  # SQLite alters a table by copying it
    # Tables that a migration makes by hand (full-text indexes with their shadows) are not for autogenerate to drop.
    include_object=lambda thing, name, kind, reflected, _other: (
        kind != "table" or not reflected or name in Base.metadata.tables
    ),
)
with context.begin_transaction():
    context.run_migrations()
