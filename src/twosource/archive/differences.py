"""What a correction changed: the places where two versions of a report have other words, each a span of its own version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from twosource.model import Report, Span

#: Lines with more words than this are shown as changed whole: comparing words costs the square of their number.
_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """Words that were replaced: `before` in the older version, `after` in the newer; None where words were added or taken out."""

    before: Span | None
    after: Span | None


def changes(older: Report, newer: Report) -> tuple[Change, ...]:
    """Where the texts differ, in the order of the text: lines are compared first, then the words of those that changed.

    >>> from twosource.sources import from_text
    >>> change, = changes(from_text("Three were hurt, she said."), from_text("Four were hurt, she said."))
    >>> change.before.exact, change.after.exact
    ('Three', 'Four')
    """
    found = []
    for a, b in _unlike(_pieces(r"[^\n]*\n|[^\n]+", older.text, 0), _pieces(r"[^\n]*\n|[^\n]+", newer.text, 0)):
        words = [
            _pieces(r"\w+|[^\w\s]", text[slice(*place)], place[0]) for text, place in ((older.text, a), (newer.text, b))
        ]
        for x, y in _unlike(*words) if max(map(len, words)) <= _WORDS else [(a, b)]:
            change = Change(_span(older, x), _span(newer, y))
            if change.before or change.after:
                found.append(change)
    return tuple(found)


_Piece = tuple[str, int, int]


def _pieces(pattern: str, text: str, at: int) -> list[_Piece]:
    return [(m[0], at + m.start(), at + m.end()) for m in re.finditer(pattern, text)]


def _unlike(older: list[_Piece], newer: list[_Piece]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The places, in both texts, of the pieces that are not the same."""
    match = SequenceMatcher(None, [p[0] for p in older], [p[0] for p in newer], autojunk=False)
    for kind, a, b, c, d in match.get_opcodes():
        if kind != "equal":
            yield _place(older, a, b), _place(newer, c, d)


def _place(pieces: list[_Piece], start: int, end: int) -> tuple[int, int]:
    return (pieces[start][1], pieces[end - 1][2]) if start < end else (0, 0)


def _span(report: Report, place: tuple[int, int]) -> Span | None:
    """The span at `place` without the white space around it."""
    start, end = place
    words = report.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return report.span(start, end) if start < end else None
