"""To which years before the report a figure belongs: a sentence that dates its event long before tells of another event."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta

from twosource.model import Figure, Reading, Span
from twosource.reading.time_values import days

#: What is dated so long before the report is background, not the report's event.
BACKGROUND = timedelta(days=45)

_YEAR = re.compile(r"\b(?:1[5-9]|20)[0-9]{2}\b(?!,)")
_ASIDE = re.compile(r"\s*,?\s*(?:which|who|whose|whom)\b", re.IGNORECASE)
_THEN = re.compile(r"\s*(?:it|they|he|she|that|this|then)\b|.*\bthen\b\W*$", re.IGNORECASE)


def past(reading: Reading, f: Figure, sentence: Span, previous: Span | None) -> frozenset[str]:
    """The years before the report to which the figure's sentence belongs.

    A year told aside about something else ("the bridge, which was opened in 1974, carries …") does not count. A sentence that only
    goes on ("It killed 40 people.") takes the years of the one before.
    """
    found = _years(reading, f, sentence)
    if not found and previous is not None and _THEN.match(sentence.exact):
        return _years(reading, None, previous)
    return found


def _years(reading: Reading, f: Figure | None, sentence: Span) -> frozenset[str]:
    published = days(reading.report.published[:10]) if reading.report.published else None
    edge: date | None = published[0] - BACKGROUND if published else None
    years: set[str] = set()
    first = bisect_left(reading.times, sentence.start, key=lambda t: t.start)
    last = bisect_left(reading.times, sentence.end, key=lambda t: t.start)
    for t in reading.times[first:last]:
        if t.kind != "DATE" or t.value is None or _told_aside(sentence, t, f):
            continue
        when = days(t.value)
        if when is not None and (edge is None or when[1] < edge):
            years.add(t.value[:4])
    if not years and first == last:
        bare = {m[0] for m in _YEAR.finditer(sentence.exact)}
        years = {y for y in bare if edge is None or int(y) < edge.year}
    return frozenset(years)


def _told_aside(sentence: Span, time: Span, f: Figure | None) -> bool:
    """Whether the time stands in a relative clause between commas in which the figure does not."""
    if f is None:
        return False
    at = time.start - sentence.start
    opened = sentence.exact.rfind(",", 0, at)
    if opened < 0 or not _ASIDE.match(sentence.exact, opened):
        return False
    closed = sentence.exact.find(",", at)
    closed = closed if closed >= 0 else len(sentence.exact)
    return not opened <= f.start - sentence.start < closed
