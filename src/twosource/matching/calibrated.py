"""What the score of two statements means to a reader: of pairs scored like this, how many in a hundred were one fact.

The curve was fitted, and measured on topics that it was not fitted on, by `training/calibration.py`; calibration.json holds it and the
measurement, and docs/why/calibration.md shows the reliability diagram.
"""

from __future__ import annotations

import functools
import json
from bisect import bisect_right
from importlib import resources


def agreement(log_odds: float) -> float:
    """The share (0..1) of pairs of statements with these log-odds that were one fact; level beyond the ends of the curve.

    >>> agreement(-9.0) < 0.05 < 0.6 < agreement(3.0) <= 1.0
    True
    """
    curve = _curve()
    at = bisect_right(curve, (log_odds, 2.0))
    if at in (0, len(curve)):
        return round(curve[max(0, at - 1)][1], 2)
    (x, low), (y, high) = curve[at - 1], curve[at]
    return round(low + (high - low) * (log_odds - x) / (y - x), 2)


@functools.cache
def _curve() -> tuple[tuple[float, float], ...]:
    card = json.loads(resources.files("twosource.matching").joinpath("calibration.json").read_text(encoding="utf-8"))
    return tuple((float(x), float(y)) for x, y in card["curve"])
