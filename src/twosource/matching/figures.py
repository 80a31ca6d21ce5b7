"""Readings → groups of figures that give the same quantity of the same thing, and the test whether two of them conflict.

Two figures are compared only where they measure the same dimension (people, percent, one currency, lengths, boats …). What speaks for
them: the same number, the more the rarer such a number is; the same thing counted and the same predicate; like words around them; the
same actor. What speaks against them: ranges far apart, another subject, a word that sets a part aside ("another", "including", "of
them"). Groups are made by average linkage with a floor under every pair, so that no chain of likenesses joins two strangers.

The weights were set by hand, while errors on the gold and the demo stories were in view, and not fitted by a script: figures measured
on those stories flatter them. JOIN was chosen by trial on the demo stories (links F1 .72 to .78 from .6 to .9; .7 keeps precision at .96).
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.model import Figure, Reading, Span
from twosource.reading.figure_words import CHANGES, FAMILIES, LIGHT, SIZES, THINGS, words
from twosource.reading.numerals import numerals

#: The mean likeness from which figures are joined, and the least that any two of a group may have.
JOIN, FLOOR = 0.7, 0.35
#: Two numbers that differ by no more than this factor may be one number measured twice or mistyped once.
NEAR = 1.05
#: Words on either side of a figure that are taken as its context, within its sentence.
WINDOW = 12

_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b(?!,)")
_OF_THE = re.compile(r"\s+of\s+(?:the|them|those|these|whom|his|her|their|its)\b")
_PART = re.compile(
    r"\b(?:another|others?|including|among them|of them|of whom|of those|additional|further|more)\b", re.IGNORECASE
)
_STOP = words(
    """
    a an the of in on at to for from by with and or but that this these those it its he she they them his her their
    was were is are be been being has have had will would could should may might as not no some about around nearly
    almost more than least over up who whom which what when where while after before since during into out also only
    just said say says told according other
    """
)
_EMPTY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class FigureRef:
    """The figure at `index` in the reading of `report`."""

    report: str
    index: int


@dataclass(frozen=True, slots=True)
class _Profile:
    """What a figure is compared by; `low` and `high` are in the dimension's base unit, `stated` are the numbers as written."""

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
    context: Mapping[str, float]
    actors: frozenset[str]
    part: bool
    unit: str
    coarse: float
    sentence: int
    bracketed_by: FigureRef | None
    change: bool
    years: frozenset[str]


def figure_groups(readings: Sequence[Reading], same_actor: Mapping[str, str]) -> tuple[tuple[FigureRef, ...], ...]:
    """The figures of `readings` in groups, each figure in one; a figure that no other is like forms a group of its own.

    `same_actor` takes a reading's own actor ids to the joined actor's. Neither the order of the readings nor that of the mapping
    changes the groups; they come sorted.
    """
    ordered = sorted(readings, key=lambda r: r.report.id)
    rare = _rarity(ordered)
    by_dimension: dict[str, list[_Profile]] = defaultdict(list)
    for reading in ordered:
        for profile in _profiles(reading, same_actor, rare):
            by_dimension[profile.dimension].append(profile)
    groups = [group for dimension in sorted(by_dimension) for group in _linked(by_dimension[dimension], rare)]
    return tuple(sorted(tuple(sorted(p.ref for p in group)) for group in groups))


def apart(a: Figure, b: Figure) -> bool:
    """Do the two ranges contradict each other: is the gap between them more than one unit of the coarser one's last non-zero digit?

    Measures of one dimension are converted first. What was converted has been rounded on the way, and is allowed one more part in
    a hundred.
    """
    if a.unit != b.unit and _dimension(a) != _dimension(b):
        return False
    size_a, size_b = _size(a.unit), _size(b.unit)
    low_a, high_a = _range(a)
    low_b, high_b = _range(b)
    gap = max(low_a - high_b, low_b - high_a)
    if gap <= 0 or math.isinf(gap):
        return False
    unit = max(_coarseness(a) * size_a, _coarseness(b) * size_b)
    slack = 0.01 * max(low_a, low_b) if size_a != size_b else 0.0
    return gap > unit * (1 + 1e-9) + slack


# --- a figure by itself ------------------------------------------------------------------------------------------------------


def _base(x: float, unit: str) -> float:
    """`x` in the base unit of its dimension."""
    return (x - 32) / 1.8 if unit == "degree Fahrenheit" else x * _size(unit)


def _range(f: Figure) -> tuple[float, float]:
    return (-math.inf if f.low is None else _base(f.low, f.unit), math.inf if f.high is None else _base(f.high, f.unit))


def _size(unit: str) -> float:
    return SIZES[unit][1] if unit in SIZES else 1 / 1.8 if unit == "degree Fahrenheit" else 1.0


def _dimension(f: Figure) -> str:
    """What the figure measures: figures of two dimensions are never one quantity."""
    if f.counted[:1] == ("age",) and f.unit == "year":
        return "age"
    if f.unit.startswith("degree "):
        return "temperature"
    if f.unit in SIZES:
        return SIZES[f.unit][0]
    if f.unit == "degree" and f.counted[:1] == ("magnitude",):
        return "magnitude"
    return THINGS.get(f.unit) or next(
        (family for word, family in THINGS.items() if f.unit.endswith(word) and len(word) > 3), f.unit
    )


def _stated(f: Figure) -> tuple[float, ...]:
    """The numbers as written, "nearly 7,000" → 7,000, before the qualifier makes a range of them."""
    found = numerals(f.exact)
    if f.unit == "percent" or not found:
        return tuple(x for x in (f.low, f.high) if x is not None)[:2] if not found else tuple(n.low for n in found)
    if len(found) > 1 and f.low is not None and f.high is not None:
        return (f.low, f.high)
    money = f.unit.isupper() and f.low == f.high and f.low is not None
    return (f.low,) if money and f.low is not None else (found[-1].low,)


def _last_digit(x: float) -> float:
    """One unit of the last non-zero digit of `x`.

    >>> _last_digit(5687.75), _last_digit(7000), _last_digit(0)
    (0.01, 1000.0, 1.0)
    """
    if x == 0 or not math.isfinite(x):
        return 1.0
    digits = f"{abs(x):.4f}".rstrip("0")
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10 ** (len(whole) - len(whole.rstrip("0"))))


def _coarseness(f: Figure) -> float:
    return max((_last_digit(x) for x in _stated(f)), default=1.0)


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
    words = before.lower().split()[-5:]
    return words[-1:] == ["by"] and not CHANGES.isdisjoint(words)


def _information(f: Figure, stated: Sequence[float]) -> float:
    """How much it says that two reports give this number: "two" little, 612 or 5.9 much, 1,000 between them (0..1)."""
    x = max(stated, default=0.0)
    if any(n.form == "vague" for n in numerals(f.exact)):
        return 0.3
    unit = _last_digit(x)
    significant = round(x / unit) if unit else 0
    bits = math.log10(significant + 1) + (0.5 if x >= 100 or unit < 1 else 0.0)
    return min(1.0, 0.25 + bits / 2.5) if x > 12 or unit < 1 else 0.25 + x / 60


def _stem(word: str) -> str:
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
        if form in FAMILIES or form in THINGS:
            return FAMILIES.get(form) or THINGS[form]
    for ending in ("ing", "ed", "es", "s"):
        if low.endswith(ending) and len(low) - len(ending) > 3:
            return low.removesuffix(ending)
    return low


def _words(text: str) -> list[str]:
    return [_stem(w) for w in _WORD.findall(text) if len(w) > 1 and w.lower() not in _STOP]


def _rarity(readings: Sequence[Reading]) -> Mapping[str, float]:
    """How telling a stem is: the log of how few of the sentences have it."""
    seen: Counter[str] = Counter()
    total = 0
    for reading in readings:
        for sentence in reading.sentences:
            seen.update(set(_words(sentence.exact)))
            total += 1
    return {w: math.log((total + 1) / n) for w, n in seen.items()}


def _profiles(reading: Reading, same_actor: Mapping[str, str], rare: Mapping[str, float]) -> list[_Profile]:
    text = reading.report.text
    names = reading.names
    found = []
    at = 0
    sentences: Sequence[Span] = reading.sentences
    for index, f in enumerate(reading.figures):
        while at + 1 < len(sentences) and sentences[at + 1].start <= f.start:
            at += 1
        start, end = (sentences[at].start, sentences[at].end) if sentences else (0, len(text))
        start, end = max(start, f.start - 300), min(max(end, f.end), f.end + 300)
        before, after = _words(text[start : f.start])[-WINDOW:], _words(text[f.end : end])[:WINDOW]
        context: dict[str, float] = {}
        for beside in (before[::-1], after):
            for k, w in enumerate(beside):
                context[w] = max(context.get(w, 0.0), rare.get(w, 1.0) / (1 + k / 6))
        length = math.sqrt(sum(v * v for v in context.values())) or 1.0
        size = _size(f.unit)
        low, high = _range(f)
        noun = next((w for w in f.counted[:1] if w not in LIGHT), "")
        head = _stem(noun) if noun and _stem(noun) not in _TOLLS else ""
        dimension = _dimension(f)
        counts = dimension == "people" or (f.unit not in SIZES and not f.unit.isupper() and dimension not in _ABSTRACT)
        known = (
            {dimension, _stem(f.unit)}
            | ({head} if counts and dimension != "people" else set())
            | ({"shake"} if dimension == "magnitude" else set())
        )
        keys = frozenset(_stem(w) for w in (*f.counted, *f.event) if w not in LIGHT) - known
        stated = _stated(f)
        near = frozenset(same_actor.get(n.actor, n.actor) for n in names if start <= n.start and n.end <= end)
        around = text[max(start, f.start - 16) : f.start] + " " + text[f.end : min(end, f.end + 10)]
        part = _PART.search(around) is not None or _OF_THE.match(text, f.end) is not None
        profile = _Profile(
            ref=FigureRef(reading.report.id, index),
            dimension=dimension,
            low=low,
            high=high,
            stated=tuple(_base(x, f.unit) for x in stated),
            rarity=_information(f, stated),
            noun=noun,
            head=head,
            counts=counts,
            keys=keys,
            context={w: v / length for w, v in context.items()},
            actors=near,
            part=part,
            unit=f.unit,
            coarse=_coarseness(f) * size,
            sentence=at,
            bracketed_by=_bracket(reading, index),
            change=_is_change(text[start : f.start]),
            years=frozenset(_YEAR.findall(text[start:end])),
        )
        found.append(profile)
    return found


# --- two figures -------------------------------------------------------------------------------------------------------------


def _same_number(a: _Profile, b: _Profile) -> bool:
    """Is one number of `a` one of `b`, as written or, converted from another unit, as near as the coarser one was rounded?"""
    if a.unit == b.unit:
        return any(math.isclose(x, y, rel_tol=1e-6) for x in a.stated for y in b.stated)
    return any(
        abs(x - y) <= max(a.coarse, b.coarse, 0.01 * abs(x)) and abs(x - y) <= 0.12 * abs(x)
        for x in a.stated
        for y in b.stated
    )


def _value(a: _Profile, b: _Profile, own: frozenset[tuple[FigureRef, str]], tolls: bool) -> float:
    """What the two numbers alone say. `own` holds the figures that find their own number in another report.

    A running toll (`tolls`) may well differ, and be told beside its earlier value.
    """
    if _same_number(a, b):
        return 0.3 + (0.6 if a.unit == b.unit else 0.4) * min(a.rarity, b.rarity)
    loose = tolls or a.dimension in _SINGULAR  # a report may well give several values of these
    if a.ref.report == b.ref.report:  # what one report tells apart is two quantities
        return -1.0 if a.sentence == b.sentence else -0.1 if loose else -0.4
    told_apart = (a.ref, b.ref.report) in own or (b.ref, a.ref.report) in own
    against = 0.0 if not told_apart else -0.15 if loose else -0.6
    if a.low <= b.high and b.low <= a.high:
        return 0.15 + against
    ratio = _ratio(a, b)
    if ratio <= NEAR and not told_apart:
        return 0.4 * min(a.rarity, b.rarity)
    return against - min(1.0, 0.25 * math.log2(max(ratio / 1.5, 1.0)))


def _ratio(a: _Profile, b: _Profile) -> float:
    """How many times the smaller the larger is; magnitudes are logarithms already."""
    x, y = sorted((max(a.stated, default=0.0), max(b.stated, default=0.0)))
    if a.dimension == "magnitude":
        return float(10 ** min(y - x, 9.0))
    return y / x if x > 0 else 9.0


def _weight(stems: frozenset[str], rare: Mapping[str, float]) -> float:
    return sum(rare.get(stem, 1.0) + 0.5 for stem in sorted(stems))


def _likeness(a: _Profile, b: _Profile, rare: Mapping[str, float], own: frozenset[tuple[FigureRef, str]]) -> float:
    """How much speaks for one quantity; from `JOIN` on they are taken for the same."""
    tolls = a.dimension == "people" and not a.head and not b.head and bool(a.keys & b.keys & _TOLLS)
    score = _value(a, b, own, tolls)
    if a.bracketed_by == b.ref or b.bracketed_by == a.ref:
        return score + (1.0 if _same_number(a, b) else 0.0)
    if a.keys and b.keys:
        score += 0.7 * _weight(a.keys & b.keys, rare) / min(_weight(a.keys, rare), _weight(b.keys, rare))
    short, long = sorted((a.context, b.context), key=len)
    score += 0.6 * sum(v * long.get(w, 0.0) for w, v in short.items())
    if a.head and b.head and a.counts:
        if a.noun == b.noun:
            score += 0.1 if a.dimension == "people" else 0.4
        elif a.head == b.head:
            score += 0.1 if a.dimension == "people" else 0.2
        elif a.head not in b.keys and b.head not in a.keys:
            score -= 0.3
    elif tolls:
        score += 0.3
    if (a.years and b.years and not a.years & b.years) or (a.years != b.years and not _same_number(a, b)):
        score -= 0.3
    if a.dimension in _OWNED and a.actors and b.actors:
        score += 0.15 if a.actors & b.actors else -0.15
    if a.dimension in _SINGULAR:
        score += 0.15
    return score - (0.25 if a.part != b.part else 0.0) - (0.4 if a.change != b.change else 0.0)


#: Of these a report gives one running total, of people without further name.
_TOLLS = frozenset({"kill", "injure", "arrest", "miss"})
#: Shares, ages and lengths of time belong to somebody.
_OWNED = frozenset({"percent", "age", "time"})
#: Units that are no nouns of counted things.
_ABSTRACT = frozenset({"percent", "percentage point", "magnitude", "temperature", "age", "degree"})
#: Dimensions of which one event has one value.
_SINGULAR = frozenset({"magnitude", "temperature"})


def _own_numbers(profiles: Sequence[_Profile]) -> frozenset[tuple[FigureRef, str]]:
    """(figure, other report) where that report has the figure's very number."""
    where: dict[float, set[str]] = defaultdict(set)
    for p in profiles:
        for x in p.stated:
            where[x].add(p.ref.report)
    return frozenset((p.ref, r) for p in profiles for x in p.stated for r in where[x] if r != p.ref.report)


def _linked(profiles: Sequence[_Profile], rare: Mapping[str, float]) -> list[list[_Profile]]:
    """Average linkage: the likest two clusters join while their mean likeness reaches JOIN and no pair falls under FLOOR."""
    clusters: dict[int, list[_Profile]] = {i: [p] for i, p in enumerate(profiles)}
    total: dict[int, dict[int, float]] = {i: {} for i in clusters}
    least: dict[int, dict[int, float]] = {i: {} for i in clusters}
    own = _own_numbers(profiles)
    queue: list[tuple[float, FigureRef, FigureRef, int, int]] = []

    def offer(i: int, j: int) -> None:
        if least[i][j] >= FLOOR:
            mean = total[i][j] / (len(clusters[i]) * len(clusters[j]))
            if mean >= JOIN:
                first, second = sorted((min(p.ref for p in clusters[i]), min(p.ref for p in clusters[j])))
                heapq.heappush(queue, (-round(mean, 9), first, second, i, j))

    for i, a in enumerate(profiles):
        for j in range(i):
            total[i][j] = total[j][i] = least[i][j] = least[j][i] = _likeness(a, profiles[j], rare, own)
            offer(i, j)
    fresh = len(profiles)
    while queue:
        _, _, _, i, j = heapq.heappop(queue)
        if i not in clusters or j not in clusters:
            continue
        clusters[fresh] = clusters[i] + clusters[j]
        total[fresh], least[fresh] = {}, {}
        del clusters[i], clusters[j]
        for k in sorted(clusters):
            if k != fresh:
                total[fresh][k] = total[k][fresh] = total[i][k] + total[j][k]
                least[fresh][k] = least[k][fresh] = min(least[i][k], least[j][k])
                offer(fresh, k)
        fresh += 1
    return list(clusters.values())
