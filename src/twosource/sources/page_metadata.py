"""What a page says of itself: schema.org (JSON-LD), meta elements, and the words a reader sees, in this order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from twosource.sources.article import unprefixed
from twosource.sources.dates import iso

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: schema.org's types of articles end in these.
_ARTICLE = re.compile(
    r"(?:Article|BlogPosting|Report|LiveBlogPosting|ReportageNewsArticle|AnalysisNewsArticle|WebPage)$"
)

#: What htmldate takes for possible. A fixed end, for its own is today: one page must have one date for ever.
_EARLIEST, _LATEST = "1990-01-01", "2099-12-31"


def metadata(tree: HtmlElement) -> dict[str, str | None]:
    """Outlet, title, byline, credit, date, language and address as the page tells them; None where it does not."""
    said = _schema(tree)
    meta = _meta(tree)
    url = _address(tree, meta, said)
    return {
        "url": url,
        "outlet": _name(said.get("publisher"))
        or meta.get("og:site_name")
        or meta.get("application-name")
        or meta.get("publisher")
        or host(url),
        "title": _string(said.get("headline"))
        or meta.get("og:title")
        or meta.get("twitter:title")
        or _first(tree, "//h1")
        or _first(tree, "//title"),
        "byline": _byline(tree, meta, said),
        "credit": _credit(meta, said),
        "published": _published(tree, meta, said, url),
        "language": _language(tree, said),
    }


def told_text(tree: HtmlElement) -> str | None:
    """The article's text as the page tells it to machines (schema.org, articleBody)."""
    told = _schema(tree).get("articleBody")
    return told if isinstance(told, str) else None


def names(words: str) -> bool:
    """Whether `words` may be a byline: "By", or capitals, and no sentence."""
    bare = unprefixed(words) or ""
    return (
        bool(bare) and bare[0].isupper() and not re.search(r"[.!?]\s+[A-Z].*[.!?]$", bare) and len(bare.split()) <= 14
    )


def _schema(tree: HtmlElement) -> dict[str, Any]:
    """The first article that the page's JSON-LD describes, else what its microdata says of headline and date."""
    best: dict[str, Any] = {}
    for script in tree.xpath("//script[contains(@type,'ld+json')]"):
        try:
            data = json.loads(script.text_content().strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            kinds = thing.get("@type")
            kinds = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
            if any(isinstance(k, str) and _ARTICLE.search(k) for k in kinds) and (
                not best or ("headline" in thing and "headline" not in best)
            ):
                best = thing
    return best


def _things(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for one in data:
            yield from _things(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth + 1)


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if key and content:
            found.setdefault(key.strip().lower(), content)
    return found


def _string(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    """The name of a person or an organisation, or of several, as schema.org may write them."""
    if isinstance(value, list):
        return ", ".join(n for v in value if (n := _name(v))) or None
    if isinstance(value, dict):
        return _name(value.get("name"))
    text = _string(value)
    return None if text is None or text.startswith(("http:", "https:")) else text


def _first(tree: HtmlElement, path: str) -> str | None:
    return next((words for e in tree.xpath(path) if (words := " ".join(" ".join(e.itertext()).split()))), None)


def _byline(tree: HtmlElement, meta: dict[str, str], said: dict[str, Any]) -> str | None:
    seen = (
        _name(said.get("author")),
        _name(said.get("creator")),
        meta.get("author"),
        meta.get("byl"),
        meta.get("parsely-author"),
        meta.get("dc.creator"),
        _first(tree, "//*[@itemprop='author' or @rel='author']"),
        _first(tree, "//*[contains(@class,'byline') or contains(@class,'Byline')]"),
    )
    for words in seen:
        if words and len(words) <= 200 and not words.startswith(("http:", "https:", "@")):
            return unprefixed(words)
    return None


def _credit(meta: dict[str, str], said: dict[str, Any]) -> str | None:
    """The agency that the page names as its source, where that is not the outlet itself."""
    from twosource.sources.credit import agency

    own = (_name(said.get("publisher")) or meta.get("og:site_name") or "").casefold()
    places = (
        said.get("creditText"),
        said.get("sourceOrganization"),
        said.get("provider"),
        said.get("copyrightHolder"),
        said.get("author"),
        said.get("creator"),
        meta.get("source"),
        meta.get("article:provider"),
        meta.get("dc.source"),
        meta.get("syndication-source"),
        meta.get("original-source"),
        meta.get("author"),
    )
    for place in places:
        for name in re.split(r"\s*[,;/]\s*|\s+and\s+", _name(place) or ""):
            if (found := agency(name)) and name.casefold() != own:
                return found
    return None


def _published(tree: HtmlElement, meta: dict[str, str], said: dict[str, Any], url: str | None) -> str | None:
    told = [
        said.get("datePublished"),
        meta.get("article:published_time"),
        meta.get("datepublished"),
        meta.get("og:published_time"),
        meta.get("parsely-pub-date"),
    ]
    told += [
        e.get("datetime") or e.get("content")
        for e in tree.xpath("//time[@pubdate or @itemprop='datePublished'] | //*[@itemprop='datePublished']")
    ]
    for words in told:
        if (text := _string(words)) and (date := iso(text)):
            return date
    from copy import deepcopy

    from htmldate import find_date

    found = find_date(
        deepcopy(tree), extensive_search=False, original_date=True, url=url, min_date=_EARLIEST, max_date=_LATEST
    )
    return iso(found) if found else None


def _address(tree: HtmlElement, meta: dict[str, str], said: dict[str, Any]) -> str | None:
    """The canonical address, http or https only."""
    entity = said.get("mainEntityOfPage")
    told = [
        *tree.xpath("//link[@rel='canonical']/@href"),
        meta.get("og:url"),
        said.get("url"),
        entity.get("@id") if isinstance(entity, dict) else entity,
    ]
    base = next(iter(tree.xpath("//base/@href")), "")
    for words in told:
        text = _string(words)
        try:
            whole = urljoin(base, text) if text else ""
            if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname:
                return whole
        except ValueError:
            continue
    return None


def host(url: str | None) -> str | None:
    """The host of an address, without "www."; None where it has none, or is no address."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _language(tree: HtmlElement, said: dict[str, Any]) -> str | None:
    """What the article says of its language; the page's own `lang` is the template's, and often wrong, so the text decides."""
    told = _string(said.get("inLanguage"))
    return told if told and re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", told) else None
