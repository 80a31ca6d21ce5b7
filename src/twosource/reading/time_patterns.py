"""Where expressions of time may stand in a text, and what they are made of: patterns over characters, without opinion on their value.

Every pattern is bounded, so that the search is linear in the text. What is found is a candidate: "May" may be a verb and "2000" no year.
That is decided in `time_doubts`, which knows the parse.

Extents follow TimeML 1.2.1: modifiers belong to the expression ("late Thursday", "the end of July", "almost two years"), a preposition
before it does not ("on Friday" → "Friday").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from twosource.reading.time_shapes import (
    ABOUT,
    APPROX,
    CALENDAR,
    CLOCK,
    DAY,
    DEICTIC,
    EDGE,
    FEAST,
    MONTH,
    NUMBER,
    PART,
    RELATIVE,
    SEASON,
    TURN,
    UNIT,
    UNITS_ANY,
    UNITS_MANY,
    WEEKDAY,
    WHICH,
    YEAR,
    S,
    cased,
    either,
)  # fmt: skip
from twosource.reading.time_words import FREQUENCIES, FROM_EASTER, HOLIDAYS, NTH_WEEKDAYS, REFERENCES, SEASONS

Form = Literal[
    "iso", "slashed", "day", "month", "clock", "part", "unit", "within", "span", "season", "quarter", "half", "year", "decade", "century",
    "holiday", "reference", "frequency", "every", "habit", "age", "vague",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: where it stands, its form, and its parts by name, in the words of the text (white space and quotes made plain)."""

    start: int
    end: int
    form: Form
    parts: dict[str, str]


_THIS_YEAR = rf"(?P<thisyear>(?:this|last|next){S}year)"
_OF_YEAR = rf"(?:,?{S}(?:of{S})?(?P<year>{YEAR}))"

#: In the order in which the first of two equal ones is taken.
_RULES: tuple[tuple[Form, str], ...] = (
    ("iso", r"""(?<![0-9-])(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])
        (?:[T ](?P<clock>[0-2][0-9]:[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9]|-[0-9])"""),
    ("slashed", r"""(?<![0-9./-])(?P<first>[0-3]?[0-9])(?P<sep>[/.-])(?P<second>[0-3]?[0-9])(?P=sep)
        (?P<year>[12][0-9]{3}|[0-9]{2})(?![0-9]|[./-][0-9])"""),
    ("day", rf"""(?:(?P<clock>{ABOUT}?{CLOCK}),?{S})?(?:(?P<edge>{EDGE}){S})?
        (?:(?:(?P<which>{WHICH}){S})?(?P<weekday>{WEEKDAY})(?:,?{S}CALENDAR)?|(?P<deictic>{DEICTIC})(?:,{S}CALENDAR)?|CALENDAR)
        (?:(?:'s)?{S}(?:(?:early|late|very|mid-?){S})?(?P<part>{PART}))?(?:,?{S}(?P<clock__b>{CLOCK}))?"""),
    ("month", rf"""(?:(?P<edge>{EDGE})[ ]{{0,3}}|(?P<edge__b>[Ee]nd-))?(?:(?P<which>{WHICH}){S})?(?P<month>{MONTH})
        (?:{_OF_YEAR}|{S}{_THIS_YEAR})?(?P<end>-end)?"""),
    ("clock", rf"(?P<clock>{ABOUT}?{CLOCK})"),
    ("part", rf"""[Tt]he{S}(?P<edge>early{S}|late{S})?(?P<part>{PART})
        (?:{S}of{S}(?P<of>(?:{WEEKDAY},?{S})?{MONTH}{S}{DAY}(?:,{S}{YEAR})?))?"""),
    ("part", rf"(?P<alone>{either('overnight, dawn, midday, nightfall')}|{either('early, late, mid')}[- ](?:morning|afternoon|evening))"),
    ("unit", rf"(?:(?P<edge>{EDGE}){S})?(?P<which>{RELATIVE}){S}(?P<unit>{UNIT}|{SEASON}|{PART})"),
    ("unit", rf"(?P<which>[Tt]he){S}(?P<unit>weekend)"),
    ("within", rf"""(?P<edge>(?:[Ee]arlier|[Ll]ater){S}in|(?:[Tt]he{S})?(?:end|beginning|start|middle|rest|remainder|close){S}of)
        {S}the{S}(?P<unit>{UNIT})"""),
    ("day", r"[Tt]he[ ](?P<alone>(?:[12]?1st|2?2nd|2?3rd|3(?:0th|1st)|(?:[4-9]|1[0-9]|2[04-9])th))(?![ -][0-9A-Z]|-)"),
    ("span", rf"""(?:(?P<approx>{APPROX}){S}(?:the{S})?)?
        (?:(?P<least>{NUMBER}){S}(?:to|or){S}|(?P<least__b>(?<![0-9.,-])[0-9]{{1,4}})-(?=[0-9]))?(?P<number>{NUMBER})
        (?:{S}(?:or{S}(?:so|more|two){S}|(?:full|long|whole|consecutive|straight|more|short|business|working){S})?|-)
        (?P<unit>{UNITS_ANY})\b(?P<and>{S}and{S}a{S}half)?(?:'(?!s))?(?:-long)?(?:{S}(?P<turn>{TURN}))?"""),
    ("span", rf"""(?P<stretch>(?:{either("the, those, these")}{S})?
        {either("past, last, next, coming, first, previous, following, preceding, final")}{S})
        (?P<number>{NUMBER})(?:{S}|-)(?P<unit>{UNITS_ANY})"""),
    ("span", rf"(?P<stretch>[Tt]he{S}[Pp]ast{S})(?P<unit>{UNITS_MANY}|{UNIT})"),
    ("span", r"(?P<unit>year|month|week|day|hour|decade)s?-?long"),
    ("vague", rf"(?P<which>(?:[Tt]he{S})?(?:(?:most{S})?[Rr]ecent|[Cc]oming)){S}(?P<unit>{UNITS_MANY})"),
    ("span", rf"(?P<bare>{either('seconds, minutes, hours, days, weeks, months, years, decades, centuries')})(?:{S}(?P<turn>{TURN}))?"),
    ("span", rf"[Tt]he{S}(?P<unit>day|night|week|month|year){S}(?P<turn>before|after|earlier)"),
    ("age", rf"(?P<number>{NUMBER})(?:-|{S})(?P<unit>year|month|week|day|hour|yr)s?(?:-|{S})old"),
    ("season", rf"(?:(?P<edge>{EDGE}){S})?(?:[Tt]he{S})?(?:(?P<early>early|late|mid-?){S})?(?P<season>{SEASON}){_OF_YEAR}?"),
    ("quarter", rf"""(?:[Tt]he{S})?(?P<nth>{either("first, second, third, fourth, 1st, 2nd, 3rd, 4th")})(?:{S}|-)(?:[Ff]iscal{S})?[Qq]uarter
        (?:{_OF_YEAR}|{S}of{S}{_THIS_YEAR})?"""),
    ("quarter", rf"Q(?P<nth>[1-4])(?:(?:,?{S}|/)(?P<year>{YEAR}))?"),
    ("half", rf"(?:[Tt]he{S})?(?P<nth>[Ff]irst|[Ss]econd){S}half{S}of{S}(?:(?P<year>{YEAR})|(?P<thisyear>(?:this|last|next|the){S}year))"),
    ("year", rf"""(?:(?P<edge>{EDGE})[ ]{{0,3}})?(?:[Tt]he{S}year{S}|[Ff]iscal{S}(?:[Yy]ear{S})?|FY[ ]?)?
        (?P<year>(?<![0-9$£€#.,/:])(?:1[0-9]{{3}}|20[0-9]{{2}}))(?![0-9%]|[.,:][0-9]|[-/][0-9]{{1,2}}[-/])"""),
    ("decade", rf"""(?:[Tt]he{S})?(?:(?P<edge>[Ee]arly|[Ll]ate|[Mm]id-?)(?:{S}|-)?(?:to{S}late{S})?)?
        (?:(?P<year>(?:1[0-9]|20)[0-9]0)'?s|'(?P<short>[2-9]0)s|(?<=[Tt]he[ ])(?P<word>(?:twen|thir|for|fif|six|seven|eigh|nine)ties))"""),
    ("century", rf"(?:[Tt]he{S})?(?:(?P<edge>early|late|mid-?)(?:{S}|-))?(?P<nth>[0-9]{{1,2}})(?:st|nd|rd|th)(?:{S}|-)[Cc]entur(?:y|ies)"),
    ("holiday", rf"(?P<name>{FEAST})(?![ ](?:Island|Carol|[A-Z][a-z]{{2,}}))(?:,?{S}(?P<year>{YEAR}))?"),
    ("reference", rf"(?P<words>{either(REFERENCES)})(?!-)"),
    ("frequency", rf"(?P<words>{cased(FREQUENCIES)})"),
    ("every", rf"""(?:[Ee]very|[Ee]ach){S}(?:(?P<other>other){S}|(?P<number>{NUMBER}){S})?
        (?P<what>{WEEKDAY}|{UNITS_ANY}|{PART}|{SEASON}|{MONTH})"""),
    ("habit", rf"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s(?:{S}(?P<part>mornings|afternoons|evenings|nights))?"),
    ("habit", r"(?P<part>[Mm]ornings|[Ee]venings|[Ww]eekends|[Ww]eekdays)"),
    ("habit", rf"(?P<per>[Aa]n?|[Pp]er){S}(?P<unit>hour|day|week|month|year|decade|minute|night|season)"),
)  # fmt: skip


#: Letters that a text must hold, in lower case, for anything of that form to stand in it: looking for them costs next to nothing.
_NEEDS: dict[Form, tuple[str, ...]] = {
    "quarter": ("quarter", "q1", "q2", "q3", "q4"), "half": ("half",), "age": ("-old", " old"), "decade": ("0s", "0's", "ties"),
    "century": ("centur",), "every": ("every", "each"), "vague": ("recent", "coming"), "season": tuple(SEASONS),
    "holiday": tuple(sorted({name.split()[-1] for name in (*HOLIDAYS, *FROM_EASTER, *NTH_WEEKDAYS)})),
    "reference": tuple(sorted({max(words.split(), key=len) for words in REFERENCES})),
    "frequency": tuple(FREQUENCIES),
}  # fmt: skip


@functools.cache
def _patterns() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    """The rules as patterns: a group's name may stand once only in each, so every copy of the calendar gets letters of its own."""
    done = []
    for form, rule in _RULES:
        for copy in "xyz":
            rule = rule.replace("CALENDAR", CALENDAR.replace("__", f"__{copy}"), 1)
        done.append((form, re.compile(rf"(?<!\w)(?:{rule})(?!\w)", re.VERBOSE)))
    return tuple(done)


_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‑": "-", "–": "-", "—": ";", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " "}
)

#: A line at least so long may have been broken by an editor and not by its writer.
_WRAPPED = 45


def plain(text: str) -> str:
    r"""`text` of the same length with plain quotes, hyphens and spaces, and with the breaks of wrapped lines as spaces.

    >>> plain("Monday’s") == "Monday's", len(plain("on\u00a0Monday"))
    (True, 9)
    """
    lines = text.translate(_PLAIN).split("\n")
    out = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        wrapped = len(line) >= _WRAPPED and line[-1:].isalnum() and (after[:1].islower() or after[:1].isdigit())
        out.append(line + (" " if wrapped else "\n"))
    return "".join(out)[:-1]


def candidates(text: str) -> Iterator[Found]:
    """Every candidate in `text`, overlapping ones too, rule by rule."""
    flat = plain(text)
    low = flat.lower()
    absent = {form for form, words in _NEEDS.items() if not any(w in low for w in words)}
    for form, pattern in _patterns():
        if form in absent:
            continue
        for m in pattern.finditer(flat):
            parts = {}
            for name, words in m.groupdict().items():
                if words is not None:
                    parts[name.partition("__")[0]] = words
            yield Found(m.start(), m.end(), form, parts)


#: Forms that need no word of any language. The day comes first between points and strokes, and last behind a year.
_IN_DIGITS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("iso", re.compile(rf"(?<!\w)(?:{_RULES[0][1]})(?!\w)", re.VERBOSE)),
    ("iso", re.compile(r"(?P<year>[12][0-9]{3})[ ]?年[ ]?(?P<month>[0-9]{1,2})[ ]?月[ ]?(?P<day>[0-9]{1,2})[ ]?日")),
    (
        "iso",
        re.compile(
            r"(?<![\w./-])(?P<year>[12][0-9]{3})[./](?P<month>0?[1-9]|1[0-2])[./](?P<day>0?[1-9]|[12][0-9]|3[01])(?![\w/])"
        ),
    ),
    ("slashed", re.compile(rf"(?<!\w)(?:{_RULES[1][1]})(?!\w)", re.VERBOSE)),
    ("clock", re.compile(r"(?<![\w.,:/-])(?P<clock>(?:[01]?[0-9]|2[0-3]):[0-5][0-9])(?![\w:]|[.,][0-9])")),
)


def in_digits(text: str) -> Iterator[Found]:
    """The dates and times of day that are written in digits alone, in a text of any language.

    >>> [f.parts["day"] for f in in_digits("Opublikowano 2031-05-14; 2031年5月3日")]
    ['14', '3']
    """
    flat = plain(text)
    for form, pattern in _IN_DIGITS:
        for m in pattern.finditer(flat):
            parts = {name: words for name, words in m.groupdict().items() if words is not None}
            yield Found(m.start(), m.end(), form, parts | {"sep": "."} if form == "slashed" else parts)
