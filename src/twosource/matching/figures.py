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
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from twosource.matching.figure_measures import ABSTRACT, apart, meet
from twosource.matching.figure_profiles import TOLLS, FigureRef, Profile, profiles, rarity, weight
from twosource.model import Reading

__all__ = ["FigureRef", "apart", "figure_groups", "meet"]

#: The mean likeness from which figures are joined, and the least that any two of a group may have.
JOIN, FLOOR = 0.7, 0.35
#: Two numbers that differ by no more than this factor may be one number measured twice or mistyped once.
NEAR = 1.05
#: Magnitudes of one quake by two agencies differ by no more than 0.3 (a factor of two in amplitude).
MEASURED_TWICE = 2.1
#: Sentences that "the number" reaches back: the one it stands in and two before it.
TAKES_UP_WITHIN = 2
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
    for profile in _named([p for r in ordered for p in _taken_up(profiles(r, same_actor, rare))]):
        by_dimension[profile.dimension].append(profile)
    groups = [group for dimension in sorted(by_dimension) for group in _linked(by_dimension[dimension], rare)]
    return tuple(sorted(tuple(sorted(p.ref for p in group)) for group in groups))


def _taken_up(found: Sequence[Profile]) -> list[Profile]:
    """The figures of a report, those that take up an earlier one counting what that counts."""
    out: list[Profile] = []
    for p in found:
        near = (q for q in reversed(out) if q.counts and p.sentence - q.sentence <= TAKES_UP_WITHIN)
        # "The crowd was told that 12 workers were hurt": a number with a noun or a deed of its own counts that.
        own = p.head or p.deeds or p.dimension != "people"
        if p.takes_up and p.counts and not own and (q := next(near, None)) is not None:
            p = replace(
                p, dimension=q.dimension, noun=q.noun, head=q.head, bare=q.bare, keys=q.keys, weight=q.weight, deeds=q.deeds,
                part=q.part, subject=q.subject, past=q.past, again=q.ref,
            )  # fmt: skip
        out.append(p)
    return out


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
            p = replace(
                p, dimension=like[0].dimension, noun=like[0].noun, head=like[0].head, keys=p.keys - {like[0].head}
            )
        out.append(p)
    return out


# --- two figures -------------------------------------------------------------------------------------------------------------

#: Of each figure, the figures of other reports that give its very number.
Own = Mapping[tuple[FigureRef, str], tuple[Profile, ...]]

#: Shares, ages, spans of time and distances belong to somebody or some place.
_OWNED = frozenset({"percent", "age", "time", "length"})
#: Dimensions of which one event has one value.
_SINGULAR = frozenset({"magnitude", "temperature"})


def _same_number(a: Profile, b: Profile) -> bool:
    """Is one number of `a` one of `b`, as written or, converted from another unit, as near as the coarser one was rounded?"""
    if a.unit == b.unit:
        return not set(a.stated).isdisjoint(b.stated)
    return any(
        abs(x - y) <= max(a.coarse, b.coarse, 0.01 * abs(x)) and abs(x - y) <= 0.12 * abs(x)
        for x in a.stated
        for y in b.stated
    )


def _value(a: Profile, b: Profile, own: Own, tolls: bool) -> float:
    """What the two numbers alone say. A running toll (`tolls`) may well differ, and be told beside its earlier value.

    What one report, or one voice in it, tells apart is two quantities; two voices may give two values of one.
    """
    if _same_number(a, b):
        return 0.3 + (0.6 if a.unit == b.unit else 0.4) * min(a.rarity, b.rarity)
    loose = tolls or a.dimension in _SINGULAR  # a report may well give several values of these
    if a.ref.report == b.ref.report:
        if a.sentence == b.sentence:
            return -1.0
        return -0.1 if loose or _disputed(a, b) else -0.4
    told_apart = any(not _disputed(a, c) for c in own.get((b.ref, a.ref.report), ())) or any(
        not _disputed(b, c) for c in own.get((a.ref, b.ref.report), ())
    )
    against = 0.0 if not told_apart else -0.15 if loose else -0.6
    if a.low <= b.high and b.low <= a.high:
        return 0.15 + against
    ratio = _ratio(a, b)
    if a.dimension == "magnitude" and ratio > MEASURED_TWICE:
        return -1.2
    if ratio <= NEAR and not told_apart:
        return 0.4 * min(a.rarity, b.rarity)
    return against - min(1.2, 0.35 * math.log2(max(ratio / 1.5, 1.0)))


def _disputed(a: Profile, b: Profile) -> bool:
    """Whether two figures of one report are what two voices say of the same thing."""
    return a.voice != b.voice and bool(a.keys & b.keys)


def _ratio(a: Profile, b: Profile) -> float:
    """How many times the smaller the larger is; magnitudes are logarithms already."""
    x, y = sorted((max(a.stated, default=0.0), max(b.stated, default=0.0)))
    if a.dimension == "magnitude":
        return float(10 ** min(y - x, 9.0))
    return y / x if x > 0 else 9.0


def _likeness(a: Profile, b: Profile, rare: Mapping[str, float], own: Own) -> float:
    """How much speaks for one quantity; from `JOIN` on they are taken for the same."""
    if a.dimension == b.dimension == "age" and a.actors and b.actors:
        return 1.0 if a.actors & b.actors else FLOOR - 1.0  # somebody has one age, and nobody has another's
    if a.again == b.ref or b.again == a.ref:
        return 1.0
    shared = a.deeds & b.deeds
    tolls = a.dimension == "people" and not a.head and not b.head and bool(shared & TOLLS)
    same = _same_number(a, b)
    score = _value(a, b, own, tolls)
    if a.bracketed_by == b.ref or b.bracketed_by == a.ref:
        return score + (1.0 if same else 0.0)
    score += _things(a, b, tolls) + _slots(a, b, same) + _scope(a, b, same, tolls)
    both = a.keys & b.keys
    if score + (0.7 if both else 0.0) + 0.6 < FLOOR:
        return score  # no words around them can make up for it
    if both:
        score += 0.7 * weight(both, rare) / min(a.weight, b.weight)
    short, long = (a.context, b.context) if len(a.context) < len(b.context) else (b.context, a.context)
    return score + 0.6 * math.fsum(v * long[w] for w, v in short.items() if w in long)


def _things(a: Profile, b: Profile, tolls: bool) -> float:
    """What the nouns counted say: one noun, one family, or two things."""
    if a.head and b.head and a.counts:
        if a.noun == b.noun:
            return 0.1 if a.dimension == "people" else 0.4
        if a.head == b.head:
            return 0.1 if a.dimension == "people" else 0.2
        return -0.3 if a.head not in b.keys and b.head not in a.keys else 0.0
    return 0.3 if tolls and not a.part and not b.part else 0.0


def _slots(a: Profile, b: Profile, same: bool) -> float:
    """What was done to those counted, whose measure it is, and whether a part or a change is meant."""
    score = 0.0
    if a.deeds and b.deeds:
        score -= 0.0 if a.deeds & b.deeds else 0.9 if a.counts else 0.4
        score += 0.2 if a.deeds & b.deeds and (a.grown or b.grown) and not same else 0.0
    elif a.keys and b.keys and not a.keys & b.keys:
        score -= 0.4 if a.dimension == "people" and not (a.head and a.head == b.head) else 0.15
    if a.deeds != b.deeds and not (a.deeds and b.deeds) and a.dimension == "people":
        score -= 0.2
    if not a.counts and a.subject and b.subject:
        score += 0.1 if a.subject & b.subject else -0.15 if same else -0.4
    score -= 0.3 if a.part and b.part and not same else 0.25 if a.part != b.part else 0.0
    return (
        score
        - (0.4 if a.change != b.change else 0.0)
        - (
            0.3
            if a.cap != b.cap and not a.counts and a.dimension not in _SINGULAR
            else 0.9
            if a.cap != b.cap and not a.counts
            else 0.0
        )
    )


def _scope(a: Profile, b: Profile, same: bool, tolls: bool) -> float:
    """Whether both belong to one event: the years they are told of, and, of what has an owner, the actors beside them."""
    score = 0.0
    if a.past and b.past:
        score -= 0.0 if a.past & b.past else 0.4
    elif a.past != b.past and not same:
        score -= 1.0 if tolls else 0.35
    if a.dimension in _OWNED and a.actors and b.actors:
        score += 0.15 if a.actors & b.actors else -0.15
    return score + (0.8 if a.dimension in _SINGULAR else 0.0)


# --- many figures ------------------------------------------------------------------------------------------------------------


def _own_numbers(found: Sequence[Profile]) -> Own:
    """(figure, other report) → the figures there that give the figure's very number."""
    where: dict[float, list[Profile]] = defaultdict(list)
    for p in found:
        for x in p.stated:
            where[x].append(p)
    out: dict[tuple[FigureRef, str], list[Profile]] = defaultdict(list)
    for p in found:
        for q in {q.ref: q for x in p.stated for q in where[x]}.values():
            if q.ref.report != p.ref.report:
                out[p.ref, q.ref.report].append(q)
    return {key: tuple(sorted(those, key=lambda q: q.ref)) for key, those in out.items()}


def _candidates(found: Sequence[Profile]) -> list[tuple[int, int]]:
    """Pairs (i < j) that may be one quantity: those that share a number, a noun, a deed or a stem that not everything has."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for i, p in enumerate(found):
        for kind, stems in (
            ("key", p.keys),
            ("head", {p.head} - {""}),
            ("near", p.context if len(found) <= COMMON else ()),
        ):
            for stem in stems:
                blocks[kind, stem].append(i)
        for x in p.stated:
            blocks["number", x].append(i)
        if p.dimension in _SINGULAR or p.dimension in ABSTRACT:
            blocks[p.dimension].append(i)
        if p.bracketed_by is not None:
            blocks[p.bracketed_by].append(i)
        blocks[p.ref].append(i)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        pairs.update(combinations(sorted(set(block)), 2))
    return sorted(pairs)


def _linked(found: Sequence[Profile], rare: Mapping[str, float]) -> list[list[Profile]]:
    """Average linkage: the likest two clusters join while their mean likeness reaches JOIN and no pair falls under FLOOR.

    A pair that is no candidate falls under the floor.
    """
    clusters: dict[int, list[Profile]] = {i: [p] for i, p in enumerate(found)}
    total: dict[int, dict[int, float]] = {i: {} for i in clusters}
    own = _own_numbers(found)
    first = {i: i for i in clusters}  # of ties the pair that stands first is joined, whatever was joined before
    queue: list[tuple[float, int, int, int, int]] = []

    def offer(i: int, j: int) -> None:
        mean = total[i][j] / (len(clusters[i]) * len(clusters[j]))
        if mean >= JOIN:
            heapq.heappush(queue, (-round(mean, 9), min(first[i], first[j]), max(first[i], first[j]), i, j))

    for i, j in _candidates(found):
        like = _likeness(found[i], found[j], rare, own)
        if like >= FLOOR:
            total[i][j] = total[j][i] = like
            offer(i, j)
    fresh = len(found)
    while queue:
        _, _, _, i, j = heapq.heappop(queue)
        if i not in clusters or j not in clusters:
            continue
        clusters[fresh] = clusters.pop(i) + clusters.pop(j)
        first[fresh] = min(first[i], first[j])
        total[fresh] = {}
        both = sorted(total[i].keys() & total[j].keys())
        for k in both:
            total[fresh][k] = total[k][fresh] = total[i][k] + total[j][k]
        for old in (i, j):
            for k in total.pop(old):
                if k in total:
                    total[k].pop(old, None)
        for k in both:
            offer(fresh, k)
        fresh += 1
    return list(clusters.values())
