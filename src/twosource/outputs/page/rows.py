"""The rows of the page: a claim with its lines, each line with its places and its words, ready to be set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from twosource.model import Claim, Report, Span
from twosource.outputs.order import SHAPES
from twosource.outputs.wording import count, differing, window

#: The parts of the page that hold claims, with what they are called there and in the list of parts; `single-source` stands apart.
SECTIONS = (
    ("conflicting", "Where they differ", "Differ"),
    ("updated", "What has grown or been corrected", "Grown"),
    ("corroborated", "Established", "Established"),
    ("one-origin", "Repeated, not confirmed", "Repeated"),
)

#: What a claim can hold, by the letter that the filter knows it by, in the page's own words.
KINDS: Mapping[str, str] = {
    "p": "differ: whether it is so",
    "f": "differ: the figure",
    "w": "differ: who",
    "l": "differ: where",
    "t": "differ: when",
    "c": "differ: the account",
    "n": "gives a figure",
    "s": "somebody says it",
    "r": "a report says it itself",
    "d": "a denial",
    "o": "planned, possible or demanded",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a report: the report's letter, what the place is called, and where it ends; none, and 0, where it leads nowhere."""

    letter: str
    place: str
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """Evidence on one line: where it stands, word for word, in which reports; who says it; the words, with those that differ marked.

    `sense` says what is not plainly asserted as having happened; `whole` that all of the words are what differs, as where one side
    denies what the other says.
    """

    links: tuple[Link, ...]
    voice: str
    sense: str
    words: tuple[tuple[str, bool], ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as shown: its sides, each with its lines; who stands behind it; what brought its statements together.

    `reports`, `actors`, `kinds` are what the filters ask for.
    """

    number: int
    claim: Claim
    sides: tuple[tuple[str, tuple[Line, ...]], ...]
    summary: str
    reports: tuple[str, ...]
    actors: tuple[int, ...]
    kinds: str
    origins: tuple[str, ...]
    newsrooms: tuple[str, ...]
    change: tuple[str, ...]
    together: tuple[str, ...]

    @property
    def shape(self) -> str:
        return SHAPES[self.claim.verdict][0]

    @property
    def word(self) -> str:
        return SHAPES[self.claim.verdict][1]

    @property
    def by_itself(self) -> bool:
        """Whether every report says it itself, so that its newsrooms are its origins."""
        return all(e.origin == e.lineage and not e.voice for e in self.claim.evidence)

    @property
    def counts(self) -> str:
        return f"{count(self.claim.lineages, 'newsroom')}, {count(self.claim.origins, 'origin')}"


@dataclass(frozen=True, slots=True)
class Alone:
    """What one report alone says: the reasons that all its claims share, and the claims."""

    letter: str
    report: Report
    reasons: tuple[str, ...]
    rows: tuple[Row, ...]


def cut(words: str, longest: int) -> str:
    """The beginning of `words`, cut between two of them, with … where something is left out.

    >>> cut("one two three", 8)
    'one two …'
    """
    start, end = window(words, (), longest)
    return words if end - start == len(words) else words[start:end].rstrip() + " …"


def marked(span: Span, marks: Iterable[Span]) -> tuple[tuple[str, bool], ...]:
    """The words of `span` in turn, with whether they are among the `marks`."""
    made, at = [], 0
    for a, b in differing(tuple(marks), span):
        made += [(span.exact[at:a], False), (span.exact[a:b], True)]
        at = b
    return tuple(x for x in (*made, (span.exact[at:], False)) if x[0])
