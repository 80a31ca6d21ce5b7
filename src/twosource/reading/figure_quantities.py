"""Lexemes → quantities: qualifier · currency · number · range · unit · qualifier, before anything is known of what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from twosource.reading.figure_words import (
    AFTER,
    CHANGES,
    CURRENCY_CODES,
    CURRENCY_PREFIXES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    MEASURES,
    PERCENT,
    QUALIFIERS,
    SIZES,
    TIME_UNITS,
    TOPICS,
    Bound,
)
from twosource.reading.numerals import OPENING, Lexeme, Numeral, numeral

_LONGEST = max(map(len, QUALIFIERS))
#: Every word and mark that a quantity can open with, beside a number in digits: where none stands nothing need be tried.
_OPENING = frozenset(
    {words[0] for words in QUALIFIERS} | OPENING | {"between", "magnitude"} | CURRENCY_SIGNS.keys() | CURRENCY_PREFIXES.keys()
    | CURRENCY_CODES.keys()
)  # fmt: skip
_HYPHENS = frozenset("-‐‑")
_DASHES = _HYPHENS | frozenset("–—")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its qualifier and unit, before anything is known of what it counts.

    Lexemes `first` up to `last` are its span; the number alone begins at `number` and ends before `number_end`. `unit` is None where
    only the noun that follows can tell.
    """

    first: int
    last: int
    number: int
    number_end: int
    low: float
    high: float
    step: float
    bounds: tuple[Bound, ...]
    unit: str | None
    form: str
    joined: bool = False


def quantities(of: Sequence[Lexeme]) -> list[Quantity]:
    """Every quantity that the lexemes spell, refusing nothing yet.

    >>> from twosource.reading.numerals import lexemes
    >>> [(q.low, q.high, q.unit) for q in quantities(lexemes("between $40 and $50 million for 60km of track"))]
    [(40000000.0, 50000000.0, 'USD'), (60.0, 60.0, 'kilometre')]
    """
    found: list[Quantity] = []
    i = 0
    while i < len(of):
        one = _quantity(of, i) if of[i].kind == "number" or of[i].low in _OPENING else None
        if one is None:
            i += 1
            continue
        found.append(one)
        i = one.last
    return found


def _quantity(of: Sequence[Lexeme], i: int) -> Quantity | None:
    at, bounds = _qualifiers(of, i)
    between = at < len(of) and of[at].low == "between" and not bounds
    one = _number(of, at + 1 if between else at)
    if one is None and bounds:
        one = _single(of, at)
    if one is None:
        return None
    both = _range(of, one, between)
    q = replace(both or one, first=i if bounds or (between and both) else one.first)
    if q is one and between:
        return None
    last, after = _after(of, q)
    bounds = (*bounds, *after)
    return replace(q, last=last, bounds=_settle(bounds))


def _single(of: Sequence[Lexeme], i: int) -> Quantity | None:
    """As in "Almost a day", "more than a mile": behind a qualifier the article counts one of a unit."""
    if i + 1 >= len(of) or of[i].low not in {"a", "an"} or of[i + 1].gap != " ":
        return None
    unit = TIME_UNITS.get(of[i + 1].low) or MEASURES.get(of[i + 1].low)
    if unit is None or len(of[i + 1].low) < 3 or of[i + 1].low in {"second", "degree", "foot", "yard"}:
        return None
    return Quantity(i, i + 2, i, i + 1, 1.0, 1.0, 1.0, (), unit, "exact")


def _settle(bounds: tuple[Bound, ...]) -> tuple[Bound, ...]:
    """Of several qualifiers the one that opens or closes the range counts: "at least about 40" is at least 40."""
    firm = [b for b in bounds if b != "about"]
    return (firm[0],) if firm else bounds[:1]


def _qualifiers(of: Sequence[Lexeme], i: int) -> tuple[int, tuple[Bound, ...]]:
    """Where the qualifiers at `i` end, and what they mean."""
    bounds: list[Bound] = []
    while len(bounds) < 3:
        for n in range(min(_LONGEST, len(of) - i), 0, -1):
            words = tuple(x.low for x in of[i : i + n])
            if words in {("<",), (">",)} and not (i + 1 < len(of) and of[i + 1].kind == "number"):
                continue  # a tag or a quoted line, not "less than"
            if words in {("about",), ("over",)} and i and of[i].gap != "\n" and of[i - 1].low in TOPICS:
                continue  # "complaints about two schools"
            if words in QUALIFIERS and all(x.gap != "\n" for x in of[i + 1 : i + n]):
                bounds.append(QUALIFIERS[words])
                i += n
                break
        else:
            break
    if i < len(of) and bounds and of[i].gap == "\n":
        return i, ()
    return i, tuple(bounds)


def _number(of: Sequence[Lexeme], i: int) -> Quantity | None:
    """Currency, number and unit at `i`: "$5 million", "60km", "magnitude-5.9", "80 percent"."""
    if i >= len(of):
        return None
    if of[i].low == "magnitude" and i + 1 < len(of):
        at = i + 2 if of[i + 1].low in _HYPHENS and of[i + 1].gap == "" else i + 1
        at = at + 1 if at < len(of) and of[at].low in {"about", "around"} else at
        n = numeral(of, at) if at < len(of) and of[at].gap != "\n" else None
        if n and n.high <= 10:
            about: tuple[Bound, ...] = ("about",) if of[at - 1].low in {"about", "around"} else ()
            return Quantity(i, n.last, n.first, n.last, n.low, n.high, n.step, about, "magnitude", n.form)
    at, currency = _currency(of, i)
    n = numeral(of, at, money=currency is not None) if at < len(of) else None
    if n is None or (currency and at > i and of[at].gap == "\n"):
        return None
    last, unit = (n.last, currency) if currency else _unit(of, n)
    if n.form == "share":
        part = _part_of_unit(of, n)
        if part:
            return part
        last, unit = n.last, "percent"
    elif unit == "hour" and n.low == n.high == 0.5:
        n, unit = replace(n, low=30.0, high=30.0, step=1.0), "minute"
    if unit == "USD/100":
        n, unit = replace(n, low=n.low / 100, high=n.high / 100, step=n.step / 100), "USD"
    return Quantity(i if currency else n.first, last, n.first, n.last, n.low, n.high, n.step, (), unit, n.form)


def _part_of_unit(of: Sequence[Lexeme], n: Numeral) -> Quantity | None:
    """As in "A quarter of an hour", "two-thirds of a mile": a measure, not a share."""
    at = n.last
    if not (_words(of, at, "of", "an") or _words(of, at, "of", "a")) or at + 2 >= len(of):
        return None
    unit = TIME_UNITS.get(of[at + 2].low) or MEASURES.get(of[at + 2].low)
    if unit is None:
        return None
    size, unit = (60.0, "minute") if unit == "hour" else (1.0, unit)
    low = n.low / 100 * size
    return Quantity(n.first, at + 3, n.first, n.last, low, low, size / 10, (), unit, "exact")


def _currency(of: Sequence[Lexeme], i: int) -> tuple[int, str | None]:
    low = of[i].low
    if low in CURRENCY_SIGNS:
        return i + 1, CURRENCY_SIGNS[low]
    if i + 1 < len(of):
        if low in CURRENCY_PREFIXES and of[i + 1].low == "$" and of[i + 1].gap == "":
            return i + 2, CURRENCY_PREFIXES[low]
        if low in CURRENCY_CODES and of[i + 1].kind == "number":
            return i + 1, CURRENCY_CODES[low]
    return i, None


def _unit(of: Sequence[Lexeme], n: Numeral) -> tuple[int, str | None]:
    """Where the unit behind `n` ends, and what it is; None where the noun that follows is what is counted."""
    at = n.last
    hyphen = (
        at + 1 < len(of)
        and of[at].low in _HYPHENS
        and of[at].gap == ""
        and of[at + 1].gap == ""
        and of[at + 1].kind == "word"
    )
    if hyphen:
        at += 1
    if at >= len(of) or (of[at].gap == "\n"):
        return n.last, None
    low, after = of[at].low, of[at + 1].low if at + 1 < len(of) else ""
    if n.form == "vague" and low == "of":
        at, low, after = at + 1, after, of[at + 2].low if at + 2 < len(of) else ""
        if at >= len(of) or of[at].gap == "\n":
            return n.last, None
    if low == "of":
        money = n.step >= 1000 and after in CURRENCY_WORDS and of[at + 1].gap != "\n"
        return (at + 2, CURRENCY_WORDS[after]) if money else (n.last, None)  # "2,5 millions d'euros"
    if low in PERCENT or (low == "per" and after == "cent"):
        end = at + 2 if low == "per" else at + 1
        points = (
            end < len(of)
            and of[end].low in {"point", "points"}
            and (low == "percentage" or hyphen or of[end].gap == " ")
        )
        if low == "percentage" and not points:
            return n.last, None
        return (end + 1, "percentage point") if points else (end, "percent")
    if low in {"us", "american", "canadian", "australian"} and after in {"dollar", "dollars"}:
        return at + 2, {"canadian": "CAD", "australian": "AUD"}.get(low, "USD")
    if low in CURRENCY_WORDS and not (low in {"won", "rand", "cent", "cents"} and n.form == "vague"):
        return (at + 1, CURRENCY_WORDS[low]) if low != "won" or n.step >= 1000 else (n.last, None)
    if low in {"pound", "pounds"} and (after == "sterling" or n.step >= 1000):
        return (at + 2 if after == "sterling" else at + 1), "GBP"
    if low in CURRENCY_CODES and low != "rs":
        return at + 1, CURRENCY_CODES[low]
    if low == "magnitude" and n.high <= 10:
        return at + 1, "magnitude"
    step = at + 1 if after and at + 1 < len(of) and of[at + 1].low in _HYPHENS and of[at + 1].gap == "" else at
    second = of[step + 1].low if step + 1 < len(of) else ""
    if low in {"square", "sq"} and second in MEASURES:
        return step + 2, f"square {MEASURES[second]}"
    if low == "nautical" and second in {"mile", "miles"}:
        return step + 2, "nautical mile"
    if low == "light" and second in {"year", "years"}:
        return step + 2, "light-year"
    if low in TIME_UNITS:
        old = _words(of, at + 1, "-", "old") or _words(of, at + 1, "-", "olds")
        return (at + 3 if old else at + 1), TIME_UNITS[low]
    if low in MEASURES and (
        len(low) > 2 or (of[at].gap in {"", " "} and low not in {"m", "g", "ha", "nm", "mi"}) or of[at].gap == ""
    ):
        if low in {"degree", "degrees", "°"}:
            scale = {"celsius": "degree Celsius", "c": "degree Celsius", "centigrade": "degree Celsius"} | {
                "fahrenheit": "degree Fahrenheit",
                "f": "degree Fahrenheit",
            }
            return (at + 2, scale[after]) if after in scale else (at + 1, "degree")
        if low in {"second", "mark", "level", "foot"} and not hyphen and n.high == 1:
            return n.last, None
        return at + 1, MEASURES[low]
    if hyphen and of[at].kind == "word":
        return _compound(of, n, at)
    return n.last, None


def _compound(of: Sequence[Lexeme], n: Numeral, at: int) -> tuple[int, str | None]:
    """As in "five-term", "200-strong", "27-nation": the unit is the noun behind the hyphen, and stands in the span."""
    low = of[at].low
    if low in {"strong", "member", "person", "man", "woman"}:
        return at + 1, "people"
    if low in {"plus", "odd"}:
        return at + 1, None
    return at + 1, f"-{low}"  # marked: whether it is a noun, the parse will say


def _words(of: Sequence[Lexeme], i: int, *words: str) -> bool:
    return i + len(words) <= len(of) and all(of[i + k].low == w for k, w in enumerate(words))


def _range(of: Sequence[Lexeme], a: Quantity, between: bool) -> Quantity | None:
    """`a` with the second number of a range: "20 to 30", "60-70%", "between 20 and 30", "two or three"."""
    at = a.last
    if at + 1 >= len(of) or of[at].gap == "\n" or of[at + 1].gap == "\n" or a.form != "exact":
        return None
    link = of[at].low
    dash = link in _DASHES and (of[at].gap == of[at + 1].gap)
    if not (dash or (link == "and" and between) or (link in {"to", "or"} and not between)):
        return None
    b = _number(of, at + 1)
    if b is None or b.form != "exact":
        return None
    if a.unit in SIZES and b.unit in SIZES and a.unit != b.unit and SIZES[a.unit][0] == SIZES[b.unit][0]:
        b = replace(
            b,
            low=b.low * SIZES[b.unit][1] / SIZES[a.unit][1],
            high=b.high * SIZES[b.unit][1] / SIZES[a.unit][1],
            unit=a.unit,
        )
    if a.unit and b.unit and a.unit != b.unit:
        return None
    unit = b.unit or a.unit
    low, step = a.low, a.step
    shared = b.number_end > b.number + 1 and a.number_end == a.number + 1 and a.unit == b.unit
    if (
        b.step >= 1000
        and a.step < 1000
        and (a.unit is None or a.unit.isupper())
        and low < b.low / b.step * 1000
        and (shared or a.unit)
    ):
        low, step = low * b.step if b.step == round(b.step) else low * _magnitude(b), b.step  # "$40 to $50 million"
    if not low < b.low:
        return None
    if link == "or" and (a.unit or b.low > low * 2 + 1):
        return None
    if link == "to" and not between:
        before = {x.low for x in of[max(0, a.first - 6) : a.first] if x.gap != "\n"}
        own = (a.unit is not None) == (b.unit is not None)
        if (
            before & CHANGES
            and (own or "from" in before)
            and not (of[a.first - 1].low not in {"by", "from"} and unit in TIME_UNITS.values())
        ):
            return None
    return Quantity(a.first, b.last, a.number, b.number_end, low, b.high, min(step, b.step), (), unit, "exact", True)


def _magnitude(b: Quantity) -> float:
    size = 1.0
    while size * 1000 <= b.step * 10:
        size *= 1000
    return size


def _after(of: Sequence[Lexeme], q: Quantity) -> tuple[int, tuple[Bound, ...]]:
    """Where the qualifier behind `q` ends, and what it means: "20 or more", "100+"."""
    for words, bound in AFTER.items():
        if _words(of, q.last, *words) and of[q.last].gap != "\n" and not (words == ("plus",) and of[q.last].gap != ""):
            return q.last + len(words), (bound,)
    return q.last, ()
