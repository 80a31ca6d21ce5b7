"""Fit when reports tell of one event, on stories by others: the training part of ECB+, measured on its development part.

    python training/stories_join.py --data ../shared/data/ecbplus

Each topic of ECB+ holds two look-alike stories. Stories are cut at random into parts of one to eight reports; two parts of one story are
one event, two parts of two stories are not, whatever they share. From where on two are joined is chosen on whole groupings of topics that
were not fitted on (three folds by topic, twice), in the middle of the range where they are as good, so that nothing hangs on it.
Topic 20 of the training part is left out of everything, and topic 12 of the development part of what is measured: gold stories
come from them (a test asserts it).

Writes src/twosource/stories/stories_join.json: weights, threshold and what was measured; no text.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from twosource.model import Report
from twosource.sources import from_text
from twosource.stories import group, nearness
from twosource.stories.nearness import FEATURES, features
from twosource.stories.profile import Profile, profile, sum_of
from twosource.stories.rarity import Rarity
from twosource.stories.traits import traits

#: Gold stories come from these topics of the two parts.
LEFT_OUT = frozenset({"12", "20"})

#: Sizes of the parts that stories are cut into: single reports are what arrives most.
SIZES = (1, 1, 1, 2, 3, 5, 8)

#: Thresholds that are tried.
THRESHOLDS = (-3.5, -3.0, -2.5, -2.0, -1.5)

Weights = tuple[float, float, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """A report of ECB+, its topic and the story it tells."""

    topic: str
    story: str
    report: Report


def part(path: Path) -> list[Told]:
    """The reports of one part of ECB+, without the topics that are left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        if str(gold["topic"]) not in LEFT_OUT:
            # Named by number, since the names of the files tell the topic.
            name = f"{len(found):04}"
            found.append(
                Told(str(gold["topic"]), str(gold["story"]), from_text(gold["text"], file=name, language="en"))
            )
    return found


def profiles(reports: Sequence[Told]) -> list[Profile]:
    """The profile of each, weighed as `group` weighs a lot."""
    known = [traits(t.report) for t in reports]
    rarity = Rarity()
    rarity.see((*of.words, *of.places, *of.numbers) for of in known)
    return [profile(of, rarity) for of in known]


def fitted(reports: Sequence[Told], rounds: int = 3, seed: int = 1) -> LogisticRegression:
    """The regression over pairs of parts."""
    made = profiles(reports)
    pen = random.Random(seed)
    stories: dict[tuple[str, str], list[int]] = collections.defaultdict(list)
    for n, told in enumerate(reports):
        stories[told.topic, told.story].append(n)
    rows, same, counts = [], [], []
    for _ in range(rounds):
        parts = [
            (key, sum_of([made[n] for n in piece])) for key, all_of in stories.items() for piece in cut(all_of, pen)
        ]
        for at, (key, one) in enumerate(parts):
            for other_key, other in parts[:at]:
                # Of what not even looks alike there is more than enough: three in ten are taken, and count for all.
                share = 1.0 if key[0] == other_key[0] else 0.3
                if pen.random() < share:
                    rows.append(features(one, other))
                    same.append(int(key == other_key))
                    counts.append(1 / share)
    return LogisticRegression(C=1.0, max_iter=5000).fit(np.array(rows), np.array(same), counts)


def cut(numbers: Sequence[int], pen: random.Random) -> Iterable[list[int]]:
    """`numbers` in parts of random sizes."""
    left = list(numbers)
    pen.shuffle(left)
    while left:
        size = pen.choice(SIZES)
        yield left[:size]
        left = left[size:]


def weights(fit: LogisticRegression, threshold: float) -> Weights:
    return round(float(fit.intercept_[0]), 4), threshold, tuple(round(float(w), 4) for w in fit.coef_[0])


def bcubed(gold: Mapping[str, str], system: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and their mean (Bagga and Baldwin, LREC 1998), as shared/eval/score_stories.py has them."""

    def members(of: Mapping[str, str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = collections.defaultdict(set)
        for report, story in of.items():
            found[story].add(report)
        return found

    told, made = members(gold), members(system)
    both = {r: len(told[gold[r]] & made[system[r]]) for r in gold}
    precision = math.fsum(both[r] / len(made[system[r]]) for r in gold) / len(gold)
    recall = math.fsum(both[r] / len(told[gold[r]]) for r in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def measured(
    reports: Sequence[Told], using: Weights, grouped: Callable[[list[Report]], Iterable[Iterable[str]]] | None = None
) -> tuple[float, float, float]:
    """BCubed precision, recall and F1 of the stories that `group` makes of `reports` with these weights."""
    nearness.model = lambda: using  # type: ignore[assignment]
    given = [t.report for t in reports]
    made = grouped(given) if grouped else (story.reports for story in group(given))
    return bcubed({t.report.id: t.story for t in reports}, {r: str(n) for n, story in enumerate(made) for r in story})


def folds(reports: Sequence[Told], seed: int, count: int = 3) -> Iterable[tuple[list[Told], list[Told]]]:
    """Topics to fit on and topics to measure on, `count` times."""
    topics = sorted({t.topic for t in reports})
    random.Random(seed).shuffle(topics)
    for n in range(count):
        held = set(topics[n::count])
        yield [t for t in reports if t.topic not in held], [t for t in reports if t.topic in held]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with train.jsonl and dev.jsonl")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parents[1] / "src/twosource/stories/stories_join.json"
    )
    options = parser.parse_args()
    train, dev = part(options.data / "train.jsonl"), part(options.data / "dev.jsonl")
    found: dict[float, list[float]] = {t: [] for t in THRESHOLDS}
    for seed in range(2):
        for fit_on, held in folds(train, seed):
            fit = fitted(fit_on)
            for threshold in THRESHOLDS:
                found[threshold].append(measured(held, weights(fit, threshold))[2])
    means = {t: float(np.mean(f)) for t, f in found.items()}
    print({t: (round(m, 3), round(min(found[t]), 3)) for t, m in means.items()}, file=sys.stderr)
    good = [t for t, m in means.items() if m >= max(means.values()) - 0.01]
    threshold = (min(good) + max(good)) / 2
    using = weights(fitted(train), threshold)
    card = {
        "about": "log-odds that two sets of reports tell of one event; made by training/stories_join.py",
        "fitted on": {
            "data": "ECB+ train, without topic 20",
            "reports": len(train),
            "stories": len({t.story for t in train}),
        },
        "BCubed F1 on topics not fitted on": {
            str(t): {"mean": round(m, 3), "least": round(min(found[t]), 3)} for t, m in means.items()
        },
        "measured on": {
            "data": "ECB+ dev, without topic 12",
            "reports": len(dev),
            "BCubed precision, recall, F1": [round(x, 3) for x in measured(dev, using)],
        },
        "joins from": threshold,
        "intercept": using[0],
        "weights": dict(zip(FEATURES, using[2], strict=True)),
    }
    options.out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
