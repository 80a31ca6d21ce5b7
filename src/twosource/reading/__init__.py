"""Report → Reading: what one report holds, read once, without any other report.

In order: language, furniture, the parse, times, figures, names, coreference, quotes, statements. A language without a pipeline gets what
can be told by marks, digits and capitals (`plain`), and a note that says so.
"""

from __future__ import annotations

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
from twosource.reading.parse import parse
from twosource.reading.plain import plain
from twosource.reading.quotes import quotes
from twosource.reading.statements import statements
from twosource.reading.times import times
from twosource.reading.tongues import READ, tongue

__all__ = ["READ", "read"]

#: What a report gets whose language no pipeline reads.
PLAINLY = "names by capitals and the gazetteer, figures and dates in digits, quotes by marks, no statements"

#: Words that a pipeline keeps for good; those of later reports are forgotten with their report, so that memory stays flat. Making
#: every common word anew for each report costs a fifth of the parse.
_KEPT_WORDS = 20_000

_ZONE = Lock()


def read(report: Report) -> Reading:
    """What `report` holds. Where its language has no pipeline, or it is not installed, a note says what the report got instead.

    Raises ModelError where a pipeline's files are not those it was released with, or the English one is missing.
    """
    code = (report.language or language(report.text)).split("-")[0].lower()
    set_aside = furniture(report)
    notes = []
    if len(report.text) > READ_CHARACTERS:
        read_to = f"read up to character {READ_CHARACTERS:,} of {len(report.text):,}; the rest is kept unread"
        notes.append(Note("unread", report.id, read_to))
    spoken = tongue(code)
    if spoken is None or (code != "en" and pipelines.folder(spoken) is None):
        why = (
            f"no pipeline for language “{code}”"
            if spoken is None
            else f"the {spoken.name} pipeline is not installed (python -m pip install '{spoken.extra}')"
        )
        notes.insert(0, Note("unread", report.id, f"read plainly, since {why}: {PLAINLY}; its text counts in lineage"))
        who, said, how_many, when, sentences = plain(report, code)
        return Reading(report, code, None, sentences, who, said, how_many, when, (), set_aside, tuple(notes))
    nlp = pipelines.pipeline(spoken)
    # only one zone may be open at a time
    with _ZONE, nlp.memory_zone() if len(nlp.vocab) > _KEPT_WORDS else nullcontext():
        parsed = parse(report, nlp, spoken)
        when = times(parsed)
        how_many = figures(parsed, when)
        who = actors(parsed)
        resolve = resolver(parsed, who)
        said = quotes(parsed, who, resolve)
        told = statements(parsed, who, said, how_many, when, set_aside, resolve)
        sentences = tuple(parsed.span(s) for s in parsed.sentences)
    return Reading(
        report, code, pipelines.reader(spoken), sentences, who, said, how_many, when, told, set_aside, tuple(notes)
    )
