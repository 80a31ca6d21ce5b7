"""What a story must bear: any order, a report more, one that says nothing, one that repeats itself, one of 50,000 words."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource import to_json
from twosource.limits import READ_CHARACTERS
from twosource.model import Claim, Reading, Reconciliation
from twosource.reading import read
from twosource.reconcile import reconcile
from twosource.sources import from_text

REPORTS = {
    "gull.txt": "A ferry sank off Karsmouth on Tuesday. Eleven passengers drowned, the coast guard said. Divers found the wreck at dawn.",
    "tern.txt": "The ferry went down off Karsmouth on Tuesday, and 11 passengers drowned. Mayor Petra Lund ordered an inquiry.",
    "heron.txt": "Off Karsmouth a ferry has sunk; 14 passengers drowned on Tuesday, according to the coast guard. The captain denied that he was drunk.",
    "wire.txt": "KARSMOUTH (AP) — A ferry sank off Karsmouth on Tuesday. The captain was drunk, the coast guard said.",
    "reprint.txt": "A ferry sank off Karsmouth on Tuesday. The captain was drunk, the coast guard said. Sailors from Orrin helped.",
    "stranger.txt": "Vessland's parliament passed the budget on Monday. Ilse Varga, the minister of finance, won by two votes. Taxes on beer will rise.",
}
NOTHING = "...\n\n---"


@cache
def reading(file: str, text: str) -> Reading:
    return read(from_text(text, file=file, published="2031-03-14", language="en"))


def told(*files: str, **more: str) -> Reconciliation:
    given_texts = {f: REPORTS[f] for f in files} | {f"{name}.txt": text for name, text in more.items()}
    return reconcile([reading(file, text) for file, text in given_texts.items()])


@cache
def in_the_order_given(files: frozenset[str]) -> str:
    return to_json(told(*sorted(files)))


@given(st.permutations(sorted(REPORTS)), st.integers(1, len(REPORTS)))
@settings(max_examples=8, deadline=None)
def test_the_order_of_the_reports_changes_nothing(order: list[str], count: int) -> None:
    some = order[:count]
    assert to_json(told(*some)) == in_the_order_given(frozenset(some))


def untouched(of: Reconciliation, added: str) -> list[Claim]:
    """The claims in which nothing stands that a report says."""
    (report,) = (r.id for r in of.reports if r.file == added)
    return [c for c in of.claims if all(e.report != report for e in c.evidence)]


@pytest.mark.parametrize("added", sorted(REPORTS))
def test_a_report_more_changes_only_what_it_touches(added: str) -> None:
    """Claims without it were there before: with the same statements, so by the same id, and with the same verdict and counts."""
    before = told(*(f for f in REPORTS if f != added))
    after = told(*REPORTS)
    known = {c.id: (c.verdict, c.lineages, c.origins) for c in before.claims}
    kept = untouched(after, added)
    gone = {e.id for c in before.claims if c.id not in {k.id for k in after.claims} for e in c.evidence}
    touched = {e.id for c in after.claims if c not in kept for e in c.evidence}
    for claim in kept:
        assert claim.id in known or {e.id for e in claim.evidence} & (gone | touched), claim.summary.exact


def test_a_report_about_something_else_changes_nothing() -> None:
    before, after = told(*(f for f in REPORTS if f != "stranger.txt")), told(*REPORTS)
    assert untouched(after, "stranger.txt") == list(before.claims)
    assert [n.kind for n in after.notes if n.kind == "off-story"] == ["off-story"]


def test_a_report_that_says_nothing_changes_nothing() -> None:
    plain, with_it = told("gull.txt", "tern.txt"), told("gull.txt", "tern.txt", empty=NOTHING)
    assert with_it.claims == plain.claims
    assert "empty.txt" in {r.file for r in with_it.reports}


def test_nothing_but_reports_that_say_nothing_is_no_claim() -> None:
    assert told(empty=NOTHING, void=NOTHING + " ").claims == ()


def test_a_report_that_repeats_itself_is_still_one_newsroom() -> None:
    of = told(again="\n\n".join([REPORTS["gull.txt"]] * 5))
    assert {c.verdict for c in of.claims} == {"single-source"}
    assert {c.lineages for c in of.claims} == {1}


def test_fifty_thousand_words_are_read_up_to_the_cap_and_the_rest_is_named() -> None:
    sentence = "On day {n} of the search the crew of boat {n} found nothing but driftwood near the reef of Orrin. "
    long = REPORTS["gull.txt"] + "\n\n" + "\n\n".join(sentence.format(n=n % 9 + 1) * 5 for n in range(600))
    assert len(long.split()) > 50_000
    of = told("tern.txt", long=long)
    assert max(e.end for c in of.claims for e in c.evidence) <= READ_CHARACTERS + 200
    (report,) = (r.id for r in of.reports if r.file == "long.txt")
    assert any(n.kind == "unread" and n.report == report for n in of.notes)
    assert any(len({e.report for e in c.evidence}) == 2 for c in of.claims)
