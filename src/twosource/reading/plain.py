"""What can be read of a report in a language without a pipeline: names by capitals and the gazetteer, figures and dates in digits,
quotes by their marks.

Nothing here knows a word of the language, so that nothing here says who speaks or what is asserted: there are no statements, and a
figure's unit is the word that stands behind it, as the report has it. What cannot be told by form is left out rather than guessed: a
capital that opens a sentence counts only where the word has one elsewhere too, and in German, where every noun has one, only in the
gazetteer, behind a given name, or in an acronym. A script without capitals has the names that it writes in Latin letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from twosource.limits import READ_CHARACTERS
from twosource.model import Actor, Figure, Kind, Name, Quote, Report, Span, Time
from twosource.reading.figure_words import CURRENCY_SIGNS
from twosource.reading.gazetteer import gazetteer, given_names
from twosource.reading.quotation_marks import stretches
from twosource.reading.time_calendar import Setting
from twosource.reading.time_patterns import in_digits
from twosource.reading.time_resolving import resolve
from twosource.reading.time_values import published_day

#: Languages in which every noun has a capital.
_NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})
#: Languages that write a point for the decimals and a comma between the thousands; the others do it the other way about.
_POINT = frozenset(
    "en ga cy mt zh ja ko th he hi bn ur ta te ml kn gu pa mr ne si my km ms tl sw am ha yo ig zu".split()
)

#: A letter of a script that parts its words by spaces.
_LETTER = r"[^\W\d_\u2e80-\uffff]"
_WORD = re.compile(rf"{_LETTER}+(?:['’‑-]{_LETTER}+)*\.?")
_BETWEEN = re.compile(
    r"[ \u00a0]|[ ](?:de|del|della|di|da|do|dos|du|van|von|der|den|ten|bin|ibn|al|el|zu|y)[ ](?:la[ ]|der[ ]|den[ ])?"
)
_ENDS = ".!?:;…。！？؟۔।»”\"“«„‘'([—–-|•*"
_SENTENCE = re.compile(r"[^\n\r]+?(?:[.!?…。！？؟۔।]+[\"'”’»)\]]*(?=\s|$|[^\x00-\u2fff])|(?=[\n\r]|$))")
_NUMBER = re.compile(
    rf"(?<!{_LETTER})(?<![\d_.,/:’'+-])"
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f'’.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)"
    rf"(?![\d/:_-]|[.,]\d|{_LETTER}{{3}}|[a-z]{{1,2}}\d)"
)
_SPACE = r"[ \u00a0\u202f]"
_UNIT = re.compile(
    rf"{_SPACE}?(?P<percent>%)|{_SPACE}?(?P<sign>[$€£¥₹₽₴₺₩₪])|{_SPACE}?(?P<measure>km|kg|cm|mm|m|ha)\b"
    rf"|{_SPACE}(?P<word>{_LETTER}{{2,}})|(?P<character>[\u2e80-\uffef])"
)
#: Behind a number in digits, these make it another: such a number is left out, since half of it would be wrong.
_MAGNITUDE = re.compile(
    r"(?:mil|mln|mio|mrd|mld|tys|tis|mill?ion\w*|mili[oó]n\w*|milj\w+|milyon\w*|mill?iard\w*|miljard\w*|bil?lion\w*|trill?i\w+|tusen\w*"
    r"|tausend\w*|duizend|tuhat\w*|bin|juta|ribu|triệu|nghìn|млн|млрд|тыс|тис|миллион\w*|миллиард\w*|мільйон\w*|мільярд\w*|тысяч\w*|тисяч\w*"
    r"|хиляд\w*|ألف|آلاف|مليون|مليار|هزار|میلیون|लाख|करोड़|만|억|천|万|萬|億|亿|千|百)"
)
_MEASURES = {"km": "kilometre", "kg": "kilogram", "cm": "centimetre", "mm": "millimetre", "m": "metre", "ha": "hectare"}
#: Words, or for scripts without spaces characters, from which on marks are taken for speech.
_SPEECH_WORDS, _SPEECH_CHARACTERS = 4, 8

Plain = tuple[tuple[Actor, ...], tuple[Quote, ...], tuple[Figure, ...], tuple[Time, ...], tuple[Span, ...]]


def plain(report: Report, language: str) -> Plain:
    """The actors, quotes, figures, times and sentences of a report in that language (ISO 639-1)."""
    text = report.text[:READ_CHARACTERS]
    when = _times(report, text)
    sentences = tuple(
        report.span(m.start() + len(m[0]) - len(m[0].lstrip()), m.start() + len(m[0].rstrip()))
        for m in _SENTENCE.finditer(text)
        if m[0].strip()
    )
    return (
        _actors(report, text, language),
        _quotes(report, text),
        _figures(report, text, language, when),
        when,
        sentences,
    )


# --- names -------------------------------------------------------------------------------------------------------------------


def _actors(report: Report, text: str, language: str) -> tuple[Actor, ...]:
    """The names, those of one spelling together, and a bare last word with the one full name that ends in it."""
    places = [(start, end, kind) for start, end, kind in _names(text, language)]
    kinds: dict[str, Kind] = {}
    for start, end, kind in places:
        kinds.setdefault(text[start:end].casefold(), kind)
    full: dict[str, list[str]] = {}
    for key, kind in kinds.items():
        if kind == "person" and " " in key:
            full.setdefault(key.rpartition(" ")[2], []).append(key)
    grouped: dict[str, list[tuple[int, int]]] = {}
    for start, end, _ in places:
        key = text[start:end].casefold()
        bearers = full.get(key, [])
        grouped.setdefault(bearers[0] if len(bearers) == 1 else key, []).append((start, end))
    made = []
    for n, (key, spans) in enumerate(grouped.items()):
        ident, kind = f"{report.id}.{n}", kinds[key]
        names = tuple(Name(report.id, a, b, report.text, kind=kind, actor=ident) for a, b in spans)
        first = names[0].exact.split()[0].casefold()
        gender = given_names().get(first) if kind == "person" and " " in names[0].exact else None
        made.append(Actor(ident, max(names, key=lambda x: len(x.exact)).exact, kind, names, gender=gender))
    return tuple(made)


def _names(text: str, language: str) -> Iterator[tuple[int, int, Kind]]:
    """Runs of words with a capital, with what they name."""
    words = [m for m in _WORD.finditer(text) if m[0][0].isupper()]
    inside = Counter(_bare(m) for m in words if not _opens(text, m.start()))
    run: list[re.Match[str]] = []
    for n, m in enumerate(words):
        after = words[n + 1] if n + 1 < len(words) else None
        if not run and _opens(text, m.start()) and not _stands(m, inside):
            continue
        run.append(m)
        if after is not None and _BETWEEN.fullmatch(text, m.end(), after.start()) and not m[0].endswith("."):
            continue
        yield from _named(text, run, language)
        run = []


def _bare(m: re.Match[str]) -> str:
    return m[0].rstrip(".")


def _opens(text: str, at: int) -> bool:
    """Does a sentence, a line or a quotation begin here, so that a capital says nothing?"""
    before = text[max(0, at - 4) : at].rstrip(" \t\u00a0\u202f")
    return not before or before[-1] in _ENDS or before[-1] in "\n\r"


def _stands(m: re.Match[str], inside: Counter[str]) -> bool:
    low = _bare(m).casefold()
    return inside[_bare(m)] > 0 or low in gazetteer().places or low in given_names()


def _named(text: str, run: list[re.Match[str]], language: str) -> Iterator[tuple[int, int, Kind]]:
    """What a run of words with capitals names; where a given name stands in it, what is before it is a title."""
    given = next((n for n, m in enumerate(run[:-1]) if _bare(m).casefold() in given_names()), None)
    if given is not None:
        run = run[given:]
    start, end = run[0].start(), run[-1].start() + len(_bare(run[-1]))
    name = text[start:end]
    low = name.casefold()
    acronym = len(run) == 1 and name.isupper() and 2 <= len(name) <= 6
    if len(name) < 2 or (name.isupper() and len(run) > 2):
        return
    if low in gazetteer().places:
        yield start, end, "place"
    elif given is not None:
        yield start, end, "person"
    elif acronym:
        yield start, end, "organisation"
    elif language in _NOUNS_HAVE_CAPITALS:
        return
    elif 2 <= len(run) <= 3:
        yield start, end, "person"
    else:
        yield start, end, "other"


# --- figures, times, quotes --------------------------------------------------------------------------------------------------


def _figures(report: Report, text: str, language: str, when: tuple[Time, ...]) -> tuple[Figure, ...]:
    """Numbers in digits that are no date, clock time, year, ordinal or code."""
    found = []
    taken = [(t.start, t.end) for t in when]
    at = 0
    for m in _NUMBER.finditer(text):
        while at < len(taken) and taken[at][1] <= m.start():
            at += 1
        if at < len(taken) and taken[at][0] < m.end():
            continue
        value = _value(m[0], language in _POINT)
        behind = text[m.end() : m.end() + 2]
        year = re.fullmatch(r"(?:1[5-9]|20)\d\d", m[0]) is not None
        if value is None or year or (behind[:1] == "." and value <= 31 and len(m[0]) <= 2):
            continue  # "14." may be the fourteenth
        counted: tuple[str, ...] = ()
        start, end, unit = m.start(), m.end(), "number"
        sign = text[start - 1] if start else ""
        after = _UNIT.match(text, end)
        if _MAGNITUDE.fullmatch((after["word"] or after["character"] or "").casefold() if after is not None else ""):
            continue
        if after is None and text[end : end + 1].isalpha():
            continue
        if sign in CURRENCY_SIGNS:
            start, unit = start - 1, CURRENCY_SIGNS[sign]
        elif after is not None and (word := after["word"] or after["character"]):
            unit, counted = word.casefold(), (word.casefold(),)
        elif after is not None:
            end = after.end()
            unit = (
                "percent"
                if after["percent"]
                else CURRENCY_SIGNS[after["sign"]]
                if after["sign"]
                else _MEASURES[after["measure"]]
            )
        found.append(
            Figure(report.id, start, end, report.text, low=value, high=value, unit=unit, counted=counted, label=unit)
        )
    return tuple(found)


def _value(digits: str, point: bool) -> float | None:
    """The value of a number in digits of any script: None where it is too long to be a quantity."""
    plain_digits = re.sub(r"[ \u00a0\u2009\u202f'’]", "", digits)
    thousands, decimal = (",", ".") if point else (".", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", plain_digits):
        plain_digits = plain_digits.replace(thousands, "")
    plain_digits = plain_digits.replace(decimal, ".").replace(",", ".")
    return float(plain_digits) if len(plain_digits) <= 18 and plain_digits.count(".") <= 1 else None


def _times(report: Report, text: str) -> tuple[Time, ...]:
    """Dates and times of day in digits."""
    published = published_day(report.published)
    made: list[Time] = []
    last: str | None = None
    for found in sorted(in_digits(text), key=lambda f: (f.start, -f.end)):
        if made and found.start < made[-1].end:
            continue
        kind, value = resolve(found, Setting(published, last))
        if value is None:
            continue
        if kind == "DATE":
            last = value
        made.append(Time(report.id, found.start, found.end, report.text, kind=kind, value=value))
    return tuple(made)


def _quotes(report: Report, text: str) -> tuple[Quote, ...]:
    """What stands in marks and is long enough to be said, not a title or a term; whose it is nobody can tell by marks."""
    found = []
    for s in stretches(text):
        inner = text[s.first : s.last]
        spaced = len(inner.split()) >= _SPEECH_WORDS
        unspaced = (
            " " not in inner.strip() and sum(c.isalpha() and not c.isascii() for c in inner) >= _SPEECH_CHARACTERS
        )
        titled = sum(w[0].isupper() for w in inner.split()) > 0.7 * len(inner.split())
        if (spaced and not titled) or (unspaced and not inner[:1].isupper()):
            found.append(
                Quote(
                    report.id, s.first, s.last, report.text, kind="direct", parts=(report.span(s.first, s.last),), speaker=None,
                    speaker_name=None, source=None, cue=None,
                )
            )  # fmt: skip
    return tuple(found)
