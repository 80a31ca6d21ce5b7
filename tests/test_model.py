"""The nouns check themselves: a span cannot hold words that its report does not have."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.errors import BrokenSpan
from twosource.model import Span, content_id
from twosource.sources import from_text


@given(st.text(min_size=1), st.integers(-3, 40), st.integers(-3, 40))
def test_a_span_is_its_reports_words_or_is_not_made(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        assert Span("r1", start, end, text).exact == text[start:end]
    else:
        with pytest.raises(BrokenSpan, match="r1"):
            Span("r1", start, end, text)


def test_a_span_cannot_be_changed_or_moved_to_another_text_without_its_words_changing_too() -> None:
    span = from_text("Zwei 🚢 sanken.").span(5, 6)
    assert span.exact == "🚢", "offsets count code points, not bytes"
    with pytest.raises(dataclasses.FrozenInstanceError):
        span.start = 0
    with pytest.raises(ValueError, match="exact"):
        dataclasses.replace(span, exact="something else", of="Zwei 🚢 sanken.")
    assert dataclasses.replace(span, of="Drei Schiffe").exact == "S"


def test_an_id_tells_its_parts_apart() -> None:
    assert content_id("r", "a", "b") != content_id("r", "ab") != content_id("s", "ab")
    assert content_id("r", "\ud800") != content_id("r", "\udbff"), "half a character is content too"
