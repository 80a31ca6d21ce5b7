from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from twosource.model import Actor
from twosource.reading.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

#: Gives the id of the actor that a name, a pronoun or a description ("the minister") means, or None.
Resolve = Callable[["Tokens"], str | None]


def resolver(parse: Parse, actors: Sequence[Actor]) -> Resolve:
    return lambda tokens: None
