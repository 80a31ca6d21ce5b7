"""What stands below the claims: figures drawn on their axis, the timeline, who is who, who copied whom, and the margins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from twosource.model import Actor, Edge, FigureGroup, FigureMention, Quote, Report
from twosource.outputs.order import SHAPES, actors_in_order, figures_in_order
from twosource.outputs.page.drawing import MONTHS, Axis, Bar, Graph, Series, axis, bar, ends, graph, series
from twosource.outputs.page.rows import Link, Row, cut
from twosource.outputs.page.story import LONGEST_LEAD, Story
from twosource.outputs.wording import span_of, speakers, visible

#: So many claims of one day are quoted in the timeline, the weightiest first; the others are named by their numbers.
OF_A_DAY = 4

_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}


@dataclass(frozen=True, slots=True)
class Range:
    """A figure as the reports give it: where, in which words, whose, as of when; as a range in words and as drawn."""

    links: tuple[Link, ...]
    words: str
    voice: str
    as_of: str
    range: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Chart:
    """A group of figures on one axis, and over time where it grows; `settled` is what the user's policy makes of it."""

    group: FigureGroup
    shape: str
    word: str
    axis: Axis
    rows: tuple[Range, ...]
    series: Series | None
    settled: Bar | None

    @property
    def label(self) -> str:
        return self.group.label or self.group.unit

    @property
    def same(self) -> bool:
        """Whether all give one and the same number, so that there is nothing to draw."""
        return self.axis.least == self.axis.most and all(r.bar.dot for r in self.rows)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the timeline: its value, how one says it, the claims quoted and the others."""

    value: str
    words: str
    quoted: tuple[tuple[Row, str], ...]
    others: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An actor: the roles and spellings with their places, the quotations by time, the open claims that hang on its word."""

    actor: Actor
    roles: tuple[str, ...]
    spellings: tuple[tuple[str, tuple[Link, ...]], ...]
    quotes: tuple[tuple[Link, Quote], ...]


def charts(story: Story) -> tuple[Chart, ...]:
    """Every group of figures with a finite end, in the order of the listing."""
    return tuple(chart(group, story) for group in figures_in_order(story.all) if ends(group.mentions))


def chart(group: FigureGroup, story: Story) -> Chart:
    """The group on one axis; what is word for word the same in one row, where the page is roomy only if it comes through the same voice.

    As of when is told where it is not the report's own time, and where a count grows.
    """
    scale = axis(ends(group.mentions))
    alike: dict[tuple[object, ...], tuple[str, list[FigureMention]]] = {}
    rank = {r: i for i, r in enumerate(story.letters)}
    published = {r.id: r.published for r in story.reports}
    for m in sorted(group.mentions, key=lambda m: (rank[m.report], m.start)):
        voice = tuple(v.text for v in m.voice) if story.roomy else ()
        told = m.as_of and (group.verdict == "updated" or m.as_of != published[m.report])
        as_of = when(m.as_of) if m.as_of and told else ""
        alike.setdefault((m.exact, m.low, m.high, as_of, voice), (as_of, []))[1].append(m)
    rows = []
    for as_of, same in alike.values():
        m = same[0]
        firsts = {x.report: x for x in reversed(same)}
        links = tuple(story.link(firsts[r]) for r in story.letters if r in firsts)
        rows.append(
            Range(links, m.exact, _voices(same, story), as_of, span_of(m.low, m.high), bar(m.low, m.high, scale))
        )
    shape, word = SHAPES[group.verdict]
    grown = series(group.mentions, story.letters) if group.verdict == "updated" else None
    asked = (
        group.settled is not None and group.settled.policy != "range"
    )  # which is what the drawing shows without a word
    settled = bar(group.settled.low, group.settled.high, scale) if group.settled and asked else None
    return Chart(group, shape, word, scale, tuple(rows), grown, settled)


def _voices(same: Sequence[FigureMention], story: Story) -> str:
    """Whose figure it is; where not all have it from one voice, with the letters of the reports that have it from each."""
    told: dict[str, list[str]] = {}
    for m in same:
        of = told.setdefault(speakers(m.voice, story.names), [])
        if story.letters[m.report] not in of:
            of.append(story.letters[m.report])
    if len(told) == 1:
        return next(iter(told))
    return "; ".join(f"{voice} ({', '.join(of)})" for voice, of in told.items() if voice)


def in_claims(story: Story, drawn: Sequence[Chart]) -> dict[int, Chart]:
    """The chart of the figures that a claim is about, by the claim's number, where it is among those `drawn`."""
    by_group = {c.group.id: c for c in drawn}
    groups = {r.number: story.figures_of(r.claim) for r in story.rows if r.claim.verdict in ("conflicting", "updated")}
    return {n: by_group[g.id] for n, g in groups.items() if g is not None and g.id in by_group}


def timeline(story: Story) -> tuple[Day, ...]:
    """The days that claims speak of, the earliest first."""
    by_id = {r.claim.id: r for r in story.rows}
    days = []
    for m in sorted(story.all.timeline, key=lambda m: m.value):
        rows = sorted((by_id[c] for c in m.claims if c in by_id), key=lambda r: r.number)
        quoted = tuple((r, cut(r.summary, LONGEST_LEAD)) for r in rows[:OF_A_DAY])
        days.append(Day(m.value, when(m.value), quoted, tuple(rows[OF_A_DAY:])))
    return tuple(days)


def when(value: str) -> str:
    """A TIMEX3 value as one says it; as it is, where there is no short way.

    >>> when("2031-04-02"), when("2031-04-02TAF"), when("2031-04"), when("2031-FA"), when("PXD")
    ('2 April 2031', '2 April 2031, afternoon', 'April 2031', 'autumn 2031', 'PXD')
    """
    whole, _, hour = value.partition("T")
    parts = whole.split("-")
    if not all(p.isdigit() and p.isascii() for p in parts[:1]) or len(parts[0]) != 4 or len(parts) > 3:
        return visible(value)
    said = parts[0]
    if len(parts) > 1:
        if parts[1] in _SEASONS:
            said = f"{_SEASONS[parts[1]]} {said}"
        elif parts[1].isascii() and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
            said = f"{MONTHS[int(parts[1]) - 1]} {said}"
        else:
            return visible(value)
    if len(parts) == 3:
        if not (parts[2].isascii() and parts[2].isdigit()):
            return visible(value)
        said = f"{int(parts[2])} {said}"
    return f"{said}, {_PARTS.get(hour, visible(hour[:5]))}" if hour else said


def people(story: Story) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Who stands in more than one report or, where the page is roomy, speaks in one; and everybody else.

    Where the page is not roomy, names do not lead to their places: the texts would be cut at every one of them.
    """
    said: dict[str | None, list[Quote]] = {}
    rank = {r: i for i, r in enumerate(story.letters)}
    for q in sorted(story.all.quotes, key=lambda q: (rank[q.report], q.start)):
        said.setdefault(q.speaker, []).append(q)
    first: list[Person] = []
    rest: list[Person] = []
    for actor in actors_in_order(story.all):
        spellings: dict[str, dict[str, Link]] = {}
        for m in sorted(actor.mentions, key=lambda m: (rank[m.report], m.start)):
            of = spellings.setdefault(m.exact, {})
            if m.report not in of:
                of[m.report] = story.link(m) if story.roomy else Link(story.letters[m.report], "", 0)
        quotes = tuple((story.link(q), q) for q in said.get(actor.id, ()))
        person = Person(
            actor,
            tuple(dict.fromkeys(s.exact for s in sorted(actor.roles, key=lambda s: (rank[s.report], s.start)))),
            tuple((form, tuple(of.values())) for form, of in spellings.items()),
            quotes,
        )
        (first if (quotes and story.roomy) or len({m.report for m in actor.mentions}) > 1 else rest).append(person)
    return tuple(first), tuple(rest)


def back_to(story: Story) -> dict[str, tuple[Edge, ...]]:
    """For each report that goes back to another: how, the largest share first."""
    edges = sorted(
        (e for x in story.all.lineages for e in x.edges), key=lambda e: (story.letters[e.source], -e.share, e.kind)
    )
    found: dict[str, tuple[Edge, ...]] = {}
    for e in dict.fromkeys(edges):  # one that joins two lineages stands in both
        found[e.target] = (*found.get(e.target, ()), e)
    return found


def sources(story: Story) -> Graph | None:
    """The graph of who goes back to whom."""
    return graph(story.reports, story.all.lineages, story.letters)


def margins(story: Story) -> tuple[tuple[str, str], ...]:
    """What a reader must know of what was not read, set aside or left open: each a heading and what it says."""
    r = story.all
    told: list[tuple[str, str]] = [
        (note.kind, f"{story.letters.get(note.report) or note.report}: {note.words}")
        for note in sorted(r.notes, key=lambda n: (n.kind, story.letters.get(n.report, n.report), n.words))
    ]
    aside = Counter(story.letters[s.report] for s in r.furniture)
    relative = Counter(story.letters[t.report] for t in r.times if t.value is None)
    counted = (
        ("page furniture set aside, evidence of nothing", aside),
        ("times left relative, because the day they are told from is not known", relative),
    )
    told += [(what, ", ".join(f"{x} {n[x]}" for x in story.letters.values() if n[x])) for what, n in counted if n]
    undated = [story.letters[x.id] for x in story.reports if not x.published]
    unknown = [x for x in story.reports if x.language and x.language != "en"]
    told += [("no date of publication", ", ".join(undated))] if undated else []
    told += [("language without a reader", _those(unknown, story))] if unknown else []
    return tuple(told)


def _those(reports: Sequence[Report], story: Story) -> str:
    return ", ".join(f"{story.letters[x.id]} ({x.language})" for x in reports)
