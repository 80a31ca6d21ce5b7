"""A report's text cut where something in it is pointed at, so that the page can mark every claim in place and lead to every place.

A place is called by its report's letter and the offset where it starts, `A.120`. Pieces are cut at the start and at the end of everything
that is pointed at, so whatever is pointed at is a run of whole pieces: the script marks one by going from its first piece to its end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from twosource.model import Report, Span

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a report that stand together, and the claims that they are evidence of, the weightiest first.

    `place` is what links call it; None where nothing points at it.
    """

    text: str
    place: str | None = None
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a report: its pieces, the claims that begin in it, and whether it is its head or the page's furniture."""

    pieces: tuple[Piece, ...]
    claims: tuple[int, ...]
    kind: str


def place(letter: str, offset: int) -> str:
    """What links call the place at `offset` of the report `letter`.

    >>> place("A", 120)
    'A.120'
    """
    return f"{letter}.{offset}"


def paragraphs(
    report: Report,
    letter: str,
    evidence: Iterable[tuple[Span, int]],
    pointed_at: Iterable[Span] = (),
    furniture: Iterable[Span] = (),
) -> tuple[Paragraph, ...]:
    """The report line by line, in pieces: no character of a line is left out, and none is added.

    `evidence` are the places of claims with the claim's number; `pointed_at` are other places that links lead to. Both hold only this
    report's. Both are gone through once, so that a long report costs no more than its length.
    """
    those = sorted(evidence, key=lambda e: (e[0].start, e[1]))
    others = sorted(pointed_at)
    aside = sorted(furniture)
    cuts = sorted({x for s in (*others, *(e for e, _ in those)) for x in (s.start, s.end)})
    firsts = [s.start for s, _ in those]
    made: list[Paragraph] = []
    live: list[tuple[int, int]] = []
    seen = other = reach = 0
    for line in _LINE.finditer(report.text):
        if not line[0].strip():
            continue
        start, end = line.span()
        edges = [start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]
        pieces = []
        for a, b in pairwise(edges):
            while seen < len(those) and firsts[seen] <= a:
                live.append((those[seen][0].end, those[seen][1]))
                seen += 1
            while other < len(others) and others[other].start <= a:
                reach = max(reach, others[other].end)
                other += 1
            live = [(stop, n) for stop, n in live if stop > a]
            covering = tuple(sorted({n for _, n in live}))
            pieces.append(Piece(report.text[a:b], place(letter, a) if covering or reach > a else None, covering))
        begun = {n for _, n in those[bisect_left(firsts, start) : bisect_left(firsts, end)]}
        made.append(Paragraph(tuple(pieces), tuple(sorted(begun)), _kind(report, aside, start, end)))
    return tuple(made)


def _kind(report: Report, aside: Sequence[Span], start: int, end: int) -> str:
    """What the line is: the page's furniture, the report's head, or nothing but its text."""
    if any(s.start <= start and end <= s.end + 1 for s in aside):
        return "aside"
    return "head" if any(s.start <= start and end <= s.end + 1 for s in report.head) else ""
