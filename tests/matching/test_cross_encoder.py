"""The cross-encoder: one pair, one score, whatever stands beside it; and no model but the one that was released."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from twosource.errors import ModelError
from twosource.matching import cross_encoder
from twosource.matching.cross_encoder import log_odds

MILL = "The old grain mill at Tarnholm collapsed on Tuesday."
FELL = "On Tuesday the old mill in Tarnholm fell down."
CHOIR = "A choir from Brenhold sang in the chapel for an hour."
SOLD = "The mayor sold the old grain mill to a bakery."


def score(a: str, b: str) -> float:
    return float(log_odds([(a, b)])[0])


def test_nothing_asked_nothing_answered() -> None:
    assert log_odds([]).shape == (0,)


def test_the_same_words_are_the_same_fact_and_strangers_are_not() -> None:
    same, alike, strange = score(MILL, MILL), score(MILL, FELL), score(MILL, CHOIR)
    assert same > 0 > strange
    assert alike > 0


def test_another_fact_about_the_same_thing_is_less_alike_than_the_same_fact_in_other_words() -> None:
    assert score(MILL, FELL) > score(MILL, SOLD)


@pytest.mark.parametrize("pair", [(MILL, FELL), (MILL, CHOIR), (SOLD, FELL), ("", MILL)])
def test_which_of_the_two_comes_first_means_nothing(pair: tuple[str, str]) -> None:
    assert score(*pair) == score(*pair[::-1])


def test_a_score_does_not_depend_on_what_else_is_asked() -> None:
    """To the bit, or a claim would depend on the reports beside it."""
    pairs = [(MILL, FELL), (CHOIR, SOLD), (MILL, MILL), (FELL, MILL), (CHOIR, MILL * 3), (MILL, FELL)]
    alone = np.array([score(*p) for p in pairs])
    assert (log_odds(pairs) == alone).all()
    assert (log_odds(pairs[::-1]) == alone[::-1]).all()


def test_a_statement_longer_than_the_model_reads_is_scored_all_the_same() -> None:
    assert np.isfinite(score(MILL, f"{FELL} " * 200))


@pytest.fixture
def unloaded() -> Iterator[None]:
    """No model in memory, before or after."""
    cross_encoder._session.cache_clear()
    yield
    cross_encoder._session.cache_clear()


@pytest.mark.usefixtures("unloaded")
def test_a_model_that_is_not_the_released_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_encoder, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"same_fact\.onnx has sha-256 d8dfc564.*changed.*--force-reinstall"):
        log_odds([(MILL, FELL)])
