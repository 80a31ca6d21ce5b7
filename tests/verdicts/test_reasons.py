"""Why a verdict stands, in the words that a reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Difference, Evidence
from twosource.verdicts.reasons import counted, reasons
from twosource.verdicts.rules import verdict

TEXT = "The old mill has collapsed, the harbour master said."
NAMES = {"petra": "Petra Lund", "board": "the Harbour Board", "olaf": "Olaf Brandt", "ilse": "Ilse Varga"}


def told(*stands: tuple[str, str, str]) -> list[Evidence]:
    """A statement of each (report, lineage, origin)."""
    return [
        Evidence(
            report, at, at + 1, TEXT, id=f"s{at}", voice=(), lineage=lineage, origin=origin, polarity="asserted", modality="happened"
        )
        for at, (report, lineage, origin) in enumerate(stands)
    ]  # fmt: skip


def why(evidence: list[Evidence], difference: Difference | None = None) -> tuple[str, ...]:
    return reasons(evidence, verdict(evidence, difference), difference, NAMES)


@pytest.mark.parametrize(
    ("stands", "words"),
    [
        ([("r1", "l1", "l1")], "One newsroom alone carries it."),
        ([("r1", "l1", "petra"), ("r1", "l1", "olaf")], "One newsroom alone carries it."),
        ([("r1", "l1", "l1"), ("r2", "l1", "l1")], "One newsroom alone carries it, in 2 reports."),
        (
            [("r1", "l1", "petra"), ("r2", "l2", "petra")],
            "Two newsrooms, but both go back to Petra Lund: repeated, not confirmed.",
        ),
        (
            [("r1", "l1", "petra"), ("r2", "l2", "someone:l2"), ("r3", "l3", "petra")],
            "Three newsrooms, but all may go back to Petra Lund: repeated, not confirmed.",
        ),
        (
            [("r1", "l1", "someone:l1"), ("r2", "l2", "someone:l2")],
            "Two newsrooms, but both may go back to one origin: repeated, not confirmed.",
        ),
    ],
)
def test_what_is_not_confirmed(stands: list[tuple[str, str, str]], words: str) -> None:
    assert why(told(*stands)) == (words,)


@pytest.mark.parametrize(
    ("origins", "words"),
    [
        (("l1", "l2"), "Two newsrooms carry it, from two origins."),
        (("l1", "petra"), "Two newsrooms carry it, from two origins, among them Petra Lund."),
        (("board", "petra"), "Two newsrooms carry it, from two origins, among them the Harbour Board and Petra Lund."),
        (("l1", "petra", "someone:l3"), "Three newsrooms carry it, from two origins, among them Petra Lund."),
        (
            ("board", "petra", "olaf", "ilse"),
            "Four newsrooms carry it, from four origins, among them the Harbour Board, Ilse Varga and Olaf Brandt.",
        ),
    ],
)
def test_what_is_corroborated_says_by_whom(origins: tuple[str, ...], words: str) -> None:
    evidence = told(*((f"r{n}", f"l{n}", o) for n, o in enumerate(origins, start=1)))
    assert why(evidence) == (words, "Nothing contradicts it.")


@pytest.mark.parametrize(
    ("stands", "kind", "words"),
    [
        (
            [("r1", "l1", "l1"), ("r2", "l2", "l2")], "figure",
            ("The figures lie apart.", "Two newsrooms give two sides."),
        ),
        (
            [("r1", "l1", "petra"), ("r2", "l2", "petra")], "polarity",
            ("One side says what the other denies.", "Two newsrooms give two sides. Both go back to Petra Lund."),
        ),
        (
            [("r1", "l1", "petra"), ("r1", "l1", "olaf")], "time",
            ("The days lie apart.", "The two sides stand in one report, with different voices."),
        ),
    ],
)  # fmt: skip
def test_what_conflicts_says_in_what_and_between_whom(
    stands: list[tuple[str, str, str]], kind: str, words: tuple[str, ...]
) -> None:
    difference = Difference(kind, (("s0",), ("s1",)))  # type: ignore[arg-type]
    assert why(told(*stands), difference) == words


@pytest.mark.parametrize(
    ("correction", "words"),
    [(False, "A count that grew as time went on."), (True, "A revised count: a report says that it corrects.")],
)
def test_what_changed_says_how(correction: bool, words: str) -> None:
    evidence = told(("r1", "l1", "l1"), ("r2", "l2", "l2"))
    assert reasons(evidence, "updated", None, NAMES, correction=correction) == (words,)


@pytest.mark.parametrize(
    ("n", "words"), [(0, "No ferries"), (1, "One ferry"), (2, "Two ferries"), (10, "Ten ferries"), (11, "11 ferries")]
)
def test_a_number_with_its_noun(n: int, words: str) -> None:
    assert counted(n, "ferry", "ferries") == words


STANDS = st.tuples(
    st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(["l1", "l2"]), st.sampled_from(["l1", "petra", "olaf", "someone:l1"])
)  # fmt: skip


@given(st.lists(STANDS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_there_is_always_a_reason_and_order_changes_none(stands: list[tuple[str, str, str]], random: object) -> None:
    evidence = told(*stands)
    shuffled = evidence[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert why(evidence) == why(shuffled)
    assert all(reason.endswith(".") and reason[0].isupper() for reason in why(evidence))


@given(st.lists(STANDS, min_size=1, max_size=6))
def test_only_what_is_corroborated_is_said_to_stand_unopposed(stands: list[tuple[str, str, str]]) -> None:
    evidence = told(*stands)
    assert ("Nothing contradicts it." in why(evidence)) == (verdict(evidence) == "corroborated")
