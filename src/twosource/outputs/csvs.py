"""The tables of a Reconciliation as CSV (RFC 4180), safe to open in a spreadsheet.

A spreadsheet takes a cell that begins with = + - @ for a formula and runs it, whoever wrote it. Text that begins so gets an apostrophe
before it, which spreadsheets take for "this is text"; `start` and `end` lead to the report's own words, which stay as they are in the
JSON. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

from twosource.model import Reconciliation
from twosource.outputs import tables
from twosource.outputs.order import in_order

#: The tables there are, by name.
TABLES: Mapping[str, Callable[[Reconciliation], tables.Table]] = {
    "claims": tables.claims,
    "evidence": tables.evidence,
    "figures": tables.figures,
    "quotes": tables.quotes,
    "names": tables.actors,
}

#: What begins a formula, in ASCII or full width, or is skipped before one.
_FORMULA = tuple("=+-@|%\t\r\n＝＋－＠\x00")


def to_csv(reconciliation: Reconciliation, table: str = "claims") -> str:
    """One of the tables, with the name of the report's file after its id.

    >>> to_csv(Reconciliation(reports=()), "quotes").split(",")[:3]
    ['speaker', 'speaker_name', 'kind']
    """
    files = {r.id: r.file for r in in_order(reconciliation.reports)}
    columns: dict[str, list[Any]] = {}
    for name, values in TABLES[table](reconciliation).items():
        columns[name] = values
        if name == "report":
            columns["file"] = [files[v] for v in values]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(zip(*(map(safe, values) for values in columns.values()), strict=True))
    return out.getvalue()


def safe(value: Any) -> Any:
    """A cell that no spreadsheet runs.

    >>> safe("=HYPERLINK(1)"), safe(" -2+3"), safe(-2.0), safe("two"), safe(None)
    ("'=HYPERLINK(1)", "' -2+3", -2, 'two', '')
    """
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        first = value.lstrip(" \u00a0\u200b\ufeff")
        return f"'{value}" if first.startswith(_FORMULA) else value
    return "" if value is None else value
