"""What one more report costs a story that is followed: the work of one report, or of the whole story?

    python benchmarks/story_over_time.py [--at 5 20 50] [--words 300]

One generated story (generated.py), its reports kept in an archive one after another. At each of the numbers given, CPU seconds of: keeping
and reading that report, sorting the archive into stories, and looking at the story (its reconciliation, what changed, keeping both); then
of a second look, when nothing has come. Prints JSON; exit status 1 where the last of the reports costs more than three times the first.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import generated

from twosource.archive import Archive
from twosource.watch.kept import kept_stories
from twosource.watch.looks import look, remember

BAR = 3.0


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of all threads, and what came of it."""
    begun = time.process_time()
    made = do()
    return round(time.process_time() - begun, 3), made


def looked(archive: Archive, report: str) -> Any:
    seen = look(archive, report)
    remember(archive, seen)
    return seen


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--at", type=int, nargs="+", default=[5, 20, 50])
    options.add_argument("--words", type=int, default=300)
    asked = options.parse_args()
    reports = generated.story(max(asked.at), asked.words)
    told: dict[str, Any] = {"words": asked.words, "reports": {}}
    with tempfile.TemporaryDirectory() as folder, Archive.init(Path(folder) / "story.db") as archive:
        # The models are loaded and warm before anything is measured.
        archive.add(reports[:2])
        looked(archive, reports[0].id)
        for before, number in zip([2, *asked.at], asked.at, strict=False):
            archive.add(reports[before : number - 1])
            looked(archive, reports[0].id)
            adding, _ = timed(partial(archive.add, [reports[number - 1]]))
            grouping, _ = timed(lambda: kept_stories(archive))
            looking, seen = timed(lambda: looked(archive, reports[0].id))
            again, _ = timed(lambda: looked(archive, reports[0].id))
            told["reports"][number] = {
                "in_the_story": len(seen.story.reports), "changes": len(seen.changes), "add_and_read": adding, "stories": grouping,
                "look": looking, "look_again": again, "all": round(adding + grouping + looking, 3),
            }  # fmt: skip
    first, last = (told["reports"][n] for n in (asked.at[0], asked.at[-1]))
    told["ratio"] = {part: round(last[part] / first[part], 2) for part in ("add_and_read", "stories", "look", "all")}
    told["bar"] = BAR
    print(json.dumps(told, indent=1))
    return 0 if told["ratio"]["all"] <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
