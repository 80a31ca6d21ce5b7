"""The vectors of texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.errors import ModelError
from twosource.likeness import vectors as module
from twosource.likeness.vectors import BATCH_PIECES, DIMENSIONS, Vectors, vectors

TEXTS = (
    "The harbour of Karsmouth was closed on Monday.",
    "Karsmouth's port shut on Monday.",
    "The council raised the rent of the fish market.",
    "A ferry sank.",
    "Two ferries sank.",
    "say",
    "",
    "Der Hafen von Karsmouth war am Montag zu; 東京.",
    "barge " * 300,
)


def test_a_text_has_one_row_of_length_one() -> None:
    made = vectors(TEXTS)
    assert made.shape == (len(TEXTS), DIMENSIONS)
    assert np.allclose(np.linalg.norm(made, axis=1), 1.0, atol=1e-5)
    assert vectors([]).shape == (0, DIMENSIONS)


def test_texts_that_mean_the_same_are_nearer() -> None:
    closed, shut, rent, *_ = vectors(TEXTS)
    assert closed @ shut > 0.7 > 0.4 > closed @ rent


def alone(text: str) -> Vectors:
    return vectors([text])[0]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=12))
def test_no_neighbour_changes_a_bit_of_a_text(texts: list[str]) -> None:
    for text, made in zip(texts, vectors(texts), strict=True):
        assert made.tobytes() == alone(text).tobytes()


@pytest.mark.parametrize("pieces", [1, 2, 5, 14, 15, 31, 62, 126])
def test_no_size_of_batch_changes_a_bit_of_a_text(pieces: int) -> None:
    words = "barge pier mast sail port tide crew rope deck hull".split()
    texts = [
        " ".join(words[(n * n + i * (n + 1)) % 10] for i in range(pieces))
        for n in range(2 * BATCH_PIECES // (pieces + 2))
    ]
    made = vectors(texts[:40])
    for n in (0, len(made) // 2, len(made) - 1):
        assert made[n].tobytes() == alone(texts[n]).tobytes()


def test_the_number_of_threads_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for threads in (1, 2, 4):
        monkeypatch.setattr(module, "threads", lambda threads=threads: threads)
        answers.append(vectors(TEXTS).tobytes())
    assert len(set(answers)) == 1


def test_a_model_that_was_changed_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "__init__.py").touch()
    (tmp_path / "model.onnx").write_bytes(b"another")
    monkeypatch.syspath_prepend(tmp_path.parent)
    with pytest.raises(ModelError, match="was changed"):
        module._checked(tmp_path.name, "model.onnx", "0" * 64)
    with pytest.raises(ModelError, match="is missing"):
        module._checked(tmp_path.name, "tokenizer.json", "0" * 64)
    with pytest.raises(ModelError, match="is not installed"):
        module._checked("no_such_package_of_models", "model.onnx", "0" * 64)
