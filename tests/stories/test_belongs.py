"""A report about something else is said not to belong, and lined up with nothing; whatever may belong stays."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Reading, Reconciliation
from twosource.reading import read
from twosource.reconcile import reconcile
from twosource.sources import from_text
from twosource.stories.belongs import FEATURES, linked

FIRE = (
    "A fire destroyed the grain store in Tarnholm harbour on Tuesday night. Two watchmen were hurt, the mayor, Petra Lund, said. "
    "Nine engines from Tarnholm and Orrin fought the flames until dawn. The store held 400 tonnes of barley.",
    "Flames swept through Tarnholm's grain store late on Tuesday, and two watchmen were taken to hospital. Mayor Petra Lund praised "
    "the firemen of Orrin. The harbour was closed to ships. About 400 tonnes of barley burned.",
    "The grain store at Tarnholm burned down in the night to Wednesday. It held 400 tonnes of barley, the harbour board said. "
    "Two watchmen were injured. Petra Lund, the mayor of Tarnholm, promised an inquiry.",
)
ELECTION = (
    "The parliament of Vessland elected Ilse Varga prime minister on Monday. She won 61 of 110 votes. Her party had governed with "
    "the Farmers' League since spring. The president congratulated her and asked for a new budget."
)
NOTHING = "Photo: archive."


@cache
def reading(file: str, text: str, language: str = "en") -> Reading:
    return read(from_text(text, file=file, published="2031-03-14", language=language))


def told(*texts: str) -> Reconciliation:
    return reconcile([reading(f"{name}.txt", text) for name, text in zip("abcdef", texts, strict=False)])


def off_story(of: Reconciliation) -> dict[str, str]:
    files = {r.id: r.file for r in of.reports}
    return {files[n.report]: n.words for n in of.notes if n.kind == "off-story"}


def test_a_report_about_something_else_is_named() -> None:
    assert off_story(told(*FIRE, ELECTION)) == {
        "d.txt": "does not belong to this story: it tells of another event than the 3 other reports; nothing in it was lined up with them"
    }


def test_it_is_lined_up_with_nothing_and_moves_no_claim() -> None:
    alone, mixed = told(*FIRE), told(*FIRE, ELECTION)
    (stranger,) = (r.id for r in mixed.reports if r.file == "d.txt")
    of_it = [c for c in mixed.claims if any(e.report == stranger for e in c.evidence)]
    assert of_it
    assert all({e.report for e in c.evidence} == {stranger} and c.verdict == "single-source" for c in of_it)
    assert [c for c in mixed.claims if c not in of_it] == list(alone.claims)


def test_of_two_reports_that_share_nothing_one_is_named() -> None:
    assert list(off_story(told(FIRE[0], ELECTION)).values()) == [
        "does not belong to this story: it tells of another event than the other report; nothing in it was lined up with them"
    ]


def test_two_strangers_of_one_event_are_named_together() -> None:
    again = ELECTION.replace("elected", "chose").replace("She won", "Varga took")
    named = off_story(told(*FIRE, ELECTION, again))
    assert set(named) == {"d.txt", "e.txt"}
    assert "together with e.txt" in named["d.txt"]


@pytest.mark.parametrize(
    "texts", [FIRE, FIRE[:2], FIRE[:1], (*FIRE, NOTHING), (NOTHING,), (NOTHING, NOTHING + " "), ()]
)
def test_what_may_belong_is_never_named(texts: tuple[str, ...]) -> None:
    assert off_story(told(*texts)) == {}


def test_reports_of_two_languages_are_not_told_apart() -> None:
    french = "Un incendie a détruit le silo du port de Tarnholm. La maire a parlé. Les pompiers sont venus. Le port est fermé."
    of = reconcile(
        [*(reading(f"{n}.txt", t) for n, t in zip("abc", FIRE, strict=True)), reading("d.txt", french, "fr")]
    )
    assert off_story(of) == {}


def table(inside: float, across: float, sizes: tuple[int, int]) -> list[list[float]]:
    """Log-odds of two bodies of reports: so much inside each, so much across."""
    body = [0] * sizes[0] + [1] * sizes[1]
    return [[0.0 if i == j else inside if a == b else across for j, b in enumerate(body)] for i, a in enumerate(body)]


@pytest.mark.parametrize(
    ("inside", "across", "sizes", "events"),
    [
        (2.0, -3.0, (3, 1), 1),  # one report is set apart only where nothing at all is shared
        (2.0, -5.0, (3, 1), 2),
        (2.0, -3.0, (3, 2), 1),
        (2.0, -1.0, (3, 3), 2),  # two bodies of several: nine pairs say so
        (2.0, 0.5, (3, 3), 1),
        (0.5, -1.0, (3, 3), 1),  # a loose story is one story
    ],
)
def test_the_more_reports_say_so_the_sooner_two_bodies_are_two_events(
    inside: float, across: float, sizes: tuple[int, int], events: int
) -> None:
    assert len(linked(table(inside, across, sizes))) == events


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.floats(-8, 8), min_size=n * n, max_size=n * n)))
def test_every_report_is_in_one_event(values: list[float]) -> None:
    n = int(len(values) ** 0.5)
    symmetric = [[values[min(i, j) * n + max(i, j)] for j in range(n)] for i in range(n)]
    assert sorted(i for event in linked(symmetric) for i in event) == list(range(n))


def test_the_shipped_weights_are_of_the_features_there_are_and_no_gold_topic() -> None:
    card = json.loads(resources.files("twosource.stories").joinpath("one_event.json").read_text(encoding="utf-8"))
    assert tuple(card["weights"]) == FEATURES
    assert card["fitted on"]["data"] == "ECB+ train, without topic 20"
    assert "ECB+ dev, without topic 12" in card["measured on"]
