"""The words that two texts share: winnowed fingerprints to find where to look, and the exact common runs from there.

Fingerprints are winnowed shingles (Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD
2003): every run of `K` words is hashed, and of every `WINDOW` hashes in a row the smallest is kept (the rightmost, where several are).
So any run of `K + WINDOW - 1` words that two texts share is found in both, whatever stands around it. Hashes are BLAKE2b, not Python's
own: the same on every machine and in every process.

Texts are compared as words without case, accents of typography and punctuation; each word keeps its place in the text, so that what is
shared can be shown as spans of both. A word may be masked (`Words.own`): what is quoted speech, heading or formula is
nobody's own text, no shingle reaches over it and no run goes through it.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Words in a shingle. Five in a row by chance are rare outside names and set phrases, and light editing leaves most sentences one.
K = 5

#: Shingles in a window, of which one is kept: runs of K + WINDOW - 1 = 7 words are always found, at half the hashes.
WINDOW = 3

#: Where two texts differ by a few words they are followed past the change: at most so many words on either side …
GAP = 4

#: … if at least so many words in a row agree again.
RESUME = 3

#: Places at which one fingerprint is followed in one text: a text that repeats a line a thousand times is not followed a million times.
PLACES = 4

#: A word that a passage of so many words holds already is not looked up again: for the same reason.
ENOUGH = 40

# Scripts written without spaces: every character stands for a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+(?:['’ʼ](?:(?![{_UNSPACED}])\w)+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in order: their normalised `forms`, where they stand, and whether they are the newsroom's `own`."""

    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    own: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """`length` words in a row that two texts share: from word `a` of the first and word `b` of the second."""

    a: int
    b: int
    length: int


#: A passage is the runs that follow one another with only a few words changed between.
Passage = tuple[Run, ...]


def words(text: str, masked: Iterable[tuple[int, int]] = ()) -> Words:
    """The words of `text`; those that touch a place of `masked` (start and end in code points) are not its own.

    >>> words("The  Café’s door").forms
    ('the', "café's", 'door')
    """
    found = list(_WORD.finditer(text))
    starts, ends = tuple(m.start() for m in found), tuple(m.end() for m in found)
    own = [True] * len(found)
    at, reach = 0, 0
    places = sorted(masked)
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        while at < len(places) and places[at][0] < end:
            reach = max(reach, places[at][1])
            at += 1
        own[i] = start >= reach
    return Words(tuple(_form(m.group()) for m in found), starts, ends, tuple(own))


@functools.lru_cache(1 << 16)
def _form(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace("’", "'").replace("ʼ", "'").casefold()


def prints(of: Words, k: int = K, window: int = WINDOW) -> tuple[tuple[int, int], ...]:
    """The winnowed fingerprints of the text: hash and the index of the first word, in the order of the text.

    >>> len(prints(words("one two three four five six seven")))
    1
    """
    kept: list[tuple[int, int]] = []
    for start, end in _stretches(of.own):
        hashes = [_hash(of.forms[i : i + k]) for i in range(start, end - k + 1)]
        if hashes and len(hashes) < window:
            kept.append(min((h, start + i) for i, h in enumerate(hashes)))
        last = -1
        for i in range(len(hashes) - window + 1):
            best = min(range(i, i + window), key=lambda j: (hashes[j], -j))
            if best != last:
                kept.append((hashes[best], start + best))
                last = best
    return tuple(kept)


def containment(a: Iterable[tuple[int, int]], b: Iterable[tuple[int, int]]) -> tuple[float, float]:
    """How much of `a`'s fingerprints `b` has, and how much of `b`'s `a` has: 0..1 each, 0 where there are none.

    >>> a, b = prints(words("a b c d e f g")), prints(words("a b c d e f g h i j k l"))
    >>> containment(a, b)[0] > containment(a, b)[1]
    True
    """
    first, second = {h for h, _ in a}, {h for h, _ in b}
    both = len(first & second)
    return (both / len(first) if first else 0.0), (both / len(second) if second else 0.0)


def passages(
    a: Words,
    b: Words,
    prints_a: Sequence[tuple[int, int]] | None = None,
    prints_b: Sequence[tuple[int, int]] | None = None,
) -> tuple[Passage, ...]:
    """Where `a` and `b` share words: the maximal common runs around each shared fingerprint, followed past small changes.

    In the order of `b`. A word of `b` stands in at most one run. Time grows with the length of both texts and of what they share.
    """
    where: dict[int, list[int]] = {}
    for h, i in prints(a) if prints_a is None else prints_a:
        where.setdefault(h, []).append(i)
    chains: list[Passage] = []
    seen: set[tuple[int, int]] = set()
    settled = [False] * len(b)
    for h, j in prints(b) if prints_b is None else prints_b:
        for i in where.get(h, ())[:PLACES]:
            if settled[j] or (i, j) in seen or a.forms[i : i + K] != b.forms[j : j + K]:
                continue
            chain = _follow(a, b, i, j)
            chains.append(chain)
            seen.update((r.a + n, r.b + n) for r in chain for n in range(r.length))
            if sum(r.length for r in chain) >= ENOUGH:
                for r in chain:
                    settled[r.b : r.b + r.length] = [True] * r.length
    # The longest first: a word of `b` belongs to the passage that carries most around it.
    taken = [False] * len(b)
    kept = []
    for chain in sorted(set(chains), key=lambda c: (-sum(r.length for r in c), c)):
        left = tuple(r for r in chain if not any(taken[r.b : r.b + r.length]))
        for r in left:
            taken[r.b : r.b + r.length] = [True] * r.length
        if any(r.length >= K for r in left):
            kept.append(left)
    return tuple(sorted(kept, key=lambda c: c[0].b))


def _follow(a: Words, b: Words, i: int, j: int) -> Passage:
    """The runs through the words `i` and `j`, both ways."""
    run = _extend(a, b, i, j)
    chain = [run]
    while (ahead := _resume(a, b, run.a + run.length, run.b + run.length, 1)) is not None:
        run = _extend(a, b, *ahead, low=(run.a + run.length, run.b + run.length))
        chain.append(run)
    run = chain[0]
    while (back := _resume(a, b, run.a - 1, run.b - 1, -1)) is not None:
        run = _extend(a, b, *back, high=(run.a, run.b))
        chain.insert(0, run)
    return tuple(chain)


def _extend(
    a: Words, b: Words, i: int, j: int, low: tuple[int, int] = (0, 0), high: tuple[int, int] | None = None
) -> Run:
    """The longest common run through `i` and `j`, not before `low` and not up to `high`."""
    end_a, end_b = high or (len(a), len(b))
    start = 0
    while i - start > low[0] and j - start > low[1] and _same(a, b, i - start - 1, j - start - 1):
        start += 1
    length = 0
    while i + length < end_a and j + length < end_b and _same(a, b, i + length, j + length):
        length += 1
    return Run(i - start, j - start, start + length)


def _resume(a: Words, b: Words, i: int, j: int, step: int) -> tuple[int, int] | None:
    """The nearest place past a change at `i` and `j` where `RESUME` words agree again, going by `step`."""
    for apart in range(1, 2 * GAP + 1):
        for skip in range(max(0, apart - GAP), min(GAP, apart) + 1):
            x, y = i + step * skip, j + step * (apart - skip)
            if _same(a, b, x, y) and all(_same(a, b, x + step * n, y + step * n) for n in range(1, RESUME)):
                return x, y
    return None


def _same(a: Words, b: Words, i: int, j: int) -> bool:
    return 0 <= i < len(a.own) and 0 <= j < len(b.own) and a.own[i] and b.own[j] and a.forms[i] == b.forms[j]


def _stretches(own: Sequence[bool]) -> list[tuple[int, int]]:
    """Where the stretches of own words start and end."""
    out: list[tuple[int, int]] = []
    start = None
    for i, mine in enumerate((*own, False)):
        if mine and start is None:
            start = i
        elif not mine and start is not None:
            out.append((start, i))
            start = None
    return out


def _hash(shingle: Sequence[str]) -> int:
    return int.from_bytes(
        hashlib.blake2b("\x1f".join(shingle).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    )
