"""Groups out of pair scores: each statement in one group, none held there by a chain, and always the same answer."""

from __future__ import annotations

import itertools
import math
import random as chance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.matching.groups import groups

JOINS, FLOOR = 0.0, -2.0

Scores = dict[tuple[int, int], float]


@st.composite
def scored(draw: st.DrawFn) -> tuple[int, Scores]:
    """Some statements, and log-odds for some of their pairs, ties among them."""
    count = draw(st.integers(0, 9))
    pairs = st.sampled_from(list(itertools.combinations(range(count), 2))) if count > 1 else st.nothing()
    return count, draw(st.dictionaries(pairs, st.sampled_from([-6.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0])))


def grouped(count: int, scores: Scores) -> list[list[int]]:
    return groups(count, scores, joins=JOINS, floor=FLOOR)


@pytest.mark.parametrize(
    ("count", "scores", "expected"),
    [
        pytest.param(0, {}, [], id="nothing said"),
        pytest.param(3, {}, [[0], [1], [2]], id="nothing alike"),
        pytest.param(2, {(0, 1): 0.0}, [[0, 1]], id="just alike enough"),
        pytest.param(2, {(0, 1): -0.1}, [[0], [1]], id="not quite alike"),
        pytest.param(3, {(0, 1): 3.0, (1, 2): 2.0, (0, 2): 1.0}, [[0, 1, 2]], id="three that say one thing"),
        pytest.param(3, {(0, 1): 3.0, (1, 2): 2.9, (0, 2): -2.1}, [[0, 1], [2]], id="one pair below the floor"),
        pytest.param(3, {(0, 1): 3.0, (1, 2): 2.9, (0, 2): -2.0}, [[0, 1, 2]], id="one pair on the floor"),
        pytest.param(3, {(0, 1): 3.0, (1, 2): 2.9}, [[0, 1], [2]], id="a pair never compared is of strangers"),
        pytest.param(3, {(0, 1): 3.0, (1, 2): 0.5, (0, 2): -0.6}, [[0, 1], [2]], id="unlike on average"),
        pytest.param(4, {(0, 3): 1.0, (1, 2): 1.0}, [[0, 3], [1, 2]], id="sorted by the first member"),
    ],
)
def test_what_joins(count: int, scores: Scores, expected: list[list[int]]) -> None:
    assert grouped(count, scores) == expected


def test_the_likest_pair_has_its_way() -> None:
    """1 could go with 0 or with 2, which exclude each other: it goes with the one that it is liker."""
    assert grouped(3, {(0, 1): 1.0, (1, 2): 2.0, (0, 2): -5.0}) == [[0], [1, 2]]
    assert grouped(3, {(0, 1): 2.0, (1, 2): 1.0, (0, 2): -5.0}) == [[0, 1], [2]]


def test_of_equal_pairs_the_first_has_its_way() -> None:
    assert grouped(3, {(1, 2): 1.0, (0, 1): 1.0, (0, 2): -5.0}) == [[0, 1], [2]]


def test_a_chain_of_likenesses_holds_no_group_together() -> None:
    chain = {(i, i + 1): 2.0 for i in range(7)}
    assert max(len(g) for g in grouped(8, chain)) == 2


@given(scored())
def test_every_statement_stands_in_one_group(given_: tuple[int, Scores]) -> None:
    count, scores = given_
    made = grouped(count, scores)
    assert sorted(i for g in made for i in g) == list(range(count))
    assert made == sorted(sorted(g) for g in made)


@given(scored())
def test_no_group_holds_a_pair_below_the_floor_and_each_is_alike_on_average(given_: tuple[int, Scores]) -> None:
    count, scores = given_
    for group in grouped(count, scores):
        across = [scores.get(pair, -math.inf) for pair in itertools.combinations(group, 2)]
        assert all(odds >= FLOOR for odds in across)
        assert not across or sum(across) / len(across) >= JOINS - 1e-9


@given(scored())
def test_no_two_groups_are_left_that_a_pair_could_have_joined_on_its_own(given_: tuple[int, Scores]) -> None:
    count, scores = given_
    alone = [g[0] for g in grouped(count, scores) if len(g) == 1]
    assert all(scores.get(pair, -math.inf) < JOINS for pair in itertools.combinations(alone, 2))


@given(scored(), st.integers())
def test_the_order_in_which_the_pairs_are_handed_over_changes_nothing(given_: tuple[int, Scores], seed: int) -> None:
    count, scores = given_
    shuffled = list(scores.items())
    chance.Random(seed).shuffle(shuffled)
    assert grouped(count, dict(shuffled)) == grouped(count, scores)


@given(st.permutations(range(6)), st.lists(st.floats(-5, 5), min_size=15, max_size=15, unique=True))
def test_without_ties_the_numbering_of_the_statements_changes_nothing(order: list[int], odds: list[float]) -> None:
    scores = dict(zip(itertools.combinations(range(6), 2), odds, strict=True))
    renumbered = {(min(order[i], order[j]), max(order[i], order[j])): s for (i, j), s in scores.items()}
    back = {new: old for old, new in enumerate(order)}
    assert sorted(sorted(back[i] for i in g) for g in grouped(6, renumbered)) == grouped(6, scores)
