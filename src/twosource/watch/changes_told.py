"""What changed in a story, in words: for a reader, as Markdown, as a part of the page, as JSON."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from twosource.model import Report, Span
from twosource.outputs.order import SHAPES
from twosource.outputs.wording import listed, outlet, visible
from twosource.watch.changes import Change
from twosource.watch.events import became
from twosource.watch.looks import Look

#: The sign before a change; of a verdict that moved, the shape of what it is now.
_MARKS: dict[str, str] = {
    "joined": "+", "corrected": "✎", "left": "−", "rose": "↑", "fell": "↓", "withdrawn": "×",
    **{verdict: shape for verdict, (shape, _) in SHAPES.items()},
}  # fmt: skip


def heading(look: Look) -> str:
    """What the changes are set against."""
    if look.since is None:
        return "This is the first look at the story."
    when = f"the last look, {visible(look.since[:16].replace('T', ' '))} UTC"
    return f"Since {when}:" if look.changes else f"Nothing has changed since {when}."


def words(change: Change, reports: Mapping[str, Report]) -> str:
    """The change as a sentence without its end, the reports' words in quotation marks. `reports` by their ids."""
    of = [reports[r] for r in change.reports]
    who = listed(list(dict.fromkeys(outlet(r) for r in of)))
    match change.kind:
        case "joined":
            back = outlet(reports[change.root]) if change.root is not None else None
            if back == who:
                return f"{who} joined with another text"
            return f"{who} joined: " + (f"it goes back to {back}" if back else "a text of its own")
        case "left":
            return f"{who} left: what it tells is another story"
        case "corrected":
            return f"{outlet(of[-1])} corrected its report: {_corrections(change)}"
        case "verdict":
            moved = f"went from {change.before} to {change.after}" if change.before else f"is new, and {change.after}"
            return f"{_quoted(change.spans[0])} {moved} ({who})"
        case "rose" | "fell":
            was, now = (f"{_quoted(s)} ({outlet(r)})" for s, r in zip(change.spans, of, strict=True))
            said = f": {_quoted(change.said)}" if change.said is not None else ""
            return f"a figure {change.kind}: {was}, now {now}{said}"
        case "withdrawn":
            return f"{_quoted(change.spans[0])} was withdrawn by {who}; it was {change.before}"


def told(look: Look, width: int = 80) -> str:
    """The changes as text, a line each."""
    import textwrap

    lines = [heading(look)]
    for mark, said in _lines(look):
        lines += textwrap.wrap(
            said, width, initial_indent=f"  {mark} ", subsequent_indent="    ", break_on_hyphens=False
        )
    return "\n".join(lines) + "\n\n"


def told_markdown(look: Look) -> str:
    """The changes as Markdown, which goes before the reconciliation's."""
    items = "".join(f"- {_escaped(said)}\n" for _, said in _lines(look))
    return f"{_escaped(heading(look))}\n\n{items}" + ("\n" if items else "")


def told_page(look: Look, page: str) -> str:
    """The page of the reconciliation with the changes above what the reports say."""
    items = "".join(f'<li><b aria-hidden="true">{mark}</b> {html.escape(said)}</li>' for mark, said in _lines(look))
    part = f'<section id="changes" class="part" aria-labelledby="h-changes"><h2 id="h-changes">{html.escape(heading(look))}</h2>'
    part += f"<ul>{items}</ul></section>" if items else "</section>"
    return re.sub(r'(<main id="claims"[^>]*>)', lambda m: m[0] + "\n" + part, page, count=1)


def told_json(look: Look, reconciliation: Any) -> dict[str, Any]:
    """The look as JSON: the story, since when, the changes with their spans, and the `reconciliation` as `compare` writes it."""
    reports = {r.id: r for r in look.reports}
    return {
        "schema": "twosource/story/1",
        "story": {"id": look.story.id, "title": look.story.title, "reports": list(look.story.reports)},
        "since": look.since,
        "passed_over": look.passed_over,
        "changes": [
            {
                "kind": c.kind, "reports": list(c.reports), "before": c.before, "after": c.after, "root": c.root,
                "said": None if c.said is None else _span(c.said),
                "spans": [None if s is None else _span(s) for s in c.spans], "words": words(c, reports),
            }
            for c in look.changes
        ],
        "reconciliation": reconciliation,
    }  # fmt: skip


def _lines(look: Look) -> list[tuple[str, str]]:
    reports = {r.id: r for r in look.reports}
    found = [(_MARKS[c.kind if c.kind != "verdict" else c.after or c.kind], words(c, reports)) for c in look.changes]
    if look.passed_over:
        found.append(("·", f"{look.passed_over} older reports of the story are not compared"))
    return found


def _corrections(change: Change) -> str:
    said = [None if span is None else _quoted(span) for span in change.spans]
    return became(list(zip(said[::2], said[1::2], strict=True)))


def _quoted(span: Span | None) -> str:
    return f"“{visible(span.exact)}”" if span is not None else "nothing"


def _span(span: Span) -> dict[str, Any]:
    return {"report": span.report, "start": span.start, "end": span.end, "exact": span.exact}


def _escaped(said: str) -> str:
    """Words of a report as they are, whatever Markdown would make of them."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", said)
