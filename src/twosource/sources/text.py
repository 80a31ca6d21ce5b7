"""A plain text file is its text, to the last character."""

from __future__ import annotations

from collections.abc import Iterator

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources.decode import decoded
from twosource.sources.raw import Raw
from twosource.sources.record import report

EXTRACTOR = "text/1"


def texts(raw: Raw) -> Iterator[Report | SourceError]:
    """The one report that a text file is."""
    data = raw.whole()
    text = decoded(raw.file, data, raw.charset)
    if not text or text.isspace():
        yield SourceError(raw.file, "it holds no text")
        return
    yield report(raw.file, text, data, EXTRACTOR)
