"""HTML pages: the article on a page is the report."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator
from dataclasses import replace

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources.page_metadata import host
from twosource.sources.raw import Raw
from twosource.sources.record import report
from twosource.sources.worker import answer

_NAMES = frozenset({".html", ".htm", ".xhtml"})

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>(?:(?>\s*+(?:<\?.*?\?>|<!--.*?-->)))*)\s*+<(?:!doctype\s+html|html|head|body)[\s>]",
    re.DOTALL | re.IGNORECASE,
)


def is_html(raw: Raw) -> bool:
    """Whether it is a page: by how it begins, or by its name."""
    return raw.suffix in _NAMES or bool(_PAGE.match(raw.head))


def extractor() -> str:
    """The name and version of what extracts articles, as a report keeps it."""
    return f"html/trafilatura-{importlib.metadata.version('trafilatura')}"


def pages(raw: Raw) -> Iterator[Report | SourceError]:
    """The one report of a page, and a problem beside it where a part of the page was lost."""
    data = raw.whole()
    found = answer("html", raw, data, charset=raw.charset)
    if found["cut"]:
        yield SourceError(
            raw.file,
            f"the page is built beyond what the parser takes ({found['cut']}); a part of its text may be missing: save its text as .txt",
        )
    if not found["text"]:
        yield SourceError(raw.file, _nothing(found["words"]))
        return
    known = found["metadata"]
    if raw.url:
        known = {**known, "url": known["url"] or raw.url, "outlet": known["outlet"] or host(raw.url)}
    whole = report(raw.file, found["text"], data, extractor(), **known)
    yield replace(whole, head=tuple(whole.span(start, end) for start, end in found["head"]))


def _nothing(words: int) -> str:
    """Why a page of so many words has no article, as far as it can be told."""
    if words < 20:
        return "the page holds no article text: it may be made by a script in the browser; save it from there as text"
    return f"no article was found among the {words:,} words of the page: save its text as .txt"
