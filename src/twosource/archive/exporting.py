"""Write an archive's reports out as JSON lines, which every command reads again. `exporting_warc` writes the raw bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from twosource.archive import versions
from twosource.archive.rows import capture_digest, report_of
from twosource.archive.schema import captures
from twosource.errors import ArchiveError

if TYPE_CHECKING:
    from twosource.archive.store import Store


def lines(store: Store, *, current: bool = True) -> Iterator[str]:
    """The reports, one line of JSON each with its line break: what a report file may say, and its custody under `custody`.

    Raises ArchiveError where one is not what was kept.
    """
    for page in versions.pages(store, versions.current() if current else None):
        known = _custodies(store, {row["sha256"] for row in page})
        for row in page:
            report = report_of(row)
            said = {
                "id": report.file, "url": report.url, "outlet": report.outlet, "title": report.title, "byline": report.byline,
                "credit": report.credit, "published": report.published, "language": report.language,
            }  # fmt: skip
            line = {k: v for k, v in said.items() if v is not None} | {
                "report": report.id,
                "version": row["number"],
                "added": row["added"],
                "sha256": report.sha256,
                "text_sha256": report.text_sha256,
                "extractor": report.extractor,
                "custody": known[report.sha256],
                "text": report.text,
            }
            yield json.dumps(line, ensure_ascii=False) + "\n"


def _custodies(store: Store, hashes: set[str]) -> dict[str, dict[str, Any]]:
    with store.reading() as connection:
        found = [dict(r) for r in connection.execute(select(captures).where(captures.c.sha256.in_(hashes))).mappings()]
    for row in found:
        if capture_digest(row) != row["digest"]:
            raise ArchiveError(f"capture {row['sha256']!s:.12} was changed or damaged: run `twosource archive check`")
    return {
        row["sha256"]: {c: row[c] for c in ("address", "at", "tool", "who")}
        | {"redirects": json.loads(row["redirects"])}
        for row in found
    }
