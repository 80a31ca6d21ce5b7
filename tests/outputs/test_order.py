"""In which order things are shown, and which claim a user means."""

from __future__ import annotations

import pytest

from twosource.errors import UsageError
from twosource.model import Reconciliation
from twosource.outputs.order import find_claim, letters, lines, numbered


def test_the_verdicts_in_the_order_of_the_spec(fire: Reconciliation) -> None:
    assert [(n.number, n.claim.verdict) for n in numbered(fire)] == [
        (1, "conflicting"),
        (2, "corroborated"),
        (3, "one-origin"),
        (4, "single-source"),
        (5, "single-source"),
    ]


def test_letters_go_by_day_then_by_file(fire: Reconciliation) -> None:
    names = {r.id: r.file for r in fire.reports}
    assert [(names[i], of) for i, of in letters(fire).items()] == [
        ("courier.txt", "A"),
        ("ledger.txt", "B"),
        ("tern.txt", "C"),
    ]


def test_word_for_word_copies_share_a_line(fire: Reconciliation) -> None:
    established = numbered(fire)[1].claim
    assert [line.letters for line in lines(established.evidence, letters(fire))] == [("A", "B"), ("C",)]


def test_a_claim_is_found_by_number_by_id_and_by_what_its_id_begins_with(fire: Reconciliation) -> None:
    for n in numbered(fire):
        assert find_claim(fire, str(n.number)) == find_claim(fire, n.claim.id) == find_claim(fire, n.claim.id[:-1]) == n


@pytest.mark.parametrize("name", ["", "0", "6", "٣", "-1", "9" * 5000, "x1", "c"])
def test_what_means_no_claim_or_several_is_refused(fire: Reconciliation, name: str) -> None:
    with pytest.raises(UsageError):
        find_claim(fire, name)
