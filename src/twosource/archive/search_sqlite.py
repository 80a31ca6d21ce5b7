"""Words in SQLite: two FTS5 tables, the conditions that seek in them, and what FTS5 finds wrong with them.

What reaches FTS5 is made here of normalised words alone, each in quotation marks, and bound as a value.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import text

from twosource.archive.query import ActorNamed, Amount, And, Not, Or, Query, Said, Word, leaves
from twosource.archive.search_candidates import Bind, Candidates
from twosource.archive.search_words import singular

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.search_conditions import Statement

#: Stands between two names, and between two quotes, so that no phrase reaches over: no word of ours holds it, and to FTS5 it is one.
BETWEEN = " \ue000 "

#: How text is ordered by its code points.
BY_CODE_POINT = ""


def add_words(connection: Connection, made: Sequence[tuple[int, list[str]]]) -> None:
    """Index the words of versions."""
    given = [{"version": version, "words": " ".join(words)} for version, words in made]
    connection.execute(text("INSERT INTO search_words (rowid, words) VALUES (:version, :words)"), given)


def add_read(
    connection: Connection, made: Sequence[tuple[int, Sequence[Sequence[str]], Sequence[Sequence[str]]]]
) -> None:
    """Index the names and quotes of versions, of which none are indexed."""
    given = [{"version": version, "names": joined(names), "said": joined(said)} for version, names, said in made]
    connection.execute(text("INSERT INTO search_read (rowid, names, said) VALUES (:version, :names, :said)"), given)


def remove_read(connection: Connection, ids: Iterable[int]) -> None:
    """Take out the names and quotes of versions."""
    if given := [{"version": version} for version in ids]:
        connection.execute(text("DELETE FROM search_read WHERE rowid = :version"), given)


def clear(connection: Connection) -> None:
    """Take out everything: the tables are made anew, which takes a moment, and asks nothing of what may be damaged in them."""
    for table, columns in (("search_words", "words"), ("search_read", "names, said")):
        connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, tokenize = 'ascii')"))


def joined(parts: Iterable[Sequence[str]]) -> str:
    """Names, or quotes, as one text."""
    return BETWEEN.join(" ".join(p) for p in parts)


# --- conditions --------------------------------------------------------------------------------------------------------------


def candidates(query: Query, statement: Statement) -> Candidates:
    """What `query` asks for: as much of it as an index answers at once drives the search, and the rest is asked of what that finds.

    CROSS JOIN: what drives goes first, in whatever order SQLite would rather have them.
    """
    parts = query.of if isinstance(query, And) else (query,)
    driving = [q for q in parts if all(isinstance(leaf, Word) for leaf in leaves(q))]
    match = expression(And(tuple(driving))) if driving else None
    if match is not None:
        rest = [statement.condition(q) for q in parts if q not in driving]
        where = " AND ".join([f"search_words MATCH {statement.bind(match)}", *rest])
        # Ordered by FTS5's own rowid, it hands them over in that order, and stops where enough are found.
        return Candidates(
            f"search_words CROSS JOIN search_entries e ON e.version = search_words.rowid WHERE {where}",
            "-bm25(search_words)",
            "search_words.rowid",
        )
    found, left = _versions(query, statement)
    source = f"({found}) d CROSS JOIN search_entries e ON e.version = d.version" if found else "search_entries e"
    where = statement.condition(left) if left is not None else "TRUE"
    ranking = [leaf for leaf in leaves(query, negated=False) if isinstance(leaf, Word)]
    if not ranking:
        return Candidates(f"{source} WHERE {where}")
    some = expression(Or(tuple(ranking)))
    scored = (
        "(SELECT rowid AS version, -bm25(search_words) AS score "  # noqa: S608
        f"FROM search_words WHERE search_words MATCH {statement.bind(some)}) r"
    )
    return Candidates(f"{source} LEFT JOIN {scored} ON r.version = e.version WHERE {where}", "coalesce(r.score, 0)")


def _versions(query: Query, statement: Statement) -> tuple[str, Query | None]:
    """A SELECT of versions by an index, among which are all that `query` asks for, and what is still to be asked of them; "" for none."""
    match query:
        case Word():
            return _matching("search_words", statement.bind(expression(query))), None
        case ActorNamed(forms):
            return _matching("search_read", statement.bind("names : " + _row(forms))), None
        case Said(forms):
            return _matching("search_read", statement.bind("said : " + _row(forms))), None
        case Amount():
            if such := statement.figures(query):
                return (
                    f"SELECT DISTINCT +g.version AS version {such}",
                    None,
                )  # +: by the size, not in the order of versions
        case And(of):
            for kind in (ActorNamed | Said, Amount, Or):
                for n, part in enumerate(of):
                    if isinstance(part, kind) and (found := _versions(part, statement))[0]:
                        left = (*of[:n], *((found[1],) if found[1] is not None else ()), *of[n + 1 :])
                        return found[0], left[0] if len(left) == 1 else And(left)
        case Or(of):
            each = [_versions(part, statement) for part in of]
            if all(found for found, _ in each):
                exact = all(left is None for _, left in each)
                return " UNION ".join(found for found, _ in each), None if exact else query
    return "", query


def word(asked: Word, bind: Bind) -> str:
    """That the words of an entry's version hold these."""
    return f"e.version IN ({_matching('search_words', bind(expression(asked)))})"


def named(asked: ActorNamed, bind: Bind) -> str:
    """That a name in an entry's reading holds these words."""
    return f"e.version IN ({_matching('search_read', bind('names : ' + _row(asked.forms)))})"


def said(asked: Said, bind: Bind) -> str:
    """That a quote in an entry's reading holds these words."""
    return f"e.version IN ({_matching('search_read', bind('said : ' + _row(asked.forms)))})"


def _matching(table: str, value: str) -> str:
    return f"SELECT rowid AS version FROM {table} WHERE {table} MATCH {value}"  # noqa: S608


def expression(query: Query) -> str | None:
    """A query for words alone in FTS5's own language; None where that cannot say it: it has no "not" without something to take it from.

    >>> from twosource.archive.query_parsing import parsed
    >>> expression(parsed('Ferries "were hurt" -(boat OR tugs)'))
    '(("ferry" AND "were hurt") NOT (("boat" OR "tug")))'
    >>> expression(parsed("-boat"))
    """
    match query:
        case Word(forms, _, prefix):
            if not prefix:
                return _row(forms)
            # The plural's ending is cut off in the index: "ferrie*" is to find "ferry", which "ferries" has become.
            return f'("{forms[0]}" * {" ".join(f"OR {_row([w])}" for w in beginnings(forms[0]))})'
        case Or(of):
            some = [expression(q) for q in of]
            return None if None in some else f"({' OR '.join(s for s in some if s)})"
        case And(of):
            wanted = [expression(q) for q in of if not isinstance(q, Not)]
            unwanted = [expression(q.of) for q in of if isinstance(q, Not)]
            if not wanted or None in (*wanted, *unwanted):
                return None
            both = " AND ".join(s for s in wanted if s)
            both = f"({both})" if len(wanted) > 1 else both
            return f"({both} NOT ({' OR '.join(s for s in unwanted if s)}))" if unwanted else both
    return None


def beginnings(prefix: str) -> list[str]:
    """The singulars of words that begin with `prefix`, which do not themselves.

    >>> beginnings("ferrie"), beginnings("boats"), beginnings("ferr")
    (['ferry'], ['boat'], [])
    """
    found = dict.fromkeys(singular(prefix + ending) for ending in ("", "s", "es"))
    return [w for w in found if not w.startswith(prefix)]


def _row(forms: Sequence[str]) -> str:
    return f'"{" ".join(forms)}"'


# --- whether it is whole -----------------------------------------------------------------------------------------------------


def stray(connection: Connection) -> Iterator[tuple[str, int]]:
    """Versions that words or names are indexed of without an entry, with the part that has them."""
    for part in ("search_words", "search_read"):
        query = f"SELECT rowid FROM {part} WHERE rowid NOT IN (SELECT version FROM search_entries) ORDER BY rowid"  # noqa: S608
        for (version,) in connection.execute(text(query)):
            yield part, version


def unlike(
    connection: Connection,
    made: Sequence[tuple[int, list[str], Sequence[Sequence[str]] | None, Sequence[Sequence[str]] | None]],
) -> Iterator[int]:
    """Of versions with the words, names and quotes that should be indexed of them (None: none), those of which others are."""
    for version, words, names, quotes in made:
        kept = connection.execute(
            text("SELECT words FROM search_words WHERE rowid = :version"), {"version": version}
        ).scalar()
        row = connection.execute(
            text("SELECT names, said FROM search_read WHERE rowid = :version"), {"version": version}
        ).first()
        read = None if names is None or quotes is None else (joined(names), joined(quotes))
        if kept != " ".join(words) or (None if row is None else (row.names, row.said)) != read:
            yield version


def faults(connection: Connection) -> Iterator[str]:
    """What FTS5 finds wrong when it compares its own index with the words it was made of.

    It asks by writing, so where nothing may be written (an archive on a read-only disk) it tells nothing.
    """
    from sqlalchemy.exc import DBAPIError

    for part in ("search_words", "search_read"):
        try:
            connection.execute(text(f"INSERT INTO {part} ({part}) VALUES ('integrity-check')"))  # noqa: S608
        except DBAPIError as error:
            if (getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF == sqlite3.SQLITE_READONLY:
                return
            yield f"{part}: {error.orig}"
