"""What the pair score was fitted on: never the topics that gold stories come from, and the shipped file says so."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import sys
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from twosource.matching.pairs import FEATURES

TRAINING = Path(__file__).resolve().parent.parent / "training"


def imported(monkeypatch: pytest.MonkeyPatch, name: str = "pair_score") -> ModuleType:
    """A script as a module, for one test."""
    pytest.importorskip("sklearn", reason="training needs scikit-learn, which only developers install")
    monkeypatch.syspath_prepend(str(TRAINING))  # the scripts use each other
    spec = importlib.util.spec_from_file_location(name, TRAINING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)  # where its dataclasses look for their names
    spec.loader.exec_module(module)
    return module


def card() -> dict[str, Any]:
    """What is shipped."""
    file = resources.files("twosource.matching").joinpath("pair_score.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def part(folder: Path, *topics: object) -> Path:
    """A made-up part of ECB+: one line a report."""
    reports = [{"id": f"{n}.xml", "topic": topic, "text": "The mill fell."} for n, topic in enumerate(topics)]
    file = folder / "part.jsonl"
    file.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    return file


@pytest.mark.parametrize("left_out", [12, 20, "12", "20"])
def test_the_topics_of_gold_stories_are_left_out(
    left_out: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = imported(monkeypatch).topics(part(tmp_path, 1, left_out, 2, 120, left_out, 2))
    assert {topic: [told.gold["id"] for told in reports] for topic, reports in found.items()} == {
        "1": ["0.xml"], "120": ["3.xml"], "2": ["2.xml", "5.xml"],
    }  # fmt: skip


@pytest.mark.parametrize("every", [1, 2])
def test_thresholds_are_swept_without_the_topics_of_gold_stories(
    every: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = imported(monkeypatch, "thresholds")
    read = script.lines_to_read(part(tmp_path, 1, 20, 2, 12, "20", 3, "12"), every)
    assert [g["topic"] for g in read] == ([1, 2, 3] if every == 1 else [1, 3])


def test_thresholds_are_swept_without_the_stories_that_only_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    stories = TRAINING / "stories"
    kept = re.findall(r"Only to measure by, never to fit on: ([^*]*)\.\*\*", (stories / "README.md").read_text("utf-8"))
    assert {name for line in kept for name in re.findall(r"`(\w+)`", line)} == imported(
        monkeypatch, "thresholds"
    ).ONLY_TO_MEASURE


@pytest.mark.parametrize("name", ["one_event", "calibration"])
def test_the_other_scripts_read_others_reports_by_the_function_that_leaves_them_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = imported(monkeypatch, name)
    assert script.topics.__module__ == "pair_score"


def test_a_swept_constant_is_one_that_the_code_has(monkeypatch: pytest.MonkeyPatch) -> None:
    for t in imported(monkeypatch, "thresholds").THRESHOLDS:
        assert hasattr(importlib.import_module(f"twosource.{t.module}"), t.name), t


@pytest.mark.parametrize("which", ["features", "but for a detail"])
def test_the_shipped_weights_are_of_the_features_there_are(which: str) -> None:
    assert tuple(card()[which]["weights"]) == FEATURES


def test_the_shipped_file_names_what_it_was_fitted_and_measured_on() -> None:
    assert card()["fitted on"]["data"].startswith("the stories of training/stories that are to fit on")
    assert set(card()["measured on"]) == {"stories only to measure by", "ECB+ dev, without topic 12"}


def test_the_stories_that_only_measure_are_those_that_their_readme_names(monkeypatch: pytest.MonkeyPatch) -> None:
    stories = imported(monkeypatch, "stories")
    readme = (stories.HERE / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"never to fit on: (.*?)\.", readme) + re.findall(
        r"Only to measure by, never to fit on: (.*?)\.", readme
    )
    assert {name for line in named for name in re.findall(r"`(\w+)`", line)} == stories.HELD
    assert not {folder.name for folder in stories.folders(held=False)} & stories.HELD
