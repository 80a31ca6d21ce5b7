"""Whether a figure counts a part: what is set aside from a whole says nothing against the whole."""

from __future__ import annotations

import re

from twosource.model import Figure, Statement

_OF_THE = re.compile(r"\s+of\s+(?:the|them|those|these|whom|his|her|their|its)\b")
_PART = re.compile(
    r"\b(?:another|others?|including|among them|among those|of them|of whom|of those|additional|further|more)\b",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"\bmore\s+than\b|\bor\s+more\b|\bno\s+more\b", re.IGNORECASE)
_SHOCK = re.compile(r"\b(?:after|fore)shocks?\b", re.IGNORECASE)


def is_part(
    text: str,
    f: Figure,
    statement: Statement | None,
    start: int,
    end: int,
    deeds: frozenset[str],
    before_it: frozenset[str],
) -> bool:
    """Whether it is set aside from a whole: "another 20", "12 of them", "in Besk alone", "after two more bodies were found"."""
    before, after = text[max(start, f.start - 16) : f.start], text[f.end : min(end, f.end + 10)]
    if f.counted[:1] == ("other",) and deeds and not deeds & before_it:
        return False  # "killed two and hurt eight others": all the hurt
    if _PART.search(_MORE_THAN.sub("", before + f.exact + after)) is not None or _OF_THE.match(text, f.end) is not None:
        return True
    if _SHOCK.search(text[max(start, f.start - 30) : min(end, f.end + 30)]):
        return True
    if re.search(r"\balone\b", text[max(start, f.start - 30) : min(end, f.end + 30)]):
        return True
    return (
        statement is not None
        and len(statement.figures) == 1
        and statement.start > start
        and statement.exact.lower().startswith("after ")
    )
