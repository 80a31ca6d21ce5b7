"""What changed between two looks at a story: sources that joined, verdicts that moved, figures that rose, claims withdrawn.

All of it is taken from two reconciliations, and said with spans of the reports. A correction is another version of a report: what both
versions say in the same words is one statement, so that only what was taken back counts as withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from twosource.archive.differences import changes as differences
from twosource.model import FigureGroup, FigureMention, Reconciliation, Span
from twosource.verdicts.series import later
from twosource.watch.events import earlier_verdicts, evidence, same_words, words

Kind = Literal["joined", "corrected", "left", "verdict", "rose", "fell", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in the `reports` with these ids.

    `spans` are the reports' words: of a verdict or what was withdrawn, the claim; of a figure, what it was and what it is; of a
    correction, what was replaced and what by, None where words were only added or only taken out. `before` and `after` are
    verdicts, None where the claim was not there; `root` is the report that one that joined goes back to, None where it is on its
    own. `said` is the statement in which the figure stands that is new.
    """

    kind: Kind
    reports: tuple[str, ...]
    spans: tuple[Span | None, ...] = ()
    before: str | None = None
    after: str | None = None
    root: str | None = None
    said: Span | None = None


def changes(before: Reconciliation, after: Reconciliation, newer: Mapping[str, str]) -> tuple[Change, ...]:
    """What is other in `after`. `newer` leads from the id of a report to that of the version that took its place."""
    newer = {old: new for old, new in newer.items() if old != new}
    return (
        *_sources(before, after, newer),
        *_verdicts(before, after, newer),
        *figures(before, after, newer),
        *_withdrawn(before, after, newer),
    )


def _sources(before: Reconciliation, after: Reconciliation, newer: Mapping[str, str]) -> Iterator[Change]:
    had = {r.id: r for r in before.reports}
    has = {r.id: r for r in after.reports}
    came = {newer[r] for r in had if r in newer}
    root = {r: lineage.root for lineage in after.lineages for r in lineage.reports}
    for report in after.reports:
        if report.id not in had and report.id not in came:
            back = root.get(report.id, report.id)
            yield Change("joined", (report.id,), root=back if back != report.id else None)
    for old in before.reports:
        if (new := has.get(newer.get(old.id, ""))) is not None:
            if old.text_sha256 != new.text_sha256:
                spans = [(d.before, d.after) for d in differences(old, new)]
                yield Change("corrected", (old.id, new.id), tuple(s for pair in spans for s in pair))
        elif old.id not in has:
            yield Change("left", (old.id,))


def _verdicts(before: Reconciliation, after: Reconciliation, newer: Mapping[str, str]) -> Iterator[Change]:
    same = same_words([before], after, newer)
    known = {e.id for e in evidence(before)}
    for claim, earlier in earlier_verdicts([before], after, same):
        if claim.verdict in earlier or (not earlier and claim.verdict == "single-source"):
            continue
        of = tuple(sorted({e.report for e in claim.evidence}))
        # In words that were there before, where there are such: so that who looks again knows it again.
        spans = [e for e in claim.evidence if same.get(e.id, e.id) in known]
        shown = claim.summary if not spans or _at(claim.summary) in map(_at, spans) else spans[0]
        yield Change("verdict", of, (shown,), earlier[0] if earlier else None, claim.verdict)


def figures(before: Reconciliation, after: Reconciliation, newer: Mapping[str, str]) -> Iterator[Change]:
    """Figures whose range has grown by what reports gave since: the highest that was and the highest that is, or the lowest.

    `after` is a verdict as the group of the figures has it: what is "updated" grew as time went on, what is "conflicting" did not.
    """
    stood = [(old, {_at(m) for m in old.mentions}) for old in before.figures]
    for group in after.figures:
        stand = {_at(m) for m in group.mentions}
        one = [old for old, at in stood if not at.isdisjoint(stand) or _corrected(old, group, newer)]
        was = [m for old in one for m in old.mentions if _value(m) is not None]
        had = {_at(m) for m in was}
        new = [m for m in group.mentions if _at(m) not in had and _value(m) is not None]
        if not was or not new:
            continue
        highest, lowest = max(was, key=_order), min(was, key=_order)
        up, down = max(new, key=_order), min(new, key=_order)
        # "Some 38" is not more than "at least 38", though it may be.
        kind: Kind
        if up.low is not None and up.low > _order(highest)[0]:
            kind, old_one, new_one = "rose", highest, up
        elif lowest.low is not None and down.high is not None and down.high < lowest.low:
            kind, old_one, new_one = "fell", lowest, down
        else:
            continue
        if later(new_one.as_of, old_one.as_of):
            continue  # it came later, and tells of earlier: what was known by then has not changed
        reports, spans = (old_one.report, new_one.report), (old_one, new_one)
        yield Change(kind, reports, spans, after=group.verdict, said=_around(new_one, after))


def _around(figure: FigureMention, told: Reconciliation) -> Span | None:
    """The shortest statement in which the figure stands."""
    around = [
        e for e in evidence(told) if e.report == figure.report and e.start <= figure.start and figure.end <= e.end
    ]
    return min(around, key=lambda e: (e.end - e.start, e.start), default=None)


def _corrected(old: FigureGroup, new: FigureGroup, newer: Mapping[str, str]) -> bool:
    """Whether both groups count the same though no mention stands in both: a newer version gives another figure under the same label."""
    corrected = {newer[m.report] for m in old.mentions if m.report in newer}
    return (old.label, old.unit) == (new.label, new.unit) and any(m.report in corrected for m in new.mentions)


def _at(span: Span) -> tuple[str, int, int]:
    return span.report, span.start, span.end


def _value(mention: FigureMention) -> float | None:
    return mention.high if mention.high is not None else mention.low


def _order(mention: FigureMention) -> tuple[float, tuple[str, int, int]]:
    return _value(mention) or 0.0, _at(mention)


def _withdrawn(before: Reconciliation, after: Reconciliation, newer: Mapping[str, str]) -> Iterator[Change]:
    """Claims that nobody makes any more, since a newer version of a report has taken them back."""
    texts = {r.id: " ".join(r.text.split()) for r in after.reports}
    for claim in before.claims:
        left = [e for e in claim.evidence if words(e) in texts.get(newer.get(e.report, e.report), "")]
        back = sorted({e.report for e in claim.evidence if newer.get(e.report) in texts})
        if back and not left:
            yield Change("withdrawn", tuple(back), (claim.summary,), claim.verdict)
