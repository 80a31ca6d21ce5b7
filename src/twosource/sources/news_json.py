"""Reports in JSON that others write: ninjs (IPTC), schema.org's NewsArticle, entries of feeds.

Each is turned into the record that a report of our own would be: `text` and what is known of it. An entry that has but a summary is no
report, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from twosource.errors import SourceError
from twosource.sources.article import Article, assembled, clean, unprefixed, with_dateline
from twosource.sources.dates import iso
from twosource.sources.raw import Raw
from twosource.sources.worker import answer

#: Where each shape keeps its text: plain, and as markup.
_PLAIN = ("body_text", "articleBody", "content_text", "bodyText")
_MARKUP = ("body_xhtml", "body_html", "content_html", "content:encoded", "content_encoded", "bodyHtml")

#: Keys by which an object is known for one of these shapes, beside its text.
_SHAPE = frozenset(
    "headline headlines versioncreated firstcreated pubstatus articleBody datePublished guid pubDate date_published isoDate link permalink "
    "content_html content_text body_text body_xhtml body_html bodies @type".split()
)
_WITHDRAWN = {"canceled": "cancelled", "cancelled": "cancelled", "withheld": "withheld"}


def is_news(record: Mapping[str, Any]) -> bool:
    """Whether `record`, which has no `text` of its own, has the shape of one of these."""
    return bool(_SHAPE & record.keys())


def article(record: Mapping[str, Any], raw: Raw) -> Article:
    """The article of `record`, which is `raw`'s. Raises SourceError where it has none."""
    status = _words(record.get("pubstatus")) or ""
    if status.lower() in _WITHDRAWN:
        raise SourceError(raw.file, f"its agency has {_WITHDRAWN[status.lower()]} this item: it is left unread")
    lines = _lines(record, raw)
    if not lines:
        why = "it has but a summary" if record.get("summary") or record.get("description") else "it has no text"
        raise SourceError(raw.file, f"{why}: give the page that it is about, or its words under the key `text`")
    provider = _name(record.get("provider")) or _name(record.get("infosources")) or _name(record.get("publisher"))
    headline = next(
        (w for k in ("headline", "title", "name") if (w := _words(record.get(k)))), None
    ) or _words(_chosen(record.get("headlines")))  # fmt: skip
    byline = _words(record.get("byline")) or _names(
        record.get("by"), record.get("author"), record.get("authors"), record.get("creator")
    )
    dateline = _words(record.get("dateline"))
    credits_ = (
        provider,
        _name(record.get("copyrightholder")),
        _words(record.get("creditline")),
        _words(record.get("creditText")),
    )
    metadata = {
        "title": headline,
        "outlet": provider or _words(record.get("outlet")),
        "byline": unprefixed(byline),
        "credit": _agency(*credits_),
        "published": next((date for k in _DATES if (date := iso(_words(record.get(k)) or ""))), None),
        "language": _words(record.get("language")) or _words(record.get("inLanguage")),
        "url": next(
            (w for k in _ADDRESSES if (w := _words(record.get(k)) or "").startswith(("http://", "https://"))), None
        ),
    }
    return assembled([t for t in (headline, byline) if t], with_dateline(lines, dateline), metadata)


_ADDRESSES = ("url", "link", "permalink", "uri", "guid")
_DATES = (
    "published",
    "firstcreated",
    "contentcreated",
    "datePublished",
    "date_published",
    "pubDate",
    "isoDate",
    "versioncreated",
)


def _lines(record: Mapping[str, Any], raw: Raw) -> list[str]:
    """The lines of its text, from where its shape keeps it."""
    for key in _PLAIN:
        if isinstance(words := record.get(key), str) and words.strip():
            return _split(words)
    bodies = record.get("bodies")
    several = [b for b in bodies if isinstance(b, dict)] if isinstance(bodies, list) else []
    for body in several:
        if str(body.get("contenttype", "")).startswith("text/plain") and isinstance(body.get("value"), str):
            return _split(body["value"])
    marked = [record.get(key) for key in _MARKUP] + [b.get("value") for b in several] + [record.get("content")]
    for markup in marked:
        if isinstance(markup, list) and markup and isinstance(markup[0], dict):
            markup = markup[0].get("value")
        if isinstance(markup, str) and markup.strip():
            found = answer("markup", raw, markup.encode("utf-8", "replace"), charset="utf-8")
            return list(found["lines"])
    return []


def _split(words: str) -> list[str]:
    return [line for raw in words.splitlines() if (line := clean(raw))]


def _words(value: object) -> str | None:
    return clean(value) or None if isinstance(value, str) else None


def _chosen(values: object) -> object:
    """The value of the main one of several: ninjs 2 keeps headlines by role."""
    several = [v for v in values if isinstance(v, dict)] if isinstance(values, list) else []
    main = [v for v in several if v.get("role") in {None, "main"}]
    return next((v.get("value") for v in main or several), None)


def _name(value: object) -> str | None:
    """What a party is called, the first of several."""
    if isinstance(value, list):
        return next((n for v in value if (n := _name(v))), None)
    if isinstance(value, dict):
        return _words(value.get("name")) or _words(value.get("literal"))
    words = _words(value)
    return None if words and words.startswith(("http:", "https:")) else words


def _names(*values: object) -> str | None:
    """The names in the first of `values` that has any."""
    for value in values:
        several: Iterable[object] = value if isinstance(value, list) else [value]
        if found := ", ".join(n for v in several if (n := _name(v))):
            return found
    return None


def _agency(*names: str | None) -> str | None:
    from twosource.sources.credit import agency

    return next((found for name in names if (found := agency(name))), None)
