"""Who a pronoun or a description means, within one report, by rules that can be said in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from twosource.model import Actor
from twosource.reading.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

#: Gives the id of the actor that a name, a pronoun or a description ("the minister") means, or None.
Resolve = Callable[["Tokens"], str | None]

PRONOUNS = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}


def resolver(parse: Parse, actors: Sequence[Actor]) -> Resolve:
    """A function that gives the id of the actor that some tokens of this report mean, or None where that is not clear."""
    people = {a.id: a for a in actors}
    mentions = sorted((m for a in actors for m in a.mentions), key=lambda m: (m.start, m.end))
    starts = [m.start for m in mentions]

    def resolve(tokens: Tokens) -> str | None:
        inside = [m for m in mentions if m.start < tokens.end_char and tokens.start_char < m.end]
        if inside:
            root = tokens.root
            at = [m for m in inside if m.start <= root.idx < m.end]
            return (at or inside)[-1].actor if at or len(inside) == 1 else None
        gender = PRONOUNS.get(tokens.text.lower())
        if gender is None:
            return None
        at_most = bisect_right(starts, tokens.start_char)
        for m in reversed(mentions[max(0, at_most - 30) : at_most]):
            if m.kind == "person" and people[m.actor].gender in (None, gender):
                return m.actor
        return None

    return resolve
