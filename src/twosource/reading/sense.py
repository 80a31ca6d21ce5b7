"""A clause in words and lemmas for comparing it with others: what is missing supplied, whoever is meant by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from anyascii import anyascii

from twosource.reading.clauses import RELATIVES, SUBJECTS, content, phrase
from twosource.reading.coreference import Resolve

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPLETING = frozenset({"prt", "xcomp", "acomp", "attr", "dobj", "oprd"})


def lemma(token: Token) -> str:
    """The token's lemma as all comparing is done: lower case, in plain Latin letters, without a possessive."""
    return str(anyascii(token.lemma_)).lower().strip("'’.-")


def lemmas(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The lemmas of those tokens that carry meaning, each once."""
    return tuple(dict.fromkeys(lemma(t) for t in content(list(tokens))))


def predicate(head: Token, own: Sequence[Token]) -> tuple[str, ...]:
    """The lemma of the verb, with its particle and the verbs and nouns that complete it."""
    mine = {t.i for t in own}
    completing = [c for c in head.children if c.dep_ in _COMPLETING and c.i in mine]
    if head.dep_ == "relcl":
        # "the bridge that they built": build, bridge
        completing = [head.head if c.tag_ in RELATIVES else c for c in completing]
    return tuple(dict.fromkeys(lemma(t) for t in (head, *completing)))


def sense(
    own: Sequence[Token], head: Token, subject: Sequence[Token], resolve: Resolve, names: Mapping[str, str]
) -> str:
    """The clause as it would stand alone: a missing subject supplied, relative pronouns by what they stand for, pronouns by names."""
    mine = {t.i for t in own}
    relative = head.dep_ == "relcl"
    out: list[str] = []
    has_subject = filled = False
    for token in own:
        if token.head == head and token.dep_ in {"mark", "cc"}:
            continue
        if token.is_punct and (token.i - 1 not in mine or token.i + 1 not in mine):
            # the comma before or after a clause that has been cut out
            continue
        has_subject |= token.dep_ in SUBJECTS and token.head == head
        if relative and token.tag_ in RELATIVES:
            # "the bridge that they built": "they built the bridge"
            filled = token.dep_ in SUBJECTS
            out += [t.text for t in subject] if filled else []
            continue
        if relative and token.tag_ == "WP$":
            out += [t.text for t in phrase(head.head)] + ["’s"]
            filled = True
            continue
        out.append(_named(token, resolve, names))
    if relative and has_subject and not filled:
        out += [t.text for t in phrase(head.head) if t.i not in mine]
    if not has_subject and not any(t.i in mine for t in subject):
        out = [*(_named(t, resolve, names) for t in subject), *out]
    return " ".join(out)


def _named(token: Token, resolve: Resolve, names: Mapping[str, str]) -> str:
    """The token's words, or the name of whom a pronoun means."""
    if token.pos_ != "PRON":
        return str(token.text)
    meant = resolve(token.doc[token.i : token.i + 1])
    if meant is None or meant not in names:
        return str(token.text)
    return names[meant] + "’s" if token.dep_ == "poss" else names[meant]
