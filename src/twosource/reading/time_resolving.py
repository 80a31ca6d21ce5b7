"""From what an expression of time says, and where it is said, to its TIMEX3 kind and value.

Pure: the words found, the day of publication, what was mentioned before and the tense of the clause go in; kind and value come out.
The rules are those of reporting English. A bare weekday, month or day is the nearest one behind where the clause speaks of the past, the
nearest one ahead where it speaks of what is to come; the day of publication is its own weekday in both. "Ago" and "last" count from the
publication, "earlier", "later" and "the following" from what was mentioned last.
"""

from __future__ import annotations

import re
from typing import Literal

from twosource.reading.time_calendar import (
    AHEAD,
    BACK,
    Setting,
    bare_day,
    calendar_day,
    decade,
    feast,
    month_number,
    month_of,
    part_of_year,
    season_of,
    slashed,
    weekday,
    year_told,
)
from twosource.reading.time_patterns import Found
from twosource.reading.time_values import GRAINS, at_grain, clock, day, days, grain, moved, period
from twosource.reading.time_words import (
    FREQUENCIES,
    MONTHS,
    PARTS,
    REFERENCES,
    SEASONS,
    UNITS,
    WEEKDAYS,
    number,
)  # fmt: skip

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Value = tuple[Kind, str | None]

_BEFORE = ("ago", "earlier", "before", "beforehand", "previously")


def resolve(found: Found, setting: Setting) -> Value:
    """Kind and TIMEX3 value of `found`. The value is None where it stays relative, and holds X for what is left open.

    >>> from datetime import date
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
            known = slashed(p, setting)
            return "DATE", known.isoformat() if known else None
        case "day":
            return _with_time(_day(p, setting), p)
        case "holiday":
            return "DATE", feast(p["name"].lower(), year_told(p), setting)
        case "month":
            return "DATE", month_of(p, setting)
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
            return "DATE", season_of(SEASONS[p["season"].lower()], p, setting)
        case "quarter" | "half":
            return "DATE", part_of_year(found.form[0].upper(), p, setting)
        case "year":
            return "DATE", p["year"]
        case "decade":
            return "DATE", decade(p)
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
    if "alone" in p:
        return bare_day(int(re.sub(r"\D", "", p["alone"])), setting)
    if "month" in p:
        return calendar_day(month_number(p["month"]), int(re.sub(r"\D", "", p["day"])), year_told(p), setting)
    if "weekday" in p:
        return weekday(WEEKDAYS[p["weekday"].rstrip(".").lower()], p.get("which", "").lower(), setting)
    offset = {"the day before yesterday": -2, "yesterday": -1, "last": -1, "tomorrow": 1, "the day after tomorrow": 2}
    known = setting.published and moved(setting.published, "D", offset.get(p["deictic"].lower(), 0))
    return known.isoformat() if known else None


# --- units and stretches -----------------------------------------------------------------------------------------------------


def _designator(unit: str) -> str:
    unit = unit.lower()
    for one in (unit, unit.removesuffix("s"), unit.removesuffix("ies") + "y", unit.removesuffix("ia") + "ium"):
        if one in UNITS:
            return UNITS[one]
    raise KeyError(unit)


def _unit(p: dict[str, str], setting: Setting) -> Value:
    """As "last week", "the following day", "earlier this month", "the end of the year", "that night"."""
    which, words = p.get("which", "").lower(), p["unit"].lower()
    word, part = which.split(" ")[-1] if which else "", PARTS.get(words)
    if words in SEASONS:
        return "DATE", season_of(SEASONS[words], {"which": which}, setting)
    unit = "D" if part else _designator(words)
    if not part and (
        "length" in p or unit.startswith("T") or (which == "the last" and unit in {"D", "W", "M", "Y", "DE"})
    ):
        return "DURATION", period(1, unit)
    step = -1 if word in BACK else 1 if word in AHEAD else 0
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
    looks_back = setting.tense == "past" or (setting.tense == "open" and span[0].isoweekday() <= 3)
    if unit == "WE" and count == 0 and looks_back and span[0].isoweekday() < 6:
        count = (
            -1
        )  # "over the weekend", said of what has been, or, where the tense does not tell, before the middle of the week
    needed = {"WE": "W", "ML": "CE"}.get(unit, unit)
    if needed in GRAINS and GRAINS.index(fine) < GRAINS.index(needed):
        return None
    target = moved(span[0], unit, count)
    # A year from a quarter is that quarter, as in "compared with a year earlier".
    return at_grain(target, "Q" if unit == "Y" and start and re.search("-Q[1-4]$", start) else unit) if target else None


def _span(p: dict[str, str], setting: Setting) -> Value:
    """As "five days", "the past three years", "two weeks ago", "a month later"."""
    unit = _designator(p["unit"] if "unit" in p else p["bare"])
    count = number(p["number"]) if "number" in p else None if "bare" in p or p["unit"].lower().endswith("s") else 1.0
    if "and" in p and count is not None:
        count += 0.5
    if "turn" not in p:
        # "six to eight weeks" tells no one count
        return "DURATION", period(None if "least" in p else count, unit)
    turn = p["turn"].lower()
    back = turn in _BEFORE
    if count is None:
        # "Days later", told of the past, lies between what was mentioned and the publication: no reference names that.
        return "DATE", "PAST_REF" if back else None if turn != "from now" and setting.tense == "past" else "FUTURE_REF"
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
            value = calendar_day(MONTHS[months[1].lower()], int(months[2]), year, setting)
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
        part = PARTS[p["part"].lower().removesuffix("s")] if "part" in p else ""
        return f"XXXX-WXX-{WEEKDAYS[p['weekday'].lower()]}{part}"
    if "part" in p:
        word = p["part"].lower().removesuffix("s")
        return {"weekend": "XXXX-WXX-WE", "weekday": "P1D"}.get(word) or f"XXXX-XX-XX{PARTS[word]}"
    if "unit" in p:
        unit = p["unit"].lower()
        if unit == "season":  # "per season": which of them is not said
            return None
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
