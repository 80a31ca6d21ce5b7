"""Whose it is that a cue attributes: the noun phrase of its subject, by the parse.

The source is the whole phrase, with its appositions, as PolNeAR has it; a participle or an infinitive takes that of the verb above
it, a passive its agent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Steps up the parse in search of a subject. Real sentences need three; a broken parse shall not cost more.
CLIMB = 6

#: Tokens of the longest source: beyond that the parse has swept a clause into the name.
LONGEST_SOURCE = 40

_RELATIVE = frozenset({"WDT", "WP"})

#: Tokens from the first up to, not with, the second.
Range = tuple[int, int]


def source_of(token: Token, held: Sequence[int]) -> tuple[Range | None, Range | None]:
    """The source of the cue `token`, and what of it to resolve."""
    verb = token
    for _ in range(CLIMB):
        passive = False
        # the nearest subject first: in "The dam, she said, had burst" the parse gives "said" both
        for child in (*reversed(list(verb.lefts)), *verb.rights):
            if child.dep_ in ("nsubj", "csubj", "expl") and not (child.dep_ == "expl" and verb.dep_ == "ROOT"):
                return noun_phrase(child, verb, held)
            if child.dep_ == "nsubjpass":
                passive = True
            if child.dep_ == "agent":
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        return noun_phrase(noun, verb, held)
        if passive and verb is token and not any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children):
            return None, None
        if passive:
            return next((noun_phrase(c, verb, held) for c in verb.children if c.dep_ == "nsubjpass"), (None, None))
        if (
            verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis", "pobj")
            and verb.head is not verb
        ):
            verb = verb.head
        elif verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN") and verb.tag_ == "VBG":
            start, end = verb.head.left_edge.i, verb.left_edge.i
            trimmed = trim(verb.doc, start, end, held, verb.head.i)
            return trimmed, trimmed
        else:
            return None, None
    return None, None


def noun_phrase(noun: Token, verb: Token, held: Sequence[int]) -> tuple[Range | None, Range | None]:
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
    source = trim(noun.doc, start, end, held, noun.i)
    if noun.tag_ in _RELATIVE:
        clause = verb
        for _ in range(CLIMB):
            if clause.dep_ == "relcl":
                antecedent = trim(
                    noun.doc, clause.head.left_edge.i, max(clause.left_edge.i, clause.head.i + 1), held, clause.head.i
                )
                return source, antecedent
            clause = clause.head
    return source, source


def trim(doc: Doc, start: int, end: int, held: Sequence[int], head: int) -> Range | None:
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
