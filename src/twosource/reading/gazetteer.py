"""What is known of names before any report is read: lands with their people and capitals, cities, regions, given names.

The lists lie in `data/` and were written for this project; they hold what an atlas' index of the world names first. Loading takes
a few milliseconds and is done once a process.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Literal


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`places` and `demonyms` are keyed by the casefolded name and give the land or the place as an atlas heads it.

    `names` holds the keys of both, `lands` those of the lands, `longest` the words of the longest.
    """

    places: dict[str, str]
    lands: frozenset[str]
    demonyms: dict[str, str]
    names: frozenset[str]
    longest: int


def _lines(name: str) -> list[str]:
    text = resources.files("twosource.reading").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def gazetteer() -> Gazetteer:
    """The places and peoples of the world.

    >>> gazetteer().places["kyiv"], gazetteer().demonyms["norwegians"]
    ('Kyiv', 'Norway')
    """
    places: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    lands: set[str] = set()
    for line in _lines("cities.txt"):
        for city in line.split(","):
            places[city.casefold()] = city
    for region in _lines("regions.txt"):
        places[region.casefold()] = region
    for line in _lines("abbreviations.tsv"):
        short, state = line.split("\t")
        places[short.casefold()] = state
    for line in _lines("countries.tsv"):
        names, people, capitals = line.split("|")
        land, *others = names.split(",")
        for capital in filter(None, capitals.split(",")):
            places[capital.casefold()] = capital
        for name in (land, *others):
            places[name.removeprefix("the ").casefold()] = land
            lands.add(name.removeprefix("the ").casefold())
        for person in filter(None, people.split(",")):
            demonyms.setdefault(person.casefold(), land)
            if not person.endswith(("ese", "ish", "ch", "men", "s")):
                demonyms.setdefault(person.casefold() + "s", land)
    return Gazetteer(
        places, frozenset(lands), demonyms, frozenset((*places, *demonyms)), max(len(p.split()) for p in places)
    )


@functools.cache
def given_names() -> dict[str, Literal["female", "male"]]:
    """Given names that tell a gender, casefolded.

    >>> given_names()["maria"], given_names()["mustafa"]
    ('female', 'male')
    """
    found: dict[str, Literal["female", "male"]] = {}
    for line in _lines("given-names.tsv"):
        gender, names = line.split("\t")
        for name in names.split():
            found[name.casefold()] = "female" if gender == "female" else "male"
    return found
