"""Keep what was made of many reports (a story, a reconciliation), number after number, and working copies that change freely.

A product is text, JSON as a rule, with the reports it is made of. Keeping another text under the same name keeps both; the newest counts.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
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

#: So many names are asked for at once.
_NAMES = 500


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


def each(store: Store, kind: str, names: Iterable[str] | None = None) -> Iterator[Product]:
    """The newest of every name of this kind, in the order of their names; of `names` alone, where they are given.

    Raises ArchiveError where one is not what was kept.
    """
    if names is None:
        with store.reading() as connection:
            names = list(connection.scalars(select(products.c.name).where(products.c.kind == kind).distinct()))
    wanted = sorted(set(names))
    for start in range(0, len(wanted), _NAMES):
        some = (products.c.kind == kind) & products.c.name.in_(wanted[start : start + _NAMES])
        last = (
            select(products.c.name, func.max(products.c.number).label("number")).where(some).group_by(products.c.name)
        )
        newest = last.subquery()
        query = select(products).join(
            newest,
            (products.c.kind == kind) & (products.c.name == newest.c.name) & (products.c.number == newest.c.number),
        )
        with store.reading() as connection:
            rows = connection.execute(query).mappings().all()
            of = _members(connection, [row["id"] for row in rows])
        for row in sorted(rows, key=lambda row: str(row["name"])):
            yield _product(dict(row), of.get(row["id"], []))


def member_names(connection: Connection, product: int) -> list[str]:
    """The names of the versions that a product is made of."""
    return _members(connection, [product]).get(product, [])


def _members(connection: Connection, of: Sequence[int]) -> dict[int, list[str]]:
    """Of each product that is made of any, the names of its versions, sorted."""
    query = select(members.c.product, versions.c.name).join(versions).where(members.c.product.in_(of))
    found: dict[int, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.product, []).append(row.name)
    return {product: sorted(names) for product, names in found.items()}


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
    for start in range(0, len(names), _NAMES):
        some = names[start : start + _NAMES]
        query = select(versions.c.name, versions.c.id).where(versions.c.name.in_(some))
        found |= {row.name: row.id for row in connection.execute(query)}
    return found


def _newest(connection: Connection, kind: str, name: str) -> Product | None:
    query = select(products).where(products.c.kind == kind, products.c.name == name)
    row = connection.execute(query.order_by(products.c.number.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    return _product(dict(row), member_names(connection, row["id"]))


def _product(row: dict[str, Any], names: list[str]) -> Product:
    """The product of a row, made of the versions with these names. Raises ArchiveError where it is not what was kept."""
    try:
        if product_digest(row, names) != row["digest"]:
            raise ArchiveError("its digest is another")
        body = unpacked(row["body"]).decode()
    except (ArchiveError, ValueError, TypeError, zlib.error) as wrong:
        what = f"the {row['kind']} {row['name']} in the archive was changed or damaged ({wrong})"
        raise ArchiveError(f"{what}: run `twosource archive check`, and make it anew") from None
    return Product(row["kind"], row["name"], row["number"], row["at"], row["tool"], tuple(names), body)
