"""Reports that come one by one end in the stories that they would be had each day's come at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import BUDGET, FERRY, OTHER_FERRY, reports

from twosource.model import Report, content_id
from twosource.stories import Arriving, Grouping, Story, group
from twosource.stories import arriving as module

MONDAY = [
    *reports(*FERRY[:2], BUDGET, OTHER_FERRY[0], published="2031-04-01", prefix="m"),
    *reports(FERRY[0], published="2031-04-01", prefix="copy"),
]
TUESDAY = reports(FERRY[2], OTHER_FERRY[1], published="2031-04-02", prefix="t")


def members(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(s.reports) for s in stories}


@settings(max_examples=25, deadline=None)
@given(monday=st.permutations(MONDAY), tuesday=st.permutations(TUESDAY), asked=st.sets(st.integers(0, 6)))
def test_neither_the_order_within_a_day_nor_who_asks_meanwhile_moves_a_report(
    monday: list[Report], tuesday: list[Report], asked: set[int]
) -> None:
    arriving = Arriving()
    for n, report in enumerate((*monday, *tuesday)):
        arriving.add([report])
        if n in asked:
            assert sum(len(s.reports) for s in arriving.stories()) == n + 1
    assert members(arriving.stories()) == members(group([*MONDAY, *TUESDAY]))


@pytest.mark.parametrize("lot", [1, 3, 512])
def test_a_story_is_called_by_the_report_that_came_first(lot: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOT", lot)
    monkeypatch.setattr(module, "DAY", lot)
    for given_first in MONDAY[:2]:
        arriving = Arriving()
        came = [given_first, *(r for r in MONDAY if r is not given_first)]
        for report in came:
            arriving.add([report, report])
            (story,) = [s for s in arriving.stories() if given_first.id in s.reports]
            assert story.id == content_id("e", given_first.id)
            assert story.reports[0] == given_first.id
        assert arriving.stories()[0].reports[0] == given_first.id


def test_a_report_from_the_far_future_does_not_close_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOT", 2)
    monkeypatch.setattr(module, "SHARE", 2)
    (ahead,) = reports("A notice without news came from the mill of Ostra.", published="2099-01-01", prefix="f")
    found = []
    for came in (MONDAY, MONDAY[::-1]):
        arriving = Arriving()
        arriving.add([*came[:3], ahead])
        for report in came[3:]:
            arriving.add([report])
        found.append(members(arriving.stories()))
    assert found[0] == found[1] == members(group([*MONDAY, ahead]))


def test_a_branch_goes_on_by_itself() -> None:
    settled = Grouping()
    settled.add(MONDAY)
    before = settled.stories()
    branch = settled.branch()
    branch.add(TUESDAY)
    assert settled.stories() == before
    settled.add(TUESDAY)
    assert branch.stories() == settled.stories() != before
