"""Where a command's words go: results to standard output or into a file, all else to standard error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import click

from twosource.errors import UsageError


def say(words: str) -> None:
    from twosource.outputs.wording import visible

    click.echo(f"twosource: {visible(words)}", err=True)


def is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def coloured(out: str | None) -> bool:
    return out in (None, "-") and is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns(width: int | None, out: str | None) -> int:
    if width is None and out in (None, "-") and is_terminal():
        import shutil

        return max(40, shutil.get_terminal_size().columns)
    return width or 80


def spare(out: str | None, sources: Sequence[str]) -> None:
    """Refuse to write over what is read, and, before any work is done, to write where nothing can be written."""
    from twosource.sources.folders import files

    if out in (None, "-"):
        return
    read = (one for source in sources for one in files(source)) if os.path.exists(out) else ()
    if any(isinstance(one, str) and os.path.exists(one) and os.path.samefile(one, out) for one in read):
        raise UsageError(f"-o {out}: it is one of the files to be read, which are never written: give another name")
    folder = os.path.dirname(os.path.realpath(out))
    if os.path.isdir(out):
        wrong = errno.EISDIR
    elif not os.path.isdir(folder):
        wrong = errno.ENOENT
    elif not os.access(out if os.path.exists(out) and not os.path.isfile(out) else folder, os.W_OK):
        wrong = errno.EACCES
    else:
        return
    raise UsageError(f"-o {out}: it cannot be written: {os.strerror(wrong)}")


def put(text: str, out: str | None) -> None:
    """Write `text` as UTF-8 to standard output, or into the file `out`, whole or not at all."""
    put_parts([text], out)


def put_parts(parts: Iterable[str], out: str | None) -> None:
    """The same with a text that comes in parts, and is never held as a whole."""
    data = (part.encode("utf-8", "backslashreplace") for part in parts)
    if out is None or out == "-":
        if sys.stdout is None:
            raise UsageError("standard output is closed: open it, or write into a file with -o")
        stream: BinaryIO = sys.stdout.buffer
        stream.writelines(data)
        stream.flush()
        return
    try:
        write_whole(out, data)
    except OSError as error:
        raise UsageError(f"-o {out}: it cannot be written: {error.strerror or error}") from None
    say(f"written to {out}")


def write_whole(path: str, parts: Iterable[bytes]) -> None:
    """Write one part after another to `path` so that whoever opens it finds the old file or the new one, never half of it.

    What is no ordinary file (a pipe, `/dev/null`) is written to as it is.
    """
    import tempfile

    path = os.path.realpath(path)
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", path)
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as special:
            special.writelines(parts)
        return
    mask = os.umask(0)
    os.umask(mask)
    mode = os.stat(path).st_mode & 0o777 if os.path.exists(path) else 0o666 & ~mask
    handle, beside = tempfile.mkstemp(prefix=".twosource-", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
