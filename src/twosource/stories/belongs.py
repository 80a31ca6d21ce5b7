"""Do these reports tell of one event? What a user hands over as one story may hold a report that strayed in, or two look-alikes.

Before anything is lined up, each two reports get log-odds that they tell of one event: a logistic regression over how alike their
leads are and which words, people, places, organisations, days and figures they share (weights in one_event.json, fitted by
`training/one_event.py` on ECB+, whose topics hold two look-alike events each). Reports are then brought together by average linkage.
A report by itself is set apart only where it plainly has nothing to do with the others; two bodies of several reports each are two
events where that is likelier than not and each of them is much more of one piece than the two together. Statements are lined up
within an event alone.

Reports of which too little is known (no reader for the language, hardly a statement, two languages) are never set apart.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from twosource.model import Kind, Note, Reading

if TYPE_CHECKING:
    from twosource.likeness.known import Answers
    from twosource.likeness.vectors import Vectors

FEATURES = (
    "lead", "lead_words", "words", "lead_persons", "persons", "lead_places", "places", "organisations", "days", "figures",
)  # fmt: skip

#: Sentences of a report that tell what happened; characters of it that its vector is made of (as many as the encoder takes).
LEAD_SENTENCES, LEAD_CHARACTERS = 6, 800
#: A report with fewer statements says too little to be told from others.
ENOUGH = 3
#: Figures shared from which more tell nothing more.
_MANY = 3


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one report's event from another's; actors are ids across reports."""

    language: str
    lead_words: frozenset[str]
    words: frozenset[str]
    lead_actors: Mapping[Kind, frozenset[str]]
    actors: Mapping[Kind, frozenset[str]]
    days: frozenset[str]
    figures: frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Belonging:
    """`events` are the reports' ids by event, the story's own first; `notes` name each report that is not of it."""

    events: tuple[tuple[str, ...], ...]
    notes: tuple[Note, ...]


def belonging(
    readings: Sequence[Reading],
    joined: Mapping[str, str],
    kinds: Mapping[str, Kind],
    known_vectors: Answers[Vectors] | None = None,
) -> Belonging:
    """Which of `readings`, whatever their order, tell of one event. `joined` gives the actor across reports of each report's own
    and `kinds` what kind of actor that is, `known_vectors` the vectors of texts.
    """
    ordered = sorted(readings, key=lambda r: r.report.id)
    known = [n for n, r in enumerate(ordered) if len(r.statements) >= ENOUGH]
    if len(known) < 2:
        return Belonging((tuple(r.report.id for r in ordered),) if ordered else (), ())
    table = odds([ordered[n] for n in known], joined, kinds, known_vectors)
    events = [[known[i] for i in event] for event in linked(table)]
    events.sort(key=lambda e: (-len(e), min(_rank(ordered[n]) for n in e)))
    events[0] += [n for n in range(len(ordered)) if n not in set(known)]
    ids = tuple(tuple(ordered[n].report.id for n in sorted(event)) for event in events)
    notes = [
        Note("off-story", ordered[n].report.id, _words(event, events[0], known, ordered, n))
        for event in events[1:]
        for n in sorted(event)
    ]
    return Belonging(ids, tuple(notes))


def odds(
    readings: Sequence[Reading],
    joined: Mapping[str, str],
    kinds: Mapping[str, Kind],
    known_vectors: Answers[Vectors] | None = None,
) -> list[list[float]]:
    """The log-odds that each two of `readings` tell of one event; 0 where two languages cannot be compared."""
    from twosource.likeness.vectors import vectors

    leads = vectors([r.report.text[:LEAD_CHARACTERS] for r in readings], known_vectors)
    own = [traits(r, joined, kinds) for r in readings]
    weights, intercept = _weights()
    table = [[0.0] * len(own) for _ in own]
    for i, a in enumerate(own):
        for j in range(i + 1, len(own)):
            if a.language == own[j].language:
                row = features(a, own[j], float(leads[i] @ leads[j]))
                table[i][j] = table[j][i] = intercept + math.fsum(w * x for w, x in zip(weights, row, strict=True))
    return table


def traits(reading: Reading, joined: Mapping[str, str], kinds: Mapping[str, Kind]) -> Traits:
    """What of a report tells its event from others."""
    lead = [s for s in reading.statements if s.sentence < LEAD_SENTENCES]
    ends = reading.sentences[min(LEAD_SENTENCES, len(reading.sentences)) - 1].end if reading.sentences else 0
    actors: dict[Kind, set[str]] = {}
    leading: dict[Kind, set[str]] = {}
    for actor in reading.actors:
        one = joined.get(actor.id, actor.id)
        kind = kinds.get(one, actor.kind)
        actors.setdefault(kind, set()).add(one)
        if any(m.start < ends for m in actor.mentions):
            leading.setdefault(kind, set()).add(one)
    return Traits(
        language=reading.language,
        lead_words=frozenset(w for s in lead for w in s.words),
        words=frozenset(w for s in reading.statements for w in s.words),
        lead_actors={k: frozenset(v) for k, v in leading.items()},
        actors={k: frozenset(v) for k, v in actors.items()},
        days=frozenset(
            t.value[:10]
            for t in reading.times
            if t.kind in {"DATE", "TIME"} and t.value is not None and len(t.value) >= 10 and "X" not in t.value
        ),
        figures=frozenset((f.low, f.high, f.unit, f.counted[:1]) for f in reading.figures),
    )


def features(a: Traits, b: Traits, lead: float) -> list[float]:
    """What two reports share, as `FEATURES` names it, each 0..1; `lead` is the cosine of their leads."""
    none: frozenset[str] = frozenset()

    def shared(kind: Kind, lead: bool = False) -> float:
        mine, theirs = (a.lead_actors, b.lead_actors) if lead else (a.actors, b.actors)
        return _dice(mine.get(kind, none), theirs.get(kind, none))

    return [
        lead,
        _dice(a.lead_words, b.lead_words),
        _dice(a.words, b.words),
        shared("person", lead=True),
        shared("person"),
        shared("place", lead=True),
        shared("place"),
        shared("organisation"),
        _dice(a.days, b.days),
        min(1.0, len(a.figures & b.figures) / _MANY),
    ]


def linked(table: Sequence[Sequence[float]]) -> list[list[int]]:
    """The reports in events, each a list of indices: the likest two bodies join first, by their mean log-odds.

    Where one of two bodies is a report or two, they join from `alone` on. Where both are more, they do unless it is likelier than
    not that they are two events, and each is by `gap` more of one piece than they would be together.
    """
    alone, gap = (float(_card()["apart"][k]) for k in ("alone", "gap"))
    events = {i: [i] for i in range(len(table))}
    total = {(i, j): table[i][j] for i in events for j in events if i < j}

    def joins(i: int, j: int, mean: float) -> bool:
        a, b = events[i], events[j]
        if min(len(a), len(b)) < 3:
            return mean >= alone
        return mean >= 0 or min(_within(table, a), _within(table, b)) - mean < gap

    while True:
        means = {(i, j): value / (len(events[i]) * len(events[j])) for (i, j), value in total.items()}
        fitting = [(mean, -i, -j) for (i, j), mean in means.items() if joins(i, j, mean)]
        if not fitting:
            return [sorted(event) for _, event in sorted(events.items())]
        _, i, j = max(fitting)
        i, j = -i, -j
        for k in events:
            if k not in (i, j):
                total[min(i, k), max(i, k)] += total.pop((min(j, k), max(j, k)))
        del total[i, j]
        events[i] += events.pop(j)


def _within(table: Sequence[Sequence[float]], event: Sequence[int]) -> float:
    """The mean log-odds of each two reports of an event."""
    return math.fsum(table[a][b] for a in event for b in event if a < b) / (len(event) * (len(event) - 1) / 2)


def _dice(a: frozenset[Any], b: frozenset[Any]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _rank(reading: Reading) -> tuple[str, str]:
    return reading.report.published or "9999", reading.report.id


def _words(
    event: Sequence[int], story: Sequence[int], known: Sequence[int], readings: Sequence[Reading], n: int
) -> str:
    """What is said of a report that is not of the story."""
    along = [readings[m].report.file for m in event if m != n]
    of = (
        "the other report" if len(known) == 2 else f"the {len(story)} other reports" if len(story) > 1 else "the others"
    )
    told = f"does not belong to this story: it tells of another event than {of}"
    if along:
        shown = ", ".join(sorted(along)[:3]) + (f" and {len(along) - 3} more" if len(along) > 3 else "")
        told += f", together with {shown}"
    return told + "; nothing in it was lined up with them"


@functools.cache
def _card() -> dict[str, Any]:
    text = resources.files("twosource.stories").joinpath("one_event.json").read_text(encoding="utf-8")
    card: dict[str, Any] = json.loads(text)
    if tuple(card["weights"]) != FEATURES:
        raise AssertionError("one_event.json was fitted for other features: run training/one_event.py again")
    return card


def _weights() -> tuple[tuple[float, ...], float]:
    card = _card()
    return tuple(card["weights"].values()), card["intercept"]
