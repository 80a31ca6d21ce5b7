"""The actors of all reports: whose names mean one and the same, across spellings, scripts and lengths of name.

Two local actors are weighed by spelling and by context (kind, roles, generation, land). Groups then form by complete linkage, the
likest first: an actor joins a group only where it fits every member, and two actors of one report never join, since that report
tells them apart. Short names ("Holm", "the FEC", "the Gulf") join last, and only where one group alone fits. Nothing depends on the
order of the reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from twosource.matching.spelling import alike, plain, same_name
from twosource.model import Actor, Name, Reading, content_id
from twosource.reading import titles
from twosource.reading.gazetteer import gazetteer

#: At and over this two local actors may be one.
JOINED = 0.5

_SMALL = frozenset("of the for and on in a an at".split())
_ABBREVIATED = (
    ("united states", "us"),
    ("united nations", "un"),
    ("united kingdom", "uk"),
    ("european union", "eu"),
    ("u s", "us"),
    ("u n", "un"),
    ("u k", "uk"),
    ("e u", "eu"),
)
_KIN = frozenset("wife husband son daughter father mother brother sister widow".split())


@dataclass(frozen=True, slots=True)
class _Profile:
    """What is compared of a local actor. Equal profiles score alike, so that each pair of profiles is weighed once."""

    kind: str
    name: str
    forms: tuple[tuple[str, ...], ...]
    heads: frozenset[str]
    kin: frozenset[str]
    roles: frozenset[str]
    gender: str | None


@dataclass(slots=True)
class _Group:
    members: list[int]
    reports: set[str]


def join_actors(readings: Sequence[Reading]) -> tuple[tuple[Actor, ...], dict[str, str]]:
    """The actors across reports, and the joined id of every local actor's id.

    Ids come from the mentions' places; the actors are sorted by name. The order of `readings` changes nothing.
    """
    texts = {r.report.id: r.report.text for r in readings}
    local = sorted(
        ((r.report.id, a) for r in readings for a in r.actors), key=lambda x: (x[0], x[1].mentions[0].start, x[1].id)
    )
    if not local:
        return (), {}
    profiles = [_profile(a) for _, a in local]
    groups = _linked([r for r, _ in local], profiles)
    groups = _shortened(groups, profiles)
    joined: list[Actor] = []
    ids: dict[str, str] = {}
    for group in groups:
        actor = _joined([local[i][1] for i in group.members], texts)
        joined.append(actor)
        ids.update({local[i][1].id: actor.id for i in group.members})
    joined.sort(key=lambda a: (a.name.casefold(), a.id))
    return tuple(joined), dict(sorted(ids.items()))


def _words(text: str) -> tuple[str, ...]:
    """A name's words for comparing: plain Latin, possessives and articles gone, states' names in short."""
    name = plain(text.replace("’s ", " ").replace("'s ", " "))
    name = f" {name} "
    for long, short in _ABBREVIATED:
        name = name.replace(f" {long} ", f" {short} ")
    return tuple(w for w in name.split() if w not in _SMALL) or tuple(name.split())


def _profile(actor: Actor) -> _Profile:
    known = gazetteer()
    spellings = sorted({m.exact for m in actor.mentions})
    forms = []
    heads: set[str] = set()
    for exact in spellings:
        words = _words(exact)
        if actor.kind == "place":
            if (atlas := known.places.get(" ".join(exact.casefold().split()))) is not None:
                words = _words(atlas)
            heads.update(w for w in words if w in titles.PLACE_HEADS)
            words = tuple(w for w in words if w not in titles.PLACE_HEADS) or words
        elif actor.kind in {"organisation", "group"}:
            words = tuple(
                _words(known.demonyms.get(w) or known.places.get(w) or w)[0]
                if w in known.demonyms or w in known.lands
                else w
                for w in words
            )
        forms.append(words)
    said = frozenset(w for r in actor.roles for w in plain(r.exact).split() if len(w) > 3 or w in _KIN)
    kin = frozenset(w for w in said if w in _KIN) if actor.kind == "person" else frozenset()
    return _Profile(actor.kind, actor.name, tuple(sorted(set(forms))), frozenset(heads), kin, said, actor.gender)


# --- weighing a pair -----------------------------------------------------------------------------------------------------------


def _weigher() -> Callable[[_Profile, _Profile], float]:
    """Weighs each pair of profiles once, whichever comes first."""
    known: dict[tuple[_Profile, _Profile], float] = {}

    def weigh(one: _Profile, other: _Profile) -> float:
        pair = (one, other)
        score = known.get(pair)
        if score is None:
            score = known[pair] = known[other, one] = max(_score(one, other), _score(other, one))
        return score

    return weigh


def _score(one: _Profile, other: _Profile) -> float:
    """How surely two local actors are one, by their full names and by what is said of them; 0..1."""
    shared = set(one.forms) & set(other.forms)
    if one.kind != other.kind:
        # The pipeline takes one name for a person here and a firm there; a land and its people, though, are two.
        if "group" in {one.kind, other.kind}:
            return 0.0
        strange = {one.kind, other.kind} == {"place", "person"}
        return 0.6 if any(len(f) > 1 or (len(f[0]) > 3 and not strange) for f in shared) else 0.0
    if one.kind == "person":
        return _people(one, other)
    if one.kind == "place":
        return _places(one, other)
    if shared:
        return 1.0
    if one.kind == "group":
        return 0.0
    if any(_acronym(a, b) or _acronym(b, a) for a in one.forms for b in other.forms):
        return 0.85
    if any(sorted(a) == sorted(b) for a in one.forms for b in other.forms):
        return 0.9
    long, wide = (max(p.forms, key=lambda f: (len(f), f)) for p in (one, other))
    matched, score = same_name(" ".join(long), " ".join(wide), "organisation")
    return score if matched and (len(long) > 1 or len(long[0]) > 4) else 0.0


def _full(profile: _Profile) -> list[tuple[str, ...]]:
    return [f for f in profile.forms if len(f) > 1]


def _people(one: _Profile, other: _Profile) -> float:
    if one.gender is not None and other.gender is not None and one.gender != other.gender:
        return 0.0
    a, b = _full(one), _full(other)
    if not a or not b:
        return 0.9 if not a and not b and set(one.forms) & set(other.forms) else 0.0
    matched, score = same_name(one.name, other.name, "person")
    if not matched:
        best = max(same_name(" ".join(x), " ".join(y), "person") for x in a for y in b)
        matched, score = best[0], best[1] - 0.05
    surname = alike(a[0][-1], b[0][-1])
    roles = len((one.roles & other.roles) - {"former", "head", "chief", "said"})
    if not matched:
        # Spelling leaves it open: two shared words of their roles decide, where both given name and surname come near.
        near = surname >= 0.84 and alike(a[0][0], b[0][0]) >= 0.84
        return 0.55 if near and roles >= 2 else 0.0
    suffixed = [bool({"jr", "junior", "ii", "iii"} & {w for f in p.forms for w in f}) for p in (one, other)]
    return min(1.0, max(JOINED, score - 0.1 * (suffixed[0] != suffixed[1]) + 0.02 * min(roles, 2)))


def _places(one: _Profile, other: _Profile) -> float:
    if one.heads and other.heads and not one.heads & other.heads:
        return 0.0
    if set(one.forms) & set(other.forms):
        return 1.0 if one.heads == other.heads else 0.95
    known = gazetteer()
    best = 0.0
    for a in one.forms:
        for b in other.forms:
            x, y = " ".join(a), " ".join(b)
            if len(a) != len(b) or min(len(x), len(y)) < 5 or (x in known.places and y in known.places):
                continue
            likeness = min(alike(v, w) for v, w in zip(a, b, strict=True))
            if likeness >= 0.92 and ((x not in known.places and y not in known.places) or likeness >= 0.97):
                best = max(best, likeness - 0.1)
    return best


def _acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Is `short` made of the first letters of `long`, states' short names kept whole ("USGS")?"""
    if len(short) != 1 or len(long) < 2 or len(short[0]) < 2:
        return False
    whole = "".join(w if w in {"us", "uk", "un", "eu"} else w[0] for w in long)
    turned = (
        f"{long[-1][0]}o" + "".join(w[0] for w in long[:-1])
        if long[-1] in {"department", "ministry", "university"}
        else ""
    )
    return short[0] in {turned, whole, "".join(w[0] for w in long)}


# --- groups ------------------------------------------------------------------------------------------------------------------


def _linked(reports: Sequence[str], profiles: Sequence[_Profile]) -> list[_Group]:
    """Complete linkage, the likest pair first; ties go by place, never by the order of the readings."""
    weigh = _weigher()
    edges = sorted(
        (-score, i, j)
        for i in range(len(profiles))
        for j in range(i + 1, len(profiles))
        if reports[i] != reports[j] and (score := weigh(profiles[i], profiles[j])) >= JOINED
    )
    group = {i: _Group([i], {reports[i]}) for i in range(len(profiles))}
    for _, i, j in edges:
        a, b = group[i], group[j]
        if a is b or a.reports & b.reports:
            continue
        if all(weigh(profiles[x], profiles[y]) >= JOINED for x in a.members for y in b.members):
            a.members += b.members
            a.reports |= b.reports
            for x in b.members:
                group[x] = a
    unique = {id(g): g for g in group.values()}
    return sorted(unique.values(), key=lambda g: min(g.members))


def _shortened(groups: list[_Group], profiles: Sequence[_Profile]) -> list[_Group]:
    """Joins groups known by a short name alone to the one group whose name it shortens."""
    by_kind: defaultdict[str, list[_Group]] = defaultdict(list)
    for g in groups:
        by_kind[profiles[g.members[0]].kind].append(g)
    gone: set[int] = set()
    for short in sorted(groups, key=lambda g: min(g.members)):
        kind = profiles[short.members[0]].kind
        brief = [profiles[i] for i in short.members]
        free = [g for g in by_kind[kind] if g is not short and id(g) not in gone and not g.reports & short.reports]
        fitting = [g for g in free if _shortens(brief, [profiles[i] for i in g.members])]
        if len(fitting) == 1:
            fitting[0].members += short.members
            fitting[0].reports |= short.reports
            gone.add(id(short))
    return [g for g in groups if id(g) not in gone]


def _shortens(short: Sequence[_Profile], full: Sequence[_Profile]) -> bool:
    forms = {f for p in short for f in p.forms}
    longer = {f for p in full for f in p.forms}
    kind = short[0].kind
    if kind == "person":
        if any(len(f) > 1 for f in forms) or not any(len(f) > 1 for f in longer):
            return False
        if {p.gender for p in (*short, *full)} >= {"female", "male"}:
            return False
        word = min(forms)[0]
        related = frozenset().union(*(p.kin for p in short))
        if related:
            given = {f[0] for f in longer if len(f) > 1}
            return bool(related & frozenset().union(*(p.kin for p in full))) and any(g[:3] == word[:3] for g in given)
        return any(
            alike(f[-1], word) >= 0.93 or (len(f) > 2 and f[-1] in {"jr", "sr"} and alike(f[-2], word) >= 0.93)
            for f in longer
            if len(f) > 1
        )
    if kind == "group" or max(map(len, forms)) >= max(map(len, longer)):
        return False
    if kind == "place":
        return all(len(f) == 1 and f[0] in titles.PLACE_NOUNS for f in forms) and any(
            f[-1] in {x[0] for x in forms} for f in longer
        )
    known = gazetteer()
    lands = {w for land in known.lands for w in _words(known.places[land])[:1]}
    return all(
        any(len(f) < len(g) and (g[-len(f) :] == f and all(w in lands for w in g[: -len(f)])) for g in longer)
        for f in forms
    ) or any(
        len(f) > 0
        and f == g[: len(f)]
        and len(g) - len(f) == 1
        and g[-1] in titles.ORGANISATION_NOUNS
        and f[0] not in lands
        and len(" ".join(f)) > 4
        for f in forms
        for g in longer
    )


def _joined(members: Iterable[Actor], texts: dict[str, str]) -> Actor:
    """One actor of several local ones: the name most reports use in full, all places, all roles."""
    actors = sorted(members, key=lambda a: (a.mentions[0].report, a.mentions[0].start))
    places = sorted({(m.report, m.start, m.end) for a in actors for m in a.mentions})
    ident = content_id("a", *places)
    kinds = Counter(a.kind for a in actors for _ in a.mentions)
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    fullest = max(len(a.name.split()) for a in actors)
    names = Counter(a.name for a in actors if 2 * len(a.name.split()) > fullest)
    name = min(names, key=lambda n: (-names[n], n.isupper(), -len(n), n))
    genders = Counter(a.gender for a in actors if a.gender is not None)
    mentions = tuple(Name(r, s, e, texts[r], kind=kind, actor=ident) for r, s, e in places)
    roles = tuple(sorted({r for a in actors for r in a.roles}))
    return Actor(ident, name, kind, mentions, roles, genders.most_common(1)[0][0] if len(genders) == 1 else None)
