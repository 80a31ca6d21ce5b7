"""HTML pages. (stub while the extractor is being written)"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources.raw import Raw

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:(?>\s*+(?:<\?.*?\?>|<!--.*?-->)))*+\s*+<(?:!doctype\s+html|html|head|body)[\s>]",
    re.DOTALL | re.IGNORECASE,
)


def is_html(raw: Raw) -> bool:
    """Whether it is a page: by how it begins, or by its name where it does not begin as something else."""
    return bool(_PAGE.match(raw.head)) or raw.suffix in {".html", ".htm", ".xhtml"}


def pages(raw: Raw) -> Iterator[Report | SourceError]:
    """The one report of a page."""
    yield SourceError(raw.file, "pages are not read yet")
