"""Where in a report is what a search asked for: the words, names, quotes and figures, as places of the exact text, and their sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from twosource.archive.query import ActorNamed, Amount, Leaf, Query, Said, Word, leaves
from twosource.archive.search_contents import IndexedFigure, Place, Places
from twosource.archive.search_sqlite import beginnings
from twosource.archive.search_words import Words, name_forms, words
from twosource.limits import READ_CHARACTERS

#: Where a sentence ends in a report that has not been read: behind its mark, before a capital or a line's end; not behind an initial.
_END = re.compile(
    r"(?<![\W_][^\W\d_])[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘„«(\[]*[^\Wa-zß-öø-ÿа-я_])|[。！？]+[」』”]*|(?=[\r\n])"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, and the places in it of what was asked for; `asked` is how many of the things asked for stand in it."""

    sentence: Place
    marks: tuple[Place, ...]
    asked: int


def marked(query: Query, text: str, places: Places | None, figures: Sequence[IndexedFigure] = ()) -> list[Marked]:
    """The sentences of a report's text that hold what `query` asks for, in the order of the text; what is asked not to be is passed over.

    `places` are those of its reading, None where it has not been read, `figures` those of the reading.
    """
    report = _Report(text, places or Places(), tuple(figures))
    found: dict[Place, set[Leaf]] = {}
    for leaf in dict.fromkeys(leaves(query, negated=False)):
        for place in report.of(leaf):
            found.setdefault(place, set()).add(leaf)
    bounds = places.sentences if places and places.sentences else ()
    sentences: dict[Place, tuple[set[Place], set[Leaf]]] = {}
    for place, asked in sorted(found.items(), key=lambda f: f[0]):
        marks, things = sentences.setdefault(sentence(text, place, bounds), (set(), set()))
        marks.add(place)
        things |= asked
    return [Marked(at, tuple(sorted(marks)), len(things)) for at, (marks, things) in sorted(sentences.items())]


@dataclass(slots=True)
class _Report:
    text: str
    places: Places
    figures: tuple[IndexedFigure, ...]
    _words: Words | None = None
    _at: dict[str, list[int]] = field(default_factory=dict)

    def of(self, leaf: Leaf) -> Iterator[Place]:
        match leaf:
            case Word(forms, _, prefix):
                yield from self.prefixed(forms[0]) if prefix else self.rows(forms)
            case ActorNamed(forms):
                yield from self.names(forms)
            case Said(forms):
                yield from self.said(forms)
            case Amount():
                yield from ((f.start, f.end) for f in self.figures)

    def rows(self, forms: Sequence[str]) -> Iterator[Place]:
        of, at = self.all()
        for i in at.get(forms[0], ()):
            if of.forms[i : i + len(forms)] == tuple(forms):
                yield of.starts[i], of.ends[i + len(forms) - 1]

    def prefixed(self, beginning: str) -> Iterator[Place]:
        of, at = self.all()
        whole = set(beginnings(beginning))
        for form, found in at.items():
            if form.startswith(beginning) or form in whole:
                yield from ((of.starts[i], of.ends[i]) for i in found)

    def names(self, forms: Sequence[str]) -> Iterator[Place]:
        """All mentions of the actors of whom one form of the name holds these words."""
        for name, mentions in self.places.actors:
            called = dict.fromkeys([name, *(self.text[a:b] for a, b in mentions)])
            if any(_holds(name_forms(form), forms) for form in called):
                yield from mentions

    def said(self, forms: Sequence[str]) -> Iterator[Place]:
        """The words where a quote has them in a row; two places, where its cue stands between."""
        for parts in self.places.quotes:
            of = [(n, w) for n, (a, b) in enumerate(parts) for w in _each(words(self.text, a, b))]
            for i in range(len(of) - len(forms) + 1):
                row = of[i : i + len(forms)]
                if [w[0] for _, w in row] == list(forms):
                    for part in dict.fromkeys(n for n, _ in row):
                        here = [w for n, w in row if n == part]
                        yield here[0][1], here[-1][2]

    def all(self) -> tuple[Words, Mapping[str, list[int]]]:
        if self._words is None:
            self._words = words(self.text[:READ_CHARACTERS])
            for i, form in enumerate(self._words.forms):
                self._at.setdefault(form, []).append(i)
        return self._words, self._at


def sentence(text: str, place: Place, bounds: Sequence[Place] = ()) -> Place:
    """The sentence, or sentences, that hold `place`: of `bounds`, which are sorted, else by their marks and the line's ends.

    >>> text = "It sank. Ada B. Brill saw it."
    >>> a, b = sentence(text, (16, 21))
    >>> text[a:b]
    'Ada B. Brill saw it.'
    """
    start, end = place
    if bounds:
        first = bisect_right(bounds, (start, len(text))) - 1
        last = max(bisect_right(bounds, (end - 1, len(text))) - 1, 0)
        if first >= 0 and bounds[first][0] <= start and end <= bounds[last][1] and start < bounds[first][1]:
            return bounds[first][0], bounds[last][1]
    begins = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    for m in _END.finditer(text, begins):
        if m.end() >= end:
            ends = m.end()
            break
        if m.end() <= start:
            begins = m.end()
    else:
        ends = len(text)
    words = text[begins:ends]
    return begins + len(words) - len(words.lstrip()), ends - len(words) + len(words.rstrip())


def _each(of: Words) -> Iterator[tuple[str, int, int]]:
    return zip(of.forms, of.starts, of.ends, strict=True)


def _holds(row: Sequence[str], forms: Sequence[str]) -> bool:
    return any(row[i : i + len(forms)] == list(forms) for i in range(len(row) - len(forms) + 1))
