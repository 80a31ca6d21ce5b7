"""The languages that a pipeline reads: for each one module that holds all that it needs and that no other language shares.

The rules of `reading` are written once, over English words and the conventions of the English pipeline. A further language tells its own
in those terms: `forms` gives what its function words and words of the trade are in English, and stands in the parse as `Token.lower_`;
`lemmas` the same for lemmas, in `Token.lemma_`; numbers and time expressions, which languages build in their own ways, get patterns of
their own that give the same parts. What no table knows stays as it is, so that content words keep their own language. The text itself,
and so every span, is never touched.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from twosource.reading.numerals import Lexeme
    from twosource.reading.time_patterns import Found


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """A language with its pipeline: `package` from the index, checked by `sha256` over its files; `extra` is what installs it.

    `prepared` makes of a line the characters that the pipeline is shown, one for one; `turned` of its parse one in the conventions of
    English. `doubts`: whether candidates for times are put to the English pipeline's entities.
    """

    code: str
    name: str
    package: str
    sha256: str
    extra: str
    lexemes: Callable[[str], list[Lexeme]]
    moments: Callable[[str], Iterator[Found]]
    doubts: bool = False
    forms: Mapping[str, str] = field(default_factory=dict)
    prepared: Callable[[str], str] | None = None
    turned: Callable[[Doc, str], Doc] | None = None

    def form(self, word: str) -> str:
        """The word in small letters, in English where the language's table knows it."""
        low = word.lower().replace("’", "'")
        return self.forms.get(low, low)


#: Code → the module that holds the language.
_MODULES = {"en": "english", "fr": "french"}

#: Languages that a pipeline reads, installed or not.
READ = frozenset(_MODULES)


def tongue(code: str) -> Tongue | None:
    """The language of that code (ISO 639-1); None where no pipeline is known for it.

    >>> tongue("en").name, tongue("pl")
    ('English', None)
    """
    if code not in _MODULES:
        return None
    found: Tongue = importlib.import_module(f"twosource.reading.tongues.{_MODULES[code]}").TONGUE
    return found
