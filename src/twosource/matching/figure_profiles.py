"""A reading's figures → profiles: all that two figures are compared by, worked out once a figure.

What tells quantities apart beyond number and noun are typed slots: the *deed* (killed, hurt, arrested, missing, recalled …), whether the
figure is a *part* ("three of them", "another", "alone") or a *change* ("rose by 12"), and the *past* it belongs to: a sentence that dates
its event months or years before the report ("in 2011", "since 1987, when") tells of another event than the story's.
"""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.matching.figure_anaphora import takes_up
from twosource.matching.figure_measures import (
    base,
    coarseness,
    counts,
    dimension,
    extent,
    information,
    size,
    stated,
)
from twosource.matching.figure_parts import is_part
from twosource.matching.figure_past import past
from twosource.model import Figure, Reading, Span, Statement
from twosource.reading.figure_words import CHANGES, FAMILIES, LIGHT, THINGS, words

#: Words on either side of a figure that are taken as its context, within its sentence.
WINDOW = 12

#: Of these a report gives one running total, of people without further name.
TOLLS = frozenset({"kill", "injure", "arrest", "miss", "ill", "evacuate", "rescue", "release"})
#: Deeds beyond those of `FAMILIES`: a count belongs to what was done, and two deeds are two counts.
_MORE: dict[str, str] = {
    word: family
    for family, forms in {
        "ill": "ill sick sicken infect infected infection illness contract",
        "recall": "recall withdraw withdrawal",
        "charge": "charge indict indictment accuse",
        "kill": "drown drowned burnt suffocate life lives",
        "job": "job post redundancy",
        "cut": "cut shed axe slash",
        "weigh": "weigh weight",
        "long": "long length",
        "high": "high height tall",
        "deep": "deep depth",
        "wide": "wide width breadth",
        "destroy": "burn burnt gut incinerate",
    }.items()
    for word in forms.split()
}
#: What is done with money: transfers, losses and values are sums of their own (the commerce frames of a verb dictionary).
_MONEY: dict[str, str] = {
    word: family
    for family, forms in {
        "spend": "spend pay cost buy purchase use splurge shell",
        "punish": "fine forfeit penalty penalise penalize levy surrender",
        "take": "steal embezzle rob swindle defraud launder pocket",
        "gain": "earn profit revenue income salary",
        "give": "donate offer award grant compensate compensation donation reward bounty",
        "owe": "owe debt loan borrow lend",
    }.items()
    for word in forms.split()
}
DEEDS = TOLLS | {"recall", "charge", "destroy"}
#: Deeds whose count adds up with time.
COUNTED_DEEDS = DEEDS
#: Verbs whose object is people, whatever they are called.
_PEOPLE_ONLY = words("kill injure wound arrest detain nab apprehend imprison jail indict sicken infect")
_TO_THINGS = frozenset({"recall", "destroy"})
_CALLED_BACK = re.compile(r"\bcall(?:s|ed|ing)?\s+back\b", re.IGNORECASE)
#: Verbs by which a source gives a count of something else: "put turnout at 61 percent".
_GIVES = frozenset({"put", "give", "estimate", "number"})
#: Verbs that give the level of a count whose name stands elsewhere in the clause: "the number of dead rose to 12", "stood at 14".
_LEVELS = frozenset(CHANGES) | words(
    "be stand reach put total hit remain top pass number give bring revise correct lower raise"
)
_UNFOUND = frozenset({"find", "trace", "locate", "account", "hear", "reach"})

_WORD = re.compile(r"[^\W\d_]+")
_MEASURED = re.compile(
    r"([^\W\d_]+)\s+(?:of|at)\s+(?:about|around|some|roughly|nearly|almost|up to|at least|more than|over)?\s*$",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"\b(?:number|total|count|tally|toll)\s+of\s+([\w' -]+)", re.IGNORECASE)
_CAP = re.compile(
    r"\b(?:maximum|limit|cap|ceiling|up to|at most|no more than|can|could|may|might|would)\b", re.IGNORECASE
)
_THEN = re.compile(r"\b(?:age of|then|turned|was|were)\s+$", re.IGNORECASE)
_GROWN = re.compile(
    r"\b(?:now|so far|meanwhile|by then|extended|widened|rose|risen|rises|rising|climb(?:s|ed)|up from|toll)\b",
    re.IGNORECASE,
)
_STOP = words(
    """
    a an the of in on at to for from by with and or but that this these those it its he she they them his her their
    was were is are be been being has have had will would could should may might as not no some about around nearly
    almost more than least over up who whom which what when where while after before since during into out also only
    just said say says told according other
    """
)


@dataclass(frozen=True, slots=True, order=True)
class FigureRef:
    """The figure at `index` in the reading of `report`."""

    report: str
    index: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What a figure is compared by; `low` and `high` are in the dimension's base unit, `stated` are the numbers as written.

    `keys` are stems of what is counted and what happens to it; `deeds` those of them that name a count by themselves; `bare` says that
    no noun stands with the number and people are only guessed; `nearby` are the stems of its sentence; `takes_up` says that it counts
    what a number before it counts, `again` which.
    """

    ref: FigureRef
    dimension: str
    low: float
    high: float
    stated: tuple[float, ...]
    rarity: float
    noun: str
    head: str
    counts: bool
    keys: frozenset[str]
    weight: float
    deeds: frozenset[str]
    context: Mapping[str, float]
    nearby: frozenset[str]
    subject: frozenset[str]
    actors: frozenset[str]
    voice: tuple[str, ...]
    part: bool
    bare: bool
    unit: str
    coarse: float
    sentence: int
    bracketed_by: FigureRef | None
    cap: bool
    change: bool
    grown: bool
    past: frozenset[str]
    takes_up: bool
    again: FigureRef | None = None


@functools.cache
def stem(word: str) -> str:
    """The word's family, or a rough stem: enough to bring forms of one word together."""
    low = word.lower()
    for form in (
        low,
        low.removesuffix("s"),
        low.removesuffix("es"),
        low.removesuffix("ed"),
        low.removesuffix("d"),
        low.removesuffix("ing"),
    ):
        if form in _MORE or form in FAMILIES or form in THINGS:
            return _MORE.get(form) or FAMILIES.get(form) or THINGS[form]
    for ending in ("ing", "ed", "es", "s"):
        if low.endswith(ending) and len(low) - len(ending) > (2 if ending == "s" else 3):
            return low.removesuffix(ending)
    return low


@functools.lru_cache(1 << 14)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in _WORD.findall(text) if len(w) > 1 and w.lower() not in _STOP)


def rarity(readings: Sequence[Reading]) -> Mapping[str, float]:
    """How telling a stem is: the log of how few of the sentences have it, as if fifty more stood around them without it."""
    seen: Counter[str] = Counter()
    total = 0
    for reading in readings:
        for sentence in reading.sentences:
            seen.update(set(_stems(sentence.exact)))
            total += 1
    return {w: math.log((total + 50) / (n + 1)) for w, n in seen.items()}


def weight(stems: frozenset[str], rare: Mapping[str, float]) -> float:
    """How much the stems tell together."""
    return math.fsum(rare.get(stem, 1.0) + 0.5 for stem in stems)


def profiles(reading: Reading, same_actor: Mapping[str, str], rare: Mapping[str, float]) -> list[Profile]:
    """A profile for each figure of `reading`, in the order of the text."""
    names = reading.names
    statement_of = {i: s for s in reversed(reading.statements) for i in s.figures}
    text = reading.report.text
    sentences: Sequence[Span] = reading.sentences or (reading.report.span(0, len(text)),) if text else ()
    found: list[Profile] = []
    at = 0
    for index, f in enumerate(reading.figures):
        while at + 1 < len(sentences) and sentences[at + 1].start <= f.start:
            at += 1
        sentence = sentences[at]
        first = bisect_left(names, sentence.start, key=lambda n: n.start)
        last = bisect_left(names, max(sentence.end, f.end), key=lambda n: n.start)
        beside = names[first:last]
        if dimension(f) == "age":  # "Ada Brook, 41": who is named before it is so old, unless it tells of then
            then = _THEN.search(text[max(0, f.start - 16) : f.start]) is not None
            beside = () if then else tuple(n for n in beside if n.end <= f.start)[-1:]
        near = frozenset(same_actor.get(n.actor, n.actor) for n in beside)
        told_before = found[-1].deeds if found and found[-1].sentence == at else frozenset()
        before = sentences[at - 1] if at else None
        found.append(_profile(reading, index, at, sentence, before, statement_of.get(index), near, told_before, rare))
    return found


def _profile(
    reading: Reading, index: int, at: int, sentence: Span, previous: Span | None, statement: Statement | None,
    near: frozenset[str], told_before: frozenset[str], rare: Mapping[str, float],
) -> Profile:  # fmt: skip
    f, text = reading.figures[index], reading.report.text
    start, end = max(sentence.start, f.start - 300), min(max(sentence.end, f.end), f.end + 300)
    left, right = text[start : f.start], text[f.end : end]
    context = _context(_stems(left)[-WINDOW:], _stems(right)[:WINDOW], rare)
    done = _deeds(f, statement, text[max(start, f.start - 30) : f.end + 30])
    of = dimension(f)
    if counts(f) and of not in THINGS.values() and (stem(of) in TOLLS or _PEOPLE_ONLY & set(f.event)):
        of = "people"  # "arrested 23 brigands", "80 Hurt": only people suffer that
    if of != "people" and not f.unit.isupper():
        done &= _TO_THINGS
    noun = next((w for w in f.counted[:1] if w not in LIGHT and w != "other"), "")
    head = THINGS.get(noun) or stem(noun) if noun and stem(noun) not in TOLLS else ""
    low, high = extent(f)
    given = stated(f)
    keys = _keys(f, head, of, left, statement) | (done if not f.unit.isupper() else frozenset())
    return Profile(
        ref=FigureRef(reading.report.id, index),
        dimension=of,
        low=low,
        high=high,
        stated=tuple(base(x, f.unit) for x in given),
        rarity=information(f),
        noun=noun,
        head=head,
        counts=of == "people" or counts(f),
        keys=keys,
        weight=weight(keys, rare),
        deeds=done,
        context=context,
        nearby=frozenset(_stems(sentence.exact)),
        subject=_subject(statement, f.unit),
        actors=near,
        voice=tuple(v.actor or v.text for v in statement.voice) if statement else (),
        part=is_part(text, f, statement, start, end, done, told_before),
        bare=f.counted == ("person",) and not done & TOLLS,
        unit=f.unit,
        coarse=coarseness(f) * size(f.unit),
        sentence=at,
        bracketed_by=_bracket(reading, index),
        cap=_CAP.search(text[max(start, f.start - 40) : min(end, f.end + 12)]) is not None
        or (statement is not None and statement.modality == "possible"),
        change=_is_change(left),
        grown=_GROWN.search(sentence.exact) is not None,
        past=past(reading, f, sentence, previous),
        takes_up=takes_up(left),
    )


def _context(before: Sequence[str], after: Sequence[str], rare: Mapping[str, float]) -> Mapping[str, float]:
    """The stems around, as a vector of length 1: the rarer and the nearer, the heavier."""
    weights: dict[str, float] = {}
    for beside in (before[::-1], after):
        for k, w in enumerate(beside):
            weights[w] = max(weights.get(w, 0.0), rare.get(w, 1.0) / (1 + k / 6))
    length = math.sqrt(sum(v * v for v in weights.values())) or 1.0
    return {w: v / length for w, v in weights.items()}


def _keys(f: Figure, head: str, of: str, left: str, statement: Statement | None) -> frozenset[str]:
    """Stems of what is counted and of what happens to it. Of "a limit of 40 tonnes" only the limit is measured.

    A measure without any is its subject's ("The tunnel has a length of 7 kilometres"); "the number of marchers at 8,000" counts marchers.
    """
    known = {of, stem(f.unit), head} | ({"shake"} if of == "magnitude" else set())
    measured = _MEASURED.search(left)
    given = statement is not None and statement.predicate[:1] and statement.predicate[0] in _GIVES
    if measured is not None and not counts(f) and not f.unit.isupper() and (given or of != "percent"):
        found = frozenset({stem(measured[1])}) - known
    else:
        numbered = _NUMBER_OF.search(left)
        of_what = _WORD.findall(numbered[1])[:3] if numbered is not None else ()
        found = frozenset(stem(w) for w in (*f.counted, *f.event, *of_what) if w.lower() not in LIGHT | _STOP) - known
    return found or (_subject(statement, f.unit) - known if not counts(f) else found)


def _deeds(f: Figure, statement: Statement | None, around: str) -> frozenset[str]:
    """What was done to those counted. Where the verb only gives a level ("rose to"), the clause says of what."""
    said = [w for w in (*f.counted, *f.event) if w not in LIGHT]
    if f.unit.isupper():
        return frozenset(_MONEY[w] for w in said if w in _MONEY)
    if f.unit == "life":
        return frozenset({"kill"})
    found = {stem(w) for w in said} & DEEDS
    if statement is not None and _CALLED_BACK.search(statement.exact):
        found.add("recall")
    if "rescue" in found and "kill" in found:  # bodies are recovered, people are rescued
        found.discard("rescue")
    if (
        statement is not None
        and statement.polarity == "denied"
        and statement.predicate[:1]
        and statement.predicate[0] in _UNFOUND
    ):
        return frozenset({"miss"})
    if not found and counts(f):
        level = f.counted == ("person",) or (
            statement is not None and bool(statement.predicate) and statement.predicate[0] in _LEVELS
        )
        wider = (
            _stems(statement.exact) if statement is not None and level else _stems(around) if statement is None else ()
        )
        found = set(wider) & DEEDS
    return frozenset(found)


def deeds(reading: Reading, index: int) -> frozenset[str]:
    """What was done to those whom the figure at `index` counts: "kill", "injure", "recall" …; empty where that is not said."""
    f = reading.figures[index]
    statement = next((s for s in reading.statements if index in s.figures), None)
    sentence = next((s for s in reading.sentences if s.start <= f.start < s.end), None)
    start = max(f.start - 30, sentence.start if sentence is not None else 0)
    return _deeds(f, statement, reading.report.text[start : f.end + 30])


def gives_level(statement: Statement) -> bool:
    """Whether the clause gives the level of a count: "the toll stood at 14", "eight people are missing"."""
    return bool(statement.predicate) and statement.predicate[0] in _LEVELS | {"miss"}


def _subject(statement: Statement | None, unit: str) -> frozenset[str]:
    """Whose measure it is: the clause's subject, unless that is the figure itself, or who gives it."""
    if statement is None or (statement.predicate[:1] and statement.predicate[0] in _GIVES):
        return frozenset()
    found = frozenset(stem(w) for w in statement.subject if w.isalpha() and w not in LIGHT)
    return frozenset() if stem(unit) in found else found


def _bracket(reading: Reading, index: int) -> FigureRef | None:
    """The figure that this one, in brackets right behind it, gives again in another unit: "300 kilometres (190 miles)"."""
    if not index:
        return None
    before, f = reading.figures[index - 1], reading.figures[index]
    between = reading.report.text[before.end : f.start]
    return (
        FigureRef(reading.report.id, index - 1)
        if re.fullmatch(r"\s*[(,/]\s*|\s+or\s+", between) and before.unit != f.unit
        else None
    )


def _is_change(before: str) -> bool:
    """As in "Rose by 12": by how much, not how many."""
    last = before.lower().split()[-5:]
    return last[-1:] == ["by"] and not CHANGES.isdisjoint(last)
