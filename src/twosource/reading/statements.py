"""The statements of a report: its clauses, each with who says it, whether it is asserted or denied, and in what mode.

A clause that only says that somebody speaks ("the mayor said on Monday") is no statement: it is the voice of the clauses that
hold what is said. Where the cue itself turns what is said around ("denied that …"), the statement's span reaches back to the cue,
so that its words never stand there without the denial.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii

from twosource.model import Actor, Figure, Modality, Polarity, Quote, Span, Statement, Time, Voice, content_id
from twosource.reading.clauses import Clause, clauses, content
from twosource.reading.coreference import Resolve
from twosource.reading.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

#: The longest statement, in characters: beyond this a span points at a page, not at a place.
LONGEST = 600

_EDGE_TAGS = frozenset({"CC", "IN", "_SP"})
_NEGATIVE_WORDS = frozenset({"no", "nobody", "none", "neither", "nothing"})
#: Verbs that deny what depends on them (Saurí and Pustejovsky 2009, "FactBank", counterfactive predicates).
_COUNTERFACTIVE = frozenset({"avoid", "decline", "fail", "lack", "neglect", "prevent", "refrain", "refuse"})
_PLANNED_MODALS = frozenset({"will", "shall", "would", "'ll", "’ll", "wo", "'d", "’d"})
_POSSIBLE_MODALS = frozenset({"may", "might", "could"})
_DEMANDED_MODALS = frozenset({"must", "should", "ought"})
#: Words before an infinitive that speak of what is yet to come: "is due to meet", "plans to sue", "in an attempt to calm".
_PROSPECTIVE = frozenset(
    "aim arrange attempt bid decide decision due effort expect intend intention likely plan poised prepare prepared promise ready"
    " schedule scheduled set try vow want".split()
)
_POSSIBLE_WORDS = frozenset({"allegedly", "likely", "maybe", "perhaps", "possible", "possibly", "potentially", "presumably", "probably", "reportedly"})  # fmt: skip
_SENSE_LEFT_OUT = frozenset({"mark", "cc"})


def statements(
    parse: Parse, actors: Sequence[Actor], quotes: Sequence[Quote], figures: Sequence[Figure], times: Sequence[Time],
    furniture: Sequence[Span], resolve: Resolve,
) -> tuple[Statement, ...]:  # fmt: skip
    """The statements of the report, in the order of the text; page furniture states nothing."""
    names = {a.id: a.name for a in actors}
    mentioned = _Spans((n.start, n.end, n.actor) for a in actors for n in a.mentions)
    counted = _Spans((f.start, f.end, i) for i, f in enumerate(figures))
    timed = _Spans((t.start, t.end, i) for i, t in enumerate(times))
    aside = _Spans((f.start, f.end, None) for f in (*furniture, *parse.report.head))
    said = [_Said(p.start, p.end, q, _is_clause(parse, p)) for q in quotes for p in (q.parts or (q,))]
    found: dict[tuple[int, int], Statement] = {}
    for number, sentence in enumerate(parse.sentences):
        if aside.touching(sentence.start_char, sentence.end_char, most=0.5):
            continue
        here = [q for q in said if q.start < sentence.end_char and sentence.start_char < q.end]
        for clause in clauses(sentence):
            own = _without_attribution(_trimmed(clause.tokens), here)
            if not own or _only_attributes(own, here, timed):
                continue
            start, end = own[0].idx, own[-1].idx + len(own[-1])
            if aside.touching(start, end, most=0.5):
                continue
            polarity, modality = _polarity(clause), _modality(clause)
            chain = _chain(own, here)
            for q in chain:
                if q.polarity == "denied":
                    polarity = "denied" if polarity == "asserted" else "asserted"
                    if q.cue is not None and sentence.start_char <= q.cue.start < start:
                        start = q.cue.start
                if q.modality != "happened" and modality == "happened":
                    modality = q.modality
            if end - start > LONGEST:
                end = start + LONGEST
            actor_ids = _actors(own, clause, mentioned, resolve)
            words = _lemmas([*clause.subject, *content(own)])
            if not words or (start, end) in found:
                continue
            found[start, end] = Statement(
                parse.report.id, start, end, parse.report.text,
                id=content_id("s", parse.report.id, start, end),
                voice=tuple(_voice(q) for q in chain if q.speaker_name or q.source),
                polarity=polarity, modality=modality, sentence=number,
                subject=_lemmas(content(clause.subject)), predicate=_predicate(clause), words=words, actors=actor_ids,
                figures=tuple(i for i in _of(own, counted)), times=tuple(i for i in _of(own, timed)),
                sense=_sense(own, clause, resolve, names),
            )  # fmt: skip
    return tuple(found[k] for k in sorted(found))


class _Spans:
    """Places sorted by start, each with what stands there, for looking up what touches a place."""

    def __init__(self, places: Iterable[tuple[int, int, object]]) -> None:
        self.places = sorted(places, key=lambda p: (p[0], p[1]))
        self.starts = [p[0] for p in self.places]
        self.longest = max((b - a for a, b, _ in self.places), default=0)

    def at(self, start: int, end: int) -> list[tuple[int, int, object]]:
        first = bisect.bisect_left(self.starts, start - self.longest)
        last = bisect.bisect_left(self.starts, end)
        return [p for p in self.places[first:last] if p[1] > start]

    def touching(self, start: int, end: int, most: float) -> bool:
        """Whether more than the share `most` of start..end is covered."""
        covered = sum(min(b, end) - max(a, start) for a, b, _ in self.at(start, end))
        return covered > most * (end - start)


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of a quote. `clausal` tells whether it says something by itself ("that he fled") or only names it ("for a recount")."""

    start: int
    end: int
    quote: Quote
    clausal: bool

    def attribution(self) -> list[Span]:
        return [s for s in (self.quote.source, self.quote.cue) if s is not None]


def _is_clause(parse: Parse, piece: Span) -> bool:
    tokens = parse.doc.char_span(piece.start, piece.end, alignment_mode="expand")
    return tokens is not None and any(t.pos_ in {"VERB", "AUX"} for t in tokens)


def _trimmed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the punctuation, conjunctions and "that" at their ends."""
    left = list(tokens)
    while left and (_is_mark(left[0]) or left[0].is_space or left[0].tag_ == "CC" or _is_that(left[0])):
        left.pop(0)
    while left and (_is_mark(left[-1]) or left[-1].tag_ in _EDGE_TAGS) and left[-1].dep_ != "prt":
        left.pop()
    return left


def _is_mark(token: Token) -> bool:
    return bool(token.is_punct and token.text != "%")


def _is_that(token: Token) -> bool:
    return bool(token.dep_ == "mark" and token.lower_ == "that")


def _without_attribution(own: list[Token], here: Sequence[_Said]) -> list[Token]:
    """`own` without the speaker and the cue that stand at its ends ("According to the mayor, …", "…, she said")."""
    aside = [(s.start, s.end) for q in here if q.clausal for s in q.attribution()]
    spoken = [(q.start, q.end) for q in here if q.clausal]
    if not any(a <= t.idx < b for t in own for a, b in spoken):
        return own
    left = list(own)
    while left and any(a <= left[0].idx < b for a, b in aside):
        left = _trimmed(left[1:])
    while left and any(a <= left[-1].idx < b for a, b in aside):
        left = _trimmed(left[:-1])
    return left


def _only_attributes(own: Sequence[Token], here: Sequence[_Said], timed: _Spans) -> bool:
    """Whether the clause does nothing but name a speaker, a listener and a time."""
    cues = [
        q
        for q in here
        if q.clausal and q.quote.cue is not None and any(q.quote.cue.start <= t.idx < q.quote.cue.end for t in own)
    ]
    if not cues:
        return False
    known = [(s.start, s.end) for q in cues for s in q.attribution()] + [(q.start, q.end) for q in cues]
    left = [
        t
        for t in content(own)
        if t.pos_ != "PROPN" and not any(a <= t.idx < b for a, b in known) and not timed.at(t.idx, t.idx + 1)
    ]
    return len(left) <= 1


def _chain(own: Sequence[Token], here: Sequence[_Said]) -> list[Quote]:
    """The quotes that the clause is part of, outermost first. One that names what is said without saying it counts only as a denial."""
    carried = content(own) or list(own)
    covering = [
        q.quote
        for q in here
        if (q.clausal or q.quote.kind == "direct" or q.quote.polarity == "denied")
        and sum(q.start <= t.idx < q.end for t in carried) * 2 > len(carried) * (q.clausal or q.quote.kind == "direct")
    ]
    unique = {(q.start, q.end, q.kind): q for q in covering}
    chain: list[Quote] = []
    for q in sorted(unique.values(), key=lambda q: (q.start - q.end, q.start, q.kind)):
        # A mixed quote is found as its direct part and as the whole: one speaker says both.
        if not chain or (q.speaker or q.speaker_name) != (chain[-1].speaker or chain[-1].speaker_name):
            chain.append(q)
    return chain


def _voice(quote: Quote) -> Voice:
    text = quote.source.exact if quote.source is not None else (quote.speaker_name or "")
    return Voice(text, quote.speaker, quote.voice_kind, quote.source)


def _polarity(clause: Clause) -> Polarity:
    negations = 0
    for child in clause.head.children:
        negations += child.dep_ == "neg"
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}:
            negations += child.lower_ in _NEGATIVE_WORDS or any(
                d.lower_ == "no" and d.dep_ in {"det", "neg"} for d in child.children
            )
        if child.dep_ == "xcomp" and clause.head.lemma_.lower() in _COUNTERFACTIVE:
            negations += 1
    if clause.head.dep_ == "pcomp" and clause.head.head.lower_ == "without":
        negations += 1
    return "denied" if negations % 2 else "asserted"


def _modality(clause: Clause) -> Modality:
    head = clause.head
    modals = {c.lower_ for c in head.children if c.dep_ == "aux"}
    if modals & _DEMANDED_MODALS:
        return "demanded"
    if modals & _POSSIBLE_MODALS or any(
        c.dep_ == "mark" and c.lower_ in {"if", "whether", "unless"} for c in head.children
    ):
        return "possible"
    if any(c.lower_ in _POSSIBLE_WORDS for c in clause.tokens if c.dep_ in {"advmod", "amod", "acomp"}):
        return "possible"
    infinitive = any(c.tag_ == "TO" and c.dep_ == "aux" for c in head.children)
    if modals & _PLANNED_MODALS or (infinitive and head.dep_ in {"acl", "advcl"}):
        return "planned"
    if any(c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children) for c in head.children) and (
        head.lemma_.lower() in _PROSPECTIVE
        or any(c.lemma_.lower() in _PROSPECTIVE for c in head.children if c.dep_ == "acomp")
    ):
        return "planned"
    if any(c.dep_ == "acomp" and c.lemma_.lower() in _PROSPECTIVE for c in head.children):
        return "planned"
    return "happened"


def _predicate(clause: Clause) -> tuple[str, ...]:
    """The lemma of the verb, with its particle and the verbs and nouns that complete it."""
    head = clause.head
    completing = [
        c
        for c in head.children
        if c.dep_ in {"prt", "xcomp", "acomp", "attr", "dobj", "oprd"} and c in set(clause.tokens)
    ]
    return tuple(dict.fromkeys(lemma(t) for t in (head, *completing)))


def _lemmas(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lemma(t) for t in content(list(tokens))))


def lemma(token: Token) -> str:
    """The token's lemma as all comparing is done: lower case, in plain Latin letters, without a possessive."""
    return str(anyascii(token.lemma_)).lower().strip("'’.-")


def _of(own: Sequence[Token], places: _Spans) -> list[int]:
    found: dict[int, None] = {}
    for token in own:
        for _, _, what in places.at(token.idx, token.idx + len(token)):
            if isinstance(what, int):
                found[what] = None
    return sorted(found)


def _actors(own: Sequence[Token], clause: Clause, mentioned: _Spans, resolve: Resolve) -> tuple[str, ...]:
    """The actors that the clause or its subject names or refers to, in the order of the text."""
    found: dict[str, None] = {}
    tokens = {t.i: t for t in (*clause.subject, *own)}
    for token in (tokens[i] for i in sorted(tokens)):
        places = mentioned.at(token.idx, token.idx + len(token))
        for _, _, who in places:
            found[str(who)] = None
        if not places and token.pos_ == "PRON" and (meant := resolve(token.doc[token.i : token.i + 1])) is not None:
            found[meant] = None
    return tuple(found)


def _sense(own: Sequence[Token], clause: Clause, resolve: Resolve, names: dict[str, str]) -> str:
    """The clause as it would stand alone: a missing subject supplied, pronouns by the names they mean."""
    mine = {t.i for t in own}
    out: list[str] = []
    has_subject = False
    for token in own:
        if token.dep_ in _SENSE_LEFT_OUT and token.head == clause.head:
            continue
        if token.tag_ in {"WDT", "WP"} and clause.head.dep_ == "relcl":
            if token.dep_ in {"nsubj", "nsubjpass"}:
                out += [t.text for t in clause.subject]
                has_subject = True
            continue
        has_subject |= token.dep_ in {"nsubj", "nsubjpass", "expl"} and token.head == clause.head
        meant = resolve(token.doc[token.i : token.i + 1]) if token.pos_ == "PRON" else None
        out.append(names.get(meant, token.text) if meant is not None else token.text)
    if not has_subject and not any(t.i in mine for t in clause.subject):
        pronoun = clause.subject[0] if len(clause.subject) == 1 and clause.subject[0].pos_ == "PRON" else None
        meant = resolve(pronoun.doc[pronoun.i : pronoun.i + 1]) if pronoun is not None else None
        out = [names[meant], *out] if meant in names else [t.text for t in clause.subject] + out
    return " ".join(out)
