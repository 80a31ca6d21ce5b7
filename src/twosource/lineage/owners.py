"""Which outlets are of one house, by a list of the user's: two papers of one owner are one newsroom where their user says so.

Nothing is shipped. Who owns what changes, is disputed, and does not by itself say whether two newsrooms work apart: that is a
judgement, and it must be the judgement, with its date and its source, of those who print the verdict.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from twosource.errors import SourceError, UsageError
from twosource.model import Report
from twosource.sources.decode import decoded
from twosource.sources.raw import opened
from twosource.sources.record import tidy

_COLUMNS = ("outlet", "owner", "source")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an outlet is, and how one knows."""

    name: str
    source: str | None = None


#: Owners by outlet, as `key` writes it.
Owners = Mapping[str, Owner]


def key(outlet: str) -> str:
    """An outlet's name as it is looked up: without case, white space and a leading article.

    >>> key("The  Karsmouth Post"), key("karsmouth post")
    ('karsmouth post', 'karsmouth post')
    """
    return " ".join(outlet.split()).casefold().removeprefix("the ")


def owner(report: Report, owners: Owners) -> Owner | None:
    """Whose the report's outlet is, where the list says so."""
    return owners.get(key(report.outlet)) if report.outlet else None


def read_owners(path: str | os.PathLike[str]) -> dict[str, Owner]:
    """The list at `path`: CSV with the columns `outlet` and `owner`, and `source` if the user wishes to say how one knows.

    Raises UsageError where it cannot be read, lacks a column or has another, leaves a cell empty, or gives one outlet two owners.
    """
    name = os.fspath(path)
    try:
        with opened(name) as raw:
            text = decoded(raw.file, raw.whole())
    except OSError as error:
        raise UsageError(f"--owners {name}: it cannot be opened: {error.strerror or error}") from None
    except SourceError as error:
        raise UsageError(f"--owners {error}") from None
    told: dict[str, Owner] = {}
    try:
        for line, outlet, found in _rows(text, name):
            if told.setdefault(key(outlet), found).name.casefold() != found.name.casefold():
                raise UsageError(
                    f"--owners {name}, line {line}: {outlet} has two owners here, {told[key(outlet)].name} and {found.name}: keep one"
                )
    except csv.Error as error:
        raise UsageError(f"--owners {name}: it is no CSV: {error}") from None
    return told


def _rows(text: str, name: str) -> Iterator[tuple[int, str, Owner]]:
    table = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=False)
    columns = [(c or "").strip().lower() for c in table.fieldnames or ()]
    table.fieldnames = columns
    if not {"outlet", "owner"} <= set(columns) or set(columns) - set(_COLUMNS):
        raise UsageError(
            f"--owners {name}: its first line must name the columns outlet and owner, and may name source; "
            f"it says {', '.join(columns) or 'nothing'}"
        )
    for row in table:
        outlet, owner_name = tidy(row["outlet"]), tidy(row["owner"])
        if row.get("") or not outlet or not owner_name:
            raise UsageError(
                f"--owners {name}, line {table.line_num}: it must hold an outlet and an owner; put cells with commas in quotation marks"
            )
        yield table.line_num, outlet, Owner(owner_name, tidy(row.get("source")))
