"""Shards over processes of this machine.

Each worker has a pipe of its own, and one shard at a time, so that it is known which shard a dead worker had. (The standard library's
pool gives up all work when one of its processes dies.) A worker whose owner is gone finds its pipe closed and ends.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from twosource.engines.shards import Shard
from twosource.engines.work import ATTEMPTS, Aside, Done, Outcome, Work, work
from twosource.errors import ModelError


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    shard: Shard | None = None


def outcomes(shards: Sequence[Shard], folder: str, workers: int, does: Work = work) -> Iterator[Outcome]:
    """What became of each shard, as it comes. One that ends its worker, or fails, `ATTEMPTS` times is set aside."""
    left = deque(shards)
    failed: Counter[Shard] = Counter()
    team = [_started(folder, does) for _ in range(min(workers, len(shards)))]
    try:
        while True:
            for worker in team:
                if worker.shard is None and left:
                    _give(worker, left.popleft())
            busy = {worker.pipe: worker for worker in team if worker.shard is not None}
            if not busy:
                return
            for pipe in wait(list(busy)):
                assert isinstance(pipe, Connection)
                worker = busy[pipe]
                shard, worker.shard = worker.shard, None
                assert shard is not None
                answer = _answer(worker)
                if answer is None:
                    team.remove(worker)
                    _end(worker)
                    answer = f"its worker ended with {worker.process.exitcode}"
                    team.append(_started(folder, does))
                if isinstance(answer, Done):
                    yield answer
                elif isinstance(answer, ModelError):
                    raise answer
                else:
                    failed[shard] += 1
                    if failed[shard] < ATTEMPTS:
                        left.append(shard)
                    else:
                        yield Aside(shard, f"{answer}, {ATTEMPTS} times over")
    finally:
        for worker in team:
            _end(worker)


def _started(folder: str, does: Work) -> _Worker:
    # A fresh process: a fork would carry the threads' locks and the parent's pipes along.
    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe()
    process = fresh.Process(target=_serve, args=(theirs, folder, does), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _give(worker: _Worker, shard: Shard) -> None:
    worker.shard = shard
    try:
        worker.pipe.send(shard)
    except OSError:  # it is dead; its pipe says so when it is asked
        return


def _answer(worker: _Worker) -> Done | ModelError | str | None:
    """What it answers, an error's words where it failed; None where it is dead."""
    try:
        answer: Done | ModelError | str = worker.pipe.recv()
    except (EOFError, OSError):
        return None
    return answer


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _serve(pipe: Connection, folder: str, does: Work) -> None:
    """In the worker: do shards until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the run interrupts its owner, which ends us
    while True:
        try:
            shard = pipe.recv()
        except EOFError:
            return
        try:
            answer: Done | ModelError | str = does(shard, folder)
        except ModelError as error:
            answer = error
        except Exception as error:
            answer = f"reading it failed ({type(error).__name__}: {error})"
        pipe.send(answer)
