"""Stories as JSON (spec/commands.md) and as text: which reports tell of one event, and why each stands where it does."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from twosource.outputs.wording import count, visible
from twosource.stories import Joined, Story, because

#: Reports of a story that are listed one by one as text; of more, the first.
_LISTED = 12


class Filed(Protocol):
    """What is named by its file: a report, or what is left of one where there are millions."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def file(self) -> str:
        """What it is called."""


def stories_json(stories: Sequence[Story], reports: Sequence[Filed]) -> Iterator[str]:
    """The stories as one JSON document, in pieces; reports are called by their file, or their id in a file of JSON lines.

    `joined` tells how each report came in: `how`, the report it came to stand `beside`, what both share, and `because` in words.
    """
    files = {r.id: r.file for r in reports}
    yield '{"schema": "twosource/stories/1", "stories": ['
    for n, story in enumerate(stories):
        record: dict[str, Any] = {"id": story.id, "title": story.title, "reports": [files[r] for r in story.reports]}
        if story.note:
            record["note"] = story.note
        record["joined"] = [_step(step, files) for step in story.joined]
        yield ("," if n else "") + "\n " + json.dumps(record, ensure_ascii=False)
    yield "\n]}\n"


def _step(step: Joined, files: Mapping[str, str]) -> dict[str, Any]:
    told = asdict(step) | {
        "reports": [files[r] for r in step.reports],
        "beside": files[step.beside],
        "because": because(step),
    }
    return {key: value for key, value in told.items() if value != ()}


def stories_text(stories: Sequence[Story], reports: Sequence[Filed], width: int = 80) -> Iterator[str]:
    """The stories as text, those of most reports first: the title, then each report and what brought it there."""
    files = {r.id: visible(r.file) for r in reports}
    several = sum(len(s.reports) > 1 for s in stories)
    alone = len(stories) - several
    yield f"{count(len(reports), 'report')}: {count(several, 'story', 'stories')} of several reports, {alone:,} alone\n"
    for story in sorted(stories, key=lambda s: -len(s.reports)):
        note = f" ({story.note})" if story.note else ""
        yield "\n" + _wrapped(f"{count(len(story.reports), 'report')}  {visible(story.title)}{note}", width, "")
        came = {r: step for step in story.joined for r in step.reports}
        for report in story.reports[:_LISTED]:
            yield _wrapped(files[report], width, "  ")
            if (step := came.get(report)) is not None:
                yield _wrapped(f"{_beside(step, report, files)}: {visible(because(step))}", width, "    ")
        if (more := len(story.reports) - _LISTED) > 0:
            yield f"  and {count(more, 'report')} more\n"


def _beside(step: Joined, report: str, files: Mapping[str, str]) -> str:
    beside = files[step.beside]
    match step.how:
        case "copy":
            return f"copy of {beside}"
        case "parted":
            return f"parted from {beside}" if report in step.reports else f"stays with {beside}"
        case _:
            others = len(step.reports) - 1
            return f"joined {beside}" + (f", with {count(others, 'other')}" if others else "")


def _wrapped(words: str, width: int, indent: str) -> str:
    lines = textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)
