"""The tutorial "follow a story for a week", run as it is read: day after day, against the newsstand that it comes with, on loopback."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from doc_blocks import RUN, blocks
from test_examples import OWN, ROOT, Desk, run_page

import twosource.cli.watch
import twosource.sources.web
import twosource.watch.rounds
from loopback import Clock, world

TUTORIAL = ROOT / "docs/tutorial/follow-a-story-for-a-week.md"


@pytest.fixture(scope="module")
def week() -> ModuleType:
    """The newsstand's program."""
    spec = importlib.util.spec_from_file_location("week", ROOT / "docs/tutorial/week.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def desk(
    week: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A desk on a terminal, whose web is the newsstand; no clock runs."""
    (tmp_path / "week").mkdir()
    with week.server(tmp_path / "week", 0) as stand:
        thread = threading.Thread(target=stand.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        site: Any = SimpleNamespace(port=stand.server_port)
        outside, _ = world(site, Clock(tick=0.001))
        for module in (twosource.sources.web, twosource.watch.rounds):
            monkeypatch.setattr(module, "World", lambda: outside)
        monkeypatch.setattr(twosource.cli.watch, "is_terminal", lambda: True)
        yield Desk(tmp_path / "week", capfd, monkeypatch)
        stand.shutdown()
        thread.join()


def test_the_week_goes_as_it_is_told(desk: Desk) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    assert TUTORIAL in OWN, "it is run here, and not with the other pages"
    run_page(text, desk)
    assert (desk.folder / "week.html").stat().st_size > 50_000
    assert 'id="changes"' in (desk.folder / "page.html").read_text(encoding="utf-8")


def test_all_seven_days_are_told_and_only_the_newsstand_is_not_run(week: ModuleType) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    assert all(f"## {day.title()}" in text for day in week.DAYS)
    assert len([b for b in blocks(text) if b.kind in RUN and b.reason is not None]) == 1
    for name in ("tuesday", "wednesday", "saturday"):
        picture = ROOT / f"docs/pictures/week-{name}.png"
        assert f"../pictures/{picture.name}" in text
        assert picture.read_bytes()[:4] == b"\x89PNG"


def test_a_newsroom_tells_by_each_day_what_it_has_published(week: ModuleType) -> None:
    assert [week.feed("telegraph", day).count("<item>") for day in week.DAYS] == [0, 1, 1, 1, 1, 2, 2]
    assert "school" in week.feed("post", "thursday")
    assert "school" not in week.feed("post", "friday")
