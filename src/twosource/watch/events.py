"""What a watcher is told: a new story, a claim that is corroborated now or is so no more, a new conflict, a figure that rose or fell, a
correction. As data, as JSON, as a line. That a report joined a story is no event: what it changes is.

An event's id comes from what it tells of, to which `Following` adds how often something was told before: told again after a crash, it has
the same id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from twosource.archive.differences import changes as differences
from twosource.model import VERDICTS, Claim, Evidence, Reconciliation, Report, Span, Verdict, content_id

Kind = Literal[
    "new story", "corroborated", "no longer corroborated", "conflict", "figure rose", "figure fell", "correction"
]

_MARKS: dict[str, str] = {
    "new story": "+", "corroborated": "●", "no longer corroborated": "○", "conflict": "▲", "figure rose": "↑", "figure fell": "↓",
    "correction": "✎",
}  # fmt: skip

#: Verdicts that take the place of "corroborated" and are told as what they are: as a conflict, as a figure that rose.
_TOLD_OTHERWISE = {"corroborated", "conflicting", "updated"}

#: Lines of a report of which it is told what a correction changed: the time that it takes grows with their square.
_LINES = 5000

#: Places of a correction that are named in a line for a reader; of more, that there are more. And the characters of a quotation there.
NAMED = 3
_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Event:
    """What happened in the story with this id and title, through the reports named.

    `summary` is the claim it is about, in a report's words, `before` and `after` its verdicts, `before` being None where it is new;
    `after` None where nobody says it any more; `reasons` are those of the verdict. Of a correction, `earlier` is the version that was
    corrected. `changed` are the words that were and those that took their place: of a figure, or of each place of a correction, None
    where words were only added or only taken out.
    """

    id: str
    kind: Kind
    story: str
    title: str
    reports: tuple[Report, ...]
    summary: Span | None = None
    before: Verdict | None = None
    after: Verdict | None = None
    reasons: tuple[str, ...] = ()
    earlier: str | None = None
    changed: tuple[tuple[Span | None, Span | None], ...] = ()


def new_story(story: str, title: str, reports: Iterable[Report]) -> Event:
    """That a story was told for the first time."""
    return Event(content_id("v", "new story", story), "new story", story, title, tuple(reports))


def correction(story: str, title: str, report: Report, earlier: Report) -> Event:
    """That a report's text is another than it was."""
    long = max(earlier.text.count("\n"), report.text.count("\n")) > _LINES
    changed = () if long else tuple((c.before, c.after) for c in differences(earlier, report))
    return Event(
        content_id("v", "correction", earlier.id, report.id), "correction", story, title, (report,),
        earlier=earlier.id, changed=changed,
    )  # fmt: skip


def moved(
    story: str, title: str, before: Sequence[Reconciliation], after: Reconciliation, newer: Mapping[str, str]
) -> Iterator[Event]:
    """The claims of `after` that are corroborated or conflicting and were not `before`, which is what the story was made of.

    A claim is the one that it was where a statement stands in both; `newer` leads from the id of a report to that of the version that
    took its place.
    """
    reports = {r.id: r for r in after.reports}
    for claim, earlier in earlier_verdicts(before, after, same_words(before, after, newer)):
        if claim.verdict in ("corroborated", "conflicting") and claim.verdict not in earlier:
            yield _moved(story, title, claim, earlier[0] if earlier else None, reports)


def lost(
    story: str,
    title: str,
    before: Sequence[Reconciliation],
    after: Reconciliation,
    newer: Mapping[str, str],
    here: Callable[[Claim], bool],
) -> Iterator[Event]:
    """The claims that were corroborated `before` and are so no more, nor in conflict, nor grown: what was printed on the strength of two
    newsrooms stands on one. Only of the claims that are to be judged `here`.
    """
    same = same_words(before, after, newer)
    now: dict[str, list[Claim]] = {}
    for claim in after.claims:
        for name in {same.get(e.id, e.id) for e in claim.evidence}:
            now.setdefault(name, []).append(claim)
    for told in before:
        was = {r.id: r for r in told.reports}
        for claim in told.claims:
            left = [c for e in claim.evidence for c in now.get(e.id, ())]
            of = sorted({e.report for e in claim.evidence})
            if claim.verdict != "corroborated" or not here(claim):
                continue
            if not _TOLD_OTHERWISE.isdisjoint(c.verdict for c in left):
                continue
            stands = min(left, key=lambda c: VERDICTS.index(c.verdict), default=None)
            yield Event(
                content_id("v", "lost", story, *sorted(e.id for e in claim.evidence)),
                "no longer corroborated", story, title, tuple(was[r] for r in of), claim.summary,
                claim.verdict, stands.verdict if stands else None, stands.reasons if stands else (),
            )  # fmt: skip


def same_words(before: Iterable[Reconciliation], after: Reconciliation, newer: Mapping[str, str]) -> dict[str, str]:
    """Statements of newer versions, and those of the versions before that say the same in the same words."""
    said = {
        (newer[e.report], words(e)): e.id
        for told in before
        for e in evidence(told)
        if newer.get(e.report, e.report) != e.report
    }
    return {e.id: said[e.report, words(e)] for e in evidence(after) if (e.report, words(e)) in said}


def evidence(told: Reconciliation) -> Iterator[Evidence]:
    """All statements of all claims."""
    return (e for claim in told.claims for e in claim.evidence)


def words(span: Span) -> str:
    """The span's words, however they are spaced."""
    return " ".join(span.exact.split())


def earlier_verdicts(
    before: Iterable[Reconciliation], after: Reconciliation, same: Mapping[str, str] | None = None
) -> Iterator[tuple[Claim, list[Verdict]]]:
    """Each claim of `after` with the verdicts that its statements had `before`, that of the claim most like it first; none where all of
    them are new. A statement may stand in more than one claim: that a count grew, and that it stood at three.

    `same` leads from the id of a statement to that of the one that it is in an earlier version of its report.
    """
    had = [c for told in before for c in told.claims]
    stood = [frozenset(e.id for e in c.evidence) for c in had]
    where: dict[str, list[int]] = {}
    for n, names in enumerate(stood):
        for name in names:
            where.setdefault(name, []).append(n)
    for claim in after.claims:
        now = {e.id if same is None else same.get(e.id, e.id) for e in claim.evidence}
        shared = {n for name in now for n in where.get(name, ())}
        likest = sorted(shared, key=lambda n: (-len(now & stood[n]) / len(now | stood[n]), n))
        yield claim, [had[n].verdict for n in likest]


def _moved(story: str, title: str, claim: Claim, before: Verdict | None, reports: dict[str, Report]) -> Event:
    kind: Kind = "corroborated" if claim.verdict == "corroborated" else "conflict"
    of = tuple(reports[r] for r in sorted({e.report for e in claim.evidence}))
    return Event(
        content_id("v", kind, story, *sorted(e.id for e in claim.evidence)),
        kind, story, title, of, claim.summary, before, claim.verdict, claim.reasons,
    )  # fmt: skip


def event_json(event: Event, at: str) -> str:
    """The event as one line of JSON, without its end; `at` is when it was seen (UTC, ISO 8601)."""
    said: dict[str, Any] = {
        "id": event.id,
        "event": event.kind,
        "at": at,
        "story": {"id": event.story, "title": event.title},
        "reports": [
            {"id": r.id, "file": r.file, "url": r.url, "outlet": r.outlet, "title": r.title} for r in event.reports
        ],
    }
    if event.summary is not None:
        said["claim"] = _span(event.summary)
    if event.before or event.after:
        said |= {"before": event.before, "after": event.after, "reasons": list(event.reasons)}
    if event.earlier is not None:
        said["corrects"] = event.earlier
    if event.changed:
        said["changed"] = [
            {"before": None if was is None else _span(was), "after": None if now is None else _span(now)}
            for was, now in event.changed
        ]
    return json.dumps(said, ensure_ascii=False)


def line(said: dict[str, Any]) -> str:
    """The event that `event_json` wrote, as a line for a reader."""
    story, claim = said["story"]["title"], said.get("claim")
    outlets = ", ".join(dict.fromkeys(r["outlet"] or r["file"] for r in said["reports"]))
    told = f"{said['at'][11:16]}  {_MARKS[said['event']]} {said['event']:<12}  "
    pairs = [
        tuple(side and quoted(side["exact"]) for side in (c["before"], c["after"])) for c in said.get("changed", ())
    ]
    if said["event"].startswith("figure"):
        around = f"{quoted(claim['exact'])}  " if claim else ""
        return f"{told}{around}{pairs[0][0]} → {pairs[0][1]}: {outlets}  in: {story}"
    if claim is None:
        return f"{told}{story}  ({outlets}){': ' + became(pairs) if pairs else ''}"
    before = f"{said['before']} → " if said["before"] else ""
    after = said["after"] or "withdrawn"
    return f"{told}{quoted(claim['exact'])}  {before}{after}: {outlets}  in: {story}"


def became(pairs: Sequence[Sequence[str | None]]) -> str:
    """What a correction changed, in words; each pair is what was and what it became, in quotation marks."""
    said = []
    for was, now in pairs[:NAMED]:
        if was is None:
            said.append(f"{now} was added")
        elif now is None:
            said.append(f"{was} was taken out")
        else:
            said.append(f"{was} became {now}")
    more = len(pairs) - NAMED
    return "; ".join(said or ["its white space"]) + (f"; and {more} more places" if more > 0 else "")


def quoted(said: str, longest: int = _QUOTED) -> str:
    """Words of a report in quotation marks, on one line, cut where they run on."""
    said = " ".join(said.split())
    return f"“{said}”" if len(said) <= longest else f"“{said[:longest].rsplit(' ', 1)[0]} …”"


def _span(span: Span) -> dict[str, Any]:
    return {"report": span.report, "start": span.start, "end": span.end, "exact": span.exact}
