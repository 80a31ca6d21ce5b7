"""Which policy settles a figure: pure functions from what the reports give to the range to work with.

A policy never changes a verdict and never hides a mention: it says which range to use where one must be used, by a rule that the user has
named. Of a count that changed with time, the values that later ones supersede are left aside by every policy. Copies of one newsroom's text
count once.

| name | what it takes | after |
| --- | --- | --- |
| `range` | from the lowest to the highest value given | the default: nothing is decided |
| `most-conservative` | the lowest value given | ACLED, codebook and FAQ on fatalities: where source reports differ, the most conservative |
| `majority` | the value that most newsrooms' ranges allow; without one, the range | plain counting |
| `latest` | the value with the latest as-of time | the practice of running tolls |
| `named-sources-first` | the range of what named persons and bodies or documents say; without any, of all | Every Casualty, Standards for Casualty Recording (2016), which ask that sources be evaluated, and so known; the rule itself is ours |
"""  # noqa: E501 - a table's row is one line

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from twosource.model import FigureGroup, FigureMention, Reconciliation, Settled
from twosource.verdicts.series import later

Policy = Literal["range", "most-conservative", "majority", "latest", "named-sources-first"]

#: The policies by name, the default first.
POLICIES: tuple[Policy, ...] = get_args(Policy)

#: The low end, the high end (None: open), and why.
Range = tuple[float | None, float | None, str]


def settle(group: FigureGroup, policy: Policy = "range", lineage: Mapping[str, str] | None = None) -> Range:
    """The range that `policy` makes of the group's figures, and the reason in words.

    `lineage` takes a report to its newsroom, so that copies count once; without it every report counts for itself.

    >>> from twosource.model import FigureMention
    >>> text = "14 or 17 were hurt"
    >>> some = [FigureMention("r", a, a + 2, text, low=n, high=n, as_of=None, voice=()) for a, n in ((0, 14.0), (6, 17.0))]
    >>> group = FigureGroup("f1", "people, hurt", "people", "conflicting", tuple(some))
    >>> settle(group), settle(group, "most-conservative")[:2]
    ((14.0, 17.0, 'From the lowest to the highest value given.'), (14.0, 14.0))
    """
    standing = _standing(group)
    low, high, why = _RULES[policy](standing, lineage or {})
    aside = len(group.mentions) - len(standing)
    return low, high, why + (f" Superseded values left aside: {aside}." if aside else "")


def settled(told: Reconciliation, policy: Policy = "range") -> Reconciliation:
    """The reconciliation with what `policy` makes of each group of figures beside it."""
    lineage = {report: line.id for line in told.lineages for report in line.reports}
    groups = tuple(replace(g, settled=Settled(*_placed(settle(g, policy, lineage), policy))) for g in told.figures)
    return replace(told, figures=groups)


def _placed(found: Range, policy: Policy) -> tuple[float | None, float | None, str, str]:
    low, high, why = found
    return low, high, policy, why


def _standing(group: FigureGroup) -> Sequence[FigureMention]:
    """The mentions that no later one supersedes: of a count that did not change with time, all."""
    if group.verdict != "updated":
        return group.mentions
    return [m for m in group.mentions if not any(later(m.as_of, n.as_of) and not _agree(m, n) for n in group.mentions)]


def _agree(a: FigureMention, b: FigureMention) -> bool:
    """Whether one value may satisfy both. A floor ("at least 14") agrees with what lies above it only as the earlier word."""
    if a.high is None and b.low is not None and a.low is not None and b.low > a.low:
        return False
    low_a, low_b = _low(a), _low(b)
    return low_a <= (b.high if b.high is not None else low_a) and low_b <= (a.high if a.high is not None else low_b)


def _low(m: FigureMention) -> float:
    return m.low if m.low is not None else 0.0


def _spread(mentions: Sequence[FigureMention]) -> tuple[float | None, float | None]:
    """From the lowest to the highest value given. The end is open where a floor lies above every closed range."""
    lows = [m.low for m in mentions if m.low is not None]
    highs = [m.high for m in mentions if m.high is not None]
    low = min(lows) if len(lows) == len(mentions) else None
    high = max(highs) if highs and max(highs) >= max(lows, default=max(highs)) else None
    return low, high


def _range(mentions: Sequence[FigureMention], lineage: Mapping[str, str]) -> Range:
    return (*_spread(mentions), "From the lowest to the highest value given.")


def _most_conservative(mentions: Sequence[FigureMention], lineage: Mapping[str, str]) -> Range:
    least = min(mentions, key=lambda m: (_low(m), m.high is None, m))
    return _low(least), _low(least), f"The lowest value given: “{least.exact}”."


def _majority(mentions: Sequence[FigureMention], lineage: Mapping[str, str]) -> Range:
    def carried(value: float) -> int:
        holding = (m for m in mentions if _low(m) <= value and (m.high is None or value <= m.high))
        return len({lineage.get(m.report, m.report) for m in holding})

    every = len({lineage.get(m.report, m.report) for m in mentions})
    values = sorted({v for m in mentions for v in (m.low, m.high) if v is not None})
    most = max(map(carried, values), default=0)
    best = [v for v in values if carried(v) == most]
    if 2 * most <= every or not best:
        return (*_spread(mentions), "No value has most newsrooms behind it: from the lowest to the highest given.")
    return best[0], best[-1], f"{most} of {every} newsrooms allow it."


def _latest(mentions: Sequence[FigureMention], lineage: Mapping[str, str]) -> Range:
    last = [m for m in mentions if not any(later(m.as_of, n.as_of) for n in mentions)]
    dated = [m for m in last if m.as_of is not None] or last
    when = dated[0].as_of
    return (
        *_spread(dated),
        f"As of {when}." if when is not None else "No time is known: from the lowest to the highest given.",
    )


def _named_first(mentions: Sequence[FigureMention], lineage: Mapping[str, str]) -> Range:
    named = [m for m in mentions if any(v.kind in {"named", "document"} for v in m.voice)]
    if not named:
        return (*_spread(mentions), "No named source gives it: from the lowest to the highest value given.")
    voices = dict.fromkeys(v.text for m in named for v in m.voice if v.kind in {"named", "document"})
    return (*_spread(named), f"By named sources: {', '.join(voices)}.")


_RULES: Mapping[Policy, Callable[[Sequence[FigureMention], Mapping[str, str]], Range]] = {
    "range": _range,
    "most-conservative": _most_conservative,
    "majority": _majority,
    "latest": _latest,
    "named-sources-first": _named_first,
}
