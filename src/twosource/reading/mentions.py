"""Where a report names somebody or something: runs of capitalised words, with what each says of its kind.

The pipeline's entities are good evidence in news from home and weak evidence in news from abroad, where it takes towns for people
and misses what it has not seen. So capitals decide where a name stands, and entities, titles, the gazetteer and the words around a
name together decide what it names. Headings, where every word has a capital, say nothing by capitals: there a name is believed
where the body of the report has it too, or the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.reading import titles
from twosource.reading.evidence import Mention, noun, weigh, words
from twosource.reading.gazetteer import gazetteer, given_names
from twosource.reading.headings import in_headings, names_in_headings
from twosource.reading.name_runs import HYPHENS, TITLE_WORDS, Runs

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Titles that are surnames too: they open a name only where nothing of the name stands before them.
SURNAMES_TOO = frozenset(
    "king queen bishop pope prince duke baron earl judge justice baker cook marshal major chief head farmer driver singer champion"
    " sheriff constable cardinal private star rich coach teacher butler general speaker guard lord page dean abbot young little"
    " sergeant deacon priest rabbi lawyer".split()
)

#: Single words that name an organisation by themselves.
_BODIES = frozenset({"navy", "army", "house", "senate", "congress", "parliament", "cabinet", "assembly"})


def mentions(doc: Doc) -> list[Mention]:
    """All names of a report in the order of the text; none overlaps another."""
    headings = in_headings(doc)
    scene = _Scene(doc, headings)
    found = [m for start, end in scene.runs() for m in scene.split(start, end)]
    return sorted((*found, *names_in_headings(doc, headings, found)), key=lambda m: m.start)


class _Scene(Runs):
    """What the runs of one report hold."""

    def split(self, start: int, end: int) -> Iterator[Mention]:
        """The names of a run: titles taken off, a land before a person parted from it, page words dropped."""
        doc = self.doc
        while end > start and (doc[end - 1].text in HYPHENS or doc[end - 1].tag_ == "POS"):
            end -= 1
        last = doc[end - 1].lower_ if end > start else ""
        common = noun(last, titles.ORGANISATION_NOUNS) or noun(last, titles.PLACE_NOUNS)
        if (
            end - start > 1
            and last.removesuffix("s") in titles.TITLES - SURNAMES_TOO
            and doc[start : end - 1].text.casefold() in gazetteer().places
        ):
            end -= 1
        if not common and (cut := self._body(start, end)) is not None:
            yield from self._name(start, cut, None)
            yield from self._name(cut, end, None, person=True)
            return
        if not common and (cut := self._title(start, end)) is not None:
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
        if (cut := self._land(start, end)) is not None and not common:
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
            if (
                not doc[i].whitespace_
                or not doc[i + 1].text[0].isupper()
                or doc[i + 1].lower_.rstrip(".") in titles.SUFFIXES
            ):
                continue
            opening = all(
                t.lower_ in TITLE_WORDS
                or t.text in HYPHENS
                or t.lower_ in gazetteer().demonyms
                or t.lower_ in gazetteer().places
                for t in doc[start:i]
            )
            if opening or (
                low not in SURNAMES_TOO and (self.entity[i + 1] != self.entity[i] or self.label[i] == "person")
            ):
                return i
        return None

    def _body(self, start: int, end: int) -> int | None:
        """Where a person's name begins right after an organisation's: "European Court Ida Holm"."""
        for i in range(start + 2, end - 1):
            low = self.doc[i - 1].lower_
            if (
                low in titles.ORGANISATION_NOUNS
                and low not in titles.TITLES
                and self.doc[i].lower_ in given_names()
                and self.doc[i - 1].whitespace_
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
            if not (t.lower_ in TITLE_WORDS or (t.text in HYPHENS and i < start)) or t.is_space:
                break
            i -= 1
        while i < end and doc[i].text in HYPHENS:
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
        if start >= end or (
            doc[end - 1].lower_ not in _BODIES and all(t.lower_ in TITLE_WORDS or t.is_punct for t in doc[start:end])
        ):
            return
        if doc[start].text in {"D", "R", "I"} and end - start > 2 and doc[start + 1].text in HYPHENS:
            start += 2
        adjectives = all(
            t.pos_ == "ADJ" or t.tag_ in {"JJ", "JJS"} or t.lower_ in titles.ADJECTIVES for t in doc[start:end]
        )
        if adjectives and doc[start:end].text.casefold() not in known.names:
            return
        if end - start == 3 and doc[start + 1].text in HYPHENS and doc[end - 1].text[0].isdigit():
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
            and (far := self._institution(end + 1, owned=True)) is not None
        ):
            yield Mention(start, far, (("organisation", 4),), None, words(doc, start, far))
            return
        evidence = tuple(weigh(doc, start, end, title, person))
        if (
            end < len(doc)
            and doc[end].lower_ in titles.PLACE_HEADS
            and doc[end - 1].lower_ not in titles.PLACE_NOUNS
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
        if token.lower_.endswith("s") and not token.lower_.endswith(("ese", "ss")):
            return True
        if (
            token.pos_ == "ADJ"
            or token.dep_ in {"amod", "compound", "nmod"}
            or (nxt is not None and nxt.pos_ in {"NOUN", "PROPN", "ADJ"})
        ):
            return False
        return token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj"}

    def _institution(self, i: int, owned: bool = False) -> int | None:
        """Where "(interior) ministry", "navy" … ends, begun at `i` in lower case after a people's or, `owned`, a land's name."""
        doc = self.doc
        for far in range(i, min(i + 4, len(doc))):
            low = doc[far].text
            if (
                low in titles.STATE_INSTITUTIONS
                or (low in titles.LAND_BODIES and (owned or far > i))
                or (far > i and low in {"force", "forces"})
            ):
                after = doc[far + 1] if far + 1 < len(doc) else None
                return (
                    None
                    if after is not None and after.pos_ in {"NOUN", "PROPN"} and after.dep_ != "npadvmod"
                    else far + 1
                )
            weak = owned and doc[far].pos_ in {"ADJ", "NOUN"} and low.islower()
            if (
                not weak
                and low not in titles.MODIFIERS
                and low not in {"air", "coast", "central", "revolutionary", "republican"}
            ):
                return None
        return None
