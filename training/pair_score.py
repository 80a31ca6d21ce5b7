"""Fit the pair score on event coreference by others: the training part of ECB+, measured on its development part.

    python training/pair_score.py --data ../shared/data/ecbplus

Two statements of two reports are a pair that says the same where the verbs at their heads are mentions of one event chain, and a
pair that does not where no event mention of theirs is; what lies between (one event, another verb) teaches nothing and is left out.
Both look-alike stories of a topic are taken together, so that *same topic* is not learnt as *same fact*. Topic 20 of the training
part and topic 12 of the development part are left out of everything: gold stories come from them (a test asserts it).

Writes src/twosource/matching/pair_score.json: weights, threshold sweep and what was measured; no text.
"""

from __future__ import annotations

import argparse
import collections
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from twosource.matching import cross_encoder
from twosource.matching.actors import join_actors
from twosource.matching.claims import JOINS, PLAIN_NO, compared
from twosource.matching.figures import figure_groups
from twosource.matching.items import Items, items
from twosource.matching.pairs import FEATURES
from twosource.model import Reading, Statement
from twosource.reading import read
from twosource.sources import from_text

#: Gold stories come from these topics of the two parts.
LEFT_OUT = frozenset({"12", "20"})


@dataclass(frozen=True, slots=True)
class Told:
    """A report of ECB+ with its annotation."""

    gold: Mapping[str, Any]
    reading: Reading


def topics(path: Path) -> dict[str, list[Told]]:
    """The reports of one part, read, by topic; the topics left out are not even read."""
    found: dict[str, list[Told]] = collections.defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        if str(gold["topic"]) in LEFT_OUT:
            continue
        found[str(gold["topic"])].append(Told(gold, read(from_text(gold["text"], file=gold["id"], language="en"))))
    return dict(sorted(found.items()))


def events(told: Told, statement: Statement) -> tuple[set[str], set[str]]:
    """The event chains whose mention is the statement's verb, and those mentioned elsewhere in it."""
    head = statement.predicate[0] if statement.predicate else ""
    heads, others = set(), set()
    for m in told.gold["mentions"]:
        if m["scored"] and m["kind"] == "event" and statement.start <= m["start"] < statement.end:
            word = m["exact"].lower()
            (heads if head and (word[:3] == head[:3] or word in statement.predicate) else others).add(m["chain"])
    return heads, others


def annotated(told: Told, statement: Statement) -> bool:
    """Whether the statement's sentence was annotated at all: most sentences of a report were not."""
    where = max(told.gold["sentences"], key=lambda s: min(statement.end, s[1]) - max(statement.start, s[0]))
    return any(
        m["scored"] and m["kind"] == "event" and where[0] <= m["start"] < where[1] for m in told.gold["mentions"]
    )


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows of features, whether the two statements of each say the same, and the two as the cross-encoder reads them."""

    rows: npt.NDArray[np.float64]
    same: npt.NDArray[np.int8]
    senses: list[tuple[str, str]]


def examples(reports: Sequence[Told]) -> Examples:
    """The pairs of one topic."""
    readings = [t.reading for t in reports]
    actors, joined = join_actors(readings)
    group_of = {(f.report, f.index): n for n, group in enumerate(figure_groups(readings, joined)) for f in group}
    made: Items = items(readings, joined, actors, group_of)
    by_report = {t.reading.report.id: t for t in reports}
    chains = [events(by_report[i.statement.report], i.statement) for i in made.items]
    known = [annotated(by_report[i.statement.report], i.statement) for i in made.items]
    rows, same, senses = [], [], []
    pairs, all_rows, _ = compared(made)
    for (i, j), row in zip(pairs, all_rows, strict=True):
        if made.items[i].statement.report == made.items[j].statement.report or not (known[i] and known[j]):
            continue
        (heads, others), (their_heads, their_others) = chains[i], chains[j]
        one_event = bool(heads & their_heads)
        if one_event or not (heads | others) & (their_heads | their_others):
            rows.append(row)
            same.append(int(one_event))
            senses.append((made.items[i].sense, made.items[j].sense))
    return Examples(np.array(rows).reshape(len(rows), len(FEATURES)), np.array(same, dtype=np.int8), senses)


def part(path: Path) -> Examples:
    """All examples of one part of ECB+."""
    found = [examples(reports) for reports in topics(path).values()]
    senses = [pair for f in found for pair in f.senses]
    return Examples(np.vstack([f.rows for f in found]), np.concatenate([f.same for f in found]), senses)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with train.jsonl and dev.jsonl")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parents[1] / "src/twosource/matching/pair_score.json"
    )
    options = parser.parse_args()
    fitted, held = part(options.data / "train.jsonl"), part(options.data / "dev.jsonl")
    model = LogisticRegression(C=1.0, max_iter=5000).fit(fitted.rows, fitted.same)
    odds = model.decision_function(held.rows)
    read = cross_encoder.log_odds(held.senses)
    together = np.where(odds > PLAIN_NO, (odds + read) / 2, odds)

    def precision(scores: npt.NDArray[np.float64]) -> float:
        return round(float(average_precision_score(held.same, scores)), 3)

    taken = together >= JOINS
    card = {
        "about": "log-odds that two statements of two reports say the same thing; made by training/pair_score.py",
        "fitted on": {
            "data": "ECB+ train, without topic 20",
            "pairs": len(fitted.same),
            "same": int(fitted.same.sum()),
        },
        "measured on": {
            "data": "ECB+ dev, without topic 12",
            "pairs": len(held.same),
            "same": int(held.same.sum()),
            "average precision": {
                "cosine alone": precision(held.rows[:, FEATURES.index("sense")]),
                "features": precision(odds),
                "cross-encoder": precision(read),
                "mean of the two, as used": precision(together),
            },
            "area under the ROC curve, as used": round(float(roc_auc_score(held.same, together)), 3),
            "at the threshold": {
                "log-odds": JOINS,
                "precision": round(float(held.same[taken].mean()), 3),
                "recall": round(float(held.same[taken].sum() / held.same.sum()), 3),
            },
        },
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, model.coef_[0], strict=True)},
    }
    options.out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
