"""Do two statements say the same thing? A logistic regression over what two clauses share.

The weights are fitted by `training/pair_score.py` on event coreference by others (ECB+, its training part; see docs/decisions),
and stand in pair_score.json with a card that says on what and how well.
"""

from __future__ import annotations

import functools
import json
import math
from importlib import resources

import numpy as np
import numpy.typing as npt

from twosource.matching.items import Items, overlap

FEATURES = (
    "sense", "words", "rarest", "predicate", "same_predicate", "actors", "actors_clash", "figures", "figures_clash",
    "days", "days_clash", "polarity_differs", "modality_differs", "shorter", "rank", "rank_back",
)  # fmt: skip


def features(all_items: Items, i: int, j: int, cosine: float, rank: int, rank_back: int) -> list[float]:
    """What items i and j share, as `FEATURES` names it, each in about 0..1."""
    a, b = all_items.items[i], all_items.items[j]
    shared = a.words & b.words
    rarity = all_items.rarity
    s, t = a.statement, b.statement
    both_days = bool(a.days and b.days)
    meet = any(x[0] <= y[1] and y[0] <= x[1] for x in a.days for y in b.days)
    return [
        cosine,
        overlap(a.words, b.words, rarity),
        max((rarity[w] for w in shared), default=0.0),
        float(all_items.predicates[i] @ all_items.predicates[j]),
        float(bool(s.predicate and t.predicate and s.predicate[0] == t.predicate[0])),
        2 * len(a.actors & b.actors) / (len(a.actors) + len(b.actors)) if a.actors or b.actors else 0.0,
        float(bool(a.actors and b.actors and not a.actors & b.actors)),
        float(bool(a.figures & b.figures)),
        float(bool(a.figures and b.figures and not a.figures & b.figures)),
        float(both_days and meet),
        float(both_days and not meet),
        float(s.polarity != t.polarity),
        float(s.modality != t.modality),
        min(1.0, math.log1p(min(len(a.words), len(b.words))) / 3.0),
        1.0 / rank,
        1.0 / rank_back,
    ]


@functools.cache
def _weights() -> tuple[npt.NDArray[np.float64], float]:
    card = json.loads(resources.files("twosource.matching").joinpath("pair_score.json").read_text(encoding="utf-8"))
    if tuple(card["weights"]) != FEATURES:
        raise AssertionError("pair_score.json was fitted for other features: run training/pair_score.py again")
    return np.array(list(card["weights"].values())), float(card["intercept"])


def log_odds(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The log-odds that each pair (a row of `features`) says the same thing."""
    weights, intercept = _weights()
    out: npt.NDArray[np.float64] = rows @ weights + intercept
    return out
