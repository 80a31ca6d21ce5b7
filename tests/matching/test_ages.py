"""One person has one age, and two ages of one person are a conflict."""

from __future__ import annotations

import pytest

from twosource.model import FigureGroup
from twosource.reading import read
from twosource.reconcile import reconcile
from twosource.sources import from_text


def ages(*texts: str) -> list[tuple[str, list[str]]]:
    """The groups of ages that reports give: verdict and words."""
    readings = [read(from_text(t, file=f"{n}.txt", outlet=f"Paper {n}", language="en")) for n, t in enumerate(texts)]
    found: tuple[FigureGroup, ...] = reconcile(readings).figures
    return sorted((g.verdict, sorted(m.exact for m in g.mentions)) for g in found if g.label.endswith("age"))


def test_two_ages_of_one_person_cannot_both_be_true() -> None:
    assert ages(
        "Ada Brook, 41, was elected mayor of Tarn on Sunday.",
        "Tarn has a new mayor: Ada Brook, a baker of 46, won the vote.",
    ) == [("conflicting", ["41", "46"])]


def test_two_persons_have_two_ages() -> None:
    assert [words for _, words in ages(
        "Ada Brook, 41, was elected mayor of Tarn.", "Ole Lund, who is 46, lost the vote in Tarn."
    )] == [["41"], ["46"]]  # fmt: skip


@pytest.mark.parametrize("then", ["She won her first seat at the age of 30.", "Ada Brook was 12 when the mill closed."])
def test_an_age_of_then_is_no_age_of_now(then: str) -> None:
    assert all(
        verdict != "conflicting"
        for verdict, _ in ages("Ada Brook, 41, was elected mayor of Tarn.", f"Ada Brook won. {then}")
    )
