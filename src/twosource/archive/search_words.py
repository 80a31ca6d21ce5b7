"""The normalised view in which words are sought: without case, diacritics, possessives and English plurals, each word with its place.

Both databases index the words made here rather than make their own, so that one query finds the same on both, and so that what was found
can be pointed at in the exact text. What counts as the same word is kept narrow: what is found must be what was asked for.

- Case and diacritics are folded (Unicode casefold and NFKD; marks that may be left out in writing fall away: accents, Hebrew points,
  Arabic vowels), and the letters that Unicode does not take apart: ł, ø, đ, æ, œ … Soft hyphens and zero-width characters fall away.
- An English plural is its singular (Harman's "S stemmer", "How effective is suffixing?", JASIS 42, 1991; and churches, boxes). No more is
  cut off: an archive holds many languages, a stemmer knows one, and it makes one of "police" and "policy". `word*` asks for more.
- Words stand between whatever is no letter or digit: "1,000" is two words in a row, "l'eau" too. In scripts written without spaces each
  character is a word.

Only the first `limits.READ_CHARACTERS` of a report are indexed, as only those are read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from twosource.limits import READ_CHARACTERS

#: Names what is done here, in the index: an index made by other rules must be made anew.
RULES = "words-1"

#: Letters of one word that count.
_LONGEST = 64

# Scripts written without spaces.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Marks that belong to the letter before, and can be left out in writing.
_ACCENTS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
# Marks that are letters of their own weight: vowel signs of the Indic scripts.
_SIGNS = "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a75"
_SIGNS += "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3e-\u0c56"
_SIGNS += "\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d82\u0d83\u0dca-\u0ddf"
# Characters that are not seen.
_HIDDEN = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"

_LETTER = r"[^\W_]"
# The s behind an apostrophe is taken with it, and is no word.
_POSSESSIVE = rf"['’ʼ](?<={_LETTER}['’ʼ])[sS](?![^\W_{_UNSPACED}]|[{_ACCENTS}{_SIGNS}{_HIDDEN}])"
_SIMPLE = re.compile(rf"{_POSSESSIVE}|{_LETTER}+")
_FULL = re.compile(
    rf"{_POSSESSIVE}|[{_UNSPACED}]"
    rf"|(?:(?![{_UNSPACED}]){_LETTER})(?:(?![{_UNSPACED}]){_LETTER}|[{_ACCENTS}{_SIGNS}]|[{_HIDDEN}]+(?=(?![{_UNSPACED}]){_LETTER}))*"
)
_NEEDS_FULL = re.compile(rf"[{_UNSPACED}{_ACCENTS}{_SIGNS}{_HIDDEN}]")
_FALLS_AWAY = re.compile(rf"[{_ACCENTS}{_HIDDEN}]")
_NO_WORD = re.compile(r"[\x00-\x2f\x3a-\x60\x7b-\x7f]|\s")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)

#: Words that end in s and are no plurals.
_SINGULAR = frozenset("always besides news perhaps series species towards".split())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order: their normalised `forms`, and where they stand."""

    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def words(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of `text` between `start` and `end`, with their places in it.

    >>> words("The Café’s ferries")
    Words(forms=('the', 'cafe', 'ferry'), starts=(0, 4, 11), ends=(3, 8, 18))
    """
    found = [
        (_FORMS[m[0]], m.start(), m.end())
        for m in _pattern(text).finditer(text, start, len(text) if end is None else end)
    ]
    kept = [f for f in found if f[0]]
    return Words(tuple(f[0] for f in kept), tuple(f[1] for f in kept), tuple(f[2] for f in kept))


def forms(text: str) -> list[str]:
    """The normalised words of `text`: what `words` gives, without the places, in less time.

    >>> forms("Łódź: 1,000 CHURCHES' news")
    ['lodz', '1', '000', 'church', 'news']
    """
    return [form for form in map(_FORMS.__getitem__, _pattern(text).findall(text)) if form]


def indexed(text: str) -> list[str]:
    """The normalised words of as much of a report's text as is indexed."""
    return forms(text[:READ_CHARACTERS])


def name_forms(text: str) -> list[str]:
    """The words of a name as names are sought: in Latin letters, whatever the script, and with the plural's s, which a name keeps.

    >>> name_forms("Ада Брилль"), name_forms("Jo Waters’s")
    (['ada', 'brill'], ['jo', 'waters'])
    """
    from anyascii import anyascii

    found = (m[0] for m in _pattern(text).finditer(text) if m[0][0] not in "'’ʼ")
    plain = (re.sub(r"[^a-z0-9]", "", anyascii(fold(word)).lower())[:_LONGEST] for word in found)
    return [form for form in plain if form]


def fold(word: str) -> str:
    r"""A word without case, diacritics and what is not seen.

    >>> fold("ÉLUS"), fold("Straße"), fold("co\u00adop"), fold("ещё")
    ('elus', 'strasse', 'coop', 'еще')
    """
    if word.isascii():
        return word.lower()[:_LONGEST]
    loose = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word.casefold()).casefold())
    loose = _FALLS_AWAY.sub("", loose).translate(_LETTERS)
    return _NO_WORD.sub("", unicodedata.normalize("NFC", loose))[:_LONGEST]


def singular(form: str) -> str:
    """A folded word in the singular, where it ends as English plurals end.

    >>> [singular(w) for w in ("ferries", "boats", "churches", "houses", "glass", "virus", "news", "s")]
    ['ferry', 'boat', 'church', 'house', 'glass', 'virus', 'news', 's']
    """
    if len(form) < 4 or form[-1] != "s" or form in _SINGULAR:
        return form
    if form.endswith("ies"):
        return form[:-3] + "y" if len(form) > 4 and form[-4] not in "ae" else form[:-1]
    if form.endswith(("ches", "shes", "sses", "xes")) and len(form) > 4:
        return form[:-2]
    return form if form[-2] in "ius" else form[:-1]


class _Forms(dict[str, str]):
    """Form by word as it stands in a text; grown as words are met, and begun anew when it is large."""

    def __missing__(self, word: str) -> str:
        form = "" if word[0] in "'’ʼ" else singular(fold(word))
        if len(self) >= 1 << 18:
            self.clear()
        if len(word) <= _LONGEST and not word[0].isdigit():  # numbers have no end, and seldom come again
            self[word] = form
        return form


_FORMS = _Forms()


def _pattern(text: str) -> re.Pattern[str]:
    return _FULL if not text.isascii() and _NEEDS_FULL.search(text) else _SIMPLE
