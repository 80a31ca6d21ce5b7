"""`watch`: feeds over time, on an archive."""

from __future__ import annotations

import json
import math
import os
import sys
from typing import TYPE_CHECKING

import click

from twosource.cli import options
from twosource.cli.archive import where
from twosource.cli.codes import DONE, NOTHING_READ, SOME_UNREAD
from twosource.cli.writing import is_terminal, put, say
from twosource.errors import ArchiveError, SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from twosource.watch import Round, Watch
    from twosource.watch.outbox import Channel

SECRET = "TWOSOURCE_WEBHOOK_SECRET"  # noqa: S105 - the name of the variable that holds it

#: Seconds after which an archive that could not be written is tried again.
_LATER = 60.0

#: Problems that are remembered as said; then they are said anew.
_SAID = 10_000


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS.opml|ADDRESS…")
@where
@click.option(
    "--every",
    type=click.FloatRange(1, 7 * 24 * 60),
    default=10,
    show_default=True,
    metavar="MINUTES",
    help="How often a feed is asked.",
)
@click.option("--once", is_flag=True, help="Ask every feed once, tell what is new, and end.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON an event, on a terminal too.")
@click.option(
    "--on-change", metavar="COMMAND", help="Run this by the shell for each event, its JSON on standard input."
)
@click.option("--webhook", metavar="ADDRESS", help=f"Post each event here, signed with the secret in {SECRET}.")
@options.allow_private
@options.debug
def watch(
    feeds: tuple[str, ...], place: str | None, every: float, once: bool, as_json: bool, on_change: str | None, webhook: str | None,
    allow_private: bool,
) -> int:  # fmt: skip
    """Keep what is new in feeds, sitemaps or pages, and tell what it changes: a new story, a claim that a second newsroom now confirms
    or that is confirmed no more, a conflict, a figure that rose or fell, a correction. One line an event; JSON where the output is
    no terminal.
    """
    from twosource.sources.folders import is_address

    if math.isnan(every):
        raise UsageError("--every nan: give a number of minutes")
    addresses = listed(feeds)
    if webhook and not is_address(webhook):
        raise UsageError(f"--webhook {webhook}: it is no address: give one that begins with https:// or http://")
    if webhook and not os.environ.get(SECRET):
        raise UsageError(
            f"--webhook: set {SECRET} to the secret that the receiver knows: what is not signed, anybody can send"
        )
    from twosource.archive import Archive
    from twosource.sources.web import Web
    from twosource.watch import Outbox, Watch, hooks

    status = _Status()
    written = _written(as_json or not is_terminal())

    def tell(words: str) -> None:
        status.clear()
        say(words)

    def printed(event: str) -> None:
        status.clear()
        put(written(event), None)

    channels: dict[str, Channel] = {"out": printed}
    if on_change:
        channels["command"] = hooks.command(on_change, tell)
    if webhook:
        channels["webhook"] = hooks.webhook(webhook, os.environ[SECRET])
    with Archive.open(place) as archive:
        outbox = Outbox(archive, channels, tell)
        watching = Watch(archive, addresses, outbox, web=Web(allow_private=allow_private), every=every * 60)
        try:
            return _rounds(watching, len(addresses), once, tell, status)
        finally:
            status.clear()


def _rounds(watching: Watch, feeds: int, once: bool, tell: Callable[[str], None], status: _Status) -> int:
    """Round after round, until there is nothing left to watch; the exit code."""
    from twosource.sources.web_world import World

    said: set[str] = set()
    began, wrong = False, ""

    def asking(asked: int, due: int) -> None:
        if due:
            status.show(f"asking the feeds: {asked:,} of {due:,}")

    while True:
        try:
            told = watching.round(asking)
        except ArchiveError as error:
            # An archive that was there and is not, for an hour or a night, must not end what was left running.
            if once or not began:
                raise
            if str(error) != wrong:
                wrong = str(error)
                tell(f"{error} (tried again every {_LATER:g} s)")
            World().sleep(_LATER)
            continue
        began, wrong = True, ""
        for address in told.again:
            said = {one for one in said if not one.startswith(f"{address}: ")}
            tell(f"{address}: it answers again")
        for problem in told.problems:
            # What fails in the same way round after round is said once.
            if str(problem) not in said:
                said.add(str(problem))
                tell(str(problem))
        if len(said) > _SAID:
            said.clear()
        if once:
            return _code(told)
        if told.wait is None:
            tell("every feed is gone: nothing is left to watch")
            return NOTHING_READ
        wait = f"{told.wait / 60:.0f} min" if told.wait >= 90 else f"{told.wait:.0f} s"
        status.show(f"{feeds} feeds, {told.failing} failing; the next is asked in {wait}")
        World().sleep(told.wait)


def listed(feeds: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses that are named: by themselves, in lists of feeds (OPML), or in files of one address a line.

    Raises UsageError where something else is named, SourceError where a list cannot be read.
    """
    from twosource.sources.feeds import is_list
    from twosource.sources.feeds import listed as in_list
    from twosource.sources.folders import is_address
    from twosource.sources.raw import opened

    found: list[str] = []
    for name in feeds:
        if is_address(name):
            found.append(name)
            continue
        try:
            with opened(name) as raw:
                if is_list(raw):
                    found += in_list(raw)
                    continue
                lines = raw.whole().decode("utf-8-sig", "replace").splitlines()
        except OSError as error:
            raise SourceError(
                name, f"it cannot be opened: {error.strerror or error}: give an address, or a list of feeds (OPML)"
            ) from None
        named = [address for line in lines if (address := f" {line}".partition(" #")[0].strip())]
        if not named or not all(map(is_address, named)):
            raise UsageError(f"{name}: it is no list of feeds: give OPML, or one address on each line")
        found += named
    return tuple(dict.fromkeys(found))


def _written(as_json: bool) -> Callable[[str], str]:
    """How an event, given as its line of JSON, is printed."""
    from twosource.outputs.wording import visible
    from twosource.watch.events import line

    return lambda event: (event if as_json else visible(line(json.loads(event)))) + "\n"


def _code(told: Round) -> int:
    if not told.answered:
        return NOTHING_READ
    return SOME_UNREAD if told.problems or told.untold else DONE


class _Status:
    """A line on standard error that is written over, where that is a terminal."""

    def __init__(self) -> None:
        self._shows = sys.stderr is not None and sys.stderr.isatty()
        self._shown = False

    def show(self, words: str) -> None:
        if self._shows:
            sys.stderr.write(f"\r\x1b[K{words}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
