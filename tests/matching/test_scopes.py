"""Which happening a sentence tells of: the story's own, or one that the report looks back on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.matching.scopes import Scope, apart, scopes
from twosource.reading import read
from twosource.sources import from_text


def told_of(text: str, published: str | None = "2031-03-14") -> list[str | None]:
    """Of each sentence the past that it tells of, as two days."""
    reading = read(from_text(text, published=published, language="en"))
    return [f"{s[0]}/{s[1]}" if s is not None else None for s in scopes(reading)]


JUNE = "2029-06-01/2029-06-30"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The ferry sank on Wednesday.", [None], id="this week"),
        pytest.param("The ferry sank.", [None], id="no day at all"),
        pytest.param("The ferry sank on 20 February 2031.", [None], id="within a month"),
        pytest.param("The ferry will sail on 20 May 2031.", [None], id="still to come"),
        pytest.param("A ferry sank in June 2029.", [JUNE], id="long ago"),
        pytest.param(
            "A ferry sank in June 2029. It carried 40 people. The mayor came.", [JUNE, JUNE, None], id="and what goes on about it"
        ),
        pytest.param("A ferry sank in June 2029.\n\nIt sails again.", [JUNE, None], id="a new paragraph goes on about nothing"),
        pytest.param("The ferry sank. It carried 40 people.", [None, None], id="going on about this story"),
        pytest.param("A ferry sank in June 2029. It sank again on Wednesday.", [JUNE, None], id="its own day counts more"),
        pytest.param("The ferry, which was built in June 2029, sank on Wednesday.", [None], id="then and now in one sentence"),
        pytest.param("The ferry has sailed since June 2029.", [None], id="what is still going on"),
        pytest.param(
            "Ferries sank in June 2029 and in May 2030.", ["2029-06-01/2030-05-31"], id="two of the past"
        ),
    ],
)  # fmt: skip
def test_what_a_sentence_tells_of(text: str, expected: list[str | None]) -> None:
    assert told_of(text) == expected


def test_without_a_date_of_publication_the_latest_day_named_is_the_storys() -> None:
    assert told_of("The ferry sank on 12 March 2031. A ferry sank in June 2029.", None) == [None, JUNE]


def test_without_any_day_everything_is_the_storys() -> None:
    assert told_of("The ferry sank. A ferry sank last year.", None) == [None, None]


DAY = st.dates(date(2000, 1, 1), date(2031, 1, 1))
SCOPE: st.SearchStrategy[Scope] = st.none() | st.builds(
    lambda day, more: (day, day + timedelta(days=more)), DAY, st.integers(0, 400)
)


@given(SCOPE, SCOPE)
def test_two_happenings_are_apart_both_ways_and_none_is_apart_from_itself(a: Scope, b: Scope) -> None:
    assert apart(a, b) == apart(b, a)
    assert not apart(a, a)


@given(SCOPE.filter(bool))
def test_now_is_apart_from_every_past(past: Scope) -> None:
    assert apart(None, past)


@given(DAY, st.integers(0, 60), st.integers(0, 60))
def test_two_pasts_are_apart_where_they_share_no_day(day: date, first: int, second: int) -> None:
    month = (day, day + timedelta(days=first))
    assert not apart(month, (month[1], month[1] + timedelta(days=second)))
    assert apart(month, (month[1] + timedelta(days=1), month[1] + timedelta(days=1 + second)))
