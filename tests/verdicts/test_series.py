"""Counts over time: what grew, what fell, what was taken back, and what simply does not agree."""

from __future__ import annotations

from functools import cache

import pytest

from twosource.matching.figures import FigureRef
from twosource.model import Reading, Report
from twosource.reading import read
from twosource.verdicts.series import as_of, later, series, told


@cache
def reading(name: str, published: str | None, text: str) -> Reading:
    return read(Report(f"r-{name}", f"{name}.txt", text, "", "", "text/1", published=published, language="en"))


def group(*reports: tuple[str | None, str]) -> tuple[dict[str, Reading], list[FigureRef]]:
    """The first figure of each report, as one group; each report with its time of publication."""
    readings = [reading(letter, when, text) for letter, (when, text) in zip("abcdef", reports, strict=False)]
    return {r.report.id: r for r in readings}, [FigureRef(r.report.id, 0) for r in readings]


MORNING, EVENING, NEXT = "2031-05-06T08:00:00+02:00", "2031-05-06T19:00:00+02:00", "2031-05-07T09:00:00+02:00"


@pytest.mark.parametrize(
    ("reports", "steps"),
    [
        (((MORNING, "Nine people died in the fire."), (NEXT, "Twelve people died in the fire.")), "Nine → Twelve"),
        # the clock orders two reports of one day, whatever the order in which they are given
        (((EVENING, "The fire killed 14 people."), (MORNING, "The fire killed 11 people.")), "11 → 14"),
        # the count's own time goes before that of publication
        (((NEXT, "The death toll stood at 11 on Tuesday morning."), (EVENING, "The fire killed 14 people.")), "11 → 14"),
        # a floor that is raised is growth, though the ranges overlap
        (((MORNING, "At least 20 people were hurt."), (NEXT, "At least 26 people were hurt.")), "At least 20 → At least 26"),
        (((MORNING, "The firm recalled 5,000 heaters."), (NEXT, "The recall now covers 8,000 heaters.")), "5,000 → 8,000"),
        # deaths are dated, the count is not: it holds when it is published
        (((MORNING, "Nine people were killed on Monday."), (NEXT, "Thirteen people were killed on Monday.")), "Nine → Thirteen"),
    ],
)  # fmt: skip
def test_a_count_that_grows_is_a_series(reports: tuple[tuple[str, str], ...], steps: str) -> None:
    readings, refs = group(*reports)
    found = series(readings, refs)
    assert found is not None
    assert not found.correction
    assert told(readings, found) == f"The count grew as time went on: {steps}."
    assert series(readings, refs[::-1]) == found


@pytest.mark.parametrize(
    "reports",
    [
        ((MORNING, "The fire killed nine people."), (MORNING, "The fire killed 12 people.")),  # at one time
        ((None, "The fire killed nine people."), (NEXT, "The fire killed 12 people.")),  # one time is not known
        (("2031-05-06", "The fire killed nine people."), (EVENING, "The fire killed 12 people.")),  # a day holds its evening
        ((MORNING, "The fire killed 12 people."), (NEXT, "The fire killed nine people.")),  # a fall that nobody explains
        ((MORNING, "The lorry weighed 58 tonnes."), (NEXT, "The lorry weighed 70 tonnes.")),  # no count
        ((MORNING, "The fire killed nine people."), (NEXT, "Nine people died in the fire.")),  # no change
        ((MORNING, "About 100 people were hurt."), (NEXT, "More than 95 people were hurt.")),  # one value in two words
        # twelve and nine at one time are not healed by a later report
        ((MORNING, "The fire killed 12 people."), (MORNING, "The fire killed nine people."), (NEXT, "The fire killed 15 people.")),
    ],
)  # fmt: skip
def test_what_is_no_series(reports: tuple[tuple[str | None, str], ...]) -> None:
    readings, refs = group(*reports)
    assert series(readings, refs) is None


@pytest.mark.parametrize(
    "text",
    [
        "Police corrected the toll: 22 people died.",
        "The ministry lowered the number of dead to 22.",
        "The hospital had counted twice, and 22 people died, it said.",
    ],
)
def test_a_fall_with_a_correction_is_a_correction(text: str) -> None:
    readings, refs = group((MORNING, "The crash killed 31 people."), (NEXT, text))
    found = series(readings, refs)
    assert found is not None
    assert found.correction
    assert told(readings, found) == "The count fell, and a report says that it corrects: 31 → 22."


def test_the_missing_may_become_fewer() -> None:
    readings, refs = group((MORNING, "Eight people are missing."), (NEXT, "Five people are still missing."))
    found = series(readings, refs)
    assert found is not None
    assert not found.correction
    assert told(readings, found) == "The count changed as time went on: Eight → Five."


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The toll stood at 14 on Wednesday afternoon.", "2031-05-07TAF"),
        ("By Wednesday 14 people had been arrested.", "2031-05-07"),
        ("Fourteen people were killed on Monday.", "2031-05-08T09:00:00"),  # when they died, not when they were counted
        ("The fire killed 14 people.", "2031-05-08T09:00:00"),
    ],
)
def test_the_as_of_time_is_that_of_the_count(text: str, when: str) -> None:
    readings, (ref,) = group(("2031-05-08T09:00:00", text))
    assert as_of(readings, ref) == when


def test_times_are_compared_across_zones() -> None:
    assert later("2031-05-06T12:00:00+02:00", "2031-05-06T11:00:00+00:00")
    assert not later("2031-05-06T12:00:00+02:00", "2031-05-06T09:00:00+00:00")
    assert not later(None, "2031-05-06")


def test_a_day_that_stands_for_no_date_makes_no_count_grow() -> None:
    readings, refs = group(("1970-01-01", "The fire killed 11 people."), (MORNING, "The fire killed 14 people."))
    assert as_of(readings, refs[0]) is None
    assert series(readings, refs) is None
