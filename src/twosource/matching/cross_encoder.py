"""Do two statements say the same fact? A small cross-encoder that reads both at once, and so sees who did what to whom.

MiniLM-L6 with one output, fine-tuned by `training/cross_encoder.py` on inference pairs and event coreference by others, then
quantised to int8. It stands in same_fact.onnx, and same_fact.md is its card. Pairs are scored one by one: the quantised model
scales its activations over the whole batch, so in a batch a pair's score would depend on its neighbours.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from twosource.errors import ModelError
from twosource.likeness.known import Answers, digest
from twosource.likeness.vectors import threads, tokenizer

SHA256 = "d8dfc564391d07527e2b416cbb0bfd937e92bb6cf168f60acaa37a527b811eba"


@functools.cache
def _session() -> Any:
    import onnxruntime

    data = resources.files("twosource.matching").joinpath("same_fact.onnx").read_bytes()
    if (digest := hashlib.sha256(data).hexdigest()) != SHA256:
        raise ModelError(
            f"same_fact.onnx has sha-256 {digest}, not {SHA256}: it was changed or is of another release; "
            "run `python -m pip install --force-reinstall twosource`"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _scored(pair: tuple[str, str]) -> float:
    """Both ways round, since which statement comes first means nothing."""
    total = 0.0
    for a, b in (pair, pair[::-1]):
        read = tokenizer().encode(a, b)
        feed = {
            "input_ids": np.array([read.ids], dtype=np.int64),
            "attention_mask": np.array([read.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([read.type_ids], dtype=np.int64),
        }
        total += float(_session().run(None, feed)[0][0])
    return total / 2


def log_odds(pairs: Sequence[tuple[str, str]], known: Answers[float] | None = None) -> npt.NDArray[np.float64]:
    """The log-odds that each pair of statements says the same fact. Equal pairs are scored once, and those `known` not at all.

    Raises ModelError where the model file is not the one that was released.
    """
    ordered = [(min(p), max(p)) for p in pairs]
    answers = known if known is not None else Answers()
    questions = [digest(*pair) for pair in ordered]
    return np.array(answers.to(questions, lambda places: _made([ordered[n] for n in places])), dtype=np.float64)


def _made(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """The scores of distinct pairs."""
    _session()
    with ThreadPoolExecutor(threads()) as pool:
        return list(pool.map(_scored, pairs))
