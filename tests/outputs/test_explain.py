"""Why a claim stands as it does, and what would change it."""

from __future__ import annotations

import dataclasses

import pytest

from twosource.model import Claim, Reconciliation
from twosource.outputs.explain import explain, standing, what_would_change
from twosource.outputs.order import numbered


def test_each_statement_has_its_voice_origin_newsroom_and_place(fire: Reconciliation) -> None:
    shown = " ".join(explain(fire, "1").split())
    denied = numbered(fire)[0].claim.evidence[0]
    assert (
        f"origin: Jora Velm · newsroom: the text of B · characters {denied.start} to {denied.end} · {denied.id}"
        in shown
    )
    assert "side 1 B · Interior Minister Jora Velm (denied)" in shown
    assert "The same person, Jora Velm, denies it" in shown
    assert "C The Daily Tern · tern.txt · text sha-256" in shown


def test_a_copy_is_told_to_go_back_to_its_root(fire: Reconciliation) -> None:
    shown = " ".join(explain(fire, "2").split())
    assert (
        "A “Fire swept the fish market in Karsmouth on Tuesday” origin: the report itself · newsroom: the text of B"
        in shown
    )


def test_without_one_side_the_other_stands_as_its_counts_say(fire: Reconciliation) -> None:
    claim = numbered(fire)[0].claim
    assert what_would_change(claim) == (
        "Without side 2, side 1 alone would be single source (1 newsroom, 1 origin).",
        "Without side 1, side 2 alone would be single source (1 newsroom, 1 origin).",
    )


def test_standing_follows_the_rules_of_the_spec(fire: Reconciliation) -> None:
    established, repeated, alone = (numbered(fire)[i].claim.evidence for i in (1, 2, 3))
    assert standing(established) == "corroborated (2 newsrooms, 2 origins)"
    assert standing(repeated) == "one origin (2 newsrooms, 1 origin)"
    assert standing(alone) == "single source (1 newsroom, 1 origin)"
    assert standing(established[:2]) == "single source (1 newsroom, 1 origin)", "a copy counts with what it copies"


@pytest.mark.parametrize(
    ("lineages", "origins", "says"),
    [
        (2, 2, "It rests on two"),
        (3, 3, "the loss of 1 newsroom or of as many origins"),
        (5, 4, "the loss of 2 newsrooms"),
        (2, 4, "Without one of its two newsrooms it would be a single source"),
    ],
)
def test_what_a_corroborated_claim_would_bear(fire: Reconciliation, lineages: int, origins: int, says: str) -> None:
    claim = dataclasses.replace(numbered(fire)[1].claim, lineages=lineages, origins=origins)
    assert says in what_would_change(claim)[0]


@pytest.mark.parametrize("verdict", ["single-source", "one-origin", "corroborated", "updated"])
def test_every_verdict_says_what_would_make_it_conflicting(fire: Reconciliation, verdict: str) -> None:
    claim: Claim = dataclasses.replace(numbered(fire)[1].claim, verdict=verdict)
    assert any("conflicting" in change for change in what_would_change(claim))


def test_a_conflict_without_sides_is_explained_without_them(fire: Reconciliation) -> None:
    claim = dataclasses.replace(numbered(fire)[0].claim, difference=None)
    told = dataclasses.replace(fire, claims=(claim,), timeline=())
    assert what_would_change(claim) == ()
    assert "side 1" not in explain(told, "1")
