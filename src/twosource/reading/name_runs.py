"""Where names stand: runs of capitalised words in a report, with the small words that join their halves.

Capitals say nothing where a sentence opens or a heading has them all; there a word begins a name where the text, the gazetteer or the
parse says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.reading import titles
from twosource.reading.evidence import LABELS
from twosource.reading.gazetteer import gazetteer, given_names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HYPHENS = frozenset("-‐‑–")
TITLE_WORDS = titles.TITLES | titles.MODIFIERS | frozenset(titles.HONORIFICS)
_OPENING = frozenset("\"“‘«„([{:—–-'`*•|/") | {"``", "''", "--", "..."}


class Runs:
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
        return before.is_space or (before.text in _OPENING and not (before.text in HYPHENS and not before.whitespace_))

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
        if self.doc.lang_ != "en" and token.lower_ in titles.ORGANISATION_NOUNS and self._link(i, i + 1) > i + 1:
            return True  # "le ministère de l'Intérieur": only English gives the head a capital
        if not self._capital(token):
            joined = i + 2 < len(self.doc) and not token.whitespace_ and self.doc[i + 1].text in HYPHENS
            return token.lower_ in {"al", "el", "as", "ash", "an", "ar"} and joined and self._capital(self.doc[i + 2])
        if (
            token.text.isupper()
            and len(token.text) > 1
            and (not self.first[i] or token.text in self.inside or (i > 0 and self.doc[i - 1].text == "("))
        ):
            return True
        if token.pos_ in {"PRON", "DET", "INTJ"} or (
            token.is_stop and not token.text.isupper() and token.pos_ != "PROPN"
        ):
            return False
        if not self.first[i]:
            return len(token.text) > 1 or (i + 1 < len(self.doc) and self._capital(self.doc[i + 1]))
        known = (
            token.lower_ in gazetteer().places or token.lower_ in gazetteer().demonyms or token.lower_ in given_names()
        )
        if known or token.text in self.inside or (token.lower_ in TITLE_WORDS and self.follows(i)):
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
        if token.lower_.rstrip(".") in titles.SUFFIXES and token.text[0].isupper():
            return end + 1
        if token.is_sent_start and not (last.text.endswith(".") and self.together(end - 1, end)):
            return end
        short = (
            last.text.endswith(".")
            and last.text.count(".") < 3
            and doc[start:end].text.casefold() in gazetteer().places
        )
        if short and last.lower_ not in {"u.s.", "u.k.", "u.n."} and not self.together(end - 1, end):
            return end
        if self._capital(token) and token.pos_ not in {"PRON", "DET"} and not self.first[end]:
            return end + 1
        if end + 1 >= len(doc):
            return end
        after = doc[end + 1]
        if (
            token.text in HYPHENS
            and not token.whitespace_
            and not last.whitespace_
            and (after.text[0].isupper() or self.together(end - 1, end + 1))
        ):
            return end + 2
        if (
            token.text in HYPHENS
            and not token.whitespace_
            and not last.whitespace_
            and end + 3 < len(doc)
            and after.text.islower()
        ):
            if doc[end + 2].text in HYPHENS and doc[end + 3].text[0].isupper():
                return end + 4
            return end
        if token.text == "," and after.lower_.rstrip(".") in titles.SUFFIXES:
            return end + 2
        far = end
        while far < len(doc) and far - end < 3 and doc[far].lower_ in titles.PARTICLES and doc[far].is_lower:
            far += 1
            if far < len(doc) and doc[far].text in HYPHENS and not doc[far].whitespace_:
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
            person = (last.lower_ in titles.TITLES and not head) or (self.label[end - 1] == "person" and not joined)
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
            if last.lower_ in titles.TITLES and doc[far].lower_ in titles.ORGANISATION_NOUNS:
                return far + 1
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
