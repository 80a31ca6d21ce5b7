"""Counts that grow: values of one cumulative count with different as-of times are `updated`, not in conflict.

The words are those of spec/reconciliation.md. As-of is the time that a statement gives for its count ("stood at 14 on Wednesday
afternoon", "by noon"), else the report's publication. The time at which people came to harm ("nine were killed on Tuesday") is the event's
and says nothing about when they were counted. A part of a day counts as its hours, and a day without an hour as the whole of it: two times
that overlap have no order, and what lies apart at one time is a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import combinations, pairwise
from typing import Literal

from twosource.matching.figure_measures import counts, stated
from twosource.matching.figure_profiles import COUNTED_DEEDS, deeds, gives_level
from twosource.matching.figures import FigureRef, apart
from twosource.model import Figure, Reading, Statement, Time
from twosource.reading.time_values import days
from twosource.stories.traits import NO_DAYS

#: Counts of what can pass again: the missing are found. Such a count may fall as time goes on without being wrong before.
_PASSING = frozenset({"miss"})
#: What measures an area or a mass of destruction grows like a count.
_MEASURED_DEEDS = frozenset({"destroy"})
_GROWS = re.compile(
    r"\b(?:r[io]se[sn]?|rising|climb(?:s|ed)|grew|grown|increased|extended|widened|expanded|(?:revised|up) (?:upwards?|from))\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ion|ing)|revis(?:e[sd]?|ing|ion)|lower(?:s|ed|ing)|retract(?:s|ed|ing)|downgrad(?:e[sd]?|ing)|"
    r"miscount(?:ed)?|double[- ]counted|counted twice|in error|mistakenly|erroneous(?:ly)?|withdrew)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:by|as of|until|up to|till|so far|at the end of|on the evening of)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
#: Hours of the parts of a day (TIMEX3), from and to.
_HOURS = {"MO": (5, 12), "MI": (11, 14), "AF": (12, 18), "EV": (17, 24), "NI": (18, 30), "DT": (6, 18)}


@dataclass(frozen=True, slots=True)
class Series:
    """A count over time: its figures, the earliest first; `correction` where it fell and a report says that it corrects."""

    steps: tuple[FigureRef, ...]
    correction: bool


def series(readings: Mapping[str, Reading], group: Sequence[FigureRef]) -> Series | None:
    """The group's figures as a count that changed with time; None where it did not, or where the values cannot all be true.

    >>> series({}, []) is None
    True
    """
    figures = {ref: readings[ref.report].figures[ref.index] for ref in group}
    when = {ref: _interval(as_of(readings, ref)) for ref in group}
    if not cumulative(readings, group):
        return None
    passing = bool(group) and all(deeds(readings[r.report], r.index) <= _PASSING for r in group)
    grew = corrected = False
    refs = sorted(group)
    # Those that give one number for one time all stand alike to the others: in a great story few of them differ.
    unlike: dict[tuple[Hashable, ...], FigureRef] = {}
    for ref in refs:
        f = figures[ref]
        unlike.setdefault((f.exact, f.low, f.high, f.unit, f.counted, when[ref]), ref)
    for a, b in combinations(unlike.values(), 2):
        relation = _relation(figures[a], figures[b])
        if relation == "alike":
            continue
        order = _order(when[a], when[b])
        if order == 0:
            if relation == "apart":
                return None
            continue
        early, late = (a, b) if order < 0 else (b, a)
        if _least(figures[late]) > _least(figures[early]):
            grew = True
        elif relation == "apart":
            if not passing and not _corrected(readings, figures, when, late):
                return None
            grew, corrected = grew or passing, corrected or not passing
    if not grew and not corrected:
        return None
    first = min((i[0] for i in when.values() if i), default=datetime.min)
    steps = sorted(refs, key=lambda r: ((when[r] or (first, first, None))[0], _least(figures[r]), r))
    return Series(tuple(steps), corrected)


def grows(readings: Mapping[str, Reading], group: Sequence[FigureRef]) -> bool | None:
    """True where the group's figures grow with time, False where they fall and a report says that it corrects; None: no series."""
    found = series(readings, group)
    return None if found is None else not found.correction


def told(readings: Mapping[str, Reading], found: Series) -> str:
    """The series in words, with its steps in the reports' own: "The count grew as time went on: nine → 12 → 14 → 17."."""
    steps: list[Figure] = []
    for ref in found.steps:
        figure = readings[ref.report].figures[ref.index]
        higher = bool(steps) and _least(figure) > _least(steps[-1])
        if not steps or apart(steps[-1], figure) or (higher and _relation(steps[-1], figure) == "raised"):
            steps.append(figure)
    rises = all(_least(a) <= _least(b) for a, b in pairwise(steps))
    how = "grew" if rises else "changed"
    words = (
        "The count fell, and a report says that it corrects" if found.correction else f"The count {how} as time went on"
    )
    return f"{words}: {' → '.join(dict.fromkeys(s.exact for s in steps))}."


def cumulative(readings: Mapping[str, Reading], group: Sequence[FigureRef]) -> bool:
    """Whether the group counts what adds up with time: people or things to which something was done, or a count said to rise."""
    for ref in group:
        reading = readings[ref.report]
        figure, done = reading.figures[ref.index], deeds(readings[ref.report], ref.index)
        if counts(figure) and (done & COUNTED_DEEDS or _GROWS.search(_sentence(reading, figure))):
            return True
        if done & _MEASURED_DEEDS:
            return True
    return False


def as_of(readings: Mapping[str, Reading], ref: FigureRef) -> str | None:
    """The time a figure holds for: the last that its statement gives for the count, else the report's publication."""
    reading = readings[ref.report]
    published = reading.report.published
    if published is not None and published.startswith(NO_DAYS):
        published = None
    statement = next((s for s in reading.statements if ref.index in s.figures), None)
    if statement is None:
        return published
    told = [
        t for i in statement.times if (t := reading.times[i]).kind in {"DATE", "TIME"} and _gives(reading, statement, t)
    ]
    known = [(interval, t.value) for t in told if t.value is not None and (interval := _interval(t.value))]
    if not known:
        return published
    latest = max(known, key=lambda k: (k[0][1], k[1]))[1]
    return published if published is not None and _order(_interval(published), _interval(latest)) < 0 else latest


def _gives(reading: Reading, statement: Statement, told: Time) -> bool:
    """Whether the time is that of the count, not of the event: "stood at 14 on Wednesday", "by noon 120 had been arrested"."""
    before = reading.report.text[max(0, told.start - 30) : told.start]
    return gives_level(statement) or _UNTIL.search(before) is not None


def _relation(a: Figure, b: Figure) -> Literal["apart", "raised", "alike"]:
    """Whether two values exclude each other, or one is a floor that the other raises ("at least 14", "at least 16")."""
    if apart(a, b):
        return "apart"
    floors = [f for f in (a, b) if f.low is not None and f.high is None]
    exact = [f for f in (a, b) if f.low is not None and f.low == f.high]
    if not floors or len(floors) + len(exact) < 2 or a.unit != b.unit:
        return "alike"
    return "raised" if set(stated(a)).isdisjoint(stated(b)) else "alike"


def _least(figure: Figure) -> float:
    low, high = figure.low, figure.high
    return low if low is not None else (high if high is not None else 0.0)


def later(a: str | None, b: str | None) -> bool:
    """Whether the as-of time `b` comes after `a` as a whole; not where they overlap or one is not known.

    >>> later("2031-04-01T18:40:00", "2031-04-02"), later("2031-04-01", "2031-04-01T18:40:00")
    (True, False)
    """
    return _order(_interval(a), _interval(b)) < 0


Interval = tuple[datetime, datetime, timedelta | None]


def _interval(value: str | None) -> Interval | None:
    """From when to when a time lasts, in local time, and its distance from UTC where that is known."""
    if value is None:
        return None
    day, _, rest = value.partition("T")
    if rest:
        try:
            moment = datetime.fromisoformat(value)
            local = moment.replace(tzinfo=None)
            return local, local, moment.utcoffset()
        except ValueError:
            pass
    found = days(day)
    if not found:
        return None
    first, last = datetime.combine(found[0], time()), datetime.combine(found[1], time())
    if rest in _HOURS and first == last:
        start, end = _HOURS[rest]
        return first + timedelta(hours=start), first + timedelta(hours=end), None
    return first, last + timedelta(days=1) - timedelta(seconds=1), None


def _order(a: Interval | None, b: Interval | None) -> int:
    """-1 where a is over before b begins, 1 where b is over before a begins, 0 where they overlap or one is not known."""
    if a is None or b is None:
        return 0
    shift_a, shift_b = (a[2], b[2]) if a[2] is not None and b[2] is not None else (timedelta(), timedelta())
    first_a, last_a, first_b, last_b = a[0] - shift_a, a[1] - shift_a, b[0] - shift_b, b[1] - shift_b
    return -1 if last_a < first_b else 1 if last_b < first_a else 0


def _corrected(
    readings: Mapping[str, Reading],
    figures: Mapping[FigureRef, Figure],
    when: Mapping[FigureRef, Interval | None],
    late: FigureRef,
) -> bool:
    """Whether a report that gives the later, lower value, or one beside it that agrees, says that it corrects."""
    agreeing = [r for r in figures if not apart(figures[r], figures[late]) and _order(when[r], when[late]) >= 0]
    return any(_CORRECTS.search(_sentence(readings[r.report], figures[r])) for r in sorted(agreeing))


def _sentence(reading: Reading, figure: Figure) -> str:
    return next((s.exact for s in reading.sentences if s.start <= figure.start < s.end), "")


# --- in claims ---------------------------------------------------------------------------------------------------------------

#: Of each figure of a series: the number of its series and its value.
Values = Mapping[FigureRef, tuple[int, float]]


def values(readings: Mapping[str, Reading], found: Sequence[Series]) -> Values:
    """The figures of all series with their values."""
    return {r: (n, _least(readings[r.report].figures[r.index])) for n, s in enumerate(found) for r in s.steps}


def by_value(group: Sequence[int], statements: Sequence[Statement], changing: Values) -> list[list[int]]:
    """Statements (indices) that all give a value of one series, in parts of one value each: "12 are dead" is not "14 are dead".

    A value that one report alone gives needs no part of its own: the claim of the series holds it. Where some statement of the group
    gives no value, the count is a detail and the group stays whole.
    """
    given: dict[int, dict[float, list[int]]] = {}
    for i in group:
        found = [
            changing[ref] for f in statements[i].figures if (ref := FigureRef(statements[i].report, f)) in changing
        ]
        if not found:
            return [list(group)]
        number, value = found[0]
        given.setdefault(number, {}).setdefault(value, []).append(i)
    if len(given) != 1:
        return [list(group)]
    parts = next(iter(given.values()))
    if len(parts) == 1:
        return [list(group)]
    return [parts[v] for v in sorted(parts) if len({statements[i].report for i in parts[v]}) > 1]


def several_values(group: Sequence[int], statements: Sequence[Statement], changing: Values) -> bool:
    """Whether the statements give two values of one series."""
    seen = {
        changing[r]
        for i in group
        for f in statements[i].figures
        if (r := FigureRef(statements[i].report, f)) in changing
    }
    return len({number for number, _ in seen}) < len(seen)
