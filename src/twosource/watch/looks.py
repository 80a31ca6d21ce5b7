"""A story's page over time: what its reports say together now, and what has changed since somebody looked last.

A look is kept in the archive as the product "reconciliation" of the story, with its place in the log. It is what the next look is set
against, and, while no report has come, the answer itself: then nothing is reconciled anew. Readings come from the archive.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twosource.matching.cross_encoder import remembering
from twosource.model import Reconciliation, Report
from twosource.outputs.json import from_json, to_json
from twosource.reconcile import reconcile
from twosource.stories import Story
from twosource.watch.changes import Change, changes
from twosource.watch.following import COMPARED
from twosource.watch.kept import kept_stories, story_named

if TYPE_CHECKING:
    from twosource.archive import Archive


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen of a story: what its reports say together, and the `changes` since the look before.

    `since` is when that was (UTC), None at the first look; `reports` are those of both looks, the versions that were corrected among
    them; `passed_over` is how many older reports of a great story are not compared.
    """

    story: Story
    told: Reconciliation
    since: str | None
    changes: tuple[Change, ...]
    reports: tuple[Report, ...]
    passed_over: int = 0
    #: Scores of pairs of statements, for the next look; none where nothing was compared.
    scores: Mapping[str, float] = field(default_factory=dict, repr=False)


def look(archive: Archive, name: str) -> Look:
    """Look at the story that `name` means: its id, the beginning of it, or the id of one of its reports. The look is not remembered yet.

    Of a story of more than 60 reports the newest 60 are compared. Raises UsageError where there is no such story, ArchiveError where what
    was kept is not what it was.
    """
    story = story_named(archive, kept_stories(archive), name)
    compared = story.reports[-COMPARED:]
    passed_over = len(story.reports) - len(compared)
    last = archive.product("reconciliation", story.id)
    before = from_json(last.body) if last is not None else None
    if last is not None and before is not None and _stands(last.tool, last.reports, compared):
        return Look(story, before, last.at, (), before.reports, passed_over)
    told, scores = _reconciled(archive, story.id, compared)
    if last is None or before is None:
        return Look(story, told, None, (), told.reports, passed_over, scores)
    gone = [r.id for r in before.reports if r.id not in compared]
    newer = {r: archive.versions(r)[-1].report.id for r in gone}
    # What is too old to be compared any more has not left the story.
    newer |= {r: r for r in gone if r in story.reports}
    both = {r.id: r for r in (*before.reports, *told.reports)}
    return Look(story, told, last.at, changes(before, told, newer), tuple(both.values()), passed_over, scores)


def remember(archive: Archive, seen: Look) -> None:
    """Keep what was seen as what the next look is set against. Call it when it has been shown."""
    archive.keep_product("reconciliation", seen.story.id, to_json(seen.told), (r.id for r in seen.told.reports))
    if seen.scores:
        archive.note("pair scores", seen.story.id, json.dumps(seen.scores))


def _reconciled(archive: Archive, story: str, reports: Sequence[str]) -> tuple[Reconciliation, dict[str, float]]:
    """What the reports say together; scores of pairs of statements, most of the work, come from the look before."""
    noted = archive.noted("pair scores", story)
    with remembering(json.loads(noted) if noted else {}) as scores:
        return reconcile([archive.reading(r) for r in reports]), scores


def _stands(tool: str, reports: tuple[str, ...], compared: tuple[str, ...]) -> bool:
    """Whether what was made of `reports` is what would be made of `compared` now."""
    from twosource.archive.custody import tool as present

    return tool == present() and set(reports) == set(compared)
