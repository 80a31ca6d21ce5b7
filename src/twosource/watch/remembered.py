"""What is known of a story from the look before, noted in the archive: so that one more report costs the work of one report.

It is no evidence and changes no answer; a note that is gone, damaged or made by other rules only costs time. The rules are all of our
code and data that decide an answer, by their bytes: a note never outlives a change of them, released or not. Vectors are 1.5 KB a
statement, more than the statement itself, so that only the stories that were looked at last are remembered.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twosource.errors import ArchiveError
from twosource.likeness.known import Answers, Known

if TYPE_CHECKING:
    from twosource.archive import Archive

#: Stories of which the archive remembers what is known: those of some days' work at a desk, a few hundred megabytes at the very most.
STORIES = 32

#: Bytes of a digest (`likeness.known.digest`); shared words have one for each of the two reports.
_DIGEST = 12

#: What of the package decides what reports say together, beyond what reads them.
_DECIDES = ("model.py", "reconcile.py", "sources", "likeness", "stories", "lineage", "matching", "verdicts")
_RULES = {".py", ".json", ".txt", ".csv", ".tsv"}


@functools.cache
def rules() -> str:
    """What answers here: who reads, a hash of the files that decide what readings say together, and what computes the models."""
    from importlib.metadata import version

    import twosource
    from twosource.reading.reader import reader

    (home,) = map(Path, twosource.__path__)
    decide = hashlib.sha256()
    for part in _DECIDES:
        place = home / part
        for file in sorted(p for p in (place.rglob("*") if place.is_dir() else [place]) if p.suffix in _RULES):
            decide.update(file.relative_to(home).as_posix().encode() + b"\0" + file.read_bytes())
    # The models' own files are known by the sha-256 that stands in our code.
    made = "".join(f" {name}-{version(name)}" for name in ("numpy", "onnxruntime", "tokenizers"))
    return f"{reader()} matching-{decide.hexdigest()[:12]}{made}"


def recalled(archive: Archive, story: str) -> Known:
    """What is known of the story; nothing where that was noted by other rules, or is damaged."""
    try:
        noted = archive.noted("known", story)
        told = json.loads(noted) if noted is not None else {}
        return _known(told) if told.get("rules") == rules() else Known()
    except (ArchiveError, ValueError, KeyError, TypeError, AttributeError):
        return Known()


def by_the_same_rules(archive: Archive, story: str) -> bool:
    """Whether the last look at the story was by the present rules, so that it says what a look at the same reports would say now."""
    try:
        return archive.noted("looked by", story) == rules()
    except ArchiveError:
        return False


def note(archive: Archive, story: str, known: Known) -> None:
    """Note what is known of the story, and forget it of the story that has not been looked at for longest."""
    archive.note("looked by", story, rules())
    archive.note("known", story, json.dumps({"rules": rules()} | _told(known)))
    try:
        listed = json.loads(archive.noted("known", "") or "[]")
        before = [s for s in listed if isinstance(s, str) and s != story] if isinstance(listed, list) else []
    except (ArchiveError, ValueError):
        before = []
    for gone in before[STORIES - 1 :]:
        archive.note("known", gone, None)
    archive.note("known", "", json.dumps([story, *before[: STORIES - 1]]))


def _told(known: Known) -> dict[str, Any]:
    import numpy as np

    vectors, scores, shared = known.vectors.kept(), known.scores.kept(), known.shared.kept()
    rows = np.array(list(vectors.values()), dtype="<f4")
    return {
        "vectors": [_text(vectors), _text([rows.tobytes()]), len(vectors)],
        "scores": [_text(scores), _text([np.array(list(scores.values()), dtype="<f8").tobytes()])],
        "shared": [_text(shared), list(shared.values())],
    }


def _known(told: Mapping[str, Any]) -> Known:
    import numpy as np

    keys, values, many = told["vectors"]
    vectors = np.frombuffer(base64.b64decode(values), dtype="<f4").astype(np.float32).reshape(many, -1 if many else 0)
    scores = np.frombuffer(base64.b64decode(told["scores"][1]), dtype="<f8").tolist()
    shared = [tuple((a, b, length) for a, b, length in runs) for runs in told["shared"][1]]
    return Known(
        Answers(dict(zip(_digests(keys, _DIGEST), vectors, strict=True))),
        Answers(dict(zip(_digests(told["scores"][0], _DIGEST), scores, strict=True))),
        Answers(dict(zip(_digests(told["shared"][0], 2 * _DIGEST), shared, strict=True))),
    )


def _text(parts: Iterable[bytes]) -> str:
    return base64.b64encode(b"".join(parts)).decode()


def _digests(text: str, size: int) -> list[bytes]:
    joined = base64.b64decode(text)
    return [joined[at : at + size] for at in range(0, len(joined), size)]
