"""A Reconciliation as tables, for users of pandas or polars, of which twosource needs neither.

Each function gives a table by columns, a dictionary of lists of one length: `pandas.DataFrame(t)`, `polars.DataFrame(t)` and
`pyarrow.table(t)` take it as it is. Ids and places lead from every row back to the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from twosource.model import Reconciliation, Span

#: Columns by name, all of one length.
Table: TypeAlias = dict[str, list[Any]]

_PLACE = ("report", "start", "end", "exact")


def claims(reconciliation: Reconciliation) -> Table:
    """A row a claim: its verdict, counts, reasons, kind of difference, and its summary's place.

    >>> claims(Reconciliation(reports=()))["verdict"]
    []
    """
    names = ("claim", "verdict", "lineages", "origins", "statements", "difference", "correction", "reasons")
    return _table(
        (*names, *_PLACE),
        (
            (
                c.id,
                c.verdict,
                c.lineages,
                c.origins,
                len(c.evidence),
                c.difference.kind if c.difference else None,
                c.correction,
                " ".join(c.reasons),
                *_place(c.summary),
            )
            for c in reconciliation.claims
        ),
    )


def evidence(reconciliation: Reconciliation) -> Table:
    """A row a statement of a claim. `side` counts the sides of a difference from 1; None where there is none, or it takes none."""
    rows = []
    for c in reconciliation.claims:
        sides = c.difference.sides if c.difference else ()
        for e in c.evidence:
            side = next((i for i, ids in enumerate(sides, 1) if e.id in ids), None)
            voice = " → ".join(v.text for v in e.voice)
            rows.append(
                (c.id, e.id, c.verdict, side, voice or None, e.lineage, e.origin, e.polarity, e.modality, *_place(e))
            )
    names = ("claim", "statement", "verdict", "side", "voice", "lineage", "origin", "polarity", "modality")
    return _table((*names, *_PLACE), rows)


def figures(reconciliation: Reconciliation) -> Table:
    """A row a figure where a report gives it: the closed range `low..high` (None: open), its group's label, unit and verdict."""
    return _table(
        ("figure", "label", "unit", "verdict", "low", "high", "as_of", "voice", *_PLACE),
        (
            (
                g.id,
                g.label,
                g.unit,
                g.verdict,
                m.low,
                m.high,
                m.as_of,
                " → ".join(v.text for v in m.voice) or None,
                *_place(m),
            )
            for g in reconciliation.figures
            for m in g.mentions
        ),
    )


def quotes(reconciliation: Reconciliation) -> Table:
    """A row a quotation: who says it, how the report names the speaker and the speaking, and its place."""
    return _table(
        ("speaker", "speaker_name", "kind", "source", "cue", "polarity", "modality", *_PLACE),
        (
            (
                q.speaker,
                q.speaker_name,
                q.kind,
                q.source.exact if q.source else None,
                q.cue.exact if q.cue else None,
                q.polarity,
                q.modality,
                *_place(q),
            )
            for q in reconciliation.quotes
        ),
    )


def actors(reconciliation: Reconciliation) -> Table:
    """A row a name where a report gives it, with the actor it means."""
    return _table(
        ("actor", "name", "kind", *_PLACE),
        ((a.id, a.name, a.kind, *_place(m)) for a in reconciliation.actors for m in a.mentions),
    )


def _place(span: Span) -> tuple[str, int, int, str]:
    return span.report, span.start, span.end, span.exact


def _table(names: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> Table:
    table: Table = {name: [] for name in names}
    for row in rows:
        for column, value in zip(table.values(), row, strict=True):
            column.append(value)
    return table
