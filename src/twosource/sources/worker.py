"""Parsing in a process that can be killed: bytes in, what they hold out, one thing after the other.

Pages, PDF, mail, XML, web archives and packed files come from strangers, and their parsers are large. So they run in workers: processes
with a cap on their memory, which the operating system ends where one step takes more computing than `limits.PARSE_SECONDS`. That costs
the document that is being read, not the others. Seconds of computing are counted, not those on the clock, so that a busy machine reads what
an idle one does; the clock is asked for a tenfold. A worker is started at the first need and kept, since starting costs what its
imports cost; a page inside an archive takes a second one, while the first waits with the archive open.

The two talk by lengths, JSON and bytes over pipes, so that nothing of a document is ever executed here. Answers are fetched one by one: a
worker is never ahead of who asks, and one that is left in the middle goes on with the next document. What parses is a function of
`PARSERS`: it gets the open bytes and the options as written here, and gives `Answer`s.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, TypeAlias

from twosource.errors import SourceError, TooLarge
from twosource.limits import PARSE_BYTES, PARSE_SECONDS, PARSER_DOCUMENTS, PARSER_START_SECONDS
from twosource.sources.raw import Raw

#: One thing that a document holds: what is said of it, and its bytes.
Answer: TypeAlias = "tuple[dict[str, Any], bytes]"

#: What parses each format, by module and function: `(stream, **options) -> Iterator[Answer]`.
PARSERS = {
    "html": "twosource.sources.page:articles",
    "feed": "twosource.sources.feed_entries:entries",
    "sitemap": "twosource.sources.feed_entries:addresses",
    "feed list": "twosource.sources.feed_entries:feeds",
    "markup": "twosource.sources.markup:lines_of",
    "pdf": "twosource.sources.pdf:paragraphs",
    "mail": "twosource.sources.mail:parts",
    "mailbox": "twosource.sources.mailbox:messages",
    "newsml": "twosource.sources.newsml:items",
    "warc": "twosource.sources.warc:records",
    "gzip": "twosource.sources.packed:unzipped",
    "zip": "twosource.sources.packed:entries",
}

_INSTEAD = "save its text as .txt"

#: The signal that ends a worker which has computed for too long; none on Windows, where the clock decides.
_CLOCKED = getattr(signal, "SIGPROF", 0)

#: Seconds on the clock for each second of computing.
_PATIENCE = 10 if _CLOCKED else 1

#: Workers that are kept for the next document: one for what is packed, one for what is in it, one to spare.
_KEPT = 3


@dataclass(slots=True)
class _Worker:
    """A running worker, what it has imported, and how many documents it was given."""

    process: subprocess.Popen[bytes]
    imported: set[str] = field(default_factory=set)
    documents: int = 0


_idle: list[_Worker] = []
_owner = os.getpid()
_turn = threading.Lock()


def ask(
    parser: str, raw: Raw, data: bytes | None = None, *, seconds: float | None = None, **options: Any
) -> Generator[Answer]:
    """What `parser`, one of `PARSERS`, finds in `raw`, one `Answer` after the other; `options` are its own.

    It gets `data` where that is given, so that what is parsed is what was hashed; else it reads `raw` where it lies, as it goes. Raises
    SourceError where one step takes more than `seconds` (`limits.PARSE_SECONDS`), the parser refuses the document or fails, or the worker
    dies, of its cap of memory perhaps.
    """
    path = os.path.abspath(raw.path) if raw.path and data is None else None
    if data is None:
        data = b"" if path else raw.whole()
    seconds = PARSE_SECONDS if seconds is None else seconds
    worker = _taken(parser)
    try:
        request = {"parser": parser, "path": path, "options": options, "seconds": seconds}
        message = _asked(worker, (request, data), seconds)
        while True:
            if isinstance(message, str):
                raise TooLarge(raw.file, message)
            said, found = message
            if "refused" in said:
                raise (TooLarge if said["large"] else SourceError)(raw.file, said["refused"])
            if "end" in said:
                return
            yield said, found
            message = _asked(worker, ({"next": True, "seconds": seconds}, b""), seconds)
    finally:
        _give_back(worker)


def answer(parser: str, raw: Raw, data: bytes | None = None, **options: Any) -> dict[str, Any]:
    """The one answer of a parser that gives no more than one."""
    with contextlib.closing(ask(parser, raw, data, **options)) as answers:
        return next(answers)[0]


def _asked(worker: _Worker, request: Answer | None, seconds: float) -> Answer | str:
    """The worker's next answer, to `request` where there is any; or why there is none, and the worker is dead then."""
    late = threading.Event()

    def kill() -> None:
        late.set()
        worker.process.kill()

    clock = threading.Timer(seconds * _PATIENCE, kill)
    clock.start()
    found = None
    try:
        assert worker.process.stdin
        assert worker.process.stdout
        if request is not None:
            _send(worker.process.stdin, *request)
        found = _receive(worker.process.stdout)
    except OSError:
        pass
    except BaseException:  # interrupted in the middle of an answer: the next one would begin there
        worker.process.kill()
        raise
    finally:
        clock.cancel()
    if found is not None:
        return found
    worker.process.kill()
    worker.process.wait()
    if late.is_set() or worker.process.returncode == -_CLOCKED:
        return f"parsing it took more than {seconds:g} s of computing, the most that one step may take, and was stopped: {_INSTEAD}"
    return (
        f"its parser broke down, for want of memory perhaps, of which it may take {PARSE_BYTES >> 20:,} MB: {_INSTEAD}"
    )


def _taken(parser: str) -> _Worker:
    """An idle worker, or a new one, that has imported `parser`. Starting is no document's fault: it has its own time."""
    global _owner
    with _turn:
        if _owner != os.getpid():  # forked: the workers are the parent's, and two askers would mix their answers
            _idle.clear()
            _owner = os.getpid()
        for dead in [w for w in _idle if w.process.poll() is not None]:
            _idle.remove(dead)
            _end(dead)
        fitting = next((w for w in reversed(_idle) if parser in w.imported), _idle[-1] if _idle else None)
        if fitting:
            _idle.remove(fitting)
    worker = fitting or _started()
    if parser not in worker.imported:
        _asked(worker, ({"import": parser, "seconds": PARSER_START_SECONDS}, b""), PARSER_START_SECONDS)
        worker.imported.add(parser)
    worker.documents += 1
    return worker


def _started() -> _Worker:
    # -P: the folder one stands in must not be searched for modules.
    command = [sys.executable, "-P", "-m", "twosource.sources.worker"]
    pipe = subprocess.PIPE
    return _Worker(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL))  # noqa: S603


def _give_back(worker: _Worker) -> None:
    with _turn:
        if worker.process.poll() is None and worker.documents < PARSER_DOCUMENTS and len(_idle) < _KEPT:
            _idle.append(worker)
            return
    _end(worker)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.wait()
    for pipe in (worker.process.stdin, worker.process.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()


@atexit.register
def stop() -> None:
    """End the workers that wait; the next document starts another."""
    with _turn:
        if _owner == os.getpid():
            while _idle:
                _end(_idle.pop())


def _send(pipe: IO[bytes], said: dict[str, Any], data: bytes) -> None:
    head = json.dumps(said).encode()
    pipe.write(len(head).to_bytes(8, "big") + len(data).to_bytes(8, "big") + head)
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Answer | None:
    """The next message; None where the other side has ended."""
    sizes = pipe.read(16)
    if len(sizes) < 16:
        return None
    head, data = int.from_bytes(sizes[:8], "big"), int.from_bytes(sizes[8:], "big")
    said, found = pipe.read(head), pipe.read(data)
    return (json.loads(said), found) if len(said) == head and len(found) == data else None


# --- in the worker --------------------------------------------------------------------------------------------------------------


def _parser(name: str) -> Callable[..., Iterator[Answer]]:
    from importlib import import_module

    module, _, function = PARSERS[name].partition(":")
    parse: Callable[..., Iterator[Answer]] = getattr(import_module(module), function)
    return parse


def _confine() -> None:
    """Cap this process's memory, and let it leave no core when it dies."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (PARSE_BYTES, PARSE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _step(answers: Iterator[Answer], seconds: float) -> Answer:
    """The next answer, or what went wrong. The operating system ends this process where that takes more than `seconds` of computing, also
    where its owner is no longer there to do so.
    """
    if _CLOCKED:
        signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return next(answers, ({"end": True}, b""))
    except SourceError as error:
        return {"refused": error.why, "large": isinstance(error, TooLarge)}, b""
    except MemoryError:
        return {
            "refused": f"parsing it takes more memory than the {PARSE_BYTES >> 20:,} MB that it may: {_INSTEAD}",
            "large": True,
        }, b""
    except RecursionError:
        return {"refused": f"it is nested too deep to be parsed: {_INSTEAD}", "large": True}, b""
    except Exception as error:
        return {"refused": f"its parser failed ({type(error).__name__}): {_INSTEAD}", "large": False}, b""
    finally:
        if _CLOCKED:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _answers(said: dict[str, Any], data: bytes) -> Iterator[Answer]:
    """What the parser that is asked for finds, where the bytes lie or in `data`."""
    with open(said["path"], "rb") if said["path"] else io.BytesIO(data) as stream:
        del data
        yield from _parser(said["parser"])(stream, **said["options"])


def _work() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    _confine()
    found: Iterator[Answer] = iter(())
    while (request := _receive(sys.stdin.buffer)) is not None:
        said, data = request
        if "import" in said:
            found = iter([({"imported": _parser(said["import"]).__name__}, b"")])
        elif "parser" in said:
            found = _answers(said, data)
        seconds = said["seconds"]
        del request, data
        _send(answers, *_step(found, seconds))


if __name__ == "__main__":
    _work()
