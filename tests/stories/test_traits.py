"""What a report is known by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import FERRY, reports

from twosource.sources import from_text
from twosource.stories.rarity import Rarity
from twosource.stories.traits import Traits, stem, traits


def of(text: str, published: str | None = "2031-04-03") -> Traits:
    return traits(from_text(text, published=published))


def test_names_are_told_by_capitals_within_a_sentence() -> None:
    found = of("Tugs came to Karsmouth. The harbour master Elna Vist said so.")
    assert sorted(found.forms[n] for n in found.names) == ["Elna", "Karsmouth", "Vist"]


def test_capitals_of_a_heading_are_no_names() -> None:
    assert not of("Two Tugs Free Stranded Ferry\nand that was all").names


def test_a_people_counts_as_its_land() -> None:
    assert set(of("The ship, which Norwegians built, lay off Norway.").places) == {"@Norway"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It sank on Monday.", {331}),
        ("It sank on Thursday.", {403}),
        ("It sank on April 2.", {402}),
        ("It sank on 2 April 2031.", {402}),
        ("It sank in April.", set()),
    ],
)
def test_days_are_those_before_publication(text: str, days: set[int]) -> None:
    assert of(text).days == days


def test_weekdays_of_a_report_without_date_mean_nothing() -> None:
    assert not of("It sank on Monday.", published=None).days


def test_a_script_without_spaces_is_read_by_pairs() -> None:
    assert set(of("渡轮搁浅").words) <= {"渡轮", "轮搁", "搁浅"}
    assert of("渡轮星期一在海域搁浅").enough


def test_words_beside_a_script_without_spaces_are_read_as_they_are_alone() -> None:
    found = of("The ferry渡轮搁浅 sank off Karsmouth, said O'Neill.")
    alone = of("The ferry sank off Karsmouth, said O'Neill.")
    assert found.words == alone.words | {"渡轮": 1, "轮搁": 1, "搁浅": 1}
    assert found.names == alone.names == {"karsmouth": 1, "o'neill": 1}


def test_a_date_that_is_none_is_passed_over() -> None:
    report = replace(reports(FERRY[0])[0], published="2031-13-45")
    assert traits(report).day is None


def test_a_rare_word_weighs_more_than_a_common_one_from_the_first_report_on() -> None:
    rarity = Rarity()
    assert rarity.of("karsmouth") > rarity.of(stem("harbour")) > rarity.of(stem("people"))


def test_the_words_of_one_great_story_stay_as_telling_as_they_were() -> None:
    rarity = Rarity()
    rarity.see([["karsmouth"]])
    before = rarity.of("karsmouth")
    for _ in range(500):
        rarity.see([["karsmouth"]])
        rarity.join(["karsmouth"])
    rarity.see([])
    assert rarity.of("karsmouth") == pytest.approx(before)
