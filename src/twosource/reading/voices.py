"""Who says a clause: the quotes that it is part of, outermost first, and what their cues make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.model import Actor, Figure, Modality, Quote, Span, Voice
from twosource.reading.clauses import content
from twosource.reading.coreference import Resolve
from twosource.reading.modality import is_finite, is_infinitive
from twosource.reading.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

#: Steps up the parse from a cue, or inside what is said.
_CLIMB = 6

#: Voices that somebody else may be behind.
PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who"})


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a quote. `verb` is the index of its cue.

    `clausal` tells whether it says something by itself ("that he fled") or only names it ("for a recount"); `finite` whether it can
    stand without its cue; `open` whether it is a question; `withheld` whether it is what somebody did not say.
    """

    start: int
    end: int
    quote: Quote
    verb: int | None
    clausal: bool
    finite: bool
    open: bool
    withheld: bool

    @property
    def cut(self) -> bool:
        """Whether what is said is cut from its cue, to stand by itself."""
        return self.finite and not self.open and not self.withheld

    def attribution(self) -> list[Span]:
        return [s for s in (self.quote.source, self.quote.cue) if s is not None]


def pieces(parse: Parse, quotes: Sequence[Quote]) -> list[Said]:
    """What is said in the report, piece by piece: indirect speech as a whole, direct speech also by its parts."""
    made = []
    for q in quotes:
        cue = parse.doc.char_span(q.cue.start, q.cue.end, alignment_mode="expand") if q.cue is not None else None
        places = [
            (p, parse.doc.char_span(p.start, p.end, alignment_mode="expand"))
            for p in ((q, *q.parts) if q.kind == "direct" else (q,))
        ]
        whole = any(_is_clause(t) for _, t in places)
        for p, tokens in dict.fromkeys((s, t) for s, t in places):
            if tokens is None:
                continue
            finite = (q.kind == "direct" and whole) or is_finite(tokens.root)
            made.append(
                Said(
                    p.start, p.end, q, cue.root.i if cue is not None else None, whole, finite,
                    tokens[0].lower_ in {"whether", "if"}, cue is not None and q.kind == "indirect" and _withheld(cue.root),
                )
            )  # fmt: skip
    return made


def _is_clause(tokens: Tokens | None) -> bool:
    """Whether something is said in these tokens, other than to tell one thing from another ("the budget which must be passed")."""
    return tokens is not None and any(t.pos_ in {"VERB", "AUX"} and not _is_relative(t, tokens.root) for t in tokens)


def _is_relative(token: Token, root: Token) -> bool:
    for _ in range(_CLIMB):
        if token.i == root.i or token.head.i == token.i:
            return False
        if token.dep_ == "relcl":
            return True
        token = token.head
    return False


def _withheld(verb: Token) -> bool:
    """Whether the cue, or the verb or noun above its infinitive, is negated: "did not say", "refused to say", "no reason to believe"."""
    for _ in range(_CLIMB):
        if any(c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ == "no") for c in verb.children):
            return True
        infinitive = verb.dep_ in {"xcomp", "acl", "relcl"} and is_infinitive(verb)
        if not (infinitive or verb.dep_ in {"dobj", "attr"}):
            return False
        verb = verb.head
        if verb.lemma_.lower() in {"refuse", "decline"}:
            return True
    return False


def leads_to(head: Token, verb: int | None, tokens: Sequence[Token]) -> bool:
    """Whether `head` is the cue, or the verb above it: "declined to say", "went on to claim"."""
    token = next((t for t in tokens if t.i == verb), None)
    while token is not None and token.i != head.i:
        token = token.head if token.dep_ == "xcomp" else None
    return token is not None


def chain(own: Sequence[Token], head: Token, here: Sequence[Said]) -> list[Said]:
    """The quotes that the clause is part of, outermost first.

    One that holds no clause of its own has its cue in the clause; one that names what is said without saying it counts only as a denial.
    """
    carried = content(own) or list(own)
    covering = [s for s in here if _covers(s, carried, s.verb is not None and leads_to(head, s.verb, own))]
    unique = {(s.quote.start, s.quote.end, s.quote.kind): s for s in covering}
    outermost: list[Said] = []
    for s in sorted(unique.values(), key=lambda s: (s.quote.start - s.quote.end, s.quote.start, s.quote.kind)):
        # A mixed quote is found as its direct part and as the whole: one speaker says both.
        who = s.quote.speaker or s.quote.speaker_name
        if not outermost or who != (outermost[-1].quote.speaker or outermost[-1].quote.speaker_name):
            outermost.append(s)
        elif s.withheld or s.quote.modality != "happened":
            outermost[-1] = s
    return outermost


def _covers(said: Said, carried: Sequence[Token], heads: bool) -> bool:
    """Whether the clause that carries these words says what is said, or names it under its own cue (`heads`)."""
    inside = sum(said.start <= t.idx < said.end for t in carried)
    if not inside:
        return False
    most = inside * 2 > len(carried)
    if said.clausal:
        return most or (heads and not said.cut)
    return said.quote.polarity == "denied" or (most and said.quote.kind == "direct")


def turns(chain: Sequence[Said]) -> list[tuple[bool, Modality]]:
    """For each link of the chain whether it denies what is said, and the mode it gives.

    Who denies that another said so leaves open what was said: only the innermost denial turns the statement itself.
    """
    made: list[tuple[bool, Modality]] = []
    for n, s in enumerate(chain):
        denies = s.quote.polarity == "denied"
        of_saying = any(c.quote.cue is not None and s.start <= c.quote.cue.start < s.end for c in chain[n + 1 :])
        mode: Modality = "possible" if s.open or (denies and of_saying) else s.quote.modality
        made.append((denies and not of_saying, mode))
    return made


#: Verbs by which somebody gives a number: "police put the crowd at 3,000".
_GIVES = frozenset({"put", "estimate", "gauge"})


def estimator(
    parse: Parse, head: Token, subject: Sequence[Token], figures: Sequence[Figure], actors: Mapping[str, Actor], resolve: Resolve
) -> tuple[Voice, ...]:  # fmt: skip
    """Who gives the number of a clause like "police put the crowd at 3,000": its subject, as if it said so. Nobody in other clauses.

    Nor in "the crew put out the fire at 3 a.m." and "the bank put guards at the 3 gates": the number must be a figure, and the whole of
    what it is put at.
    """
    if head.lemma_ not in _GIVES or any(c.dep_ in {"prt", "neg"} for c in head.children):
        return ()
    at = next((c for c in head.children if c.dep_ == "prep" and c.lower_ == "at"), None)
    if at is None or not _gives_a_figure(at, figures):
        return ()
    if not subject or not any(c.dep_ == "nsubj" for c in head.children):
        return ()
    who = resolve(parse.doc[subject[0].i : subject[-1].i + 1])
    named = who is not None and actors[who].kind in {"person", "organisation"}
    span = parse.report.span(subject[0].idx, subject[-1].idx + len(subject[-1]))
    return (Voice(span.exact, who if named else None, "named" if named else "unnamed", span),)


def _gives_a_figure(at: Token, figures: Sequence[Figure]) -> bool:
    """Whether what follows "at" is a figure, and not "the 3 gates"."""
    behind = [t for t in at.subtree if t.i > at.i]
    figure = next((f for f in figures if any(f.start <= t.idx < f.end for t in behind)), None)
    return figure is not None and not any(t.idx < figure.start and t.dep_ in {"det", "poss"} for t in behind)


def voices(chain: Sequence[Said]) -> tuple[Voice, ...]:
    """Who says it, outermost first. A pronoun in somebody's words that nobody is found for ("they say they saw") is that somebody."""
    found: list[Voice] = []
    for s in chain:
        q = s.quote
        if not (q.speaker_name or q.source):
            continue
        text = q.source.exact if q.source is not None else (q.speaker_name or "")
        if found and q.speaker is None and text.lower() in PRONOUNS:
            continue
        found.append(Voice(text, q.speaker, q.voice_kind, q.source))
    return tuple(found)
