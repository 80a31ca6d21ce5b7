"""Which pairs of statements the cross-encoder is asked about: those that their features leave open, the likeliest of each statement."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twosource.matching.claims import PLAIN_NO, PLAIN_YES, READ, _worth_reading

ODDS = st.floats(PLAIN_NO - 2, PLAIN_YES + 2)


def read(odds: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    pairs = list(odds)
    return {pairs[n] for n in _worth_reading(pairs, np.array(list(odds.values())))}


def test_what_is_plain_is_not_read() -> None:
    assert read({(0, 1): PLAIN_NO, (0, 2): PLAIN_YES, (1, 2): 0.0}) == {(1, 2)}


def test_a_plain_yes_takes_the_place_of_one_that_would_be_read() -> None:
    """So that a story in which much is plain costs less, and not as much for pairs that are likely of nothing."""
    sure = {(0, n): PLAIN_YES for n in range(1, READ + 1)}
    others = {(n, READ + 1): PLAIN_YES for n in range(1, READ)} | {(READ, READ + 1): PLAIN_YES}
    assert read(sure | others | {(0, READ + 1): 1.0}) == set()
    assert read({(0, READ + 1): 1.0}) == {(0, READ + 1)}


@given(
    st.integers(2, 14).flatmap(lambda n: st.tuples(*[ODDS for _ in combinations(range(n), 2)]).map(lambda o: (n, o)))
)
def test_each_statement_is_read_with_its_likeliest(told: tuple[int, tuple[float, ...]]) -> None:
    count, odds = told
    asked = dict(zip(combinations(range(count), 2), odds, strict=True))
    found = read(asked)
    for pair, score in asked.items():
        as_likely = [sum(o >= score for p, o in asked.items() if i in p and p != pair) for i in pair]
        is_open = PLAIN_NO < score < PLAIN_YES
        assert pair not in found or is_open
        assert pair in found or not is_open or min(as_likely) >= READ
