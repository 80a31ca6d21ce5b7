"""An Archive: reports, their versions and readings, kept with the custody of each; what a program calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from twosource.archive import adding, checking, products, pruning, rereading, search_filling, upgrades, versions
from twosource.archive.rows import report_of
from twosource.archive.search import LIMIT, Answer, search
from twosource.archive.state import Status, status
from twosource.archive.store import Store, opened
from twosource.errors import SourceError, UsageError
from twosource.model import Reading, Report

if TYPE_CHECKING:
    from twosource.archive.adding import Added
    from twosource.archive.checking import Fault
    from twosource.archive.pruning import Pruned
    from twosource.calls import Source
    from twosource.sources import About, Found
    from twosource.sources.web import Web


#: So many are named where a name may be any of several reports.
_SHOWN = 5


class Archive:
    """What is kept of reports, in a file or in a PostgreSQL database.

    `Archive.open()` opens one, `Archive.init()` makes one or brings it to the newest schema; both take a path or an address
    (postgresql://…), else TWOSOURCE_ARCHIVE, else `twosource.db`. Use it in a `with` block, or `close` it.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def init(cls, place: str | os.PathLike[str] | None = None) -> Self:
        """Make an archive at `place`, or bring the one there to the newest schema; it is open then.

        Raises UsageError where something else is there, ArchiveError where it cannot be written.
        """
        store = opened(place, create=True)
        try:
            upgrades.upgrade(store)
        except BaseException:
            store.close()
            raise
        return cls(store)

    @classmethod
    def open(cls, place: str | os.PathLike[str] | None = None) -> Self:
        """Open the archive at `place`.

        Raises UsageError where there is none or it is of another schema, ArchiveError where it cannot be read.
        """
        store = opened(place)
        try:
            upgrades.require_newest(store)
        except BaseException:
            store.close()
            raise
        return cls(store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back what it holds of the database."""
        self.store.close()

    # --- putting in ----------------------------------------------------------------------------------------------------------

    def add(
        self,
        sources: Source | Iterable[Source],
        *,
        read: bool = True,
        keep_raw: bool = False,
        published: str | None = None,
        about: str | os.PathLike[str] | Mapping[str, About] | None = None,
        web: Web | None = None,
        done: Callable[[Added], None] | None = None,
        done_reading: Callable[[int, int], None] | None = None,
    ) -> Added:
        """Keep the reports of `sources`, as `twosource.compare` takes them, and read those that the present reader has not read.

        The same bytes from the same place add nothing; another text at the same address, or under the same id, is a new version of that
        report. `keep_raw` keeps the bytes too; `web` is what fetches addresses. `done` is called with what has been added whenever a batch
        stands on the disk, and `done_reading` with the number read and the number to read.

        Raises UsageError where `published` or `about` do not fit, ArchiveError where the archive cannot be written.
        """
        from twosource.archive.incoming import incoming

        added = self.keep(
            incoming(sources, published=published, about=about, web=web), keep_raw=keep_raw, names=read, done=done
        )
        if read:
            self.read(added.names, done=done_reading)
        return added

    def keep(
        self,
        found: Iterable[Found | SourceError],
        *,
        keep_raw: bool = False,
        names: bool = True,
        done: Callable[[Added], None] | None = None,
    ) -> Added:
        """Keep what `twosource.sources.each` finds, without reading it; `names` asks for the names of all of them in what comes back."""
        return adding.keep(self.store, found, keep_raw=keep_raw, names=names, done=done)

    def read(self, names: Iterable[str] | None = None, *, done: Callable[[int, int], None] | None = None) -> int:
        """Read those of the reports named, of all current ones where none are, that the present reader has not read; how many."""
        asked = None if names is None else sorted(set(names))
        with self.store.reading() as connection:
            todo = rereading.missing(connection, asked)
        return rereading.read(self.store, todo, None if done is None else lambda n: done(n, len(todo))) if todo else 0

    # --- taking out ----------------------------------------------------------------------------------------------------------

    def reports(self, *, current: bool = True, newest: int | None = None) -> Iterator[Report]:
        """The reports in the order they were added: the current version of each, or all versions; of those the `newest` so many, where
        that is given. Each is checked against its hashes. Raises ArchiveError where one is not what was kept.
        """
        which = versions.current() if current else None
        after = 0
        if newest is not None:
            with self.store.reading() as connection:
                after = versions.before_newest(connection, newest, which)
        for page in versions.pages(self.store, which, after=after):
            for row in page:
                yield report_of(row)

    def names(self) -> tuple[str, ...]:
        """The ids of the current version of each report, in the order they were added."""
        with self.store.reading() as connection:
            return versions.names(connection, versions.current())

    def report(self, name: str) -> Report:
        """The report with this id, a version's. Raises UsageError where there is none, ArchiveError where it is not what was kept."""
        with self.store.reading() as connection:
            found = versions.report(connection, name)
        if found is None:
            raise UsageError(f"{self.store.place} holds no report {name}")
        return found

    def reading(self, name: str) -> Reading:
        """What the report with this id holds: as the present reader has read it, or reads and keeps it now.

        Raises UsageError where there is no such report, ArchiveError where report or reading are not what was kept.
        """
        report = self.report(name)
        for _ in range(2):
            with self.store.reading() as connection:
                found = rereading.kept(connection, report)
            if found is not None:
                return found
            rereading.read(self.store, [name])
        raise UsageError(f"{self.store.place}: the reading of {name} was taken out while it was asked for")

    def versions(self, name: str) -> tuple[versions.Version, ...]:
        """All versions of a report, the first one first: `name` is the id of one of them or its beginning, the address, or the file.

        Raises UsageError where there is no such report, or several, ArchiveError where a version is not what was kept.
        """
        with self.store.reading() as connection:
            found = versions.meant(connection, name)
            if len(found) == 1:
                return versions.history(connection, *found)
        if not found:
            raise UsageError(
                f"{self.store.place} holds no report {name}: give its id, the beginning of that, its address or its file"
            )
        some = ", ".join(f"{one} ({file})" for one, file in list(found.items())[:_SHOWN])
        more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        raise UsageError(f"{name} may be any of {len(found):,} reports: give the id of one: {some}{more}")

    def raw(self, sha256: str) -> bytes | None:
        """The raw bytes with this hash, None where they are not kept. Raises ArchiveError where they are not what was kept."""
        return versions.raw_bytes(self.store, sha256)

    # --- finding -------------------------------------------------------------------------------------------------------------

    def search(self, query: str, *, limit: int = LIMIT, passages: int | None = 3, all_versions: bool = False) -> Answer:
        """The reports that match `query`, the best first, each with the sentences that hold what was asked for.

        As in `ferry "were hurt" -actor:Brill since:2031-04 figure:>1000`; the language is told in docs/how-to/search-an-archive.md.
        At most `limit` hits with `passages` sentences each, None for all; `all_versions` seeks in what has been corrected since too.
        Raises QueryError where the query cannot be read, ArchiveError where a report found is not what was kept.
        """
        return search(self.store, query, limit=limit, passages=passages, all_versions=all_versions)

    def rebuild_search(self, *, done: Callable[[int], None] | None = None) -> int:
        """Make the search index anew from what is kept, or go on with that where it was stopped; the number of versions indexed.

        Others may add meanwhile; nobody can search until it is done. `done` is called with the number from time to time.
        """
        return search_filling.rebuild(self.store, done)

    # --- what holds ----------------------------------------------------------------------------------------------------------

    def check(self, head: str | None = None, *, seen: Callable[[str, int], None] | None = None) -> Iterator[Fault]:
        """What is not as it was kept: nothing, if all is well. The chain of the log, all hashes, all spans, the database's own check.

        `head` is the log's newest hash as it was noted earlier; `seen` is told, by part, how many rows have been checked.
        """
        return checking.check(self.store, head, seen)

    def status(self) -> Status:
        """How it stands: what it holds, how much of it has been read, the newest hash of its log."""
        return status(self.store)

    def prune(self, *, raw: bool = False, damaged: bool = False, really: bool = True) -> Pruned:
        """Take out what can be made again: older readings and products; `raw`: the raw bytes too, whose hashes stay; `damaged`: readings
        that are not what was kept. Not `really`: only count them. Captures, versions and the log always stay.
        """
        return pruning.prune(self.store, raw_too=raw, damaged=damaged, really=really)

    # --- what is made of it --------------------------------------------------------------------------------------------------

    def keep_product(self, kind: str, name: str, body: str, reports: Iterable[str]) -> int:
        """Keep what was made of the reports with these ids: a story, a reconciliation; `body` is JSON text. Gives its number, from 1.

        Another body under the same kind and name is kept beside the older ones; the same body adds nothing.
        Raises UsageError where one of the reports is not in the archive.
        """
        return products.keep(self.store, kind, name, body, reports)

    def product(self, kind: str, name: str) -> products.Product | None:
        """The newest product of this kind and name, None where there is none. Raises ArchiveError where it is not what was kept."""
        return products.newest(self.store, kind, name)

    def products(self, kind: str, names: Iterable[str] | None = None) -> Iterator[products.Product]:
        """The newest product of every name of this kind, or of each of `names` that there is, in the order of their names.

        Raises ArchiveError where one is not what was kept.
        """
        return products.each(self.store, kind, names)

    def note(self, kind: str, name: str, body: str | None) -> None:
        """Note `body` beside the evidence (a feed's state, a reviewer's mark) in place of what was noted; None takes it away."""
        products.note(self.store, kind, name, body)

    def noted(self, kind: str, name: str) -> str | None:
        """What was noted last under this kind and name, None where nothing is."""
        return products.noted(self.store, kind, name)
