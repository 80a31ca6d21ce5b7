"""What a pair's score means: of pairs of statements scored like this, how many in a hundred were one fact.

    python training/calibration.py --data ../shared/data/ecbplus

The log-odds that statements are joined by hold corrections set by hand, so that they are no odds of anything until they are set against
what is so: on event coreference by others (ECB+ dev without topic 12; the score was fitted on train), two statements of two reports
are one fact where the verbs at their heads are mentions of one event chain, and two where no event mention of theirs is. Where they
share an event by other words than their verbs nobody has said whether they are one; these are left out, as in fitting the score. Both
look-alike stories of a topic are given at once, and no event is set apart before.

Two ways were tried, each on topics that it was not fitted on: Platt's, a logistic curve over the log-odds, and isotonic regression;
the one with the lower Brier score is kept. As a second opinion it is held against the stories that we wrote to fit on, where an
editor's gold says which statements are one claim. Writes src/twosource/matching/calibration.json, which holds the curve as a few
points, what was measured, and the reliability tables that `benchmarks/calibration.py` draws. Run it again after every change of the
score.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from pair_score import Told, annotated, events, topics
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from thresholds import HOME, ONLY_TO_MEASURE

from twosource.matching.actors import join_actors
from twosource.matching.claims import Aligned, align
from twosource.matching.figures import figure_groups
from twosource.matching.items import Items, items
from twosource.model import Reading
from twosource.reading import read
from twosource.sources import load

Values = npt.NDArray[np.float64]
Curve = Callable[[Values], Values]

#: The curve is kept at these log-odds; beyond them it is level.
POINTS = (-8.0, -6.0, -5.0, -4.0, -3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
BINS = np.linspace(0.0, 1.0, 11)


def lined_up(readings: Sequence[Reading]) -> tuple[Items, Aligned]:
    """The statements of some reports, made ready, and their scores."""
    actors, joined = join_actors(readings)
    group_of = {(f.report, f.index): n for n, group in enumerate(figure_groups(readings, joined)) for f in group}
    made = items(readings, joined, actors, group_of)
    return made, align(made)


def scored(reports: Sequence[Told]) -> tuple[list[float], list[bool]]:
    """Of one topic: each pair's log-odds, and whether it is one fact."""
    made, aligned = lined_up([t.reading for t in reports])
    by_report = {t.reading.report.id: t for t in reports}
    chains = [events(by_report[i.statement.report], i.statement) for i in made.items]
    known = [annotated(by_report[i.statement.report], i.statement) for i in made.items]
    odds, same = [], []
    for (i, j), value in aligned.odds.items():
        if made.items[i].statement.report == made.items[j].statement.report or not (known[i] and known[j]):
            continue
        (heads, others), (their_heads, their_others) = chains[i], chains[j]
        one = bool(heads & their_heads)
        if one or not (heads | others) & (their_heads | their_others):
            odds.append(value)
            same.append(one)
    return odds, same


def of_ours(gold: Path) -> tuple[list[float], list[bool]]:
    """The same of a story that we wrote: one fact is what stands in one claim of the gold; what is optional there is left out."""
    told = yaml.safe_load(gold.read_text(encoding="utf-8"))
    reports = {letter: load([gold.parent / file]).reports[0] for letter, file in told["reports"].items()}
    made, aligned = lined_up([read(r) for r in reports.values()])
    held: dict[int, dict[int, bool]] = {}
    for n, claim in enumerate(told["claims"]):
        for letter, words in ((k, w) for e in claim["evidence"] for k, w in e.items() if k in reports):
            words = words[0] if isinstance(words, list) else words
            start = reports[letter].text.find(words)
            for i, item in enumerate(made.items):
                s = item.statement
                common = min(s.end, start + len(words)) - max(s.start, start)
                if start >= 0 and s.report == reports[letter].id and common >= 0.5 * min(s.end - s.start, len(words)):
                    held.setdefault(i, {})[n] = bool(claim.get("optional"))
    odds, same = [], []
    for (i, j), value in aligned.odds.items():
        both = held.get(i, {}).keys() & held.get(j, {}).keys()
        apart = made.items[i].statement.report != made.items[j].statement.report
        if apart and not (both and all(held[i][n] for n in both)):
            odds.append(value)
            same.append(bool(both))
    return odds, same


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
    golds = [
        g for folder in ("training/stories", "src/twosource/demo") for g in sorted((HOME / folder).glob("*/gold.yaml"))
    ]
    written = [of_ours(g) for g in golds if g.parent.name not in ONLY_TO_MEASURE]
    ours = np.array([o for story in written for o in story[0]])
    true = np.array([s for story in written for s in story[1]], dtype=float)
    sure = said[kept] >= 0.5
    card: dict[str, Any] = {
        "about": "of pairs of statements scored like this, the share that was one fact; made by training/calibration.py",
        "fitted on": {
            "data": "ECB+ dev, without topic 12",
            "pairs": len(odds),
            "one fact": int(same.sum()),
        },
        "method": kept,
        "curve": [[x, round(float(y), 4)] for x, y in zip(POINTS, curve(np.array(POINTS)), strict=True)],
        "measured on topics not fitted on": {
            "Brier score": brier,
            "off by, on average": {name: off_by(reliability(x, same)) for name, x in said.items()},
            "of pairs said to be likelier one fact than not": round(float(same[sure].mean()), 3),
            "reliability": reliability(said[kept], same),
        },
        "measured on the stories that we wrote to fit on": {
            "pairs": len(ours),
            "off by, on average": off_by(reliability(curve(ours), true)),
            "reliability": reliability(curve(ours), true),
        },
    }
    options.out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
