"""Which report says that it has something from another newsroom: "told the Daily Gull", "according to Reuters", "AP reported"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twosource.model import Report, Span

_BEFORE = (
    r"(?:told|tell|tells|telling|informed|according to|citing|cited by|quoted by|as quoted in|reported by|first reported in"
    r"|carried by|seen by|obtained by|in an? (?:\w+ )?(?:interview|statement|comments?|remarks) (?:with|to)"
    r"|(?:speaking|spoke|talking|talked) (?:to|with)|in (?:comments|remarks) to|published (?:by|in)"
    r"|with reporting (?:by|from))"
)
_KIND = (
    r"(?:the )?(?:\w+ )?"
    r"(?:(?:news ?paper|news agency|news site|agency|daily|weekly|broadcaster|magazine|website) )?(?:[Tt]he )?"
)
_AFTER = (
    r"(?:['’]s \w+)?,? (?:(?:has|had|have|first|earlier|later|also) )?"
    r"(?:reported|reports|said|says|quoted|quotes|wrote|writes|cited|cites|learned|contributed)"
)


def told(report: Report, names: Iterable[str]) -> tuple[Span, ...]:
    """Where `report` attributes something to the newsroom that goes by `names`: the words that do.

    >>> text = "“It sank,” he told the Daily Gull on Monday."
    >>> [s.exact for s in told(Report("r1", "a.txt", text, "", "", "text"), ["Daily Gull"])]
    ['told the Daily Gull']
    """
    # Of sixty newsrooms hardly one is named: a look for the name spares the search.
    standing = {n for n in names if len(n) > 1 and n in report.text}
    forms = "|".join(re.escape(n) for n in sorted(standing, key=lambda n: (-len(n), n)))
    if not forms:
        return ()
    pattern = re.compile(rf"\b(?i:{_BEFORE}) {_KIND}(?:{forms})(?!\w)|(?<!\w)(?:[Tt]he )?(?:{forms}){_AFTER}\b")
    return tuple(report.span(*m.span()) for m in pattern.finditer(report.text))
