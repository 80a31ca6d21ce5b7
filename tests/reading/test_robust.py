"""Whatever the text: it is read without an exception, and every span is the text at its place."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.model import Reading, Report, Span
from twosource.reading import read

PROSE = (
    "Ida Holm, the mayor of Orlo, said on Monday that about 40 people were hurt when the dam burst. “We lost the mill,” she said. "
    "Peter Ness denied that he had been warned. "
)


def spans(thing: object) -> Iterator[Span]:
    """Every span in a reading, at any depth."""
    if isinstance(thing, Span):
        yield thing
    if isinstance(thing, tuple):
        for each in thing:
            yield from spans(each)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, Report):
        for field in dataclasses.fields(thing):
            yield from spans(getattr(thing, field.name))


def checked(text: str) -> Reading:
    reading = read(Report("r", "a.txt", text, "", "", "text/1", published="2031-05-06", language="en"))
    read(Report("r", "a.txt", text, "", "", "text/1"))
    for span in spans(reading):
        assert span.exact == text[span.start : span.end]
    assert all(not s.exact[0].isspace() and not s.exact[-1].isspace() for s in reading.statements)
    return reading


def rubbish(seed: int) -> str:
    """Prose as a bad scan gives it: letters swapped for look-alikes, words broken, lines cut."""
    chance = random.Random(seed)
    swap = {"e": "c", "l": "1", "o": "0", "i": "l", "m": "rn", "s": "5", " ": "  ", ".": ","}
    return "".join(swap.get(c, "-\n") if chance.random() < 0.15 else c for c in PROSE * 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\r\n\u2028\x0b",
        ".",
        "“",
        "”",
        '"',
        '""',
        "—",
        "said",
        PROSE.replace(".", ""),
        PROSE.upper(),
        PROSE.lower(),
        PROSE.replace(" ", ""),
        PROSE.replace(" ", "\u200b"),
        PROSE.replace("e", "e\u200d\u0301"),
        "\ufeff" + PROSE,
        PROSE.replace("”", ""),
        PROSE.replace("“", ""),
        "”" * 40 + PROSE + "“" * 40,
        "((((" + PROSE + "]]]]",
        "🌊🔥 " + PROSE.replace(".", " 😢🇳🇴👩‍👧."),
        "\u202e" + PROSE + "\u202c",
        "قالت إيدا هولم إن السد انفجر يوم الأحد. " + PROSE,
        "\x00\x01\x02 " + PROSE,
        "\ud800 " + PROSE,
        "1" * 400,
        "9,999,999,999,999,999,999,999 people, 1e999 people and ½ of ⅔ of 10^400 dollars.",
        rubbish(1),
        rubbish(2),
        "- " * 500,
        "and " * 500,
        "who said that " * 200,
        "He said she said " * 150,
        "not " * 300 + "denied",
        "\n".join(PROSE.split()),
        "A" * 5000,
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_bad_text_is_read(text: str) -> None:
    checked(text)


def test_a_sentence_of_ten_thousand_words_is_read() -> None:
    text = "Ida Holm said that " + "the dam near Orlo burst and " * 1600 + "nobody was hurt."
    reading = checked(text)
    assert len(text.split()) > 9_000
    assert any(s.polarity == "denied" for s in reading.statements)
    assert max(len(s.exact) for s in reading.statements) <= 600


def test_a_long_line_is_read_up_to_the_cap_and_the_rest_is_named() -> None:
    reading = checked("x" * 2_000_000)
    assert [note.kind for note in reading.notes] == ["unread"]


PIECES = st.sampled_from(
    [
        "Ida Holm", "said", "that", "denied", "“", "”", '"', "'", "«", "‘", "40 people", "on Monday", ",", ".", "\n", "\n\n", " ", "who",
        "was not", "hurt", "the mayor", "she", "According to", "(", ")", "—", "🌊", "\u200b", "\u202e", "ا", "$3", "%", "By", "if", "1/2",
        "'s", "n't", "\t", "\u2028", "must", "MINISTER", "2031", ":", ";", "…", "told Tarn News", "-",
    ]
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40), st.sampled_from(["", " "]))
def test_any_pieces_of_news_are_read(words: list[str], between: str) -> None:
    checked(between.join(words))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    checked(text)
