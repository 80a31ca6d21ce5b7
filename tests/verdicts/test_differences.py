"""Where statements that say the same differ in a detail: a claim of its own, with its sides and the words that differ."""

from __future__ import annotations

from functools import cache

import pytest

from twosource.model import Claim, Reading, Reconciliation
from twosource.reading import read
from twosource.reconcile import reconcile
from twosource.sources import from_text

#: What else the reports hold, so that each is of a newsroom of its own.
ELSEWHERE = (
    "A choir from Brenhold sang in the chapel until nightfall, and bread was handed out to whoever came.",
    "Heavy rain is forecast for the hills, where shepherds brought their flocks down early this autumn.",
    "Bus drivers on the coast road complained about potholes and a broken lamp beside the cinema.",
)


@cache
def reading(file: str, text: str) -> Reading:
    return read(from_text(text, file=file, published="2031-03-14", language="en"))


@cache
def story(*texts: str) -> Reconciliation:
    return reconcile(
        [reading(f"{f}.txt", f"{t}\n\n{more}") for f, t, more in zip("abc", texts, ELSEWHERE, strict=False)]
    )


def conflicts(*texts: str) -> list[Claim]:
    return [c for c in story(*texts).claims if c.difference is not None]


def sides(claim: Claim) -> list[list[str]]:
    """The words of each side, sorted."""
    assert claim.difference is not None
    return sorted(sorted(e.exact for e in claim.evidence if e.id in side) for side in claim.difference.sides)


def words(claim: Claim) -> list[str]:
    """The words that differ, sorted."""
    assert claim.difference is not None
    return sorted(s.exact for s in claim.difference.spans)


@pytest.mark.parametrize(
    ("first", "second", "kind", "differing"),
    [
        pytest.param(
            "The flood in Tarnholm killed 14 people.", "The flood in Tarnholm killed 31 people.", "figure", ["14", "31"], id="a toll"
        ),
        pytest.param(
            "Turnout in Tarnholm was 67 percent.", "Of voters in Tarnholm only 61 percent turned out.", "figure",
            ["61 percent", "67 percent"], id="a share told by a noun and by a verb",
        ),
        pytest.param(
            "The flood in Tarnholm killed dozens of people.", "The flood in Tarnholm killed 12 people.", "figure",
            ["12", "dozens"], id="a toll in words",
        ),
        pytest.param(
            "Ilse Varga left Tarnholm for Orrin on Monday.", "Ilse Varga left Tarnholm for Orrin on Wednesday.", "time",
            ["Monday", "Wednesday"], id="a day",
        ),
        pytest.param(
            "The new bridge over the Orrin will open on 20 May 2031.", "The new bridge over the Orrin is to open on 2 June 2031.", "time",
            ["2 June 2031", "20 May 2031"], id="a day to come, planned against planned",
        ),
    ],
)  # fmt: skip
def test_a_detail_that_differs_is_a_claim_of_its_own(first: str, second: str, kind: str, differing: list[str]) -> None:
    (claim,) = conflicts(first, second)
    assert claim.difference is not None
    assert (claim.verdict, claim.difference.kind, claim.lineages) == ("conflicting", kind, 2)
    assert sides(claim) == sorted([[first.rstrip(".")], [second.rstrip(".")]])
    assert words(claim) == differing


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("The flood in Tarnholm killed 80 people.", "The flood in Tarnholm killed more than 80 people.", id="ranges that touch"),
        pytest.param("The flood killed 14 people in Tarnholm.", "The flood killed 500 sheep in Tarnholm.", id="people and sheep"),
        pytest.param("Ilse Varga left Tarnholm on Monday.", "Ilse Varga left Tarnholm on 10 March 2031.", id="one day in two forms"),
        pytest.param("Ilse Varga left Tarnholm on Monday.", "Ilse Varga was born in Tarnholm on Wednesday.", id="two acts"),
        pytest.param(
            "The ferry Albatros was built in Orrin harbour on Monday.", "The ferry Albatros sank in Orrin harbour on Wednesday.", id="two verbs"
        ),
        pytest.param("Ilse Varga left Tarnholm on Monday.", "Olaf Brandt left the stage on Wednesday.", id="two persons"),
        pytest.param(
            "An earthquake killed 14 people on Tarnholm on Wednesday.", "An earthquake killed 31 people on Tarnholm in June 2029.",
            id="two happenings",
        ),
        pytest.param(
            "The new bridge over the Orrin will open on 20 May 2031.", "The new bridge over the Orrin opened on 2 March 2031.",
            id="planned, and happened",
        ),
        pytest.param(
            "The flood killed 12 women and 11 men in Tarnholm.", "The flood killed 23 people in Tarnholm.", id="parts of a whole",
            marks=pytest.mark.xfail(strict=True, reason="the figure groups put a part beside the whole; only the statements' figures are added up"),
        ),
    ],
)  # fmt: skip
def test_what_can_all_be_true_is_no_conflict(first: str, second: str) -> None:
    assert conflicts(first, second) == []


def test_the_core_keeps_its_own_verdict() -> None:
    """That she left is corroborated; when she left is in dispute."""
    told = story("Ilse Varga left Tarnholm for Orrin on Monday.", "Ilse Varga left Tarnholm for Orrin on Wednesday.")
    left = [c for c in told.claims if "left" in c.summary.exact]
    assert sorted(c.verdict for c in left) == ["conflicting", "corroborated"]


def test_two_tolls_do_not_corroborate_each_other() -> None:
    told = story("The flood in Tarnholm killed 14 people.", "The flood in Tarnholm killed 31 people.")
    assert sorted(c.verdict for c in told.claims if "flood" in c.summary.exact) == [
        "conflicting",
        "single-source",
        "single-source",
    ]


def test_whoever_agrees_stands_on_one_side() -> None:
    (claim,) = conflicts(
        "The flood in Tarnholm killed 14 people.", "Fourteen people were killed by the flood in Tarnholm.", "The flood in Tarnholm killed 31 people."
    )  # fmt: skip
    assert sides(claim) == [
        ["Fourteen people were killed by the flood in Tarnholm", "The flood in Tarnholm killed 14 people"],
        ["The flood in Tarnholm killed 31 people"],
    ]
    assert claim.reasons == ("The figures lie apart.", "Three newsrooms give two sides.")


TWO_VOICES = (
    "The flood in Tarnholm killed {} people, Petra Lund said. The flood in Tarnholm killed {} people, Olaf Brandt said."
)


def test_two_voices_of_one_report_can_contradict_each_other() -> None:
    (claim,) = conflicts(TWO_VOICES.format(14, 31))
    assert (claim.verdict, claim.lineages, claim.origins) == ("conflicting", 1, 2)
    assert claim.reasons == ("The figures lie apart.", "The two sides stand in one report, with different voices.")


def test_a_number_that_takes_up_an_earlier_one_contradicts_it_though_nobody_is_named() -> None:
    (claim,) = conflicts(
        "Organisers said 9,000 people had joined the march to the harbour in Tarnholm. It rained. Police put the crowd at 3,000."
    )
    assert words(claim) == ["3,000", "9,000"]
    assert claim.reasons == ("The figures lie apart.", "The two sides stand in one report, with different voices.")


def test_one_report_in_one_voice_does_not_contradict_itself() -> None:
    assert conflicts(TWO_VOICES.replace("Olaf Brandt", "Petra Lund").format(14, 31)) == []


@pytest.mark.parametrize(
    "told",
    [
        "The fire in Tarnholm killed 12 people, police said. The police said later that the fire in Tarnholm had killed 14 people.",
        "Officials said the fire in Tarnholm killed 12 people. An official said the fire in Tarnholm killed 14 people.",
        "Twelve people were hurt in the Tarnholm fire. By night 14 people were hurt in the Tarnholm fire, firefighters said.",
    ],
    ids=["an article", "one of them", "the report itself"],
)
def test_a_report_whose_unnamed_voice_may_be_the_same_does_not_contradict_itself(told: str) -> None:
    assert conflicts(told) == []


def test_the_words_that_differ_stand_where_the_report_has_them() -> None:
    told = story(
        "The flood in Tarnholm killed 14 people on Monday.", "The flood in Tarnholm killed 31 people on Sunday."
    )
    texts = {r.id: r.text for r in told.reports}
    spans = [s for c in told.claims if c.difference is not None for s in c.difference.spans]
    assert {"14", "31"} <= {s.exact for s in spans}
    assert all(texts[s.report][s.start : s.end] == s.exact for s in spans)


def test_no_statement_stands_on_two_sides() -> None:
    told = story(
        "The flood in Tarnholm killed 14 people on Monday. The flood killed 52 people in Orrin.",
        "The flood in Tarnholm killed 31 people on Sunday. The flood killed 70 people in Orrin.",
    )
    found = [c.difference for c in told.claims if c.difference is not None]
    assert len(found) >= 2
    for difference in found:
        members = [statement for side in difference.sides for statement in side]
        assert len(members) == len(set(members))
        assert len(difference.sides) >= 2
