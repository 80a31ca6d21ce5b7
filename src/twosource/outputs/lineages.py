"""Lineages story by story, and what reports of different stories share, as JSON lines and as text: who has whose words, and why."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from twosource.limits import BOILERPLATE_OF_OUTLET, BOILERPLATE_STORIES, REPRINT_SOURCES
from twosource.model import Edge, Lineage, Report
from twosource.outputs.stories import Filed
from twosource.outputs.wording import count, visible


class Titled(Protocol):
    """What has an id and a title, as a story has."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """What it is about."""


class Reprinted(Protocol):
    """Text that a report shares with one of another story."""

    @property
    def edge(self) -> Edge:
        """What is shared, and why it is held to be copied."""

    @property
    def source(self) -> Report:
        """The report that has it from nobody, as far as the pile tells."""

    @property
    def target(self) -> Report:
        """The report that has it from there."""

    @property
    def stories(self) -> tuple[Titled, Titled]:
        """The story of each."""


class Capped(Protocol):
    """How many pairs of reports were set against each other between stories, and where the caps bit."""

    @property
    def pairs(self) -> int:
        """The pairs."""

    @property
    def boilerplate(self) -> int:
        """Reports that are mostly words that stand in many stories."""

    @property
    def beyond(self) -> int:
        """Reports with more possible sources than were looked at."""


#: Places of shared words that are listed as text; of more, the first.
_LISTED = 5


def lineages_json(story: Titled, reports: Sequence[Filed], lineages: Sequence[Lineage], beyond: int = 0) -> str:
    """One line of JSON: the story, and its lineages with the edges that make them. Reports are called by their file.

    `beyond` reports of the story were not traced; `reports` are those that were.
    """
    files = {r.id: r.file for r in reports}
    record: dict[str, Any] = {"story": story.id, "title": story.title, "reports": [r.file for r in reports]}
    if beyond:
        record["not_traced"] = beyond
    record["lineages"] = [
        {
            "id": lineage.id,
            "root": files[lineage.root],
            "reports": [files[r] for r in lineage.reports],
            "edges": [_edge(edge, files) for edge in lineage.edges],
        }
        for lineage in lineages
    ]
    return json.dumps(record, ensure_ascii=False) + "\n"


def _edge(edge: Edge, files: Mapping[str, str]) -> dict[str, Any]:
    return {
        "from": files[edge.source], "to": files[edge.target], "kind": edge.kind, "share": round(edge.share, 3),
        "reasons": list(edge.reasons),
        "spans": [{"report": files[s.report], "start": s.start, "end": s.end, "exact": s.exact} for s in edge.spans],
    }  # fmt: skip


def reprint_json(of: Reprinted) -> str:
    """One line of JSON: an edge between reports of different stories, with the day and the story of each, the source's first."""
    pair = (of.source, of.target)
    record = _edge(of.edge, {r.id: r.file for r in pair})
    record["published"] = [r.published for r in pair]
    record["stories"] = [{"id": story.id, "title": story.title} for story in of.stories]
    return json.dumps(record, ensure_ascii=False) + "\n"


def between_json(told: int, of: Capped) -> str:
    """The last line of JSON: how many such edges there are, of how many pairs judged, and where the caps bit."""
    counts = {"edges": told, "judged": of.pairs, "mostly_boilerplate": of.boilerplate, "more_sources": of.beyond}
    return json.dumps({"between_stories": counts}) + "\n"


def lineages_text(
    story: Titled, reports: Sequence[Filed], lineages: Sequence[Lineage], beyond: int = 0, width: int = 80
) -> Iterator[str]:
    """The same for a reader: the title, then each lineage by its root, with what goes back to it and why."""
    files = {r.id: visible(r.file) for r in reports}
    more = f", {beyond:,} more not traced" if beyond else ""
    told = f"{count(len(reports), 'report')} of {count(len(lineages), 'lineage')}{more}  {visible(story.title)}"
    yield "\n" + _wrapped(told, width, "")
    for lineage in sorted(lineages, key=lambda found: (-len(found.reports), found.id)):
        yield _wrapped(files[lineage.root], width, "  ")
        for edge in lineage.edges:
            why = "; ".join(visible(reason) for reason in edge.reasons[:2])
            yield _wrapped(f"{files[edge.source]} → {files[edge.target]} ({edge.kind}): {why}", width, "    ")


def reprint_text(of: Reprinted, width: int = 80) -> Iterator[str]:
    """The same for a reader: both reports with the day and the story, why it is a copy, and where the words stand."""
    first, second = (
        f"{visible(report.file)} ({visible((report.published or 'no date')[:10])}, {visible(story.title)})"
        for report, story in zip((of.source, of.target), of.stories, strict=True)
    )
    yield "\n" + _wrapped(first, width, "")
    yield _wrapped(f"→ {second} ({of.edge.kind}): {'; '.join(visible(r) for r in of.edge.reasons)}", width, "  ")
    for report in (of.source, of.target):
        places = [f"{s.start}–{s.end}" for s in of.edge.spans if s.report == report.id]
        more = f" and {len(places) - _LISTED:,} more" if len(places) > _LISTED else ""
        yield _wrapped(f"in {visible(report.file)} at {', '.join(places[:_LISTED])}{more}", width, "    ")


def between_text(told: int, of: Capped, width: int = 80) -> Iterator[str]:
    """What joining the stories gave, and where its caps bit, in words."""
    found = f"{count(told, 'copy', 'copies')}, of {count(of.pairs, 'pair')} of reports looked at"
    yield "\n" + _wrapped(f"Between stories: {found}.", width, "")
    if of.boilerplate:
        yield _wrapped(
            f"Mostly boilerplate: {count(of.boilerplate, 'report')}. What stands in more than {BOILERPLATE_STORIES} stories, or in more"
            f" than {BOILERPLATE_OF_OUTLET} of one outlet, is not told unless the whole text is the same.", width, "  "
        )  # fmt: skip
    if of.beyond:
        yield _wrapped(
            f"With words of more than {REPRINT_SOURCES} reports of other stories: {count(of.beyond, 'report')}. Those with most were looked"
            " at.", width, "  "
        )  # fmt: skip


def _wrapped(words: str, width: int, indent: str) -> str:
    lines = textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)
