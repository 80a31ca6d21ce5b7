"""CSV that every reader takes and no spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pytest
from harbour_fire import at, harbour_fire, report
from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Claim, Evidence, Lineage, Reconciliation
from twosource.outputs.csvs import TABLES, safe, to_csv


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_leads_back_into_the_reports(fire: Reconciliation, table: str) -> None:
    texts = {r.id: r.text for r in fire.reports}
    files = {r.id: r.file for r in fire.reports}
    told = rows(to_csv(fire, table))
    assert told
    for row in told:
        assert row["file"] == files[row["report"]]
        assert texts[row["report"]][int(row["start"]) : int(row["end"])] == row["exact"]


def test_numbers_stay_numbers_and_open_ends_stay_empty(fire: Reconciliation) -> None:
    told = rows(to_csv(fire, "figures"))
    assert [(r["exact"], r["low"], r["high"]) for r in told] == [
        ("At least 12", "12", ""),
        ("At least 12", "12", ""),
        ("20", "20", "20"),
    ]


@pytest.mark.parametrize(
    "spite",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "＝1", "|calc", '=HYPERLINK("http://x")'],
)
def test_no_cell_begins_a_formula(spite: str) -> None:
    of = report("=cmd.txt", f"{spite} sank. A barge sank.", title=spite)
    span = of.span(0, len(spite))
    e = Evidence(span.report, 0, len(spite), of.text, id="s1", voice=(), lineage="l1", origin="l1", polarity="asserted", modality="happened")  # fmt: skip
    story = Reconciliation(
        (of,),
        lineages=(Lineage("l1", of.id, (of.id,)),),
        claims=(Claim("c1", at(of, spite), "single-source", (spite,), 1, 1, (e,)),),
    )
    for table in ("claims", "evidence"):
        (row,) = rows(to_csv(story, table))
        assert row["exact"] == "'" + spite
        assert row["file"] == "'=cmd.txt"


@given(st.text())
def test_what_is_made_safe_is_the_same_words(text: str) -> None:
    made = safe(text)
    assert made in (text, "'" + text)
    assert not made.startswith(("=", "+", "-", "@"))


def test_the_same_reconciliation_gives_the_same_bytes() -> None:
    assert all(to_csv(harbour_fire(), t) == to_csv(harbour_fire(), t) for t in TABLES)
