"""Readings → groups of figures that give the same quantity of the same thing.

Two figures are compared only where they measure the same dimension and share a number, a noun, a deed or a telling word. What speaks
for them: the same number, the more the rarer such a number is; the same thing counted and the same deed; like words around them; the same
actor. What speaks against them: ranges far apart, another deed, another subject, another year, a word that sets a part aside. Groups are
made by average linkage with a floor under every pair, so that no chain of likenesses joins two strangers.

The weights were set by hand on the demo stories and on tests/matching/test_figure_pairs.py, which was written before them.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from twosource.matching.figure_measures import ABSTRACT, apart
from twosource.matching.figure_profiles import TOLLS, FigureRef, Profile, profiles, rarity
from twosource.model import Reading

__all__ = ["FigureRef", "apart", "figure_groups"]

#: The mean likeness from which figures are joined, and the least that any two of a group may have.
JOIN, FLOOR = 0.7, 0.35
#: Two numbers that differ by no more than this factor may be one number measured twice or mistyped once.
NEAR = 1.05
#: A stem that more figures of a dimension have than this brings no candidates: it tells nothing.
COMMON = 60


def figure_groups(readings: Sequence[Reading], same_actor: Mapping[str, str]) -> tuple[tuple[FigureRef, ...], ...]:
    """The figures of `readings` in groups, each figure in one; a figure that no other is like forms a group of its own.

    `same_actor` takes a reading's own actor ids to the joined actor's. Neither the order of the readings nor that of the mapping
    changes the groups; they come sorted.
    """
    ordered = sorted(readings, key=lambda r: r.report.id)
    rare = rarity(ordered)
    by_dimension: dict[str, list[Profile]] = defaultdict(list)
    for profile in _named([p for r in ordered for p in profiles(r, same_actor, rare)]):
        by_dimension[profile.dimension].append(profile)
    groups = [group for dimension in sorted(by_dimension) for group in _linked(by_dimension[dimension], rare)]
    return tuple(sorted(tuple(sorted(p.ref for p in group)) for group in groups))


def _named(found: Sequence[Profile]) -> list[Profile]:
    """A bare number ("extended it to all tins, 52,000 in all") counts what the same number elsewhere counts, if its sentence names it."""
    counted: dict[float, list[Profile]] = defaultdict(list)
    for p in found:
        if p.counts and not p.bare and p.head and p.dimension != "people":
            for x in p.stated:
                counted[x].append(p)
    out = []
    for p in found:
        like = [q for x in p.stated for q in counted[x] if p.bare and p.rarity >= 0.5 and q.head in p.nearby]
        if like:
            p = replace(p, dimension=like[0].dimension, noun=like[0].noun, head=like[0].head, keys=p.keys - {like[0].head})
        out.append(p)
    return out


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
