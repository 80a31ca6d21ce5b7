"""Where statements that say the same differ in a detail: the number, the day, or that one denies what another asserts.

A conflict is looked for only between statements that would be one claim but for the detail, of two newsrooms or two voices. Numbers
that count one quantity are also known from the figure groups, whatever the statements around them say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from twosource.matching.claims import Aligned
from twosource.matching.contradiction import Clash, day_sides, denials, figure_sides
from twosource.matching.figure_measures import counts
from twosource.matching.figures import FigureRef, apart
from twosource.matching.items import Item
from twosource.model import Figure, Span
from twosource.verdicts.ground import Ground
from twosource.verdicts.levels import apart as apart_in_time
from twosource.verdicts.levels import moved, tells_of_a_move
from twosource.verdicts.series import grows, series

#: Log-odds, but for the detail, from which two statements tell of one thing, and likeness of their verbs from which it is one act.
ALIKE, ONE_ACT = -0.5, 0.5
#: The same where the detail is a day, which only statements of one act can differ in.
ALIKE_IN_ACT = -1.0
#: Likeness of two senses from which a measure in both is of one doing, whatever the verbs: "turnout was 67 percent", "61% turned out".
SAID_ALIKE = 0.6
#: Nouns that count people whoever they are.
_ANYBODY = frozenset({"individual", "inhabitant", "people", "person", "resident"})
#: Words that set a part aside: "three other boats" are none of the seven.
_ASIDE = frozenset({"additional", "another", "extra", "further", "more", "other", "remaining"})
_OF_THEM = re.compile(r"\s+of\s+(?:the|them|these|those|whom|his|her|its|their)\b")
#: Numbers that one quantity can be given by: beyond this factor the two count different things, whatever the words.
FACTOR = 5.0


def differences(
    ground: Ground, aligned: Aligned, figure_groups: Sequence[Sequence[FigureRef]], roles: Mapping[str, frozenset[str]]
) -> Iterable[Clash]:
    """Every conflict of a detail, each once."""
    known: set[frozenset[int]] = set()
    for refs in figure_groups:
        for clash in _figures_of_group(ground, refs):
            known.add(frozenset(i for side in clash.sides for i in side))
            yield clash
    likely = ((p, odds) for p, odds in aligned.but_for.items() if odds >= ALIKE_IN_ACT)
    near = sorted((p, odds) for p, odds in likely if ground.stands_apart(*p))
    alike = [p for p, odds in near if odds >= ALIKE]
    for members in components([p for p in alike if _numbers_differ(ground, *p) and not _measured_apart(ground, *p)]):
        if not any(set(members) <= seen for seen in known):
            yield from _figures_of_statements(ground, members)
    for members in components([p for p, _ in near if _days_differ(ground, *p)]):
        yield from _days_of_statements(ground, members)
    yield from denials(ground.items, sorted(aligned.odds), ground.joined, roles)


def components(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The items that `pairs` hold together, as sorted groups."""
    leader: dict[int, int] = {}

    def find(i: int) -> int:
        while leader.setdefault(i, i) != i:
            i = leader[i]
        return i

    for i, j in pairs:
        a, b = sorted((find(i), find(j)))
        leader[b] = a
    groups: dict[int, list[int]] = {}
    for i in sorted(leader):
        groups.setdefault(find(i), []).append(i)
    return [groups[g] for g in sorted(groups)]


def _figures_of_group(ground: Ground, group: Sequence[FigureRef]) -> Iterable[Clash]:
    figures = [ground.readings[ref.report].figures[ref.index] for ref in group]
    sides = figure_sides(figures)
    if len(sides) < 2 or series(ground.readings, group) is not None:
        return
    if moved(ground.readings, [[group[n] for n in side] for side in sides]):
        return
    yield from _clash(
        ground,
        "figure",
        [[i for n in side for i in ground.giving.get(group[n], ())] for side in sides],
        [figures[n] for s in sides for n in s],
    )


def _rival(a: Item, b: Item) -> tuple[Figure, Figure] | None:
    """The first figures of two statements that count one kind of thing and exclude each other; None where any two agree."""
    if not (a.counts and b.counts):
        return None
    pairs = [
        (f, g, m, n)
        for f, m in zip(a.counts, a.owners, strict=True)
        for g, n in zip(b.counts, b.owners, strict=True)
        if f.unit == g.unit and (m is None or n is None or m == n)
    ]
    if _of_a_part(a) != _of_a_part(b):
        pairs = [p for p in pairs if not counts(p[0])]
    of_one = [(f, g) for f, g, m, n in pairs if m is not None and m == n]
    alike = of_one or [(f, g) for f, g, _, _ in pairs]
    if not alike or not all(apart(f, g) for f, g in alike) or _adds_up(a, b) or _adds_up(b, a):
        return None
    return next(((f, g) for f, g in alike if _comparable(f, g, bool(of_one))), None)


def _of_a_part(item: Item) -> bool:
    """Whether some of a whole are counted: "six of those killed, four pupils and two teachers" says nothing against nine killed."""
    s = item.statement
    return any(counts(f) and _OF_THEM.match(s.exact, f.end - s.start) is not None for f in item.counts)


def _adds_up(parts: Item, whole: Item) -> bool:
    """Whether figures of one statement are the parts of a figure of the other: 12 of one land and 11 of another are 23."""
    by_unit: dict[str, list[float]] = {}
    for f in parts.counts:
        by_unit.setdefault(f.unit, []).append(_size(f))
    return any(len(by_unit.get(g.unit, ())) > 1 and sum(by_unit[g.unit]) == _size(g) for g in whole.counts)


def _comparable(f: Figure, g: Figure, one_owner: bool) -> bool:
    """Whether they may be one quantity: the same thing counted, or nothing said of it, and numbers of one size."""
    if (set(f.counted) ^ set(g.counted)) & _ASIDE:
        return False
    heads = {x.counted[0] for x in (f, g) if x.counted}
    if len(heads) > 1 and not heads & _ANYBODY and not set(f.event) & set(g.event):
        return False
    if f.unit == "percent" and one_owner:
        return True  # shares of one person may lie as far apart as they like
    sizes = sorted(abs(x) for x in (_size(f), _size(g)))
    return sizes[0] > 0 and sizes[1] / sizes[0] <= FACTOR


def _size(figure: Figure) -> float:
    return figure.low if figure.low is not None else figure.high or 0.0


def _numbers_differ(ground: Ground, i: int, j: int) -> bool:
    a, b = ground.items.items[i], ground.items.items[j]
    rival = _rival(a, b)
    return rival is not None and grows(ground.readings, [_ref(ground, a, rival[0]), _ref(ground, b, rival[1])]) is None


def _measured_apart(ground: Ground, i: int, j: int) -> bool:
    """Whether two measures (no counts) are of two things: taken on two days, one of them after a move, or of two doings."""
    a, b = ground.items.items[i], ground.items.items[j]
    rival = _rival(a, b)
    if rival is None or any(counts(f) for f in rival):
        return False
    if apart_in_time(a.days, b.days):
        return True
    verbs = [i.statement.predicate[:1] for i in (a, b)]
    if any(tells_of_a_move(x.statement.exact) for x in (a, b)) and verbs[0] != verbs[1]:
        return True
    one_doing = (
        set(rival[0].event) & set(rival[1].event)
        or float(ground.items.predicates[i] @ ground.items.predicates[j]) >= ONE_ACT
        or float(ground.items.senses[i] @ ground.items.senses[j]) >= SAID_ALIKE
    )
    return not one_doing


def _ref(ground: Ground, item: Item, figure: Figure) -> FigureRef:
    return FigureRef(item.statement.report, ground.readings[item.statement.report].figures.index(figure))


def _figures_of_statements(ground: Ground, members: Sequence[int]) -> Iterable[Clash]:
    items = [ground.items.items[i] for i in members]
    figures = []
    for n, item in enumerate(items):
        rivals = [r for m, other in enumerate(items) if m != n and (r := _rival(item, other)) is not None]
        figures.append(rivals[0][0] if rivals else item.counts[0])
    sides = figure_sides(figures)
    yield from _clash(
        ground, "figure", [[members[n] for n in side] for side in sides], [figures[n] for s in sides for n in s]
    )


def _days_differ(ground: Ground, i: int, j: int) -> bool:
    a, b = ground.items.items[i], ground.items.items[j]
    if not (a.days and b.days and _told_alike(a, b)):
        return False
    if float(ground.items.predicates[i] @ ground.items.predicates[j]) < ONE_ACT:
        return False
    return all(x[1] < y[0] or y[1] < x[0] for x in a.days for y in b.days)


def _days_of_statements(ground: Ground, members: Sequence[int]) -> Iterable[Clash]:
    sides = day_sides([ground.items.items[i].days[0] for i in members])
    times = [
        t
        for i in members
        for s in (ground.items.items[i].statement,)
        for t in (ground.readings[s.report].times[n] for n in s.times)
        if t.kind in {"DATE", "TIME"}
    ]
    yield from _clash(ground, "time", [[members[n] for n in side] for side in sides], times)


def _told_alike(a: Item, b: Item) -> bool:
    """Whether both say that it happened, or both that it is to happen."""
    s, t = a.statement, b.statement
    return s.polarity == t.polarity == "asserted" and s.modality == t.modality and s.modality in {"happened", "planned"}


def _clash(ground: Ground, kind: str, sides: Sequence[Sequence[int]], words: Sequence[Span]) -> Iterable[Clash]:
    """The clash of at least two sides, no statement on two of them, between newsrooms or voices."""
    taken: set[int] = set()
    distinct: list[tuple[int, ...]] = []
    for side in sides:
        fresh = tuple(sorted({i for i in side if i not in taken}))
        taken |= set(fresh)
        if fresh:
            distinct.append(fresh)
    if len(distinct) > 1 and any(_across(ground, a, b) for n, a in enumerate(distinct) for b in distinct[n + 1 :]):
        yield Clash("figure" if kind == "figure" else "time", tuple(distinct), tuple(sorted(set(words))))


def _across(ground: Ground, a: Sequence[int], b: Sequence[int]) -> bool:
    return any(ground.stands_apart(i, j) for i in a for j in b)
