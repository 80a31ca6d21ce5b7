"""What the page shows, in the order in which it shows it: every line with its letters, voice, origin, places and reasons.

All that is decided stands here, in plain data; the templates only set it. Words in it are either the tool's own or cut from a report.
"""

from __future__ import annotations

import importlib.metadata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from twosource.model import VERDICTS, Claim, Evidence, FigureGroup, FigureMention, Name, Reconciliation, Span
from twosource.outputs.explain import together, what_would_change
from twosource.outputs.order import SHAPES, Numbered, in_order, letters, names, numbered, sides
from twosource.outputs.page.places import Paragraph, Piece, paragraphs, place
from twosource.outputs.page.rows import KINDS, Alone, Line, Link, Row, cut, marked
from twosource.outputs.wording import day, differing_words, origin_words, speakers, visible

_Place = TypeVar("_Place", bound=Span)

#: Characters of a headline or of a line in a list that only leads elsewhere; whatever is evidence is shown whole.
LONGEST_TITLE, LONGEST_LEAD = 160, 110

_DIFFERENCES = {"polarity": "p", "figure": "f", "actor": "w", "place": "l", "time": "t", "account": "c"}

#: Voices that no one can be asked by: whom the pronoun means was not found.
_NOBODY = frozenset({"he", "i", "it", "one", "she", "they", "we", "who"})


class Story:
    """A reconciliation with what every part of the page asks for: letters, names, numbered claims, and the places pointed at."""

    def __init__(self, reconciliation: Reconciliation, *, roomy: bool = True) -> None:
        self.all = reconciliation
        self.roomy = roomy
        self.letters = letters(reconciliation)
        self.names = names(reconciliation)
        self.reports = in_order(reconciliation.reports)
        self.numbered = numbered(reconciliation)
        self.pointed_at: defaultdict[str, set[Span]] = defaultdict(set)
        self._ends: dict[str, tuple[int, int]] = {}
        self._led: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)

    def link(self, span: Span) -> Link:
        """A link to the place of `span`, where the report's text is then cut.

        Where the page is not `roomy`, what is no evidence leads to the statement that it begins in: each cut costs fifty bytes.
        """
        letter = self.letters[span.report]
        if not self.roomy and not isinstance(span, Evidence):
            statements = self._statements[span.report]
            at = bisect_right(statements, (span.start, len(self._texts[span.report])))
            if at and span.start < statements[at - 1][1]:
                return Link(letter, place(letter, statements[at - 1][0]), statements[at - 1][1])
        self.pointed_at[span.report].add(Span(span.report, span.start, span.end, self._texts[span.report]))
        return Link(letter, place(letter, span.start), span.end)

    @cached_property
    def _statements(self) -> dict[str, list[tuple[int, int]]]:
        """By report: where the statements stand that are evidence, sorted."""
        found: dict[str, set[tuple[int, int]]] = {r.id: set() for r in self.reports}
        for claim in self.all.claims:
            for e in claim.evidence:
                found[e.report].add((e.start, e.end))
        return {r: sorted(of) for r, of in found.items()}

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {r.id: r.text for r in self.reports}

    def texts(self) -> dict[str, tuple[Paragraph, ...]]:
        """The reports' texts by their ids, cut where claims rest and where links made so far lead."""
        evidence: dict[str, list[tuple[Span, int]]] = {r.id: [] for r in self.reports}
        for n in self.numbered:
            for e in n.claim.evidence:
                evidence[e.report].append((e, n.number))
        aside: dict[str, list[Span]] = {r.id: [] for r in self.reports}
        for span in self.all.furniture:
            aside[span.report].append(span)
        texts = {
            r.id: paragraphs(r, self.letters[r.id], evidence[r.id], self.pointed_at[r.id], aside[r.id])
            for r in self.reports
        }
        for r in self.reports:
            last = {e.start: e.end for e, _ in sorted(evidence[r.id], key=lambda e: e[0].end)}
            for x in (x for p in texts[r.id] for x in p.pieces if x.place):
                start = int(str(x.place).rpartition(".")[2])
                seen = start + len(x.text) if visible(x.text) == x.text else 0
                end = last.get(start, seen)
                self._ends[str(x.place)] = end, 0 if end == seen else end
        return texts

    def beyond(self, piece: Piece) -> int:
        """Where the longest statement that begins with this piece ends; 0 where that is seen: it is this piece, shown as it is written."""
        return self._ends.get(piece.place or "", (0, 0))[1]

    def untold(self, piece: Piece) -> tuple[int, ...]:
        """The claims to write on a piece of text: all of them, or where the page is not `roomy` those whose lines lead elsewhere."""
        return piece.claims if self.roomy else tuple(n for n in piece.claims if not self._tells(n, piece))

    def _tells(self, number: int, piece: Piece) -> bool:
        """Whether a line of the claim leads to a place that holds the piece, so that the script finds the one by the other."""
        letter, _, start = (piece.place or "").rpartition(".")
        return any(a <= int(start) < b for a, b in self._led[f"{letter}.{number}"])

    def end(self, link: Link) -> int:
        """Where a link's place ends, once the `texts` are cut; 0 where the place itself tells: it is a statement, or one piece."""
        return 0 if self._ends.get(link.place, (0, 0))[0] == link.end else link.end

    @cached_property
    def version(self) -> str:
        return importlib.metadata.version("twosource")

    @cached_property
    def title(self) -> str:
        """Words of a report: the first title there is, else what is best established, else how the first report begins."""
        titled = next((r.title for r in self.reports if r.title and r.title.strip()), None)
        settled = next((n.claim.summary.exact for n in self.numbered if n.claim.verdict == "corroborated"), None)
        first = next((x for r in self.reports for x in r.text.splitlines() if x.strip()), "No report")
        return cut((titled or settled or first).strip(), LONGEST_TITLE)

    @cached_property
    def when(self) -> str:
        days = sorted({day(r.published) for r in self.reports if r.published})
        return "" if not days else days[0] + (f" to {days[-1]}" if days[1:] else "")

    @cached_property
    def tally(self) -> tuple[tuple[str, str, str, int], ...]:
        """For each verdict: itself, its shape, its word and how many claims have it."""
        those = Counter(n.claim.verdict for n in self.numbered)
        return tuple((v, *SHAPES[v], those[v]) for v in VERDICTS)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(n) for n in self.numbered)

    def section(self, verdict: str) -> tuple[Row, ...]:
        return tuple(r for r in self.rows if r.claim.verdict == verdict)

    @cached_property
    def alone(self) -> tuple[Alone, ...]:
        """What one report alone says, report by report."""
        by_id = {r.id: r for r in self.reports}
        made = []
        for report_id, group in groupby(self.section("single-source"), key=lambda r: r.claim.summary.report):
            rows = tuple(group)
            shared = Counter(r.claim.reasons for r in rows).most_common(1)[0][0]
            made.append(Alone(self.letters[report_id], by_id[report_id], shared, rows))
        return tuple(made)

    @cached_property
    def actor_numbers(self) -> dict[str, int]:
        """A short number for each actor that a claim has, by the actor's id."""
        return {a.id: i for i, a in enumerate(sorted(self.all.actors, key=lambda a: (a.name.casefold(), a.id)))}

    @cached_property
    def actors_filtered(self) -> tuple[tuple[int, str], ...]:
        """The actors that a claim has, with their numbers, by name; where the page is not roomy, those that more than one claim has."""
        used = Counter(n for r in self.rows for n in r.actors)
        by_number = {n: self.names[i] for i, n in self.actor_numbers.items()}
        return tuple((n, by_number[n]) for n in sorted(used) if self.roomy or used[n] > 1)

    @cached_property
    def filtering(self) -> frozenset[int]:
        """The numbers of those actors."""
        return frozenset(n for n, _ in self.actors_filtered)

    @cached_property
    def kinds_filtered(self) -> tuple[tuple[str, str], ...]:
        used = {k for r in self.rows for k in r.kinds}
        return tuple((k, words) for k, words in KINDS.items() if k in used)

    @cached_property
    def to_ask(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Whose word would settle what is open: the voices of what differs or goes back to one origin, with those claims."""
        asked: dict[str, list[Row]] = {}
        for row in (*self.section("conflicting"), *self.section("one-origin")):
            for e in row.claim.evidence:
                if e.voice:
                    who = self.names.get(e.origin) or self.names.get(e.voice[-1].actor or "") or e.voice[-1].text
                    if who.lower() in _NOBODY:
                        continue
                    at = asked.setdefault(who, [])
                    if row not in at[-1:]:
                        at.append(row)
        return tuple((who, tuple(rows)) for who, rows in asked.items())

    @cached_property
    def _inside(self) -> dict[str, tuple[list[Name], list[FigureMention]]]:
        """By report: the names and the figures in it, sorted."""
        found: dict[str, tuple[list[Name], list[FigureMention]]] = {r.id: ([], []) for r in self.reports}
        for actor in self.all.actors:
            for name in actor.mentions:
                found[name.report][0].append(name)
        for group in self.all.figures:
            for m in group.mentions:
                found[m.report][1].append(m)
        return {r: (sorted(a, key=_start), sorted(b, key=_start)) for r, (a, b) in found.items()}

    def within(self, span: Span) -> tuple[list[Name], list[FigureMention]]:
        """The names and the figures that stand in `span`."""
        a, b = self._inside[span.report]
        return _covered(a, span), _covered(b, span)

    def figures_of(self, claim: Claim) -> FigureGroup | None:
        """The figures that a claim's sides give otherwise, or its reports where the count has grown: the group of most mentions in them."""
        if claim.difference is not None and claim.difference.kind == "figure":
            parted: list[tuple[str, ...]] = list(claim.difference.sides)
        elif claim.verdict == "updated":
            parted = [tuple(e.id for e in claim.evidence if e.report == r) for r in self.letters]
        else:
            return None
        best: tuple[int, FigureGroup | None] = (0, None)
        for group in self.all.figures:
            inside = [e.id for m in group.mentions for e in claim.evidence if _holds(e, m)]
            if len(inside) > best[0] and sum(any(i in side for i in inside) for side in parted) > 1:
                best = (len(inside), group)
        return best[1]

    def _marks(self, claim: Claim) -> tuple[Span, ...]:
        """The words to mark: those that differ, or the figures of a count that has grown."""
        marks = differing_words(claim.difference)
        group = self.figures_of(claim) if claim.verdict == "updated" and not marks else None
        return marks if group is None else tuple(m for m in group.mentions if any(_holds(e, m) for e in claim.evidence))

    def _row(self, n: Numbered) -> Row:
        claim = n.claim
        parted = sides(claim)
        named = len(claim.difference.sides) if claim.difference else 1
        shown = tuple(
            ("" if i == 0 else "against" if i < named else "beside it", self._lines(side, n))
            for i, side in enumerate(parted)
        )
        actors: set[int] = set()
        kinds = {_DIFFERENCES[claim.difference.kind]} if claim.difference else set[str]()
        for e in claim.evidence:
            people, figures = self.within(e)
            actors |= {self.actor_numbers[p.actor] for p in people}
            actors |= {self.actor_numbers[v.actor] for v in e.voice if v.actor in self.actor_numbers}
            kinds |= {"n"} if figures else set()
            kinds |= {"s" if e.voice else "r"}
            kinds |= {"d"} if e.polarity == "denied" else set()
            kinds |= {"o"} if e.modality != "happened" else set()
        those = {e.report for e in claim.evidence}
        return Row(
            n.number,
            claim,
            shown,
            claim.summary.exact,
            tuple(x for r, x in self.letters.items() if r in those),
            tuple(sorted(actors)),
            "".join(k for k in KINDS if k in kinds),
            self._grouped((self._origin(e), e) for e in claim.evidence),
            self._newsrooms(claim.evidence),
            what_would_change(claim, self.names) if claim.verdict != "single-source" else (),
            together(claim, self.letters, self.names) if self.roomy else (),
        )

    def _lines(self, evidence: Sequence[Evidence], of: Numbered) -> tuple[Line, ...]:
        """The evidence line by line in the order of the reports; word-for-word copies share a line with a link for each."""
        claim = of.claim
        rank = {report_id: i for i, report_id in enumerate(self.letters)}
        alike: dict[tuple[object, ...], list[Evidence]] = {}
        for e in sorted(evidence, key=lambda e: (rank[e.report], e.start, e.end, e.id)):
            alike.setdefault((e.exact, tuple(v.text for v in e.voice), e.polarity, e.modality), []).append(e)
        made = []
        marks = self._marks(claim)
        whole = claim.difference is not None and not marks
        for same in alike.values():
            e = same[0]
            firsts = {x.report: x for x in reversed(same)}
            links = tuple(self.link(firsts[r]) for r in self.letters if r in firsts)
            for x in firsts.values():
                self._led[f"{self.letters[x.report]}.{of.number}"].add((x.start, x.end))
            sense = ", ".join(s for s in (e.polarity, e.modality) if s not in ("asserted", "happened"))
            opposed = whole and any(e.id in side for side in claim.difference.sides) if claim.difference else False
            words = ((e.exact, True),) if opposed else marked(e, marks)
            made.append(Line(links, speakers(e.voice, self.names), sense, words, opposed))
        return tuple(made)

    def _origin(self, e: Evidence) -> str:
        """Who stands behind a statement."""
        if e.origin == e.lineage:
            return "an unnamed voice, counted with its newsroom" if e.voice else "the report itself"
        return origin_words(e.origin, self.names) or "an unnamed voice"

    def _newsrooms(self, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """The reports of each newsroom, and whose text theirs is where it is not their own.

        Where the page is not `roomy`, a report that stands for itself is not named once more: its line names it.
        """
        by_lineage: dict[str, set[str]] = {}
        for e in evidence:
            by_lineage.setdefault(e.lineage, set()).add(self.letters[e.report])
        rank = {x: i for i, x in enumerate(self.letters.values())}
        told = []
        for lineage, of in sorted(by_lineage.items(), key=lambda x: min(map(rank.__getitem__, x[1]))):
            root = self.letters.get(self._lineages.get(lineage, ""), "")
            words = ", ".join(sorted(of, key=rank.__getitem__))
            own = {root} >= of or not root
            if self.roomy or len(of) > 1 or not own:
                told.append(words if own else f"{words} (text of {root})")
        return tuple(told)

    def _grouped(self, told: Iterable[tuple[str, Evidence]]) -> tuple[str, ...]:
        """Each thing told once, with the letters of the reports of which it is told.

        Where the page is not `roomy`, the reports that say it themselves are not named once more: theirs are the lines without a voice.
        """
        found: dict[str, set[str]] = {}
        for what, e in told:
            found.setdefault(what, set()).add(e.report)
        listed = {what: [x for r, x in self.letters.items() if r in those] for what, those in found.items()}
        rank = {x: i for i, x in enumerate(self.letters.values())}
        itself = "the report itself"
        return tuple(
            what if what == itself and not self.roomy else f"{what} ({', '.join(of)})"
            for what, of in sorted(listed.items(), key=lambda x: (rank[x[1][0]], x[0]))
        )

    @cached_property
    def _lineages(self) -> dict[str, str]:
        return {x.id: x.root for x in self.all.lineages}


def _holds(span: Span, inner: Span) -> bool:
    return span.report == inner.report and span.start <= inner.start and inner.end <= span.end


def _start(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _covered(spans: list[_Place], by: Span) -> list[_Place]:
    at = bisect_left(spans, (by.start, 0), key=_start)
    found = []
    while at < len(spans) and spans[at].start < by.end:
        if spans[at].end <= by.end:
            found.append(spans[at])
        at += 1
    return found
