"""What verdicts rest on: the readings, the statements made ready for comparing, and who stands behind each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from twosource.matching.figures import FigureRef
from twosource.matching.items import Items
from twosource.matching.voices import plain
from twosource.model import Evidence, Reading, Voice
from twosource.reading.voices import PRONOUNS


def voices(chain: Sequence[Voice], joined: Mapping[str, str]) -> tuple[Voice, ...]:
    """The voices of one report by the actors across reports."""
    return tuple(replace(v, actor=joined.get(v.actor, v.actor)) if v.actor is not None else v for v in chain)


@dataclass(frozen=True, slots=True)
class Ground:
    """What verdicts rest on: the readings by report, the items with the lineage and the origin of each, and words for origins.

    `giving` are, of each figure, the items that give it.
    """

    readings: Mapping[str, Reading]
    items: Items
    lineages: Sequence[str]
    origins: Sequence[str]
    names: Mapping[str, str]
    joined: Mapping[str, str]
    giving: Mapping[FigureRef, Sequence[int]]

    def evidence(self, i: int) -> Evidence:
        """Item i as evidence."""
        s = self.items.items[i].statement
        return Evidence(
            s.report, s.start, s.end, self.readings[s.report].report.text, id=s.id, voice=voices(s.voice, self.joined),
            lineage=self.lineages[i], origin=self.origins[i], polarity=s.polarity, modality=s.modality,
        )  # fmt: skip

    def stands_apart(self, i: int, j: int) -> bool:
        """Whether two items can contradict each other: two newsrooms, or two voices."""
        if self.lineages[i] != self.lineages[j] or self.origins[i] != self.origins[j]:
            return True
        # Unnamed organisers and unnamed police are of one origin, the newsroom, and two voices all the same.
        one, other = self._who(i), self._who(j)
        return bool(one and other) and one.isdisjoint(other)

    def _who(self, i: int) -> frozenset[str]:
        """Who says it, by actor or in the words for them; nobody where they may be anybody ("he", or the report itself)."""
        said = voices(self.items.items[i].statement.voice, self.joined)
        if any(v.actor is None and v.text.casefold() in PRONOUNS for v in said):
            return frozenset()
        words = (w.removesuffix("s") for v in said if v.actor is None for w in plain(v.text))
        return frozenset((*words, *(v.actor for v in said if v.actor is not None)))


def giving(items: Items) -> dict[FigureRef, list[int]]:
    """Of each figure that an item gives, the items that give it."""
    found: dict[FigureRef, list[int]] = {}
    for i, item in enumerate(items.items):
        for f in item.statement.figures:
            found.setdefault(FigureRef(item.statement.report, f), []).append(i)
    return found
