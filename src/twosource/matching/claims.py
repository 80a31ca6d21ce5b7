"""Statements in groups, each of them one proposition: candidates by likeness, a score a pair, groups without chaining."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twosource.likeness.known import Answers
from twosource.matching import cross_encoder
from twosource.matching.groups import groups
from twosource.matching.items import Items
from twosource.matching.pairs import (
    FEATURES,
    features,
    log_odds,
    log_odds_but_for,
    log_odds_together,
    no_number_shared,
    of_figures,
)

#: Cosine below which two statements are not compared, and how many statements of each other report one is compared with.
LEAST, NEAREST = 0.3, 3
#: The most statements, of all reports, that one is compared with for its own sake, so that the cost of a story grows with its statements
#: and not with their square: reached from some twenty reports on.
MOST = 60
#: Mean log-odds from which groups of statements join, and the least that any two of a group may have: see docs/decisions.
JOINS, FLOOR = -0.5, -2.0
#: Log-odds by features alone below which a pair is not read by the cross-encoder: one in ten of the same lie there, and hardly any of
#: them would be joined for what it says.
PLAIN_NO = -2.5
#: The same above which it is not read either: of 3, 3.5, 4 and 5, 4 is the least that moves no figure on the stories that we wrote. In a
#: story of fifty reports a quarter of the pairs lie there.
PLAIN_YES = 4.0
#: The most pairs that the cross-encoder reads for the sake of one statement, the likeliest by features first: of 4, 8, 12 and all, 8 is the
#: least that moves no figure on the stories that we wrote.
READ = 8
#: The most pairs that it reads in one story, the likeliest first: some 30 s on one core. Twenty reports of 1,000 words have about so many.
READ_IN_ALL = 10_000

#: What it takes from the log-odds that two sentences tell of two happenings, or that all the numbers of two statements differ:
#: enough that likeness alone never joins them. Who says 14 does not corroborate who says 31.
SCOPES_APART, FIGURES_APART = -5.0, -3.0
#: What it takes that they give one quantity two numbers, be they next to each other: no likeness makes up for that.
OTHER_NUMBER = -12.0
#: The same where two statements share a verb at most, and no other word, actor or figure: "darkness fell", "the bridge fell".
ONLY_A_VERB, UNMISTAKABLE = -2.0, 0.75


@dataclass(frozen=True, slots=True)
class Aligned:
    """`groups` hold indices of items, each item once.

    `odds` are the log-odds of each pair compared, `but_for` the same as if no detail clashed; `cosines` are those of all senses.
    """

    groups: tuple[tuple[int, ...], ...]
    odds: dict[tuple[int, int], float]
    but_for: dict[tuple[int, int], float]
    cosines: npt.NDArray[np.float32]


def align(all_items: Items, known: Answers[float] | None = None) -> Aligned:
    """Bring together the statements that say the same thing. `known` are scores of pairs by the cross-encoder."""
    count = len(all_items.items)
    pairs, rows, cosines = compared(all_items)
    if not pairs:
        return Aligned(tuple((i,) for i in range(count)), {}, {}, cosines)
    chosen = np.array(pairs, dtype=np.intp)
    past = SCOPES_APART * rows[:, FEATURES.index("scopes_apart")]
    off = of_figures(all_items, chosen, no_number_shared)
    numbers = np.minimum(FIGURES_APART * rows[:, FEATURES.index("figures_clash")], OTHER_NUMBER * off)
    bare = ONLY_A_VERB * _share_only_a_verb(all_items, chosen, cosines)
    odds = dict(
        zip(pairs, (_same(all_items, pairs, log_odds(rows), known) + past + numbers + bare).tolist(), strict=True)
    )
    but_for = dict(zip(pairs, (log_odds_but_for(rows) + past).tolist(), strict=True))
    made = groups(count, odds, joins=JOINS, floor=FLOOR)
    return Aligned(tuple(tuple(g) for g in made), odds, but_for, cosines)


def compared(all_items: Items) -> tuple[list[tuple[int, int]], npt.NDArray[np.float64], npt.NDArray[np.float32]]:
    """The pairs worth a score, a row of features for each, and the cosines of all senses."""
    cosines = all_items.senses @ all_items.senses.T
    ranks = _ranks([i.statement.report for i in all_items.items], cosines)
    pairs = candidates(cosines, ranks)
    return pairs, features(all_items, pairs, cosines, ranks), cosines


def _share_only_a_verb(
    all_items: Items, pairs: npt.NDArray[np.intp], cosines: npt.NDArray[np.float32]
) -> npt.NDArray[np.bool_]:
    found = cosines[pairs[:, 0], pairs[:, 1]] < UNMISTAKABLE
    for n, (i, j) in zip(np.flatnonzero(found).tolist(), pairs[found].tolist(), strict=True):
        a, b = all_items.items[i], all_items.items[j]
        verbs = (*a.statement.predicate[:1], *b.statement.predicate[:1])
        found[n] = (
            (a.words & b.words).issubset(verbs) and a.actors.isdisjoint(b.actors) and a.groups.isdisjoint(b.groups)
        )
    return found


def _same(
    all_items: Items,
    pairs: Sequence[tuple[int, int]],
    by_features: npt.NDArray[np.float64],
    known: Answers[float] | None,
) -> npt.NDArray[np.float64]:
    """Two opinions on each pair in one: what its features say, and, where that is no plain no and no plain yes, the cross-encoder."""
    open_ = _worth_reading(pairs, by_features)
    read = cross_encoder.log_odds(
        [(all_items.items[i].sense, all_items.items[j].sense) for i, j in (pairs[int(n)] for n in open_)], known
    )
    plain = (by_features <= PLAIN_NO) | (by_features >= PLAIN_YES)
    same = np.where(plain, by_features, log_odds_together(by_features, np.zeros_like(by_features)))
    same[open_] = log_odds_together(by_features[open_], read)
    return same


def _worth_reading(pairs: Sequence[tuple[int, int]], by_features: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """The pairs that are no plain no and among the `READ` likeliest of one of their statements, without those that are a plain yes."""
    read = dict.fromkeys(range(1 + max((j for _, j in pairs), default=0)), 0)
    kept: list[int] = []
    for n in np.argsort(-by_features, kind="stable").tolist():
        if by_features[n] <= PLAIN_NO or len(kept) == READ_IN_ALL:
            break
        i, j = pairs[n]
        if by_features[n] < PLAIN_YES and (read[i] < READ or read[j] < READ):
            kept.append(n)
        read[i] += 1
        read[j] += 1
    return np.array(sorted(kept), dtype=np.int64)


def candidates(cosines: npt.NDArray[np.float32], ranks: npt.NDArray[np.int32]) -> list[tuple[int, int]]:
    """The pairs worth a score: those in which one is among the other's likest in that report, and not wholly unlike it."""
    near = (ranks <= NEAREST) & (cosines >= LEAST)
    if near.shape[0] > MOST:
        among = np.where(near, cosines, -1.0)
        least = -np.partition(-among, MOST - 1, axis=1)[:, MOST - 1]
        near &= cosines >= least[:, None]
    rows, columns = np.nonzero(np.triu(near | near.T, 1))
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True)]


def _ranks(reports: list[str], cosines: npt.NDArray[np.float32]) -> npt.NDArray[np.int32]:
    """ranks[i, j]: which place j takes among the statements of its report by likeness to i, itself left out (1: the likest)."""
    own = cosines.copy()
    np.fill_diagonal(own, -1.0)
    out = np.zeros(cosines.shape, dtype=np.int32)
    names = np.array(reports)
    for name in sorted(set(reports)):
        columns = np.flatnonzero(names == name)
        order = np.argsort(-own[:, columns], axis=1, kind="stable")
        np.put_along_axis(sub := np.empty_like(order), order, np.arange(1, len(columns) + 1)[None, :], axis=1)
        out[:, columns] = sub
    return out
