"""Who holds what, by the dependency parse: every cue of `cues` with its source and its content.

For each cue the shapes that its frames allow are looked for among its dependents: a clause, an infinitive, an object, what
stands after a preposition. A cue that interrupts or closes a sentence ("The road, she said, is shut.") has the sentence around
it as its content, and "according to …" the clause it hangs on. The source is the whole noun phrase of the subject, with its
appositions, as PolNeAR has it; a participle or an infinitive takes that of the verb above it, a passive its agent. Contents
keep "that" and "to".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twosource.model import Modality, Polarity
from twosource.reading.cues import ADJECTIVES, NOUNS, PHRASAL, VERBS, Act, Cue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Steps up the parse in search of a subject. Real sentences need three; a broken parse shall not cost more.
CLIMB = 6

#: Tokens of the longest source: beyond that the parse has swept a clause into the name.
LONGEST_SOURCE = 40

_ACCORDING = Cue("according to", "speech", {"that": ("asserted", "happened")})
_LIGHT = frozenset(
    [
        "make",
        "issue",
        "give",
        "offer",
        "have",
        "express",
        "release",
        "voice",
        "repeat",
        "reiterate",
        "hold",
        "share",
        "deliver",
        "renew",
        "level",
        "raise",
        "file",
    ]
)
_WITHHOLDING = frozenset({"refuse", "decline"})
#: Verbs whose first object is who hears it, so that a "that" behind it opens what is told and no relative clause.
_HEARER = frozenset("tell inform notify assure remind advise".split())
_RELATIVE = frozenset({"WDT", "WP"})

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its source and content, as ranges of tokens. `speaker` is what to resolve: the antecedent where `source` is "who"."""

    act: Act
    word: int
    cue: Range
    source: Range | None
    speaker: Range | None
    content: Range
    polarity: Polarity
    modality: Modality
    frame: str


def lemma(token: Token) -> str:
    """The token's lemma in small letters. The pipeline's rules make "hop" of "hoped"; no news hops."""
    found: str = token.lemma_.lower()
    return "hope" if found == "hop" else found


def attributions(doc: Doc, held: Sequence[int]) -> Iterator[Attribution]:
    """Every attribution by syntax, in the order of its cues. `held[i]` is the number of the quotation that token i stands in, or −1.

    What somebody says in direct speech about what others say is that person's words, and no attribution of the report.
    """
    for token in doc:
        if held[token.i] >= 0:
            continue
        if token.pos_ in ("VERB", "AUX"):
            yield from _by_verb(token, held)
        elif token.pos_ == "NOUN":
            yield from _by_noun(token, held)
        elif token.pos_ == "ADJ":
            yield from _by_adjective(token, held)


def verb_cue(token: Token) -> Cue | None:
    """The cue that a verb is, with its particle."""
    name = lemma(token)
    for child in token.children:
        if child.dep_ in ("prt", "acomp", "ccomp", "oprd", "advmod", "dobj") and (
            phrasal := PHRASAL.get((name, child.lower_))
        ):
            return phrasal
    return VERBS.get(name)


def source_of(token: Token, held: Sequence[int]) -> tuple[Range | None, Range | None]:
    """The source of the cue `token`, and what of it to resolve."""
    verb = token
    for _ in range(CLIMB):
        passive = False
        for child in verb.children:
            if child.dep_ in ("nsubj", "csubj", "expl") and not (child.dep_ == "expl" and verb.dep_ == "ROOT"):
                return _noun_phrase(child, verb, held)
            if child.dep_ == "nsubjpass":
                passive = True
            if child.dep_ == "agent":
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        return _noun_phrase(noun, verb, held)
        if passive and verb is token and not any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children):
            return None, None
        if passive:
            return next((_noun_phrase(c, verb, held) for c in verb.children if c.dep_ == "nsubjpass"), (None, None))
        if (
            verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis", "pobj")
            and verb.head is not verb
        ):
            verb = verb.head
        elif verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN") and verb.tag_ == "VBG":
            start, end = verb.head.left_edge.i, verb.left_edge.i
            trimmed = _trim(verb.doc, start, end, held, verb.head.i)
            return trimmed, trimmed
        else:
            return None, None
    return None, None


def _noun_phrase(noun: Token, verb: Token, held: Sequence[int]) -> tuple[Range | None, Range | None]:
    """The phrase of `noun`, cut at the verb and at quotation marks; and its antecedent where it is a relative pronoun."""
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    if noun.i < verb.i:
        end = min(end, verb.i)
    else:
        start = max(start, verb.i + 1)
    if end - start > LONGEST_SOURCE:
        cut = min(
            (c.left_edge.i for c in noun.rights if c.dep_ in ("relcl", "appos", "acl", "conj", "punct")),
            default=noun.i + 1,
        )
        end = max(min(end, cut), noun.i + 1)
        start = max(start, noun.i - LONGEST_SOURCE // 2)
    source = _trim(noun.doc, start, end, held, noun.i)
    if noun.tag_ in _RELATIVE:
        clause = verb
        for _ in range(CLIMB):
            if clause.dep_ == "relcl":
                antecedent = _trim(
                    noun.doc, clause.head.left_edge.i, max(clause.left_edge.i, clause.head.i + 1), held, clause.head.i
                )
                return source, antecedent
            clause = clause.head
    return source, source


def _trim(doc: Doc, start: int, end: int, held: Sequence[int], head: int) -> Range | None:
    """`start..end` without what stands in another quotation than `head`, and without punctuation at its ends."""
    low = high = head
    while low > start and held[low - 1] == held[head]:
        low -= 1
    while high + 1 < end and held[high + 1] == held[head]:
        high += 1
    high += 1
    while low < high and (doc[low].is_punct or doc[low].is_space or doc[low].dep_ == "cc"):
        low += 1
    while high > low and (doc[high - 1].is_space or (doc[high - 1].is_punct and doc[high - 1].text not in ")]")):
        high -= 1
    return (low, high) if low < high else None


def cue_range(token: Token) -> Range:
    """The cue with its auxiliaries, negation and adverbs before it, and its particle."""
    start, end = token.i, token.i + 1
    while (
        start > 0
        and token.doc[start - 1].head is token
        and token.doc[start - 1].dep_ in ("aux", "auxpass", "neg", "advmod")
    ):
        start -= 1
    while end < len(token.doc) and token.doc[end].head is token and token.doc[end].dep_ == "prt":
        end += 1
    return start, end


def stance(token: Token, cue: Cue, frame: str) -> tuple[Polarity, Modality]:
    """What the cue makes of its content: what was not said, or was refused to be said, is open."""
    polarity, modality = cue.stands.get(frame, ("asserted", "happened"))
    above = token.head if token.dep_ == "xcomp" else token
    negated = any(c.dep_ == "neg" for c in token.children) or any(c.dep_ == "neg" for c in above.children)
    withheld = above is not token and lemma(above) in _WITHHOLDING
    if (negated or withheld) and modality == "happened":
        return "asserted", "possible"
    return polarity, modality


def _by_verb(token: Token, held: Sequence[int]) -> Iterator[Attribution]:
    if token.lower_ == "according":
        yield from _according(token, held)
        return
    cue = verb_cue(token)
    if cue is None or token.dep_ in ("aux", "auxpass", "amod", "compound"):
        return
    frame, content = _complement(token, cue) or ("that", _around(token) if cue.takes("that") else None)
    if content is None and lemma(token) in _HEARER:
        content = _strayed(token)
    if content is None:
        return
    source, speaker = source_of(token, held)
    made = _attribution(token, cue, frame, source, speaker, content)
    if made is not None:
        yield made


def _attribution(
    token: Token, cue: Cue, frame: str, source: Range | None, speaker: Range | None, content: Range
) -> Attribution | None:
    doc = token.doc
    start, end = content
    while start < end and (doc[start].is_space or doc[start].text in ",;:—–-"):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in ",;:—–-"):
        end -= 1
    if frame in ("to", "ask", "ing") and start <= token.i < end:
        # a relative "that" which belongs to the infinitive stands before its cue
        start = token.i + 1
    if start >= end:
        return None
    polarity, modality = stance(token, cue, frame)
    return Attribution(cue.act, token.i, cue_range(token), source, speaker, (start, end), polarity, modality, frame)


def _hull(*tokens: Token) -> Range:
    return min(t.left_edge.i for t in tokens), max(t.right_edge.i for t in tokens) + 1


def _complement(token: Token, cue: Cue) -> tuple[str, Range] | None:
    """What the cue's frames find among its dependents, the fullest shape first."""
    thing = clause = infinitive = secondary = None
    prepositions = []
    for child in token.children:
        dep = child.dep_
        if dep == "dobj":
            thing = thing or child
        elif dep == "ccomp":
            clause = clause or child
        elif dep == "xcomp":
            infinitive = infinitive or child
        elif dep in ("oprd", "acomp", "attr"):
            secondary = secondary or child
        elif dep == "prep":
            prepositions.append(child)
    if clause is not None:
        gerund = _is_gerund(clause)
        small = clause.pos_ in ("NOUN", "ADJ", "PROPN")
        to = any(c.tag_ == "TO" for c in clause.children)
        fits = {"ask": to, "ing": gerund, "small": small, "that": True}
        frame = next((f for f, so in fits.items() if so and cue.takes(f)), None)
        if frame is not None:
            return frame, _hull(clause)
    if infinitive is not None:
        to = any(c.tag_ == "TO" for c in infinitive.children)
        if to and thing is not None and cue.takes("ask") and thing.i < infinitive.i:
            return "ask", _hull(thing, infinitive)
        if to and cue.takes("to"):
            return "to", _hull(infinitive)
        if _is_gerund(infinitive) and cue.takes("ing"):
            return "ing", _hull(infinitive)
        if not to and cue.takes("small"):
            return "small", _hull(thing, infinitive) if thing is not None else _hull(infinitive)
    for preposition in prepositions:
        name = preposition.lower_
        if name == "as" and cue.takes("small"):
            return "small", _hull(thing, preposition) if thing is not None else _hull(preposition)
        if thing is not None and cue.takes(f"obj:{name}"):
            return f"obj:{name}", _hull(thing, preposition)
        if cue.takes(f"on:{name}"):
            inner = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
            if inner and name == "on" and infinitive is not None and cue.takes("ask"):
                return "ask", _hull(inner[0], infinitive)
            if inner:
                return f"on:{name}", _hull(*inner)
    if secondary is not None and cue.takes("small"):
        return "small", _hull(thing, secondary) if thing is not None else _hull(secondary)
    if thing is not None and cue.takes("thing"):
        return "thing", _hull(thing)
    return None


def _is_gerund(verb: Token) -> bool:
    """Whether this is "leaving", "having left" or "being told", with no subject of its own."""
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return False
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    first = auxiliaries[0] if auxiliaries else verb
    return bool(first.tag_ == "VBG")


def _strayed(token: Token) -> Range | None:
    """The clause of "told the paper days after the vote that …", which the parse has hung on a noun between."""
    doc = token.doc
    for i in range(token.i + 2, min(token.right_edge.i + 1, token.i + LONGEST_SOURCE)):
        that, verb = doc[i], doc[i].head
        if (
            that.lower_ == "that"
            and verb.i > i
            and any(c.dep_ in ("nsubj", "nsubjpass") and c.i > i for c in verb.children)
        ):
            return i, max(verb.right_edge.i + 1, i + 1)
    return None


def _around(token: Token) -> Range | None:
    """The sentence around a cue that interrupts or closes it: between commas, or after one at the end."""
    doc, sentence = token.doc, token.sent
    start, end = token.left_edge.i, token.right_edge.i + 1
    kinds = {c.dep_ for c in token.children}
    if token.dep_ not in ("parataxis", "advcl", "ccomp", "dep") or "mark" in kinds or "nsubj" not in kinds:
        return None
    before = start > sentence.start and (doc[start - 1].text in ",;—–" or doc[start].text in ",;—–")
    after = end >= sentence.end - 1 or doc[end].text in ",;—–" or doc[end - 1].text in ",;—–"
    if not (before and after):
        return None
    if end >= sentence.end - 1:
        return sentence.start, start
    return sentence.start, sentence.end


def _according(token: Token, held: Sequence[int]) -> Iterator[Attribution]:
    """What "according to" attributes: its source is what follows, the content the clause it hangs on."""
    doc = token.doc
    to = next((c for c in token.children if c.lower_ == "to"), None)
    noun = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or noun is None:
        return
    source = _trim(doc, noun.left_edge.i, noun.right_edge.i + 1, held, noun.i)
    clause = token.head
    for _ in range(CLIMB):
        if clause.pos_ in ("VERB", "AUX") or clause.dep_ == "ROOT":
            break
        clause = clause.head
    start, end = _hull(clause)
    phrase = token.left_edge.i, token.right_edge.i + 1
    if phrase[0] <= start + 1:
        start = phrase[1]
    elif phrase[1] >= end - 1:
        end = phrase[0]
    made = _attribution(token, _ACCORDING, "that", source, source, (start, end))
    if made is not None:
        yield replace(made, cue=(token.i, to.i + 1))


def _by_noun(token: Token, held: Sequence[int]) -> Iterator[Attribution]:
    cue = NOUNS.get(lemma(token))
    if cue is None:
        return
    content, frame = None, "that"
    for child in token.rights:
        if child.dep_ in ("acl", "ccomp", "relcl"):
            that = any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in child.children)
            to = any(c.tag_ == "TO" for c in child.children)
            if (that and cue.takes("that")) or (to and cue.takes("to")):
                content, frame = _hull(child), "that" if that else "to"
                break
        if child.dep_ == "prep" and cue.takes(f"on:{child.lower_}"):
            inner = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            if inner:
                content, frame = _hull(*inner), f"on:{child.lower_}"
                break
    if content is None:
        return
    source = speaker = None
    for child in token.children:
        if child.dep_ == "poss":
            source = speaker = _trim(token.doc, child.left_edge.i, child.right_edge.i + 1, held, child.i)
        elif child.dep_ == "prep" and child.lower_ in ("by", "from") and child.right_edge.i < content[0]:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None:
                source = speaker = _trim(token.doc, noun.left_edge.i, noun.right_edge.i + 1, held, noun.i)
    if source is None and token.dep_ in ("dobj", "attr") and lemma(token.head) in _LIGHT:
        source, speaker = source_of(token.head, held)
    made = _attribution(token, cue, frame, source, speaker, content)
    if made is not None:
        yield made


def _by_adjective(token: Token, held: Sequence[int]) -> Iterator[Attribution]:
    cue = ADJECTIVES.get(lemma(token))
    if cue is None or token.dep_ not in ("acomp", "conj", "ROOT") or token.head.pos_ not in ("AUX", "VERB"):
        return
    content, frame = None, "that"
    for owner in (token, token.head):
        for child in owner.rights:
            if content is not None or child.i < token.i:
                continue
            if child.dep_ == "ccomp" and cue.takes("that"):
                content = _hull(child)
            elif child.dep_ == "xcomp" and cue.takes("to") and any(c.tag_ == "TO" for c in child.children):
                content, frame = _hull(child), "to"
            elif child.dep_ == "prep" and cue.takes(f"on:{child.lower_}"):
                inner = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
                content, frame = (_hull(*inner) if inner else None), f"on:{child.lower_}"
    if content is None:
        return
    source, speaker = source_of(token.head, held)
    made = _attribution(token, cue, frame, source, speaker, content)
    if made is not None:
        yield replace(made, cue=(min(token.head.i, token.i), token.i + 1))
