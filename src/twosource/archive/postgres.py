"""An archive that a team shares, by PostgreSQL: an advisory lock for the one writer, repeatable reads for a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from twosource.archive.store import Store
from twosource.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: The advisory lock that a writer holds until its transaction ends: "2source" in ASCII.
LOCK = int.from_bytes(b"2source")

#: How long a writer waits for the others.
PATIENCE = "120s"


class PostgreSQL(Store):
    """An archive in a database of a PostgreSQL server."""

    def prepare_to_read(self, connection: Connection) -> None:
        """One snapshot for the whole transaction, which may not write."""
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def wait_for_turn(self, connection: Connection) -> None:
        """One writer at a time, so that the log has no two entries after one."""
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")

    def faults(self) -> Iterator[str]:
        """What the server's own checksums have found, where it keeps them. What it cannot read shows when `check` reads it."""
        with self.reading() as connection:
            query = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
            if failures := connection.exec_driver_sql(query).scalar():
                yield f"the server has found {failures} pages whose checksum is wrong"

    def size(self) -> int:
        """Bytes of the database."""
        with self.reading() as connection:
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())

    def compact(self) -> None:
        """Mark the room as free for what comes, and give back what lies at the end."""
        with self.in_plain_words(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")

    def about(self) -> str:
        """As in "PostgreSQL 15.8, page checksums on"."""
        with self.reading() as connection:
            version = str(connection.exec_driver_sql("SHOW server_version").scalar_one()).split()[0]
            return (
                f"PostgreSQL {version}, page checksums {connection.exec_driver_sql('SHOW data_checksums').scalar_one()}"
            )

    def explained(self, error: BaseException) -> str:
        """By the SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html)."""
        state: str = getattr(error, "sqlstate", None) or ""
        words = " ".join(str(error).split())
        match state[:2], state:
            case _, "53100":
                return "the server's disk is full: nothing of this batch was kept; make room and run it again"
            case _, "55P03":
                return f"another writer has kept it locked for {PATIENCE}: wait until that is done, and run it again"
            case ("28", _) | (_, "42501"):
                return f"the server does not let you in ({words}): check user, password and rights"
            case _, "3D000":
                return f"the server has no such database ({words}): make it with createdb"
            case _, "XX001" | "XX002":
                return (
                    f"the server has found damaged pages ({words}): run `twosource archive check`, and restore a backup"
                )
            case _, "" if "does not exist" in words:  # while connecting, psycopg tells no state
                return f"the server has no such database or user ({words}): make it with createdb or createuser"
            case ("57" | "08", _) | (_, ""):
                return f"the server cannot be reached or has gone ({words}): what was kept stands; start it, and run it again"
        return f"PostgreSQL says: {words}"


def postgres(address: str) -> PostgreSQL:
    """The archive in the database at `address`. Raises UsageError where psycopg is not installed or the address is none."""
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise UsageError(
            "an archive on PostgreSQL needs psycopg: python -m pip install 'twosource[postgres]'"
        ) from None
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"--archive: {error}; write it as postgresql://user@host/database") from None
    options: dict[str, Any] = {"connect_timeout": 10, "application_name": "twosource"}
    engine = create_engine(
        url, connect_args={k: v for k, v in options.items() if k not in url.query}, pool_pre_ping=True
    )
    shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
    return PostgreSQL(shown, engine)
