"""The formats, in the order they are asked: a plain list, each with how it is recognised and the function that reads
it.

To add one, write a module with a function `Raw` → `Iterator[Report | SourceError]` and put it here. What a format holds
of another (the pages in an archive, the attachments of a mail) goes back through `reports` by way of `raw.from_bytes` (`members`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources import feeds, html, jsonl, mail, mailbox, newsml, packed, pdf, text, unread, warc
from twosource.sources.raw import Raw


class Format(NamedTuple):
    """One format: its name, whether a file is of it, what reads it, and whether that reads piece by piece, so that it may be large."""

    name: str
    recognises: Callable[[Raw], bool]
    read: Callable[[Raw], Iterator[Report | SourceError]]
    streams: bool = False


#: What the bytes say comes before what the name says; plain text is what is left.
FORMATS = (
    Format("empty", unread.is_empty, unread.empty),
    Format("warc", warc.is_warc, warc.crawled, streams=True),
    Format("gzip", packed.is_gzip, packed.compressed, streams=True),
    Format("zip", packed.is_zip, packed.packed, streams=True),
    Format("pdf", pdf.is_pdf, pdf.pdf),
    Format("mailbox", mailbox.is_mailbox, mailbox.mails, streams=True),
    Format("mail", mail.is_mail, mail.mail),
    Format("newsml", newsml.is_newsml, newsml.newsml),
    Format("feed", feeds.is_feed, feeds.read),
    Format("sitemap", feeds.is_sitemap, feeds.read),
    Format("list of feeds", feeds.is_list, feeds.refused),
    Format("not read", unread.is_known, unread.refused),
    Format("html", html.is_html, html.pages),
    Format("xml", unread.is_xml, unread.other_xml),
    Format("jsonl", jsonl.is_jsonl, jsonl.lines, streams=True),
    Format("json", jsonl.is_json, jsonl.one),
    Format("text", lambda raw: True, text.texts),
)


def format_of(raw: Raw) -> Format:
    """The first format that recognises `raw`."""
    return next(f for f in FORMATS if f.recognises(raw))


def reports(raw: Raw) -> Iterator[Report | SourceError]:
    """What the first format that recognises `raw` reads in it."""
    yield from format_of(raw).read(raw)
