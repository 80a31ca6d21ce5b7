"""Which stories have a word: so that a report is compared with the few stories near it and not with all.

A word's list holds the latest stories that have it among their heaviest words. A list has an end: a word that stands in more stories
than that tells little, and what a report costs does not grow with the stories there are.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence

#: Words of a story by which it is found.
KEYS = 16

#: Stories that a word leads to: the latest.
_LENGTH = 64

#: Stories that are looked at closely: the nearest by their rare words.
CANDIDATES = 10


class Postings:
    """From words to the numbers of the stories that have them."""

    __slots__ = ("_lists",)

    def __init__(self) -> None:
        self._lists: dict[str, list[int]] = {}

    def add(self, words: Sequence[str], story: int) -> None:
        """Let `words` lead to `story`."""
        for word in words:
            numbers = self._lists.setdefault(word, [])
            numbers.append(story)
            if len(numbers) >= 2 * _LENGTH:
                del numbers[:-_LENGTH]

    def near(self, keys: Sequence[str], weights: Mapping[str, float], fits: Callable[[int], bool]) -> list[int]:
        """The stories that share most of `keys` by their `weights`, of those that fit, the nearest first."""
        found: dict[int, float] = {}
        for word in keys:
            weight = weights[word] ** 2
            for story in self._lists.get(word, ())[-_LENGTH:]:
                found[story] = found.get(story, 0.0) + weight
        fitting = [(-round(weight, 9), story) for story, weight in found.items() if fits(story)]
        return [story for _, story in heapq.nsmallest(CANDIDATES, fitting)]

    def forget(self, is_open: Callable[[int], bool]) -> None:
        """Drop the stories that are closed."""
        kept = ((word, [n for n in numbers if is_open(n)]) for word, numbers in self._lists.items())
        self._lists = {word: numbers for word, numbers in kept if numbers}
