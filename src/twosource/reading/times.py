"""Expressions of time, with the TIMEX3 value that each has for a reader on the day of publication.

Each step has a room of its own: `time_patterns` finds whatever may be one, `time_doubts` asks the parse whether it is one,
`time_tense` which way its clause looks, `time_resolving` gives it its value. Here they are put in order. Rules of our own, since a
general date parser makes dates of "we" and of "80% of the", and puts the Friday of a Friday report a week back.

The day of publication is the report's. Where none is known, a date with its year that stands by itself at the head of the text, or in its
dateline, is taken for it: that is what such a line says. Without either, what counts from the publication stays relative (value None), a
bare weekday, month or day keeps X for what is open ("XXXX-WXX-6"), and a bare "October 23" takes the year of the last day or month that the
text has told with its year: a writer leaves out the year that is still in the reader's ear. In a dated report that holds for what comes
next in the same paragraph about the past alone.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from datetime import date

from twosource.model import Time
from twosource.reading.parse import Parse
from twosource.reading.time_calendar import Setting, Tense
from twosource.reading.time_doubts import sure, tokens
from twosource.reading.time_patterns import Found, plain
from twosource.reading.time_resolving import Kind, resolve
from twosource.reading.time_tense import tense
from twosource.reading.time_values import days, grain, published_day

#: Forms that are a time of some day, which is told beside them or not at all.
_OF_A_DAY = frozenset({"clock", "part"})


def times(parse: Parse) -> tuple[Time, ...]:
    """The expressions of time in a report, in the order of the text, none within another.

    `kind` is DATE, TIME, DURATION or SET and `value` the TIMEX3 value, both as TimeML 1.2.1 has them (see the module for what stays
    relative). Extents hold modifiers ("late Thursday") and no preposition before them.
    """
    text = parse.text
    starts = [token.idx for token in parse.doc]
    sentences = [s.start_char for s in parse.sentences]
    found_at = parse.tongue.moments(text)
    if parse.tongue.doubts:
        found_at = (one for found in found_at if (one := sure(found, parse.doc, starts)) is not None)
    chosen = _apart(found_at)
    published = published_day(parse.report.published) or _head_date(plain(text), chosen)
    joined = _joined_years(chosen, text)

    resolved: dict[int, tuple[Kind, str | None]] = {}
    said: list[tuple[int, str]] = []  # where a DATE or TIME stands, and its value
    year: int | None = None  # told last with a day or month
    since = -1  # how much had been said by then
    for n, found in enumerate(chosen):
        if found.form in _OF_A_DAY and "of" not in found.parts:
            continue
        looks = tense(parse.doc, *tokens(parse.doc, starts, found))
        near = looks == "past" and len(said) == since and "\n" not in text[said[-1][0] : found.start]
        holds = joined.get(n) or (year if published is None or near else None)
        kind, value = resolved[n] = resolve(found, Setting(published, _last(said, published, looks), holds, looks))
        if kind in {"DATE", "TIME"} and days(value) is not None and value is not None:
            said.append((found.start, value))
            carried = near and "month" in found.parts and int(value[:4]) == year
            if ("year" in found.parts and grain(value) in {"D", "M"}) or carried:
                year, since = int(value[:4]), len(said)
    for n, found in enumerate(chosen):
        if n not in resolved:
            nearest = _day_beside(found, said, sentences, text)
            resolved[n] = resolve(found, Setting(published, nearest))
    return tuple(_time(parse, found, *resolved[n]) for n, found in enumerate(chosen))


def _time(parse: Parse, found: Found, kind: Kind, value: str | None) -> Time:
    report = parse.report
    return Time(report.id, found.start, found.end, report.text, kind=kind, value=value)


def _apart(found: Iterable[Found]) -> list[Found]:
    """Of what overlaps the longest, of equals the first: in the order of the text."""
    taken: list[Found] = []
    begins: list[int] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        at = bisect.bisect(begins, one.start)
        free = (at == 0 or taken[at - 1].end <= one.start) and (at == len(taken) or one.end <= taken[at].start)
        if free:
            taken.insert(at, one)
            begins.insert(at, one.start)
    return taken


def _last(said: list[tuple[int, str]], published: date | None, looks: Tense) -> str | None:
    """What was mentioned last; in a clause about the past, the last that was not still to come."""
    for _, value in reversed(said[-20:]):
        span = days(value)
        if span and not (looks == "past" and published and span[0] > published):
            return value
    return None


#: Characters over which a day still holds for the times of day told after it, within a paragraph.
_FAR = 400


def _day_beside(found: Found, said: list[tuple[int, str]], sentences: list[int], text: str) -> str | None:
    """The day on which a time of day is meant: one that follows at once, else the last one mentioned in its paragraph."""
    at = bisect.bisect_left(said, (found.start, ""))
    if at < len(said):
        start, value = said[at]
        between = text[found.end : start]
        same = bisect.bisect_right(sentences, start) == bisect.bisect_right(sentences, found.start)
        if same and grain(value) == "D" and len(between) <= 30:
            return value[:10]
    for start, value in reversed(said[max(0, at - 20) : at]):
        sentence_before = bisect.bisect_right(sentences, start) != bisect.bisect_right(sentences, found.start)
        if (
            "\n" in text[start : found.start]
            or found.start - start > _FAR
            or (sentence_before and found.form == "part")
        ):
            return None
        if grain(value) == "D":
            return value[:10]
    return None


def _joined_years(chosen: list[Found], text: str) -> dict[int, int]:
    """The year of the first of "March 3 and April 5, 2003", which stands with the last."""
    years: dict[int, int] = {}
    for n in range(len(chosen) - 2, -1, -1):
        one, other = chosen[n], chosen[n + 1]
        bare = one.form in {"day", "month"} and "month" in one.parts and "year" not in one.parts
        told = years.get(n + 1) or (int(other.parts["year"]) if "year" in other.parts and "month" in other.parts else 0)
        linked = re.fullmatch(r",?\s*(?:and|to|through|until|till|-|–|or|,)\s*", text[one.end : other.start])
        if bare and told and linked:
            years[n] = told
    return years


#: What may stand on a date line beside the date.
_LINE_WORDS = re.compile(
    r"\b(?:posted|updated|published|last|modified|on|at|date|first|created|by|the|hrs|hours|am|pm|[ap]\.m\.|[A-Z]{2,4})\b|[\d\W_]",
    re.IGNORECASE,
)
_HEAD_LINES = 6


def _head_date(text: str, chosen: list[Found]) -> date | None:
    """The full date that stands by itself on one of the first lines, or in the dateline: the day of an undated report."""
    at = 0
    lines = []
    for line in text[:4_000].split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    for begin, line in [x for x in lines if x[1].strip()][:_HEAD_LINES]:
        inside = [f for f in chosen if begin <= f.start and f.end <= begin + len(line)]
        dated = [(f, d) for f in inside if (d := _full_date(f)) is not None]
        if not dated:
            continue
        first, day = dated[0]
        rest = line
        for f in reversed(inside):
            rest = rest[: f.start - begin] + " " + rest[f.end - begin :]
        lead, tail = line[: first.start - begin], line[first.end - begin :]
        alone = not _LINE_WORDS.sub("", rest)
        dateline = (
            len(lead) <= 60
            and re.match(r"\s*[A-Z][A-Z .'-]{2,}", lead)
            and re.match(r"\s*(?:\([^)]{2,30}\)|[-;:]|--)", tail)
        )
        if alone or dateline:
            return day
    return None


def _full_date(found: Found) -> date | None:
    if found.form not in {"day", "iso", "slashed"} or "year" not in found.parts:
        return None
    span = days(resolve(found, Setting(None))[1])
    return span[0] if span else None
