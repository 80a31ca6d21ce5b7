"""The lexicon of attribution: frames, the holder's stand, and that it holds together."""

from __future__ import annotations

import pytest

from twosource.reading.cues import ADJECTIVES, NOUNS, PHRASAL, VERBS

FRAMES = {"that", "quote", "to", "ask", "ing", "thing", "small"}


@pytest.mark.parametrize(
    ("verb", "takes", "not_takes"),
    [
        ("say", "that", "ask"),
        ("urge", "ask", "ing"),
        ("deny", "ing", "ask"),
        ("vow", "to", "small"),
        ("call", "on:on", "to"),
        ("accuse", "obj:of", "quote"),
        ("describe", "small", "quote"),
    ],
)
def test_a_verb_takes_its_frames_and_no_others(verb: str, takes: str, not_takes: str) -> None:
    assert VERBS[verb].takes(takes)
    assert not VERBS[verb].takes(not_takes)


@pytest.mark.parametrize("verb", ["deny", "dispute", "refute", "dismiss", "reject", "contradict"])
def test_denying_is_denied(verb: str) -> None:
    assert {polarity for polarity, _ in VERBS[verb].stands.values()} == {"denied"}


@pytest.mark.parametrize("verb", ["say", "confirm", "admit", "criticize"])
def test_saying_is_asserted(verb: str) -> None:
    assert {polarity for polarity, _ in VERBS[verb].stands.values()} == {"asserted"}


@pytest.mark.parametrize(
    ("verb", "frame", "stand"),
    [
        ("urge", "ask", ("asserted", "demanded")),
        ("demand", "thing", ("asserted", "demanded")),
        ("vow", "to", ("asserted", "planned")),
        ("fear", "that", ("asserted", "possible")),
        ("suspect", "that", ("asserted", "possible")),
        ("tell", "that", ("asserted", "happened")),
        ("tell", "ask", ("asserted", "demanded")),
        ("agree", "that", ("asserted", "happened")),
        ("agree", "to", ("asserted", "planned")),
        ("refuse", "to", ("denied", "happened")),
    ],
)
def test_the_stand_is_that_of_the_frame(verb: str, frame: str, stand: tuple[str, str]) -> None:
    assert VERBS[verb].stands[frame] == stand


def test_every_frame_is_one_that_the_reading_knows() -> None:
    for cue in [*VERBS.values(), *NOUNS.values(), *ADJECTIVES.values(), *PHRASAL.values()]:
        assert cue.stands, cue
        assert all(f in FRAMES or f.startswith(("on:", "obj:")) for f in cue.stands), cue


def test_thought_is_told_from_speech() -> None:
    assert {VERBS[v].act for v in ("believe", "think", "hope", "want")} == {"thought"}
    assert {VERBS[v].act for v in ("say", "tell", "write", "allege")} == {"speech"}
