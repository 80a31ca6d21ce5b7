"""Write an archive out: its reports as JSON lines that every command reads again, its raw bytes as WARC (ISO 28500:2017, WARC 1.1).

A page that was fetched becomes a `response` record with the site's status and headers; its body is kept unpacked, so the headers that
told of packing and length go. What came from a file, or is a part of what a site sent, becomes a `resource` record.
"""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from twosource.archive import versions
from twosource.archive.custody import tool
from twosource.archive.rows import bytes_of, capture_digest, report_of
from twosource.archive.schema import captures, raw
from twosource.errors import ArchiveError

if TYPE_CHECKING:
    from twosource.archive.store import Store

#: Headers that speak of how a body was sent, not of what it is.
_OF_TRANSFER = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "trailer"}
)


def lines(store: Store, *, current: bool = True) -> Iterator[str]:
    """The reports, one line of JSON each with its line break: what a report file may say, and its custody under `custody`.

    Raises ArchiveError where one is not what was kept.
    """
    for page in versions.pages(store, versions.current() if current else None):
        known = _custodies(store, {row["sha256"] for row in page})
        for row in page:
            report = report_of(row)
            said = {
                "id": report.file, "url": report.url, "outlet": report.outlet, "title": report.title, "byline": report.byline,
                "credit": report.credit, "published": report.published, "language": report.language,
            }  # fmt: skip
            line = {k: v for k, v in said.items() if v is not None} | {
                "report": report.id,
                "version": row["number"],
                "added": row["added"],
                "sha256": report.sha256,
                "text_sha256": report.text_sha256,
                "extractor": report.extractor,
                "custody": known[report.sha256],
                "text": report.text,
            }
            yield json.dumps(line, ensure_ascii=False) + "\n"


def warc(store: Store, *, packed: bool = True) -> Iterator[bytes]:
    """The raw bytes that are kept, as the records of a WARC file, each packed by gzip where `packed` says so.

    Raises ArchiveError where some are not what was kept.
    """

    def record(head: dict[str, str], block: bytes) -> bytes:
        fields = head | {"Content-Length": str(len(block))}
        whole = (
            b"WARC/1.1\r\n"
            + "".join(f"{k}: {v}\r\n" for k, v in fields.items()).encode()
            + b"\r\n"
            + block
            + b"\r\n\r\n"
        )
        return gzip.compress(whole, mtime=0) if packed else whole

    said = f"software: {tool()}\r\nformat: WARC File Format 1.1\r\n"
    first = None
    last = ""
    while True:
        query = select(captures, raw.c.packing, raw.c.size, raw.c.bytes).join(raw).where(captures.c.sha256 > last)
        with store.reading() as connection:
            rows = [dict(r) for r in connection.execute(query.order_by(captures.c.sha256).limit(20)).mappings()]
        for row in rows:
            if capture_digest(row) != row["digest"]:
                raise ArchiveError(
                    f"capture {row['sha256']!s:.12} was changed or damaged: run `twosource archive check`"
                )
            if first is None:
                first = row["at"]
                yield record(
                    {
                        "WARC-Type": "warcinfo",
                        "WARC-Record-ID": _id("warcinfo", row["sha256"]),
                        "WARC-Date": _date(row["at"]),
                        "Content-Type": "application/warc-fields",
                    },
                    said.encode(),
                )
            yield record(*_record(row, bytes_of(row)))
        if not rows:
            return
        last = rows[-1]["sha256"]


def _record(row: dict[str, Any], body: bytes) -> tuple[dict[str, str], bytes]:
    answer = json.loads(row["answer"] or "{}")
    whole = answer.get("whole", False)
    address = str(answer.get("final") or row["address"])
    head = {
        "WARC-Type": "response" if whole else "resource",
        "WARC-Record-ID": _id(row["sha256"]),
        "WARC-Date": _date(row["at"]),
        "WARC-Target-URI": address if "://" in address else _as_uri(address),
        "WARC-Payload-Digest": f"sha256:{row['sha256']}",
    }
    if not whole:
        return head | {"Content-Type": "application/octet-stream"}, body
    sent = [(k, v) for k, v in answer["headers"] if k.lower() not in _OF_TRANSFER]
    lines = [f"HTTP/1.1 {answer['status']} ", *(f"{k}: {v}" for k, v in sent), f"content-length: {len(body)}"]
    if peer := answer.get("peer"):
        head["WARC-IP-Address"] = str(peer)
    head["Content-Type"] = "application/http;msgtype=response"
    return head, "\r\n".join(_one_line(line) for line in lines).encode() + b"\r\n\r\n" + body


def _custodies(store: Store, hashes: set[str]) -> dict[str, dict[str, Any]]:
    with store.reading() as connection:
        found = [dict(r) for r in connection.execute(select(captures).where(captures.c.sha256.in_(hashes))).mappings()]
    for row in found:
        if capture_digest(row) != row["digest"]:
            raise ArchiveError(f"capture {row['sha256']!s:.12} was changed or damaged: run `twosource archive check`")
    return {
        row["sha256"]: {c: row[c] for c in ("address", "at", "tool", "who")}
        | {"redirects": json.loads(row["redirects"])}
        for row in found
    }


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
