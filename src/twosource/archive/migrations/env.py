"""What Alembic runs: the steps, over the connection that `upgrades` hands in, in its one transaction: a killed upgrade leaves nothing."""

from __future__ import annotations

from alembic import context

from twosource.archive.upgrades import TABLE

if __name__ == "env_py":  # as Alembic names it; whoever else imports it wants its docstring
    context.configure(
        connection=context.config.attributes["connection"],
        version_table=TABLE,
        transactional_ddl=True,
        target_metadata=None,
    )
    with context.begin_transaction():
        context.run_migrations()
