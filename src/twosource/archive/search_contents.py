"""What of a Reading is searched: names, what is said, figures; and the places of sentences, names and quotes, packed, to point at later.

A reading takes milliseconds to be made a Reading again, too long for every hit of a search; its places alone take a hundredth of that.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

from twosource.archive.search_words import forms, name_forms
from twosource.errors import ArchiveError
from twosource.model import Reading

#: A place: start and end in code points.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand in a report: its sentences; of each actor, its name and its mentions; of each quote, its parts."""

    sentences: tuple[Place, ...] = ()
    actors: tuple[tuple[str, tuple[Place, ...]], ...] = ()
    quotes: tuple[tuple[Place, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedFigure:
    """A figure: its place, its range, None where it is open, and the normalised words of its unit and of what it counts."""

    start: int
    end: int
    low: float | None
    high: float | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a reading is searched: of each actor every form of its name, and the words of each quote, normalised, in order."""

    places: Places
    names: tuple[tuple[str, ...], ...]
    said: tuple[tuple[str, ...], ...]
    figures: tuple[IndexedFigure, ...]


def contents(reading: Reading) -> Contents:
    """What of `reading` is searched."""
    places = Places(
        tuple((s.start, s.end) for s in reading.sentences),
        tuple((a.name, tuple((n.start, n.end) for n in a.mentions)) for a in reading.actors),
        tuple(tuple((p.start, p.end) for p in q.parts) for q in reading.quotes),
    )
    named = dict.fromkeys(
        tuple(name_forms(name)) for a in reading.actors for name in (a.name, *(n.exact for n in a.mentions))
    )
    said = (tuple(form for part in q.parts for form in forms(part.exact)) for q in reading.quotes)
    figures = tuple(
        IndexedFigure(
            f.start,
            f.end,
            f.low,
            f.high,
            tuple(dict.fromkeys(forms(" ".join((f.unit, *f.counted, *f.event, f.label))))),
        )
        for f in reading.figures
    )
    return Contents(places, tuple(n for n in named if n), tuple(s for s in said if s), figures)


def packed(places: Places) -> bytes:
    """The places as bytes."""
    body = [places.sentences, places.actors, places.quotes]
    return zlib.compress(json.dumps(body, separators=(",", ":")).encode(), 6)


def unpacked(body: bytes) -> Places:
    """The places that `packed` wrote. Raises ArchiveError where they are not whole."""
    try:
        sentences, actors, quotes = json.loads(zlib.decompress(body))
        return Places(
            tuple((a, b) for a, b in sentences),
            tuple((str(name), tuple((a, b) for a, b in mentions)) for name, mentions in actors),
            tuple(tuple((a, b) for a, b in parts) for parts in quotes),
        )
    except (ValueError, TypeError, zlib.error) as wrong:
        raise ArchiveError(
            f"the search index is damaged ({wrong}): make it anew with `twosource search --rebuild`"
        ) from None
