"""Lineages story by story, as JSON lines and as text: which reports of a story are one newsroom's words, and why."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from twosource.model import Edge, Lineage
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
    }  # fmt: skip


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


def _wrapped(words: str, width: int, indent: str) -> str:
    lines = textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)
