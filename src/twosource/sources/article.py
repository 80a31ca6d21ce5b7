"""What a parser makes of one document, and the report made of that: a text with its head on top, and what the document says of itself.

Pages, PDF, mail and agencies' formats all end here. An `Article` is plain data, since it comes out of a worker as JSON.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypedDict

from twosource.errors import SourceError
from twosource.limits import TEXT_CHARACTERS
from twosource.model import Report
from twosource.sources.dateline import dateline
from twosource.sources.raw import Raw
from twosource.sources.record import METADATA, report

#: How many lines of a body are compared with the head above it.
_TOP_LINES = 8

_BY = re.compile(r"^(?:written |reported |story |words |text )?by(?:[:\s]+|$)|^from[:\s]+", re.IGNORECASE)


class Article(TypedDict):
    """What one document holds. `head` are places in `text`; `metadata` names any of `record.METADATA`; `problems` say what is missing.

    A document without an article has no text, and its last problem says why.
    """

    text: str
    head: list[tuple[int, int]]
    metadata: dict[str, str | None]
    problems: list[str]


def assembled(
    tops: Iterable[str], lines: Iterable[str], metadata: Mapping[str, str | None], problems: Iterable[str] = ()
) -> Article:
    """The article with `tops` (headline, byline, date) above its `lines`, once; the dateline of the body is head too."""
    tops = [top for top in map(clean, tops) if top]
    keys = {key(top) for top in tops}
    body = [line for i, line in enumerate(lines) if i >= _TOP_LINES or key(line) not in keys]
    found = list(problems)
    if sum(map(len, body)) > TEXT_CHARACTERS:
        found.append(
            f"it unfolds to more than {TEXT_CHARACTERS:,} characters, the most that one text may have: the rest is cut off"
        )
        body = list(_first(body, TEXT_CHARACTERS))
    head: list[tuple[int, int]] = []
    at = 0
    for top in tops:
        head.append((at, at + len(top)))
        at += len(top) + 1
    for line in body:
        if length := dateline(line):
            head.append((at, at + length))
            break
        at += len(line) + 1
    return Article(text="\n".join([*tops, *body]), head=head, metadata=dict(metadata), problems=found)


def nothing(why: str, problems: Iterable[str] = ()) -> Article:
    """That a document holds no article, and `why`."""
    return Article(text="", head=[], metadata={}, problems=[*problems, why])


def reports_of(raw: Raw, data: bytes, extractor: str, found: Article) -> Iterator[Report | SourceError]:
    """The report that `found`, parsed out of `data`, is; before it, what of it is missing."""
    for why in found["problems"]:
        yield SourceError(raw.file, why)
    if not found["text"]:
        return
    known = {name: found["metadata"].get(name) for name in METADATA}
    if raw.url:
        from twosource.sources.page_metadata import host

        known |= {"url": known["url"] or raw.url, "outlet": known["outlet"] or host(raw.url)}
    whole = report(raw.file, found["text"], data, extractor, **known)
    yield replace(whole, head=tuple(whole.span(start, end) for start, end in found["head"]))


def with_dateline(lines: list[str], given: str | None) -> list[str]:
    """`lines` with the dateline that was given apart from them: before the first one's words, as it is printed."""
    if not given or not lines or key(lines[0]).startswith(key(given)):
        return lines
    return [f"{given} {lines[0]}", *lines[1:]] if dateline(f"{given} {lines[0]}") else [given, *lines]


def unprefixed(byline: str | None) -> str | None:
    """A byline without its "By".

    >>> unprefixed("By Ilsa Brandt"), unprefixed("by")
    ('Ilsa Brandt', None)
    """
    return _BY.sub("", byline).strip() or None if byline else None


def clean(text: str) -> str:
    """`text` in composed form (NFC), its white space single, without control characters."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c for c in text if c >= " " or c.isspace()).split())


def key(text: str) -> str:
    """`text` as it is compared: letters and digits alone, all small."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _first(lines: Iterable[str], characters: int) -> Iterator[str]:
    for line in lines:
        if characters <= 0:
            return
        yield line[:characters]
        characters -= len(line) + 1
