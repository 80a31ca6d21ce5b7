"""Where the search index and what is kept differ: what `archive check` asks.

Every version's row of the index is made again from what is kept, and compared. The database then compares its own index with the words
that it was given. Nothing of the index is evidence: `twosource search --rebuild` makes it anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from twosource.archive import search_words
from twosource.archive.schema import versions
from twosource.archive.search_filling import require_whole
from twosource.archive.search_index import database, entry, figure_rows, newest_readings, outlet_words, place_row
from twosource.archive.search_schema import entries, figures, outlets, places
from twosource.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.store import Store

_PAGE = 100


def differences(store: Store, seen: Callable[[int], None]) -> Iterator[tuple[str, str]]:
    """Where the index is not what it should be, and what is wrong there. `seen` is called with the number of versions checked."""
    try:
        with store.reading() as connection:
            require_whole(connection, store.place)
    except UsageError as wrong:
        yield "", str(wrong).removeprefix(f"{store.place}: ")
        return
    last = count = 0
    while True:
        with store.reading() as connection:
            ahead = select(versions).where(versions.c.id > last).order_by(versions.c.id).limit(_PAGE)
            rows = [dict(row) for row in connection.execute(ahead).mappings()]
            found = list(_page(connection, rows)) if rows else []
        if not rows:
            break
        yield from found
        last = rows[-1]["id"]
        count += len(rows)
        seen(count)
    with store.reading() as connection:
        for part, version in database(connection).stray(connection):
            yield f"{part}, row {version}", "there is no such version"
    yield from (("", words) for words in _own(store))


def _page(connection: Connection, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What differs in the index of these versions."""
    ids = [row["id"] for row in rows]
    names = {row["id"]: row["name"] for row in rows}
    of = [row["report"] for row in rows]
    query = select(versions.c.report, func.max(versions.c.number).label("number"))
    newest = {
        row.report: row.number
        for row in connection.execute(query.where(versions.c.report.in_(of)).group_by(versions.c.report))
    }
    read = newest_readings(connection, ids)
    kept = {row["version"]: dict(row) for row in _of(connection, entries, ids)}
    stand = {row["version"]: dict(row) for row in _of(connection, places, ids)}
    counted: dict[int, list[dict[str, Any]]] = {}
    for row in _of(connection, figures, ids):
        counted.setdefault(row["version"], []).append(dict(row))
    used = sorted({row["outlet"] for row in kept.values() if row["outlet"]})
    called = dict(
        connection.execute(select(outlets.c.id, outlets.c.words).where(outlets.c.id.in_(used))).tuples().all()
    )
    words = []
    for row in rows:
        version = row["id"]
        number, contents = read.get(version, (None, None))
        expected = entry(row, newest=newest[row["report"]] == row["number"]) | {"reading": number}
        if version not in kept:
            yield names[version], "it is not in the index"
            continue
        outlet = outlet_words(row["outlet"], row["url"])
        if kept[version] != expected or called.get(expected["outlet"], "") != outlet:
            yield names[version], "its row in the index is another than what is kept gives"
        if number is not None and contents is None:
            continue  # its reading is not what was kept, which is told among the readings
        places_, figures_ = (
            (None, []) if contents is None else (place_row(version, contents), figure_rows(version, contents))
        )
        if stand.get(version) != places_ or counted.get(version, []) != figures_:
            yield names[version], "the index holds other places or figures than its reading"
        said = (None, None) if contents is None else (contents.names, contents.said)
        words.append((version, search_words.indexed(row["text"]), *said))
    for version in database(connection).unlike(connection, words):
        yield names[version], "the index holds other words than its text or its reading"


def _of(connection: Connection, table: Any, ids: list[int]) -> Any:
    query = select(table).where(table.c.version.in_(ids))
    return connection.execute(query.order_by(*table.primary_key.columns)).mappings()


def _own(store: Store) -> list[str]:
    """What the database finds wrong. It asks for the writer's turn; of a file that may only be read it tells nothing."""
    try:
        with store.writing() as connection:
            return list(database(connection).faults(connection))
    except ArchiveError as error:
        code = getattr(getattr(error.__cause__, "orig", None), "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_READONLY:
            return []
        raise
