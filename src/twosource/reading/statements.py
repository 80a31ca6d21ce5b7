"""The statements of a report: its clauses, each with who says it, whether it is asserted or denied, and in what mode.

A clause that only says that somebody speaks ("the mayor said on Monday") is no statement: it is the voice of the clauses that
hold what is said. Where what is said is no clause ("accused the board of theft", "urged them to leave") the statement is the
whole, with its voice. Where the cue itself turns what is said around ("denied that …", "fears that …"), the statement reaches back to
the cue; and a relative clause or a participle reaches back to what it hangs on, so that the words can be read alone.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from twosource.model import Actor, Figure, Quote, Span, Statement, Time, content_id
from twosource.reading.clauses import SUBJECTS, Clause, clauses, content, phrase, subject_of
from twosource.reading.coreference import Resolve
from twosource.reading.modality import modality, polarity
from twosource.reading.parse import Parse
from twosource.reading.sense import lemmas, predicate, sense
from twosource.reading.voices import Said, chain, estimator, leads_to, pieces, turns, voices

if TYPE_CHECKING:
    from spacy.tokens import Token

#: The longest statement, in characters: beyond this a span points at a page, not at a place.
LONGEST = 600

#: Characters that a relative clause or a participle reaches back to what it hangs on.
_REACH = 120

#: Words of content beside speaker, cue, time and names that a clause may hold and still only attribute: "told reporters in a statement".
_ATTRIBUTING = 4

#: Prepositions and conjunctions of time and cause that may be left off a clause with a subject: "after the union gave in".
_OPENERS = frozenset("that after as when while because although since before once whereas until till where".split())


def statements(
    parse: Parse, actors: Sequence[Actor], quotes: Sequence[Quote], figures: Sequence[Figure], times: Sequence[Time],
    furniture: Sequence[Span], resolve: Resolve,
) -> tuple[Statement, ...]:  # fmt: skip
    """The statements of the report, in the order of the text; page furniture states nothing."""
    known = {a.id: a for a in actors}
    names = {a.id: a.name for a in actors}
    mentioned = _Spans((n.start, n.end, n.actor) for a in actors for n in a.mentions)
    counted = _Spans((f.start, f.end, i) for i, f in enumerate(figures))
    timed = _Spans((t.start, t.end, i) for i, t in enumerate(times))
    aside = _Spans((f.start, f.end, None) for f in furniture)
    said = _Spans((s.start, s.end, s) for s in pieces(parse, quotes))
    found: dict[tuple[int, int], Statement] = {}
    for number, sentence in enumerate(parse.sentences):
        if aside.share(sentence.start_char, sentence.end_char) > 0.8:
            continue
        beside = aside.at(sentence.start_char, sentence.end_char)
        here = [s for _, _, s in said.at(sentence.start_char, sentence.end_char) if isinstance(s, Said)]
        for clause in clauses(sentence, {s.verb for s in here if s.verb is not None and s.cut}):
            kept = [t for t in clause.tokens if not (beside and aside.at(t.idx, t.idx + 1))]
            if _only_attributes(clause, kept, here, timed):
                continue
            own = _within(_without_attribution(_trimmed(kept, clause), clause, here))
            if len(content(own)) < 1 or not _is_told(own, clause):
                continue
            head = clause.head if any(t.i == clause.head.i for t in own) else _highest(own)
            subject = clause.subject if head.i == clause.head.i else subject_of(head, None)
            start, end = _start(own, head), own[-1].idx + len(own[-1])
            if opening := _interrupted(parse, own, head, here):
                start, subject = opening[0].idx, opening
            quoted = chain(own, head, here)
            stand, mode = polarity(head), modality(head, own)
            if quoted and quoted[-1].withheld and leads_to(head, quoted[-1].verb, own):
                # what somebody did not say is neither so nor not so
                stand, mode = "asserted", "possible"
            for s, (turned, moved) in zip(quoted, turns(quoted), strict=True):
                if turned:
                    stand = "denied" if stand == "asserted" else "asserted"
                if moved != "happened" and mode == "happened":
                    mode = moved
                elif not turned:
                    continue
                if s.quote.cue is not None and sentence.start_char <= s.quote.cue.start < start:
                    start = s.quote.cue.start
            if end - start > LONGEST:
                end = max(t.idx + len(t) for t in own if t.idx + len(t) - start <= LONGEST)
            gives = estimator(parse, head, subject, figures, known, resolve)
            words = lemmas([*subject, *content(own)])
            if not words or (start, end) in found:
                continue
            found[start, end] = Statement(
                parse.report.id, start, end, parse.report.text,
                id=content_id("s", parse.report.id, start, end), voice=(*voices(quoted), *gives),
                polarity=stand, modality=mode, sentence=number,
                subject=lemmas(subject), predicate=predicate(head, own), words=words,
                actors=_actors(own, subject, mentioned, resolve), figures=_of(own, counted), times=_of(own, timed),
                sense=sense(own, head, subject, resolve, names),
            )  # fmt: skip
    return tuple(found[k] for k in sorted(found))


class _Spans:
    """Places sorted by start, each with what stands there, for looking up what touches a place."""

    def __init__(self, places: Iterable[tuple[int, int, object]]) -> None:
        self.places = sorted(places, key=lambda p: (p[0], p[1]))
        self.starts = [p[0] for p in self.places]
        #: The furthest end of all places up to each, so that a look-up need not go back further than something can reach.
        self.furthest: list[int] = []
        for _, end, _ in self.places:
            self.furthest.append(max(end, self.furthest[-1]) if self.furthest else end)

    def at(self, start: int, end: int) -> list[tuple[int, int, object]]:
        if not self.places:
            return []
        first = bisect.bisect_right(self.furthest, start)
        last = bisect.bisect_left(self.starts, end)
        return [p for p in self.places[first:last] if p[1] > start]

    def share(self, start: int, end: int) -> float:
        """The share of start..end that is covered."""
        return sum(min(b, end) - max(a, start) for a, b, _ in self.at(start, end)) / (end - start)


def _only_attributes(clause: Clause, kept: Sequence[Token], here: Sequence[Said], timed: _Spans) -> bool:
    """Whether the clause does nothing but name a speaker, a listener, a time and an occasion; what is said stands in other clauses."""
    for s in here:
        if not (s.cut and s.verb is not None and leads_to(clause.head, s.verb, kept)):
            continue
        known = [(a.start, a.end) for a in s.attribution()]
        interrupted = s.quote.cue is not None and s.start < s.quote.cue.start < s.end
        if not interrupted and any(s.start <= t.idx < s.end for t in content(kept)):
            continue
        left = [
            t
            for t in content(kept)
            if t.pos_ != "PROPN"
            and not s.start <= t.idx < s.end
            and not any(a <= t.idx < b for a, b in known)
            and not timed.at(t.idx, t.idx + 1)
        ]
        if len(left) <= _ATTRIBUTING:
            return True
    return False


def _without_attribution(own: list[Token], clause: Clause, here: Sequence[Said]) -> list[Token]:
    """`own` without the speaker and the cue that stand at its ends ("According to the mayor, …", "…, she said")."""
    speaking = [s for s in here if s.cut and any(s.start <= t.idx < s.end for t in own)]
    aside = [(a.start, a.end) for s in speaking for a in s.attribution()]
    left = list(own)
    while left and any(a <= left[0].idx < b for a, b in aside):
        left = _trimmed(left[1:], clause)
    while left and any(a <= left[-1].idx < b for a, b in aside):
        left = _trimmed(left[:-1], clause)
    return left


# --- the words of a statement ------------------------------------------------------------------------------------------------


def _trimmed(tokens: Sequence[Token], clause: Clause) -> list[Token]:
    """The tokens without the punctuation at their ends, the conjunction before them, and what dangles behind them."""
    left = list(tokens)
    while left and (_is_mark(left[0]) or left[0].is_space or _opens(left[0], clause)):
        left.pop(0)
    while left and (_is_mark(left[-1]) or left[-1].is_space or _dangles(left[-1], left)):
        left.pop()
    return left


def _is_mark(token: Token) -> bool:
    return bool(token.is_punct and token.text != "%")


def _opens(token: Token, clause: Clause) -> bool:
    """Whether the word only ties the clause to another: "and", "that", "after" before a subject."""
    if token.tag_ == "CC":
        return token.lower_ not in {"neither", "nor", "either", "both"}
    if token.lower_ not in _OPENERS or token.head.i != clause.head.i:
        return False
    if token.lower_ == "that":
        return bool(token.dep_ == "mark")
    has_subject = any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in clause.head.children)
    return token.dep_ in {"mark", "advmod"} and clause.head.dep_ == "advcl" and has_subject and token.i < clause.head.i


def _dangles(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether the word at the end belongs to what another clause holds: "of" before "hiding it", "and" before a second verb."""
    if token.tag_ == "CC" or token.dep_ == "mark":
        return True
    return bool(token.tag_ == "IN" and token.dep_ != "prt" and any(c.i > token.i for c in token.children))


def _within(own: Sequence[Token]) -> list[Token]:
    """The tokens as far as a statement may be long."""
    return [t for t in own if t.idx + len(t) - own[0].idx <= LONGEST]


def _is_told(own: Sequence[Token], clause: Clause) -> bool:
    """Whether something is said of something: what is left of a clause with a verb has one too."""
    return (
        clause.head.pos_ not in {"VERB", "AUX"} or any(t.pos_ in {"VERB", "AUX"} for t in own) or clause.parent is None
    )


def _highest(own: Sequence[Token]) -> Token:
    """The word of `own` that the others depend on, a verb where there is one."""
    mine = {t.i for t in own}
    tops = [t for t in own if t.head.i not in mine or t.head.i == t.i]
    return next((t for t in tops if t.pos_ in {"VERB", "AUX"}), tops[0])


def _start(own: Sequence[Token], head: Token) -> int:
    """Where the statement begins: for a relative clause or a participle at what it hangs on, where that is near."""
    start: int = own[0].idx
    if head.dep_ in {"relcl", "acl"} and head.head.i < own[0].i:
        back = phrase(head.head)[0].idx
        if start - back <= _REACH:
            start = back
    return start


def _interrupted(parse: Parse, own: Sequence[Token], head: Token, here: Sequence[Said]) -> tuple[Token, ...]:
    """The words before the cue that interrupts what is said ("The dam, she said, had burst"), where they hold the clause's subject."""
    if head.pos_ not in {"VERB", "AUX"} or any(c.dep_ in SUBJECTS for c in head.children) or head.dep_ == "conj":
        return ()
    for s in here:
        cue = s.quote.cue
        if cue is None or not (s.cut and s.start < cue.start < own[0].idx < s.end):
            continue
        before = min([a.start for a in s.attribution() if a.start >= s.start])
        words = parse.doc.char_span(s.start, before, alignment_mode="contract")
        opening = [t for t in words if not (t.is_punct or t.is_space)] if words is not None else []
        if opening and own[0].idx - before <= _REACH and not any(t.pos_ in {"VERB", "AUX"} for t in opening):
            return tuple(opening)
    return ()


def _of(own: Sequence[Token], places: _Spans) -> tuple[int, ...]:
    """The numbers of the things that stand in the statement."""
    near = places.at(own[0].idx, own[-1].idx + len(own[-1]))
    touched = (n for a, b, n in near if any(t.idx < b and a < t.idx + len(t) for t in own))
    return tuple(sorted({n for n in touched if isinstance(n, int)}))


def _actors(own: Sequence[Token], subject: Sequence[Token], mentioned: _Spans, resolve: Resolve) -> tuple[str, ...]:
    """The actors that the clause or its subject names or refers to, in the order of the text."""
    found: dict[str, None] = {}
    tokens = {t.i: t for t in (*subject, *own)}
    ordered = [tokens[i] for i in sorted(tokens)]
    near = mentioned.at(ordered[0].idx, ordered[-1].idx + len(ordered[-1]))
    for token in ordered:
        places = [who for a, b, who in near if a < token.idx + len(token) and token.idx < b]
        for who in places:
            found[str(who)] = None
        if not places and token.pos_ == "PRON" and (meant := resolve(token.doc[token.i : token.i + 1])) is not None:
            found[meant] = None
    return tuple(found)
