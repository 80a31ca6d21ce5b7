"""Put reports into an archive, a batch a transaction: what has been acknowledged is on the disk, and adding it again adds nothing.

A batch is parsed before the writer's turn is asked for, so that others wait for the writing alone. Inside the turn it is decided, against
what stands there by then, which reports are known, which are new and which are new versions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from twosource.archive import custody, identity, rows, search_index
from twosource.archive.log import Writer
from twosource.archive.schema import captures, raw, reports, versions
from twosource.errors import SourceError
from twosource.model import content_id
from twosource.sources.record import raw_bytes

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.store import Store
    from twosource.sources import Found

#: A batch ends with so many reports, or so many bytes of text and raw.
BATCH_REPORTS = 500
BATCH_BYTES = 8 * 1024 * 1024

#: So many problems are kept with their words; the others are counted, so that memory stays flat.
PROBLEMS = 1000

_TOLD = ("url", "outlet", "title", "byline", "credit", "published", "language", "same_source_as")


@dataclass(slots=True)
class Added:
    """What came of adding. Counts of reports: `new` ones, `corrected` ones (a version with another text), those `told` anew (the same text,
    with another title, outlet, date …), `known` ones. `unread` could not be read, for the reasons in `problems`. `bytes` are those read of
    the sources, `names` the versions' in the archive, in order, where they are asked for, `changed` the names of the corrected.
    """

    new: int = 0
    corrected: int = 0
    told: int = 0
    known: int = 0
    unread: int = 0
    bytes: int = 0
    problems: list[SourceError] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def reports(self) -> int:
        """All that could be read."""
        return self.new + self.corrected + self.told + self.known


@dataclass(slots=True)
class _Item:
    """What was found, the key of its report, its columns, and its raw bytes where they are to be kept."""

    found: Found
    key: str
    row: dict[str, Any]
    raw: bytes | None


def keep(
    store: Store,
    found: Iterable[Found | SourceError],
    *,
    keep_raw: bool = False,
    names: bool = True,
    batch: int = BATCH_REPORTS,
    done: Callable[[Added], None] | None = None,
) -> Added:
    """Keep what was `found`; `done` is called after each batch that stands on the disk, with what has been added so far.

    Raises ArchiveError where the archive cannot be written: the batches before it stand.
    """
    added = Added()
    for items in _batches(found, added, keep_raw, batch):
        with store.writing() as connection:
            told = _write(connection, items)
        for name, what in told:
            setattr(added, what, getattr(added, what) + 1)
            if names:
                added.names.append(name)
            if what == "corrected":
                added.changed.append(name)
        if done is not None:
            done(added)
    return added


def _batches(found: Iterable[Found | SourceError], added: Added, keep_raw: bool, most: int) -> Iterator[list[_Item]]:
    items: list[_Item] = []
    size = 0
    with raw_bytes() as kept:
        for one in found:
            try:
                if isinstance(one, SourceError):
                    raise one
                row = rows.version_row(one.report)
            except SourceError as problem:
                added.unread += 1
                if len(added.problems) < PROBLEMS:
                    added.problems.append(problem)
                continue
            data = kept.get(one.report.sha256)
            kept.clear()
            added.bytes += len(data or b"")
            items.append(_Item(one, identity.key(one), row, data if keep_raw else None))
            size += 2 * len(one.report.text) + len(data or b"" if keep_raw else b"")
            if len(items) >= most or size >= BATCH_BYTES:
                yield items
                items, size = [], 0
    if items:
        yield items


def _write(connection: Connection, items: list[_Item]) -> list[tuple[str, str]]:
    """Write a batch; for each report its name in the archive, and which count of `Added` it belongs to."""
    at = custody.now()
    log = Writer(connection, at, custody.who(), custody.tool())
    known = _Known(connection, items)
    new: dict[Any, list[dict[str, Any]]] = {captures: [], raw: [], reports: [], versions: []}
    told: list[tuple[str, str]] = []
    for item in items:
        report = item.found.report
        if report.sha256 not in known.captures:
            row = rows.capture_row(report.sha256, custody.of(item.found))
            known.captures.add(report.sha256)
            new[captures].append(row)
            log.note("capture", report.sha256, row["digest"])
        if item.raw is not None and report.sha256 not in known.raw:
            known.raw.add(report.sha256)
            new[raw].append(rows.raw_row(report.sha256, item.raw))
            log.note("keep raw", report.sha256, report.sha256)
        row = item.row | {"added": at}
        ours, key = known.report(item, row)
        if ours is None:
            ours = known.next_report(key)
            new[reports].append({"id": ours, "key": key})
        what, name = known.place(ours, key, row)
        told.append((name, what))
        if what != "known":
            row["digest"] = rows.version_digest(row, key)
            new[versions].append(row)
            log.note("version", name, row["digest"])
    for table, gathered in new.items():
        if gathered:
            connection.execute(table.insert(), gathered)
    search_index.add(connection, new[versions])
    log.write()
    return told


class _Known:
    """What the archive holds of the reports of a batch, and the ids that come next."""

    def __init__(self, connection: Connection, items: list[_Item]) -> None:
        keys = sorted({i.key for i in items})
        hashes = sorted({i.found.report.sha256 for i in items})
        names = sorted({i.found.report.id for i in items})
        self.captures = set(connection.scalars(select(captures.c.sha256).where(captures.c.sha256.in_(hashes))))
        self.raw = set(connection.scalars(select(raw.c.sha256).where(raw.c.sha256.in_(hashes))))
        self.reports: dict[str, int] = {
            row.key: row.id for row in connection.execute(select(reports).where(reports.c.key.in_(keys)))
        }
        #: By name: the report, its key, the hash of the bytes.
        self.names: dict[str, tuple[int, str, str]] = {
            row.name: (row.report, row.key, row.sha256)
            for row in connection.execute(
                select(versions.c.name, versions.c.report, versions.c.sha256, reports.c.key)
                .join(reports)
                .where(versions.c.name.in_(names))
            )
        }
        of = sorted({*self.reports.values(), *(report for report, _, _ in self.names.values())})
        self.versions: dict[int, list[Mapping[str, Any]]] = {}
        columns = [c for c in versions.c if c.name != "text"]
        for found in connection.execute(select(*columns).where(versions.c.report.in_(of)).order_by(versions.c.number)):
            self.versions.setdefault(found.report, []).append(dict(found._mapping))
        self._reports = connection.scalar(select(func.max(reports.c.id))) or 0
        self._versions = connection.scalar(select(func.max(versions.c.id))) or 0

    def next_report(self, key: str) -> int:
        self._reports += 1
        self.reports[key] = self._reports
        return self._reports

    def report(self, item: _Item, row: Mapping[str, Any]) -> tuple[int | None, str]:
        """The report that `item` is a version of, None where there is none yet, and its key.

        A file that was moved, or is named from another folder, is the report it was, if name, bytes and text are the same.
        """
        if (ours := self.reports.get(item.key)) is not None:
            return ours, item.key
        same = self.names.get(row["name"])
        if (
            same is not None
            and same[2] == row["sha256"]
            and item.key.startswith("file:")
            and same[1].startswith("file:")
        ):
            return same[0], same[1]
        return None, item.key

    def place(self, report: int, key: str, row: dict[str, Any]) -> tuple[str, str]:
        """Give `row` its ids, number and name as the next version of `report`, unless it is known; what it is, and its name."""
        before = self.versions.setdefault(report, [])
        for one in before:
            if all(one[c] == row[c] for c in ("sha256", "text_sha256", *_TOLD)):
                return "known", one["name"]
        what = "new"
        if before:
            what = "told" if any(one["text_sha256"] == row["text_sha256"] for one in before) else "corrected"
        row["number"] = len(before) + 1
        if row["name"] in self.names:
            row["name"] = content_id("r", row["name"], key, row["number"])
        self._versions += 1
        row |= {"id": self._versions, "report": report}
        self.names[row["name"]] = (report, key, row["sha256"])
        before.append(row)
        return what, row["name"]
