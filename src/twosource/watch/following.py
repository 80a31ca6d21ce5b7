"""New reports → events: which stories they belong to, and what that moves.

What was told of each story, that is, which reports it had then, is noted in the archive. What a story says now is set against what
those reports said, so that nothing is lost or told as new when the program is killed and started again: what was kept and not yet told is
told at the next start.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from twosource.errors import SourceError, TwoSourceError, UsageError
from twosource.model import Claim, Reconciliation, Report, content_id
from twosource.reconcile import reconcile
from twosource.stories import Arriving, Story
from twosource.watch.changes import Change, figures
from twosource.watch.events import Event, correction, lost, moved, new_story
from twosource.watch.kept import RECENT, grown, last_kept, last_told, with_others

if TYPE_CHECKING:
    from twosource.archive import Archive

#: Reports of one story that are set against each other, the newest: comparing grows with their square.
COMPARED = 60

_ANSWERS = 32


class Following:
    """The stories of an archive, as they grow."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._grouping = Arriving()
        #: The stories as they were told: their reports, in order.
        self._told: dict[str, tuple[str, ...]] = {}
        #: The stories as they were called last, by this watch or by `stories`: they keep their ids.
        self._called: tuple[Story, ...] = ()
        #: In which story each report was told.
        self._home: dict[str, str] = {}
        #: Versions that are no longer current, and those that took their place.
        self._newer: dict[str, str] = {}
        self._seen: set[str] = set()
        #: How often what was told has changed, and the stories when it did last.
        self._turn = 0
        self._noted: str | None = None
        #: Stories that could not be looked at for a fault of ours: said, and not in the way of the others.
        self.faults: list[SourceError] = []
        self._answers: dict[tuple[str, ...], Reconciliation] = {}

    def begin(self) -> list[Event]:
        """Take in the newest that the archive holds; the events are of what was kept and not told, and none at the first watch."""
        noted = self._archive.noted("watch", "stories")
        recent = list(self._archive.reports(newest=RECENT))
        self._grouping.add(recent)
        self._seen = {r.id for r in recent}
        told = last_told(self._archive)
        self._called = with_others(told, last_kept(self._archive))
        for story in self._called:
            self._newer.update(self._superseded(r for r in story.reports if r not in self._seen))
        if noted is None:
            self._tell(self._stories())
            self.note()
            return []
        self._turn = json.loads(noted)["turn"]
        self._told = {story.id: story.reports for story in told}
        self._noted = json.dumps(self._told, sort_keys=True)
        self._home = {report: story for story, reports in self._told.items() for report in reports}
        return self._events(())

    def take(self, names: Iterable[str]) -> list[Event]:
        """What the reports with these ids, kept in the archive by now, change. Call `note` when the events are safe."""
        # A page that shows an earlier version again shows nothing new: the archive has a newer one.
        fresh = [n for n in dict.fromkeys(names) if n not in self._seen]
        new = [self._archive.report(n) for n in fresh if self._archive.versions(n)[-1].report.id == n]
        if not new:
            return []
        self._seen.update(r.id for r in new)
        self._grouping.add(new)
        return self._events(new)

    def note(self) -> None:
        """Note that what was told has been told."""
        told = json.dumps(self._told, sort_keys=True)
        if told != self._noted:
            self._archive.note("watch", "stories", json.dumps({"turn": self._turn + 1, "stories": self._told}))
            self._turn += 1
            self._noted = told

    def _events(self, new: Sequence[Report]) -> list[Event]:
        stories = self._stories(new)
        found: list[Event] = []
        where = {report: story.id for story, reports in stories for report in reports}
        for story, reports in stories:
            if self._told.get(story.id) == reports:
                continue
            try:
                found += self._of(story, reports, where)
            except TwoSourceError:
                raise
            except Exception as error:
                self.faults.append(
                    SourceError(story.id, f"“{story.title}” could not be compared, by a fault of twosource: {error!r}")
                )
        self._tell(stories)
        return found

    def _stories(self, new: Sequence[Report] = ()) -> list[tuple[Story, tuple[str, ...]]]:
        """The stories with the current versions of their reports."""
        for report in new:
            for earlier in self._earlier(report.id):
                self._newer[earlier.id] = report.id
        placed: set[str] = set()
        groups = []
        for story in self._grouping.stories():
            # A correction stays in the story of what it corrects, wherever its own words would have led it.
            here = [r for r in dict.fromkeys(self._newer.get(r, r) for r in story.reports) if r not in placed]
            placed.update(here)
            if here:
                groups.append(replace(story, reports=tuple(here)))
        # Of what is too old to be grouped nothing is told, and a version that is gone stands for the one that took its place.
        called = (
            replace(s, reports=tuple(r for r in s.reports if self._newer.get(r, r) in placed)) for s in self._called
        )
        before = [story for story in called if story.reports]
        newer = {r: self._newer[r] for story in before for r in story.reports if r in self._newer}
        self._called = grown(before, groups, frozenset(placed), newer)
        return [(story, story.reports) for story in self._called]

    def _superseded(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Versions that are no longer current, each with the current one; what the archive does not hold is passed over."""
        for name in names:
            try:
                now = self._archive.versions(name)[-1].report.id
            except UsageError:
                continue
            if now != name and now in self._seen:
                yield name, now

    def _tell(self, stories: Sequence[tuple[Story, tuple[str, ...]]]) -> None:
        self._told = {story.id: reports for story, reports in stories}
        self._home = {report: story for story, reports in self._told.items() for report in reports}

    def _of(self, story: Story, reports: tuple[str, ...], where: Mapping[str, str]) -> Iterator[Event]:
        """What has changed in the story since it was told; `where` tells in which story each report is now."""
        came = [r for r in reports if r not in self._home]
        known = {r for r in reports if r in self._home}
        for name in came:
            for earlier in self._earlier(name)[-1:]:
                now = self._archive.report(name)
                known |= {earlier.id} & self._home.keys()
                if earlier.text_sha256 != now.text_sha256:
                    yield correction(story.id, story.title, now, earlier)
        homes = sorted({self._home[r] for r in known})
        if not homes and len(came) == len(reports) and not any(self._earlier(r) for r in came):
            yield new_story(story.id, story.title, (self._archive.report(r) for r in reports))
        if len(reports) == 1 and not any(len(self._told[home]) > 1 for home in homes):
            return
        before, after = [self._said(self._told[home]) for home in homes], self._said(reports)
        newer = {old: new for old, new in self._newer.items() if old != new}
        compared = {r.id for r in after.reports}

        def here(claim: Claim) -> bool:
            """Whether this story can tell what became of the claim: it has most of its reports, and nothing is too old."""
            of = [newer.get(r, r) for r in sorted({e.report for e in claim.evidence})]
            if not all(r in where and (where[r] != story.id or r in compared) for r in of):
                return False
            return Counter(where[r] for r in of).most_common(1)[0][0] == story.id

        yield from map(self._of_this_turn, moved(story.id, story.title, before, after, newer))
        yield from map(self._of_this_turn, lost(story.id, story.title, before, after, newer, here))
        # Of stories that became one, against the one that goes on.
        for told in before[homes.index(story.id) if story.id in homes else 0 :][:1]:
            for change in figures(told, after, newer):
                # Other figures that differ are told as a conflict, and a newsroom's own as a correction.
                was, by = change.reports
                if change.after == "updated" and newer.get(was) != by:
                    yield self._of_this_turn(figure(story.id, story.title, change, after))

    def _of_this_turn(self, event: Event) -> Event:
        """The event with an id of this turn alone: a verdict that goes, comes back and goes again is told by three ids, so that nobody who
        passes over ids that came before is left with a wrong one; after a crash, whatever was not noted has the same id again.
        """
        return replace(event, id=content_id("v", event.id, str(self._turn)))

    def _said(self, reports: tuple[str, ...]) -> Reconciliation:
        """What these reports say together. The last few answers are kept: what is `after` now is `before` the next time."""
        told = self._answers.pop(reports, None)
        if told is None:
            told = reconcile([self._archive.reading(name) for name in reports[-COMPARED:]])
        self._answers[reports] = told
        if len(self._answers) > _ANSWERS:
            del self._answers[next(iter(self._answers))]
        return told

    def _earlier(self, name: str) -> tuple[Report, ...]:
        """The versions before this one, the first one first."""
        history = self._archive.versions(name)
        place = next(i for i, version in enumerate(history) if version.report.id == name)
        return tuple(version.report for version in history[:place])


def figure(story: str, title: str, change: Change, after: Reconciliation) -> Event:
    """That a count is higher, or lower, than all that was given before."""
    was, now = change.spans
    places = (f"{s.report}:{s.start}:{s.end}" for s in (was, now) if s is not None)
    return Event(
        content_id("v", change.kind, story, *places),
        "figure rose" if change.kind == "rose" else "figure fell",
        story,
        title,
        tuple(r for r in after.reports if r.id == change.reports[-1]),
        change.said,
        changed=((was, now),),
    )
