"""What a figure measures and how wide it is, in the base unit of its dimension, and the test whether two figures exclude each other.

Two figures are compared only where they measure the same dimension: people, percent, one currency, lengths, boats …
"""

from __future__ import annotations

import functools
import math

from twosource.model import Figure
from twosource.reading.figure_words import SIZES, THINGS
from twosource.reading.numerals import numerals

#: Units that are no nouns of counted things.
ABSTRACT = frozenset({"percent", "percentage point", "magnitude", "temperature", "age", "degree"})
#: Units that count the same things as another: lives lost are people, posts cut are jobs.
_ALIKE = {"life": "people", "post": "job", "body": "people", "household": "family"}
#: Figures of which it is remembered what they measure: each is asked for with every other of its story.
_REMEMBERED = 1 << 14


def apart(a: Figure, b: Figure) -> bool:
    """Do the two ranges contradict each other: is the gap between them more than one unit of the coarser one's last non-zero digit?

    Measures of one dimension are converted first. What was converted has been rounded on the way, and is allowed one more part in
    a hundred.
    """
    if a.unit != b.unit and dimension(a) != dimension(b):
        return False
    size_a, size_b = size(a.unit), size(b.unit)
    low_a, high_a = extent(a)
    low_b, high_b = extent(b)
    gap = max(low_a - high_b, low_b - high_a)
    if gap <= 0 or math.isinf(gap):
        return False
    unit = max(coarseness(a) * size_a, coarseness(b) * size_b)
    slack = 0.01 * max(low_a, low_b) if size_a != size_b else 0.0
    return gap > unit * (1 + 1e-9) + slack


def meet(a: Figure, b: Figure) -> bool:
    """Whether two figures of one unit can be the same number: three and four, which are not yet `apart`, cannot."""
    (low_a, high_a), (low_b, high_b) = extent(a), extent(b)
    return low_a <= high_b and low_b <= high_a


def base(x: float, unit: str) -> float:
    """`x` in the base unit of its dimension."""
    return (x - 32) / 1.8 if unit == "degree Fahrenheit" else x * size(unit)


def extent(f: Figure) -> tuple[float, float]:
    """The figure's range in the base unit; an open end is infinite."""
    return _extent(f.low, f.high, f.unit)


@functools.lru_cache(_REMEMBERED, typed=True)
def _extent(low: float | None, high: float | None, unit: str) -> tuple[float, float]:
    return (-math.inf if low is None else base(low, unit), math.inf if high is None else base(high, unit))


def size(unit: str) -> float:
    """How many of the base unit one of `unit` is."""
    return SIZES[unit][1] if unit in SIZES else 1 / 1.8 if unit == "degree Fahrenheit" else 1.0


def dimension(f: Figure) -> str:
    """What the figure measures: figures of two dimensions are never one quantity."""
    return _dimension(f.unit, f.counted)


@functools.lru_cache(_REMEMBERED, typed=True)
def _dimension(given: str, counted: tuple[str, ...]) -> str:
    if counted[:1] == ("age",) and given == "year":
        return "age"
    if given.startswith("degree "):
        return "temperature"
    if given in SIZES:
        return SIZES[given][0]
    if given == "degree" and counted[:1] == ("magnitude",):
        return "magnitude"
    unit = given if given in THINGS else given.removesuffix("s")
    if any(c.isdigit() for c in unit):  # a make ("AK-47") counts what stands behind it
        unit = next((w for w in counted if w in THINGS), unit)
    family = _ALIKE.get(unit) or THINGS.get(unit)
    return family or next((THINGS[w] for w in THINGS if unit.endswith(w) and len(w) > 3), given)


def counts(f: Figure) -> bool:
    """Whether it is a number of things or people, not a measure, a price or a share."""
    of = dimension(f)
    return of == "people" or (f.unit not in SIZES and not f.unit.isupper() and of not in ABSTRACT)


def stated(f: Figure) -> tuple[float, ...]:
    """The numbers as written, "nearly 7,000" → 7,000, before the qualifier makes a range of them."""
    return _stated(f.exact, f.unit, f.low, f.high)


@functools.lru_cache(_REMEMBERED, typed=True)
def _stated(exact: str, unit: str, low: float | None, high: float | None) -> tuple[float, ...]:
    found = numerals(exact)
    if unit == "percent" or not found:
        return tuple(x for x in (low, high) if x is not None)[:2] if not found else tuple(n.low for n in found)
    if len(found) > 1 and low is not None and high is not None:
        return (low, high)
    money = unit.isupper() and low == high and low is not None
    return (low,) if money and low is not None else (found[-1].low,)


@functools.lru_cache(_REMEMBERED, typed=True)
def last_digit(x: float) -> float:
    """One unit of the last non-zero digit of `x`.

    >>> last_digit(5687.75), last_digit(7000), last_digit(0)
    (0.01, 1000.0, 1.0)
    """
    if x == 0 or not math.isfinite(x):
        return 1.0
    digits = f"{abs(x):.4f}".rstrip("0")
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10 ** (len(whole) - len(whole.rstrip("0"))))


def coarseness(f: Figure) -> float:
    """One unit of the last non-zero digit of the coarsest number written, in the figure's own unit."""
    return max((last_digit(x) for x in stated(f)), default=1.0)


def information(f: Figure) -> float:
    """How much it says that two reports give this number: "two" little, 612 or 5.9 much, 1,000 between them (0..1)."""
    x = max(stated(f), default=0.0)
    if any(n.form == "vague" for n in numerals(f.exact)):
        return 0.3
    unit = last_digit(x)
    significant = round(x / unit) if unit else 0
    bits = math.log10(significant + 1) + (0.5 if x >= 100 or unit < 1 else 0.0)
    return min(1.0, 0.25 + bits / 2.5) if x > 12 or unit < 1 else 0.25 + x / 60
