"""Report → Traits: what tells one event from another, read off the surface of the text in a fraction of a millisecond.

The words a report uses, and apart from them its names, places, numbers and days: two floods share their words, and it is the names, the
places and the days that tell them apart (Miranda et al., "Multilingual Clustering of Streaming News", EMNLP 2018, weigh them apart for
the same reason). Names are known by their capitals and places by the gazetteer, not by the full reading, which takes a second a report
where a pile has thousands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from twosource.limits import STORY_CHARACTERS
from twosource.model import Report
from twosource.reading.gazetteer import gazetteer

#: Words of a report that make its lead: the headline and the first sentence or two, which tell what happened.
LEAD = 40

#: Where fewer words than this carry meaning, nothing can be told from them.
ENOUGH = 4

#: Of the words longer than three letters, the share that stands in capitals in a heading, where a capital tells no name.
_HEADING = 0.7

# Scripts written without spaces: two characters that stand together are as near to a word as one gets without a dictionary.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_UNSPACED}]+")
_SPACED = r"[^\W\d_]"


def _pattern(letter: str, run: str) -> re.Pattern[str]:
    """Each word, and what ends a sentence or opens speech before it: the word after that has a capital anyway."""
    return re.compile(rf"([.!?:\"“”„«»][^\w\n]*|)(\d+(?:[.,:]\d+)*|{run}{letter}+(?:['’]{letter}+)*)")


#: For texts in scripts with spaces, and for those in which others occur: to look out for these at each letter takes twice as long.
_WORDS, _WORDS_AND_RUNS = _pattern(_SPACED, ""), _pattern(rf"(?:(?![{_UNSPACED}]){_SPACED})", rf"[{_UNSPACED}]+|")

_MONTHS = {
    name: 1 + n // 2
    for n, name in enumerate(
        "january jan february feb march mar april apr may may june jun july jul august aug september sep october oct"
        " november nov december dec".split()
    )
} | {"sept": 9}
_WEEKDAYS = {name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}

#: What programs write where they know no date: the first day that they count from, the first and the last that they can write.
NO_DAYS = ("1970-01-01", "0001-01-01", "9999-12-31")

#: English words that carry no meaning of their own. Other words that say little weigh little, since they are common.
_EMPTY = frozenset(
    """
    the and for that with from which were was have has had been this these those their there they them who whom whose what when
    where while would could should about into after before because its his her him hers she our your you than then not but
    are any each between through against during without within said says say will may might must can did does done doing being
    also all another both more most much many other others over under some such only own same too very just even still yet
    again further once here how why off out down nor per upon one two three four five six seven eight nine ten among around
    however since until although though whether told according mr mrs ms
    """.split()
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What one report is known by: how often it uses each word, and which of them are names, places, numbers, or stand in its lead.

    `days` are the days it speaks of as month and day (402: 2 April); `day` the day of publication as a number, None where unknown.
    `forms` gives each of them as the report writes it, to be shown; `order` is all its words in order, to be compared with copies.
    """

    words: Mapping[str, int]
    names: Mapping[str, int]
    places: Mapping[str, int]
    numbers: Mapping[str, int]
    lead: Mapping[str, int]
    days: frozenset[int]
    day: int | None
    forms: Mapping[str, str]
    order: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether there is enough in it to tell its event by."""
        return len(self.words) + len(self.numbers) >= ENOUGH


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as it stands, and what shows in it: `term` is what it counts as, None where it carries no meaning."""

    text: str
    low: str
    term: str | None
    place: str | None = None
    capital: bool = False
    number: bool = False
    calendar: bool = False


def traits(report: Report) -> Traits:
    """What `report` is known by.

    >>> from twosource.sources import from_text
    >>> found = traits(from_text("A ferry sank off Karsmouth on Monday, with 14 aboard.", published="2031-04-02"))
    >>> sorted(found.names), sorted(found.numbers), sorted(found.days)
    (['karsmouth'], ['14'], [331])
    """
    tokens, told = _tokens(report.text[:STORY_CHARACTERS])
    words: list[str] = []
    names: list[str] = []
    places: list[str] = []
    numbers: list[str] = []
    forms: dict[str, str] = {}
    for token in tokens:
        term = token.term
        if term is None:
            continue
        if token.number:
            numbers.append(term)
            continue
        words.append(term)
        if token.capital:
            if token.place is not None:
                places.append(token.place)
                forms.setdefault(token.place, token.text)
            elif token.low in told and not token.calendar:
                names.append(term)
                forms[term] = token.text
                continue
        forms.setdefault(term, token.text)
    published = day(report.published)
    return Traits(
        words=Counter(words),
        names=Counter(names),
        places=Counter(places),
        numbers=Counter(numbers),
        lead=Counter(words[:LEAD]),
        days=frozenset(_days(tokens, published)),
        day=None if published is None else published.toordinal(),
        forms=forms,
        order=tuple([token.low for token in tokens]),
    )


def _tokens(text: str) -> tuple[list[_Token], set[str]]:
    """The words in order, and those that a capital tells to be names: not in a heading, nor where a sentence begins."""
    runs = _RUN.search(text) is not None
    pattern = _WORDS_AND_RUNS if runs else _WORDS
    tokens: list[_Token] = []
    told: set[str] = set()
    for line in text.split("\n"):
        found = pattern.findall(line)
        long = [word[0].isupper() for _, word in found if len(word) > 3]
        heading = bool(long) and sum(long) > _HEADING * len(long)
        begins = True
        for before, word in found:
            if runs and _RUN.match(word):
                tokens += _pairs(word)
            else:
                token = _token(word)
                tokens.append(token)
                if token.capital and not (before or begins or heading):
                    told.add(token.low)
            begins = False
    return tokens, told


def _pairs(run: str) -> Iterator[_Token]:
    for at in range(max(1, len(run) - 1)):
        pair = run[at : at + 2]
        yield _Token(pair, pair, pair)


@lru_cache(maxsize=200_000)
def _token(word: str) -> _Token:
    low = word.lower().replace("’", "'").removesuffix("'s")
    capital = word[0].isupper()
    if word[0].isdigit():
        return _Token(word, low, word.replace(",", ""), number=True)
    calendar = capital and (low in _WEEKDAYS or low in _MONTHS)
    if low in _EMPTY or len(low) < 2 or (len(low) < 4 and word.islower() and word.isascii()):
        return _Token(word, low, None, capital=capital, calendar=calendar)
    known = gazetteer()
    place = known.places.get(low) or known.demonyms.get(low)
    return _Token(word, low, stem(low), f"@{place}" if place else None, capital=capital, calendar=calendar)


def stem(word: str) -> str:
    """`word` without the endings of English inflection, cut roughly and alike wherever it stands.

    >>> stem("bridges"), stem("charged"), stem("charges"), stem("class")
    ('bridg', 'charg', 'charg', 'class')
    """
    if len(word) <= 4 or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 5:
        word = word[:-3] + "y"
    elif word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ing") and len(word) > 6:
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 5:
        word = word[:-2]
    return word[:-1] if word.endswith("e") and len(word) > 5 else word


def day(published: str | None) -> date | None:
    """The day of publication. The days that computers begin and end at stand for no date at all."""
    if not published or published.startswith(NO_DAYS):
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _days(tokens: Sequence[_Token], published: date | None) -> Iterator[int]:
    """The days that the report speaks of: "April 2", "2 April", and weekdays as the last before publication."""
    for at, token in enumerate(tokens):
        if not token.calendar:
            continue
        if (month := _MONTHS.get(token.low)) is not None:
            for beside in (*tokens[at + 1 : at + 2], *tokens[max(0, at - 1) : at]):
                if beside.text.isdecimal() and len(beside.text) <= 2 and 1 <= int(beside.text) <= 31:
                    yield 100 * month + int(beside.text)
                    break
        elif published is not None:
            then = published - timedelta((published.weekday() - _WEEKDAYS[token.low]) % 7)
            yield 100 * then.month + then.day
