"""Which stories have a word: so that a report is compared with the few stories near it and not with all.

A word's list holds the latest and the greatest stories that have it among their heaviest words. A list has an end: a word that stands in
more stories than that tells little, and what a report costs does not grow with the stories there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

#: Words of a story by which it is found.
KEYS = 16

#: Stories that a word leads to: the latest.
_LENGTH = 64

#: Of those, the greatest, which a day's crowd of new stories must not push out.
_GREAT = 16

#: Entries of lists that are looked up, those of the rarest words first.
_LOOKED_UP = 128

#: Stories that are looked at closely: the nearest by their rare words.
CANDIDATES = 6

#: What a story must share of the weight of the words it is looked up by, to be looked at.
_LEAST = 0.03


class Postings:
    """From words to the numbers of the stories that have them."""

    __slots__ = ("_lists",)

    def __init__(self) -> None:
        self._lists: dict[str, list[int]] = {}

    def add(self, words: Sequence[str], story: int, size: Callable[[int], int]) -> None:
        """Let `words` lead to `story`; `size` tells how many reports a story has, none where it is no longer open."""
        for word in words:
            # A new list: a branch of the grouping may have the old one.
            numbers = self._lists[word] = [*self._lists.get(word, ()), story]
            if len(numbers) >= 2 * _LENGTH:
                sizes = {n: found for n in numbers if (found := size(n))}
                great = sorted(sizes, key=lambda n: (-sizes[n], -n))[:_GREAT]
                latest = [n for n in sizes if n not in great][_GREAT - _LENGTH :]
                numbers[:] = great + latest

    def near(self, keys: Sequence[str], weights: Mapping[str, float], fits: Callable[[int], bool]) -> list[int]:
        """The stories that share most of `keys` by their `weights`, of those that fit, the nearest first."""
        found: dict[int, float] = {}
        left = _LOOKED_UP
        for numbers, word in sorted(
            ((self._lists.get(w, ()), w) for w in keys), key=lambda item: (len(item[0]), item[1])
        ):
            if left <= 0:
                break
            weight = weights[word] ** 2
            for story in numbers:
                found[story] = found.get(story, 0.0) + weight
            left -= len(numbers)
        near: list[int] = []
        for _, story in sorted([(-share, n) for n, share in found.items() if share >= _LEAST]):
            if fits(story):
                near.append(story)
                if len(near) == CANDIDATES:
                    break
        return near

    def forget(self, is_open: Callable[[int], bool]) -> None:
        """Drop the stories that are closed."""
        kept = ((word, [n for n in numbers if is_open(n)]) for word, numbers in self._lists.items())
        self._lists = {word: numbers for word, numbers in kept if numbers}
