"""What many reports cost: reading by shards, near copies, grouping, and stories and lineage out of Parquet, each beside a peer.

    python benchmarks/archive.py [--reports 400] [--workers 2] [--pairs 1] [--dask] [--copies 4000] [--lose] [--grouping] [--pile 100000]

- `reading`: generated reports of 400 words (generated.py) as JSON lines, 20 a file, read by one process and by `--workers`, each run
  into a new folder, `--pairs` times; seconds on the clock, of which a busy machine takes its share, and of computing, which it does
  not. The speed-up is the best of the pairs: other work lowers it. `same` says whether all runs gave the same bytes. With `--dask`,
  by a cluster of as many workers on this machine, too.
- `lose`: three `dask worker` processes, one of which is ended by kill -9 at its first shard, against one process: whether all is done, to
  the byte.
- `copies`: finding the near copies in a stream in which every fourth report is one that was cut short, by ours (stories.copies; of that
  the words' part, which grouping needs anyway, apart) and by the peer, MinHash with LSH of datasketch: reports a second of computing, and
  how many of the copies each found.
- `grouping`: what a report costs at 10,000 and 100,000, and the peer, single-pass TF-IDF (sklearn), at 1,000 and 10,000.
- `pile`: rows as `read --engine` writes them, of a tenth of the reports and of all, sorted by `twosource stories` and by `twosource
  lineage`, each in a process of its own: seconds of computing and peak memory, which must not grow as the pile does. Under every
  tenth report stands one notice; every fiftieth has a paragraph of its own and is reprinted three weeks later or more, in turn `again`
  (another opening, every twelfth word another), `beneath` another report, or its `paragraph` alone in another. `reprints` tells
  how many of each were found, by an edge between stories or in the story itself, and how many edges between stories join reports that have
  nothing to do with each other (`wrong`; reports of one incident that stand in two stories are `parted`).

A million in memory is measured by `stories.py --million`. Prints JSON; exit status 1 where a bar is not met.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generated import story
from incidents import reports as stream

from twosource.engines import Engine, read_shards
from twosource.model import Report
from twosource.sources import from_text

if TYPE_CHECKING:
    from twosource.stories.traits import Traits

BARS = {"speed-up": 1.8, "copies a second": 10_000.0, "grouping a second": 1_000.0, "growth": 1.3, "peak_mb": 4096.0}

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


def reading(count: int, workers: int, dask: bool, pairs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        characters = written(count, folder / "in")
        runs: list[tuple[str, Engine, int]] = [("one", "processes", 1), ("several", "processes", workers)]
        runs *= pairs
        runs += [("dask", "dask", workers)] if dask else []
        found: dict[str, Any] = {"workers": workers}
        took: dict[str, list[float]] = {"one": [], "several": [], "dask": []}
        for number, (called, engine, many) in enumerate(runs):
            clock, cpu = time.perf_counter(), computing()
            done = read_shards([folder / "in"], folder / f"{number}", engine=engine, workers=many).done
            seconds = time.perf_counter() - clock
            took[called].append(seconds)
            reports = sum(d.reports for d in done)
            found[called] = {
                "seconds": round(seconds, 1), "computing": round(computing() - cpu, 1),
                "reports a second": round(reports / seconds, 2),
            }  # fmt: skip
            found |= {"reports": reports, "characters a report": characters // reports}
        gave = [{f.name: f.read_bytes() for f in (folder / f"{n}").glob("*.parquet")} for n in range(len(runs))]
        ratios = [one / several for one, several in zip(took["one"], took["several"], strict=True)]
        return {
            **found, "ratios": [round(r, 2) for r in ratios], "speed-up": round(max(ratios), 2), "load": os.getloadavg()[0],
            "same": all(other == gave[0] for other in gave),
        }  # fmt: skip


@contextmanager
def process(*words: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def losing(count: int) -> dict[str, Any]:
    quiet = ("--no-dashboard",)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        (folder / "in").mkdir()
        written(count, folder / "in")
        read_shards([folder / "in"], folder / "one", workers=1)
        here = ("--host", "127.0.0.1", *quiet)
        scheduler = stack.enter_context(process("distributed.cli.dask_scheduler", "--port", "0", *here))
        assert scheduler.stdout
        at = next(found[0] for line in scheduler.stdout if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line)))
        for _ in range(3):
            stack.enter_context(process("distributed.cli.dask_worker", at, "--nthreads", "1", "--no-nanny", *here))
        killed: list[int] = []

        def kill() -> None:
            while not killed:
                killed.extend(int(part.name.split(".")[-2]) for part in (folder / "three").glob(".*.part"))
                time.sleep(0.01)
            os.kill(killed[0], signal.SIGKILL)

        threading.Thread(target=kill, daemon=True).start()
        clock = time.perf_counter()
        tally = read_shards([folder / "in"], folder / "three", engine="dask", scheduler=at)
        seconds = time.perf_counter() - clock
        gave = [{f.name: f.read_bytes() for f in (folder / of).glob("*.parquet")} for of in ("one", "three")]
        return {
            "workers": 3, "killed": len(killed[:1]), "shards": len(tally.done), "aside": len(tally.aside), "seconds": round(seconds, 1),
            "same": gave[0] == gave[1],
        }  # fmt: skip


NOTICE = (
    "Whoever knows more about this is asked to ring the desk between nine and five, or to leave a name with the porter, who passes on all"
    " that is handed to him before the last edition closes."
)


@dataclass(frozen=True, slots=True)
class Late:
    """A stream with late reprints: its reports, the incidents that each tells of, and for each reprint what it is one of."""

    reports: list[Report]
    incidents: dict[str, set[str]]
    reprints: dict[str, tuple[str, str]]


def with_late(told: Sequence[tuple[str, Report]]) -> Late:
    vocabulary = sorted({word for _, r in told[:1000] for word in r.text.lower().split() if word.isalpha()})
    found = Late([], {}, {})

    def add(text: str, file: str, like: Report, incidents: set[str], days: int = 0) -> None:
        when = datetime.date.fromisoformat(str(like.published)[:10]) + datetime.timedelta(days)
        found.reports.append(from_text(text, file=file, outlet=like.outlet, published=when.isoformat(), language="en"))
        found.incidents[file] = incidents

    for n, (incident, report) in enumerate(told):
        text = f"{report.text}\n{NOTICE}" if n % 10 == 3 else report.text
        if n % 50 == 0:
            pen = random.Random(f"late/{n}")
            paragraph = " ".join(pen.choice(vocabulary) for _ in range(40)).capitalize() + "."
            text = f"{text}\n{paragraph}"
            beside, host = told[(n + 1777) % len(told)]
            late, shape = f"late{n:07}", ("again", "beneath", "paragraph")[n // 50 % 3]
            changed = " ".join("anew" if k % 12 == 7 else word for k, word in enumerate(text.split(" ")))
            words = {
                "again": f"As was told here before.\n{changed}",
                "beneath": f"{host.text}\n{text}",
                "paragraph": f"{host.text}\n{paragraph}",
            }
            add(words[shape], late, host, {incident} if shape == "again" else {incident, beside}, 21 + n // 50 % 40)
            found.reprints[late] = (incident, shape)
        add(text, report.file, report, {incident})
    return found


def reprints_found(late: Late, out: Path) -> dict[str, Any]:
    """How many reprints the lines that `twosource lineage` has written tell of."""
    there: set[str] = set()
    counts = {"edges": 0, "parted": 0, "wrong": 0}
    for line in out.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        for edge in [told] if "from" in told else ():
            common = late.incidents[edge["from"]] & late.incidents[edge["to"]]
            reprinted = [r for r in (edge["from"], edge["to"]) if r in late.reprints and late.reprints[r][0] in common]
            there.update(reprinted)
            counts["edges"] += 1
            counts["wrong" if not common else "parted"] += not reprinted
        members = told.get("reports", ())
        for name in late.reprints.keys() & {*members}:
            if any(late.reprints[name][0] in late.incidents[other] for other in members if other != name):
                there.add(name)
    for shape in ("again", "beneath", "paragraph"):
        these = {name for name, (_, of) in late.reprints.items() if of == shape}
        counts[shape] = len(these)
        counts[f"{shape}, found"] = len(these & there)
    return counts


def pile(count: int) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from twosource.engines.rows import COLUMNS, VERSION, row
    from twosource.model import Reading

    schema = pa.schema([(column, pa.string()) for column in COLUMNS])
    stories = stream(count // 3, a_day=2000)
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        for many in (count // 10, count):
            folder = Path(name, str(many))
            folder.mkdir()
            late = with_late(stories[: many * 50 // 51])
            for at in range(0, len(late.reports), 1000):
                rows = [row(Reading(r, "en", None)) for r in late.reports[at : at + 1000]]
                pq.write_table(pa.Table.from_pylist(rows, schema), folder / f"{at:08}.parquet", compression="zstd")
                (folder / f"{at:08}.done").write_text(json.dumps({"rows": VERSION}), encoding="ascii")
            told: dict[str, Any] = {"reports": len(late.reports)}
            for command, ending in (("stories", "json"), ("lineage", "jsonl")):
                told[command] = run(command, str(folder), "-o", f"{name}/out.{ending}")
            found[str(many)] = {**told, "reprints": reprints_found(late, Path(name, "out.jsonl"))}
    return found


def run(*words: str) -> dict[str, float]:
    """Seconds of computing and peak memory of a command."""
    with subprocess.Popen([sys.executable, "-m", "twosource", *words], stderr=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"twosource {' '.join(words)} ended with {running.returncode}")
    return {"computing": round(used.ru_utime + used.ru_stime, 1), "peak_mb": round(used.ru_maxrss / 1024)}


def grouping() -> dict[str, Any]:
    from stories import many, peer, vectors

    costs = {}
    for count in (1_000, 10_000):
        reports = [r for _, r in stream(count // 3, a_day=100)][:count]
        start = time.process_time()
        peer(reports, 0.3, vectors(reports))
        costs[str(count)] = round((time.process_time() - start) / count * 1e6)
    return {"ours": many(), "sklearn, microseconds a report": costs}


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
    from twosource.stories.traits import traits

    return by_words((r, traits(r)) for r in reports)


def by_words(reports: Iterable[tuple[Report, Traits]]) -> set[str]:
    from twosource.stories.copies import Copies

    known = Copies()
    return {
        r.id for n, (r, of) in enumerate(reports) if known.original(n, of, r.text_sha256, lambda _: True) is not None
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
    from twosource.stories.traits import traits

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
    known = [(r, traits(r)) for r in reports]
    start = time.process_time()
    by_words(known)
    found["ours"]["a second, of reports whose words are known"] = round(len(reports) / (time.process_time() - start))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--copies", type=int, default=4000)
    parser.add_argument("--pairs", type=int, default=1)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--lose", action="store_true")
    parser.add_argument("--grouping", action="store_true")
    parser.add_argument("--pile", type=int, default=0)
    options = parser.parse_args()
    found: dict[str, Any] = {}
    holds: dict[str, bool] = {}
    if options.copies:
        found["copies"] = copies(options.copies)
        holds["copies a second"] = found["copies"]["ours"]["reports a second"] >= BARS["copies a second"]
    if options.reports:
        found["reading"] = reading(options.reports, options.workers, options.dask, options.pairs)
        holds["speed-up"] = found["reading"]["speed-up"] >= BARS["speed-up"]
        holds["same"] = found["reading"]["same"]
    if options.lose:
        found["lose"] = losing(100)
        holds["lose"] = found["lose"]["same"] and found["lose"]["killed"] == 1
    if options.grouping:
        found["grouping"] = grouping()
        holds["grouping a second"] = found["grouping"]["ours"]["reports a second"] >= BARS["grouping a second"]
        holds["growth"] = found["grouping"]["ours"]["growth"] <= BARS["growth"]
    if options.pile:
        found["pile"] = pile(options.pile)
        holds["peak_mb"] = all(
            told[command]["peak_mb"] <= BARS["peak_mb"]
            for told in found["pile"].values()
            for command in ("stories", "lineage")
        )
    print(json.dumps({**found, "bars": BARS, "holds": holds}, indent=1))
    return 0 if all(holds.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
