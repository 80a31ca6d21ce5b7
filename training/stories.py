"""Pairs of statements out of the stories that we wrote: the same fact or not, as the editor who wrote the gold has it.

A story is a folder of `training/stories` (or of the demo): reports and a gold.yaml, written by an editor who had not seen the code.
Statements of two reports are a pair that says the same where both lie over evidence of one claim of the gold, and a pair that does
not where no claim holds both. Where the gold calls the claim conflicting or optional, or a count that changed, the pair is neither.
Stories are invented, so nothing of a gold story is in them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from twosource.matching.actors import join_actors
from twosource.matching.figures import figure_groups
from twosource.matching.items import Items, items
from twosource.model import Reading
from twosource.reading import read
from twosource.sources import load

HERE = Path(__file__).parent / "stories"

#: The stories that are only for measuring: three topics in ten, chosen before any was written (stories/README.md).
HELD = frozenset({"bank", "ceasefire", "cholera", "factory", "jobs", "launch"})

#: Verdicts of claims whose statements are neither the same fact nor plainly two.
OPEN = frozenset({"conflicting", "updated", "optional"})

Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Story:
    """A story's readings and the evidence that its gold gives for each claim, as (report id, start, end)."""

    name: str
    readings: tuple[Reading, ...]
    claims: tuple[tuple[str, tuple[Span, ...]], ...]  # verdict ("optional" where the editor leaves it open), evidence


def story(folder: Path) -> Story:
    """The story in `folder`, read."""
    gold = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
    readings: dict[str, Reading] = {}
    for letter, name in gold["reports"].items():
        (report,) = load([folder / name]).reports
        readings[letter] = read(report)
    return Story(folder.name, tuple(readings.values()), tuple(_claims(gold, readings)))


def _claims(gold: Mapping[str, Any], readings: Mapping[str, Reading]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for claim in gold["claims"]:
        spans = []
        for letter, words in ((k, w) for e in claim["evidence"] for k, w in e.items()):
            report = readings[letter].report
            start = report.text.find(words)
            if start < 0:
                raise SystemExit(f"{gold['story']}: {claim['id']}: {words!r} is not in report {letter}")
            spans.append((report.id, start, start + len(words)))
        yield "optional" if claim.get("optional") else claim["verdict"], tuple(spans)


def made_ready(told: Story) -> Items:
    """Its statements, ready for comparing."""
    actors, joined = join_actors(told.readings)
    groups = figure_groups(told.readings, joined)
    return items(told.readings, joined, actors, {(f.report, f.index): n for n, g in enumerate(groups) for f in g})


def labels(told: Story, made: Items) -> dict[tuple[int, int], float | None]:
    """For each pair of statements (i < j) of two reports: 1.0 the same, None the same but for a detail; all others are not the same."""
    at = [(i.statement.report, i.statement.start, i.statement.end) for i in made.items]
    found: dict[tuple[int, int], float | None] = {}
    # What is open first, so that a core which is corroborated outweighs the detail in dispute.
    for verdict, spans in sorted(told.claims, key=lambda c: c[0] not in OPEN):
        on = [(n, k) for k, span in enumerate(spans) for n, place in enumerate(at) if over(place, span)]
        for (i, k), (j, m) in itertools.product(on, on):
            if i < j and k != m and at[i][0] != at[j][0]:
                found[i, j] = None if verdict in OPEN else 1.0
    return found


def disputed(told: Story, made: Items) -> frozenset[tuple[int, int]]:
    """The pairs of statements that lie over evidence of one claim which is conflicting."""
    at = [(i.statement.report, i.statement.start, i.statement.end) for i in made.items]
    return frozenset(
        (i, j)
        for verdict, spans in told.claims
        if verdict in {"conflicting", "updated"}
        for a, b in itertools.permutations(spans, 2)
        for i in range(len(at))
        if over(at[i], a)
        for j in range(i + 1, len(at))
        if over(at[j], b)
    )


def over(a: Span, b: Span) -> bool:
    """Whether two places share half of the shorter one."""
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return a[0] == b[0] and shared > 0 and 2 * shared >= min(a[2] - a[1], b[2] - b[1])


def folders(held: bool) -> Sequence[Path]:
    """The stories for fitting, or those held for measuring."""
    return sorted(g.parent for g in HERE.glob("*/gold.yaml") if (g.parent.name in HELD) == held)
