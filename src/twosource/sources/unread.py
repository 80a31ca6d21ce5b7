"""What is recognised and not read: formats that this version has no reader for, and files that are no reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources.raw import Raw

_AS_TEXT = "save its text as .txt, or the page as .html"
_UNPACK = "unpack it first"
_NO_REPORT = "give the report as text, HTML or JSON"

#: How files begin, by the specification of each format: what it is, and what to do instead.
MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"BZh", "compressed (bzip2), which this version does not read", _UNPACK),
    (b"\xfd7zXZ\0", "compressed (xz), which this version does not read", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd), which this version does not read", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z), which this version does not read", _UNPACK),
    (b"Rar!\x1a\x07", "an archive (RAR), which this version does not read", _UNPACK),
    (b"{\\rtf", "a document (RTF), which this version does not read", _AS_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of Microsoft Office, which this version does not read", _AS_TEXT),
    (
        b"bplist00",
        "a property list or web archive of macOS, which this version does not read",
        "save the page as .html",
    ),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG), not a report", _NO_REPORT),
    (b"\xff\xd8\xff", "a picture (JPEG), not a report", _NO_REPORT),
    (b"SQLite format 3\0", "a database (SQLite), not a report", _NO_REPORT),
    (b"\x7fELF", "a program, not a report", _NO_REPORT),
    (b"MZ\x90\0", "a program, not a report", _NO_REPORT),
)

_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<\?xml\s")


def is_empty(raw: Raw) -> bool:
    """Whether there is not one byte."""
    return not raw.head


def empty(raw: Raw) -> Iterator[Report | SourceError]:
    """That the file is empty."""
    yield SourceError(raw.file, "it is empty")


def is_known(raw: Raw) -> bool:
    """Whether it is of a format that is known and not read."""
    return _what(raw) is not None


def refused(raw: Raw) -> Iterator[Report | SourceError]:
    """What it is, and what to do instead."""
    what = _what(raw)
    assert what is not None
    named = f" named {raw.suffix}" if raw.suffix in {".txt", ".text", ".html", ".htm", ".json", ".jsonl"} else ""
    kind, instead = what
    first, comma, rest = kind.partition(",")
    yield SourceError(raw.file, f"it is {first}{named}{comma}{rest}: {instead}")


def _what(raw: Raw) -> tuple[str, str] | None:
    for start, kind, instead in MAGIC:
        if raw.head.startswith(start):
            return kind, instead
    # Their first bytes are letters, with which a text may begin; no text holds a zero byte.
    if raw.head[257:262] == b"ustar":
        return "an archive (tar), which this version does not read", _UNPACK
    if b"\0" in raw.head and (
        raw.head.startswith((b"RIFF", b"ID3", b"OggS", b"GIF8", b"PAR1")) or raw.head[4:8] == b"ftyp"
    ):
        return "a picture, sound, film or table, not a report", _NO_REPORT
    return None


def is_xml(raw: Raw) -> bool:
    """Whether it is XML: asked after all that is read of XML."""
    return bool(_XML.match(raw.head))


def other_xml(raw: Raw) -> Iterator[Report | SourceError]:
    """That it is XML of a kind that is not read."""
    yield SourceError(
        raw.file, f"it is XML, but neither a page, a feed nor an agency's item (NewsML-G2, NITF): {_AS_TEXT}"
    )
