"""The five verdicts, as the spec words them, over any evidence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Difference, Evidence
from twosource.verdicts.rules import verdict

TEXT = "Two barges sank off the mole on Monday, the harbour master said."


def told(lineage: str, origin: str, at: int = 0) -> Evidence:
    """A statement of `lineage` behind which `origin` stands."""
    return Evidence(
        "r1", at, at + 1, TEXT, id=f"s{at}", voice=(), lineage=lineage, origin=origin, polarity="asserted", modality="happened"
    )  # fmt: skip


EVIDENCE = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=8).map(
    lambda pairs: [told(lineage, origin, at) for at, (lineage, origin) in enumerate(pairs)]
)


def test_two_newsrooms_that_each_know_it_corroborate() -> None:
    assert verdict([told("a", "a"), told("b", "b")]) == "corroborated"


def test_two_newsrooms_that_quote_one_voice_repeat_it() -> None:
    assert verdict([told("a", "harbour master"), told("b", "harbour master")]) == "one-origin"


def test_two_voices_in_one_newsroom_are_one_source() -> None:
    assert verdict([told("a", "harbour master"), told("a", "coast guard")]) == "single-source"


def test_what_differs_conflicts_however_many_say_it() -> None:
    sides = Difference("figure", (("s0",), ("s1",)))
    assert verdict([told("a", "a"), told("b", "b", 1)], sides) == "conflicting"


@given(EVIDENCE)
def test_corroborated_never_rests_on_less_than_two_newsrooms_and_two_origins(evidence: list[Evidence]) -> None:
    lineages, origins = {e.lineage for e in evidence}, {e.origin for e in evidence}
    assert (verdict(evidence) == "corroborated") == (len(lineages) >= 2 and len(origins) >= 2)
    assert (verdict(evidence) == "single-source") == (len(lineages) == 1)


@given(EVIDENCE, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_a_verdict(evidence: list[Evidence], random: object) -> None:
    shuffled = [*evidence, evidence[0]]
    random.shuffle(shuffled)
    assert verdict(shuffled) == verdict(evidence)


@given(EVIDENCE, EVIDENCE)
def test_more_evidence_never_weakens_a_verdict(evidence: list[Evidence], more: list[Evidence]) -> None:
    strength = ("single-source", "one-origin", "corroborated")
    assert strength.index(verdict(evidence + more)) >= strength.index(verdict(evidence))
