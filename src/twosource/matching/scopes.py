"""Which happening a sentence tells of: the story's own, or one of the past that the report looks back on.

Background paragraphs are where look-alikes stand: the earlier flood, the last strike, the record. A sentence dated well before its
report tells of then, and so does one that goes on about it ("It killed 40"); everything else tells of the story's own time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from twosource.model import Reading, Time
from twosource.reading.time_values import days, published_day

#: A day so much earlier than the report is another happening's: stories run for days, and their background is older than a month.
BACKGROUND = timedelta(days=30)

#: Words that begin a sentence which goes on about the one before.
_GOES_ON = re.compile(r"(?:It|They|This|That|These|Those|Its|Their|Another|More)\b")
#: What a time after these begins is still going on.
_SINCE = re.compile(r"\b(?:since|from|until|by)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)

Scope = tuple[date, date] | None


def scopes(reading: Reading) -> tuple[Scope, ...]:
    """For each sentence the first and last day of the past happening that it tells of; None: the story's own time, or not known."""
    own = published_day(reading.report.published) or _latest(reading)
    if own is None:
        return (None,) * len(reading.sentences)
    times = sorted(reading.times)
    found: list[Scope] = []
    at = 0
    for n, sentence in enumerate(reading.sentences):
        while at < len(times) and times[at].start < sentence.start:
            at += 1
        stop = at
        while stop < len(times) and times[stop].start < sentence.end:
            stop += 1
        here = _dated(times[at:stop], reading.report.text)
        before = found[-1] if found else None
        if here:
            past = [d for d in here if d[1] < own - BACKGROUND]
            found.append((min(d[0] for d in past), max(d[1] for d in past)) if len(past) == len(here) else None)
        elif before is not None and _GOES_ON.match(sentence.exact) and _same_paragraph(reading, n):
            found.append(before)
        else:
            found.append(None)
    return tuple(found)


def apart(a: Scope, b: Scope) -> bool:
    """Whether two sentences tell of two happenings: one of now and one of then, or of two pasts that share no day."""
    if a is None or b is None:
        return a is not b
    return a[1] < b[0] or b[1] < a[0]


def _dated(times: Sequence[Time], text: str) -> list[tuple[date, date]]:
    plain = [t for t in times if t.kind in {"DATE", "TIME"} and not _SINCE.search(text[max(0, t.start - 24) : t.start])]
    return [d for t in plain if (d := days(t.value)) is not None]


def _latest(reading: Reading) -> date | None:
    known = [
        d[1] for t in reading.times if t.kind in {"DATE", "TIME"} and (d := days(t.value)) is not None and d[0] == d[1]
    ]
    return max(known, default=None)


def _same_paragraph(reading: Reading, n: int) -> bool:
    if n == 0:
        return False
    between = reading.report.text[reading.sentences[n - 1].end : reading.sentences[n].start]
    return "\n" not in between or reading.report.text.count("\n\n") == 0
