"""In which order a reconciliation is shown: the letters of its reports, the weight of its claims, their numbers.

All of it follows from the content alone, so that a number names the same claim in every output of the same reconciliation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.errors import UsageError
from twosource.model import VERDICTS, Actor, Claim, Evidence, FigureGroup, Reconciliation, Report, Verdict

#: The shape and the word of each verdict, so that none of them is a colour alone.
SHAPES: Mapping[Verdict, tuple[str, str]] = {
    "conflicting": ("▲", "conflicting"),
    "updated": ("△", "updated"),
    "corroborated": ("●", "corroborated"),
    "one-origin": ("◐", "one origin"),
    "single-source": ("○", "single source"),
}

#: What a difference is about, the gravest first: whether it happened at all before how many, who, where and when.
_GRAVEST = ("polarity", "figure", "actor", "place", "time", "account")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim with its number in the listing."""

    number: int
    claim: Claim


def letter(n: int) -> str:
    """The n-th letter, from 0; after Z come AA, AB …

    >>> letter(0), letter(25), letter(26), letter(59)
    ('A', 'Z', 'AA', 'BH')
    """
    return (letter(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)


def in_order(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The reports by time of publication, the undated last, then by file and id."""
    return tuple(sorted(reports, key=lambda r: (r.published is None, r.published or "", r.file, r.id)))


def letters(reconciliation: Reconciliation) -> dict[str, str]:
    """The letter of each report, by the report's id, in the order in which they are shown."""
    return {r.id: letter(i) for i, r in enumerate(in_order(reconciliation.reports))}


def names(reconciliation: Reconciliation) -> dict[str, str]:
    """The name of each actor, by the actor's id."""
    return {a.id: a.name for a in reconciliation.actors}


def figures_shown(reconciliation: Reconciliation, everything: bool) -> tuple[FigureGroup, ...]:
    """The groups of figures that more than one newsroom gives, or all of them."""
    return tuple(g for g in figures_in_order(reconciliation) if everything or g.verdict != "single-source")


def numbered(reconciliation: Reconciliation) -> tuple[Numbered, ...]:
    """The claims, by verdict and then the weightiest first, numbered from 1.

    Weight is, in turn: lineages, origins, pieces of evidence, the kind of difference. What one report alone says stands report by
    report, and where nothing else decides in the order in which the report says it: news puts first what matters most.
    """
    of = letters(reconciliation)
    rank = {report_id: i for i, report_id in enumerate(of)}

    def weight(claim: Claim) -> tuple[object, ...]:
        alone = rank.get(claim.summary.report, 0) if claim.verdict == "single-source" else 0
        kind = _GRAVEST.index(claim.difference.kind) if claim.difference else len(_GRAVEST)
        place = (rank.get(claim.summary.report, 0), claim.summary.start, claim.summary.end, claim.id)
        return (
            VERDICTS.index(claim.verdict),
            alone,
            -claim.lineages,
            -claim.origins,
            -len(claim.evidence),
            kind,
            place,
        )

    return tuple(Numbered(i, c) for i, c in enumerate(sorted(reconciliation.claims, key=weight), 1))


def find_claim(reconciliation: Reconciliation, name: str) -> Numbered:
    """The claim that `name` means: its id, the beginning of its id where only one begins so, or its number in the listing.

    Raises UsageError where that is none or more than one.
    """
    claims = numbered(reconciliation)
    if name.isascii() and name.isdigit():
        if 0 < len(name) < 10 and 1 <= int(name) <= len(claims):
            return claims[int(name) - 1]
        raise UsageError(f"there is no claim {name[:20]}: this reconciliation has {_many(len(claims))}")
    fitting = [n for n in claims if name and n.claim.id.startswith(name)]
    exact = [n for n in fitting if n.claim.id == name]
    if len(exact or fitting) == 1:
        return (exact or fitting)[0]
    if not fitting:
        raise UsageError(
            f"no claim's id begins with {ascii(name)[:40]}: give a number of the listing, 1 to {len(claims)}, or an id"
        )
    raise UsageError(
        f"{len(fitting)} claims begin with {name!r}: {', '.join(n.claim.id for n in fitting[:5])}; give more of the id"
    )


def _many(claims: int) -> str:
    return "no claims" if not claims else "one claim" if claims == 1 else f"claims 1 to {claims}"


@dataclass(frozen=True, slots=True)
class Line:
    """Evidence that says the same in the same words through the same voice: one line, with the letters of its reports."""

    letters: tuple[str, ...]
    evidence: Evidence


def lines(evidence: Sequence[Evidence], of: Mapping[str, str]) -> tuple[Line, ...]:
    """The evidence line by line in the order of the reports; word-for-word copies share a line. `of` gives each report's letter."""
    rank = {report_id: i for i, report_id in enumerate(of)}
    alike: dict[tuple[object, ...], list[Evidence]] = {}
    for e in sorted(evidence, key=lambda e: (rank[e.report], e.start, e.end, e.id)):
        alike.setdefault((e.exact, tuple(v.text for v in e.voice), e.polarity, e.modality), []).append(e)
    return tuple(Line(tuple(dict.fromkeys(of[e.report] for e in same)), same[0]) for same in alike.values())


def sides(claim: Claim) -> tuple[tuple[Evidence, ...], ...]:
    """The evidence on each side of what differs, and last, if there is any, what takes no side. One side where nothing differs."""
    if claim.difference is None:
        return (claim.evidence,)
    by_side = [tuple(e for e in claim.evidence if e.id in side) for side in claim.difference.sides]
    neither = tuple(e for e in claim.evidence if not any(e.id in side for side in claim.difference.sides))
    return tuple(s for s in (*by_side, neither) if s)


def figures_in_order(reconciliation: Reconciliation) -> tuple[FigureGroup, ...]:
    """The groups of figures by verdict, then by how many reports give them, then by label."""

    def weight(group: FigureGroup) -> tuple[object, ...]:
        reports = len({m.report for m in group.mentions})
        return (VERDICTS.index(group.verdict), -reports, -len(group.mentions), group.label, group.id)

    return tuple(sorted(reconciliation.figures, key=weight))


def actors_in_order(reconciliation: Reconciliation) -> tuple[Actor, ...]:
    """Who speaks or stands in the most reports first, people before places."""
    kinds = ("person", "organisation", "group", "other", "place")
    speaks = Counter(q.speaker for q in reconciliation.quotes)

    def weight(actor: Actor) -> tuple[object, ...]:
        reports = len({m.report for m in actor.mentions})
        return (kinds.index(actor.kind), -reports, -speaks[actor.id], -len(actor.mentions), actor.name, actor.id)

    return tuple(sorted(reconciliation.actors, key=weight))
