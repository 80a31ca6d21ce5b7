"""A table of pairs of names → the same table with the answer whether both names are one."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator

from twosource.errors import SourceError, UsageError
from twosource.limits import NAME_CHARACTERS
from twosource.matching.spelling import same_name
from twosource.sources.decode import decoded
from twosource.sources.raw import opened

NAMES = ("name1", "name2")
ANSWERS = ("match", "score")


def match_names(path: str | os.PathLike[str]) -> Iterator[str]:
    """The lines of the CSV at `path`, each with `match` (true or false) and `score` (0..1; a match from .5 up) behind its own cells.

    `name1` and `name2` are compared as names of what `schema` says (Person, where there is no such column; Company, LegalEntity,
    Vessel … as FollowTheMoney has them). Raises SourceError where the file cannot be read, UsageError, naming the row, where it is no
    such table.
    """
    name = os.fspath(path)
    try:
        with opened(name) as raw:
            text = decoded(raw.file, raw.whole())
    except OSError as error:
        raise SourceError(name, f"it cannot be opened: {error.strerror or error}") from None
    try:
        yield from _answered(csv.reader(io.StringIO(text, newline=""), strict=True), name)
    except csv.Error as error:
        raise UsageError(f"{name}: it is no CSV: {error}") from None


def _answered(lines: Iterator[list[str]], name: str) -> Iterator[str]:
    heads = next(lines, [])
    columns = [c.strip().lower() for c in heads]
    if not {*NAMES} <= {*columns}:
        raise UsageError(
            f"{name}: its first line must name the columns name1 and name2, and may name schema; it says {', '.join(columns) or 'nothing'}"
        )
    if said := {*ANSWERS} & {*columns}:
        raise UsageError(f"{name}: it has a column {min(said)} already, which is for the answer: leave it out")
    if twice := [c for c in (*NAMES, "schema") if columns.count(c) > 1]:
        raise UsageError(f"{name}: it has a column {twice[0]} twice: leave one out")
    yield _line([*heads, *ANSWERS])
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        if len(cells) > len(columns):
            raise UsageError(
                f"{name}, row {number}: it has {len(cells)} cells for {len(columns)} columns; put names with commas in quotation marks"
            )
        cells += [""] * (len(columns) - len(cells))
        row = dict(zip(columns, cells, strict=True))
        if (long := max(len(row[c]) for c in NAMES)) > NAME_CHARACTERS:
            raise UsageError(
                f"{name}, row {number}: a name of {long:,} characters is none: {NAME_CHARACTERS:,} at most"
            )
        match, score = same_name(row["name1"], row["name2"], row.get("schema") or "Person")
        yield _line([*cells, str(match).lower(), f"{score:.4f}"])


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()
