"""Shards over a Dask cluster: one that is given by its scheduler's address, or one that is started here, for this machine alone.

Dask does a lost worker's shards again elsewhere. It blames a worker's death on every shard that waited there, so that the innocent may be
given up with the guilty one: what is given up is tried once more, one shard at a time, before it is set aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from twosource.engines.shards import Shard
from twosource.engines.work import ATTEMPTS, Aside, Done, Outcome, Work, needs, work
from twosource.errors import ModelError, UsageError

#: Seconds in which a scheduler must answer.
_ANSWER_SECONDS = 20


def outcomes(
    shards: Sequence[Shard], folder: str, workers: int, scheduler: str | None, does: Work = work
) -> Iterator[Outcome]:
    """What became of each shard, as it comes. One that fails `ATTEMPTS` times, or ends as many workers as Dask allows, is set aside.

    Raises UsageError where no scheduler answers, ModelError where a worker cannot read.
    """
    needs("distributed")
    from distributed import KilledWorker, as_completed

    with ExitStack() as stack:
        client = _client(stack, min(workers, len(shards)), scheduler)

        def sent(some: Sequence[Shard], turn: str) -> dict[Any, Shard]:
            keys = [f"{turn}-{shard.name}" for shard in some]
            retries = ATTEMPTS - 1
            futures = client.map(does, some, [folder] * len(some), key=keys, retries=retries, pure=False)
            return dict(zip(futures, some, strict=True))

        lost: list[Shard] = []
        of = sent(shards, "first")
        for future in as_completed(list(of), loop=client.loop):
            shard = of.pop(future)
            answer = _answer(future, shard)
            if answer is KilledWorker:
                lost.append(shard)
            else:
                yield answer
        for shard in sorted(lost, key=lambda s: s.name):
            (future,) = sent([shard], "again")
            answer = _answer(future, shard)
            yield Aside(shard, "it ended every worker that tried it") if answer is KilledWorker else answer


def _answer(future: Any, shard: Shard) -> Any:
    """The outcome, or KilledWorker where the shard's workers died."""
    from distributed import KilledWorker

    error = future.exception()
    if error is None:
        done: Done = future.result()
        return done
    if isinstance(error, KilledWorker):
        return KilledWorker
    if isinstance(error, ModelError):
        raise error
    return Aside(shard, f"reading it failed ({type(error).__name__}: {error}), {ATTEMPTS} times over")


def _client(stack: ExitStack, workers: int, scheduler: str | None) -> Any:
    from distributed import Client, LocalCluster

    if scheduler is None:
        here = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,  # reading holds the interpreter, and one pipeline
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            worker_dashboard_address=None,
            silence_logs=50,
        )
        return stack.enter_context(Client(stack.enter_context(here), set_as_default=False))
    try:
        return stack.enter_context(Client(scheduler, timeout=_ANSWER_SECONDS, set_as_default=False))
    except (OSError, ValueError) as error:
        raise UsageError(f"{scheduler}: no Dask scheduler answers there ({error}): is it running?") from None
