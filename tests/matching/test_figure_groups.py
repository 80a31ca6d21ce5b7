"""Which figures give the same quantity of the same thing, and when two of them conflict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.matching.figures import FigureRef, apart, figure_groups
from twosource.model import Figure, Reading, Report
from twosource.reading.figures import figures
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline


def reading(name: str, text: str) -> Reading:
    report = Report(f"r-{name}", f"{name}.txt", text, "", "", "text/1", language="en")
    parsed = parse(report, pipeline())
    sentences = tuple(parsed.span(s) for s in parsed.sentences)
    return Reading(report, "en", "test", sentences, figures=figures(parsed, ()))


def groups(*texts: str) -> set[frozenset[str]]:
    """The groups of more than one figure, each figure as its report's letter and its words."""
    readings = [reading(letter, text) for letter, text in zip("abcdef", texts, strict=False)]
    by_id = {r.report.id: r for r in readings}
    found = figure_groups(readings, {})
    assert sorted(ref for group in found for ref in group) == [
        FigureRef(r.report.id, i) for r in readings for i in range(len(r.figures))
    ], "every figure stands in one group"
    called = [frozenset(f"{ref.report[2:]} {by_id[ref.report].figures[ref.index].exact}" for ref in g) for g in found]
    return {g for g in called if len(g) > 1}


@pytest.mark.parametrize(
    ("texts", "group"),
    [
        (("Police detained 340 marchers in Orvik.", "In Orvik 340 people were arrested."), {"a 340", "b 340"}),
        (("The flood killed 14 people.", "At least 12 people died in the flood."), {"a 14", "b At least 12"}),
        (
            ("A magnitude-5.9 quake shook Tarn.", "Tarn shook: the quake had a magnitude of 6.1."),
            {"a magnitude-5.9", "b 6.1"},
        ),
        (("Tarn lies 35 miles from the sea.", "Tarn lies 56km from the sea."), {"a 35 miles", "b 56km"}),
        (("The boat sank 300 kilometers (190 miles) off Tarn.",), {"a 300 kilometers", "a 190 miles"}),
        (("Fire burned seven barns in Hale.", "Seven barns burned, Hale police said."), {"a seven", "b Seven"}),
        (("Ada Brook, 41, was elected.", "The winner is Ada Brook, 41, a baker."), {"a 41", "b 41"}),
        (
            ("The bill for the retreat was $5,687.75.", "The retreat had a bill of $5,587.75."),
            {"a $5,687.75", "b $5,587.75"},
        ),
    ],
)
def test_one_quantity_is_one_group(texts: tuple[str, ...], group: set[str]) -> None:
    assert frozenset(group) in groups(*texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("The flood killed 14 people.", "The flood left 14 villages dark."),  # another thing
        ("The flood killed 14 people.", "The choir sang for 14 minutes."),  # another dimension
        ("Twelve boats came from Tarn and eleven boats came from Hale.", "Twelve boats left a day later."),
        ("Police arrested 300 miners in Orvik.", "In Hale a storm drove 4,000 families from home."),
        ("He paid $40 for a hat.", "The bridge cost $9 million."),
    ],
)
def test_two_quantities_are_two_groups(texts: tuple[str, ...]) -> None:
    for group in groups(*texts):
        assert {words.split(" ", 1)[1].lower() for words in group} == {"twelve"}


def test_a_sentence_that_tells_two_numbers_apart_keeps_them_apart() -> None:
    found = groups(
        "Of the sailors 12 came from Tarn and 11 came from Hale.",
        "There were 12 sailors from Tarn and 11 sailors from Hale.",
    )
    assert all(len({words.split(" ")[1] for words in group}) == 1 for group in found)


def test_neither_order_nor_neighbours_change_the_groups() -> None:
    texts = [
        "The quake killed 10 people and hurt 80 in seven villages.",
        "Ten people were killed by the quake; 80 people were injured.",
        "The quake, of magnitude 5.9, hit 12 villages. As many as 80 people were wounded.",
    ]
    readings = [reading(letter, text) for letter, text in zip("abc", texts, strict=True)]
    first = figure_groups(readings, {})
    assert figure_groups(readings[::-1], {}) == first
    assert figure_groups([readings[1], readings[2], readings[0]], {}) == first


def test_no_reports_no_groups() -> None:
    assert figure_groups([], {}) == ()
    assert figure_groups([reading("a", "Nothing is counted here.")], {}) == ()


# --- conflict ----------------------------------------------------------------------------------------------------------------


def figure(words: str, low: float | None, high: float | None, unit: str = "people") -> Figure:
    return Figure("r", 0, len(words), words, low=low, high=high, unit=unit)


@pytest.mark.parametrize(
    ("a", "b", "conflict"),
    [
        (figure("80", 80, 80), figure("more than 80", 81, None), False),
        (figure("$5,687.75", 5687.75, 5687.75, "USD"), figure("$5,587.75", 5587.75, 5587.75, "USD"), True),
        (figure("More than 6,700", 6701, None), figure("nearly 7,000", 6300, 6999), False),
        (figure("10%", 10, 10, "percent"), figure("60-70%", 60, 70, "percent"), True),
        (figure("magnitude-5.9", 5.9, 5.9, "magnitude"), figure("6.1", 6.1, 6.1, "magnitude"), True),
        (figure("12", 12, 12), figure("about 15", 13.5, 16.5), True),
        (figure("14", 14, 14), figure("17", 17, 17), True),
        (figure("119", 119, 119), figure("about 1,000", 900, 1100), False),  # 781 is less than one unit of 1,000
        (figure("35 miles", 35, 35, "mile"), figure("60km", 60, 60, "kilometre"), False),
        (figure("35 miles", 35, 35, "mile"), figure("160km", 160, 160, "kilometre"), True),
        (
            figure("28 degrees Celsius", 28, 28, "degree Celsius"),
            figure("82 degrees", 82, 82, "degree Fahrenheit"),
            False,
        ),
        (figure("14", 14, 14), figure("17 days", 17, 17, "day"), False),
    ],
)
def test_ranges_conflict_where_they_lie_more_than_a_unit_apart(a: Figure, b: Figure, conflict: bool) -> None:
    assert apart(a, b) is conflict
    assert apart(b, a) is conflict


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_what_overlaps_never_conflicts(low: int, width: int) -> None:
    a, b = figure(str(low), low, low), figure(f"{low} to {low + width}", low, low + width)
    assert not apart(a, b)
    assert not apart(a, a)
