"""HTML pages: the article on a page is the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources.decode import decoded
from twosource.sources.raw import Raw
from twosource.sources.record import report

_NAMES = frozenset({".html", ".htm", ".xhtml"})

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>(?:(?>\s*+(?:<\?.*?\?>|<!--.*?-->)))*)\s*+<(?:!doctype\s+html|html|head|body)[\s>]",
    re.DOTALL | re.IGNORECASE,
)

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


def is_html(raw: Raw) -> bool:
    """Whether it is a page: by how it begins, or by its name."""
    return raw.suffix in _NAMES or bool(_PAGE.match(raw.head))


def pages(raw: Raw) -> Iterator[Report | SourceError]:
    """The one report of a page, and a problem beside it where a part of the page was lost."""
    from twosource.sources.extraction import extract, extractor

    data = raw.whole()
    named = _CHARSET.search(data[:4096])
    # What its server says outweighs what the page says (HTML Living Standard, "determining the character encoding").
    declared = raw.charset or (named[1].decode("ascii").lower() if named else None)
    page = decoded(raw.file, data, _READ_AS.get(declared or "", declared))
    if not page.strip():
        yield SourceError(raw.file, "it holds no text")
        return
    found = extract(raw.file, page)
    if found["cut"]:
        yield SourceError(
            raw.file,
            f"the page is built beyond what the parser takes ({found['cut']}); a part of its text may be missing: save its text as .txt",
        )
    if not found["text"]:
        yield SourceError(raw.file, _nothing(page))
        return
    whole = report(raw.file, found["text"], data, extractor(), **found["metadata"])
    yield replace(whole, head=tuple(whole.span(start, end) for start, end in found["head"]))


def _nothing(page: str) -> str:
    """Why a page has no article, as far as it can be told."""
    words = len(re.findall(r"\w+", re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>", " ", page[:1_000_000])))
    if words < 20:
        return "the page holds no article text: it may be made by a script in the browser; save it from there as text"
    return f"no article was found among the {words:,} words of the page: save its text as .txt"
