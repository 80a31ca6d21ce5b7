"""Events on their way out: told to each who is to know, once, in order, whatever fails in between."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from twosource.archive import Archive
from twosource.watch import Outbox
from twosource.watch.outbox import Undelivered


def test_an_event_that_cannot_be_told_waits_and_the_others_do_not(tmp_path: Path) -> None:
    told: list[str] = []
    dead = True

    def receiver(event: str) -> None:
        if dead:
            raise Undelivered("the receiver is dead")
        told.append(event)

    events = [json.dumps({"id": f"v{n}", "event": "new story"}) for n in range(3)]
    said: list[str] = []
    out: list[str] = []
    with Archive.init(tmp_path / "a.db") as archive:
        outbox = Outbox(archive, {"out": out.append, "webhook": receiver}, said.append)
        outbox.put([*events, events[0]])
        outbox.put(events)
        assert outbox.deliver() == 3
        assert (out, told, said) == (events, [], ["the receiver is dead"])
        dead = False
        again = Outbox(archive, {"out": out.append, "webhook": receiver}, said.append)
        assert again.deliver() == 0
        assert (out, told) == (events, events)
        assert Outbox(archive, {"out": out.append}, said.append).deliver() == 0


def test_a_receiver_that_fails_is_left_alone_until_the_next_round(tmp_path: Path) -> None:
    """It may take minutes to show that it is dead, and each feed of a round brings events."""
    asked: list[str] = []

    def dead(event: str) -> None:
        asked.append(event)
        raise Undelivered("the receiver is dead")

    with Archive.init(tmp_path / "a.db") as archive:
        outbox = Outbox(archive, {"webhook": dead}, lambda words: None)
        for n in range(3):
            outbox.put([json.dumps({"id": f"v{n}", "event": "new story"})])
            assert outbox.deliver() == n + 1
        assert len(asked) == 1
        outbox.begin()
        assert outbox.deliver() == 3
        assert len(asked) == 2


def test_what_was_told_before_an_interrupt_is_not_told_again(tmp_path: Path) -> None:
    told: list[str] = []

    def out(event: str) -> None:
        if len(told) == 1 and not interrupted:
            interrupted.append(event)
            raise KeyboardInterrupt
        told.append(event)

    interrupted: list[str] = []
    events = [json.dumps({"id": f"v{n}", "event": "new story"}) for n in range(3)]
    with Archive.init(tmp_path / "a.db") as archive:
        outbox = Outbox(archive, {"out": out}, lambda words: None)
        outbox.put(events)
        with pytest.raises(KeyboardInterrupt):
            outbox.deliver()
        assert Outbox(archive, {"out": out}, lambda words: None).deliver() == 0
    assert told == events


def test_a_crash_makes_one_event_come_twice_and_no_more(tmp_path: Path) -> None:
    """What a killed program has told last, it may not have noted."""
    told: list[str] = []
    events = [json.dumps({"id": f"v{n}", "event": "new story"}) for n in range(9)]
    with Archive.init(tmp_path / "a.db") as archive:
        Outbox(archive, {"out": told.append}, lambda words: None).put(events)
        left: list[int] = []

        def out(event: str) -> None:
            told.append(event)
            left.append(len(json.loads(archive.noted("watch", "outbox") or "[]")))

        Outbox(archive, {"out": out}, lambda words: None).deliver()
    assert left == [9, 8, 7, 6, 5, 4, 3, 2, 1]
