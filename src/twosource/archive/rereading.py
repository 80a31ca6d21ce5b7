"""Keep readings: what the present reader makes of each version, made once, and made again when the reader changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from twosource.archive import custody, rows, search_index
from twosource.archive.log import Writer
from twosource.archive.readings import from_bytes, to_bytes
from twosource.archive.schema import readings, versions
from twosource.archive.search_contents import Contents, contents
from twosource.archive.versions import current, report
from twosource.errors import ArchiveError
from twosource.model import Reading, Report
from twosource.reading.reader import reader

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.store import Store

#: Readings are kept after so many seconds of reading, so that a kill costs no more.
SECONDS = 5.0

#: So many names are asked for at once.
_NAMES = 500


def kept(connection: Connection, of: Report, by: str | None = None) -> Reading | None:
    """The reading of a report that is kept, by the reader named, the present one where none is; None where there is none.

    Raises ArchiveError where it is not what was kept.
    """
    query = select(readings).join(versions).where(versions.c.name == of.id, readings.c.reader == (by or reader()))
    found = connection.execute(query).mappings().first()
    if found is None:
        return None
    row = dict(found)
    if rows.reading_digest(of.id, row) != row["digest"]:
        raise ArchiveError(
            f"the reading of {of.id} in the archive was changed or damaged: run `twosource archive check`; "
            "`twosource archive prune --damaged` takes it out, and it is read anew"
        )
    return from_bytes(row["body"], of)


def missing(connection: Connection, names: Sequence[str] | None = None) -> list[str]:
    """The names of the versions that the present reader has not read: of those named, else of the current one of every report."""
    query = (
        select(versions.c.name)
        .outerjoin(readings, and_(readings.c.version == versions.c.id, readings.c.reader == reader()))
        .where(readings.c.id.is_(None))
        .order_by(versions.c.id)
    )
    if names is None:
        return list(connection.scalars(query.where(current())))
    found: list[str] = []
    for start in range(0, len(names), _NAMES):
        found += connection.scalars(query.where(versions.c.name.in_(names[start : start + _NAMES])))
    return found


def read(
    store: Store,
    names: Iterable[str],
    done: Callable[[int], None] | None = None,
    seconds: float = SECONDS,
) -> int:
    """Read the versions with these names and keep what was read; how many. `done` is called with the count that stands on the disk."""
    from twosource.reading import read as read_report

    count = 0
    made: list[tuple[str, bytes, Contents]] = []
    since = time.monotonic()
    for name in names:
        with store.reading() as connection:
            one = report(connection, name)
        if one is None:
            raise ArchiveError(f"{store.place} holds no report {name}")
        reading = read_report(one)
        made.append((name, to_bytes(reading), contents(reading)))
        if time.monotonic() - since >= seconds:
            count += _write(store, made)
            made, since = [], time.monotonic()
            if done is not None:
                done(count)
    count += _write(store, made)
    if done is not None:
        done(count)
    return count


def _write(store: Store, made: list[tuple[str, bytes, Contents]]) -> int:
    if not made:
        return 0
    at = custody.now()
    with store.writing() as connection:
        log = Writer(connection, at, custody.who(), custody.tool())
        ids = {
            row.name: row.id
            for row in connection.execute(
                select(versions.c.id, versions.c.name).where(versions.c.name.in_([name for name, _, _ in made]))
            )
        }
        there = set(
            connection.scalars(
                select(readings.c.version).where(
                    readings.c.version.in_(list(ids.values())), readings.c.reader == reader()
                )
            )
        )
        last = connection.scalar(select(func.max(readings.c.id))) or 0
        new: list[dict[str, Any]] = []
        searched: dict[int, tuple[int, Contents]] = {}
        for name, body, of in made:
            if ids[name] in there:  # another process was quicker
                continue
            there.add(ids[name])
            row: dict[str, Any] = {"version": ids[name], "reader": reader(), "at": at, "body": body}
            row |= {"id": last + len(new) + 1, "digest": rows.reading_digest(name, row)}
            new.append(row)
            searched[row["version"]] = row["id"], of
            log.note("reading", subject(name, row["reader"]), row["digest"])
        if new:
            connection.execute(readings.insert(), new)
            search_index.add_readings(connection, searched)
        log.write()
    return len(made)


def subject(name: str, by: str) -> str:
    """What the log calls a reading."""
    return f"{name} {by}"
