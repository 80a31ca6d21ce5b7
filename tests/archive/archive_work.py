"""What other processes do to an archive in these tests: they add, and are killed, at once or at a statement."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

#: Processes begin as copies of one that has imported what they need, and nothing of the tests' own: no threads, no open archives.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(
    ["twosource.archive", "twosource.archive.incoming", "alembic.command", "sqlalchemy.dialects.sqlite"]
)


def report_lines(path: Path, ids: list[str]) -> Path:
    """A file of one report a line, with these ids."""
    with path.open("w", encoding="utf-8") as file:
        for i in ids:
            text = (
                f"Barge {i} sank off Karsmouth on Monday.\n"
                + f"A tug took up the crew of {i}, the harbour office said.\n" * 9
            )
            file.write(json.dumps({"id": i, "outlet": "Tern", "text": text}) + "\n")
    return path


def add(place: str, file: Path, batch: int, acknowledge: Connection | None = None) -> None:
    """Add the reports of `file` in small batches, and say how many stand after each."""
    from twosource.archive import Archive, adding
    from twosource.archive.incoming import incoming

    with Archive.open(place) as archive:
        adding.keep(
            archive.store,
            incoming(file),
            keep_raw=True,
            batch=batch,
            done=None if acknowledge is None else lambda added: acknowledge.send(added.reports),
        )
    if acknowledge is not None:
        acknowledge.send(None)


def upgrade_and_die(place: str, to: str, at: int) -> None:
    """Take the steps up to `to`, and be killed before the change with number `at`, or the commit after the last; else end in peace."""
    from sqlalchemy import event

    from twosource.archive.store import opened
    from twosource.archive.upgrades import upgrade

    store = opened(place, create=True)
    count = 0

    @event.listens_for(store.engine, "before_cursor_execute")
    def one_more(*told: object) -> None:
        nonlocal count
        if len(told) > 2 and str(told[2]).lstrip().startswith(("SELECT", "PRAGMA main.", "PRAGMA temp.")):
            return  # it changes nothing
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(store.engine, "commit")
    def at_the_end(*_: object) -> None:
        one_more()

    upgrade(store, to)
    store.close()
