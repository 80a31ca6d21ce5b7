"""A pile → its stories, and who copied whom in each: the answers that the same reports give in memory, without holding them there.

Reports come in the order of publication, a lot at a time, and are let go: what stays is the stories that may still grow, and for each
report its id, its file and a few hundred bytes of the story it is in. Lineage goes story by story: DuckDB joins the stories' members with
their rows, in order, so that one story's reports are held at a time.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from twosource.engines.pile import Pile
from twosource.engines.rows import FOR_LINEAGE, Row, reading_of
from twosource.limits import LINEAGE_REPORTS
from twosource.model import Lineage, Reading
from twosource.stories import LOT, Grouping, Story
from twosource.stories.traits import day


class Filed(NamedTuple):
    """A report as lists of stories name it."""

    id: str
    file: str


@dataclass(frozen=True, slots=True)
class Lineages:
    """The lineages of the `reports` of one story, in the order in which they came; `beyond` reports came after, and were not traced."""

    story: Story
    reports: tuple[Filed, ...]
    lineages: tuple[Lineage, ...]
    beyond: int = 0


def group(pile: Pile) -> tuple[tuple[Story, ...], tuple[Filed, ...]]:
    """The stories of the pile, as `stories.group` gives them, and all its reports."""
    grouping = Grouping()
    filed: list[Filed] = []
    for _, of_day in itertools.groupby(pile.reports(), key=lambda report: day(report.published)):
        while lot := list(itertools.islice(of_day, LOT)):
            grouping.add(lot)
            filed += (Filed(r.id, r.file) for r in lot)
    return grouping.stories(), tuple(filed)


def lineages(pile: Pile, stories: tuple[Story, ...], most: int = LINEAGE_REPORTS) -> Iterator[Lineages]:
    """The lineages of each story of several reports, as `lineage.trace` gives them for the first `most` of its reports."""
    import pyarrow as pa

    from twosource.lineage import trace

    several = [story for story in stories if len(story.reports) > 1]
    numbers = (n for n, story in enumerate(several) for _ in story.reports[:most])
    places = (place for story in several for place in range(min(most, len(story.reports))))
    names = (name for story in several for name in story.reports[:most])
    table = pa.table({
        "story": pa.array(numbers, pa.int64()), "place": pa.array(places, pa.int64()), "report": pa.array(names, pa.string())
    })  # fmt: skip
    pile.put("members", table)
    del table
    columns = ", ".join(f"pile.{column}" for column in FOR_LINEAGE)
    joined = pile.rows(
        f"select members.story, members.place, {columns} from members join pile using (report)"  # noqa: S608
        " order by members.story, members.place, pile.day nulls last, pile.file"
    )
    for number, rows in itertools.groupby(joined, key=lambda row: int(row["story"] or 0)):
        story, readings = several[number], _once(rows)
        filed = tuple(Filed(r.report.id, r.report.file) for r in readings)
        yield Lineages(story, filed, trace(readings).lineages, len(story.reports) - len(filed))


def _once(rows: Iterator[Row]) -> list[Reading]:
    """The readings of one story's rows, each report once."""
    return [reading_of(next(same)) for _, same in itertools.groupby(rows, key=lambda row: row["place"])]
