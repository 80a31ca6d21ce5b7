"""Make the search index of what is kept: at once, in the transaction that brings a schema up to date, or anew in many short ones.

Made anew, it is emptied first, and what is kept is then indexed by and by, so that others add in between; what they add is indexed as it
always is. Until all of it is there, `search_state` says so, nobody searches in what is not whole, and who is stopped goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from twosource.archive import search_index, search_words
from twosource.archive.schema import versions
from twosource.archive.search_schema import entries, figures, outlets, places, state
from twosource.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.store import Store

#: Versions that are indexed at once.
_PAGE = 50

#: Seconds that others wait for a transaction at most, but for a page that takes longer by itself.
_TURN = 1.0

#: Seconds between two transactions. SQLite knows no queue: who waits looks again after up to 0.1 s, and must find it free then.
_PAUSE = 0.15


def require_whole(connection: Connection, place: str) -> None:
    """Raise UsageError where the index of the archive at `place` cannot be searched, saying what to do."""
    match list(connection.scalars(select(state.c.rules))):
        case [search_words.RULES]:
            return
        case [rules] if rules == _being_made():
            raise UsageError(
                f"{place}: its search index is being made anew: wait until that is done; "
                "if it was stopped, `twosource search --rebuild` goes on with it"
            )
    raise UsageError(
        f"{place}: its search index was made by another version of twosource: run `twosource search --rebuild` first"
    )


def rebuild(store: Store, done: Callable[[int], None] | None = None) -> int:
    """Make the index anew from what is kept, or go on with that; the number of versions indexed. Others may add meanwhile.

    `done` is called with the number that stands on the disk.
    """
    with store.writing() as connection:
        if list(connection.scalars(select(state.c.rules))) != [_being_made()]:
            _begin(connection)
    count = 0
    while True:
        with store.writing() as connection:
            since = time.monotonic()
            while (indexed := _page(connection)) and time.monotonic() - since < _TURN:
                count += indexed
            count += indexed
            if not indexed:
                _end(connection)
                return count
        if done is not None:
            done(count)
        time.sleep(_PAUSE)


def fill(connection: Connection) -> None:
    """Index what is kept and not indexed; all of it, if the index was made by other rules."""
    if list(connection.scalars(select(state.c.rules))) not in ([search_words.RULES], [_being_made()]):
        _begin(connection)
    while _page(connection):
        pass
    _end(connection)


def _being_made() -> str:
    """What `search_state` holds while the index is not whole."""
    return f"{search_words.RULES}, being made"


def _begin(connection: Connection) -> None:
    for table in (state, figures, places, entries, outlets):
        connection.execute(table.delete())
    search_index.database(connection).clear(connection)
    connection.execute(state.insert(), {"rules": _being_made()})


def _end(connection: Connection) -> None:
    connection.execute(state.update().values(rules=search_words.RULES))


def _page(connection: Connection) -> int:
    """Index the next versions that are not; how many."""
    missing = select(versions).outerjoin(entries, entries.c.version == versions.c.id).where(entries.c.version.is_(None))
    rows = connection.execute(missing.order_by(versions.c.id).limit(_PAGE)).mappings().all()
    if not rows:
        return 0
    of = sorted({row["report"] for row in rows})
    last = select(func.max(versions.c.id)).where(versions.c.report.in_(of)).group_by(versions.c.report)
    search_index.index(connection, [dict(row) for row in rows], set(connection.scalars(last)))
    search_index.index_readings(connection, [row["id"] for row in rows])
    return len(rows)
