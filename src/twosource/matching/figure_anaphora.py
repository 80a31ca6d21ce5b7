"""Figures that take up an earlier one: "at least 214 were detained, the ministry said. A rights group put the number at 460."

The second number stands with no noun and no deed of its own; "the number" says that it counts what the number before it counts.
"""

from __future__ import annotations

import re

#: Words for a count that say nothing of what is counted.
_COUNT = "number|figure|total|tally|count|toll|crowd|turnout|attendance"
_TAKES_UP = re.compile(
    rf"\b(?:the|this|that|its|their)\s+(?:(?:real|true|actual|total|overall|official|final)\s+)?(?:{_COUNT})\s+"
    r"(?:(?:is|was|as|at|to|be|stood|stands|reached)\s+){1,3}(?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)


def takes_up(before: str) -> bool:
    """Whether the words right before a number say that it counts what an earlier number counts.

    >>> takes_up("Police put the crowd at "), takes_up("The number of marchers stood at ")
    (True, False)
    """
    return _TAKES_UP.search(before) is not None
