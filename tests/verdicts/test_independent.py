"""How many origins stand behind a claim, with doubt on the weaker side."""

from __future__ import annotations

import pytest

from twosource.verdicts.origins import independent


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (["a1", "a2"], 2),
        (["a1", "a1"], 1),
        (["a1", "l1"], 2),
        (["l1", "l2"], 2),
        (["someone:l1"], 1),
        (["someone:l1", "someone:l2"], 1),
        (["a1", "someone:l2"], 1),
        (["a1", "a2", "someone:l2"], 2),
    ],
)
def test_somebody_unnamed_may_be_any_voice_that_is_known(keys: list[str], number: int) -> None:
    assert independent(keys) == number
    assert independent(key for key in keys) == number, "whatever it is handed them in"
