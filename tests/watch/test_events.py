"""Events as they are told to a reader."""

from __future__ import annotations

from twosource.watch.events import line


def test_an_event_as_a_line() -> None:
    report = {"id": "r1", "file": "a", "url": None, "outlet": "The Quay", "title": None}
    said = {
        "id": "v1",
        "event": "new story",
        "at": "2031-04-01T12:00:00Z",
        "story": {"id": "e1", "title": "Two barges sank"},
        "reports": [report],
    }
    assert line(said) == "12:00  + new story     Two barges sank  (The Quay)"
    moved = said | {
        "event": "corroborated",
        "claim": {"exact": "Three drowned"},
        "before": "single-source",
        "after": "corroborated",
    }
    assert (
        line(moved)
        == "12:00  ● corroborated  “Three drowned”  single-source → corroborated: The Quay  in: Two barges sank"
    )


def test_a_line_quotes_no_more_than_can_be_read() -> None:
    said = {
        "id": "v1",
        "event": "no longer corroborated",
        "at": "2031-04-01T12:00:00Z",
        "story": {"id": "e1", "title": "Two barges sank"},
        "reports": [{"outlet": "The Quay"}],
        "claim": {"exact": "Three\ndrowned " * 1000},
        "before": "corroborated",
        "after": None,
    }
    told = line(said)
    assert len(told) < 400
    assert told.startswith("12:00  ○ no longer corroborated  “Three drowned Three")
    assert "drowned …”  corroborated → withdrawn: The Quay  in: Two barges sank" in told
