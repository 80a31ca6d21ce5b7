"""How far a long command is, on one line of a terminal: what is done, how fast, how long it will take. Elsewhere it says nothing."""

from __future__ import annotations

import sys
import time

import click

#: Seconds between two lines, so that a terminal is not what takes the time.
_PAUSE = 0.2


class Progress:
    """A line on standard error that is written over and over, and taken away at the end; used in a `with` block."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._began = time.monotonic()
        self._last = 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away, so that something else can be said in its place."""
        if self._shown and self._last:
            click.echo("\r\x1b[K", err=True, nl=False)

    def begin(self) -> None:
        """A new stage begins: the rate is its own."""
        self._began = time.monotonic()

    def tell(self, what: str, count: int, share: float | None = None) -> None:
        """`count` of `what` are done: that is this `share` (0..1) of all, where it is known."""
        now = time.monotonic()
        if not self._shown or now - self._last < _PAUSE:
            return
        self._last = now
        click.echo("\r\x1b[K" + line(what, count, now - self._began, share), err=True, nl=False)


def line(what: str, count: int, seconds: float, share: float | None = None) -> str:
    """What is done after so many seconds, the rate, and the time left.

    >>> line("reports added", 1200, 4.0, 0.25)
    '1,200 reports added · 300/s · 25 % · 0:12 left'
    """
    rate = count / seconds if seconds > 0 else 0.0
    told = f"{count:,} {what} · {rate:,.0f}/s" if rate >= 10 or not count else f"{count:,} {what} · {rate:.1f}/s"
    if share:
        left = round(seconds * (1 - share) / share)
        told += f" · {share:.0%} · {left // 60}:{left % 60:02} left".replace("%", " %")
    return told
