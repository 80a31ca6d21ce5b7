"""A Reconciliation as text for a terminal, a pipe or a file, readable at 80 columns.

First what conflicts, then what grew, what is corroborated, what repeats one origin, and what one report alone says, the weightiest
first. Headings are the tool's words; whatever stands between “ and ” is a report's own, with the words that differ marked inside it.
Lines break where the terminal needs it; a long quotation is cut between words, with … where something is left out; nothing is reworded.
"""

from __future__ import annotations

import importlib.metadata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from twosource.model import Claim, Evidence, FigureGroup, FigureMention, Quote, Reconciliation
from twosource.outputs.order import (
    SHAPES,
    Numbered,
    actors_in_order,
    figures_shown,
    in_order,
    letters,
    lines,
    names,
    numbered,
    sides,
)
from twosource.outputs.sheet import Block, Sheet, bar, evidence_text, plain, quotation, render
from twosource.outputs.wording import (
    count,
    day,
    differing_words,
    moment,
    outlet,
    settled_words,
    span_of,
    speakers,
    visible,
)

if TYPE_CHECKING:
    from rich.text import Text

#: From this width on, figures are drawn as well as told.
DRAWN_FROM = 100

#: Of what one report alone says, so many are shown, unless everything is asked for; and so many of other long lists.
SHOWN = 12

_STYLES = {
    "conflicting": "bold red",
    "updated": "bold yellow",
    "corroborated": "bold green",
    "one-origin": "bold blue",
    "single-source": "bold",
}

_SECTIONS = (
    ("conflicting", "WHERE THEY DIFFER"),
    ("updated", "WHAT HAS GROWN OR BEEN CORRECTED"),
    ("corroborated", "ESTABLISHED"),
    ("one-origin", "REPEATED, NOT CONFIRMED"),
)


def to_text(reconciliation: Reconciliation, *, width: int = 80, colour: bool = False, everything: bool = False) -> str:
    """The reconciliation as text of at most `width` columns; with ANSI colours if `colour`, with all singles if `everything`."""
    sheet = Sheet(width, colour, everything, letters(reconciliation), names(reconciliation))
    return render(_whole(reconciliation, sheet), sheet)


# --- the whole ---------------------------------------------------------------------------------------------------------------


def _whole(r: Reconciliation, sheet: Sheet) -> Iterator[Block]:
    claims = numbered(r)
    yield from _head(r, claims)
    yield from _reports(r, sheet)
    for verdict, heading in _SECTIONS:
        those = [n for n in claims if n.claim.verdict == verdict]
        if those:
            yield from _heading(heading, len(those), _STYLES[verdict])
            for n in those:
                yield from claim_blocks(n, sheet)
        if verdict == "updated":
            yield from _figures(r, sheet)
    yield from _singles([n for n in claims if n.claim.verdict == "single-source"], r, sheet)
    yield from _who(r, sheet)
    yield from _margins(r, sheet)


def _head(r: Reconciliation, claims: Sequence[Numbered]) -> Iterator[Block]:
    days = sorted({day(x.published) for x in r.reports if x.published})
    when = f" · {days[0]}" + (f" to {days[-1]}" if days[1:] else "") if days else ""
    yield Block(plain(f"{count(len(r.reports), 'report')} · {count(len(r.lineages), 'newsroom')}{when}", "bold"))
    if not claims:
        yield Block(plain("No statement could be read out of " + ("it." if len(r.reports) == 1 else "them.")))
        return
    verdicts = Counter(n.claim.verdict for n in claims)
    tally = plain()
    for verdict, (shape, word) in SHAPES.items():
        word = "alone" if verdict == "single-source" else word  # so that the line fits into 80 columns
        tally.append(
            f"{'  ' if tally else ''}{shape} {verdicts[verdict]} {word}",
            _STYLES[verdict] if verdicts[verdict] else "dim",
        )
    yield Block(tally)
    if len(r.reports) == 1:
        yield Block(plain("One report alone: with a second one, what it says can be held against another account."))


def _reports(r: Reconciliation, sheet: Sheet) -> Iterator[Block]:
    yield from _heading("REPORTS")
    edges = sorted((e for x in r.lineages for e in x.edges), key=lambda e: (sheet.letters[e.source], -e.share, e.kind))
    for report in in_order(r.reports):
        known = [
            outlet(report),
            day(report.published),
            visible(report.file) if report.outlet else "",
            visible(report.byline or ""),
        ]
        known += [f"credit {visible(report.credit)}"] if report.credit else []
        text = plain(" · ".join(k for k in known if k))
        if report.title:
            text.append(f"  “{visible(report.title)}”", "dim")
        yield Block(text, f"{sheet.letters[report.id]}  ", 3)
        for edge in edges:
            if edge.target == report.id:
                share = f", {edge.share:.0%} of its words" if edge.share else ""
                why = f": {visible('; '.join(edge.reasons))}" if edge.reasons else ""
                yield Block(
                    plain(f"goes back to {sheet.letters[edge.source]} ({edge.kind}{share}){why}", "dim"), "   ", 5
                )


def _heading(words: str, n: int | None = None, style: str = "bold") -> Iterator[Block]:
    yield Block(plain())
    yield Block(plain(words if n is None else f"{words} ({n})", style))


# --- claims ------------------------------------------------------------------------------------------------------------------


def claim_blocks(n: Numbered, sheet: Sheet) -> Iterator[Block]:
    """A claim: its verdict and counts, its evidence, each line with letter and voice, and why the verdict is what it is."""
    claim = n.claim
    yield Block(claim_head(n), indent=4)
    parts = sides(claim)
    for i, side in enumerate(parts):
        if i:
            yield Block(
                plain("against" if claim.difference and i < len(claim.difference.sides) else "beside it", "dim"),
                "    ",
                4,
            )
        yield from _evidence(side, claim, sheet)
    if claim.reasons:
        yield Block(plain("why: " + visible(" ".join(claim.reasons)), "italic"), "    ", 9)


def claim_head(n: Numbered) -> Text:
    """The number, verdict and counts of a claim."""
    shape, word = SHAPES[n.claim.verdict]
    head = plain(f"{shape} {n.number}  {word}", _STYLES[n.claim.verdict])
    kind = f": {n.claim.difference.kind}" if n.claim.difference else ""
    counts = f"{count(n.claim.lineages, 'newsroom')}, {count(n.claim.origins, 'origin')}"
    return head.append(f"{kind} · {counts}{' · a correction' if n.claim.correction else ''}")


def _evidence(evidence: Sequence[Evidence], claim: Claim, sheet: Sheet) -> Iterator[Block]:
    told = lines(evidence, sheet.letters)
    shown = told if sheet.everything else told[:SHOWN]
    for line in shown:
        yield Block(evidence_text(line.letters, line.evidence, differing_words(claim.difference), sheet), "    ", 6)
    if told[len(shown) :]:
        yield Block(plain(f"… and {len(told) - len(shown)} more (--all)", "dim"), "    ", 6)


def _singles(claims: Sequence[Numbered], r: Reconciliation, sheet: Sheet) -> Iterator[Block]:
    if not claims:
        return
    yield from _heading("ONE SOURCE ALONE", len(claims))
    outlets = {x.id: outlet(x) for x in r.reports}
    for report_id, group in groupby(claims, key=lambda n: n.claim.summary.report):
        those = list(group)
        of = sheet.letters[report_id]
        yield Block(plain(f"{of}  {outlets[report_id]}: {count(len(those), 'claim')}", "bold"))
        shown = those if sheet.everything else those[:SHOWN]
        for n in shown:
            told = lines(n.claim.evidence, sheet.letters)
            first, rest = told[0], told[1:]
            yield Block(
                evidence_text(first.letters, first.evidence, (), sheet), f"{SHAPES['single-source'][0]} {n.number}  ", 6
            )
            for line in rest:
                yield Block(evidence_text(line.letters, line.evidence, (), sheet), "    ", 6)
        if those[len(shown) :]:
            yield Block(plain(f"… and {len(those) - len(shown)} more (--all)", "dim"), "    ", 4)


# --- figures, actors, margins ------------------------------------------------------------------------------------------------


def _figures(r: Reconciliation, sheet: Sheet) -> Iterator[Block]:
    groups, shown = r.figures, figures_shown(r, sheet.everything)
    if not groups:
        return
    yield from _heading("FIGURES", len(groups))
    for group in shown:
        shape, word = SHAPES[group.verdict]
        head = plain(f"{shape} {visible(group.label or group.unit)}", _STYLES[group.verdict]).append(f" · {word}")
        head.append(f" · {settled_words(group)}" if group.settled else "")
        yield Block(head, indent=4)
        yield from _rows(group, sheet)
        if group.reasons:
            yield Block(plain("why: " + visible(" ".join(group.reasons)), "italic"), "    ", 9)
    if len(groups) > len(shown):
        yield Block(
            plain(f"… and {count(len(groups) - len(shown), 'figure')} that one newsroom alone gives (--all)", "dim")
        )


def _rows(group: FigureGroup, sheet: Sheet) -> Iterator[Block]:
    rank = sheet.rank
    alike: dict[tuple[object, ...], list[FigureMention]] = {}
    for m in sorted(group.mentions, key=lambda m: (rank[m.report], m.start)):
        alike.setdefault((m.exact, m.low, m.high, m.as_of, tuple(v.text for v in m.voice)), []).append(m)
    whose = [", ".join(dict.fromkeys(sheet.letters[m.report] for m in same)) for same in alike.values()]
    for of, same in zip(whose, alike.values(), strict=True):
        m = same[0]
        text = plain(of, "bold cyan")
        if sheet.width >= DRAWN_FROM:
            text.append(
                " " * (max(map(len, whose)) - len(of) + 2) + bar(m.low, m.high, group.mentions, plain=not sheet.colour)
            )
        text.append(f"  {span_of(m.low, m.high)}  ", "bold").append_text(quotation(m, (), sheet))
        text.append(" · " + speakers(m.voice, sheet.names) if m.voice else "")
        text.append(f" · as of {moment(m.as_of)}" if m.as_of else "")
        yield Block(text, "    ", 6)


def _who(r: Reconciliation, sheet: Sheet) -> Iterator[Block]:
    said: dict[str | None, list[Quote]] = {}
    for quote in r.quotes:
        said.setdefault(quote.speaker, []).append(quote)
    told = [
        a for a in actors_in_order(r) if sheet.everything or a.id in said or len({m.report for m in a.mentions}) > 1
    ]
    shown = told if sheet.everything else told[: 2 * SHOWN]
    if not shown:
        return
    yield from _heading("WHO IS WHO")
    rank = sheet.rank
    for actor in shown:
        text = plain(visible(actor.name), "bold").append(f" ({actor.kind})", "dim")
        roles = dict.fromkeys(visible(x.exact) for x in actor.roles)
        text.append("  " + ", ".join(f"“{role}”" for role in roles) if roles else "")
        spellings: dict[str, list[str]] = {}
        for m in sorted(actor.mentions, key=lambda m: (rank[m.report], m.start)):
            spellings.setdefault(visible(m.exact), []).append(sheet.letters[m.report])
        some = list(spellings.items())[: None if sheet.everything else 6]
        text.append("  " + " · ".join(f"“{s}” {', '.join(dict.fromkeys(of))}" for s, of in some))
        text.append(" · …" if len(some) < len(spellings) else "")
        quotes = said.get(actor.id, [])
        text.append(f" · {count(len(quotes), 'quotation')}" if quotes else "", "dim")
        yield Block(text, indent=4)
        for quote in quotes if sheet.everything else ():
            yield Block(
                plain(sheet.letters[quote.report], "bold cyan").append("  ").append_text(quotation(quote, (), sheet)),
                "    ",
                6,
            )
    if len(told) > len(shown):
        yield Block(plain(f"… and {len(told) - len(shown)} more (--all)", "dim"))


def _margins(r: Reconciliation, sheet: Sheet) -> Iterator[Block]:
    yield from _heading("IN THE MARGIN")
    for note in sorted(r.notes, key=lambda n: (n.kind, sheet.letters.get(n.report, n.report), n.words)):
        yield Block(
            plain(f"{note.kind}: {sheet.letters.get(note.report) or visible(note.report)} · {visible(note.words)}"),
            indent=4,
        )
    aside = Counter(sheet.letters[x.report] for x in r.furniture)
    if aside:
        those = ", ".join(f"{of} {aside[of]}" for of in sheet.letters.values() if aside[of])
        yield Block(plain(f"page furniture set aside, evidence of nothing: {those}"), indent=4)
    relative = Counter(sheet.letters[t.report] for t in r.times if t.value is None)
    if relative:
        those = ", ".join(f"{of} {relative[of]}" for of in sheet.letters.values() if relative[of])
        yield Block(plain(f"times left relative: {those}"), indent=4)
    undated = [sheet.letters[x.id] for x in in_order(r.reports) if not x.published]
    if undated:
        yield Block(plain(f"no date of publication: {', '.join(undated)}"), indent=4)
    made = ", ".join(dict.fromkeys(visible(x.extractor) for x in in_order(r.reports)))
    hashes = "  ".join(f"{sheet.letters[x.id]} {visible(x.sha256)[:12]}" for x in in_order(r.reports))
    yield Block(
        plain(f"twosource {importlib.metadata.version('twosource')}, text by {made}; sha-256 {hashes}", "dim"), indent=4
    )
