"""A stream of invented incidents that look alike: one kind of event, another place, another day.

    python benchmarks/incidents.py 1000 > incidents.jsonl

Each incident is told by two to six newsrooms over up to three days, each in its own words and order, with tolls that grow from day to
day; pens differ in what they leave out. Towns, people and newsrooms are invented and come again: a town that had a fire has another
months later, an inspector speaks for many cases. The same number gives the same stream, to the letter. They are made to tell
look-alikes apart and to measure time; nothing in them happened.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from twosource.model import Report
from twosource.sources import from_text

FIRST_DAY = datetime.date(2031, 1, 6)

#: Incidents that begin on one day, where nothing else is asked for.
A_DAY = 12

_CHOICE = re.compile(r"\{([^{}]*)\}")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_STARTS = (
    "Ash Brim Cald Dorn Elk Farn Glen Hald Ister Jor Kell Lor Mar Nor Ost Pell Quar Rost Sund Tarn Ulv Vost Wes Yar Zel Brack"
    " Crom Dun Ems Fal"
).split()
_ENDS = "ford mouth haven wick bury gate mark holm stad berg dal by ness leigh vik moor".split()
_GIVEN = (
    "Alva Bruno Carla Dimo Edda Falk Greta Hanno Irma Jaro Kaia Lenz Marta Nilo Olga Piet Rosa Silvan Tilda Ugo Vera Wim Ylva Zeno"
).split()
_FAMILY = "mann owski ensen ova ik aro etti ulin ers quist ano ley".split()
_REGIONS = (
    "Westmark,the Upper Lorne,Sundland,the Calder Valley,Ostermark,the Dunmoor,Fallow County,Greater Istria Bay".split(
        ","
    )
)
_PAPERS = "Post Herald Courier Gazette Ledger Tribune Echo Wire".split()


def _kinds() -> dict[str, list[str]]:
    """What is told of each kind of incident: the first sentence opens every report, the others as the pen likes."""
    found: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("incidents.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = sentences = []
        elif line and not line.startswith("#"):
            sentences.append(line)
    return found


_KINDS = _kinds()


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident: what all its reports have in common."""

    number: int
    kind: str
    day: datetime.date
    facts: dict[str, str]
    toll: int


def incidents(count: int, seed: int = 7, a_day: int = A_DAY) -> Iterator[Incident]:
    """The first `count` incidents of the stream, `a_day` on each day, in the order of their days."""
    for number in range(count):
        pen = random.Random(f"{seed}/{number}")
        day = FIRST_DAY + datetime.timedelta(number // a_day)
        family = f"{pen.choice(_STARTS)}{pen.choice(_FAMILY)}"
        rank = pen.choice(("Inspector", "Mayor", "Commissioner", "Chief"))
        facts = {
            "@town": f"{pen.choice(_STARTS)}{pen.choice(_ENDS)}",
            "@street": f"{pen.choice(_STARTS)}er {pen.choice(('Street', 'Lane', 'Road', 'Quay'))}",
            "@region": pen.choice(_REGIONS),
            "@official": f"{rank} {pen.choice(_GIVEN)} {family}",
            "@surname": family,
            "@company": f"{pen.choice(_STARTS)}{pen.choice(_FAMILY)} {pen.choice(('Brothers', 'Lines', 'Trading', 'Works'))}",
            "@weekday": _DAYS[day.weekday()],
            "@magnitude": f"{pen.randrange(48, 75) / 10}",
            "@money": str(pen.randrange(2, 90)),
            "@count": str(pen.randrange(12, 400)),
        }
        yield Incident(number, pen.choice(sorted(_KINDS)), day, facts, pen.randrange(2, 40))


def reports(count: int, seed: int = 7, a_day: int = A_DAY) -> list[tuple[str, Report]]:
    """The reports of the first `count` incidents with the incident of each, in the order of publication."""
    found = []
    for incident in incidents(count, seed, a_day):
        pen = random.Random(f"{seed}/{incident.number}/reports")
        for n in range(pen.randrange(2, 7)):
            later = pen.choice((0, 0, 1, 1, 2))
            when = incident.day + datetime.timedelta(later)
            paper = f"{pen.choice(_STARTS)}{pen.choice(_ENDS)} {pen.choice(_PAPERS)}"
            text = _told(incident, incident.toll + later * pen.randrange(1, 9), pen)
            report = from_text(
                text, file=f"{incident.number:06}-{n}", outlet=paper, published=when.isoformat(), language="en"
            )
            found.append((when, f"{pen.random():.12f}", f"{incident.number:06}", report))
    return [(story, report) for _, _, story, report in sorted(found, key=lambda f: f[:2])]


def _told(incident: Incident, toll: int, pen: random.Random) -> str:
    first, *others = _KINDS[incident.kind]
    lines = [first, *pen.sample(others, pen.randrange(2, 6))]
    facts = {**incident.facts, "@toll": str(toll)}
    return "\n".join(_written(line, facts, pen) for line in lines)


def _written(template: str, facts: dict[str, str], pen: random.Random) -> str:
    while (choice := _CHOICE.search(template)) is not None:
        template = template[: choice.start()] + pen.choice(choice[1].split("|")) + template[choice.end() :]
    for name, value in facts.items():
        template = template.replace(name, value)
    sentence = re.sub(r"\s+([,.;])", r"\1", template)
    return sentence[0].upper() + sentence[1:]


def main() -> None:
    for story, report in reports(int(sys.argv[1]) if len(sys.argv) > 1 else 1000):
        record = {
            "id": report.file,
            "story": story,
            "published": report.published,
            "outlet": report.outlet,
            "text": report.text,
        }
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
