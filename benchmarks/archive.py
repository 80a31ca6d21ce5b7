"""What reading by shards costs: reports a second by one process and by several, and near copies a second beside datasketch.

    python benchmarks/archive.py [--reports 400] [--workers 2] [--copies 4000] [--dask]

- `reading`: generated reports of 400 words (generated.py) as JSON lines, 20 a file, read by one process and by `--workers`, each run
  into a new folder; seconds on the clock, of which a busy machine takes its share, and of computing, which it does not. `same` says whether
  all runs gave the same bytes. With `--dask`, by a cluster of as many workers on this machine, too.
- `copies`: finding the near copies in a stream in which every fourth report is one that was cut short, by ours (stories.copies) and by the
  peer, MinHash with LSH of datasketch: reports a second of computing, and how many of the copies each found.

Grouping at 10,000, 100,000 and a million is measured by `stories.py --many --million`. Prints JSON; exit status 1 where a bar is not met.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from generated import story
from incidents import reports as stream

from twosource.engines import Engine, read_shards
from twosource.model import Report
from twosource.sources import from_text

BARS = {"speed-up": 1.8, "copies a second": 10_000.0}

#: Reports of one file of lines, which is a shard; and their words: those of a news report.
A_FILE, WORDS = 20, 400


def written(count: int, folder: Path) -> int:
    """`count` reports as lines; how many characters they hold."""
    told = story(count, WORDS)
    for at in range(0, len(told), A_FILE):
        lines = [json.dumps({"text": r.text, "published": r.published}) + "\n" for r in told[at : at + A_FILE]]
        (folder / f"{at:07}.jsonl").write_text("".join(lines), encoding="utf-8")
    return sum(len(r.text) for r in told)


def computing() -> float:
    """Seconds of computing of this process and of those that it has ended."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def reading(count: int, workers: int, dask: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        characters = written(count, folder / "in")
        runs: list[tuple[str, Engine, int]] = [("one", "processes", 1), ("several", "processes", workers)]
        runs += [("dask", "dask", workers)] if dask else []
        found: dict[str, Any] = {"workers": workers}
        for called, engine, many in runs:
            clock, cpu = time.perf_counter(), computing()
            done = read_shards([folder / "in"], folder / called, engine=engine, workers=many).done
            seconds = time.perf_counter() - clock
            reports = sum(d.reports for d in done)
            found[called] = {
                "seconds": round(seconds, 1), "computing": round(computing() - cpu, 1),
                "reports a second": round(reports / seconds, 2),
            }  # fmt: skip
            found |= {"reports": reports, "characters a report": characters // reports}
        gave = [{f.name: f.read_bytes() for f in (folder / called).glob("*.parquet")} for called, *_ in runs]
        return {
            **found, "speed-up": round(found["one"]["seconds"] / found["several"]["seconds"], 2),
            "same": all(other == gave[0] for other in gave),
        }  # fmt: skip


def with_copies(count: int) -> tuple[list[Report], set[str]]:
    """A stream in which every fourth report is the one before it, without its last words; and the ids of those."""
    told: list[Report] = []
    copies: set[str] = set()
    for _, report in stream(count // 2):
        told.append(report)
        if len(told) % 4 == 3:
            short = from_text(
                report.text[: int(len(report.text) * 0.97)], file=f"copy{len(told)}", published=report.published
            )
            told.append(short)
            copies.add(short.id)
        if len(told) >= count:
            break
    return told, copies


def by_us(reports: Sequence[Report]) -> set[str]:
    from twosource.stories.copies import Copies
    from twosource.stories.traits import traits

    known = Copies()
    return {
        r.id for n, r in enumerate(reports) if known.original(n, traits(r), r.text_sha256, lambda _: True) is not None
    }


def by_peer(reports: Sequence[Report]) -> set[str]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.7, num_perm=64)
    copies = set()
    for report in reports:
        words = report.text.split()
        sketch = MinHash(num_perm=64)
        sketch.update_batch([" ".join(words[n : n + 5]).encode() for n in range(max(1, len(words) - 4))])
        if index.query(sketch):
            copies.add(report.id)
        index.insert(report.id, sketch)
    return copies


def copies(count: int) -> dict[str, Any]:
    reports, gold = with_copies(count)
    found: dict[str, Any] = {"reports": len(reports), "copies": len(gold)}
    ways: dict[str, Callable[[Sequence[Report]], set[str]]] = {"ours": by_us, "datasketch": by_peer}
    for called, way in ways.items():
        way(reports[:10])  # imports
        start = time.process_time()
        told = way(reports)
        seconds = time.process_time() - start
        found[called] = {
            "reports a second": round(len(reports) / seconds), "found": len(told & gold), "wrongly": len(told - gold),
        }  # fmt: skip
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--copies", type=int, default=4000)
    parser.add_argument("--dask", action="store_true")
    options = parser.parse_args()
    found = {"copies": copies(options.copies), "reading": reading(options.reports, options.workers, options.dask)}
    holds = {
        "speed-up": found["reading"]["speed-up"] >= BARS["speed-up"],
        "copies a second": found["copies"]["ours"]["reports a second"] >= BARS["copies a second"],
        "same": found["reading"]["same"],
    }
    print(json.dumps({**found, "bars": BARS, "holds": holds}, indent=1))
    return 0 if all(holds.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
