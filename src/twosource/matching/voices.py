"""Whom a description means: "the harbour minister" is the one actor to whom some report gives that role."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Heads of roles that one person at a time holds.
_ROLE_HEADS = frozenset(
    "ambassador archbishop bishop boss captain chair chairman chairwoman chancellor chief coach commander commissioner coroner"
    " director editor emperor founder general governor head judge king leader lawyer manager mayor minister monarch owner pope"
    " premier president principal prosecutor queen rector secretary sheriff speaker spokesman spokesperson spokeswoman sultan"
    " superintendent treasurer".split()
)
#: How a description of somebody known begins.
DEFINITE = re.compile(r"(?:the|this|his|her|its|their|\w+['’]s)\b", re.IGNORECASE)


def described(words: str, roles: Mapping[str, frozenset[str]]) -> str | None:
    """The one actor whose role these words give ("the interior minister"), None where none or more than one has it."""
    said = set(plain(words))
    fitting = sorted(
        a for a, held in roles.items() if held and len(said & held) >= min(2, len(held)) and said & held & _ROLE_HEADS
    )
    return fitting[0] if len(fitting) == 1 and DEFINITE.match(words) else None


def plain(words: str) -> list[str]:
    """The words of a description in lower case, without articles and possessives."""
    return [
        w
        for w in re.findall(r"[\w'’-]+", words.lower())
        if w not in {"the", "a", "an", "this", "that", "its", "his", "her", "their"}
    ]
