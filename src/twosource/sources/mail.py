"""Mails (.eml): the text that was sent is a report, and so is each attachment that can be read.

The standard library takes a whole mail apart by recursion, and fails on one that is nested 2,000 deep; here its parts are taken apart
one by one, to a cap. The library reads the header of each part, which it does well. Of a text that comes plain and as HTML, the plain
one is taken, unless it is a stub. (RFC 5322; RFC 2045 to 2047; RFC 3676)
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import IO, Any, cast

from twosource.errors import SourceError
from twosource.limits import MAIL_NESTING, MAIL_PARTS
from twosource.model import Report
from twosource.sources.article import Article, assembled, clean, nothing, reports_of
from twosource.sources.dates import iso
from twosource.sources.decode import decoded
from twosource.sources.folders import SUFFIXES
from twosource.sources.members import members
from twosource.sources.raw import Raw
from twosource.sources.worker import Answer, ask

EXTRACTOR = "mail/1"

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")

#: Fields that machines put before a mail and nobody puts before an article (RFC 5322, section 3.6; RFC 2045).
_MAIL_ONLY = frozenset({b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"})

#: Bytes of one header. Mails that went through many hands have 30 kB.
_HEADER_BYTES = 512 * 1024

#: What attachments may be by their media type, where their name does not say.
_KINDS = {
    "text/html": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "application/json": ".json",
}

#: A plain text with less than this share of the letters of the HTML beside it is a stub ("View this mail in your browser").
_STUB = 1 / 3


def is_mail(raw: Raw) -> bool:
    """Whether it is a mail: by its name and a header, or by a header that only mails have."""
    head = raw.head[raw.head.find(b"\n") + 1 :] if raw.head.startswith(b"From ") else raw.head
    fields = set()
    at = 0
    while found := _HEADER.match(head, at):
        fields.add(found[1].lower())
        at = found.end()
    if raw.suffix in {".eml", ".mbox"}:
        return bool(fields)
    return b"from" in fields and bool(fields & _MAIL_ONLY)


def mail(raw: Raw) -> Iterator[Report | SourceError]:
    """The report that a mail is, then those of its attachments; an attachment that is no report is passed over."""
    data = raw.whole()
    with closing(ask("mail", raw, data)) as answers:
        body, _ = next(answers)
        attached = list(members(raw, answers))
    own = list(reports_of(raw, data, EXTRACTOR, cast(Article, body)))
    if any(isinstance(item, Report) for item in attached) and not body["text"]:
        own = [item for item in own if isinstance(item, Report)]
    yield from own
    yield from attached


# --- in the worker --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a mail that has no parts itself, decoded."""

    media: str
    name: str | None
    attached: bool
    charset: str | None
    flowed: bool
    data: bytes


def parts(stream: IO[bytes]) -> Iterator[Answer]:
    """The article of the mail `stream`, then its attachments, each as one member."""
    data = stream.read()
    if data.startswith(b"From "):
        data = data[data.find(b"\n") + 1 :]
    header, _ = _split(data)
    problems: list[str] = []
    found = list(_leaves(data, problems))
    lines = _body([p for p in found if not p.attached])
    if lines:
        subject, (sender, address) = _words(header, "Subject"), parseaddr(_words(header, "From") or "")
        metadata = {
            "title": subject,
            "outlet": sender or address.rpartition("@")[2] or None,
            "published": iso(_words(header, "Date") or ""),
            "language": (_words(header, "Content-Language") or "").split(",")[0].strip() or None,
        }
        body: Any = assembled([subject] if subject else [], lines, metadata, problems)
    else:
        body = nothing("the mail holds no text", problems)
    yield body, b""
    for number, part in enumerate((p for p in found if p.attached), 1):
        name = part.name or f"attachment {number}"
        suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
        kind = suffix if suffix in SUFFIXES else _KINDS.get(part.media)
        if kind:
            yield (
                {
                    "whole": True,
                    "member": name.replace("\\", "/").rpartition("/")[2],
                    "kind": kind,
                    "charset": part.charset,
                },
                part.data,
            )


def _leaves(data: bytes, problems: list[str]) -> Iterator[_Part]:
    """The parts of the mail `data` that have no parts themselves, in its order; a mail in the mail is one of them."""
    todo = [(data, 0)]
    count = 0
    deep = many = False
    while todo:
        whole, depth = todo.pop()
        count += 1
        if count > MAIL_PARTS:
            many = True
            break
        header, body = _split(whole)
        media = header.get_content_type()
        boundary = header.get_boundary() if media.startswith("multipart/") else None
        if boundary:
            if depth == MAIL_NESTING:
                deep = True
                continue
            todo.extend((part, depth + 1) for part in reversed(_parts(body, boundary)))
            continue
        name = header.get_filename()
        attached = (
            header.get_content_disposition() == "attachment"
            or bool(name)
            or media == "message/rfc822"
            or (not media.startswith(("text/", "multipart/")))
        )
        yield _Part(
            media, clean(_decoded_words(name)) or None if name else None, attached, _charset(header),
            str(header.get_param("format", "")).lower() == "flowed", _transferred(header, body),
        )  # fmt: skip
    if deep:
        problems.append(
            f"its parts are nested more than {MAIL_NESTING} deep, the most that is read: what lies deeper is left unread"
        )
    if many:
        problems.append(
            f"it has more than {MAIL_PARTS:,} parts, the most that is read of one mail: the rest is left unread"
        )


def _split(data: bytes) -> tuple[Message, bytes]:
    """The header and the body of a mail or of a part."""
    end = re.compile(rb"\r?\n\r?\n").search(data, 0, _HEADER_BYTES)
    if data.startswith((b"\n", b"\r\n")):  # a part without a header
        head, body = b"", data[data.find(b"\n") + 1 :]
    else:
        head, body = (data[: end.start()], data[end.end() :]) if end else (data[:_HEADER_BYTES], data[_HEADER_BYTES:])
    return BytesHeaderParser(policy=policy.compat32).parsebytes(head + b"\n\n"), body


def _parts(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the lines of `boundary`; the last part also where its end is missing."""
    line = re.compile(rb"(?m)^--" + re.escape(boundary.encode("latin-1", "replace")) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    found: list[bytes] = []
    start = None
    for mark in line.finditer(body):
        if start is not None:
            found.append(body[start : mark.start()].removesuffix(b"\n").removesuffix(b"\r"))
        start = mark.end()
        if mark[1]:
            return found
        if len(found) > MAIL_PARTS:
            return found
    return [*found, body[start:]] if start is not None else found


def _transferred(header: Message, body: bytes) -> bytes:
    encoding = str(header.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        bare = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        try:
            return binascii.a2b_base64(
                bare[: len(bare) // 4 * 4] + (bare[len(bare) // 4 * 4 :] + b"===")[: 4 if len(bare) % 4 > 1 else 0]
            )
        except binascii.Error:
            return b""
    return body


def _charset(header: Message) -> str | None:
    try:
        return header.get_content_charset()
    except (LookupError, ValueError):
        return None


def _words(header: Message, name: str) -> str | None:
    value = header.get(name)
    return clean(_decoded_words(str(value))) or None if value is not None else None


def _decoded_words(value: str) -> str:
    """`value` with its encoded words decoded (RFC 2047); as it stands where they are none."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value


# --- its text -------------------------------------------------------------------------------------------------------------------


def _body(inline: list[_Part]) -> list[str]:
    """The lines of the mail's text: the plain one, unless it is a stub beside the HTML."""
    from twosource.sources.markup import lines

    plain: list[str] = []
    rich: list[str] = []
    for part in inline:
        if part.media == "text/html":
            rich += lines(decoded("", part.data, part.charset))
        elif part.media.startswith("text/"):
            plain += unwrapped(decoded("", part.data, part.charset), flowed=part.flowed)
    return rich if _letters(plain) < _STUB * _letters(rich) else plain


def _letters(lines: list[str]) -> int:
    return sum(c.isalnum() for line in lines for c in line)


def unwrapped(text: str, *, flowed: bool = False) -> list[str]:
    r"""The paragraphs of `text`, whose lines were wrapped for a terminal.

    A line goes on in the next where the next one's first word would not have found room on it; in flowed text (RFC 3676), where it ends
    in a space. An empty line, a list, a quotation of another mail ("> ") ends it.

    >>> unwrapped("A ferry sank off the port of Oskel before dawn on Tuesday, and nine\nof them are missing.\n\nShort.\nLines.")
    ['A ferry sank off the port of Oskel before dawn on Tuesday, and nine of them are missing.', 'Short.', 'Lines.']
    """
    lines = text.splitlines()
    width = max((len(line) for line in lines if len(line) <= _WIDEST), default=0)
    found: list[str] = []
    goes_on, before = False, ""
    for line in lines:
        bare = line.strip()
        if goes_on and bare and not _OWN_LINE.match(bare) and (flowed or _no_room(before, bare, width)):
            found[-1] += " " + bare
        elif bare:
            found.append(bare)
        before = line.rstrip()
        goes_on = bool(bare) and (line.endswith(" ") if flowed else True)
    return [line for each in found if (line := clean(each))]


#: Columns to which mail programs wrap at most.
_WIDEST = 80
_OWN_LINE = re.compile(r"[>*•–—#|-]|\d{1,3}[.)]\s")


def _no_room(line: str, following: str, width: int) -> bool:
    return width >= 50 and len(line) <= _WIDEST and len(line) + 1 + len(following.split(None, 1)[0]) > width
