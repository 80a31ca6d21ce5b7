"""What one mention of a name says of its kind: the words of the name itself, the words around it, the pipeline's guess."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.model import Kind
from twosource.reading import titles
from twosource.reading.gazetteer import gazetteer, given_names

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: What the pipeline's labels say of a kind.
LABELS: dict[str, Kind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "PRODUCT": "other", "EVENT": "other", "WORK_OF_ART": "other", "LAW": "other",
}  # fmt: skip

_PLACE_PREPOSITIONS = frozenset(
    {"in", "near", "at", "from", "to", "around", "outside", "across", "towards", "toward", "into"}
)
#: What a town or a land has and an organisation has not: "Tarnholm's mayor", "the outskirts of Tarnholm".
_OF_PLACES = frozenset(
    "mayor mayors outskirts suburbs streets suburb population inhabitants skyline harbour harbor airport coastline borders north south east"
    " west northeast northwest southeast southwest".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """The tokens `start..end` (half open) of a name. `evidence` weighs kinds, `title` are the tokens of a title before it."""

    start: int
    end: int
    evidence: tuple[tuple[Kind, int], ...]
    title: tuple[int, int] | None
    words: tuple[str, ...]


def words(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    """The words of a name as they are compared: without marks, hyphens kept inside, stops gone ("U.S." is "US").

    Tokens that no space parts are one word.
    """
    joined: list[str] = []
    glued = False
    for token in doc[start:end]:
        text = token.text.replace(".", "").replace("’", "'")
        if glued and joined:
            joined[-1] += text
        else:
            joined.append(text)
        glued = not token.whitespace_
    return tuple(w for w in (j.strip(",;:'\"()") for j in joined) if w)


def noun(word: str, nouns: frozenset[str]) -> bool:
    """Is the word, or its singular, one of these nouns?"""
    return word in nouns or (len(word) > 4 and word.removesuffix("s") in nouns)


def weigh(doc: Doc, start: int, end: int, title: tuple[int, int] | None, person: bool) -> Iterator[tuple[Kind, int]]:
    """What this mention says of its kind, weighed: words of the name itself over words around it over the pipeline's guess."""
    known = gazetteer()
    name = doc[start:end]
    low = name.text.casefold().replace("’", "'")
    first, last = doc[start].lower_, doc[end - 1].lower_
    heads = [
        t.lower_ for t in name[:-1] if end - start > 2 and t.i + 1 < end and doc[t.i + 1].lower_ in {"of", "for", "on"}
    ]
    labels = [label for t in name if (label := LABELS.get(t.ent_type_)) is not None]
    if labels:
        yield max(labels, key=lambda k: (labels.count(k), k)), 2
    if person or title is not None:
        yield "person", 9
    if (
        doc[start].text.replace(".", "").upper() in titles.SHIP_PREFIXES
        and end - start > 1
        and doc[start].text.isupper()
    ):
        yield "other", 12
    if low in known.places:
        yield "place", 5
    one = len(words(doc, start, end)) == 1
    place = noun(last, titles.PLACE_NOUNS) or any(h in titles.PLACE_NOUNS for h in heads)
    place = place or (not one and first in titles.PLACE_OPENERS)
    organisation = noun(last, titles.ORGANISATION_NOUNS) or any(h in titles.ORGANISATION_NOUNS for h in heads)
    if doc.lang_ != "en" and not organisation:
        # most languages put the head first: "Agence Lumen", "l'entreprise Hydrel"
        organisation = first in titles.ORGANISATION_NOUNS and not one
        if start and doc[start - 1].lower_ in titles.ORGANISATION_NOUNS:
            yield "organisation", 4
    if organisation:
        yield "organisation", 2 if one else 7
    elif place:
        yield "place", 2 if one else 7
    elif (first in given_names() and not one and known.places.get(low) is None) or (
        end - start == 3 and len(doc[start + 1].text) == 2 and doc[start + 1].text.endswith(".")
    ):
        yield "person", 5
    if (
        one
        and name.text.replace(".", "").isupper()
        and 2 <= len(name.text.replace(".", "")) <= 6
        and low not in known.places
    ):
        yield "organisation", 3
    before = doc[start - 1] if start else None
    if (
        before is not None
        and before.lower_ == "of"
        and start > 1
        and doc[start - 2].lower_ in titles.PLACE_HEADS | {"port", "port city", "suburb", "capital"}
    ):
        yield "place", 6
    if before is not None and before.lower_ == "of" and start > 1 and doc[start - 2].lower_ in _OF_PLACES:
        yield "place", 4
    if end + 1 < len(doc) and doc[end].tag_ == "POS" and doc[end + 1].lower_ in _OF_PLACES and not organisation:
        yield "place", 4
    if before is not None and before.lower_ in _PLACE_PREPOSITIONS and not organisation:
        yield "place", 2 if before.lower_ in {"in", "near"} else 1
    yield from _around(doc, end)


def _around(doc: Doc, end: int) -> Iterator[tuple[Kind, int]]:
    """What comes after: an age, a person's role in apposition, a verb of saying."""
    if end + 1 >= len(doc):
        return
    after, nxt = doc[end], doc[end + 1]
    if (
        after.text == ","
        and nxt.like_num
        and len(nxt.text) <= 3
        and end + 2 < len(doc)
        and doc[end + 2].text in {",", "."}
    ):
        yield "person", 6
    elif after.text == ",":
        noun = next(
            (
                t
                for t in doc[end + 1 : end + 6]
                if t.pos_ == "NOUN" and (t.i + 1 >= len(doc) or doc[t.i + 1].pos_ != "NOUN")
            ),
            None,
        )
        if (
            noun is not None
            and noun.lemma_.lower() in titles.PERSON_NOUNS
            and doc[end + 1].pos_ in {"DET", "NOUN", "ADJ", "PRON", "PROPN"}
        ):
            yield "person", 4
    elif after.lemma_ in {"say", "tell", "add", "reply", "smile", "weep"} and after.pos_ == "VERB":
        yield "person", 1
