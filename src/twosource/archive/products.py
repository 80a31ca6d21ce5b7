"""Keep what was made of many reports (a story, a reconciliation), number after number, and working copies that change freely.

A product is text, JSON as a rule, with the reports it is made of. Keeping another text under the same name keeps both; the newest counts.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from twosource.archive import custody
from twosource.archive.log import Writer
from twosource.archive.readings import unpacked
from twosource.archive.rows import product_digest, working_digest
from twosource.archive.schema import members, products, versions, working
from twosource.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.store import Store


@dataclass(frozen=True, slots=True)
class Product:
    """What was made of the `reports` with these ids: `number` counts from 1 under one kind and name, `at` is when it was kept (UTC)."""

    kind: str
    name: str
    number: int
    at: str
    tool: str
    reports: tuple[str, ...]
    body: str


def keep(store: Store, kind: str, name: str, body: str, reports: Iterable[str]) -> int:
    """Keep `body`, made of the reports with these ids; its number. The same as the newest adds nothing.

    Raises UsageError where one of the reports is not in the archive.
    """
    names = sorted(set(reports))
    packed = zlib.compress(body.encode(), 6)
    with store.writing() as connection:
        newest = _newest(connection, kind, name)
        if newest is not None and (newest.body, newest.reports) == (body, tuple(names)):
            return newest.number
        ids = _ids(connection, names)
        if unknown := [n for n in names if n not in ids]:
            raise UsageError(
                f"{store.place} holds no report {', '.join(unknown[:5])}: add it before what is made of it"
            )
        row: dict[str, Any] = {
            "id": (connection.scalar(select(func.max(products.c.id))) or 0) + 1,
            "kind": kind,
            "name": name,
            "number": 1 if newest is None else newest.number + 1,
            "at": custody.now(),
            "tool": custody.tool(),
            "body": packed,
        }
        row["digest"] = product_digest(row, names)
        connection.execute(products.insert(), row)
        if names:
            connection.execute(members.insert(), [{"product": row["id"], "version": ids[n]} for n in names])
        log = Writer(connection, row["at"], custody.who(), custody.tool())
        log.note("product", subject(row), row["digest"])
        log.write()
        return int(row["number"])


def subject(row: Any) -> str:
    """What the log calls a product."""
    return f"{row['kind']} {row['name']} {row['number']}"


def newest(store: Store, kind: str, name: str) -> Product | None:
    """The newest product of this kind and name. Raises ArchiveError where it is not what was kept."""
    with store.reading() as connection:
        return _newest(connection, kind, name)


def each(store: Store, kind: str) -> Iterator[Product]:
    """The newest of every name of this kind, in the order of their names."""
    with store.reading() as connection:
        names = list(connection.scalars(select(products.c.name).where(products.c.kind == kind).distinct()))
    for name in sorted(names):
        if (found := newest(store, kind, name)) is not None:
            yield found


def member_names(connection: Connection, product: int) -> list[str]:
    """The names of the versions that a product is made of."""
    query = select(versions.c.name).join(members).where(members.c.product == product)
    return sorted(connection.scalars(query))


def note(store: Store, kind: str, name: str, body: str | None) -> None:
    """Note `body` beside the evidence, in place of what was noted there; None takes it away. It is no evidence, and not in the log."""
    with store.writing() as connection:
        connection.execute(working.delete().where(working.c.kind == kind, working.c.name == name))
        if body is not None:
            row = {"kind": kind, "name": name, "at": custody.now(), "body": body}
            connection.execute(working.insert(), row | {"digest": working_digest(row)})


def noted(store: Store, kind: str, name: str) -> str | None:
    """What was noted last. Raises ArchiveError where it is not what was noted."""
    with store.reading() as connection:
        query = select(working).where(working.c.kind == kind, working.c.name == name)
        found = connection.execute(query).mappings().first()
    if found is None:
        return None
    if working_digest(dict(found)) != found["digest"]:
        raise ArchiveError(f"what was noted of {kind} {name} was changed or damaged: note it anew")
    return str(found["body"])


def _ids(connection: Connection, names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        query = select(versions.c.name, versions.c.id).where(versions.c.name.in_(some))
        found |= {row.name: row.id for row in connection.execute(query)}
    return found


def _newest(connection: Connection, kind: str, name: str) -> Product | None:
    query = select(products).where(products.c.kind == kind, products.c.name == name)
    row = connection.execute(query.order_by(products.c.number.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    names = member_names(connection, row["id"])
    try:
        if product_digest(dict(row), names) != row["digest"]:
            raise ArchiveError("its digest is another")
        body = unpacked(row["body"]).decode()
    except (ArchiveError, ValueError, TypeError, zlib.error) as wrong:
        raise ArchiveError(
            f"the {kind} {name} in the archive was changed or damaged ({wrong}): run `twosource archive check`, and make it anew"
        ) from None
    return Product(kind, name, row["number"], row["at"], row["tool"], tuple(names), body)
