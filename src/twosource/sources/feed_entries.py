"""A feed's bytes → its entries: RSS, Atom and JSON Feed, sitemaps of news, and lists of feeds (OPML). Runs in a worker (`worker`).

feedparser is given bytes, never an address. An entry whose words the feed holds comes with them as an `Article`, and with its own
piece of the feed's bytes, so that it is the same report, of the same hash, however the feed around it moves on. Whether the words
are the report or its beginning is told by where they stand: RSS's `content:encoded`, Atom's `content` and JSON Feed's
`content_html` are for the whole text, a `description` or `summary` for a teaser, and taken for the whole where it is long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from twosource.errors import SourceError, TooLarge
from twosource.limits import FEED_BYTES
from twosource.sources.article import Article, assembled, clean
from twosource.sources.dates import iso
from twosource.sources.markup import lines

if TYPE_CHECKING:
    import time

    from twosource.sources.worker import Answer

#: Words from which on a summary is taken for the report. The teasers that publishing systems cut have 55 (WordPress) or fewer.
_WHOLE_WORDS = 100


def entries(stream: IO[bytes], address: str | None = None, charset: str | None = None) -> Iterator[Answer]:
    """The entries of the feed in `stream`, in its order; `address` is where it came from, which links in it are relative to.

    Each answer is {"title", "link", "published", "updated", "byline", "outlet", "language", "article"} and the bytes of the entry,
    `article` being None where the feed does not hold its words; or {"problem"} with what is wrong with the feed. Raises SourceError where
    it is none.
    """
    data = _capped(stream)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _json_feed(data, address or "")
    else:
        yield from _xml_feed(data, address or "", charset)


def _capped(stream: IO[bytes]) -> bytes:
    data = stream.read(FEED_BYTES + 1)
    if len(data) > FEED_BYTES:
        raise TooLarge("", f"it is larger than {FEED_BYTES >> 20} MB, the most that is read of one feed")
    return data


# --- RSS and Atom ---------------------------------------------------------------------------------------------------------------


def _xml_feed(data: bytes, address: str, charset: str | None) -> Iterator[Answer]:
    import io
    from xml.sax import SAXException

    import feedparser

    # Without a type feedparser takes XML for Latin-1 (RFC 3023), which nobody means.
    headers = {
        "content-location": address,
        "content-type": "application/xml" + (f"; charset={charset}" if charset else ""),
    }
    try:
        feed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ) as error:  # what fuzzing makes it raise; UnicodeDecodeError is the first
        raise SourceError("", f"it is no feed that can be read ({type(error).__name__} in its parser)") from None
    wrong = feed.get("bozo_exception") if feed.bozo else None
    if not feed.version and not feed.entries:
        raise SourceError("", "it is no feed that can be read" + (f": {clean(str(wrong))[:200]}" if wrong else ""))
    if isinstance(wrong, SAXException):
        yield {"problem": f"the feed is malformed ({clean(str(wrong))[:200]}): what could be read of it was read"}, b""
    pieces = list(_pieces(data))
    outlet, language = _plain(feed.feed.get("title")), feed.feed.get("language")
    for number, entry in enumerate(feed.entries):
        contents = [c for c in entry.get("content", ()) if c.get("value")]
        best = max(contents, key=lambda c: len(c["value"]), default=None)
        summary = entry.get("summary_detail") or {}
        link = _web(entry.get("link"))
        words, kind = (best["value"], best.get("type")) if best else (summary.get("value") or "", summary.get("type"))
        yield _entry(
            title=_plain(entry.get("title")),
            link=link,
            published=_when(entry.get("published") or entry.get("updated"), entry.get("published_parsed") or entry.get("updated_parsed")),
            updated=_when(entry.get("updated"), entry.get("updated_parsed")),
            byline=_plain(entry.get("author")),
            outlet=_plain((entry.get("source") or {}).get("title")) or outlet,
            language=(best or summary).get("language") or language,
            body=[clean(line) for line in words.splitlines()] if kind == "text/plain" else _lines(words),
            whole=best is not None,
        ), pieces[number] if len(pieces) == len(feed.entries) else data  # fmt: skip


def _pieces(data: bytes) -> Iterator[bytes]:
    """The bytes of each entry, from its first to its last."""
    tag = b"item" if data.find(b"<item") >= 0 else b"entry"
    at = 0
    while (start := data.find(b"<" + tag, at)) >= 0:
        end = data.find(b"</" + tag, start)
        close = data.find(b">", end)
        if end < 0 or close < 0:
            return
        at = close + 1
        if data[start + 1 + len(tag) : start + 2 + len(tag)] in (b">", b" ", b"\t", b"\r", b"\n"):
            yield data[start:at]


def _when(written: str | None, parsed: time.struct_time | None) -> str | None:
    """The date as the entry writes it, with its zone; where it is in no known form, as feedparser makes it out, in UTC."""
    if written and (date := iso(written)):
        return date
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat() if parsed else None
    except ValueError:
        return None


# --- JSON Feed --------------------------------------------------------------------------------------------------------------------


def _json_feed(data: bytes, address: str) -> Iterator[Answer]:
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise SourceError("", f"it is no JSON Feed that can be read: {error}") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise SourceError("", "it is no JSON Feed: it has no `items`")
    for item in items:
        if not isinstance(item, dict):
            yield {"problem": "one of its `items` is no object: it is passed over"}, b""
            continue
        authors = item.get("authors") or feed.get("authors")
        named = [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
        html, text = item.get("content_html"), item.get("content_text")
        found = _lines(html) if isinstance(html, str) else [clean(line) for line in (_string(text) or "").splitlines()]
        link = _string(item.get("url")) or _string(item.get("external_url"))
        yield _entry(
            title=_plain(_string(item.get("title"))),
            link=_web(link, address),
            published=_when(_string(item.get("date_published")), None),
            updated=_when(_string(item.get("date_modified")), None),
            byline=", ".join(n for n in named if isinstance(n, str)) or None,
            outlet=_plain(_string(feed.get("title"))),
            language=_string(item.get("language")) or _string(feed.get("language")),
            body=found or _lines(_string(item.get("summary")) or ""),
            whole=bool(found),
        ), json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")  # fmt: skip


# --- sitemaps and lists of feeds --------------------------------------------------------------------------------------------------


def addresses(stream: IO[bytes]) -> Iterator[Answer]:
    """What a sitemap names: {"sitemap"} for another sitemap; for a page the same as for an entry of a feed, without words.

    Where some of the pages are marked as news (Google News sitemaps), only these are given.
    """
    found = list(_urls(_capped(stream)))
    news = [said for said in found if said.pop("news", False)]
    for said in news or found:
        yield said, b""


def _urls(data: bytes) -> Iterator[dict[str, Any]]:
    for element in _elements(data, ("url", "sitemap")):
        inner = {_local(child.tag): clean(child.text or "") for child in element.iter() if isinstance(child.tag, str)}
        link = _web(inner.get("loc"))
        if link is None:
            continue
        if _local(element.tag) == "sitemap":
            yield {"sitemap": link, "published": iso(inner.get("lastmod", ""))}
        else:
            yield {
                "title": inner.get("title") or None,
                "link": link,
                "published": iso(inner.get("publication_date") or inner.get("lastmod") or ""),
                "updated": iso(inner.get("lastmod") or ""),
                "byline": None,
                "outlet": inner.get("name") or None,
                "language": inner.get("language") or None,
                "article": None,
                "news": "news" in inner,
            }


def feeds(stream: IO[bytes]) -> Iterator[Answer]:
    """What a list of feeds (OPML) names: {"feed", "title"}."""
    for element in _elements(_capped(stream), ("outline",)):
        link = _web(element.get("xmlUrl") or element.get("xmlurl"))
        if link:
            yield {"feed": link, "title": clean(element.get("title") or element.get("text") or "")}, b""


def _elements(data: bytes, tags: tuple[str, ...]) -> Iterator[Any]:
    """The elements of these names, in any namespace. Entities are not resolved and nothing is loaded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise SourceError("", "it is no XML that can be read")
    yield from root.iter(*(f"{{*}}{tag}" for tag in tags))


# --- words ------------------------------------------------------------------------------------------------------------------------


def _lines(html: str) -> list[str]:
    """The lines of a piece of HTML; none where it is but a comment."""
    from lxml.etree import ParserError

    try:
        return lines(html)
    except ParserError:
        return []


def _entry(
    *, title: str | None, link: str | None, published: str | None, updated: str | None, byline: str | None, outlet: str | None,
    language: str | None, body: list[str], whole: bool,
) -> dict[str, Any]:  # fmt: skip
    said: dict[str, str | None] = {
        "title": title, "published": published, "byline": byline, "outlet": outlet, "language": language,
    }  # fmt: skip
    article: Article | None = None
    body = [line for line in body if line]
    if body and (whole or link is None or sum(len(line.split()) for line in body) >= _WHOLE_WORDS):
        article = assembled([t for t in (title, byline) if t], body, {**said, "url": link})
    return {**said, "link": link, "updated": updated, "article": article}


def _web(link: object, beside: str = "") -> str | None:
    """`link` where it is an address of the web, as it stands in what has the address `beside`."""
    if not isinstance(link, str):
        return None
    try:
        whole = urljoin(beside, link.strip())
        parts = urlsplit(whole)
        return whole if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _plain(words: object) -> str | None:
    """A title or a name as a line of text; feeds write HTML in them too, escaped once or twice."""
    if not isinstance(words, str):
        return None
    return " ".join(_lines(words) if re.search(r"<\w|&#?\w+;", words) else [clean(words)]) or None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
