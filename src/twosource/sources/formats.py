"""The formats, in the order they are asked: a plain list, each with how it is recognised and the function that reads
it.

To add one, write a module with a function `Raw` → `Iterator[Report | SourceError]` and put it here. What a format holds
of another (the pages in an archive, the attachments of a mail) goes back through `reports` by way of `raw.from_bytes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources import html, jsonl, text, unread
from twosource.sources.raw import Raw


class Format(NamedTuple):
    """One format: its name, whether a file is of it, and what reads it."""

    name: str
    recognises: Callable[[Raw], bool]
    read: Callable[[Raw], Iterator[Report | SourceError]]


#: What the bytes say comes before what the name says; plain text is what is left.
FORMATS = (
    Format("empty", unread.is_empty, unread.empty),
    Format("not read", unread.is_known, unread.refused),
    Format("html", html.is_html, html.pages),
    Format("jsonl", jsonl.is_jsonl, jsonl.lines),
    Format("json", jsonl.is_json, jsonl.one),
    Format("text", lambda raw: True, text.texts),
)


def reports(raw: Raw) -> Iterator[Report | SourceError]:
    """What the first format that recognises `raw` reads in it."""
    yield from next(f for f in FORMATS if f.recognises(raw)).read(raw)
