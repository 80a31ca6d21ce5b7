"""What cannot all be true, by typed slots: figures apart, days apart, asserted against denied, admitted against denied.

Word overlap does not tell contradiction, and neither does a general inference model (docs/decisions): what does is that the same
slot of the same thing is filled in ways that exclude each other. Where that is not plain, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from twosource.matching.figures import apart
from twosource.matching.items import Item, Items
from twosource.matching.voices import described
from twosource.model import Figure, Span

#: Likeness of two senses (cosine) from which one can be the denial of the other.
DENIES = 0.6
#: The same where the two share verb and subject: "no box was moved", "boxes were moved in the night".
DENIES_OUTRIGHT = 0.4
#: The same where one and the same speaker denies in one place and admits in the other.
ADMITS = 0.2

#: Likeness of two predicates from which they are one act, and how rare a word must be for sharing it to tell something.
SAME_ACT, TELLING = 0.7, 0.4
LIGHT = frozenset({"be", "become", "do", "get", "give", "go", "have", "make", "take"})

#: Verbs by which a speaker owns up to something: admission and apology verbs (Wierzbicka 1987, "English Speech Act Verbs").
ADMISSIONS = frozenset(
    {"acknowledge", "admit", "apologise", "apologize", "concede", "confess", "own", "regret", "repent"}
)
_RESPONSIBILITY = frozenset({"responsibility", "blame", "guilt", "fault"})
_TAKES = frozenset({"accept", "assume", "bear", "shoulder", "take"})


@dataclass(frozen=True, slots=True)
class Clash:
    """Sides of items (indices) that exclude each other, what they differ in, and the words that differ."""

    kind: Literal["figure", "time", "polarity"]
    sides: tuple[tuple[int, ...], ...]
    spans: tuple[Span, ...] = ()


def admits(item: Item) -> bool:
    """Whether the statement is an admission: "apologised for", "takes responsibility for"."""
    predicate = item.statement.predicate
    if item.statement.polarity == "denied" or not predicate:
        return False
    return predicate[0] in ADMISSIONS or (predicate[0] in _TAKES and bool(_RESPONSIBILITY & set(predicate)))


def sides_of(values: Sequence[tuple[int, float, float]], clash: Callable[[int, int], bool]) -> list[list[int]]:
    """The sides that exclude each other, each a list of indices: `values` are (index, low, high).

    The narrowest values come first, since they say most: each joins the side all of which it agrees with, or opens one where it
    agrees with none. What agrees with members of several sides ("about 100", between 95 and 110) settles nothing and is left out.
    """
    sides: list[list[int]] = []
    for i, _, _ in sorted(values, key=lambda v: (v[2] - v[1] if v[1] > float("-inf") else float("inf"), v[1], v[0])):
        touched = [s for s in sides if not all(clash(i, j) for j in s)]
        if not touched:
            sides.append([i])
        elif len(touched) == 1 and not any(clash(i, j) for j in touched[0]):
            touched[0].append(i)
    return sides


def figure_sides(figures: Sequence[Figure]) -> list[list[int]]:
    """Indices of `figures`, one group's, in sides whose ranges lie apart; fewer than two sides: no conflict."""
    values = [
        (i, f.low if f.low is not None else float("-inf"), f.high if f.high is not None else float("inf"))
        for i, f in enumerate(figures)
    ]
    return sides_of(values, lambda i, j: apart(figures[i], figures[j]))


def day_sides(days: Sequence[tuple[date, date]]) -> list[list[int]]:
    """Indices of `days`, one happening's, in sides that share no day."""
    values = [(i, float(d[0].toordinal()), float(d[1].toordinal())) for i, d in enumerate(days)]
    return sides_of(values, lambda i, j: days[i][1] < days[j][0] or days[j][1] < days[i][0])


def same_speaker(a: Item, b: Item, joined: Mapping[str, str], roles: Mapping[str, frozenset[str]]) -> bool:
    """Whether one actor stands behind both: the same actor, or a description that is its role ("the harbour minister")."""
    return bool(_speakers(a, joined, roles) & _speakers(b, joined, roles))


def _speakers(item: Item, joined: Mapping[str, str], roles: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Who says it; of an act of speech that the report tells itself ("the minister apologised"), who acts."""
    voices = item.statement.voice
    known = {joined.get(v.actor, v.actor) for v in voices if v.actor is not None}
    known |= {meant for v in voices if v.actor is None and (meant := described(v.text, roles)) is not None}
    if not voices and admits(item):
        return item.persons
    return frozenset(known)


def denials(
    all_items: Items, pairs: Iterable[tuple[int, int]], joined: Mapping[str, str], roles: Mapping[str, frozenset[str]]
) -> list[Clash]:
    """Statements of which one denies what others assert or admit, as sides: the denial first.

    A denial meets the assertion of the same act (among the candidate `pairs`), or the admission, by the same speaker, of what it is
    about. Both must speak of what happened; two statements of one report must have different voices.
    """
    found: dict[int, set[int]] = {}
    for i, j in pairs:
        a, b = all_items.items[i].statement, all_items.items[j].statement
        if a.polarity == b.polarity or (a.report == b.report and a.voice == b.voice):
            continue
        deny, asserted = (i, j) if a.polarity == "denied" else (j, i)
        if _same_act(all_items, deny, asserted):
            found.setdefault(deny, set()).add(asserted)
    admitting = [i for i, item in enumerate(all_items.items) if admits(item)]
    for deny, item in enumerate(all_items.items):
        if item.contested and item.statement.polarity == "denied":
            for i in admitting:
                other = all_items.items[i]
                elsewhere = (
                    item.statement.report != other.statement.report
                    or item.statement.sentence != other.statement.sentence
                )
                if elsewhere and _about_the_same(all_items, deny, i) and same_speaker(item, other, joined, roles):
                    found.setdefault(deny, set()).add(i)
    return [Clash("polarity", ((deny,), tuple(sorted(others)))) for deny, others in sorted(found.items())]


def _about_the_same(all_items: Items, i: int, j: int) -> bool:
    return float(all_items.senses[i] @ all_items.senses[j]) >= ADMITS


def _same_act(all_items: Items, i: int, j: int) -> bool:
    a, b = all_items.items[i].statement, all_items.items[j].statement
    if (
        "planned" in {a.modality, b.modality}
        or "demanded" in {a.modality, b.modality}
        or "possible" in {a.modality, b.modality}
    ):
        return False
    if not a.predicate or not b.predicate:
        return False
    done_to = set(a.predicate[1:]), set(b.predicate[1:])
    outright = (
        a.predicate[0] == b.predicate[0]
        and a.predicate[0] not in LIGHT
        and bool(set(a.subject) & set(b.subject))
        and not (all(done_to) and done_to[0].isdisjoint(done_to[1]))  # used gas, never used live rounds
    )
    if float(all_items.senses[i] @ all_items.senses[j]) < (DENIES_OUTRIGHT if outright else DENIES):
        return False
    if LIGHT & {a.predicate[0], b.predicate[0]} and not set(a.predicate[1:]) & set(b.predicate[1:]):
        return False  # "is not deep", "is in the bay": the verb says nothing, so what completes it must be shared
    alike = a.predicate[0] == b.predicate[0] or float(all_items.predicates[i] @ all_items.predicates[j]) >= SAME_ACT
    shared = (set(a.words) & set(b.words)) - {a.predicate[0], b.predicate[0]}
    return outright or (alike and any(all_items.rarity[w] >= TELLING for w in shared))
