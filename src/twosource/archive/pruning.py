"""Take out what can be made again, and, if asked, the raw bytes; never a capture, a report, a version or an entry of the log.

Each thing taken out is noted in the log, so that `check` knows that it is not lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from twosource.archive import custody, rows, search_index
from twosource.archive.log import PRUNED, Writer
from twosource.archive.products import subject as product_subject
from twosource.archive.rereading import subject as reading_subject
from twosource.archive.schema import members, products, raw, readings, versions
from twosource.errors import ArchiveError
from twosource.reading.reader import reader

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from twosource.archive.store import Store

#: So many are taken out in one transaction.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many were, or would be, taken out, and the bytes they take."""

    readings: int = 0
    products: int = 0
    raw: int = 0
    bytes: int = 0


class _Gone(NamedTuple):
    """What goes: its table, its key there, what the log calls it, its bytes."""

    table: Table
    key: int | str
    subject: str
    size: int


def prune(store: Store, *, raw_too: bool = False, damaged: bool = False, really: bool = True) -> Pruned:
    """Take out readings that a newer one stands beside, and products that a newer one replaces; `raw_too`: all raw bytes as well;
    `damaged`: readings that are not what was kept, which are read anew when asked for. Not `really`: only count them.
    """
    with store.reading() as connection:
        going = [*_older_readings(connection), *_older_products(connection), *(_raw(connection) if raw_too else ())]
    if damaged:
        going += _damaged(store, {gone.key for gone in going if gone.table is readings})
    if really and going:
        for start in range(0, len(going), _BATCH):
            with store.writing() as connection:
                _take_out(connection, going[start : start + _BATCH])
        store.compact()
    tables = [gone.table for gone in going]
    return Pruned(tables.count(readings), tables.count(products), tables.count(raw), sum(gone.size for gone in going))


def _older_readings(connection: Connection) -> Iterator[_Gone]:
    newer = readings.alias("newer")
    beside = select(newer.c.id).where(newer.c.version == readings.c.version, newer.c.reader == reader()).exists()
    query = select(readings.c.id, readings.c.reader, versions.c.name, func.length(readings.c.body).label("size"))
    for row in connection.execute(query.join(versions).where(readings.c.reader != reader(), beside)):
        yield _Gone(readings, row.id, reading_subject(row.name, row.reader), row.size)


def _older_products(connection: Connection) -> Iterator[_Gone]:
    newer = products.alias("newer")
    later = newer.c.kind == products.c.kind, newer.c.name == products.c.name, newer.c.number > products.c.number
    body = func.length(products.c.body).label("size")
    query = select(products.c.id, products.c.kind, products.c.name, products.c.number, body)
    for row in connection.execute(query.where(select(newer.c.id).where(*later).exists())).mappings():
        yield _Gone(products, row["id"], product_subject(row), row["size"])


def _raw(connection: Connection) -> Iterator[_Gone]:
    for row in connection.execute(select(raw.c.sha256, func.length(raw.c.bytes).label("size"))):
        yield _Gone(raw, row.sha256, row.sha256, row.size)


def _damaged(store: Store, going: set[int | str]) -> Iterator[_Gone]:
    with store.reading() as connection:
        ids = list(connection.scalars(select(readings.c.id).order_by(readings.c.id)))
    for one in ids:
        if one in going:
            continue
        try:
            with store.reading() as connection:
                query = select(readings, versions.c.name).join(versions).where(readings.c.id == one)
                row = dict(connection.execute(query).mappings().one())
            whole = rows.reading_digest(row["name"], row) == row["digest"]
        except (ArchiveError, TypeError):
            continue  # what cannot even be read is for `check` to tell, and for a backup to mend
        if not whole:
            yield _Gone(readings, one, reading_subject(row["name"], row["reader"]), len(row["body"]))


def _take_out(connection: Connection, some: list[_Gone]) -> None:
    log = Writer(connection, custody.now(), custody.who(), custody.tool())
    for gone in some:
        if gone.table is products:
            connection.execute(members.delete().where(members.c.product == gone.key))
        column = raw.c.sha256 if gone.table is raw else gone.table.c.id
        connection.execute(gone.table.delete().where(column == gone.key))
        log.note(PRUNED, gone.subject, "")
    search_index.forget(connection, [int(gone.key) for gone in some if gone.table is readings])
    log.write()
