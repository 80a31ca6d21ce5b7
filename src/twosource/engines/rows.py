"""A reading as a row of Parquet, and what later stages take back out of it.

A row holds the report in columns of its own beside the whole reading, which is ten times as long: stories need the text and the day,
lineage also where furniture, direct speech and sentences stand, and neither should have to unpack the rest. Columns are all strings, so
that DuckDB, pandas and a reader's eye make the same of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from twosource.errors import SourceError
from twosource.model import Quote, Reading, Report, Span

#: Of a report, in the order of the columns: what is not here (`id`, `head`) is named otherwise.
_OF_REPORT = (
    "file", "text_sha256", "text", "sha256", "extractor", "url", "outlet", "title", "byline", "credit", "published",
    "language", "same_source_as",
)  # fmt: skip

#: What stories and lineage ask for.
FOR_STORIES = ("report", "day", *_OF_REPORT)
FOR_LINEAGE = (*FOR_STORIES, "marks")

COLUMNS = (*FOR_LINEAGE, "reading", "error")

#: Named in the done marks: rows of another shape are written anew.
VERSION = 2

Row = Mapping[str, str | None]


def row(reading: Reading) -> Row:
    """The row of a reading. `day` is the day of publication as stories count it, None where it says nothing."""
    from twosource.outputs.json import reading_json
    from twosource.stories.traits import day

    report = reading.report
    published = day(report.published)
    marks = {
        "head": _places(report.head),
        "furniture": _places(reading.furniture),
        "speech": _places(p for q in reading.quotes if q.kind == "direct" for p in q.parts),
        "sentences": _places(reading.sentences),
    }
    return {
        "report": report.id,
        "day": published.isoformat() if published else None,
        **{column: getattr(report, column) for column in _OF_REPORT},
        "marks": json.dumps(marks, separators=(",", ":")),
        "reading": reading_json(reading),
    }


def unread(error: SourceError) -> Row:
    """The row of what could not be read."""
    return {"file": error.file, "error": error.why}


def report_of(found: Row) -> Report:
    """The report of a row, without the places in it."""
    given: dict[str, Any] = {column: found[column] for column in _OF_REPORT}
    return Report(id=str(found["report"]), **given)


def reading_of(found: Row) -> Reading:
    """The reading of a row as far as lineage asks for it: report, sentences, furniture and direct speech.

    Where the row holds the beginning of a text alone, it has the places in that.
    """
    from dataclasses import replace

    marks: dict[str, Sequence[tuple[int, int]]] = json.loads(found["marks"] or "{}")
    bare = report_of(found)

    def spans(kind: str) -> tuple[Span, ...]:
        return tuple(bare.span(start, end) for start, end in marks[kind] if end <= len(bare.text))

    report = replace(bare, head=spans("head"))
    quotes = tuple(
        Quote(s.report, s.start, s.end, report.text, kind="direct", parts=(s,), speaker=None, speaker_name=None, source=None, cue=None)
        for s in spans("speech")
    )  # fmt: skip
    language = report.language or ""
    return Reading(report, language, None, sentences=spans("sentences"), quotes=quotes, furniture=spans("furniture"))


def _places(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in spans]
