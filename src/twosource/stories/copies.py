"""Near copies: the same text but for little, which is no second telling and is set aside before any comparison.

A text's sketch is the smallest hashes of its runs of five words (Broder, "On the resemblance and containment of documents", SEQUENCES
1997): two sketches agree about as much as the texts do. Of templates filled in anew, as quake alerts are, the sketches agree too; so a
copy may leave out names, places and numbers of its original, or add some, but not put others in their place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from zlib import crc32

from twosource.likeness.fingerprints import K
from twosource.stories.traits import Traits

#: Hashes of a sketch, and how many of the smallest of two must be shared: seven in eight.
_HASHES, _SHARED = 24, 21

#: Hashes by which a sketch is found.
_KEYS = 4

#: Texts remembered at most: beyond, the oldest half is forgotten.
_REMEMBERED = 400_000

Sketch = tuple[int, ...]


class Copies:
    """The texts seen, so that a copy leads to its original: both are numbers of reports."""

    __slots__ = ("_exact", "_near", "_texts", "_told")

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._exact: dict[bytes, int] = {}
        self._near: dict[int, int] = {}
        self._told: dict[int, tuple[Sketch, frozenset[str]]] = {}

    def same_text(self, text_sha256: str) -> int | None:
        """The report that has this very text, told by its hash before anything is read off it."""
        return self._texts.get(text_sha256)

    def original(self, number: int, of: Traits, text_sha256: str, lives: Callable[[int], bool]) -> int | None:
        """The report that report `number` is a copy of; None, and remembered, where it is none of those that live."""
        whole = hashlib.blake2b(" ".join(of.order).encode("utf-8", "surrogatepass"), digest_size=12).digest()
        if (same := self._exact.get(whole)) is not None and lives(same):
            return same
        sketch = _sketch(of.order)
        told = frozenset((*of.names, *of.places, *of.numbers))
        for key in sketch[:_KEYS]:
            other = self._near.get(key)
            if other is not None and other in self._told and lives(other) and _copies(sketch, told, *self._told[other]):
                return other
        if len(self._exact) >= _REMEMBERED:
            self._forget()
        self._exact[whole] = self._texts[text_sha256] = number
        if sketch:
            self._told[number] = (sketch, told)
            for key in sketch[:_KEYS]:
                if (other := self._near.get(key)) is None or not lives(other):
                    self._near[key] = number
        return None

    def _forget(self) -> None:
        half = sorted(self._exact.values())[len(self._exact) // 2]
        self._exact = {key: n for key, n in self._exact.items() if n >= half}
        self._near = {key: n for key, n in self._near.items() if n >= half}
        self._texts = {key: n for key, n in self._texts.items() if n >= half}
        self._told = {n: told for n, told in self._told.items() if n >= half}


def _sketch(words: Sequence[str]) -> Sketch:
    """The smallest hashes of the runs of `K` words; none where the text is too short for them to tell anything."""
    if len(words) < K + _KEYS:
        return ()
    hashes = {crc32(" ".join(words[at : at + K]).encode("utf-8", "surrogatepass")) for at in range(len(words) - K + 1)}
    return tuple(sorted(hashes)[:_HASHES])


def _copies(a: Sketch, told_a: frozenset[str], b: Sketch, told_b: frozenset[str]) -> bool:
    smallest = sorted({*a, *b})[:_HASHES]
    if len({*a}.intersection(b, smallest)) * _HASHES < _SHARED * len(smallest):
        return False
    return told_a <= told_b or told_b <= told_a
