"""What a pair's score means: of pairs of statements scored like this, how many in a hundred were one fact.

    python training/calibration.py --data ../shared/data/ecbplus

The log-odds that statements are joined by hold corrections set by hand, so that they are no odds of anything until they are set against
what is so: on event coreference by others (ECB+ dev without topic 12, whose other half of topics none of the score was fitted on), two
statements of two reports are one fact where the verbs at their heads are mentions of one event chain. Where they share an event,
but not by their verbs, they count as two: the lower figure is the honest one. Both look-alike stories of a topic are given at once, and no
event is set apart before.

Two ways were tried, each on topics that it was not fitted on: Platt's, a logistic curve over the log-odds, and isotonic regression;
the one with the lower Brier score is kept. Writes src/twosource/matching/calibration.json, which holds the curve as a few points, what
was measured, and the reliability table that `benchmarks/calibration.py` draws. Run it again after every change of the score.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pair_score import Told, annotated, events, topics
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from twosource.matching.actors import join_actors
from twosource.matching.claims import align
from twosource.matching.figures import figure_groups
from twosource.matching.items import items

Values = npt.NDArray[np.float64]
Curve = Callable[[Values], Values]

#: The curve is kept at these log-odds; beyond them it is level.
POINTS = (-8.0, -6.0, -5.0, -4.0, -3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
BINS = np.linspace(0.0, 1.0, 11)


def scored(reports: list[Told]) -> tuple[list[float], list[bool], list[bool]]:
    """Of one topic: each pair's log-odds, whether it is one fact, and whether the two share an event by other words than their verbs."""
    readings = [t.reading for t in reports]
    actors, joined = join_actors(readings)
    group_of = {(f.report, f.index): n for n, group in enumerate(figure_groups(readings, joined)) for f in group}
    made = items(readings, joined, actors, group_of)
    by_report = {t.reading.report.id: t for t in reports}
    chains = [events(by_report[i.statement.report], i.statement) for i in made.items]
    known = [annotated(by_report[i.statement.report], i.statement) for i in made.items]
    odds, same, between = [], [], []
    for (i, j), value in align(made).odds.items():
        if made.items[i].statement.report == made.items[j].statement.report or not (known[i] and known[j]):
            continue
        (heads, others), (their_heads, their_others) = chains[i], chains[j]
        one = bool(heads & their_heads)
        odds.append(value)
        same.append(one)
        between.append(not one and bool((heads | others) & (their_heads | their_others)))
    return odds, same, between


def platt(odds: Values, same: Values) -> Curve:
    model = LogisticRegression(C=1e6).fit(odds[:, None], same)
    return lambda x: np.asarray(model.predict_proba(x[:, None])[:, 1])


def isotonic(odds: Values, same: Values) -> Curve:
    model = IsotonicRegression(out_of_bounds="clip").fit(odds, same)
    return lambda x: np.asarray(model.predict(x))


def reliability(said: Values, same: Values) -> list[dict[str, float]]:
    """What was said against what was so, in tenths: how many pairs, the mean of what was said, the share that was one fact."""
    tenth = np.clip(np.digitize(said, BINS) - 1, 0, 9)
    return [
        {"pairs": int(of.sum()), "said": round(float(said[of].mean()), 3), "was": round(float(same[of].mean()), 3)}
        for of in (tenth == n for n in range(10))
        if of.any()
    ]


def off_by(rows: list[dict[str, float]]) -> float:
    """Expected calibration error: how far what was said lies from what was so, on average over pairs."""
    return round(sum(r["pairs"] * abs(r["said"] - r["was"]) for r in rows) / sum(r["pairs"] for r in rows), 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with dev.jsonl")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parents[1] / "src/twosource/matching/calibration.json"
    )
    options = parser.parse_args()
    by_topic = [scored(reports) for reports in topics(options.data / "dev.jsonl").values()]
    odds = np.concatenate([np.array(t[0]) for t in by_topic])
    same = np.concatenate([np.array(t[1], dtype=float) for t in by_topic])
    between = np.concatenate([np.array(t[2]) for t in by_topic])
    of = np.concatenate([np.full(len(t[0]), n) for n, t in enumerate(by_topic)])
    said: dict[str, Values] = {}
    for name, fit in (("Platt", platt), ("isotonic", isotonic)):
        said[name] = np.zeros(len(odds))
        for n in range(len(by_topic)):
            said[name][of == n] = fit(odds[of != n], same[of != n])(odds[of == n])
    said["the log-odds as they are"] = 1 / (1 + np.exp(-odds))
    brier = {name: round(float(((x - same) ** 2).mean()), 4) for name, x in said.items()}
    kept = min(("Platt", "isotonic"), key=lambda name: (brier[name], name))
    curve = (platt if kept == "Platt" else isotonic)(odds, same)
    rows = reliability(said[kept], same)
    sure = said[kept] >= 0.5
    card: dict[str, Any] = {
        "about": "of pairs of statements scored like this, the share that was one fact; made by training/calibration.py",
        "fitted on": {
            "data": "ECB+ dev, without topic 12",
            "pairs": len(odds),
            "one fact": int(same.sum()),
            "share an event by other words than their verbs, counted as two": int(between.sum()),
        },
        "method": kept,
        "curve": [[x, round(float(y), 4)] for x, y in zip(POINTS, curve(np.array(POINTS)), strict=True)],
        "measured on topics not fitted on": {
            "Brier score": brier,
            "off by, on average": {name: off_by(reliability(x, same)) for name, x in said.items()},
            "of pairs said to be likelier one fact than not": round(float(same[sure].mean()), 3),
            "the same, leaving out what shares an event by other words": round(float(same[sure & ~between].mean()), 3),
            "reliability": rows,
        },
    }
    options.out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
