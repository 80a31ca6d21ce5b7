"""Where expressions of time may stand in a text, and what they are made of: patterns over characters, without opinion on their value.

Every pattern is bounded (no quantifier without an upper limit over anything that overlaps its neighbour), so that the search is linear in
the text. What is found is a candidate: "May" may be a verb and "2,000" no year. That is decided in `times`, which knows the parse.

Extents follow TimeML 1.2.1: modifiers belong to the expression ("late Thursday", "the end of July", "almost two years"), a preposition
before it does not ("on Friday" → "Friday").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from twosource.reading.time_words import (
    FREQUENCIES,
    HOLIDAYS,
    MONTHS,
    NUMBERS,
    PARTS,
    REFERENCES,
    SEASONS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)  # fmt: skip

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


def _any(words: object, *, cased: bool = False) -> str:
    """An alternation of `words`, the longest first, spaces and hyphens between words as the text has them; first letters in either case."""
    ways = []
    for word in sorted(map(str, words), key=lambda w: (-len(w), w)):  # type: ignore[call-overload]
        way = re.escape(word).replace(r"\ ", "[ ]{1,3}")
        ways.append(way if cased else re.sub(r"^[a-z]", lambda m: f"[{m[0].upper()}{m[0]}]", way))
    return "(?:" + "|".join(ways) + ")"


def _names(full: list[str], short: list[str]) -> str:
    """Names that are written with a capital, in full, abbreviated with or without a full stop, or all in capitals."""
    long = [f.capitalize() for f in full] + [f.upper() for f in full]
    brief = [s.capitalize() for s in short] + [s.upper() for s in short]
    return f"(?:{_any(long, cased=True)}|{_any(brief, cased=True)}\\b\\.?)"


_ = "[ ]{1,3}"
_MONTH = _names([m for m in MONTHS if len(m) > 4 or m in {"may", "june", "july"}], [m for m in MONTHS if len(m) <= 4])
_WEEKDAY = _names([w for w in WEEKDAYS if w.endswith("day")], [w for w in WEEKDAYS if not w.endswith("day")])
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|ST|ND|RD|TH)?(?![0-9]|[.,:][0-9])"
_DAY_BEFORE_YEAR = "(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])"
_YEAR = "(?:1[0-9]{3}|20[0-9]{2})(?![0-9]|[.,][0-9])"
_PART = _any(PARTS)
_SEASON = _any(SEASONS)
_UNIT = (
    _any([u for u in UNITS if u != "second"] + ["seconds"] + ["centuries", "millennia", "secs", "mins", "hrs", "yrs"])[
        :-1
    ]
    + ")"
)
_UNITS = f"(?:[Cc]enturies|[Mm]illennia|{_any([u for u in UNITS if u not in {'century', 'millennium'}])}s|century|millennium)"
_SINGLE = _any([u for u in UNITS if u not in {"second", "sec", "min", "hr", "yr"}])
_TENS_ONES = "(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)[- ](?:one|two|three|four|five|six|seven|eight|nine)"
_DIGITS = r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3}){0,3}(?:\.[0-9]{1,2})?|(?<![0-9.,])[0-9]{4,6}"
_NUMBER = f"(?:(?:{_TENS_ONES}|{_any(list(NUMBERS)[:19])}|[0-9]{{1,2}}){_}and{_}a{_}half|{_TENS_ONES}|{_any([*NUMBERS, 'a couple of', 'couple of', 'a pair of'])}|{_any(VAGUE)}|{_DIGITS})"
_EDGE = (
    (
        "(?:(?:[Tt]he{_})?(?:very{_})?(?:beginning|start|end|middle|close|turn|first half|second half|latter part|early part|rest|remainder|eve){_}of"
        "(?:{_}the)?|[Vv]ery{_}early|[Ee]arly|[Ll]ate|[Ee]arlier|[Ll]ater|[Mm]id[-{_}])"
    )
    .replace("-{_}", "- ")
    .replace("{_}", _)
)
_APPROX = (
    "(?:(?:[Aa]{_})?(?:[Ll]ittle|[Bb]it){_}(?:more|over|less|under)(?:{_}than)?|[Aa]bout|[Aa]round|[Rr]oughly|[Aa]pproximately|[Nn]early|[Aa]lmost|[Ss]ome|[Mm]ore{_}than|[Ll]ess{_}than|[Ff]ewer{_}than|[Aa]t{_}least|"
    "[Uu]p{_}to|[Nn]o{_}more{_}than|[Aa]t{_}most|[Jj]ust{_}over|[Jj]ust{_}under|[Jj]ust|[Oo]nly|[Ww]ell{_}over|[Aa]s{_}many{_}as|[Cc]lose{_}to|"
    "[Mm]ore{_}or{_}less|[Aa]nother|[Ee]xactly)"
).replace("{_}", _)
_ZONE = (
    r"(?:[ ]{0,2}(?:GMT|UTC|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|CET|CEST|EET|EEST|IST|JST|MSK|AEST|AEDT|ET|CT|PT|Z)\b|"
    r"[ ]{1,3}(?:[Ee]astern|[Cc]entral|[Mm]ountain|[Pp]acific)(?:[ ](?:[Ss]tandard|[Dd]aylight))?[ ][Tt]ime|[ ]{1,3}local[ ]time)"
)
_AMPM = r"(?:[ ]{0,2}(?:[AaPp]\.[ ]?[Mm]\.|[AaPp][Mm]\b))"
_CLOCK = (
    rf"(?:(?<![0-9:.,$/-])(?:[01]?[0-9]|2[0-4])(?:[:.][0-5][0-9](?::[0-5][0-9])?)?{_AMPM}{_ZONE}?|"
    rf"(?<![0-9:.,$/-])(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:]|[ ]?(?:win|lead|victory|defeat|loss|draw))"
    rf"(?:[ ](?:hours|hrs|h)\b)?{_ZONE}?|"
    rf"(?<![0-9:.,$/-])(?:[01][0-9]|2[0-3])[0-5][0-9](?:[ ](?:hours|hrs)\b{_ZONE}?|{_ZONE})|"
    rf"(?:(?:[01]?[0-9])|{_any(list(NUMBERS)[:12])})[ ]o'clock(?:{_}in{_}the{_}(?:morning|afternoon|evening)|{_}at{_}night)?|"
    rf"(?:12:00{_}|12{_})?(?:[Nn]oon|[Mm]idnight)(?!-|[a-z]))"
)
_ABOUT = f"(?:(?:[Aa]bout|[Aa]round|[Ss]hortly{_}(?:before|after)|[Jj]ust{_}(?:before|after)|[Ss]oon{_}after|[Nn]early|[Aa]lmost|[Aa]pproximately|[Rr]oughly){_})"
_CALENDAR = (
    rf"(?:(?P<month__a>{_MONTH})[ ]{{0,2}}(?:(?P<day__a>{_DAY_BEFORE_YEAR}),?[ ]{{0,2}}-?(?P<year__a>{_YEAR})|(?P<day__b>{_DAY})(?:,{_}(?P<year__b>{_YEAR}))?)"
    rf"|(?P<day__c>{_DAY})(?:{_}of)?[ -]{{1,3}}(?P<month__c>{_MONTH})(?:,?[ -]{{1,3}}(?P<year__c>{_YEAR}))?)"
)
_DEICTIC = (
    f"(?:[Tt]he{_}day{_}before{_}yesterday|[Tt]he{_}day{_}after{_}tomorrow|[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Ll]ast(?={_}night)"
    f"|[Tt]his(?={_}(?:very{_})?{_PART}))"
)
_WHICH = f"(?:[Tt]his{_}past|[Tt]his{_}coming|[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Tt]he{_}previous|[Tt]he{_}following|[Tt]he{_}next|[Tt]he{_}preceding)"
_REL = (
    "(?:[Tt]he{_}same|[Tt]hat{_}same|[Tt]hat|[Tt]his{_}past|[Tt]his{_}coming|[Tt]his|(?:[Tt]he{_})?(?:[Ll]ast|[Nn]ext|[Pp]revious|[Ff]ollowing|"
    "[Pp]receding|[Cc]oming|[Cc]urrent|[Uu]pcoming|[Pp]resent))"
).replace("{_}", _)
_TURN = f"(?:ago|earlier|later|beforehand|before|after|afterwards?|previously|hence|from{_}now|from{_}today)"

_RULES: tuple[tuple[Form, str], ...] = (
    ("iso", r"(?<![0-9-])(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
            r"(?:[T ](?P<clock>[0-2][0-9]:[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9]|-[0-9])"),
    ("slashed", r"(?<![0-9./-])(?P<first>[0-3]?[0-9])(?P<sep>[/.-])(?P<second>[0-3]?[0-9])(?P=sep)(?P<year>[12][0-9]{3}|[0-9]{2})"
                r"(?![0-9]|[./-][0-9])"),
    ("day", rf"(?:(?P<clock>{_ABOUT}?{_CLOCK}),?{_})?(?:(?P<edge>{_EDGE}){_})?"
            rf"(?:(?:(?P<which>{_WHICH}){_})?(?P<weekday>{_WEEKDAY})(?:,?{_}CALENDAR)?"
            rf"|(?P<deictic>{_DEICTIC})(?:,{_}CALENDAR)?|CALENDAR)"
            rf"(?:(?P<genitive>'s)?{_}(?:(?P<half>early|late|mid-?){_})?(?P<part>{_PART}))?(?:,?{_}(?P<clock__b>{_CLOCK}))?"),
    ("month", rf"(?:(?P<edge>{_EDGE})[ ]{{0,3}})?(?:(?P<which>{_WHICH}){_})?(?P<month>{_MONTH})(?:,?{_}(?:of{_})?(?P<year>{_YEAR})|{_}(?P<thisyear>(?:this|last|next){_}year))?"
              rf"(?P<end>-end)?"),
    ("clock", rf"(?P<clock>{_ABOUT}?{_CLOCK})"),
    ("part", rf"(?:[Tt]he{_}(?P<edge>early{_}|late{_})?(?P<part>{_PART})(?:{_}of{_}(?P<of>(?:{_WEEKDAY},?{_})?{_MONTH}{_}{_DAY}(?:,{_}{_YEAR})?))?"
             rf"|(?P<alone>[Oo]vernight|(?:[Ee]arly|[Ll]ate|[Mm]id)[- ](?:[Mm]orning|[Aa]fternoon|[Ee]vening)|[Dd]awn|[Mm]idday|[Nn]ightfall))"),
    ("unit", rf"(?:(?P<edge>{_EDGE}){_})?(?P<which>{_REL}){_}(?P<unit>{_SINGLE}|{_SEASON}|{_PART})"),
    ("unit", rf"(?P<which>[Tt]he){_}(?P<unit>weekend)"),
    ("within", rf"(?P<edge>(?:[Ee]arlier|[Ll]ater){_}in|(?:[Tt]he{_})?(?:end|beginning|start|middle|rest|remainder|close){_}of){_}the{_}(?P<unit>{_SINGLE})"),
    ("span", rf"(?:(?P<approx>{_APPROX}){_}(?:the{_})?)?(?P<number>{_NUMBER})(?:{_}(?:or{_}(?:so|more|two){_}|full{_}|long{_}|whole{_}|consecutive{_}|straight{_}|more{_}|short{_}|business{_}|working{_})?|-)"
             rf"(?P<unit>{_UNITS}|{_SINGLE}|(?:minute|hour|second|sec|min|hr|yr))\b(?P<and>{_}and{_}a{_}half)?(?:'(?!s))?(?:-long)?"
             rf"(?:{_}(?P<turn>{_TURN}))?"),
    ("span", rf"(?P<stretch>(?:[Tt]he{_}|[Tt]hose{_}|[Tt]hese{_})?(?:[Pp]ast|[Ll]ast|[Nn]ext|[Cc]oming|[Ff]irst|[Pp]revious|[Ff]ollowing|[Pp]receding|[Ff]inal){_})(?P<number>{_NUMBER})"
             rf"(?:{_}|-)(?P<unit>{_UNITS}|(?:minute|hour|second))\b"),
    ("span", rf"(?P<stretch>(?:[Tt]he{_})[Pp]ast{_})(?P<unit>{_UNITS}|{_SINGLE})\b"),
    ("span", r"(?P<unit>year|month|week|day|hour|decade)s?-?long\b"),
    ("vague", rf"(?P<which>(?:[Tt]he{_})?(?:(?:most{_})?[Rr]ecent|[Cc]oming)){_}(?P<unit>{_UNITS})\b"),
    ("span", rf"(?P<bare>[Ss]econds|[Mm]inutes|[Hh]ours|[Dd]ays|[Ww]eeks|[Mm]onths|[Yy]ears|[Dd]ecades|[Cc]enturies)(?:{_}(?P<turn>{_TURN}))?"),
    ("span", rf"[Tt]he{_}(?P<unit>day|night|week|month|year){_}(?P<turn>before|after|earlier)"),
    ("age", rf"(?P<number>{_NUMBER})(?:-|{_})(?P<unit>year|month|week|day|hour|yr)s?(?:-|{_})old\b"),
    ("season", rf"(?:(?P<edge>{_EDGE}){_})?(?:[Tt]he{_})?(?:(?P<early>early|late|mid-?){_})?(?P<season>{_SEASON})(?:,?{_}(?:of{_})?(?P<year>{_YEAR}))?"),
    ("quarter", rf"(?:[Tt]he{_})?(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th)(?:{_}|-)(?:[Ff]iscal{_})?[Qq]uarter(?:{_}(?:of{_})?(?P<year>{_YEAR})"
                rf"|{_}of{_}(?P<thisyear>(?:this|last|next){_}year))?"),
    ("quarter", rf"\bQ(?P<nth>[1-4])(?:(?:,?{_}|/)(?P<year>{_YEAR}))?"),
    ("half", rf"(?:[Tt]he{_})?(?P<nth>[Ff]irst|[Ss]econd){_}half{_}of{_}(?:(?P<year>{_YEAR})|(?P<thisyear>(?:this|last|next|the){_}year))"),
    ("year", rf"(?:(?P<edge>{_EDGE})[ ]{{0,3}})?(?:[Tt]he{_}year{_}|[Ff]iscal{_}(?:[Yy]ear{_})?|FY[ ]?)?(?P<year>(?<![0-9$£€#.,/:])(?:1[0-9]{{3}}|20[0-9]{{2}}))(?![0-9%]|[.,:][0-9]|[-/][0-9]{{1,2}}[-/])"),
    ("decade", rf"(?:[Tt]he{_})?(?:(?P<edge>early|late|mid-?|mid|[Mm]id-?|[Ee]arly|[Ll]ate)(?:{_}|-)(?:to{_}late{_})?)?(?:(?P<year>(?:1[0-9]|20)[0-9]0)'?s|'(?P<short>[2-9]0)s"
               rf"|(?<=[Tt]he )(?P<word>(?:twen|thir|for|fif|six|seven|eigh|nine)ties))\b"),
    ("century", rf"(?:[Tt]he{_})?(?:(?P<edge>early|late|mid-?)(?:{_}|-))?(?P<nth>[0-9]{{1,2}})(?:st|nd|rd|th)(?:{_}|-)[Cc]entur(?:y|ies)"),
    ("holiday", rf"(?P<name>{_any([w for h in HOLIDAYS for w in (h.title().replace(chr(39) + 'S', chr(39) + 's').replace('Of', 'of').replace('The ', 'the '),)], cased=True)})"
                rf"(?![ ](?:Island|Carol|[A-Z][a-z]{{2,}}))(?:,?{_}(?P<year>{_YEAR}))?"),
    ("reference", rf"(?P<words>{_any(REFERENCES)})(?!-)"),
    ("frequency", rf"(?P<words>{_any(FREQUENCIES, cased=True)})"),
    ("every", rf"(?:[Ee]very|[Ee]ach){_}(?:(?P<other>other){_}|(?P<number>{_NUMBER}){_})?(?P<what>{_WEEKDAY}|{_UNITS}|{_SINGLE}|minute|hour|{_PART}|{_SEASON}|{_MONTH})"),
    ("habit", rf"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s(?:{_}(?P<part>mornings|afternoons|evenings|nights))?|(?P<part__b>[Mm]ornings|[Ee]venings|[Ww]eekends|[Ww]eekdays)"),
    ("habit", rf"(?P<per>[Aa]n?|[Pp]er){_}(?P<unit>hour|day|week|month|year|decade|minute|night|season)"),
)  # fmt: skip


def _compiled() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    """The rules as patterns: a group name may stand once only in each, so every copy of the calendar is lettered."""
    done = []
    for form, rule in _RULES:
        for copy in "xyz":
            rule = rule.replace("CALENDAR", _CALENDAR.replace("__", f"__{copy}"), 1)
        done.append((form, re.compile(rf"(?<![\w]){rule}(?![\w])")))
    return tuple(done)


PATTERNS = _compiled()

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‑": "-", "–": "-", "—": ";", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " "}
)

#: A line at least so long may have been broken by an editor and not by its writer.
_WRAPPED = 45


def plain(text: str) -> str:
    """`text` of the same length with plain quotes, hyphens and spaces, and with the breaks of wrapped lines as spaces.

    >>> plain("Monday’s") == "Monday's", len(plain("on\\u00a0Monday"))
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
    for form, pattern in PATTERNS:
        for m in pattern.finditer(flat):
            parts = {}
            for name, words in m.groupdict().items():
                if words is not None:
                    parts[name.partition("__")[0]] = words
            yield Found(m.start(), m.end(), form, parts)
