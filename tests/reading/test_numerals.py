"""The numbers that English writes, in digits and in words."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.reading.numerals import lexemes, numerals


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("119", 119, 119),
        ("1,400", 1400, 1400),
        ("5,687.75", 5687.75, 5687.75),
        ("1.000.000", 1_000_000, 1_000_000),
        ("1,50,000", 150_000, 150_000),
        ("10\u00a0000", 10_000, 10_000),
        ("2.5 million", 2_500_000, 2_500_000),
        ("3bn", 3e9, 3e9),
        ("seven", 7, 7),
        ("forty-two", 42, 42),
        ("a hundred", 100, 100),
        ("two hundred and fifty", 250, 250),
        ("two hundred and fifty thousand", 250_000, 250_000),
        ("one million two hundred thousand", 1_200_000, 1_200_000),
        ("three thousand five hundred", 3500, 3500),
        ("a dozen", 12, 12),
        ("two dozen", 24, 24),
        ("half a million", 500_000, 500_000),
        ("one and a half million", 1_500_000, 1_500_000),
        ("2½", 2.5, 2.5),
        ("dozens", 24, 120),
        ("scores", 40, 200),
        ("hundreds", 100, 999),
        ("thousands", 1000, 9999),
        ("tens of thousands", 10_000, 99_999),
        ("hundreds of thousands", 100_000, 999_999),
        ("tens of millions", 10_000_000, 99_999_999),
        ("several hundred", 200, 999),
        ("half of them", 50, 50),
        ("three-quarters", 75, 75),
        ("a third of it", 100 / 3, 100 / 3),
        ("one in four", 25, 25),
        ("nine out of ten", 90, 90),
        ("3 in 10", 30, 30),
    ],
)
def test_a_number_is_read_whole(text: str, low: float, high: float) -> None:
    (one,) = numerals(text)
    assert (one.low, one.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text", ["the 21st", "a second chance", "the first half", "a third party", "no number here", ""]
)
def test_what_orders_or_names_is_no_number(text: str) -> None:
    assert numerals(text) == []


def test_two_numbers_side_by_side_stay_two() -> None:
    assert [n.low for n in numerals("one two")] == [1, 2]
    assert [n.low for n in numerals("killed two in three days")] == [2, 3]
    assert [n.low for n in numerals("twenty and 30")] == [20, 30]


@given(st.text(max_size=200))
def test_reading_is_total_and_moves_left_to_right(text: str) -> None:
    of, found = lexemes(text), numerals(text)
    assert all(text[x.start : x.end].lower() == x.low for x in of)
    assert all(n.low <= n.high and n.first < n.last <= len(of) for n in found)
    assert all(a.last <= b.first for a, b in pairwise(found))


@given(st.integers(0, 10**12))
def test_digits_with_and_without_separators_are_one_number(n: int) -> None:
    assert [x.low for x in numerals(f"{n:,}")] == [n] == [x.low for x in numerals(str(n))]


@pytest.mark.parametrize("piece", ["1,", "1.", "two hundred and ", "tens of ", "1,000", "½", "9" * 50 + " ", "one in "])
def test_the_cost_is_linear(piece: str) -> None:
    def seconds(n: int) -> float:
        text = piece * n
        start = time.process_time()
        numerals(text)
        return time.process_time() - start

    seconds(100)
    short, long = min(seconds(2000) for _ in range(3)), min(seconds(8000) for _ in range(3))
    assert long < 10 * max(short, 0.002), "four times the text, at most about four times the time"
