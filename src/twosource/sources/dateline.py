"""The dateline that opens a report: the place, the day, the agency, and a dash ("OSKEL, Norland (AP) —").

It is kept as what stands before the first sentence, not as part of it: extractors lose it, parsers stumble over it, and what it says
is where and by whom the report was written.
"""

from __future__ import annotations

import re

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
YEAR = r"(?:19|20)\d\d"
DASH = r"(?:[—–―]|--+|-(?=\s))"

_AGENCY = (
    r"\((?:[A-Z]{2,9}|dpa|Reuters|Xinhua|Bloomberg|Interfax|Kyodo|Yonhap|Anadolu|Efe|Ansa|Tass|Agencies|(?:The )?Associated Press"
    r"|[A-Z][\w.&]+(?: [A-Z][\w.&]+){0,3} (?:News|Press|Network|Service|Agency|Online|Times|Post))(?:\s?[/,&]\s?[A-Z]\w+)?\)"
)
_DAY = rf"(?:,?\s?(?:{WEEKDAY},?\s?)?(?:{MONTH}\s?\d{{1,2}}(?:,\s?{YEAR})?|\d{{1,2}}\s{MONTH}(?:\s{YEAR})?))?"
_REGION = r"(?:,\s?[A-Z][\w'’.-]*+(?:\s(?:[A-Z][\w'’.-]*+|of|and|the)){0,3})?"
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]{2,}+(?:[ /-][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]*+){0,3}"
_PLACE = r"[A-ZÀ-ÖØ-Þ][\w'’.]++(?:[ -][A-ZÀ-ÖØ-Þ][\w'’.]++){0,3}"

_OPENING = re.compile(
    rf"(?:{_CAPITALS}{_REGION}{_DAY}(?:\s?{_AGENCY})?|{_PLACE}{_REGION}{_DAY}\s?{_AGENCY}|{_AGENCY})"
    rf"\s?{DASH}(?=\s*[\"'“‘«A-ZÀ-ÖØ-Þ0-9$€£]|\s*$)"
)
_ALONE = re.compile(rf"{_CAPITALS}{_REGION}{_DAY}\s?{_AGENCY}|{_CAPITALS},\s?{MONTH}\s?\d{{1,2}}(?:,\s?{YEAR})?\s?\.?")

#: A dateline stands within this many characters.
_WITHIN = 140


def dateline(line: str) -> int:
    """How many characters of `line` are the dateline that opens it; 0 where none does (Associated Press Stylebook, "datelines").

    A place in small letters opens a line only with an agency behind it, since "Ana — the younger — said" has the same shape.

    >>> line = "OSKEL, Norland (AP) — A ferry sank."
    >>> line[: dateline(line)], dateline("Ana — the younger — left.")
    ('OSKEL, Norland (AP) —', 0)
    """
    line = line[:_WITHIN].replace("\xa0", " ")
    found = _OPENING.match(line) or _ALONE.fullmatch(line)
    return found.end() if found else 0
