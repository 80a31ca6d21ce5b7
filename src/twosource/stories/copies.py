"""Near copies: the same text but for little, which is no second telling and is set aside before any comparison.

A text's sketch is the smallest hashes of its runs of five words (Broder, "On the resemblance and containment of documents", SEQUENCES
1997): two sketches agree about as much as the texts do. Of templates filled in anew, as quake alerts are, the sketches agree too; so a
copy may leave out names, places and numbers of its original, or add some, but not put others in their place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple
from zlib import crc32

from twosource.likeness.fingerprints import K
from twosource.stories.traits import Traits

#: Hashes of a sketch, and how many of the smallest of two must be shared: seven in eight.
_HASHES, _SHARED = 24, 21

#: Hashes by which a sketch is found, and how many texts one of them leads to, the newest: a run of words that many texts have, which a
#: newsroom puts under each, must not hide the one text that has all of them.
_KEYS, _SEVERAL = 4, 8

#: Texts remembered at most: beyond, the oldest half is forgotten.
_REMEMBERED = 400_000

Sketch = tuple[int, ...]


class _Told(NamedTuple):
    """What is remembered of a text: its sketch, the names, places and numbers in it, and its last word, which may be cut."""

    sketch: Sketch
    facts: frozenset[str]
    last: str


class Copies:
    """The texts seen, so that a copy leads to its original: both are numbers of reports."""

    __slots__ = ("_exact", "_near", "_texts", "_told")

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._exact: dict[bytes, int] = {}
        self._near: dict[int, tuple[int, ...]] = {}
        self._told: dict[int, _Told] = {}

    def same_text(self, text_sha256: str) -> int | None:
        """The report that has this very text, told by its hash before anything is read off it."""
        return self._texts.get(text_sha256)

    def original(self, number: int, of: Traits, text_sha256: str, lives: Callable[[int], bool]) -> int | None:
        """The report that report `number` is a copy of; None, and remembered, where it is none of those that live."""
        whole = hashlib.blake2b(" ".join(of.order).encode("utf-8", "surrogatepass"), digest_size=12).digest()
        if (same := self._exact.get(whole)) is not None and lives(same):
            return same
        sketch = _sketch(of.order)
        if sketch:
            told = _Told(sketch, frozenset((*of.names, *of.places, *of.numbers)), of.order[-1])
            asked: set[int] = set()
            for key in sketch[:_KEYS]:
                for other in self._near.get(key, ()):
                    if other not in asked and (known := self._told.get(other)) is not None:
                        asked.add(other)
                        if _copies(told, known) and lives(other):
                            return other
            self._told[number] = told
            for key in sketch[:_KEYS]:
                self._near[key] = (number, *self._near.get(key, ())[: _SEVERAL - 1])
        if len(self._exact) >= _REMEMBERED:
            self._forget()
        self._exact[whole] = self._texts[text_sha256] = number
        return None

    def _forget(self) -> None:
        half = sorted(self._exact.values())[len(self._exact) // 2]
        self._exact = {key: n for key, n in self._exact.items() if n >= half}
        near = ((key, tuple(n for n in numbers if n >= half)) for key, numbers in self._near.items())
        self._near = {key: numbers for key, numbers in near if numbers}
        self._texts = {key: n for key, n in self._texts.items() if n >= half}
        self._told = {n: told for n, told in self._told.items() if n >= half}


def _sketch(words: Sequence[str]) -> Sketch:
    """The smallest hashes of the runs of `K` words; none where the text is too short for them to tell anything."""
    if len(words) < K + _KEYS:
        return ()
    hashes = {crc32(" ".join(words[at : at + K]).encode("utf-8", "surrogatepass")) for at in range(len(words) - K + 1)}
    return tuple(sorted(hashes)[:_HASHES])


def _copies(a: _Told, b: _Told) -> bool:
    both = {*a.sketch}.intersection(b.sketch)
    if len(both) * _HASHES < _SHARED * min(len(a.sketch), len(b.sketch)):
        return False
    smallest = sorted({*a.sketch, *b.sketch})[:_HASHES]
    if len(both.intersection(smallest)) * _HASHES < _SHARED * len(smallest):
        return False
    return _within(a, b) or _within(b, a)


def _within(a: _Told, b: _Told) -> bool:
    """Whether all names, places and numbers of `a` are among those of `b`; the last word may be the beginning of one, cut off."""
    more = a.facts - b.facts
    return not more or (more == {a.last} and a.last.isalpha() and any(fact.startswith(a.last) for fact in b.facts))
