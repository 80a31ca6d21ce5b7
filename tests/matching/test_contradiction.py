"""What cannot all be true: sides that lie apart, and denials that meet what they deny."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.matching.contradiction import admits, day_sides, figure_sides
from twosource.matching.figures import apart
from twosource.matching.items import items
from twosource.model import Claim, Figure
from twosource.reading import read
from twosource.reconcile import reconcile
from twosource.sources import from_text

# --- sides -------------------------------------------------------------------------------------------------------------------


def figure(low: float | None, high: float | None) -> Figure:
    return Figure("r1", 0, 1, "a number", low=low, high=high, unit="people")


@pytest.mark.parametrize(
    ("ranges", "sides"),
    [
        ([], []),
        ([(14, 14)], [[0]]),
        ([(14, 14), (14, 14)], [[0, 1]]),
        ([(14, 14), (31, 31)], [[0], [1]]),
        ([(31, 31), (14, 14), (31, 31)], [[1], [0, 2]]),
        ([(12, 12), (24, 120)], [[0], [1]]),
        ([(80, 80), (81, None)], [[0, 1]]),
        ([(14, 14), (None, 20)], [[0, 1]]),
        ([(14, 14), (31, 31), (1, 100)], [[0], [1]]),  # "between 1 and 100" agrees with both: it settles nothing
        ([(14, 14), (31, 31), (52, 52)], [[0], [1], [2]]),
    ],
)
def test_figures_stand_on_sides(ranges: list[tuple[float | None, float | None]], sides: list[list[int]]) -> None:
    assert figure_sides([figure(low, high) for low, high in ranges]) == sides


def day(first: int, last: int | None = None) -> tuple[date, date]:
    return date(2031, 3, first), date(2031, 3, last or first)


@pytest.mark.parametrize(
    ("days", "sides"),
    [
        ([day(10), day(10)], [[0, 1]]),
        ([day(10), day(12)], [[0], [1]]),
        ([day(1, 31), day(12)], [[1, 0]]),  # in March, and on the 12th
        ([day(10), day(12), day(9, 13)], [[0], [1]]),  # in that week
    ],
)
def test_days_stand_on_sides(days: list[tuple[date, date]], sides: list[list[int]]) -> None:
    assert day_sides(days) == sides


RANGES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda n: figure(float(min(n)), float(max(n)))), max_size=7
)


@given(RANGES)
def test_no_figure_is_on_two_sides_and_whoever_is_on_one_agrees_with_all_of_it(figures: list[Figure]) -> None:
    sides = figure_sides(figures)
    members = [i for side in sides for i in side]
    assert len(members) == len(set(members))
    assert all(not apart(figures[i], figures[j]) for side in sides for i in side for j in side)


@given(RANGES)
def test_every_figure_of_a_side_lies_apart_from_every_figure_of_another(figures: list[Figure]) -> None:
    sides = figure_sides(figures)
    assert all(apart(figures[i], figures[j]) for s in sides for t in sides if s is not t for i in s for j in t)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5)), max_size=7))
def test_days_of_two_sides_are_never_the_same(spread: list[tuple[int, int]]) -> None:
    days = [(d := date(2031, 1, 1) + timedelta(days=n), d + timedelta(days=more)) for n, more in spread]
    sides = day_sides(days)
    shared = [
        (i, j) for s in sides for t in sides if s is not t for i in s for j in t
        if days[i][0] <= days[j][1] and days[j][0] <= days[i][1]
    ]  # fmt: skip
    assert shared == []


# --- who owns up to it -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "owns_up"),
    [
        ("The minister apologised for the leak.", True),
        ("The minister admitted the leak.", True),
        ("The minister took responsibility for the leak.", True),
        ("The minister bears the blame for the leak.", True),
        ("The minister did not apologise for the leak.", False),
        ("The minister took a boat to the leak.", False),
        ("The minister inspected the leak.", False),
    ],
)
def test_an_admission_is_told_by_its_verb(sentence: str, owns_up: bool) -> None:
    made = items([read(from_text(sentence, language="en"))], {}, [], {})
    assert [admits(item) for item in made.items] == [owns_up]


# --- denials -----------------------------------------------------------------------------------------------------------------

CHOIR = "A choir from Brenhold sang in the chapel until nightfall, and bread was handed out to whoever came."
SHEEP = "Heavy rain is forecast for the hills, where shepherds brought their flocks down early this autumn."


def denied(first: str, second: str) -> list[tuple[Claim, list[str]]]:
    """The conflicts in which one denies what another asserts, each with the words of its sides, sorted."""
    texts = {"a.txt": f"{first}\n\n{CHOIR}", "b.txt": f"{second}\n\n{SHEEP}"}
    told = reconcile([read(from_text(t, file=f, published="2031-03-14", language="en")) for f, t in texts.items()])
    return [
        (c, sorted(e.exact for side in c.difference.sides for e in c.evidence if e.id in side))
        for c in told.claims
        if c.difference is not None and c.difference.kind == "polarity"
    ]


@pytest.mark.parametrize(
    ("first", "second", "sides"),
    [
        pytest.param(
            "The company denied that the ferry Albatros was carrying weapons.",
            "The ferry Albatros was carrying weapons, the coast guard said.",
            ["The ferry Albatros was carrying weapons", "denied that the ferry Albatros was carrying weapons"],
            id="denied by one voice, said by another",
        ),
        pytest.param(
            "Guards fired at the protesters in Tarnholm, witnesses said.",
            "No guards fired at the protesters in Tarnholm, the interior ministry said.",
            ["Guards fired at the protesters in Tarnholm", "No guards fired at the protesters in Tarnholm"],
            id="nobody did it, somebody did it",
        ),
        pytest.param(
            "The harbour minister, Arvid Solberg, apologised for the leak of oil into the bay.",
            "The harbour minister denied that oil had leaked into the bay.",
            ["The harbour minister, Arvid Solberg, apologised for the leak of oil into the bay", "denied that oil had leaked into the bay"],
            id="the same speaker, by his role, denies what he apologised for",
        ),
    ],
)  # fmt: skip
def test_a_denial_meets_what_it_denies(first: str, second: str, sides: Sequence[str]) -> None:
    ((claim, words),) = denied(first, second)
    assert (claim.verdict, claim.lineages, words) == ("conflicting", 2, list(sides))
    assert claim.reasons == ("One side says what the other denies.", "Two newsrooms give two sides.")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            "The mayor, Petra Lund, apologised for the leak of oil into the bay.",
            "The harbour minister, Arvid Solberg, denied that oil had leaked into the bay.",
            id="another apologised",
        ),
        pytest.param(
            "The company denied that the ferry Albatros was carrying weapons.",
            "The owners denied that the ferry Albatros was carrying weapons.",
            id="both deny it",
        ),
        pytest.param(
            "The company denied that the ferry Albatros was carrying weapons.",
            "The ferry Albatros was carrying bananas for the market, the coast guard said.",
            id="something else was carried",
            marks=pytest.mark.xfail(
                strict=True, reason="the same verb and subject are taken for the same act, whatever the object"
            ),
        ),
        pytest.param(
            "No guards fired at the protesters in Tarnholm, the interior ministry said.",
            "Guards may fire at the protesters in Tarnholm, witnesses said.",
            id="it may still come",
        ),
    ],
)
def test_what_does_not_exclude_each_other_is_no_contradiction(first: str, second: str) -> None:
    assert denied(first, second) == []
