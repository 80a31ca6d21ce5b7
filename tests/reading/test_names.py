"""The names of one report: where they stand, of what kind, and who they mean."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.model import Actor, Report
from twosource.reading.gazetteer import gazetteer, given_names
from twosource.reading.names import actors
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline


def read(text: str) -> tuple[Actor, ...]:
    return actors(parse(Report("r", "a.txt", text, "", "", "text/1"), pipeline()))


def spelt(text: str) -> dict[str, tuple[str, list[str]]]:
    return {a.name: (a.kind, [m.exact for m in a.mentions]) for a in read(text)}


@pytest.mark.parametrize(
    ("text", "name", "kind", "mentions"),
    [
        ("Interior Minister Petra Dolnik spoke on Monday. Dolnik gave no reason.", "Petra Dolnik", "person", ["Petra Dolnik", "Dolnik"]),
        ("The court freed Tomas Verholt. Verholt's lawyer wept.", "Tomas Verholt", "person", ["Tomas Verholt", "Verholt"]),
        ("Ursel von der Brake resigned on Friday. Later von der Brake left.", "Ursel von der Brake", "person", None),
        ("A fire broke out in the city of Zelmar. Zelmar has no harbour.", "Zelmar", "place", ["Zelmar", "Zelmar"]),
        ("The quake struck Tarvo island. Most of Tarvo is rock.", "Tarvo island", "place", ["Tarvo island", "Tarvo"]),
        ("The Oceanic Weather Survey (OWS) warned of rain. The OWS was right.", "Oceanic Weather Survey", "organisation",
         ["Oceanic Weather Survey", "OWS", "OWS"]),
        ("The Norwegian government fell on Monday.", "Norwegian government", "organisation", ["Norwegian government"]),
        ("Norway's navy sent a ship to Oslo.", "Norway's navy", "organisation", ["Norway's navy"]),
        ("The frigate HMS Thistledown sailed. Thistledown was last seen off Malta.", "HMS Thistledown", "other", ["HMS Thistledown", "Thistledown"]),
        ("Hundreds of Norwegians marched in Oslo.", "Norwegians", "group", ["Norwegians"]),
    ],
)  # fmt: skip
def test_a_name_is_found_and_carried_through(text: str, name: str, kind: str, mentions: list[str] | None) -> None:
    found = spelt(text)
    assert name in found, found
    assert found[name][0] == kind
    assert mentions is None or found[name][1] == mentions


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Norwegian troops crossed the river on Tuesday.", {"Norwegian", "Tuesday"}),
        ("On Monday the Prime Minister spoke.", {"Prime Minister", "Monday"}),
        ("Meanwhile, officials met in March.", {"Meanwhile", "March"}),
        ("Ambulances arrived. Many people wept.", {"Ambulances", "Many"}),
        ("Western officials and Islamic scholars disagreed.", {"Western", "Islamic"}),
    ],
)
def test_capitals_alone_make_no_name(text: str, never: set[str]) -> None:
    assert not never & {m.exact for a in read(text) for m in a.mentions}


def test_titles_are_roles_and_no_part_of_the_name() -> None:
    found = {
        a.name: [r.exact for r in a.roles]
        for a in read("Deputy Foreign Minister Anna Brandal met Ole Ness, the mayor of Bergen, on Monday.")
    }
    assert found["Anna Brandal"] == ["Deputy Foreign Minister"]
    assert found["Ole Ness"] == ["the mayor of Bergen"]


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Mrs. Kestrel Lind was fined.", "Kestrel Lind", "female"),
        ("The spokesman Kestrel Lind was fined.", "Kestrel Lind", "male"),
        ("He came with his wife, Kestrel Lind, on Monday.", "Kestrel Lind", "female"),
        ("Reporters met Kestrel Lind on Monday.", "Kestrel Lind", None),
    ],
)
def test_gender_is_told_by_words(text: str, name: str, gender: str | None) -> None:
    assert {a.name: a.gender for a in read(text)}[name] == gender


def test_two_people_of_one_surname_stay_two() -> None:
    found = spelt(
        "Senator Olaf Brandal was charged with his wife, Ingrid Brandal. Brandal denied it. Olaf Brandal will appeal."
    )
    assert found["Olaf Brandal"] == ("person", ["Olaf Brandal", "Brandal", "Olaf Brandal"])
    assert found["Ingrid Brandal"] == ("person", ["Ingrid Brandal"])


def test_a_land_and_its_government_are_two() -> None:
    found = spelt("Norway is small. The Norwegian government resigned. Oslo was calm in Norway.")
    assert found["Norway"] == ("place", ["Norway", "Norway"])
    assert found["Norwegian government"] == ("organisation", ["Norwegian government"])


def test_a_heading_is_believed_where_the_body_has_the_name() -> None:
    text = "Dolnik Quits As Storm Hits Norway\nPetra Dolnik resigned on Monday, she said."
    found = spelt(text)
    assert found["Petra Dolnik"][1] == ["Dolnik", "Petra Dolnik"]
    assert set(found) == {"Petra Dolnik", "Norway"}


def test_ids_follow_the_order_of_first_mention_and_mentions_bear_them() -> None:
    found = read("Petra Dolnik flew to Oslo. Ole Ness met Dolnik there.")
    assert [a.id for a in found] == [f"r.{n}" for n in range(len(found))]
    assert [a.mentions[0].start for a in found] == sorted(a.mentions[0].start for a in found)
    assert all(m.actor == a.id and m.kind == a.kind for a in found for m in a.mentions)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.sampled_from("Aa Bb.'’-\n\"(),É李ا’s\u200b1"), max_size=120) | st.text(max_size=60))
def test_any_text_is_read_and_every_span_is_the_texts(text: str) -> None:
    found = read(text)
    places = sorted((m.start, m.end) for a in found for m in a.mentions)
    assert all(text[m.start : m.end] == m.exact for a in found for m in a.mentions)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


def test_twice_the_text_takes_about_twice_the_work() -> None:
    text = "Petra Dolnik flew to Oslo. Ole Ness of the Nordic Fish Council met Dolnik, the minister, there.\n" * 60

    def calls(n: int) -> int:
        """Work is counted in calls, which are the same on every machine."""
        parsed = parse(Report("r", "a.txt", text * n, "", "", "text/1"), pipeline())
        made = 0

        def count(*_: object) -> None:
            nonlocal made
            made += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            actors(parsed)
        finally:
            sys.setprofile(before)
        return made

    calls(1)
    assert calls(4) < 4 * 1.2 * calls(1)


def test_the_gazetteer_knows_peoples_and_given_names() -> None:
    assert gazetteer().demonyms["norwegian"] == "Norway"
    assert given_names()["ingrid"] == "female"


def test_a_town_is_no_organisation_where_it_has_a_mayor() -> None:
    assert spelt("Tarnholm's mayor resigned. Tarnholm fell silent.")["Tarnholm"][0] == "place"
