"""Paths → shards: a file is one, a large file of JSON lines several, cut at the ends of lines.

The cuts depend on the file's bytes alone, never on the number of workers, so that the same files give the same shards everywhere. Each
part knows the number of its first line, so that what it says of a line is what one process would say.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.errors import SourceError, UsageError
from twosource.sources.folders import files, is_address
from twosource.sources.raw import Raw, opened, printable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from twosource.model import Report

#: Bytes of a part of a file of JSON lines: some 1,000 reports of 4 KB, a few minutes of reading, which is what a lost worker costs.
PART_BYTES = 4 * 1024 * 1024

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shard:
    """The bytes `start` to `end` of a file, or all of it where `end` is None; `line` is the number of the first line, from 1.

    `size` and `modified` (ns) tell the file from a later one of the same path; `published` dates reports that carry no date.
    """

    file: str
    start: int
    end: int | None
    line: int
    size: int
    modified: int
    published: str | None = None

    @property
    def name(self) -> str:
        """What its files are called: the end of the path to recognise it by, and a hash of what it is."""
        what = f"{printable(self.file)}\0{self.start}\0{self.end}\0{self.published}"
        plain = re.sub(r"[^\w.-]+", "_", printable(os.path.basename(self.file)), flags=re.ASCII)[:60].lstrip(".")
        return f"{plain}-{hashlib.sha256(what.encode()).hexdigest()[:16]}"

    def __str__(self) -> str:
        return printable(self.file) + (f" from line {self.line}" if self.end is not None else "")


def plan(
    paths: Iterable[str | os.PathLike[str]], published: str | None = None, part: int = PART_BYTES
) -> tuple[list[Shard], list[SourceError]]:
    """The shards of the files in `paths`, in the order of the paths, and what gives none.

    A file is read once, by whatever name it is given. Files of JSON lines of more than `part` bytes are cut. Raises UsageError for an
    address: shards are files, which can be read again.
    """
    shards: list[Shard] = []
    problems: list[SourceError] = []
    seen: set[str] = set()
    for path in paths:
        name = os.fspath(path)
        if is_address(name):
            raise UsageError(f"{name}: an engine reads files, not addresses: fetch it first")
        for file in files(name):
            if isinstance(file, SourceError):
                problems.append(file)
            elif (same := os.path.realpath(file)) not in seen:
                seen.add(same)
                try:
                    shards.extend(_of_file(file, published, part))
                except OSError as error:
                    problems.append(SourceError(printable(file), f"it cannot be opened: {error.strerror or error}"))
    return shards, problems


def reports(shard: Shard) -> Iterator[Report | SourceError]:
    """What the shard holds, in order, as reading the whole file would give it."""
    from dataclasses import replace

    from twosource.sources import each, jsonl
    from twosource.sources.dates import iso

    if shard.end is None:
        for found in each([shard.file], published=shard.published):
            yield found if isinstance(found, SourceError) else found.report
        return
    when = None if shard.published is None else iso(shard.published)
    with open(shard.file, "rb") as file:
        stream = io.BufferedReader(_Stretch(file, shard.start, shard.end))
        part = _Part(printable(shard.file), stream, b"", path=shard.file, before=shard.line - 1)
        for item in jsonl.lines(part):
            if isinstance(item, SourceError) and item.file == part.file:
                continue  # a part of empty lines: the file holds reports elsewhere
            yield item if isinstance(item, SourceError) or item.published else replace(item, published=when)


def _of_file(file: str, published: str | None, part: int) -> Iterator[Shard]:
    from twosource.sources.formats import format_of

    found = os.stat(file)
    size, modified = found.st_size, found.st_mtime_ns
    whole = Shard(file, 0, None, 1, size, modified, published)
    if size <= part or not os.path.isfile(file):
        yield whole
        return
    with opened(file) as raw:
        if format_of(raw).name != "jsonl":
            yield whole
            return
    start, first = 0, 1
    for end, line in _cuts(file, part):
        yield Shard(file, start, end, first, size, modified, published)
        start, first = end, line
    if start < size:
        yield Shard(file, start, size, first, size, modified, published)


def _cuts(file: str, part: int) -> Iterator[tuple[int, int]]:
    """Where parts end, behind the first line break from each multiple of `part` on, and the number of the line that begins there."""
    with open(file, "rb") as stream:
        at, line, goal = 0, 1, part
        while block := stream.read(_BLOCK):
            begin = 0
            while at + len(block) > goal and (found := block.find(b"\n", max(begin, goal - at - 1))) >= 0:
                line += block.count(b"\n", begin, found + 1)
                begin = found + 1
                yield at + begin, line
                goal = (at + begin) // part * part + part
            line += block.count(b"\n", begin)
            at += len(block)


@dataclass(frozen=True)
class _Part(Raw):
    """A stretch of a file of lines, `before` of which stand before it."""

    before: int = 0

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        for number, line in Raw.lines(self):
            yield self.before + number, line


class _Stretch(io.RawIOBase):
    """The bytes `start` to `end` of an open file, as a file of their own."""

    def __init__(self, file: io.BufferedReader, start: int, end: int) -> None:
        self._file, self._start, self._end = file, start, end
        file.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: self._start, os.SEEK_CUR: self._file.tell(), os.SEEK_END: self._end}[whence]
        return self._file.seek(base + offset) - self._start

    def readinto(self, into: WriteableBuffer) -> int:
        data = self._file.read(min(len(memoryview(into)), max(0, self._end - self._file.tell())))
        memoryview(into)[: len(data)] = data
        return len(data)
