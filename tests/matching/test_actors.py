"""The actors across reports."""

from __future__ import annotations

import itertools

import pytest

from twosource.matching.actors import join_actors
from twosource.model import Kind, Reading, Report
from twosource.reading.names import actors
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline


def read(ident: str, text: str) -> Reading:
    report = Report(ident, f"{ident}.txt", text, "", "", "text/1")
    return Reading(report, "en", "en", actors=actors(parse(report, pipeline())))


def joined(*texts: str) -> set[frozenset[str]]:
    """The spellings of each actor that more than one report names."""
    found, _ = join_actors([read(f"r{n}", text) for n, text in enumerate(texts)])
    return {frozenset(m.exact for m in a.mentions) for a in found if len({m.report for m in a.mentions}) > 1}


@pytest.mark.parametrize(
    ("one", "other", "spellings"),
    [
        (
            "Mayor Yulia Kharkovskaya left.",
            "Mayor Julia Charkowskaja left.",
            {"Yulia Kharkovskaya", "Julia Charkowskaja"},
        ),
        ("Peter Ness spoke on Monday.", "President Ness spoke.", {"Peter Ness", "Ness"}),
        ("The Oceanic Weather Survey warned.", "An official of the OWS warned.", {"Oceanic Weather Survey", "OWS"}),
        (
            "A quake hit Tarvogan province.",
            "A quake hit Tarvugan province.",
            {"Tarvogan province", "Tarvugan province"},
        ),
        ("He flew to Burma.", "He flew to Myanmar.", {"Burma", "Myanmar"}),
        ("Mayor Sergej Brandal resigned.", "Mayor Sergey Brandal stepped down.", {"Sergej Brandal", "Sergey Brandal"}),
        # "She" is the other one, and makes no second Damir Ness of him.
        (
            "Irma Tess said that Damir Ness had paid. Ness left. She wept.",
            "Damir Ness denied it. He is innocent, he said.",
            {"Damir Ness", "Ness"},
        ),
        # The pipeline takes the land for a person in one of them.
        (
            "Azmaro closed its borders.",
            "Two ministers left Azmaro on Friday, and fighting went on in Azmaro.",
            {"Azmaro"},
        ),
    ],
)
def test_spellings_of_one_actor_meet(one: str, other: str, spellings: set[str]) -> None:
    assert frozenset(spellings) in joined(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Senator Olaf Brandal spoke.", "His wife, Ingrid Brandal, spoke."),
        ("Olaf Brandal spoke to Ingrid Brandal.", "President Brandal spoke."),
        ("Norway is small.", "The Norwegian government fell."),
        ("A quake hit Tarvo island.", "The Tarvo International Airport was closed."),
        ("He flew to Niger.", "He flew to Nigeria."),
        ("A ferry sank off Cape Tarvo.", "Fishermen of Tarvo came, Tarvo said."),
        ("Mr Ness resigned, he said. He left.", "Ms Ness resigned, she said. She left."),
    ],
)
def test_two_actors_stay_two(one: str, other: str) -> None:
    assert joined(one, other) == set()


def test_the_order_of_the_reports_changes_nothing() -> None:
    readings = [
        read("r1", "Mayor Yulia Kharkovskaya met Peter Ness in Oslo."),
        read("r2", "Mayor Julia Charkowskaja met President Ness."),
        read("r3", "Ness and Maria Dolnik flew to Oslo. The Oceanic Weather Survey warned them."),
        read("r4", "The OWS warned Dolnik."),
    ]
    first = join_actors(readings)
    assert all(join_actors(order) == first for order in itertools.permutations(readings))


def test_every_local_actor_has_its_joined_one_and_every_mention_is_kept() -> None:
    readings = [read("r1", "Peter Ness met Maria Dolnik in Oslo."), read("r2", "Dolnik met Ness.")]
    found, ids = join_actors(readings)
    assert set(ids) == {a.id for r in readings for a in r.actors}
    assert set(ids.values()) == {a.id for a in found}
    assert sorted((m.report, m.start) for a in found for m in a.mentions) == sorted(
        (n.report, n.start) for r in readings for n in r.names
    )
    assert all(m.actor == a.id for a in found for m in a.mentions)


def test_no_reports_have_no_actors() -> None:
    kinds: list[Kind] = [a.kind for a in join_actors([])[0]]
    assert kinds == []
