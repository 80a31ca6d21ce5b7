"""The clauses of a sentence: together they hold each of its words once, and each is whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.reading.clauses import clauses
from twosource.reading.pipeline import pipeline


def heads(sentence: str, *cues: str) -> list[str]:
    doc = pipeline()(sentence)
    return [c.head.text for c in clauses(doc[:], {t.i for t in doc if t.text in cues})]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The dam burst on Sunday and nine people drowned in Orlo.", ["burst", "drowned"]),
        ("The dam, which the army built in 1962, burst on Sunday.", ["built", "burst"]),
        ("The crew opened the gates to save the dam.", ["opened"]),
        ("The crew left port without telling anybody in the village.", ["left"]),
        ("The gates stay shut if the river falls below two metres.", ["stay"]),
        ("The guards saw two men being led to a white van.", ["saw"]),
        ("It is not true that the gates were rusty.", ["is"]),
    ],
)
def test_what_stands_by_itself_is_cut(sentence: str, expected: list[str]) -> None:
    assert heads(sentence) == expected


def test_a_complement_is_cut_only_from_what_attributes_it() -> None:
    sentence = "The mayor said that the dam had burst on Sunday."
    assert heads(sentence) == ["said"]
    assert heads(sentence, "said") == ["said", "burst"]


def test_a_clause_without_a_subject_takes_it_from_above_or_from_what_it_hangs_on() -> None:
    doc = pipeline()("The old dam, which stood above Orlo, burst on Sunday and flooded nine villages.")
    subjects = {c.head.text: " ".join(t.text for t in c.subject) for c in clauses(doc[:])}
    assert subjects["flooded"] == subjects["burst"] == "The old dam"


WORDS = st.sampled_from(
    [
        "The",
        "dam",
        "burst",
        "and",
        "that",
        "who",
        "said",
        "not",
        ",",
        "Holm",
        "to",
        "leave",
        "if",
        "was",
        "of",
        ".",
        '"',
        "no",
        "when",
    ]
)


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=30), st.sets(st.integers(0, 29), max_size=5))
def test_each_word_stands_in_one_clause(words: list[str], cues: set[int]) -> None:
    for sentence in pipeline()(" ".join(words)).sents:
        found = clauses(sentence, cues)
        assert sorted(t.i for c in found for t in c.tokens) == [t.i for t in sentence]
        assert all(c.head in c.tokens for c in found)
