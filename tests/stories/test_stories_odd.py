"""What no desk would give `twosource stories`, and it gets all the same: the small of what was measured at its full size."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from twosource.cli import main
from twosource.stories.grouping import TOO_SHORT

TEXT = (
    "A goods train left the rails near Halvermoor on Monday, injuring four people, police said. Two wagons struck a"
    " signal box and the line to Brenfield is shut until Wednesday."
)
PLACES = ("Halvermoor", "Brenfield", "Oakholt", "Sandvey", "Tirrow")
EVENTS = (
    "goods train left the rails",
    "fire broke out in a mill",
    "ferry ran aground",
    "wall fell onto a market",
    "bus left the road",
)
LANGUAGES = {
    "en": "A goods train left the rails near Halvermoor on Monday, injuring four people, police said.",
    "fr": "Un train de marchandises a déraillé lundi près de Halvermoor, blessant quatre personnes, selon la police.",
    "de": "Ein Güterzug ist am Montag bei Halvermoor entgleist, vier Menschen wurden verletzt, so die Polizei.",
    "es": "Un tren de mercancías descarriló el lunes cerca de Halvermoor y dejó cuatro heridos, según la policía.",
    "it": "Un treno merci è deragliato lunedì vicino a Halvermoor, ferendo quattro persone, ha detto la polizia.",
    "ru": "Грузовой поезд сошёл с рельсов в понедельник близ Халвермура, пострадали четыре человека.",
    "ar": "خرج قطار بضائع عن القضبان يوم الاثنين قرب هالفرمور مما أدى إلى إصابة أربعة أشخاص.",
    "zh": "警方称，星期一一列货运列车在哈尔弗莫尔附近脱轨，造成四人受伤。",
    "ja": "警察によると、月曜日にハルバームーア近郊で貨物列車が脱線し、4人が負傷した。",
    "hi": "पुलिस के अनुसार सोमवार को हाल्वरमूर के पास एक मालगाड़ी पटरी से उतर गई, चार लोग घायल हो गए।",
}

Told = list[dict[str, Any]]


@pytest.fixture
def stories(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Any:
    """The stories that the command tells of some lines, and what it says beside."""

    def of(*lines: dict[str, Any]) -> tuple[Told, str]:
        file = tmp_path / "pile.jsonl"
        file.write_text("".join(json.dumps({"id": f"n{n}"} | line) + "\n" for n, line in enumerate(lines)), "utf-8")
        assert main(["stories", str(file), "--format", "json"]) in {0, 1}
        said = capfd.readouterr()
        told: Told = json.loads(said.out)["stories"]
        assert sorted(r for s in told for r in s["reports"]) == sorted(f"n{n}" for n in range(len(lines)))
        return told, said.err

    return of


def test_copies_of_one_text_are_one_story_in_one_step(stories: Any) -> None:
    """One step, not a thousand: a million copies cost what their names cost."""
    (story,), _ = stories(*({"text": TEXT, "published": "2031-04-01"} for _ in range(1000)))
    assert [step["how"] for step in story["joined"]] == ["copy", "copy"], "512 are taken in at once"
    assert "note" not in story


def test_dates_out_of_this_world_cost_no_report_its_story(stories: Any) -> None:
    """1970 is no date, nor is the last day of 9999, and tomorrow is near; what is no date at all is said."""
    dates = ("2031-04-01", "1970-01-01T00:00:00Z", "2031-04-02", None, "yesterday", "9999-12-31T23:59:59Z")
    words = ("injuring", "hurting", "wounding", "which hurt", "that injured", "leaving hurt")
    lines = [
        {"text": TEXT.replace("injuring", word)} | ({"published": date} if date else {})
        for word, date in zip(words, dates, strict=True)
    ]
    (story,), said = stories(*lines)
    assert len(story["reports"]) == 6
    assert "“yesterday”, is no ISO 8601 date" in said


def test_a_report_dated_long_after_all_others_stands_alone(stories: Any) -> None:
    near = [{"text": TEXT.replace("injuring", w), "published": "2031-04-01"} for w in ("injuring", "hurting")]
    told, _ = stories(*near, {"text": TEXT.replace("injuring", "wounding four, which is"), "published": "2131-04-01"})
    assert sorted(sorted(s["reports"]) for s in told) == [["n0", "n1"], ["n2"]]


def test_one_story_of_many_reports_is_one_but_for_little(stories: Any) -> None:
    """Of 5,000 reports much like these, 97.8 % were in one story, in 6 s of computing and 93 MB."""
    pick = random.Random(3)
    heads = ("A goods train left the rails", "A long freight train derailed", "A train of wagons came off the track")
    rest = (
        "Rescuers worked through the night", "Residents heard a loud bang", "Buses replace trains to Brenfield",
        "The operator Norrail opened an inquiry", "Minister Lena Varga promised help", "Crane crews lifted two wagons",
        "A signal box was struck", "Schools were closed on Tuesday", "Inspector Tom Haddow leads the inquiry",
    )  # fmt: skip
    lines = [
        {
            "text": f"{pick.choice(heads)} near Halvermoor on Monday, injuring {3 + n // 100} people, police said. "
            f"{'. '.join(pick.sample(rest, 4))}. The paper counted {pick.randint(3, 90)} callers.",
            "published": "2031-04-01",
        }
        for n in range(700)
    ]
    told, _ = stories(*lines)
    assert max(len(s["reports"]) for s in told) >= 0.95 * len(lines)


def test_reports_without_dates_are_sorted_by_what_they_tell(stories: Any) -> None:
    lines = [
        {"text": f"A {event} near {place} on Monday, hurting {n + 2} people. {word} of {place} visited the place."}
        for n, (event, place) in enumerate(zip(EVENTS, PLACES, strict=True))
        for word in ("Mayor Ada Quill", "Mayor Quill", "The mayor, Ada Quill,")
    ]
    told, _ = stories(*lines)
    assert {frozenset(int(r[1:]) // 3 for r in s["reports"]) for s in told} == {frozenset({n}) for n in range(5)}


def test_of_one_word_nothing_is_told_and_that_is_said(stories: Any) -> None:
    words = ("Fire", "Derailment", "Halvermoor", "Oui", "火事", "x", "42", "…")
    told, _ = stories(*({"text": word, "published": "2031-04-01"} for word in (*words, *words)))
    assert len(told) == len(words)
    assert {s["note"] for s in told} == {TOO_SHORT}, "of copies too"


def test_ten_languages_at_once_are_all_sorted(stories: Any) -> None:
    lines = [
        {"text": text, "published": "2031-04-01", "language": language}
        for language, text in LANGUAGES.items()
        for _ in range(3)
    ]
    told, _ = stories(*lines)
    homes = [{n for n, s in enumerate(told) if f"n{3 * at + k}" in s["reports"]} for at in range(10) for k in range(3)]
    assert all(homes[3 * at] == homes[3 * at + 1] == homes[3 * at + 2] for at in range(10)), "copies stay together"
