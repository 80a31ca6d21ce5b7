"""Mailboxes (mbox): one mail after the other in one file, each a report of its own (RFC 4155)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from twosource.errors import SourceError
from twosource.limits import FILE_BYTES, LINE_BYTES
from twosource.model import Report
from twosource.sources.members import reports_in
from twosource.sources.raw import Raw
from twosource.sources.worker import Answer

#: The line that stands before each mail: who sent it and when.
_POSTMARK = re.compile(rb"From \S.*\d{4}\s*$")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:")
_ID = re.compile(rb"(?im)^Message-ID:\s*<([^<>\s]{1,200})>")

#: Bytes of a mail in which its id is looked for.
_HEAD = 64 * 1024


def is_mailbox(raw: Raw) -> bool:
    """Whether it is a mailbox: a postmark, and a mail's header below it."""
    first, _, rest = raw.head.partition(b"\n")
    return (
        first.startswith(b"From ")
        and bool(_HEADER.match(rest))
        and (raw.suffix == ".mbox" or bool(_POSTMARK.match(first)))
    )


def mails(raw: Raw) -> Iterator[Report | SourceError]:
    """The reports of the mails in a mailbox, in its order, each named by its Message-ID, else by its number."""
    yield from reports_in("mailbox", raw)


def messages(stream: IO[bytes]) -> Iterator[Answer]:
    """The mails in the mailbox `stream`, each as one member. Runs in the worker."""
    count = 0
    kept: list[bytes] = []
    size = 0
    blank = True
    while True:
        line = stream.readline(LINE_BYTES)
        if not line or (blank and _POSTMARK.match(line)):
            if count and size > FILE_BYTES:
                yield {"problem": f"it is larger than {FILE_BYTES >> 20} MB, the most that is read of one mail: it is left unread",
                       "in": str(count), "large": True}, b""  # fmt: skip
            elif count:
                mail = b"".join(kept)
                found = _ID.search(mail[:_HEAD])
                yield (
                    {"member": found[1].decode("latin-1") if found else str(count), "kind": ".eml", "whole": True},
                    mail,
                )
            if not line:
                return
            count, kept, size = count + 1, [], 0
        else:
            size += len(line)
            if size <= FILE_BYTES:
                kept.append(line[1:] if re.match(rb">+From ", line) else line)
            else:
                kept = []
        blank = not line.strip(b"\r\n")
