"""What a grouping gives: stories, and how each report came to stand in its story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Joined:
    """A step by which a story grew: `reports` came to those of `beside`, because of what both sides share.

    `how` is "copy" (the same text, but for little), "shared", or "parted": `reports` left a story that later reports showed to be two.
    `names`, `places`, `numbers`, `days` ("2 April") and `words` are what tells most of it, in the reports' own forms; `odds` are the
    log-odds that both sides tell of one event.
    """

    how: Literal["copy", "shared", "parted"]
    reports: tuple[str, ...]
    beside: str
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    odds: float = 0.0


@dataclass(frozen=True, slots=True)
class Story:
    """The reports that tell of one event, in order of arrival, and how each came in.

    `id` comes from the report that opened it and stays as it grows. `title` is the headline, or the first words, of the report
    nearest to what all of them tell. `reports` are ids. `note` says why a report stands alone, or with copies of its
    text, where there is a reason beyond that no other tells of its event.
    """

    id: str
    title: str
    reports: tuple[str, ...]
    joined: tuple[Joined, ...] = ()
    note: str | None = None
