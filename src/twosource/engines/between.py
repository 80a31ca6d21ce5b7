"""Who copied whom between stories: reports that share text, though what they tell, or when, put them into different stories.

A wire's text that is printed again three weeks later, or beneath another report, or under one that mixes two events, is its newsroom's
all the same. `candidates` finds the pairs that may be such; each later report is then traced with the earlier ones as the reports of a
story are, by `lineage.trace`, so that a copy means here what it means there. What differs: boilerplate is masked like page furniture,
which only a whole pile can tell.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from twosource.engines.candidates import COLUMNS
from twosource.engines.pile import Pile
from twosource.engines.rows import Row, reading_of
from twosource.lineage import trace
from twosource.model import Edge, Reading, Report
from twosource.stories import Story


@dataclass(frozen=True, slots=True)
class Reprint:
    """What `target` has of `source`, as `edge` tells it, and the story that each is of."""

    edge: Edge
    source: Report
    target: Report
    stories: tuple[Story, Story]


#: Rows of one report, each of its files one: the first counts, whatever the shards. Columns that are long, or the same, are left out.
_ORDER = "pile.day nulls last, file, published, outlet, title, byline, credit, url, sha256, same_source_as, language"


def reprints(pile: Pile, stories: Sequence[Story]) -> Iterator[Reprint]:
    """What reports have of reports of other stories: of the pairs that `candidates` left in the pile, by rank of the later report."""
    query = f"""
        select later, n, named.story, masks.places, {COLUMNS}
        from cases join named using (n) join pile using (report) left join masks using (n) order by later, n, {_ORDER}
    """  # noqa: S608
    for later, rows in itertools.groupby(pile.rows(query), key=lambda row: row["later"]):
        kept = [next(same) for _, same in itertools.groupby(rows, key=lambda row: row["n"])]
        readings = [_masked(row) for row in kept]
        here = next(r.report.id for r, row in zip(readings, kept, strict=True) if row["n"] == later)
        told = {r.report.id: (r.report, stories[int(row["story"] or 0)]) for r, row in zip(readings, kept, strict=True)}
        for edge in _copies(readings, here):
            (source, first), (target, second) = told[edge.source], told[edge.target]
            yield Reprint(edge, source, target, (first, second))


def _copies(readings: Sequence[Reading], report: str) -> list[Edge]:
    """What the report has of the others, or, where it turns out to be the earlier one, another of it; each pair once, in their order."""
    edges = (edge for lineage in trace(readings).lineages for edge in lineage.edges)
    place = {reading.report.id: n for n, reading in enumerate(readings)}
    pairs = {
        (place[e.source], place[e.target]): e for e in edges if e.kind == "copy" and report in (e.source, e.target)
    }
    return [edge for _, edge in sorted(pairs.items())]


def _masked(row: Row) -> Reading:
    """The reading of a row with the boilerplate in it as furniture."""
    reading = reading_of(row)
    places = json.loads(row["places"] or "[]")
    return replace(reading, furniture=(*reading.furniture, *(reading.report.span(*place) for place in places)))
