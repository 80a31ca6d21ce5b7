"""Which range each policy makes of a group of figures. It never touches the mentions or the verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.model import FigureGroup, FigureMention, Lineage, Reconciliation, Report, Verdict, Voice
from twosource.verdicts.policies import POLICIES, Policy, settle, settled

NAMED = (Voice("Mayor Ada Brook", "a1", "named", None),)
OFFICIALS = (Voice("officials", None, "unnamed", None),)


def mention(
    report: str, low: float | None, high: float | None, as_of: str | None = None, voice: tuple[Voice, ...] = ()
) -> FigureMention:
    return FigureMention(report, 0, 5, "so many were hurt", low=low, high=high, as_of=as_of, voice=voice)


def group(*mentions: FigureMention, verdict: Verdict = "conflicting") -> FigureGroup:
    return FigureGroup("f1", "people, hurt", "people", verdict, mentions)


THREE = group(
    mention("a", 14, 14, "2031-05-06", OFFICIALS),
    mention("b", 14, 14, "2031-05-06"),
    mention("c", 19, 19, "2031-05-07", NAMED),
)


@pytest.mark.parametrize(
    ("policy", "low", "high"),
    [
        ("range", 14, 19),
        ("most-conservative", 14, 14),
        ("majority", 14, 14),
        ("latest", 19, 19),
        ("named-sources-first", 19, 19),
    ],
)
def test_each_policy_takes_what_its_name_says(policy: Policy, low: float, high: float) -> None:
    assert settle(THREE, policy)[:2] == (low, high)


def test_copies_have_no_vote_of_their_own() -> None:
    low, high, why = settle(THREE, "majority", {"a": "l1", "b": "l1", "c": "l2"})
    assert (low, high) == (14, 19)
    assert why == "No value has most newsrooms behind it: from the lowest to the highest given."


def test_a_floor_leaves_the_range_open_only_above_every_closed_value() -> None:
    assert settle(group(mention("a", 14, None), mention("b", 16, 16)))[:2] == (14, 16)
    assert settle(group(mention("a", 20, None), mention("b", 16, 16)))[:2] == (16, None)
    assert settle(group(mention("a", 0, 50), mention("b", 16, 16)))[:2] == (0, 50)


@pytest.mark.parametrize("policy", POLICIES)
def test_superseded_values_of_a_count_that_grew_are_left_aside(policy: Policy) -> None:
    grown = group(
        mention("a", 9, None, "2031-05-06", NAMED),
        mention("b", 12, 12, "2031-05-07", NAMED),
        mention("c", 17, 17, "2031-05-08"),
        verdict="updated",
    )
    low, high, why = settle(grown, policy)
    assert (low, high) == (17, 17)
    assert why.endswith("Superseded values left aside: 2.")
    assert settle(replace(grown, verdict="conflicting"), "range")[:2] == (9, 17)


def test_without_a_named_source_or_a_time_nothing_is_preferred() -> None:
    unnamed = group(mention("a", 3, 3), mention("b", 5, 5, voice=OFFICIALS))
    assert settle(unnamed, "named-sources-first")[:2] == (3, 5)
    assert settle(unnamed, "latest")[:2] == (3, 5)


def test_a_reconciliation_keeps_all_that_the_reports_give() -> None:
    reports = tuple(Report(x, f"{x}.txt", "so many were hurt", "", "", "text/1") for x in "abc")
    told = Reconciliation(
        reports, lineages=(Lineage("l1", "a", ("a", "b")), Lineage("l2", "c", ("c",))), figures=(THREE,)
    )
    (after,) = settled(told, "latest").figures
    assert after.settled is not None
    assert (after.settled.low, after.settled.high, after.settled.policy) == (19, 19, "latest")
    assert replace(after, settled=None) == THREE


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 50)), min_size=1, max_size=6), st.sampled_from(POLICIES))
def test_every_policy_stays_within_what_is_given(ranges: list[tuple[int, int]], policy: Policy) -> None:
    low, high, _ = settle(group(*(mention(str(i), a, a + b) for i, (a, b) in enumerate(ranges))), policy)
    assert low is not None
    assert high is not None
    assert min(a for a, _ in ranges) <= low <= high <= max(a + b for a, b in ranges)
