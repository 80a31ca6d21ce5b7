"""A Report as a row of `versions`, and back; the digest that says whether a row is what was written.

What comes back is checked: a row whose digest, text or head is not what was kept raises ArchiveError, and is never handed on.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

from twosource.archive.custody import Custody
from twosource.errors import ArchiveError, BrokenSpan, SourceError
from twosource.model import Report, Span

_REPORT = (
    "text_sha256", "sha256", "file", "extractor", "url", "outlet", "title", "byline", "credit", "published", "language", "same_source_as",
)  # fmt: skip

#: The columns that a digest covers, beside the key of the report.
_VERSION = ("number", "name", *_REPORT, "head", "added", "nuls")
_CAPTURE = ("sha256", "address", "redirects", "answer", "at", "tool", "who", "nuls")
_PRODUCT = ("kind", "name", "number", "at", "tool")

#: PostgreSQL's text holds every character but one; this stands in its place.
_NUL, _SHOWN = "\0", "␀"


def digest(*values: Any) -> str:
    """sha-256 of the values as JSON."""
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()


def version_row(report: Report) -> dict[str, Any]:
    """The columns of `versions` that the report itself gives: all but its ids, number, digest and the time.

    Raises SourceError where the report's text is not the one that its hash was made of, or cannot be written as UTF-8.
    """
    try:
        found = hashlib.sha256(report.text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError:
        raise SourceError(
            report.file, "its text holds half a character, which cannot be kept: decode it anew"
        ) from None
    if found != report.text_sha256:
        raise SourceError(report.file, "its text is not the one that its text_sha256 was made of")
    row: dict[str, Any] = {column: getattr(report, column) for column in _REPORT}
    row |= {"name": report.id, "text": report.text}
    row["head"] = json.dumps([[s.start, s.end] for s in report.head], separators=(",", ":"))
    return _without_nuls(row)


def capture_row(sha256: str, custody: Custody) -> dict[str, Any]:
    """The row of `captures`, with its digest."""
    row = _without_nuls(
        {
            "sha256": sha256,
            "address": custody.address,
            "redirects": json.dumps(custody.redirects),
            "answer": custody.answer,
            "at": custody.at,
            "tool": custody.tool,
            "who": custody.who,
        }
    )
    return row | {"digest": capture_digest(row)}


def version_digest(row: Mapping[str, Any], key: str) -> str:
    """The digest of a row of `versions` whose report has this key. The text is covered by its own hash, which is covered."""
    return digest(key, *(row[c] for c in _VERSION))


def capture_digest(row: Mapping[str, Any]) -> str:
    """The digest of a row of `captures`."""
    return digest(*(row[c] for c in _CAPTURE))


def product_digest(row: Mapping[str, Any], members: list[str]) -> str:
    """The digest of a row of `products` made of the versions with these names."""
    return digest(*(row[c] for c in _PRODUCT), sorted(members), hashlib.sha256(row["body"]).hexdigest())


def working_digest(row: Mapping[str, Any]) -> str:
    """The digest of a row of `working`."""
    return digest(row["kind"], row["name"], row["at"], row["body"])


def raw_row(sha256: str, data: bytes) -> dict[str, Any]:
    """The row of `raw` for these bytes, packed where that makes them fewer."""
    packed = zlib.compress(data, 6)
    small = len(packed) < len(data)
    return {
        "sha256": sha256,
        "packing": "zlib" if small else "plain",
        "size": len(data),
        "bytes": packed if small else data,
    }


def bytes_of(row: Mapping[str, Any]) -> bytes:
    """The raw bytes that a row of `raw` holds. Raises ArchiveError where they are not those that were kept."""
    try:
        data = bytes(row["bytes"])
        if row["packing"] == "zlib":
            loose = zlib.decompressobj()
            data = loose.decompress(data, row["size"] + 1)
            if not loose.eof or loose.unused_data:
                raise ArchiveError("they end too early or too late")
        elif row["packing"] != "plain":
            raise ArchiveError("how they are packed is not known")
        if len(data) != row["size"] or hashlib.sha256(data).hexdigest() != row["sha256"]:
            raise ArchiveError("they are not those that the hash was made of")
    except (ArchiveError, zlib.error, ValueError, TypeError) as wrong:
        raise ArchiveError(
            f"the raw bytes {row['sha256']!s:.12} in the archive were changed or damaged ({wrong}): restore them from a backup"
        ) from None
    return data


def reading_digest(name: str, row: Mapping[str, Any]) -> str:
    """The digest of a row of `readings` whose version has this name."""
    return digest(name, row["reader"], row["at"], hashlib.sha256(row["body"]).hexdigest())


def report_of(row: Mapping[str, Any]) -> Report:
    """The report that a row of `versions`, with its report's `key`, holds.

    Raises ArchiveError where it is not what was kept.
    """
    name = row["name"]
    try:
        if version_digest(row, row["key"]) != row["digest"]:
            raise ArchiveError("its row is not what its digest was made of")
        given = _with_nuls(row)
        if hashlib.sha256(given["text"].encode("utf-8")).hexdigest() != given["text_sha256"]:
            raise ArchiveError("its text is not what its hash was made of")
        head = tuple(Span(name, start, end, given["text"]) for start, end in json.loads(row["head"]))
        return Report(name, text=given["text"], head=head, **{c: given[c] for c in _REPORT})
    except (ArchiveError, BrokenSpan, ValueError, TypeError, AttributeError, KeyError) as wrong:
        raise ArchiveError(
            f"report {name!s:.40} in the archive was changed or damaged ({wrong}): "
            "run `twosource archive check`, and restore it from a backup"
        ) from None


def _without_nuls(row: dict[str, Any]) -> dict[str, Any]:
    found = {
        column: [i for i, c in enumerate(value) if c == _NUL]
        for column, value in row.items()
        if isinstance(value, str) and _NUL in value
    }
    for column in found:
        row[column] = row[column].replace(_NUL, _SHOWN)
    return row | {"nuls": json.dumps(found, separators=(",", ":"), sort_keys=True) if found else None}


def _with_nuls(row: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(row)
    for column, places in json.loads(row["nuls"] or "{}").items():
        letters = list(given[column])
        for place in places:
            letters[place] = _NUL
        given[column] = "".join(letters)
    return given
