"""Where quotation marks open and close, by the marks alone.

Straight, curly, low-high, guillemets either way, doubled single marks and backticks, and single marks where they are not apostrophes.
Each paragraph (line) is read once, with the marks still open on a stack; what is not closed by the paragraph's end held nothing, so
that a lost mark swallows no text, except where the next paragraph opens again: then the quotation runs on (the rule of style
guides: opened at every paragraph, closed once). Linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

_LINE: Final = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_MARK: Final = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚‛'`]")

#: mark → (family, may open, may close). Marks of one family close each other.
_ROLES: Final[dict[str, tuple[str, bool, bool]]] = {
    '"': ("straight", True, True), "“": ("curly", True, True), "”": ("curly", True, True), "„": ("curly", True, False),
    "‟": ("curly", True, False), "''": ("straight", True, True), "``": ("straight", True, False),
    "«": ("guillemet", True, True), "»": ("guillemet", True, True),
    "‹": ("small guillemet", True, True), "›": ("small guillemet", True, True),
    "‘": ("single", True, True), "’": ("single", True, True), "‚": ("single", True, False), "‛": ("single", True, False),
    "'": ("single", True, True), "`": ("single", True, False),
}  # fmt: skip

_DOUBLE: Final = frozenset({"straight", "curly"})

#: Words cut at the front, which an apostrophe opens.
_CUT: Final = re.compile(
    r"['’‘](?:\d\ds?\b|(?:em|til|tis|twas|cause|n|bout|round|neath|ere|cos|coz|kay|nuff|sup|tude|burbs)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one pair of marks holds: `start..end` with the marks, `first..last` the words. `runs_on` where the next paragraph goes on."""

    start: int
    end: int
    first: int
    last: int
    family: str
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    at: int
    end: int
    mark: str
    family: str


def stretches(text: str) -> tuple[Stretch, ...]:
    """The outermost quotations in `text`, in order, none within another.

    >>> text = 'The town’s “mayor said ‘no’ to it”, and "yes" later.'
    >>> [text[s.first:s.last] for s in stretches(text)]
    ['mayor said ‘no’ to it', 'yes']
    """
    found: list[Stretch] = []
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m[0].isspace()]
    resume = 0
    for n, (start, end) in enumerate(lines):
        after = lines[n + 1] if n + 1 < len(lines) else None
        introduced = n > 0 and text[lines[n - 1][1] - 1] == ":"
        here = _of_paragraph(text, max(start, resume), end, after, introduced) if resume < end else []
        found.extend(here)
        resume = here[-1].end if here and here[-1].end > end else 0
    found.sort(key=lambda s: (s.start, -s.end))
    outer: list[Stretch] = []
    for s in found:
        if outer and s.start < outer[-1].end:
            continue
        inner = text[s.first : s.last]
        first, last = s.first + len(inner) - len(inner.lstrip()), s.first + len(inner.rstrip())
        if first < last:
            outer.append(replace(s, first=first, last=last))
    return tuple(outer)


def _of_paragraph(text: str, start: int, end: int, after: tuple[int, int] | None, introduced: bool) -> list[Stretch]:
    """The stretches between `start` and `end`, nested ones too.

    `after` is where the next paragraph stands; `introduced` says that the one before ends in a colon.
    """
    found: list[Stretch] = []
    stack: list[_Open] = []
    marks = list(_MARK.finditer(text, start, end))
    for n, m in enumerate(marks):
        mark, at, to = m[0], m.start(), m.end()
        family, may_open, may_close = _ROLES[mark]
        before = text[at - 1] if at > start else " "
        behind = text[to] if to < end else " "
        standing = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].family == family), None)
        reopened = standing
        if standing is None and family in _DOUBLE:
            # "opened straight and closed curly”, or the other way
            standing = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].family in _DOUBLE), None)
        closes = may_close and standing is not None and _closes(mark, before, behind, stack[standing])
        if closes and family == "single":
            # "the workers’ rights’": where one more mark could close, an s’ before a word is a possessive
            later = marks[n + 1] if n + 1 < len(marks) else None
            possessive = before in "sS" and behind == " " and to + 1 < end and text[to + 1].islower()
            if (
                possessive
                and later is not None
                and later[0] == mark
                and not _opens(text, later.start(), later.end(), start, end)
            ):
                closes = False
        if closes and standing is not None:
            opened = stack[standing]
            del stack[standing:]
            found.append(Stretch(opened.at, to, opened.end, at, family))
        elif may_open and _opens(text, at, to, start, end):
            if reopened is not None:
                # opened twice and not closed: the first mark was lost or is none
                del stack[reopened]
            stack.append(_Open(at, to, mark, family))
    for opened in stack:
        if opened.family == "single":
            continue
        whole = not text[start : opened.at].strip()
        if after is not None and _reopens(text, after, opened.family):
            found.append(Stretch(opened.at, end, opened.end, end, opened.family, runs_on=True))
            break
        closing = _closed_below(text, after, opened) if whole and after is not None else None
        if closing is not None:
            found.append(Stretch(opened.at, closing.end(), opened.end, closing.start(), opened.family))
            break
        if whole and introduced:
            # a paragraph of quotation after a colon, whose closing mark was left out
            found.append(Stretch(opened.at, end, opened.end, end, opened.family))
            break
    return found


def _closed_below(text: str, after: tuple[int, int], opened: _Open) -> re.Match[str] | None:
    """The mark of the next paragraph that closes a paragraph-long quotation: an odd one out there, and the first."""
    same = [m for m in _MARK.finditer(text, *after) if _ROLES[m[0]][0] == opened.family and _ROLES[m[0]][2]]
    straight = opened.mark in "\"''"
    if not same or len(same) % 2 == 0 or (not straight and same[0][0] in "“„«"):
        return None
    return same[0]


def _opens(text: str, at: int, to: int, start: int, end: int) -> bool:
    """Whether the mark at `at..to` stands where one opens: before a word, and not at the end of one."""
    mark = text[at:to]
    before = text[at - 1] if at > start else " "
    behind = text[to] if to < end else " "
    family = _ROLES[mark][0]
    if family.endswith("guillemet"):
        # French sets a space inside the marks
        return to < end and not before.isalnum()
    if behind.isspace() or mark == "’":
        return False
    if family == "single":
        return not before.isalnum() and before not in ".,!?)" and not _CUT.match(text, at, end)
    if mark in "“„‟" or mark == "``":
        return True
    if mark == "”":
        return before.isspace() and behind.isalnum()
    return not before.isalnum() and (before not in ".!?)" or behind.isupper())


def _closes(mark: str, before: str, behind: str, opened: _Open) -> bool:
    """Whether `mark` can close what `opened` opened."""
    if mark in "«»‹›":
        return mark != opened.mark
    if mark in "“‘":
        # closes low marks in German, and anything where it was mistyped for the closing one
        return not before.isspace() and (opened.mark in "„‟‚‛" or (mark == "“" and not behind.isalnum()))
    if opened.family == "single":
        return not behind.isalnum() and not before.isspace()
    if mark == "”":
        return True
    return not before.isspace() or not behind.isalnum()


def _reopens(text: str, after: tuple[int, int], family: str) -> bool:
    """Whether the paragraph at `after` begins with an opening mark of `family`."""
    start, end = after
    while start < end and text[start].isspace():
        start += 1
    m = _MARK.match(text, start, end)
    return m is not None and _ROLES[m[0]][0] == family and _opens(text, m.start(), m.end(), start, end)
