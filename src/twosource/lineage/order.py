"""Which of two reports comes first, and whose newsroom a report is of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from twosource.model import Report
from twosource.sources.credit import agency, credit
from twosource.stories.traits import NO_DAYS

#: A newsroom: ("agency", its name) or ("outlet", its name without case).
Newsroom = tuple[str, str]


class Moment(NamedTuple):
    """When a report was published, in UTC; `time` is None where only the day is known."""

    day: str
    time: str | None


def moment(published: str | None) -> Moment | None:
    """The moment that an ISO 8601 date or time names; None where there is none or it is not one, or stands for none (1970-01-01).

    >>> moment("2031-03-04T23:30:00-02:00")
    Moment(day='2031-03-05', time='01:30:00')
    """
    if not published or published.strip().startswith(NO_DAYS):
        return None
    try:
        at = datetime.fromisoformat(published.strip())
        if len(published.strip()) <= 10:
            return Moment(at.date().isoformat(), None)
        at = at.astimezone(UTC) if at.tzinfo else at
    except (ValueError, OverflowError):
        return None
    return Moment(at.date().isoformat(), at.time().isoformat("seconds"))


def newsroom(report: Report) -> Newsroom | None:
    """Who wrote the report: the agency that it is credited to, else its outlet; None where it names neither.

    A paper that prints an agency's text is not its newsroom.
    """
    named = report.credit or credit(report.text, report.byline)
    if named and named.strip():
        return "agency", agency(named) or named.strip()
    if not report.outlet or not report.outlet.strip():
        return None
    known = agency(report.outlet)
    return ("agency", known) if known else ("outlet", report.outlet.strip().casefold())


def comes_first(a: Report, b: Report, credited: tuple[bool, bool] = (False, False)) -> bool:
    """Whether `a` comes before `b`: by time of publication, else the one that an agency is credited with, the longer, the lower id."""
    first, second = moment(a.published), moment(b.published)
    if first and second:
        if first.day != second.day:
            return first.day < second.day
        if first.time and second.time and first.time != second.time:
            return first.time < second.time
    if credited[0] != credited[1]:
        return credited[0]
    return (-len(a.text), a.id) < (-len(b.text), b.id)


def rank(report: Report) -> tuple[str, str, int, str]:
    """A sort key in the same sense over any number of reports: those without a date stand last."""
    at = moment(report.published) or Moment("9999", None)
    return at.day, at.time or "99", -len(report.text), report.id
