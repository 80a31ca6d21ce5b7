"""The words by which a story is called: those of one of its reports."""

from __future__ import annotations

import re

from twosource.model import Report

#: Characters of a title.
LONGEST = 120

_WORDS = re.compile(r"[^\W\d_]{2,}")


def title(report: Report) -> str:
    r"""The report's headline, or the first line of its text that says something, cut where it runs on.

    >>> from twosource.sources import from_text
    >>> title(from_text("2 April 2031\n\nFerry sinks off Karsmouth\n\nA ferry sank."))
    'Ferry sinks off Karsmouth'
    """
    if report.title:
        return _cut(report.title)
    lines = [" ".join(line.split()) for line in report.text[:4000].splitlines()]
    said = next((line for line in lines if len(_WORDS.findall(line)) >= 3), None)
    return _cut(said or next((line for line in lines if line), ""))


def _cut(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return (words[:LONGEST].rsplit(" ", 1)[0] if " " in words[:LONGEST] else words[:LONGEST]) + " …"
