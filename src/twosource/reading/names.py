"""The names of one report, grouped into who and what they mean within it.

A name that is found once in full is carried through the whole report: a bare surname after a full name is that person, "the survey" in
capitals or its initials are the organisation that bears them, "Tarn" is "Tarn island". The kind is decided once for all mentions of
a name, by all that they say together, since the pipeline takes the same town for a person in one sentence and a firm in the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from twosource.model import Actor, Kind, Name
from twosource.reading import titles
from twosource.reading.evidence import Mention, noun
from twosource.reading.gazetteer import gazetteer
from twosource.reading.mentions import mentions
from twosource.reading.parse import Parse
from twosource.reading.roles import gender, kin, roles

_SMALL = frozenset({"of", "the", "for", "and", "on", "in", "&", "at", "to", "'s"})

Key = tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """An actor being gathered: its kind, its forms by key, its mentions."""

    kind: Kind
    mentions: list[Mention] = field(default_factory=list)
    forms: list[Key] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        if (key := _key(mention)) not in self.forms:
            self.forms.append(key)


def actors(parse: Parse) -> tuple[Actor, ...]:
    """The actors of the report in order of first mention.

    Each mention is the name alone, without title, article or possessive; `name` is the fullest form; `roles` are the report's own
    words for what an actor is; `gender` is None where nothing tells it.
    """
    found = mentions(parse.doc)
    kinds = _kinds(found)
    people = _people(parse, found, kinds)
    others = _others([m for m in found if kinds[_key(m)] != "person"], kinds)
    groups = sorted((g for g in (*people, *others) if g.mentions), key=lambda g: min(m.start for m in g.mentions))
    return tuple(_actor(parse, n, g) for n, g in enumerate(groups))


def _actor(parse: Parse, n: int, group: _Group) -> Actor:
    ident = f"{parse.report.id}.{n}"
    doc, text = parse.doc, parse.report.text
    places = sorted(group.mentions, key=lambda m: m.start)
    names = []
    for m in places:
        start, last = doc[m.start].idx, doc[m.end - 1]
        names.append(Name(parse.report.id, start, last.idx + len(last.text), text, kind=group.kind, actor=ident))
    fullest = max(
        range(len(names)), key=lambda i: (len(places[i].words), not names[i].exact.isupper(), len(names[i].exact), -i)
    )
    spans = [(m.start, m.end, m.title) for m in places]
    said = roles(parse, spans, group.kind)
    which = gender(parse, spans, said) if group.kind == "person" else None
    return Actor(ident, names[fullest].exact, group.kind, tuple(names), said, which)


def _key(mention: Mention) -> Key:
    """What mentions of one spelling share: their words, without case."""
    return tuple(w.casefold() for w in mention.words)


def _kinds(found: Sequence[Mention]) -> dict[Key, Kind]:
    """The kind of each spelling: the weightiest single evidence and the average of all, per kind; then surnames follow full names."""
    best: defaultdict[Key, Counter[Kind]] = defaultdict(Counter)
    total: defaultdict[Key, Counter[Kind]] = defaultdict(Counter)
    number = Counter(_key(m) for m in found)
    for m in found:
        key = _key(m)
        for kind, weight in m.evidence:
            best[key][kind] = max(best[key][kind], weight)
            total[key][kind] += weight
    kinds: dict[Key, Kind] = {}
    for key in number:
        scores = {k: best[key][k] + total[key][k] / number[key] for k in best[key]}
        kinds[key] = max(scores, key=lambda k: (scores[k], k)) if scores else _guess(key)
    headed = {k[:-1] for k, kind in kinds.items() if kind == "place" and len(k) > 1 and k[-1] in titles.PLACE_HEADS}
    for key in kinds:
        # A place is not shortened to its last word; a person is.
        weak = kinds[key] == "place" and best[key]["place"] <= 2 and 2 <= len(key) <= 3
        if weak and key[-1:] in kinds and not noun(key[-1], titles.PLACE_NOUNS):
            kinds[key] = "person"
        if key in headed and best[key]["person"] < 9:
            kinds[key] = "place"
    surnames = {_core(k)[-1] for k, kind in kinds.items() if kind == "person" and len(_core(k)) > 1}
    ships = {
        k[1:] for k, kind in kinds.items() if kind == "other" and len(k) > 1 and k[0].upper() in titles.SHIP_PREFIXES
    }
    known = gazetteer()
    for key in kinds:
        if len(key) == 1 and key[0].endswith("s") and key[0][:-1] in surnames and key[0] not in surnames:
            kinds[key] = "group"
        if len(key) == 1 and key[0] in surnames and not (" ".join(key) in known.places and best[key]["place"] > 6):
            kinds[key] = "person"
        if key in ships:
            kinds[key] = "other"
    return kinds


def _guess(key: Key) -> Kind:
    """The kind where nothing at all tells it: two or three words are most often a person, one a firm."""
    return "person" if 2 <= len(key) <= 3 else "organisation"


# --- people ------------------------------------------------------------------------------------------------------------------


def _core(key: Key) -> Key:
    """A person's name without "Jr." and its like."""
    core = tuple(w for w in key if w not in titles.SUFFIXES)
    return core or key


def _suffix(key: Key) -> str | None:
    return next((w for w in key if w in titles.SUFFIXES), None)


def _fits(one: Key, other: Key) -> bool:
    """Can two full names of one report be one person: the same surname, given names equal, an initial, or the start of the other?"""
    a, b = _core(one), _core(other)
    if a == b:
        return True
    if a[-1] != b[-1] or len(a) < 2 or len(b) < 2:
        return (
            len(a) != len(b)
            and min(len(a), len(b)) > 1
            and (a[: len(b)] == b or b[: len(a)] == a or a[-len(b) :] == b or b[-len(a) :] == a)
        )
    x, y = a[0], b[0]
    return (
        x == y
        or (min(len(x), len(y)) == 1 and x[0] == y[0])
        or (min(len(x), len(y)) >= 3 and (x.startswith(y) or y.startswith(x)))
    )


def _people(parse: Parse, found: Sequence[Mention], kinds: dict[Key, Kind]) -> list[_Group]:
    people = [m for m in found if kinds[_key(m)] == "person"]
    groups: list[_Group] = []
    by_surname: defaultdict[str, list[_Group]] = defaultdict(list)
    by_given: defaultdict[str, list[_Group]] = defaultdict(list)
    by_part: defaultdict[str, list[_Group]] = defaultdict(list)
    given_titles: dict[int, set[str]] = {}
    for m in people:
        core = _core(key := _key(m))
        if len(core) < 2:
            continue
        honour = _honour(parse, m)
        for g in by_surname[core[-1]] or by_given[core[0]]:
            first = g.forms[0]
            apart = (_suffix(key) != _suffix(first)) and (honour != "" or kin(parse.doc, m.start) is not None)
            apart = apart or (_suffix(key) != _suffix(first) and any(given_titles[id(g)]) and honour == "")
            if not apart and all(_fits(key, form) for form in g.forms):
                g.add(m)
                given_titles[id(g)].add(honour)
                break
        else:
            g = _Group("person")
            g.add(m)
            groups.append(g)
            given_titles[id(g)] = {honour}
            by_surname[core[-1]].append(g)
            by_given[core[0]].append(g)
            for part in dict.fromkeys(core[1:]):
                by_part[part].append(g)
    kinsfolk = {_key(m)[0] for m in people if len(m.words) == 1 and kin(parse.doc, m.start) is not None}
    last: dict[str, _Group] = {}
    for m in people:
        core = _core(_key(m))
        if len(core) > 1:
            continue
        word = core[0]
        related = kin(parse.doc, m.start)
        candidates = by_surname.get(word, []) if related is None else []
        if candidates:
            group = _nearest(parse, m, candidates, last.get(word), kinsfolk)
            last[word] = group
        elif by_given.get(word):
            group = min(by_given[word], key=lambda g: abs(g.mentions[0].start - m.start))
        elif len(by_part[word]) == 1:
            group = by_part[word][0]
        else:
            group = _Group("person")
            groups.append(group)
            by_surname[word].append(group)
        group.add(m)
    return groups


def _honour(parse: Parse, m: Mention) -> str:
    """The honorific before a full name that tells father from son ("Rev."), or nothing."""
    if m.title is None:
        return ""
    word = parse.doc[m.title[1] - 1].lower_
    return word if word in titles.HONORIFICS and word.strip(".") not in {"mr", "mrs", "ms", "miss"} else ""


def _nearest(
    parse: Parse, m: Mention, candidates: Sequence[_Group], before: _Group | None, kinsfolk: set[str]
) -> _Group:
    """Whom a bare surname means: who fits "Mr" or "Mrs"; else who bore it bare before; else who is named most in full."""
    if len(candidates) == 1:
        return candidates[0]
    if m.title is not None and (sex := titles.HONORIFICS.get(parse.doc[m.title[1] - 1].lower_)) is not None:
        fitting = [g for g in candidates if gender(parse, [(x.start, x.end, x.title) for x in g.mentions], ()) == sex]
        if len(fitting) == 1:
            return fitting[0]
    if before is not None:
        return before
    # "His wife, Ida Holm" is then called by her given name.
    return max(
        candidates,
        key=lambda g: (
            not any(f[0] in kinsfolk for f in g.forms),
            len(g.mentions),
            g.mentions[0].start < m.start,
            -g.mentions[0].start,
        ),
    )


# --- everything else ---------------------------------------------------------------------------------------------------------


def _others(found: Sequence[Mention], kinds: dict[Key, Kind]) -> list[_Group]:
    groups: dict[tuple[Kind, Key], _Group] = {}
    # What a short name can be found by: the first word, the last word, the initials of a longer one.
    near: defaultdict[tuple[str, str], list[_Group]] = defaultdict(list)
    for m in sorted(found, key=lambda m: (-len(m.words), m.start)):
        key = _key(m)
        kind = kinds[key]
        head = _identity(kind, key)
        group = groups.get((kind, head))
        if group is None:
            longer = [*near["initials", key[0]], *near["last", key[-1]], *near["first", key[0]]]
            group = _longer(kind, key, longer, m) or _Group(kind)
            groups[kind, head] = group
        if key not in group.forms and len(key) > 1:
            near["first", key[0]].append(group)
            near["last", key[-1]].append(group)
            for initials in sorted(_initials(key)):
                near["initials", initials].append(group)
        group.add(m)
    unique = {id(g): g for g in groups.values()}
    return list(unique.values())


def _identity(kind: Kind, key: Key) -> Key:
    """What spellings of one thing share: a place's name without "island of", a land's first name, an organisation's words in any order.

    >>> _identity("place", ("island", "of", "tarn")) == _identity("place", ("tarn", "island")) == ("tarn",)
    True
    >>> _identity("organisation", ("ministry", "of", "health")) == _identity("organisation", ("health", "ministry"))
    True
    """
    known = gazetteer()
    if kind == "place":
        text = " ".join(key)
        if text in known.places:
            return (known.places[text].casefold(),)
        core = tuple(w for w in key if w not in titles.PLACE_HEADS and w not in _SMALL) or key
        text = " ".join(core)
        return (known.places[text].casefold(),) if text in known.places and len(key) != len(core) else core
    if kind == "group":
        return (known.demonyms.get(" ".join(key), " ".join(key)).casefold(),)
    words = tuple(sorted(w.removesuffix("'s") for w in key if w not in _SMALL))
    return words or key


def _initials(key: Key) -> set[str]:
    """The acronyms that a name can have: of its weighty words, of all of them, with "us" kept whole."""
    weighty = [w for w in key if w not in _SMALL]
    plain = "".join(w[0] for w in weighty if w)
    whole = "".join(w if w in {"us", "uk", "un", "eu"} else w[0] for w in weighty if w)
    # "Justice Department" is the DOJ.
    turned = f"{key[-1][0]}o{plain[:-1]}" if key[-1] in {"department", "ministry", "university"} else ""
    return {plain, whole, turned, "".join(w[0] for w in key if w)} - {""}


def _longer(kind: Kind, key: Key, groups: Iterable[_Group], m: Mention) -> _Group | None:
    """The group whose longer name this one shortens: its acronym, its head or its tail; None where none or more than one fits."""
    known = gazetteer()
    text = " ".join(key)
    if text in known.places or text in known.demonyms:
        return None
    fits = []
    acronym = len(key) == 1 and m.words[0].isupper() and len(key[0]) > 1
    for g in {id(g): g for g in groups}.values():
        for form in g.forms:
            if len(form) <= len(key):
                continue
            if acronym and g.kind in {"organisation", "other", "place"} and key[0] in _initials(form):
                fits.append(g)
                break
            if g.kind != kind or kind == "group":
                continue
            tail = form[-len(key) :] == key
            start = form[: len(key)] == key and kind in {"organisation", "other"} and not _common(key)
            if (tail and not (kind == "place" and key[0] not in titles.PLACE_NOUNS)) or start:
                fits.append(g)
                break
    if len(fits) > 1:
        fits = [g for g in fits if any(x.start < m.start for x in g.mentions)] or fits
        fits.sort(key=lambda g: (-len(g.mentions), g.mentions[0].start))
        return (
            fits[0]
            if kind == "organisation" and _common(key) and len(fits[0].mentions) > len(fits[1].mentions)
            else None
        )
    return fits[0] if fits else None


def _common(key: Key) -> bool:
    """Are these words that open the names of many organisations ("National", "Ministry")?"""
    return all(
        w in titles.ORGANISATION_NOUNS
        or w in titles.MODIFIERS
        or w in gazetteer().demonyms
        or w in {"united", "royal", "american", "new"}
        for w in key
    )
