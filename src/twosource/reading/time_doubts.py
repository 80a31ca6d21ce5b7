"""Whether a candidate is an expression of time: what the characters leave open, the parse decides.

"May" may be a verb, "March" somebody's name, "2,000" no year, "a day" a rate. Tags and entities of the pipeline are asked where a pattern
alone would be wrong too often; what is plain ("11 a.m. Monday", "two weeks ago") needs no witness.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from twosource.reading.time_patterns import Found

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PREPOSITIONS = frozenset(
    "in on at by since until till from through throughout to of during before after between for around over within under into past "
    "early late mid last next this and or".split()
)
#: Words behind which a number is a name and no year: "Flight 1994".
_NUMBERED = frozenset(
    "flight route no no. number nr room highway page chapter section article bus train "
    "unit model boeing level resolution # $ £ €".split()
)
_AT = frozenset("at by around about until till from since before after".split())
_MEASURES = frozenset("% percent per million billion km kg hours hrs gmt".split())
_STANDING = frozenset(
    "for in within after over during through throughout last lasted take took spend spent wait waited of several".split()
)
_RATES = frozenset("once twice thrice times percent % million billion hundred thousand dozen cents".split())
_DISTANCES = frozenset(
    "miles mile kilometers kilometres kilometer kilometre km knots feet meters metres mph kph".split()
)
#: What makes a weekday the name of one certain day, whose date a weekday's rule would miss.
_FEASTS = frozenset("super good black bloody palm easter ash holy maundy shrove fat cyber giving".split())


def tokens(doc: Doc, starts: list[int], found: Found) -> tuple[int, int]:
    """The first token and the one behind the last that `found` covers or touches."""
    return bisect.bisect_right(starts, found.start) - 1, bisect.bisect_left(starts, found.end)


def sure(found: Found, doc: Doc, starts: list[int]) -> Found | None:
    """`found` where it is an expression of time, with its extent mended; None where it is something else."""
    first, behind = tokens(doc, starts, found)
    token = doc[first]
    before = doc[first - 1].lower_ if first and not doc[first - 1].is_space else ""
    after = doc[behind] if behind < len(doc) else None
    p = found.parts
    match found.form:
        case "month" if not (p.keys() & {"year", "thisyear", "edge", "which", "end"}):
            return found if _is_month(found, token, before, after) else None
        case "day" if "alone" in p:
            of_something = (
                after is not None
                and after.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "ADP"}
                and after.lower_ not in _PREPOSITIONS - {"of"}
            )
            return found if before in _PREPOSITIONS - {"of", "and", "or", "for"} and not of_something else None
        case "day" if "weekday" in p and "month" not in p and not p["weekday"].lower().endswith("day"):
            return found if token.ent_type_ in {"DATE", "TIME"} and before != "the" else None
        case "day" if ("weekday" in p and "month" not in p) or p.get("deictic", "")[:1].isupper():
            if (
                before in {"first", "second", "third", "fourth", "last"}
                and after is not None
                and after.lower_ in {"of", "in"}
            ):
                return None  # of some month: no day by itself
            titled = token.ent_type_ in {"ORG", "PRODUCT", "WORK_OF_ART"} and before
            return None if titled or before in _FEASTS or ("deictic" in p and _named(doc, first)) else found
        case "day" if "year" not in p and re.fullmatch(
            "(?i)sept?(?:ember)?[.]? 11(?:th)?", _words(doc, first, behind, found)
        ):
            # A name by now: of that day alone there are "attacks" and "hijackers".
            of_2001 = after is not None and re.match("attack|terror|hijack", after.lower_)
            return replace(found, parts=p | {"year": "2001"}) if of_2001 else found
        case "day" if "month" in p and "day" in p and "year" not in p and p["month"].lower() in {"may", "march", "mar"}:
            return found if token.pos_ not in {"VERB", "AUX"} or token.ent_type_ == "DATE" else None
        case "year" if not (p.keys() & {"edge"}) and (found.end - found.start) == 4:
            return found if _is_year(found, token, before, after) else None
        case "clock" if re.fullmatch(r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?", p["clock"]):
            timely = token.ent_type_ == "TIME" or before in _AT
            return found if timely or _beside_date(doc, first) else None
        case "part" if "alone" in p:
            return found if "vernight" in p["alone"] or before in _PREPOSITIONS or token.ent_type_ == "TIME" else None
        case "part" if "of" not in p:
            return (
                found
                if before in {"in", "during", "through", "throughout", "into", "for", "until", "by", "overnight"}
                else None
            )
        case "span" | "habit" if "turn" not in p:
            return _stretch(found, doc, first, behind, before, after)
        case "span":
            return _turned(found, doc, first, behind)
        case "unit" if p["unit"] == "minute" or (
            p["which"].lower().endswith("last") and after is not None and after.lower_ == "of"
        ):
            return None
        case "unit" if (
            p["which"].lower() == "the next"
            and p["unit"] != "day"
            and before in {"over", "in", "within", "for", "during"}
        ):
            return replace(found, parts=p | {"length": "1"})
        case "reference" if p["words"].lower() in {"the past", "the future"}:
            open_ = after is None or after.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ"}
            return found if open_ else None
        case "reference" if p["words"].lower() == "now":
            return found if token.pos_ in {"ADV", "SCONJ", "INTJ", "NOUN"} and not _named(doc, first) else None
        case "season" if not (p.keys() & {"year", "edge", "early"}):
            seasonal = token.ent_type_ == "DATE" or (doc[behind - 1].ent_type_ == "DATE")
            return found if seasonal and doc[behind - 1].pos_ != "VERB" else None
        case "frequency":
            return found if token.pos_ in {"ADJ", "ADV", "NOUN"} else None
        case "decade" if "year" in p:
            return found
        case _:
            return found


def _words(doc: Doc, first: int, behind: int, found: Found) -> str:
    """The words found, out of their tokens: a Doc puts its whole text together anew each time that is asked for."""
    skipped = found.start - doc[first].idx
    return str(doc[first:behind].text[skipped : skipped + found.end - found.start])


def _named(doc: Doc, first: int) -> bool:
    """Does a capital behind a name make a title of it ("Europe Today")?"""
    return first > 0 and doc[first].text[:1].isupper() and doc[first - 1].pos_ == "PROPN"


def _is_month(found: Found, token: Token, before: str, after: Token | None) -> bool:
    """A bare "May", "March" or "August": a month, unless it is a verb or somebody's name."""
    words = found.parts["month"].lower().rstrip(".")
    if token.ent_type_ in {"PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART"} and before not in {
        "in",
        "since",
        "last",
        "next",
        "until",
    }:
        return False
    if token.tag_ in {"MD", "VB", "VBD", "VBP", "VBZ"}:
        return False
    if token.ent_type_ == "DATE":
        return True
    surname = after is not None and after.tag_ == "NNP" and after.idx <= found.end + 1
    named = surname and words in {"may", "march", "april", "june", "august"}
    return before in _PREPOSITIONS and not named and (len(words) > 4 or words in {"may", "june", "july"})


def _is_year(found: Found, token: Token, before: str, after: Token | None) -> bool:
    """Four digits: a year, unless they count something or are the number of something."""
    year = int(found.parts["year"])
    if before in _NUMBERED or (after is not None and after.lower_ in _MEASURES):
        return False
    if year > 2099 or (year < 1500 and token.ent_type_ != "DATE"):
        return False
    if year % 100 == 0 and before not in {"in", "since", "until", "year"} and after is not None and after.tag_ == "NNS":
        return False
    if token.ent_type_ in {"DATE", "EVENT", "LAW"}:
        return True
    if token.ent_type_ in {"MONEY", "PERCENT", "QUANTITY", "PERSON", "PRODUCT", "FAC"}:
        return False
    counted = after is not None and after.tag_ in {"NNS", "NNPS", "JJ"} and after.idx <= found.end + 1
    if before in _AT or before in {"in", "during", "early", "late", "of", "through", "between", "and", "to"}:
        return not counted and (year >= 1800 or before in {"in", "since"})
    if before in {"the", "a", "his", "her", "their", "its"} or before.endswith(("'s", "’s")):
        one_of_them = (
            after is not None and after.pos_ in {"NOUN", "PROPN", "ADJ"} and (year % 100 != 0 or after.tag_ == "NN")
        )
        return 1800 <= year <= 2050 and one_of_them
    return 1900 <= year <= 2050 and not counted and (before in {"(", ","} or token.dep_ == "npadvmod")


def _beside_date(doc: Doc, first: int) -> bool:
    """Does a date stand in the few words before, as in "Posted 11/27/2005, 16:12"?"""
    near = doc[max(0, first - 4) : first].text
    return bool(re.search(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[A-Z][a-z]{2,8}\.? [0-9]{1,2}|[0-9]{4}", near))


def _stretch(found: Found, doc: Doc, first: int, behind: int, before: str, after: Token | None) -> Found | None:
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
    hyphen = "-" in found.parts.get("number", "") or "-" in _words(doc, first, behind, found)
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
    if (
        "approx" in p
        and p["approx"].lower() in {"some", "only", "just", "another"}
        and p["approx"].lower() in {"only", "just"}
    ):
        return replace(found, start=found.start + len(p["approx"]) + 1)
    return found


def _turned(found: Found, doc: Doc, first: int, behind: int) -> Found | None:
    """Where "two days before the vote" is a duration with its own anchor, "two days before" counts from what was mentioned last."""
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
    if not found.parts.keys() & {"number", "bare"}:
        return None
    kept = {name: words for name, words in found.parts.items() if name != "turn"}
    before = _words(doc, first, behind, found)[: -len(found.parts["turn"])]
    return replace(found, end=found.start + len(before.rstrip()), parts=kept)
