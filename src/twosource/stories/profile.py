"""What reports are like, by field, as weighted words: of one report, or summed over those of a story.

Each report counts as much as any other in each field (its words there have length 1), so that a story's profile is the sum of its
reports', and two profiles are as near as their sums are.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from twosource.stories.rarity import Rarity
from twosource.stories.traits import Traits

#: A field's words with their weights, the square of its length, and how much of that is its own.
Vector = tuple[Mapping[str, float], float, float]

FIELDS = ("words", "names", "places", "lead", "numbers")

#: Words kept of one report, and of a story: the heaviest.
_REPORT_WORDS = 96
_STORY_WORDS = 256

#: What each report has of its own in every field and shares with no other: about the weight of one middling word. So two reports that
#: hold one number each are not wholly alike where the number is the same.
_OWN = 4.0

_EMPTY: Vector = ({}, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Profile:
    """The reports of a story, or one, by field (in the order of `FIELDS`). `count` is how many, copies counted once.

    `first` and `last` are days of publication (ordinals), None where no report has one; `days` those the reports speak of.
    """

    fields: tuple[Vector, ...]
    count: int
    days: frozenset[int]
    first: int | None
    last: int | None


def profile(of: Traits, rarity: Rarity) -> Profile:
    """The profile of one report."""
    # Names and the lead are among the words.
    rare = {term: rarity.of(term) for term in (*of.words, *of.places, *of.numbers)}
    counts = (of.words, of.names, of.places, of.lead, of.numbers)
    return Profile(tuple([_unit(c, rare) for c in counts]), 1, of.days, of.day, of.day)


def together(a: Profile, b: Profile) -> Profile:
    """The profile of the reports of both."""
    known = [d for d in (a.first, a.last, b.first, b.last) if d is not None]
    return Profile(
        tuple(_sum(x, y) for x, y in zip(a.fields, b.fields, strict=True)),
        a.count + b.count,
        a.days | b.days,
        min(known, default=None),
        max(known, default=None),
    )


def sum_of(profiles: Sequence[Profile]) -> Profile:
    """The profile of all of them, of which there is at least one."""
    return functools.reduce(together, profiles)


def dots(a: Profile, b: Profile) -> list[float]:
    """The products of two profiles, field by field. Summed exactly: so the order of words, which is nobody's, cannot show."""
    (words, _, _), (others, _, _) = a.fields[0], b.fields[0]
    # Names and the lead are among the words: what is not common there is common nowhere.
    common = words.keys() & others.keys()
    return [
        math.fsum([words[t] * others[t] for t in common]),
        _dot(a.fields[1], b.fields[1], common),
        _dot(a.fields[2], b.fields[2]),
        _dot(a.fields[3], b.fields[3], common),
        _dot(a.fields[4], b.fields[4]),
    ]


def _dot(a: Vector, b: Vector, among: Iterable[str] | None = None) -> float:
    x, y = a[0], b[0]
    if not x or not y:
        return 0.0
    if among is None:
        among = x.keys() & y.keys()
        return math.fsum([x[t] * y[t] for t in among]) if among else 0.0
    return math.fsum([x[t] * y[t] for t in among if t in x and t in y])


def common(a: Profile, b: Profile) -> Iterator[str]:
    """The words, places and numbers that both have."""
    for at in (0, 2, 4):
        yield from a.fields[at][0].keys() & b.fields[at][0].keys()


def heaviest(of: Profile, count: int) -> list[str]:
    """The words that weigh most in it."""
    weights = of.fields[0][0]
    return sorted(weights, key=lambda t: (-weights[t], t))[:count]


def _unit(counts: Mapping[str, int], rare: Mapping[str, float]) -> Vector:
    """A field of one report: each word weighs by how rare it is, and by how often it stands there, of which the tenth time says little."""
    weights = {t: rare[t] if n == 1 else rare[t] * (1 + math.log(n)) for t, n in counts.items()}
    if len(weights) > _REPORT_WORDS:
        weights = _pruned(weights, _REPORT_WORDS)
    square = math.fsum([w * w for w in weights.values()]) + _OWN**2
    length = math.sqrt(square)
    return ({t: w / length for t, w in weights.items()}, 1.0, _OWN**2 / square) if weights else _EMPTY


def _sum(a: Vector, b: Vector) -> Vector:
    if not a[0] or not b[0]:
        return a if a[0] else b
    if len(a[0]) < len(b[0]):
        a, b = b, a
    weights = dict(a[0])
    for t, w in b[0].items():
        weights[t] = weights.get(t, 0.0) + w
    if len(weights) > 2 * _STORY_WORDS:
        weights = _pruned(weights, _STORY_WORDS)
    own = a[2] + b[2]
    return weights, own + math.fsum([w * w for w in weights.values()]), own


def _pruned(weights: Mapping[str, float], count: int) -> dict[str, float]:
    return {t: weights[t] for t in sorted(weights, key=lambda t: (-weights[t], t))[:count]}
