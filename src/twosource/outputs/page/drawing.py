"""What is drawn: the ranges of a figure on one axis, a count as it grows, who copied whom. Only numbers; the templates make SVG of them.

Across, everything is a percentage of the width, so that a drawing fits a phone and a sheet of paper alike; down, it is pixels.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from twosource.model import Edge, FigureMention, Lineage, Report
from twosource.outputs.order import in_order
from twosource.outputs.wording import number

#: Where the axis begins and ends: what is open reaches beyond it, to the edge.
LEFT, RIGHT = 6.0, 94.0

#: Where a report without a date stands in the graph, and how far right any may stand, so that there is room for its name.
UNDATED, FARTHEST = 6.0, 66.0

#: So many arrows lead to one report, those of the largest share: more would be a thicket. The list below the graph has them all.
MOST = 2

_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(?:(\d\d)(?::(\d\d))?|(MO|MI|AF|EV|NI|DT)))?")

MONTHS = tuple("January February March April May June July August September October November December".split())
_PARTS = {"MO": 9, "MI": 12, "AF": 15, "DT": 13, "EV": 19, "NI": 22}


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from `least` to `most`; logarithmic where the ends lie more than two powers of ten apart."""

    least: float
    most: float
    logarithmic: bool
    ticks: tuple[Tick, ...] = ()

    def x(self, value: float) -> float:
        """The place of `value`, in percent of the width.

        >>> Axis(0, 100, False).x(50)
        50.0
        """
        if self.most == self.least:
            return 50.0
        if self.logarithmic:
            part = math.log(value / self.least) / math.log(self.most / self.least)
        else:
            part = (value - self.least) / (self.most - self.least)
        return round(LEFT + (RIGHT - LEFT) * part, 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """A range as drawn: from `left` to `right` percent; an open end reaches the edge."""

    left: float
    right: float
    open_left: bool
    open_right: bool

    @property
    def dot(self) -> bool:
        """Whether it is one value, or too near to one to be seen as a range."""
        return not self.open_left and not self.open_right and self.right - self.left < 0.8


@dataclass(frozen=True, slots=True)
class Point:
    """A value at its time: `x` percent, `low` and `high` pixels from above; an open end reaches the frame.

    `labelled` where no point before it stands at the same place.
    """

    x: float
    low: float
    high: float
    open: bool
    letter: str
    words: str
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """A count over time: its points in the order of time, the days below, the values beside."""

    points: tuple[Point, ...]
    days: tuple[Tick, ...]
    values: tuple[Tick, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Node:
    """A report: `x` percent by its time of publication, `y` pixels by its row."""

    letter: str
    x: float
    y: float
    report: Report


@dataclass(frozen=True, slots=True)
class Arrow:
    """From whom to whom: how (`copy`, `credit`, `told` …), the share of the words taken, and how thick that makes it."""

    source: Node
    target: Node
    kind: str
    share: float
    width: float

    @property
    def middle(self) -> float:
        """Where its share is written, in percent."""
        return round((self.source.x + self.target.x) / 2, 2)


@dataclass(frozen=True, slots=True)
class Graph:
    """Reports in the order of publication from left to right, a row each, and who goes back to whom."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    days: tuple[Tick, ...]
    height: int


def axis(values: Sequence[float]) -> Axis:
    """An axis on which all `values` lie, with ticks at round numbers.

    >>> [tick.words for tick in axis([12, 20]).ticks]
    ['12', '14', '16', '18', '20']
    >>> [tick.words for tick in axis([3, 10000]).ticks]
    ['1', '10', '100', '1,000', '10,000']
    """
    least, most = min(values), max(values)
    if least == most:
        bare = Axis(least, most, False)
        return Axis(least, most, False, (Tick(50.0, number(least)),) if values else bare.ticks)
    if least >= 1e-6 and most / least > 100:  # below that, nobody counts anything
        lowest, highest = math.floor(math.log10(least)), math.ceil(math.log10(most))
        step = max(1, math.ceil((highest - lowest) / 5))
        highest = lowest + math.ceil((highest - lowest) / step) * step
        bare = Axis(10.0**lowest, 10.0**highest, True)
        return _with_ticks(bare, [10.0**n for n in range(lowest, highest + 1, step)])
    size = _round_step((most - least) / 4)
    first, last = math.floor(least / size), math.ceil(most / size)
    return _with_ticks(Axis(first * size, last * size, False), [n * size for n in range(first, last + 1)])


def _with_ticks(bare: Axis, at: Sequence[float]) -> Axis:
    return Axis(bare.least, bare.most, bare.logarithmic, tuple(Tick(bare.x(v), number(round(v, 6))) for v in at))


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= least * (1 - 1e-9))


def bar(low: float | None, high: float | None, on: Axis) -> Bar:
    """The range on the axis.

    >>> bar(12, None, axis([12, 20]))
    Bar(left=6.0, right=100.0, open_left=False, open_right=True)
    """
    below, above = low is None or not math.isfinite(low), high is None or not math.isfinite(high)
    left = 0.0 if low is None or below else on.x(low)
    right = 100.0 if high is None or above else on.x(high)
    return Bar(left, right, below, above)


def ends(mentions: Sequence[FigureMention]) -> list[float]:
    """The finite ends of all ranges: what the axis must hold."""
    return [x for m in mentions for x in (m.low, m.high) if x is not None and math.isfinite(x)]


def days_since(when: str | None) -> float | None:
    """A moment as days: ISO 8601 or a TIMEX3 day with a part of it; None where the day is not told.

    >>> days_since("2031-04-02T12:00") - days_since("2031-04-01")
    1.5
    >>> days_since("2031-04") is None
    True
    """
    found = _STAMP.match(when or "")
    if found is None:
        return None
    try:
        whole = date(int(found[1]), int(found[2]), int(found[3])).toordinal()
    except ValueError:
        return None
    hours = int(found[4] or 0) + int(found[5] or 0) / 60 if found[4] else _PARTS.get(found[6] or "", 0)
    return whole + hours / 24


def series(mentions: Sequence[FigureMention], letters: dict[str, str], *, height: int = 150) -> Series | None:
    """The count over time; None where fewer than two days or hours are known, or nothing lies apart."""
    timed = sorted(
        ((t, letters[m.report], m) for m in mentions if (t := days_since(m.as_of)) is not None and ends([m])),
        key=lambda x: (x[0], x[1], x[2].start),
    )
    values = ends([m for _, _, m in timed])
    if len({t for t, _, _ in timed}) < 2 or len(set(values)) < 2:
        return None
    scale = axis(values)
    across = _across([t for t, _, _ in timed], 12.0, 90.0)
    top, bottom = 14.0, height - 26.0

    def y(value: float) -> float:
        return round(bottom - (bottom - top) * (scale.x(value) - LEFT) / (RIGHT - LEFT), 1)

    points: dict[tuple[float, float | None, float | None], Point] = {}
    for t, letter, m in timed:
        low, *_, last = [x for x in (m.low, m.high) if x is not None] * 2
        words = number(low) + ("+" if m.high is None else f"–{number(last)}" if last != low else "")
        same = points.get((t, m.low, m.high))
        whose = letter if same is None or letter in same.letter.split(", ") else f"{same.letter}, {letter}"
        points[t, m.low, m.high] = Point(
            across(t), y(low), top if m.high is None else y(last), m.high is None, whose, words
        )
    beside = tuple(Tick(y(_value(tick)), tick.words) for tick in scale.ticks)
    placed: set[tuple[float, float]] = set()
    told = []
    for point in points.values():
        told.append(replace(point, labelled=(point.x, point.low) not in placed))
        placed.add((point.x, point.low))
    return Series(tuple(told), _days([t for t, _, _ in timed], across), beside, height)


def _value(tick: Tick) -> float:
    return float(tick.words.replace(",", ""))


def _across(times: Sequence[float], left: float, right: float) -> Callable[[float], float]:
    """Where a time stands between `left` and `right` percent; all at `left` where there is only one."""
    first, last = min(times, default=0.0), max(times, default=0.0)

    def x(t: float) -> float:
        return round(left + (right - left) * (t - first) / (last - first), 2) if last > first else left

    return x


def _days(times: Sequence[float], x: Callable[[float], float]) -> tuple[Tick, ...]:
    """The days that times fall on, as far as there is room for their names."""
    found: list[Tick] = []
    for t in sorted(set(times)):
        told = date.fromordinal(int(t))
        words = f"{told.day} {MONTHS[told.month - 1][:3]}"
        if not found or (found[-1].words != words and x(t) - found[-1].x > 14):
            found.append(Tick(x(t), words))
    return tuple(found)


def graph(
    reports: Sequence[Report], lineages: Sequence[Lineage], letters: dict[str, str], *, row: int = 34
) -> Graph | None:
    """Who goes back to whom, among the reports of the lineages that hold more than one; None where there is none."""
    joined = [x for x in lineages if x.edges]
    if not joined:
        return None
    known = {r.id: r for r in reports}
    rank = {r.id: i for i, r in enumerate(in_order(reports))}
    shown: list[str] = []
    for lineage in sorted(joined, key=lambda x: (rank[x.root], x.id)):
        shown += [r for r in sorted(lineage.reports, key=rank.__getitem__) if r not in shown]
    times = {r: t for r in shown if (t := days_since(known[r].published)) is not None}
    x = _across(list(times.values()), 6.0, 52.0)
    top = 22
    at = {r: x(times[r]) if r in times else UNDATED for r in shown}
    for lineage in joined:  # what goes back to another stands right of it, whatever the clocks say
        for e in sorted(lineage.edges, key=lambda e: (rank[e.source], rank[e.target])):
            at[e.target] = min(FARTHEST, max(at[e.target], at[e.source] + 9))
    nodes = {r: Node(letters[r], at[r], top + i * row + row / 2, known[r]) for i, r in enumerate(shown)}
    nearest: dict[str, list[Edge]] = {}
    for e in sorted(
        dict.fromkeys(e for x in joined for e in x.edges), key=lambda e: (-e.share, rank[e.source], e.kind)
    ):
        nearest.setdefault(e.target, []).append(e)
    arrows = tuple(
        Arrow(nodes[e.source], nodes[e.target], e.kind, e.share, round(1.2 + 5 * e.share, 1))
        for target in shown
        for e in nearest.get(target, [])[:MOST]
    )
    days = _days(list(times.values()), x) if times else ()
    return Graph(tuple(nodes.values()), arrows, days, top + len(shown) * row + 6)
