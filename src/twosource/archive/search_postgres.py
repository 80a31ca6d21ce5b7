"""Words in PostgreSQL: tsvectors made of our own words, and the conditions that seek in them.

A tsvector keeps no place beyond 16,383, and no more than 255 places of one word. Of the few reports that are so long the words are kept
as text as well, and a phrase is sought there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from twosource.archive.query import ActorNamed, Query, Said, Word, leaves
from twosource.archive.search_candidates import Bind, Candidates
from twosource.archive.search_sqlite import beginnings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from twosource.archive.search_conditions import Statement

#: How text is ordered by its code points, whatever the database's language.
BY_CODE_POINT = ' COLLATE "C"'

#: The most that a tsvector keeps (postgresql.org/docs/current/textsearch-limitations.html).
_PLACES, _LAST = 255, 16383


def add_words(connection: Connection, made: Sequence[tuple[int, list[str]]]) -> None:
    """Index the words of versions."""
    given = [{"version": version, "words": vector([words]), "stream": stream([words])} for version, words in made]
    into = "INSERT INTO search_vectors (version, words, names, said, stream) VALUES (:version, CAST(:words AS tsvector), '', '', :stream)"
    connection.execute(text(into), given)


def add_read(
    connection: Connection, made: Sequence[tuple[int, Sequence[Sequence[str]], Sequence[Sequence[str]]]]
) -> None:
    """Index the names and quotes of versions, of which none are indexed."""
    given = [
        {"version": version, "names": vector(names), "said": vector(said), "stream": stream(said)}
        for version, names, said in made
    ]
    into = (
        "UPDATE search_vectors SET names = CAST(:names AS tsvector), said = CAST(:said AS tsvector), said_stream = :stream "
        "WHERE version = :version"
    )
    connection.execute(text(into), given)


def remove_read(connection: Connection, ids: Iterable[int]) -> None:
    """Take out the names and quotes of versions."""
    into = text("UPDATE search_vectors SET names = '', said = '', said_stream = NULL WHERE version = ANY(:ids)")
    connection.execute(into, {"ids": list(ids)})


def clear(connection: Connection) -> None:
    """Take out everything."""
    connection.execute(text("DELETE FROM search_vectors"))


def vector(parts: Iterable[Sequence[str]]) -> str:
    """A tsvector as PostgreSQL reads it; between two parts a place is left free, so that no phrase reaches over.

    >>> vector([["ferry", "sank"], ["ferry"]])
    "'ferry':1,4 'sank':2"
    """
    found: dict[str, list[int]] = {}
    at = 0
    for part in parts:
        for form in part:
            at += 1
            places = found.setdefault(form, [])
            if len(places) < _PLACES and at < _LAST:
                places.append(at)
        at += 1
    return " ".join(f"'{form}':{','.join(map(str, places)) or _LAST}" for form, places in found.items())


def stream(parts: Iterable[Sequence[str]]) -> str | None:
    """The words as text, where a tsvector cannot keep all their places."""
    parts = list(parts)
    count: dict[str, int] = {}
    for part in parts:
        for form in part:
            count[form] = count.get(form, 0) + 1
    if sum(count.values()) + len(parts) < _LAST and max(count.values(), default=0) <= _PLACES:
        return None
    return "\n".join(f" {' '.join(part)} " for part in parts)


# --- conditions --------------------------------------------------------------------------------------------------------------


def candidates(query: Query, statement: Statement) -> Candidates:
    """What `query` asks for; the server itself decides which index drives the search."""
    ranking = [leaf for leaf in leaves(query, negated=False) if isinstance(leaf, Word)]
    where = f"search_entries e JOIN search_vectors v ON v.version = e.version WHERE {statement.condition(query)}"
    if not ranking:
        return Candidates(where)
    # 1: divided by the logarithm of the length.
    some = _query(" | ".join(_one(leaf) for leaf in ranking), statement.bind)
    return Candidates(where, f"ts_rank(v.words, {some}, 1)")


def word(asked: Word, bind: Bind) -> str:
    """That the words of an entry's version hold these."""
    return (
        _holds("v.words", "v.stream", asked.forms, bind)
        if not asked.prefix
        else f"v.words @@ {_query(_one(asked), bind)}"
    )


def named(asked: ActorNamed, bind: Bind) -> str:
    """That a name in an entry's reading holds these words."""
    return f"v.names @@ {_query(_row(asked.forms), bind)}"


def said(asked: Said, bind: Bind) -> str:
    """That a quote in an entry's reading holds these words."""
    return _holds("v.said", "v.said_stream", asked.forms, bind)


def _holds(vector: str, stream: str, forms: Sequence[str], bind: Bind) -> str:
    row = f"{vector} @@ {_query(_row(forms), bind)}"
    if len(forms) == 1:
        return row
    every = _query(" & ".join(f"'{form}'" for form in dict.fromkeys(forms)), bind)
    long = f"{vector} @@ {every} AND strpos({stream}, {bind(' ' + ' '.join(forms) + ' ')}) > 0"
    return f"({row} OR ({stream} IS NOT NULL AND {long}))"


def _one(asked: Word) -> str:
    if not asked.prefix:
        return _row(asked.forms)
    return f"('{asked.forms[0]}':* {' '.join(f'| {_row([w])}' for w in beginnings(asked.forms[0]))})"


def _row(forms: Sequence[str]) -> str:
    return "(" + " <-> ".join(f"'{form}'" for form in forms) + ")"


def _query(words: str, bind: Bind) -> str:
    return f"CAST({bind(words)} AS tsquery)"


# --- whether it is whole -----------------------------------------------------------------------------------------------------


def stray(connection: Connection) -> Iterator[tuple[str, int]]:
    """Versions that words or names are indexed of without an entry, with the part that has them."""
    query = (
        "SELECT version FROM search_vectors WHERE version NOT IN (SELECT version FROM search_entries) ORDER BY version"
    )
    for (version,) in connection.execute(text(query)):
        yield "search_vectors", version


def unlike(
    connection: Connection,
    made: Sequence[tuple[int, list[str], Sequence[Sequence[str]] | None, Sequence[Sequence[str]] | None]],
) -> Iterator[int]:
    """Of versions with the words, names and quotes that should be indexed of them (None: none), those of which others are."""
    query = text(
        "SELECT 1 FROM search_vectors WHERE version = :version AND words = CAST(:words AS tsvector) AND names = CAST(:names AS tsvector) "
        "AND said = CAST(:said AS tsvector) AND stream IS NOT DISTINCT FROM :stream AND said_stream IS NOT DISTINCT FROM :said_stream"
    )
    for version, words, names, quotes in made:
        given: dict[str, Any] = {"version": version, "words": vector([words]), "stream": stream([words])}
        given |= {"names": vector(names or ()), "said": vector(quotes or ()), "said_stream": stream(quotes or ())}
        if connection.execute(query, given).first() is None:
            yield version


def faults(connection: Connection) -> Iterator[str]:
    """Nothing: what the server finds wrong with its own files stands elsewhere (`postgres.faults`)."""
    yield from ()
