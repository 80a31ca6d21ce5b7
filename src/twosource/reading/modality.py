"""Whether a clause is asserted or denied, and in what mode: done, planned, possible or demanded.

Read off the verb and what stands beside it: negations, auxiliaries, the verbs and adjectives that take an infinitive ("failed to",
"is due to", "was forced to"), and adverbs of doubt. What the cue of a quotation adds is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from twosource.model import Modality, Polarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NEGATIVE_WORDS = frozenset({"no", "nobody", "none", "neither", "nothing", "noone", "nowhere"})
_NEGATIVE_ADVERBS = frozenset(
    {"no", "neither", "nowhere", "never", "not", "n't", "n’t", "scarcely", "hardly", "barely"}
)
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "agent", "oprd"})
#: Verbs that deny what depends on them (Saurí and Pustejovsky 2009, "FactBank", counterfactive predicates).
_COUNTERFACTIVE = frozenset("avoid cease decline fail forget lack neglect omit prevent refrain refuse".split())
#: Words that deny by their first letters that something was done to somebody or something.
_UNHARMED = frozenset(
    "unaffected unarmed unattended unchanged uncharged unconfirmed undamaged unhurt unharmed unidentified uninjured uninspected"
    " uninsured unmarked unopened unpaid unpunished unscathed unsolved untouched unwounded".split()
)
_PLANNED_MODALS = frozenset({"will", "shall", "would", "'ll", "’ll", "wo", "'d", "’d"})
_POSSIBLE_MODALS = frozenset({"may", "might", "could"})
_DEMANDED_MODALS = frozenset({"must", "should", "ought"})
#: Before an infinitive, these speak of what is yet to come: "is due to meet", "plans to sue", "tried to calm".
_PROSPECTIVE = frozenset(
    "aim arrange attempt bid bind bound decide decision due effort expect hope intend intention likely look mean offer opt plan pledge"
    " poise poised prepare prepared promise propose ready schedule scheduled seek set slate slated summon swear threaten try vow want"
    " wish".split()
)
#: Before an infinitive, these speak of what somebody wants done.
_DEMANDING = frozenset(
    "ask beg beseech call command demand direct exhort implore instruct invite need order press require summon tell urge".split()
)
#: Before an infinitive, these leave open whether it is so.
_SUPPOSING = frozenset(
    "accuse allege appear assume believe feel report rumour rumor say seem suppose suspect tend think".split()
)
_POSSIBLE_WORDS = frozenset(
    "allegedly apparently likely maybe perhaps possible possibly potentially presumably probably purportedly reportedly seemingly"
    " supposedly".split()
)


def is_finite(verb: Token) -> bool:
    """Whether the verb, or its auxiliary, has a tense."""
    return verb.tag_ in _FINITE or any(c.tag_ in _FINITE for c in verb.children if c.dep_ in {"aux", "auxpass"})


def is_infinitive(verb: Token) -> bool:
    """Whether "to" stands before the verb, or, in a language that needs none, it is an infinitive by its own form."""
    return verb.tag_ == "VBTO" or any(c.tag_ == "TO" for c in verb.children if c.dep_ == "aux")


def polarity(head: Token) -> Polarity:
    """Denied where an odd number of negations stands beside the verb: "not", "no one", "failed to", "neither … nor"."""
    negations = 0
    for child in head.children:
        negations += child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in _NEGATIVE_ADVERBS)
        negations += child.dep_ in _ARGUMENTS and _is_negative(child)
        negations += child.dep_ == "xcomp" and head.lemma_.lower() in _COUNTERFACTIVE
        # "expected not to come"
        negations += child.dep_ == "xcomp" and any(c.dep_ == "neg" for c in child.children)
    negations += head.lower_ in _UNHARMED or any(
        c.lower_ in _UNHARMED for c in head.children if c.dep_ in {"acomp", "oprd"}
    )
    if head.dep_ == "conj" and not negations:
        negations += any(
            c.dep_ in {"cc", "preconj"} and c.lower_ == "nor" for c in (*head.children, *head.head.children)
        )
    return "denied" if negations % 2 else "asserted"


def _is_negative(noun: Token) -> bool:
    """Whether the noun phrase is "no one", "none of them", "no gates", "neither of the two", "neither the mayor nor …"."""
    if noun.lower_ in _NEGATIVE_WORDS:
        return True
    return any(c.lower_ in {"no", "not", "neither"} for c in noun.lefts)


def modality(head: Token, tokens: Sequence[Token]) -> Modality:
    """The mode of the clause of `tokens` with the verb `head`."""
    mode = _by_auxiliary(head)
    if mode != "happened":
        return mode
    # "was not warned or evacuated", "will be tried and sentenced": the second verb has its auxiliary from the first
    if head.dep_ == "conj" and not any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for c in head.children):
        first = head.head
        if head.tag_ in {"VB", "VBN", "VBG"} and (mode := _by_auxiliary(first)) != "happened":
            return mode
    if any(t.lower_ in _POSSIBLE_WORDS for t in tokens if t.dep_ in {"advmod", "amod", "acomp"} and _beside(t, head)):
        return "possible"
    return _by_complement(head)


def _beside(token: Token, head: Token) -> bool:
    """Whether the word of doubt bears on the verb itself, or on what is its subject, object or complement."""
    return bool(token.head == head or token.head.head == head)


def _by_auxiliary(head: Token) -> Modality:
    words = {c.lower_ for c in head.children if c.dep_ == "aux"}
    if words & _DEMANDED_MODALS:
        return "demanded"
    if words & _POSSIBLE_MODALS or any(
        c.dep_ == "mark" and c.lower_ in {"if", "whether", "unless"} for c in head.children
    ):
        return "possible"
    if words & _PLANNED_MODALS:
        return "planned"
    if head.doc.lang_ != "en" and (mode := _by_form(head)) != "happened":
        return mode
    return "planned" if head.dep_ in {"acl", "advcl", "relcl"} and is_infinitive(head) else "happened"


def _by_form(head: Token) -> Modality:
    """The mode that the form of the verb or its auxiliary tells, as most languages have it: "fermera", "aurait été prévenu"."""
    told = [str(t.morph) for t in (head, *(c for c in head.children if c.dep_ in {"aux", "auxpass"}))]
    if any("Mood=Cnd" in m for m in told):
        return "possible"
    return "planned" if any("Tense=Fut" in m for m in told) else "happened"


def _by_complement(head: Token) -> Modality:
    """The mode that the verb, or the adjective or noun behind "be", gives to the infinitive after it."""
    words = {head.lemma_.lower()} | {c.lemma_.lower() for c in head.children if c.dep_ in {"acomp", "oprd", "attr"}}
    infinitive = any(
        c.dep_ in {"xcomp", "ccomp", "advcl"} and is_infinitive(c)
        for owner in (head, *(c for c in head.children if c.dep_ in {"acomp", "oprd", "attr"}))
        for c in owner.children
    )
    bare = head.lemma_.lower() == "be" and bool(words & {"due", "likely", "poised", "bound", "scheduled", "slated"})
    if infinitive or bare:
        if head.lemma_.lower() in _DEMANDING:
            return "demanded"
        if words & _PROSPECTIVE:
            return "planned"
        if head.lemma_.lower() in _SUPPOSING:
            return "possible"
        # "is to open on Friday", "has to leave", "was forced to" (which happened)
        if infinitive and head.lemma_.lower() == "be" and len(words) == 1:
            return "planned"
        if infinitive and head.lemma_.lower() == "have" and len(words) == 1:
            return "demanded"
    return "happened"
