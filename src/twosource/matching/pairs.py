"""Do two statements say the same thing? A logistic regression over what two clauses share and in what they clash.

The weights are fitted by `training/pair_score.py` on invented stories with the gold of an editor who had not seen the code
(training/stories), and stand in pair_score.json with a card that says on what and how well; docs/decisions has the comparison with
other scorers and other data.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Hashable, Sequence
from importlib import resources
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from twosource.likeness.vectors import Vectors
from twosource.matching.figures import apart, meet
from twosource.matching.items import Item, Items, overlap
from twosource.matching.scopes import apart as scopes_apart

FEATURES = (
    "sense", "predicate", "same_predicate", "subject", "words", "rarest", "actors", "actors_clash", "around",
    "persons_clash", "places_clash", "figures", "figures_clash", "days", "days_clash", "polarity_differs", "modality_differs",
    "shorter", "rank", "rank_back", "sense_x_words", "sense_x_predicate", "shared", "sentence", "places_apart", "scopes_apart",
)  # fmt: skip

T = TypeVar("T", bound=Hashable)

#: Pairs whose vectors are multiplied at a time.
_AT_A_TIME = 8192

#: Those that say that a detail clashes.
DETAILS = ("figures_clash", "days_clash", "polarity_differs")


def features(
    all_items: Items,
    pairs: Sequence[tuple[int, int]],
    cosines: npt.NDArray[np.float32],
    ranks: npt.NDArray[np.int32],
) -> npt.NDArray[np.float64]:
    """What the items i and j of each pair share and clash in: a row a pair, its columns as `FEATURES` names them, each in about 0..1.

    `cosines` are those of all senses; ranks[i, j] is which place j takes among the statements of its report by likeness to i.
    """
    of, chosen = all_items.items, np.array(pairs, dtype=np.intp).reshape(len(pairs), 2)
    left, right = chosen.T

    def each(what: Callable[[Item], T], value: Callable[[T, T], float]) -> npt.NDArray[np.float64]:
        return each_pair([what(item) for item in of], chosen, value)

    def differ(what: Callable[[Item], str]) -> npt.NDArray[np.float64]:
        return each(what, lambda a, b: float(a != b))

    renown = all_items.renown
    words, rarest, shared = _shared_words(all_items, chosen).T
    sense = cosines[left, right].astype(np.float64)
    predicate = _dots(all_items.predicates, left, all_items.predicates, right)
    subject = _dots(all_items.subjects, left, all_items.subjects, right)
    told = np.array([bool(item.statement.subject) for item in of], dtype=np.bool_)
    place = np.array([item.place for item in of], dtype=np.float64)
    said = np.array([len(item.words) for item in of], dtype=np.intp)
    columns = [
        sense,
        predicate,
        each(lambda i: i.statement.predicate[:1], lambda a, b: float(bool(a) and a == b)),
        np.where(told[left] & told[right], subject, 0.3),
        words,
        rarest,
        each(lambda i: i.actors, lambda a, b: overlap(a, b, renown)),
        each(lambda i: i.actors, _disjoint),
        each(lambda i: i.around, lambda a, b: overlap(a, b, renown)),
        each(lambda i: i.persons, _disjoint),
        each(lambda i: i.places, _disjoint),
        each(lambda i: i.groups, lambda a, b: float(not a.isdisjoint(b))),
        of_figures(all_items, chosen, _figures_clash),
        each(lambda i: i.when, lambda a, b: float(not set(a).isdisjoint(b))),
        each(lambda i: i.when, _days_clash),
        differ(lambda i: i.statement.polarity),
        differ(lambda i: i.statement.modality),
        np.minimum(1.0, np.log1p(np.minimum(said[left], said[right])) / 3.0),
        1.0 / ranks[left, right],
        1.0 / ranks[right, left],
        sense * words,
        sense * predicate,
        np.minimum(1.0, shared / 3.0),
        np.maximum(
            _dots(all_items.sentences, left, all_items.senses, right),
            _dots(all_items.sentences, right, all_items.senses, left),
        ),
        np.abs(place[left] - place[right]),
        each(lambda i: i.scope, lambda a, b: float(scopes_apart(a, b))),
    ]
    return np.column_stack(columns)


def of_figures(
    all_items: Items, pairs: npt.NDArray[np.intp], of: Callable[[Item, Item], float]
) -> npt.NDArray[np.float64]:
    """`of` the two items of each pair, where both give figures, else 0; worked out once for items that give the same figures."""
    found = np.zeros(len(pairs))
    giving = np.array([bool(item.counts) for item in all_items.items], dtype=np.bool_)
    both = giving[pairs[:, 0]] & giving[pairs[:, 1]]
    given = [_given(item) for item in all_items.items]
    one_giving = dict(zip(given, all_items.items, strict=True))
    found[both] = each_pair(given, pairs[both], lambda a, b: of(one_giving[a], one_giving[b]))
    return found


def _given(item: Item) -> tuple[Hashable, ...]:
    """The figures of an item and what each counts, wherever they stand."""
    return (
        *((f.exact, f.low, f.high, f.unit, f.counted, f.event) for f in item.counts),
        *item.counted_in,
        *item.owners,
    )


def each_pair(
    values: Sequence[T], pairs: npt.NDArray[np.intp], of: Callable[[T, T], float | tuple[float, ...]]
) -> npt.NDArray[np.float64]:
    """`of(values[i], values[j])` for each pair, worked out once for equal values: many items have the same actors, days or none.

    >>> each_pair(["a", "b", "a"], np.array([(0, 1), (1, 2)]), lambda x, y: float(x < y)).tolist()
    [1.0, 0.0]
    """
    number = {value: n for n, value in enumerate(dict.fromkeys(values))}
    distinct, code = list(number), np.array([number[v] for v in values], dtype=np.intp)
    asked, place = np.unique(code[pairs[:, 0]] * len(distinct) + code[pairs[:, 1]], return_inverse=True)
    made = [of(distinct[n // len(distinct)], distinct[n % len(distinct)]) for n in asked.tolist()]
    found: npt.NDArray[np.float64] = np.array(made, dtype=np.float64)[place]
    return found


def _dots(
    these: Vectors, left: npt.NDArray[np.intp], those: Vectors, right: npt.NDArray[np.intp]
) -> npt.NDArray[np.float64]:
    """The products of rows `left` of `these` and rows `right` of `those`, some at a time to spare memory."""
    found = np.empty(len(left))
    for at in range(0, len(left), _AT_A_TIME):
        some = slice(at, at + _AT_A_TIME)
        found[some] = np.einsum("ij,ij->i", these[left[some]], those[right[some]])
    return found


def _shared_words(all_items: Items, pairs: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Of the words that each pair shares: how much they are of all words (`overlap`), what the rarest weighs, and all together."""
    rarity = all_items.rarity
    held = [item.words for item in all_items.items]
    total = {words: math.fsum(rarity[w] for w in words) for words in held}

    def shared(a: frozenset[str], b: frozenset[str]) -> tuple[float, float, float]:
        weights = [rarity[w] for w in a & b]
        both = math.fsum(weights)
        return 2 * both / (total[a] + total[b]) if both else 0.0, max(weights, default=0.0), both

    return each_pair(held, pairs, shared).reshape(-1, 3)


def _disjoint(a: frozenset[str], b: frozenset[str]) -> float:
    return float(bool(a and b) and a.isdisjoint(b))


def _days_clash(a: Sequence[str], b: Sequence[str]) -> float:
    return float(bool(a and b) and not any(x.startswith(y) or y.startswith(x) for x in a for y in b))


def _figures_clash(a: Item, b: Item) -> float:
    """Whether they give one quantity two numbers, or count in one unit and no two of their figures can be the same number."""
    alike = [
        (apart(f, g), m is not None and m == n)
        for f, m in zip(a.counts, a.counted_in, strict=True)
        for g, n in zip(b.counts, b.counted_in, strict=True)
        if f.unit == g.unit
    ]
    return float(any(clash and one for clash, one in alike) or (bool(alike) and all(clash for clash, _ in alike)))


def no_number_shared(a: Item, b: Item) -> bool:
    """Whether they give one quantity numbers that cannot be the same, be they as near as three and four."""
    met = [
        meet(f, g)
        for f, m in zip(a.counts, a.counted_in, strict=True)
        for g, n in zip(b.counts, b.counted_in, strict=True)
        if f.unit == g.unit and m is not None and m == n
    ]
    return bool(met) and not any(met)


@functools.cache
def _weights(which: str, names: tuple[str, ...]) -> tuple[npt.NDArray[np.float64], float]:
    card = json.loads(resources.files("twosource.matching").joinpath("pair_score.json").read_text(encoding="utf-8"))
    if tuple(card[which]["weights"]) != names:
        raise AssertionError("pair_score.json was fitted for other features: run training/pair_score.py again")
    return np.array(list(card[which]["weights"].values())), float(card[which]["intercept"])


def log_odds(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The log-odds that each pair (a row of `features`) says the same thing, by its features alone."""
    weights, intercept = _weights("features", FEATURES)
    out: npt.NDArray[np.float64] = rows @ weights + intercept
    return out


def log_odds_together(by_features: npt.NDArray[np.float64], read: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The log-odds that each pair says the same thing, by those of its features and those of the cross-encoder."""
    (mine, its), intercept = _weights("together", ("features", "cross-encoder"))
    out: npt.NDArray[np.float64] = mine * by_features + its * read + intercept
    return out


def log_odds_but_for(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The log-odds that each pair is of one thing, whatever its details: what is alike but for a number, a day or a denial is where
    a conflict may lie.
    """
    weights, intercept = _weights("but for a detail", FEATURES)
    plain = rows.copy()
    plain[:, [FEATURES.index(f) for f in DETAILS]] = 0.0
    out: npt.NDArray[np.float64] = plain @ weights + intercept
    return out
