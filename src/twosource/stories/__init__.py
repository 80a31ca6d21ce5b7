"""Reports → stories: which of them tell of one event.

`group` takes all reports at once, in the order of publication; a `Grouping` takes them as they arrive. Nothing here reads a report in full:
what it is about shows on its surface, and a pile of thousands is to be sorted in seconds.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator

from twosource.model import Report
from twosource.stories.grouping import Grouping
from twosource.stories.reasons import because
from twosource.stories.story import Joined, Story
from twosource.stories.traits import day

__all__ = ["Grouping", "Joined", "Story", "because", "group", "lots"]

#: Reports taken in at once, at most. Where one great story fills the lot, its words are as common as "the" until its reports are joined.
LOT = 512


def group(reports: Iterable[Report]) -> tuple[Story, ...]:
    """The stories that `reports` tell, each day's reports taken in at once, those without a date last.

    The order in which reports are given does not matter.

    >>> from twosource.sources import from_text
    >>> a, b = (from_text("A ferry sank off Karsmouth on Monday.", file=name) for name in ("a.txt", "b.txt"))
    >>> group([a, b]) == group([b, a])
    True
    """
    grouping = Grouping()
    for lot in lots(reports):
        grouping.add(lot)
    return grouping.stories()


def lots(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """`reports` in the order of the days they were published on, a day at a time; within a day by id, so that no order shows."""

    def order(report: Report) -> tuple[datetime.date, str]:
        return day(report.published) or datetime.date.max, report.id

    for _, of_day in itertools.groupby(sorted(reports, key=order), key=lambda r: order(r)[0]):
        while lot := list(itertools.islice(of_day, LOT)):
            yield lot
