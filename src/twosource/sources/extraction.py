"""Extraction in a process that can be killed: pages in, articles out, one after the other.

One worker is started at the first page and kept: starting it costs what importing trafilatura costs, about a second. A page that takes
longer than `limits.EXTRACTION_SECONDS`, or more memory than `limits.EXTRACTION_BYTES`, costs itself and the worker, not the
other pages. The two talk by length and JSON over pipes, so that nothing of a page is ever executed here.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.metadata
import json
import os
import subprocess
import sys
import threading
from typing import IO, cast

from twosource.errors import SourceError
from twosource.limits import EXTRACTION_BYTES, EXTRACTION_SECONDS, EXTRACTOR_START_SECONDS
from twosource.sources.page import Article

_worker: subprocess.Popen[bytes] | None = None
_owner = os.getpid()
_turn = threading.Lock()


def extractor() -> str:
    """The name and version of what extracts articles, as a report keeps it."""
    return f"html/trafilatura-{importlib.metadata.version('trafilatura')}"


def extract(file: str, page: str, seconds: float = EXTRACTION_SECONDS) -> Article:
    """The article on `page`, which is `file`'s.

    Raises SourceError where it takes more than `seconds`, or the extractor fails.
    """
    with _turn:
        answer, late = _asked(_running(), page.encode("utf-8", "replace"), seconds)
        if answer is None:
            stop()
    if late:
        raise SourceError(
            file,
            f"finding the article on this page took more than {seconds:g} s, and was stopped: save its text as .txt",
        )
    if answer is None:
        raise SourceError(
            file, "finding the article on this page failed, for want of memory perhaps: save its text as .txt"
        )
    found = json.loads(answer)
    if "error" in found:
        raise SourceError(file, f"finding the article on this page failed ({found['error']}): save its text as .txt")
    return cast(Article, found)


def _asked(worker: subprocess.Popen[bytes], data: bytes | None, seconds: float) -> tuple[bytes | None, bool]:
    """The worker's next answer, to `data` where there is any, and whether it was killed because it took longer than `seconds`."""
    late = threading.Event()

    def kill() -> None:
        late.set()
        worker.kill()

    clock = threading.Timer(seconds, kill)
    clock.start()
    try:
        assert worker.stdin
        assert worker.stdout
        if data is not None:
            _send(worker.stdin, data)
        return _receive(worker.stdout), late.is_set()
    except OSError:
        return None, late.is_set()
    finally:
        clock.cancel()


@atexit.register
def stop() -> None:
    """End the worker, if one runs; the next page starts another."""
    global _worker
    if _worker is not None and _owner == os.getpid():
        _worker.kill()
        _worker.wait()
        for pipe in (_worker.stdin, _worker.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        _worker = None


def _running() -> subprocess.Popen[bytes]:
    global _worker, _owner
    if _owner != os.getpid():  # forked: the worker is the parent's, and two askers would mix their answers
        _worker, _owner = None, os.getpid()
    if _worker is None or _worker.poll() is not None:
        stop()
        # -P: the folder one stands in must not be searched for modules.
        command = [sys.executable, "-P", "-m", "twosource.sources.extraction"]
        _worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
        # Starting is no page's fault: it has its own time, long enough for a machine that is busy with other things.
        _asked(_worker, None, EXTRACTOR_START_SECONDS)
    return _worker


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """The next message; None where the other side has ended."""
    size = pipe.read(8)
    data = pipe.read(int.from_bytes(size, "big")) if len(size) == 8 else b""
    return data if len(size) == 8 and len(data) == int.from_bytes(size, "big") else None


def _work() -> None:
    """Say that all is loaded, then answer pages until there are no more."""
    import trafilatura  # noqa: F401

    from twosource.sources.page import article

    try:
        import resource
    except ImportError:  # Windows has no such limit
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (EXTRACTION_BYTES, EXTRACTION_BYTES))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    _send(answers, b"ready")
    while (page := _receive(sys.stdin.buffer)) is not None:
        try:
            found: object = article(page.decode("utf-8"))
        except Exception as error:
            found = {"error": type(error).__name__}
        _send(answers, json.dumps(found).encode())


if __name__ == "__main__":
    _work()
