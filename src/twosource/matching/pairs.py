"""Do two statements say the same thing? A logistic regression over what two clauses share and in what they clash.

The weights are fitted by `training/pair_score.py` on invented stories with the gold of an editor who had not seen the code
(training/stories), and stand in pair_score.json with a card that says on what and how well; docs/decisions has the comparison with
other scorers and other data.
"""

from __future__ import annotations

import functools
import json
import math
from importlib import resources

import numpy as np
import numpy.typing as npt

from twosource.matching.figures import apart, meet
from twosource.matching.items import Item, Items, overlap
from twosource.matching.scopes import apart as scopes_apart

FEATURES = (
    "sense", "predicate", "same_predicate", "subject", "words", "rarest", "actors", "actors_clash", "around",
    "persons_clash", "places_clash", "figures", "figures_clash", "days", "days_clash", "polarity_differs", "modality_differs",
    "shorter", "rank", "rank_back", "sense_x_words", "sense_x_predicate", "shared", "sentence", "places_apart", "scopes_apart",
)  # fmt: skip

#: Those that say that a detail clashes.
DETAILS = ("figures_clash", "days_clash", "polarity_differs")


def features(all_items: Items, i: int, j: int, rank: int, rank_back: int) -> list[float]:
    """What items i and j share and clash in, as `FEATURES` names it, each in about 0..1."""
    a, b = all_items.items[i], all_items.items[j]
    s, t = a.statement, b.statement
    sense = float(all_items.senses[i] @ all_items.senses[j])
    words = overlap(a.words, b.words, all_items.rarity)
    predicate = float(all_items.predicates[i] @ all_items.predicates[j])
    return [
        sense,
        predicate,
        float(bool(s.predicate and t.predicate and s.predicate[0] == t.predicate[0])),
        float(all_items.subjects[i] @ all_items.subjects[j]) if s.subject and t.subject else 0.3,
        words,
        max((all_items.rarity[w] for w in a.words & b.words), default=0.0),
        overlap(a.actors, b.actors, all_items.renown),
        _disjoint(a.actors, b.actors),
        overlap(a.around, b.around, all_items.renown),
        _disjoint(a.persons, b.persons),
        _disjoint(a.places, b.places),
        float(bool(a.groups & b.groups)),
        _figures_clash(a, b),
        float(any(x == y for x in a.when for y in b.when)),
        float(bool(a.when and b.when) and not any(x.startswith(y) or y.startswith(x) for x in a.when for y in b.when)),
        float(s.polarity != t.polarity),
        float(s.modality != t.modality),
        min(1.0, math.log1p(min(len(a.words), len(b.words))) / 3.0),
        1.0 / rank,
        1.0 / rank_back,
        sense * words,
        sense * predicate,
        min(1.0, math.fsum(sorted(all_items.rarity[w] for w in a.words & b.words)) / 3.0),
        max(float(all_items.sentences[i] @ all_items.senses[j]), float(all_items.sentences[j] @ all_items.senses[i])),
        abs(a.place - b.place),
        float(scopes_apart(a.scope, b.scope)),
    ]


def _disjoint(a: frozenset[str], b: frozenset[str]) -> float:
    return float(bool(a and b) and a.isdisjoint(b))


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
