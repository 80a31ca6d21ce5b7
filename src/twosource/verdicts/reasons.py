"""Why a verdict stands, in words that a reader understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twosource.model import Difference, Evidence, Verdict
from twosource.verdicts.origins import independent

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_DIFFERS = {
    "figure": "The figures lie apart.",
    "time": "The days lie apart.",
    "place": "The places differ.",
    "actor": "They name different actors.",
    "polarity": "One side says what the other denies.",
    "account": "The accounts cannot both be true.",
}


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number in words with its noun.

    >>> counted(2, "newsroom"), counted(1, "newsroom"), counted(14, "newsroom")
    ('Two newsrooms', 'One newsroom', '14 newsrooms')
    """
    return f"{_NUMBERS[n] if n < len(_NUMBERS) else n} {one if n == 1 else many or one + 's'}"


def reasons(
    evidence: Sequence[Evidence],
    verdict: Verdict,
    difference: Difference | None,
    names: Mapping[str, str],
    *,
    correction: bool = False,
) -> tuple[str, ...]:
    """The reasons for `verdict`; `names` gives the words for an origin that is an actor or an office."""
    lineages = len({e.lineage for e in evidence})
    origins = sorted({e.origin for e in evidence})
    newsrooms = counted(lineages, "newsroom")
    if difference is not None:
        sides = counted(len(difference.sides), "side").lower()
        apart = [_DIFFERS[difference.kind]]
        if len({e.report for e in evidence}) == 1:
            return (*apart, f"The {sides} stand in one report, with different voices.")
        same = _one_voice(evidence, names)
        return (*apart, f"{newsrooms} give {sides}." + (f" Both go back to {same}." if same else ""))
    if verdict == "updated":
        return (
            "A revised count: a report says that it corrects." if correction else "A count that grew as time went on.",
        )
    if verdict == "corroborated":
        named = [names[o] for o in origins if o in names]
        who = f", among them {_listed(named)}" if named else ""
        return (
            f"{newsrooms} carry it, from {counted(independent(origins), 'origin').lower()}{who}.",
            "Nothing contradicts it.",
        )
    if verdict == "one-origin":
        known = [names[o] for o in origins if o in names]
        all_ = "both" if lineages == 2 else "all"
        quote = (
            "quote"
            if known and len(origins) == 1 and lineages == 2 and all(e.voice for e in evidence)
            else "go back to"
            if len(origins) == 1
            else "may go back to"  # somebody unnamed may be the one who is known
        )
        return (f"{newsrooms}, but {all_} {quote} {known[0] if known else 'one origin'}: repeated, not confirmed.",)
    copies = len({e.report for e in evidence})
    return (f"One newsroom alone carries it{f', in {copies} reports' if copies > 1 else ''}.",)


def _one_voice(evidence: Sequence[Evidence], names: Mapping[str, str]) -> str | None:
    origins = {e.origin for e in evidence}
    return names.get(next(iter(origins))) if len(origins) == 1 else None


def _listed(words: Sequence[str]) -> str:
    shown = list(dict.fromkeys(words))[:3]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
