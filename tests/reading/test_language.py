"""The language of a text: what is told, and at what price."""

import subprocess
import sys

import pytest

from twosource.reading.language import language

TEXTS = [
    ("en", "The ferry left the harbour of Oskel before dawn with forty people on board, and it has not been heard of since."),
    ("en", "Two men were hurt when a crane fell."),
    ("en", "AT LEAST NINE PEOPLE WERE HURT ON TUESDAY WHEN A FERRY AND A BARGE COLLIDED OFF OSKEL, THE COAST GUARD SAID."),
    ("en", "Mayor Ilsa Brandt quits after flood report"),
    ("de", "Die Fähre hat den Hafen vor Sonnenaufgang verlassen und ist seitdem verschollen, wie die Polizei in der Nacht mitteilte."),
    ("de", "Was in der Nacht geschah, will die Polizei nicht sagen, bis die Familie der Frau informiert ist."),
    ("nl", "De veerboot is voor zonsopgang uit de haven vertrokken en er is sindsdien niets meer van het schip vernomen."),
    ("fr", "Le ferry a quitté le port avant l'aube avec quarante personnes à bord, et on est depuis sans nouvelles."),
    ("es", "El transbordador salió del puerto antes del amanecer con cuarenta personas a bordo y no se ha sabido más de él."),
    ("sv", "Färjan lämnade hamnen före gryningen med fyrtio personer ombord och har sedan dess inte hörts av."),
    ("pl", "Prom wypłynął z portu przed świtem z czterdziestoma osobami na pokładzie i od tego czasu zaginął."),
    ("ru", "Паром вышел из порта до рассвета, на борту было сорок человек, и с тех пор о нём ничего не известно."),
    ("uk", "Пором вийшов із порту до світанку, на борту було сорок людей, і відтоді про нього нічого не відомо."),
    ("ar", "غادرت العبارة الميناء قبل الفجر وعلى متنها أربعون شخصا ولم ترد أنباء عنها منذ ذلك الحين."),
    ("zh", "渡轮在黎明前离开港口，船上有四十人，此后便没有消息。"),
    ("ja", "フェリーは夜明け前に四十人を乗せて港を出たが、その後消息がない。"),
    ("ko", "여객선은 동트기 전에 마흔 명을 태우고 항구를 떠났다."),
    ("el", "Το πλοίο έφυγε από το λιμάνι πριν την αυγή."),
    ("he", "המעבורת עזבה את הנמל לפני עלות השחר."),
    ("th", "เรือข้ามฟากออกจากท่าเรือก่อนรุ่งสาง"),
    ("und", ""),
    ("und", "12:30 — 14.5 %"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), TEXTS, ids=[f"{c}-{t[:12]}" for c, t in TEXTS])
def test_the_language_of_a_text(code, text):
    assert language(text) == code


def test_a_quotation_in_another_language_does_not_change_it():
    english = "The minister was asked about the bridge, and she said that it would be built by the end of the year. "
    assert language(english + "« Nous ne savons rien », a-t-il dit. " + english) == "en"


def test_a_few_letters_still_get_a_guess():
    assert len(language("x")) == 2


def test_plain_english_does_not_load_the_classifier():
    program = (
        "import sys; from twosource.reading.language import language;"
        "language('The bridge was closed after two of the cables had been found to be broken, the police said.');"
        "sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
