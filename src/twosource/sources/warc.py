"""Web archives (WARC, compressed or not), as crawlers write them: each page in them is a report.

Records come from the open web, and crawls are cut short: a record whose length is a lie, that ends in its middle or names no target must
not cost the others. fastwarc reads them piece by piece; what looks wrong is flagged beside the page. (ISO 28500:2017)
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from twosource.errors import SourceError
from twosource.limits import FILE_BYTES
from twosource.model import Report
from twosource.sources.members import reports_in
from twosource.sources.packed import begins, is_gzip
from twosource.sources.raw import Raw
from twosource.sources.worker import Answer

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

#: The media types of what may be a report, and the suffix each stands for.
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "text/vnd.iptc.g2.newsitem+xml": ".xml",
}

#: Of what crawlers fetched, plain text and JSON are robots.txt and the insides of pages; of what somebody put in, they are texts. So too in
#: the web archives that we write ourselves: there the type of each payload is that of a report.
_PUT_IN = _KINDS | {"text/plain": ".txt", "application/json": ".json"}

#: How our own web archives begin (`archive export --format warc`).
_OURS = re.compile(rb"software: twosource/")

#: Bytes of headers, of a record and of an answer. The longest cookies come to 8 kB.
_HEADER_BYTES = 256 * 1024

#: How what is packed by gzip begins (RFC 1952), and how often reading is taken up again behind damage.
_GZIP, _RESUMED = b"\x1f\x8b\x08", 1000

#: Records between two signs of life.
_AT_WORK = 200

#: Where another record begins inside one whose length is a lie.
_NEXT = re.compile(rb"\r?\n\r?\nWARC/1\.[01]\r?\n")

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def is_warc(raw: Raw) -> bool:
    """Whether it is a web archive, or a compressed one: by its name where what it begins with is damaged."""
    if not is_gzip(raw):
        return raw.head.startswith(b"WARC/")
    first = begins(raw, 8)
    return first.startswith(b"WARC/") or (not first and raw.file.lower().endswith(".warc.gz"))


def crawled(raw: Raw) -> Iterator[Report | SourceError]:
    """The reports in a web archive, in its order, each named by its address."""
    nothing = True
    for item in reports_in("warc", raw):
        nothing = False
        yield item
    if nothing:
        yield SourceError(raw.file, "the web archive holds no page: looked for answers of status 200 with HTML or PDF")


# --- in the worker --------------------------------------------------------------------------------------------------------------


def records(stream: IO[bytes]) -> Iterator[Answer]:
    """The pages in the web archive `stream`, each as one member."""
    from fastwarc.warc import ArchiveIterator

    def found() -> Iterator[WarcRecord]:
        # HTTP is taken apart here: an answer that is not encoded as it says must not end the archive.
        return ArchiveIterator(
            stream, parse_http=False, quirks_mode=True, max_header_len=_HEADER_BYTES, fsspec_args=False
        )

    records_ = found()
    count = last = length = at = resumed = 0
    ours = False
    damage: str | None = None
    while True:
        try:
            record = next(records_, None)
            if record is None:
                break
            if damage:
                yield _problem(None, f"{damage}: what stood between there and byte {record.stream_pos:,} is lost")
                damage = None
            count, last, length = count + 1, record.stream_pos, record.content_length
            if record.record_type == _type("warcinfo") and record.reader:
                ours = bool(_OURS.match(record.reader.read(_HEADER_BYTES)))
            yield from _page(record, count, ours)
        except Exception as error:
            damage = damage or f"the web archive is damaged {_after(count, last)} ({error})"
            next_ = _packed_after(stream, max(last, at)) if resumed < _RESUMED else None
            if next_ is None:
                yield _problem(None, f"{damage}: {_left(count)}")
                return
            at, resumed = next_, resumed + 1
            stream.seek(at)
            records_ = found()
        if count % _AT_WORK == 0:
            yield {"passed": count}, b""
    if damage:
        yield _problem(None, f"{damage}: {_left(count)}")
    if _cut_short(stream, last, length):
        where = f"in or behind record {count:,}, which begins at byte {last:,}"
        yield _problem(None, f"the web archive is cut short {where}: what is whole was read, what was cut off is lost")


def _page(record: WarcRecord, count: int, ours: bool) -> Iterator[Answer]:
    """The page that `record` holds, if it does, and what is wrong with it. `ours`: it is of a web archive that we wrote."""
    fetched = record.record_type == _type("response") and record.is_http
    if not fetched and record.record_type not in (_type("resource"), _type("conversion")):
        return
    url = (record.headers.get("WARC-Target-URI") or "").strip(" <>")
    name = url or record.record_id or f"record {count}"
    told = (record.headers.get("Content-Length") or "").strip()
    block = record.reader.read(FILE_BYTES + _HEADER_BYTES) if record.reader else b""
    status, headers, body = _answered(block) if fetched else (200, {}, block)
    media = headers.get("content-type", "") if fetched else record.headers.get("Content-Type") or ""
    identified = (record.headers.get("WARC-Identified-Payload-Type") if ours else None) or media
    kind = (_KINDS if fetched and not ours else _PUT_IN).get(identified.partition(";")[0].strip().lower())
    status = 200 if ours and 200 <= status < 300 else status
    if not told.isdecimal() or (int(told) and not block):
        yield _problem(name, f"this record's length is “{told[:40]}”, which cannot be: it is left unread")
        return
    short = len(block) < min(int(told), FILE_BYTES)
    if short and status in {0, 200} and kind is None:
        yield _problem(name, f"{_ends_early(told, block)}: it is left unread")
    if status != 200 or kind is None:
        return
    if len(body) > FILE_BYTES:
        yield _problem(
            name,
            f"it is larger than {FILE_BYTES >> 20} MB, the most that is read of one page: it is left unread",
            large=True,
        )
        return
    wrong = ""
    if short:
        if another := _NEXT.search(body):
            body = body[: another.start()]
        wrong = _ends_early(told, block)
    elif not _is_digest(block, record.headers.get("WARC-Block-Digest")):
        wrong = "this record is not what its digest says: it was damaged or altered"
    elif why := record.headers.get("WARC-Truncated"):
        wrong = f"the crawler cut this page short ({why})"
    if wrong:
        yield _problem(name, f"{wrong}: a part of its text may be missing, or of another page")
    charset = _CHARSET.search(media)
    yield {"member": name, "whole": True, "kind": kind, "charset": charset and charset[1].lower(),
           "url": url if url.startswith(("http://", "https://")) else None}, _decoded(body, headers)  # fmt: skip


def _packed_after(stream: IO[bytes], at: int) -> int | None:
    """Where the next thing that is packed by gzip begins behind `at`, as each record is by itself; None where none does."""
    at += 1
    stream.seek(at)
    before = b""
    while piece := stream.read(1 << 20):
        if (place := (before + piece).find(_GZIP)) >= 0:
            return at - len(before) + place
        at += len(piece)
        before = piece[1 - len(_GZIP) :]
    return None


def _after(count: int, last: int) -> str:
    return f"after record {count:,}, which begins at byte {last:,}" if count else "in its first record"


def _left(count: int) -> str:
    """What is left of the archive where so many records of it are whole."""
    before = (
        f"what stands before that was read ({count:,} record{'s' * (count != 1)})"
        if count
        else "nothing of it was read"
    )
    return f"{before}, what stood there and behind is lost"


def _ends_early(told: str, block: bytes) -> str:
    return f"this record should have {int(told):,} bytes, and {len(block):,} are there"


def _answered(block: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (by their names in small letters) and body of an answer as it came over HTTP/1 (RFC 9112, section 2)."""
    end = re.search(rb"\r?\n\r?\n", block[:_HEADER_BYTES])
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, *lines = head.decode("latin-1").splitlines()[:1000] or [""]
    status = re.fullmatch(r"HTTP/\S+\s+(\d{3})\b.*", first.strip())
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return int(status[1]) if status else 0, headers, body


def _decoded(body: bytes, headers: dict[str, str]) -> bytes:
    """`body` without the encodings that `headers` name; as it is where it has none of them, as many crawlers keep it."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

    readers = {
        "gzip": GzipReader,
        "x-gzip": GzipReader,
        "br": BrotliReader,
        "zstd": ZstdReader,
        "chunked": ChunkedReader,
    }
    for header in ("transfer-encoding", "content-encoding"):
        for encoding in reversed(headers.get(header, "").lower().split(",")):
            if reader := readers.get(encoding.strip()):
                try:
                    body = reader(io.BytesIO(body)).read(FILE_BYTES + 1) or body
                except (OSError, ValueError):
                    continue
    return body


def _is_digest(block: bytes, told: str | None) -> bool:
    """Whether `block` has the digest that is told of it; so too where none is, or one of a kind that we do not reckon."""
    kind, _, value = (told or "").partition(":")
    if kind.lower() not in {"sha1", "sha-1", "sha256", "sha-256"}:
        return True
    digest = hashlib.new(kind.lower().replace("-", ""), block, usedforsecurity=False)
    return value.strip().upper() in {base64.b32encode(digest.digest()).decode(), digest.hexdigest().upper()}


def _cut_short(stream: IO[bytes], last: int, length: int) -> bool:
    """Whether the archive `stream` ends in something that is no whole record; `last` is where its last one begins, of `length` bytes."""
    if not length and not last:
        return False
    stream.seek(0)
    compressed = stream.read(2) == b"\x1f\x8b"
    stream.seek(last)
    left = stream.read(FILE_BYTES)
    if compressed:
        return len(left) < FILE_BYTES and not _is_whole(left)
    end = re.search(rb"\r?\n\r?\n", left[:_HEADER_BYTES])
    return end is None or bool(left[end.end() + length :].strip(b"\r\n"))


def _is_whole(packed: bytes) -> bool:
    """Whether what `packed` holds, one gzip member after the other, is compressed to its end."""
    while packed.startswith(b"\x1f\x8b"):
        unpacking = zlib.decompressobj(wbits=31)
        try:
            while packed and not unpacking.eof:
                unpacking.decompress(packed, 1 << 20)
                packed = unpacking.unconsumed_tail or unpacking.unused_data
        except zlib.error:
            return False
        if not unpacking.eof:
            return False
    return True


def _type(name: str) -> object:
    from fastwarc.warc import WarcRecordType

    return getattr(WarcRecordType, name)


def _problem(name: str | None, why: str, *, large: bool = False) -> Answer:
    return {"problem": why, "in": name, "large": large}, b""
