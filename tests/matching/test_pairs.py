"""What two statements share and clash in: each feature by name, the same whichever of the two comes first."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from twosource.matching.actors import join_actors
from twosource.matching.figures import figure_groups
from twosource.matching.items import Items, items
from twosource.matching.pairs import DETAILS, FEATURES, features, log_odds, log_odds_but_for, log_odds_together
from twosource.reading import read
from twosource.sources import from_text


@cache
def compared(first: str, second: str) -> Items:
    """The statements of two reports of one line each."""
    texts = {"a.txt": first, "b.txt": second}
    readings = [read(from_text(t, file=f, published="2031-03-14", language="en")) for f, t in texts.items()]
    actors, joined = join_actors(readings)
    grouped = figure_groups(sorted(readings, key=lambda r: r.report.id), joined)
    group_of = {(ref.report, ref.index): n for n, group in enumerate(grouped) for ref in group}
    return items(readings, joined, actors, group_of)


def row(made: Items, i: int = 0, j: int = 1, rank: int = 1, back: int = 1) -> npt.NDArray[np.float64]:
    """The features of one pair."""
    ranks = np.ones((len(made.items), len(made.items)), dtype=np.int32)
    ranks[i, j], ranks[j, i] = rank, back
    return features(made, [(i, j)], made.senses @ made.senses.T, ranks)[0]


def feature(name: str, first: str, second: str) -> float:
    made = compared(first, second)
    assert len(made.items) == 2
    return float(row(made)[FEATURES.index(name)])


def odds(first: str, second: str) -> float:
    return float(log_odds(row(compared(first, second))[None])[0])


FLOOD = "The flood in Tarnholm killed 14 people on Monday."


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("same_predicate", "The flood killed many sheep.", 1.0),
        ("same_predicate", "The flood damaged the mill.", 0.0),
        ("words", "A choir sang.", 0.0),
        ("figures", "The flood in Tarnholm killed 14 people.", 1.0),
        ("figures", "The flood in Tarnholm killed people.", 0.0),
        ("figures_clash", "The flood in Tarnholm killed 14 people.", 0.0),
        ("figures_clash", "The flood in Tarnholm killed 31 people.", 1.0),
        ("figures_clash", "The flood in Tarnholm killed more than a dozen people.", 0.0),
        ("figures_clash", "The flood in Tarnholm killed 500 sheep.", 0.0),
        ("days", "A choir sang on 10 March.", 1.0),
        ("days", "A choir sang on Wednesday.", 0.0),
        ("days_clash", "The flood in Tarnholm killed 14 people on Wednesday.", 1.0),
        ("days_clash", "The flood in Tarnholm killed 14 people on 10 March.", 0.0),
        ("days_clash", "The flood in Tarnholm killed 14 people in March.", 0.0),
        ("days_clash", "The flood in Tarnholm killed 14 people.", 0.0),
        ("polarity_differs", "The flood in Tarnholm did not kill anybody.", 1.0),
        ("polarity_differs", "The flood in Tarnholm killed nearly everybody.", 0.0),
        ("modality_differs", "The flood in Tarnholm may kill 14 people.", 1.0),
    ],
)
def test_what_a_feature_tells(name: str, other: str, expected: float) -> None:
    assert feature(name, FLOOD, other) == expected


def test_two_persons_are_two_persons() -> None:
    left = "Petra Lund left the island."
    assert feature("persons_clash", left, "Olaf Brandt left the island.") == 1.0
    assert feature("persons_clash", left, "Petra Lund has left the island.") == 0.0
    assert feature("persons_clash", left, "The ferry left the island.") == 0.0


STORY = (
    FLOOD,
    "The flood in Tarnholm killed 31 people on Wednesday.",
    "The mayor of Tarnholm, Petra Lund, did not leave the island.",
    "A choir may sing in the chapel.",
    "Petra Lund left Tarnholm.",
)


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(STORY, 2)))
def test_which_of_the_two_comes_first_changes_only_who_ranks_whom(first: str, second: str) -> None:
    made = compared(first, second)
    there, back = row(made, 0, 1, 2, 3), row(made, 1, 0, 3, 2)
    there[FEATURES.index("rank")], there[FEATURES.index("rank_back")] = 1 / 3, 1 / 2
    assert there == pytest.approx(back, abs=1e-6)
    assert all(-1.0 <= x <= 1.0 + 1e-6 for x in there)


def test_the_same_fact_is_likelier_the_same_than_another_of_the_story() -> None:
    same = odds(FLOOD, "On Monday a flood killed 14 people in Tarnholm.")
    assert same > 0 > odds(FLOOD, "The mayor of Tarnholm opened a bakery on Monday.")


@pytest.mark.parametrize(
    "other",
    [
        "The flood in Tarnholm killed 31 people on Monday.",
        "The flood in Tarnholm killed 14 people on Wednesday.",
        "The flood in Tarnholm did not kill 14 people on Monday.",
    ],
)
def test_but_for_the_detail_two_statements_are_the_liker(other: str) -> None:
    made = compared(FLOOD, other)
    found = row(made)[None]
    before = found.copy()
    assert log_odds_but_for(found)[0] > log_odds(found)[0]
    assert (found == before).all(), "what is asked is left as it was"


def test_a_clash_changes_nothing_but_for_the_detail() -> None:
    plain = row(compared(FLOOD, "The flood in Tarnholm killed 14 people on Monday night."))[None]
    clashing = plain.copy()
    clashing[:, [FEATURES.index(name) for name in DETAILS]] = 1.0
    assert log_odds_but_for(clashing)[0] == log_odds_but_for(plain)[0]
    assert log_odds(clashing)[0] < log_odds(plain)[0]


def test_the_cross_encoder_is_heard_beside_the_features() -> None:
    heard = log_odds_together(np.array([0.0, 0.0]), np.array([-3.0, 3.0]))
    assert heard[0] < heard[1]


def test_many_pairs_are_scored_as_each_alone() -> None:
    rows = np.array(
        [row(compared(*pair)) for pair in itertools.combinations(STORY, 2) if len(compared(*pair).items) == 2]
    )
    assert log_odds(rows) == pytest.approx([float(log_odds(one[None, :])[0]) for one in rows])


@pytest.mark.parametrize("text", ["Karsmouth 2031", FLOOD])
def test_where_there_is_nothing_to_compare_there_are_no_rows(text: str) -> None:
    made = compared(text, "Brenhold")
    nothing = features(made, [], made.senses @ made.senses.T, np.ones((len(made.items),) * 2, dtype=np.int32))
    assert nothing.shape == (0, len(FEATURES))
