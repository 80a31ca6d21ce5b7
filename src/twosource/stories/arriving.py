"""Stories of reports that come one by one, in whatever order a day's reports come.

A pile is best sorted a day at a time (`lots`): all of a day's reports are weighed against each other before any two are joined. One by
one, what came first would decide: a word is rare until the second report has it. So the latest reports stay open: whenever the stories are
asked for, those reports are sorted anew, a day at a time, on top of what is settled. The day's stories are then what they would be
had all its reports come at once, and they are called by the report that came first. The latest day stays open as a whole: were some of
its reports settled before the others came, their order would show.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from twosource.model import Report, content_id
from twosource.stories.grouping import Grouping
from twosource.stories.lots import LOT, lots
from twosource.stories.story import Story
from twosource.stories.traits import Traits, day, traits

#: Reports of the latest day that stay open at most: with more, to ask for the stories would take seconds.
DAY = 2048

#: A day with less than one in so many of the open reports is not taken for the latest: what is dated years ahead would be for ever. A new
#: day comes to so many before it is settled with the `LOT` others.
SHARE = 16

_UNDATED = datetime.date.max


class Arriving:
    """Stories of reports as they come.

    >>> from twosource.sources import from_text
    >>> arriving = Arriving()
    >>> for name in ("a.txt", "b.txt"):
    ...     arriving.add([from_text("A ferry sank off Karsmouth on Monday.", file=name)])
    >>> [len(story.reports) for story in arriving.stories()]
    [2]
    """

    def __init__(self) -> None:
        self._settled = Grouping(self._surface)
        #: Reports that are sorted anew whenever stories are asked for, by day: at most `DAY` of the latest, and `LOT` others.
        self._late: dict[datetime.date, list[Report]] = {}
        self._traits: dict[str, Traits] = {}
        #: When each report came.
        self._came: dict[str, int] = {}
        self._stories: tuple[Story, ...] | None = ()

    def add(self, reports: Iterable[Report]) -> None:
        """Take in reports; those that were taken in before are passed over."""
        for report in reports:
            if report.id not in self._came:
                self._came[report.id] = len(self._came)
                self._late.setdefault(day(report.published) or _UNDATED, []).append(report)
                self._stories = None
        days = sorted(self._late)
        many = sum(map(len, self._late.values()))
        latest = [when for when in days if when != _UNDATED and len(self._late[when]) * SHARE >= many][-1:]
        self._settle([when for when in days if when not in latest], LOT)
        self._settle(latest, DAY)

    def _settle(self, days: Sequence[datetime.date], most: int) -> None:
        """Settle the reports of `days`, a lot at a time and the earliest first, until at most `most` stay open."""
        count = sum(len(self._late[when]) for when in days)
        for when in days:
            if count <= most:
                break
            of_day = list(lots(self._late.pop(when)))
            while of_day and count > most:
                lot = of_day.pop(0)
                self._settled.add(lot)
                count -= len(lot)
                for report in lot:
                    self._traits.pop(report.id, None)
            if of_day:
                self._late[when] = [report for lot in of_day for report in lot]

    def stories(self) -> tuple[Story, ...]:
        """All stories as they stand, in the order in which their first reports came; so stand the reports of each."""
        if self._stories is None:
            now = self._settled.branch()
            for lot in lots(chain.from_iterable(self._late.values())):
                now.add(lot)
            told = (self._told(story) for story in now.stories())
            self._stories = tuple(sorted(told, key=lambda story: self._came[story.reports[0]]))
        return self._stories

    def _told(self, story: Story) -> Story:
        reports = tuple(sorted(story.reports, key=self._came.__getitem__))
        return replace(story, id=content_id("e", reports[0]), reports=reports)

    def _surface(self, report: Report) -> Traits:
        known = self._traits.get(report.id)
        if known is None:
            known = self._traits[report.id] = traits(report)
        return known
