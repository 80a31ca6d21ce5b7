"""The clauses of a sentence, out of the dependency parse.

A clause is a verb (or, in a heading, the head of the phrase) with what depends on it and on no clause below it. Coordinated verbs,
relative, adverbial, participial and complement clauses stand by themselves where they say enough to be judged by themselves. The
others stay with the clause above: what says too little ("who fled"), what is not asserted by itself (conditions, purposes, questions,
"without telling anyone"), and what would lose its "not" or its "will" ("was not warned or evacuated").
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.reading.modality import is_finite, is_infinitive, polarity

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

#: Links by which a verb may head a clause of its own, and the words of content that it must then have at least.
_LINKS = {"conj": 2, "ccomp": 1, "advcl": 2, "relcl": 3, "acl": 3, "parataxis": 2, "appos": 2, "dep": 2}
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
RELATIVES = frozenset({"WDT", "WP"})
#: What opens a clause that is not asserted, or that only measures the one above.
_OPEN_MARKS = frozenset(
    {"if", "unless", "whether", "lest", "than", "provided", "providing", "supposing", "though", "for"}
)
#: Verbs so light that a clause needs one more word of content beside them.
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
        t for t in tokens if t.pos_ in _CONTENT and t.dep_ not in _AUXILIARIES and not (t.pos_ == "ADJ" and t.is_stop)
    ]


def clauses(sentence: Tokens, cues: Container[int] = ()) -> tuple[Clause, ...]:
    """The clauses of `sentence`, in the order of their heads. Together they hold each of its words once.

    `cues` are the indices of the verbs that attribute what somebody says: only from them is a complement clause cut off, since
    it is then somebody's assertion; what stands behind any other verb ("it is not true that …") is none.
    """
    order = _from_the_top(sentence)
    heads = {t.i for t in sentence if t.i == sentence.root.i or _may_head(t, cues)}
    above: dict[int, int] = {}
    owner: dict[int, int] = {}
    for token in order:
        above[token.i] = owner.get(token.head.i, token.i)
        owner[token.i] = token.i if token.i in heads else above[token.i]
    owned: dict[int, list[Token]] = {i: [] for i in heads}
    for token in sentence:
        owned[owner[token.i]].append(token)
    # From the deepest up: what slight clauses give back may make the one above them whole.
    for token in reversed(order):
        if (
            token.i in owned
            and token.i != sentence.root.i
            and not (token.i in cues or _says_enough(token, owned[token.i]))
        ):
            owned[above[token.i]] += owned.pop(token.i)
    made: dict[int, Clause] = {}
    for token in order:
        if token.i in owned:
            up = above[token.i]
            while up not in made and up != token.i:
                up = above[up]
            parent = made.get(up)
            tokens = tuple(sorted(owned[token.i], key=lambda t: t.i))
            made[token.i] = Clause(token, tokens, subject_of(token, parent), parent)
    return tuple(made[i] for i in sorted(made))


def _from_the_top(sentence: Tokens) -> list[Token]:
    """The tokens of the sentence, each after the one it depends on."""
    order = [sentence.root]
    for token in order:
        order += token.children
    return order


def _may_head(token: Token, cues: Container[int]) -> bool:
    link = token.dep_
    if link not in _LINKS:
        return False
    subject = _has_subject(token)
    if token.pos_ not in {"VERB", "AUX"} and not subject:
        return False
    if link == "ccomp":
        after = token.right_edge.i + 1
        apart = after < token.head.i and token.doc[after].text == ";"
        return is_finite(token) and (token.head.i in cues or apart) and not _is_open(token)
    if link == "advcl":
        # "in order to …", "for him to …", "if …"
        return not is_infinitive(token) and not _is_open(token)
    if link in {"acl", "relcl"} and is_infinitive(token) and any(c.lower_ == "no" for c in token.head.lefts):
        # "no reason to doubt it"
        return False
    if link == "acl":
        # "the claim that the gates were shut" is not "the gates were shut"
        return not subject
    if link == "relcl":
        # "it was the mayor who …"
        return not (token.head.dep_ == "attr" and any(c.lower_ == "it" for c in token.head.head.lefts))
    if link == "conj":
        return subject or _is_conjunct(token)
    return True


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _is_open(verb: Token) -> bool:
    """Whether the clause is a condition, a question or a comparison: "though" is among them for "as though" alone."""
    for child in verb.children:
        if child.dep_ in {"mark", "advmod"} and child.lower_ in _OPEN_MARKS and child.i < verb.i:
            return bool(child.lower_ != "though" or (child.i > 0 and child.nbor(-1).lower_ == "as"))
    return False


def _is_conjunct(token: Token) -> bool:
    """Whether a coordinated verb without a subject of its own can be cut from the first: it must take nothing of what turns that."""
    first = token
    while first.dep_ == "conj":
        first = first.head
    if first.pos_ not in {"VERB", "AUX"} or first.dep_ in {"xcomp", "pcomp", "csubj"}:
        return False
    if is_finite(token):
        return True
    if is_infinitive(first) or (first.dep_ == "ccomp" and not is_finite(first)):
        return False
    own = any(c.dep_ in _AUXILIARIES for c in token.children)
    turned = any(c.dep_ == "neg" or (c.dep_ in _AUXILIARIES and c.tag_ == "MD") for c in first.children)
    return own or not turned


def _says_enough(head: Token, tokens: Sequence[Token]) -> bool:
    least = _LINKS[head.dep_]
    if head.dep_ == "advcl" and not _has_subject(head):
        least += 1
    if head.dep_ == "conj" and _has_subject(head) and is_finite(head) and polarity(head) == "denied":
        # "… and nobody had tested them": a denial must not be lost in what the first verb asserts
        least = 1
    if head.dep_ != "ccomp" and head.lemma_.lower() in _LIGHT:
        least += 1
    return len(content(tokens)) >= least


def subject_of(head: Token, above: Clause | None) -> tuple[Token, ...]:
    """Who or what acts: the verb's own subject, what a relative clause or a participle hangs on, or the subject of the clause above."""
    for child in head.children:
        if child.dep_ in SUBJECTS:
            if child.tag_ in RELATIVES and head.dep_ == "relcl":
                return phrase(head.head)
            return phrase(child)
    if head.dep_ in {"acl", "relcl"}:
        return phrase(head.head)
    return above.subject if above is not None else ()


def phrase(noun: Token) -> tuple[Token, ...]:
    """The noun with what stands before it and its prepositional phrases, without its clauses and appositions."""
    left_out = {"relcl", "acl", "appos", "conj", "cc", "punct", "parataxis", "advcl", "dep"}
    taken = [noun]
    todo = [c for c in noun.children if c.dep_ not in left_out]
    while todo:
        token = todo.pop()
        taken.append(token)
        todo += [c for c in token.children if c.dep_ not in left_out]
    return tuple(sorted(taken, key=lambda t: t.i))
