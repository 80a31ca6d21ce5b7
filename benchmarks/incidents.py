"""A stream of invented incidents that look alike: one kind of event, another place, another day.

    python benchmarks/incidents.py 1000 > incidents.jsonl

Each incident is told by two to six newsrooms over up to three days, each in its own words and order, with tolls that grow from day to day;
pens differ in what they leave out. Towns, people and newsrooms are invented and come again: a town that had a fire has another months later,
an inspector speaks for many cases. The same number gives the same stream, to the letter. They are made to tell look-alikes apart and to
measure time; nothing in them happened.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from twosource.model import Report
from twosource.sources import from_text

FIRST_DAY = datetime.date(2031, 1, 6)

#: Incidents that begin on one day.
A_DAY = 12

_CHOICE = re.compile(r"\{([^{}]*)\}")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_STARTS = (
    "Ash Brim Cald Dorn Elk Farn Glen Hald Ister Jor Kell Lor Mar Nor Ost Pell Quar Rost Sund Tarn Ulv Vost Wes Yar Zel Brack Crom Dun Ems Fal"
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

#: What is told of each kind of incident: the first line opens every report, the others as the pen likes.
_KINDS: dict[str, tuple[str, ...]] = {
    "fire": (
        "{A fire|A blaze|Fire} {tore through|destroyed|gutted} {a|an old} {warehouse|furniture warehouse|storehouse} in @town {on @weekday|late on @weekday|early on @weekday}{, leaving @toll people {hurt|injured}|, and @toll {people were|workers were} taken to hospital|}.",
        "{Firefighters|Crews} from {three|four} {stations|towns} {fought|battled} the {flames|blaze} {for hours|through the night} on @street.",
        "{At least|So far} @toll {people|workers} {were hurt|have been treated for smoke}, {said|according to} @official{|, who led the operation}.",
        "{The cause|What caused the fire} {is not yet known|was still being looked into}, @surname said.",
        "{Smoke|Black smoke} could be seen {for miles|from across the river|as far as the coast of @region}.",
        "{Neighbours|Residents} of @street were {told to keep their windows shut|led out of their homes}.",
        "{The owner|@company, which owns the building,} {put the damage at|spoke of damage of} @money {crowns|million crowns}.",
        "{It was|The building was} {insured|built some sixty years ago}, {the owner|the mayor of @town} said.",
    ),
    "quake": (
        "{An earthquake|A quake|A strong earthquake} of magnitude @magnitude {shook|struck|hit} @town {on @weekday|early on @weekday|before dawn on @weekday}{, killing @toll people|, and @toll people died|}.",
        "{Rescuers|Rescue teams} {dug|searched} {through|in} the {rubble|ruins} {for survivors|with dogs and bare hands}.",
        "{The number of dead|The toll} {stood at|had risen to} @toll, {said|according to} @official.",
        "{Several|Dozens of} {houses|buildings} on @street {collapsed|fell}, {residents|people who live there} said.",
        "{The tremor|It} was felt {across|all over} @region.",
        "{Power|Electricity} and {telephone|water} lines were {cut|down} in {parts of|most of} the {town|area}.",
        "{Tents|Blankets} were {on their way|handed out}, @surname {added|said}.",
        "{Schools|Offices} in @town {will stay closed|were closed} {for the week|until further notice}.",
    ),
    "crash": (
        "{A bus|A coach|A bus with pupils} {collided with|ran into} {a lorry|a truck} {near|outside} @town {on @weekday|on @weekday morning|on @weekday night}{, killing @toll|, and @toll people were killed|}.",
        "{The driver|The driver of the bus} {was among|is among} the {injured|dead}, {said|according to} @official.",
        "{Police|Officers} {closed|shut} the road {to @street|between @town and the motorway} {for hours|until noon}.",
        "{The dead|Those killed} now {number|are} @toll, the {hospital|clinic} in @town {said|reported}.",
        "{Witnesses|People nearby} {spoke of|described} {fog|ice|heavy rain} on the road.",
        "{Investigators|The public prosecutor} will {look at|examine} the {brakes|tachograph}, @surname said.",
        "The bus belonged to @company{| of @region}, {which runs|with} @count {coaches|buses}.",
        "{It was|This was} the {worst|third} {crash|accident} in @region {in years|this year}.",
    ),
    "flood": (
        "{Floods|Flood waters|High water} {swept through|swamped|cut off} @town {on @weekday|overnight to @weekday|from @weekday on}{, driving @toll {families|people} from their homes|; @toll people had to leave their homes|}.",
        "{The river|Water} {rose|stood} {by|at} @count centimetres {above|over} {normal|the mark} {at @street|at the old bridge}.",
        "{Some|At least} @toll {people|residents} were {in shelters|taken to safety}, {said|according to} @official.",
        "{Soldiers|Volunteers} {filled|piled up} {sandbags|bags of sand} along @street.",
        "{More rain|Further rain} was {expected|forecast} for @region.",
        "{Drinking water|Food} was {brought in|flown in} by {boat|helicopter}, @surname said.",
        "{@company|The works of @company} {stopped|halted} {production|its machines}.",
        "{The dam|The weir} {held|was holding}, {the mayor|engineers} said.",
    ),
    "robbery": (
        "{Masked robbers|Robbers|Thieves} {stole|made off with|took} {jewels|rings and watches} {worth|valued at} @money {million crowns|crowns} from {a shop|a jeweller's} in @town {on @weekday|on @weekday afternoon}.",
        "{The men|The robbers} {fled|escaped} {on motorcycles|in a grey van} {along|down} @street.",
        "{Nobody was|No one was} {hurt|harmed}, {said|according to} @official.",
        "{Police|Detectives} {held|arrested|were questioning} @toll {men|suspects} {by evening|later}.",
        "{A shop assistant|A guard} {had been|was} {threatened with a pistol|locked in a back room}.",
        "{A reward|A prize} of @count thousand crowns was offered, @surname said.",
        "The shop {belongs to|is run by} @company{, of @region|}.",
        "{Cameras|Two cameras} {caught|filmed} the {men|gang}, {who wore|in} {wigs|suits}.",
    ),
    "strike": (
        "{Dockers|Port workers|Workers at the port} of @town {walked out|went on strike|laid down tools} {on @weekday|at dawn on @weekday}{, and @toll ships were left waiting|; @toll ships lay at anchor|}.",
        "{The union|Their union} {asks for|wants|demands} @count {per cent|percent} more {pay|money}.",
        "{Talks|Negotiations} {broke down|ended} {without a result|in a row}, {said|according to} @official.",
        "{By nightfall|In the evening} @toll ships {waited|lay} off the {harbour|coast}.",
        "{Goods for|Freight to} @region {were held up|had to go by rail}.",
        "@company, {which runs the terminal|the operator}, {spoke of|put its losses at} @money {million crowns|crowns a day}.",
        "{Pickets|Men with banners} stood {at|before} the {gate|gates} on @street.",
        "{A judge|The court} {will hear|hears} the {matter|case} {next week|on Friday}, @surname said.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident: what all its reports have in common."""

    number: int
    kind: str
    day: datetime.date
    facts: dict[str, str]
    toll: int


def incidents(count: int, seed: int = 7) -> Iterator[Incident]:
    """The first `count` incidents of the stream, in the order of their days."""
    for number in range(count):
        pen = random.Random(f"{seed}/{number}")
        day = FIRST_DAY + datetime.timedelta(number // A_DAY)
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


def reports(count: int, seed: int = 7) -> list[tuple[str, Report]]:
    """The reports of the first `count` incidents with the incident of each, in the order of publication."""
    found = []
    for incident in incidents(count, seed):
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
