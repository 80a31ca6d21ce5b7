"""Report → Reading: what one report holds, read once, without any other report.

In order: language, furniture, the parse, times, figures, names, coreference, quotes, statements. A language without a pipeline gets what
can be told by marks, digits and capitals (`plain`), and a note that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from threading import Lock

from twosource.limits import READ_CHARACTERS
from twosource.model import Note, Reading, Report
from twosource.reading import pipeline as pipelines
from twosource.reading.coreference import resolver
from twosource.reading.figures import figures
from twosource.reading.furniture import furniture
from twosource.reading.language import language
from twosource.reading.names import actors
from twosource.reading.parse import Parse, parse_all
from twosource.reading.plain import plain
from twosource.reading.quotes import quotes
from twosource.reading.statements import statements
from twosource.reading.times import times
from twosource.reading.tongues import READ, tongue

__all__ = ["READ", "read", "read_all"]

#: What a report gets whose language no pipeline reads.
PLAINLY = "names by capitals and the gazetteer, figures and dates in digits, quotes by marks, no statements"

#: Words that a pipeline keeps for good; those of later reports are forgotten with their report, so that memory stays flat. Making
#: every common word anew for each report costs a fifth of the parse.
_KEPT_WORDS = 20_000

#: Characters of reports that are parsed at a time: their parse stands in memory together.
_AT_A_TIME = 60_000

_ZONE = Lock()


def read(report: Report) -> Reading:
    """What `report` holds. Where its language has no pipeline, or it is not installed, a note says what the report got instead.

    Raises ModelError where a pipeline's files are not those it was released with, or the English one is missing.
    """
    return next(read_all((report,)))


def read_all(reports: Iterable[Report]) -> Iterator[Reading]:
    """What each report holds, in their order; as `read`, and a tenth faster, since several are parsed at a time.

    The pipeline's sums are done in other shapes together than alone, so that a bit may differ where two readings of a word weigh the same;
    none was seen. Where the same bytes must come out whatever stands beside a report, use `read`.
    """
    batch: list[tuple[Report, str]] = []
    characters = 0
    for report in reports:
        code = (report.language or language(report.text)).split("-")[0].lower()
        if batch and (code != batch[0][1] or characters + len(report.text) > _AT_A_TIME):
            yield from _batch([r for r, _ in batch], batch[0][1])
            batch, characters = [], 0
        batch.append((report, code))
        characters += len(report.text)
    if batch:
        yield from _batch([r for r, _ in batch], batch[0][1])


def _batch(reports: Sequence[Report], code: str) -> list[Reading]:
    """The readings of reports in one language."""
    spoken = tongue(code)
    if spoken is not None and (code == "en" or pipelines.folder(spoken) is not None):
        nlp = pipelines.pipeline(spoken)
        # only one zone may be open at a time
        with _ZONE, nlp.memory_zone() if len(nlp.vocab) > _KEPT_WORDS else nullcontext():
            return [_reading(parsed, code) for parsed in parse_all(reports, nlp, spoken)]
    why = (
        f"no pipeline for language “{code}”"
        if spoken is None
        else f"the {spoken.name} pipeline is not installed (python -m pip install '{spoken.extra}')"
    )
    words = f"read plainly, since {why}: {PLAINLY}; its text counts in lineage"
    readings = []
    for report in reports:
        who, said, how_many, when, sentences = plain(report, code)
        notes = (Note("unread", report.id, words), *_cut_off(report))
        readings.append(Reading(report, code, None, sentences, who, said, how_many, when, (), furniture(report), notes))
    return readings


def _reading(parsed: Parse, code: str) -> Reading:
    """What a parsed report holds: the stages in their order."""
    report = parsed.report
    set_aside = furniture(report)
    when = times(parsed)
    how_many = figures(parsed, when)
    who = actors(parsed)
    resolve = resolver(parsed, who)
    said = quotes(parsed, who, resolve)
    told = statements(parsed, who, said, how_many, when, set_aside, resolve)
    sentences = tuple(parsed.span(s) for s in parsed.sentences)
    by = pipelines.reader(parsed.tongue)
    return Reading(report, code, by, sentences, who, said, how_many, when, told, set_aside, _cut_off(report))


def _cut_off(report: Report) -> tuple[Note, ...]:
    if len(report.text) <= READ_CHARACTERS:
        return ()
    words = f"read up to character {READ_CHARACTERS:,} of {len(report.text):,}; the rest is kept unread"
    return (Note("unread", report.id, words),)
