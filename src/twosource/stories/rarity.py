"""How much a word tells: the rarer among stories, the more.

Counted over the stories seen so far, not their reports, so that what a great story repeats stays as telling as it was; on top of a
thousand ordinary reports that were never seen: how common a word is in those comes from
the order in which the word list of the sentence encoder's tokenizer stands, which is that of frequency, by Zipf's law. So the first
report of a pile is judged as well as the last, the order of arrival hardly matters, and the words of the one story that a small pile
tells are not taken for common.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable

from twosource.stories.traits import stem

#: How many ordinary reports the frequencies of the word list stand for.
ORDINARY = 1000

#: Words of an ordinary report, for the share of reports that have a word at all.
_LENGTH = 300

#: Where ordinary words begin in the tokenizer's list: before stand marks and single characters.
_FIRST = 1996

#: The share of ordinary reports that name a place of the gazetteer whose name is no single word.
_PLACE = 0.01

#: Words counted at most: beyond, those seen once are forgotten, so that memory has an end.
_COUNTED = 2_000_000


@functools.cache
def ordinary() -> dict[str, float]:
    """The share of ordinary English reports that have a word, by its stem.

    >>> ordinary()["water"] > ordinary()["ferri" if "ferri" in ordinary() else "ferry"] > 0
    True
    """
    from twosource.likeness.vectors import tokenizer

    ranks: dict[str, int] = {}
    for word, number in tokenizer().get_vocab().items():
        if number >= _FIRST and word.isalnum():
            term = word if word.isdigit() else stem(word)
            ranks[term] = min(ranks.get(term, number), number - _FIRST + 1)
    return {term: 1 - math.exp(-0.1 * _LENGTH / rank) for term, rank in ranks.items()}


class Rarity:
    """How many of the stories seen have each word, and what that makes a word weigh."""

    __slots__ = ("_counts", "_known", "_stories")

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._stories = 0
        self._known: dict[str, float] = {}

    def see(self, terms: Iterable[Iterable[str]]) -> None:
        """Count the terms of some reports, each a story of its own as yet."""
        for report in terms:
            self._stories += 1
            self._counts.update(report)
        self._known.clear()
        if len(self._counts) > _COUNTED:
            self._counts = Counter({t: n for t, n in self._counts.items() if n > 1})

    def join(self, terms: Iterable[str]) -> None:
        """Count two stories as one from the next lot on; `terms` are those that both have."""
        self._stories -= 1
        for term in terms:
            if (count := self._counts.get(term, 0)) > 1:
                self._counts[term] = count - 1

    def of(self, term: str) -> float:
        """The weight of `term`: the logarithm of how many stories there are to each that has it; about 0 to 12."""
        weight = self._known.get(term)
        if weight is None:
            known = ordinary()
            share = known.get(term, 0.0) if term[0] != "@" else known.get(stem(term[1:].lower()), _PLACE)
            have = self._counts.get(term, 0) + ORDINARY * share + 0.5
            weight = self._known[term] = max(0.0, math.log((self._stories + ORDINARY + 1) / have))
        return weight
