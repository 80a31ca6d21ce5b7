"""The Web Annotations as Apache Annotator finds them: a reader that others wrote, in another language, from the same standard."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from twosource.model import Quote, Reconciliation
from twosource.outputs.annotation import to_annotation

sys.path.insert(0, str(Path(__file__).parents[1] / "outputs"))
from harbour_fire import at, harbour_fire, report

READER = Path(__file__).parent / "annotator"

Found = tuple[str, str, int, str]


def found(reconciliation: Reconciliation) -> list[Found]:
    """Annotation, kind of selector, start and words of all that the reader finds."""
    node = shutil.which("node")
    if node is None or not (READER / "node_modules").is_dir():
        pytest.skip("Apache Annotator is not installed: `npm ci --prefix tests/browser/annotator`")
    texts = {f"urn:twosource:text:{r.text_sha256}": r.text for r in reconciliation.reports}
    given = json.dumps({"page": json.loads(to_annotation(reconciliation)), "texts": texts})
    done = subprocess.run(
        [node, "read.mjs"], input=given, cwd=READER, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return [(a, kind, start, words) for a, kind, start, words in map(json.loads, done.stdout.splitlines())]


def meant(reconciliation: Reconciliation) -> list[Found]:
    """What it should find: every evidence, figure and quotation, by its words and by its position."""
    claims = [(c.id, e) for c in reconciliation.claims for e in c.evidence]
    figures = [("figure", m) for group in reconciliation.figures for m in group.mentions]
    quotes = [("quote", q) for q in reconciliation.quotes]
    return [
        (name, kind, e.start, e.exact)
        for name, e in (*claims, *figures, *quotes)
        for kind in ("TextQuoteSelector", "TextPositionSelector")
    ]


def told(found: list[Found]) -> list[Found]:
    """The same with the names that `meant` gives: a claim's own, of all else what it is."""
    return [
        (rest.split(":")[-1] if kind == "claim" else kind, *place)
        for name, *place in found
        for kind, rest in [name.removeprefix("urn:twosource:").split(":", 1)]
    ]


def test_another_reader_finds_every_place_by_its_words_and_by_its_position() -> None:
    fire = harbour_fire()
    assert sorted(told(found(fire))) == sorted(meant(fire))


def test_another_reader_finds_the_places_of_a_whole_story(bridge: Reconciliation) -> None:
    assert sorted(told(found(bridge))) == sorted(meant(bridge))


def test_another_reader_counts_code_points_as_well() -> None:
    of = report("a.txt", "🜁🜂 “Two barges sank 🜃,” she said. האש\nפרצה. “Two barges sank,” he said.")
    quotes = [at(of, "Two barges sank 🜃"), at(of, "האש\nפרצה"), at(of, "Two barges sank,")]
    story = Reconciliation(
        (of,),
        quotes=tuple(
            Quote(s.report, s.start, s.end, of.text, kind="direct", parts=(s,), speaker=None, speaker_name=None, source=None, cue=None)
            for s in quotes
        ),
    )  # fmt: skip
    assert sorted(words for _, _, _, words in found(story)) == sorted(2 * [s.exact for s in quotes])
    assert sorted(told(found(story))) == sorted(meant(story))
