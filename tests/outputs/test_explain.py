"""Why a claim stands as it does, and what would change it."""

from __future__ import annotations

import dataclasses

import pytest

from twosource.model import Claim, Reconciliation
from twosource.outputs.explain import explain, standing, together, what_would_change
from twosource.outputs.order import letters, names, numbered


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


def test_the_voice_from_which_another_must_come_is_named(fire: Reconciliation) -> None:
    repeated, alone = (numbered(fire)[i].claim for i in (2, 3))
    assert what_would_change(repeated)[0] == (
        "All of its 2 newsrooms have it from the harbour master. One newsroom that does not quote the harbour master, but says it "
        "for itself or has it from somebody else, would make it corroborated."
    )
    assert what_would_change(alone)[0] == (
        "A second newsroom that says it for itself, or has it from a voice of its own, would make it corroborated. "
        "One that only takes over this text would not."
    )


def test_what_a_single_voice_says_needs_another_voice(fire: Reconciliation) -> None:
    denied = numbered(fire)[0].claim.evidence[:1]
    claim = dataclasses.replace(numbered(fire)[3].claim, evidence=denied)
    assert "from anybody but Jora Velm, would make it corroborated" in what_would_change(claim, {"a1": "Jora Velm"})[0]
    assert "quotes Jora Velm too would make it one origin" in what_would_change(claim, {"a1": "Jora Velm"})[1]


def test_what_brought_two_statements_together_is_said_with_what_the_score_means(fire: Reconciliation) -> None:
    shown = " ".join(explain(fire, "3").split())
    assert (
        "what brought them together B and C: both say “market” and “Monday”; "
        "of 100 pairs of statements scored like this, 91 were one fact." in shown
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {"agree": None, "spans": ()},
            "alike in sense, though they share no telling word; they give one and the same quantity.",
        ),
        ({"actors": ("a1",), "spans": ()}, "both name Jora Velm; of 100 pairs"),
    ],
)
def test_a_join_says_only_what_is_there(fire: Reconciliation, changed: dict[str, object], says: str) -> None:
    claim = numbered(fire)[2].claim
    join = dataclasses.replace(claim.joins[0], **changed)
    (told,) = together(dataclasses.replace(claim, joins=(join,)), letters(fire), names(fire))
    assert says in told


@pytest.mark.parametrize("verdict", ["single-source", "one-origin", "corroborated", "updated"])
def test_every_verdict_says_what_would_make_it_conflicting(fire: Reconciliation, verdict: str) -> None:
    claim: Claim = dataclasses.replace(numbered(fire)[1].claim, verdict=verdict)
    assert any("conflicting" in change for change in what_would_change(claim))


def test_a_conflict_without_sides_is_explained_without_them(fire: Reconciliation) -> None:
    claim = dataclasses.replace(numbered(fire)[0].claim, difference=None)
    told = dataclasses.replace(fire, claims=(claim,), timeline=())
    assert what_would_change(claim) == ()
    assert "side 1" not in explain(told, "1")
