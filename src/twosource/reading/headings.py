"""Names in headings, where every word has a capital: believed where the body of the report or the gazetteer has them too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.model import Kind
from twosource.reading.evidence import Mention, words
from twosource.reading.gazetteer import gazetteer, given_names

if TYPE_CHECKING:
    from spacy.tokens import Doc


def in_headings(doc: Doc) -> list[bool]:
    """For each token whether it stands in a heading; all False where the report has no other text."""
    headings = [False] * len(doc)
    for start, end in _lines(doc):
        if _heading(doc, start, end):
            headings[start:end] = [True] * (end - start)
    return headings if not all(headings[t.i] for t in doc if t.is_alpha) else [False] * len(doc)


def _lines(doc: Doc) -> Iterator[tuple[int, int]]:
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if start < token.i:
                yield start, token.i
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


def _heading(doc: Doc, start: int, end: int) -> bool:
    """Does (nearly) every longer word of this line begin with a capital, as in a heading?"""
    long = [t for t in doc[start:end] if t.is_alpha and (len(t.text) > 3 or t.is_upper)]
    if len(long) < 3 or end - start > 40:
        return False
    return sum(t.text[0].isupper() for t in long) >= 0.75 * len(long) and doc[end - 1].text not in {".", "!", "?"}


def names_in_headings(doc: Doc, headings: list[bool], found: list[Mention]) -> Iterator[Mention]:
    """Names that a heading shares with the body, or with the gazetteer; the longest first."""
    known = gazetteer()
    names: dict[tuple[str, ...], tuple[tuple[Kind, int], ...]] = {}
    for m in found:
        key = tuple(doc[i].lower_ for i in range(m.start, m.end))
        names.setdefault(key, ())
        if any(kind == "person" for kind, _ in m.evidence):
            names.setdefault(key[-1:], ())
    longest = min(max((len(k) for k in names), default=1), 12)
    i = 0
    while i < len(doc):
        if not headings[i]:
            i += 1
            continue
        for far in range(min(i + max(longest, known.longest), len(doc)), i, -1):
            key = tuple(t.lower_ for t in doc[i:far])
            if not doc[i].text[0].isupper() or not all(headings[i:far]):
                continue
            text = doc[i:far].text.casefold()
            if key in names or text in known.places or (text in known.demonyms and text.endswith("ans")):
                evidence: tuple[tuple[Kind, int], ...] = (
                    (("place", 2),) if text in known.places else (("group", 2),) if text in known.demonyms else ()
                )
                yield Mention(i, far, evidence, None, words(doc, i, far))
                i = far
                break
        else:
            ent = next((e for e in doc[i : i + 1].ents if e.label_ == "PERSON"), None)
            if doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "B" and doc[i].lower_ in given_names():
                far = i + 1
                while far < len(doc) and doc[far].ent_iob_ == "I":
                    far += 1
                if far - i > 1 and ent is None:
                    yield Mention(i, far, (("person", 3),), None, words(doc, i, far))
                    i = far
                    continue
            i += 1
