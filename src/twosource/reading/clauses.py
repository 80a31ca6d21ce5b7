"""The clauses of a sentence, out of the dependency parse.

A clause is a verb (or, in a heading, the head of the phrase) with what depends on it and on no clause below it. Coordinated verbs,
relative, adverbial, participial and complement clauses stand by themselves where they say enough to be judged by themselves;
what says less ("who fled") stays with the clause above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

#: Links by which a verb may head a clause of its own, and the words that it must then have at least.
_LINKS = {
    "conj": 3,
    "ccomp": 3,
    "csubj": 3,
    "advcl": 4,
    "relcl": 3,
    "acl": 4,
    "parataxis": 2,
    "pcomp": 4,
    "appos": 4,
    "dep": 4,
}
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Verbs so light that a clause needs two more words of content beside them.
_LIGHT = frozenset({"be", "have", "do", "get", "go", "come", "include", "say"})


@dataclass(frozen=True, slots=True)
class Clause:
    """`head` with its `tokens` in order. `subject` is who or what acts, taken from above where the clause has none of its own."""

    head: Token
    tokens: tuple[Token, ...]
    subject: tuple[Token, ...]
    parent: Clause | None


def content(tokens: Sequence[Token]) -> list[Token]:
    """Those of `tokens` that carry meaning: nouns, verbs, adjectives, numbers, but no auxiliaries and no "several", "own", "such"."""
    return [
        t
        for t in tokens
        if t.pos_ in _CONTENT and t.dep_ not in {"aux", "auxpass"} and not (t.pos_ == "ADJ" and t.is_stop)
    ]


def clauses(sentence: Tokens) -> tuple[Clause, ...]:
    """The clauses of `sentence`, in the order of their heads. Together they hold each of its words once."""
    heads = {sentence.root.i: sentence.root} | {t.i: t for t in sentence if _may_head(t)}
    while True:
        owned = _owned(sentence, heads)
        slight = [i for i, tokens in owned.items() if i != sentence.root.i and not _says_enough(heads[i], tokens)]
        if not slight:
            break
        # From the deepest up, one at a time: what a slight clause gives back may make the one above it whole.
        del heads[max(slight, key=lambda i: (_depth(heads[i]), i))]
    made: dict[int, Clause] = {}
    for i in sorted(owned, key=lambda i: (_depth(heads[i]), i)):
        head = heads[i]
        above = made.get(_owner(head.head, heads).i) if i != sentence.root.i else None
        made[i] = Clause(head, tuple(owned[i]), _subject(head, above), above)
    return tuple(made[i] for i in sorted(made))


def _may_head(token: Token) -> bool:
    least = _LINKS.get(token.dep_)
    if least is None:
        return False
    subject = any(c.dep_ in _SUBJECTS for c in token.children)
    if (
        token.dep_ == "ccomp"
        and token.tag_ in {"VBG", "VBN", "VB"}
        and not any(c.tag_ in _FINITE for c in token.children)
    ):
        return False  # "saw two men being led away", "made them leave": one thing is said, not two
    if token.pos_ not in {"VERB", "AUX"} and not subject:
        return False
    if token.dep_ == "pcomp" and subject:
        return False  # "led to the town losing its mill": the preposition takes the whole of it
    if token.dep_ == "conj" and token.head.pos_ not in {"VERB", "AUX"} and not subject:
        return False
    return subject or sum(not t.is_punct for t in token.subtree) >= least


def _says_enough(head: Token, tokens: Sequence[Token]) -> bool:
    carried = content(tokens)
    return len(carried) >= 2 + (head.lemma_.lower() in _LIGHT)


def _owner(token: Token, heads: dict[int, Token]) -> Token:
    while token.i not in heads:
        token = token.head
    return token


def _owned(sentence: Tokens, heads: dict[int, Token]) -> dict[int, list[Token]]:
    owner: dict[int, int] = {}

    def find(token: Token) -> int:
        path = []
        while token.i not in heads and token.i not in owner:
            path.append(token.i)
            token = token.head
        found = owner.get(token.i, token.i)
        for i in path:
            owner[i] = found
        return found

    owned: dict[int, list[Token]] = {i: [] for i in sorted(heads)}
    for token in sentence:
        owned[find(token)].append(token)
    return owned


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i:
        token = token.head
        depth += 1
    return depth


def _subject(head: Token, above: Clause | None) -> tuple[Token, ...]:
    for child in head.children:
        if child.dep_ in _SUBJECTS:
            if child.tag_ in {"WDT", "WP"} and head.dep_ == "relcl":
                return _phrase(head.head)
            return _phrase(child)
    if head.dep_ in {"acl", "relcl"}:
        return _phrase(head.head)
    return above.subject if above is not None else ()


def _phrase(noun: Token) -> tuple[Token, ...]:
    """The noun with what stands before it and its prepositional phrases, without its clauses and appositions."""
    left_out = {"relcl", "acl", "appos", "conj", "cc", "punct", "parataxis", "advcl", "dep"}
    taken = [noun]
    todo = [c for c in noun.children if c.dep_ not in left_out]
    while todo:
        token = todo.pop()
        taken.append(token)
        todo += [c for c in token.children if c.dep_ not in left_out]
    return tuple(sorted(taken, key=lambda t: t.i))
