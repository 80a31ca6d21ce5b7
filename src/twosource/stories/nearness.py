"""Do two sets of reports tell of one event? A logistic regression over what they share, field by field.

One question serves all: a report and a story, two reports, two stories that may be one (Saravanakumar et al., "Event-Driven News
Stream Clustering using Entity-Aware Contextual Embeddings", EACL 2021, ask it with a support vector machine; Miranda et al. 2018 with
two). The weights are fitted by `training/stories_join.py` on stories by others (ECB+, its training part) and stand in
stories_join.json with a card that says on what and how well.
"""

from __future__ import annotations

import functools
import json
import math
from importlib import resources
from operator import mul

from twosource.stories.profile import FIELDS, Profile, dots

#: The fields that tell look-alikes apart, which a report may lack: names, places, numbers.
_PROPER = (1, 2, 4)

FEATURES = (
    *FIELDS, "words_each", "names_each", "lead_each", *(f"{FIELDS[at]}_apart" for at in _PROPER),
    *(f"{FIELDS[at]}_missing" for at in _PROPER), "days", "days_apart", "smaller", "larger",
)  # fmt: skip

#: Days between two reports beyond which they are never compared: a story that sleeps for two weeks wakes as a new one.
WINDOW = 14

#: What a day between the reports counts for, beyond the two within which follow-ups appear, in log-odds. Set by hand: what the weights are
#: fitted on has no dates of publication.
A_DAY, _DAYS_FREE = 0.1, 2

#: Reports of a story beyond which more of them count as no more: what the weights are fitted on has few larger stories.
_COUNTED = 12
_LOGS = (0.0, *(math.log(n) for n in range(1, _COUNTED + 1)))


@functools.cache
def model() -> tuple[float, float, tuple[float, ...]]:
    card = json.loads(resources.files("twosource.stories").joinpath("stories_join.json").read_text(encoding="utf-8"))
    return card["intercept"], card["joins from"], tuple(card["weights"][name] for name in FEATURES)


def features(a: Profile, b: Profile) -> tuple[float, ...]:
    """What two profiles share and in what they clash, as `FEATURES` names it."""
    products = dots(a, b)
    near = [p / math.sqrt(x[1] * y[1]) if p else 0.0 for p, x, y in zip(products, a.fields, b.fields, strict=True)]
    pairs = a.count * b.count
    given = [bool(a.fields[at][0] and b.fields[at][0]) for at in _PROPER]
    days = bool(a.days and b.days)
    shared = days and not a.days.isdisjoint(b.days)
    dated = a.first is not None and b.first is not None
    small, large = sorted((min(a.count, _COUNTED), min(b.count, _COUNTED)))
    return (
        *near,
        products[0] / pairs,
        products[1] / pairs,
        products[3] / pairs,
        *[float(both and near[at] < 0.01) for at, both in zip(_PROPER, given, strict=True)],
        *[float(not both) for both in given],
        float(shared and not dated),
        float(days and not shared),
        _LOGS[small],
        _LOGS[large],
    )


def apart(a: Profile, b: Profile) -> int:
    """Days between the two; 0 where they overlap or one carries no date."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return 0
    return max(0, a.first - b.last, b.first - a.last)


def odds(a: Profile, b: Profile) -> float:
    """How far beyond doubt it is that both tell of one event, in log-odds: joined from 0 up."""
    intercept, joins, weights = model()
    late = max(0, apart(a, b) - _DAYS_FREE)
    return intercept - joins - A_DAY * late + math.fsum(map(mul, weights, features(a, b)))
