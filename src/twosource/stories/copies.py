"""Near copies: the same text but for little, which is no second telling and is set aside before any comparison.

A text's sketch is the smallest hashes of its runs of five words (Broder, "On the resemblance and containment of documents", SEQUENCES
1997): two sketches agree about as much as the texts do. Of templates filled in anew, as quake alerts are, the sketches agree too; so a
copy may leave out names, places and numbers of its original, or add some, but not put others in their place.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from twosource.likeness.fingerprints import K
from twosource.stories.traits import Traits, stem

#: Hashes of a sketch, and how many of the smallest of two must be shared: seven in eight.
_HASHES, _SHARED = 24, 21

#: Hashes by which a sketch is found, and how many texts one of them leads to, the newest: a run of words that many texts have, which a
#: newsroom puts under each, must not hide the one text that has all of them.
_KEYS, _SEVERAL = 4, 8

#: Texts remembered at most: beyond, the oldest half is forgotten.
_REMEMBERED = 400_000


class _Told(NamedTuple):
    """What is remembered of a text, in little room: the smallest hashes of its runs of `K` words, in order; the names, places and
    numbers in it; its last word, which may be cut; and how many words it has.
    """

    sketch: Sequence[int]
    facts: tuple[str, ...]
    last: str
    words: int


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
        text = " ".join(of.order).encode("utf-8", "surrogatepass")
        whole = hashlib.blake2b(text, digest_size=12).digest()
        if (same := self._exact.get(whole)) is not None and lives(same):
            return same
        if len(of.order) >= K + _KEYS:
            told = _told(of)
            keys = told.sketch[:_KEYS]
            if (near := self._near_copy(told, keys, lives)) is not None:
                return near
            self._told[number] = told
            for key in keys:
                self._near[key] = (number, *self._near.get(key, ())[: _SEVERAL - 1])
        if len(self._exact) >= _REMEMBERED:
            self._forget()
        self._exact[whole] = self._texts[text_sha256] = number
        return None

    def _near_copy(self, told: _Told, keys: Sequence[int], lives: Callable[[int], bool]) -> int | None:
        """The text that lives and of which `told` is a copy."""
        hashes = frozenset(told.sketch)
        for other in dict.fromkeys(chain.from_iterable(self._near.get(key, ()) for key in keys)):
            known = self._told.get(other)
            if known is not None and _alike(hashes, known.sketch) and _adds(told, known) and lives(other):
                return other
        return None

    def _forget(self) -> None:
        half = sorted(self._exact.values())[len(self._exact) // 2]
        self._exact = {key: n for key, n in self._exact.items() if n >= half}
        near = ((key, tuple(n for n in numbers if n >= half)) for key, numbers in self._near.items())
        self._near = {key: numbers for key, numbers in near if numbers}
        self._texts = {key: n for key, n in self._texts.items() if n >= half}
        self._told = {n: told for n, told in self._told.items() if n >= half}


def _told(of: Traits) -> _Told:
    facts = {*of.names, *of.places, *of.numbers}
    return _Told(_sketch(of.order), tuple(facts), stem(of.order[-1].replace(",", "")), len(of.order))


def _sketch(words: Sequence[str]) -> array[int]:
    runs = map(" ".join, zip(*(words[at:] for at in range(K)), strict=False))
    hashes = {crc32(run.encode("utf-8", "surrogatepass")) for run in runs}
    return array("I", sorted(hashes)[:_HASHES])


def _alike(a: frozenset[int], b: Sequence[int]) -> bool:
    """Whether two texts are the same but for little, by their sketches."""
    both = a.intersection(b)
    if len(both) * _HASHES < _SHARED * min(len(a), len(b)):
        return False
    smallest = sorted(a.union(b))[:_HASHES]
    return len(both.intersection(smallest)) * _HASHES >= _SHARED * len(smallest)


def _adds(a: _Told, b: _Told) -> bool:
    """Whether one of two tells names, places and numbers beyond those of the other at most, none in their place."""
    return _within(a, b) or _within(b, a)


def _within(a: _Told, b: _Told) -> bool:
    """Whether all names, places and numbers of `a` are among those of `b`.

    The last word of `a` may be the beginning of one that was cut; of a number, only where `b` goes on: a berth 1 is not the berth 12.
    """
    more = {*a.facts}.difference(b.facts)
    if not more:
        return True
    cut = more == {a.last} and (a.words < b.words or not a.last[0].isdigit())
    return cut and any(fact.removeprefix("@").lower().startswith(a.last) for fact in b.facts)
