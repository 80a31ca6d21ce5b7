"""A story's page over time: what its reports say together now, and what has changed since somebody looked last.

A look is kept in the archive as the product "reconciliation" of the story, with its place in the log. It is what the next look is set
against, and, while no report has come, the answer itself: then nothing is reconciled anew. Readings come from the archive.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twosource.likeness.known import Known
from twosource.model import Reconciliation, Report
from twosource.outputs.json import from_json, to_json
from twosource.reconcile import reconcile
from twosource.stories import Story
from twosource.watch import remembered
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
    #: What is known by now, for the next look; None where nothing was compared.
    known: Known | None = field(default=None, repr=False)


def look(archive: Archive, name: str) -> Look:
    """Look at the story that `name` means: its id, the beginning of it, or the id of one of its reports. The look is not remembered yet.

    Of a story of more than 60 reports the newest 60 are compared. Raises UsageError where there is no such story, ArchiveError where what
    was kept is not what it was.
    """
    with _uncollected():
        return _look(archive, name)


def _look(archive: Archive, name: str) -> Look:
    story = story_named(archive, kept_stories(archive), name)
    compared = story.reports[-COMPARED:]
    passed_over = len(story.reports) - len(compared)
    last = archive.product("reconciliation", story.id)
    before = from_json(last.body) if last is not None else None
    if (
        last is not None
        and before is not None
        and set(last.reports) == set(compared)
        and remembered.by_the_same_rules(archive, story.id)
    ):
        return Look(story, before, last.at, (), before.reports, passed_over)
    known = remembered.recalled(archive, story.id)
    told = reconcile([archive.reading(r) for r in compared], known=known)
    if last is None or before is None:
        return Look(story, told, None, (), told.reports, passed_over, known)
    gone = [r.id for r in before.reports if r.id not in compared]
    newer = {r: archive.versions(r)[-1].report.id for r in gone}
    # What is too old to be compared any more has not left the story.
    newer |= {r: r for r in gone if r in story.reports}
    both = {r.id: r for r in (*before.reports, *told.reports)}
    return Look(story, told, last.at, changes(before, told, newer), tuple(both.values()), passed_over, known)


def remember(archive: Archive, seen: Look) -> None:
    """Keep what was seen as what the next look is set against. Call it when it has been shown."""
    with _uncollected():
        archive.keep_product("reconciliation", seen.story.id, to_json(seen.told), (r.id for r in seen.told.reports))
        if seen.known is not None:
            remembered.note(archive, seen.story.id, seen.known)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles of garbage meanwhile: a look makes a million objects that stay until it ends, in no cycle, and going through
    them again and again takes a tenth of its time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
