"""Which reports of different stories may share text: a join of fingerprints over the whole pile.

Every report's fingerprints, those that lineage compares by (`likeness.fingerprints`, of what is the newsroom's own words), go into a table
on disk, and DuckDB joins it. Three rules keep what comes out near the number of reports, whatever the pile holds:

- a text that stands in the pile several times, word for word, takes part once: its copies are set against the first alone, so that a
  million copies make a million pairs, not half their square;
- a fingerprint that stands in many stories, or in several of one outlet, is boilerplate: it leads nowhere, and its words are nobody's own;
- a report is set against the first that has a fingerprint of its, where that is of another story, and where three fingerprints lead to
  the same report, as a dozen words in a row do. So a chain of copies goes back to its beginning, a step at a time or at once.

"First" is by `lineage.order.rank`, so that neither the shards nor the order of their rows matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from twosource.engines.pile import Pile
from twosource.engines.rows import FOR_LINEAGE, Row, reading_of
from twosource.likeness.fingerprints import K
from twosource.likeness.known import digest
from twosource.limits import BOILERPLATE_OF_OUTLET, BOILERPLATE_STORIES, READ_CHARACTERS, REPRINT_SOURCES
from twosource.lineage.order import rank
from twosource.lineage.own import own
from twosource.stories import Story

if TYPE_CHECKING:
    import pyarrow as pa

#: A row as DuckDB is given it.
_Values: TypeAlias = tuple[int | str | bytes | None, ...]

#: Fingerprints that two reports must have together; of a text that has fewer, all. Twelve words in a row, which prove reuse, have two at
#: least and four as a rule. Of invented reports, three found all that two did, of a fifth of the pairs; four lost short passages.
JOINT = 3

#: As the join calls them.
_CAPS = {
    "boilerplate_stories": BOILERPLATE_STORIES, "boilerplate_of_outlet": BOILERPLATE_OF_OUTLET, "joint": JOINT,
    "reprint_sources": REPRINT_SOURCES,
}  # fmt: skip

#: Rows of the two tables that are handed to DuckDB at once.
_LOT = 50_000

#: What lineage between stories asks of the pile: the columns of `FOR_LINEAGE`, of each text as much as is read.
COLUMNS = ", ".join(f"left(pile.text, {READ_CHARACTERS}) as text" if c == "text" else f"pile.{c}" for c in FOR_LINEAGE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """How many pairs are to be judged, and where the caps bit.

    `boilerplate` reports have half or more of their fingerprints from what is taken for boilerplate; `beyond` reports share words with
    more than `REPRINT_SOURCES` others, and are set against those with which they share most.
    """

    pairs: int
    boilerplate: int
    beyond: int


def candidates(pile: Pile, stories: tuple[Story, ...]) -> Candidates:
    """Find the pairs, and leave them in the pile's database as the tables `cases`, `named` and `masks`.

    A row of `cases` is the number of a report to be traced (`later`) and of one that it is traced with (`n`), itself among them. `named`
    says which report has which number, by rank, and the number of its story in `stories`; `masks` where boilerplate stands in it.
    """
    _homes(pile, stories)
    _prints(pile)
    for name, value in _CAPS.items():
        pile.connection.execute(f"set variable {name} = {value}")
    for statement in _JOIN:
        pile.connection.execute(statement)
    return Candidates(*pile.connection.sql(_TOLD).fetchall()[0])


def _homes(pile: Pile, stories: tuple[Story, ...]) -> None:
    """The table `homes`: which story each report is of."""
    import pyarrow as pa

    numbers = pa.array((n for n, story in enumerate(stories) for _ in story.reports), pa.int32())
    names = pa.array((name for story in stories for name in story.reports), pa.string())
    pile.put("homes", pa.table({"report": names, "story": numbers}))


def _prints(pile: Pile) -> None:
    """The tables `texts`, a row for each of the pile's, and `prints`, one for each fingerprint; `row` joins them, and means no more."""
    import pyarrow as pa

    of_text = pa.schema({
        "row": pa.int32(), "story": pa.int32(), "report": pa.string(), "day": pa.string(), "time": pa.string(), "shorter": pa.int32(),
        "outlet": pa.string(), "words": pa.binary(), "prints": pa.int32(),
    })  # fmt: skip
    of_print = pa.schema(
        {"row": pa.int32(), "story": pa.int32(), "print": pa.uint64(), "start": pa.int32(), "stop": pa.int32()}
    )
    for name, schema in (("texts", of_text), ("prints", of_print)):
        pile.put(name, schema.empty_table())
    rows = enumerate(pile.rows(f"select homes.story, {COLUMNS} from pile join homes using (report)"))  # noqa: S608
    for texts, prints in _lots(rows):
        pile.put("texts", _table(texts, of_text), add=True)
        pile.put("prints", _table(prints, of_print), add=True)


def _lots(rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[list[_Values], list[_Values]]]:
    """The rows of both tables, a lot at a time."""
    texts: list[_Values] = []
    prints: list[_Values] = []
    for number, row in rows:
        of, story = own(reading_of(row)), int(row["story"] or 0)
        outlet = (of.report.outlet or "").strip().casefold() or None
        words = digest(*of.words.forms) if of.words.forms else None
        day, time, shorter, report = rank(of.report)
        texts.append((number, story, report, day, time, shorter, outlet, words, len({h for h, _ in of.prints})))
        starts, stops = of.words.starts, of.words.ends
        prints += ((number, story, h, starts[at], stops[at + K - 1]) for h, at in of.prints)
        if len(texts) + len(prints) >= _LOT:
            yield texts, prints
            texts, prints = [], []
    yield texts, prints


def _table(rows: Sequence[_Values], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pa.table([pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)], schema)


#: The join. Of two rows with one report's id the same is kept whatever their order; `first` is the number of the first with those words.
_JOIN = (
    """
    create or replace table named as
    select *, min(n) over (partition by coalesce(hex(words), report)) as first from (
        select *, row_number() over (order by day, time, shorter, report) as n from (
            select distinct on (report) * from texts order by report, day, time, outlet, words, row
        )
    )
    """,
    # Nine in ten fingerprints stand in one story alone, and go no further.
    """
    create or replace table spread as
    select print from prints semi join (select row from named where n = first) using (row)
    group by print having min(story) <> max(story)
    """,
    """
    create or replace table held as
    select distinct print, n, named.story, outlet
    from prints join spread using (print) join named using (row) where n = first
    """,
    """
    create or replace table common as
    select print from (select distinct print, story from held) group by print having count(*) > getvariable('boilerplate_stories')
    union
    select print from (select distinct print, outlet, story from held where outlet is not null)
    group by print, outlet having count(*) > getvariable('boilerplate_of_outlet')
    """,
    """
    create or replace table pairs as
    with rare as (select print, n, story from held anti join common using (print)),
    opened as (select print, arg_min(story, n) as story, min(n) as n from rare group by print),
    joint as (
        select rare.n as later, opened.n as earlier, count(*) as many
        from rare join opened using (print) where rare.story <> opened.story group by all
    )
    select later, earlier, row_number() over (partition by later order by many desc, earlier) as place
    from joint join named as a on a.n = earlier join named as b on b.n = later
    where many >= least(getvariable('joint'), a.prints, b.prints)
    union all
    select n, first, 1 from (select n, first, story from named where n <> first) as copy
    join (select n as first, story as home from named) using (first) where story <> home
    """,
    """
    create or replace table cases as
    select later, earlier as n from pairs where place <= getvariable('reprint_sources') union all select distinct later, later from pairs
    """,
    """
    create or replace table masks as
    select n, to_json(list([start, stop] order by start)) as places
    from prints semi join common using (print) join named using (row) where n in (select n from cases) group by n
    """,
)  # fmt: skip

_TOLD = """
    select
        (select count(*) from pairs where place <= getvariable('reprint_sources')),
        (select count(*) from (select n, count(*) as many from held semi join common using (print) group by n) join named using (n)
         where 2 * many >= prints),
        (select count(*) from pairs where place = getvariable('reprint_sources') + 1)
"""
