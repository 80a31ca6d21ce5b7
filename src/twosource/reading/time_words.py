"""The words of time: names of months, days, seasons, parts of the day, units and small numbers, each with what TIMEX3 writes for it.

Lexicons only, so that what the patterns find and what the values say come from the same lists.
"""

from __future__ import annotations

import re

_MONTHS = "January February March April May June July August September October November December".split()

#: Name or abbreviation in lower case → 1..12.
MONTHS = (
    {m.lower(): n for n, m in enumerate(_MONTHS, 1)}
    | {m[:3].lower(): n for n, m in enumerate(_MONTHS, 1)}
    | {"sept": 9}
)

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

#: Name or abbreviation in lower case → ISO 1..7.
WEEKDAYS = (
    {w.lower(): n for n, w in enumerate(_WEEKDAYS, 1)}
    | {w[:3].lower(): n for n, w in enumerate(_WEEKDAYS, 1)}
    | {"tues": 2, "weds": 3, "thur": 4, "thurs": 4}
)

SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

#: Season → the month it begins with, by the meteorological calendar of the northern hemisphere.
SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

#: Part of the day → TIMEX3. "Dawn" and the like are given their nearest part.
PARTS = {
    "morning": "TMO", "dawn": "TMO", "daybreak": "TMO", "sunrise": "TMO", "midday": "TMI", "mid-day": "TMI", "lunchtime": "TMI",
    "afternoon": "TAF", "evening": "TEV", "dusk": "TEV", "sunset": "TEV", "nightfall": "TNI", "night": "TNI", "overnight": "TNI",
}  # fmt: skip

#: Unit → TIMEX3 designator; those of the clock stand behind a T.
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "WE", "fortnight": "2W",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
    "sec": "TS", "min": "TM", "hr": "TH", "yr": "Y", "school year": "Y", "fiscal year": "Y", "financial year": "Y",
    "calendar year": "Y", "millennium": "ML",
}  # fmt: skip

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

#: Number word in lower case → its value; a compound ("twenty-six") is read by `number`.
NUMBERS: dict[str, float] = (
    {w: n for n, w in enumerate(_ONES, 1)}
    | {w: 10 * n for n, w in enumerate(_TENS, 2)}
    | {
        "a": 1,
        "an": 1,
        "another": 1,
        "half": 0.5,
        "half a": 0.5,
        "half an": 0.5,
        "a half": 0.5,
        "a hundred": 100,
        "hundred": 100,
    }
    | {"one hundred": 100, "a dozen": 12, "dozen": 12, "a half-": 0.5, "a quarter of a": 0.25, "quarter of a": 0.25}
)

#: Words for a number that is not told. "A couple of" is two in TIMEX3, and in dictionaries.
VAGUE = (
    "a few",
    "few",
    "several",
    "many",
    "some",
    "a number of",
    "dozens of",
    "hundreds of",
    "thousands of",
    "numerous",
    "countless",
)

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

#: Feasts whose date is the same every year, and is the same wherever they are kept.
HOLIDAYS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "new year's": (1, 1), "valentine's day": (2, 14), "st. patrick's day": (3, 17),
    "st patrick's day": (3, 17), "saint patrick's day": (3, 17), "april fools' day": (4, 1), "april fool's day": (4, 1),
    "may day": (5, 1), "the fourth of july": (7, 4), "fourth of july": (7, 4), "july fourth": (7, 4), "bastille day": (7, 14),
    "assumption day": (8, 15), "halloween": (10, 31), "all saints' day": (11, 1), "all souls' day": (11, 2), "guy fawkes night": (11, 5),
    "bonfire night": (11, 5), "armistice day": (11, 11), "veterans day": (11, 11), "veterans' day": (11, 11), "christmas eve": (12, 24),
    "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26), "international women's day": (3, 8), "juneteenth": (6, 19),
}  # fmt: skip

#: Feasts that move with Easter: days from Easter Sunday of the western churches.
FROM_EASTER = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "holy saturday": -1, "good friday": -2, "maundy thursday": -3, "palm sunday": -7,
    "ash wednesday": -46, "shrove tuesday": -47, "mardi gras": -47, "ascension day": 39, "pentecost": 49, "whit sunday": 49,
    "whit monday": 50, "pentecost monday": 50, "corpus christi": 60,
}  # fmt: skip

#: Feasts on a certain weekday of a month: month, ISO weekday, which (−1 is the last). Those that countries keep apart are left out.
NTH_WEEKDAYS = {
    "martin luther king day": (1, 1, 3), "martin luther king jr. day": (1, 1, 3), "presidents' day": (2, 1, 3), "memorial day": (5, 1, -1),
    "labor day": (9, 1, 1), "columbus day": (10, 1, 2), "thanksgiving": (11, 4, 4), "thanksgiving day": (11, 4, 4),
}  # fmt: skip

#: Expressions that name the present, what is behind or what is before us, and nothing nearer (TimeML 1.2.1, `anchor_val`).
REFERENCES = {
    "now": "PRESENT_REF", "right now": "PRESENT_REF", "currently": "PRESENT_REF", "presently": "PRESENT_REF", "nowadays": "PRESENT_REF",
    "at present": "PRESENT_REF", "at the moment": "PRESENT_REF", "these days": "PRESENT_REF", "recently": "PAST_REF",
    "lately": "PAST_REF", "long ago": "PAST_REF", "not long ago": "PAST_REF", "some time ago": "PAST_REF", "a long time ago": "PAST_REF",
    "a while ago": "PAST_REF", "the recent past": "PAST_REF", "the past": "PAST_REF", "the future": "FUTURE_REF",
    "the near future": "FUTURE_REF", "the foreseeable future": "FUTURE_REF",
}  # fmt: skip

#: Adverbs and adjectives of what comes back → TIMEX3 period.
FREQUENCIES = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W", "monthly": "P1M",
    "quarterly": "P1Q", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y", "biannual": "P2Y", "biennial": "P2Y",
}  # fmt: skip


def number(words: str) -> float | None:
    """The value of a number in digits or words, None where it tells none ("several").

    >>> number("twenty-six"), number("1,500"), number("a"), number("a few")
    (26, 1500, 1, None)
    """
    said = re.sub(r"\s+", " ", words.strip().lower())
    if said in NUMBERS:
        return NUMBERS[said]
    if said in {"a couple of", "couple of", "a couple", "a pair of"}:
        return 2
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9}", said):
        return int(said.replace(",", ""))
    if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,3}", said):
        return float(said)
    if said.endswith(" and a half"):
        whole = number(said.removesuffix(" and a half"))
        return None if whole is None else whole + 0.5
    tens, _, ones = said.replace("-", " ").partition(" ")
    if tens in _TENS and NUMBERS.get(ones, 99) < 10:
        return NUMBERS[tens] + NUMBERS[ones]
    return None
