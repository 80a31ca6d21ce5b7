"""Put versions and readings into the search index, in the transaction that keeps them. `search_filling` makes it anew.

The index holds of every version its words, and of its newest reading names, quotes and figures. `search_sqlite` and `search_postgres` put
words where their database seeks them; everything else is the same on both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from twosource.archive import search_contents, search_words
from twosource.archive.readings import from_bytes
from twosource.archive.rows import report_of
from twosource.archive.schema import readings, versions
from twosource.archive.search_contents import Contents, contents
from twosource.archive.search_schema import entries, figures, outlets, places
from twosource.archive.versions import ROWS
from twosource.errors import ArchiveError
from twosource.model import content_id

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Words of an outlet's name and its host together that count.
_OUTLET_WORDS = 24


def database(connection: Connection) -> ModuleType:
    """What the database of this connection does in its own way: `search_sqlite` or `search_postgres`."""
    if connection.dialect.name == "sqlite":
        from twosource.archive import search_sqlite

        return search_sqlite
    from twosource.archive import search_postgres

    return search_postgres


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Index new versions, given as the rows of `versions`, in the order of their ids."""
    if not rows:
        return
    if corrected := sorted({row["report"] for row in rows if row["number"] > 1}):
        connection.execute(entries.update().where(entries.c.report.in_(corrected)).values(newest=False))
    index(connection, rows, set({row["report"]: row["id"] for row in rows}.values()))


def index(connection: Connection, rows: Sequence[Mapping[str, Any]], newest: Set[int]) -> None:
    """Index versions, given as rows of `versions`; `newest` has the ids of those that are the newest of their report."""
    named = {row["id"]: outlet_words(row["outlet"], row["url"]) for row in rows}
    _add_outlets(connection, named.values())
    connection.execute(entries.insert(), [entry(row, newest=row["id"] in newest) for row in rows])
    database(connection).add_words(connection, [(row["id"], search_words.indexed(row["text"])) for row in rows])


def add_readings(connection: Connection, made: Mapping[int, tuple[int, Contents]]) -> None:
    """Index readings, given by version with their ids, in place of those that were indexed of these versions."""
    if not made:
        return
    _take_out(connection, made)
    connection.execute(places.insert(), [place_row(version, of) for version, (_, of) in made.items()])
    if counted := [row for version, (_, of) in made.items() for row in figure_rows(version, of)]:
        connection.execute(figures.insert(), counted)
    database(connection).add_read(connection, [(version, of.names, of.said) for version, (_, of) in made.items()])
    for version, (number, _) in made.items():
        connection.execute(entries.update().where(entries.c.version == version).values(reading=number))


def forget(connection: Connection, gone: Iterable[int]) -> None:
    """Take readings with these ids, which have been taken out of the archive, out of the index; an older one that is left comes in."""
    ids = sorted(gone)
    touched = list(
        connection.scalars(select(entries.c.version).where(entries.c.reading.in_(ids)).order_by(entries.c.version))
    )
    if touched:
        connection.execute(entries.update().where(entries.c.version.in_(touched)).values(reading=None))
        index_readings(connection, touched)


# --- rows --------------------------------------------------------------------------------------------------------------------


def entry(row: Mapping[str, Any], *, newest: bool) -> dict[str, Any]:
    """The row of `search_entries` for a row of `versions` that has no reading."""
    words = outlet_words(row["outlet"], row["url"])
    day = re.match(r"\d{4}-\d\d-\d\d", row["published"] or "", re.ASCII)
    return {
        "version": row["id"],
        "report": row["report"],
        "name": row["name"],
        "newest": newest,
        "day": day[0] if day else "",
        "outlet": _outlet_id(words) if words else None,
        "reading": None,
    }


def outlet_words(outlet: str | None, url: str | None) -> str:
    """The words that an outlet is found by, of its name and of the host of the report's address; "|" stands between.

    >>> outlet_words("The Terns", "https://www.tern.example/a")
    ' the tern | www tern example '
    >>> outlet_words(None, None)
    ''
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        host = ""
    parts = [" ".join(search_words.forms(part)[:_OUTLET_WORDS]) for part in (outlet or "", host)]
    return f" {' | '.join(p for p in parts if p)} " if any(parts) else ""


def place_row(version: int, of: Contents) -> dict[str, Any]:
    """The row of `search_places`."""
    return {"version": version, "body": search_contents.packed(of.places)}


def figure_rows(version: int, of: Contents) -> list[dict[str, Any]]:
    """The rows of `search_figures`."""
    return [
        {
            "version": version, "number": number, "low": f.low, "high": f.high, "words": f" {' '.join(f.words)} ", "start": f.start,
            "end": f.end,
        }
        for number, f in enumerate(of.figures)
    ]  # fmt: skip


def newest_readings(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[int, Contents | None]]:
    """By version, of those that have one: the id of the newest reading and what of it is searched; None where it is not what was kept."""
    last = select(func.max(readings.c.id)).where(readings.c.version.in_(ids)).group_by(readings.c.version)
    found: dict[int, tuple[int, Contents | None]] = {}
    query = (
        select(readings.c.id, readings.c.version, readings.c.body)
        .where(readings.c.id.in_(last))
        .order_by(readings.c.version)
    )
    for row in connection.execute(query).all():
        whole = connection.execute(ROWS.where(versions.c.id == row.version)).mappings().one()
        try:
            found[row.version] = row.id, contents(from_bytes(row.body, report_of(dict(whole))))
        except ArchiveError:
            found[row.version] = row.id, None
    return found


def index_readings(connection: Connection, ids: Sequence[int]) -> None:
    """Index the newest readings of these versions, where they have one, in place of any that was indexed."""
    found = newest_readings(connection, ids)
    _take_out(connection, ids)
    add_readings(connection, {version: (number, of) for version, (number, of) in found.items() if of is not None})


def _take_out(connection: Connection, of: Iterable[int]) -> None:
    """Take what was read of these versions out of the index."""
    ids = sorted(of)
    for table in (figures, places):
        connection.execute(table.delete().where(table.c.version.in_(ids)))
    database(connection).remove_read(connection, ids)


def _add_outlets(connection: Connection, named: Iterable[str]) -> None:
    new = {_outlet_id(words): words for words in named if words}
    for known in connection.scalars(select(outlets.c.id).where(outlets.c.id.in_(sorted(new)))).all():
        del new[known]
    if new:
        connection.execute(outlets.insert(), [{"id": key, "words": words} for key, words in new.items()])


def _outlet_id(words: str) -> str:
    return content_id("o", words)
