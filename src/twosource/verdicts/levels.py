"""Measures that moved: a price, a bid or a share taken on two days, or before and after a change that a report tells of, is no conflict.

Counts that add up with time are `verdicts.series`; a level (money, percent, length) has no order of its own, so only what the reports say
tells that it moved: two days named beside the two values, or a verb of change ("raised its bid to 15 crowns").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from twosource.matching.figure_measures import counts, dimension
from twosource.matching.figures import FigureRef
from twosource.model import Reading, Statement
from twosource.reading.figure_words import CHANGES, words
from twosource.reading.time_values import days

#: Verbs of change, but for those that are said of all else too.
_MOVES = CHANGES - words("bring brings brought down go goes gone move moved moves moving up went")
_WORD = re.compile(r"[a-z]+")
#: What is one of several that followed on each other: "the new offer", but not a name ("New Orlo").
_NEXT = re.compile(r"\b(?:new|previous|initial|improved)\b(?! [A-Z])")

Day = tuple[date, date]


def moved(readings: Mapping[str, Reading], sides: Sequence[Sequence[FigureRef]]) -> bool:
    """Whether what the sides of a group measure moved between them: a report tells of it, or each side names days of its own."""
    refs = [ref for side in sides for ref in side]
    figures = [readings[ref.report].figures[ref.index] for ref in refs]
    if any(counts(f) or dimension(f) == "age" for f in figures):
        return False  # nobody grows five years older from one report to the next
    clauses = {ref: _clause(readings[ref.report], ref.index) for ref in refs}
    if any(tells_of_a_move(s.exact) for s in clauses.values() if s is not None):
        return True
    dated = [[d for ref in side for d in _days(readings[ref.report], clauses[ref])] for side in sides]
    return all(dated) and all(apart(one, other) for n, one in enumerate(dated) for other in dated[n + 1 :])


def tells_of_a_move(clause: str) -> bool:
    """Whether the words tell of a change.

    >>> tells_of_a_move("Orlo raised its bid to 15 crowns"), tells_of_a_move("Orlo bid 15 crowns")
    (True, False)
    """
    return not _MOVES.isdisjoint(_WORD.findall(clause.lower())) or _NEXT.search(clause) is not None


def apart(some: Sequence[Day], others: Sequence[Day]) -> bool:
    """Whether both name days and share none."""
    return bool(some and others) and all(x[1] < y[0] or y[1] < x[0] for x in some for y in others)


def _clause(reading: Reading, figure: int) -> Statement | None:
    return next((s for s in reading.statements if figure in s.figures), None)


def _days(reading: Reading, clause: Statement | None) -> list[Day]:
    times = (reading.times[i] for i in clause.times) if clause is not None else ()
    return [d for t in times if t.kind in {"DATE", "TIME"} and (d := days(t.value)) is not None]
