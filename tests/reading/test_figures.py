"""What a report counts, and what it only numbers: every qualifier of the spec's table, and all that is no figure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.model import Figure, Report, Time
from twosource.reading.figures import figures
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline


def read(text: str, *times: Time) -> tuple[Figure, ...]:
    return figures(parse(Report("r1", "a.txt", text, "", "", "text/1"), pipeline()), times)


def ranges(text: str) -> list[tuple[str, float | None, float | None, str]]:
    return [(f.exact, f.low, f.high, f.unit) for f in read(text)]


@pytest.mark.parametrize(
    ("text", "exact", "low", "high", "unit"),
    [
        # the table of the spec, row by row
        ("Police held 119 marchers.", "119", 119, 119, "people"),
        ("About 1,000 prisoners were freed.", "About 1,000", 900, 1100, "people"),
        ("Some 2 million people fled.", "Some 2 million", 1_800_000, 2_200_000, "people"),
        ("An estimated 300 homes burned.", "An estimated 300", 270, 330, "home"),
        ("Nearly 7,000 people were held.", "Nearly 7,000", 6300, 6999, "people"),
        ("More than 6,700 people were held.", "More than 6,700", 6701, None, "people"),
        ("At least 14 miners died.", "At least 14", 14, None, "people"),
        ("No fewer than 30 boats sank.", "No fewer than 30", 30, None, "boat"),
        ("Up to 500 workers may go.", "Up to 500", 0, 500, "people"),
        ("As many as 80 people were hurt.", "As many as 80", 0, 80, "people"),
        ("Fewer than a dozen voters came.", "Fewer than a dozen", 0, 11, "people"),
        ("Between 20 and 30 boats sank.", "Between 20 and 30", 20, 30, "boat"),
        ("He faces 10 to 15 years in prison.", "10 to 15 years", 10, 15, "year"),
        ("Two or three shops opened.", "Two or three", 2, 3, "shop"),
        ("Dozens of pupils fell ill.", "Dozens", 24, 120, "people"),
        ("Tens of thousands of people marched.", "Tens of thousands", 10_000, 99_999, "people"),
        ("It took 100 or more soldiers.", "100 or more", 100, None, "people"),
        # money, shares, measures
        ("The bill came to $5,687.75 in the end.", "$5,687.75", 5687.75, 5687.75, "USD"),
        ("It cost around 54 million dollars.", "around 54 million dollars", 48_600_000, 59_400_000, "USD"),
        ("The state paid €3 bn for it.", "€3 bn", 3e9, 3e9, "EUR"),
        ("It will cost $40-50 million.", "$40-50 million", 4e7, 5e7, "USD"),
        ("They spent tens of thousands of dollars.", "tens of thousands of dollars", 10_000, 99_999, "USD"),
        ("She won 60-70% of the vote.", "60-70%", 60, 70, "percent"),
        ("It hit 40 percent to 70 percent of the roofs.", "40 percent to 70 percent", 40, 70, "percent"),
        ("He took more than 80 percent of the vote.", "more than 80 percent", 80.01, 100, "percent"),
        ("Half of the village lost power.", "Half", 50, 50, "percent"),
        ("Two-thirds of voters agreed.", "Two-thirds", 200 / 3, 200 / 3, "percent"),
        ("One in four women agreed.", "One in four", 25, 25, "percent"),
        ("The coast lies 60km away.", "60km", 60, 60, "kilometre"),
        ("They sailed 150 nautical miles.", "150 nautical miles", 150, 150, "nautical mile"),
        ("A 10-metre wall fell.", "10-metre", 10, 10, "metre"),
        ("The 1,500-square-kilometre island shook.", "1,500-square-kilometre", 1500, 1500, "square kilometre"),
        ("A magnitude-6.1 quake struck.", "magnitude-6.1", 6.1, 6.1, "magnitude"),
        ("A 5.9-magnitude quake struck.", "5.9-magnitude", 5.9, 5.9, "magnitude"),
        ("The quake had a magnitude of 5.9 at sea.", "5.9", 5.9, 5.9, "magnitude"),
        ("The quake measured 6.4 on the Richter scale.", "6.4", 6.4, 6.4, "magnitude"),
        ("They waited a quarter of an hour.", "a quarter of an hour", 15, 15, "minute"),
        ("Help came after almost a day.", "almost a day", 0.9, 0.99, "day"),
        ("In five days of protest the port closed.", "five days", 5, 5, "day"),
        ("It ended his 26-year reign.", "26-year", 26, 26, "year"),
        ("The 27-nation bloc met.", "27-nation", 27, 27, "nation"),
        # ages
        ("Ada Brook, 41, was elected.", "41", 41, 41, "year"),
        ("Ada Brook (41) was elected.", "41", 41, 41, "year"),
        ("The 37-year-old teacher left.", "37-year-old", 37, 37, "year"),
        ("She won her seat at the age of 30.", "30", 30, 30, "year"),
        ("Ada Brook, now 41, was elected.", "41", 41, 41, "year"),
        ("The skipper, 52, was rescued.", "52", 52, 52, "year"),
        ("Ada Brook, who is 41, was elected.", "41", 41, 41, "year"),
        ("Ada Brook was 41.", "41", 41, 41, "year"),
        ("A farmer of 58 was named.", "58", 58, 58, "year"),
        ("A family of 5 was found.", "5", 5, 5, "people"),
        ("The team was 12.", "12", 12, 12, "people"),
        # people without a noun
        ("The storm killed 12 and left the town dark.", "12", 12, 12, "people"),
        ("The death toll rose to 40 on the coast.", "40", 40, 40, "people"),
        ("The two were freed at dawn.", "two", 2, 2, "people"),
        ("One person was killed.", "One", 1, 1, "people"),
        ("No one was hurt.", "No one", 0, 0, "people"),
    ],
)
def test_a_quantity_is_a_range(text: str, exact: str, low: float, high: float | None, unit: str) -> None:
    (found,) = [f for f in read(text) if f.exact == exact]
    assert found.low == pytest.approx(low)
    assert found.high == (None if high is None else pytest.approx(high))
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "They met on August 9, 2021.",
        "They met on 3 May in the square.",
        "The war began in 1914 and the law dates from 2019.",
        "The doors open at 7:30 p.m. and close at 11 p.m. sharp.",
        "It happened at 12:30 GMT.",
        "Flight 93 took off late.",
        "Article 5 of the treaty applies.",
        "Route 66 is closed.",
        "He fired an AK-47 from the roof.",
        "COVID-19 kept them at home.",
        "The G20 will meet again.",
        "The home side won 3-1 in the rain.",
        "The court ruled 5-4 for her.",
        "Call 555-123-4567 for news.",
        "It was the 21st meeting, and the third this year.",
        "One of the men ran away.",
        "This one is new.",
        "She scores well in her test scores.",
        "He grew up in the 1990s.",
        "They shop 24/7.",
        "He lives at 10 Elm Street.",
        "See version 3.2.1 for more.",
        "They left two weeks ago.",
        "It was a one-sided talk.",
        "1. Open the box",
    ],
)
def test_what_only_numbers_is_no_figure(text: str) -> None:
    assert ranges(text) == []


def test_a_date_of_the_times_is_no_figure_and_a_duration_may_be() -> None:
    text = "They rested for three days."
    span = {"start": 16, "end": 26, "of": text}
    assert read(text, Time("r1", **span, kind="DATE", value="2021-01-03")) == ()  # type: ignore[arg-type]
    (kept,) = read(text, Time("r1", **span, kind="DURATION", value="P3D"))  # type: ignore[arg-type]
    assert (kept.exact, kept.unit) == ("three days", "day")


def test_a_change_and_a_level_are_two_figures_and_a_range_is_one() -> None:
    assert [(x[1], x[2]) for x in ranges("The toll rose by 12 to 40.")] == [(12, 12), (40, 40)]
    assert [(x[1], x[2]) for x in ranges("Turnout rose from 40 percent to 45 percent.")] == [(40, 40), (45, 45)]
    assert [(x[1], x[2]) for x in ranges("It hit 40 to 45 percent of homes.")] == [(40, 45)]


def test_about_leads_to_a_topic_behind_a_word_of_speech() -> None:
    assert ranges("There were complaints about nine polling stations.") == [("nine", 9, 9, "station")]


def test_a_title_in_capitals_throughout_hides_no_figure() -> None:
    assert [x[:3] for x in ranges("Storm Kills 20, Hurts 3 in Northern Vale")] == [("20", 20, 20), ("3", 3, 3)]


def test_what_is_counted_and_what_happens_to_it() -> None:
    held, hurt = read("More than 300 people detained in Orvik were freed. The storm wounded 12.")
    assert held.counted == ("people", "detain")
    assert "free" in held.event
    assert hurt.counted == ("person",)
    assert "wound" in hurt.event
    (share,) = read("She won 10 percent of the vote.")
    assert share.counted[0] == "vote"
    assert "win" in share.event
    assert share.label


NEWS = st.lists(
    st.sampled_from(
        """about more than up to nearly between and or 20 30 1,000 5.9 two dozen dozens of million $ € % percent people killed km - – , . ( ) one half
        magnitude a an year -old May 2020 no hurt in at Flight \n""".split(" ")
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(NEWS | st.text(max_size=80))
def test_every_figure_is_a_place_and_a_range(text: str) -> None:
    found = read(text)
    assert all(text[f.start : f.end] == f.exact for f in found)
    assert all(f.low is None or f.high is None or f.low <= f.high for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == read(text)
