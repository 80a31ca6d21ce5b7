"""Who a pronoun or a description means, within one report, by rules that can be said in words.

- *A name* means its actor; words in apposition to a name mean the same ("the governor, Ida Holm").
- *he, she* mean the nearest fitting person before: gender must not differ, the subject of a sentence is preferred over what it acts
  on, who spoke last over who was spoken of, a person outside a quotation over one named inside it; an object is never the subject
  of its own verb. A pronoun once resolved counts as a mention, so that a chain of "she" stays with one person.
- *the minister* means who has that role in this report, the nearest before where several have it; *the ministry*, *the island* mean
  the organisation or place whose name ends so.

Where rules leave it open the answer is None: no voice is better than a wrong one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.model import Actor, Name
from twosource.reading import titles
from twosource.reading.parse import Parse
from twosource.reading.titles import Gender

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

#: Gives the id of the actor that a name, a pronoun or a description ("the minister") means, or None.
Resolve = Callable[["Tokens"], str | None]

PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}  # fmt: skip

#: Mentions before a pronoun that are weighed, and sentences that a pronoun reaches back.
_MENTIONS, _SENTENCES = 24, 6

#: Roles that news uses one for another.
_SAME_ROLE = (
    frozenset(
        {
            "congressman",
            "congresswoman",
            "representative",
            "rep",
            "lawmaker",
            "legislator",
            "republican",
            "democrat",
            "politician",
        }
    ),
    frozenset({"senator", "sen", "lawmaker", "legislator", "republican", "democrat", "politician"}),
    frozenset({"lawyer", "attorney", "solicitor", "barrister", "counsel"}),
    frozenset({"president", "leader", "ruler", "strongman"}),
    frozenset({"governor", "gov"}),
    frozenset({"minister", "secretary"}),
    frozenset({"spokesman", "spokeswoman", "spokesperson"}),
    frozenset({"chairman", "chairwoman", "chairperson", "chair"}),
    frozenset({"executive", "ceo", "chief"}),
    frozenset({"head", "chief", "director", "boss"}),
    frozenset({"general", "gen", "commander"}),
    frozenset({"wife", "husband", "spouse"}),
)

#: Descriptions that nearly anybody in the news can bear: they mean the subject before, if anyone.
_ANYBODY = frozenset({"official", "leader", "politician", "lawmaker", "man", "woman"})

#: Kin and company, whom news names by whose they are.
_KIN = frozenset(
    "wife husband spouse partner fiancé fiancée fiance fiancee boyfriend girlfriend son daughter child baby father mother parent dad mum"
    " mom brother sister sibling twin uncle aunt nephew niece cousin grandfather grandmother grandson granddaughter stepfather stepmother"
    " stepson stepdaughter widow widower friend colleague neighbour neighbor lawyer attorney boss roommate classmate".split()
)

#: Stands for a person whom the report does not name.
_NOBODY = ""

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"dobj", "iobj", "dative", "pobj"})


@dataclass(frozen=True, slots=True)
class _Seen:
    """An actor mentioned, by name or by a pronoun, at `start`; `token` is the head of the mention."""

    start: int
    actor: str
    token: int
    sentence: int
    subject: bool
    quoted: bool


def resolver(parse: Parse, actors: Sequence[Actor]) -> Resolve:
    """A function that gives the id of the actor that some tokens of this report mean, or None where that is not clear."""
    return _Scene(parse, actors).resolve


class _Scene:
    """One report's mentions in order, and what its pronouns were found to mean."""

    def __init__(self, parse: Parse, actors: Sequence[Actor]) -> None:
        self.doc: Doc = parse.doc
        self.actors = {a.id: a for a in actors}
        self.gender: dict[str, Gender | None] = {a.id: a.gender for a in actors}
        self.names = sorted((m for a in actors for m in a.mentions), key=lambda m: (m.start, m.end))
        self.starts = [m.start for m in self.names]
        self.sentences = [s.start_char for s in parse.sentences]
        self.quoted = list(_quotations(self.doc))
        # One bare word that nothing but the pipeline calls a person is a weak claim on a pronoun.
        self.vague = {a.id for a in actors if " " not in a.name and a.gender is None and not a.roles}
        self.pronouns: dict[int, str] = {}
        self.roles = self._roles()
        self._walk()

    # --- reading the report once, from the front -------------------------------------------------------------------------------

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.sentences, offset) - 1

    def _head(self, name: Name) -> Token | None:
        tokens = self.doc.char_span(name.start, name.end, alignment_mode="expand")
        return tokens.root if tokens is not None else None

    def _walk(self) -> None:
        """Resolves every "he" and "she" in the order of the text."""
        self.seen: list[_Seen] = []
        people = [n for n in self.names if n.kind == "person"]
        at = 0
        for token in self.doc:
            while at < len(people) and people[at].start <= token.idx:
                if (head := self._head(people[at])) is not None:
                    self._see(people[at].start, people[at].actor, head)
                at += 1
            if self._unnamed(token):
                self._see(token.idx, _NOBODY, token)
            sex = PRONOUNS.get(token.lower_)
            if sex is None or token.pos_ not in {"PRON", "DET"} or token.dep_ == "expl":
                continue
            if (who := self._antecedent(token, sex)) is not None:
                self.pronouns[token.i] = who
                self._see(token.idx, who, token)

    def _see(self, start: int, actor: str, head: Token) -> None:
        subject = _subject(head)
        self.seen.append(_Seen(start, actor, head.i, self._sentence(start), subject, self.quoted[head.i]))

    def _unnamed(self, token: Token) -> bool:
        """Is this "a protester", "another man" or "her father", of whom a pronoun after it may speak?"""
        noun = token.lemma_.lower()
        if token.tag_ != "NN" or noun not in titles.PERSON_NOUNS | _KIN or token.dep_ in {"appos", "attr", "compound"}:
            return False
        if self._named(token.doc[token.i : token.i + 1], token) is not None:
            return False
        if any(c.lower_ in {"a", "an", "another", "one"} for c in token.children):
            return bool(token.dep_ != "poss")
        # kin is somebody else than whose kin it is, named or not
        return noun in _KIN and any(c.dep_ == "poss" for c in token.children) and noun not in self.roles

    def _antecedent(self, pronoun: Token, sex: Gender) -> str | None:
        """The person with the best claim; a claim that two share equally goes to the later mention."""
        here = self._sentence(pronoun.idx)
        best: tuple[float, int] | None = None
        chosen: str | None = None
        for seen in self.seen[-_MENTIONS:]:
            back = here - seen.sentence
            if back > _SENTENCES or not self._may(pronoun, seen, sex):
                continue
            claim = -1.5 * back + 2.0 * seen.subject - 2.0 * (seen.quoted and not self.quoted[pronoun.i])
            claim += 2.5 * (self._sex(seen) == sex) - 3.0 * (seen.actor in self.vague)
            if best is None or (claim, seen.start) >= best:
                best, chosen = (claim, seen.start), seen.actor
        if chosen is None or chosen == _NOBODY:
            return None
        if self.gender[chosen] is None:
            self.gender[chosen] = sex
        return chosen

    def _sex(self, seen: _Seen) -> Gender | None:
        """What is known of the gender of somebody mentioned: of the unnamed, what the noun tells."""
        if seen.actor == _NOBODY:
            return titles.GENDERED.get(self.doc[seen.token].lemma_.lower())
        return self.gender[seen.actor]

    def _may(self, pronoun: Token, seen: _Seen, sex: Gender) -> bool:
        """Gender must not differ; an object is not the subject of its own verb unless it says "self"."""
        other = self.doc[seen.token]
        if self._sex(seen) not in (None, sex):
            return False
        if pronoun.lower_.endswith("self"):
            return True
        verb = pronoun.head if pronoun.dep_ != "pobj" else pronoun.head.head
        if pronoun.dep_ in _OBJECTS and other.dep_ in _SUBJECTS and other.head == verb:
            return False
        if pronoun.dep_ == "poss" and pronoun.head.i == seen.token:
            return False
        if pronoun.dep_ == "poss" and other.dep_ == "appos" and other.head == pronoun.head:
            return False
        # "his wife, Ida": the name belongs to what is possessed.
        return not any(t.dep_ == "poss" and t.i == pronoun.i for t in other.children)

    # --- answering -------------------------------------------------------------------------------------------------------------

    def resolve(self, tokens: Tokens) -> str | None:
        """The id of the actor that `tokens` mean, or None."""
        root = tokens.root
        name = self._named(tokens, root)
        if name is not None:
            return name
        if root.i in self.pronouns:
            return self.pronouns[root.i]
        if root.lower_ in {"who", "whom", "which", "that"} and root.pos_ == "PRON":
            return self._relative(root)
        if root.pos_ in {"NOUN", "PROPN"}:
            return self._described(tokens, root)
        return None

    def _within(self, start: int, end: int) -> list[Name]:
        return [
            n
            for n in self.names[max(0, bisect_left(self.starts, start) - 2) : bisect_left(self.starts, end)]
            if n.end > start
        ]

    def _at(self, token: Token) -> str | None:
        """The actor whose name holds this token."""
        return next((n.actor for n in self._within(token.idx, token.idx + 1) if n.start <= token.idx < n.end), None)

    def _named(self, tokens: Tokens, root: Token) -> str | None:
        """The actor whose name holds the root of these tokens, or stands in apposition to it, or is all that they are."""
        if (who := self._at(root)) is not None:
            return who
        for child in root.children:
            if child.dep_ == "appos" and (who := self._at(child)) is not None:
                return who
        if root.dep_ == "appos" and (who := self._at(root.head)) is not None and root.pos_ in {"NOUN", "PROPN"}:
            return who
        inside = self._within(tokens.start_char, tokens.end_char)
        rest = [t for t in tokens if not any(n.start <= t.idx < n.end for n in inside)]
        if inside and all(
            t.is_punct
            or t.lower_ in titles.HONORIFICS
            or t.lower_ in titles.TITLES | titles.MODIFIERS
            or t.pos_ == "DET"
            for t in rest
        ):
            after = [n for n in inside if n.kind == "person"] or inside
            return after[-1].actor if len({n.actor for n in after}) == 1 else None
        return None

    def _relative(self, pronoun: Token) -> str | None:
        """What a relative clause hangs on."""
        verb = pronoun.head
        for _ in range(4):
            if verb.dep_ == "relcl":
                return self._at(verb.head)
            if verb.head == verb:
                return None
            verb = verb.head
        return None

    def _roles(self) -> dict[str, list[str]]:
        """Actors by the words at the heart of their roles, and organisations and places by the last word of their names."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for actor in self.actors.values():
            nouns: list[str] = []
            for role in actor.roles:
                tokens = self.doc.char_span(role.start, role.end, alignment_mode="expand")
                if tokens is not None:
                    nouns.append(tokens.root.lemma_.lower().strip("."))
                    nouns.append(tokens[-1].lower_.strip(".") if len(tokens) <= 4 else nouns[-1])
            if actor.kind in {"organisation", "place"}:
                nouns += [m.exact.split()[-1].casefold() for m in actor.mentions if " " in m.exact]
                nouns += [m.exact.split()[0].casefold() for m in actor.mentions if " of " in m.exact]
            for noun in nouns:
                for word in _alike(noun):
                    if actor.id not in found[word]:
                        found[word].append(actor.id)
        return dict(found)

    def _described(self, tokens: Tokens, root: Token) -> str | None:
        """Whom "the minister", "his wife", "the ministry" mean: who bears that role, the nearest before where several do."""
        opening = root.left_edge if root.left_edge.i >= tokens.start else tokens[0]
        definite = opening.lower_ in {"the", "this", "that"} or any(c.dep_ == "poss" for c in root.children)
        plural = root.tag_ in {"NNS", "NNPS"}
        if (
            plural
            or not definite
            or any(c.dep_ == "prep" and c.lower_ in {"of", "for", "at"} for c in root.children if c.i < tokens.end)
        ):
            return None
        noun = root.lemma_.lower()
        own = next((c for c in root.children if c.dep_ == "poss"), None)
        bearers = self.roles.get(noun, [])
        if own is not None and noun not in _KIN | {"spokesman", "spokeswoman", "spokesperson"}:
            # "Tarnholm's mayor": who the report has called so
            whose = self.doc[own.left_edge.i : own.i + 1].text.lower()
            so_called = [a for a in bearers if any(whose in r.exact.lower() for r in self.actors[a].roles)]
            return so_called[0] if len(so_called) == 1 and own.pos_ == "PROPN" else None
        marks = [c.lower_ for c in root.children if c.dep_ in {"compound", "amod"} and c.lower_ in titles.MODIFIERS]
        if marks and len(bearers) > 1:
            better = [a for a in bearers if any(all(w in r.exact.lower() for w in marks) for r in self.actors[a].roles)]
            bearers = better or bearers
        if (
            marks
            and bearers
            and not any(all(w in r.exact.lower() for w in marks) for a in bearers for r in self.actors[a].roles)
        ):
            bearers = [] if set(marks) - {"former", "acting", "deputy", "top", "senior"} else bearers
        sex = titles.GENDERED.get(noun)
        bearers = [a for a in bearers if sex is None or self.gender[a] in (None, sex)]
        if bearers:
            return self._nearest(bearers, root.idx)
        aged = any(
            c.lower_.endswith("old") or c.lower_ == "former"
            for c in root.children
            if c.dep_ in {"amod", "compound", "nmod"}
        )
        if noun in titles.PERSON_NOUNS and (aged or (noun in _ANYBODY and own is None and not marks)):
            return self._subject_before(root, sex)
        return None

    def _nearest(self, ids: Sequence[str], offset: int) -> str | None:
        """Of these actors the one mentioned last before `offset`; the only one even where it comes later."""
        among = set(ids)
        for n in reversed(
            self.names[max(0, bisect_left(self.starts, offset) - 400) : bisect_left(self.starts, offset)]
        ):
            if n.actor in among:
                return n.actor
        return ids[0] if len(ids) == 1 else None

    def _subject_before(self, root: Token, sex: Gender | None) -> str | None:
        """The person who is the subject of one of the two sentences before this, where there is only one such."""
        here = self._sentence(root.idx)
        at = bisect_left(self.seen, root.idx, key=lambda s: s.start)
        for back in (1, 2):
            subjects = {
                s.actor
                for s in self.seen[max(0, at - _MENTIONS) : at]
                if here - s.sentence == back and s.subject and not s.quoted
            }
            fitting = {a for a in subjects if a == _NOBODY or sex is None or self.gender[a] in (None, sex)}
            if fitting:
                who = min(fitting)
                return who if len(fitting) == 1 and who != _NOBODY else None
        return None


def _subject(head: Token) -> bool:
    """Is this the subject of a clause, itself or as the name in apposition to it?"""
    while head.dep_ in {"appos", "conj"} and head.head != head:
        head = head.head
    return head.dep_ in _SUBJECTS


def _alike(noun: str) -> Iterator[str]:
    """The noun and what news writes in its place."""
    yield noun
    for group in _SAME_ROLE:
        if noun in group:
            yield from sorted(group - {noun})


def _quotations(doc: Doc) -> Iterator[bool]:
    """For each token whether it stands inside quotation marks; a mark left open ends with its line."""
    inside = False
    for token in doc:
        text = token.text
        if token.is_space and "\n" in text:
            inside = False
        elif text in {"“", "«", "„"}:
            inside = True
        elif text in {"”", "»"}:
            inside = False
        elif text in {'"', "``", "''"}:
            inside = not inside
        yield inside
