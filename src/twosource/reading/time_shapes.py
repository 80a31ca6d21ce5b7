"""The pieces that the patterns of time are made of: each a pattern for one kind of words, from the lexicons of `time_words`.

All are written for `re.VERBOSE`, so that a space is always a class. None repeats without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from twosource.reading.time_words import (
    FROM_EASTER,
    HOLIDAYS,
    MONTHS,
    NTH_WEEKDAYS,
    NUMBERS,
    PARTS,
    SEASONS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)

#: Between two words.
S = "[ ]{1,3}"


def cased(words: Iterable[str]) -> str:
    """One of `words` as they are written here, the longest first."""
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", S) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


def either(words: Iterable[str] | str) -> str:
    """One of `words` (a list, or one string with commas between), with a capital or a small first letter.

    >>> either("ago, from now")
    '(?:[Ff]rom[ ]{1,3}now|[Aa]go)'
    """
    told = words.split(", ") if isinstance(words, str) else list(words)
    ways = (re.escape(w).replace(r"\ ", S) for w in sorted(told, key=lambda w: (-len(w), w)))
    return "(?:" + "|".join(re.sub(r"^[a-z]", lambda m: f"[{m[0].upper()}{m[0]}]", way) for way in ways) + ")"


def _names(full: Iterable[str], short: Iterable[str]) -> str:
    """Names written with a capital, in full, abbreviated with or without a full stop, or all in capitals."""
    long = cased([form for name in full for form in (name.capitalize(), name.upper())])
    brief = cased([form for name in short for form in (name.capitalize(), name.upper())])
    return rf"(?:{long}|{brief}\b\.?)"


MONTH = _names((m for m in MONTHS if len(m) > 4 or m in {"may", "june", "july"}), (m for m in MONTHS if len(m) <= 4))
WEEKDAY = _names((w for w in WEEKDAYS if w.endswith("day")), (w for w in WEEKDAYS if not w.endswith("day")))
FEAST = cased(
    re.sub(r"(?<![a-z'])(?!of\b|the\b)[a-z]", lambda m: m[0].upper(), h)
    for h in (*HOLIDAYS, *FROM_EASTER, *NTH_WEEKDAYS)
)

_NUMBERED = "(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|ST|ND|RD|TH)?"
DAY = _NUMBERED + "(?![0-9]|[.,:][0-9])"
DAY_BEFORE_YEAR = _NUMBERED + "(?![0-9])"
YEAR = "(?:1[0-9]{3}|20[0-9]{2})(?![0-9]|[.,][0-9])"
#: Behind a day: "Nov 12 2011,01:19" is a year and no thousands.
YEAR_OF_DAY = "(?:1[0-9]{3}|20[0-9]{2})(?![0-9])"
PART = either(PARTS)
SEASON = either(SEASONS)

_SHORT = {"sec", "min", "hr", "yr"}
#: A unit in the singular. A "second" is too often what comes after the first.
UNIT = either(u for u in UNITS if u != "second" and u not in _SHORT)
UNITS_MANY = either([u + "s" for u in UNITS if u not in {"century", "millennium"}] + ["centuries", "millennia"])
UNITS_ANY = rf"(?:{UNITS_MANY}|{UNIT}|second|sec|min|hr|yr)"

_COUNTED = cased(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
_TENS = either("twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety")
_WORDS = rf"(?:{_TENS}[- ]{_COUNTED}|{either([*NUMBERS, 'a couple of', 'couple of', 'a pair of'])})"
_DIGITS = r"(?:(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3}){0,3}(?:\.[0-9]{1,2})?|(?<![0-9.,])[0-9]{4,6})"
NUMBER = rf"(?:(?:{_WORDS}|[0-9]{{1,2}}){S}and{S}a{S}half|{_WORDS}|{either(VAGUE)}|{_DIGITS})"

_ENDS = either(
    "beginning, start, end, middle, close, turn, first half, second half, latter part, early part, rest, remainder, eve"
)
#: What tells a piece of it: "late", "the end of".
EDGE = rf"(?:(?:[Tt]he{S})?(?:very{S})?{_ENDS}{S}of(?:{S}the)?|{either('very early, early, late, earlier, later')}|[Mm]id[- ])"

APPROX = either(
    "about, around, roughly, approximately, nearly, almost, some, more than, less than, fewer than, at least, at most, up to, "
    "no more than, no less than, just over, just under, just, only, well over, as many as, close to, more or less, another, exactly, "
    "a little more than, "
    "a little less than, a little over, a little under, a bit more than, a bit less than, little more than, little less than"
)
_NEAR = "about, around, shortly before, shortly after, just before, just after, soon after, nearly, almost, approximately, roughly"
ABOUT = f"(?:{either(_NEAR)}{S})"
_ZONES = cased("GMT UTC EST EDT CST CDT MST MDT PST PDT BST CET CEST EET EEST IST JST MSK AEST AEDT ET CT PT Z".split())
_OF_AMERICA = either("eastern, central, mountain, pacific")
ZONE = rf"(?:[ ]{{0,2}}{_ZONES}\b|{S}{_OF_AMERICA}(?:[ ](?:[Ss]tandard|[Dd]aylight))?[ ][Tt]ime|{S}local{S}time)"
_AMPM = r"(?:[ ]{0,2}(?:[AaPp]\.[ ]?[Mm]\.|[AaPp][Mm]\b))"
_FREE = "(?:(?<![0-9:.,$/-])|(?<=[ ][12][0-9]{3},))"
_SCORE = "(?:win|lead|victory|defeat|loss|draw)"
CLOCK = rf"""(?:
    {_FREE}(?:[01]?[0-9]|2[0-4])(?:[:.][0-5][0-9](?::[0-5][0-9])?)?{_AMPM}{ZONE}?
  | {_FREE}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:]|[ ]?{_SCORE})(?:[ ](?:hours|hrs|h)\b)?{ZONE}?
  | {_FREE}(?:[01][0-9]|2[0-3])[0-5][0-9](?:[ ](?:hours|hrs)\b{ZONE}?|{ZONE})
  | (?:[01]?[0-9]|{either(list(NUMBERS)[:12])})[ ]o'clock(?:{S}in{S}the{S}(?:morning|afternoon|evening)|{S}at{S}night)?
  | (?:12:00{S}|12{S})?(?:[Nn]oon|[Mm]idnight)(?!-|[a-z])
)"""

#: A day of a month. The names of its groups end in a letter behind `__`, since it may stand in a pattern more than once.
CALENDAR = rf"""(?:
    (?P<month__a>{MONTH})[ ]{{0,2}}
    (?:(?P<day__a>{DAY_BEFORE_YEAR}),?[ ]{{0,2}}-?(?P<year__a>{YEAR_OF_DAY})|(?P<day__b>{DAY})(?:,{S}(?P<year__b>{YEAR_OF_DAY}))?)
  | (?P<day__c>{DAY})(?:{S}of)?[ -]{{1,3}}(?P<month__c>{MONTH})(?:,?[ -]{{1,3}}(?P<year__c>{YEAR_OF_DAY}))?
)"""

DEICTIC = rf"""(?:
    {either("the day before yesterday, the day after tomorrow, yesterday, today, tonight, tomorrow")}
  | [Ll]ast(?={S}night) | [Tt]his(?={S}(?:very{S})?{PART})
)"""

#: Which weekday or month.
WHICH = either(
    "this past, this coming, last, next, this, past, coming, the previous, the following, the next, the preceding"
)

#: Which week, month, year …
RELATIVE = rf"""(?:
    {either("the same, that same, that, this past, this coming, this")}
  | (?:[Tt]he{S})?{either("last, next, previous, following, preceding, coming, current, upcoming, present")}
)"""

#: What turns a stretch of time into a point.
TURN = either(
    "ago, earlier, later, beforehand, before, after, afterward, afterwards, previously, hence, from now, from today"
)
