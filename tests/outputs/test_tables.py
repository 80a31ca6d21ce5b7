"""The tables, as pandas and polars take them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.model import Reconciliation
from twosource.outputs import tables

EACH = [tables.claims, tables.evidence, tables.figures, tables.quotes, tables.actors]
ROWS = {"claims": 5, "evidence": 9, "figures": 3, "quotes": 1, "actors": 6}


@pytest.mark.parametrize("table", EACH, ids=lambda t: t.__name__)
def test_pandas_and_polars_take_them_as_they_are(
    fire: Reconciliation, table: Callable[[Reconciliation], tables.Table]
) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    columns = table(fire)
    shape = (ROWS[table.__name__], len(columns))
    assert pandas.DataFrame(columns).shape == polars.DataFrame(columns).shape == shape
    assert polars.DataFrame(columns).to_dict(as_series=False) == columns


@pytest.mark.parametrize("table", EACH, ids=lambda t: t.__name__)
def test_a_table_without_rows_keeps_its_columns(
    fire: Reconciliation, table: Callable[[Reconciliation], tables.Table]
) -> None:
    empty = table(Reconciliation(reports=()))
    assert list(empty) == list(table(fire))
    assert set(map(len, empty.values())) == {0}


@pytest.mark.parametrize("table", EACH, ids=lambda t: t.__name__)
def test_every_row_leads_back_to_its_place(
    fire: Reconciliation, table: Callable[[Reconciliation], tables.Table]
) -> None:
    texts = {r.id: r.text for r in fire.reports}
    t = table(fire)
    for of, start, end, exact in zip(t["report"], t["start"], t["end"], t["exact"], strict=True):
        assert texts[of][start:end] == exact


def test_the_sides_of_a_difference_are_told_apart(fire: Reconciliation) -> None:
    t = tables.evidence(fire)
    assert [(v, s) for v, s in zip(t["verdict"], t["side"], strict=True) if s] == [
        ("conflicting", 1),
        ("conflicting", 2),
    ]
    assert tables.figures(fire)["high"] == [None, None, 20]
