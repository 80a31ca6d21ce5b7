"""Folders that `read --engine` has written, as one pile: its reports in the order of publication, however many there are.

DuckDB sorts and joins, within `MEMORY` and beyond it on disk, and hands over a batch of rows at a time; so what is held here does not
grow with the pile. Only shards with a done mark count: what stands under their names is whole.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.engines.rows import FOR_STORIES, VERSION, Row, report_of
from twosource.engines.work import needs
from twosource.errors import SourceError, UsageError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from twosource.model import Report

#: Memory that DuckDB takes before it goes on on disk. Its own floor is some 100 MB a thread.
MEMORY = "512MB"

_THREADS = 2

#: Rows that are handed over at once.
_ROWS = 500


@dataclass(frozen=True, slots=True)
class Pile:
    """The Parquet files of shards that are done, how many shards were set aside, those that are not whole, and the connection that asks."""

    files: tuple[str, ...]
    aside: int
    torn: tuple[SourceError, ...]
    connection: duckdb.DuckDBPyConnection

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of `query`, in which `pile` is what the files hold, as they come."""
        reader = self.connection.sql(query).to_arrow_reader(_ROWS)
        for batch in reader:
            yield from batch.to_pylist()

    def put(self, name: str, table: pa.Table, add: bool = False) -> None:
        """Make `table` the table `name` of the pile's database, or add it to the one there is; rows that are being read go on."""
        with self.connection.cursor() as aside:
            aside.register("given", table)
            aside.execute(f"insert into {name} from given" if add else f"create or replace table {name} as from given")

    def reports(self) -> Iterator[Report]:
        """The reports, by day of publication and within a day by id, those without a date last; each once."""
        last = ""
        columns = ", ".join(FOR_STORIES)
        for row in self.rows(f"select {columns} from pile order by day nulls last, report, file"):  # noqa: S608
            if row["report"] != last:
                yield report_of(row)
            last = str(row["report"])


def is_pile(path: str | os.PathLike[str]) -> bool:
    """Whether an engine has written to the folder.

    >>> is_pile("no such folder")
    False
    """
    return os.path.isdir(path) and any(Path(path).glob("*.done"))


@contextmanager
def opened(folders: Sequence[str | os.PathLike[str]], memory: str = MEMORY) -> Iterator[Pile]:
    """The pile of `folders`. What does not fit into `memory` goes to a folder of its own where temporary files go, and is gone with it.

    Raises UsageError where DuckDB is missing, a folder is no engine's, or another version has written it, SourceError where no shard
    is whole.
    """
    needs("duckdb")
    import duckdb

    files: list[str] = []
    torn: list[SourceError] = []
    for folder in folders:
        done = tuple(_done(folder))
        torn += _torn(folder, done)
        files += done
    broken = {problem.file for problem in torn}
    files = [file for file in files if file not in broken]
    if not files:
        raise SourceError(os.fspath(folders[0]), f"none of its shards is whole: {torn[0] if torn else 'there is none'}")
    aside = sum(len(list(Path(folder).glob("*.aside"))) for folder in folders)
    with tempfile.TemporaryDirectory(prefix="twosource-") as spill:
        settings = {"memory_limit": memory, "threads": _THREADS, "temp_directory": f"{spill}/spill"}
        with duckdb.connect(f"{spill}/pile.duckdb", config=settings) as connection:
            connection.execute("set preserve_insertion_order = false")
            named = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
            connection.execute(
                f"create view pile as select * from read_parquet([{named}]) where report is not null"  # noqa: S608
            )
            yield Pile(tuple(files), aside, tuple(torn), connection)


def _done(folder: str | os.PathLike[str]) -> Iterator[str]:
    """The Parquet files of the folder's shards that are done."""
    if not is_pile(folder):
        raise UsageError(
            f"{os.fspath(folder)}: no engine has written there: `twosource read FILE… --engine processes --out FOLDER` does"
        )
    for mark in sorted(Path(folder).glob("*.done")):
        try:
            rows = json.loads(mark.read_bytes()).get("rows")
        except (OSError, ValueError, AttributeError):
            rows = None
        if rows != VERSION:
            raise UsageError(f"{mark}: written by another version of twosource: the command that wrote it does it anew")
        yield str(mark.with_suffix(".parquet"))


def _torn(folder: str | os.PathLike[str], done: Sequence[str]) -> Iterator[SourceError]:
    """The Parquet files in the folder that are cut, gone or without their mark, each with why."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    again = "the `twosource read` that wrote it reads its shard again"
    for file in done:
        try:
            pq.read_metadata(file)
        except (OSError, pa.ArrowException) as error:
            why = "is gone" if isinstance(error, FileNotFoundError) else "is cut or damaged"
            yield SourceError(file, f"it {why}: {again}")
    for path in sorted(set(map(str, Path(folder).glob("*.parquet"))) - set(done)):
        yield SourceError(path, f"it has no done mark, as if its shard was stopped half-way: {again}")
