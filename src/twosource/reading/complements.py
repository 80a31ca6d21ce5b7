"""What a cue attributes: which of its frames it stands in, and which words fill it.

For each cue the shapes that its frames allow are looked for among its dependents: a clause, an infinitive, an object, what
stands after a preposition. A cue that interrupts or closes a sentence ("The road, she said, is shut.") has the sentence around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from twosource.reading.attribution_sources import LONGEST_SOURCE, Range
from twosource.reading.cues import PHRASAL, VERBS, Cue
from twosource.reading.modality import is_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token


def lemma(token: Token) -> str:
    """The token's lemma in small letters. The pipeline's rules make "hop" of "hoped"; no news hops."""
    found: str = token.lemma_.lower()
    return "hope" if found == "hop" else found


def verb_cue(token: Token) -> Cue | None:
    """The cue that a verb is, with its particle."""
    name = lemma(token)
    for child in token.children:
        if child.dep_ in ("prt", "acomp", "ccomp", "oprd", "advmod", "dobj") and (
            phrasal := PHRASAL.get((name, child.lower_))
        ):
            return phrasal
    return VERBS.get(name)


def complement(token: Token, cue: Cue) -> tuple[str, Range] | None:
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
        to = is_infinitive(clause)
        fits = {"ask": to, "ing": gerund, "small": small, "that": True}
        frame = next((f for f, so in fits.items() if so and cue.takes(f)), None)
        if frame is not None:
            return frame, hull(clause, *_left_subject(token, clause))
    if infinitive is not None:
        to = is_infinitive(infinitive)
        if to and thing is not None and cue.takes("ask") and thing.i < infinitive.i:
            return "ask", hull(thing, infinitive)
        if to and cue.takes("to"):
            return "to", hull(infinitive)
        if _is_gerund(infinitive) and cue.takes("ing"):
            return "ing", hull(infinitive)
        if not to and cue.takes("small"):
            return "small", hull(thing, infinitive) if thing is not None else hull(infinitive)
    for preposition in prepositions:
        name = preposition.lower_
        if name == "as" and cue.takes("small"):
            return "small", hull(thing, preposition) if thing is not None else hull(preposition)
        if thing is not None and cue.takes(f"obj:{name}"):
            return f"obj:{name}", hull(thing, preposition)
        if cue.takes(f"on:{name}"):
            inner = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
            if inner and name == "on" and infinitive is not None and cue.takes("ask"):
                return "ask", hull(inner[0], infinitive)
            if inner:
                return f"on:{name}", hull(*inner)
    if secondary is not None and cue.takes("small"):
        return "small", hull(thing, secondary) if thing is not None else hull(secondary)
    if thing is not None and cue.takes("thing"):
        return "thing", hull(thing)
    return None


def _left_subject(cue: Token, clause: Token) -> list[Token]:
    """The subject of `clause` that stands before an interrupting cue, and that the parse gives to the cue as a second one."""
    if clause.i < cue.i or any(c.dep_ in ("nsubj", "nsubjpass", "expl", "mark") for c in clause.children):
        return []
    subjects = [c for c in cue.lefts if c.dep_ in ("nsubj", "nsubjpass")]
    return subjects[:1] if len(subjects) > 1 and cue.doc[subjects[0].right_edge.i + 1].text == "," else []


def _is_gerund(verb: Token) -> bool:
    """Whether this is "leaving", "having left" or "being told", with no subject of its own."""
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return False
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    first = auxiliaries[0] if auxiliaries else verb
    return bool(first.tag_ == "VBG")


def strayed(token: Token) -> Range | None:
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


def around(token: Token) -> Range | None:
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


def hull(*tokens: Token) -> Range:
    return min(t.left_edge.i for t in tokens), max(t.right_edge.i for t in tokens) + 1
