"""Who stands behind a statement: a named voice, wherever it is carried; else the lineage of the report that says it.

An institution and who speaks for it are one origin, and so are a prosecution and the papers it files. An unnamed voice
("officials", "those released") and what a report asserts itself count once a lineage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from twosource.model import Actor, Statement

#: What one office says in many forms: the words that name it, by office. In one story there is one prosecution.
_OFFICES: Mapping[str, frozenset[str]] = {
    "prosecution": frozenset(
        "prosecutor prosecutors prosecution indictment charges complaint affidavit information attorney's"
        " filing filings arraignment".split()
    ),
}
_COURT_PAPERS = re.compile(
    r"\b(?:court|charging|plea|prosecut\w+)\s+(?:papers?|documents?|filings?|records?|agreement)\b", re.IGNORECASE
)
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
    by_place = {(m.report, m.start, m.end): a for a in organisations for m in a.mentions}
    ministries = {f: a for a in organisations for n in _forms(a) for f in _fields(_MINISTRY, n)}
    speaks: dict[str, str] = {a.id: a.id for a in actors}
    for actor in actors:
        if actor.kind != "person":
            continue
        for role in actor.roles:
            inside = [
                a for (r, s, e), a in sorted(by_place.items()) if r == role.report and role.start <= s and e <= role.end
            ]
            found = inside[0] if inside and _SPEAKS_FOR.search(role.exact) else None
            found = found or next((ministries[f] for f in _fields(_MINISTER, role.exact) if f in ministries), None)
            found = found or next((a for a in organisations if _holds_office(role.exact, a)), None)
            if found is not None:
                speaks[actor.id] = found.id
                break
    return speaks


def _forms(actor: Actor) -> list[str]:
    return sorted({m.exact for m in actor.mentions} | {actor.name})


def _fields(pattern: re.Pattern[str], words: str) -> list[str]:
    return [(m.group(1) or m.group(2)).lower().split()[-1] for m in pattern.finditer(words)]


def _holds_office(role: str, organisation: Actor) -> bool:
    """Whether the organisation is named after the office: "District Attorney" and "the District Attorney's Office"."""
    plain = role.lower().strip()
    return len(plain.split()) > 1 and any(
        re.match(re.escape(plain) + r"['’]s\b", form.lower()) for form in _forms(organisation)
    )


def origin(statement: Statement, lineage: str, joined: Mapping[str, str], speaks: Mapping[str, str]) -> str:
    """Who stands behind `statement`, which stands in `lineage`: an actor's id, an office, or the lineage's id.

    Of a chain of voices ("the paper said that the mayor said") the innermost that has a name counts: the others only carry it.
    """
    for voice in reversed(statement.voice):
        if (office := office_of(voice.text)) is not None:
            return office
        if voice.actor is not None and voice.kind != "unnamed":
            actor = joined.get(voice.actor, voice.actor)
            return speaks.get(actor, actor)
        if voice.kind == "document":
            return "document:" + " ".join(re.findall(r"[^\W\d_]+", voice.text.lower())[-1:])
    return lineage


def office_of(words: str) -> str | None:
    """The office whose words these are, where one speaks in many forms ("prosecutors", "the indictment", "court papers").

    >>> office_of("the federal indictment"), office_of("the harbour master")
    ('prosecution', None)
    """
    if _COURT_PAPERS.search(words):
        return "prosecution"
    found = set(re.findall(r"[\w'’]+", words.lower().replace("’", "'")))
    return next((office for office, names in _OFFICES.items() if found & names), None)
