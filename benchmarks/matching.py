"""What it costs to reconcile 2 to 60 reports of about 1,000 words each, by stage, after they were read.

    python benchmarks/matching.py [--reports 2 5 15 30 60] [--copies]

The stories are written by `generated.py`; with `--copies` every report is the same text, which is the worst case for lineage. Times are
CPU seconds of the whole process, since other work on the machine must not count; the vectors of a text are computed anew for every story.
Prints JSON: for each number of reports the seconds of each stage and of the writers, how many pairs of statements were compared, out of how
many there are, and how many of them the cross-encoder read; the exponent with which the time grows from the first number to the
last, and the peak memory of the process, with all readings in it. Exit status 1 where a bar is not met.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import functools
import gc
import json
import math
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generated import story

from twosource import reconcile as stages
from twosource.matching import cross_encoder
from twosource.matching import items as items_module
from twosource.model import Reading, Report
from twosource.outputs.json import to_json
from twosource.outputs.terminal import to_text
from twosource.reading import read

BARS = {"seconds": 60.0, "peak_mb": 1500.0, "growth": 1.3}

#: The stages of `reconcile`, by the names under which it calls them; what is left over is "rest".
STAGES = (
    "trace", "join_actors", "institutions", "belonging", "figure_groups", "items", "align", "claims", "joined_claims", "judged_figures",
)  # fmt: skip


@contextlib.contextmanager
def timed(module: Any, name: str, seconds: dict[str, float]) -> Iterator[None]:
    """Count in `seconds` the CPU time spent in `module.name` while this lasts."""
    function: Callable[..., Any] = getattr(module, name)

    @functools.wraps(function)
    def timing(*args: Any, **keywords: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **keywords)
        finally:
            seconds[name] = seconds.get(name, 0.0) + time.process_time() - start

    setattr(module, name, timing)
    try:
        yield
    finally:
        setattr(module, name, function)


@contextlib.contextmanager
def counted(module: Any, name: str, size: Callable[[Any], int], found: Counter[str]) -> Iterator[None]:
    """Add up in `found` the size of what `module.name` gives while this lasts."""
    function: Callable[..., Any] = getattr(module, name)

    @functools.wraps(function)
    def counting(*args: Any, **keywords: Any) -> Any:
        given = function(*args, **keywords)
        found[name] += size(given)
        return given

    setattr(module, name, counting)
    try:
        yield
    finally:
        setattr(module, name, function)


def measured(readings: Sequence[Reading]) -> dict[str, Any]:
    """CPU seconds to reconcile `readings`, by stage and in all, and to write the answer."""
    gc.collect()
    seconds: dict[str, float] = {}
    with contextlib.ExitStack() as stack:
        for name in STAGES:
            stack.enter_context(timed(stages, name, seconds))
        stack.enter_context(timed(items_module, "vectors", seconds))
        stack.enter_context(timed(cross_encoder, "log_odds", seconds))
        stack.enter_context(counted(stages, "align", lambda aligned: len(aligned.odds), pairs := Counter[str]()))
        stack.enter_context(counted(cross_encoder, "log_odds", len, pairs))
        start = time.process_time()
        told = stages.reconcile(readings)
        total = time.process_time() - start
    written = {}
    for name, write in (("json", to_json), ("text", to_text)):
        start = time.process_time()
        size = len(write(told).encode())
        written[name] = {"seconds": round(time.process_time() - start, 2), "kilobytes": size // 1024}
    staged = sum(seconds[name] for name in STAGES if name in seconds)
    statements = sum(len(r.statements) for r in readings)
    return {
        "reports": len(readings),
        "seconds": round(total, 2),
        "stages": {**{k: round(v, 2) for k, v in seconds.items()}, "rest": round(total - staged, 2)},
        "written": written,
        "statements": statements,
        "pairs compared": pairs["align"],
        "of all pairs": round(pairs["align"] / max(1, statements * (statements - 1) // 2), 4),
        "pairs read by the cross-encoder": pairs["log_odds"],
        "local_actors": sum(len(r.actors) for r in readings),
        "figures": sum(len(r.figures) for r in readings),
        "actors": len(told.actors),
        "lineages": len(told.lineages),
        "claims": len(told.claims),
    }


def copies(count: int) -> list[Report]:
    """`count` times one text, each by another outlet."""
    first, *_ = story(1)
    return [dataclasses.replace(r, text=first.text, text_sha256=first.text_sha256) for r in story(count)]


def peak_mb() -> float:
    """The most memory that this process has had, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[2, 5, 15, 30, 60])
    parser.add_argument("--copies", action="store_true", help="every report the same text")
    args = parser.parse_args()
    counts = sorted(args.reports)
    start = time.process_time()
    readings = [read(r) for r in (copies if args.copies else story)(counts[-1])]
    reading = time.process_time() - start
    stages.reconcile(readings[:1])  # what is loaded once is no part of the growth
    rows = []
    for count in counts:
        rows.append(measured(readings[:count]))
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    found = {"seconds": rows[-1]["seconds"], "peak_mb": round(peak_mb(), 1)}
    if counts[0] < counts[-1]:
        grown = max(rows[-1]["seconds"], 0.01) / max(rows[0]["seconds"], 0.01)
        found["growth"] = round(math.log(grown) / math.log(counts[-1] / counts[0]), 2)
    short = [name for name, value in found.items() if value > BARS[name]]
    answer = {
        **found,
        "bars": BARS,
        "holds": not short,
        "short": short,
        "reading_seconds": round(reading, 2),
        "rows": rows,
    }
    print(json.dumps(answer, indent=1))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
