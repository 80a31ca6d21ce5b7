"""Whether `twosource watch` stays as it is: memory and open files over many rounds against a site of generated feeds, some with faults.

    python benchmarks/watch.py [--feeds 50] [--rounds 60] [--fresh 5]

The site is on loopback and the clock is ours, so that an hour's or a day's rounds take minutes: waiting costs nothing, all else is real.
In each round `fresh` feeds get an entry; every tenth feed fails, drips, lies or is cut short. Prints JSON: what was told, and memory and
open files after a fifth of the rounds and at the end. Exit status 1 where one of them has grown beyond its bar.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from loopback import Clock, Page, serving, world
from twosource.archive import Archive
from twosource.sources.web import Web
from twosource.watch import Outbox, Watch

#: How much larger than after a fifth of the rounds; the archive's own pages and the stories' words take some.
BARS = {"memory_ratio": 1.2, "files_more": 4}

PLACES = "Karsmouth Dunmere Oxley Farrow Tolm Brindle Castor Wexcombe Harl Pennick".split()
EVENTS = [
    "A bus left the road near {place} on {day} and {n} people were hurt, the police said.",
    "A fire burned down a mill in {place} on {day}. {n} workers were brought to safety, the fire service said.",
    "Dockers in {place} walked out on {day}. The union said {n} had joined; the port gave no figure.",
    "A dam above {place} overflowed on {day}, and {n} houses were emptied, the mayor said.",
]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def entry(feed: int, number: int) -> str:
    """Two feeds in a row tell the same event: one confirms the other."""
    event = number * 1000 + feed // 2
    text = EVENTS[event % 4].format(place=PLACES[event // 4 % 10], day=DAYS[event // 40 % 7], n=3 + event % 61)
    date = f"{1 + number // 24 % 28:02} Apr 2031 {number % 24:02}:00:00 +0000"
    return (
        f"<item><title>{text.partition('.')[0]}</title><link>http://f{feed}.example/{number}</link><pubDate>{date}</pubDate>"
        f"<content:encoded><![CDATA[<p>{text}</p><p>Paper number {feed} wrote this for its own readers.</p>]]></content:encoded></item>"
    )


class Feeds:
    """The site: each host has one feed, which grows."""

    def __init__(self) -> None:
        self.entries: dict[int, list[str]] = {}

    def __call__(self, handler: Any) -> None:
        feed = int(handler.headers["Host"].partition(".")[0][1:])
        body = (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Paper {feed}</title>{''.join(self.entries.get(feed, [])[-20:])}</channel></rss>"
        )
        fault = feed // 10 % 5 if feed % 10 == 9 else None
        if fault == 0:
            Page("broken", 500)(handler)
        elif fault == 1:
            Page(body, headers={"Content-Length": str(len(body) + 99)})(handler)  # cut short
        elif fault == 2:
            Page(body[: len(body) // 2])(handler)
        elif fault == 3:
            Page("<html>Log in to read on.</html>")(handler)
        else:
            Page(body, headers={"Retry-After": "-1"} if fault else {})(handler)


def memory() -> float:
    """Megabytes that this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--fresh", type=int, default=5)
    given = parser.parse_args()
    site_of = Feeds()
    told: dict[str, int] = {}
    reports = 0
    early: tuple[float, int] = (0.0, 0)
    cpu = time.process_time()

    def count(event: str) -> None:
        kind = json.loads(event)["event"]
        told[kind] = told.get(kind, 0) + 1

    with tempfile.TemporaryDirectory() as folder, serving() as site, Archive.init(f"{folder}/watch.db") as archive:
        site.pages["/feed"] = site_of
        clock = Clock()
        outside, _ = world(site, clock)
        addresses = [f"http://f{n}.example/feed" for n in range(given.feeds)]
        outbox = Outbox(archive, {"out": count}, lambda words: None)
        watch = Watch(archive, addresses, outbox, web=Web(world=outside), every=60, world=outside)
        for number in range(given.rounds):
            for n in range(given.fresh):
                feed = (number * given.fresh + n) % given.feeds
                site_of.entries.setdefault(feed, []).append(entry(feed, number * given.fresh // given.feeds))
            reports += watch.round().new
            clock.seconds += 100
            if number == given.rounds // 5:
                early = memory(), len(os.listdir("/proc/self/fd"))
        late = memory(), len(os.listdir("/proc/self/fd"))
    measured = {"memory_ratio": round(late[0] / early[0], 3), "files_more": late[1] - early[1]}
    print(
        json.dumps(
            {
                "feeds": given.feeds,
                "rounds": given.rounds,
                "reports": reports,
                "told": dict(sorted(told.items())),
                "memory_mb": [round(early[0]), round(late[0])],
                "files": [early[1], late[1]],
                "cpu_seconds": round(time.process_time() - cpu, 1),
                **measured,
                "bars": BARS,
            },
            indent=2,
        )
    )
    return 0 if all(measured[name] <= bar for name, bar in BARS.items()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
