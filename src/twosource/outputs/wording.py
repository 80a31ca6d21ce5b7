"""The tool's own words, the same in every output: ranges, counts, who speaks. What a report says is never put into other words.

And the report's words made safe to show: what would move the cursor, hide or turn round other words is shown by its name instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from twosource.model import Difference, FigureGroup, Report, Span, Voice

#: Format characters that letters need: joiners in Indic, Persian and emoji, and Arabic signs that are seen.
_NEEDED = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\U000110bd")


def visible(text: str) -> str:
    r"""`text` with white space as it is printed and every control, bidi or hidden character shown by its name.

    Nothing that a report holds can so clear the screen, colour it, hide words or turn their order round.

    >>> visible("12\x1b[31m hurt\n\u202eagain")
    '12␛[31m hurt ‹U+202E›again'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in "\n\r\t\x0b\x0c\x85\u2028\u2029":
        return " "
    if character <= "\x1f":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "␡"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _NEEDED:
        return f"‹U+{ord(character):04X}›"
    return character


def number(value: float) -> str:
    """A number with thousands apart.

    >>> number(6999.0), number(5687.75), number(0.1)
    ('6,999', '5,687.75', '0.1')
    """
    return f"{int(value):,}" if value == int(value) else f"{value:,.6f}".rstrip("0")


def span_of(low: float | None, high: float | None) -> str:
    """A range in words.

    >>> span_of(119, 119), span_of(6300, 6999), span_of(119, None), span_of(None, 50)
    ('119', '6,300 to 6,999', '119 or more', '50 or fewer')
    """
    if low is not None and low == high:
        return number(low)
    if low is not None and high is not None:
        return f"{number(low)} to {number(high)}"
    if low is not None:
        return f"{number(low)} or more"
    return f"{number(high)} or fewer" if high is not None else "any number"


def settled_words(group: FigureGroup) -> str:
    """What the user's policy makes of a group of figures; nothing where no policy was asked.

    >>> from twosource.model import FigureMention, Settled
    >>> settled_words(FigureGroup("f", "", "people", "conflicting", (), (), Settled(14, 14, "most-conservative", "")))
    'most conservative: 14'
    """
    found = group.settled
    return f"{visible(found.policy).replace('-', ' ')}: {span_of(found.low, found.high)}" if found else ""


def count(n: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> count(1, "report"), count(2, "report")
    ('1 report', '2 reports')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


#: An id: an origin that is a lineage, not somebody.
_ID = re.compile("[a-z][0-9a-f]{12}")


def listed(words: Sequence[str]) -> str:
    """Words in a row, as one says them.

    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def origin_words(origin: str, names: Mapping[str, str]) -> str | None:
    """An origin as one says it: an actor's name, an institution or a document; None where nobody can be named.

    >>> origin_words("institution:interior ministry", {}), origin_words("someone:l1", {})
    ('the interior ministry', None)
    """
    kind, colon, what = origin.partition(":")
    if origin in names:
        return names[origin]
    if kind == "someone" or not origin or _ID.fullmatch(origin):
        return None
    return f"the {what if colon else origin}"


def day(published: str | None) -> str:
    """The time of publication as far as it needs saying; "undated" where there is none."""
    return visible(published[:10]) if published else "undated"


def outlet(report: Report) -> str:
    """What the report is known by: its outlet, else its file."""
    return visible(report.outlet or report.file)


def speakers(voice: Sequence[Voice], names: Mapping[str, str] | None = None) -> str:
    """Who says it, outermost first, in the report's words; after a pronoun or a description the actor's name stands in [brackets].

    >>> speakers([Voice("he", "a1", "named", None)], {"a1": "Jora Velm"})
    'he [Jora Velm]'
    >>> speakers([Voice("Minister Yora Velm", "a1", "named", None)], {"a1": "Jora Velm"})
    'Minister Yora Velm'
    """
    told = []
    for v in voice:
        name = (names or {}).get(v.actor or "", "")
        known = not name or any(word in v.text.casefold() for word in name.casefold().split() if len(word) > 2)
        told.append(visible(v.text) if known else f"{visible(v.text)} [{visible(name)}]")
    return " → ".join(told)


def moment(as_of: str) -> str:
    """A day, an hour to the minute without its zone, or a TIMEX3 value as it is.

    >>> moment("2031-04-01"), moment("2031-04-01T18:40:00+02:00"), moment("2031-04-01TAF")
    ('2031-04-01', '2031-04-01 18:40', '2031-04-01TAF')
    """
    return visible(re.sub(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*$", r"\1 \2", as_of))


def differing(spans: Sequence[Span], within: Span) -> list[tuple[int, int]]:
    """Where, inside `within`, the words of `spans` stand: sorted, apart from each other, as offsets into `within.exact`."""
    places = sorted(
        (max(s.start, within.start) - within.start, min(s.end, within.end) - within.start)
        for s in spans
        if s.report == within.report and s.start < within.end and within.start < s.end
    )
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def differing_words(difference: Difference | None) -> tuple[Span, ...]:
    """The words that differ, none where nothing does."""
    return difference.spans if difference else ()


def window(text: str, marks: Sequence[tuple[int, int]], longest: int) -> tuple[int, int]:
    """Which part of a long `text` to show: its beginning, or what stands around the marks, cut between words.

    >>> a, b = window("one two three four five six", [(14, 18)], 16)
    >>> "one two three four five six"[a:b]
    'three four five'
    """
    if len(text) <= longest:
        return 0, len(text)
    first, last = (marks[0][0], min(marks[-1][1], marks[0][0] + longest)) if marks else (0, 0)
    start = max(0, first - max(0, longest - (last - first)) // 2)
    start = min(start, len(text) - longest)
    end = start + longest
    if start > 0:
        gap = text.find(" ", start - 1, first)
        start = gap + 1 if gap >= 0 else start
    if end < len(text):
        gap = text.rfind(" ", max(last, start + 1), end + 1)
        end = gap if gap > 0 else end
    return start, end
