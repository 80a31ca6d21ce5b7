"""Do claims bring together the sentences that tell of one happening? Measured on event coreference by others (ECB+ dev).

    python benchmarks/alignment.py --data ../shared [--part dev] [--without 12] [--errors FILE] [--out FOLDER]

Each look-alike story is reconciled by itself, and then both of a topic at once; the project's own scorer (`eval/score_alignment.py`)
judges what was written. Beside it stands, in the same run, cosine of TF-IDF over the same pairs of sentences, at the recall that we
reach. What went wrong is told by kind: of the pairs that were joined and should not have been, under which verdict they stand; of those
that were missed, how far they came (`--errors` writes each with its words).

A gold story comes from topic 12 of dev: the bar counts it, but nothing is tuned on it and its errors are never listed; `--without 12`
gives the figures without it. Prints JSON; exit status 1 where a bar is not met.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twosource import reconcile as stages
from twosource.matching.claims import JOINS, Aligned
from twosource.matching.items import Items
from twosource.model import Reading, Reconciliation
from twosource.outputs.json import to_json
from twosource.reading import read
from twosource.sources import from_text

BARS = {"precision": 0.93, "recall": 0.62, "joins": 0.04}
#: Gold stories come from these topics: their errors are nobody's to read.
NEVER_LISTED = frozenset({"12", "20"})

#: How far a pair came that was not brought together, by its log-odds.
_BANDS = (
    (JOINS, "scored high enough, but in two groups"),
    (JOINS - 1.0, "scored 1 short at most"),
    (JOINS - 2.5, "scored 2.5 short at most"),
)

#: A sentence: the report's name and the number of the sentence there. A pair of them.
Place = tuple[str, int]
Pair = frozenset[Place]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one story: the answer, and of each event in it the statements and their groups."""

    told: Reconciliation
    lined_up: tuple[tuple[Items, Aligned], ...]


def made(readings: Sequence[Reading]) -> Made:
    """Reconcile, and keep what matching made on the way."""
    kept: list[tuple[Items, Aligned]] = []
    align = stages.align

    def keeping(items: Items, *more: Any, **named: Any) -> Aligned:
        aligned = align(items, *more, **named)
        kept.append((items, aligned))
        return aligned

    stages.align = keeping  # type: ignore[assignment]
    try:
        told = stages.reconcile(readings)
    finally:
        stages.align = align
    return Made(told, tuple(kept))


def sentence(gold: Mapping[str, Any], start: int, end: int) -> Place:
    """The sentence that a place overlaps most, as the scorer has it."""
    ends = gold["sentences"]
    return gold["id"], max(range(len(ends)), key=lambda i: min(end, ends[i][1]) - max(start, ends[i][0]))


def chains(golds: Sequence[Mapping[str, Any]]) -> dict[Place, set[str]]:
    """Of each annotated sentence the event chains that it mentions."""
    found: dict[Place, set[str]] = collections.defaultdict(set)
    for gold in golds:
        for m in gold["mentions"]:
            if m["scored"] and m["kind"] == "event":
                n = next(i for i, (s, e) in enumerate(gold["sentences"]) if s <= m["start"] < e)
                found[gold["id"], n].add(m["chain"])
    return found


def meant(golds: Sequence[Mapping[str, Any]]) -> tuple[set[Pair], set[Pair]]:
    """The pairs of annotated sentences of two reports: those that share an event, and all."""
    known = chains(golds)
    every = [p for p in itertools.combinations(sorted(known), 2) if p[0][0] != p[1][0]]
    return {frozenset(p) for p in every if known[p[0]] & known[p[1]]}, {frozenset(p) for p in every}


def said(golds: Sequence[Mapping[str, Any]], of: Made) -> dict[Pair, tuple[str, ...]]:
    """The pairs of sentences that claims bring together, with the verdicts of those claims."""
    by_file = {g["id"]: g for g in golds}
    files = {r.id: r.file for r in of.told.reports}
    found: dict[Pair, list[str]] = collections.defaultdict(list)
    for claim in of.told.claims:
        at = {sentence(by_file[files[e.report]], e.start, e.end) for e in claim.evidence}
        for pair in itertools.combinations(sorted(at), 2):
            if pair[0][0] != pair[1][0]:
                found[frozenset(pair)].append(claim.verdict)
    return {p: tuple(sorted(set(v))) for p, v in found.items()}


def how_far(golds: Sequence[Mapping[str, Any]], of: Made) -> dict[Pair, float]:
    """Of each pair of sentences whose statements were scored, the best score (log-odds)."""
    by_file = {g["id"]: g for g in golds}
    files = {r.id: r.file for r in of.told.reports}
    best: dict[Pair, float] = {}
    for items, aligned in of.lined_up:
        at = [sentence(by_file[files[i.statement.report]], i.statement.start, i.statement.end) for i in items.items]
        for (i, j), odds in aligned.odds.items():
            pair = frozenset((at[i], at[j]))
            best[pair] = max(odds, best.get(pair, float("-inf")))
    return best


def missed(odds: float | None) -> str:
    """How far a pair came that was not brought together."""
    if odds is None:
        return "never compared"
    for least, words in _BANDS:
        if odds >= least:
            return words
    return "scored far below"


def errors(golds: Sequence[Mapping[str, Any]], of: Made) -> Iterator[tuple[str, str, float | None, Pair]]:
    """What went wrong between sentences that were annotated: "joined" or "missed", its kind, its score, the pair."""
    right, every = meant(golds)
    ours, odds = said(golds, of), how_far(golds, of)
    for pair in sorted(every, key=sorted):
        if pair in ours and pair not in right:
            yield "joined", "stands in a claim that is " + " and ".join(ours[pair]), odds.get(pair), pair
        elif pair in right and pair not in ours:
            yield "missed", missed(odds.get(pair)), odds.get(pair), pair


def peer(stories: Mapping[str, Sequence[Mapping[str, Any]]], recall: float) -> dict[str, float]:
    """Cosine of TF-IDF over the same pairs of sentences, at the threshold where it first reaches `recall`."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    scored: list[tuple[float, bool]] = []
    for golds in stories.values():
        texts = {(g["id"], n): g["text"][s:e] for g in golds for n, (s, e) in enumerate(g["sentences"])}
        row = {place: n for n, place in enumerate(texts)}
        alike = (m := TfidfVectorizer(sublinear_tf=True).fit_transform(texts.values())) @ m.T
        right, every = meant(golds)
        scored += [
            (float(alike[row[a], row[b]]), p in right) for p in sorted(every, key=sorted) for a, b in [sorted(p)]
        ]
    scored.sort(key=lambda s: -s[0])
    total, found = sum(same for _, same in scored), 0
    for n, (_, same) in enumerate(scored, 1):
        found += same
        if found >= recall * total:
            return {"precision": round(found / n, 4), "recall": round(found / total, 4)}
    return {"precision": 0.0, "recall": 0.0}


def scored(scorer: Path, gold: Path, out: Path, by: str) -> dict[str, Any]:
    """What the project's scorer says of the answers in `out`."""
    told = subprocess.run(
        [sys.executable, str(scorer), str(gold), str(out), "--by", by], capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/ecbplus and eval")
    parser.add_argument("--part", choices=["dev", "train"], default="dev")
    parser.add_argument("--without", nargs="*", default=[], metavar="TOPIC")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="write every error, with its words")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="keep the answers here")
    args = parser.parse_args()
    lines = (args.data / "data/ecbplus" / f"{args.part}.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [g for line in lines if str((g := json.loads(line))["topic"]) not in args.without]
    readings = {g["id"]: read(from_text(g["text"], file=g["id"])) for g in golds}
    answer: dict[str, Any] = {"part": args.part, "without": args.without, "reports": len(golds)}
    kinds: dict[str, collections.Counter[str]] = {"joined": collections.Counter(), "missed": collections.Counter()}
    listed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        out = args.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        gold_file = out / "gold.jsonl"
        gold_file.write_text("".join(json.dumps(g) + "\n" for g in golds), encoding="utf-8")
        for by in ("story", "topic"):
            together: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
            for g in golds:
                together[str(g[by])].append(g)
            began, place = time.process_time(), out / by
            place.mkdir(exist_ok=True)
            for name, reports in together.items():
                of = made([readings[g["id"]] for g in reports])
                (place / f"{name}.json").write_text(to_json(of.told), encoding="utf-8")
                if by == "story" and str(reports[0]["topic"]) not in NEVER_LISTED:
                    texts = {(g["id"], n): g["text"][s:e] for g in reports for n, (s, e) in enumerate(g["sentences"])}
                    for what, kind, odds, pair in errors(reports, of):
                        kinds[what][kind] += 1
                        words = "\n    ".join(f"{p[0]}: {' '.join(texts[p].split())}" for p in sorted(pair))
                        listed.append(f"{what} | {kind} | {'' if odds is None else f'{odds:.2f}'}\n    {words}\n")
            answer[by] = scored(args.data / "eval/score_alignment.py", gold_file, place, by)
            answer[by]["cpu_seconds"] = round(time.process_time() - began, 1)
            if by == "story":
                answer["tf-idf"] = peer(together, answer[by]["recall"])
    answer["errors, topic 12 left out"] = {k: dict(v.most_common()) for k, v in kinds.items()}
    if args.errors:
        args.errors.write_text("\n".join(listed), encoding="utf-8")
    found = {**{k: answer["story"][k] for k in ("precision", "recall")}, "joins": answer["topic"]["joins"]}
    short = [k for k, bar in BARS.items() if (found[k] > bar if k == "joins" else found[k] < bar)]
    answer["ratio"] = round(found["precision"] / max(answer["tf-idf"]["precision"], 0.01), 3)
    print(json.dumps({**answer, "bars": BARS, "holds": not short, "short": short}, indent=1))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
