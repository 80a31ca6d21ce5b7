"""Every noun of the spec, frozen, with no behaviour beyond checking itself.

What one report holds is a `Reading`; what the reports say together is a `Reconciliation`. Both are made of the same nouns, and
whatever points into a report is a `Span`: it cuts its own words out of the report's text when it is made, so that no span anywhere
can hold words that the report does not have at that place. Offsets count Unicode code points.
"""

from __future__ import annotations

import hashlib
from dataclasses import InitVar, dataclass, field
from typing import Literal

from twosource.errors import BrokenSpan

Kind = Literal["person", "organisation", "place", "group", "other"]
Polarity = Literal["asserted", "denied"]
Modality = Literal["happened", "planned", "possible", "demanded"]
Verdict = Literal["corroborated", "one-origin", "single-source", "conflicting", "updated"]
VoiceKind = Literal["named", "document", "unnamed"]

#: The verdicts, the weightiest first, as every output orders them.
VERDICTS: tuple[Verdict, ...] = ("conflicting", "updated", "corroborated", "one-origin", "single-source")


def content_id(letter: str, *parts: object) -> str:
    """An id that content alone decides: the letter and twelve hexadecimal digits.

    >>> content_id("r", "a.txt", "Two were hurt.") == content_id("r", "a.txt", "Two were hurt.")
    True
    """
    joined = "\x1f".join(str(p) for p in parts)
    return letter + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


# --- one report --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a report. `of` is the report's text, from which `exact` is cut.

    >>> Span("r1", 4, 8, "Two were hurt.").exact
    'were'
    """

    report: str
    start: int
    end: int
    of: InitVar[str]
    exact: str = field(init=False)

    def __post_init__(self, of: str) -> None:
        if not 0 <= self.start < self.end <= len(of):
            raise BrokenSpan(
                f"{self.start}..{self.end} is no place in report {self.report}, which has {len(of)} characters"
            )
        object.__setattr__(self, "exact", of[self.start : self.end])


@dataclass(frozen=True, slots=True)
class Report:
    """One published account, never changed once read. `sha256` is that of the raw bytes; `text` is what all offsets point into."""

    id: str
    file: str
    text: str
    sha256: str
    text_sha256: str
    extractor: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    credit: str | None = None
    published: str | None = None
    language: str | None = None
    same_source_as: str | None = None
    head: tuple[Span, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The place from `start` up to, not with, `end`."""
        return Span(self.id, start, end, self.text)


@dataclass(frozen=True, slots=True)
class Name(Span):
    """A span that names a person, organisation, place, group or other thing. `actor` is the id of who or what it means."""

    kind: Kind = field(kw_only=True)
    actor: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Actor:
    """The names, in any number of reports, that mean one and the same.

    In a `Reading` its names are those of that report and its id is the report's with a number; `name` is the fullest form.
    `roles` are the reports' own words for what it is ("Interior Minister", "the former teacher").
    """

    id: str
    name: str
    kind: Kind
    mentions: tuple[Name, ...]
    roles: tuple[Span, ...] = ()
    gender: Literal["female", "male"] | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something. `text` is what the report calls the speaker, at `span`; `actor` who that is, where it is known.

    `span` is None where a quotation runs on and the report does not name its speaker again: `text` is then the speaker's name.
    """

    text: str
    actor: str | None
    kind: VoiceKind
    span: Span | None


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """Direct or indirect speech, from the first word said to the last.

    `parts` are the pieces said, without the cue between. `source` and `cue` are the words that name the speaker and the speaking.
    `speaker` is an actor's id; `speaker_name` that actor's name, or, where none is known, what the report calls the speaker.
    `polarity` is "denied" where the cue denies what it holds ("denied that …"); `modality` is what the cue makes of it.
    """

    kind: Literal["direct", "indirect"] = field(kw_only=True)
    parts: tuple[Span, ...] = field(kw_only=True)
    speaker: str | None = field(kw_only=True)
    speaker_name: str | None = field(kw_only=True)
    source: Span | None = field(kw_only=True)
    cue: Span | None = field(kw_only=True)
    voice_kind: VoiceKind = field(kw_only=True, default="unnamed")
    polarity: Polarity = field(kw_only=True, default="asserted")
    modality: Modality = field(kw_only=True, default="happened")


@dataclass(frozen=True, slots=True)
class Figure(Span):
    """A quantity with what is counted: the closed range `low..high`, where None is open.

    `unit` is what one of it is ("people", "percent", "USD", "year", "kilometre"); `counted` the lemmas of what is counted, head
    first ("protester", "detained"); `event` the lemmas of what happens to it ("release"); `label` says both in the tool's own words.
    """

    low: float | None = field(kw_only=True)
    high: float | None = field(kw_only=True)
    unit: str = field(kw_only=True)
    counted: tuple[str, ...] = field(kw_only=True, default=())
    event: tuple[str, ...] = field(kw_only=True, default=())
    label: str = field(kw_only=True, default="")


@dataclass(frozen=True, slots=True)
class Time(Span):
    """A time expression with its TIMEX3 value (TimeML 1.2.1), None where it stays relative."""

    kind: Literal["DATE", "TIME", "DURATION", "SET"] = field(kw_only=True)
    value: str | None = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Statement(Span):
    """The smallest thing a report asserts: a clause.

    `voice` says who says it, outermost first, and is empty where the report says it itself. `subject`, `predicate` and `words` are
    lemmas: of who acts, of the verb, of everything in it that carries meaning, the subject included. `actors` are those it names or
    refers to, `figures` and `times` indices into the reading's, `sentence` the index of the sentence it stands in. `sense` is the
    clause with its missing subject and its pronouns filled in, for comparing with other clauses: it is never shown.
    """

    id: str = field(kw_only=True)
    voice: tuple[Voice, ...] = field(kw_only=True)
    polarity: Polarity = field(kw_only=True)
    modality: Modality = field(kw_only=True)
    sentence: int = field(kw_only=True)
    subject: tuple[str, ...] = field(kw_only=True, default=())
    predicate: tuple[str, ...] = field(kw_only=True, default=())
    words: tuple[str, ...] = field(kw_only=True, default=())
    actors: tuple[str, ...] = field(kw_only=True, default=())
    figures: tuple[int, ...] = field(kw_only=True, default=())
    times: tuple[int, ...] = field(kw_only=True, default=())
    sense: str = field(kw_only=True, default="")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report holds. `reader` names what read it; None where its language has no reader: then only the text is kept."""

    report: Report
    language: str
    reader: str | None
    sentences: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    statements: tuple[Statement, ...] = ()
    furniture: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def names(self) -> tuple[Name, ...]:
        """The names of all its actors, in the order of the text."""
        return tuple(sorted(n for a in self.actors for n in a.mentions))


# --- what the reports say together -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edge:
    """Why `target` goes back to `source`: `share` is the part of the target's words that the source has (0..1)."""

    source: str
    target: str
    kind: Literal["copy", "credit", "told", "outlet", "owner", "declared"]
    share: float
    reasons: tuple[str, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The reports that go back to one newsroom's text. `root` is the report the others go back to."""

    id: str
    root: str
    reports: tuple[str, ...]
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence(Span):
    """A statement as evidence of a claim: `lineage` is that of its paragraph, `origin` who stands behind it."""

    id: str = field(kw_only=True)
    voice: tuple[Voice, ...] = field(kw_only=True)
    lineage: str = field(kw_only=True)
    origin: str = field(kw_only=True)
    polarity: Polarity = field(kw_only=True)
    modality: Modality = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Join:
    """Why two statements stand in one claim: the ids of both, what they share, and what their score means.

    `agree` is calibrated: of pairs of statements scored like this, the share that was one fact (0..1); None where no pair was scored,
    but a figure of one quantity brings them together. `actors` are the ids of those whom both name, `spans` the words and the
    figures, cut from both reports, that both have.
    """

    statements: tuple[str, ...]
    agree: float | None
    actors: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What cannot all be true: `sides` hold the ids of the statements on each side, `spans` the words that differ."""

    kind: Literal["figure", "time", "place", "actor", "polarity", "account"]
    sides: tuple[tuple[str, ...], ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """The statements, across reports, that speak of the same thing, with a verdict and its reasons.

    `joins` hold its statements together, each by the likest of the others: one fewer than there are statements.
    """

    id: str
    summary: Span
    verdict: Verdict
    reasons: tuple[str, ...]
    lineages: int
    origins: int
    evidence: tuple[Evidence, ...]
    difference: Difference | None = None
    correction: bool = False
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureMention(Span):
    """A figure where a report gives it; `as_of` is the statement's own time, else the report's publication."""

    low: float | None = field(kw_only=True)
    high: float | None = field(kw_only=True)
    as_of: str | None = field(kw_only=True)
    voice: tuple[Voice, ...] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a policy makes of a group's figures: the range to work with, beside all that the reports give."""

    low: float | None
    high: float | None
    policy: str
    reason: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures that count the same thing at the same time and place. `settled` is what the user's policy makes of them."""

    id: str
    label: str
    unit: str
    verdict: Verdict
    mentions: tuple[FigureMention, ...]
    reasons: tuple[str, ...] = ()
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of the timeline, and the claims that speak of it."""

    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader must know: a report not read, undated, off the story, or named as of one source with another."""

    kind: Literal["unread", "off-story", "undated", "same-as"]
    report: str
    words: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Given these reports: what is established, by whom, and where do they differ?"""

    reports: tuple[Report, ...]
    lineages: tuple[Lineage, ...] = ()
    actors: tuple[Actor, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[FigureGroup, ...] = ()
    times: tuple[Time, ...] = ()
    claims: tuple[Claim, ...] = ()
    timeline: tuple[Moment, ...] = ()
    notes: tuple[Note, ...] = ()
    furniture: tuple[Span, ...] = ()
