"""Markup that is all text, as in a mail or an agency's item: its lines, one a paragraph, without looking for an article in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from twosource.sources.article import clean

if TYPE_CHECKING:
    from twosource.sources.worker import Answer

#: Elements that stand within a line (HTML Living Standard, "phrasing content"); all others begin one.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr output q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr "
    "chron copyrite event function location money num object.title org person postaddr virtloc".split()  # NITF's own
)
_UNSEEN = frozenset("script style head title template noscript iframe object svg select textarea button".split())


def lines(markup: str) -> list[str]:
    """The lines of `markup`, HTML or a fragment of it, without white space around them.

    >>> lines("<p>A ferry <b>sank</b>.</p><div>Nine are<br>missing.</div><script>x()</script>")
    ['A ferry sank.', 'Nine are', 'missing.']
    """
    tree, _ = parsed(markup)
    return [] if tree is None else tree_lines(tree)


def parsed(markup: str) -> tuple[Any, str | None]:
    """The tree of `markup`, None where it has no element at all; and the parser's own word where it gave up on a part of it."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        tree = document_fromstring(markup.replace("\0", "\ufffd").encode("utf-8", "replace"), parser=parser)
    except ParserError:
        return None, None
    # Of malformed markup the parser makes several trees: what stands in another than the first would be lost.
    for stray in [e for e in tree.itersiblings() if isinstance(e.tag, str)]:
        tree.append(stray)
    return tree, next((e.message.strip() for e in parser.error_log if e.type_name == "ERR_RESOURCE_LIMIT"), None)


def tree_lines(tree: Any) -> list[str]:
    """The lines of a tree, HTML, XHTML or NITF, by the local names of its elements."""
    from lxml.etree import iterwalk

    found: list[str] = []
    pieces: list[str] = []

    def end_line() -> None:
        if line := clean("".join(pieces)):
            found.append(line)
        pieces.clear()

    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in {"comment", "pi"}:
            pieces.append(element.tail or "")
            continue
        name = str(element.tag).rpartition("}")[2].lower()
        if event == "start":
            if name in _UNSEEN or _is_hidden(element):
                walk.skip_subtree()
                continue
            if name not in _INLINE:
                end_line()
            pieces.append(element.text or "")
        else:
            if name not in _INLINE and name not in _UNSEEN:
                end_line()
            if element is not tree:
                pieces.append(element.tail or "")
    end_line()
    return found


def lines_of(stream: IO[bytes], charset: str | None = None) -> Iterator[Answer]:
    """The lines of the markup that `stream` gives. Runs in the worker."""
    from twosource.sources.decode import decoded

    yield {"lines": lines(decoded("", stream.read(), charset))}, b""


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
