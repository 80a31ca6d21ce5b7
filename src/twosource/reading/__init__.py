"""Report → Reading: what one report holds, read once, without any other report.

In order: language, furniture, the parse, times, figures, names, coreference, quotes, statements.
"""

from __future__ import annotations

from threading import Lock

from twosource.limits import READ_CHARACTERS
from twosource.model import Note, Reading, Report
from twosource.reading.coreference import resolver
from twosource.reading.figures import figures
from twosource.reading.furniture import furniture
from twosource.reading.language import language
from twosource.reading.names import actors
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline, reader
from twosource.reading.quotes import quotes
from twosource.reading.statements import statements
from twosource.reading.times import times

#: Languages that a pipeline reads. What is in another language is kept, named as unread, and still counts in lineage.
READ = frozenset({"en"})

_ZONE = Lock()


def read(report: Report) -> Reading:
    """What `report` holds. A report in a language without a reader comes back with its text alone and a note that says so."""
    tongue = report.language or language(report.text)
    tongue = tongue.split("-")[0].lower()
    set_aside = furniture(report)
    if tongue not in READ:
        words = f"not read: no reader for language “{tongue}”; its text is kept and counts in lineage"
        return Reading(report, tongue, None, furniture=set_aside, notes=(Note("unread", report.id, words),))
    notes = []
    if len(report.text) > READ_CHARACTERS:
        notes.append(
            Note(
                "unread",
                report.id,
                f"read up to character {READ_CHARACTERS:,} of {len(report.text):,}; the rest is kept unread",
            )
        )
    nlp = pipeline()
    # In a zone the pipeline forgets the words of a report with it, so that memory stays flat; only one zone may be open at a time.
    with _ZONE, nlp.memory_zone():
        parsed = parse(report, nlp)
        when = times(parsed)
        how_many = figures(parsed, when)
        who = actors(parsed)
        resolve = resolver(parsed, who)
        said = quotes(parsed, who, resolve)
        told = statements(parsed, who, said, how_many, when, set_aside, resolve)
        sentences = tuple(parsed.span(s) for s in parsed.sentences)
    return Reading(report, tongue, reader(), sentences, who, said, how_many, when, told, set_aside, tuple(notes))
