"""A report cut into pieces is still the report, and whatever points into it is a run of whole pieces."""

from __future__ import annotations

import re

from harbour_fire import report
from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Report, Span
from twosource.outputs.page.places import Paragraph, paragraphs

ALPHABET = "ab .\n\r\u202e\u0301🜁ש"


@st.composite
def pointed_at(draw: st.DrawFn) -> tuple[Report, list[tuple[Span, int]], list[Span]]:
    """A report, places in it that claims rest on, and places that links lead to."""
    of = report("a.txt", draw(st.text(ALPHABET, min_size=2, max_size=60)))

    def span(draw: st.DrawFn) -> Span:
        start = draw(st.integers(0, len(of.text) - 1))
        return of.span(start, draw(st.integers(start + 1, len(of.text))))

    spans = st.composite(span)()
    return of, draw(st.lists(st.tuples(spans, st.integers(1, 9)), max_size=6)), draw(st.lists(spans, max_size=4))


def shown(text: str) -> list[tuple[int, str]]:
    """The lines that a page shows of a text, with where they start: those that hold anything."""
    return [(m.start(), m[0]) for m in re.finditer(r"[^\r\n]+", text) if m[0].strip()]


def starts(made: tuple[Paragraph, ...], of: Report) -> list[tuple[int, str, frozenset[int]]]:
    """Each piece with its offset and claims."""
    found = []
    for (at, _), paragraph in zip(shown(of.text), made, strict=True):
        for piece in paragraph.pieces:
            found.append((at, piece.text, frozenset(piece.claims)))
            at += len(piece.text)
    return found


@given(pointed_at())
def test_no_character_is_left_out_and_none_is_added(given: tuple[Report, list[tuple[Span, int]], list[Span]]) -> None:
    of, evidence, others = given
    made = paragraphs(of, "A", evidence, others)
    assert ["".join(p.text for p in x.pieces) for x in made] == [line for _, line in shown(of.text)]
    assert all(p.text for x in made for p in x.pieces)


@given(pointed_at())
def test_each_character_bears_just_the_claims_that_rest_on_it(
    given: tuple[Report, list[tuple[Span, int]], list[Span]],
) -> None:
    of, evidence, others = given
    for at, text, claims in starts(paragraphs(of, "A", evidence, others), of):
        for offset in range(at, at + len(text)):
            assert claims == {n for s, n in evidence if s.start <= offset < s.end}


@given(pointed_at())
def test_a_place_is_called_by_where_it_starts(given: tuple[Report, list[tuple[Span, int]], list[Span]]) -> None:
    of, evidence, others = given
    made = paragraphs(of, "A", evidence, others)
    named = [p.place for x in made for p in x.pieces]
    at = [offset for offset, _, _ in starts(made, of)]
    assert all(place is None or place == f"A.{offset}" for place, offset in zip(named, at, strict=True))
    lines = shown(of.text)
    for span in (*(s for s, _ in evidence), *others):
        if any(start <= span.start < start + len(line) for start, line in lines):
            assert f"A.{span.start}" in named, "a link to it leads somewhere"
