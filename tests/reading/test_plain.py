"""What a report gets whose language no pipeline reads: what form alone tells, and a note that says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twosource
from twosource.model import Reading, Report
from twosource.reading import read
from twosource.sources import from_text

POLISH = """Zapora w Tarnholm pękła, trzy osoby nie żyją

14.05.2031, 16:30 — W nocy z poniedziałku na wtorek pękła zapora w Tarnholm. Zginęły 3 osoby, a 1 400 mieszkańców ewakuowano,
poinformował burmistrz Ivo Brandel. „Nigdy nie widzieliśmy takiej powodzi”, powiedział Brandel dziennikarzom. Szkody oszacowano na
2,5 mln euro, czyli 12% budżetu miasta, podała agencja TVK w Warsaw.
"""
UKRAINIAN = "Загинули 3 людини, евакуювали 1400 мешканців, повідомив мер Іво Брандель. «Ми ніколи не бачили такої повені», — сказав Брандель."
ARABIC = 'قتل 3 أشخاص في 14/05/2031. وقال رئيس البلدية "لم نر مثل هذا الفيضان من قبل" للصحفيين.'
CHINESE = (
    "2031年5月14日，水坝决堤，造成3人死亡，损失达250万欧元。市长说：“我们从来没有见过这样的洪水。”据Tarnholm Post报道。"
)
GERMAN = "Der Damm brach am Dienstag. 1.400 Einwohner wurden evakuiert, sagte Bürgermeisterin Maria Brandel. Der Regen hält an, hieß es in Berlin."


def plainly(text: str, language: str) -> Reading:
    return read(Report("r", "a.txt", text, "", "", "text/1", published="2031-05-14", language=language))


def names(reading: Reading) -> dict[str, str]:
    return {a.name: a.kind for a in reading.actors}


def test_the_note_says_what_it_got() -> None:
    reading = plainly(POLISH, "pl")
    assert reading.reader is None
    assert reading.statements == ()
    assert [n.kind for n in reading.notes] == ["unread"]
    assert "no pipeline for language “pl”" in reading.notes[0].words
    assert "names by capitals" in reading.notes[0].words


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (POLISH, "pl", {"Ivo Brandel": "person", "Tarnholm": "other", "TVK": "organisation", "Warsaw": "place"}),
        (UKRAINIAN, "uk", {"Іво Брандель": "person"}),
        (ARABIC, "ar", {}),
        (GERMAN, "de", {"Maria Brandel": "person", "Berlin": "place"}),
    ],
)
def test_names_by_capitals_and_the_gazetteer(text: str, language: str, expected: dict[str, str]) -> None:
    assert names(plainly(text, language)) == expected


def test_a_last_word_alone_is_the_one_who_bears_it() -> None:
    brandel = next(a for a in plainly(POLISH, "pl").actors if a.name == "Ivo Brandel")
    assert [m.exact for m in brandel.mentions] == ["Ivo Brandel", "Brandel"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            POLISH,
            "pl",
            [("3", 3, "osoby"), ("1 400", 1400, "mieszkańców"), ("12%", 12, "percent")],
        ),  # no "2,5" of millions
        (UKRAINIAN, "uk", [("3", 3, "людини"), ("1400", 1400, "мешканців")]),
        (CHINESE, "zh", [("3", 3, "人")]),
        (GERMAN, "de", [("1.400", 1400, "einwohner")]),
        ("Cena wynosi €5,50 za 3 kg.", "pl", [("€5,50", 5.5, "EUR"), ("3 kg", 3, "kilogram")]),
        ("W 2029 roku, 14. maja o 16:30, ulica Nowa 7/9, pokój A12.", "pl", []),
    ],
)
def test_figures_in_digits(text: str, language: str, expected: list[tuple[str, float, str]]) -> None:
    found = plainly(text, language).figures
    assert [(f.exact, f.low, f.unit) for f in found] == expected
    assert all(f.low == f.high for f in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (POLISH, ["2031-05-14", "2031-05-14T16:30"]),
        (ARABIC, ["2031-05-14"]),
        (CHINESE, ["2031-05-14"]),
        ("Dnia 03.04.2031 i 2031-05-01", ["2031-04-03", "2031-05-01"]),
    ],
)
def test_dates_in_digits(text: str, expected: list[str]) -> None:
    assert [t.value for t in plainly(text, "xx").times] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (POLISH, ["Nigdy nie widzieliśmy takiej powodzi"]),
        (UKRAINIAN, ["Ми ніколи не бачили такої повені"]),
        (ARABIC, ["لم نر مثل هذا الفيضان من قبل"]),
        (CHINESE, ["我们从来没有见过这样的洪水。"]),
        ("Film „Długa Noc Nad Rzeką” pokazano w sobotę.", []),
    ],
)
def test_quotes_by_marks_have_no_speaker(text: str, expected: list[str]) -> None:
    said = plainly(text, "xx").quotes
    assert [q.exact for q in said] == expected
    assert all(q.speaker is None and q.source is None for q in said)


def test_a_story_in_two_languages_is_compared() -> None:
    english = from_text(
        "Three people were killed at Tarnholm, the mayor, Ivo Brandel, said.", file="a.txt", published="2031-05-14"
    )
    told = twosource.compare([english, from_text(POLISH, file="b.txt", published="2031-05-14")])
    assert len(told.reports) == 2
    assert any("no pipeline" in n.words for n in told.notes)


@given(st.text(max_size=200), st.sampled_from(["pl", "de", "zh", "ar"]))
def test_any_text_is_read_and_every_span_is_exact(text: str, language: str) -> None:
    reading = plainly(text, language)
    for span in (*reading.names, *reading.figures, *reading.times, *reading.quotes, *reading.sentences):
        assert text[span.start : span.end] == span.exact
