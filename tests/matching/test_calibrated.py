"""What a score means: a share that grows with the score, from a curve that no gold topic went into."""

from __future__ import annotations

import importlib.util
import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.matching.calibrated import agreement

ODDS = st.floats(-30, 30)


@given(ODDS, ODDS)
def test_a_higher_score_never_means_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= agreement(low) <= agreement(high) <= 1.0


@pytest.mark.parametrize("end", [0, -1])
def test_beyond_its_ends_the_curve_is_level(end: int) -> None:
    x, share = card()["curve"][end]
    assert agreement(x) == agreement(x - 20 if end == 0 else x + 20) == round(share, 2)


def test_between_two_points_lies_what_stands_between_them() -> None:
    (x, low), (y, high) = card()["curve"][8:10]
    assert low <= agreement((x + y) / 2) + 0.005
    assert agreement((x + y) / 2) <= high + 0.005


def test_the_curve_was_fitted_without_the_topics_of_gold_stories() -> None:
    assert card()["fitted on"]["data"] == "ECB+ dev, without topic 12"


def test_the_diagram_in_the_docs_shows_what_was_measured() -> None:
    root = Path(__file__).parents[2]
    spec = importlib.util.spec_from_file_location("benchmark_of_calibration", root / "benchmarks/calibration.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    drawn = (root / "docs/pictures/reliability.svg").read_text(encoding="utf-8")
    assert drawn == module.drawn(card()), "draw it anew: python benchmarks/calibration.py"


def card() -> dict[str, Any]:
    text = resources.files("twosource.matching").joinpath("calibration.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
