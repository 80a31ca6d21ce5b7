"""The tool's own words, and the report's words made safe to show."""

from __future__ import annotations

import pytest
from harbour_fire import report
from hypothesis import given
from hypothesis import strategies as st

from twosource.outputs.wording import differing, span_of, visible, window


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 0, "0"),
        (5687.75, 5687.75, "5,687.75"),
        (24, 120, "24 to 120"),
        (6701, None, "6,701 or more"),
        (None, 49, "49 or fewer"),
        (None, None, "any number"),
    ],
)
def test_ranges_in_words(low: float | None, high: float | None, words: str) -> None:
    assert span_of(low, high) == words


@pytest.mark.parametrize("kept", ["naïve", "Ὀδυσσεύς", "क्‍ष", "می‌خواهم", "👩‍🚒", "日本語", "“so”"])
def test_letters_of_every_script_are_left_alone(kept: str) -> None:
    assert visible(kept) == kept


@given(st.text(st.characters()))
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_marks_are_cut_to_the_quotation_and_joined() -> None:
    one = report("a.txt", "one two three four five")
    within = one.span(4, 18)  # two three four
    assert differing([one.span(0, 7), one.span(8, 10), one.span(10, 13), one.span(19, 23)], within) == [(0, 3), (4, 9)]
    assert differing([report("b.txt", "one two").span(4, 7)], within) == []


@given(st.text("ab ", max_size=200), st.integers(0, 199), st.integers(1, 30), st.integers(10, 80))
def test_a_window_holds_its_mark_and_is_short_enough(text: str, start: int, length: int, longest: int) -> None:
    marks = [(start, min(start + length, len(text)))] if start < len(text) else []
    a, b = window(text, marks, longest)
    assert 0 <= a <= b <= len(text)
    assert b - a <= longest or (marks and b - a <= longest + length)
    for x, y in marks:
        assert a <= x
        assert b >= min(y, x + longest)
