"""What two sides share, in the reports' own forms, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twosource.stories.profile import Profile, Vector
from twosource.stories.story import Joined

_MONTHS = "January February March April May June July August September October November December".split()

#: Names, places, numbers, days and words shown of what is shared: those that tell most.
_SHOWN = {"names": 3, "places": 2, "numbers": 2, "days": 2, "words": 3}


def shared(a: Profile, b: Profile, forms: Mapping[str, str]) -> dict[str, Any]:
    """What tells most of what both sides share: the fields of `Joined` by name."""
    words, names, places, lead, numbers = (_most(x, y) for x, y in zip(a.fields, b.fields, strict=True))
    named = {*names, *places}
    days = sorted(a.days & b.days)
    return {
        "names": _forms(names[: _SHOWN["names"]], forms),
        "places": _forms(places[: _SHOWN["places"]], forms),
        "numbers": tuple(numbers[: _SHOWN["numbers"]]),
        "days": tuple(f"{d % 100} {_MONTHS[d // 100 - 1]}" for d in days[: _SHOWN["days"]]),
        "words": _forms(
            [t for t in lead or words if t not in named and f"@{t}" not in named][: _SHOWN["words"]], forms
        ),
    }


def _most(a: Vector, b: Vector) -> list[str]:
    x, y = a[0], b[0]
    return sorted(x.keys() & y.keys(), key=lambda t: (-x[t] * y[t], t))


def _forms(terms: list[str], forms: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(forms.get(t, t.removeprefix("@")) for t in terms)


def because(step: Joined) -> str:
    """Why, in a reader's words.

    >>> because(Joined("shared", ("r1",), "r2", names=("Karsmouth",), numbers=("14",)))
    'both name Karsmouth; both give 14'
    """
    if step.how == "copy":
        return "its text is the same but for little"
    if step.how == "parted":
        return "later reports showed them to tell of another event"
    said = []
    if named := (*step.names, *step.places):
        said.append(f"both name {_list(named)}")
    if step.numbers:
        said.append(f"both give {_list(step.numbers)}")
    if step.days:
        said.append(f"both speak of {_list(step.days)}")
    if step.words:
        said.append(f"both use the word{'s' * (len(step.words) > 1)} {_list([f'“{w}”' for w in step.words])}")
    return "; ".join(said) or "both are alike in many small ways"


def _list(words: Any) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else str(last)
