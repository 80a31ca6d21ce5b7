"""What a database says of how it seeks: the beginning of a SELECT of versions, and what it is ordered by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: Gives a value a name in the statement: `bind("2031")` is ":v3".
Bind = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Candidates:
    """FROM … WHERE … of what a query asks for, among the entries `e`.

    `score` is higher for what fits better, "" where nothing can be ranked; `version` is how the version's number is had without a sort.
    """

    source: str
    score: str = ""
    version: str = "e.version"
