"""`twosource watch` by the clock, as it is run: a process of its own, against a loopback site of fifty generated feeds with faults.

    python benchmarks/watch_hour.py [--minutes 60] [--fresh 10] [--log samples.jsonl]

Each feed has an address of its own (127.9.0.n), so that politeness is paced as on the web. Forty are sound and answer 304 where nothing
is new, a third of them with pages behind their links; the others are dead, lie, drip, are cut short or malformed, ask for patience (429),
break (500), turn in circles, go for good (410), or fall silent for a third of the time. The webhook's receiver breaks at times, too. In
each minute `--fresh` reports of invented incidents (incidents.py) come. The clock on the wall (not the one that only grows) jumps more
than a year ahead at a quarter and as far back at a half; at a third the process is killed by kill -9 in the middle of its work, and
started again. watch.py beside this one plays a day in minutes, by a clock of its own.

Memory, open files and threads are sampled every minute. In the end the feeds are asked once more, and: every report of the feeds that
can be had must be in the archive once, told to the end, and every event must have come by both ways out, the output and the webhook. Prints
JSON; exit status 1 where one is lost, an event came twice but for the kill, or what is held has grown beyond its bar.
"""

from __future__ import annotations

import argparse
import functools
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
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from loopback import Page, Site

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

FEEDS = 50

#: From half time to the end: what the words of some hundred reports take, and no more.
BARS = {"memory_ratio": 1.1, "files_more": 4, "threads_more": 4}

FAULTS = "dead lies drips cut malformed patience breaks circles gone silent".split()

SECRET = "a secret of the benchmark"

_DAYS_AHEAD = 400


def fault_of(feed: int) -> str | None:
    return FAULTS[feed // 5] if feed % 5 == 4 else None


#: Whose reports must all come: they fail at times, and are had in the end.
RECOVERING = (None, "lies", "patience", "silent")


class Feeds:
    """The site. Each address has one feed, which grows by `give`; what is posted to it is a webhook's."""

    def __init__(self, minutes: float) -> None:
        self.began = time.monotonic()
        self.minutes = minutes
        self.entries: list[list[tuple[str, str]]] = [[] for _ in range(FEEDS)]
        self.asked: Counter[int] = Counter()
        self.answers: Counter[str] = Counter()
        self.posts = 0
        self.posted: list[str] = []
        self.port = 0
        self.sites: dict[int, Site] = {}
        for feed in range(FEEDS):
            if fault_of(feed) != "dead":
                self.sites[feed] = site = Site(host=f"127.9.0.{feed + 1}", port=self.port)
                self.port = site.port
                site.pages["/feed"] = functools.partial(self._feed, feed=feed)
                threading.Thread(target=site.serve, daemon=True).start()
        self.sites[0].posted["/hook"] = self._hook

    def address(self, feed: int, path: str) -> str:
        return f"http://127.9.0.{feed + 1}:{self.port}{path}"

    def give(self, feed: int, title: str, text: str) -> None:
        if feed in self.sites:
            body = "".join(f"<p>{line}</p>" for line in text.splitlines())
            self.sites[feed].pages[f"/page/{len(self.entries[feed])}"] = Page(
                f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
            )
        self.entries[feed].append((title, text))

    def _hook(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.posts += 1
        good = self.posts % 7 != 0
        if good:
            self.posted.append(json.loads(body)["id"])
        Page(status=200 if good else 503)(handler)

    def _feed(self, handler: BaseHTTPRequestHandler, feed: int) -> None:
        self.asked[feed] += 1
        fault, times = fault_of(feed), self.asked[feed]
        share = (time.monotonic() - self.began) / 60 / self.minutes
        body = self._body(feed, shuffled=fault == "lies")
        tag = f'"{len(self.entries[feed])}"'
        self.answers[fault or "sound"] += 1
        if fault == "lies" and times % 5 == 0:
            Page("<html>Log in to read on.</html>")(handler)
        elif fault == "lies":
            lies = {"ETag": f'"{random.random()}"', "Last-Modified": "Fri, 01 Jan 2100 00:00:00 GMT"}
            Page(body, headers=lies)(handler)
        elif fault == "drips":
            handler.send_response(200)
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
            for byte in body.encode():
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(1)
        elif fault == "cut":
            Page(body, headers={"Content-Length": str(len(body.encode()) + 99)})(handler)
        elif fault == "malformed" and times % 2:
            Page(body[: len(body) // 2])(handler)
        elif fault == "patience" and times % 2:
            Page("", 429, {"Retry-After": "20"})(handler)
        elif fault == "breaks":
            Page("broken", 500)(handler)
        elif fault == "circles":
            Page("", 302, {"Location": self.address(feed, "/feed")})(handler)
        elif fault == "gone" and share > 0.2:
            Page("", 410)(handler)
        elif fault == "silent" and 0.3 < share < 0.6:
            time.sleep(90)
        elif handler.headers["If-None-Match"] == tag:
            self.answers["304"] += 1
            Page("", 304)(handler)
        else:
            Page(body, headers={"ETag": tag})(handler)

    def _body(self, feed: int, shuffled: bool) -> str:
        items = []
        for number, (title, text) in list(enumerate(self.entries[feed]))[-30:]:
            inside = (
                ""
                if feed % 3 == 0
                else f"<content:encoded><![CDATA[{''.join(f'<p>{x}</p>' for x in text.splitlines())}]]></content:encoded>"
            )
            items.append(
                f"<item><title>{title}</title><link>{self.address(feed, f'/page/{number}')}</link>{inside}</item>"
            )
        if shuffled:
            random.shuffle(items)
            items += items[:2]
        return (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Paper {feed}</title>{''.join(items)}</channel></rss>"
        )


def held(pid: int) -> dict[str, float]:
    """What a process holds: megabytes, open files, threads."""
    told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {
        "memory_mb": round(int(told["VmRSS"].split()[0]) / 1024, 1),
        "files": len(os.listdir(f"/proc/{pid}/fd")),
        "threads": int(told["Threads"]),
    }


def under_another_clock(file: str, arguments: list[str]) -> int:
    """In the process that is watched: the command, on a wall clock that is as many days ahead as the file says."""
    from twosource.sources import web_world

    real = web_world.World
    days = Path(file)
    web_world.World = functools.partial(real, now=lambda: web_world._now() + timedelta(int(days.read_text())))  # type: ignore[misc,assignment]
    from twosource.cli import main as command

    signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background is deaf to it
    return command(arguments)


class Run:
    """The command in a process of its own, as often as it is started."""

    def __init__(self, folder: Path, site: Feeds) -> None:
        self.folder = folder
        self.days = folder / "days"
        self.days.write_text("0")
        feeds = folder / "feeds.txt"
        feeds.write_text("".join(site.address(n, "/feed") + "\n" for n in range(FEEDS)))
        self.command = [
            sys.executable, __file__, "--under", str(self.days), "watch", str(feeds), "--archive", str(folder / "watch.db"),
            "--allow-private", "--json", "--every", "1", "--webhook", site.address(0, "/hook"),
        ]  # fmt: skip
        self.out = folder / "out.jsonl"
        self.err = folder / "err.txt"

    def start(self, *more: str) -> subprocess.Popen[bytes]:
        with self.out.open("ab") as out, self.err.open("ab") as err:
            environment = {**os.environ, "TWOSOURCE_WEBHOOK_SECRET": SECRET}
            return subprocess.Popen([*self.command, *more], stdout=out, stderr=err, env=environment)

    def told(self) -> list[dict[str, Any]]:
        found = []
        for line in self.out.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError):  # the line at which it was killed
                found.append(json.loads(line))
        return found


def hour(minutes: float, fresh: int, log: Path | None, folder: Path) -> dict[str, Any]:
    from incidents import reports

    from twosource.archive import Archive

    told = [report for _, report in reports(int(fresh * minutes))][: int(fresh * (minutes - min(4, minutes / 3)))]
    site = Feeds(minutes)
    run = Run(folder, site)
    Archive.init(str(folder / "watch.db")).close()
    running = run.start()
    began, samples, given, number = site.began, [], 0, 0
    killed: dict[str, Any] | None = None
    jumps = [(0.25, _DAYS_AHEAD), (0.5, -_DAYS_AHEAD)]
    while (passed := (time.monotonic() - began) / 60) < minutes:
        while given < min(len(told), int(passed * fresh)):
            report = told[given]
            site.give(given % FEEDS, report.text.partition(".")[0], report.text)
            given += 1
        if jumps and passed / minutes >= jumps[0][0]:
            run.days.write_text(str(jumps.pop(0)[1]))
        # In the middle of its work; at the latest a minute on.
        if killed is None and passed / minutes >= 1 / 3 and (busy(running.pid) or passed >= minutes / 3 + 1):
            before = len(run.told())
            running.send_signal(signal.SIGKILL)
            running.wait()
            killed = {"minute": round(passed, 1), "events before": before}
            running = run.start()
        if passed >= number + 1:
            number += 1
            if running.poll() is not None:
                raise SystemExit(f"it ended by itself with {running.returncode}: {run.err.read_text()[-2000:]}")
            samples.append(
                {"minute": number, "pid": running.pid, **held(running.pid), "events": len(run.told()), "given": given}
            )
            if log:
                with log.open("a") as file:
                    file.write(json.dumps(samples[-1]) + "\n")
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    ended = running.wait(120)
    once = run.start("--once")
    once.wait(900)
    return {
        "feeds": FEEDS, "minutes": minutes, "killed": killed, "ended with": ended, "answers": dict(sorted(site.answers.items())),
        **checked(run, site), **grown(samples), "said": run.err.read_text().splitlines()[:40],
    }  # fmt: skip


def busy(pid: int) -> bool:
    """Whether it runs at this moment, rather than waits."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "R"


def checked(run: Run, site: Feeds) -> dict[str, Any]:
    """What was lost, and what came twice."""
    from twosource.archive import Archive

    with Archive.open(str(run.folder / "watch.db")) as archive:
        kept = [(r.id, r.text, r.file) for r in archive.reports()]
        noted = json.loads(archive.noted("watch", "stories") or '{"stories": {}}')["stories"]
        waiting = json.loads(archive.noted("watch", "outbox") or "[]")
    placed = Counter(name for reports in noted.values() for name in reports)
    expected = [(feed, text) for feed in range(FEEDS) if fault_of(feed) in RECOVERING for _, text in site.entries[feed]]
    texts = Counter(normal(text) for _, text, _ in kept)
    lost = [feed for feed, text in expected if not any(normal(text) in have for have in texts)]
    events = run.told()
    ids = Counter(e["id"] for e in events)
    return {
        "reports": {
            "given": sum(map(len, site.entries)), "of feeds that can be had": len(expected), "kept": len(kept), "lost": len(lost),
            "lost of feeds": sorted(set(lost)), "kept twice": sum(n - 1 for n in texts.values()),
            "kept and not told": sum(name not in placed for name, *_ in kept),
        },
        "events": {
            "told": len(ids), "of kinds": dict(sorted(Counter(e["event"] for e in events).items())),
            "twice on the output": sum(n - 1 for n in ids.values()), "twice by the webhook": len(site.posted) - len(set(site.posted)),
            "lost to the output": len(set(site.posted) - ids.keys()), "lost to the webhook": len(ids.keys() - set(site.posted)),
            "still waiting": len(waiting),
        },
    }  # fmt: skip


def normal(text: str) -> str:
    """Its words: a headline that is the first sentence stands without its full stop."""
    return " ".join(re.findall(r"\w+", text))


def grown(samples: list[dict[str, Any]]) -> dict[str, Any]:
    """How much more is held at the end than at half time, when the process that was started again has read what it needs to read."""
    half = samples[-1]["minute"] / 2
    early = next(s for s in samples if s["pid"] == samples[-1]["pid"] and s["minute"] >= half)
    picked = {
        s["minute"]: {k: s[k] for k in ("memory_mb", "files", "threads", "given")}
        for s in samples
        if s["minute"] % 5 == 0
    }
    return {
        "held at minute": picked, "memory_ratio": round(samples[-1]["memory_mb"] / early["memory_mb"], 3),
        "files_more": samples[-1]["files"] - early["files"], "threads_more": samples[-1]["threads"] - early["threads"],
    }  # fmt: skip


def main() -> int:
    if sys.argv[1:2] == ["--under"]:
        return under_another_clock(sys.argv[2], sys.argv[3:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--fresh", type=int, default=10)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--folder", type=Path, help="Where the archive and the output stay. [default: they do not]")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        found = hour(given.minutes, given.fresh, given.log, folder)
    reports, events = found["reports"], found["events"]
    sound = (
        not any(reports[k] for k in ("lost", "kept twice", "kept and not told"))
        and not any(events[k] for k in events if k.startswith(("lost", "still")))
        and events["twice on the output"] <= 1  # told, killed, and not yet noted: told again with the same id
        and all(found[name] <= bar for name, bar in BARS.items())
    )
    print(json.dumps({**found, "bars": BARS, "holds": sound}, indent=1, ensure_ascii=False))
    return 0 if sound else 1


if __name__ == "__main__":
    raise SystemExit(main())
