"""French text → lexemes of which the grammar of `numerals` reads the numbers: as an English writer would have put them.

French builds its numbers by tens and scores ("quatre-vingt-dix-sept"), writes a comma for the decimals and a space between the
thousands, and counts by the ten ("une vingtaine", about 20). Here each of these becomes one lexeme that holds digits, with the word
that English has for its qualifier before it; every lexeme keeps its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from twosource.reading.numerals import Lexeme

_LEXEME = re.compile(
    r"(?P<number>(?<![0-9,])[0-9]{1,3}(?:[ .\u00a0\u2009\u202f][0-9]{3})+(?![0-9])(?:,[0-9]+)?"  # 1 400 and 5 687,75
    r"|[0-9]+(?:,[0-9]+)?)"
    r"|(?P<word>[Aa]ujourd['’]hui|[^\W\d_]+['’](?=[^\W\d_])|[^\W\d_]+)"
    r"|(?P<line>[\n\r\x0b\x0c\x85\u2028\u2029])|(?P<space>\s)|(?P<mark>.)",
    re.DOTALL,
)

_UNITS = {
    w: n
    for n, w in enumerate(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
    )
}
_UNITS["une"] = 1
_TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
         "octante": 80, "nonante": 90}  # fmt: skip
_ONE = frozenset({"un", "une"})
#: Nouns for about so many.
_ABOUT = {"dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
          "soixantaine": 60, "centaine": 100, "millier": 1000}  # fmt: skip
#: The same in the plural, where nobody has counted: English words that `numerals` reads as ranges.
_MANY = {"dizaines": "tens", "douzaines": "dozens", "centaines": "hundreds", "milliers": "thousands", "vingtaines": "scores",
         "millions": "millions", "milliards": "billions"}  # fmt: skip
_MAGNITUDES = {"million": "million", "millions": "million", "milliard": "billion", "milliards": "billion", "douzaine": "dozen",
               "douzaines": "dozen", "mille": "thousand"}  # fmt: skip
_ORDINAL = frozenset({"e", "er", "ère", "re", "ème", "eme", "ième", "nd", "nde"})

#: Qualifiers, and the English one that has the same row in the spec's table.
PHRASES: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): english
    for english, phrases in {
        "about": "environ, quelque, autour de, aux alentours de, aux environs de, à peu près, approximativement, une moyenne de",
        "nearly": "près de, presque, un peu moins de, pas loin de, bientôt, à peine moins de",
        "exceeding": "plus de, plus d', un peu plus de, bien plus de, au-delà de, supérieur à, supérieure à",
        "below": "moins de, moins d', bien moins de, inférieur à, inférieure à",
        "≥": "au moins, au minimum, pas moins de, pas moins d', un minimum de",
        "≤": "au plus, au maximum, tout au plus, jusqu' à, jusqu' à près de, pas plus de, un maximum de",
        "%": "pour cent",
    }.items()
    for phrase in phrases.split(", ")
}
_LONGEST = max(map(len, PHRASES))


def lexemes(text: str, forms: Mapping[str, str]) -> list[Lexeme]:
    """The lexemes of a French text; `forms` are the language's words in English.

    >>> [x.low for x in lexemes("Près de 2,5 millions de gens, une vingtaine de morts", {"de": "of"})]
    ['nearly', '2.5', 'million', 'of', 'gens', ',', 'about', '20', 'of', 'morts']
    >>> [x.low for x in lexemes("quatre-vingt-dix-sept villages et 1 400 maisons", {})]
    ['97', 'villages', 'et', '1,400', 'maisons']
    """
    found = list(_plain(text))
    out: list[Lexeme] = []
    i = 0
    while i < len(found):
        taken, made = _phrase(found, i) or _approximate(found, i) or _spelled(found, i) or _single(found, i, out, forms)
        out += made
        i += taken
    return out


def _plain(text: str) -> Iterator[Lexeme]:
    gap: Literal["", " ", "\n"] = "\n"
    for m in _LEXEME.finditer(text):
        kind = m.lastgroup
        if kind == "line":
            gap = "\n"
        elif kind == "space":
            gap = gap or " "
        else:
            low = m.group().lower().replace("’", "'")
            if kind == "number":
                low = re.sub(r"[ .\u00a0\u2009\u202f]", ";", low).replace(",", ".").replace(";", ",")
            yield Lexeme(
                m.start(), m.end(), low, "number" if kind == "number" else "word" if kind == "word" else "mark", gap
            )
            gap = ""


def _reads(found: Sequence[Lexeme], i: int, words: tuple[str, ...]) -> bool:
    return (
        i + len(words) <= len(found)
        and all(found[i + k].low == w for k, w in enumerate(words))
        and all(found[i + k].gap != "\n" for k in range(1, len(words)))
    )


def _phrase(found: Sequence[Lexeme], i: int) -> tuple[int, list[Lexeme]] | None:
    """A qualifier of one or more words, as one lexeme."""
    for n in range(min(_LONGEST, len(found) - i), 0, -1):
        words = tuple(x.low for x in found[i : i + n])
        if words in PHRASES and _reads(found, i, words):
            return n, [replace(found[i], end=found[i + n - 1].end, low=PHRASES[words], kind="word")]
    return None


def _approximate(found: Sequence[Lexeme], i: int) -> tuple[int, list[Lexeme]] | None:
    """As in "une vingtaine": about 20; "une douzaine" is a dozen, and "deux douzaines" two."""
    if found[i].low not in _ONE or i + 1 >= len(found) or found[i + 1].gap != " ":
        return None
    noun = found[i + 1]
    if noun.low in _ABOUT:
        return 2, [replace(found[i], low="about"), replace(noun, low=str(_ABOUT[noun.low]), kind="number")]
    if noun.low in {"douzaine", "million", "milliard"}:
        return 2, [replace(found[i], low="a"), replace(noun, low=_MAGNITUDES[noun.low])]
    if noun.low == "sur" and i + 2 < len(found) and (found[i + 2].kind == "number" or found[i + 2].low in _UNITS):
        return 2, [replace(found[i], low="1", kind="number"), replace(noun, low="in")]
    return None


def _spelled(found: Sequence[Lexeme], i: int) -> tuple[int, list[Lexeme]] | None:
    """A number in words, as one lexeme of digits. "Un" alone is the article."""
    total = group = 0
    at = last = i
    while at < len(found) and (at == i or found[at].gap != "\n"):
        low = found[at].low
        if low in _TENS and group % 100 == 4 and _TENS[low] == 20:
            group += 76
        elif low in _TENS and group % 100 == 0:
            group += _TENS[low]
        elif low in _UNITS and _fits(group, _UNITS[low]):
            group += _UNITS[low]
        elif low in {"cent", "cents"} and group < 10:
            group = max(group, 1) * 100
        elif low == "mille" and group < 1000 and not total:
            total, group = max(group, 1) * 1000, 0
        elif at > i and low in {"-", "‑", "‐", "et"} and at + 1 < len(found):
            following = found[at + 1].low
            if following not in _UNITS and following not in _TENS and following not in {"cent", "cents", "mille"}:
                break
            if low == "et" and following not in {"un", "une", "onze"}:
                break
            at += 1
            continue
        else:
            break
        at += 1
        last = at
    if last == i or (last == i + 1 and found[i].low in _ONE):
        return None
    return last - i, [replace(found[i], end=found[last - 1].end, low=f"{total + group:,}", kind="number")]


def _fits(group: int, unit: int) -> bool:
    """Can the word for `unit` follow those for `group`: "vingt-deux", "soixante-douze", "quatre-vingt-dix-sept"?"""
    rest = group % 100
    if rest == 0:
        return True
    if rest in {60, 80}:
        return True
    return (rest % 10 == 0 and 20 <= rest <= 90 and unit < 10) or (rest in {10, 70, 90} and unit in {7, 8, 9})


def _single(
    found: Sequence[Lexeme], i: int, out: Sequence[Lexeme], forms: Mapping[str, str]
) -> tuple[int, list[Lexeme]]:
    """A lexeme by itself: what it is in English depends at most on the number before it."""
    one = found[i]
    numbered = bool(out) and out[-1].kind == "number" and one.gap != "\n"
    low = forms.get(one.low, one.low)
    if numbered and one.gap == "" and one.low in _ORDINAL:
        low = "th"
    elif numbered and one.low in _MAGNITUDES:
        low = _MAGNITUDES[one.low]
    elif numbered and one.low == "tiers":
        low = "thirds"
    elif numbered and one.low == "quarts":
        low = "quarters"
    elif numbered and one.low == "sur":
        low = "in"
    elif one.low in _MANY:
        low = _MANY[one.low]
    return 1, [replace(one, low=low)]
