"""A Reading as text: what one report holds, each thing with its own words and its place."""

from __future__ import annotations

from collections.abc import Iterator

from twosource.model import Reading
from twosource.outputs.sheet import Block, Sheet, plain, quotation, render
from twosource.outputs.wording import count, day, outlet, span_of, speakers, visible


def listing(reading: Reading, *, width: int = 80, colour: bool = False) -> str:
    """What the report holds, as text of at most `width` columns."""
    sheet = Sheet(width, colour, True, {reading.report.id: "A"}, {a.id: a.name for a in reading.actors})
    return render(_blocks(reading, sheet), sheet)


def _blocks(reading: Reading, sheet: Sheet) -> Iterator[Block]:
    report = reading.report
    yield Block(
        plain(f"{outlet(report)} · {day(report.published)} · {visible(report.file)} · {reading.language}", "bold")
    )
    for note in reading.notes:
        yield Block(plain(f"{note.kind}: {visible(note.words)}"), "  ", 4)
    yield Block(plain(f"Names ({count(len(reading.actors), 'actor')})", "bold"), "  ", 4)
    for actor in reading.actors:
        forms = dict.fromkeys(visible(n.exact) for n in actor.mentions)
        yield Block(
            plain(f"{visible(actor.name)} ({actor.kind})  ").append(" · ".join(f"“{f}”" for f in forms)), "    ", 6
        )
    yield Block(plain(f"Quotes ({len(reading.quotes)})", "bold"), "  ", 4)
    for quote in reading.quotes:
        who = visible(quote.speaker_name or (quote.source.exact if quote.source else "no named speaker"))
        yield Block(plain(f"{who} ({quote.kind})  ").append_text(quotation(quote, (), sheet)), "    ", 6)
    yield Block(plain(f"Figures ({len(reading.figures)})", "bold"), "  ", 4)
    for figure in reading.figures:
        counted = visible(figure.label or figure.unit)
        yield Block(quotation(figure, (), sheet).append(f"  {span_of(figure.low, figure.high)} · {counted}"), "    ", 6)
    yield Block(plain(f"Times ({len(reading.times)})", "bold"), "  ", 4)
    for time in reading.times:
        yield Block(quotation(time, (), sheet).append(f"  {visible(time.value or 'left relative')}"), "    ", 6)
    yield Block(plain(f"Statements ({len(reading.statements)})", "bold"), "  ", 4)
    for s in reading.statements:
        sense = [x for x in (s.polarity, s.modality) if x not in ("asserted", "happened")]
        voice = speakers(s.voice, sheet.names) + (f" ({', '.join(sense)})" if sense else "")
        yield Block(plain(voice + "  " if voice else "").append_text(quotation(s, (), sheet)), "    ", 6)
    if reading.furniture:
        yield Block(plain(f"Furniture, evidence of nothing ({len(reading.furniture)})", "bold"), "  ", 4)
        for span in reading.furniture:
            yield Block(quotation(span, (), sheet), "    ", 6)
