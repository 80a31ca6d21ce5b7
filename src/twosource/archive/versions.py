"""Take versions of reports out of an archive, each checked against its hashes: one by name, or all of them page by page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from twosource.archive import identity
from twosource.archive.log import holds
from twosource.archive.rows import bytes_of, report_of
from twosource.archive.schema import captures, raw, reports, versions
from twosource.errors import ArchiveError
from twosource.model import Report
from twosource.sources.raw import printable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.store import Store

#: The beginning of an id.
_BEGINNING = re.compile("r[0-9a-f]{3,12}")

#: Rows of a page.
_PAGE = 200

#: Versions with their report's key, as `rows.report_of` takes them.
ROWS = select(versions, reports.c.key).join(reports)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report: `number` from 1, `added` when it was (UTC), `current` whether there is no newer one."""

    report: Report
    number: int
    added: str
    current: bool


def report(connection: Connection, name: str) -> Report | None:
    """The version with this name."""
    row = connection.execute(ROWS.where(versions.c.name == name)).mappings().first()
    if row is None and holds(connection, "version", name):
        raise ArchiveError(
            f"report {name} is in the log of the archive, and is not found: run `twosource archive check`"
        )
    return None if row is None else report_of(dict(row))


def history(connection: Connection, name: str) -> tuple[Version, ...]:
    """All versions of the report that the version with this name is one of, the first one first; none where there is no such."""
    ours = select(versions.c.report).where(versions.c.name == name).scalar_subquery()
    found = connection.execute(ROWS.where(versions.c.report == ours).order_by(versions.c.number)).mappings().all()
    return tuple(Version(report_of(dict(row)), row["number"], row["added"], row is found[-1]) for row in found)


def meant(connection: Connection, words: str) -> dict[str, str]:
    """The reports that `words` may mean: of each the id of its newest version, with the file that it came from.

    `words` are an id of one of its versions; else its address; else its file, or the end of its path; else the file or the address that
    held it with others; else the beginning of an id.
    """
    path = printable(os.path.abspath(words))
    words = printable(words)
    known = select(versions.c.report)
    tries = [known.where(versions.c.name == words), known.where(versions.c.url == words)]
    if "://" in words and (key := identity.address(words)) is not None:
        tries.append(select(reports.c.id).where(reports.c.key == key))
    tries.append(select(reports.c.id).where(reports.c.key == f"file:{path}"))
    tries.append(known.where(versions.c.file == words))
    tries.append(known.where(or_(*(versions.c.file.endswith(mark + words, autoescape=True) for mark in "/#\\"))))
    held = select(captures.c.sha256).where(captures.c.address.in_((words, path)))
    tries.append(known.where(versions.c.sha256.in_(held)))
    if _BEGINNING.fullmatch(words):
        tries.append(known.where(versions.c.name.startswith(words)))
    for one in tries:
        newest = select(versions.c.report, func.max(versions.c.number).label("number"))
        last = newest.where(versions.c.report.in_(one)).group_by(versions.c.report).subquery()
        both = and_(last.c.report == versions.c.report, last.c.number == versions.c.number)
        query = select(versions.c.name, versions.c.file).join(last, both).order_by(versions.c.id)
        if found := {row.name: row.file for row in connection.execute(query)}:
            return found
    return {}


def raw_bytes(store: Store, sha256: str) -> bytes | None:
    """The raw bytes with this hash; None where they are not kept."""
    with store.reading() as connection:
        row = connection.execute(select(raw).where(raw.c.sha256 == sha256)).mappings().first()
        if row is None and holds(connection, "keep raw", sha256):
            raise ArchiveError(
                f"the raw bytes {sha256:.12} are in the log of the archive, and are not found: run `twosource archive check`"
            )
    return None if row is None else bytes_of(dict(row))


def names(connection: Connection, which: Any) -> tuple[str, ...]:
    """The names of the versions that meet the condition `which`, in the order of their ids."""
    return tuple(connection.scalars(select(versions.c.name).where(which).order_by(versions.c.id)))


def before_newest(connection: Connection, count: int, which: Any = None) -> int:
    """The id behind which the newest `count` versions stand, of those that meet the condition `which`; 0 where there are no more."""
    query = select(versions.c.id).order_by(versions.c.id.desc()).offset(count).limit(1)
    return int(connection.scalar(query if which is None else query.where(which)) or 0)


def pages(store: Store, which: Any = None, *, size: int = _PAGE, after: int = 0) -> Iterator[list[dict[str, Any]]]:
    """The rows of versions with their report's `key`, in the order of their ids, in pages: no page keeps a writer waiting for long.

    Those with ids up to `after` are left out. `which` is a condition on `versions`. What is added meanwhile comes too. Raises ArchiveError
    where, all being asked for, one is missing.
    """
    last = after
    while True:
        query = ROWS.where(versions.c.id > last).order_by(versions.c.id).limit(size)
        with store.reading() as connection:
            found = connection.execute(query if which is None else query.where(which)).mappings().all()
        if not found:
            return
        if which is None and [row["id"] for row in found] != list(range(last + 1, last + len(found) + 1)):
            raise ArchiveError(
                f"a version between rows {last} and {found[-1]['id']} is missing: run `twosource archive check`"
            )
        yield [dict(row) for row in found]
        last = found[-1]["id"]


def current() -> Any:
    """The condition that a version is the newest of its report."""
    newer = versions.alias("newer")
    return ~select(newer.c.id).where(newer.c.report == versions.c.report, newer.c.number > versions.c.number).exists()
