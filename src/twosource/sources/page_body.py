"""The lines of a page's article: what trafilatura takes for it, and what it loses.

Measured (benchmarks/extraction.py), it loses paragraphs that stand in a box of their own above the article, all that is laid out in tables,
and articles that a script is to put on the page; and it takes lists of teasers under a short article for more of it. So layout tables are
made boxes and lists of teasers are taken out before it looks, paragraphs that it passes over between the headline and the article's end
are put back, and where it finds little of the text that the page tells of itself (schema.org's articleBody), that is taken.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from twosource.sources.article import clean, key
from twosource.sources.dateline import dateline

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Letters of a cell from which on its table is one for layout: cells of figures and names are short.
_LAYOUT_LETTERS = 600

#: What makes a list of teasers: so many of one kind side by side, each a heading that is a link, and at most so many letters.
_TEASERS, _TEASER_LETTERS = 3, 300

#: Letters that a paragraph passed over must have to be put back, and the share of them that may be links.
_PARAGRAPH_LETTERS, _LINKED = 60, 0.3

#: The page's own text is taken where extraction finds less than this share of it.
_LITTLE = 0.5

#: Letters that a heading between paragraphs has at most.
_HEADING_LETTERS = 150

_PARTS = frozenset({"p", "h2", "h3", "h4"})
_BESIDE = frozenset(
    "nav aside footer form figure figcaption dialog button noscript script style template iframe select svg".split()
)
_BESIDE_NAMES = re.compile(
    r"newsletter|promo|related|recirc|share|social|comment|advert|subscri|cookie|consent|teaser|sidebar|widget|foot|caption|sign-?up|donat"
    r"|banner|modal|popup|breadcrumb|menu|tags?\b|pagination|(?:^|[\s_-])ad(?:$|[\s_-])",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")


def body(tree: HtmlElement, told: str | None = None) -> list[str]:
    """The lines of the article in `tree`; `told` is the article as the page itself tells it, for machines. Changes `tree`."""
    passed = list(_paragraphs(tree))
    _unlaid(tree)
    whole = copy.deepcopy(tree) if (teasers := _teasers(tree)) else None
    for teaser in teasers:
        teaser.drop_tree()
    lines = _extracted(tree) or (_extracted(whole) if whole is not None else [])
    own = [line for raw in (told or "").splitlines() if (line := clean(raw))]
    if _letters(lines) < _LITTLE * _letters(own) or (
        len(own) > len(lines) and key("".join(own)) == key("".join(lines))
    ):
        return own  # what trafilatura finds of it comes without its paragraphs
    return list(_with_datelines(_with_lost(lines, passed)))


def _extracted(tree: HtmlElement) -> list[str]:
    """What trafilatura takes for the article, line by line, without lines that hold no word."""
    import trafilatura

    text = trafilatura.extract(tree, output_format="txt", include_comments=False, include_tables=True) or ""
    return [line for raw in text.splitlines() if key(line := clean(raw))]


def _letters(lines: list[str]) -> int:
    return sum(len(key(line)) for line in lines)


def _unlaid(tree: HtmlElement) -> None:
    """Make tables that lay out the page into boxes."""
    for cell in [c for c in tree.iter("td") if _is_layout(c)]:
        table = next(cell.iterancestors("table"), None)
        if table is None:
            continue
        for part in [table, *table.iter("tbody", "tr", "td")]:
            part.tag = "div"


def _is_layout(cell: Any) -> bool:
    length = 0
    for words in cell.itertext():
        length += len(words.strip())
        if length > _LAYOUT_LETTERS:
            return True
    return False


def _teasers(tree: HtmlElement) -> list[Any]:
    """The elements that stand side by side in lists of teasers."""
    found: list[Any] = []
    by_parent: dict[Any, list[Any]] = {}
    for heading in tree.iter("h2", "h3", "h4", "h5"):
        box = heading.getparent()
        if box is None or box.tag in {"body", "main", "article", "html"} or not _is_link(heading):
            continue
        if box.getparent() is not None and len(" ".join(box.itertext())) <= _TEASER_LETTERS:
            by_parent.setdefault(box.getparent(), []).append(box)
    for boxes in by_parent.values():
        if len(boxes) >= _TEASERS:
            found += boxes
    return found


def _is_link(heading: Any) -> bool:
    return heading.find(".//a") is not None or (heading.getparent() is not None and heading.getparent().tag == "a")


# --- what is passed over ----------------------------------------------------------------------------------------------------------


def _paragraphs(tree: HtmlElement) -> Iterator[tuple[str, bool]]:
    """The words of the page's paragraphs, from its headline on, in its order, without those in boxes beside the article; headings between
    them too, and which they are.
    """
    from lxml.etree import iterwalk

    begun = tree.find(".//h1") is None
    walk = iterwalk(tree, events=("start",))
    for _, element in walk:
        name = element.tag
        if name == "h1":
            begun = True
        if name in _BESIDE or (name not in {"html", "body", "main", "article", "p"} and _stands_beside(element)):
            walk.skip_subtree()
        elif name in _PARTS and begun and (words := clean(" ".join(element.itertext()))):
            linked = sum(len(" ".join(a.itertext())) for a in element.iter("a"))
            yield words if linked <= _LINKED * len(words) and not _stands_beside(element) else "", name != "p"


def _stands_beside(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    hidden = element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")
    return hidden or bool(_BESIDE_NAMES.search(names[:200]))


def _with_lost(lines: list[str], passed: list[tuple[str, bool]]) -> list[str]:
    """`lines` with the paragraphs that stand before one of them on the page, and are sentences, and were passed over; and with the headings
    that stand right before one.
    """
    places = {key(line): at for at, line in reversed(list(enumerate(lines)))}
    known = "\n".join(places)
    before: dict[int, list[str]] = {}
    waiting: list[str] = []
    heading = ""
    for words, is_heading in passed:
        bare = key(words)
        if bare in places:
            before.setdefault(places[bare], []).extend([*waiting, *([heading] if heading else [])])
            waiting = []
        elif len(words) >= _PARAGRAPH_LETTERS and _ENDED.search(words) and bare not in known:
            waiting.append(words)
        heading = words if is_heading and bare not in places and len(words) <= _HEADING_LETTERS else ""
    lost = [words for several in before.values() for words in several]
    if _letters(lost) > _letters(lines):  # then it is the page that is strange, not the extraction
        return lines
    return [each for at, line in enumerate(lines) for each in (*before.get(at, ()), line)]


def _with_datelines(lines: list[str]) -> Iterator[str]:
    """`lines`, those that are but a dateline joined with the next."""
    waiting = ""
    for line in lines:
        if not waiting and dateline(line) == len(line):
            waiting = line
            continue
        yield f"{waiting} {line}" if waiting else line
        waiting = ""
    if waiting:
        yield waiting
