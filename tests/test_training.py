"""What the pair score was fitted on: never the topics that gold stories come from, and the shipped file says so."""

from __future__ import annotations

import importlib.util
import json
import sys
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from twosource.matching.pairs import FEATURES

SCRIPT = Path(__file__).resolve().parent.parent / "training" / "pair_score.py"


def imported(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, for one test."""
    pytest.importorskip("sklearn", reason="training needs scikit-learn, which only developers install")
    spec = importlib.util.spec_from_file_location("pair_score", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "pair_score", module)  # where its dataclasses look for their names
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


def test_the_shipped_weights_are_of_the_features_there_are() -> None:
    assert tuple(card()["weights"]) == FEATURES


def test_the_shipped_file_names_what_was_left_out() -> None:
    assert card()["fitted on"]["data"] == "ECB+ train, without topic 20"
    assert card()["measured on"]["data"] == "ECB+ dev, without topic 12"
