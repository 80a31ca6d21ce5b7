"""Who stands behind a statement: a named voice, wherever it is carried; else the lineage of the report that says it.

An institution and who speaks for it are one origin, and so are a prosecution and the papers it files. An unnamed voice
("officials", "those released") and what a report asserts itself count once a lineage.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from anyascii import anyascii

from twosource.matching.voices import DEFINITE, described, plain
from twosource.model import Actor, Statement

#: Likeness of two given names (Jaro-Winkler) from which two people of one surname count as one origin.
ONE_GIVEN_NAME = 0.88

#: What one office says in many forms: the words that name it, by office. In one story there is one prosecution.
_OFFICES: Mapping[str, frozenset[str]] = {
    "prosecution": frozenset(
        "prosecutor prosecutors prosecution indictment charges complaint affidavit information attorney's"
        " filing filings arraignment".split()
    ),
}
_PROSECUTES = re.compile(
    r"\b(?:department of justice|justice department|public prosecutor|crown prosecution|state attorney)\b",
    re.IGNORECASE,
)
_COURT_PAPERS = re.compile(
    r"\b(?:court|charging|plea|prosecut\w+)\s+(?:papers?|documents?|filings?|records?|agreement)\b", re.IGNORECASE
)
#: What is one wherever it is spoken of with "the": in one story there is one ministry, one company, one court.
_INSTITUTIONS = frozenset(
    "academy administration agency airline airport army association authority bank board brigade broadcaster bureau cabinet centre"
    " center charity chamber church clinic club coalition college commission committee company congress consortium consulate"
    " council court department directorate embassy federation firm force foundation fund government group headquarters hospital"
    " inspectorate institute institution laboratory league manufacturer ministry monitor municipality museum navy network newspaper office"
    " operator opposition organisation organization paper parliament party prosecution publisher regulator registry school senate"
    " service society station supplier syndicate team tribunal trust union university utility watchdog".split()
)
#: Verbs by which whoever is their subject says how a thing is to be seen: "called it an insult", "put the number at 26".
_JUDGES = frozenset("brand call characterise characterize deem describe dub estimate label put term".split())
#: What a report passes on without saying from whom.
_HEARSAY = re.compile(
    r"\b(?:(?:is|are|was|were) (?:said|reported|believed|thought|understood|alleged|rumoured|rumored|suspected) (?:to|of)\b"
    r"|(?:is|are|was|were|been) (?:formally )?accused of\b|allegedly\b|reportedly\b|supposedly\b)",
    re.IGNORECASE,
)
_COLLECTIVE = frozenset("police people staff military crew public press media family jury crowd".split())
_SPEAKS_FOR = re.compile(
    r"\b(?:spokes(?:man|woman|person)|representative|head|chief|director|chair(?:man|woman)?|president|secretary|minister|leader"
    r"|editor|manager|executive|commissioner|attorney|lawyer|governor|mayor|official|founder)\b",
    re.IGNORECASE,
)
_MINISTER = re.compile(r"\b(\w+(?: \w+)?) minister\b|\bminister (?:of|for) (?:the )?(\w+)", re.IGNORECASE)
_MINISTRY = re.compile(r"\b(\w+(?: \w+)?) ministry\b|\bministry (?:of|for) (?:the )?(\w+)", re.IGNORECASE)


def institutions(actors: Sequence[Actor]) -> dict[str, str]:
    """For each actor's id, the id of the origin it counts for: its own, or that of the institution it speaks for.

    A person speaks for an organisation that stands in the person's role ("spokesman for the Harbour Board", "Board chairman"),
    and a minister for the ministry of the same field.
    """
    organisations = [a for a in actors if a.kind == "organisation"]
    by_report: dict[str, dict[tuple[int, int], Actor]] = {}
    for organisation in organisations:
        for m in organisation.mentions:
            by_report.setdefault(m.report, {})[m.start, m.end] = organisation
    ministries = {f: a for a in organisations for n in _forms(a) for f in _fields(_MINISTRY, n)}
    offices = _offices(organisations)
    speaks: dict[str, str] = {a.id: a.id for a in actors}
    for actor in actors:
        if actor.kind != "person":
            continue
        for role in actor.roles:
            places = by_report.get(role.report, {})
            inside = [place for place in places if role.start <= place[0] and place[1] <= role.end]
            found = places[min(inside)] if inside and _SPEAKS_FOR.search(role.exact) else None
            found = found or next((ministries[f] for f in _fields(_MINISTER, role.exact) if f in ministries), None)
            title = role.exact.lower().strip()
            found = found or (offices.get(title) if len(title.split()) > 1 else None)
            office = found.id if found is not None else office_of(role.exact)
            if office is not None:
                speaks[actor.id] = office
                break
    for one, other in _one_person_spelled_twice(actors):
        speaks[other] = speaks[one]
    return speaks


def _one_person_spelled_twice(actors: Sequence[Actor]) -> Iterable[tuple[str, str]]:
    """Persons of one surname whom matching kept apart though their given names are nearly alike.

    For naming people that caution is right; where origins are counted, doubt makes them one.
    """
    from rapidfuzz.distance import JaroWinkler

    by_surname: dict[str, list[tuple[str, str]]] = {}
    for actor in sorted((a for a in actors if a.kind == "person"), key=lambda a: (a.name, a.id)):
        *given, surname = anyascii(actor.name).lower().split() or [""]
        if given:
            by_surname.setdefault(surname, []).append((" ".join(given), actor.id))
    for persons in by_surname.values():
        for n, (given_name, one) in enumerate(persons):
            for other_name, other in persons[n + 1 :]:
                if JaroWinkler.similarity(given_name, other_name) >= ONE_GIVEN_NAME:
                    yield one, other


def _forms(actor: Actor) -> list[str]:
    return sorted({m.exact for m in actor.mentions} | {actor.name})


def _fields(pattern: re.Pattern[str], words: str) -> list[str]:
    return [(m.group(1) or m.group(2)).lower().split()[-1] for m in pattern.finditer(words)]


def _offices(organisations: Sequence[Actor]) -> dict[str, Actor]:
    """The organisations that are named after an office, by that office: "district attorney" of "the District Attorney's Office"."""
    found: dict[str, Actor] = {}
    for actor in organisations:
        for form in _forms(actor):
            for owner in re.finditer(r"['’]s\b", form.lower()):
                found.setdefault(form.lower()[: owner.start()], actor)
    return found


def origin(
    statement: Statement,
    lineage: str,
    joined: Mapping[str, str],
    speaks: Mapping[str, str],
    roles: Mapping[str, frozenset[str]],
) -> str:
    """Who stands behind `statement`, which stands in `lineage`, as a key.

    An actor's id, an office, "document:…" and "institution:…" are one wherever they are carried; "someone:…" is one person whom
    nothing names, who may be anybody's source; else the lineage. Of a chain of voices ("the paper said that the mayor said") the
    innermost that can be told counts: the others only carry it.
    """
    someone = None
    for voice in reversed(statement.voice):
        if (office := office_of(voice.text)) is not None:
            return office
        if voice.actor is not None and voice.kind != "unnamed":
            actor = joined.get(voice.actor, voice.actor)
            return speaks.get(actor, actor)
        if (meant := described(voice.text, roles)) is not None:
            return speaks.get(meant, meant)
        head = _head(voice.text)
        if voice.kind == "document":
            return f"document:{head}"
        if head in _INSTITUTIONS and DEFINITE.match(voice.text):
            return "institution:" + " ".join(plain(voice.text))
        if someone is None and _one_person(voice.text, head):
            someone = f"someone:{lineage}"
    if someone is None and statement.actors and statement.predicate[:1] and statement.predicate[0] in _JUDGES:
        actor = joined.get(statement.actors[0], statement.actors[0])
        return speaks.get(actor, actor)
    if someone is None and not statement.voice and _HEARSAY.search(statement.exact):
        return f"someone:{lineage}"
    return someone or lineage


def words_for(keys: Iterable[str], actors: Sequence[Actor]) -> dict[str, str]:
    """Words for the keys of `origin` that are no lineage: an actor's name, an office, a document, an institution."""
    words = {a.id: a.name for a in actors}
    for key in keys:
        kind, _, what = key.partition(":")
        if kind in {"document", "institution"}:
            words[key] = f"the {what}"
        elif key in _OFFICES:
            words[key] = f"the {key}"
    return words


def independent(keys: Iterable[str]) -> int:
    """How many origins stand behind keys of `origin`. Somebody unnamed may be any voice that is known, and is then no further one;
    a newsroom that tells of itself (a lineage's id) is nobody's voice.

    >>> independent(["a1", "l1"]), independent(["a1", "someone:l2"]), independent(["someone:l1", "someone:l2"])
    (2, 1, 1)
    >>> independent(["l1", "someone:l2"]), independent(["a1", "l1", "someone:l2"])
    (2, 2)
    """
    behind = set(keys)
    named = {k for k in behind if not k.startswith("someone:")}
    voices = {k for k in named if not k.startswith("l")}
    elsewhere = {k for k in behind - named if k.removeprefix("someone:") not in named}
    return max(len(named) + int(bool(elsewhere) and not voices), min(1, len(behind)))


@functools.lru_cache(1 << 14)
def same_wording(a: str, b: str) -> bool:
    """Whether two statements are one sentence printed twice: at least eight words, nine in ten of them the same in order.

    Nobody writes that twice by chance: where no voice is named, both go back to one text.
    """
    mine, theirs = _plain_words(a), _plain_words(b)
    # The ratio is twice the words that match, over all words: at most what the shorter one allows.
    if min(len(mine), len(theirs)) < 8 or 2 * min(len(mine), len(theirs)) < 0.9 * (len(mine) + len(theirs)):
        return False
    # Nor can more words match than stand in both, whatever their order.
    here, there = set(mine), set(theirs)
    both = min(sum(w in there for w in mine), sum(w in here for w in theirs))
    if 2 * both < 0.9 * (len(mine) + len(theirs)):
        return False
    return difflib.SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= 0.9


@functools.lru_cache(1 << 13)
def _plain_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _head(words: str) -> str:
    """The head noun of a plain noun phrase: its last word before a preposition, a comma or a relative.

    >>> _head("the head of the team"), _head("Officials at the port, who came late")
    ('head', 'officials')
    """
    first = re.split(r",|\b(?:of|for|at|in|on|from|with|who|whose|that|which|by|to)\b", words, maxsplit=1)[0]
    found = re.findall(r"[\w'’-]+", first.lower())
    return found[-1] if found else ""


def _one_person(words: str, head: str) -> bool:
    return head in {"he", "she"} or (bool(DEFINITE.match(words)) and not head.endswith("s") and head not in _COLLECTIVE)


def office_of(words: str) -> str | None:
    """The office whose words these are, where one speaks in many forms ("prosecutors", "the indictment", "court papers").

    >>> office_of("the federal indictment"), office_of("the harbour master")
    ('prosecution', None)
    """
    if _COURT_PAPERS.search(words) or _PROSECUTES.search(words):
        return "prosecution"
    found = set(re.findall(r"[\w'’]+", words.lower().replace("’", "'")))
    return next((office for office, names in _OFFICES.items() if found & names), None)
