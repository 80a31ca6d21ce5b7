"""Which actors are worth weighing: all that weighing joins."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.calls import load
from twosource.demo import names, paths
from twosource.matching.actors import JOINED, _Profile, _profile, _score, _words
from twosource.matching.nearness import LEAST, alike_words, initials, near_pairs
from twosource.matching.spelling import alike
from twosource.model import Kind
from twosource.reading.names import actors
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline


def missed(profiles: Sequence[_Profile]) -> list[tuple[str, str]]:
    """The names of the pairs that weighing all pairs joins and looking them up does not find."""
    near = set(near_pairs([(p.kind, p.name, p.forms) for p in profiles]))
    return [
        (profiles[i].name, profiles[j].name)
        for i, j in itertools.combinations(range(len(profiles)), 2)
        if (i, j) not in near and max(_score(profiles[i], profiles[j]), _score(profiles[j], profiles[i])) >= JOINED
    ]


def profile(name: str, kind: Kind, *roles: str) -> _Profile:
    return _Profile(kind, name, (_words(name),), frozenset(), frozenset(), frozenset(roles), None)


@pytest.mark.parametrize("story", names())
def test_of_the_demo_stories_none_is_missed(story: str) -> None:
    found = [a for report in load(paths(story)).reports for a in actors(parse(report, pipeline()))]
    assert missed([_profile(a) for a in found]) == []


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Yulia Kharkovskaya", "Julia Charkowskaja"),
        ("person", "Abu Nasr Velar", "Abunasr Velar"),
        ("person", "I. Holmquist", "Ida Holmquist"),
        ("person", "Holmquist, Ida", "Ida Holmquist"),
        ("person", "Олена Марчук", "Olena Marchuk"),
        ("person", "محمد نصر", "Mohamed Nasr"),
        ("person", "王小明", "王 小明"),
        ("person", "Per Per Brandal", "Perper Brandal"),
        ("place", "Tarvogan Heights", "Tarvugan Heights"),
        ("organisation", "Oceanic Weather Survey", "OWS"),
        ("organisation", "University of Brandalia", "UOB"),
        ("organisation", "Brandal Shipping Limited", "Brandal Shiping Ltd"),
        ("organisation", "Five Star Ferries", "5 Star Ferries"),
        ("organisation", "Sea Watch Institute", "SeaWatch Institute"),
        ("other", "The Gull Report", "Gull Report"),
    ],
)
def test_ways_of_writing_one_name_are_found(kind: Kind, one: str, other: str) -> None:
    strangers = [profile(n, kind) for n in ("Ona Tull", "Grey Dock Union", "Velmark")]
    assert missed([profile(one, kind), *strangers, profile(other, kind)]) == []


_PARTS = st.sampled_from(
    "ida holm holme per pär brandal brandahl brandall j i yulia julia kharkov charkow mohamed mohammed abd al rahman "
    "abdulrahman abdurrahman jr ii van der ness nes ministry of defence defense us united states oceanic weather survey "
    "ows five 5 ltd limited tarvogan tarvugan tarvogen марчук олена نصر 王明 o'neil oneil smith-jones smith jones".split()
)
_KINDS = st.sampled_from(("person", "place", "organisation", "group", "other"))
_ROLES = st.sampled_from(((), ("harbour", "pilot"), ("harbour", "pilot", "mayor")))
_PROFILES = st.builds(lambda words, kind, roles: profile(" ".join(words), kind, *roles), st.lists(_PARTS, min_size=1, max_size=4), _KINDS, _ROLES)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(_PROFILES, min_size=2, max_size=25))
def test_of_any_names_none_is_missed(profiles: list[_Profile]) -> None:
    assert missed(profiles) == []


@settings(max_examples=60)
@given(st.sets(st.text("abdehiklmnorsuv", min_size=1, max_size=9), max_size=40))
def test_all_words_that_are_alike_are_found(words: set[str]) -> None:
    every = {(a, b) for a, b in itertools.combinations(sorted(words), 2) if alike(a, b) >= LEAST}
    assert set(alike_words(words)) == every | {(w, w) for w in words}


def test_strangers_are_not_weighed() -> None:
    people = [profile(f"{given} {family}", "person") for given, family in zip("Ida Per Ugo Tilda".split(), "Holm Brandal Vestergast Ness".split(), strict=True)]  # fmt: skip
    assert near_pairs([(p.kind, p.name, p.forms) for p in people]) == []


def test_a_single_word_has_no_initials() -> None:
    assert initials(("holm",)) == frozenset()
    assert "uob" not in initials(("university", "brandalia"))
    assert initials(("interior", "ministry")) == {"im", "moi"}
