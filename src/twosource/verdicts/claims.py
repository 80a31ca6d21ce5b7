"""Groups of statements → claims with verdicts, and beside them a claim for each detail in which they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from twosource.matching.claims import Aligned
from twosource.matching.contradiction import Clash, admits
from twosource.matching.figure_measures import counts
from twosource.matching.figures import FigureRef
from twosource.model import Claim, Difference, Figure, Span, content_id
from twosource.verdicts.differences import components, differences
from twosource.verdicts.ground import Ground
from twosource.verdicts.origins import independent, same_wording
from twosource.verdicts.reasons import reasons
from twosource.verdicts.rules import verdict
from twosource.verdicts.series import Series, Values, by_value, series, several_values, told, values

#: Cosine below which two statements are not looked at for being word for word the same.
VERBATIM = 0.85


def claims(
    ground: Ground, aligned: Aligned, figure_groups: Sequence[Sequence[FigureRef]], roles: Mapping[str, frozenset[str]]
) -> tuple[Claim, ...]:
    """All claims of the story, sorted by the place of their summary."""
    ground = replace(ground, origins=_by_wording(ground, aligned))
    changed = [found for refs in figure_groups if (found := series(ground.readings, refs)) is not None]
    changing = values(ground.readings, changed)
    statements = [i.statement for i in ground.items.items]
    parts = [
        g
        for group in aligned.groups
        for part in _by_polarity(ground, group)
        for g in by_value(part, statements, changing)
    ]
    clashes = [_whole(ground, clash, parts) for clash in differences(ground, aligned, figure_groups, roles)]
    contested = {i for c in clashes if c.kind == "polarity" or _of_measures(c) for side in c.sides for i in side}
    disputed = {i for c in clashes for side in c.sides for i in side}
    made = [_claim(ground, aligned, g, changing, bool(disputed & set(g))) for g in parts if not set(g) <= contested]
    made += [claim for found in changed if (claim := _updated(ground, aligned, found)) is not None]
    made += [_conflict(ground, aligned, clash) for clash in clashes]
    unique = {c.id: c for c in made}
    return tuple(sorted(unique.values(), key=lambda c: (c.summary.report, c.summary.start, c.summary.end, c.id)))


def _by_wording(ground: Ground, aligned: Aligned) -> list[str]:
    """The origins, that of statements which no voice is named for being that of the same words elsewhere."""
    rows, columns = np.nonzero(np.triu(aligned.cosines >= VERBATIM, 1))
    same = [
        (i, j)
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        if (i, j) in aligned.odds
        and ground.lineages[i] != ground.lineages[j]
        and same_wording(ground.items.items[i].statement.exact, ground.items.items[j].statement.exact)
    ]
    origins = list(ground.origins)
    for members in components(same):
        voiced = {i for i in members if ground.items.items[i].statement.voice}
        first = min(ground.origins[i] for i in (voiced or members))
        for i in set(members) - voiced:
            origins[i] = first
    return origins


def _by_polarity(ground: Ground, group: Sequence[int]) -> list[list[int]]:
    """A claim is one proposition: what is denied stands apart from what is asserted."""
    parts: dict[str, list[int]] = {}
    for i in group:
        parts.setdefault(ground.items.items[i].statement.polarity, []).append(i)
    return [parts[p] for p in sorted(parts)]


def _of_measures(clash: Clash) -> bool:
    """Whether nothing is left to say without the number: "it weighed 58 tonnes" is the conflict; "58 were hurt" says that some were."""
    figures = [s for s in clash.spans if isinstance(s, Figure)]
    return clash.kind == "figure" and bool(figures) and not any(counts(f) for f in figures)


def _whole(ground: Ground, clash: Clash, parts: Sequence[Sequence[int]]) -> Clash:
    """What one voice asserts and another denies is one proposition: each side takes all statements that say the same as its own.

    Not so a denial against an admission, which are two acts; nor the conflict of a detail, whose core keeps its own verdict.
    """
    if clash.kind != "polarity" or any(admits(ground.items.items[i]) for side in clash.sides for i in side):
        return clash
    sides: list[tuple[int, ...]] = []
    for side in clash.sides:
        polarities = {ground.items.items[i].statement.polarity for i in side}
        fuller = {
            i for g in parts if set(g) & set(side) for i in g if ground.items.items[i].statement.polarity in polarities
        }
        sides.append(tuple(sorted(fuller - {i for s in sides for i in s})))
    return replace(clash, sides=tuple(sides)) if all(sides) else clash


def _claim(ground: Ground, aligned: Aligned, group: Sequence[int], changing: Values, disputed: bool) -> Claim:
    evidence = tuple(sorted(ground.evidence(i) for i in group))
    found = verdict(evidence)
    why = reasons(evidence, found, None, ground.names)
    if disputed and found == "corroborated":
        why = (why[0], "A detail of it is in dispute: that is a claim of its own.")
    if several_values(group, [i.statement for i in ground.items.items], changing):
        why = (why[0], "The count in it changed with time: that is a claim of its own.")
    return Claim(
        content_id("c", *(e.id for e in evidence)), _summary(ground, aligned, group), found, why,
        len({e.lineage for e in evidence}), independent(e.origin for e in evidence), evidence,
    )  # fmt: skip


def _updated(ground: Ground, aligned: Aligned, found: Series) -> Claim | None:
    """A count that changed with time: its statements in the order of their as-of times."""
    members = list(dict.fromkeys(i for ref in found.steps for i in ground.giving.get(ref, ())))
    figures = {ground.readings[ref.report].figures[ref.index] for ref in found.steps if ref in ground.giving}
    if len({(f.low, f.high) for f in figures}) < 2:
        return None
    evidence = tuple(ground.evidence(i) for i in members)
    lineages, origins = len({e.lineage for e in evidence}), independent(e.origin for e in evidence)
    return Claim(
        content_id("c", "updated", *sorted(e.id for e in evidence)), _summary(ground, aligned, members), "updated",
        (told(ground.readings, found),), lineages, origins, evidence, correction=found.correction,
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
    # Places, not the figures and times that stand there: a saved answer must come back as it was.
    spans = tuple(ground.readings[s.report].report.span(s.start, s.end) for s in clash.spans)
    difference = Difference(clash.kind, sides, spans)
    found = verdict(evidence, difference)
    return Claim(
        content_id("c", clash.kind, *(e.id for e in evidence)), _summary(ground, aligned, members), found,
        reasons(evidence, found, difference, ground.names), len({e.lineage for e in evidence}), independent(e.origin for e in evidence),
        evidence, difference,
    )  # fmt: skip
