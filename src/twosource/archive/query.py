"""The nouns of a search: what one may ask of an archive, as a tree, and how it is written.

`query_parsing.parsed` makes the tree of what somebody types; `written` writes it so that it is read as the same tree again. Beneath a tree
stand only normalised words, days and numbers: nothing that a user types reaches a database as it was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """Words in a row, in the normalised view; with `prefix`, one word's beginning. `typed` is what was asked for."""

    forms: tuple[str, ...]
    typed: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a row that somebody is quoted with, directly or indirectly."""

    forms: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class ActorNamed:
    """Words in a row of a name of somebody or something that the report speaks of (`search_words.name_forms`)."""

    forms: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """Words in a row of the outlet's name, or of the host that the report came from."""

    forms: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class Since:
    """Published on this day or later: "2031-04-01"."""

    day: str
    typed: str


@dataclass(frozen=True, slots=True)
class Until:
    """Published on this day or earlier."""

    day: str
    typed: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of what is meant by `unit` (normalised words, all of which its unit or what it counts must have).

    `how` says what is asked of the figure's range low..high, None where it is open:

    - ">" and ">=": the low end is above `low` (or is it): the figure cannot be less
    - "<" and "<=": the high end is below `high` (or is it)
    - "..": the whole range lies within `low` and `high`, either of which may be None
    - "=": the range begins or ends with the number, or holds it and is closed; "up to 200", which begins with 0, holds 200 alone
    """

    how: str
    low: float | None
    high: float | None
    unit: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class Not:
    """Reports of which `of` is known not to hold."""

    of: Query


@dataclass(frozen=True, slots=True)
class And:
    """All of them, two or more."""

    of: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them, of two or more."""

    of: tuple[Query, ...]


Leaf: TypeAlias = Word | Said | ActorNamed | Outlet | Since | Until | Amount
Query: TypeAlias = Leaf | Not | And | Or

#: What stands before the colon.
FIELDS = ("actor", "outlet", "since", "until", "quote", "figure")
_NAMES = dict(zip((ActorNamed, Outlet, Since, Until, Said, Amount), FIELDS, strict=True))

#: What only a report that has been read can be asked.
OF_READINGS = (ActorNamed, Said, Amount)


def written(query: Query) -> str:
    """The query as text that is read as the same query.

    >>> from twosource.archive.query_parsing import parsed
    >>> written(parsed("ferry (“were hurt” OR -actor:Brill)  since:2031"))
    'ferry ("were hurt" OR -actor:Brill) since:2031'
    """
    match query:
        case Or(of):
            return " OR ".join(written(q) for q in of)
        case And(of):
            return " ".join(f"({written(q)})" if isinstance(q, Or) else written(q) for q in of)
        case Not(of):
            return f"-({written(of)})" if isinstance(of, And | Or | Not) else f"-{written(of)}"
        case Word(_, typed, prefix):
            return f"{typed}*" if prefix else _quoted(typed)
        case leaf:
            return f"{_NAMES[type(leaf)]}:{_quoted(leaf.typed)}"


def leaves(query: Query, *, negated: bool = True) -> list[Leaf]:
    """Everything that is asked, from left to right; without what is asked not to be, if not `negated`."""
    match query:
        case And(of) | Or(of):
            return [leaf for q in of for leaf in leaves(q, negated=negated)]
        case Not(of):
            return leaves(of) if negated else []
        case leaf:
            return [leaf]


def _quoted(typed: str) -> str:
    bare = typed and not typed.startswith("-") and typed not in ("OR", "AND", "NOT") and typed.isprintable()
    return typed if bare and not any(c.isspace() or c in '"“”„«»():*' for c in typed) else f'"{typed}"'
