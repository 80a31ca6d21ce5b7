"""Text → the numbers written in it, in digits and in words, as closed ranges.

A grammar of our own over lexemes, because what installs from the package index reads "some 2 million" as 2 and "hundreds" as 100.
This module knows how English writes a number ("1,400", "2.5 million", "two hundred and fifty", "two-thirds", "tens of thousands",
"one in three") and nothing of what is counted: qualifiers, units and what is no quantity at all are the business of
`twosource.reading.figures`. Every rule looks at a bounded number of lexemes, so the cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.reading.figure_words import TIME_UNITS

Form = Literal["exact", "vague", "share"]


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A number in digits, a word or a mark; `low` is it in lower case, `gap` what stands before it: nothing, a space or a new line."""

    start: int
    end: int
    low: str
    kind: Literal["number", "word", "mark"]
    gap: Literal["", " ", "\n"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number: lexemes `first` up to, not with, `last`. `step` is one unit of its last written digit.

    `form` is "exact" for a number, "vague" for "dozens", "hundreds" …, "share" for a fraction of a whole, then in percent.
    """

    first: int
    last: int
    low: float
    high: float
    step: float
    form: Form = "exact"


_LEXEME = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"  # 1,400 and 5,687.75
    r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"  # 1,50,000, as Indian papers write it
    r"|[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+(?![0-9])"  # 10 000 with a space that does not break
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])"  # 1.000.000
    r"|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<line>[\n\r\x0b\x0c\x85\u2028\u2029])|(?P<space>\s)|(?P<mark>.)",
    re.DOTALL,
)

_ONES = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])}
_TEENS = {
    w: n
    for n, w in enumerate(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        start=10,
    )
}
_TENS = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_MAGNITUDES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_ABBREVIATED = {"mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12}
#: Only after a currency: "€3m" is money, "3m" a length.
_ABBREVIATED_MONEY = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_DENOMINATORS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_PLURAL_DENOMINATORS = {w + "s": n for w, n in _DENOMINATORS.items() if w != "half"} | {"halves": 2}
_SYMBOLS = {
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅛": 1 / 8,
}
#: The spec's table "what words mean".
_VAGUE = {"dozens": (24.0, 120.0), "scores": (40.0, 200.0), "hundreds": (100.0, 999.0)}
#: Before "of thousands", "of millions" …
_MANY = {
    "tens": (10.0, 100.0),
    "dozens": (24.0, 120.0),
    "scores": (40.0, 200.0),
    "hundreds": (100.0, 1000.0),
    "thousands": (1000.0, 10000.0),
}
_HYPHENS = frozenset("-‐‑")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_MULTIPLES = {"dozen": 12.0, "hundred": 100.0} | _MAGNITUDES

#: Every word and mark that a number can begin with, beside digits.
OPENING = frozenset(
    _ONES.keys() | _TEENS.keys() | _TENS.keys() | _SYMBOLS.keys() | _VAGUE.keys() | _MANY.keys() | {w + "s" for w in _MAGNITUDES}
    | {"a", "an", "half", "several"}
)  # fmt: skip


def lexemes(text: str) -> list[Lexeme]:
    """The lexemes of `text`, without its white space.

    >>> [x.low for x in lexemes("Some 1,400 fled, 60km away")]
    ['some', '1,400', 'fled', ',', '60', 'km', 'away']
    """
    found: list[Lexeme] = []
    gap: Literal["", " ", "\n"] = "\n"
    for m in _LEXEME.finditer(text):
        kind = m.lastgroup
        if kind == "line":
            gap = "\n"
        elif kind == "space":
            gap = gap or " "
        else:
            named: Literal["number", "word", "mark"] = (
                "number" if kind == "number" else "word" if kind == "word" else "mark"
            )
            found.append(Lexeme(m.start(), m.end(), m.group().lower(), named, gap))
            gap = ""
    return found


def numeral(of: Sequence[Lexeme], i: int, money: bool = False) -> Numeral | None:
    """The number that begins at lexeme `i`, the longest there is; `money` where a currency stands before it.

    >>> numeral(lexemes("tens of thousands of people"), 0)
    Numeral(first=0, last=3, low=10000.0, high=99999.0, step=1.0, form='vague')
    >>> numeral(lexemes("two-thirds of them"), 0).low
    66.66666666666667
    """
    return _vague(of, i) or _share(of, i) or _cardinal(of, i, money)


def numerals(text: str) -> list[Numeral]:
    """Every number in `text`, from left to right."""
    of = lexemes(text)
    found, i = [], 0
    while i < len(of):
        one = numeral(of, i)
        if one:
            found.append(one)
        i = one.last if one else i + 1
    return found


def ordinal(of: Sequence[Lexeme], i: int) -> bool:
    """Is lexeme `i` a number in digits with the ending of an ordinal, as in "21st"?"""
    return of[i].kind == "number" and i + 1 < len(of) and of[i + 1].gap == "" and of[i + 1].low in _ORDINAL_ENDINGS


def _word(of: Sequence[Lexeme], i: int, *words: str) -> bool:
    """Do lexemes `i`, `i + 1` … read `words`, on one line?"""
    return (
        i >= 0
        and i + len(words) <= len(of)
        and all(of[i + k].low == w and (k == 0 or of[i + k].gap != "\n") for k, w in enumerate(words))
    )


def _after_hyphen(of: Sequence[Lexeme], i: int) -> int:
    """`i`, or `i + 1` where a hyphen without spaces stands at `i`."""
    return i + 1 if i + 1 < len(of) and of[i].low in _HYPHENS and of[i].gap == "" and of[i + 1].gap == "" else i


def _vague(of: Sequence[Lexeme], i: int) -> Numeral | None:
    low = of[i].low
    if low in _MANY and i + 2 < len(of) and (big := of[i + 2].low)[:-1] in _MAGNITUDES and _word(of, i, low, "of", big):
        size, (least, most) = _MAGNITUDES[big[:-1]], _MANY[low]
        if big.endswith("s"):
            return Numeral(i, i + 3, least * size, most * size - 1, 1.0, "vague")
    if low in _VAGUE:
        return Numeral(i, i + 1, *_VAGUE[low], 1.0, "vague")
    if low.endswith("s") and low[:-1] in _MAGNITUDES:
        return Numeral(i, i + 1, _MAGNITUDES[low[:-1]], 10 * _MAGNITUDES[low[:-1]] - 1, 1.0, "vague")
    at = i + 1 if low == "several" else i + 2 if _word(of, i, "a", "few") else 0
    if at and at < len(of) and of[at].low in _MULTIPLES and of[at].gap == " ":
        size = _MULTIPLES[of[at].low]
        return Numeral(i, at + 1, 2 * size, 120.0 if size == 12 else 10 * size - 1, 1.0, "vague")
    return None


def _share(of: Sequence[Lexeme], i: int) -> Numeral | None:
    """A fraction of a whole: "half of", "two-thirds", "a quarter of", "one in three", "nine out of ten"."""
    x = of[i]

    def share(a: float, b: float, last: int) -> Numeral:
        return Numeral(i, last, 100 * a / b, 100 * a / b, 1.0, "share")

    def of_what(at: int) -> bool:
        return (
            at < len(of)
            and of[at].gap == " "
            and of[at].low in {"of", "the", "its", "their", "his", "her", "our", "all", "those", "these"}
        )

    if (
        x.low == "half"
        and of_what(i + 1)
        and not (i and of[i - 1].low in {"first", "second", "other", "better", "last", "latter"})
    ):
        return share(1, 2, i + 1)
    if x.kind == "mark" and x.low in _SYMBOLS and of_what(i + 1):
        return share(_SYMBOLS[x.low], 1, i + 1)
    if x.low in {"a", "one"} and i + 1 < len(of):
        at = _after_hyphen(of, i + 1)
        if (
            at < len(of)
            and of[at].low in _DENOMINATORS
            and ((of_what(at + 1) and of[at + 1].low == "of") or at > i + 1)
        ):
            return share(1, _DENOMINATORS[of[at].low], at + 1)
    top = _small(of, i)
    if top is None:
        return None
    value, last = top
    at = _after_hyphen(of, last)
    if value > 1 and at < len(of) and of[at].low in _PLURAL_DENOMINATORS and value < _PLURAL_DENOMINATORS[of[at].low]:
        return share(value, _PLURAL_DENOMINATORS[of[at].low], at + 1)
    for between in (("in",), ("in", "every"), ("out", "of"), ("out", "of", "every"), ("of", "every")):
        if _word(of, last, *between) and last + len(between) < len(of):
            base = _small(of, last + len(between))
            if base is None or not value < base[0] <= 1000 or (base[0] > 10 and base[0] % 5):
                continue
            after = of[base[1]].low if base[1] < len(of) else ""
            if after not in TIME_UNITS and after not in {"-", "percent", "%"} and after not in _MULTIPLES:
                return share(value, base[0], base[1])
    return None


def _small(of: Sequence[Lexeme], i: int) -> tuple[float, int] | None:
    """A whole number under 1,000 at `i`, in digits or one or two words, and where it ends."""
    x = of[i]
    if x.kind == "number":
        whole = re.fullmatch(r"[0-9]{1,3}", x.low) is not None and not ordinal(of, i)
        return (float(x.low), i + 1) if whole else None
    return _group(of, i)


def _group(of: Sequence[Lexeme], i: int) -> tuple[float, int] | None:
    """A number word under 100: "seven", "nineteen", "forty", "forty-two"."""
    low = of[i].low
    if low in _ONES or low in _TEENS:
        return float(_ONES[low] if low in _ONES else _TEENS[low]), i + 1
    if low not in _TENS:
        return None
    at = _after_hyphen(of, i + 1)
    if at < len(of) and of[at].low in _ONES and of[at].low != "zero" and of[at].gap != "\n":
        return float(_TENS[low] + _ONES[of[at].low]), at + 1
    return float(_TENS[low]), i + 1


def _under_thousand(of: Sequence[Lexeme], i: int) -> tuple[float, int] | None:
    """Number words under 1,000: "two hundred and fifty"; "a hundred"."""
    if of[i].low in {"a", "an"}:
        return (100.0, i + 2) if _word(of, i + 1, "hundred") else None
    first = _group(of, i)
    if first is None:
        return None
    value, at = first
    if not _word(of, _after_hyphen(of, at), "hundred"):
        return first
    value, at = value * 100, _after_hyphen(of, at) + 1
    rest = at + 1 if _word(of, at, "and") else at
    more = _group(of, rest) if rest < len(of) and of[rest].gap == " " else None
    return (value + more[0], more[1]) if more else (value, at)


def _digits(low: str) -> tuple[float, float]:
    """The value of a number in digits, and one unit of its last digit."""
    plain = re.sub(r"[,\u00a0\u2009\u202f]", "", low)
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    whole, _, decimals = plain.partition(".")
    if len(whole) > 18:  # no quantity in a news report; float() of a very long one would be infinite
        return 0.0, 0.0
    return float(plain), 10.0 ** -len(decimals)


def _cardinal(of: Sequence[Lexeme], i: int, money: bool) -> Numeral | None:
    x = of[i]
    following = of[i + 1].low if i + 1 < len(of) else ""
    if x.kind == "mark":
        return Numeral(i, i + 1, _SYMBOLS[x.low], _SYMBOLS[x.low], 0.1) if x.low in _SYMBOLS else None
    if x.low in {"a", "an", "half"}:
        at = i + 2 if x.low == "half" and following in {"a", "an"} else i + 1
        if at < len(of) and of[at].low in _MULTIPLES and of[at].gap == " ":
            size = _MULTIPLES[of[at].low] * (0.5 if x.low == "half" else 1.0)
            return _scaled(of, Numeral(i, at + 1, size, size, 1.0), money)
        if (
            x.low == "half"
            and at == i + 2
            and at < len(of)
            and of[at].low in TIME_UNITS | {"mile": "", "kilometre": "", "kilometer": ""}
        ):
            return Numeral(i, i + 2, 0.5, 0.5, 0.1)
        return None
    if x.kind == "number":
        if ordinal(of, i):
            return None
        value, step = _digits(x.low)
        if step == 0.0:
            return None
        if following in _SYMBOLS and of[i + 1].gap == "":
            return _scaled(of, Numeral(i, i + 2, value + _SYMBOLS[following], value + _SYMBOLS[following], 0.1), money)
        return _scaled(of, Numeral(i, i + 1, value, value, step), money)
    return _spelled(of, i, money)


def _spelled(of: Sequence[Lexeme], i: int, money: bool) -> Numeral | None:
    """A number in words: groups under 1,000, each with a smaller magnitude than the one before."""
    total, at, below = 0.0, i, 1e18
    while at < len(of):
        rest = at + 1 if at > i and _word(of, at, "and") else at
        group = _under_thousand(of, rest) if rest < len(of) and (at == i or of[rest].gap == " ") else None
        if group is None or (at > i and below <= 1):
            break
        value, last = group
        size, end = 1.0, last
        hyphen = _after_hyphen(of, last)
        if hyphen < len(of) and of[hyphen].low in _MAGNITUDES and of[hyphen].gap != "\n":
            size, end = _MAGNITUDES[of[hyphen].low], hyphen + 1
        if size >= below or (at > i and size == 1.0 and rest == at and value < 100):
            break
        total, at, below = total + value * size, end, size
        if size == 1.0:
            break
    return _scaled(of, Numeral(i, at, total, total, 1.0), money) if at > i else None


def _scaled(of: Sequence[Lexeme], n: Numeral, money: bool) -> Numeral:
    """`n` with the magnitude, "dozen" or "and a half" that follows it."""
    value, step, at = n.low, n.step, n.last
    if _word(of, at, "and", "a", "half"):
        value, step, at = value + 0.5, 0.1, at + 3
    next_at = _after_hyphen(of, at)
    if next_at < len(of) and of[next_at].gap != "\n":
        low = of[next_at].low
        size = _MAGNITUDES.get(low) or _ABBREVIATED.get(low)
        if size is None and money and of[next_at].gap == "":
            size = _ABBREVIATED_MONEY.get(low)
        if size is None and low in {"hundred", "dozen"} and value < 100:
            size = _MULTIPLES[low]
        if size is not None:
            value, step, at = value * size, step * (1.0 if size == 12.0 else size), next_at + 1
            if _word(of, at, "and", "a", "half"):
                value, step, at = value + 0.5 * size, 0.1 * size, at + 3
    return Numeral(n.first, at, value, value, step, n.form)
