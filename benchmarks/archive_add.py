"""Adding to an archive: reports a second, memory and file handles, beside the same rows written to bare SQLite in the same run.

    python benchmarks/archive_add.py [--reports 10000] [--flat 50000] [--archive postgresql://…]

Prints JSON. `add` keeps so many reports out of one file of JSON lines, without reading them, and then adds the file again; seconds are of
the clock and of the processor. `bare` writes file, id and text of the same reports to a table of SQLite with nothing else: no hashes, no
versions, no log, no search. `flat` adds many more, in a process of its own, and takes memory and handles after every tenth part.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WORDS = "harbour office said that the crew of barge was taken up by a tug off Karsmouth on Monday after the storm had gone".split()


def report_file(path: Path, count: int) -> Path:
    """A file of so many reports of 300 words, all of them different."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            text = f"Barge {n} sank.\n" + "\n".join(
                " ".join(WORDS[(n + k * line) % len(WORDS)] for k in range(22)) + "." for line in range(1, 15)
            )
            record = {
                "id": f"b{n}",
                "url": f"https://tern.example/{n}",
                "outlet": "Tern",
                "title": f"Barge {n} sinks",
                "published": "2031-04-01",
                "text": text,
            }
            file.write(json.dumps(record) + "\n")
    return path


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def bare(file: Path, place: Path) -> None:
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE reports (id TEXT PRIMARY KEY, file TEXT, text TEXT)")
    with file.open(encoding="utf-8") as lines:
        connection.executemany("INSERT INTO reports VALUES (:id, :url, :text)", (json.loads(line) for line in lines))
    connection.commit()
    connection.close()


def state() -> dict[str, float]:
    """Memory and open files of this process."""
    with open("/proc/self/status", encoding="ascii") as status:
        rss = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return {"MB": round(rss / 1024, 1), "handles": len(os.listdir("/proc/self/fd"))}


def flat(place: str, file: str, count: int, told: Any) -> None:
    from twosource import Archive

    steps: list[dict[str, float]] = []

    def done(added: Any) -> None:
        if added.reports >= (len(steps) + 1) * count / 10:
            steps.append({"reports": added.reports, **state()})

    with Archive.init(place) as archive:
        archive.add(file, read=False, done=done)
    told.send(steps)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--reports", type=int, default=10_000)
    options.add_argument("--flat", type=int, default=50_000)
    options.add_argument("--archive", help="an empty database: postgresql://…; else a file of SQLite")
    asked = options.parse_args()
    from twosource import Archive

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = report_file(home / "in.jsonl", asked.reports)
        place = asked.archive or str(home / "kept.db")
        with Archive.init(place) as archive:
            first = timed(lambda: archive.add(file, read=False))
            again = timed(lambda: archive.add(file, read=False))
            checked = timed(lambda: print(*archive.check(), sep="\n", file=sys.stderr))
            status = archive.status()
        floor = timed(lambda: bare(file, home / "bare.db"))
        here, there = multiprocessing.Pipe(duplex=False)
        many = report_file(home / "many.jsonl", asked.flat)
        process = multiprocessing.get_context("spawn").Process(
            target=flat, args=(str(home / "many.db"), str(many), asked.flat, there)
        )
        process.start()
        steps = here.recv()
        process.join()
        told = {
            "database": status.database,
            "reports": status.reports,
            "source MB": round(file.stat().st_size / 1e6, 1),
            "add": {
                "reports/s": round(asked.reports / first[0]),
                "reports/s of processor": round(asked.reports / first[1]),
            },
            "add again": {
                "reports/s": round(asked.reports / again[0]),
                "reports/s of processor": round(asked.reports / again[1]),
            },
            "check": {"reports/s": round(asked.reports / checked[0])},
            "bare": {"reports/s": round(asked.reports / floor[0])},
            "archive to source, bytes": round(status.bytes / file.stat().st_size, 2),
            "slower than bare": round(first[0] / floor[0], 1),
            "flat": steps,
        }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
