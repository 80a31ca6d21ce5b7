"""Numbers that take up an earlier one: "the figure", "the toll"."""

from __future__ import annotations

import pytest

from twosource.matching.figure_anaphora import takes_up
from twosource.matching.figures import figure_groups
from twosource.model import Report
from twosource.reading import read


@pytest.mark.parametrize(
    "before",
    [
        "Police put the crowd at ", "A rights group says the real number is ", "The union put its total at about ", "who gave the figure as ",
        "She said that the toll stood at ", "They estimated the turnout to be nearly ",
    ],
)  # fmt: skip
def test_it_takes_up_a_number(before: str) -> None:
    assert takes_up(before)


@pytest.mark.parametrize(
    "before",
    [
        "The number of marchers stood at ", "Police counted ", "The crowd waited at gate ", "a figure skater of ", "He lives at number ",
        "The total cost of the bridge is ", "the crowd, which at ",
    ],
)  # fmt: skip
def test_it_counts_something_of_its_own(before: str) -> None:
    assert not takes_up(before)


def groups(text: str) -> set[frozenset[str]]:
    reading = read(Report("r-a", "a.txt", text, "", "", "text/1", language="en"))
    found = figure_groups([reading], {})
    return {frozenset(reading.figures[ref.index].exact for ref in group) for group in found if len(group) > 1}


def test_it_counts_what_the_number_before_it_counts() -> None:
    assert groups(
        "In Orvik 340 people were detained, the police said. It rained. A lawyers' league put the number at 520."
    ) == {frozenset({"340", "520"})}


def test_it_reaches_back_two_sentences_and_no_further() -> None:
    far = "In Orvik 340 people were detained. It rained. The shops shut. The trams stopped. A league put the number at 520."
    assert groups(far) == set()


@pytest.mark.parametrize(
    "told",
    [
        "The crowd was told that 12 workers had been injured.", "The crowd was told that 12 had been injured.", "The total is 40 buses.",
        "The turnout was 61 percent.",
    ],
)  # fmt: skip
def test_a_number_with_a_noun_or_a_deed_of_its_own_counts_that(told: str) -> None:
    assert groups(f"About 3,000 people marched through Orvik, the police said. {told}") == set()
