"""How well reports are sorted into stories, beside the peer in the same run, and what it costs.

    python benchmarks/stories.py [--data ../shared/data/ecbplus] [--incidents 1000] [--many] [--million]

- `stream`: invented incidents that look alike (incidents.py), ours and the peer's: single-pass TF-IDF by centroid, with a window of 14 days
  and, in its favour, the best of its thresholds on this very stream.
- `order`: such streams with each day's reports shuffled, taken in as lots of a day and one by one as they come; of 12 incidents a day, and
  of 250, whose reports are more than a lot.
- `ecbplus`: ECB+ dev, where the data is at hand; the peer is tuned on train.
- `bad`: what nobody should send: copies of one text, one story of 5,000 reports, one word, ten languages, no dates, wrong dates.
- `--many`: cost of a report at 10,000 and at 100,000; `--million`: time and memory for a million short reports, and for as many
  copies of one text.

Times are CPU seconds of the process, since other work on the machine must not count. Prints JSON; exit status 1 where a bar is not met.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from incidents import A_DAY
from incidents import reports as stream
from sklearn.feature_extraction.text import TfidfVectorizer

from twosource.model import Report
from twosource.sources import from_text
from twosource.stories import Arriving, Grouping, group, lots
from twosource.stories.traits import day

WINDOW = 14
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
BARS = {
    "stream gain": 0.05, "order": 0.01, "ecbplus": 0.89, "reports a second": 1000.0, "growth": 1.3, "peak_mb": 4096.0,
}  # fmt: skip

Gold = Mapping[str, str]


def bcubed(gold: Gold, stories: Iterable[Iterable[str]]) -> float:
    """BCubed F1 (Bagga and Baldwin, LREC 1998)."""
    home = {report: n for n, story in enumerate(stories) for report in story}
    told, made = collections.Counter(gold.values()), collections.Counter(home.values())
    both = collections.Counter((gold[r], home[r]) for r in gold)
    precision = math.fsum(both[gold[r], home[r]] / made[home[r]] for r in gold) / len(gold)
    recall = math.fsum(both[gold[r], home[r]] / told[gold[r]] for r in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def peer(reports: Sequence[Report], threshold: float, rows: Any) -> list[list[str]]:
    """Single pass: each report joins the story whose centroid is nearest, from `threshold` up, within the window."""
    centroids: list[dict[int, float]] = []
    lengths: list[float] = []
    last: list[int | None] = []
    made: list[list[str]] = []
    live: list[int] = []
    for n, report in enumerate(reports):
        now = day(report.published)
        today = now.toordinal() if now else None
        live = [k for k in live if today is None or last[k] is None or today - last[k] <= WINDOW]  # type: ignore[operator]
        row = list(zip(rows[n].indices.tolist(), rows[n].data.tolist(), strict=True))
        near = [(sum(centroids[k].get(i, 0.0) * w for i, w in row) / lengths[k], -k) for k in live]
        cosine, less = max(near, default=(0.0, 0))
        if not near or cosine < threshold:
            less = -len(made)
            centroids.append({})
            lengths.append(0.0)
            last.append(None)
            made.append([])
            live.append(len(made) - 1)
        story = centroids[-less]
        for i, w in row:
            story[i] = story.get(i, 0.0) + w
        lengths[-less] = math.sqrt(sum(w * w for w in story.values())) or 1.0
        last[-less] = today
        made[-less].append(report.id)
    return made


def vectors(reports: Sequence[Report]) -> Any:
    return TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform([r.text for r in reports]).tocsr()


def ours(reports: Iterable[Report]) -> list[tuple[str, ...]]:
    return [story.reports for story in group(reports)]


def one_by_one(reports: Sequence[Report]) -> list[tuple[str, ...]]:
    """As a watch takes them; that it asks for the stories meanwhile changes nothing, and is done twenty times."""
    arriving = Arriving()
    for n, report in enumerate(reports):
        arriving.add([report])
        if n % max(1, len(reports) // 20) == 0:
            arriving.stories()
    return [story.reports for story in arriving.stories()]


def of_stream(count: int) -> dict[str, Any]:
    told = stream(count)
    gold, reports = {r.id: story for story, r in told}, [r for _, r in told]
    rows = vectors(reports)
    theirs = {t: round(bcubed(gold, peer(reports, t, rows)), 4) for t in THRESHOLDS[2:]}
    start = time.process_time()
    mine = bcubed(gold, ours(reports))
    return {
        "incidents": count, "reports": len(reports), "ours": round(mine, 4), "seconds": round(time.process_time() - start, 2),
        "peer, at each threshold": theirs, "gain": round(mine - max(theirs.values()), 4),
    }  # fmt: skip


def of_order(count: int, a_day: int, orders: int = 3) -> dict[str, Any]:
    told = stream(count, a_day=a_day)
    gold = {r.id: story for story, r in told}
    largest = max(collections.Counter(r.published for _, r in told).values())
    found: dict[str, list[float]] = {"lots of a day": [], "one by one": []}
    for seed in range(orders):
        pen = random.Random(seed)
        shuffled = sorted(((r, pen.random()) for _, r in told), key=lambda item: (item[0].published, item[1]))
        reports = [r for r, _ in shuffled]
        found["lots of a day"].append(round(bcubed(gold, ours(reports)), 4))
        found["one by one"].append(round(bcubed(gold, one_by_one(reports)), 4))
    moves = {way: {"F1": f, "moves": round(max(f) - min(f), 4)} for way, f in found.items()}
    return {"reports": len(told), "of the largest day": largest, **moves}


def of_ecbplus(folder: Path) -> dict[str, Any]:
    def part(name: str) -> tuple[dict[str, str], list[Report]]:
        lines = [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        told = [(str(g["story"]), from_text(g["text"], file=f"{n}", language="en")) for n, g in enumerate(lines)]
        return {r.id: story for story, r in told}, [r for _, r in told]

    gold, reports = part("train.jsonl")
    rows = vectors(reports)
    tuned = max(THRESHOLDS, key=lambda t: bcubed(gold, peer(reports, t, rows)))
    gold, reports = part("dev.jsonl")
    pen = random.Random(1)
    orders = [pen.sample(reports, len(reports)) for _ in range(3)]
    return {
        "reports": len(reports), "ours": round(bcubed(gold, ours(reports)), 4),
        "ours, one by one in three orders": [round(bcubed(gold, one_by_one(o)), 4) for o in orders],
        "peer, tuned on train": round(bcubed(gold, peer(reports, tuned, vectors(reports))), 4), "its threshold": tuned,
    }  # fmt: skip


TEN = {
    "en": "A ferry ran aground off Velmouth on Monday and 14 passengers were brought ashore by fishermen.",
    "de": "Eine Fähre ist am Montag vor Velmouth auf Grund gelaufen, 14 Fahrgäste wurden von Fischern an Land gebracht.",
    "fr": "Un ferry s'est échoué lundi au large de Velmouth et 14 passagers ont été ramenés à terre par des pêcheurs.",
    "es": "Un transbordador encalló el lunes frente a Velmouth y 14 pasajeros fueron llevados a tierra por pescadores.",
    "it": "Un traghetto si è arenato lunedì al largo di Velmouth e 14 passeggeri sono stati portati a terra dai pescatori.",
    "pl": "Prom osiadł w poniedziałek na mieliźnie koło Velmouth, a 14 pasażerów wyciągnęli na brzeg rybacy.",
    "ru": "Паром сел на мель у Велмута в понедельник, 14 пассажиров рыбаки доставили на берег.",
    "el": "Ένα πλοίο προσάραξε τη Δευτέρα έξω από το Βέλμουθ και 14 επιβάτες βγήκαν στη στεριά από ψαράδες.",
    "zh": "一艘渡轮星期一在维尔茅斯附近海域搁浅，十四名乘客由渔民送上岸。",
    "ar": "جنحت عبارة يوم الاثنين قبالة فيلماوث ونقل الصيادون 14 راكبا إلى الشاطئ.",
}


def of_bad_input(count: int) -> dict[str, Any]:
    """Seconds, stories and the largest of them for each."""
    told = [r for _, r in stream(max(10, count // 40))]
    one = [r for _, r in sorted(((len(r.text), r) for r in told), key=lambda item: item[0])][-1]
    cases: dict[str, Callable[[], Iterator[Report]]] = {
        "copies": lambda: (from_text(one.text, file=f"{n}", published="2031-01-06") for n in range(count)),
        "one story": lambda: _long_story(count // 4),
        "one word": lambda: (from_text(w, file=f"{n}") for n, w in enumerate(("storm", "Fire!", "…?", "storm") * 50)),
        "ten languages": lambda: (from_text(text, file=f"{lang}{n}") for lang, text in TEN.items() for n in range(5)),
        "no dates": lambda: (replace(r, published=None) for r in told),
        "wrong dates": lambda: (
            replace(r, published={0: "1970-01-01", 1: "2131-01-01"}.get(n, r.published)) for n, r in enumerate(told)
        ),
    }
    found = {}
    for name, made in cases.items():
        reports = list(made())
        start = time.process_time()
        stories = group(reports)
        found[name] = {
            "reports": len(reports), "seconds": round(time.process_time() - start, 2), "stories": len(stories),
            "largest": max(len(s.reports) for s in stories),
        }  # fmt: skip
    return found


def _long_story(count: int) -> Iterator[Report]:
    """One incident as `count` pens tell it."""
    told = stream(1, seed=11)
    pieces = [line for _, r in told for line in r.text.split("\n")]
    for n in range(count):
        pen = random.Random(n)
        lines = [told[0][1].text.split("\n")[0], *pen.sample(pieces, min(len(pieces), 5))]
        yield from_text("\n".join(lines), file=f"{n}", published=f"2031-01-{6 + n % 10:02}")


def many() -> dict[str, Any]:
    """Reports a second, and what a report costs at 100,000 against 10,000."""
    reports = [r for _, r in stream(25_600, a_day=100)][:100_000]
    cost = {}
    for count in (10_000, 100_000):
        grouping = Grouping()
        start = time.process_time()
        for lot in lots(reports[:count]):
            grouping.add(lot)
        cost[count] = (time.process_time() - start) / count
    return {
        "microseconds a report": {str(n): round(c * 1e6) for n, c in cost.items()},
        "reports a second": round(1 / cost[100_000]), "growth": round(cost[100_000] / cost[10_000], 3),
    }  # fmt: skip


def _million(kind: str, answer: Any) -> None:
    def copies() -> Iterator[Report]:
        first = from_text("A ferry sank off Karsmouth on Monday with 14 aboard, the harbour master said.", file="0")
        return (replace(first, id=f"r{n}", file=str(n)) for n in range(1_000_000))

    start = time.process_time()
    reports: Iterable[Report] = copies() if kind == "copies" else (r for _, r in stream(255_000, a_day=1000))
    grouping = Grouping()
    for lot in lots(reports):
        grouping.add(lot)
    stories = grouping.stories()
    answer.put({
        "reports": sum(len(s.reports) for s in stories), "stories": len(stories),
        "seconds, with the writing of the reports": round(time.process_time() - start),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    })  # fmt: skip


def million(kind: str) -> dict[str, Any]:
    """In a process of its own, so that its memory is its own."""
    spawn = multiprocessing.get_context("spawn")
    answer = spawn.Queue()
    worker = spawn.Process(target=_million, args=(kind, answer))
    worker.start()
    found: dict[str, Any] = answer.get()
    worker.join()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of ECB+ with train.jsonl and dev.jsonl")
    parser.add_argument("--incidents", type=int, default=1000)
    parser.add_argument("--many", action="store_true")
    parser.add_argument("--million", action="store_true")
    options = parser.parse_args()
    found: dict[str, Any] = {"stream": of_stream(options.incidents)}
    orders = ((options.incidents // 5, A_DAY), (options.incidents // 2, 250))
    found["order"] = {f"{a_day} incidents a day": of_order(max(1, count), a_day) for count, a_day in orders}
    holds = {"stream gain": found["stream"]["gain"] >= BARS["stream gain"]}
    for way in ("lots of a day", "one by one"):
        holds[f"order, {way}"] = all(of[way]["moves"] <= BARS["order"] for of in found["order"].values())
    found["bad"] = of_bad_input(20_000)
    if options.data:
        found["ecbplus"] = of_ecbplus(options.data)
        holds["ecbplus"] = found["ecbplus"]["ours"] >= BARS["ecbplus"]
    if options.many:
        found["many"] = many()
        holds["reports a second"] = found["many"]["reports a second"] >= BARS["reports a second"]
        holds["growth"] = found["many"]["growth"] <= BARS["growth"]
    if options.million:
        found["million"] = {kind: million(kind) for kind in ("copies", "incidents")}
        holds["peak_mb"] = all(m["peak_mb"] <= BARS["peak_mb"] for m in found["million"].values())
    print(json.dumps({**found, "bars": BARS, "holds": holds}, indent=1))
    return 0 if all(holds.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
