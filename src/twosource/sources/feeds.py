"""Feeds, sitemaps and lists of feeds: what they are known by, and what they hold or name.

A file of one is read without the network: entries with their whole text are reports, those with only a link are counted and said.
Where an address led to the feed, what asks for addresses follows the links (`addresses`).
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources.article import reports_of
from twosource.sources.raw import Raw, from_bytes
from twosource.sources.worker import ask

# Atomic, so that a run of comments is matched in one way only.
_PROLOGUE = rb"(?>(?:(?>(?:\xef\xbb\xbf)?\s*+(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]*>)))*)\s*+"
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL | re.IGNORECASE)
_SITEMAP = re.compile(_PROLOGUE + rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.DOTALL)
_OPML = re.compile(_PROLOGUE + rb"<opml[\s>]", re.DOTALL | re.IGNORECASE)

#: How the version of a JSON Feed begins (jsonfeed.org), and where it may stand: among the first members of the object.
_JSON_FEED = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*+\{.{0,2000}?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or a sitemap says of one report, and the report itself where it holds the words.

    `found` is that report, and what is wrong with it. `updated` is when the entry says that it was last changed. `sitemap` is true of
    an address that leads to another sitemap.
    """

    link: str | None
    title: str | None = None
    published: str | None = None
    byline: str | None = None
    outlet: str | None = None
    updated: str | None = None
    found: tuple[Report | SourceError, ...] = ()
    sitemap: bool = False


def is_feed(raw: Raw) -> bool:
    """Whether it is RSS, Atom or JSON Feed, by how it begins."""
    return bool(_FEED.match(_head(raw)) or _JSON_FEED.match(raw.head))


def is_sitemap(raw: Raw) -> bool:
    """Whether it is a sitemap, or an index of sitemaps."""
    return bool(_SITEMAP.match(_head(raw)))


def is_list(raw: Raw) -> bool:
    """Whether it is a list of feeds (OPML)."""
    return bool(_OPML.match(_head(raw)))


def entries(raw: Raw) -> Iterator[Entry | SourceError]:
    """What the feed or sitemap `raw` holds, in its order, and what is wrong with it. Raises SourceError where it cannot be read."""
    if is_sitemap(raw):
        with closing(ask("sitemap", raw)) as answers:
            for said, _ in answers:
                yield (
                    Entry(said["sitemap"], published=said["published"], sitemap=True)
                    if "sitemap" in said
                    else _entry(said, ())
                )
        return
    with closing(ask("feed", raw, address=raw.url, charset=raw.charset)) as answers:
        number = 0
        for said, data in answers:
            if "problem" in said:
                yield SourceError(raw.file, said["problem"])
                continue
            number += 1
            found: tuple[Report | SourceError, ...] = ()
            if said["article"]:
                name = said["link"] or f"{raw.file}#{number}"
                piece = from_bytes(name, data, url=said["link"], depth=raw.depth)
                found = tuple(reports_of(piece, data, extractor(), said["article"]))
            yield _entry(said, found)


def read(raw: Raw) -> Iterator[Report | SourceError]:
    """The reports that the feed `raw` holds; the entries that only name a page are counted, for nothing is fetched on a file's word."""
    named = total = 0
    for entry in entries(raw):
        if isinstance(entry, SourceError):
            yield entry
            continue
        total += 1
        named += not entry.found
        yield from entry.found
    what = "sitemap" if is_sitemap(raw) else "feed"
    if not total:
        yield SourceError(raw.file, f"the {what} has no entries")
    elif named:
        yield SourceError(
            raw.file,
            f"{named} of the {total} entries of this {what} only name a page: give the {what}'s own address to have them fetched",
        )


def listed(raw: Raw) -> tuple[str, ...]:
    """The addresses of the feeds that the list `raw` (OPML) names, each once. Raises SourceError where it cannot be read, or names none."""
    with closing(ask("feed list", raw)) as answers:
        found = tuple(dict.fromkeys(said["feed"] for said, _ in answers))
    if not found:
        raise SourceError(raw.file, "the list names no feed: each must stand in an `outline` with an `xmlUrl`")
    return found


def refused(raw: Raw) -> Iterator[Report | SourceError]:
    """That a list of feeds holds no reports itself."""
    yield SourceError(raw.file, "it is a list of feeds (OPML), not a report: give it to `twosource watch`")


def extractor() -> str:
    """The name and version of what reads feeds, as a report keeps it."""
    return f"feed/feedparser-{importlib.metadata.version('feedparser')}"


def _head(raw: Raw) -> bytes:
    """The beginning, in ASCII where it is UTF-16."""
    return raw.head.decode("utf-16", "ignore").encode() if raw.head[:2] in (b"\xff\xfe", b"\xfe\xff") else raw.head


def _entry(said: dict[str, Any], found: tuple[Report | SourceError, ...]) -> Entry:
    told = {key: said[key] for key in ("link", "title", "published", "updated", "byline", "outlet")}
    return Entry(**told, found=found)
