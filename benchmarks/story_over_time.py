"""What one more report costs a story that is followed: the work of one report, or of the whole story?

    python benchmarks/story_over_time.py [--at 5 50] [--beside 1 2] [--words 300] [--commands]

One generated story (generated.py), its reports kept in an archive one after another. Around each of the numbers given (5: the 4th to the
6th, 50: the 48th to the 52nd) every report is added by itself, and the story looked at; told is the median CPU time, of all threads, of:
keeping and reading the report, sorting the archive into stories, looking (its reconciliation, what changed) and remembering the look;
then of a second look, when nothing has come. With
--commands the same is done by `twosource archive add FILE` and `twosource story ID`, each a process that loads its models anew, and
the CPU time of the processes is told. Prints JSON; exit status 1 where the last number costs more than three times the first.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generated

from twosource.archive import Archive
from twosource.model import Report
from twosource.watch.kept import kept_stories
from twosource.watch.looks import Look, look, remember

BAR = 3.0

Costs = dict[str, float]


def seconds() -> float:
    """CPU seconds of this process, all its threads and all its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def timed(into: Costs, part: str, do: Callable[[], Any]) -> Any:
    begun = seconds()
    made = do()
    into[part] = seconds() - begun
    return made


def looked(archive: Archive, report: Report) -> Look:
    seen = look(archive, report.id)
    remember(archive, seen)
    return seen


def here(archive: Archive, came: Report, first: Report) -> Costs:
    """What the report costs in a process that has its models at hand."""
    costs: Costs = {}
    timed(costs, "add_and_read", lambda: archive.add([came]))
    timed(costs, "stories", lambda: kept_stories(archive))
    seen = timed(costs, "look", lambda: looked(archive, first))
    if set(seen.story.reports) != {r.id for r in archive.reports()}:
        raise SystemExit("the generated reports are not one story: nothing is measured")
    costs["all"] = sum(costs.values())
    timed(costs, "look_again", lambda: looked(archive, first))
    return costs


def by_command(place: Path, came: Report, first: Report) -> Costs:
    """What the report costs a user who types two commands."""
    costs: Costs = {}
    (place.parent / came.file).write_text(came.text, encoding="utf-8")
    about = place.parent / "about.csv"
    about.write_text(f"file,outlet,published\n{came.file},{came.outlet},{came.published}\n", encoding="utf-8")

    def run(*command: str) -> None:
        line = [sys.executable, "-m", "twosource", *command, "--archive", str(place)]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL)

    timed(costs, "add_and_read", lambda: run("archive", "add", str(place.parent / came.file), "--about", str(about)))
    timed(costs, "look", lambda: run("story", first.id))
    costs["all"] = sum(costs.values())
    timed(costs, "look_again", lambda: run("story", first.id))
    return costs


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--at", type=int, nargs="+", default=[5, 50])
    options.add_argument(
        "--beside", type=int, nargs="+", default=[1, 2], help="neighbours on either side of each number"
    )
    options.add_argument("--words", type=int, default=300)
    options.add_argument("--commands", action="store_true")
    asked = options.parse_args()
    reports = generated.story(max(n + beside for n, beside in zip(asked.at, asked.beside, strict=True)), asked.words)
    told: dict[str, Any] = {"words": asked.words, "commands": asked.commands, "reports": {}}
    with tempfile.TemporaryDirectory() as folder, Archive.init(Path(folder) / "story.db") as archive:
        held = 0
        for number, beside in zip(asked.at, asked.beside, strict=True):
            archive.add(reports[held : number - beside - 1])
            looked(archive, reports[0])
            each = []
            for came in reports[number - beside - 1 : number + beside]:
                if asked.commands:
                    each.append(by_command(Path(folder) / "story.db", came, reports[0]))
                else:
                    each.append(here(archive, came, reports[0]))
            held = number + beside
            told["reports"][number] = {part: round(statistics.median(c[part] for c in each), 3) for part in each[0]}
            told["reports"][number]["each"] = [round(c["all"], 3) for c in each]
    first, last = (told["reports"][n] for n in (asked.at[0], asked.at[-1]))
    told["ratio"] = {part: round(last[part] / first[part], 2) for part in first if part != "each" and first[part]}
    told["bar"] = BAR
    print(json.dumps(told, indent=1))
    return 0 if told["ratio"]["all"] <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
