"""Feeds over time, on an archive: what is new is kept, read and set against what is there, and what it changes is told.

polling    one feed, once: what is new in it          rounds   which feed is due, and one round over those
following  new reports → stories → events             events   a new story, corroborated, a conflict, a correction
outbox     events on their way out, none lost         hooks    a command, a signed webhook

And one story over time, without feeds:

kept       the stories of an archive, kept and grown  looks    one story now, set against the last look at it
changes    what is other between two looks            changes_told   the same in words
"""

from __future__ import annotations

from twosource.watch.events import Event
from twosource.watch.outbox import Outbox
from twosource.watch.rounds import Round, Watch

__all__ = ["Event", "Outbox", "Round", "Watch"]
