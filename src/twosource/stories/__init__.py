"""Reports → stories: which of them tell of one event.

`group` takes all reports at once, in the order of publication; `Arriving` takes them as they arrive. Nothing here reads a report in full:
what it is about shows on its surface, and a pile of thousands is to be sorted in seconds.
"""

from __future__ import annotations

from collections.abc import Iterable

from twosource.model import Report
from twosource.stories.arriving import Arriving
from twosource.stories.grouping import Grouping
from twosource.stories.lots import LOT, lots
from twosource.stories.reasons import because
from twosource.stories.story import Joined, Story

__all__ = ["LOT", "Arriving", "Grouping", "Joined", "Story", "because", "group", "lots"]


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
