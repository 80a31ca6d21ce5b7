"""Expressions of time, with the TIMEX3 value that each has for a reader on the day of publication.

Three steps, each in a room of its own: `time_patterns` finds whatever may be one, this module asks the parse whether it is one and in
which tense it is said, `time_resolving` gives it its value. Rules of our own, since a general date parser makes dates of "we" and of
"80% of the", and puts the Friday of a Friday report a week back.

The day of publication is the report's. Where none is known, a date with its year that stands by itself at the head of the text, or in its
dateline, is taken for it: that is what such a line says. Without either, what counts from the publication stays relative (value None), a
bare weekday, month or day keeps X for what is open ("XXXX-WXX-6"), and a bare "October 23" takes the year of the last day or month that the
text has told with its year: a writer leaves out the year that is still in the reader's ear.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from twosource.model import Time
from twosource.reading.parse import Parse
from twosource.reading.time_patterns import Found, candidates, plain
from twosource.reading.time_resolving import Kind, Setting, Tense, resolve
from twosource.reading.time_values import days, grain, published_day

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PREPOSITIONS = frozenset(
    "in on at by since until till from through throughout to of during before after between for around over within under into past "
    "early late mid last next this and or".split()
)
#: Words behind which a number is a name and no year: "Flight 1994".
_NUMBERED = frozenset("flight route no no. number nr room highway page chapter section article bus train unit model boeing level resolution # $ £ €".split())
_STANDING = frozenset("for in within after over during through throughout last lasted take took spend spent wait waited of several".split())
_RATES = frozenset("once twice thrice times percent % million billion hundred thousand dozen cents".split())
_DISTANCES = frozenset("miles mile kilometers kilometres kilometer kilometre km knots feet meters metres mph kph".split())

#: Verbs and adjectives after which a clause or "for Friday" speaks of what is to come.
_AHEAD = frozenset(
    "schedule set plan expect due slate intend aim hope vow promise pledge plan likely prepare poise arrange propose agree want "
    "postpone delay reschedule adjourn ready about upcoming forthcoming order ask urge invite summon".split()
)
_MODALS = frozenset("will 'll ’ll shall wo would may might could should must can ca".split())


def times(parse: Parse) -> tuple[Time, ...]:
    """The expressions of time in a report, in the order of the text, none within another.

    `kind` is DATE, TIME, DURATION or SET and `value` the TIMEX3 value, both as TimeML 1.2.1 has them (see the module for what stays
    relative). Extents hold modifiers ("late Thursday") and no preposition before them.
    """
    text = parse.doc.text
    starts = [token.idx for token in parse.doc]
    sentences = [s.start_char for s in parse.sentences]
    fitting = (sure for found in candidates(text) if (sure := _sure(found, parse.doc, starts)) is not None)
    chosen = _apart(fitting)
    published = published_day(parse.report.published) or _head_date(plain(text), chosen)
    joined = _joined_years(chosen, text)

    resolved: dict[int, tuple[Kind, str | None]] = {}
    said: list[tuple[int, str]] = []  # where a DATE or TIME stands, and its value
    year: int | None = None
    for n, found in enumerate(chosen):
        if found.form == "clock":
            continue
        tense = _tense(parse.doc, starts, found)
        holds = joined.get(n) or (year if published is None else None)
        kind, value = resolved[n] = resolve(found, Setting(published, _last(said), holds, tense))
        if kind in {"DATE", "TIME"} and days(value) is not None and value is not None:
            said.append((found.start, value))
            if "year" in found.parts and grain(value) in {"D", "M"}:
                year = int(value[:4])
    for n, found in enumerate(chosen):
        if found.form == "clock":
            nearest = _day_beside(found, said, sentences, text)
            resolved[n] = resolve(found, Setting(published, nearest))
    return tuple(_time(parse, found, *resolved[n]) for n, found in enumerate(chosen))


def _time(parse: Parse, found: Found, kind: Kind, value: str | None) -> Time:
    report = parse.report
    return Time(report.id, found.start, found.end, report.text, kind=kind, value=value)


def _apart(found: Iterable[Found]) -> list[Found]:
    """Of what overlaps the longest, of equals the first: in the order of the text."""
    taken: list[Found] = []
    begins: list[int] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        at = bisect.bisect(begins, one.start)
        free = (at == 0 or taken[at - 1].end <= one.start) and (at == len(taken) or one.end <= taken[at].start)
        if free:
            taken.insert(at, one)
            begins.insert(at, one.start)
    return taken


# --- is it one? --------------------------------------------------------------------------------------------------------------


def _tokens(doc: Doc, starts: list[int], found: Found) -> tuple[int, int]:
    """The first token and the one behind the last that `found` covers or touches."""
    return bisect.bisect_right(starts, found.start) - 1, bisect.bisect_left(starts, found.end)


def _sure(found: Found, doc: Doc, starts: list[int]) -> Found | None:
    """`found` where it is an expression of time, with its extent mended; None where it is something else."""
    first, behind = _tokens(doc, starts, found)
    token = doc[first]
    before = doc[first - 1].lower_ if first and not doc[first - 1].is_space else ""
    after = doc[behind] if behind < len(doc) else None
    p = found.parts
    match found.form:
        case "month" if not (p.keys() & {"year", "thisyear", "edge", "which", "end"}):
            return found if _is_month(found, token, before, after) else None
        case "day" if "weekday" in p and "month" not in p and not p["weekday"].lower().endswith("day"):
            return found if token.ent_type_ in {"DATE", "TIME"} and before != "the" else None
        case "day" if "month" in p and "day" in p and "year" not in p and p["month"].lower() in {"may", "march", "mar"}:
            return found if token.pos_ not in {"VERB", "AUX"} or token.ent_type_ == "DATE" else None
        case "year" if not (p.keys() & {"edge"}) and (found.end - found.start) == 4:
            return found if _is_year(found, token, before, after) else None
        case "clock" if re.fullmatch(r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?", p["clock"]):
            timely = token.ent_type_ == "TIME" or before in {"at", "by", "around", "about", "until", "from", "since", "before", "after", "till"}
            return found if timely or _beside_date(doc, first) else None
        case "part" if "alone" in p:
            return found if "vernight" in p["alone"] or before in _PREPOSITIONS or token.ent_type_ == "TIME" else None
        case "part" if "of" not in p:
            return found if before in {"in", "during", "through", "throughout", "into", "for", "until", "by", "overnight"} else None
        case "span" | "habit" if "turn" not in p:
            return _stretch(found, doc, first, before, after)
        case "span":
            return _turned(found, doc, behind)
        case "unit" if p["unit"] in {"minute", "second"} or (after is not None and after.lower_ == "of" and p["unit"] == "quarter"):
            return None
        case "reference" if p["words"].lower() in {"the past", "the future"}:
            open_ = after is None or after.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ"}
            return found if open_ else None
        case "reference" if p["words"].lower() == "now":
            return found if token.pos_ in {"ADV", "SCONJ", "INTJ", "NOUN"} else None
        case "season" if not (p.keys() & {"year", "edge", "early"}):
            seasonal = token.ent_type_ == "DATE" or (doc[behind - 1].ent_type_ == "DATE")
            return found if seasonal and doc[behind - 1].pos_ not in {"VERB"} else None
        case "frequency":
            return found if token.pos_ in {"ADJ", "ADV", "NOUN"} else None
        case "decade" if "year" in p:
            return found
        case _:
            return found


def _is_month(found: Found, token: Token, before: str, after: Token | None) -> bool:
    """A bare "May", "March" or "August": a month, unless it is a verb or somebody's name."""
    words = found.parts["month"].lower().rstrip(".")
    if token.ent_type_ in {"PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART"} and before not in {"in", "since", "last", "next", "until"}:
        return False
    if token.tag_ in {"MD", "VB", "VBD", "VBP", "VBZ"}:
        return False
    if token.ent_type_ == "DATE":
        return True
    named = after is not None and after.tag_ == "NNP" and after.idx <= found.end + 1 and words in {"may", "march", "april", "june", "august", "mar", "jan"}
    return before in _PREPOSITIONS and not named and (len(words) > 4 or words in {"may", "june", "july"})


def _is_year(found: Found, token: Token, before: str, after: Token | None) -> bool:
    """Four digits: a year, unless they count something or are the number of something."""
    year = int(found.parts["year"])
    if before in _NUMBERED or (after is not None and after.lower_ in {"%", "percent", "per", "million", "billion", "km", "kg", "hours", "hrs", "gmt"}):
        return False
    if year > 2099 or (year < 1500 and token.ent_type_ != "DATE"):
        return False
    if token.ent_type_ in {"DATE", "EVENT", "LAW"}:
        return True
    if token.ent_type_ in {"MONEY", "PERCENT", "QUANTITY", "PERSON", "PRODUCT", "FAC"}:
        return False
    counted = after is not None and after.tag_ in {"NNS", "NNPS", "JJ"} and after.idx <= found.end + 1
    if before in {"in", "since", "until", "till", "during", "early", "late", "of", "from", "through", "between", "by", "before", "after", "and", "to"}:
        return not counted and (year >= 1800 or before in {"in", "since"})
    if before in {"the", "a", "his", "her", "their", "its"} or before.endswith(("'s", "’s")):
        return 1800 <= year <= 2050 and after is not None and after.pos_ in {"NOUN", "PROPN", "ADJ"} and (year % 100 != 0 or after.tag_ == "NN")
    return 1900 <= year <= 2050 and not counted and (before in {"(", ",", "summer", "winter", "spring", "autumn"} or token.dep_ == "npadvmod")


def _beside_date(doc: Doc, first: int) -> bool:
    """Does a date stand in the few words before, as in "Posted 11/27/2005, 16:12"?"""
    near = doc[max(0, first - 4) : first].text
    return bool(re.search(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[A-Z][a-z]{2,8}\.? [0-9]{1,2}|[0-9]{4}", near))


def _stretch(found: Found, doc: Doc, first: int, before: str, after: Token | None) -> Found | None:
    """A duration or a rate ("a day"): told apart by what stands before."""
    p = found.parts
    unit = p.get("unit", p.get("bare", "")).lower()
    last = doc[first - 1] if first else None
    rate = last is not None and (before in _RATES or last.tag_ in {"NNS", "NNPS", "CD"}) and before not in _DISTANCES
    if found.form == "habit":
        if "per" in p:
            return found if (p["per"].lower() == "per" or rate) and before not in _DISTANCES else None
        return found if "weekday" in p or before in {"on", "at", "most", "in"} else None
    if "stretch" in p:
        return found
    if "bare" in p:
        return found if before in _STANDING and (before != "of" or unit in {"years", "decades", "centuries"}) else None
    said = p.get("number", "").lower()
    hyphen = "-" in found.parts.get("number", "") or "-" in doc.text[found.start : found.end]
    single = not unit.endswith(("s", "ies", "ia"))
    if said in {"a", "an"} and (rate or before in {"on", "such", "quite"} or before in _DISTANCES):
        return None
    if unit in {"second", "quarter"} and not hyphen:
        return None
    if unit in {"quarters", "nights"} and after is not None and after.lower_ == "of":
        return None
    if single and not hyphen and said not in {"a", "an", "one", "another", "half a", "half an", "half", "a half"}:
        return None
    if said.isdigit() and len(said) == 4 and int(said) > 1500 and hyphen:
        return None
    if "approx" in p and p["approx"].lower() in {"some", "only", "just", "another"} and p["approx"].lower() in {"only", "just"}:
        return replace(found, start=found.start + len(p["approx"]) + 1)
    return found


def _turned(found: Found, doc: Doc, behind: int) -> Found:
    """"two days before the vote" is a duration with its own anchor; "two days before" counts from what was mentioned last."""
    turn = found.parts["turn"].lower()
    if turn not in {"before", "after", "later", "earlier", "previously"} or behind > len(doc):
        return found
    link = doc[behind - 1]
    anchored = turn in {"before", "after"} and any(True for _ in link.rights)
    anchored = anchored or (turn in {"before", "after"} and link.dep_ == "mark")
    follows = doc[behind].lower_ if behind < len(doc) else ""
    anchored = anchored or (turn in {"earlier", "later"} and follows == "than")
    if not anchored or follows in {"that", "this"}:
        return found
    kept = {name: words for name, words in found.parts.items() if name != "turn"}
    end = found.end - len(found.parts["turn"])
    while end > found.start and doc.text[end - 1].isspace():
        end -= 1
    return replace(found, end=end, parts=kept)


# --- in which tense, beside what ---------------------------------------------------------------------------------------------


def _tense(doc: Doc, starts: list[int], found: Found) -> Tense:
    """Which way the clause looks: at what has been ("past"), at what is to come ("future"), or neither can be told."""
    first, behind = _tokens(doc, starts, found)
    inside = range(first, behind)
    node = doc[max(first, behind - 1)]
    steps = 0
    while node.i in inside and node.head is not node and steps < 40:
        node, steps = node.head, steps + 1
    while steps < 40:
        if node.pos_ in {"VERB", "AUX"} or node.lemma_.lower() in _AHEAD:
            seen = _tense_of(node)
            if seen is not None:
                return seen
        if node.head is node:
            break
        node, steps = node.head, steps + 1
    return "open"


def _tense_of(verb: Token) -> Tense | None:
    """The tense of one verb with its auxiliaries; None where the verb above decides (a gerund, a bare infinitive)."""
    helpers = [child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}]
    if verb.lemma_.lower() in _AHEAD and verb.tag_ in {"VBN", "JJ", "VBD"} and (verb.tag_ != "VBD" or verb.lemma_.lower() in {"set", "schedule"}):
        return "future"
    if any(h.lower_ in _MODALS or h.tag_ == "MD" for h in helpers):
        # "could have left on Monday" looks back.
        return "past" if any(h.lower_ == "have" for h in helpers) else "future"
    if any(h.tag_ == "VBD" for h in helpers) or verb.tag_ == "VBD":
        return "past"
    if any(h.lemma_ == "have" for h in helpers):
        return "past"
    if any(h.lower_ == "to" for h in helpers):
        return "future" if verb.head is not verb and (verb.head.lemma_.lower() in _AHEAD or verb.head.lemma_ in {"be", "go"}) else None
    if verb.tag_ == "VBG" and any(h.tag_ in {"VBP", "VBZ"} for h in helpers):
        return "future"
    if verb.tag_ == "VBN":
        return "past"
    if verb.tag_ in {"VBP", "VBZ"} and verb.lemma_ not in {"say", "be", "have", "report"}:
        return "open"
    return None


def _last(said: list[tuple[int, str]]) -> str | None:
    return said[-1][1] if said else None


def _day_beside(found: Found, said: list[tuple[int, str]], sentences: list[int], text: str) -> str | None:
    """The day on which a time of day is meant: one that follows at once, else the last one mentioned, first in its own sentence."""
    at = bisect.bisect_left(said, (found.start, ""))
    if at < len(said):
        start, value = said[at]
        between = text[found.end : start]
        same = bisect.bisect_right(sentences, start) == bisect.bisect_right(sentences, found.start)
        if same and grain(value) == "D" and len(between) <= 30:
            return value[:10]
    for _, value in reversed(said[max(0, at - 20) : at]):
        if grain(value) == "D":
            return value[:10]
    return None


def _joined_years(chosen: list[Found], text: str) -> dict[int, int]:
    """The year of the first of "March 3 and April 5, 2003", which stands with the last."""
    years: dict[int, int] = {}
    for n in range(len(chosen) - 2, -1, -1):
        one, other = chosen[n], chosen[n + 1]
        bare = one.form in {"day", "month"} and "month" in one.parts and "year" not in one.parts
        told = years.get(n + 1) or (int(other.parts["year"]) if "year" in other.parts and "month" in other.parts else 0)
        linked = re.fullmatch(r",?\s*(?:and|to|through|until|till|-|–|or|,)\s*", text[one.end : other.start])
        if bare and told and linked:
            years[n] = told
    return years


#: What may stand on a date line beside the date.
_LINE_WORDS = re.compile(r"\b(?:posted|updated|published|last|modified|on|at|date|first|created|by|the|hrs|hours|am|pm|a\.m\.|p\.m\.|[A-Z]{2,4})\b|[\d\W_]", re.I)
_HEAD_LINES = 6


def _head_date(text: str, chosen: list[Found]) -> date | None:
    """The full date that stands by itself on one of the first lines, or in the dateline: the day of an undated report."""
    at = 0
    lines = []
    for line in text[:4_000].split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    for begin, line in [x for x in lines if x[1].strip()][:_HEAD_LINES]:
        inside = [f for f in chosen if begin <= f.start and f.end <= begin + len(line)]
        dated = [(f, d) for f in inside if (d := _full_date(f)) is not None]
        if not dated:
            continue
        first, day = dated[0]
        rest = line
        for f in reversed(inside):
            rest = rest[: f.start - begin] + " " + rest[f.end - begin :]
        lead, tail = line[: first.start - begin], line[first.end - begin :]
        alone = not _LINE_WORDS.sub("", rest)
        dateline = len(lead) <= 60 and re.match(r"\s*[A-Z][A-Z .'-]{2,}", lead) and re.match(r"\s*(?:\([^)]{2,30}\)|[-;:]|--)", tail)
        if alone or dateline:
            return day
    return None


def _full_date(found: Found) -> date | None:
    if found.form not in {"day", "iso", "slashed"} or "year" not in found.parts:
        return None
    span = days(resolve(found, Setting(None))[1])
    return span[0] if span else None
