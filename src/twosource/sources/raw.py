"""A file's bytes, within their caps: whole, or line by line."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from twosource.errors import TooLarge
from twosource.limits import FILE_BYTES, LINE_BYTES

#: Bytes that decide which format it is.
HEAD_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes behind one file, before anything is known of them. `file` is how reports and messages name it.

    Where a server, a mail or a web archive has handed them on, `kind` is the suffix that its media type stands for, which says
    more than the end of an address, and `charset` the encoding that it names. `url` is the address that they came from; `path` is
    where they lie, if in a file of their own; `depth` counts the containers around them.
    """

    file: str
    stream: IO[bytes]
    head: bytes
    kind: str | None = None
    charset: str | None = None
    url: str | None = None
    path: str | None = None
    depth: int = 0

    @property
    def suffix(self) -> str:
        """The suffix of the name, in small letters: ".txt"; `kind` where it was told."""
        return PurePath(self.file).suffix.lower() if self.kind is None else self.kind

    def whole(self) -> bytes:
        """All bytes. Raises TooLarge above `limits.FILE_BYTES`."""
        if self.stream.seek(0, os.SEEK_END) > FILE_BYTES:
            raise _too_large(self.file)
        self.stream.seek(0)
        return _capped(self.file, self.stream)

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Each line with its number, from 1, without its end; None in place of a line above `limits.LINE_BYTES`."""
        self.stream.seek(0)
        number = 0
        while line := self.stream.readline(LINE_BYTES + 2):
            number += 1
            bare = line.rstrip(b"\r\n")
            if len(bare) <= LINE_BYTES:
                yield number, bare
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(1 << 20)
            yield number, None


def from_bytes(
    file: str,
    data: bytes,
    kind: str | None = None,
    charset: str | None = None,
    *,
    url: str | None = None,
    depth: int = 0,
) -> Raw:
    """`data` under the name `file`: what a reader of archives, of mail or of the web hands on for each thing it holds."""
    return Raw(printable(file), io.BytesIO(data), data[:HEAD_BYTES], kind, charset, url, depth=depth)


@contextmanager
def opened(path: str) -> Iterator[Raw]:
    """The bytes of the file at `path`. A pipe is read at once, since it cannot be read twice."""
    name = printable(path)
    with open(path, "rb") as stream:
        if stream.seekable() and os.path.isfile(path):
            head = stream.read(HEAD_BYTES)
            yield Raw(name, stream, head, path=path)
        else:
            yield from_bytes(name, _capped(name, stream))


def printable(text: str) -> str:
    r"""`text` with each lone surrogate replaced by U+FFFD, one for one: half a character can be neither printed nor
    hashed.

    JSON may hold halves (``"\ud800"``), and a file name of bytes that are not UTF-8 comes as them.

    >>> printable("a\ud800b") == "a\ufffdb"
    True
    """
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _capped(file: str, stream: IO[bytes]) -> bytes:
    data = stream.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise _too_large(file)
    return data


def _too_large(file: str) -> TooLarge:
    return TooLarge(
        file,
        f"it is larger than {FILE_BYTES >> 20} MB, the most that is read of one file: "
        "split it, or cut what is not the report",
    )
