"""Search an archive: a query in, reports out, the best first, each with the sentences that hold what was asked for.

Words are sought in the normalised view (`search_words`), and what was found is pointed at in the report's exact text, which is checked
against its hashes as it is read. What has not been read can be sought by words, outlet and date alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, text

from twosource.archive.query import OF_READINGS, Amount, Query, leaves
from twosource.archive.query_parsing import parsed
from twosource.archive.rows import report_of
from twosource.archive.schema import versions
from twosource.archive.search_conditions import Statement
from twosource.archive.search_contents import IndexedFigure, Places, unpacked
from twosource.archive.search_filling import require_whole
from twosource.archive.search_index import database
from twosource.archive.search_marks import Marked, marked, sentences
from twosource.archive.search_schema import entries, places
from twosource.archive.versions import ROWS
from twosource.limits import RANKED
from twosource.model import Report, Span

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.store import Store

#: Hits that are given where nobody says how many.
LIMIT = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report, and the places in it of what was asked for: none where that is no word, as an outlet."""

    sentence: Span
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that matches, its version's `number`, and whether that is the `newest`.

    `read`: it has been read, so that names, quotes and figures of it are known. `score` is bm25 on SQLite and ts_rank on PostgreSQL, None
    where the query has no words to rank by; it compares the hits of one search and means nothing else. `passages` are the sentences that
    hold most of what was asked for, in the order of the text, `more` the number of further ones.
    """

    report: Report
    number: int
    newest: bool
    read: bool
    score: float | None
    passages: tuple[Passage, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: the `hits`, the best first, and how many reports match in all.

    `capped`: more than `matched` do, which is the most that are ranked (`limits.RANKED`). `unread` counts the reports that could not be
    asked for names, quotes and figures because they have not been read; 0 where the query asks for none.
    """

    query: Query
    hits: tuple[Hit, ...]
    matched: int
    capped: bool
    unread: int


def search(
    store: Store, words: str, *, limit: int = LIMIT, passages: int | None = 3, all_versions: bool = False
) -> Answer:
    """Search the archive for `words`, a query (`query_parsing`): at most `limit` hits with `passages` sentences each, None for all.

    `all_versions` seeks in what has been corrected since as well. Raises QueryError where `words` are no query, UsageError where the
    index must be made anew first, ArchiveError where a report that was found is not what was kept.
    """
    query = parsed(words)
    with store.reading() as connection:
        require_whole(connection, store.place)
        statement = Statement(connection, database(connection))
        select_, ranks = statement.select(query, newest=not all_versions)
        rows = connection.execute(text(select_), statement.values | {"limit": max(min(limit, RANKED), 1)}).all()
        hits = _hits(connection, query, {row.version: row.score if ranks else None for row in rows[:limit]}, passages)
        unread = _unread(connection, all_versions) if any(isinstance(q, OF_READINGS) for q in leaves(query)) else 0
    matched = rows[0].matched if rows else 0
    return Answer(query, hits, min(matched, RANKED), matched > RANKED, unread)


def _unread(connection: Connection, all_versions: bool) -> int:
    query = select(func.count()).select_from(entries).where(entries.c.reading.is_(None))
    return int(connection.scalar(query if all_versions else query.where(entries.c.newest)) or 0)


def _hits(
    connection: Connection, query: Query, scores: dict[int, float | None], passages: int | None
) -> tuple[Hit, ...]:
    if not scores:
        return ()
    ids = sorted(scores)
    whole = {row["id"]: dict(row) for row in connection.execute(ROWS.where(versions.c.id.in_(ids))).mappings()}
    known = {row.version: row for row in connection.execute(select(entries).where(entries.c.version.in_(ids)))}
    stand = {
        row.version: unpacked(row.body) for row in connection.execute(select(places).where(places.c.version.in_(ids)))
    }
    counted = _figures(connection, query, ids)
    hits = []
    for version, score in scores.items():
        report, entry = report_of(whole[version]), known[version]
        of = stand.get(version)
        found = marked(query, report.text, of, counted.get(version, ()))
        shown = _best(found, passages) if found else _opening(report, of)
        hits.append(
            Hit(
                report=report,
                number=whole[version]["number"],
                newest=bool(entry.newest),
                read=entry.reading is not None,
                score=None if score is None else float(f"{score:.6g}"),
                passages=tuple(
                    Passage(report.span(*m.sentence), tuple(report.span(*place) for place in m.marks)) for m in shown
                ),
                more=max(len(found) - len(shown), 0),
            )
        )
    return tuple(hits)


def _figures(connection: Connection, query: Query, ids: list[int]) -> dict[int, list[IndexedFigure]]:
    """The figures of these versions that the query asks for."""
    found: dict[int, dict[int, IndexedFigure]] = {}
    for asked in leaves(query, negated=False):
        if isinstance(asked, Amount):
            statement = Statement(connection, database(connection))
            such = text(f"SELECT g.* FROM search_figures g WHERE g.version IN :ids AND {statement.figure(asked)}")  # noqa: S608
            rows = connection.execute(
                such.bindparams(bindparam("ids", expanding=True)), statement.values | {"ids": ids}
            )
            for row in rows:
                one = IndexedFigure(row.start, row.end, row.low, row.high, tuple(row.words.split()))
                found.setdefault(row.version, {})[row.number] = one
    return {version: [of[number] for number in sorted(of)] for version, of in found.items()}


def _best(found: list[Marked], most: int | None) -> list[Marked]:
    """The sentences that hold most of what was asked for, in the order of the text."""
    if most is None or len(found) <= most:
        return found
    return sorted(sorted(found, key=lambda m: (-m.asked, m.sentence))[:most], key=lambda m: m.sentence)


def _opening(report: Report, of: Places | None) -> list[Marked]:
    """The first sentence of a report in which nothing is to be marked."""
    found = (of.sentences if of else ()) or sentences(report.text)
    return [Marked(place, (), 0) for place in found[:1]]
