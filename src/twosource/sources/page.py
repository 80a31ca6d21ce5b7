"""A page → its article: the text, the head kept at its top, and what the page says of itself.

Runs in a worker (`worker`), since trafilatura's cost grows faster than the page. Everything that the page knows of itself
is taken from the whole page before the article is cut out of it, for extractors drop bylines, datelines and agencies' credits. The
tree is parsed here with `huge_tree`: trafilatura's own parser drops text nested 256 deep, or a node over 10 MB, and all after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from twosource.errors import SourceError
from twosource.sources.article import Article, assembled, clean, key, nothing
from twosource.sources.dateline import dateline
from twosource.sources.decode import decoded
from twosource.sources.markup import parsed
from twosource.sources.page_body import body
from twosource.sources.page_metadata import metadata, names, told_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INSTEAD = "save its text as .txt"

#: The encoding a page names (HTML Living Standard, "prescan a byte stream"): in its first 1,024 bytes, and a little further.
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)

#: What the standard has browsers read these as (Encoding Standard, "names and labels").
_READ_AS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


def articles(stream: IO[bytes], charset: str | None = None) -> Iterator[tuple[Article, bytes]]:
    """The article of the page whose bytes `stream` gives; `charset` is what its server says of the encoding."""
    data = stream.read()
    named = _CHARSET.search(data[:4096])
    # What its server says outweighs what the page says (HTML Living Standard, "determining the character encoding").
    declared = charset or (named[1].decode("ascii").lower() if named else None)
    page = decoded("", data, _READ_AS.get(declared or "", declared))
    if not page.strip():
        raise SourceError("", "it holds no text")
    yield article(page), b""


def article(page: str) -> Article:
    """The article on `page`; its text is empty where the page has none."""
    tree, cut = parsed(page)
    if tree is None:
        return nothing(_why_nothing(0))
    known = metadata(tree)
    tops = list(_head(tree, known["title"]))
    datelines = list(_datelines(tree))
    lines = body(tree, told_text(tree))
    problems = (
        [f"the page is built beyond what the parser takes ({cut}); a part of its text may be missing: {_INSTEAD}"]
        if cut
        else []
    )
    if not lines:
        return nothing(_why_nothing(_count(page)), problems)
    return assembled(tops, [_with_dateline(line, datelines) for line in lines], known, problems)


def _why_nothing(words: int) -> str:
    """Why a page of so many words has no article, as far as it can be told."""
    if words < 20:
        return "the page holds no article text: it may be made by a script in the browser; save it from there as text"
    return f"no article was found among the {words:,} words of the page: {_INSTEAD}"


def _count(page: str) -> int:
    """How many words stand on `page`, roughly, its scripts and styles apart."""
    return len(re.findall(r"\w+", re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>", " ", page[:1_000_000])))


def _words(element: Any) -> str:
    return clean(" ".join(element.itertext()))


# --- the head -------------------------------------------------------------------------------------------------------------------

_BYLINE = (
    "//*[@rel='author' or @itemprop='author' or contains(@class,'byline') or contains(@class,'Byline') "
    "or contains(@class,'author') or contains(@class,'Author')]"
)
_DATE = (
    "//time | //*[@itemprop='datePublished'] | //*[contains(@class,'dateline') or contains(@class,'timestamp') "
    "or contains(@class,'pubdate') or contains(@class,'publish')]"
)


def _head(tree: HtmlElement, title: str | None) -> Iterator[str]:
    """The headline, the byline and the date that a reader sees above the article, in the order of the page."""
    found: dict[Any, str] = {}
    if (headline := _headline(tree, title)) is not None:
        found[headline] = _words(headline)
        below = headline.xpath("following::*")
        places = set(below[:400])
    else:
        places = None
    for path, fits in ((_BYLINE, names), (_DATE, _is_date)):
        for element in tree.xpath(path):
            words = _words(element)
            if 0 < len(words) <= 120 and fits(words) and (places is None or element in places) and element not in found:
                if not any(element in other.iterdescendants() or other in element.iterdescendants() for other in found):
                    found[element] = words
                break
    order = {element: i for i, element in enumerate(tree.iter())}
    for element in sorted(found, key=lambda e: order[e]):
        yield found[element]


def _headline(tree: HtmlElement, title: str | None) -> Any:
    """The heading that is the article's title: sites put their own name into another one."""
    headings = [h for h in tree.xpath("//h1") if _words(h)]
    for heading in headings:
        if title and key(_words(heading))[:60] and key(title).startswith(key(_words(heading))[:60]):
            return heading
    return next((h for h in headings if len(_words(h).split()) > 3), None)


def _is_date(words: str) -> bool:
    return bool(re.search(r"\d", words)) and len(words) <= 80


# --- datelines ------------------------------------------------------------------------------------------------------------------


def _datelines(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Each dateline on the page, and the beginning of what follows it in its paragraph."""
    for element in tree.iter("p", "div", "span", "li"):
        if element.tag == "div" and (_only_wraps(element) or element.find(".//p") is not None):
            continue
        words = _words(element)[:400]
        if length := dateline(words):
            rest = words[length:].strip()
            if not rest and (after := element.getnext()) is not None:
                rest = _words(after)[:400]
            if rest:
                yield words[:length], key(rest)[:40]


def _only_wraps(element: Any) -> bool:
    """Whether it begins with another box, which is asked itself: nested thousands deep, each would be walked from each."""
    return len(element) > 0 and element[0].tag == "div" and not (element.text or "").strip()


def _with_dateline(line: str, datelines: list[tuple[str, str]]) -> str:
    if not dateline(line):
        start = key(line[:200])
        for words, rest in datelines:
            if len(rest) >= 12 and start.startswith(rest):
                return f"{words} {line}"
    return line
