"""Write the raw bytes of an archive out as WARC (ISO 28500:2017, WARC 1.1), each record so that it is read as the report that it was.

A page that was fetched becomes a `response` record with the site's status and headers; its body is kept unpacked, so the headers that
told of packing and length go. What came from a file, or is a part of what a site sent, becomes a `resource` record. Of what type the bytes
are is known from what read them; a text that is not read out of its bytes alone (an entry of a feed, a text whose encoding a server told)
is put beside them as a `conversion`.
"""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from twosource.archive import versions
from twosource.archive.custody import tool
from twosource.archive.exporting_types import UNKNOWN, media_type
from twosource.archive.rows import bytes_of, capture_digest, report_of
from twosource.archive.schema import captures, raw
from twosource.archive.schema import versions as kept
from twosource.errors import ArchiveError

if TYPE_CHECKING:
    from twosource.archive.store import Store
    from twosource.model import Report

#: Headers that speak of how a body was sent, not of what it is.
_OF_TRANSFER = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "trailer"}
)

#: A record: its fields, and its block.
_Record = tuple[dict[str, str], bytes]


def warc(store: Store, *, packed: bool = True) -> Iterator[bytes]:
    """The raw bytes that are kept, as the records of a WARC file, each packed by gzip where `packed` says so.

    Raises ArchiveError where some are not what was kept.
    """
    for head, block in _records(store):
        fields = head | {"Content-Length": str(len(block))}
        told = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        whole = b"WARC/1.1\r\n" + told.encode() + b"\r\n" + block + b"\r\n\r\n"
        yield gzip.compress(whole, mtime=0) if packed else whole


def _records(store: Store) -> Iterator[_Record]:
    last = ""
    while True:
        query = select(captures, raw.c.packing, raw.c.size, raw.c.bytes).join(raw).where(captures.c.sha256 > last)
        with store.reading() as connection:
            rows = [dict(r) for r in connection.execute(query.order_by(captures.c.sha256).limit(20)).mappings()]
            of = versions.ROWS.where(kept.c.sha256.in_([row["sha256"] for row in rows])).order_by(kept.c.id)
            reports = [report_of(dict(r)) for r in connection.execute(of).mappings()]
        for row in rows:
            if capture_digest(row) != row["digest"]:
                raise ArchiveError(
                    f"capture {row['sha256']!s:.12} was changed or damaged: run `twosource archive check`"
                )
            if not last:
                said = f"software: {tool()}\r\nformat: WARC File Format 1.1\r\n"
                yield (
                    {
                        "WARC-Type": "warcinfo",
                        "WARC-Record-ID": _id("warcinfo", row["sha256"]),
                        "WARC-Date": _date(row["at"]),
                        "Content-Type": "application/warc-fields",
                    },
                    said.encode(),
                )
            last = row["sha256"]
            yield from _capture(row, bytes_of(row), [r for r in reports if r.sha256 == last])
        if not rows:
            return


def _capture(row: dict[str, Any], body: bytes, reports: list[Report]) -> Iterator[_Record]:
    """The record of a capture that `reports` were read out of, and their texts where they cannot be read out of it again."""
    answer = json.loads(row["answer"] or "{}")
    whole = answer.get("whole", False)
    address = str(answer.get("final") or row["address"])
    # What was read last is what this version of twosource, or the one nearest to it, reads.
    media = media_type(body, reports[-1].extractor, reports[-1].text, sent=whole) if reports else UNKNOWN
    head = {
        "WARC-Type": "response" if whole else "resource",
        "WARC-Record-ID": _id(row["sha256"]),
        "WARC-Date": _date(row["at"]),
        "WARC-Target-URI": address if "://" in address else _as_uri(address),
        "WARC-Payload-Digest": f"sha256:{row['sha256']}",
    }
    if whole:
        sent = [(k, v) for k, v in answer["headers"] if k.lower() not in _OF_TRANSFER]
        lines = [f"HTTP/1.1 {answer['status']} ", *(f"{k}: {v}" for k, v in sent), f"content-length: {len(body)}"]
        if peer := answer.get("peer"):
            head["WARC-IP-Address"] = str(peer)
        yield (
            head | {"WARC-Identified-Payload-Type": media, "Content-Type": "application/http;msgtype=response"},
            "\r\n".join(_one_line(line) for line in lines).encode() + b"\r\n\r\n" + body,
        )
    else:
        yield head | {"Content-Type": media}, body
    if media == UNKNOWN:
        yield from _texts(head, reports)


def _texts(of: dict[str, str], reports: Iterable[Report]) -> Iterator[_Record]:
    """The texts of the reports as conversions of the record `of`, each once."""
    for report in {r.text_sha256: r for r in reports}.values():
        yield (
            {
                "WARC-Type": "conversion",
                "WARC-Record-ID": _id(report.sha256, report.text_sha256),
                "WARC-Date": of["WARC-Date"],
                "WARC-Target-URI": of["WARC-Target-URI"],
                "WARC-Refers-To": of["WARC-Record-ID"],
                "Content-Type": "text/plain; charset=utf-8",
            },
            report.text.encode(),
        )


def _id(*of: str) -> str:
    """A record's name, the same whenever it is written."""
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, 'twosource:' + ':'.join(of)).urn}>"


def _date(at: str) -> str:
    """To the second in UTC, as WARC writes it."""
    return at[:19] + "Z"


def _as_uri(path: str) -> str:
    try:
        return PurePath(path).as_uri()
    except ValueError:  # it is no whole path: the name of a report that a program made
        from urllib.parse import quote

        return "urn:twosource:" + quote(path)


def _one_line(words: str) -> str:
    return " ".join(words.splitlines()) if "\n" in words or "\r" in words else words
