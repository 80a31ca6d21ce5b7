"""Look-alikes, order of arrival and what nobody should send, on the streams of benchmarks/, small."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from twosource.sources import from_text
from twosource.stories import Arriving, Grouping, arriving, group

BENCHMARKS = str(Path(__file__).resolve().parents[2] / "benchmarks")


@pytest.fixture
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)


@pytest.mark.usefixtures("benchmarks")
def test_look_alikes_are_told_apart_and_the_order_within_a_day_is_of_no_matter() -> None:
    pytest.importorskip("sklearn", reason="the peer is scikit-learn's, which only developers install")
    from incidents import reports

    import stories as benchmark

    told = reports(60)
    gold, given = {r.id: story for story, r in told}, [r for _, r in told]
    found = benchmark.ours(given)
    rows = benchmark.vectors(given)
    theirs = max(benchmark.bcubed(gold, benchmark.peer(given, t, rows)) for t in (0.35, 0.4, 0.45, 0.5))
    assert benchmark.bcubed(gold, found) >= theirs + 0.05
    shuffled = random.Random(1).sample(given, len(given))
    assert benchmark.ours(shuffled) == found


@pytest.mark.usefixtures("benchmarks")
def test_the_order_within_a_day_is_of_no_matter_where_the_day_has_more_reports_than_a_lot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from incidents import reports

    told = [r for _, r in reports(60, a_day=30)]
    monkeypatch.setattr(arriving, "LOT", 8)
    found = []
    for seed in range(3):
        pen = random.Random(seed)
        came = Arriving()
        for report, _ in sorted(((r, pen.random()) for r in told), key=lambda item: (item[0].published, item[1])):
            came.add([report])
        found.append({frozenset(story.reports) for story in came.stories()})
    assert found == [{frozenset(story.reports) for story in group(told)}] * 3


@pytest.mark.usefixtures("benchmarks")
def test_ten_languages_at_once_part_by_language_or_share_names() -> None:
    pytest.importorskip("sklearn", reason="the benchmark imports scikit-learn, which only developers install")
    from stories import TEN

    told = {f"{n}": text for n, text in enumerate(TEN.values())}
    stories = group(from_text(text, file=name) for name, text in told.items())
    assert sum(len(s.reports) for s in stories) == len(TEN)


def test_many_copies_of_one_text_are_one_story_told_once() -> None:
    text = "A ferry ran aground off Karsmouth on Monday with 214 aboard, harbour master Elna Vist said."
    grouping = Grouping()
    for lot in range(4):
        grouping.add(from_text(text, file=f"{lot}-{n}") for n in range(500))
    (story,) = grouping.stories()
    assert len(story.reports) == 2000
    assert {step.how for step in story.joined} == {"copy"}
    assert len(story.joined) == 4, "one step a lot, whatever the number of copies"
