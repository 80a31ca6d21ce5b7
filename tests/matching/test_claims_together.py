"""Statements brought together end to end: what is one claim across reports, what never is, and that nothing drifts."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.matching.claims import LEAST, NEAREST, candidates
from twosource.model import Claim, Reading, Reconciliation
from twosource.reading import read
from twosource.reconcile import reconcile
from twosource.sources import from_text

#: What else the reports hold, so that each is of a newsroom of its own.
ELSEWHERE = (
    "A choir from Brenhold sang in the chapel until nightfall, and bread was handed out to whoever came.",
    "Heavy rain is forecast for the hills, where shepherds brought their flocks down early this autumn.",
    "Bus drivers on the coast road complained about potholes and a broken lamp beside the cinema.",
)


@cache
def reading(file: str, text: str) -> Reading:
    return read(from_text(text, file=file, published="2031-03-14", language="en"))


def story(*texts: str, files: str = "abc") -> Reconciliation:
    return reconcile(
        [reading(f"{f}.txt", f"{t}\n\n{more}") for f, t, more in zip(files, texts, ELSEWHERE, strict=False)]
    )


def shared(told: Reconciliation) -> list[Claim]:
    """The claims that more than one report carries, conflicts of a detail left out."""
    return [c for c in told.claims if c.difference is None and len({e.report for e in c.evidence}) > 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("The old mill at Tarnholm collapsed on Tuesday.", "On Tuesday the old mill in Tarnholm has collapsed.", id="other order"),
        pytest.param("A flood killed 14 people in Tarnholm.", "Fourteen people were killed by a flood in Tarnholm.", id="active and passive"),
        pytest.param("The flood in Tarnholm killed more than 13 people.", "The flood in Tarnholm killed 15 people.", id="ranges that meet"),
        pytest.param("Ilse Varga left Tarnholm for Orrin on Monday.", "Ilse Varga left Tarnholm for Orrin on 10 March 2031.", id="one day in two forms"),
        pytest.param(
            "An earthquake shook the island of Tarnholm in June 2029.", "The island of Tarnholm was shaken by an earthquake in June 2029.",
            id="one happening of the past",
        ),
    ],
)  # fmt: skip
def test_two_newsrooms_that_say_the_same_are_one_claim(first: str, second: str) -> None:
    (claim,) = shared(story(first, second))
    assert (claim.verdict, claim.lineages, claim.origins) == ("corroborated", 2, 2)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("The flood in Tarnholm killed 14 people.", "The flood in Tarnholm killed 31 people.", id="two tolls"),
        pytest.param("A flood swept through Tarnholm.", "A bakery opened in Tarnholm.", id="one place"),
        pytest.param("Ilse Varga was arrested in Orrin.", "Ilse Varga was released in Orrin.", id="arrested and released"),
        pytest.param(
            "Petra Lund bought the old mill.", "Petra Lund sold the old mill.", id="bought and sold",
            marks=pytest.mark.xfail(strict=True, reason="opposite acts of one person with one thing are scored as one fact"),
        ),
        pytest.param("Petra Lund resigned on Monday.", "Olaf Brandt sang in the town hall on Monday.", id="two persons"),
        pytest.param(
            "The company denied that the ferry Albatros carried weapons.", "The ferry Albatros carried weapons.", id="denied and asserted"
        ),
        pytest.param(
            "An earthquake shook the island of Tarnholm on Wednesday.", "An earthquake shook the island of Tarnholm in June 2029.",
            id="now and in the past",
        ),
        pytest.param(
            "An earthquake shook Tarnholm on Wednesday. It damaged the harbour and a school.",
            "An earthquake shook Tarnholm in June 2029. It damaged the harbour and a school.",
            id="what goes on about the past",
        ),
        pytest.param(
            "The ferry Albatros sank off Tarnholm in May 2027.", "In June 2019 the ferry Albatros sank off Tarnholm.", id="two pasts"
        ),
        pytest.param(
            "The new bridge over the Orrin will open on 20 May 2031.", "The new bridge over the Orrin opened on 2 March 2031.",
            id="planned and happened",
            marks=pytest.mark.xfail(strict=True, reason="claims are not split by modality: a plan corroborates what happened"),
        ),
    ],
)  # fmt: skip
def test_what_is_not_one_fact_is_never_one_claim(first: str, second: str) -> None:
    assert shared(story(first, second)) == []


FLOOD = (
    "A flood killed 14 people in Tarnholm on Monday, Petra Lund said. The mill collapsed.",
    "Fourteen people died in a flood in Tarnholm on Monday. The old mill has collapsed.",
    "A flood in Tarnholm killed 31 people on Sunday. No mill collapsed, the mayor said.",
)


def test_every_statement_is_evidence_once_but_for_conflicts() -> None:
    """A claim holds statements, and a statement one claim, that of the detail in which it differs left aside."""
    told = story(*FLOOD)
    texts = {r.id: r.text for r in told.reports}
    evidence = [e for c in told.claims if c.difference is None and c.verdict != "updated" for e in c.evidence]
    assert len({e.id for e in evidence}) == len(evidence) > 6
    for span in itertools.chain(evidence, (c.summary for c in told.claims)):
        assert texts[span.report][span.start : span.end] == span.exact


def test_each_claim_is_summed_up_by_one_of_its_statements() -> None:
    for claim in story(*FLOOD).claims:
        assert claim.summary.exact in {e.exact for e in claim.evidence}


def test_claims_come_out_the_same_in_any_order_of_reports() -> None:
    readings = [reading(f"{f}.txt", f"{t}\n\n{more}") for f, t, more in zip("abc", FLOOD, ELSEWHERE, strict=True)]
    told = {reconcile(order).claims for order in itertools.permutations(readings)}
    assert len(told) == 1


CRANES = (
    "The old crane on the northern quay of Tarnholm fell onto two parked lorries.",
    "The old crane on the northern quay of Tarnholm fell onto two parked vans.",
    "The tall crane on the northern quay of Tarnholm fell onto two parked vans.",
)


def test_one_text_that_changes_from_print_to_print_is_one_origin_whatever_the_files_are_called() -> None:
    claims = [claim for files in ("abc", "ghi", "pqr", "xyz") for claim in shared(story(*CRANES, files=files))]
    assert {(claim.verdict, claim.lineages) for claim in claims} == {("one-origin", 3)}


# --- which pairs are looked at -----------------------------------------------------------------------------------------------

SQUARE = st.integers(2, 7).flatmap(
    lambda n: st.lists(st.floats(-1, 1, width=32), min_size=n * n, max_size=n * n).map(
        lambda xs: np.array(xs, dtype=np.float32).reshape(n, n)
    )
)


@given(SQUARE, st.integers(1, 6))
def test_a_pair_is_looked_at_where_one_is_among_the_others_likest(raw: npt.NDArray[np.float32], ranked: int) -> None:
    cosines = np.maximum(raw, raw.T)
    ranks = np.full(cosines.shape, ranked, dtype=np.int32)
    found = candidates(cosines, ranks)
    assert found == sorted({(i, j) for i, j in found if i < j})
    near = ranked <= NEAREST
    assert found == [
        (i, j) for i, j in itertools.combinations(range(len(cosines)), 2) if near and cosines[i, j] >= np.float32(LEAST)
    ]


def test_one_side_is_enough() -> None:
    """The second finds the first among its likest, though the first has many that are liker."""
    cosines = np.array([[1.0, 0.5], [0.5, 1.0]], dtype=np.float32)
    assert candidates(cosines, np.array([[0, 9], [1, 0]], dtype=np.int32)) == [(0, 1)]
    assert candidates(cosines, np.array([[0, 9], [9, 0]], dtype=np.int32)) == []
