"""The normalised view in which words are sought: what counts as the same word, and where each stands in the exact text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.archive.search_words import forms, name_forms, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ferries sank off SALTMOUTH", "ferry sank off saltmouth"),
        ("Élise and Łucja crossed the Straße", "elise and lucja crossed the strasse"),
        ("Brill’s boat, Brill's boats, the crews' boat", "brill boat brill boat the crew boat"),
        ("It said 'S' twice", "it said s twice"),
        ("l’opposition", "l opposition"),
        ("1,000 e-mails", "1 000 e mail"),
        ("co\u00adoper\u200bation", "cooperation"),
        ("e\u0301lan", "elan"),
        ("ещё Всё", "еще все"),
        ("كَتَبَ", "كتب"),
        ("क्षेत्र में", "क्षेत्र में"),
        ("東京で", "東 京 で"),
        ("the news of this bus crisis", "the news of this bus crisis"),
        ("boxes, churches, houses", "box church house"),
        ("— & …", ""),
    ],
)
def test_what_counts_as_the_same_word(text: str, found: str) -> None:
    assert forms(text) == found.split()


def test_each_word_stands_where_it_stands_in_the_text() -> None:
    text = "The Café’s «ferries» sank."
    of = words(text)
    assert [text[a:b] for a, b in zip(of.starts, of.ends, strict=True)] == ["The", "Café", "ferries", "sank"]


def test_a_name_is_sought_in_latin_letters() -> None:
    assert name_forms("Ада Брилль") == name_forms("ADA BRILL") == ["ada", "brill"]
    assert name_forms("Jo Waters’s") == ["jo", "waters"]


anything = st.text(max_size=60) | st.lists(
    st.sampled_from(["ferry", "’s", "'S", "s", " ", "É", "e\u0301", "\u200b", "\u00ad", "東", "กำ", "क्षि", "ﷺ", "½", "İ", "\ud800", "\0", "_", "|", '"', "ﬃ"])
).map("".join)  # fmt: skip


@given(anything)
def test_forms_are_letters_and_digits_and_nothing_that_a_database_reads_as_more(text: str) -> None:
    of = words(text)
    assert list(of.forms) == forms(text)
    for form, start, end in zip(of.forms, of.starts, of.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert form
        assert not any(c.isspace() or c in "\ue000␀" or (c.isascii() and not c.isalnum()) for c in form)
    assert all(name.isascii() and name.isalnum() for name in name_forms(text))


@given(anything, anything)
def test_the_words_of_a_part_are_those_of_the_whole_there(before: str, after: str) -> None:
    """The first characters of a report are indexed; what is marked is sought in the same ones."""
    text = f"{before}\n{after}"
    of = words(text)
    kept = [form for form, end in zip(of.forms, of.ends, strict=True) if end <= len(before)]
    assert list(words(text, 0, len(before)).forms) == kept
