"""Stories of any number of reports, written by the templates of port_fire.txt: one fire in a port, told by invented newsrooms.

Each newsroom tells most of the same facts in its own order and words, gives some figures otherwise, and has witnesses, residents and
side matters of its own, as newsrooms have. About 1,000 words a report. The same number gives the same story, to the letter; the first
reports of a longer story are those of a shorter one. They are made to measure time and memory, not quality: no verdict on them means
anything.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from twosource.model import Report
from twosource.sources import from_text

_GIVEN = (
    "Alva Bruno Carla Dimo Edda Falk Greta Hanno Irma Jaro Kaia Lenz Marta Nilo Olga Piet Rosa Silvan Tilda Ugo Vera Wim Ylva Zeno"
).split()
_STARTS = (
    "Ash Brim Cald Dorn Elk Farn Glen Hald Ister Jor Kell Lor Mar Nor Ost Pell Quar Rost Sund Tarn Ulv Vost Wes Yar"
).split()
_NAMES = "berg dal stad ler mann owski ensen ova ik aro etti ulin".split()
_TOWNS = "ford mouth haven wick bury gate mark holm".split()
_BODIES = (
    "Institute,Foundation,Chamber of Commerce,Farmers' League,Society,Relief Fund,Insurance Board,Weather Office"
).split(",")
_STREETS = "Street,Lane,Square,Road".split(",")

_CHOICE = re.compile(r"\{([^{}]*)\}")


def story(count: int, words: int = 1000, seed: int = 7) -> list[Report]:
    """The first `count` reports of story `seed`, each of about `words` words."""
    lines = Path(__file__).with_name("port_fire.txt").read_text(encoding="utf-8").split("\n\n")
    shared, alone = ([line for line in part.splitlines() if not line.startswith("#")] for part in lines)
    return [_report(n, words, shared, alone, random.Random(f"{seed}/{n}")) for n in range(count)]


def _report(number: int, words: int, shared: Sequence[str], alone: Sequence[str], pen: random.Random) -> Report:
    outlet = f"{_STARTS[number % 24]}{_TOWNS[number // 24 % 8]} {pen.choice(('Post', 'Herald', 'Courier', 'Gazette'))}"
    people = [f"{pen.choice(_GIVEN)} {pen.choice(_STARTS)}{pen.choice(_NAMES)}" for _ in range(6)]
    towns = [f"{pen.choice(_STARTS)}{pen.choice(_TOWNS)}" for _ in range(3)]
    own = {
        "@person": lambda: pen.choice(people),
        "@town": lambda: pen.choice(towns),
        "@body": lambda: f"the {pen.choice(towns)} {pen.choice(_BODIES)}",
        "@street": lambda: f"{pen.choice(_STARTS)}er {pen.choice(_STREETS)}",
        "@count": lambda: str(pen.choice((pen.randrange(2, 30), pen.randrange(30, 900), 100 * pen.randrange(10, 90)))),
    }

    def written(template: str) -> str:
        while (choice := _CHOICE.search(template)) is not None:
            inside = choice[1]
            said = own[inside]() if inside in own else pen.choice(inside.split("|"))
            template = template[: choice.start()] + said + template[choice.end() :]
        sentence = re.sub(r"\s+([,.])", r"\1", re.sub(r"([,.])\1+", r"\1", template))
        return sentence[0].upper() + sentence[1:]

    first, *facts = shared
    pen.shuffle(facts)
    sentences = [written(first), *(written(f) for f in facts[: pen.randrange(16, 23)])]
    while sum(len(s.split()) for s in sentences) < words:
        sentences.insert(pen.randrange(2, len(sentences) + 1), written(pen.choice(alone)))
    paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    return from_text(
        "\n\n".join(paragraphs), file=f"{number:03}.txt", outlet=outlet, published=f"2031-04-0{1 + number % 3}"
    )
