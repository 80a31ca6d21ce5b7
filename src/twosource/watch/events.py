"""What a watcher is told: a new story, a claim that is corroborated now, a new conflict, a correction. As data, as JSON, as a line.

An event's id comes from what it tells of and from nothing else: told again after a crash, it has the same id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from twosource.model import Claim, Reconciliation, Report, Span, Verdict, content_id

Kind = Literal["new story", "corroborated", "conflict", "correction"]

_MARKS: dict[str, str] = {"new story": "+", "corroborated": "●", "conflict": "▲", "correction": "✎"}


@dataclass(frozen=True, slots=True)
class Event:
    """What happened in the story with this id and title, through the reports named.

    `summary` is the claim it is about, in a report's words, `before` and `after` its verdicts, `before` being None where it is new;
    `reasons` are those of the verdict. Of a correction, `earlier` is the version that was corrected.
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


def new_story(story: str, title: str, reports: Iterable[Report]) -> Event:
    """That a story was told for the first time."""
    return Event(content_id("v", "new story", story), "new story", story, title, tuple(reports))


def correction(story: str, title: str, report: Report, earlier: Report) -> Event:
    """That a report's text is another than it was."""
    return Event(
        content_id("v", "correction", earlier.id, report.id), "correction", story, title, (report,), earlier=earlier.id
    )


def moved(story: str, title: str, before: Iterable[Reconciliation], after: Reconciliation) -> Iterator[Event]:
    """The claims of `after` that are corroborated or conflicting and were not `before`, which is what the story was made of.

    A claim is the one that it was where a statement stands in both.
    """
    reports = {r.id: r for r in after.reports}
    for claim, earlier in earlier_verdicts(before, after):
        if claim.verdict in ("corroborated", "conflicting") and claim.verdict not in earlier:
            yield _moved(story, title, claim, earlier[0] if earlier else None, reports)


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
    # The reports of the story are in the id: a verdict that goes and comes back as reports join is an event of its own.
    return Event(
        content_id("v", kind, story, *sorted(e.id for e in claim.evidence), *sorted(reports)),
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
        s = event.summary
        said["claim"] = {"report": s.report, "start": s.start, "end": s.end, "exact": s.exact}
        said |= {"before": event.before, "after": event.after, "reasons": list(event.reasons)}
    if event.earlier is not None:
        said["corrects"] = event.earlier
    return json.dumps(said, ensure_ascii=False)


def line(said: dict[str, Any]) -> str:
    """The event that `event_json` wrote, as a line for a reader."""
    story, claim = said["story"]["title"], said.get("claim")
    outlets = ", ".join(dict.fromkeys(r["outlet"] or r["file"] for r in said["reports"]))
    told = f"{said['at'][11:16]}  {_MARKS[said['event']]} {said['event']:<12}  "
    if claim is None:
        return f"{told}{story}  ({outlets})"
    before = f"{said['before']} → " if said["before"] else ""
    return f"{told}“{claim['exact']}”  {before}{said['after']}: {outlets}  in: {story}"
