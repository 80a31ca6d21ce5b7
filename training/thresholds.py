"""Sweep every threshold that was set by hand, one at a time, and write down what each value would have brought.

    python training/thresholds.py --data ../shared [--only DENIES …] [--stories FOLDER …] [--ecbplus 3]

Three measures, each on texts that no gold story comes from:

- *stories*: stories that we wrote, with the gold of an editor who had not seen the code (the demo's, and those of training/stories that
  are there to fit on), under the project's own scorer; `worth` is the mean of claims.f1, F½ of corroborated, F½ of conflicts (½: being
  right counts more than finding all, since a false verdict is the worst error) and verdicts.accuracy, over the pooled counts.
- *events*: ECB+ train without topic 20, every nth topic: F½ of the pairs of annotated sentences that groups bring together.
- *copies*: the pairs of tests/lineage/test_lineage_pairs.py, most of them written before the code: F1 of copies.

A row of `THRESHOLDS` is all that a new constant needs. Nothing is changed by the script: it prints and stores the table, with the value in
the code, the best value and, since few texts tell small differences apart by chance, the range within which `worth` stays within
a point of the best. Change a constant where its value lies outside that range; training/thresholds.json is the result of the last run. One
lies outside: `JOINS` on events, which would be brought together more freely than an editor's facts (docs/decisions/0009, 0015).
"""

from __future__ import annotations

import argparse
import collections
import functools
import importlib
import itertools
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import yaml
from pair_score import LEFT_OUT, Told

from twosource import reconcile as stages
from twosource.likeness import vectors as vectors_module
from twosource.matching import claims as aligning
from twosource.matching import cross_encoder
from twosource.matching import items as items_module
from twosource.matching.actors import join_actors
from twosource.matching.figures import figure_groups
from twosource.matching.items import Items, items
from twosource.model import Reading
from twosource.outputs.json import to_json
from twosource.reading import read
from twosource.sources import from_text, load

#: Stories of training/stories that are only to measure by: its README says so.
ONLY_TO_MEASURE = frozenset({"bank", "ceasefire", "cholera", "factory", "jobs", "launch"})

HOME = Path(__file__).resolve().parents[1]
#: Worth so near to the best is no worse: on a hundred claims one is a point.
NO_WORSE = 0.01


@dataclass(frozen=True, slots=True)
class Threshold:
    """A constant in a module (below `twosource`), the values to try, and what it is measured on."""

    module: str
    name: str
    values: tuple[float, ...]
    on: tuple[str, ...] = ("stories",)


THRESHOLDS = (
    Threshold("matching.claims", "LEAST", (0.2, 0.3, 0.4, 0.5), ("stories", "events")),
    Threshold("matching.claims", "NEAREST", (1, 2, 3, 5), ("stories", "events")),
    Threshold("matching.claims", "JOINS", (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0), ("stories", "events")),
    Threshold("matching.claims", "FLOOR", (-4.0, -3.0, -2.0, -1.0), ("stories", "events")),
    Threshold("matching.claims", "PLAIN_NO", (-4.0, -3.0, -2.5, -2.0, -1.5), ("stories", "events")),
    Threshold("matching.claims", "SCOPES_APART", (-8.0, -5.0, -3.0, -1.5, 0.0), ("stories", "events")),
    Threshold("matching.claims", "FIGURES_APART", (-6.0, -4.5, -3.0, -1.5, 0.0), ("stories", "events")),
    Threshold("matching.claims", "ONLY_A_VERB", (-4.0, -3.0, -2.0, -1.0, 0.0), ("stories", "events")),
    Threshold("matching.claims", "UNMISTAKABLE", (0.65, 0.7, 0.75, 0.8, 0.9), ("stories", "events")),
    Threshold("matching.contradiction", "DENIES", (0.5, 0.55, 0.6, 0.65, 0.7)),
    Threshold("matching.contradiction", "DENIES_OUTRIGHT", (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)),
    Threshold("matching.contradiction", "ADMITS", (0.1, 0.15, 0.2, 0.3, 0.4)),
    Threshold("matching.contradiction", "SAME_ACT", (0.5, 0.6, 0.7, 0.8, 0.9)),
    Threshold("matching.contradiction", "TELLING", (0.2, 0.3, 0.4, 0.5, 0.6)),
    Threshold("matching.actors", "JOINED", (0.4, 0.5, 0.6)),
    Threshold("matching.figures", "JOIN", (0.5, 0.6, 0.7, 0.8, 0.9)),
    Threshold("matching.figures", "FLOOR", (0.15, 0.25, 0.35, 0.45)),
    Threshold("verdicts.differences", "ALIKE_IN_ACT", (-2.0, -1.0, 0.0, 0.5)),
    Threshold("verdicts.differences", "ALIKE", (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0)),
    Threshold("verdicts.differences", "ONE_ACT", (0.3, 0.4, 0.5, 0.6, 0.7)),
    Threshold("verdicts.differences", "SAID_ALIKE", (0.4, 0.5, 0.6, 0.7, 0.8)),
    Threshold("verdicts.differences", "FACTOR", (2.0, 3.0, 5.0, 8.0)),
    Threshold("verdicts.claims", "VERBATIM", (0.75, 0.8, 0.85, 0.9, 0.95)),
    Threshold("verdicts.origins", "ONE_GIVEN_NAME", (0.8, 0.84, 0.88, 0.92)),
    Threshold("lineage.tracing", "WHOLE", (0.3, 0.4, 0.5, 0.6, 0.7), ("copies", "stories")),
    Threshold("lineage.reuse", "RUN", (5, 6, 7, 8, 9), ("copies", "stories")),
    Threshold("lineage.reuse", "ALONE", (10, 11, 12, 13, 14, 16), ("copies", "stories")),
    Threshold("lineage.reuse", "CHANGED", (14, 16, 18, 20, 24), ("copies", "stories")),
    Threshold("lineage.reuse", "TOGETHER", (18, 21, 24, 27, 30), ("copies", "stories")),
    Threshold("lineage.reuse", "MOST", (0.3, 0.4, 0.5, 0.6, 0.7), ("copies", "stories")),
    Threshold("lineage.reuse", "THIRD", (0.2, 1 / 3, 0.45), ("copies", "stories")),
    Threshold("lineage.reuse", "SENTENCE", (14, 17, 20, 24), ("copies", "stories")),
    Threshold("lineage.reuse", "SWALLOWED", (0.6, 0.7, 0.8, 0.9), ("copies", "stories")),
    Threshold("lineage.reuse", "NEARLY_ALL", (0.6, 0.7, 0.8, 0.9), ("copies", "stories")),
)

Figures = dict[str, float]


@contextmanager
def changed(module: ModuleType, name: str, value: float) -> Iterator[None]:
    """The constant `name` of `module` is `value` while this lasts."""
    before = getattr(module, name)
    setattr(module, name, type(before)(value))
    try:
        yield
    finally:
        setattr(module, name, before)


def remembering() -> None:
    """Encode and score each text once in this process: a sweep reads the same ones again and again."""
    known: dict[str, Any] = {}
    encode = vectors_module.vectors

    def vectors(texts: Sequence[str], _: Any = None) -> Any:
        new = [t for t in dict.fromkeys(texts) if t not in known]
        known.update(zip(new, encode(new), strict=True))
        return np.array([known[t] for t in texts], dtype=np.float32) if texts else encode(())

    items_module.vectors = vectors_module.vectors = vectors
    cross_encoder._scored = functools.cache(cross_encoder._scored)  # type: ignore[assignment]


def half(precision: float, recall: float) -> float:
    """F½: precision counts twice as much as recall."""
    return 1.25 * precision * recall / (0.25 * precision + recall) if precision + recall else 0.0


# --- stories that we wrote ---------------------------------------------------------------------------------------------------


def written(folders: Sequence[Path], copies: Path) -> dict[Path, list[Reading]]:
    """The readings of each story that has gold, by a copy of its gold, which whoever edits it meanwhile does not change."""
    found = {}
    golds = [g for folder in folders for g in folder.glob("*/gold.yaml") if g.parent.name not in ONLY_TO_MEASURE]
    for gold in sorted(golds):
        reports = yaml.safe_load(gold.read_text(encoding="utf-8"))["reports"].values()
        loaded = load([p if (p := gold.parent / r).exists() else gold.parent.parent / r for r in reports])
        if loaded.problems:
            raise SystemExit(f"{gold}: {loaded.problems[0]}")
        copy = copies / gold.parent.name / gold.name
        copy.parent.mkdir()
        copy.write_bytes(gold.read_bytes())
        found[copy] = [read(r) for r in loaded.reports]
    return found


def on_stories(stories: Mapping[Path, Sequence[Reading]], scorer: ModuleType) -> Figures:
    """What the project's scorer finds over all stories, with `worth`."""
    pooled = scorer.Count()
    refused = 0
    for gold, readings in stories.items():
        try:
            counts, _ = scorer.score(str(gold), json.loads(to_json(stages.reconcile(readings))))
        except SystemExit as why:  # the scorer refuses an answer that breaks the spec
            print(f"{gold.parent.name}: {why}", flush=True)
            refused += 1
            continue
        pooled.update(counts)
    told = scorer.table(pooled)
    kept = ("claims.f1", "corroborated.precision", "corroborated.recall", "conflicts.precision", "conflicts.recall")
    out = {k: round(told[k], 3) for k in (*kept, "verdicts.accuracy", "singles.kept")}
    parts = (
        told["claims.f1"],
        half(told["corroborated.precision"], told["corroborated.recall"]),
        half(told["conflicts.precision"], told["conflicts.recall"]),
        told["verdicts.accuracy"],
    )
    return {"worth": round(sum(parts) / len(parts), 4), **out, **({"refused": refused} if refused else {})}


# --- events in reports by others ---------------------------------------------------------------------------------------------


def lines_to_read(path: Path, every: int) -> list[dict[str, Any]]:
    """The reports of every nth topic of a part of ECB+, without the topics that gold stories come from."""
    golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = sorted({str(g["topic"]) for g in golds} - LEFT_OUT, key=int)[::every]
    return [g for g in golds if str(g["topic"]) in known]


def prepared(path: Path, every: int) -> list[tuple[Sequence[Told], Items]]:
    """The items of each story of every nth topic of a part of ECB+."""
    by_story: dict[str, list[Told]] = collections.defaultdict(list)
    for gold in lines_to_read(path, every):
        by_story[str(gold["story"])].append(Told(gold, read(from_text(gold["text"], file=gold["id"], language="en"))))
    made = []
    for several in by_story.values():
        readings = [t.reading for t in several]
        actors, joined = join_actors(readings)
        group_of = {(f.report, f.index): n for n, group in enumerate(figure_groups(readings, joined)) for f in group}
        made.append((several, items(readings, joined, actors, group_of)))
    return made


def on_events(stories: Sequence[tuple[Sequence[Told], Items]]) -> Figures:
    """Precision and recall of pairs of annotated sentences that share an event, by what groups bring together."""
    right = ours = true = 0
    for reports, compared in stories:
        by_id = {t.reading.report.id: t for t in reports}
        chains: dict[tuple[str, int], set[str]] = collections.defaultdict(set)
        for t in reports:
            for m in t.gold["mentions"]:
                if m["scored"] and m["kind"] == "event":
                    n = next(i for i, (s, e) in enumerate(t.gold["sentences"]) if s <= m["start"] < e)
                    chains[t.reading.report.id, n].add(m["chain"])
        place = [_sentence(by_id[i.statement.report], i.statement.start, i.statement.end) for i in compared.items]
        pairs = {
            p
            for group in aligning.align(compared).groups
            for p in itertools.combinations(sorted({place[i] for i in group if place[i] in chains}), 2)
            if p[0][0] != p[1][0]
        }
        meant = {
            p for p in itertools.combinations(sorted(chains), 2) if p[0][0] != p[1][0] and chains[p[0]] & chains[p[1]]
        }
        right, ours, true = right + len(pairs & meant), ours + len(pairs), true + len(meant)
    precision, recall = right / max(1, ours), right / max(1, true)
    return {"worth": round(half(precision, recall), 4), "precision": round(precision, 3), "recall": round(recall, 3)}


def _sentence(told: Told, start: int, end: int) -> tuple[str, int]:
    ends = told.gold["sentences"]
    best = max(range(len(ends)), key=lambda i: min(end, ends[i][1]) - max(start, ends[i][0]))
    return told.reading.report.id, best


# --- copies ------------------------------------------------------------------------------------------------------------------


def on_copies(pairs: ModuleType) -> Figures:
    found = sum(pairs.copies(*pair) for pair in pairs.COPIES.values())
    wrong = sum(pairs.copies(*pair) for pair in pairs.APART.values())
    f1 = 2 * found / (found + wrong + len(pairs.COPIES))
    return {"worth": round(f1, 4), "missed": len(pairs.COPIES) - found, "wrong": wrong}


# --- the sweep ---------------------------------------------------------------------------------------------------------------


def best(rows: Mapping[float, Figures]) -> tuple[float, tuple[float, float]]:
    """The value of most worth (of equals the one in the middle), and the range around it that is no worse.

    >>> best({1.0: {"worth": 0.5}, 2.0: {"worth": 0.8}, 3.0: {"worth": 0.8}, 4.0: {"worth": 0.795}})
    (2.0, (2.0, 4.0))
    """
    most = max(r["worth"] for r in rows.values())
    order = sorted(rows)
    top = [v for v in order if rows[v]["worth"] == most]
    middle = top[(len(top) - 1) // 2]
    low = high = order.index(middle)
    while low > 0 and rows[order[low - 1]]["worth"] >= most - NO_WORSE:
        low -= 1
    while high < len(order) - 1 and rows[order[high + 1]]["worth"] >= most - NO_WORSE:
        high += 1
    return middle, (order[low], order[high])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with eval/ and data/ecbplus")
    parser.add_argument(
        "--stories", type=Path, nargs="+", default=[HOME / "training/stories", HOME / "src/twosource/demo"]
    )
    parser.add_argument("--ecbplus", type=int, default=3, metavar="N", help="every Nth topic; 0: none")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these thresholds alone")
    parser.add_argument("--out", type=Path, default=HOME / "training/thresholds.json")
    options = parser.parse_args()
    sys.path[:0] = [str(options.data / "eval"), str(HOME / "tests/lineage")]
    scorer, pairs = importlib.import_module("score_reconciliation"), importlib.import_module("test_lineage_pairs")
    remembering()
    folder = tempfile.TemporaryDirectory()
    stories = written(options.stories, Path(folder.name))
    events = prepared(options.data / "data/ecbplus/train.jsonl", options.ecbplus) if options.ecbplus else []
    measures = {
        "stories": lambda: on_stories(stories, scorer),
        "events": lambda: on_events(events),
        "copies": lambda: on_copies(pairs),
    }
    told: dict[str, Any] = {
        "about": "what each threshold would bring at other values; made by training/thresholds.py",
        "stories": sorted(g.parent.name for g in stories),
        "events": f"ECB+ train without topic 20, every topic in {options.ecbplus}" if events else None,
        "thresholds": {},
    }
    as_is = {on: measure() for on, measure in measures.items() if on != "events" or events}
    told["as it is"] = as_is
    print(json.dumps(told, indent=1), flush=True)
    for t in THRESHOLDS:
        if options.only and t.name not in options.only:
            continue
        module = importlib.import_module(f"twosource.{t.module}")
        if not hasattr(module, t.name):
            print(f"{t.module}.{t.name}: there is no such constant any more", flush=True)
            continue
        now = getattr(module, t.name)
        entry: dict[str, Any] = {"in the code": now}
        for on in (o for o in t.on if o in as_is):
            rows: dict[float, Figures] = {}
            for value in sorted({*t.values, now}):
                with changed(module, t.name, value):
                    rows[value] = as_is[on] if value == now else measures[on]()
            value, (low, high) = best(rows)
            entry[on] = {"best": value, "no worse": [low, high], "holds": low <= now <= high, "rows": rows}
            marks = " ".join(f"{v:g}:{r['worth']:.3f}" for v, r in rows.items())
            print(
                f"{t.module}.{t.name} = {now:g} on {on}: best {value:g}, no worse {low:g}..{high:g}  {marks}",
                flush=True,
            )
        told["thresholds"][f"{t.module}.{t.name}"] = entry
        options.out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
