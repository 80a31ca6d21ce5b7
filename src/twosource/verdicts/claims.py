"""Groups of statements → claims with verdicts, and beside them a claim for each detail in which they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from twosource.matching.claims import Aligned
from twosource.matching.contradiction import Clash, day_sides, denials, figure_sides
from twosource.matching.figures import FigureRef
from twosource.matching.items import Item, Items
from twosource.model import Claim, Difference, Evidence, Reading, Span, Statement, Voice, content_id
from twosource.verdicts.reasons import reasons
from twosource.verdicts.rules import verdict
from twosource.verdicts.series import Series, Values, by_value, grows, series, several_values, told, values

#: Log-odds across the sides from which two statements are surely of one happening, so that days apart are a conflict.
SURE = 1.0


def voices(chain: Sequence[Voice], joined: Mapping[str, str]) -> tuple[Voice, ...]:
    """The voices of one report by the actors across reports."""
    return tuple(replace(v, actor=joined.get(v.actor, v.actor)) if v.actor is not None else v for v in chain)


@dataclass(frozen=True, slots=True)
class Ground:
    """What verdicts rest on: the readings by report, the items with the lineage and the origin of each, and words for origins."""

    readings: Mapping[str, Reading]
    items: Items
    lineages: Sequence[str]
    origins: Sequence[str]
    names: Mapping[str, str]
    joined: Mapping[str, str]

    def evidence(self, i: int) -> Evidence:
        """Item i as evidence."""
        s = self.items.items[i].statement
        return Evidence(
            s.report, s.start, s.end, self.readings[s.report].report.text, id=s.id, voice=voices(s.voice, self.joined),
            lineage=self.lineages[i], origin=self.origins[i], polarity=s.polarity, modality=s.modality,
        )  # fmt: skip

    def stands_apart(self, i: int, j: int) -> bool:
        """Whether two items can contradict each other: two newsrooms, or two voices."""
        return self.lineages[i] != self.lineages[j] or self.origins[i] != self.origins[j]


def claims(
    ground: Ground, aligned: Aligned, figure_groups: Sequence[Sequence[FigureRef]], roles: Mapping[str, frozenset[str]]
) -> tuple[Claim, ...]:
    """All claims of the story, sorted by the place of their summary."""
    changed = [found for refs in figure_groups if (found := series(ground.readings, refs)) is not None]
    changing = values(ground.readings, changed)
    statements = [i.statement for i in ground.items.items]
    made = [
        _claim(ground, aligned, g, changing)
        for group in aligned.groups
        for part in _by_polarity(ground, group)
        for g in by_value(part, statements, changing)
    ]
    made += [claim for found in changed if (claim := _updated(ground, aligned, found)) is not None]
    for clash in _differences(ground, aligned, figure_groups, roles):
        made.append(_conflict(ground, aligned, clash))
    unique = {c.id: c for c in made}
    return tuple(sorted(unique.values(), key=lambda c: (c.summary.report, c.summary.start, c.summary.end, c.id)))


def _by_polarity(ground: Ground, group: Sequence[int]) -> list[list[int]]:
    """A claim is one proposition: what is denied stands apart from what is asserted."""
    parts: dict[str, list[int]] = {}
    for i in group:
        parts.setdefault(ground.items.items[i].statement.polarity, []).append(i)
    return [parts[p] for p in sorted(parts)]


def _claim(ground: Ground, aligned: Aligned, group: Sequence[int], changing: Values) -> Claim:
    evidence = tuple(sorted(ground.evidence(i) for i in group))
    found = verdict(evidence)
    why = reasons(evidence, found, None, ground.names)
    if several_values(group, [i.statement for i in ground.items.items], changing):
        why = (why[0], "The count in it changed with time: that is a claim of its own.")
    return Claim(
        content_id("c", *(e.id for e in evidence)), _summary(ground, aligned, group), found, why,
        len({e.lineage for e in evidence}), len({e.origin for e in evidence}), evidence,
    )  # fmt: skip


def _updated(ground: Ground, aligned: Aligned, found: Series) -> Claim | None:
    """A count that changed with time: its statements in the order of their as-of times."""
    items = _items_with(ground, found.steps)
    members = list(dict.fromkeys(i for ref in found.steps for i in items.get(ref, ())))
    figures = {ground.readings[ref.report].figures[ref.index] for ref in found.steps if ref in items}
    if len({(f.low, f.high) for f in figures}) < 2:
        return None
    evidence = tuple(ground.evidence(i) for i in members)
    return Claim(
        content_id("c", "updated", *sorted(e.id for e in evidence)), _summary(ground, aligned, members), "updated",
        (told(ground.readings, found),), len({e.lineage for e in evidence}), len({e.origin for e in evidence}), evidence, correction=found.correction,
    )  # fmt: skip


def _summary(ground: Ground, aligned: Aligned, group: Sequence[int]) -> Span:
    """The statement that is likest to all the others: it says most of what they share."""
    best = max(
        group,
        key=lambda i: (
            round(float(sum(aligned.cosines[i, j] for j in group)), 4),
            -ground.items.items[i].statement.start,
        ),
    )
    s = ground.items.items[best].statement
    return ground.readings[s.report].report.span(s.start, s.end)


def _conflict(ground: Ground, aligned: Aligned, clash: Clash) -> Claim:
    members = sorted({i for side in clash.sides for i in side})
    evidence = tuple(sorted(ground.evidence(i) for i in members))
    sides = tuple(sorted(tuple(sorted(ground.items.items[i].statement.id for i in side)) for side in clash.sides))
    difference = Difference(clash.kind, sides, clash.spans)
    found = verdict(evidence, difference)
    return Claim(
        content_id("c", clash.kind, *(e.id for e in evidence)), _summary(ground, aligned, members), found,
        reasons(evidence, found, difference, ground.names), len({e.lineage for e in evidence}), len({e.origin for e in evidence}),
        evidence, difference,
    )  # fmt: skip


def _differences(
    ground: Ground, aligned: Aligned, figure_groups: Sequence[Sequence[FigureRef]], roles: Mapping[str, frozenset[str]]
) -> Iterable[Clash]:
    for refs in figure_groups:
        yield from _figures_apart(ground, refs)
    for group in aligned.groups:
        yield from _days_apart(ground, aligned, group)
    yield from denials(ground.items, sorted(aligned.odds), ground.joined, roles)


def _figures_apart(ground: Ground, group: Sequence[FigureRef]) -> Iterable[Clash]:
    figures = [ground.readings[ref.report].figures[ref.index] for ref in group]
    sides = figure_sides(figures)
    if len(sides) < 2 or grows(ground.readings, group) is not None:
        return
    items = _items_with(ground, group)
    by_item = [sorted({i for n in side for i in items.get(group[n], [])}) for side in sides]
    taken: set[int] = set()
    distinct = []
    for side in by_item:
        distinct.append(tuple(i for i in side if i not in taken))
        taken |= set(side)
    distinct = [s for s in distinct if s]
    if len(distinct) > 1 and any(
        ground.stands_apart(i, j) for a in distinct for b in distinct if a < b for i in a for j in b
    ):
        yield Clash("figure", tuple(distinct), tuple(sorted(figures[n] for side in sides for n in side)))


def _items_with(ground: Ground, group: Sequence[FigureRef]) -> dict[FigureRef, list[int]]:
    wanted = set(group)
    found: dict[FigureRef, list[int]] = {}
    for i, item in enumerate(ground.items.items):
        for f in item.statement.figures:
            if (ref := FigureRef(item.statement.report, f)) in wanted:
                found.setdefault(ref, []).append(i)
    return found


def _days_apart(ground: Ground, aligned: Aligned, group: Sequence[int]) -> Iterable[Clash]:
    dated = [i for i in group if ground.items.items[i].days and _happened(ground.items.items[i])]
    sides = day_sides([ground.items.items[i].days[0] for i in dated])
    named = [tuple(dated[n] for n in side) for side in sides]
    if len(named) < 2:
        return
    across = [(i, j) for n, a in enumerate(named) for b in named[n + 1 :] for i in a for j in b]
    if any(
        ground.lineages[i] != ground.lineages[j] and aligned.odds.get((min(i, j), max(i, j)), 0.0) >= SURE
        for i, j in across
    ):
        spans = [ground.readings[s.report].times[s.times[0]] for i in dated for s in (ground.items.items[i].statement,)]
        yield Clash("time", tuple(named), tuple(sorted(spans)))


def _happened(item: Item) -> bool:
    s: Statement = item.statement
    return s.polarity == "asserted" and s.modality == "happened"
