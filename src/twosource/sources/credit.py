"""The news agency that a report is credited to: from its dateline, its byline or its closing lines, never from a mention.

A credit is recognised by its place. "TOWN (AP) —" opens a text, "By X, Associated Press" stands under a heading, "— AFP" or
"Reporting by … for Reuters" closes it; "told Reuters" and "AP reported" stand inside a sentence and credit nobody with the text. So every
rule here is anchored at the start or the end of a line, and in the first or the last lines of the report. "The Associated Press
contributed to this report" says that a part came from there: it is no credit of the whole.

The forms are those of the agencies' own style books: Reuters alone signs "(Reporting by …; Editing by …)" without naming itself;
TASS stands between slashes; IRNA and SPA stand in the dateline after a comma; PTI writes no dash after the bracket.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from twosource.sources.agencies import AGENCIES, Agency

__all__ = ["AGENCIES", "Agency", "agency", "credit", "datelines"]

#: Forms that are ordinary words, given names or initials of much else: a credit only in brackets or after a dash, never bare.
_WEAK = frozenset((
    "AA", "ANA", "APS", "ATS", "Andina", "Antara", "BETA", "Beta", "CNS", "Fars", "Fena", "Hina", "Kabar", "MAP", "MIA", "Mehr",
    "NA", "ONLINE", "Online", "PA", "PAN", "PL", "Petra", "RIA", "Saba", "Sputnik", "TAP", "TT", "Trend", "Wafa",
))  # fmt: skip

#: How far from the top and from the end of a report its credit stands, in lines that are not empty.
HEAD_LINES, TAIL_LINES = 8, 6

#: How many characters of a line hold a dateline, a byline, a closing line: longer ones are prose, and cost time.
_DATELINE, _BYLINE, _CLOSING = 120, 200, 500

_PARTS = re.compile(
    r"^\s*(?:by|from|source:?|via)\s+|\s*[,;|/()\[\]•·\n]\s*|\s+(?:and|for|of|from|with|by|via|at|[-–—])\s+",
    re.IGNORECASE,
)
_THE = r"(?:(?:[Tt]he|THE)\s+)?"
_DASH = r"[-\u2010-\u2015\u2212]"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|GEN|MAG|GIU|LUG|AGO|SET|OTT|DIC)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_MONTH}\s+{_DAY}|{_DAY}\s+(?:{_MONTH}|(?:de\s+)?[a-zéû]{{3,10}}\.?))(?:,?\s+\d{{4}})?"
#: What may stand before the bracket: places and a date, and nothing that makes a sentence.
_PLACES = rf"(?P<place>(?:(?!The )[A-ZÀ-ÞĀ-Ž][\w.’'`-]*(?:(?:\s|,\s?|/|\s?{_DASH}+\s?)(?:{_DATE}|[A-ZÀ-ÞĀ-Ž\d][\w.’'`-]*|(?:of|the|and|de|la|del|el|al|am|an|der|on|upon|near|sur)\b))*)?)"  # noqa: E501


@functools.cache
def _spellings(a: Agency) -> tuple[str, ...]:
    """Every form of `a`; names of several words in capitals too, as bylines and closing lines set them."""
    forms = ((form, form.upper()) if " " in form else (form,) for form in (a.name, *a.forms))
    return tuple(form for both in forms for form in both)


def _by_first_word(agencies: Sequence[Agency]) -> dict[str, list[tuple[str, int]]]:
    """Every form and its agency's place, by the form's first word; by "" where that has no capital."""
    table: dict[str, list[tuple[str, int]]] = {}
    for place, a in enumerate(agencies):
        for form in _spellings(a):
            first = form.split()[0]
            table.setdefault(first if any(map(str.isupper, first)) else "", []).append((form, place))
    return table


@functools.cache
def _known_by_first_word() -> dict[str, list[tuple[str, int]]]:
    return _by_first_word(AGENCIES)


def agency(name: str | None, agencies: Sequence[Agency] = AGENCIES) -> str | None:
    """The agency that `name` alone means, by the name its credits bear; None where it means none.

    >>> agency("The Associated Press"), agency("The Daily Gull")
    ('AP', None)
    """
    bare = re.sub(r"^(?:the|from)\s+", "", (name or "").strip(), flags=re.IGNORECASE).casefold()
    return next((a.name for a in agencies if any(bare == form.casefold() for form in (a.name, *a.forms))), None)


def credit(text: str, byline: str | None = None, agencies: Sequence[Agency] = AGENCIES) -> str | None:
    """The news agency that the whole of `text` is credited to, by its short name, or None.

    The dateline decides before the byline, and the byline before the closing lines: a paper's own byline may stand over a wire's text.

    >>> credit("SALTMOUTH, Jan 3 (Reuters) - Two ferries collided.")
    'Reuters'
    >>> credit("Two ferries collided, a witness told Reuters.") is None
    True
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head, tail = lines[:HEAD_LINES], lines[-TAIL_LINES:]
    near = (*(line[: _BYLINE + 1] for line in head), *(line[-_CLOSING:] for line in tail), (byline or "")[:_BYLINE])
    where = "\n".join(near)
    known = _forms(_named_in(where, agencies))
    # Most reports name no agency where a credit stands: they are spared the patterns, which all ask for one but that of Reuters.
    if not any(form in where for form in known.names) and "editing by" not in where.lower():
        return None
    found = (
        next((a for line in head if (a := _dateline(line, known))), None)
        or (_in_byline(byline, known) if byline else None)
        or next((a for line in head if (a := _head_line(line, known))), None)
    )
    return found or next((a for line in reversed(tail) if (a := _closing(line, known))), None)


def datelines(text: str, agencies: Sequence[Agency] = AGENCIES) -> Iterator[tuple[int, str]]:
    r"""Where a line anywhere in `text` opens with an agency's dateline, and whose: a report stitched from agencies has several.

    >>> list(datelines("SALTMOUTH (AP) — One.\nGULL BAY (AFP) — Two."))
    [(0, 'AP'), (22, 'AFP')]
    """
    known = _forms(_named_in(text, agencies))
    for line in re.finditer(r"[^\n\r]+", text):
        bare = line.group().lstrip()
        if found := _dateline(bare, known):
            yield line.end() - len(bare), found


def _named_in(text: str, agencies: Sequence[Agency]) -> tuple[Agency, ...]:
    """Those of `agencies` that `text` names anywhere, and the first: patterns of few take a fraction of the time of all to build.

    Reuters is always among them, since it signs its files without its name. Most first words of forms bear a capital, and few words
    of a text do: looking among those first takes a quarter of the time.
    """
    table = _known_by_first_word() if agencies is AGENCIES else _by_first_word(agencies)
    capitals = " ".join(sorted(word for word in set(text.split()) if not word.islower()))
    named = {place for first in table if first in capitals for form, place in table[first] if form in text}
    return tuple(a for place, a in enumerate(agencies) if place in named or place == 0 or a.name == "Reuters")


class _Forms:
    """The agencies' forms as one pattern (longest first), and which agency each form means."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self.names = {form: a.name for a in reversed(agencies) for form in _spellings(a)}
        ranked = sorted(self.names, key=lambda form: (-len(form), form))
        self.any = "|".join(map(re.escape, ranked))
        self.strong = "|".join(re.escape(form) for form in ranked if form not in _WEAK)
        partner = rf"(?:(?:\s*[/,&+]\s*|\s+via\s+|\s+{_DASH}\s+)[\w.’' -]{{2,30}})?"  # (AP/a broadcaster)
        one = rf"{_THE}(?P<agency>{self.any}){partner}"
        bare = rf"{_THE}(?P<agency>{self.strong}){partner}"
        any_ = rf"{_THE}(?P<agency>{self.any})"
        desk = r"(?:[/ ][A-Z]{2,4}){0,4}"  # the initials that close a file: PTI OB TR
        dash = rf"\s*\.?\s*(?:{_DASH}+|:|$)"
        self.dateline = tuple(
            re.compile(p)
            for p in (
                rf"{_PLACES}\s*[:,.]?\s*{_DASH}*\s*[(\[]{one}[)\]]{dash}",  # TOWN, Jan 3 (AP) —
                rf"{_PLACES}(?<=[\d.])\s*[(\[]{one}[)\]]\s",  # Town, Jan 3 (PTI) The …
                rf"{_PLACES}[\s.,]*/{one}/",  # TOWN, January 3. /TASS/.
                rf"{_PLACES},\s+{bare}\s*{_DASH}+\s",  # Town, Jan 3, IRNA –
                rf"{bare},?\s+[A-ZÀ-ÞĀ-Ž][\w.’' ,-]{{1,40}}\s*{_DASH}{{1,2}}\s",  # AP, TOWN —
                rf"{bare}\s*{_DASH}+\s",  # AFP -
            )
        )  # fmt: skip
        writer = (
            r"(?:\s+(?:[A-Z][\w-]+\s+){0,2}"
            r"(?:[Ww]riters?|[Cc]orrespondents?|[Rr]eporters?|[Ee]ditors?|(?:[Ff]oreign )?[Ss]taff(?: [Ww]riters?)?))?"
        )
        self.under_heading = re.compile(
            rf"(?:[Ff]rom\s+|[Ss]ource:?\s+|[Vv]ia\s+)?{_THE}(?P<agency>{self.strong}){writer}[^\w:.]*$"
        )
        # What follows a writer's name: all that stands between two separators, or what a name is followed by outright.
        several = "|".join(re.escape(form) for form in ranked if " " in form or (form.isupper() and form not in _WEAK))
        self.byline = re.compile(rf"{_THE}(?P<agency>{self.strong}){writer}\W*$")
        self.writers = re.compile(
            rf"{_THE}(?P<agency>{self.strong})\s+(?:[A-Z]\w+\s+)?(?:[Ww]riter|[Cc]orrespondent|[Rr]eporter)s?\s"
        )
        self.after_name = re.compile(rf"(?<=[a-z])\s+{_THE}(?P<agency>{several}){writer}\W*$")
        years = rf"(?:\d{{4}}(?:{_DASH}\d{{4}})?)?"
        self.copyright = re.compile(rf"(?i:copyright|©|\(c\))[\s©]*(?:\([Cc]\))?\s*{years},?\s*(?:by\s+)?{any_}\b")
        after = r"[.!?…]['\"”’»)]*"
        self.signed = re.compile(rf"(?:^|{after}\s*)(?:{_DASH}+\s*|\(\s*){any_}{desk}\s*\)?[^\w:\]]*$")
        self.bare_close = re.compile(
            rf"(?:^(?:[Ss]ource:?\s+)?(?:[Tt]he\s+)?|{after}\s+)(?P<agency>{self.strong}){desk}$"
        )
        self.reported_for = re.compile(rf"(?:[Rr]eporting|[Ww]ritten|[Ee]diting) (?:by|from)\b[^.]*?\bfor {any_}\b")
        made = r"(?:published|produced|written|provided|supplied|distributed|reported|released)"
        self.published_by = re.compile(
            r"^\W*(?:[Tt]his|[Tt]he) (?:article|story|report|piece|text)\b[^.]*?"
            rf"\b{made}\b[^.]*?\b(?:by|on|from) {any_}\b"
        )


@functools.lru_cache(maxsize=64)
def _forms(agencies: tuple[Agency, ...]) -> _Forms:
    return _Forms(agencies)


def _dateline(line: str, known: _Forms) -> str | None:
    for pattern in known.dateline:
        if (m := pattern.match(line[:_DATELINE])) and not _abbreviates(m["agency"], m.groupdict().get("place") or ""):
            return known.names[m["agency"]]
    return None


def _abbreviates(form: str, words: str) -> bool:
    """Whether the bracket only shortens the words before it: "Harbour Pilots' Association (HPA) — …"."""
    initials = "".join(word[0] for word in re.findall(r"\w+", words) if word[0].isupper())
    return len(form) > 1 and initials.endswith(form.upper()) and " " in words.strip()


def _in_byline(byline: str, known: _Forms) -> str | None:
    """The agency that the byline names as its writers': "By X, Associated Press", "Associated Press writers X and Y".

    A part of it must be the agency and nothing else: journalists, too, are called Petra or Saba.
    """
    parts = [p.strip() for p in _PARTS.split(byline[:_BYLINE]) if p.strip()]
    found = [m["agency"] for p in parts if (m := known.byline.match(p) or known.after_name.search(p))]
    if not found and (m := known.writers.match(parts[0] if parts else "")):
        found = [m["agency"]]
    return known.names[found[0]] if found else None


def _head_line(line: str, known: _Forms) -> str | None:
    """The credit of a line under the heading: a byline, or a line that is nothing but the agency."""
    if m := known.under_heading.match(line[: _BYLINE + 1]):
        return known.names[m["agency"]]
    if re.match(r"(?:By|BY)\s", line) and len(line) < _BYLINE and not re.search(r"[.!?]\s+[A-Z]\w+\s\w+\s\w+", line):
        return _in_byline(line, known)
    return None


def _closing(line: str, known: _Forms) -> str | None:
    """The credit of a closing line; a line that says who contributed credits a part only."""
    line = line[-_CLOSING:]
    if (
        re.search(r"\bcontribut\w+\b|\bwith (?:reporting|inputs?|additional|files|agenc)", line, re.IGNORECASE)
        and "opyright" not in line
    ):
        return None
    for pattern in (known.copyright, known.signed, known.bare_close, known.reported_for, known.published_by):
        if m := pattern.search(line):
            return known.names[m["agency"]]
    # Reuters signs its files "(Reporting by …; Editing by …)"; no other agency has that form.
    if re.search(
        r"\((?:Additional )?(?:Reporting|Writing) by [^()]+;\s*(?:[^()]*;\s*)?Editing by [^()]+\)", line, re.IGNORECASE
    ):
        return known.names.get("Reuters")
    return None
