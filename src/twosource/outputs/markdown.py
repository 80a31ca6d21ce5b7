"""A Reconciliation as Markdown: to paste into a story's notes. Every quotation has a footnote that names its report and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from twosource.model import Claim, FigureGroup, Reconciliation, Report, Span
from twosource.outputs.order import SHAPES, Numbered, figures_shown, in_order, letters, lines, names, numbered, sides
from twosource.outputs.sheet import LONGEST
from twosource.outputs.terminal import SHOWN
from twosource.outputs.wording import (
    count,
    day,
    differing,
    differing_words,
    outlet,
    settled_words,
    span_of,
    speakers,
    visible,
    window,
)

_SECTIONS = (
    ("conflicting", "Where they differ"),
    ("updated", "What has grown or been corrected"),
    ("corroborated", "Established"),
    ("one-origin", "Repeated, not confirmed"),
    ("single-source", "One source alone"),
)

#: What Markdown or HTML would read as something else than itself.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+!|~^&$-]|(?<=\d)\.(?=\s)|:(?=//)|@")


class _Sheet:
    """The letters of the reports, and the footnotes so far."""

    def __init__(self, r: Reconciliation, everything: bool) -> None:
        self.letters = letters(r)
        self.names = names(r)
        self.reports = {x.id: x for x in r.reports}
        self.everything = everything
        self.notes: list[str] = []

    def note(self, span: Span) -> str:
        """A mark that leads to the footnote of `span`."""
        report = self.reports[span.report]
        place = f"{self.letters[span.report]}, {_plain(report.file)}, characters {span.start} to {span.end}"
        self.notes.append(f"[^{len(self.notes) + 1}]: {place}")
        return f"[^{len(self.notes)}]"

    def quotation(self, span: Span, marks: Sequence[Span] = ()) -> str:
        """The words of `span` between “ and ”, those of `marks` in bold, with the mark of its footnote."""
        places = differing(marks, span)
        start, end = (0, len(span.exact)) if self.everything else window(span.exact, places, LONGEST)
        pieces, at = ["… " if start else ""], start
        for a, b in places:
            a, b = max(a, at), min(b, end)
            if a < b:
                pieces += [_plain(span.exact[at:a]), f"**{_plain(span.exact[a:b])}**"]
                at = b
        return (
            "“"
            + "".join([*pieces, _plain(span.exact[at:end]), " …" if end < len(span.exact) else ""])
            + "”"
            + self.note(span)
        )


def to_markdown(reconciliation: Reconciliation, *, everything: bool = False) -> str:
    """The reconciliation as Markdown with footnotes; with all that one report alone says if `everything`."""
    sheet = _Sheet(reconciliation, everything)
    body = "\n".join(_whole(reconciliation, sheet))
    return body + "\n\n" + "\n".join(sheet.notes) + "\n" if sheet.notes else body + "\n"


def _whole(r: Reconciliation, sheet: _Sheet) -> Iterator[str]:
    claims = numbered(r)
    yield f"**{count(len(r.reports), 'report')} · {count(len(r.lineages), 'newsroom')}**\n"
    for report in in_order(r.reports):
        yield f"- {_report(report, sheet)}"
    for verdict, heading in _SECTIONS:
        those = [n for n in claims if n.claim.verdict == verdict]
        if those:
            yield f"\n## {heading}\n"
            yield from _claims(those, sheet)
        if verdict == "updated":
            yield from _figures(figures_shown(r, sheet.everything), sheet)
    if not claims:
        yield "\nNo statement could be read out of them."
    if r.notes:
        yield "\n## In the margin\n"
        for note in sorted(r.notes, key=lambda n: (n.kind, n.report, n.words)):
            yield f"- {note.kind}: {sheet.letters.get(note.report) or _plain(note.report)}: {_plain(note.words)}"


def _report(report: Report, sheet: _Sheet) -> str:
    credit = f", credit {_plain(report.credit)}" if report.credit else ""
    return f"**{sheet.letters[report.id]}** {_plain(outlet(report))}, {day(report.published)}, {_plain(report.file)}{credit}"


def _claims(those: Sequence[Numbered], sheet: _Sheet) -> Iterator[str]:
    shown: dict[str, int] = {}
    for n in those:
        alone = n.claim.verdict == "single-source"
        of = n.claim.summary.report
        shown[of] = shown.get(of, 0) + 1
        if alone and not sheet.everything and shown[of] > SHOWN:
            continue
        yield from _claim(n, sheet)
    for of, number in shown.items():
        if those[0].claim.verdict == "single-source" and not sheet.everything and number > SHOWN:
            yield f"- … and {number - SHOWN} more of {sheet.letters[of]}"


def _claim(n: Numbered, sheet: _Sheet) -> Iterator[str]:
    claim: Claim = n.claim
    shape, word = SHAPES[claim.verdict]
    kind = f", {claim.difference.kind}" if claim.difference else ""
    why = " ".join(_plain(reason) for reason in claim.reasons)
    yield f"- {shape} **{word}**{kind} ({n.number}){': ' + why if why and claim.verdict != 'single-source' else ''}"
    for i, side in enumerate(sides(claim)):
        if i:
            yield "    - *against*" if claim.difference and i < len(claim.difference.sides) else "    - *beside it*"
        for line in lines(side, sheet.letters):
            voice = " · " + _plain(speakers(line.evidence.voice, sheet.names)) if line.evidence.voice else ""
            quoted = sheet.quotation(line.evidence, differing_words(claim.difference))
            yield f"    - {', '.join(line.letters)}{voice}: {quoted}"


def _figures(shown: Sequence[FigureGroup], sheet: _Sheet) -> Iterator[str]:
    if not shown:
        return
    yield "\n## Figures\n"
    for group in shown:
        shape, word = SHAPES[group.verdict]
        settled = f" · {_plain(settled_words(group))}" if group.settled else ""
        yield f"- {shape} **{word}**: {_plain(group.label or group.unit)}{settled}"
        for m in sorted(group.mentions, key=lambda m: (sheet.letters[m.report], m.start)):
            voice = " · " + _plain(speakers(m.voice, sheet.names)) if m.voice else ""
            yield f"    - {sheet.letters[m.report]}{voice}: {span_of(m.low, m.high)}, {sheet.quotation(m)}"


def _plain(text: str) -> str:
    """`text` as Markdown that reads as itself: nothing in a report can become a link, an image, a heading or HTML."""
    return _SPECIAL.sub(lambda m: f"&#{ord(m[0])};" if m[0] in "<>&:@" else "\\" + m[0], visible(text))
