"""Why the statements of a claim stand together: for each the likest of the others, what the two share, and what their score means."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from twosource.matching.calibrated import agreement
from twosource.matching.claims import Aligned
from twosource.matching.items import Item
from twosource.model import Claim, Join, Span
from twosource.verdicts.ground import Ground

#: So many words of each of two statements are shown as shared, the rarest first.
TELLING_WORDS = 4

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def joined(claims: Iterable[Claim], ground: Ground, aligned: Aligned) -> tuple[Claim, ...]:
    """`claims` with their joins: a tree over the statements of each, the likest pairs first (Kruskal 1956)."""
    place = {item.statement.id: n for n, item in enumerate(ground.items.items)}
    return tuple(replace(c, joins=_joins([place[e.id] for e in c.evidence], ground, aligned)) for c in claims)


def _joins(members: Sequence[int], ground: Ground, aligned: Aligned) -> tuple[Join, ...]:
    """The joins of one claim. What was never scored as a pair is held by the statement that it shares a figure's quantity with."""
    order = sorted(set(members))
    leader = {i: i for i in order}

    def find(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    made: list[Join] = []
    for (i, j), odds in _likest_first(order, aligned):
        if len(made) == len(order) - 1:
            break
        a, b = find(i), find(j)
        if a != b:
            leader[b] = a
            made.append(_join(i, j, odds, ground))
    return tuple(sorted(made, key=lambda join: join.statements))


def _likest_first(order: Sequence[int], aligned: Aligned) -> Iterator[tuple[tuple[int, int], float | None]]:
    """The pairs of the items with their log-odds, the likest first; behind them those that were never scored, by their cosines."""
    pairs = list(combinations(order, 2))
    odds = {p: max(aligned.odds[p], aligned.but_for.get(p, float("-inf"))) for p in pairs if p in aligned.odds}
    for p in sorted(odds, key=lambda p: (-odds[p], -float(aligned.cosines[p]), p)):
        yield p, odds[p]
    for p in sorted((p for p in pairs if p not in odds), key=lambda p: (-float(aligned.cosines[p]), p)):
        yield p, None


def _join(i: int, j: int, odds: float | None, ground: Ground) -> Join:
    a, b = ground.items.items[i], ground.items.items[j]
    spans = {
        (s.report, s.start, s.end): s
        for one, other in ((a, b), (b, a))
        for s in (*_words(one, other, ground), *_figures(one, other, ground))
    }
    return Join(
        (a.statement.id, b.statement.id),
        None if odds is None else agreement(odds),
        tuple(sorted(a.actors & b.actors)),
        tuple(spans[k] for k in sorted(spans)),
    )


def _words(of: Item, other: Item, ground: Ground) -> list[Span]:
    """The words of a statement that the other has too, the rarest first: those that are no part of a name."""
    s = of.statement
    rare = sorted(of.words & other.words, key=lambda w: (-ground.items.rarity[w], w))[:TELLING_WORDS]
    report = ground.readings[s.report].report
    found = []
    for lemma in rare:
        at = _place_of(lemma.casefold(), s.exact)
        if at is not None:
            found.append(report.span(s.start + at[0], s.start + at[1]))
    return found


@functools.lru_cache(1 << 14)
def _place_of(lemma: str, text: str) -> tuple[int, int] | None:
    """Where the first form of the lemma stands in the statement; asked for with every statement that it is joined to."""
    return next(((start, end) for word, start, end in _forms(text) if _is_form(word, lemma)), None)


@functools.lru_cache(1 << 12)
def _forms(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a statement, which is joined to many others, and where they stand in it."""
    return tuple((m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text))


def _is_form(word: str, lemma: str) -> bool:
    """Whether a word may be a form of the lemma: "moved" of "move", "cities" of "city".

    >>> _is_form("moved", "move"), _is_form("cities", "city"), _is_form("mother", "move")
    (True, True, False)
    """
    stem = lemma[:-1] if len(lemma) > 3 else lemma
    return word.startswith(stem) and len(word) <= len(lemma) + 4


def _figures(of: Item, other: Item, ground: Ground) -> list[Span]:
    """The figures of a statement that count the same quantity as one of the other, or give the same number in the same unit."""
    there = {g for g in other.counted_in if g is not None}
    same = {(f.low, f.high, f.unit) for f in other.counts}
    report = ground.readings[of.statement.report].report
    return [
        report.span(f.start, f.end)
        for f, group in zip(of.counts, of.counted_in, strict=True)
        if group in there or (f.low, f.high, f.unit) in same
    ]
