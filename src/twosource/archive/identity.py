"""What makes two captures two versions of one report: the same address, or else the same id. A correction keeps both.

An address names a report where it leads to more than a front page; else the id that a record gives itself, at its outlet; else the path of
its file. A record that has none of them (a line without an id in a file of many) is known by its bytes alone and has no versions.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from twosource.sources import Found

#: Keys are indexed, and PostgreSQL indexes no more than 2,704 bytes.
_LONGEST = 1000

_NUMBERED = re.compile(r"[:#!/]?\d+")


def key(found: Found) -> str:
    """The key of the report that `found` is a version of.

    >>> from twosource.sources import Found, from_text
    >>> key(Found(from_text("Two were hurt.", url="https://www.Tern.example/2031/fire/#top"), "a.html"))
    'url:tern.example/2031/fire'
    >>> key(Found(from_text("Two were hurt.", file="a-17", outlet="Tern"), "a.jsonl"))
    'id:Tern:a-17'
    """
    report = found.report
    made = address(report.url) if report.url else None
    if made is None:
        made = _named(found)
    made = made.replace("\0", "\ufffd")
    if len(made.encode("utf-8", "replace")) <= _LONGEST:
        return made
    return "long:" + hashlib.sha256(made.encode("utf-8", "replace")).hexdigest()


def address(url: str) -> str | None:
    """`url` without what leads to the same page: scheme, "www.", fragment, final slash; None for a front page or what is no address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if not host or not (path or parts.query):
        return None
    return f"url:{host}{port}{path}" + (f"?{parts.query}" if parts.query else "")


def _named(found: Found) -> str:
    report, place = found.report, found.place
    if not place:
        return f"id:{report.outlet or ''}:{report.file}"
    if report.file == place:
        return f"file:{place if '://' in place else os.path.abspath(place)}"
    if report.file.startswith(place):
        if _NUMBERED.fullmatch(report.file[len(place) :]):
            return f"bytes:{report.sha256}"
        return f"file:{os.path.abspath(place)}{report.file[len(place) :]}"
    return f"id:{report.outlet or ''}:{report.file}"
