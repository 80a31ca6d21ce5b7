"""Events on their way out: noted in the archive before they are told and taken out after, so that none is lost to a crash.

An event may be told twice, with the same id, where the program was killed between telling it and noting that; it is never not told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from twosource.errors import TwoSourceError

if TYPE_CHECKING:
    from twosource.archive import Archive

#: Tells one event, given as its line of JSON. Raises `Undelivered` where that must be tried again.
Channel: TypeAlias = Callable[[str], None]

#: Events that wait at most. A receiver that has been dead for longer than this must look at the archive itself.
WAITING = 10_000

#: Notes of one delivery, at most: after each event where few wait, so that a crash makes one come twice and no more.
_NOTES = 50


class Undelivered(TwoSourceError):
    """An event could not be told now."""


class Outbox:
    """Events that are still to be told, and to whom; `channels` are who, by name."""

    def __init__(self, archive: Archive, channels: Mapping[str, Channel], say: Callable[[str], None]) -> None:
        self._archive = archive
        self._channels = channels
        self._say = say
        #: Channels that have failed in this round, and are left alone until the next.
        self._failed: set[str] = set()
        noted: list[dict[str, Any]] = json.loads(archive.noted("watch", "outbox") or "[]")
        #: A channel that is not asked for this time is not waited for.
        self._waiting = [w | {"to": [c for c in w["to"] if c in channels]} for w in noted]

    def put(self, lines: Iterable[str]) -> None:
        """Take in events, as lines of JSON; those that wait already, by id, are passed over: two claims may rest on the same statements."""
        here = {json.loads(w["event"])["id"] for w in self._waiting}
        fresh: dict[str, str] = {}
        for line in lines:
            fresh.setdefault(json.loads(line)["id"], line)
        fresh = {name: line for name, line in fresh.items() if name not in here}
        if not fresh:
            return
        self._waiting += [{"event": line, "to": list(self._channels)} for line in fresh.values()]
        if (over := len(self._waiting) - WAITING) > 0:
            self._say(f"{over:,} of the oldest events were not told: more than {WAITING:,} waited")
            del self._waiting[:over]
        self._note()

    def begin(self) -> None:
        """A new round begins: channels that failed are asked again."""
        self._failed.clear()

    def deliver(self) -> int:
        """Tell what waits, in order; how many events still do. A channel that fails is left alone until the next round, for one that is
        dead may take minutes to show it.
        """
        if not self._waiting:
            return 0
        failed = self._failed
        batch = -(-len(self._waiting) // _NOTES)
        try:
            for number, waiting in enumerate(self._waiting):
                for channel in list(waiting["to"]):
                    if channel in failed:
                        continue
                    try:
                        self._channels[channel](waiting["event"])
                    except Undelivered as error:
                        self._say(str(error))
                        failed.add(channel)
                    else:
                        waiting["to"].remove(channel)
                if number % batch == batch - 1:
                    self._note()
        finally:
            # Also where it is interrupted, so that what was told is not told again.
            self._waiting = [w for w in self._waiting if w["to"]]
            self._note()
        return len(self._waiting)

    def _note(self) -> None:
        self._archive.note("watch", "outbox", json.dumps([w for w in self._waiting if w["to"]]))
