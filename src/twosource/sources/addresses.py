"""An address → the reports behind it: the page itself, or, where it is a feed or a sitemap, what that holds and names.

Each report comes with the capture it was made of. What a feed says of an entry fills in what the page does not say of itself. The links
of a feed are followed one step: a feed in a feed is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TypeAlias
from urllib.parse import urlsplit

from twosource.errors import SourceError
from twosource.limits import FEED_ENTRIES, SITEMAPS
from twosource.model import Report
from twosource.sources import feeds
from twosource.sources.capture import Capture
from twosource.sources.formats import reports
from twosource.sources.raw import Raw, from_bytes
from twosource.sources.web import Web

Found: TypeAlias = "tuple[Report, Capture] | SourceError"

#: The suffixes that media types stand for. A type that is not here says less than the end of the address.
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
    "application/warc": ".warc",
    "application/zip": ".zip",
}

#: What servers call text for want of a better word, by the end of the address.
_AS_NAMED = frozenset({".json", ".jsonl", ".ndjson", ".eml", ".mbox", ".xml", ".rss", ".atom"})


def raw_of(capture: Capture) -> Raw:
    """The bytes of `capture` as a format reads them, of the type and encoding that its site says, under the name asked for."""
    kind = _SUFFIXES.get(capture.media_type)
    if kind is None:
        kind = PurePosixPath(urlsplit(capture.final).path).suffix.lower()
        if capture.media_type == "text/plain" and kind not in _AS_NAMED:
            kind = ".txt"
    return from_bytes(capture.address, capture.body, kind, capture.charset, url=capture.final)


def reports_at(web: Web, address: str) -> Iterator[Found]:
    """The reports behind `address`, each with its capture, but for the bytes; what cannot be had or read is named, and the others go on."""
    try:
        capture = web.get(address)
        raw = raw_of(capture)
        if feeds.is_feed(raw) or feeds.is_sitemap(raw):
            yield from _followed(web, capture, raw)
        else:
            yield from reports_of_page(capture, raw)
    except SourceError as error:
        yield error


def reports_of_page(capture: Capture, raw: Raw) -> Iterator[Found]:
    """The reports in what was captured, whatever format it is of, and what is wrong with it."""
    try:
        for item in reports(raw):
            yield item if isinstance(item, SourceError) else (_placed(item, capture), capture.without_body())
    except SourceError as error:
        yield error
    if not _in_its_encoding(capture):
        yield SourceError(
            capture.address,
            f"its site says that it is {capture.charset}, and it is not: it is read as what its bytes look like",
        )


def _placed(report: Report, capture: Capture) -> Report:
    """`report` with its address and its host as the outlet, where it says neither; what comes out of a container has its own."""
    if report.file != capture.address:
        return report
    host = (urlsplit(capture.final).hostname or "").removeprefix("www.")
    return replace(report, url=report.url or capture.final, outlet=report.outlet or host)


def _followed(web: Web, capture: Capture, raw: Raw) -> Iterator[Found]:
    """What the feed holds, and the pages that it only names, the newest first."""
    linked: dict[str, feeds.Entry] = {}
    total = 0
    for entry in entries_at(web, raw):
        if isinstance(entry, SourceError):
            yield entry
            continue
        total += 1
        for item in entry.found:
            yield item if isinstance(item, SourceError) else (item, capture.without_body())
        if entry.link and not entry.found:
            linked.setdefault(entry.link, entry)
    if not total:
        yield SourceError(raw.file, "it has no entries")
    # Undated ones last; the order of the feed where dates are the same, or of different zones on one day.
    newest = sorted(linked.values(), key=lambda e: e.published or "", reverse=True)
    for entry in newest[:FEED_ENTRIES]:
        assert entry.link is not None
        yield from page_of(web, entry)
    if len(newest) > FEED_ENTRIES:
        yield SourceError(
            raw.file,
            f"it names {len(newest):,} pages; the {FEED_ENTRIES} newest were fetched, the most at one time: give others by address",
        )


def entries_at(web: Web, raw: Raw) -> Iterator[feeds.Entry | SourceError]:
    """The entries of a feed or a sitemap; those of the newest sitemaps where it is an index of them."""
    found = list(feeds.entries(raw))
    yield from (e for e in found if isinstance(e, SourceError) or not e.sitemap)
    inner = [e for e in found if isinstance(e, feeds.Entry) and e.sitemap and e.link]
    for entry in sorted(inner, key=lambda e: e.published or "", reverse=True)[:SITEMAPS]:
        assert entry.link is not None
        try:
            sitemap = raw_of(web.get(entry.link))
            if not feeds.is_sitemap(sitemap):
                raise SourceError(entry.link, "an index of sitemaps names it, and it is no sitemap")
            # One step: an index in an index is a circle, or a maze.
            yield from (e for e in feeds.entries(sitemap) if isinstance(e, SourceError) or not e.sitemap)
        except SourceError as error:
            yield error


def page_of(web: Web, entry: feeds.Entry) -> Iterator[Found]:
    """The page that `entry` names, with what the feed says of it where the page itself does not."""
    assert entry.link is not None
    try:
        capture = web.get(entry.link)
    except SourceError as error:
        yield error
        return
    raw = raw_of(capture)
    if feeds.is_feed(raw) or feeds.is_sitemap(raw):
        yield SourceError(
            entry.link, "a feed names it, and it is a feed itself, which is not followed: give its own address"
        )
        return
    found = list(reports_of_page(capture, raw))
    one = sum(not isinstance(item, SourceError) for item in found) == 1
    for item in found:
        yield item if isinstance(item, SourceError) or not one else (told(item[0], entry), item[1])


def told(report: Report, entry: feeds.Entry) -> Report:
    """`report` with what `entry` says of it and it does not say itself."""
    return replace(
        report,
        title=report.title or entry.title,
        byline=report.byline or entry.byline,
        published=report.published or entry.published,
        outlet=report.outlet or entry.outlet,
    )


def _in_its_encoding(capture: Capture) -> bool:
    """Whether the bytes can be what the site says that they are."""
    import codecs

    if capture.charset is None or not (capture.media_type.startswith("text/") or "html" in capture.media_type):
        return True
    try:
        codecs.lookup(capture.charset)
        capture.body.decode(capture.charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return False
    return True
