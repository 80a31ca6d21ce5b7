"""Paragraphs on a sheet of some width: a quotation with its marks, a line of evidence, a figure drawn; wrapped, coloured or plain."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.model import Evidence, FigureMention, Span
from twosource.outputs.wording import differing, speakers, visible, window

if TYPE_CHECKING:
    from rich.text import Text

#: Longer lines are hard to read on paper and on a screen alike.
WIDEST = 110

#: Characters of one quotation.
LONGEST = 260


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: what it says, what its first line begins with, and how far the others are set in."""

    text: Text
    first: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """How to write: the width, whether with colour, whether everything; each report's letter and each actor's name, by their ids."""

    width: int
    colour: bool
    everything: bool
    letters: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def rank(self) -> dict[str, int]:
        """The place of each report in the order of the letters, by the report's id."""
        return {report_id: i for i, report_id in enumerate(self.letters)}


def render(blocks: Iterable[Block], sheet: Sheet) -> str:
    """The blocks, one after the other, wrapped to the sheet's width."""
    from rich.console import Console

    width = max(20, min(sheet.width, WIDEST))
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=sheet.colour, color_system="standard" if sheet.colour else None, no_color=not sheet.colour,
        force_jupyter=False, force_interactive=False, legacy_windows=False, markup=False, emoji=False, highlight=False, _environ={},
    )  # fmt: skip
    for block in blocks:
        wrapped = block.text.wrap(console, max(10, width - max(block.indent, len(block.first))), overflow="fold")
        for i, line in enumerate(wrapped):
            line.rstrip()
            before = block.first if i == 0 else " " * block.indent
            if sheet.colour:
                console.print(before, end="")
                console.print(line, no_wrap=True, overflow="ignore", crop=False)
            else:
                out.write(f"{before}{line.plain}".rstrip() + "\n")
    return out.getvalue()


def evidence_text(of: Sequence[str], e: Evidence, marks: Sequence[Span], sheet: Sheet) -> Text:
    """A line of evidence: the letters of its reports, who says it, the words; and where it is not so, that it is denied or not yet done."""
    text = plain(", ".join(of), "bold cyan")
    if e.voice:
        text.append(" · ").append(speakers(e.voice, sheet.names))
    sense = [
        s for s, holds in ((e.polarity, e.polarity != "asserted"), (e.modality, e.modality != "happened")) if holds
    ]
    text.append(f" ({', '.join(sense)})  " if sense else "  ")
    return text.append_text(quotation(e, marks, sheet))


def quotation(span: Span, marks: Sequence[Span], sheet: Sheet) -> Text:
    """The words of `span` between “ and ”, those of `marks` marked: by style where there is colour, by *asterisks* where there is none."""
    places = differing(marks, span)
    start, end = (0, len(span.exact)) if sheet.everything else window(span.exact, places, LONGEST)
    text = plain("“" + ("… " if start else ""))
    at = start
    for a, b in places:
        a, b = max(a, at), min(b, end)
        if a < b:
            marked = visible(span.exact[a:b])
            text.append(visible(span.exact[at:a])).append(marked if sheet.colour else f"*{marked}*", "bold reverse")
            at = b
    return text.append(visible(span.exact[at:end])).append((" …" if end < len(span.exact) else "") + "”")


def bar(
    low: float | None, high: float | None, beside: Sequence[FigureMention], *, cells: int = 24, plain: bool = True
) -> str:
    """The range drawn on the axis of all the figures `beside` it, in as many cells; open ends as arrows.

    >>> from twosource.model import FigureMention
    >>> of = "10 or 20"
    >>> ten, twenty = (FigureMention("r", a, a + 2, of, low=n, high=n, as_of=None, voice=()) for a, n in ((0, 10), (6, 20)))
    >>> bar(10, 10, (ten, twenty), cells=8), bar(12, None, (ten, twenty), cells=8)
    ('o       ', ' |----->')
    """
    ends = [x for m in beside for x in (m.low, m.high) if x is not None]
    least, most = min(ends, default=0.0), max(ends, default=0.0)
    scale = (cells - 1) / (most - least) if most > least else 0.0
    a = 0 if low is None else round((low - least) * scale)
    b = cells - 1 if high is None else round((high - least) * scale)
    dot, line, stop, left, right = ("o", "-", "|", "<", ">") if plain else ("●", "─", "│", "◄", "►")
    if low is not None and a == b:
        drawn = dot if high is not None else right
    else:
        drawn = (left if low is None else stop) + line * max(0, b - a - 1) + (right if high is None else stop)
    return (" " * a + drawn).ljust(cells)[: max(cells, a + len(drawn))]


def plain(words: str = "", style: str = "") -> Text:
    """Words of ours, or words already made `visible`, in a style."""
    from rich.text import Text

    return Text(words, style) if not style else Text().append(words, style)
