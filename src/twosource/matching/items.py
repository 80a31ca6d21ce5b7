"""Statements made ready for comparing: with their vectors, joined actors, days and figures, and how rare each word is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from twosource.likeness.known import Answers
from twosource.likeness.vectors import Vectors, vectors
from twosource.matching.scopes import Scope, scopes
from twosource.model import Actor, Figure, Reading, Statement, Time
from twosource.reading.time_values import days

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Item:
    """A statement with what it is compared by.

    `sense` is the statement's with each actor by one name. `actors`, `places` and `persons` are ids across reports; those of the
    whole sentence are `around`, its times `when`. `groups` are the figure groups that the statement gives, `counts` its figures,
    `counted_in` the group of each and `owners` the person it is told of; `days` the first and last day of each time that it names;
    `scope` is the past happening that its sentence tells of; `place` where in its report that stands (0..1); `contested` tells that
    its voice denies it ("denied that …"), not merely that it holds a negation.
    """

    statement: Statement
    sense: str
    words: frozenset[str]
    actors: frozenset[str]
    places: frozenset[str]
    persons: frozenset[str]
    around: frozenset[str]
    groups: frozenset[int]
    counts: tuple[Figure, ...]
    counted_in: tuple[int | None, ...]
    owners: tuple[str | None, ...]
    days: tuple[tuple[date, date], ...]
    when: tuple[str, ...]
    contested: bool
    scope: Scope
    place: float


@dataclass(frozen=True, slots=True)
class Items:
    """All statements of a story, sorted by report and place; row i of each matrix belongs to item i.

    `sentences` are the senses of all statements of an item's sentence taken together. `rarity` tells of each word, `renown` of each
    actor, how much sharing it means: 0 (in every statement) to 1 (in one alone).
    """

    items: tuple[Item, ...]
    senses: Vectors
    sentences: Vectors
    predicates: Vectors
    subjects: Vectors
    rarity: Mapping[str, float]
    renown: Mapping[str, float]


def items(
    readings: Sequence[Reading],
    joined: Mapping[str, str],
    actors: Sequence[Actor],
    group_of: Mapping[tuple[str, int], int],
    known: Answers[Vectors] | None = None,
) -> Items:
    """The statements of `readings`. `joined` gives the actor across reports of each one's own, `group_of` a figure's group, `known`
    the vectors of texts.
    """
    kinds = {a.id: a.kind for a in actors}
    made: list[Item] = []
    actor_of = {a.id: a for a in actors}
    for reading in sorted(readings, key=lambda r: r.report.id):
        around: dict[int, set[str]] = {}
        when: dict[int, list[Time]] = {}
        for s in reading.statements:
            around.setdefault(s.sentence, set()).update(joined.get(a, a) for a in s.actors)
            when.setdefault(s.sentence, []).extend(reading.times[i] for i in s.times)
        renamed = _renamed(reading, joined, actor_of)
        told_of = scopes(reading)
        made += [
            _item(
                s,
                renamed(s),
                reading,
                joined,
                kinds,
                group_of,
                around[s.sentence],
                when[s.sentence],
                told_of[s.sentence],
            )
            for s in reading.statements
        ]
    senses = vectors([i.sense for i in made], known)
    return Items(
        tuple(made),
        senses,
        _of_sentences(made, senses),
        vectors([" ".join(i.statement.predicate) for i in made], known),
        vectors([" ".join(i.statement.subject) for i in made], known),
        rarity(i.words for i in made),
        rarity(i.actors for i in made),
    )


def _of_sentences(made: Sequence[Item], senses: Vectors) -> Vectors:
    """For each item the mean direction of the senses of its sentence's statements."""
    number: dict[tuple[str, int], int] = {}
    of = np.array([number.setdefault((i.statement.report, i.statement.sentence), len(number)) for i in made], dtype=int)
    sums = np.zeros((len(number), senses.shape[1]), dtype=np.float32)
    np.add.at(sums, of, senses)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    whole: Vectors = (sums / np.where(lengths == 0, np.float32(1), lengths))[of]
    return whole


def _renamed(reading: Reading, joined: Mapping[str, str], known: Mapping[str, Actor]) -> Callable[[Statement], str]:
    """Gives a statement's sense with each actor by one name, whatever this report calls it: a person by the surname."""
    forms: dict[str, str] = {}
    for actor in reading.actors:
        one = known.get(joined.get(actor.id, actor.id), actor)
        name = one.name.split()[-1] if one.kind == "person" and len(one.name.split()[-1]) > 2 else one.name
        for form in {m.exact for m in actor.mentions} | {actor.name}:
            forms.setdefault(form, name)
    if not forms:
        return lambda s: s.sense or s.exact
    longest_first = sorted(forms, key=lambda f: (-len(f), f))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(f) for f in longest_first) + r")(?!\w)")
    return lambda s: pattern.sub(lambda m: forms[m.group()], s.sense or s.exact)


def _item(
    s: Statement, sense: str, reading: Reading, joined: Mapping[str, str], kinds: Mapping[str, str],
    group_of: Mapping[tuple[str, int], int], around: set[str], when: Sequence[Time], scope: Scope,
) -> Item:  # fmt: skip
    actors = frozenset(joined.get(a, a) for a in s.actors)
    return Item(
        statement=s,
        sense=sense,
        words=frozenset(s.words),
        actors=actors,
        places=frozenset(a for a in actors if kinds.get(a) == "place"),
        persons=frozenset(a for a in actors if kinds.get(a) == "person"),
        around=frozenset(around),
        groups=frozenset(group_of[s.report, i] for i in s.figures if (s.report, i) in group_of),
        counts=tuple(reading.figures[i] for i in s.figures),
        counted_in=tuple(group_of.get((s.report, i)) for i in s.figures),
        owners=tuple(_owner(reading.figures[i], s, reading, joined, kinds) for i in s.figures),
        days=tuple(
            d for i in s.times if reading.times[i].kind in {"DATE", "TIME"} and (d := days(reading.times[i].value))
        ),
        scope=scope,
        place=s.sentence / max(1, len(reading.sentences) - 1),
        contested=any(q.polarity == "denied" and q.start < s.end and s.start < q.end for q in reading.quotes),
        when=tuple(
            t.value[:10] for t in when if t.value is not None and t.kind in {"DATE", "TIME"} and "REF" not in t.value
        ),
    )


def _owner(
    figure: Figure, s: Statement, reading: Reading, joined: Mapping[str, str], kinds: Mapping[str, str]
) -> str | None:
    """Whose figure it is: the last person named before it in its statement, else the one person whom the statement is about."""
    persons = [a for a in reading.actors if kinds.get(joined.get(a.id, a.id)) == "person"]
    before = [(m.start, a.id) for a in persons for m in a.mentions if s.start <= m.start and m.end <= figure.start]
    if before:
        return joined.get(max(before)[1], max(before)[1])
    about = {joined.get(a, a) for a in s.actors if kinds.get(joined.get(a, a)) == "person"}
    return next(iter(about)) if len(about) == 1 else None


def rarity(holders: Iterable[Iterable[T]]) -> dict[T, float]:
    """Of each thing held, how much finding it twice tells: ln(holders / holders with it) over ln(holders), 0..1."""
    sets = [frozenset(h) for h in holders]
    seen = Counter(x for s in sets for x in s)
    most = math.log(max(2, len(sets)))
    return {x: math.log(len(sets) / n) / most if len(sets) > 1 else 1.0 for x, n in seen.items()}


def overlap(a: frozenset[T], b: frozenset[T], weight: Mapping[T, float]) -> float:
    """How much of what weighs most two sets share: 0..1 (Dice, weighted).

    >>> overlap(frozenset("ab"), frozenset("bc"), {"a": 1.0, "b": 1.0, "c": 1.0})
    0.5
    """
    shared = a & b
    if not shared:
        return 0.0
    total = math.fsum(weight.get(w, 1.0) for w in a) + math.fsum(weight.get(w, 1.0) for w in b)
    return 2 * math.fsum(weight.get(w, 1.0) for w in shared) / total if total else 0.0
