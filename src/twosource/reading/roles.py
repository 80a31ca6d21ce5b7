"""What a report says an actor is: titles before the name, appositions, "X is the N"; and what that tells of gender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from twosource.model import Kind, Span
from twosource.reading import titles
from twosource.reading.gazetteer import given_names
from twosource.reading.parse import Parse
from twosource.reading.titles import Gender

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Where a name stands: its first token, the token after it, and the tokens of its title.
Place = tuple[int, int, "tuple[int, int] | None"]

_KIN: dict[str, Gender | None] = {
    **dict.fromkeys("wife daughter sister mother aunt niece grandmother granddaughter widow girlfriend "
        "fiancée stepmother".split(), "female"),
    **dict.fromkeys("husband son brother father uncle nephew grandfather grandson widower boyfriend stepfather".split(), "male"),
    **dict.fromkeys("cousin child twin partner spouse sibling".split(), None),
}  # fmt: skip

_PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}  # fmt: skip

#: Tokens of an apposition at most: what is longer is a clause.
_LONGEST = 14


def kin(doc: Doc, start: int) -> Gender | str | None:
    """Whether a word of kinship stands before the name ("his wife", "his father, the Rev."): its gender, "kin", or None."""
    for i in range(start - 1, max(-1, start - 5), -1):
        token = doc[i]
        if token.lower_ in _KIN:
            return _KIN[token.lower_] or "kin"
        if not (
            token.is_punct
            or token.lower_ == "the"
            or token.lower_ in titles.HONORIFICS
            or token.lower_ in titles.TITLES
        ):
            return None
    return None


def roles(parse: Parse, places: Sequence[Place], kind: Kind) -> tuple[Span, ...]:
    """The report's own words for what the actor at these places is, in the order of the text, none twice."""
    found: dict[tuple[int, int], Span] = {}
    for start, end, title in places:
        if title is not None and any(t.lower_ not in titles.HONORIFICS for t in parse.doc[title[0] : title[1]]):
            _keep(parse, found, title[0], title[1])
        for first, after in (*_appositions(parse.doc, start, end), *_copula(parse.doc, start, end)):
            noun = any(
                t.lower_ in titles.PERSON_NOUNS or t.lemma_.lower() in titles.PERSON_NOUNS
                for t in parse.doc[first:after]
            )
            if noun or (kind != "person" and parse.doc[first].pos_ in {"DET", "PRON"}):
                _keep(parse, found, first, after)
    return tuple(found[k] for k in sorted(found))


def _keep(parse: Parse, found: dict[tuple[int, int], Span], first: int, after: int) -> None:
    doc = parse.doc
    while first < after and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while after > first and (doc[after - 1].is_punct or doc[after - 1].is_space):
        after -= 1
    if first < after:
        begin, end = doc[first].idx, doc[after - 1].idx + len(doc[after - 1].text)
        found.setdefault((begin, end), parse.report.span(begin, end))


def _phrase(head: Token, without: range) -> tuple[int, int] | None:
    """The noun phrase of `head` up to a relative clause, kept off the tokens of `without`."""
    first, after = head.left_edge.i, head.i + 1
    for child in head.rights:
        if child.dep_ in {"relcl", "appos", "punct", "acl", "conj", "cc"}:
            break
        after = max(after, child.right_edge.i + 1)
    if first < without.stop and without.start < after:
        if first < without.start:
            after = without.start
        else:
            first = without.stop
    return (first, after) if first < after <= first + _LONGEST else None


def _appositions(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """Appositions: "X, the governor of Y," and "the governor of Y, X"."""
    root = doc[start:end].root
    here = range(start, end)
    after = [c for c in root.rights if c.dep_ == "appos" and c.i >= end and c.pos_ in {"NOUN", "PROPN"}]
    found = [p for c in after if (p := _phrase(c, here))]
    if root.dep_ == "appos" and root.head.i < start and root.head.pos_ == "NOUN" and (p := _phrase(root.head, here)):
        found.append(p)
    if not found and end + 1 < len(doc) and doc[end].text == ",":
        i = end + 1
        if doc[i].like_num and i + 2 < len(doc) and doc[i + 1].text == ",":
            i += 2
        chunk = next((t for t in doc[i : i + 5] if t.pos_ == "NOUN" and t.lemma_.lower() in titles.PERSON_NOUNS), None)
        opens = doc[i].pos_ in {"DET", "NOUN", "ADJ"} and chunk is not None and chunk.left_edge.i == i
        if opens and chunk is not None and (p := _phrase(chunk, here)):
            found.append(p)
    return found


def _copula(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """What a copula says: "X is a teacher"."""
    root = doc[start:end].root
    if root.dep_ != "nsubj" or root.head.lemma_ != "be" or any(c.dep_ == "neg" for c in root.head.children):
        return []
    here = range(start, end)
    return [p for c in root.head.children if c.dep_ == "attr" and c.pos_ == "NOUN" and (p := _phrase(c, here))]


def gender(parse: Parse, places: Sequence[Place], said: Sequence[Span]) -> Gender | None:
    """The gender that words tell: honorifics and kinship, then roles, then the given name, then pronouns bound in the same sentence."""
    doc = parse.doc
    for start, _, title in places:
        if title is not None:
            for token in doc[title[0] : title[1]]:
                sex = titles.HONORIFICS.get(token.lower_) or titles.GENDERED.get(token.lower_)
                if sex is not None and token.lower_ not in {"imam", "father", "brother", "sister", "mother"}:
                    return sex
        related = kin(doc, start)
        if related == "female" or related == "male":
            return "female" if related == "female" else "male"
    for span in said:
        for word in span.exact.lower().split()[:6]:
            if (told := titles.GENDERED.get(word.strip(",.'’"))) is not None:
                return told
            if word in {"of", "for", "to", "who"}:
                break
    votes: Counter[Gender] = Counter()
    for start, end, _ in places:
        if end - start > 1 and (given := given_names().get(doc[start].lower_)) is not None:
            return given
        token = doc[start:end].root
        if token.dep_ in {"nsubj", "nsubjpass"}:
            sentence = token.sent
            others = [t for t in sentence if t.ent_type_ == "PERSON" and not start <= t.i < end]
            for t in doc[end : sentence.end]:
                if t.lower_ in _PRONOUNS and not others:
                    votes[_PRONOUNS[t.lower_]] += 1
    if votes["female"] > 2 * votes["male"]:
        return "female"
    if votes["male"] > 2 * votes["female"]:
        return "male"
    return None
