"""Which reports come to stand in one story, and which do not."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import BUDGET, FERRY, OTHER_FERRY, reports

from twosource.sources import from_text
from twosource.stories import Grouping, Story, because, group, lots
from twosource.stories.grouping import TOO_SHORT


def sizes(stories: tuple[Story, ...]) -> list[int]:
    return sorted(len(s.reports) for s in stories)


def test_reports_of_one_event_are_one_story_and_look_alikes_are_another() -> None:
    told = reports(*FERRY, *OTHER_FERRY, BUDGET)
    stories = group(told)
    assert {frozenset(s.reports) for s in stories} == {
        frozenset(r.id for r in told[:3]), frozenset(r.id for r in told[3:5]), frozenset({told[5].id})
    }  # fmt: skip


def test_every_report_stands_in_one_story() -> None:
    told = reports(*FERRY, *OTHER_FERRY, BUDGET, BUDGET, "Storm")
    assert sorted(r for s in group(told) for r in s.reports) == sorted(r.id for r in told)


def test_the_order_in_which_reports_are_given_does_not_matter() -> None:
    told = reports(*FERRY, *OTHER_FERRY, BUDGET)
    for seed in range(5):
        assert group(random.Random(seed).sample(told, len(told))) == group(told)


def test_one_by_one_the_same_order_gives_the_same_stories() -> None:
    def one_by_one() -> tuple[Story, ...]:
        grouping = Grouping()
        for report in reports(*FERRY, *OTHER_FERRY, BUDGET):
            grouping.add([report])
        return grouping.stories()

    assert one_by_one() == one_by_one()
    assert sizes(one_by_one()) == [1, 2, 3]


def test_a_report_taken_in_twice_counts_once() -> None:
    told = reports(*FERRY)
    grouping = Grouping()
    grouping.add(told)
    before = grouping.stories()
    grouping.add(told)
    assert grouping.stories() == before


def test_why_a_report_joined_is_told_in_the_words_of_the_reports() -> None:
    (story,) = group(reports(*FERRY[:2]))
    (step,) = story.joined
    assert "Karsmouth" in step.names
    assert step.numbers == ("214",)
    assert because(step).startswith("both name ")
    assert "both give 214" in because(step)
    for name in step.names:
        assert all(name in text for text in FERRY[:2])


def test_the_title_is_words_of_a_report() -> None:
    (story,) = group(reports(*FERRY))
    assert any(text.startswith(story.title) for text in FERRY)


def test_the_id_of_a_story_stays_as_it_grows() -> None:
    told = reports(*FERRY)
    grouping = Grouping()
    grouping.add(told[:1])
    (before,) = grouping.stories()
    grouping.add(told[1:])
    (after,) = grouping.stories()
    assert before.id == after.id
    assert len(after.reports) == 3


def test_a_copy_with_another_headline_is_set_aside_as_one() -> None:
    body = " ".join(FERRY).replace("\n", ". ")
    first, second = reports(f"{body}", f"Ferry news. {body}")
    (story,) = group([first, second])
    assert [step.how for step in story.joined] == ["copy"]


def test_a_template_filled_in_anew_is_no_copy() -> None:
    line = (
        "An earthquake of magnitude {} was recorded at a depth of ten kilometres near the town of {}, the seismological service "
        "said in its automatic bulletin. There were no reports of damage, and no warning of high waves was given for the coast. "
        "The service asks those who felt the tremor to report what they saw on its page, where all quakes of the week are listed."
    )
    first, second = reports(line.format("4.1", "Dunleigh"), line.format("5.3", "Karsmouth"))
    assert all(step.how != "copy" for story in group([first, second]) for step in story.joined)


def test_the_same_event_a_month_later_is_another_story() -> None:
    first, second = reports(*FERRY[:2])
    assert len(group([first, second])) == 1
    assert len(group([first, replace(second, published="2031-05-04")])) == 2


@pytest.mark.parametrize("strange", ["1970-01-01", "1970-01-01T00:00:00+00:00", None])
def test_the_first_day_of_computers_is_no_date(strange: str | None) -> None:
    first, second = reports(*FERRY[:2])
    assert len(group([first, replace(second, published=strange)])) == 1


def test_a_report_from_tomorrow_or_the_next_century_leaves_the_others_as_they_are() -> None:
    told = reports(*FERRY, *OTHER_FERRY)
    for when in ("2031-04-02", "2131-04-01", "1971-01-01"):
        (stray,) = reports(BUDGET, published=when, prefix="stray-")
        assert sizes(group([*told, stray])) == [1, 2, 3]


def test_reports_without_dates_are_grouped_by_what_they_say() -> None:
    assert sizes(group(reports(*FERRY, *OTHER_FERRY, BUDGET, published=None))) == [1, 2, 3]


def test_a_report_of_one_word_stays_alone_and_says_so() -> None:
    told = [from_text(w, file=f"{n}.txt") for n, w in enumerate(("Storm", "Storm warning", "Storm"))]
    stories = group(told)
    assert sizes(stories) == [1, 2], "two are the same to the letter"
    assert [s.note for s in stories if len(s.reports) == 1] == [TOO_SHORT]


def test_a_story_is_parted_when_later_reports_show_it_to_be_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a join that takes everything for one event until the second lot."""
    from twosource.stories import grouping as module

    grouping = Grouping()
    told = reports(*FERRY[:2], *OTHER_FERRY[:1])
    honest = module.odds
    monkeypatch.setattr(module, "odds", lambda a, b: 1.0)
    grouping.add(told)
    assert sizes(grouping.stories()) == [3]
    monkeypatch.setattr(module, "odds", honest)
    grouping.add(reports(OTHER_FERRY[1], prefix="late-"))
    grouping.add(reports(FERRY[2], prefix="later-"))
    stories = grouping.stories()
    assert sizes(stories) == [2, 3]
    assert any(step.how == "parted" for story in stories for step in story.joined)
    assert sorted(r for s in stories for r in s.reports) == sorted({r for s in stories for r in s.reports})


def test_stories_that_nobody_joins_are_closed_and_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from twosource.stories import grouping as module

    monkeypatch.setattr(module, "OPEN_STORIES", 2)
    grouping = Grouping()
    for report in reports(
        *FERRY, *OTHER_FERRY, BUDGET, "A mill in Ostwick burned down on Friday, and Piet Lorn was held."
    ):
        grouping.add([report])
    assert len(grouping._open) == 2
    assert sum(len(s.reports) for s in grouping.stories()) == 7


def test_lots_are_the_days_in_order_and_those_without_a_date_come_last() -> None:
    late, early, undated = (
        reports(text, published=day, prefix=f"{day}")[0]
        for text, day in zip(FERRY, ("2031-04-02T08:00:00", "2031-04-01", None), strict=True)
    )
    assert list(lots([undated, late, early])) == [[early], [late], [undated]]


WORDS = st.sampled_from("Karsmouth Dunleigh ferry sank Monday 14 200 the . harbour\n Vist 船 沈没 паром".split(" "))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=30).map(" ".join).filter(str.strip), max_size=8))
def test_whatever_is_said_each_report_stands_in_one_story(texts: list[str]) -> None:
    told = reports(*texts)
    stories = group(told)
    assert sorted(r for s in stories for r in s.reports) == sorted(r.id for r in told)
    assert stories == group(told[::-1])
