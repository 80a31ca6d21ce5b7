"""Statements made ready for comparing: with their vectors, joined actors, days and figure groups, and how rare each word is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from twosource.likeness.vectors import Vectors, vectors
from twosource.model import Reading, Statement
from twosource.reading.time_values import days


@dataclass(frozen=True, slots=True)
class Item:
    """A statement with what it is compared by. `figures` are the figure groups it gives, `days` the days it names."""

    statement: Statement
    words: frozenset[str]
    actors: frozenset[str]
    figures: frozenset[int]
    days: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """All statements of a story, sorted by report and place; row i of each matrix belongs to item i."""

    items: tuple[Item, ...]
    senses: Vectors
    predicates: Vectors
    rarity: Mapping[str, float]


def items(readings: Sequence[Reading], joined: Mapping[str, str], group_of: Mapping[tuple[str, int], int]) -> Items:
    """The statements of `readings`. `joined` gives the actor across reports of each one's own, `group_of` a figure's group."""
    made = [
        Item(
            s,
            frozenset(s.words),
            frozenset(joined.get(a, a) for a in s.actors),
            frozenset(group_of[r.report.id, i] for i in s.figures if (r.report.id, i) in group_of),
            tuple(
                d for i in s.times if r.times[i].kind in {"DATE", "TIME"} and (d := days(r.times[i].value)) is not None
            ),
        )
        for r in sorted(readings, key=lambda r: r.report.id)
        for s in r.statements
    ]
    senses = vectors([i.statement.sense or i.statement.exact for i in made])
    predicates = vectors([" ".join(i.statement.predicate) for i in made])
    return Items(tuple(made), senses, predicates, _rarity(made))


def _rarity(made: Sequence[Item]) -> dict[str, float]:
    """Of each word, how much finding it in two statements tells: ln(statements / statements with it), in 0..1."""
    seen = Counter(w for i in made for w in i.words)
    most = math.log(max(2, len(made)))
    return {w: math.log(len(made) / n) / most if len(made) > 1 else 1.0 for w, n in seen.items()}


def overlap(a: frozenset[str], b: frozenset[str], rarity: Mapping[str, float]) -> float:
    """How much of the rarer words two sets share: 0..1 (Dice, weighted)."""
    total = sum(rarity.get(w, 1.0) for w in a) + sum(rarity.get(w, 1.0) for w in b)
    return 2 * sum(rarity.get(w, 1.0) for w in sorted(a & b)) / total if total else 0.0
