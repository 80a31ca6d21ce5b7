"""Compressed files (gzip) and packed ones (zip): what is in them is read as if it stood there by itself.

Nothing is ever written under a name that an archive gives. What is unpacked is counted while it comes, since the sizes that an archive
tells of itself may be lies.
"""

from __future__ import annotations

import gzip
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, cast

from twosource.errors import SourceError, TooLarge
from twosource.limits import FILE_BYTES, FOLDER_FILES, UNPACKED_BYTES, UNPACKED_RATIO
from twosource.model import Report
from twosource.sources.folders import SUFFIXES, UNREAD
from twosource.sources.members import reports_in
from twosource.sources.raw import Raw, from_bytes
from twosource.sources.worker import Answer

_CHUNK = 1 << 20

#: How damaged packed bytes show themselves.
_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError)

#: What is packed in zip and is no folder of reports: the first file, by the standard of each.
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})


def is_gzip(raw: Raw) -> bool:
    """Whether it is a compressed file."""
    return raw.head.startswith(b"\x1f\x8b\x08")


def begins(raw: Raw, size: int = 512) -> bytes:
    """The first bytes, at most `size`, that the compressed file `raw` holds; none where it is damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(raw.head[:4096], size)
    except zlib.error:
        return b""


def compressed(raw: Raw) -> Iterator[Report | SourceError]:
    """The reports of the one file in a `.gz`, under the name of the `.gz`."""
    name = PurePosixPath(raw.file).name if raw.suffix in {".gz", ".gzip"} else ""
    yield from reports_in("gzip", raw, kind=PurePosixPath(name).with_suffix("").suffix.lower() if name else "")


def is_zip(raw: Raw) -> bool:
    """Whether it is a zip."""
    return raw.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def packed(raw: Raw) -> Iterator[Report | SourceError]:
    """The reports in a zip, in the order of their paths, as of a folder."""
    yield from reports_in("zip", raw)


# --- in the worker --------------------------------------------------------------------------------------------------------------


def unzipped(stream: IO[bytes], kind: str) -> Iterator[Answer]:
    """The bytes in the gzip file `stream`, as one member whose suffix is `kind`."""
    size = _size(stream)
    with gzip.GzipFile(fileobj=stream) as inside:
        yield from _unpacked(cast(IO[bytes], inside), {"member": None, "kind": kind}, None, _Budget(size), size)


def entries(stream: IO[bytes]) -> Iterator[Answer]:
    """The files of the zip `stream` that may be reports."""
    try:
        archive = zipfile.ZipFile(stream)
    except (*_DAMAGE, RuntimeError) as error:
        raise SourceError(
            "", f"its table of contents cannot be read ({error}): it is damaged, or no zip; pack it anew"
        ) from None
    with archive:
        files = [entry for entry in archive.infolist() if not entry.is_dir()]
        if files and files[0].filename in _DOCUMENTS:
            raise SourceError(
                "",
                "it is a document (such as .docx, .odt or .epub), which this version does not read: save its text as .txt",
            )
        wanted = sorted((e for e in files if _may_be_report(e.filename)), key=lambda e: PurePosixPath(e.filename).parts)
        if not wanted:
            passed = f"; {len(files)} other files were passed over" if files else ""
            raise SourceError(
                "", f"the archive holds no report: looked for .txt, .html, .json, .jsonl, .pdf, .eml, .warc{passed}"
            )
        if len(wanted) > FOLDER_FILES:
            raise TooLarge(
                "", f"it holds more than {FOLDER_FILES:,} report files, the most taken from one archive: unpack it"
            )
        budget = _Budget(_size(stream))
        for entry in wanted:
            yield from _entry(archive, entry, budget)
            if why := budget.over():
                yield _problem(None, f"{why}: what comes after {entry.filename} is left unread; unpack it", large=True)
                return


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget) -> Iterator[Answer]:
    name = entry.filename
    if _climbs(name):
        yield _problem(name, "its name leads out of the archive, as an honest one's does not: it is left unread")
    elif entry.flag_bits & 1:
        yield _problem(name, "it is locked with a password: unpack it")
    else:
        try:
            with archive.open(entry) as inside:
                yield from _unpacked(inside, {"member": name}, name, budget, entry.compress_size)
        except (*_DAMAGE, RuntimeError) as error:
            yield _problem(name, f"it cannot be unpacked ({error or type(error).__name__}): pack it anew")


class _Budget:
    """What may still be unpacked out of a packed file of `size` bytes, and how much of it was kept."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._left = UNPACKED_BYTES
        self._kept = 0

    def unpack(self, given: int) -> None:
        self._left -= given
        self._kept += given

    def drop(self, given: int) -> None:
        self._kept -= given

    def over(self) -> str:
        """Why no more may be unpacked, if so."""
        if self._left < 0:
            return f"it unpacks to more than {UNPACKED_BYTES >> 20:,} MB, the most that is unpacked of one file"
        return _ratio(self._kept, self._size)


def _ratio(unpacked: int, size: int) -> str:
    if unpacked > FILE_BYTES and unpacked > UNPACKED_RATIO * size:
        return f"it unpacks to more than {UNPACKED_RATIO} times its size, as bombs do and texts do not"
    return ""


def _unpacked(
    inside: IO[bytes], said: dict[str, object], name: str | None, budget: _Budget, size: int
) -> Iterator[Answer]:
    """The bytes of the member `said`, of `size` packed; where they may not be so many, why, and that it is to be dropped."""
    answer, given, most = said, 0, 0
    while True:
        chunk, damage = _chunk(inside)
        most = most or (UNPACKED_BYTES if _streams(said, chunk) else FILE_BYTES)
        given += len(chunk)
        budget.unpack(len(chunk))
        large = (
            f"unpacked it is larger than {most >> 20:,} MB, the most that is read of one file of its kind"
            if given > most
            else ""
        )
        if why := large or _ratio(given, size) or budget.over():
            budget.drop(given)
            yield _problem(name, f"{why}: it is left unread; unpack it", large=True, drop=True)
            return
        if chunk or not (damage or answer is not said):
            yield answer, chunk
            answer = {"more": True}
        if damage:
            yield _problem(name, f"it is cut short or damaged ({damage}): it is read as far as it goes")
        if damage or not chunk:
            return


def _size(stream: IO[bytes]) -> int:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


def _chunk(inside: IO[bytes]) -> tuple[bytes, str]:
    """About a megabyte more of `inside`, or what is left of it; and what is wrong where it ends in damage."""
    pieces: list[bytes] = []
    size = 0
    try:
        while size < _CHUNK and (piece := inside.read1(_CHUNK)):  # type: ignore[attr-defined]
            pieces.append(piece)
            size += len(piece)
    except _DAMAGE as error:
        return b"".join(pieces), str(error) or type(error).__name__
    return b"".join(pieces), ""


def _streams(said: dict[str, object], head: bytes) -> bool:
    """Whether the member that begins with `head` is read piece by piece, and so may be large."""
    from twosource.sources.formats import format_of

    kind = said.get("kind")
    return format_of(from_bytes(str(said["member"]), head, kind if isinstance(kind, str) else None)).streams


def _may_be_report(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in path.parts)
    return path.suffix.lower() in SUFFIXES | UNREAD and not hidden


def _climbs(name: str) -> bool:
    r"""Whether `name` would lie outside the folder that the archive is unpacked in.

    >>> _climbs("../a.txt"), _climbs("/etc/a.txt"), _climbs("C:\\a.txt"), _climbs("a/b.txt")
    (True, True, True, False)
    """
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def _problem(name: str | None, why: str, *, large: bool = False, drop: bool = False) -> Answer:
    return {"problem": why, "in": name, "large": large, "drop": drop}, b""
