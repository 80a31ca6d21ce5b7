"""Reports in lots, each of which is taken in at once: a day's reports, so that no order within a day shows."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator

from twosource.model import Report
from twosource.stories.traits import day

#: Reports taken in at once, at most. Where one great story fills the lot, its words are as common as "the" until its reports are joined.
LOT = 512


def lots(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """`reports` in the order of the days they were published on, a day at a time; within a day by id, so that no order shows."""

    def order(report: Report) -> tuple[datetime.date, str]:
        return day(report.published) or datetime.date.max, report.id

    for _, of_day in itertools.groupby(sorted(reports, key=order), key=lambda r: order(r)[0]):
        while lot := list(itertools.islice(of_day, LOT)):
            yield lot
