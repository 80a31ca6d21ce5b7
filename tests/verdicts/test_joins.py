"""What is told of why statements stand together: as many joins as hold them, and only words that both reports have."""

from __future__ import annotations

from functools import cache

import pytest

from twosource import demo
from twosource.calls import load
from twosource.model import Claim, Reading, Reconciliation
from twosource.reading import read
from twosource.reconcile import reconcile
from twosource.sources import from_text


@cache
def told(name: str) -> Reconciliation:
    return reconcile([read(r) for r in load(demo.paths(name)).reports])


def held(claim: Claim) -> set[str]:
    """The statements that the joins of a claim reach from its first."""
    reached = {claim.evidence[0].id}
    for _ in claim.joins:
        for join in claim.joins:
            if reached & set(join.statements):
                reached |= set(join.statements)
    return reached


@pytest.mark.parametrize("name", demo.names())
def test_the_joins_of_a_claim_hold_it_together_and_no_more(name: str) -> None:
    for claim in told(name).claims:
        statements = {e.id for e in claim.evidence}
        assert held(claim) == statements
        assert len(claim.joins) == len(statements) - 1


@pytest.mark.parametrize("name", demo.names())
def test_what_is_shared_stands_in_the_statements_joined_and_among_the_actors(name: str) -> None:
    actors = {a.id for a in told(name).actors}
    for claim in told(name).claims:
        place = {e.id: e for e in claim.evidence}
        for join in claim.joins:
            joined = [place[s] for s in join.statements]
            assert set(join.actors) <= actors
            assert join.agree is None or 0 <= join.agree <= 1
            for span in join.spans:
                assert any(e.report == span.report and e.start <= span.start and span.end <= e.end for e in joined)


def one_claim(first: str, second: str) -> Claim:
    def reading(file: str, text: str) -> Reading:
        return read(from_text(text, file=file, published="2031-03-14", language="en"))

    of = reconcile([reading("a.txt", first), reading("b.txt", second)])
    (claim,) = (c for c in of.claims if len({e.report for e in c.evidence}) == 2 and c.difference is None)
    return claim


def test_shared_words_and_figures_are_shown_in_both_reports_own_forms() -> None:
    claim = one_claim("A flood killed 14 people in Tarnholm.", "Fourteen people were killed by a flood in Tarnholm.")
    (join,) = claim.joins
    assert {s.exact.lower() for s in join.spans} >= {"flood", "killed"}
    assert {s.exact for s in join.spans} & {"14", "14 people"}
    assert {s.exact for s in join.spans} & {"Fourteen", "Fourteen people"}
    assert join.agree is not None
    assert join.agree > 0.5
