"""Answers to questions that cost much and depend on nothing but the question: given once, remembered for the next time.

A story that grows by one report asks nearly all of the questions of the day before again: the vector of a text, the score of two
statements, what two reports share. Whoever follows it hands `Known` to `reconcile` and keeps what comes back; whoever does not pays
for all. What is said does not change by a letter, since an answer is looked up by a digest of all that it depends on, but for the rules:
what is kept longer than a process is kept with them (`watch.remembered.rules`), and is worth nothing under others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

T = TypeVar("T")

#: Runs of words that two reports share: where each begins in one and in the other, and how long it is.
Shared = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Answers(Generic[T]):
    """Answers of one kind by the digest of their question: those from `before`, and all that were `asked` for since."""

    before: Mapping[bytes, T] = field(default_factory=dict)
    asked: dict[bytes, T] = field(default_factory=dict)

    def to(self, questions: Sequence[bytes], work: Callable[[list[int]], Sequence[T]]) -> list[T]:
        """The answers to `questions`. `work` is given the places of those that nobody has asked yet, each once, and answers them.

        >>> lengths = Answers({b"one": 3})
        >>> lengths.to([b"one", b"three", b"three"], lambda places: [5 for _ in places])
        [3, 5, 5]
        >>> sorted(lengths.asked)
        [b'one', b'three']
        """
        first: dict[bytes, int] = {}
        for place, question in enumerate(questions):
            if question in self.asked:
                continue
            if question in self.before:
                self.asked[question] = self.before[question]
            else:
                first.setdefault(question, place)
        if first:
            self.asked.update(zip(first, work(list(first.values())), strict=True))
        return [self.asked[question] for question in questions]

    def kept(self) -> dict[bytes, T]:
        """What is worth keeping for the next time: what was asked for, and of the rest half as much again, what was asked last first.

        A name that two reports spell in two ways may change with one report and change back with the next, and with it the questions.
        """
        room = len(self.asked) // 2
        rest = ((q, a) for q, a in self.before.items() if q not in self.asked)
        return self.asked | dict(islice(rest, room))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known: the vectors of texts, the scores of pairs of statements, the runs of words that one report has of another."""

    vectors: Answers[npt.NDArray[np.float32]] = field(default_factory=Answers)
    scores: Answers[float] = field(default_factory=Answers)
    shared: Answers[Shared] = field(default_factory=Answers)

    def later(self) -> Known:
        """What is known the next time."""
        return Known(Answers(self.vectors.kept()), Answers(self.scores.kept()), Answers(self.shared.kept()))


def digest(*parts: str) -> bytes:
    """Twelve bytes that stand for a question."""
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).digest()
