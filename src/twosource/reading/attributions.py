"""Who holds what, by the dependency parse: every cue of `cues` with its source and its content.

A verb has its content among its complements (`complements`) and its source in its subject (`attribution_sources`); a noun ("the claim
that …") its source in its owner; "according to …", "by his account" and "in the indictment" attribute the clause that they hang on.
Contents keep "that" and "to".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twosource.model import Modality, Polarity
from twosource.reading.attribution_sources import CLIMB, Range, source_of, trim
from twosource.reading.complements import around, complement, hull, lemma, strayed, verb_cue
from twosource.reading.cues import ADJECTIVES, DOCUMENTS, NOUNS, Act, Cue
from twosource.reading.modality import is_infinitive
from twosource.reading.titles import PERSON_NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACCORDING = Cue("according to", "speech", {"that": ("asserted", "happened")})
#: Verbs that lend themselves to a noun of speech: "made the claim that …", "issued a warning of …".
_LIGHT = frozenset(
    "make issue give offer have express release voice repeat reiterate hold share deliver renew level raise file".split()
)
_WITHHOLDING = frozenset({"refuse", "decline"})
#: Verbs whose first object is who hears it, so that a "that" behind it opens what is told and no relative clause.
_HEARER = frozenset("tell inform notify assure remind advise".split())

#: Nouns that with their owner say whose account a sentence is: "by his account", "in the view of the union".
_ACCOUNTS = frozenset(
    "account admission assessment estimate estimation judgement judgment opinion reckoning telling version view".split()
)


#: Tokens of what a speaker is said to be, between two commas.
_LONGEST_DESCRIPTION = 12


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
        elif token.pos_ == "ADP" and token.dep_ == "prep":
            yield from _according(token, held) if lemma(token) == "according" else _by_account(token, held)


def cue_range(token: Token) -> Range:
    """The cue with its auxiliaries, negation and adverbs before it, and its particle."""
    start, end = token.i, token.i + 1
    while (
        start > 0
        and token.doc[start - 1].head is token
        and token.doc[start - 1].dep_ in ("aux", "auxpass", "neg", "advmod")
    ):
        start -= 1
    if start > 1 and token.doc[start - 1].pos_ == "PRON" and token.doc[start - 2].text == "-":
        # "a-t-elle dit": an inverted pronoun stands between the auxiliary and the verb
        first = start - 2
        while first > 0 and not token.doc[first - 1].whitespace_ and start - first < 5:
            first -= 1
        start = first if token.doc[first].dep_ in ("aux", "auxpass") else start
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
    frame, content = complement(token, cue) or ("that", around(token) if cue.takes("that") else None)
    if content is None and lemma(token) in _HEARER:
        content = strayed(token)
    if content is None:
        return
    source, speaker = source_of(token, held)
    if source is not None and source == speaker and (opening := _described(token.doc, source, content)) is not None:
        content = content[0], opening
        source = speaker = opening + 1, source[1]
    made = _attribution(token, cue, frame, source, speaker, content)
    if made is not None:
        yield made


def _described(doc: Doc, source: Range, content: Range) -> int | None:
    """The comma before what a speaker is, where the parse has left that in the content: "…, a spokeswoman for the port, Ada Quill, said".

    None where a name stands before it, which it may describe as well.
    """
    last = source[0] - 1
    if not content[0] < last <= content[1] + 1 or doc[last].text != "," or doc[source[1] - 1].pos_ != "PROPN":
        return None
    opening = last - 1
    while opening > max(content[0], last - _LONGEST_DESCRIPTION) and doc[opening].text != ",":
        opening -= 1
    words = doc[opening + 1 : last]
    if doc[opening].text != "," or opening <= content[0] or doc[opening - 1].pos_ == "PROPN" or not len(words):
        return None
    people = words.root.lemma_.lower() in PERSON_NOUNS and words[0].pos_ in ("DET", "PRON")
    return opening if people and not any(t.pos_ in ("VERB", "AUX") for t in words) else None


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


def _according(token: Token, held: Sequence[int]) -> Iterator[Attribution]:
    """What "according to" attributes: its source is what follows, the content the clause it hangs on."""
    doc = token.doc
    to = token if token.pos_ == "ADP" else next((c for c in token.children if c.lower_ == "to"), None)
    noun = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or noun is None:
        return
    source = trim(doc, noun.left_edge.i, noun.right_edge.i + 1, held, noun.i)
    made = _attribution(token, _ACCORDING, "that", source, source, _clause_around(token)[1])
    if made is not None:
        last = max([to.i, *(c.i for c in to.children if c.dep_ == "fixed")])
        yield replace(made, cue=(token.i, last + 1))


def _clause_around(phrase: Token) -> tuple[Token, Range]:
    """The verb that an adverbial hangs on, and its clause without the adverbial."""
    clause = phrase.head
    for _ in range(CLIMB):
        if clause.pos_ in ("VERB", "AUX") or clause.dep_ == "ROOT":
            break
        clause = clause.head
    start, end = hull(clause)
    first, last = phrase.left_edge.i, phrase.right_edge.i + 1
    if first <= start + 1:
        start = last
    elif last >= end - 1:
        end = first
    return clause, (start, end)


def _by_account(token: Token, held: Sequence[int]) -> Iterator[Attribution]:
    """What "by his account", "in the view of the union" and, before a clause without a cue, "in the indictment" attribute."""
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if noun is None or token.lower_ not in ("by", "in"):
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    of = next((c for c in noun.rights if c.lower_ == "of"), None)
    owner = owner or next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else owner
    clause, content = _clause_around(token)
    if clause.pos_ not in ("VERB", "AUX") or clause is noun:
        return
    name = lemma(noun)
    if name in _ACCOUNTS and owner is not None:
        source = trim(token.doc, owner.left_edge.i, owner.right_edge.i + 1, held, owner.i)
    elif (
        name in DOCUMENTS
        and token.lower_ == "in"
        and token.i < clause.i
        and token.doc[token.right_edge.i + 1].text == ","
        and any(c.dep_ in ("det", "poss") for c in noun.lefts)
        and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in clause.children)
        and verb_cue(clause) is None
    ):
        source = trim(token.doc, noun.left_edge.i, noun.right_edge.i + 1, held, noun.i)
    else:
        return
    made = _attribution(noun, _ACCORDING, "that", source, source, content)
    if made is not None:
        last = noun.i if name in _ACCOUNTS else token.i
        yield replace(made, cue=(token.i, last + 1))


def _by_noun(token: Token, held: Sequence[int]) -> Iterator[Attribution]:
    cue = NOUNS.get(lemma(token))
    if cue is None:
        return
    content, frame = None, "that"
    for child in token.rights:
        if child.dep_ in ("acl", "ccomp", "relcl"):
            that = any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in child.children)
            to = is_infinitive(child)
            if (that and cue.takes("that")) or (to and cue.takes("to")):
                content, frame = hull(child), "that" if that else "to"
                break
        if child.dep_ == "prep" and cue.takes(f"on:{child.lower_}"):
            inner = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            if inner:
                content, frame = hull(*inner), f"on:{child.lower_}"
                break
    if content is None:
        return
    source = speaker = None
    for child in token.children:
        if child.dep_ == "poss":
            source = speaker = trim(token.doc, child.left_edge.i, child.right_edge.i + 1, held, child.i)
        elif child.dep_ == "prep" and child.lower_ in ("by", "from") and child.right_edge.i < content[0]:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None:
                source = speaker = trim(token.doc, noun.left_edge.i, noun.right_edge.i + 1, held, noun.i)
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
                content = hull(child)
            elif child.dep_ == "xcomp" and cue.takes("to") and is_infinitive(child):
                content, frame = hull(child), "to"
            elif child.dep_ == "prep" and cue.takes(f"on:{child.lower_}"):
                inner = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
                content, frame = (hull(*inner) if inner else None), f"on:{child.lower_}"
    if content is None:
        return
    source, speaker = source_of(token.head, held)
    made = _attribution(token, cue, frame, source, speaker, content)
    if made is not None:
        yield replace(made, cue=(min(token.head.i, token.i), token.i + 1))
