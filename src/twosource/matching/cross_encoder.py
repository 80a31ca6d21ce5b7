"""Do two statements say the same fact? A small cross-encoder that reads both at once, and so sees who did what to whom.

MiniLM-L6 with one output, fine-tuned by `training/cross_encoder.py` on inference pairs and event coreference by others, then
quantised to int8. It stands in same_fact.onnx, and same_fact.md is its card. Pairs are scored one by one: the quantised model
scales its activations over the whole batch, so in a batch a pair's score would depend on its neighbours.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from twosource.errors import ModelError
from twosource.likeness.vectors import threads, tokenizer

SHA256 = "d8dfc564391d07527e2b416cbb0bfd937e92bb6cf168f60acaa37a527b811eba"


#: Scores from before, and those asked for since, where somebody remembers them.
_memory: ContextVar[tuple[Mapping[str, float], dict[str, float]] | None] = ContextVar("remembered scores", default=None)


@contextmanager
def remembering(before: Mapping[str, float]) -> Iterator[dict[str, float]]:
    """Let no pair be scored, while this lasts, whose score stands in `before`; gives the scores of all pairs asked for meanwhile.

    What comes back may be kept and given as `before` the next time: a story that grows asks for most of its pairs again. The keys are
    hashes of the model and of the pair, so that another model finds nothing; a score does not depend on what else is scored.
    """
    asked: dict[str, float] = {}
    token = _memory.set((before, asked))
    try:
        yield asked
    finally:
        _memory.reset(token)


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


def log_odds(pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float64]:
    """The log-odds that each pair of statements says the same fact. Equal pairs are scored once.

    Raises ModelError where the model file is not the one that was released.
    """
    distinct = list(dict.fromkeys((min(p), max(p)) for p in pairs))
    memory = _memory.get()
    before = {} if memory is None else {p: memory[0][k] for p in distinct if (k := _key(p)) in memory[0]}
    fresh = [p for p in distinct if p not in before]
    known: dict[tuple[str, str], float] = before
    if fresh:
        _session()
        with ThreadPoolExecutor(threads()) as pool:
            known = before | dict(zip(fresh, pool.map(_scored, fresh), strict=True))
    if memory is not None:
        memory[1].update((_key(p), known[p]) for p in distinct)
    return np.array([known[min(p), max(p)] for p in pairs], dtype=np.float64)


def _key(pair: tuple[str, str]) -> str:
    return hashlib.blake2b("\0".join((SHA256, *pair)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
