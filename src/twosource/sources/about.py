"""What a user knows of reports and the files do not say: outlet, date, title, byline, credit, a shared source."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import PurePath

from twosource.errors import SourceError, UsageError
from twosource.model import Report
from twosource.sources.dates import iso
from twosource.sources.decode import decoded
from twosource.sources.raw import opened
from twosource.sources.record import tidy


@dataclass(frozen=True, slots=True)
class About:
    """What is told of one report; None where nothing is. `same_source_as` is the file of another report."""

    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    byline: str | None = None
    credit: str | None = None
    same_source_as: str | None = None


_COLUMNS = tuple(f.name for f in fields(About))


def read_about(path: str | os.PathLike[str]) -> dict[str, About]:
    """The table at `path`, CSV with a column `file` and any of those of `About`, by file.

    Raises UsageError where it cannot be read, has another column, names a file twice, or gives a date that is not ISO
    8601.
    """
    name = os.fspath(path)
    try:
        with opened(name) as raw:
            text = decoded(raw.file, raw.whole())
    except OSError as error:
        raise UsageError(f"--about {name}: it cannot be opened: {error.strerror or error}") from None
    except SourceError as error:
        raise UsageError(f"--about {error}") from None
    table = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=False)
    told: dict[str, About] = {}
    try:
        columns = [(c or "").strip().lower() for c in table.fieldnames or ()]
        table.fieldnames = columns
        if "file" not in columns:
            raise UsageError(
                f"--about {name}: its first line must name the columns, `file` among them; "
                f"it says {', '.join(columns) or 'nothing'}"
            )
        if strange := [c for c in columns if c not in ("file", *_COLUMNS)]:
            raise UsageError(
                f"--about {name}: no such column: {', '.join(strange)}; there are file, {', '.join(_COLUMNS)}"
            )
        for row in table:
            where = f"--about {name}, line {table.line_num}"
            if row.get(""):
                raise UsageError(
                    f"{where}: it has more cells than the first line: put cells with commas in quotation marks"
                )
            file = (row["file"] or "").strip()
            if not file:
                raise UsageError(f"{where}: it names no file")
            if file in told:
                raise UsageError(f"{where}: {file} is named twice")
            values = {c: tidy(row.get(c)) for c in _COLUMNS}
            if given := values["published"]:
                values["published"] = iso(given)
                if values["published"] is None:
                    raise UsageError(f"{where}: “{given}” is no date of publication: write it as 2024-05-31")
            told[file] = About(**values)
    except csv.Error as error:
        raise UsageError(f"--about {name}, line {table.line_num}: it is no CSV: {error}") from None
    return told


def named(name: str, files: Iterable[str]) -> str | None:
    """Which of `files` the user means by `name`: the path as given, else the one path that ends in it.

    >>> named("b.txt", ["x/a.txt", "x/b.txt"]), named("b.txt", ["x/b.txt", "y/b.txt"])
    ('x/b.txt', None)
    """
    files = list(files)
    if name in files:
        return name
    parts = PurePath(name).parts
    ends = sorted({f for f in files if parts and PurePath(f).parts[-len(parts) :] == parts})
    return ends[0] if len(ends) == 1 else None


def tell(
    reports: Iterable[Report], about: Mapping[str, About], unread: Iterable[str] = ()
) -> tuple[list[Report], list[SourceError]]:
    """`reports` with what `about` says of them, and a problem for each name there that is none of them.

    Names of `unread` files are no problem: that they could not be read has been said. `same_source_as` becomes the
    other's `file`.
    """
    reports = list(reports)
    files = [r.file for r in reports]
    known = {named(name, files): what for name, what in about.items()}
    elsewhere = list(unread)
    strangers = [n for n in about if named(n, files) is None and named(n, elsewhere) is None]
    problems = []
    if strangers:
        some = ", ".join(strangers[:5]) + (f" and {len(strangers) - 5} more" if len(strangers) > 5 else "")
        problems.append(
            SourceError(
                "--about",
                f"it tells of files that are not among the reports: {some}; write their paths as you give them",
            )
        )
    out = []
    for report in reports:
        if what := known.get(report.file):
            said = {c: v for c in _COLUMNS if (v := getattr(what, c)) is not None}
            if other := said.get("same_source_as"):
                found = named(other, files)
                if found is None and named(other, elsewhere) is None:
                    problems.append(
                        SourceError(
                            report.file,
                            f"--about says that it is of one source with {other}, which is not among the reports",
                        )
                    )
                said["same_source_as"] = found or other
            report = replace(report, **said)
        out.append(report)
    return out, problems
