"""Reports → stories, as they arrive.

Reports come in lots: one at a time where they arrive so, a day's at once where they are known. In each lot, copies are set aside;
then every report is a story of its own, and the two stories that most surely tell of one event are joined, again and again, until no
two do. So within a lot nothing depends on the order of arrival, and a story that a later report shows to be one with another is joined
to it like any other. A story that has grown is looked at again: where later reports show it to be two, it is parted.

What a report costs does not grow with the reports before it: each is compared with the few open stories that share its rarest words.
"""

from __future__ import annotations

import copy
import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from twosource.limits import OPEN_STORIES
from twosource.model import Report, content_id
from twosource.stories.copies import Copies
from twosource.stories.nearness import WINDOW, apart, odds
from twosource.stories.parting import parts
from twosource.stories.postings import KEYS, Postings
from twosource.stories.profile import Profile, common, dots, heaviest, profile, sum_of, together
from twosource.stories.rarity import Rarity
from twosource.stories.reasons import shared
from twosource.stories.story import Joined, Story
from twosource.stories.titles import title
from twosource.stories.traits import Traits, traits

#: Members of a story whose own profiles are kept, for a second look at it and for its title.
_KEPT = 32

#: A story is looked at again when it has grown by half.
_AGAIN = 1.5

#: Forms of words kept to be shown.
_FORMS = 1_000_000

TOO_SHORT = "too short to tell what it is about"


@dataclass(slots=True)
class _Open:
    """A story that reports may still join: numbers of reports, and what they are like together.

    `kept` are members with their own profiles; `looked` is how many reports it had when it was last looked at.
    """

    members: list[int]
    profile: Profile
    keys: tuple[str, ...]
    kept: list[tuple[int, Profile]]
    joined: list[Joined] = field(default_factory=list)
    looked: int = 1
    version: int = 0


class Grouping:
    """Stories that grow as reports are added.

    >>> from twosource.sources import from_text
    >>> grouping = Grouping()
    >>> grouping.add([from_text("A ferry sank off Karsmouth on Monday.", file=name) for name in ("a.txt", "b.txt")])
    >>> [len(story.reports) for story in grouping.stories()]
    [2]
    """

    def __init__(self, surface: Callable[[Report], Traits] = traits) -> None:
        """`surface` gives what shows on a report's surface, for who knows it already."""
        self._surface = surface
        self._ids: list[str] = []
        self._seen: set[str] = set()
        self._rarity = Rarity()
        self._copies = Copies()
        self._copy_of: dict[int, int] = {}
        self._postings = Postings()
        self._open: dict[int, _Open] = {}
        self._home: dict[int, int] = {}
        self._closed: list[tuple[int, Story]] = []
        self._closed_since = 0
        self._forms: dict[str, str] = {}
        self._titles: dict[int, str] = {}
        self._short: set[int] = set()
        #: Stories of another grouping, which must not be changed: see `branch`.
        self._lent: set[int] = set()

    def add(self, reports: Iterable[Report]) -> None:
        """Take in one lot of reports; those that were taken in before are passed over."""
        touched = self._begin(reports)
        self._join(touched)
        if parted := self._part(touched):
            self._join(parted)
        self._close()

    def stories(self) -> tuple[Story, ...]:
        """All stories as they stand, in the order in which their first reports came."""
        found = [*self._closed, *((story.members[0], self._told(story)) for story in self._open.values())]
        return tuple(story for _, story in sorted(found, key=lambda item: item[0]))

    def branch(self) -> Grouping:
        """A grouping that goes on from here and leaves this one as it is, which takes in nothing while the branch is in use."""
        made = Grouping(self._surface)
        made._ids, made._closed = [*self._ids], [*self._closed]
        made._seen, made._short, made._lent = {*self._seen}, {*self._short}, {*self._open}
        made._rarity, made._copies, made._postings = _own(self._rarity), _own(self._copies), _own(self._postings)
        made._copy_of, made._open, made._home = {**self._copy_of}, {**self._open}, {**self._home}
        made._forms, made._titles = {**self._forms}, {**self._titles}
        made._closed_since = self._closed_since
        return made

    def _mine(self, number: int) -> _Open:
        """The story `number`, to be changed."""
        if number in self._lent:
            self._lent.discard(number)
            lent = self._open[number]
            self._open[number] = replace(lent, members=[*lent.members], kept=[*lent.kept], joined=[*lent.joined])
        return self._open[number]

    def _begin(self, reports: Iterable[Report]) -> list[int]:
        """A story for each report that is no copy of another; their numbers."""
        fresh: dict[int, Traits] = {}
        copies: dict[int, list[int]] = {}

        def lives(other: int) -> bool:
            return other in fresh or other in self._home

        for report in reports:
            if report.id in self._seen:
                continue
            self._seen.add(report.id)
            number = len(self._ids)
            self._ids.append(report.id)
            same = self._copies.same_text(report.text_sha256)
            if same is not None and lives(same):
                copies.setdefault(same, []).append(number)
                continue
            known = self._surface(report)
            original = self._copies.original(number, known, report.text_sha256, lives)
            if original is not None:
                copies.setdefault(original, []).append(number)
                continue
            fresh[number] = known
            self._titles[number] = title(report)
            if len(self._forms) < _FORMS:
                for term, form in known.forms.items():
                    self._forms.setdefault(term, form)
        self._rarity.see((*of.words, *of.places, *of.numbers) for of in fresh.values())
        for number, of in fresh.items():
            made = profile(of, self._rarity)
            keys = tuple(heaviest(made, KEYS)) if of.enough else ()
            self._open[number] = _Open([number], made, keys, [(number, made)])
            self._home[number] = number
            self._postings.add(keys, number, self._size)
            if not of.enough:
                self._short.add(number)
        for original, numbers in copies.items():
            story = self._mine(self._home[original])
            story.members.extend(numbers)
            story.joined.append(Joined("copy", tuple(self._ids[n] for n in numbers), self._ids[original]))
            self._copy_of.update(dict.fromkeys(numbers, original))
            self._touch(self._home[original])
        return [number for number, of in fresh.items() if of.enough]

    def _size(self, number: int) -> int:
        """Reports of the story, copies counted once; 0 where it is part of another by now, or closed."""
        story = self._open.get(number)
        return story.profile.count if story else 0

    def _touch(self, number: int) -> None:
        """Put the story behind all others in the order in which they are closed."""
        self._open[number] = self._open.pop(number)

    def _candidates(self, number: int, before: set[tuple[int, ...]]) -> Iterator[tuple[float, int, int]]:
        """The stories near the story `number`, and how surely each is one with it, where that is likely at all and was not asked before."""
        story = self._open[number]

        opened, mine = self._open, story.profile

        def fits(other: int) -> bool:
            return other != number and other in opened and apart(mine, opened[other].profile) <= WINDOW

        for other in self._postings.near(story.keys, story.profile.fields[0][0], fits):
            pair = min(number, other), max(number, other)
            if (sure := self._sure(*pair, before)) is not None:
                yield sure, *pair

    def _sure(self, a: int, b: int, before: set[tuple[int, ...]]) -> float | None:
        """How surely two stories are one; None where that is not likely at all, or was asked before of them as they stand."""
        one, other = self._open[a], self._open[b]
        asked = a, b, one.version, other.version
        if asked in before:
            return None
        before.add(asked)
        sure = odds(one.profile, other.profile)
        return sure if sure >= 0 else None

    def _join(self, touched: Sequence[int]) -> None:
        """Join the two stories that are most surely one, again and again, until no two are."""
        heap: list[tuple[float, int, int, int, int]] = []
        into: dict[int, int] = {}
        before: set[tuple[int, ...]] = set()

        def push(sure: float, a: int, b: int) -> None:
            heapq.heappush(heap, (-sure, a, b, self._open[a].version, self._open[b].version))

        for number in touched:
            for pair in self._candidates(number, before):
                push(*pair)
        while heap:
            less, a, b, version_a, version_b = heapq.heappop(heap)
            now = min(_end(into, a), _end(into, b)), max(_end(into, a), _end(into, b))
            if now[0] == now[1]:
                continue
            first, second = (self._open[n] for n in now)
            if now != (a, b) or (first.version, second.version) != (version_a, version_b):
                if apart(first.profile, second.profile) <= WINDOW and (sure := self._sure(*now, before)) is not None:
                    push(sure, *now)
                continue
            into[now[1]] = now[0]
            self._merge(*now, -less)
            for pair in self._candidates(now[0], before):
                push(*pair)

    def _merge(self, into: int, number: int, sure: float) -> None:
        """Let the story `number` be part of the older story `into`."""
        older, younger = self._mine(into), self._open.pop(number)
        why = shared(older.profile, younger.profile, self._forms)
        came = tuple(self._ids[n] for n in sorted(younger.members))
        step = Joined("shared", came, self._ids[older.members[0]], **why, odds=round(sure, 2))
        for member in younger.members:
            if member not in self._copy_of:
                self._home[member] = into
        older.joined += [*younger.joined, step]
        older.members += younger.members
        self._rarity.join(common(older.profile, younger.profile))
        older.profile = together(older.profile, younger.profile)
        room = max(0, _KEPT - len(older.kept))
        for member, _ in younger.kept[room:]:
            del self._titles[member]
        older.kept += younger.kept[:room]
        older.looked = max(older.looked, younger.looked)
        older.version += 1
        self._key(into, older)
        self._touch(into)

    def _key(self, number: int, story: _Open) -> None:
        """Let the heaviest words of the story lead to it."""
        keys = tuple(heaviest(story.profile, KEYS))
        had = frozenset(story.keys)
        self._postings.add([key for key in keys if key not in had], number, self._size)
        story.keys = keys

    def _part(self, touched: Sequence[int]) -> list[int]:
        """Look again at the stories that have grown; the numbers of those that were parted."""
        found = []
        for number in sorted({self._home[n] for n in touched}):
            story = self._open[number]
            if len(story.kept) < story.profile.count or story.profile.count < _AGAIN * story.looked:
                continue
            story = self._mine(number)
            story.looked = story.profile.count
            story.kept.sort(key=lambda item: item[0])
            if sides := parts([of for _, of in story.kept]):
                found += [number, self._parted(number, *([story.kept[n] for n in side] for side in sides))]
        return found

    def _parted(self, number: int, stays: list[tuple[int, Profile]], goes: list[tuple[int, Profile]]) -> int:
        """Make two stories of one, each report with its copies; the number of the new one."""
        whole, new = self._open[number], goes[0][0]
        gone = {member for member, _ in goes}
        sides: tuple[list[int], list[int]] = ([], [])
        for member in whole.members:
            sides[self._copy_of.get(member, member) in gone].append(member)
        # The order of arrival, so that each part is called by its first report.
        sides[0].sort()
        sides[1].sort()
        leave = tuple(self._ids[n] for n in sides[1])
        left = Joined("parted", leave, self._ids[whole.members[0]])
        for where, members, kept in ((number, sides[0], stays), (new, sides[1], goes)):
            own = frozenset(self._ids[n] for n in members)
            steps = [
                replace(step, reports=tuple(r for r in step.reports if r in own))
                for step in whole.joined
                if step.beside in own and not own.isdisjoint(step.reports)
            ]
            story = _Open(
                members, sum_of([of for _, of in kept]), (), kept, [*steps, left], len(kept), whole.version + 1
            )
            self._open[where] = story
            self._key(where, story)
            for member, _ in kept:
                self._home[member] = where
        return new

    def _close(self) -> None:
        """Close the stories that no report has joined for longest, where too many are open."""
        while len(self._open) > OPEN_STORIES:
            number = next(iter(self._open))
            story = self._open.pop(number)
            self._closed.append((story.members[0], self._told(story)))
            for member in story.members:
                self._home.pop(member, None)
                self._titles.pop(member, None)
                self._copy_of.pop(member, None)
                self._short.discard(member)
            self._closed_since += 1
        if self._closed_since > OPEN_STORIES // 4:
            self._postings.forget(self._open.__contains__)
            self._closed_since = 0

    def _told(self, story: _Open) -> Story:
        ids = tuple(self._ids[n] for n in sorted(story.members))
        heads = max(story.kept, key=lambda item: (dots(item[1], story.profile)[0], -item[0]))[0]
        note = TOO_SHORT if heads in self._short else None
        return Story(content_id("e", ids[0]), self._titles[heads], ids, tuple(story.joined), note)


_Index = TypeVar("_Index", Rarity, Copies, Postings)


def _own(index: _Index) -> _Index:
    """A copy to be changed: what stands in the dictionaries of an index is replaced, never changed itself."""
    made = copy.copy(index)
    for name in index.__slots__:
        if isinstance(held := getattr(index, name), dict):
            setattr(made, name, held.copy())
    return made


def _end(into: dict[int, int], number: int) -> int:
    """The story that `number` is part of by now."""
    while number in into:
        number = into[number]
    return number
