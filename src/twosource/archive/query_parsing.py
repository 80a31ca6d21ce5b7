"""What somebody types → a query; what cannot be read is refused, with the place.

    ferry sank            both words, anywhere in the report
    "ferry sank"          these words in a row
    ferr*                 words that begin so
    ferry OR boat         either; OR binds less than standing side by side, parentheses bind more
    -ferry  -(a OR b)     not
    actor:Brill  outlet:"The Tern"  quote:"were hurt"  since:2031-04  until:2031-04-15  figure:>1000  figure:"10..20 people"

A small parser by recursive descent over a list of tokens, each of which knows where it stands. Whatever a word holds is normalised to
letters and digits here (`search_words`), so that nothing that a user types can mean anything to FTS5, tsquery or SQL.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from twosource.archive import search_words
from twosource.archive.query import (
    FIELDS,
    ActorNamed,
    Amount,
    And,
    Leaf,
    Not,
    Or,
    Outlet,
    Query,
    Said,
    Since,
    Until,
    Word,
)
from twosource.errors import QueryError
from twosource.limits import QUERY_CHARACTERS, QUERY_NESTING, QUERY_TERMS

#: Letters that a word must have before its asterisk: a letter or two are the beginning of half of all words.
PREFIX_LETTERS = 3

_QUOTES = {'"': '"', "“": '”"“', "„": '“”"', "«": '»"'}
_FIELD = re.compile(r"([^\W\d_]+):")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_NUMBER = r"(?P<{0}sign>[$€£¥₹₽₴₺₩₪])?\s*(?P<{0}>-?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,15}})(?:\.\d{{1,9}})?)"
_SCALE = r"(?:\s*(?P<{0}scale>thousand|million|billion|trillion|[kmb](?!\w)))?"
_AMOUNT = re.compile(
    rf"(?P<how>>=|<=|>|<|=)?\s*{_NUMBER.format('one')}{_SCALE.format('one')}\s*(?P<unit>(?!\s*\.\.).*)",
    re.IGNORECASE | re.DOTALL,
)
_RANGE = re.compile(
    rf"(?:{_NUMBER.format('a')}{_SCALE.format('a')})?\s*\.\.\s*(?:{_NUMBER.format('b')}{_SCALE.format('b')})?\s*(?P<unit>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "billion": 1e9, "trillion": 1e12}
_CURRENCIES = {
    "$": "usd",
    "€": "eur",
    "£": "gbp",
    "¥": "jpy",
    "₹": "inr",
    "₽": "rub",
    "₴": "uah",
    "₺": "try",
    "₩": "krw",
    "₪": "ils",
}


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the query: `kind` is "(", ")", "-", "or" or "term"; a term's `field`, its words, where these begin, and whether quoted."""

    kind: str
    at: int
    field: str | None = None
    value: str = ""
    value_at: int = 0
    quoted: bool = False


def parsed(text: str) -> Query:
    """The query that `text` says. Raises QueryError, with the place, where it says none.

    >>> parsed("boat").forms
    ('boat',)
    >>> parsed('ferry "were hurt')
    Traceback (most recent call last):
    twosource.errors.QueryError: the search cannot be read at character 7: this quotation mark is opened and not closed
    """
    if len(text) > QUERY_CHARACTERS:
        raise QueryError(
            text, QUERY_CHARACTERS, f"it is longer than {QUERY_CHARACTERS:,} characters: ask for less at once"
        )
    return _Parser(text).query()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.next = 0
        self.terms = 0

    def query(self) -> Query:
        if not self.tokens:
            raise QueryError(self.text, 0, "there is nothing to look for: give a word")
        found = self.either(0)
        if (token := self.peek()) is not None:
            raise QueryError(self.text, token.at, "this parenthesis is closed and was not opened")
        return found

    def peek(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def either(self, depth: int) -> Query:
        found = [self.all(depth)]
        while (token := self.peek()) is not None and token.kind == "or":
            self.take()
            found.append(self.all(depth))
        flat = [q for one in found for q in (one.of if isinstance(one, Or) else (one,))]
        return flat[0] if len(flat) == 1 else Or(tuple(flat))

    def all(self, depth: int) -> Query:
        found: list[Query] = []
        while (token := self.peek()) is not None and token.kind not in ("or", ")"):
            if token.kind == "and":
                self.take()
                if not found or (after := self.peek()) is None or after.kind in ("and", "or", ")"):
                    raise QueryError(self.text, token.at, "AND stands between two things to look for")
                continue
            one = self.one(depth)
            found += one.of if isinstance(one, And) else [one]
        if not found:
            token = self.peek()
            before = self.tokens[self.next - 1] if self.next else None
            at = (
                token.at
                if token is not None and (before is None or before.kind != "or")
                else before.at
                if before
                else 0
            )
            what = (
                "OR stands between two things to look for"
                if self.text[at : at + 2] == "OR"
                else "nothing stands in this parenthesis"
            )
            raise QueryError(self.text, at, what)
        return found[0] if len(found) == 1 else And(tuple(found))

    def one(self, depth: int) -> Query:
        token = self.take()
        match token.kind:
            case "-":
                after = self.peek()
                if after is None or after.kind not in ("(", "term") or after.at != token.at + 1:
                    if after is not None and after.kind == "-":
                        raise QueryError(
                            self.text,
                            token.at,
                            "there is no such option, and one minus is enough for a word not to be found",
                        )
                    raise QueryError(self.text, token.at, "a minus stands right before what is not to be found")
                return Not(self.one(depth))
            case "(":
                if depth >= QUERY_NESTING:
                    raise QueryError(self.text, token.at, f"more than {QUERY_NESTING} parentheses in one another")
                found = self.either(depth + 1)
                if self.peek() is None:
                    raise QueryError(self.text, token.at, "this parenthesis is opened and not closed")
                self.take()
                return found
        self.terms += 1
        if self.terms > QUERY_TERMS:
            raise QueryError(self.text, token.at, f"more than {QUERY_TERMS} words and fields: ask for less at once")
        return self.leaf(token)

    def leaf(self, token: _Token) -> Leaf:
        if not token.value.strip():
            missing = (
                "nothing stands between these quotation marks"
                if token.quoted
                else f"a value stands right behind {token.field}:"
            )
            raise QueryError(self.text, token.at, missing)
        typed = token.value
        match token.field:
            case None:
                return self.word(token)
            case "actor":
                return ActorNamed(self.some(token, search_words.name_forms(typed)), typed)
            case "outlet":
                return Outlet(self.some(token, search_words.forms(typed)), typed)
            case "quote":
                return Said(self.some(token, search_words.forms(typed)), typed)
            case "since":
                return Since(_day(self.text, token, last=False), typed)
            case "until":
                return Until(_day(self.text, token, last=True), typed)
        return _amount(self.text, token)

    def word(self, token: _Token) -> Word:
        value = token.value
        if token.quoted or not value.endswith("*"):
            return Word(self.some(token, search_words.forms(value)), value)
        typed = value.rstrip("*")
        found = search_words.words(typed)
        if len(found.forms) != 1 or found.ends[0] != len(typed) or found.starts[0] != 0:
            raise QueryError(self.text, token.at, "an asterisk stands behind the beginning of one word")
        form = search_words.fold(typed)
        if len(form) < PREFIX_LETTERS and form.isascii():
            raise QueryError(self.text, token.at, f"at least {PREFIX_LETTERS} letters stand before an asterisk")
        return Word((form,), typed, prefix=True)

    def some(self, token: _Token, forms: list[str]) -> tuple[str, ...]:
        if not forms:
            raise QueryError(self.text, token.value_at, "there is no letter or digit in it to look for")
        return tuple(forms)


# --- text → tokens -----------------------------------------------------------------------------------------------------------


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] in "()":
            found.append(_Token(text[at], at))
            at += 1
        elif text[at] == "-":
            found.append(_Token("-", at))
            at += 1
        else:
            token, at = _term(text, at)
            found.append(token)
    return found


def _term(text: str, start: int) -> tuple[_Token, int]:
    field, at = None, start
    if m := _FIELD.match(text, start):
        if m[1].lower() not in FIELDS:
            known = ", ".join(f"{name}:" for name in FIELDS)
            raise QueryError(
                text,
                start,
                f"there is no field {m[1]}: (there are {known}); set words in quotation marks to look for them",
            )
        field, at = m[1].lower(), m.end()
    if at < len(text) and text[at] in _QUOTES:
        end = next((i for i in range(at + 1, len(text)) if text[i] in _QUOTES[text[at]]), None)
        if end is None:
            raise QueryError(text, at, "this quotation mark is opened and not closed")
        return _Token("term", start, field, text[at + 1 : end], at + 1, quoted=True), end + 1
    if field and text[at : at + 1] == "(":
        raise QueryError(text, at, f"{field}: takes one value: write ({field}:a OR {field}:b)")
    end = at
    while end < len(text) and not text[end].isspace() and text[end] not in '()"“„«':
        end += 1
    value = text[at:end]
    if field is None and value in ("OR", "AND"):
        return _Token(value.lower(), start), end
    if field is None and value == "NOT":
        raise QueryError(text, start, "write -word for what is not to be found, or set NOT in quotation marks")
    return _Token("term", start, field, value, at), end


# --- dates and figures -------------------------------------------------------------------------------------------------------


def _day(text: str, token: _Token, *, last: bool) -> str:
    """The day that a date, a month or a year begins with, or ends with."""
    m = _DATE.fullmatch(token.value.strip())
    try:
        if m is None:
            raise ValueError
        year, month = int(m[1]), int(m[2] or (12 if last else 1))
        of_month = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year else 0
        day = int(m[3] or (of_month if last else 1))
        if not 1 <= day <= of_month:
            raise ValueError
    except ValueError:
        raise QueryError(text, token.value_at, "this is no date: write 2031-04-01, 2031-04 or 2031") from None
    return f"{year:04}-{month:02}-{day:02}"


def _amount(text: str, token: _Token) -> Amount:
    """What is asked of a figure, as ">1000", "=12", "10..20 people", "..50%", ">$2 million"."""
    value = token.value.strip()
    if m := _RANGE.fullmatch(value):
        low, high = _number(m, "a"), _number(m, "b")
        if low is None and high is None:
            raise QueryError(text, token.value_at, "a number stands before or behind the two points")
        if low is not None and high is not None and low > high:
            raise QueryError(text, token.value_at, "the first number is larger than the second")
        return Amount("..", low, high, _unit(text, token, m, "a", "b"), token.value)
    if m := _AMOUNT.fullmatch(value):
        number, how = _number(m, "one"), m["how"] or "="
        unit = _unit(text, token, m, "one")
        return Amount(how, None if how[0] == "<" else number, None if how[0] == ">" else number, unit, token.value)
    raise QueryError(
        text, token.value_at, 'this is no figure: write >1000, <=50, 12, 10..20, or ">1000 people" in quotation marks'
    )


def _number(m: re.Match[str], name: str) -> float | None:
    if m[name] is None:
        return None
    return float(m[name].replace(",", "")) * _SCALES.get((m[f"{name}scale"] or "").lower(), 1)


def _unit(text: str, token: _Token, m: re.Match[str], *names: str) -> tuple[str, ...]:
    signs = [_CURRENCIES[m[f"{name}sign"]] for name in names if m[f"{name}sign"]]
    unit = m["unit"].replace("%", " percent ")
    found = search_words.forms(" ".join([*signs[:1], unit]))
    if unit.strip() and not search_words.forms(unit):
        raise QueryError(
            text, token.value_at, f'what is counted ({unit.strip()}) has no letter: write as in ">1000 people"'
        )
    return tuple(found)
