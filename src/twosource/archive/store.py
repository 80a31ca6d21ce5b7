"""The seam between the archive and its database: a snapshot to read from, one writer at a time, and what the database says of itself.

Everything else speaks SQLAlchemy Core over `schema`, the same for both databases. A Store turns the database's errors into
`ArchiveError`s in plain words, so that a full disk or a lost server is no traceback.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from twosource.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

#: The archive of the current folder, where neither --archive nor TWOSOURCE_ARCHIVE names another.
DEFAULT = "twosource.db"


class Store(ABC):
    """A database that holds an archive. `place` names it in messages, without a password."""

    def __init__(self, place: str, engine: Engine) -> None:
        self.place = place
        self.engine = engine

    @property
    def kind(self) -> str:
        """What SQLAlchemy calls the database: "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the archive as it stands now, unmoved by writers. Keep it short: on SQLite a writer waits for it."""
        with self.in_plain_words(), self.engine.connect() as connection:
            self.prepare_to_read(connection)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction, the only one that writes: kept whole where the block ends, not at all where it fails.

        Other writers wait their turn. What was written is on the disk when the block has ended.
        """
        with (
            self.in_plain_words(),
            self.engine.connect().execution_options(writing=True) as connection,
            connection.begin(),
        ):
            self.wait_for_turn(connection)
            yield connection

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @abstractmethod
    def prepare_to_read(self, connection: Connection) -> None:
        """Before a transaction that reads: make it one snapshot."""

    @abstractmethod
    def wait_for_turn(self, connection: Connection) -> None:
        """At the beginning of a transaction that writes: wait until no other does."""

    @abstractmethod
    def faults(self) -> Iterator[str]:
        """What the database itself finds wrong with its files."""

    @abstractmethod
    def size(self) -> int:
        """Bytes that the archive takes on the disk."""

    @abstractmethod
    def compact(self) -> None:
        """Give back to the disk what was taken out."""

    @abstractmethod
    def about(self) -> str:
        """The database, its version, and how it keeps what is written."""

    @abstractmethod
    def explained(self, error: BaseException) -> str:
        """The driver's error in plain words: what is wrong and what to do."""

    @contextmanager
    def in_plain_words(self) -> Iterator[None]:
        """Turns the driver's errors into ArchiveErrors that say what to do."""
        from sqlalchemy.exc import DBAPIError, SQLAlchemyError

        try:
            yield
        except DBAPIError as error:
            raise ArchiveError(f"{self.place}: {self.explained(error.orig or error)}") from error
        except SQLAlchemyError as error:
            raise ArchiveError(f"{self.place}: {error}") from error


def named(place: str | os.PathLike[str] | None) -> str:
    """Which archive is meant: `place`, else TWOSOURCE_ARCHIVE, else `twosource.db` in the current folder."""
    return os.fspath(place) if place is not None else os.environ.get("TWOSOURCE_ARCHIVE") or DEFAULT


def opened(place: str | os.PathLike[str] | None, *, create: bool = False) -> Store:
    """The database at `place`: a file, or an address that begins with postgresql://. `create` makes the file where it is missing.

    Raises UsageError where there is none, or where what it takes is not installed.
    """
    name = named(place)
    if name.startswith(("postgresql:", "postgres:", "postgresql+psycopg:")):
        from twosource.archive.postgres import postgres

        return postgres(name)
    scheme, address, _ = name.partition("://")
    if not name or (address and scheme != "sqlite"):
        said = f"{scheme}{address and '://…'}"  # what follows may hold a password
        raise UsageError(
            f"“{said}” is no place for an archive: give a file, or an address that begins with postgresql://"
        )
    from twosource.archive.sqlite import sqlite

    return sqlite(name, create=create)
