"""Counts that grow: two values of one cumulative count with different as-of times are `updated`, not in conflict."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from twosource.matching.figures import FigureRef, apart
from twosource.model import Figure, Reading
from twosource.reading.time_values import days

#: Units of which a toll is taken: one counts people, and things that are hit, found or taken; not shares, measures or prices.
_NOT_COUNTED = frozenset(
    "percent magnitude year month week day hour minute second degree kilometre metre mile foot inch yard acre hectare tonne ton"
    " kilogram pound litre gallon page".split()
)
_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ion|ing)|revis(?:e[sd]?|ing|ion)|lower(?:s|ed|ing)|retract(?:s|ed|ing)|downgrad(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)


def cumulative(figure: Figure) -> bool:
    """Whether it counts what can only become more: people or things to which something has happened."""
    return (
        bool(figure.event) and figure.unit not in _NOT_COUNTED and not (len(figure.unit) == 3 and figure.unit.isupper())
    )


def as_of(readings: Mapping[str, Reading], ref: FigureRef) -> str | None:
    """The time a figure holds for: the last time its statement names, else the report's publication."""
    reading = readings[ref.report]
    for statement in reading.statements:
        if ref.index in statement.figures:
            known = [t.value for i in statement.times if (t := reading.times[i]).value is not None and days(t.value)]
            if known:
                return max(known, key=lambda v: (days(v) or (date.min, date.min))[1])
    return reading.report.published


def grows(readings: Mapping[str, Reading], group: Sequence[FigureRef]) -> bool | None:
    """True where the group's figures grow with time, False where they fall and a report says that it corrects; None: no series.

    As-of times are compared where both name days, and otherwise where both name a moment of publication.
    """
    figures = [(readings[r.report].figures[r.index], as_of(readings, r), r) for r in group]
    if not all(cumulative(f) for f, _, _ in figures):
        return None
    falls = False
    for n, (f, when, ref) in enumerate(figures):
        for g, then, other in figures[n + 1 :]:
            if not apart(f, g):
                continue
            order = _order(when, then)
            if order == 0:
                return None
            (early, _), (late, source) = sorted([(f, ref), (g, other)], key=lambda x: x[0] is (g if order < 0 else f))
            if _middle(late) < _middle(early):
                if not _corrects(readings[source.report], source.index):
                    return None
                falls = True
    return not falls


def _middle(figure: Figure) -> float:
    low, high = figure.low, figure.high
    return low if low is not None else (high if high is not None else 0.0)


def _order(a: str | None, b: str | None) -> int:
    """-1 where a is earlier than b, 1 where later, 0 where that is not known."""
    if a is None or b is None:
        return 0
    first, second = days(a[:10]) or days(a), days(b[:10]) or days(b)
    if first and second and (first[1] < second[0] or second[1] < first[0]):
        return -1 if first[1] < second[0] else 1
    if "T" in a and "T" in b and a[-1].isdigit() and b[-1].isdigit() and len(a) == len(b):
        return (a > b) - (a < b)
    return 0


def _corrects(reading: Reading, index: int) -> bool:
    figure = reading.figures[index]
    return any(s.start <= figure.start < s.end and _CORRECTS.search(s.exact) for s in reading.sentences)
