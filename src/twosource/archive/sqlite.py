"""An archive in one file, by SQLite: BEGIN IMMEDIATE for the one writer, and a rollback journal where WAL cannot be trusted.

SQLite before 3.51.3 can lose committed pages when a write-ahead log is reset while another connection checkpoints ("WAL-reset bug",
sqlite.org/wal.html); there the rollback journal is used, in which a reader and a writer wait for each other. Every commit is synced.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from twosource.archive.store import Store
from twosource.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: The first version of SQLite whose write-ahead log is safe.
SAFE_WAL = (3, 51, 3)

#: Seconds that a reader or a writer waits for the others.
PATIENCE = 120.0


class SQLite(Store):
    """An archive in one file."""

    def prepare_to_read(self, connection: Connection) -> None:
        """Nothing: the first SELECT of a transaction takes its snapshot."""

    def wait_for_turn(self, connection: Connection) -> None:
        """Nothing: BEGIN IMMEDIATE has waited."""

    def faults(self) -> Iterator[str]:
        """What `integrity_check` and `foreign_key_check` find, a line each."""
        with self.reading() as connection:
            for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
                if line != "ok":
                    yield from str(line).splitlines()
            for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield f"{table}, row {row}: what it points to in {parent} is missing"

    def size(self) -> int:
        """Bytes of the file and of its journal."""
        return sum(os.path.getsize(p) for p in (self.place, self.place + "-wal") if os.path.exists(p))

    def compact(self) -> None:
        """Write the file anew. It takes as much room again for a while."""
        with self.in_plain_words(), self.engine.connect().execution_options(outside=True) as connection:
            connection.exec_driver_sql("VACUUM")

    def about(self) -> str:
        """As in "SQLite 3.40.1, rollback journal"."""
        return f"SQLite {sqlite3.sqlite_version}, {'write-ahead log' if wal_is_safe() else 'rollback journal'}"

    def explained(self, error: BaseException) -> str:
        """By SQLite's own code (sqlite.org/rescode.html)."""
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        match code:
            case sqlite3.SQLITE_FULL:
                return "the disk is full: nothing of this batch was kept; make room and run it again"
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                return f"the file is damaged or no archive ({error}): run `twosource archive check`, and restore it from a backup"
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return f"another program has kept it locked for {PATIENCE:.0f} s: wait until that is done, and run it again"
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
                return f"it may not be written ({error}): check who may write the file and its folder"
            case sqlite3.SQLITE_IOERR:
                return f"the disk failed ({error}): nothing of this batch was kept"
        return f"SQLite says: {error}"


def wal_is_safe(version: tuple[int, ...] | None = None) -> bool:
    """Whether this SQLite's write-ahead log loses nothing.

    >>> wal_is_safe((3, 40, 1)), wal_is_safe((3, 51, 3))
    (False, True)
    """
    return (version or tuple(map(int, sqlite3.sqlite_version.split(".")))) >= SAFE_WAL


def sqlite(place: str, *, create: bool) -> SQLite:
    """The archive in the file `place`, which is made where `create` says so. Raises UsageError where it is not there."""
    from sqlalchemy import create_engine, event

    place = place.removeprefix("sqlite:///")
    if os.path.isdir(place):
        raise UsageError(f"{place}: it is a folder: name a file in it, as {os.path.join(place, 'twosource.db')}")
    if not create and not os.path.exists(place):
        raise UsageError(f"there is no archive at {place}: make one with `twosource archive init --archive {place}`")
    if create and not os.path.isdir(os.path.dirname(os.path.abspath(place))):
        raise UsageError(f"{place}: there is no folder {os.path.dirname(place)}: make it first")
    address = f"file:{quote(os.path.abspath(place))}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            journal = "WAL" if wal_is_safe() else "DELETE"
            for words in (
                f"journal_mode = {journal}", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON",
            ):  # fmt: skip
                connection.execute(f"PRAGMA {words}")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite+pysqlite:///" + os.path.abspath(place), creator=connect)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # A transaction that reads first and writes later could find that somebody wrote in between; IMMEDIATE asks for its turn at once.
        asked = connection.get_execution_options()
        if not asked.get("outside", False):  # VACUUM takes no transaction around it
            connection.exec_driver_sql("BEGIN IMMEDIATE" if asked.get("writing", False) else "BEGIN")

    return SQLite(place, engine)
