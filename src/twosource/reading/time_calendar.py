"""Days, months, seasons and quarters that come back every week or every year: which of them is meant.

A bare weekday, month or day is the nearest one behind where the clause speaks of the past, the nearest one ahead where it speaks of what
is to come; the day of publication is its own weekday in both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from twosource.reading.time_values import day, days, easter, moved, nth_weekday
from twosource.reading.time_words import FROM_EASTER, HOLIDAYS, MONTHS, NTH_WEEKDAYS, ORDINALS, SEASON_STARTS

Tense = Literal["past", "future", "open"]

#: Words before a unit that look back, or ahead.
BACK = ("last", "previous", "preceding", "past")
AHEAD = ("next", "following", "coming", "upcoming")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is resolved against.

    `published` is the day of publication or what stands for it; `mentioned` the value of the DATE or TIME mentioned last; `year` a year
    that holds for a day or month without one (named with the day it is joined to, or, in an undated report, with the day before it).
    """

    published: date | None
    mentioned: str | None = None
    year: int | None = None
    tense: Tense = "open"

    def reference(self) -> str | None:
        """What "that day" and "two days later" count from: what was mentioned last, else the publication."""
        return self.mentioned or (self.published.isoformat() if self.published else None)


def month_number(words: str) -> int:
    return MONTHS[words.rstrip(".").lower()]


def year_told(p: dict[str, str]) -> int | None:
    return int(p["year"]) if "year" in p else None


def calendar_day(month: int, number_: int, year: int | None, setting: Setting) -> str | None:
    """A day of a month: in the year told, the year that holds, else the nearest such day in the direction of the tense."""
    if not day(2000, month, number_):
        return None
    if year is None and setting.year is None and setting.published is None:
        return f"XXXX-{month:02}-{number_:02}"
    return _of_a_year(lambda y: day(y, month, number_), year, setting)


def feast(name: str, year: int | None, setting: Setting) -> str | None:
    """The day of a feast, in the year told or the nearest in the direction of the tense; one that moves stays open without a year."""
    if name in HOLIDAYS:
        month, number_ = HOLIDAYS[name]
        return calendar_day(month, number_, year, setting)
    if name in FROM_EASTER:
        return _of_a_year(lambda y: moved(easter(y), "D", FROM_EASTER[name]), year, setting)
    return _of_a_year(lambda y: nth_weekday(y, *NTH_WEEKDAYS[name]), year, setting)


def _of_a_year(of: Callable[[int], date | None], year: int | None, setting: Setting) -> str | None:
    """The day that `of` gives for the year told or the one that holds, else the nearest in the direction of the tense."""
    year = year if year is not None else setting.year
    if year is not None:
        known = of(year)
        return known.isoformat() if known else None
    here = setting.published
    if here is None:
        return None
    around = [d for y in range(max(here.year - 4, 1), here.year + 5) if (d := of(y))]
    fitting = [d for d in around if _fits(d, here, setting.tense)]
    known = min(fitting or around, key=lambda d: (abs((d - here).days), d), default=None)
    return known.isoformat() if known else None


def _fits(one: date, here: date, tense: Tense) -> bool:
    return one <= here if tense == "past" else one >= here if tense == "future" else True


def bare_day(number_: int, setting: Setting) -> str | None:
    """As in "on the 16th": of the month of publication or the one beside it, in the direction of the tense."""
    here = setting.published
    if here is None:
        return None
    months = [start for n in (-1, 0, 1) if (start := moved(here.replace(day=1), "M", n))]
    around = [d for m in months if (d := day(m.year, m.month, number_))]
    fitting = [d for d in around if _fits(d, here, setting.tense)]
    known = min(fitting or around, key=lambda d: (abs((d - here).days), d), default=None)
    return known.isoformat() if known else None


def slashed(p: dict[str, str], setting: Setting) -> date | None:
    """11/28/05 or 28.11.2005: by the only reading there is, else as full stops say, else the nearer to publication, else month first."""
    a, b, year = int(p["first"]), int(p["second"]), int(p["year"])
    if len(p["year"]) == 2:
        year += 1900 if year >= 70 else 2000
    american, european = day(year, a, b), day(year, b, a)
    if american is None or european is None or p["sep"] == ".":
        return (european or american) if p["sep"] == "." else (american or european)
    if setting.published is not None:
        return min((american, european), key=lambda d: abs((d - setting.published).days))  # type: ignore[operator]
    return american


def weekday(iso: int, which: str, setting: Setting) -> str:
    counted = days(setting.mentioned) if which.startswith("the ") else None
    start = counted[0] if counted else setting.published
    if start is None:
        return f"XXXX-WXX-{iso}"
    word = which.split(" ")[-1] if which else ""
    ahead = word in AHEAD or (
        word not in BACK and (setting.tense == "future" or (word == "this" and setting.tense == "open"))
    )
    # "last" and "next" leave the day itself out; a bare weekday may be today's.
    least = 1 if word in BACK or word in AHEAD else 0
    gap = (iso - start.isoweekday()) % 7 if ahead else (start.isoweekday() - iso) % 7
    found = moved(start, "D", (1 if ahead else -1) * (gap + 7 if gap < least else gap))
    return found.isoformat() if found else f"XXXX-WXX-{iso}"


def _year_of(words: str, setting: Setting) -> int | None:
    """The number of "this year", "last year" or "the year"."""
    if setting.published is None:
        return None
    return setting.published.year + {"last": -1, "next": 1}.get(words.split(" ")[0].lower(), 0)


def _nearest_start(starts: list[date], length: int, which: str, setting: Setting) -> date | None:
    """Of what comes back every year, the one meant. `starts` are first days in order, `length` is in months.

    One that holds the day of publication is "this" one, is meant by a bare word, and by neither "last" nor "next".
    """
    here = setting.published
    assert here is not None
    begun = [s for s in starts if s <= here]
    ended = [s for s in begun if (e := moved(s, "M", length)) and e <= here]
    to_come = [s for s in starts if s > here]
    now = [s for s in begun if s not in ended]
    word = which.split(" ")[-1].lower()
    if word in BACK:
        return ended[-1] if ended else None
    if word in AHEAD:
        return to_come[0] if to_come else None
    if now:
        return now[-1]
    if setting.tense == "past" and ended:
        return ended[-1]
    if setting.tense == "future" and to_come:
        return to_come[0]
    if word == "this":
        return next((s for s in starts if s.year == here.year), None)
    return min([*ended[-1:], *to_come[:1]], key=lambda s: (abs((s - here).days), s), default=None)


def month_of(p: dict[str, str], setting: Setting) -> str:
    month = month_number(p["month"])
    year = year_told(p) or (
        _year_of(p["thisyear"], setting) if "thisyear" in p else setting.year if "which" not in p else None
    )
    if year is None and setting.published is not None:
        starts = [d for y in range(setting.published.year - 2, setting.published.year + 3) if (d := day(y, month, 1))]
        nearest = _nearest_start(starts, 1, p.get("which", ""), setting)
        year = nearest.year if nearest else None
    return f"{year:04}-{month:02}" if year else f"XXXX-{month:02}"


def season_of(season: str, p: dict[str, str], setting: Setting) -> str:
    year = year_told(p)
    if year is None and setting.published is not None:
        around = range(setting.published.year - 2, setting.published.year + 3)
        starts = [d for y in around if (d := day(y, SEASON_STARTS[season], 1))]
        nearest = _nearest_start(starts, 3, p.get("which", ""), setting)
        year = nearest.year if nearest else None
    return f"{year:04}-{season}" if year else f"XXXX-{season}"


def part_of_year(letter: str, p: dict[str, str], setting: Setting) -> str:
    nth = ORDINALS.get(p["nth"].lower()) or int(p["nth"])
    year = year_told(p) or (_year_of(p["thisyear"], setting) if "thisyear" in p else setting.year)
    if year is None and setting.published is not None:
        length = 3 if letter == "Q" else 6
        around = range(setting.published.year - 2, setting.published.year + 3)
        starts = [d for y in around if (d := day(y, length * (nth - 1) + 1, 1))]
        nearest = _nearest_start(starts, length, "", setting)
        year = nearest.year if nearest else None
    return f"{year:04}-{letter}{nth}" if year else f"XXXX-{letter}{nth}"


def decade(p: dict[str, str]) -> str:
    if "year" in p:
        return p["year"][:2] if p["year"].endswith("00") else p["year"][:3]
    tens = p.get("short") or {
        "twen": "20",
        "thir": "30",
        "for": "40",
        "fif": "50",
        "six": "60",
        "seven": "70",
        "eigh": "80",
    }.get(p["word"].lower().removesuffix("ties"), "90")
    return "19" + tens[0]
