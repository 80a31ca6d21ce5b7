"""HTML pages: the article on a page is the report."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator
from typing import cast

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources.article import Article, reports_of
from twosource.sources.raw import Raw
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
    return f"html-2/trafilatura-{importlib.metadata.version('trafilatura')}"


def pages(raw: Raw) -> Iterator[Report | SourceError]:
    """The one report of a page, and a problem beside it where a part of the page was lost."""
    data = raw.whole()
    yield from reports_of(raw, data, extractor(), cast(Article, answer("html", raw, data, charset=raw.charset)))
