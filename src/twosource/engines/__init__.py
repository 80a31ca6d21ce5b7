"""Many reports: shards in, a Parquet file and a done mark out, by processes here or by a Dask cluster.

What a shard's file holds depends on the shard alone, so that whichever engine does it, however often, the bytes are the same. A run that
was stopped is started again with the same words, and does what is not done. Reading is the costly part; what comes after it (stories,
lineage) reads the Parquet files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from twosource.engines.shards import Shard, plan
from twosource.engines.work import Aside, Done, Outcome, clear, known, needs, set_aside
from twosource.errors import SourceError, UsageError

__all__ = ["Aside", "Done", "Engine", "Shard", "Tally", "plan", "read_shards"]

Engine: TypeAlias = Literal["processes", "dask"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run did: the shards done now, those that had been done, those set aside; and the paths that give no shard."""

    done: tuple[Done, ...]
    skipped: tuple[Done, ...]
    aside: tuple[Aside, ...]
    problems: tuple[SourceError, ...]


def read_shards(
    paths: Iterable[str | os.PathLike[str]],
    folder: str | os.PathLike[str],
    *,
    engine: Engine = "processes",
    workers: int | None = None,
    scheduler: str | None = None,
    published: str | None = None,
) -> Tally:
    """Read the files in `paths` (files and folders) into `folder`, a Parquet file and a done mark for each shard.

    `workers` is the number of processes, one for each core where None; with the engine "dask", of the cluster that is started here, unless
    `scheduler` is the address of one that runs: its workers must see the same paths. `published` (ISO 8601) dates reports without a date.

    Raises UsageError where an extra is missing, the arguments do not fit or the folder cannot be written, ModelError where no worker can
    read.
    """
    from twosource.sources.dates import iso

    needs("pyarrow")
    if scheduler is not None and (engine != "dask" or workers is not None):
        raise UsageError("a scheduler has its own workers: give it with the engine dask, and without their number")
    if published is not None and iso(published) is None:
        raise UsageError(
            f"“{published}” is no date of publication: write it as 2024-05-31 or 2024-05-31T18:30:00+02:00"
        )
    out = os.path.abspath(folder)
    try:
        os.makedirs(out, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: no folder can be made there: {error.strerror or error}") from None
    shards, problems = plan(paths, published)
    skipped = {shard: mark for shard in shards if (mark := known(shard, out)) is not None}
    left = [shard for shard in shards if shard not in skipped]
    done: list[Done] = []
    aside: list[Aside] = []
    try:
        for outcome in _outcomes(left, out, engine, workers or os.cpu_count() or 1, scheduler):
            if isinstance(outcome, Done):
                done.append(outcome)
            else:
                set_aside(outcome, out)
                aside.append(outcome)
    finally:
        clear(left, out)
    return Tally(
        tuple(sorted(done, key=lambda d: d.name)),
        tuple(sorted(skipped.values(), key=lambda d: d.name)),
        tuple(sorted(aside, key=lambda a: a.shard.name)),
        tuple(problems),
    )


def _outcomes(
    shards: list[Shard], folder: str, engine: Engine, workers: int, scheduler: str | None
) -> Iterator[Outcome]:
    if not shards:
        return iter(())
    if engine == "dask":
        from twosource.engines.cluster import outcomes

        return outcomes(shards, folder, workers, scheduler)
    from twosource.engines.processes import outcomes as by_processes

    return by_processes(shards, folder, workers)
