"""Rounds over the feeds that are watched: ask those that are due, keep what is new, tell what it changes.

When a feed is asked again is counted on a clock that only grows, so that a clock set back or forward changes nothing; after a
restart all are asked, politely. A feed that fails is asked ever more seldom, up to a day, one that is gone (410) no more. Feeds are
asked by a few threads, for one that does not answer must not keep the others waiting; the archive is written by one.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from twosource.errors import ArchiveError, SourceError, TwoSourceError
from twosource.sources.web import Web
from twosource.sources.web_world import World
from twosource.watch.events import Event, event_json
from twosource.watch.following import Following
from twosource.watch.outbox import Outbox
from twosource.watch.polling import Polled, poll, remembered

if TYPE_CHECKING:
    from twosource.archive import Archive

#: Feeds that are asked at one time.
THREADS = 4

#: Seconds for which a feed that is silent keeps back what those after it in the list have answered.
_PATIENCE = 2.0

#: Seconds after which a feed that fails is asked again at the latest.
_LONGEST = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: feeds that were `asked` and `answered`, reports that are `new` (corrections among them), the number of
    `events`, what could not be had, the seconds until the next feed is due (None where none is), the feeds that fail, those that
    had failed and answer again, and the events that are still `untold`.
    """

    asked: int
    answered: int
    new: int
    events: int
    problems: tuple[SourceError, ...]
    wait: float | None
    failing: int
    again: tuple[str, ...] = ()
    untold: int = 0


class Watch:
    """Feeds, sitemaps and pages that are watched, on an archive. Events go to the outbox, whose channels tell them."""

    def __init__(
        self,
        archive: Archive,
        addresses: Sequence[str],
        outbox: Outbox,
        *,
        web: Web,
        every: float,
        world: World | None = None,
    ) -> None:
        self._archive = archive
        self._outbox = outbox
        self._web = web
        self._every = every
        self._world = world or World()
        self._following: Following | None = None
        self._memory = {a: remembered(archive.noted("watch feed", _name(a))) for a in dict.fromkeys(addresses)}
        self._due = dict.fromkeys(self._memory, self._world.monotonic())

    def round(self, asking: Callable[[int, int], None] = lambda asked, due: None) -> Round:
        """Ask the feeds that are due; `asking` is told how many of how many have answered, or failed.

        Raises ArchiveError where the archive cannot be written: what was not kept is asked for again in the next round, and what was
        kept and not told is told then.
        """
        try:
            return self._round(asking)
        except ArchiveError:
            # As after a crash: what was told is taken from the archive.
            self._following = None
            raise

    def _round(self, asking: Callable[[int, int], None]) -> Round:
        events = 0
        self._outbox.begin()
        if self._following is None:
            self._following = Following(self._archive)
            events += self._pass_on(self._following, self._following.begin())
        now = self._world.monotonic()
        due = [a for a, at in self._due.items() if at <= now]
        asked = answered = new = 0
        problems: list[SourceError] = []
        again: list[str] = []
        asking(0, len(due))
        for polled in _in_threads(lambda a: poll(self._web, a, self._memory[a]), due):
            asked += 1
            asking(asked, len(due))
            answered += polled.answered
            problems += polled.problems
            added = self._archive.keep(polled.found)
            new += added.new + added.corrected
            problems += added.problems
            problems += self._read(added.names)
            events += self._pass_on(self._following, self._following.take(added.names))
            if polled.answered and self._memory[polled.address].failures:
                again.append(polled.address)
            # Remembered last: what was not kept must not count as seen.
            self._remember(polled)
        untold = self._outbox.deliver()
        problems += self._following.faults
        self._following.faults.clear()
        wait = min(self._due.values(), default=None)
        failing = sum(m.failures > 0 for m in self._memory.values())
        left = None if wait is None else max(0.0, wait - self._world.monotonic())
        return Round(asked, answered, new, events, tuple(problems), left, failing, tuple(again), untold)

    def _read(self, names: Sequence[str]) -> Iterator[SourceError]:
        """Read what is new, one by one, so that a report on which the reader fails is named and costs no other."""
        for name in names:
            try:
                self._archive.read([name])
            except TwoSourceError:
                raise
            except Exception as error:
                yield SourceError(
                    name, f"it could not be read, by a fault of twosource ({error!r}): it is kept, and told unread"
                )

    def _pass_on(self, following: Following, events: list[Event]) -> int:
        """Put events where none is lost, note that they are there, and tell them; how many."""
        if events:
            at = self._world.now().strftime("%Y-%m-%dT%H:%M:%SZ")
            self._outbox.put(event_json(event, at) for event in events)
        following.note()
        if events:
            self._outbox.deliver()
        return len(events)

    def _remember(self, polled: Polled) -> None:
        if polled.memory != self._memory[polled.address]:
            self._memory[polled.address] = polled.memory
            self._archive.note("watch feed", _name(polled.address), polled.memory.to_json())
        if polled.memory.gone:
            del self._due[polled.address]
            return
        wait = min(self._every * 2.0 ** min(polled.memory.failures, 10), max(_LONGEST, self._every))
        # A tenth of chance, so that feeds that were asked together do not stay together.
        self._due[polled.address] = self._world.monotonic() + max(
            wait * (0.95 + 0.1 * self._world.jitter()), polled.again
        )


def _in_threads(do: Callable[[str], Polled], addresses: Sequence[str]) -> Iterator[Polled]:
    """What `do` makes of each address, a few ahead of who takes it. `do` raises nothing.

    In their order, so that the same answers give the same stories; but what takes long is passed over, and given when it comes.
    The threads are daemons: an interrupt need not wait for a site that is silent.
    """
    todo: Iterator[tuple[int, str]] = iter(enumerate(addresses))
    done: dict[int, Polled] = {}
    came = threading.Condition()
    room = threading.Semaphore(2 * THREADS)

    def work() -> None:
        while True:
            room.acquire()
            with came:
                number, address = next(todo, (None, ""))
            if number is None:
                room.release()
                return
            polled = do(address)
            with came:
                done[number] = polled
                came.notify_all()

    for _ in range(min(THREADS, len(addresses))):
        threading.Thread(target=work, name="asking", daemon=True).start()
    left = dict.fromkeys(range(len(addresses)))
    try:
        while left:
            with came:
                first = next(iter(left))
                if not came.wait_for(partial(done.__contains__, first), _PATIENCE):
                    came.wait_for(partial(bool, done))
                number = first if first in done else min(done)
                polled = done.pop(number)
            del left[number]
            room.release()
            yield polled
    finally:
        # Who took it has had enough, the archive being locked, say: what is not asked yet is asked no more.
        with came:
            todo = iter(())
        room.release(THREADS)


def _name(address: str) -> str:
    """What the archive calls the feed: its address, shortened where it is long."""
    return address if len(address) <= 400 else f"{address[:300]}#{hashlib.sha256(address.encode()).hexdigest()}"
