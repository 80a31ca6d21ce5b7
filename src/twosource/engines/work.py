"""One shard: reports in, a Parquet file and a done mark out. Every engine calls `work`, wherever its workers are.

The Parquet file is written under a name of its own and moved into place whole; then the mark says its sha-256, and what read it. So a
worker may die at any moment, and two may do one shard: what stands under the shard's name is whole, or not there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from twosource.engines.rows import COLUMNS, VERSION, Row, row, unread
from twosource.engines.shards import Shard, reports
from twosource.errors import SourceError, UsageError
from twosource.model import Reading, Report
from twosource.reading.reader import reader

#: Readings held in memory before they are written: a row group of the Parquet file.
_ROWS = 200

#: Times that a shard may end its worker before it is set aside: twice may be the machine's doing.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is read: its `name`, the sha-256 of its Parquet file, how many `reports` it holds and how many `errors`."""

    name: str
    sha256: str
    reports: int
    errors: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A shard that could not be read, and why."""

    shard: Shard
    why: str


Outcome: TypeAlias = "Done | Aside"

#: What does a shard, given it and the folder; `work` but in tests.
Work: TypeAlias = "Callable[[Shard, str], Done]"


def needs(module: str) -> None:
    """Raises UsageError where `module`, of the extra `many`, is not installed."""
    if importlib.util.find_spec(module) is None:
        raise UsageError(f"many reports need {module}: run `python -m pip install 'twosource[many]'`")


def work(shard: Shard, folder: str) -> Done:
    """Read `shard` into `folder`. Raises what reading raises: the engine tries again, and sets it aside in the end."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(column, pa.string()) for column in COLUMNS])
    errors: list[SourceError] = []
    many = 0
    beside = _beside(shard, folder)
    with pq.ParquetWriter(beside, schema, compression="zstd") as file:
        rows: list[Row] = []
        for reading in _readings(shard, errors):
            rows.append(row(reading))
            many += 1
            if len(rows) == _ROWS:
                file.write_table(pa.Table.from_pylist(rows, schema))
                rows = []
        rows += map(unread, errors)
        file.write_table(pa.Table.from_pylist(rows, schema))
    done = Done(shard.name, _sha256(beside), many, len(errors))
    os.replace(beside, os.path.join(folder, f"{shard.name}.parquet"))
    mark = {"shard": asdict(shard), "reader": reader(), "rows": VERSION, **asdict(done)}
    _write(folder, f"{shard.name}.done", beside, mark)
    with suppress(FileNotFoundError):
        os.unlink(os.path.join(folder, f"{shard.name}.aside"))
    return done


def known(shard: Shard, folder: str) -> Done | None:
    """What the mark says where the shard is done: by this reader, of this file as it is now, and the Parquet file is still the same."""
    try:
        mark: dict[str, Any] = json.loads(Path(folder, f"{shard.name}.done").read_bytes())
        done = Done(**{key: mark[key] for key in ("name", "sha256", "reports", "errors")})
        same = mark["shard"] == asdict(shard) and mark["reader"] == reader() and mark["rows"] == VERSION
        return done if same and _sha256(os.path.join(folder, f"{shard.name}.parquet")) == done.sha256 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def unread_in(done: Done, folder: str) -> Iterator[SourceError]:
    """What of the shard could not be read, as its Parquet file says it."""
    import pyarrow.parquet as pq

    if done.errors:
        table = pq.read_table(
            os.path.join(folder, f"{done.name}.parquet"), columns=["file", "error"], filters=[("error", "!=", "")]
        )
        for found in table.to_pylist():
            yield SourceError(found["file"], found["error"])


def set_aside(aside: Aside, folder: str) -> None:
    """Leave a mark that says why the shard was not read. A later run tries it again."""
    mark = {"shard": asdict(aside.shard), "why": aside.why}
    _write(folder, f"{aside.shard.name}.aside", _beside(aside.shard, folder), mark)


def clear(shards: list[Shard], folder: str) -> None:
    """Remove what workers that died have left half written of `shards`."""
    names = {shard.name for shard in shards}
    for file in Path(folder).glob(".*.part"):
        if (found := re.fullmatch(r"\.(.*)\.\d+\.part", file.name)) and found[1] in names:
            file.unlink(missing_ok=True)


def _readings(shard: Shard, errors: list[SourceError]) -> Iterator[Reading]:
    """The readings of the shard's reports; what cannot be read goes to `errors`."""
    from twosource.reading import read_all

    def readable() -> Iterator[Report]:
        for item in reports(shard):
            if isinstance(item, SourceError):
                errors.append(item)
            else:
                yield item

    return read_all(readable())


def _beside(shard: Shard, folder: str) -> str:
    """Where this process writes what is to become one of the shard's files."""
    return os.path.join(folder, f".{shard.name}.{os.getpid()}.part")


def _write(folder: str, name: str, beside: str, what: dict[str, Any]) -> None:
    Path(beside).write_text(json.dumps(what) + "\n", encoding="ascii")
    os.replace(beside, os.path.join(folder, name))


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
