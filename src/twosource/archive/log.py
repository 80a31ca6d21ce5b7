"""The log of changes: append-only, each entry holding the hash of the one before, so that none can be changed, taken out or put between.

Nothing inside a database can prove that its newest entries were not cut off. Who wants that proved notes the newest hash elsewhere, on
paper or in a mail, and gives it to `check` later.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from twosource.archive.schema import log
from twosource.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: What the first entry holds in place of the hash of the one before.
FIRST = "0" * 64

#: What the log calls the taking out of what can be made again.
PRUNED = "prune"

_HASH = re.compile("[0-9a-f]{64}")

#: Up to so many digits of a hash are taken for slips of the pen.
_SLIPS = 4

_FIELDS = ("seq", "at", "who", "tool", "action", "subject", "digest", "before")


def hashed(entry: Mapping[str, Any]) -> str:
    """The hash of an entry: sha-256 of its other fields as JSON."""
    return hashlib.sha256(json.dumps([entry[f] for f in _FIELDS], separators=(",", ":")).encode()).hexdigest()


def noted(connection: Connection, words: str) -> str | None:
    """The hash that somebody noted, as the log has it; None where the log has no such, though it is one.

    Raises UsageError where `words` are no hash, or one that the log has but for a few digits: then they were noted or typed wrongly.
    """
    from sqlalchemy import select

    given = words.strip().lower()
    if not _HASH.fullmatch(given):
        have = f"{len(given)} characters" if len(given) != 64 else "others among them"
        raise UsageError(f"--head: “{words:.80}” is no hash of a log, which has 64 digits 0-9 and a-f, not {have}")
    if connection.scalar(select(log.c.seq).where(log.c.hash == given)) is not None:
        return given
    for seq, one in connection.execute(select(log.c.seq, log.c.hash)).tuples():
        if (slips := sum(a != b for a, b in zip(one, given, strict=False))) <= _SLIPS:
            raise UsageError(
                f"--head: the log has no hash {given}, but that of entry {seq} differs from it in {slips} of 64 digits ({one}): "
                "look again at what was noted"
            )
    return None


def holds(connection: Connection, action: str, subject: str) -> bool:
    """Whether the log says that `action` was done to `subject`, and that it was not taken out since.

    Who looks for something and does not find it asks this before saying that it is not there: an index may be damaged.
    """
    from sqlalchemy import select

    query = select(log.c.action).where(log.c.subject == subject, log.c.action.in_((action, PRUNED)))
    return connection.scalar(query.order_by(log.c.seq.desc()).limit(1)) == action


class Writer:
    """Appends to the log inside one transaction of a Store; `write` puts down what was gathered."""

    def __init__(self, connection: Connection, at: str, who: str, tool: str) -> None:
        from sqlalchemy import select

        self._connection = connection
        self._common = {"at": at, "who": who, "tool": tool}
        last = connection.execute(select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).limit(1)).first()
        self._seq, self._before = (0, FIRST) if last is None else (int(last.seq), str(last.hash))
        self._entries: list[dict[str, Any]] = []

    def note(self, action: str, subject: str, digest: str) -> None:
        """Note that `action` was done to `subject`, whose row has this digest."""
        self._seq += 1
        entry = {
            "seq": self._seq, **self._common, "action": action, "subject": subject, "digest": digest, "before": self._before,
        }  # fmt: skip
        self._before = entry["hash"] = hashed(entry)
        self._entries.append(entry)

    def write(self) -> None:
        """Write the entries down."""
        if self._entries:
            self._connection.execute(log.insert(), self._entries)
            self._entries = []
