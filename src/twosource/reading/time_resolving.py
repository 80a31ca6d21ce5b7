"""From what an expression of time says, and where it is said, to its TIMEX3 kind and value.

Pure: the words found, the day of publication, what was mentioned before and the tense of the clause go in; kind and value come out.
The rules are those of reporting English. A bare weekday, month or day is the nearest one behind where the clause speaks of the past, the
nearest one ahead where it speaks of what is to come; the day of publication is its own weekday in both. "Ago" and "last" count from the
publication, "earlier", "later" and "the following" from what was mentioned last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from twosource.reading.time_patterns import Found
from twosource.reading.time_values import GRAINS, at_grain, clock, day, days, grain, moved, period
from twosource.reading.time_words import (
    FREQUENCIES,
    HOLIDAYS,
    MONTHS,
    ORDINALS,
    PARTS,
    REFERENCES,
    SEASON_STARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    number,
)  # fmt: skip

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "future", "open"]
Value = tuple[Kind, str | None]

_BACK = ("last", "previous", "preceding", "past")
_AHEAD = ("next", "following", "coming", "upcoming")
_BEFORE = ("ago", "earlier", "before", "beforehand", "previously")


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


def resolve(found: Found, setting: Setting) -> Value:
    """Kind and TIMEX3 value of `found`. The value is None where it stays relative, and holds X for what is left open.

    >>> resolve(Found(0, 6, "day", {"weekday": "Friday"}), Setting(date(2020, 8, 14), tense="past"))
    ('DATE', '2020-08-14')
    >>> resolve(Found(0, 6, "day", {"weekday": "Friday"}), Setting(None))
    ('DATE', 'XXXX-WXX-5')
    """
    p = {name: re.sub(r"\s+", " ", words.strip()) for name, words in found.parts.items()}
    match found.form:
        case "iso":
            known = day(int(p["year"]), int(p["month"]), int(p["day"]))
            return _with_time(known.isoformat() if known else None, p)
        case "slashed":
            known = _slashed(p, setting)
            return "DATE", known.isoformat() if known else None
        case "day":
            return _with_time(_day(p, setting), p)
        case "holiday":
            month, number_ = HOLIDAYS[p["name"].lower()]
            return "DATE", _calendar_day(month, number_, _year_told(p), setting)
        case "month":
            return "DATE", _month(p, setting)
        case "clock" | "part":
            return _time_of_day(p, setting)
        case "unit" | "within":
            return _unit(p, setting)
        case "span":
            return _span(p, setting)
        case "age":
            return "DURATION", period(number(p["number"]), _designator(p["unit"]))
        case "vague":
            return "DATE", "PAST_REF" if "recent" in p["which"].lower() else "FUTURE_REF"
        case "season":
            return "DATE", _season(SEASONS[p["season"].lower()], p, setting)
        case "quarter" | "half":
            return "DATE", _quarter(found.form[0].upper(), p, setting)
        case "year":
            return "DATE", p["year"]
        case "decade":
            return "DATE", _decade(p)
        case "century":
            nth = int(p["nth"])
            return "DATE", f"{nth - 1:02}" if 1 <= nth <= 21 else None
        case "reference":
            return "DATE", REFERENCES[p["words"].lower()]
        case "frequency":
            return "SET", FREQUENCIES[p["words"].lower()]
        case "every" | "habit":
            return "SET", _set(p)


# --- days --------------------------------------------------------------------------------------------------------------------


def _with_time(value: str | None, p: dict[str, str]) -> Value:
    """A day with the time of day that stands in the same expression."""
    part = p.get("part", "").lower()
    time = _clock(f"{p['clock']} {part}") if "clock" in p else PARTS.get(part)
    if p.get("deictic", "").lower() == "tonight":
        time = time or "TNI"
    # TimeML tells "early" and "late" in `mod`, which has no place in our value. A late weekday in a report is its evening; the
    # early hours are part of no named part of the day, so that the day alone is told.
    if time is None and p.get("edge", "").lower() == "late" and ("weekday" in p or "deictic" in p):
        time = "TEV"
    if time is None:
        return "DATE", value
    return "TIME", value + time if value is not None else None


def _day(p: dict[str, str], setting: Setting) -> str | None:
    if "month" in p:
        return _calendar_day(_month_number(p["month"]), int(re.sub(r"\D", "", p["day"])), _year_told(p), setting)
    if "weekday" in p:
        return _weekday(WEEKDAYS[p["weekday"].rstrip(".").lower()], p.get("which", "").lower(), setting)
    offset = {"the day before yesterday": -2, "yesterday": -1, "last": -1, "tomorrow": 1, "the day after tomorrow": 2}
    known = setting.published and moved(setting.published, "D", offset.get(p["deictic"].lower(), 0))
    return known.isoformat() if known else None


def _weekday(iso: int, which: str, setting: Setting) -> str:
    counted = days(setting.mentioned) if which.startswith("the ") else None
    start = counted[0] if counted else setting.published
    if start is None:
        return f"XXXX-WXX-{iso}"
    word = which.split(" ")[-1] if which else ""
    ahead = word in _AHEAD or (
        word not in _BACK and (setting.tense == "future" or (word == "this" and setting.tense == "open"))
    )
    # "last" and "next" leave the day itself out; a bare weekday may be today's.
    least = 1 if word in _BACK or word in _AHEAD else 0
    gap = (iso - start.isoweekday()) % 7 if ahead else (start.isoweekday() - iso) % 7
    found = moved(start, "D", (1 if ahead else -1) * (gap + 7 if gap < least else gap))
    return found.isoformat() if found else f"XXXX-WXX-{iso}"


def _month_number(words: str) -> int:
    return MONTHS[words.rstrip(".").lower()]


def _year_told(p: dict[str, str]) -> int | None:
    return int(p["year"]) if "year" in p else None


def _calendar_day(month: int, number_: int, year: int | None, setting: Setting) -> str | None:
    """A day of a month: in the year told, the year that holds, else the nearest such day in the direction of the tense."""
    if not day(2000, month, number_):
        return None
    year = year if year is not None else setting.year
    if year is None and setting.published is None:
        return f"XXXX-{month:02}-{number_:02}"
    if year is not None:
        known = day(year, month, number_)
        return known.isoformat() if known else None
    assert setting.published is not None
    here = setting.published
    around = [d for y in range(here.year - 4, here.year + 5) if (d := day(y, month, number_))]
    fitting = [
        d
        for d in around
        if (d <= here if setting.tense == "past" else d >= here if setting.tense == "future" else True)
    ]
    known = min(fitting or around, key=lambda d: (abs((d - here).days), d), default=None)
    return known.isoformat() if known else None


def _slashed(p: dict[str, str], setting: Setting) -> date | None:
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


# --- months, seasons, quarters, years ----------------------------------------------------------------------------------------


def _year_of(words: str, setting: Setting) -> int | None:
    """ "this year", "last year", "the year" as a number."""
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
    if word in _BACK:
        return ended[-1] if ended else None
    if word in _AHEAD:
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


def _month(p: dict[str, str], setting: Setting) -> str:
    month = _month_number(p["month"])
    year = _year_told(p) or (
        _year_of(p["thisyear"], setting) if "thisyear" in p else setting.year if "which" not in p else None
    )
    if year is None and setting.published is not None:
        starts = [d for y in range(setting.published.year - 2, setting.published.year + 3) if (d := day(y, month, 1))]
        nearest = _nearest_start(starts, 1, p.get("which", ""), setting)
        year = nearest.year if nearest else None
    return f"{year:04}-{month:02}" if year else f"XXXX-{month:02}"


def _season(season: str, p: dict[str, str], setting: Setting) -> str:
    year = _year_told(p)
    if year is None and setting.published is not None:
        around = range(setting.published.year - 2, setting.published.year + 3)
        starts = [d for y in around if (d := day(y, SEASON_STARTS[season], 1))]
        nearest = _nearest_start(starts, 3, p.get("which", ""), setting)
        year = nearest.year if nearest else None
    return f"{year:04}-{season}" if year else f"XXXX-{season}"


def _quarter(letter: str, p: dict[str, str], setting: Setting) -> str:
    nth = ORDINALS.get(p["nth"].lower()) or int(p["nth"])
    year = _year_told(p) or (_year_of(p["thisyear"], setting) if "thisyear" in p else setting.year)
    if year is None and setting.published is not None:
        length = 3 if letter == "Q" else 6
        around = range(setting.published.year - 2, setting.published.year + 3)
        starts = [d for y in around if (d := day(y, length * (nth - 1) + 1, 1))]
        nearest = _nearest_start(starts, length, "", setting)
        year = nearest.year if nearest else None
    return f"{year:04}-{letter}{nth}" if year else f"XXXX-{letter}{nth}"


def _decade(p: dict[str, str]) -> str:
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


# --- units and stretches -----------------------------------------------------------------------------------------------------


def _designator(unit: str) -> str:
    unit = unit.lower()
    for one in (unit, unit.removesuffix("s"), unit.removesuffix("ies") + "y", unit.removesuffix("ia") + "ium"):
        if one in UNITS:
            return UNITS[one]
    raise KeyError(unit)


def _unit(p: dict[str, str], setting: Setting) -> Value:
    """ "last week", "the following day", "earlier this month", "the end of the year", "that night"."""
    which, words = p.get("which", "").lower(), p["unit"].lower()
    word, part = which.split(" ")[-1] if which else "", PARTS.get(words)
    if words in SEASONS:
        return "DATE", _season(SEASONS[words], {"which": which}, setting)
    unit = "D" if part else _designator(words)
    if not part and (
        "length" in p or unit.startswith("T") or (which == "the last" and unit in {"D", "W", "M", "Y", "DE"})
    ):
        return "DURATION", period(1, unit)
    step = -1 if word in _BACK else 1 if word in _AHEAD else 0
    # A reporter's "that", "the same", "the following", "the previous" count from what was said last; so does "the day" itself.
    told = which.startswith(("that", "the ")) and word not in {"current", "present", "coming", "upcoming"}
    told = told or word in {"previous", "preceding", "following"} or ("edge" in p and not which and unit == "D")
    if which == "this past":
        step = -1
    start = setting.reference() if told else setting.published.isoformat() if setting.published else None
    value = _stepped(start, unit, step, setting)
    if words == "night" and not part:
        part = "TNI"
    if part:
        return "TIME", f"{value}{part}" if value else None
    return "DATE", value


def _stepped(start: str | None, unit: str, count: int, setting: Setting) -> str | None:
    """The unit that holds `start`, moved by `count`. None where `start` is coarser than the unit: no day follows from a year."""
    span, fine = days(start), grain(start)
    unit = {"2W": "W", "NI": "D"}.get(unit, unit)
    if span is None or fine is None:
        return None
    if unit == "WE" and count == 0 and setting.tense == "past" and span[0].isoweekday() < 6:
        count = -1  # "over the weekend", said on a weekday of what has been
    needed = {"WE": "W", "ML": "CE"}.get(unit, unit)
    if needed in GRAINS and GRAINS.index(fine) < GRAINS.index(needed):
        return None
    target = moved(span[0], unit, count)
    # A year from a quarter is that quarter, as in "compared with a year earlier".
    return at_grain(target, "Q" if unit == "Y" and start and re.search("-Q[1-4]$", start) else unit) if target else None


def _span(p: dict[str, str], setting: Setting) -> Value:
    """ "five days", "the past three years", "two weeks ago", "a month later"."""
    unit = _designator(p["unit"] if "unit" in p else p["bare"])
    count = number(p["number"]) if "number" in p else None if "bare" in p or p["unit"].lower().endswith("s") else 1.0
    if "and" in p and count is not None:
        count += 0.5
    if "turn" not in p:
        return "DURATION", period(count, unit)
    turn = p["turn"].lower()
    back = turn in _BEFORE
    if count is None:
        return "DATE", "PAST_REF" if back else "FUTURE_REF"
    from_now = turn in {"ago", "from now", "from today", "hence"}
    start = (setting.published.isoformat() if setting.published else None) if from_now else setting.reference()
    if unit == "2W":
        unit, count = "W", 2 * count
    if count != int(count):
        # Half a year is six months: told in the unit in which it is whole.
        smaller, times = {
            "Y": ("M", 12),
            "D": ("TH", 24),
            "DE": ("Y", 10),
            "CE": ("Y", 100),
            "M": ("D", 30),
            "W": ("D", 7),
        }.get(unit, (unit, 1))
        unit, count = smaller, round(count * times)
    if unit.startswith("T"):
        return "TIME", _stepped(start, "D", 0, setting)
    return "DATE", _stepped(start, unit, -int(count) if back else int(count), setting)


# --- times of day, and what comes back ---------------------------------------------------------------------------------------


def _time_of_day(p: dict[str, str], setting: Setting) -> Value:
    """A time of day on the day that was mentioned, else the day of publication."""
    if "of" in p:
        months = re.search(r"([A-Z][A-Za-z]+)\.? (\d+)\D*(\d{4})?$", p["of"])
        if months and months[1].lower() in MONTHS:
            year = int(months[3]) if months[3] else None
            value = _calendar_day(MONTHS[months[1].lower()], int(months[2]), year, setting)
            return "TIME", value + PARTS[p["part"].lower()] if value else None
    time = _clock(p["clock"]) if "clock" in p else PARTS.get(re.split("[ -]", p.get("part") or p["alone"])[-1].lower())
    reference = setting.reference()
    span = days(reference)
    if time is None:
        return "TIME", None
    if span is None or grain(reference) != "D":
        span = (setting.published, setting.published) if setting.published else None
    return "TIME", span[0].isoformat() + time if span else f"XXXX-XX-XX{time}"


_CLOCK_TIME = re.compile(r"(?<!\d)(\d{1,2})(?:[:.]?(\d{2}))?(?!\d)", re.ASCII)


def _clock(words: str) -> str | None:
    low = words.lower()
    if "noon" in low and "afternoon" not in low:
        return "T12:00"
    if "midnight" in low:
        return "T24:00"
    m = _CLOCK_TIME.search(low)
    if m:
        hour, minute = int(m[1]), int(m[2] or 0)
    else:
        spelt = number(low.split(" o'clock")[0].split(" ")[-1])
        hour, minute = int(spelt or 99), 0
    if re.search(r"p\.? ?m\b|afternoon|evening|night", low) and hour < 12:
        hour += 12
    elif re.search(r"(?<![a-z])a\.? ?m\b|morning", low) and hour == 12:
        hour = 0
    return clock(hour, minute)


def _set(p: dict[str, str]) -> str | None:
    if "weekday" in p:
        return (
            f"XXXX-WXX-{WEEKDAYS[p['weekday'].lower() + 'day' if not p['weekday'].lower().endswith('day') else p['weekday'].lower()]}"
            + (PARTS[p["part"].lower().removesuffix("s")] if "part" in p else "")
        )
    if "part" in p:
        word = p["part"].lower().removesuffix("s")
        return {"weekend": "XXXX-WXX-WE", "weekday": "P1D"}.get(word) or f"XXXX-XX-XX{PARTS[word]}"
    if "unit" in p:
        unit = p["unit"].lower()
        return f"XXXX-{SEASONS[unit]}" if unit in SEASONS else period(1, _designator(unit))
    what = p["what"].rstrip(".").lower()
    if what in WEEKDAYS:
        return f"XXXX-WXX-{WEEKDAYS[what]}"
    if what in MONTHS:
        return f"XXXX-{MONTHS[what]:02}"
    if what in SEASONS:
        return f"XXXX-{SEASONS[what]}"
    if what in PARTS:
        return f"XXXX-XX-XX{PARTS[what]}"
    if what == "weekend":
        return "XXXX-WXX-WE"
    return period(2 if "other" in p else number(p["number"]) if "number" in p else 1, _designator(what))
