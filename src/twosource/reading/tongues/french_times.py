"""Expressions of time in French: where they may stand, with their parts named as `time_resolving` has them, in English.

The patterns are narrow, since no entities of the pipeline are asked: a bare month wants a preposition or a year beside it, a bare year
its "en". Each is bounded, so that the search is linear.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from twosource.reading.time_patterns import Form, Found, plain

_MONTHS = dict(
    zip(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
        "January February March April May June July August September October November December".split(),
        strict=True,
    )
) | {"fevrier": "February", "aout": "August", "decembre": "December", "janv.": "January", "févr.": "February", "sept.": "September",
     "oct.": "October", "nov.": "November", "déc.": "December"}  # fmt: skip
_WEEKDAYS = dict(
    zip(
        "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
        strict=True,
    )
)
_PARTS = {"matin": "morning", "matinée": "morning", "midi": "midday", "après-midi": "afternoon", "soir": "evening",
          "soirée": "evening", "nuit": "night", "aube": "dawn"}  # fmt: skip
_DEICTIC = {"avant-hier": "the day before yesterday", "hier": "yesterday", "aujourd'hui": "today", "demain": "tomorrow",
            "après-demain": "the day after tomorrow"}  # fmt: skip
_UNITS = {
    form: unit
    for unit, forms in {
        "second": "seconde secondes", "minute": "minute minutes", "hour": "heure heures", "day": "jour jours journée journées",
        "night": "nuit nuits", "week": "semaine semaines", "month": "mois", "quarter": "trimestre trimestres",
        "year": "an ans année années", "decade": "décennie décennies", "century": "siècle siècles", "weekend": "week-end weekend week-ends",
    }.items()
    for form in forms.split()
}  # fmt: skip
_SEASONS = {"printemps": "spring", "été": "summer", "automne": "autumn", "hiver": "winter"}
_NUMBERS = {
    w: str(n)
    for n, w in enumerate("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split())
} | {"une": "1", "dix-sept": "17", "dix-huit": "18", "dix-neuf": "19", "vingt": "20", "trente": "30", "quarante": "40",
     "cinquante": "50", "soixante": "60", "cent": "100", "plusieurs": "several", "quelques": "several"}  # fmt: skip
_TURNS = {"plus tard": "later", "après": "later", "plus tôt": "earlier", "auparavant": "earlier"}
_WHICH = {"dernier": "last", "dernière": "last", "passé": "last", "passée": "last", "prochain": "next", "prochaine": "next",
          "précédent": "previous", "précédente": "previous", "suivant": "following", "suivante": "following"}  # fmt: skip
_REFERENCES = {"actuellement": "currently", "récemment": "recently", "ces jours-ci": "these days", "à l'heure actuelle": "at present",
               "pour l'instant": "at the moment"}  # fmt: skip
_FEASTS = {"noël": "Christmas", "la toussaint": "All Saints' Day", "pâques": "Easter", "la pentecôte": "Pentecost",
           "l'ascension": "Ascension Day", "le 14-juillet": "Bastille Day", "la saint-valentin": "Valentine's Day"}  # fmt: skip

S = "[ ]{1,3}"


def _one(words: dict[str, str]) -> str:
    """One of the words, with a capital or without, the longest first."""
    ways = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(f"[{w[0]}{w[0].upper()}]{re.escape(w[1:])}".replace(r"\ ", S) for w in ways) + ")"


_MONTH, _WEEKDAY, _PART, _UNIT = _one(_MONTHS), _one(_WEEKDAYS), _one(_PARTS), _one(_UNITS)
_YEAR = "(?:1[0-9]{3}|20[0-9]{2})(?![0-9]|[.,][0-9])"
_DAY = "(?:1er|0?[1-9]|[12][0-9]|3[01])(?![0-9]|[.,][0-9])"
_CLOCK = r"(?<![0-9])(?:[01]?[0-9]|2[0-4])[ ]?(?:h(?:[ ]?[0-5][0-9])?|heures(?:[ ][0-5][0-9])?)(?!\w)"
_NUMBER = rf"(?:{_one(_NUMBERS)}|(?<![0-9.,])[0-9]{{1,3}}(?:[ ][0-9]{{3}})?)"
_EDGE = "(?:[Dd]ébut|[Ff]in|[Mm]i-?|[Cc]ourant)"

_RULES: tuple[tuple[Form, str], ...] = (
    ("iso", r"(?<![0-9-])(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9]|-[0-9])"),
    ("slashed", r"""(?<![0-9./-])(?P<first>[0-3]?[0-9])(?P<sep>[/.-])(?P<second>[0-3]?[0-9])(?P=sep)
        (?P<year>[12][0-9]{3}|[0-9]{2})(?![0-9]|[./-][0-9])"""),
    ("day", rf"""(?:(?P<weekday>{_WEEKDAY}){S})?(?P<day>{_DAY}){S}(?P<month>{_MONTH})(?:{S}(?P<year>{_YEAR}))?
        (?:{S}(?:(?:en|dans{S}la){S})?(?P<part>{_PART}))?(?:,?{S}à{S}(?P<clock>{_CLOCK}))?"""),
    ("day", rf"""(?:(?P<weekday>{_WEEKDAY})(?:{S}(?P<which>{_one(_WHICH)}))?|(?P<deictic>{_one(_DEICTIC)}))
        (?:{S}(?:(?:en|dans{S}la){S})?(?P<part>{_PART}))?(?:,?{S}à{S}(?P<clock>{_CLOCK}))?"""),
    ("month", rf"(?P<edge>{_EDGE}[ ]?)(?P<month>{_MONTH})(?:{S}(?P<year>{_YEAR}))?"),
    ("month", rf"(?P<month>{_MONTH}){S}(?P<year>{_YEAR})"),
    ("month", rf"(?<=[Ee]n[ ])(?P<month>{_MONTH})|(?<=mois[ ]de[ ])(?P<month__b>{_MONTH})|(?<=depuis[ ])(?P<month__c>{_MONTH})"),
    ("month", rf"(?P<month>{_MONTH}){S}(?P<which>{_one(_WHICH)})"),
    ("clock", rf"""(?<=à[ ])(?P<clock>{_CLOCK})|(?<=vers[ ])(?P<clock__b>{_CLOCK})
        |(?P<clock__c>(?<![0-9])(?:[01]?[0-9]|2[0-4])[ ]?h[ ]?[0-5][0-9])"""),
    ("clock", r"(?<=à[ ])(?P<clock>midi|minuit)"),
    ("unit", rf"(?P<which>[Cc]e|[Cc]et|[Cc]ette){S}(?P<unit>{_PART}|{_UNIT}|{_one(_SEASONS)})(?:-ci)?"),
    ("unit", rf"(?:[Ll]e{S}|[Ll]a{S}|[Ll]')(?P<unit>{_UNIT}|{_one(_SEASONS)}){S}(?P<which>{_one(_WHICH)})"),
    ("span", rf"(?P<ago>[Ii]l{S}y{S}a){S}(?:(?:environ|près{S}de|plus{S}de){S})?(?P<number>{_NUMBER}){S}(?P<unit>{_UNIT})"),
    ("span", rf"(?P<ahead>[Dd]ans){S}(?P<number>{_NUMBER}){S}(?P<unit>{_UNIT})"),
    ("span", rf"(?:[Ll]es{S}|[Cc]es{S})(?P<number>{_NUMBER}){S}(?:derniers|dernières|prochains|prochaines){S}(?P<unit>{_UNIT})"),
    ("span", rf"(?P<number>{_NUMBER}){S}(?P<unit>{_UNIT})(?:{S}(?P<turn>{_one(_TURNS)}))?"),
    ("season", rf"(?:(?<=[Ee]n[ ])|(?<=[Aa]u[ ])|(?<=l'))(?P<season>{_one(_SEASONS)})(?:{S}(?P<year>{_YEAR}))?"),
    ("quarter", rf"(?P<nth>[Pp]remier|[Dd]euxième|[Tt]roisième|[Qq]uatrième){S}trimestre(?:{S}(?P<year>{_YEAR}))?"),
    ("year", rf"(?:(?<=[Ee]n[ ])|(?<=[Dd]epuis[ ])|(?<=année[ ])|(?<=[Ff]in[ ])|(?<=[Dd]ébut[ ])|(?<=[Dd]ès[ ]))(?P<year>{_YEAR})"),
    ("decade", r"[Ll]es[ ]années[ ](?:(?P<year>(?:1[0-9]|20)[0-9]0)|(?P<short>[2-9]0))"),
    ("holiday", rf"(?P<name>{_one(_FEASTS)})(?:{S}(?P<year>{_YEAR}))?"),
    ("reference", rf"(?P<words>{_one(_REFERENCES)})"),
    ("every", rf"(?:[Cc]haque|[Tt]ous{S}les|[Tt]outes{S}les){S}(?P<what>{_WEEKDAY}s?|{_UNIT})"),
)  # fmt: skip


@functools.cache
def _patterns() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    return tuple((form, re.compile(rf"(?<!\w)(?:{rule})(?!\w)", re.VERBOSE)) for form, rule in _RULES)


def moments(text: str) -> Iterator[Found]:
    """Every candidate in a French text, overlapping ones too.

    >>> [f.parts for f in moments("lundi soir, il y a deux ans")][:1]
    [{'weekday': 'Monday', 'part': 'evening'}]
    """
    flat = plain(text)
    for form, pattern in _patterns():
        for m in pattern.finditer(flat):
            said = {name.partition("__")[0]: words for name, words in m.groupdict().items() if words is not None}
            if (parts := _parts(form, said)) is not None:
                yield Found(m.start(), m.end(), form, parts)


def _parts(form: Form, said: dict[str, str]) -> dict[str, str] | None:
    """The parts in English; None where they say nothing of time."""
    parts = dict(said)
    for name, table in (("month", _MONTHS), ("weekday", _WEEKDAYS), ("part", _PARTS), ("deictic", _DEICTIC), ("which", _WHICH),
                        ("season", _SEASONS), ("name", _FEASTS), ("words", _REFERENCES), ("number", _NUMBERS)):  # fmt: skip
        if name in parts:
            low = re.sub(r"\s+", " ", parts[name].lower())
            parts[name] = table.get(low, low)
    if form == "slashed":
        parts["sep"] = "."  # the day always comes first
    if "day" in parts:
        parts["day"] = re.sub(r"\D", "", parts["day"])
    if "clock" in parts:
        parts["clock"] = _clock(parts["clock"])
    if "nth" in parts:
        parts["nth"] = {"p": "first", "d": "second", "t": "third", "q": "fourth"}[parts["nth"][0].lower()]
    if form == "unit":
        low = parts["unit"].lower()
        parts["unit"] = _PARTS.get(low) or _SEASONS.get(low) or _UNITS[low]
        if parts["which"] in {"ce", "cet", "cette"}:
            parts["which"] = "this"
    if form == "span":
        number, unit = parts["number"], _UNITS[parts["unit"].lower()]
        if unit == "second" and number == "1":
            return None
        parts["number"] = number.replace(" ", "")
        parts["unit"] = unit if number == "1" else unit + "s" if unit != "century" else "centuries"
        if parts.pop("ago", None):
            parts["turn"] = "ago"
        elif parts.pop("ahead", None):
            parts["turn"] = "from now"
        elif "turn" in parts:
            parts["turn"] = _TURNS[re.sub(r"\s+", " ", parts["turn"].lower())]
    if form == "every":
        low = parts["what"].lower()
        parts["what"] = _WEEKDAYS.get(low.removesuffix("s")) or _UNITS[low]
    return parts


def _clock(words: str) -> str:
    """As the English patterns give it: "16h30" → "16:30"."""
    if words in {"midi", "minuit"}:
        return "noon" if words == "midi" else "midnight"
    hour, *minute = re.findall(r"\d+", words)
    return f"{hour}:{minute[0] if minute else '00'}"
