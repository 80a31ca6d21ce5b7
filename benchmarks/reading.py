"""What reading costs, beside the bare pipeline on the same reports in the same process.

    python benchmarks/reading.py [--reports 1000] [--fast]

Prints JSON: words a second of the bare pipeline (`nlp.pipe`, same components) and of `twosource.reading.read_all`, and the ratio of
their times; for each stage how its time grows when the report's length doubles (2 is linear); textacy's direct quotations and dateparser's
search beside ours, where they are installed; and the resident memory after a tenth
of the reports and after all. The reports are made up by rule, each with words that no other has, so that whatever keeps words grows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Any

from twosource.model import Report
from twosource.reading import read, read_all
from twosource.reading.coreference import resolver
from twosource.reading.figures import figures
from twosource.reading.furniture import furniture
from twosource.reading.names import actors
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline
from twosource.reading.quotes import quotes
from twosource.reading.statements import statements
from twosource.reading.times import times

FIRST = "Ida Peter Maria Carl Anna Olav Greta Hugo Petra Nils".split()
SYLLABLES = "ba do ki lu me na or pe ri sa tu va wen ho mar sel tin gor".split()
SHAPES = (
    "{name}, the mayor of {town}, said on {day} that about {n} people were hurt when the {thing} collapsed.",
    "“We lost everything,” {name} told reporters in {town}. “Nobody warned us.”",
    "Police in {town} detained {n} men carrying {thing}s near the station late on {day}.",
    "The ministry denied that soldiers had fired on the crowd, and {name} called for an inquiry.",
    "According to {name}, who has led the company since 2019, the {thing} will cost $3.{m} million.",
    "She added that the {thing} had not been inspected since May and that more than {n} families were waiting for tents.",
    "The council plans to close the {thing} next week unless {name} pays a fine of {n} euros.",
    "{town} has seen three such storms in five years, which left {n} homes without power.",
)
#: Characters of the shorter of the two reports whose times are compared, and runs of which the fastest counts.
LENGTH, RUNS = 40_000, 3


def word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()


def prose(chance: random.Random, characters: int) -> str:
    """Paragraphs of about so many characters."""
    out: list[str] = []
    size = 0
    while size < characters:
        name = f"{chance.choice(FIRST)} {word(chance)}"
        paragraph = " ".join(
            chance.choice(SHAPES).format(
                name=name, town=word(chance), thing=word(chance).lower(), n=chance.randrange(2, 90), m=chance.randrange(1, 9),
                day=chance.choice(["Monday", "Tuesday", "Friday"]),
            )
            for _ in range(3)
        )  # fmt: skip
        out.append(paragraph)
        size += len(paragraph) + 2
    return "\n\n".join(out)


def made_up(n: int) -> Iterator[Report]:
    chance = random.Random(7)
    for i in range(n):
        text = f"{word(chance)} storm kills nine in {word(chance)}\nBy Ana Roe\n{prose(chance, 1500)}"
        yield Report(f"r{i}", f"{i}.txt", text, "", "", "text/1", published="2031-05-06", language="en")


def cost(reports: list[Report]) -> dict[str, float]:
    nlp = pipeline()
    texts = [r.text for r in reports]
    words = sum(len(t.split()) for t in texts)
    bare = ours = float("inf")
    for _ in range(RUNS):
        start = process_time()
        for _doc in nlp.pipe(texts):
            pass
        bare = min(bare, process_time() - start)
        start = process_time()
        for _reading in read_all(reports):
            pass
        ours = min(ours, process_time() - start)
    return {
        "pipeline.words_per_second": round(words / bare),
        "reading.words_per_second": round(words / ours),
        "ratio": round(ours / bare, 3),
    }


def stages(report: Report) -> dict[str, float]:
    """Seconds of each stage; the fastest of the runs."""
    fastest: dict[str, float] = {}

    def timed(name: str, stage: Callable[[], Any]) -> Any:
        for _ in range(RUNS if name != "parse" else 1):
            start = process_time()
            result = stage()
            fastest[name] = min(fastest.get(name, float("inf")), process_time() - start)
        return result

    aside = timed("furniture", lambda: furniture(report))
    parsed = timed("parse", lambda: parse(report, pipeline()))
    when = timed("times", lambda: times(parsed))
    how_many = timed("figures", lambda: figures(parsed, when))
    who = timed("names", lambda: actors(parsed))
    resolve = timed("coreference", lambda: resolver(parsed, who))
    said = timed("quotes", lambda: quotes(parsed, who, resolve))
    timed("statements", lambda: statements(parsed, who, said, how_many, when, aside, resolve))
    return fastest


def growth() -> dict[str, dict[str, float]]:
    """For each stage the share of the time of reading, and how many times as long a report of twice the length takes."""
    chance = random.Random(11)
    long, longer = (
        stages(Report("r", "a.txt", prose(chance, n), "", "", "text/1", published="2031-05-06", language="en"))
        for n in (LENGTH, 2 * LENGTH)
    )
    whole = sum(long.values())
    return {k: {"share": round(long[k] / whole, 3), "growth": round(longer[k] / long[k], 2)} for k in long}


def peers(reports: list[Report]) -> dict[str, Any]:
    """The same reports by what others have for one of the stages, beside ours: words a second, and how much each finds."""
    found: dict[str, Any] = {}
    nlp = pipeline()
    words = sum(len(r.text.split()) for r in reports)
    parsed = [parse(r, nlp) for r in reports]

    def measured(name: str, stage: Callable[[], int]) -> None:
        start = process_time()
        count = stage()
        found[name] = {"found": count, "words_per_second": round(words / (process_time() - start))}

    def direct() -> int:
        return sum(q.kind == "direct" for p in parsed for q in quotes(p, (), lambda tokens: None))

    measured("quotes, direct (ours)", direct)
    try:
        from textacy.extract import direct_quotations
    except ImportError:
        found["textacy.extract.direct_quotations"] = "not installed"
    else:
        measured("textacy.extract.direct_quotations", lambda: sum(len(list(direct_quotations(p.doc))) for p in parsed))
    measured("times (ours)", lambda: sum(len(times(p)) for p in parsed))
    try:
        from dateparser.search import search_dates
    except ImportError:
        found["dateparser.search.search_dates"] = "not installed"
    else:
        settings = {"RELATIVE_BASE": datetime(2031, 5, 6)}

        def searched() -> int:
            return sum(len(search_dates(r.text, languages=["en"], settings=settings) or ()) for r in reports)

        measured("dateparser.search.search_dates", searched)
    return found


def resident() -> float:
    """Megabytes of memory that the process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory(n: int) -> dict[str, float]:
    early = 0.0
    for i, report in enumerate(made_up(n)):
        read(report)
        if i == n // 10:
            early = resident()
    late = resident()
    return {
        "reports": n,
        "rss_mb.early": round(early, 1),
        "rss_mb.late": round(late, 1),
        "growth": round(late / early - 1, 4),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=1000, help="over how many reports memory is watched")
    options.add_argument("--fast", action="store_true", help="leave memory out")
    chosen = options.parse_args()
    read(next(made_up(1)))
    found: dict[str, Any] = {**cost(list(made_up(40))), "stages": growth(), "peers": peers(list(made_up(10)))}
    if not chosen.fast:
        found["memory"] = memory(chosen.reports)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
