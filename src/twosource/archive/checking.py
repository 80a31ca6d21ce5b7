"""Is all of it what was kept? The database's own check, the chain of the log, and every row against its hashes and against the log.

Each fault says in which part, where, and what. A part that cannot be read at all is a fault as well, and the others are still
checked: a damaged database tells more than that it is damaged.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, select

from twosource.archive import log as chain
from twosource.archive import rows
from twosource.archive.products import member_names
from twosource.archive.products import subject as product_subject
from twosource.archive.readings import from_bytes, unpacked
from twosource.archive.rereading import subject as reading_subject
from twosource.archive.schema import captures, log, products, raw, readings, reports, versions, working
from twosource.archive.search_checking import differences
from twosource.archive.versions import ROWS
from twosource.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.store import Store

#: Rows of a page: so many are lost to sight together before they are asked for one by one.
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not what was kept: `part` of the archive, `where` in it, and `what` is wrong."""

    part: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.part}, {self.where}: {self.what}" if self.where else f"{self.part}: {self.what}"


def check(store: Store, head: str | None = None, seen: Callable[[str, int], None] | None = None) -> Iterator[Fault]:
    """What is wrong with the archive: nothing, if all is what was kept.

    `head` is a hash of the log that was noted earlier: then a fault says so where the log has no such entry, because it was cut off or
    written anew. `seen` is called with the part and the number of its rows that have been checked. Raises UsageError where `head` is no
    hash, or one of the log's but for a few digits.
    """
    if head is not None:  # before all else, since it may have been typed wrongly
        yield from _guarded("log", partial(_head, store, head))
    yield from _guarded("database", partial(_database, store))
    for part, entries in _PARTS.items():
        yield from _guarded(part, partial(entries, store, partial(seen, part) if seen else _nobody))
    yield from _guarded("log", partial(_missing, store))


def _guarded(part: str, faults: Callable[[], Iterator[Fault]]) -> Iterator[Fault]:
    try:
        yield from faults()
    except ArchiveError as error:
        yield Fault(part, "", f"it cannot be read: {error}")


def _nobody(count: int) -> None:
    """Nobody asked how far it is."""


def _database(store: Store) -> Iterator[Fault]:
    for words in store.faults():
        yield Fault("database", "", words)


def _rows(
    store: Store, query: Select[Any], key: Any, seen: Callable[[int], None], part: str
) -> Iterator[dict[str, Any] | Fault]:
    """The rows of `query` in the order of `key`, page by page; a fault for each row that cannot be read."""
    last: Any = None
    count = 0
    while True:
        ahead = select(key).order_by(key).limit(_PAGE)
        with store.reading() as connection:
            keys = list(connection.scalars(ahead if last is None else ahead.where(key > last)))
        if not keys:
            return
        try:
            yield from _page(store, query.where(key.in_(keys)).order_by(key))
        except ArchiveError:
            for one in keys:
                try:
                    yield from _page(store, query.where(key == one))
                except ArchiveError as error:
                    yield Fault(part, str(one), f"it cannot be read: {error}")
        last = keys[-1]
        count += len(keys)
        seen(count)


def _page(store: Store, query: Select[Any]) -> list[dict[str, Any]]:
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


# --- the parts ---------------------------------------------------------------------------------------------------------------


def _log(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    """Each entry has the number that comes next, the hash of the one before, and its own."""
    number, before = 0, chain.FIRST
    for entry in _rows(store, select(log), log.c.seq, seen, "log"):
        if isinstance(entry, Fault):
            yield entry
            continue
        number += 1
        where = f"entry {entry['seq']}"
        if entry["seq"] != number:
            yield Fault("log", where, f"entry {number} should come here: entries are missing")
            number = entry["seq"]
        elif entry["before"] != before:
            yield Fault("log", where, "it does not hold the hash of the entry before it: the chain breaks here")
        if _made(chain.hashed, entry) != entry["hash"]:
            yield Fault("log", where, "its hash is not that of what it says: it was changed")
        before = entry["hash"]


def _captures(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    query = _with_log(select(captures), captures.c.sha256, "capture")
    for row in _rows(store, query, captures.c.sha256, seen, "captures"):
        if isinstance(row, Fault):
            yield row
        else:
            yield from _against("captures", row["sha256"], row, rows.capture_digest, row)


def _raw(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    query = _with_log(select(raw), raw.c.sha256, "keep raw")
    for row in _rows(store, query, raw.c.sha256, seen, "raw bytes"):
        if isinstance(row, Fault):
            yield row
            continue
        try:
            rows.bytes_of(row)
        except ArchiveError as wrong:
            yield Fault("raw bytes", row["sha256"], str(wrong))
        if row["logged"] is None:
            yield Fault("raw bytes", row["sha256"], "the log does not know of them")


def _versions(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    query = _with_log(ROWS, versions.c.name, "version")
    number = 0
    for row in _rows(store, query, versions.c.id, seen, "versions"):
        number += 1
        if isinstance(row, Fault):
            yield row
            continue
        if row["id"] != number:
            yield Fault("versions", f"row {row['id']}", f"row {number} should come here: rows are missing")
            number = row["id"]
        faults = list(_against("versions", row["name"], row, rows.version_digest, row, row["key"]))
        yield from faults
        if not faults:
            try:
                rows.report_of(row)
            except ArchiveError as wrong:
                yield Fault("versions", row["name"], str(wrong))


def _reports(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    """Every report has versions, numbered from 1 without a gap. Its key is covered by their digests."""
    query = (
        select(reports.c.id, func.count(versions.c.id).label("many"), func.max(versions.c.number).label("last"))
        .outerjoin(versions)
        .group_by(reports.c.id)
    )
    for row in _rows(store, query, reports.c.id, seen, "reports"):
        if isinstance(row, Fault):
            yield row
        elif not row["many"] or row["many"] != row["last"]:
            yield Fault(
                "reports", f"report {row['id']}", f"of its {row['last'] or 'missing'} versions {row['many']} are there"
            )


def _readings(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    for row in _rows(store, select(readings), readings.c.id, seen, "readings"):
        if isinstance(row, Fault):
            yield row
            continue
        with store.reading() as connection:
            whole = connection.execute(ROWS.where(versions.c.id == row["version"])).mappings().first()
            where = f"row {row['id']}" if whole is None else reading_subject(whole["name"], row["reader"])
            row["logged"] = _logged(connection, where, "reading")
        if whole is None:
            yield Fault("readings", where, "what it is a reading of is not there")
            continue
        faults = list(_against("readings", where, row, rows.reading_digest, whole["name"], row))
        yield from faults
        if not faults:
            try:
                from_bytes(row["body"], rows.report_of(dict(whole)))
            except ArchiveError as wrong:
                yield Fault("readings", where, str(wrong))


def _products(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    for row in _rows(store, select(products), products.c.id, seen, "products"):
        if isinstance(row, Fault):
            yield row
            continue
        where = product_subject(row)
        with store.reading() as connection:
            names = member_names(connection, row["id"])
            row["logged"] = _logged(connection, where, "product")
        faults = list(_against("products", where, row, rows.product_digest, row, names))
        yield from faults
        if not faults:
            try:
                unpacked(row["body"])
            except (ValueError, zlib.error) as wrong:
                yield Fault("products", where, f"it is not whole: {wrong}")


def _working(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    with store.reading() as connection:
        kinds = list(connection.scalars(select(working.c.kind).distinct()))
    for kind in sorted(kinds):
        for row in _rows(store, select(working).where(working.c.kind == kind), working.c.name, seen, "working copies"):
            if isinstance(row, Fault):
                yield row
            elif _made(rows.working_digest, row) != row["digest"]:
                yield Fault("working copies", f"{row['kind']} {row['name']}", "it is not what its digest was made of")


def _search(store: Store, seen: Callable[[int], None]) -> Iterator[Fault]:
    """The search index against what is kept."""
    for where, what in differences(store, seen):
        yield Fault("search index", where, what)


# --- a row against its digest, and against the log ---------------------------------------------------------------------------


def _with_log(query: Select[Any], subject: Any, action: str) -> Select[Any]:
    """`query` with the digest that the log holds of each row, as `logged`."""
    return query.add_columns(log.c.digest.label("logged")).outerjoin(
        log, and_(log.c.subject == subject, log.c.action == action)
    )


def _logged(connection: Connection, subject: str, action: str) -> str | None:
    query = select(log.c.digest).where(log.c.subject == subject, log.c.action == action)
    return connection.scalar(query.order_by(log.c.seq.desc()).limit(1))


def _against(part: str, where: str, row: dict[str, Any], digest: Callable[..., str], *of: Any) -> Iterator[Fault]:
    if _made(digest, *of) != row["digest"]:
        yield Fault(part, where, "its row is not what its digest was made of: it was changed")
    elif row["logged"] is None:
        yield Fault(part, where, "the log does not know of it")
    elif row["logged"] != row["digest"]:
        yield Fault(part, where, "the log holds another digest of it: it was changed, and its digest with it")


def _made(digest: Callable[..., str], *of: Any) -> str | None:
    """The digest; None where the row holds what we never write."""
    try:
        return digest(*of)
    except (TypeError, ValueError, KeyError):
        return None


def _missing(store: Store) -> Iterator[Fault]:
    """Rows that the log knows of, and that are not there though nobody has pruned them."""
    for part, (action, there) in _LOGGED.items():
        query = select(log.c.seq, log.c.subject).where(log.c.action == action)
        last = 0
        while True:
            with store.reading() as connection:
                entries = connection.execute(query.where(log.c.seq > last).order_by(log.c.seq).limit(_PAGE)).all()
                subjects = [e.subject for e in entries]
                found = there(connection, subjects)
                pruned = {
                    row.subject: row.seq
                    for row in connection.execute(
                        select(log.c.subject, func.max(log.c.seq).label("seq"))
                        .where(log.c.subject.in_(subjects), log.c.action == chain.PRUNED)
                        .group_by(log.c.subject)
                    )
                }
            if not entries:
                break
            for entry in entries:
                if entry.subject not in found and pruned.get(entry.subject, 0) < entry.seq:
                    yield Fault(
                        part, entry.subject, f"entry {entry.seq} of the log says that it was kept, and it is missing"
                    )
            last = entries[-1].seq


def _head(store: Store, head: str) -> Iterator[Fault]:
    with store.reading() as connection:
        if chain.noted(connection, head) is None:
            why = "it is of another archive, or the log was cut off or written anew since it was noted"
            yield Fault("log", "", f"the hash that was given, {head}, is not in this log: {why}")


def _columns(column: Any) -> Callable[[Connection, list[str]], set[str]]:
    return lambda connection, subjects: set(connection.scalars(select(column).where(column.in_(subjects))))


def _read(connection: Connection, subjects: list[str]) -> set[str]:
    names = [s.split(" ", 1)[0] for s in subjects]
    query = select(versions.c.name, readings.c.reader).join(readings).where(versions.c.name.in_(names))
    return {reading_subject(row.name, row.reader) for row in connection.execute(query)}


def _made_of(connection: Connection, subjects: list[str]) -> set[str]:
    names = [s.split(" ", 1)[1].rsplit(" ", 1)[0] for s in subjects]
    query = select(products.c.kind, products.c.name, products.c.number).where(products.c.name.in_(names))
    return {product_subject(row._mapping) for row in connection.execute(query)}


_LOGGED: dict[str, tuple[str, Callable[[Connection, list[str]], set[str]]]] = {
    "captures": ("capture", _columns(captures.c.sha256)),
    "versions": ("version", _columns(versions.c.name)),
    "raw bytes": ("keep raw", _columns(raw.c.sha256)),
    "readings": ("reading", _read),
    "products": ("product", _made_of),
}

_PARTS: dict[str, Callable[[Store, Callable[[int], None]], Iterator[Fault]]] = {
    "log": _log,
    "captures": _captures,
    "raw bytes": _raw,
    "reports": _reports,
    "versions": _versions,
    "readings": _readings,
    "products": _products,
    "working copies": _working,
    "search index": _search,
}
