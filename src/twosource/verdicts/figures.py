"""Figure groups with verdicts: what the reports count alike, and whether their ranges can all be true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from twosource.matching.contradiction import figure_sides
from twosource.matching.figures import FigureRef, meet
from twosource.model import Figure, FigureGroup, FigureMention, Reading, Statement, Verdict, content_id
from twosource.verdicts.ground import voices
from twosource.verdicts.levels import moved
from twosource.verdicts.origins import independent
from twosource.verdicts.series import as_of, series, told

#: Gives the lineage and the origin of a statement, or of a place where no statement stands.
Stands = Callable[[str, int, Statement | None], tuple[str, str]]


def figure_groups(
    readings: Mapping[str, Reading], groups: Sequence[Sequence[FigureRef]], stands: Stands, joined: Mapping[str, str]
) -> tuple[FigureGroup, ...]:
    """Each group with its verdict, sorted by the place of its first mention. `joined` gives the actor across reports."""
    made = [_group(readings, refs, stands, joined) for refs in groups]
    return tuple(sorted(made, key=lambda g: (g.mentions[0].report, g.mentions[0].start, g.id)))


def _group(
    readings: Mapping[str, Reading], refs: Sequence[FigureRef], stands: Stands, joined: Mapping[str, str]
) -> FigureGroup:
    figures = [readings[r.report].figures[r.index] for r in refs]
    mentions, behind = [], []
    for ref, figure in zip(refs, figures, strict=True):
        statement = next((s for s in readings[ref.report].statements if ref.index in s.figures), None)
        behind.append(stands(ref.report, figure.start, statement))
        mentions.append(
            FigureMention(
                ref.report,
                figure.start,
                figure.end,
                readings[ref.report].report.text,
                low=figure.low,
                high=figure.high,
                as_of=as_of(readings, ref),
                voice=voices(statement.voice, joined) if statement else (),
            )
        )
    found, why = _verdict(readings, refs, figures, behind)
    labels = Counter(f.label for f in figures if f.label)
    label = min(labels, key=lambda w: (-labels[w], w)) if labels else figures[0].unit
    ordered = tuple(sorted(mentions))
    return FigureGroup(
        content_id("f", *((m.report, m.start, m.end) for m in ordered)), label, figures[0].unit, found, ordered, (why,)
    )


def _verdict(
    readings: Mapping[str, Reading],
    refs: Sequence[FigureRef],
    figures: Sequence[Figure],
    behind: Sequence[tuple[str, str]],
) -> tuple[Verdict, str]:
    sides = figure_sides(figures)
    lineages, origins = {b[0] for b in behind}, {b[1] for b in behind}
    changed = series(readings, refs)
    if changed is not None:
        return "updated", told(readings, changed)
    if len(sides) > 1 and len({behind[n] for side in sides for n in side}) > 1:
        if moved(readings, [[refs[n] for n in side] for side in sides]):
            return "updated", "What is measured moved between them, as the reports tell."
        return "conflicting", "The ranges lie apart."
    if len(lineages) < 2:
        return "single-source", "One newsroom alone gives it."
    if not any(
        meet(figures[i], figures[j]) for i, j in combinations(range(len(figures)), 2) if behind[i][0] != behind[j][0]
    ):
        return "single-source", "The numbers lie next to each other, and no two newsrooms give the same."
    if independent(origins) < 2:
        return "one-origin", "More than one newsroom gives it, but all from one origin."
    return "corroborated", "The ranges of more than one newsroom and origin agree."
