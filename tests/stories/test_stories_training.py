"""What the join was fitted on: never the topics that gold stories come from, and the shipped file says so."""

from __future__ import annotations

import importlib.util
import json
import sys
from importlib import resources
from pathlib import Path

import pytest

from twosource.stories.nearness import FEATURES

SCRIPT = Path(__file__).resolve().parents[2] / "training" / "stories_join.py"


@pytest.mark.parametrize("left_out", [12, 20, "12", "20"])
def test_the_topics_of_gold_stories_are_left_out(
    left_out: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sklearn", reason="training needs scikit-learn, which only developers install")
    spec = importlib.util.spec_from_file_location("stories_join", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "stories_join", module)
    spec.loader.exec_module(module)
    file = tmp_path / "part.jsonl"
    topics = (1, left_out, 2, 120, left_out)
    file.write_text(
        "".join(json.dumps({"topic": t, "story": f"{t}_a", "text": "The mill fell."}) + "\n" for t in topics),
        encoding="utf-8",
    )
    assert [told.topic for told in module.part(file)] == ["1", "2", "120"]


def test_the_shipped_file_holds_the_features_there_are_and_names_what_was_left_out() -> None:
    card = json.loads(resources.files("twosource.stories").joinpath("stories_join.json").read_text(encoding="utf-8"))
    assert tuple(card["weights"]) == FEATURES
    assert card["fitted on"]["data"] == "ECB+ train, without topic 20"
    assert card["measured on"]["data"] == "ECB+ dev, without topic 12"
