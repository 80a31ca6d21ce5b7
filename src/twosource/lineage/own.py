"""What of a report is its newsroom's own text, and the places (paragraphs) that each have one lineage.

Independent reports of one event share what neither newsroom wrote: quoted speech, headings, page furniture, the trade's set phrases
("on condition of anonymity"). All that is masked here, so that it is never taken for reuse.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from twosource.likeness.fingerprints import Words, prints, words
from twosource.likeness.known import digest
from twosource.model import Reading, Report
from twosource.reading.quotation_marks import stretches

#: A line of more words is not a paragraph but an article: its sentences are its places.
LINE_WORDS = 120

#: A line of up to so many words that ends in no stop is a heading.
HEADING_WORDS = 16

#: Speech that runs over lines, which `reading.quotation_marks` takes for none: texts set a sentence a line break within quotations.
_OVER_LINES = re.compile(
    r"“[^“”]{0,1500}”|“[^“”\n]{0,3000}$|«[^«»]{0,1500}»|„[^„“”]{0,1500}[“”]|「[^「」]{0,1500}」"
    r"|(?<!\w)\"(?=\S)[^\"\n]{0,1500}\"|(?<!\w)\"(?=\S)[^\"\n]{0,1000}(?:\n(?!\s*\")[^\"\n]{0,1000}){1,4}\""
    r"|(?<!\w)\"(?=\S)[^\"\n]{0,3000}$|(?<!\w)(?:''|``)(?=\S)[^\"\n]{0,1500}?(?:''|\")",
    re.MULTILINE,
)

#: Phrases that every newsroom writes in the same words: sourcing, refusals, responsibility, verification, the
#: names of crimes and sentences, rights, sign-offs.
_FORMULAS = re.compile(
    r"\bon (?:the )?condition (?:of anonymity|that [^.;\n]{0,60}not be (?:named|identified))[^.;\n]*"
    r"|\b(?:not|un) ?authori[sz]ed to (?:speak|talk|comment|brief|discuss|release)[^.;\n]*"
    r"|\b(?:did|do|does|had|has|have)(?: not|n['’]t) (?:immediately |yet )?(?:respond|return|repl|answer)[^.;\n]*"
    r"|\b(?:could|was|were)(?: not|n['’]t) (?:immediately |yet )?(?:be )?(?:immediately |independently )?"
    r"(?:reached|available|verif|confirm)[^.;\n]*"
    r"|\b(?:has|have) not been independently (?:verified|confirmed)[^.;\n]*"
    r"|\bdeclined (?:to comment|comment|to be (?:named|identified|interviewed))[^.;\n]*"
    r"|\bno (?:one|group|individual|organi[sz]ation)[^.;\n]{0,30} claim(?:ed|s)? responsibility[^.;\n]*"
    r"|\bthere (?:was|were|has been|have been) no immediate[^.;\n]*"
    r"|\bthis is a (?:breaking|developing)[^\n]*|\bthis (?:breaking|developing)? ?(?:news )?story (?:has been|will be) updated[^\n]*"
    r"|\b[^.\n]{0,120}contributed (?:to|reporting)[^\n]*|\ball rights reserved[^\n]*|\bthis material may not be[^\n]*"
    r"|\b(?:charged with|charges of|counts? of|convicted of|guilty (?:of|to)|indicted (?:on|for)|on suspicion of"
    r"|on probation for|sentenced to)\b[^.;\n]{0,160}"
    r"|\((?:additional )?(?:reporting|writing|editing) by[^)\n]*\)?",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?。！？…:;؟।]['\"”’»)\]」]*$|[”\"»」]$")
_SENTENCE = re.compile(r"(?:(?<=[.!?؟।])|(?<=[.!?]['\"”’»)]))\s+|(?<=[。！？])")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A place with one lineage: `start` and `end` in the text, its words `first` up to, not with, `last`."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Own:
    """A report as its newsroom's words. `weight` says what sharing a word proves: nothing where it is part of a name."""

    report: Report
    words: Words
    weight: tuple[float, ...]
    units: tuple[Unit, ...]
    prints: tuple[tuple[int, int], ...]

    def count(self, first: int = 0, last: int | None = None) -> int:
        """How many words from `first` up to `last` are the newsroom's own."""
        return sum(self.words.own[first:last])

    def mark(self) -> bytes:
        """A digest of all by which its words are set against another's."""
        return digest(*self.words.forms, "".join("01"[own] for own in self.words.own), repr(self.weight))

    def unit_of(self) -> list[int]:
        """The unit of each word."""
        return [n for n, u in enumerate(self.units) for _ in range(u.first, u.last)]


def own(reading: Reading) -> Own:
    """What of the report in `reading` is its newsroom's own."""
    report = reading.report
    found = words(report.text, _masks(reading))
    places = list(_places(reading))
    units: list[Unit] = []
    at = 0
    for n, (start, end) in enumerate(places):
        first = at
        reach = places[n + 1][0] if n + 1 < len(places) else len(report.text)
        while at < len(found) and found.starts[at] < reach:
            at += 1
        units.append(Unit(start, end, first, at))
    return Own(report, found, _weights(report.text, found), tuple(units), prints(found))


def _masks(reading: Reading) -> list[tuple[int, int]]:
    text = reading.report.text
    masks = [m.span() for pattern in (_OVER_LINES, _FORMULAS) for m in pattern.finditer(text)]
    masks += [(s.start, s.end) for s in stretches(text)]
    masks += [(s.start, s.end) for s in (*reading.report.head, *reading.furniture)]
    masks += [(p.start, p.end) for q in reading.quotes if q.kind == "direct" for p in q.parts]
    lines = [m.span() for m in re.finditer(r"[^\n\r]*\S[^\n\r]*", text)]
    headings = [(a, b) for a, b in lines if _heading(text[a:b])]
    if len(headings) < len(lines):  # a text without any full stop is no list of headings
        masks += headings
    return masks


#: Lines of which it is remembered what they are: a story that is followed is traced with each report that comes.
_REMEMBERED = 1 << 14


@functools.lru_cache(_REMEMBERED)
def _heading(line: str) -> bool:
    bare = line.strip()
    return not _STOP.search(bare) and len(words(bare[:400])) <= HEADING_WORDS


@functools.lru_cache(_REMEMBERED)
def _is_paragraph(line: str) -> bool:
    return len(words(line)) <= LINE_WORDS


def _places(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where the paragraphs stand: lines, or the sentences of a line that is a whole article."""
    text = reading.report.text
    for line in re.finditer(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*[^\s][^\n\r\x0b\x0c\x85\u2028\u2029]*", text):
        start, end = line.span()
        if _is_paragraph(line.group()):
            yield start, end
            continue
        inside = [s.start for s in reading.sentences if start <= s.start < end]
        inside = inside or [start + m.end() for m in _SENTENCE.finditer(line.group())]
        cuts = [start, *sorted({c for c in inside if start < c < end}), end]
        yield from ((a, b) for a, b in pairwise(cuts) if text[a:b].strip())


def _weights(text: str, found: Words) -> tuple[float, ...]:
    """1 for a word, 0 for one that is capitalised in a text that is not all in capitals, ½ for a character that is a word."""
    raw = [text[s:e] for s, e in zip(found.starts, found.ends, strict=True)]
    capitals = sum(w[0].isupper() for w in raw) > 0.6 * len(raw)
    return tuple(0.5 if _UNSPACED.match(w) else float(capitals or not w[0].isupper()) for w in raw)
