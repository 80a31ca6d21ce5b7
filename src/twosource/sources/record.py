"""A text and what is known of it → Report: hashes and the id are made here, for every format alike."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePath

from twosource.errors import SourceError, UsageError
from twosource.model import Report, content_id
from twosource.sources.dates import iso
from twosource.sources.raw import printable

#: What a report may be told to be, beside its text.
METADATA = ("url", "outlet", "title", "byline", "credit", "published", "language", "same_source_as")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


_KEPT: ContextVar[dict[str, bytes] | None] = ContextVar("raw bytes kept", default=None)


@contextmanager
def raw_bytes() -> Iterator[dict[str, bytes]]:
    """Where, inside the block, the raw bytes of each report are put that is made, by sha-256; who wants to keep them takes them out.

    A report holds the hash alone, so that a thousand reports do not hold a thousand files.
    """
    kept: dict[str, bytes] = {}
    before = _KEPT.set(kept)
    try:
        yield kept
    finally:
        _KEPT.reset(before)


def report(file: str, text: str, raw: bytes, extractor: str, **metadata: str | None) -> Report:
    """The report `file` with `text`, read out of `raw` by `extractor`; `metadata` may name any of `METADATA`.

    Where no credit is given, the text and the byline are asked for one. `published` must be ISO 8601 by now.
    """
    file, text = printable(file), printable(text)
    sha256 = hashlib.sha256(raw).hexdigest()
    if (kept := _KEPT.get()) is not None:
        kept[sha256] = raw
    known = {key: tidy(value) for key, value in metadata.items()}
    known["credit"] = known.get("credit") or _credit(text, known.get("byline"))
    if (language := known.get("language")) and not _LANGUAGE.fullmatch(language):
        known["language"] = None
    return Report(
        content_id("r", PurePath(file).name or file, text),
        file,
        text,
        sha256,
        hashlib.sha256(text.encode("utf-8")).hexdigest(),
        extractor,
        url=known.get("url"),
        outlet=known.get("outlet"),
        title=known.get("title"),
        byline=known.get("byline"),
        credit=known["credit"],
        published=known.get("published"),
        language=known.get("language"),
        same_source_as=known.get("same_source_as"),
    )


def tidy(value: object) -> str | None:
    """A line of metadata: white space made single, None where nothing is left or it is no string."""
    return " ".join(printable(value).split()) or None if isinstance(value, str) else None


def from_text(text: str, *, file: str = "text", **metadata: str | None) -> Report:
    """The report whose text is `text`, kept to the last character; `file` names it, `metadata` may be any of
    `METADATA`.

    Raises UsageError where `metadata` names something else or `published` is no ISO 8601 date, SourceError where `text`
    is empty.

    >>> from_text("Two were hurt.", outlet="The Harbour Post", published="2031-03-04").published
    '2031-03-04'
    """
    if strange := sorted(metadata.keys() - set(METADATA)):
        raise UsageError(f"a report has no {', '.join(strange)}: it may be given {', '.join(METADATA)}")
    if given := metadata.get("published"):
        metadata["published"] = iso(given)
        if metadata["published"] is None:
            raise UsageError(
                f"“{given}” is no date of publication: write it as 2024-05-31 or 2024-05-31T18:30:00+02:00"
            )
    if not text or text.isspace():
        raise SourceError(file, "it holds no text")
    return report(file, text, printable(text).encode("utf-8"), "text/1", **metadata)


def _credit(text: str, byline: str | None) -> str | None:
    # Imported here, since its patterns take a moment to build and a credit may be known already.
    from twosource.sources.credit import credit

    return credit(text, byline)
