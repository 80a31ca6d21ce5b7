"""NewsML-G2 and NITF, as agencies send them: each text item is a report (IPTC, NewsML-G2 2.x; NITF 3.x).

The parser resolves no entity and opens nothing: a document that declares entities is refused, since a report has no use for them and
they are how XML unfolds to gigabytes or fetches files. An item that its agency has cancelled or withheld is named and not read: it is no
longer the agency's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, cast

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources.article import Article, assembled, clean, nothing, reports_of, unprefixed, with_dateline
from twosource.sources.dates import iso
from twosource.sources.raw import Raw
from twosource.sources.worker import Answer, ask

EXTRACTOR = "newsml-g2/1"

_PROLOGUE = rb"(?>(?:(?>(?:\xef\xbb\xbf)?\s*+(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]{0,300}(?:\[.*?\]\s*)?>)))*)\s*+"
_ROOT = re.compile(_PROLOGUE + rb"<(?:[A-Za-z][\w.-]*:)?(?:newsMessage|newsItem|packageItem|nitf)[\s>/]", re.DOTALL)

_INSTEAD = "ask its sender for the text"

_ENTITIES = f"its XML declares entities, which a report has no use for and attacks have: it is left unread; {_INSTEAD}"

#: What an item's status may be; without one it is usable (NewsML-G2, "pubStatus").
_WITHDRAWN = {"canceled": "cancelled", "withheld": "withheld"}


def is_newsml(raw: Raw) -> bool:
    """Whether it is an item, or a message of items."""
    return bool(_ROOT.match(raw.head))


def newsml(raw: Raw) -> Iterator[Report | SourceError]:
    """The reports of the items in a message: named by the file, or where it holds several, by their guid."""
    data = raw.whole()
    found = [(said.get("guid"), cast(Article, said["article"])) for said, _ in ask("newsml", raw, data)]
    for number, (guid, article) in enumerate(found, 1):
        item = raw if len(found) == 1 else Raw(f"{raw.file}#{guid or number}", raw.stream, raw.head)
        yield from reports_of(item, data, EXTRACTOR, article)


# --- in the worker --------------------------------------------------------------------------------------------------------------


def items(stream: IO[bytes]) -> Iterator[Answer]:
    """The items in the XML document `stream`."""
    from lxml import etree

    data = stream.read()
    if b"<!ENTITY" in data:
        raise SourceError("", _ENTITIES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError("", f"its XML cannot be parsed ({error.msg}): {_INSTEAD}") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise SourceError("", _ENTITIES)
    many = [
        e for e in root.iter("{*}newsItem", "{*}nitf") if not any(_local(a) == "newsItem" for a in e.iterancestors())
    ]
    for item in many:
        yield {"guid": item.get("guid"), "article": _nitf(item) if _local(item) == "nitf" else _item(item)}, b""
    if not many:
        yield {"article": nothing("it holds no item with a text: it may be a package, or a list of pictures")}, b""


def _item(item: Any) -> Article:
    """The article of a newsItem."""
    status = (_first(item, "itemMeta/pubStatus", "qcode") or "").rpartition(":")[2].lower()
    if status in _WITHDRAWN:
        return nothing(f"its agency has {_WITHDRAWN[status]} this item: it is left unread")
    provider = _name(item, "itemMeta/provider") or _name(item, "contentMeta/infoSource")
    headline = _first(item, "contentMeta/headline") or _first(item, "itemMeta/title")
    byline, dateline = _first(item, "contentMeta/by"), _first(item, "contentMeta/dateline")
    lines = _content(item)
    if not lines:
        return nothing("the item holds no text: it may be a picture, a film or an alert")
    when = (
        _first(item, "itemMeta/firstCreated")
        or _first(item, "contentMeta/contentCreated")
        or _first(item, "itemMeta/versionCreated")
    )
    metadata = {
        "title": headline,
        "outlet": provider,
        "byline": unprefixed(byline),
        "credit": _agency(provider, _first(item, "contentMeta/creditline"), _name(item, "rightsInfo/copyrightHolder")),
        "published": iso(when or ""),
        "language": _first(item, "contentMeta/language", "tag"),
        "url": _address(_first(item, "itemMeta/link", "href")),
    }
    return assembled([t for t in (headline, byline) if t], with_dateline(lines, dateline), metadata)


def _content(item: Any) -> list[str]:
    from twosource.sources.markup import tree_lines

    for content in item.iterfind("{*}contentSet/{*}inlineXML"):
        body = next(content.iter("{*}body.content", "{*}body"), content)
        body = next(body.iter("{*}body.content"), body)
        if found := tree_lines(body):
            return found
    for content in item.iterfind("{*}contentSet/{*}inlineData"):
        if (content.get("contenttype") or "text/plain").startswith("text/plain"):
            return [line for raw in "".join(content.itertext()).splitlines() if (line := clean(raw))]
    return []


def _nitf(root: Any) -> Article:
    """The article of a NITF document that stands by itself."""
    from twosource.sources.markup import tree_lines

    content = next(root.iter("{*}body.content"), None)
    lines = tree_lines(content) if content is not None else []
    if not lines:
        return nothing("the document holds no text")
    headline, byline = _text(root, "{*}hl1") or _text(root, "{*}title"), _text(root, "{*}byline")
    dateline = _text(root, "{*}dateline")
    issued = next((e.get("norm") for e in root.iter("{*}date.issue")), None)
    source = _text(root, "{*}distributor")
    metadata = {
        "title": headline, "byline": unprefixed(byline), "outlet": source, "credit": _agency(source), "published": iso(issued or ""),
    }  # fmt: skip
    return assembled([t for t in (headline, byline) if t], with_dateline(lines, dateline), metadata)


def _agency(*names: str | None) -> str | None:
    from twosource.sources.credit import agency

    return next((found for name in names if (found := agency(name))), None)


def _address(words: str | None) -> str | None:
    return words if words and words.startswith(("http://", "https://")) else None


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(root: Any, name: str) -> str | None:
    return next((words for e in root.iter(name) if (words := clean(" ".join(e.itertext())))), None)


def _first(item: Any, path: str, attribute: str | None = None) -> str | None:
    """The words of the first element at `path`, or its `attribute`."""
    for element in item.iterfind("/".join(f"{{*}}{step}" for step in path.split("/"))):
        words = element.get(attribute) if attribute else clean("".join(element.itertext()))
        if words:
            return str(words)
    return None


def _name(item: Any, path: str) -> str | None:
    """What a party is called: by its name, else by the literal or the code that it is given."""
    return (
        _first(item, f"{path}/name")
        or _first(item, path, "literal")
        or (_first(item, path, "qcode") or "").rpartition(":")[2]
        or None
    )
