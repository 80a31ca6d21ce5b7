"""A description means the one actor who holds that role, and nobody where two could be meant."""

from __future__ import annotations

import pytest

from twosource.matching.voices import described, plain

ROLES = {
    "arvid": frozenset({"harbour", "minister"}),
    "petra": frozenset({"mayor", "tarnholm"}),
    "olaf": frozenset({"ferry", "captain"}),
    "ilse": frozenset({"lifeboat", "captain"}),
    "joris": frozenset({"retired", "baker"}),
    "nobody": frozenset(),
}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("the harbour minister", "arvid"),
        ("The Harbour Minister", "arvid"),
        ("the mayor of Tarnholm", "petra"),
        ("the island's ferry captain", "olaf"),
        ("its lifeboat captain", "ilse"),
        ("the captain", None),  # of the ferry, or of the lifeboat?
        ("a harbour minister", None),  # not one who is known
        ("harbour minister", None),
        ("the fisheries minister", None),  # another field
        ("the minister", None),  # too little is said
        ("the retired baker", None),  # there may be many
        ("the mayor and the harbour minister of Tarnholm", None),
        ("", None),
    ],
)
def test_whom_a_description_means(words: str, meant: str | None) -> None:
    assert described(words, ROLES) == meant


def test_where_two_hold_one_role_nobody_is_meant() -> None:
    assert described("the harbour minister", {**ROLES, "her successor": ROLES["arvid"]}) is None


def test_the_order_of_the_actors_changes_nothing() -> None:
    assert described("the harbour minister", dict(reversed(ROLES.items()))) == "arvid"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("The Harbour Minister", ["harbour", "minister"]),
        ("its chief engineer, a woman", ["chief", "engineer", "woman"]),
        ("Tarnholm’s mayor", ["tarnholm’s", "mayor"]),
        ("the", []),
    ],
)
def test_articles_and_possessives_say_nothing(words: str, left: list[str]) -> None:
    assert plain(words) == left
