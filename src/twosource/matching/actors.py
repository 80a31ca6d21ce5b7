"""The actors of all reports: whose names mean one and the same, across spellings, scripts and lengths of name.

Two local actors are weighed by spelling and by context (kind, roles, generation, land). Groups then form by complete linkage, the
likest first: an actor joins a group only where it fits every member, and two actors of one report never join, since that report
tells them apart. Short names ("Holm", "the FEC", "the Gulf") join last, and only where one group alone fits. Nothing depends on the
order of the reports.

Only pairs that can be one are weighed (`matching.nearness`), and each pair of equal profiles once, so that sixty reports take a second.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from twosource.matching.nearness import alike_words, initials, near_pairs
from twosource.matching.spelling import alike, plain, same_name
from twosource.model import Actor, Kind, Name, Reading, content_id
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

    kind: Kind
    name: str
    forms: tuple[tuple[str, ...], ...]
    heads: frozenset[str]
    kin: frozenset[str]
    roles: frozenset[str]
    gender: str | None


@dataclass(slots=True)
class _Group:
    """Local actors, the numbers of their profiles, the reports that they are of. The kind is that of the first."""

    kind: Kind
    members: list[int]
    profiles: set[int]
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
    made = [_profile(a) for _, a in local]
    number = {profile: n for n, profile in enumerate(dict.fromkeys(made))}
    groups = _linked([r for r, _ in local], [number[p] for p in made], list(number))
    groups = _shortened(groups, list(number))
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
    return tuple(w for w in name.split() if w not in _SMALL) or tuple(name.split()) or (text.casefold(),)


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


def _weighed(profiles: Sequence[_Profile]) -> dict[tuple[int, int], float]:
    """The scores of the pairs of profiles (and of each with itself) that may be one, under both orders of their numbers."""
    pairs = [(i, i) for i in range(len(profiles))] + near_pairs([(p.kind, p.name, p.forms) for p in profiles])
    out: dict[tuple[int, int], float] = {}
    for i, j in pairs:
        score = max(_score(profiles[i], profiles[j]), _score(profiles[j], profiles[i]))
        if score >= JOINED:
            out[i, j] = out[j, i] = score
    return out


def _score(one: _Profile, other: _Profile) -> float:
    """How surely two local actors are one, by their full names and by what is said of them; 0..1."""
    shared = set(one.forms) & set(other.forms)
    if one.kind != other.kind:
        # The pipeline takes one name for a person here and a firm there; a land and its people, though, are two.
        if "group" in {one.kind, other.kind}:
            return 0.0
        strange = {one.kind, other.kind} == {"place", "person"} and not (_guessed(one) or _guessed(other))
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


def _guessed(profile: _Profile) -> bool:
    """Whether nothing but the pipeline's guess says that it is a person: one word, no pronoun, no role."""
    one_word = all(len(form) == 1 for form in profile.forms)
    return profile.kind == "person" and one_word and profile.gender is None and not profile.roles


def _full(profile: _Profile) -> list[tuple[str, ...]]:
    return [f for f in profile.forms if len(f) > 1]


def _people(one: _Profile, other: _Profile) -> float:
    a, b = _full(one), _full(other)
    # A gender is read off the pronouns around a name, which may mean somebody else: against the same full name it says nothing.
    if {one.gender, other.gender} == {"female", "male"} and not set(a) & set(b):
        return 0.0
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
    return len(short) == 1 and len(short[0]) > 1 and short[0] in initials(long)


# --- groups ------------------------------------------------------------------------------------------------------------------


def _linked(reports: Sequence[str], numbers: Sequence[int], profiles: Sequence[_Profile]) -> list[_Group]:
    """Complete linkage, the likest pair first; ties go by place, never by the order of the readings."""
    weighed = _weighed(profiles)
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for i, number in enumerate(numbers):
        holders[number].append(i)
    edges = sorted(
        (-score, i, j)
        for (one, other), score in weighed.items()
        for i in holders[one]
        for j in holders[other]
        if i < j and reports[i] != reports[j]
    )
    group = {i: _Group(profiles[n].kind, [i], {n}, {reports[i]}) for i, n in enumerate(numbers)}
    for _, i, j in edges:
        a, b = group[i], group[j]
        if a is b or not a.reports.isdisjoint(b.reports):
            continue
        if all((x, y) in weighed for x in a.profiles for y in b.profiles):
            a.members += b.members
            a.profiles |= b.profiles
            a.reports |= b.reports
            for x in b.members:
                group[x] = a
    unique = {id(g): g for g in group.values()}
    return sorted(unique.values(), key=lambda g: min(g.members))


def _shortened(groups: list[_Group], profiles: Sequence[_Profile]) -> list[_Group]:
    """Joins groups known by a short name alone to the one group whose name it shortens."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in alike_words(w for p in profiles if p.kind == "person" for f in p.forms for w in f):
        near[one].add(other)
        near[other].add(one)
    shortened: defaultdict[_Key, set[int]] = defaultdict(set)
    for n, g in enumerate(groups):
        for key in _keys_of_long(g, profiles):
            shortened[key].add(n)
    gone: set[int] = set()
    for n, short in enumerate(groups):
        brief = [profiles[i] for i in sorted(short.profiles)]
        found = {m for key in _keys_of_short(short.kind, brief, near) for m in shortened.get(key, ())}
        fitting = [
            groups[m]
            for m in sorted(found - gone - {n})
            if groups[m].reports.isdisjoint(short.reports)
            and _shortens(short.kind, brief, [profiles[i] for i in groups[m].profiles])
        ]
        if len(fitting) == 1:
            long = fitting[0]
            long.members += short.members
            long.profiles |= short.profiles
            long.reports |= short.reports
            at = next(m for m in found if groups[m] is long)
            for key in _keys_of_long(long, profiles):
                shortened[key].add(at)
            gone.add(n)
    return [g for n, g in enumerate(groups) if n not in gone]


#: A kind, whether the word is the "first" or the "last" of a name, and the word.
_Key = tuple[Kind, str, str]


def _keys_of_long(group: _Group, profiles: Sequence[_Profile]) -> Iterator[_Key]:
    """What a name that is shortened can be found by."""
    for form in sorted({f for i in group.profiles for f in profiles[i].forms}):
        if group.kind != "person":
            yield group.kind, "first", form[0]
            yield group.kind, "last", form[-1]
        elif len(form) > 1:
            yield group.kind, "first", form[0][:3]
            yield group.kind, "last", form[-1]
            if form[-1] in {"jr", "sr"}:
                yield group.kind, "last", form[-2]


def _keys_of_short(kind: Kind, short: Sequence[_Profile], near: Mapping[str, set[str]]) -> Iterator[_Key]:
    """What the names that `_shortens` finds shortened by `short` can be found by, and some others."""
    forms = sorted({f for p in short for f in p.forms})
    if kind != "person":
        for form in forms:
            yield kind, "first", form[0]
            yield kind, "last", form[-1]
    elif all(len(f) == 1 for f in forms):
        word = forms[0][0]
        yield kind, "first", word[:3]
        for like in sorted(near[word]):
            yield kind, "last", like


def _shortens(kind: Kind, short: Sequence[_Profile], full: Sequence[_Profile]) -> bool:
    """Whether the names of `short` are short for one of `full`, which is of the same kind."""
    forms = {f for p in short for f in p.forms}
    longer = {f for p in full for f in p.forms}
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
    lands = _lands()
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


@functools.cache
def _lands() -> frozenset[str]:
    """The first words of the names of all states."""
    known = gazetteer()
    return frozenset(w for land in known.lands for w in _words(known.places[land])[:1])


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
