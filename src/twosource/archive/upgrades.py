"""Bring an archive's tables to the newest schema: in one transaction, so that it holds the old schema or the new one, nothing between."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.errors import UsageError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from twosource.archive.store import Store

#: Where Alembic notes which step a database has reached. Not its default, which another program may use in the same database.
TABLE = "twosource_schema"


def config() -> Config:
    """Alembic's configuration: the steps that came with this package, and no file."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


@functools.cache
def steps() -> tuple[str, ...]:
    """The steps that this version of twosource knows, the first one first."""
    from alembic.script import ScriptDirectory

    return tuple(s.revision for s in reversed(list(ScriptDirectory.from_config(config()).walk_revisions())))


def reached(connection: Connection) -> str | None:
    """The step that the database has reached; None where it is no archive."""
    from sqlalchemy import inspect, text

    if not inspect(connection).has_table(TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {TABLE}")).scalar()  # noqa: S608
    return None if found is None else str(found)


def upgrade(store: Store, to: str = "head") -> tuple[str | None, str]:
    """Take the steps that are missing up to `to`; the step reached before and now.

    Raises UsageError where the archive was made by a newer twosource, or the database holds tables of something else.
    """
    from alembic import command
    from sqlalchemy import inspect

    from twosource.archive import search_filling

    with store.writing() as connection:
        before = reached(connection)
        if before is None and (strange := inspect(connection).get_table_names()):
            some = ", ".join(sorted(strange)[:3])
            raise UsageError(
                f"{store.place} holds something else (tables: {some}): give a database or a file of its own"
            )
        _known(before, store.place)
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, to)
        now = str(reached(connection))
        if now == steps()[-1]:
            search_filling.fill(connection)
        return before, now


def require_newest(store: Store) -> None:
    """Raise UsageError where the database is no archive, or one of another schema, saying what to do."""
    with store.reading() as connection:
        found = reached(connection)
    if found is None:
        raise UsageError(f"{store.place} is no archive: make one with `twosource archive init --archive {store.place}`")
    _known(found, store.place)
    if found != steps()[-1]:
        raise UsageError(
            f"{store.place} was made by an older twosource (schema {found}, now {steps()[-1]}): "
            f"back it up, then run `twosource archive init --archive {store.place}`"
        )


def _known(found: str | None, place: str) -> None:
    if found is not None and found not in steps():
        raise UsageError(f"{place} was made by a newer twosource (schema {found}): install that version or a later one")
