"""Bytes → text, once: the text is then never touched again, for every span points into it."""

from __future__ import annotations

import codecs
import re

from twosource.errors import SourceError

#: Signatures that begin a text (Unicode Standard, table 2-4). UTF-32's little-endian one begins with UTF-16's, so it
#: comes first.
SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Encodings of other things than texts, that a page may name to keep us busy: the first two take time with the square of its length.
_NO_TEXTS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"})

#: Control characters but for those that stand in texts: tab, line ends, form feed, end of file under DOS, escape (ISO-2022).
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f-\x84\x86-\x9f]")

#: The share of control characters above which bytes are no text. Real texts have none; a stray one must not lose a
#: report.
_CONTROL_SHARE = 0.02

#: The letters with accents of the languages that Windows-1252 is used for (Icelandic apart), and the marks that texts in them have.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŸŒ“”‘’‚„«»‹›–—…•·¡¿€£¥§°©®™½¼¾²\xa0\xad†×"
)

#: Their share of all letters stays under this: French has .04. Other alphabets, misread as Windows-1252, have nearly all.
_ACCENTED_SHARE = 0.25

#: Bytes shown to the detector: its cost grows with them, its answer does not.
_SAMPLE = 256 * 1024


def decoded(file: str, data: bytes, declared: str | None = None) -> str:
    """`data` as text, line ends and all, without the signature.

    By its signature, else as UTF-8 where it is that throughout, else by `declared` (the encoding that a page names),
    else by Windows-1252 or what charset-normalizer guesses. Raises SourceError where it is no text.
    """
    text = _by_signature(data)
    if text is None:
        if b"\0" in data:
            raise SourceError(file, "it is not text (it holds zero bytes): give the report as text, HTML or JSON")
        text = _strict(data, declared) if _shifts(declared) else None
        text = text if text is not None else _strict(data, "utf-8")
        text = text if text is not None else _strict(data, declared)
        text = text if text is not None else _western(data)
        text = text if text is not None else _guessed(data)
    if text is None:
        raise SourceError(file, "its encoding cannot be told: save it as UTF-8")
    if rubbish(text):
        raise SourceError(
            file, "it is not text (much of it is control characters): give the report as text, HTML or JSON"
        )
    return text


def rubbish(text: str) -> bool:
    """Whether `text` is the bytes of something else: zero characters, or control characters as no text has them."""
    if "\0" in text:
        return True
    return len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text)


def _by_signature(data: bytes) -> str | None:
    for signature, encoding in SIGNATURES:
        if data.startswith(signature):
            return _strict(data[len(signature) :], encoding)
    return None


def _strict(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding and codecs.lookup(encoding).name not in _NO_TEXTS else None
    except (UnicodeDecodeError, LookupError):
        return None


def _shifts(declared: str | None) -> bool:
    """Whether the encoding writes other letters in ASCII bytes, which UTF-8 reads without an error, and wrongly."""
    return (declared or "").lower().replace("_", "-") in {
        "iso-2022-jp",
        "iso-2022-kr",
        "hz-gb-2312",
        "utf-7",
    }


def _western(data: bytes) -> str | None:
    """`data` as Windows-1252, where that reads as a language of western Europe: no other letters, and few of those with accents.

    Asked before the detector, which on the short texts of news prefers Baltic and central European encodings.
    """
    text = _strict(data, "cp1252")
    if text is None:
        return None
    high = [c for c in text if c > "\x7f"]
    letters = sum(c.isalpha() for c in text)
    return text if _WESTERN.issuperset(high) and sum(c.isalpha() for c in high) < _ACCENTED_SHARE * letters else None


def _guessed(data: bytes) -> str | None:
    """What charset-normalizer makes of it."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    text = _strict(data, best.encoding)
    return text if text is not None else data.decode(best.encoding, "replace")
