"""Where a report names somebody or something: runs of capitalised words, with what each says of its kind.

The pipeline's entities are good evidence in news from home and weak evidence in news from abroad, where it takes towns for people
and misses what it has not seen. So capitals decide where a name stands, and entities, titles, the gazetteer and the words around a
name together decide what it names. Headings, where every word has a capital, say nothing by capitals: there a name is believed
where the body of the report has it too, or the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.model import Kind
from twosource.reading import titles
from twosource.reading.gazetteer import gazetteer, given_names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: What the pipeline's labels say of a kind.
LABELS: dict[str, Kind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "PRODUCT": "other", "EVENT": "other", "WORK_OF_ART": "other", "LAW": "other",
}  # fmt: skip

#: Titles that are surnames too: they open a name only where nothing of the name stands before them.
SURNAMES_TOO = frozenset("king queen bishop pope prince duke baron earl judge justice baker cook marshal major chief head farmer driver singer "
                         "champion sheriff constable cardinal private star rich coach teacher butler general speaker guard lord page dean "
                         "abbot young little sergeant deacon priest rabbi lawyer".split())  # fmt: skip

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_HYPHENS = frozenset("-‐‑–")
_OPENING = frozenset("\"“‘«„([{:—–-'`*•|/") | {"``", "''", "--", "..."}
_PLACE_PREPOSITIONS = frozenset(
    {"in", "near", "at", "from", "to", "around", "outside", "across", "towards", "toward", "into"}
)
_TITLE_WORDS = titles.TITLES | titles.MODIFIERS | frozenset(titles.HONORIFICS)


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


def mentions(doc: Doc) -> list[Mention]:
    """All names of a report in the order of the text; none overlaps another."""
    headings = [False] * len(doc)
    for start, end in _lines(doc):
        if _heading(doc, start, end):
            headings[start:end] = [True] * (end - start)
    body = not all(headings[t.i] for t in doc if t.is_alpha)
    scene = _Scene(doc, headings if body else [False] * len(doc))
    found = [m for start, end in scene.runs() for m in scene.split(start, end)]
    if body:
        found.extend(_in_headings(doc, headings, found))
    return sorted(found, key=lambda m: m.start)


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


class _Scene:
    """One report's tokens with what is asked of them again and again."""

    def __init__(self, doc: Doc, headings: list[bool]) -> None:
        self.doc = doc
        self.headings = headings
        self.lower = {t.lower_ for t in doc if t.is_lower}
        self.first = [self._opens(t) for t in doc]
        self.inside = {t.text for t in doc if not headings[t.i] and not self.first[t.i] and self._capital(t)}
        self.label = [LABELS.get(t.ent_type_) for t in doc]
        self.entity = [-1] * len(doc)
        for n, ent in enumerate(doc.ents):
            for i in range(ent.start, ent.end):
                self.entity[i] = n

    def _opens(self, token: Token) -> bool:
        """Does it open a sentence or a quotation, so that its capital says nothing?"""
        if token.is_sent_start or token.i == 0:
            return True
        before = token.nbor(-1)
        return before.is_space or (before.text in _OPENING and not (before.text in _HYPHENS and not before.whitespace_))

    @staticmethod
    def _capital(token: Token) -> bool:
        text = token.text
        return (
            text[0].isupper() and token.lower_ not in titles.NEVER and token.ent_type_ not in {"DATE", "TIME", "MONEY"}
        )

    def begins(self, i: int) -> bool:
        """Can a name begin with this token?"""
        token = self.doc[i]
        if self.headings[i]:
            return False
        if not self._capital(token):
            joined = i + 2 < len(self.doc) and not token.whitespace_ and self.doc[i + 1].text in _HYPHENS
            return token.lower_ in {"al", "el", "as", "ash", "an", "ar"} and joined and self._capital(self.doc[i + 2])
        if token.pos_ in {"PRON", "DET"} or (token.is_stop and not token.text.isupper() and token.pos_ != "PROPN"):
            return False
        if not self.first[i]:
            return len(token.text) > 1 or (i + 1 < len(self.doc) and self._capital(self.doc[i + 1]))
        known = (
            token.lower_ in gazetteer().places or token.lower_ in gazetteer().demonyms or token.lower_ in given_names()
        )
        if known or token.text in self.inside or (token.lower_ in _TITLE_WORDS and self.follows(i)):
            return True
        if token.lower_ in self.lower or token.is_stop:
            return False
        return token.pos_ == "PROPN" and (
            self.label[i] is not None or self.follows(i) or token.dep_ in {"nsubj", "nsubjpass", "poss", "compound"}
        )

    def follows(self, i: int) -> bool:
        """Is the next token a capitalised word, in the same sentence?"""
        nxt = self.doc[i + 1] if i + 1 < len(self.doc) else None
        return nxt is not None and self._capital(nxt) and not self.first[i + 1] and nxt.pos_ != "PRON"

    def together(self, i: int, j: int) -> bool:
        """Are both tokens of one entity?"""
        return self.entity[i] >= 0 and self.entity[i] == self.entity[j] and self.label[i] is not None

    def runs(self) -> Iterator[tuple[int, int]]:
        """Maximal runs of capitalised words with what joins them."""
        i = 0
        while i < len(self.doc):
            if not self.begins(i):
                i += 1
                continue
            end = i + 1
            while (step := self._step(i, end)) > end:
                end = step
            yield i, end
            i = end

    def _step(self, start: int, end: int) -> int:
        """Where the run that holds `start..end` ends when taken one word further; `end` where it cannot be."""
        doc = self.doc
        if end >= len(doc) or self.headings[end]:
            return end
        token, last = doc[end], doc[end - 1]
        if token.lower_ in _SUFFIXES and token.text[0].isupper():
            return end + 1
        if token.is_sent_start and not (last.text.endswith(".") and self.together(end - 1, end)):
            return end
        if self._capital(token) and token.pos_ not in {"PRON", "DET"} and not self.first[end]:
            return end + 1
        if end + 1 >= len(doc):
            return end
        after = doc[end + 1]
        if (
            token.text in _HYPHENS
            and not token.whitespace_
            and not last.whitespace_
            and (after.text[0].isupper() or self.together(end - 1, end + 1))
        ):
            return end + 2
        if (
            token.text in _HYPHENS
            and not token.whitespace_
            and not last.whitespace_
            and end + 3 < len(doc)
            and after.text.islower()
        ):
            if doc[end + 2].text in _HYPHENS and doc[end + 3].text[0].isupper():
                return end + 4
            return end
        if token.text == "," and after.lower_ in _SUFFIXES:
            return end + 2
        far = end
        while far < len(doc) and far - end < 3 and doc[far].lower_ in titles.PARTICLES and doc[far].is_lower:
            far += 1
            if far < len(doc) and doc[far].text in _HYPHENS and not doc[far].whitespace_:
                far += 1
        if far > end and far < len(doc) and self._capital(doc[far]) and not doc[far].is_sent_start:
            return far + 1
        return self._link(start, end)

    def _link(self, start: int, end: int) -> int:
        """Lower-case words that join two halves of a name: "of the", "for", "and", and a possessive."""
        doc, token, last = self.doc, self.doc[end], self.doc[end - 1]
        far = end + 1
        while far < len(doc) and doc[far].lower_ in {"the", "of"} and far - end < 3:
            far += 1
        if far >= len(doc) or not self._capital(doc[far]) or self.headings[far] or doc[far].is_sent_start:
            return end
        joined = self.together(end - 1, far)
        head = last.lower_ in titles.ORGANISATION_NOUNS or last.lower_ in titles.PLACE_NOUNS
        if token.lower_ == "of":
            person = last.lower_ in _TITLE_WORDS or (self.label[end - 1] == "person" and not joined)
            return (
                far + 1
                if (joined or head or last.lower_ in {"horn", "cape", "university", "bank", "republic"}) and not person
                else end
            )
        if token.lower_ in {"for", "on"}:
            return far + 1 if joined or (head and last.lower_ not in titles.PLACE_NOUNS) else end
        if token.lower_ in {"and", "&", "in", "at", "to", "the"}:
            noun = any(t.lower_ in titles.ORGANISATION_NOUNS for t in doc[start:end])
            return far + 1 if (joined and (noun or token.text == "&")) or token.text == "&" else end
        if token.tag_ == "POS" or token.text in {"'s", "’s"}:
            land = gazetteer().places.get(doc[start:end].text.casefold())
            later = any(
                t.lower_ in titles.ORGANISATION_NOUNS | titles.PLACE_NOUNS
                for t in doc[far : far + 3]
                if t.text[0].isupper()
            )
            return (
                far + 1
                if joined and land is None and (later or self.label[end] != "person") and far == end + 1
                else end
            )
        return end

    # --- what a run holds ------------------------------------------------------------------------------------------------------

    def split(self, start: int, end: int) -> Iterator[Mention]:
        """The names of a run: titles taken off, a land before a person parted from it, page words dropped."""
        doc = self.doc
        while end > start and (doc[end - 1].text in _HYPHENS or doc[end - 1].tag_ == "POS"):
            end -= 1
        last = doc[end - 1].lower_ if end > start else ""
        noun = last in titles.ORGANISATION_NOUNS or last in titles.PLACE_NOUNS
        if not noun and (cut := self._title(start, end)) is not None:
            first = cut
            while (
                first > start
                and doc[first - 1].lower_ in titles.TITLES | titles.MODIFIERS
                and doc[first - 1].lower_ not in gazetteer().demonyms
            ):
                first -= 1
            if first > start:
                yield from self.split(start, first)
            yield from self._name(cut + 1, end, self._before(first, cut + 1), person=True)
            return
        if (cut := self._land(start, end)) is not None and not noun:
            yield from self._name(start, cut, None)
            yield from self._name(cut, end, self._before(cut, cut))
            return
        yield from self._name(start, end, self._before(start, start))

    def _title(self, start: int, end: int) -> int | None:
        """The last token of a title inside the run."""
        doc = self.doc
        for i in range(min(end - 2, start + 12), start - 1, -1):
            low = doc[i].lower_
            if low not in titles.TITLES and low not in titles.HONORIFICS:
                continue
            if not doc[i].whitespace_ or not doc[i + 1].text[0].isupper() or doc[i + 1].lower_ in _SUFFIXES:
                continue
            opening = all(
                t.lower_ in _TITLE_WORDS
                or t.text in _HYPHENS
                or t.lower_ in gazetteer().demonyms
                or t.lower_ in gazetteer().places
                for t in doc[start:i]
            )
            if opening or (
                low not in SURNAMES_TOO and (self.entity[i + 1] != self.entity[i] or self.label[i] == "person")
            ):
                return i
        return None

    def _land(self, start: int, end: int) -> int | None:
        """Where a person's name begins after a land or a people: "Iran Ali Karimi"."""
        known = gazetteer()
        for i in range(min(end - 1, start + 3), start, -1):
            low = self.doc[start:i].text.casefold()
            if low in known.demonyms or (low in known.lands and self.entity[i] != self.entity[i - 1]):
                return i if self.label[i] == "person" or self.doc[i].lower_ in given_names() else None
        return None

    def _before(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens of the title that ends at `end`, with its lower-case words before `start`."""
        doc = self.doc
        i = start
        while i > 0 and start - i < 6:
            t = doc[i - 1]
            if not (t.lower_ in _TITLE_WORDS or (t.text in _HYPHENS and i < start)) or t.is_space:
                break
            i -= 1
        while i < end and doc[i].text in _HYPHENS:
            i += 1
        return (
            (i, end)
            if i < end and (doc[end - 1].lower_ in titles.TITLES or doc[end - 1].lower_ in titles.HONORIFICS)
            else None
        )

    def _name(self, start: int, end: int, title: tuple[int, int] | None, person: bool = False) -> Iterator[Mention]:
        doc, known = self.doc, gazetteer()
        while start < end and doc[start].lower_ in {"the", "a", "an"}:
            start += 1
        if start >= end or all(t.lower_ in _TITLE_WORDS or t.is_punct for t in doc[start:end]):
            return
        if not any(c.isalpha() for c in doc[start:end].text):
            return
        text = doc[start:end].text.casefold().replace("’", "'")
        if text in known.demonyms and title is None:
            if (far := self._institution(end)) is not None:
                yield Mention(start, far, (("organisation", 4),), None, words(doc, start, far))
            elif self._people(end - 1):
                yield Mention(start, end, (("group", 4),), None, words(doc, start, end))
            return
        if (
            text in known.lands
            and end < len(doc)
            and doc[end].tag_ == "POS"
            and (far := self._institution(end + 1)) is not None
        ):
            yield Mention(start, far, (("organisation", 4),), None, words(doc, start, far))
            return
        evidence = tuple(self._evidence(start, end, title, person))
        if (
            end < len(doc)
            and doc[end].lower_ in titles.PLACE_HEADS
            and doc[end - 1].whitespace_
            and not person
            and title is None
        ):
            evidence = (*evidence, ("place", 6))
            end += 1
        yield Mention(start, end, evidence, title, words(doc, start, end))

    def _people(self, i: int) -> bool:
        """Is a people's name a noun here ("Norwegians"), not an adjective ("Norwegian troops")?"""
        token = self.doc[i]
        nxt = self.doc[i + 1] if i + 1 < len(self.doc) else None
        if token.lower_.endswith("s") and token.lower_ not in {"swiss"} and not token.lower_.endswith(("ese", "ss")):
            return True
        if (
            token.pos_ == "ADJ"
            or token.dep_ in {"amod", "compound", "nmod"}
            or (nxt is not None and nxt.pos_ in {"NOUN", "PROPN", "ADJ"})
        ):
            return False
        return token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj"}

    def _institution(self, i: int) -> int | None:
        """Where "(interior) ministry", "navy" … ends, begun at `i` in lower case after a land's name."""
        doc = self.doc
        for far in range(i, min(i + 3, len(doc))):
            low = doc[far].text
            if low in titles.STATE_INSTITUTIONS or (
                far > i and low in {"ministry", "bank", "court", "force", "guard", "forces", "agency"}
            ):
                after = doc[far + 1] if far + 1 < len(doc) else None
                return (
                    None
                    if after is not None and after.pos_ in {"NOUN", "PROPN"} and after.dep_ != "npadvmod"
                    else far + 1
                )
            if low not in titles.MODIFIERS and low not in {
                "air",
                "coast",
                "central",
                "court",
                "revolutionary",
                "republican",
            }:
                return None
        return None

    def _evidence(
        self, start: int, end: int, title: tuple[int, int] | None, person: bool
    ) -> Iterator[tuple[Kind, int]]:
        """What this mention says of its kind, weighed: words of the name itself over words around it over the pipeline's guess."""
        doc, known = self.doc, gazetteer()
        name = doc[start:end]
        low = name.text.casefold().replace("’", "'")
        first, last = doc[start].lower_, doc[end - 1].lower_
        heads = [
            t.lower_
            for t in name[:-1]
            if end - start > 2 and t.i + 1 < end and doc[t.i + 1].lower_ in {"of", "for", "on"}
        ]
        labels = [label for t in name if (label := self.label[t.i]) is not None]
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
        place = last in titles.PLACE_NOUNS or any(h in titles.PLACE_NOUNS for h in heads)
        organisation = last in titles.ORGANISATION_NOUNS or any(h in titles.ORGANISATION_NOUNS for h in heads)
        if organisation:
            yield "organisation", 2 if one else 7
        elif place:
            yield "place", 2 if one else 7
        elif first in given_names() and not one and known.places.get(low) is None:
            yield "person", 5
        elif end - start == 3 and len(doc[start + 1].text) == 2 and doc[start + 1].text.endswith("."):
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
        if before is not None and before.lower_ in _PLACE_PREPOSITIONS and not organisation:
            yield "place", 2 if before.lower_ in {"in", "near"} else 1
        yield from self._around(end)

    def _around(self, end: int) -> Iterator[tuple[Kind, int]]:
        """What comes after: an age, a person's role in apposition, a verb of saying."""
        doc = self.doc
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


def _in_headings(doc: Doc, headings: list[bool], found: list[Mention]) -> Iterator[Mention]:
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
