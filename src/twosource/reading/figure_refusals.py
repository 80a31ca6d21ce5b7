"""Which numbers are no quantities: dates, clock times, years, ordinals, scores, labels, parts of names, list numbers, pronouns.

Each test looks at a few lexemes around the number and at the parse of its own tokens. Numbers are refused, never corrected: a number
that is wrongly kept is a false figure, and a figure group resting on it could be a false conflict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from twosource.reading.figure_words import CONTESTS, LABELS, MONTHS, TIME_UNITS, words
from twosource.reading.numerals import Lexeme

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from twosource.reading.figure_quantities import Quantity

_NAMED = words(
    """
    PRODUCT LAW WORK_OF_ART EVENT FAC ORG PERSON GPE LOC
    """
)
_GLUE = frozenset("-‐‑–/:.@#_&=+")
_CLOCK = words(
    """
    am pm a.m p.m gmt utc o'clock o’clock noon edt est pdt pst cet cest bst hrs hours local
    """
)
_ZONES = _CLOCK - {"hours", "hrs", "am", "pm", "noon"}
_YEAR_BEFORE = words(
    """
    in since of until till by from during before after early late mid through for and to the fiscal spring summer
    autumn fall winter circa
    """
)
_STREET = words(
    """
    street avenue road boulevard lane drive square st ave rd blvd downing
    """
)
_ONE_AFTER = words(
    """
    of day time way thing side hand point reason example part another by who that which such morning evening night
    afternoon on such-and-such or place sort kind area case after can could must should would may might 's is was
    are were has
    """
)
_ONE_BEFORE = words(
    """
    no the this that any every each which another only some good bad big last next first second new old other such
    's like as whole and or-any
    """
)
_SPEECH = words(
    """
    say tell add ask write recall note explain describe think believe claim argue complain warn call put know want
    see hear
    """
)
_HYPHENED_NO = words(
    """
    time times sided on off way fold one two three third thirds half dimensional faced to by and in up down odd star
    size
    """
)


def refused(q: Quantity, of: Sequence[Lexeme], tokens: Tokens) -> bool:
    """Is `q` no quantity after all? `tokens` are those of its number."""
    first, last = of[q.number], of[q.number_end - 1]
    before = of[q.first - 1] if q.first and of[q.first].gap != "\n" else None
    after = of[q.last] if q.last < len(of) and of[q.last].gap != "\n" else None
    return (
        _glued(q, of, first, last)
        or _dotted(q, of)
        or _alone(q, of, before, after)
        or _date(q, of, before, after)
        or _year(q, first, before, after, tokens)
        or _clock(q, of, before, after)
        or _ordinal(q, first, before, after, tokens)
        or _contest(q, of)
        or _label(q, of, before, after, tokens)
        or _name(q, first, before, tokens)
        or _address(q, of)
        or _compound(q, tokens)
        or _pronoun(q, first, before, after, tokens)
        or _ago(q, after)
        or _vague(q, before, after, tokens)
    )


def _glued(q: Quantity, of: Sequence[Lexeme], first: Lexeme, last: Lexeme) -> bool:
    """Part of a longer string: "G20", "AK-47", "B2B", "9/11", "COVID-19", "1990s"."""
    if first.kind == "number" and first.gap == "" and q.number == q.first and q.number:
        before = of[q.number - 1]
        if before.kind == "word" or (
            before.low in {"#", "@", "/", "_", ":", ".", "'", "’"} and before.gap == "" and q.number > 1
        ):
            return True
        if before.low in {"-", "‐", "‑", "–"} and before.gap == "":
            return True
        if before.low in {"#", "@", "'", "’"} or (
            before.low == "+" and re.fullmatch(r"[0-9]{1,3}", first.low) is not None
        ):
            return True
    if q.last < len(of) and of[q.last].gap == "":
        after = of[q.last]
        if last.kind == "number" and q.last == q.number_end and after.kind == "word":
            return True
        following = of[q.last + 1] if q.last + 1 < len(of) else None
        if after.low in {"/", ":", "_", "@"} and following is not None and following.gap == "":
            return True
        if (
            after.low in {"-", "‐", "‑", "–"}
            and following is not None
            and following.gap == ""
            and following.kind == "number"
            and not q.joined
        ):
            return True
        if (
            last.kind == "number"
            and after.low in {"-", "‐", "‑"}
            and following is not None
            and following.gap == ""
            and q.last == q.number_end
            and following.kind == "number"
        ):
            return True
    return False


def _dotted(q: Quantity, of: Sequence[Lexeme]) -> bool:
    """As in "3.2.1", and a phone number's groups."""
    end = q.number_end
    if (
        end + 1 < len(of)
        and of[end - 1].kind == "number"
        and of[end].low == "."
        and of[end].gap == ""
        and of[end + 1].kind == "number"
        and of[end + 1].gap == ""
    ):
        return True
    run = 0
    for x in of[max(0, q.number - 4) : q.number_end + 4]:
        run = (
            run + 1
            if x.kind == "number" and "," not in x.low and "." not in x.low and len(x.low) >= 2 and x.gap != "\n"
            else 0
            if x.kind == "word"
            else run
        )
        if run >= 3:
            return True
    return False


def _alone(q: Quantity, of: Sequence[Lexeme], before: Lexeme | None, after: Lexeme | None) -> bool:
    """A list number or a page number: at the head of a line and followed by a mark, or the line's only content."""
    if before is not None and not (before.low in {"(", "["} and of[q.first - 1].gap == "\n"):
        return False
    if q.unit is not None or q.bounds:
        return False
    return after is None or (after.low in {".", ")", "]", ":", "|"} and of[q.first].kind == "number")


def _month(x: Lexeme | None) -> bool:
    return x is not None and x.low.rstrip(".") in MONTHS


def _date(q: Quantity, of: Sequence[Lexeme], before: Lexeme | None, after: Lexeme | None) -> bool:
    if q.unit is not None and not q.unit.startswith("-"):
        return False
    if of[q.number].kind != "number" or "," in of[q.number].low:
        return False
    near = of[q.first - 2] if q.first > 1 and before is not None and before.low in {".", ","} else None
    if _month(before) and (before is None or before.low not in {"may", "march", "mar"} or of[q.number].low.isdigit()):
        return q.high <= 2100
    if near is not None and _month(near) and q.high <= 2100:
        return True
    if _month(after) and q.high <= 31:
        return True
    return bool(
        after
        and after.low == "of"
        and q.last + 1 < len(of)
        and of[q.last + 1].low in MONTHS
        and q.high <= 31
        and of[q.number].low.isdigit()
        and of[q.last + 1].low not in {"may", "march", "mar"}
    )


def _year(q: Quantity, first: Lexeme, before: Lexeme | None, after: Lexeme | None, tokens: Tokens) -> bool:
    """Four digits without a comma that could be a year, and no plural noun that says otherwise."""
    if (
        q.unit is not None
        or re.fullmatch(r"1[0-9]{3}|20[0-9]{2}", first.low) is None
        or q.number_end != q.number + 1 + 2 * q.joined
    ):
        return False
    if q.bounds and not (before and before.low in _YEAR_BEFORE):
        return False
    root = tokens.root
    plural = root.dep_ == "nummod" and root.head.tag_ == "NNS" and root.head.i > root.i
    return not plural or (
        before is not None and before.low in _YEAR_BEFORE | {"this", "that", "its", "their", "his", "her"}
    )


def _clock(q: Quantity, of: Sequence[Lexeme], before: Lexeme | None, after: Lexeme | None) -> bool:
    if q.unit is not None and q.unit not in {"hour", "metre"}:
        return False
    follow = "".join(x.low for x in of[q.number_end : q.number_end + 3] if x.gap != "\n")
    if re.match(r"[ap]\.?m\b", follow) and q.high <= 24:
        return True
    if (
        after is not None
        and after.low in _ZONES
        and (after.low != "local" or (q.last + 1 < len(of) and of[q.last + 1].low == "time"))
    ):
        return of[q.number].low.isdigit() or of[q.number].low.replace(".", "").isdigit()
    if q.unit == "hour" and re.fullmatch(r"[0-2][0-9]{3}", of[q.number].low):
        return True
    if (
        before is not None
        and before.low == "at"
        and q.high <= 12
        and q.unit is None
        and not q.bounds
        and (after is None or (after.kind == "mark" and after.low in ".,;"))
    ):
        return True
    return after is not None and after.low in {"o'clock", "o’clock"}


def _ordinal(q: Quantity, first: Lexeme, before: Lexeme | None, after: Lexeme | None, tokens: Tokens) -> bool:
    if first.low == "second" or (after is not None and after.gap == "" and after.low in {"st", "nd", "rd", "th"}):
        return True
    return (
        before is not None
        and before.low in {"no", "number", "nos"}
        and not q.bounds
        and q.unit is None
        and after is not None
        and tokens.root.head.tag_ != "NNS"
    )


def _contest(q: Quantity, of: Sequence[Lexeme]) -> bool:
    """As in "Won 3-1", "a 5-4 ruling", "2-2": two small numbers on a hyphen that are a score or a vote."""
    around = {x.low for x in of[max(0, q.first - 4) : q.last + 3]}
    if q.joined:
        hyphen = any(x.low in "-‐‑–" for x in of[q.number : q.number_end])
        return hyphen and q.unit is None and bool(around & CONTESTS)
    return False


def _label(q: Quantity, of: Sequence[Lexeme], before: Lexeme | None, after: Lexeme | None, tokens: Tokens) -> bool:
    """As in "Article 5", "room 101", "flight 93": a noun in the singular before, and nothing counted behind."""
    if before is None or q.bounds or q.unit is not None:
        return False
    if (
        before.low == "."
        and q.first > 1
        and of[q.first - 2].low in {"no", "nos", "art", "sec", "para", "fig", "vol", "p", "pp"}
    ):
        return True
    if before.low not in LABELS:
        return False
    root = tokens.root
    counts = root.dep_ == "nummod" and root.head.i > root.i and root.head.tag_ in {"NNS", "NNPS"}
    return not counts


def _name(q: Quantity, first: Lexeme, before: Lexeme | None, tokens: Tokens) -> bool:
    """Inside a name: behind a capitalised word that it belongs to, or a number word with a capital in mid-sentence."""
    if q.bounds or (q.unit is not None and not q.unit.startswith("-")):
        return False
    root = tokens.root
    token = tokens[0]
    previous = token.nbor(-1) if token.i else None
    if previous is not None and before is not None:
        behind = root.head if root.dep_ == "nummod" and root.head.i > root.i else None
        if (
            previous.tag_ in {"NNP", "NNPS"}
            and behind is not None
            and previous.head == behind
            and first.kind == "number"
            and not _headline(token)
        ):
            return True  # "Boeing 737 jets": between a name and its noun
    if previous is not None and before is not None and previous.idx + len(previous) <= first.start:
        code = (
            re.fullmatch(r"[A-Z]{1,5}", previous.text) is not None
            and not token.sent.text.isupper()
            and previous.text not in {"I", "A"}
        )
        if code and first.kind == "number" and previous.pos_ in {"PROPN", "NOUN", "X", "ADJ"}:
            return True
        if _headline(token):
            return False
        behind = (
            root.head.i > root.i and root.dep_ in {"nummod", "compound"} and root.head.tag_ in {"NNS", "NNPS", "NN"}
        )
        if (
            previous.tag_ in {"NNP", "NNPS"}
            and previous.text[:1].isupper()
            and not behind
            and root.head.i < root.i
            and root.dep_ in {"nummod", "appos", "npadvmod", "nmod", "compound"}
        ):
            return previous.i != token.sent.start or (token.sent[-1].i > token.i and previous.ent_type_ in _NAMED)
        if token.ent_type_ in _NAMED and token.ent_iob_ == "I" and previous.text[:1].isupper():
            return True
    if (
        first.kind == "word"
        and token.text[:1].isupper()
        and token.i != token.sent.start
        and token.tag_ in {"NNP", "NNPS"}
    ):
        return not _headline(token)
    return False


def _headline(token: Token) -> bool:
    """Does the token stand in a heading with capitals throughout, where a capital tells nothing?"""
    words = [t.text[:1].isupper() for t in token.sent if t.is_alpha]
    return len(words) > 2 and sum(words) * 3 >= len(words) * 2


def _address(q: Quantity, of: Sequence[Lexeme]) -> bool:
    """As in "10 Elm Street"."""
    if q.unit is not None or of[q.number].kind != "number":
        return False
    return any(x.low in _STREET and x.gap == " " for x in of[q.last + 1 : q.last + 3]) and not q.bounds


def _compound(q: Quantity, tokens: Tokens) -> bool:
    """As in "One-sided", "two-way": no noun behind the hyphen that is counted."""
    if q.unit is None or not q.unit.startswith("-"):
        return False
    word = q.unit[1:]
    if word in _HYPHENED_NO or (q.low == 1 and q.high == 1):
        return True
    at = tokens.end + 1
    behind = tokens.doc[at] if at < len(tokens.doc) else None
    return (
        behind is None
        or behind.lower_ != word
        or behind.pos_ not in {"NOUN", "PROPN", "ADJ"}
        or (behind.pos_ == "ADJ" and word.endswith(("al", "ed")))
    )


def _pronoun(q: Quantity, first: Lexeme, before: Lexeme | None, after: Lexeme | None, tokens: Tokens) -> bool:
    """As in "One" that is a determiner or a pronoun, not a count."""
    if first.low != "one" or q.number_end != q.number + 1 or q.bounds or q.form == "share":
        return False
    if q.unit is not None and not q.unit.startswith("-"):
        return q.unit == "day" or (before is not None and before.low in _ONE_BEFORE)
    if before is not None and before.low in _ONE_BEFORE:
        return True
    if after is None or after.kind == "mark" or after.low in _ONE_AFTER:
        return True
    root = tokens.root
    noun = root.head
    if root.dep_ != "nummod" or noun.i < root.i or noun.tag_ not in {"NN", "NNP"}:
        return True
    return noun.dep_ == "nsubj" and noun.head.lemma_.lower() in _SPEECH


def _ago(q: Quantity, after: Lexeme | None) -> bool:
    """As in "Two weeks ago", "three days later" are dates."""
    return q.unit in TIME_UNITS.values() and after is not None and after.low in {"ago", "earlier", "later"}


def _vague(q: Quantity, before: Lexeme | None, after: Lexeme | None, tokens: Tokens) -> bool:
    """As in "Scores" and "hundreds" that count nothing: "test scores", "she scores"."""
    if q.form != "vague" or tokens[-1].lower_ != "scores":
        return False
    return not (
        after is not None
        and after.low
        in {"of", "more", "were", "are", "have", "injured", "killed", "dead", "wounded", "arrested", "hurt", "missing"}
    ) or (before is not None and before.low in {"the", "test", "his", "her", "their", "its"})
