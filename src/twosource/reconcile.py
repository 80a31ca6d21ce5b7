"""The order of the stages, on one screen: readings → lineages → actors, events, figure groups, claims → verdicts."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from twosource.likeness.known import Known
from twosource.lineage import Owners, trace
from twosource.matching.actors import join_actors
from twosource.matching.claims import align
from twosource.matching.figures import FigureRef, figure_groups
from twosource.matching.items import items
from twosource.model import Actor, Claim, Moment, Note, Quote, Reading, Reconciliation, Statement
from twosource.reading.time_values import days
from twosource.stories.belongs import belonging
from twosource.verdicts.claims import claims
from twosource.verdicts.figures import figure_groups as judged_figures
from twosource.verdicts.ground import Ground, giving
from twosource.verdicts.joins import joined as joined_claims
from twosource.verdicts.origins import institutions, origin, words_for


def reconcile(readings: Sequence[Reading], owners: Owners | None = None, known: Known | None = None) -> Reconciliation:
    """What the reports behind `readings` say together. Their order changes nothing. `owners` lists whose outlets are.

    What is `known` from before, under the same rules, saves work and changes no answer; what was asked for stands in it afterwards.
    """
    known = known if known is not None else Known()
    ordered = sorted(readings, key=lambda r: r.report.id)
    by_report = {r.report.id: r for r in ordered}
    traced = trace(ordered, owners, known.shared)
    actors, joined = join_actors(ordered)
    speaks = institutions(actors)
    roles = _roles(actors)
    apart = belonging(ordered, joined, {a.id: a.kind for a in actors}, known.vectors)

    def stands(report: str, start: int, statement: Statement | None) -> tuple[str, str]:
        lineage = traced.of(report, start)
        return lineage, origin(statement, lineage, joined, speaks, roles) if statement is not None else lineage

    grouped: list[Sequence[FigureRef]] = []
    found: tuple[Claim, ...] = ()
    for event in apart.events:
        of_it = [by_report[i] for i in event]
        figures = figure_groups(of_it, joined)
        group_of = {(ref.report, ref.index): n for n, group in enumerate(figures) for ref in group}
        compared = items(of_it, joined, actors, group_of, known.vectors)
        aligned = align(compared, known.scores)
        behind = [stands(i.statement.report, i.statement.start, i.statement) for i in compared.items]
        lineages, origins = [b[0] for b in behind], [b[1] for b in behind]
        ground = Ground(by_report, compared, lineages, origins, words_for(origins, actors), joined, giving(compared))
        found += joined_claims(claims(ground, aligned, figures, roles), ground, aligned)
        grouped += figures
    found = tuple(sorted(found, key=lambda c: (c.summary.report, c.summary.start, c.summary.end, c.id)))
    notes = (n for r in ordered for n in (*r.notes, *_undated(r), *_same_as(r)))
    return Reconciliation(
        reports=tuple(sorted((r.report for r in ordered), key=lambda r: (r.file, r.id))),
        lineages=traced.lineages,
        actors=actors,
        quotes=tuple(sorted(_quote(q, r, joined) for r in ordered for q in r.quotes)),
        figures=judged_figures(by_report, grouped, stands, joined),
        times=tuple(sorted(t for r in ordered for t in r.times)),
        claims=found,
        timeline=_timeline(found, by_report),
        notes=tuple(sorted((*notes, *apart.notes), key=lambda n: (n.report, n.kind, n.words))),
        furniture=tuple(sorted(s for r in ordered for s in r.furniture)),
    )


def _quote(quote: Quote, reading: Reading, joined: Mapping[str, str]) -> Quote:
    speaker = joined.get(quote.speaker, quote.speaker) if quote.speaker is not None else None
    return dataclasses.replace(quote, speaker=speaker, of=reading.report.text)


def _timeline(found: Sequence[Claim], readings: Mapping[str, Reading]) -> tuple[Moment, ...]:
    """The days that the claims' statements name, each with its claims."""
    at: dict[str, set[str]] = {}
    statements = {s.id: (r, s) for r in readings.values() for s in r.statements}
    for claim in found:
        for evidence in claim.evidence:
            reading, statement = statements[evidence.id]
            for i in statement.times:
                time = reading.times[i]
                if time.kind in {"DATE", "TIME"} and time.value is not None and days(time.value) is not None:
                    at.setdefault(time.value[:10], set()).add(claim.id)
    return tuple(Moment(value, tuple(sorted(at[value]))) for value in sorted(at))


def _undated(reading: Reading) -> list[Note]:
    relative = sum(t.kind in {"DATE", "TIME"} and (t.value is None or "X" in t.value) for t in reading.times)
    if reading.report.published is not None or not relative:
        return []
    words = f"no date of publication is known: {relative} {'time is' if relative == 1 else 'times are'} left relative"
    return [Note("undated", reading.report.id, words)]


def _same_as(reading: Reading) -> list[Note]:
    other = reading.report.same_source_as
    return [Note("same-as", reading.report.id, f"named as of one source with {other}")] if other is not None else []


def _roles(actors: Sequence[Actor]) -> dict[str, frozenset[str]]:
    """The words of each person's roles, in lower case, by which a description may mean that person."""
    return {
        a.id: frozenset(w for r in a.roles for w in r.exact.lower().split() if len(w) > 2)
        for a in actors
        if a.kind == "person" and a.roles
    }
