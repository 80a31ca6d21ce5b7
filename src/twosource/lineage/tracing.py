"""The lineages of a set of reports: what was copied, credited, declared, or is of one owner brought together.

A *copy* is found word by word (`reuse`), a paragraph at a time; an agency is one newsroom wherever it is printed, an outlet is one where
it credits nobody else; outlets that the user lists under one owner are one, and so are reports declared to be of one source. Every
paragraph of every report has exactly one lineage: a report most of whose words are another's belongs to the other's lineage as a
whole, one that only carries some paragraphs gives those away and keeps the rest. Where a report says that it has something from another
outlet ("told the Daily Gull"), that is an edge too, but joins nothing: what was told was told by a voice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from twosource.likeness.known import Answers, Shared
from twosource.lineage.order import Newsroom, comes_first, newsroom, rank
from twosource.lineage.own import Own, own
from twosource.lineage.owners import Owner, Owners, owner
from twosource.lineage.reuse import ALONE, Reuse, quoted_along, reuses
from twosource.lineage.told import told
from twosource.model import Edge, Lineage, Reading, content_id
from twosource.sources.credit import AGENCIES, datelines

#: A report that has half of its own words from one lineage is of that lineage as a whole: what it rewrote around them is no second source.
WHOLE = 0.5

#: Paragraphs with fewer own words are quotations: they go with the copied paragraph beside them.
_FEW = 7

#: What may be one lineage with others: ("report", id), or a newsroom, or ("owner", a name), or ("declared", a name).
_Home = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Traced:
    """The lineages of a set of reports, and which of them each place belongs to."""

    lineages: tuple[Lineage, ...]
    _places: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = field(repr=False)

    def of(self, report_id: str, start: int) -> str:
        """The id of the lineage of the paragraph that stands at `start` in the report."""
        starts, ids = self._places[report_id]
        return ids[max(0, bisect_right(starts, start) - 1)]


def trace(readings: Sequence[Reading], owners: Owners | None = None, known: Answers[Shared] | None = None) -> Traced:
    """The lineages of `readings`, whatever their order; `owners` lists whose outlets are, `known` which words reports share.

    Method: winnowed fingerprints (`likeness.fingerprints`) and credits. Time grows with the words of all reports and with the words
    that they share.
    """
    owns = {r.report.id: own(r) for r in sorted(readings, key=lambda r: r.report.id)}
    rooms = {i: newsroom(o.report) for i, o in owns.items()}
    pairs = {(p.source.report.id, p.target.report.id): p for p in _reuses(owns, rooms, known)}
    taken = _taken(owns, pairs)
    owned = {
        i: found
        for i, o in owns.items()
        if (rooms[i] or ("",))[0] != "agency" and (found := owner(o.report, owners or {})) is not None
    }
    homes = _Homes()
    for i, room in rooms.items():
        homes.add(("report", i))
        if room:
            homes.join(("report", i), room)
        if i in owned:
            homes.join(("report", i), ("owner", owned[i].name.casefold()))
    declared = list(_declared(owns))
    for i, to in declared:
        homes.join(("report", i), to, declared=True)
    sections = {i: _sections(o, rooms[i]) for i, o in owns.items()}

    def origin(i: str, unit: int) -> _Home:
        i, unit = _first(taken, i, unit)
        return homes.of(sections[i].get(unit, ("report", i)))

    for i in owns:  # a report that is mostly another's is the other's
        had: dict[_Home, int] = defaultdict(int)
        for unit, (_, _, shared) in taken[i].items():
            had[origin(i, unit)] += shared
        had.pop(homes.of(("report", i)), None)
        if had:
            most, words = min(had.items(), key=lambda item: (-item[1], item[0]))
            if words >= WHOLE * owns[i].count() and words:
                homes.join(("report", i), most)

    places = {i: [origin(i, u) for u in range(len(o.units))] or [homes.of(("report", i))] for i, o in owns.items()}
    return _lineages(owns, rooms, homes, places, pairs, taken, declared, owned)


def _reuses(owns: dict[str, Own], rooms: dict[str, Newsroom | None], known: Answers[Shared] | None) -> Iterator[Reuse]:
    """What each report has of each that came before it; only of those with which it shares a fingerprint, or every word."""
    having: dict[object, list[str]] = defaultdict(list)
    for i, o in owns.items():
        for h in sorted({h for h, _ in o.prints}):
            having[h].append(i)
        having[o.words.forms].append(i)
    alike = {(a, b) for ids in having.values() for n, a in enumerate(ids) for b in ids[n + 1 :]}
    directed = []
    for a, b in sorted(alike):
        credited = tuple((rooms[i] or ("",))[0] == "agency" for i in (a, b))
        if not comes_first(owns[a].report, owns[b].report, (credited[0], credited[1])):
            a, b = b, a
        directed.append((owns[a], owns[b]))
    yield from reuses(directed, known)


def _taken(owns: dict[str, Own], pairs: dict[tuple[str, str], Reuse]) -> dict[str, dict[int, tuple[str, int, int]]]:
    """For each report its paragraphs that are another's: the other's id, its paragraph, the number of words shared."""
    taken: dict[str, dict[int, tuple[str, int, int]]] = {i: {} for i in owns}
    earliest = sorted(pairs.items(), key=lambda item: (item[0][1], rank(item[1].source.report)))
    for (source, target), pair in earliest:
        for unit, (there, shared) in sorted(pair.units.items()):
            if unit not in taken[target] or shared > taken[target][unit][2]:
                taken[target][unit] = (source, there, shared)
    for target, units in taken.items():
        of = owns[target]
        for unit, place in enumerate(of.units):
            beside = next((units[n] for n in (unit - 1, unit + 1) if n in units), None)
            if unit in units or beside is None or of.count(place.first, place.last) >= _FEW:
                continue
            along = quoted_along(owns[beside[0]], of, unit)
            if along is not None:
                units[unit] = (beside[0], along, 0)
    return taken


def _first(taken: dict[str, dict[int, tuple[str, int, int]]], i: str, unit: int) -> tuple[str, int]:
    """Where the paragraph was written: back from copy to copy. Without dates three reports may seem to copy in a ring."""
    way = [(i, unit)]
    while unit in taken[i]:
        i, unit, _ = taken[i][unit]
        if (i, unit) in way:
            return min(way[way.index((i, unit)) :])
        way.append((i, unit))
    return i, unit


class _Homes:
    """Which homes are one: disjoint sets, the least member standing for all. Two agencies are never made one by a copy."""

    def __init__(self) -> None:
        self.up: dict[_Home, _Home] = {}
        self.agencies: dict[_Home, frozenset[str]] = {}

    def add(self, home: _Home) -> None:
        self.up.setdefault(home, home)
        self.agencies.setdefault(home, frozenset({home[1]} if home[0] == "agency" else ()))

    def of(self, home: _Home) -> _Home:
        self.add(home)
        while self.up[home] != home:
            home = self.up[home]
        return home

    def join(self, a: _Home, b: _Home, declared: bool = False) -> None:
        a, b = sorted((self.of(a), self.of(b)))
        both = self.agencies[a] | self.agencies[b]
        if a == b or (len(both) > 1 and self.agencies[a] and self.agencies[b] and not declared):
            return
        self.up[b] = a
        self.agencies[a] = both


def _declared(owns: dict[str, Own]) -> Iterator[tuple[str, _Home]]:
    """What the user says is of one source: a report of the set by id or file, or any name that several reports give."""
    for i, o in owns.items():
        if not (name := (o.report.same_source_as or "").strip()):
            continue
        by = [k for k, p in owns.items() if name in {k, p.report.file, PurePath(p.report.file).name} and k != i]
        yield from ((i, ("report", k)) for k in by)
        if not by:
            yield i, ("declared", name.casefold())


def _sections(of: Own, room: Newsroom | None) -> dict[int, _Home]:
    """The paragraphs that stand under another agency's dateline than the report's own."""
    starts = list(datelines(of.report.text))
    out: dict[int, _Home] = {}
    for n, unit in enumerate(of.units):
        over = [name for at, name in starts if at < unit.end]
        if over and ("agency", over[-1]) != room:
            out[n] = ("agency", over[-1])
    return out


def _lineages(
    owns: dict[str, Own],
    rooms: dict[str, Newsroom | None],
    homes: _Homes,
    places: dict[str, list[_Home]],
    pairs: dict[tuple[str, str], Reuse],
    taken: dict[str, dict[int, tuple[str, int, int]]],
    declared: list[tuple[str, _Home]],
    owned: dict[str, Owner],
) -> Traced:
    """Name the lineages, and write down why each holds together."""
    members: dict[_Home, list[str]] = defaultdict(list)
    for i, at in places.items():
        for home in sorted(set(at)):
            members[home].append(i)
    roots = {home: _root(home, ids, owns, rooms, homes) for home, ids in members.items()}
    ids = {home: content_id("l", root, places[root].index(home)) for home, root in roots.items()}
    edges: dict[_Home, list[Edge]] = defaultdict(list)
    for (source, target), pair in pairs.items():
        given = sorted({places[target][u] for u, (s, _, _) in taken[target].items() if s == source})
        if given:
            copied = sum(s == source for s, _, _ in taken[target].values())
            edge = Edge(source, target, "copy", pair.share, _copied(pair, copied), pair.spans)
            for home in given:
                edges[home].append(edge)
    for home, root in roots.items():
        for i in members[home]:
            room = rooms[i]
            if room and i != root and room == rooms[root] and homes.of(("report", i)) == home:
                kind, reasons = _same_newsroom(room, owns[i])
                edges[home].append(Edge(root, i, kind, _share(pairs, root, i), reasons))
            elif i in owned and (first := _first_of_house(members[home], owned, i, owns)) != i:
                edges[home].append(Edge(first, i, "owner", _share(pairs, first, i), _one_house(first, i, owns, owned)))
    for i, to in declared:
        same = [to[1]] if to[0] == "report" else [k for k, there in declared if there == to and k < i][:1]
        reason = f"declared to be of the same source: “{(owns[i].report.same_source_as or '').strip()}”"
        for k in same:
            home = homes.of(("report", i))
            if {i, k} <= set(members.get(home, ())):
                edges[home].append(Edge(k, i, "declared", _share(pairs, k, i), (reason,)))
    for edge in _told(owns, rooms):
        home = homes.of(("report", edge.target))
        edges[home if home in members else places[edge.target][0]].append(edge)
    lineages = tuple(
        sorted(
            (
                Lineage(ids[home], roots[home], tuple(sorted(members[home])), tuple(sorted(edges[home], key=_edge_order)))
                for home in members
            ),
            key=lambda lineage: lineage.id,
        )
    )  # fmt: skip
    where = {i: (tuple(u.start for u in o.units) or (0,), tuple(ids[h] for h in places[i])) for i, o in owns.items()}
    return Traced(lineages, where)


def _root(home: _Home, ids: list[str], owns: dict[str, Own], rooms: dict[str, Newsroom | None], homes: _Homes) -> str:
    """The report the others go back to: the one that the agency is credited with, else the earliest, else the longest."""
    whole = [i for i in ids if homes.of(("report", i)) == home] or ids
    return min(whole, key=lambda i: ((rooms[i] or ("",))[0] != "agency", *rank(owns[i].report)))


def _edge_order(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.target, edge.kind


def _share(pairs: dict[tuple[str, str], Reuse], a: str, b: str) -> float:
    return pairs[a, b].share if (a, b) in pairs else 0.0


def _copied(pair: Reuse, paragraphs: int) -> tuple[str, ...]:
    """Why `pair` is a copy, in words."""
    source, target = pair.source.report, pair.target.report
    if pair.same:
        return (f"the same text, word for word, as {source.file}",)
    longest = max(pair.runs, key=lambda r: (r.length, -r.b))
    w = pair.target.words
    words = " ".join(target.text[w.starts[longest.b] : w.ends[longest.b + min(longest.length, ALONE) - 1]].split())
    of = len(pair.target.units)
    out = [
        f"{pair.words} of the {pair.target.count()} words outside quotations stand word for word in {source.file}",
        f"{paragraphs} of {of} paragraphs are taken over" if paragraphs < of else "every paragraph is taken over",
        f"the longest run is {longest.length} words: “{words}{'…' if longest.length > ALONE else ''}”",
    ]
    copied = sorted(pair.units)
    if copied and copied[0] > 0 and copied == list(range(copied[0], of)):
        out.append("the opening is another, the body the same")
    return tuple(out)


def _same_newsroom(room: Newsroom, of: Own) -> tuple[Literal["credit", "outlet"], tuple[str, ...]]:
    if room[0] == "agency":
        return "credit", (f"both are credited to {room[1]}: one agency is one newsroom",)
    return "outlet", (f"both are published by {of.report.outlet}, and neither credits an agency",)


def _first_of_house(ids: Sequence[str], owned: dict[str, Owner], i: str, owns: dict[str, Own]) -> str:
    """The earliest of the reports `ids` whose outlet is of one owner with that of report `i`."""
    house = owned[i].name.casefold()
    alike = [k for k in ids if k in owned and owned[k].name.casefold() == house]
    return min(alike, key=lambda k: rank(owns[k].report), default=i)


def _one_house(first: str, i: str, owns: dict[str, Own], owned: dict[str, Owner]) -> tuple[str, ...]:
    known = sorted({o.source for o in (owned[first], owned[i]) if o.source})
    outlets = f"{owns[first].report.outlet} and {owns[i].report.outlet}"
    return (f"{outlets} both belong to {owned[i].name}, as your list of owners says", *known)


def _told(owns: dict[str, Own], rooms: dict[str, Newsroom | None]) -> Iterator[Edge]:
    """Who says that they have something from whom."""
    by: dict[Newsroom, list[str]] = defaultdict(list)
    for i, room in rooms.items():
        if room:
            by[room].append(i)
    for room, ids in sorted(by.items()):
        first = min(ids, key=lambda i: rank(owns[i].report))
        names = _names(room, owns[first])
        for i, o in owns.items():
            if rooms[i] != room and (spans := told(o.report, names)):
                yield Edge(
                    first, i, "told", 0.0, tuple(sorted({f"says “{' '.join(s.exact.split())}”" for s in spans})), spans
                )


def _names(room: Newsroom, of: Own) -> list[str]:
    if room[0] == "agency":
        return next(([a.name, *a.forms] for a in AGENCIES if a.name == room[1]), [room[1]])
    outlet = (of.report.outlet or "").strip()
    return [outlet, outlet[4:]] if outlet.casefold().startswith("the ") else [outlet]
