"""What one report has of another's text: the shared passages, and how much of each paragraph they make.

The thresholds are judgements, checked on the pairs in `tests/lineage/test_lineage_pairs.py` (most of them written first). `ALONE` for a
single run, `CHANGED` and the third in `MOST` came later, the first two after reading what ECB+ dev stories wrongly joined:

- `RUN`: a set phrase of the language seldom has more than six words that are no names, so a passage proves something from seven on.
- two newsrooms that word the same fact may hit on seven to ten words in a row; one run by itself proves reuse from twelve
  (`ALONE`), one with words changed within from eighteen (`CHANGED`).
- `TOGETHER`: several shorter passages prove it together once they have the length of a sentence.
- `MOST`: a paragraph is the source's where the source has half of its words, or a third that make a sentence; so is one that
  swallowed a paragraph of the source whole. In doubt the source has it: counting one newsroom twice is the worse error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twosource.likeness.fingerprints import Passage, Run, passages
from twosource.likeness.known import Answers, Shared
from twosource.lineage.own import Own
from twosource.model import Span

RUN = 7
ALONE = 12
CHANGED = 18
TOGETHER = 24
MOST = 0.5
THIRD = 1 / 3
SENTENCE = 20
SWALLOWED = 0.8
#: A text shorter than `ALONE` is another's if nearly all of it stands there.
NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class Reuse:
    """What `target` has of `source`: the runs, and for each of its paragraphs that is the source's, the source's paragraph
    and the number of words shared.
    """

    source: Own
    target: Own
    runs: tuple[Run, ...]
    units: dict[int, tuple[int, int]]
    same: bool

    @property
    def words(self) -> int:
        """How many of the target's own words the source has."""
        return sum(sum(self.target.words.own[r.b : r.b + r.length]) for r in self.runs)

    @property
    def share(self) -> float:
        """The part of the target's own words that the source has, 0..1."""
        return 1.0 if self.same else self.words / max(1, self.target.count())

    @property
    def spans(self) -> tuple[Span, ...]:
        """The shared words, in both reports."""
        a, b = self.source, self.target
        places = [(a, r.a, r.length) for r in self.runs] + [(b, r.b, r.length) for r in self.runs]
        return tuple(
            sorted({o.report.span(o.words.starts[at], o.words.ends[at + n - 1]) for o, at, n in places}, key=_place)
        )


def _place(span: Span) -> tuple[str, int, int]:
    return span.report, span.start, span.end


def reuses(pairs: Sequence[tuple[Own, Own]], known: Answers[Shared] | None = None) -> Iterator[Reuse]:
    """What the second of each pair has of the first, where that proves something. Pairs whose shared words are `known` cost no search."""
    answers = known if known is not None else Answers()
    marks = {i: o.mark() for i, o in {o.report.id: o for pair in pairs for o in pair}.items()}
    questions = [marks[source.report.id] + marks[target.report.id] for source, target in pairs]
    shared = answers.to(questions, lambda places: [_shared(*pairs[n]) for n in places])
    for (source, target), runs in zip(pairs, shared, strict=True):
        if runs:
            yield _reuse(source, target, tuple(Run(*r) for r in runs))


def _reuse(source: Own, target: Own, runs: tuple[Run, ...]) -> Reuse:
    if source.words.forms != target.words.forms:
        return Reuse(source, target, runs, _units(source, target, runs), same=False)
    home = source.unit_of()
    units = {
        n: (home[u.first] if u.first < len(home) else 0, target.count(u.first, u.last))
        for n, u in enumerate(target.units)
    }
    return Reuse(source, target, runs, units, same=True)


def _shared(source: Own, target: Own) -> Shared:
    """The runs of words that prove that `target` has something of `source`; none where that is not proved."""
    if source.words.forms and source.words.forms == target.words.forms:
        return ((0, 0, len(target.words)),)
    kept = [
        p for p in passages(source.words, target.words, source.prints, target.prints) if _proof(target, p) >= RUN - 2
    ]
    kept = [p for p in kept if sum(r.length for r in p) >= RUN]
    shared = sum(r.length for p in kept for r in p)
    smaller = min(source.count(), target.count())
    if not (
        any(_proof(target, (r,)) >= ALONE for p in kept for r in p)
        or any(_proof(target, p) >= CHANGED for p in kept)
        or sum(_proof(target, p) for p in kept) >= TOGETHER
        or (kept and shared >= NEARLY_ALL * smaller)
    ):
        return ()
    return tuple((r.a, r.b, r.length) for p in kept for r in p)


def _proof(target: Own, passage: Passage) -> float:
    """The words of a passage that are no names."""
    return sum(sum(target.weight[r.b : r.b + r.length]) for r in passage)


def _units(source: Own, target: Own, runs: tuple[Run, ...]) -> dict[int, tuple[int, int]]:
    there, here = source.unit_of(), target.unit_of()
    shared: dict[int, dict[int, int]] = {}
    taken: dict[tuple[int, int], int] = {}
    for r in runs:
        for n in range(r.length):
            v, u = there[r.a + n], here[r.b + n]
            shared.setdefault(u, {}).setdefault(v, 0)
            shared[u][v] += 1
            taken[v, u] = taken.get((v, u), 0) + 1
    out = {}
    for u, by in sorted(shared.items()):
        unit = target.units[u]
        total = sum(by.values())
        v, most = min(by.items(), key=lambda item: (-item[1], item[0]))
        size = source.count(source.units[v].first, source.units[v].last)
        part = total / max(1, target.count(unit.first, unit.last))
        if part >= MOST or (part >= THIRD and total >= SENTENCE) or (most >= ALONE and most >= SWALLOWED * size):
            out[u] = (v, total)
    return out


def quoted_along(source: Own, target: Own, unit: int) -> int | None:
    """The source's paragraph that has all of the target's `unit` word for word, quotations with it; None where none has.

    For paragraphs of hardly anything but quoted speech: they go with the copied paragraph beside them.
    """
    u = target.units[unit]
    wanted = target.words.forms[u.first : u.last]
    if not wanted:
        return None
    at = f" {' '.join(source.words.forms)} ".find(f" {' '.join(wanted)} ")
    if at < 0:
        return None
    word = f" {' '.join(source.words.forms)} "[:at].count(" ")
    return source.unit_of()[word]
