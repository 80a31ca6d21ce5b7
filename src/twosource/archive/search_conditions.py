"""A query → one SELECT: which versions, in which order. All that came from the user is bound as a value.

A condition is true, false or unknown, in SQL's own three-valued logic: what a report that has not been read says, and whom it names, is
not known, nor is the day of an undated one; so neither `actor:Brill` nor `-actor:Brill` finds it.
"""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from sqlalchemy import text

from twosource.archive.query import ActorNamed, Amount, And, Leaf, Not, Or, Outlet, Query, Said, Since, Until, Word
from twosource.limits import RANKED

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Up to so many figures drive a search; up to so many are gathered before it, to be looked up in; of more it is asked, report by report,
#: whether it has one: so many are soon found.
_FEW, _MANY = 5_000, 150_000


class Statement:
    """A SELECT while it is made: the values bound so far, and how its database seeks words."""

    def __init__(self, connection: Connection, by: ModuleType) -> None:
        self._connection = connection
        self._by = by
        self.values: dict[str, object] = {}

    def select(self, query: Query, *, newest: bool) -> tuple[str, bool]:
        """The SELECT of version, score and the number of all that match, up to one more than `limits.RANKED`, and whether it ranks.

        The best first: by the score; then, and where nothing can be ranked, the newest published; then by the report's id.
        """
        by = self._by.candidates(query, self)
        # What is cut off, where very many match, is what was added first, or what was published first.
        last = f"{by.version} DESC" if by.score else "e.day DESC, e.version DESC"
        found = (
            f"SELECT e.version, e.day, e.name, {by.score or 'NULL'} AS score FROM {by.source}{' AND e.newest' if newest else ''} "  # noqa: S608
            f"ORDER BY {last} LIMIT {RANKED + 1}"
        )
        first = "score DESC, " if by.score else ""
        words = (
            f"SELECT version, score, count(*) OVER () AS matched FROM ({found}) f "  # noqa: S608
            f"ORDER BY {first}day DESC, name{self._by.BY_CODE_POINT} LIMIT :limit"
        )
        return words, bool(by.score)

    def bind(self, value: object) -> str:
        """Give a value a name in the statement."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def condition(self, query: Query) -> str:
        """What must hold of an entry `e`."""
        match query:
            case And(of):
                return f"({' AND '.join(map(self.condition, of))})"
            case Or(of):
                return f"({' OR '.join(map(self.condition, of))})"
            case Not(of):
                return f"(NOT {self.condition(of)})"
            case leaf:
                return self._leaf(leaf)

    def _leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Word():
                return str(self._by.word(leaf, self.bind))
            case ActorNamed():
                return f"(CASE WHEN e.reading IS NOT NULL THEN {self._by.named(leaf, self.bind)} END)"
            case Said():
                return f"(CASE WHEN e.reading IS NOT NULL THEN {self._by.said(leaf, self.bind)} END)"
            case Amount():
                return f"(CASE WHEN e.reading IS NOT NULL THEN {self._figures(leaf)} END)"
            case Outlet(forms):
                like = self.bind(f"% {' '.join(forms)} %")
                return f"(e.outlet IN (SELECT id FROM search_outlets WHERE words LIKE {like}))"  # noqa: S608
            case Since(day):
                return f"(CASE WHEN e.day <> '' THEN e.day >= {self.bind(day)} END)"
            case Until(day):
                return f"(CASE WHEN e.day <> '' THEN e.day <= {self.bind(day)} END)"

    def figures(self, asked: Amount, most: int = _FEW) -> str:
        """FROM … WHERE … of such figures `g`, where those of such a size are `most` or fewer; else "".

        They are counted by size alone, in no time; what they count is asked when they are gathered.
        """
        bound = Statement(self._connection, self._by)
        of = bound.figure(replace(asked, unit=()))
        some = f"SELECT count(*) FROM (SELECT 1 FROM search_figures g WHERE {of} LIMIT {most + 1}) s"  # noqa: S608
        if (self._connection.scalar(text(some), bound.values) or 0) > most:
            return ""
        return f"FROM search_figures g WHERE {self.figure(asked)}"

    def _figures(self, asked: Amount) -> str:
        """That one of an entry's figures is as asked."""
        if such := self.figures(asked, _MANY):
            return f"e.version IN (SELECT g.version {such})"
        return f"EXISTS (SELECT 1 FROM search_figures g WHERE {self.figure(asked)} AND g.version = e.version)"  # noqa: S608

    def figure(self, asked: Amount) -> str:
        """What must hold of a figure `g`."""
        conditions = [f"g.words LIKE {self.bind(f'% {word} %')}" for word in asked.unit]
        match asked.how:
            case ">" | ">=":
                conditions.insert(0, f"g.low {asked.how} {self.bind(asked.low)}")
            case "<" | "<=":
                conditions.insert(0, f"g.high {asked.how} {self.bind(asked.high)}")
            case "..":
                if asked.low is not None:
                    conditions.insert(0, f"g.low >= {self.bind(asked.low)}")
                if asked.high is not None:
                    conditions.insert(0, f"g.high <= {self.bind(asked.high)}")
            case _:
                n = self.bind(asked.low)
                conditions.insert(
                    0,
                    f"(g.low = {n} OR g.high = {n} OR (g.low > 0 AND g.low <= {n} AND g.high >= {n}))",
                )
        return " AND ".join(conditions)
