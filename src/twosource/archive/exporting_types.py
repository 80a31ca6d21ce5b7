"""Of what media type raw bytes are, so that who reads them again reads the same text: known from what read them the first time."""

from __future__ import annotations

import re
from itertools import islice

from twosource.errors import SourceError
from twosource.sources.decode import decoded

#: The type of bytes that are not read by themselves.
UNKNOWN = "application/octet-stream"

#: By how the name of what read the bytes begins (`Report.extractor`).
_TYPES = {
    "text/": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "mail/": "message/rfc822",
    "json/": "application/json",
    "newsml": "text/vnd.iptc.g2.newsitem+xml",
}

#: Encodings that texts come in whose bytes do not say so: those of the alphabets that are read, the strictest first.
_ENCODINGS = tuple(
    "utf-16 shift_jis euc-jp euc-kr gb18030 big5 cp1252 cp1250 iso-8859-2 cp1251 koi8-r koi8-u iso-8859-5 cp1253 iso-8859-7 cp1254 cp1257 "
    "cp1255 cp1256 iso-8859-15 iso-2022-jp".split()
)

_NOT_ASCII = re.compile(r"\S*[^\W\d_a-zA-Z]\S*")


def media_type(body: bytes, extractor: str, text: str, *, sent: bool) -> str:
    """The media type of `body`, out of which `extractor` has read `text`, with its encoding where the bytes leave that open.

    `sent`: a server's headers stand before it, which name the encoding.

    >>> media_type("Брилль видела паром".encode("koi8-r"), "text/1", "Брилль видела паром", sent=False)
    'text/plain; charset=koi8-r'
    """
    media = next((media for begins, media in _TYPES.items() if extractor.startswith(begins)), UNKNOWN)
    if sent or media not in {"text/plain", "text/html"}:
        return media
    if media == "text/plain":
        if _same(body, text, None):
            return media
        encoding = next((e for e in _ENCODINGS if _same(body, text, e)), None)
        return f"{media}; charset={encoding}" if encoding else UNKNOWN
    if _strict(body, "utf-8") is not None:
        return media
    words = [m[0] for m in islice(_NOT_ASCII.finditer(text), 20)]
    for encoding in _ENCODINGS:
        page = _strict(body, encoding) if words else None
        if page is not None and all(word in page for word in words):
            return f"{media}; charset={encoding}"
    return media  # what it says of itself decides, as it did


def _same(body: bytes, text: str, encoding: str | None) -> bool:
    try:
        return decoded("", body, encoding) == text
    except SourceError:
        return False


def _strict(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None
