"""What a container holds, one thing after the other: pages in a web archive, attachments of a mail, files in a zip.

Each goes back through `formats.reports` as a `Raw` of its own, named by the container and itself: "news.zip#monday/a.html". The parser of
the container runs in a worker and speaks of its members in these answers: `member` begins one and gives its first bytes (all of them,
where it says `whole`), `more` gives further bytes of it, `problem` names something that is set aside (the member before it, too, where it
says `drop`), `passed` says that it is still at work. The caps stand here, once for all containers: how deep, how many, how large in
memory.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from typing import IO, Any

from twosource.errors import SourceError, TooLarge
from twosource.limits import FILE_BYTES, MEMBERS, NESTING
from twosource.model import Report
from twosource.sources.raw import HEAD_BYTES, Raw, printable
from twosource.sources.worker import Answer, ask

_END: Answer = ({}, b"")


def reports_in(parser: str, raw: Raw, **options: Any) -> Iterator[Report | SourceError]:
    """The reports in the container `raw`, which `parser` takes apart; what cannot be read is named, and the others go on.

    A container that cannot be read to its end gives what stands before that, and its error.
    """
    try:
        with closing(ask(parser, raw, **options)) as answers:
            yield from members(raw, answers)
    except SourceError as error:
        yield error


def members(raw: Raw, answers: Generator[Answer]) -> Iterator[Report | SourceError]:
    """The reports in what `answers` tell of the container `raw`."""
    names: Counter[str] = Counter()
    said, data = next(answers, _END)
    while said:
        if "problem" in said:
            where = raw.file if said.get("in") is None else printable(f"{raw.file}#{said['in']}")
            yield (TooLarge if said.get("large") else SourceError)(where, said["problem"])
            said, data = next(answers, _END)
        elif "member" in said:
            if raw.depth >= NESTING:
                yield TooLarge(
                    raw.file,
                    f"it lies in {NESTING} others, the most that are unpacked: what is in it is left unread; unpack it, and give that",
                )
                return
            if names.total() == MEMBERS:
                yield TooLarge(
                    raw.file, f"it holds more than {MEMBERS:,} things, the most taken out of one file: split it"
                )
                return
            with ExitStack() as stack:
                kept = _Kept(stack, data)
                told: Answer = ({}, b"")
                while not said.get("whole") and (told := next(answers, _END))[0].get("more"):
                    kept.add(told[1])
                if not told[0].get("drop"):
                    names[said["member"]] += 1
                    yield from _reports(_member(raw, said, kept, names[said["member"]]))
            said, data = next(answers, _END) if said.get("whole") else told
        else:
            said, data = next(answers, _END)


class _Kept:
    """A member's bytes while it is read: in memory as long as they are few, then in a file that goes when `stack` closes."""

    def __init__(self, stack: ExitStack, data: bytes) -> None:
        self._stack = stack
        self.stream: IO[bytes] = io.BytesIO()
        self.path: str | None = None
        self.add(data)

    def add(self, data: bytes) -> None:
        self.stream.write(data)
        if self.path is None and self.stream.tell() > FILE_BYTES:
            small = self.stream
            file = self._stack.enter_context(tempfile.NamedTemporaryFile(prefix="twosource-"))  # noqa: SIM115
            small.seek(0)
            shutil.copyfileobj(small, file)
            self.stream, self.path = file.file, file.name


def _member(raw: Raw, said: dict[str, Any], kept: _Kept, count: int) -> Raw:
    name = said["member"]
    file = raw.file if name is None else printable(f"{raw.file}#{name}" + (f" ({count})" if count > 1 else ""))
    kept.stream.flush()
    kept.stream.seek(0)
    head = kept.stream.read(HEAD_BYTES)
    kind, charset, url = said.get("kind"), said.get("charset"), said.get("url")
    return Raw(file, kept.stream, head, kind, charset, url, kept.path, raw.depth + 1)


def _reports(member: Raw) -> Iterator[Report | SourceError]:
    from twosource.sources.formats import reports

    try:
        yield from reports(member)
    except SourceError as error:
        yield error
