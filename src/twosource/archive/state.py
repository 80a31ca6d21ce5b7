"""How an archive stands: what it holds, how much of it has been read, and the newest hash of its log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from twosource.archive.log import FIRST
from twosource.archive.schema import captures, log, products, raw, readings, reports, versions
from twosource.archive.upgrades import reached
from twosource.reading.reader import reader

if TYPE_CHECKING:
    from twosource.archive.store import Store


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of what an archive holds. `read` are the versions that the present reader has read, `raw_bytes` the sum of the raw bytes kept
    before packing, `bytes` what all takes on the disk. `entries`, `head` and `changed` are the log's: how many, the newest hash, and
    when it was written (UTC). `products` are counted by kind.
    """

    place: str
    database: str
    schema: str
    captures: int
    reports: int
    versions: int
    read: int
    readings: int
    products: dict[str, int]
    raw: int
    raw_bytes: int
    bytes: int
    entries: int
    head: str
    changed: str | None


def status(store: Store) -> Status:
    """How the archive stands."""
    about, size = store.about(), store.size()
    with store.reading() as connection:

        def count(table: Any, *where: Any) -> int:
            return int(connection.scalar(select(func.count()).select_from(table).where(*where)) or 0)

        last = connection.execute(select(log.c.seq, log.c.hash, log.c.at).order_by(log.c.seq.desc()).limit(1)).first()
        kinds = connection.execute(select(products.c.kind, func.count()).group_by(products.c.kind)).all()
        return Status(
            place=store.place,
            database=about,
            schema=str(reached(connection)),
            captures=count(captures),
            reports=count(reports),
            versions=count(versions),
            read=count(readings, readings.c.reader == reader()),
            readings=count(readings),
            products=dict(sorted((str(kind), int(many)) for kind, many in kinds)),
            raw=count(raw),
            raw_bytes=int(connection.scalar(select(func.sum(raw.c.size))) or 0),
            bytes=size,
            entries=last.seq if last else 0,
            head=last.hash if last else FIRST,
            changed=last.at if last else None,
        )
