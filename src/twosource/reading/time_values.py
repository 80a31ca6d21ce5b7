"""The calendar of TIMEX3: values made from dates, moved by units, and read back as the days they cover.

A value is what TimeML 1.2.1 writes in `value`: "2020-08-13", "2020-W32", "2020-08", "2020-Q3", "2020-SU", "199" (the 1990s), "19" (the
twentieth century), "2020-08-13TEV", "P2Y", "XXXX-WXX-5". All here is pure: no clock, no zone, no text.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from twosource.reading.time_words import SEASON_STARTS

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*)?")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})(?:-(WE|[1-7]))?(?:T.*)?")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_PARTED = re.compile(r"([0-9]{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")
_YEAR = re.compile(r"[0-9]{2,4}")

#: What a value is told to: from the coarsest to the finest.
GRAINS = ("CE", "DE", "Y", "Q", "M", "W", "D")


def days(value: str | None) -> tuple[date, date] | None:
    """The first and the last day that a DATE or TIME value covers; None where it names no days (durations, sets, references, X).

    Winter is that which begins in December of its year; a century is that of its first two digits.

    >>> days("2020-W32")
    (datetime.date(2020, 8, 3), datetime.date(2020, 8, 9))
    >>> days("2020-08-13TEV") == (date(2020, 8, 13), date(2020, 8, 13))
    True
    >>> days("XXXX-WXX-5") is None
    True
    """
    if not value or not value.isascii():
        return None
    try:
        if m := _DAY.fullmatch(value):
            day = date(int(m[1]), int(m[2]), int(m[3]))
            return day, day
        if m := _WEEK.fullmatch(value):
            if m[3] and m[3] != "WE":
                day = date.fromisocalendar(int(m[1]), int(m[2]), int(m[3]))
                return day, day
            return date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1), date.fromisocalendar(
                int(m[1]), int(m[2]), 7
            )
        if m := _MONTH.fullmatch(value):
            return _months(int(m[1]), int(m[2]), 1)
        if m := _PARTED.fullmatch(value):
            part = m[2]
            if part in SEASON_STARTS:
                return _months(int(m[1]), SEASON_STARTS[part], 3)
            length = 3 if part[0] == "Q" else 6
            return _months(int(m[1]), length * (int(part[1]) - 1) + 1, length)
        if _YEAR.fullmatch(value):
            least, most = int(value.ljust(4, "0")), int(value.ljust(4, "9"))
            return date(least, 1, 1), date(most, 12, 31)
    except (ValueError, OverflowError):
        return None
    return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = year * 12 + month - 1 + count
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def grain(value: str | None) -> str | None:
    """What a DATE or TIME value is told to: one of `GRAINS`, None where it names no days.

    >>> grain("2020-08-13TEV"), grain("2020-08"), grain("199"), grain("P2D")
    ('D', 'M', 'DE', None)
    """
    if days(value) is None or value is None:
        return None
    if _DAY.fullmatch(value) or re.fullmatch(r"[0-9]{4}-W[0-9]{2}-[1-7].*", value):
        return "D"
    if "-W" in value and not value.endswith("-WI"):
        return "W"
    if _MONTH.fullmatch(value):
        return "M"
    if "-" in value:
        return "Q"
    return {4: "Y", 3: "DE", 2: "CE"}[len(value)]


def at_grain(day: date, unit: str) -> str:
    """The value of the unit (a designator of `time_words.UNITS`) that holds `day`.

    >>> at_grain(date(2020, 8, 14), "W"), at_grain(date(2020, 8, 14), "Q"), at_grain(date(2020, 8, 14), "DE")
    ('2020-W33', '2020-Q3', '202')
    """
    iso = day.isocalendar()
    match unit:
        case "D" | "TH" | "TM" | "TS":
            return day.isoformat()
        case "W":
            return f"{iso.year:04}-W{iso.week:02}"
        case "WE":
            return f"{iso.year:04}-W{iso.week:02}-WE"
        case "M":
            return f"{day.year:04}-{day.month:02}"
        case "Q":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "DE":
            return f"{day.year:04}"[:3]
        case "CE" | "ML":
            return f"{day.year:04}"[:2]
        case _:
            return f"{day.year:04}"


def moved(day: date, unit: str, count: int) -> date | None:
    """`day` moved by `count` units, to the last day of a shorter month; None beyond the calendar.

    >>> moved(date(2020, 3, 31), "M", -1)
    datetime.date(2020, 2, 29)
    """
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}.get(unit)
    try:
        if months is None:
            return day + timedelta(days=count * {"W": 7, "WE": 7, "2W": 14}.get(unit, 1))
        whole = day.year * 12 + day.month - 1 + count * months
        first, last = _months(whole // 12, whole % 12 + 1, 1)
        return first.replace(day=min(day.day, last.day))
    except (ValueError, OverflowError):
        return None


def period(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a duration; halves of hours, days, years and more are told in the next smaller unit, an untold count is X.

    >>> period(5, "D"), period(0.5, "TH"), period(None, "DE"), period(2, "2W"), period(1.5, "Y")
    ('P5D', 'PT30M', 'PXDE', 'P4W', 'P1.5Y')
    """
    if unit == "2W":
        unit, count = "W", None if count is None else 2 * count
    if count is not None and count < 1 and unit in {"TH", "D", "Y", "DE", "CE"}:
        smaller, times = {"TH": ("TM", 60), "D": ("TH", 24), "Y": ("M", 12), "DE": ("Y", 10), "CE": ("Y", 100)}[unit]
        unit, count = smaller, count * times
    told = "X" if count is None else f"{count:.2f}".rstrip("0").rstrip(".") if count != int(count) else str(int(count))
    return f"PT{told}{unit[1:]}" if unit.startswith("T") else f"P{told}{unit}"


def clock(hour: int, minute: int = 0) -> str | None:
    """The TIMEX3 time of day, None where there is no such.

    >>> clock(9, 5), clock(25)
    ('T09:05', None)
    """
    return f"T{hour:02}:{minute:02}" if 0 <= hour <= 24 and 0 <= minute <= 59 else None


def day(year: int, month: int, number: int) -> date | None:
    """That day, None where the calendar has none.

    >>> day(2021, 2, 29) is None
    True
    """
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the Gregorian computus as Butcher's Ecclesiastical Calendar of 1876 gives it).

    >>> easter(2024), easter(2031)
    (datetime.date(2024, 3, 31), datetime.date(2031, 4, 13))
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, number = divmod(h + rest - 7 * ((a + 11 * h + 22 * rest) // 451) + 114, 31)
    return date(year, month, number + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such ISO weekday of a month, counted from its end where `nth` is below nought.

    >>> nth_weekday(2031, 11, 4, 4), nth_weekday(2031, 5, 1, -1)
    (datetime.date(2031, 11, 27), datetime.date(2031, 5, 26))
    """
    first, last = _months(year, month, 1)
    if nth > 0:
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-nth - 1))


def published_day(published: str | None) -> date | None:
    """The day of an ISO 8601 date or datetime, as written in its own zone: that is the day which "today" means in the report.

    >>> published_day("2020-08-14T23:30:00-05:00")
    datetime.date(2020, 8, 14)
    """
    m = re.match(r"\s*([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])", published or "", re.ASCII)
    return day(int(m[1]), int(m[2]), int(m[3])) if m else None
