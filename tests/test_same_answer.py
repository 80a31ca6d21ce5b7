"""The same reports give the same answer, to the byte: in any order, in any process, and after being saved; and every span is its words."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from twosource import demo, from_json, to_json
from twosource.calls import load
from twosource.model import Reading, Reconciliation
from twosource.reading import read
from twosource.reconcile import reconcile

STORIES = pytest.mark.parametrize("name", demo.names())


@functools.cache
def readings(name: str) -> tuple[Reading, ...]:
    return tuple(read(report) for report in load(demo.paths(name)).reports)


@functools.cache
def told(name: str) -> Reconciliation:
    return reconcile(readings(name))


@STORIES
def test_the_order_of_the_reports_changes_nothing(name: str) -> None:
    given = readings(name)
    for order in (given[::-1], (*given[1:], given[0]), (given[1], given[0], *given[2:])):
        assert to_json(reconcile(order)) == to_json(told(name)), [r.report.file for r in order]


@STORIES
def test_a_real_answer_comes_back_from_its_json_as_it_was(name: str) -> None:
    assert from_json(to_json(told(name))) == told(name)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a JSON value that points into a report."""
    if isinstance(value, dict):
        if {"report", "start", "end", "exact"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@STORIES
def test_every_span_of_the_json_is_its_reports_words_at_that_place(name: str) -> None:
    raw = json.loads(to_json(told(name)))
    texts = {report["id"]: report["text"] for report in raw["reports"]}
    found = list(spans(raw))
    assert len(found) > 50
    assert [s for s in found if texts[s["report"]][s["start"] : s["end"]] != s["exact"]] == []


@STORIES
def test_each_claim_rests_on_what_it_counts(name: str) -> None:
    for claim in told(name).claims:
        ids = {e.id for e in claim.evidence}
        assert claim.lineages == len({e.lineage for e in claim.evidence})
        assert 1 <= claim.origins <= len({e.origin for e in claim.evidence}), "somebody unnamed may be one who is known"
        assert claim.reasons
        assert (claim.verdict == "conflicting") == (claim.difference is not None)
        if claim.verdict == "corroborated":
            assert min(claim.lineages, claim.origins) >= 2
        if claim.verdict == "one-origin":
            assert claim.lineages >= 2 > claim.origins
        if claim.difference is not None:
            sides = [statement for side in claim.difference.sides for statement in side]
            assert len(claim.difference.sides) >= 2
            assert len(sides) == len(set(sides))
            assert set(sides) <= ids


def test_two_processes_write_the_same_bytes_whatever_the_seed_of_their_hashes(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom twosource.cli import main\n"
        "for name in sys.argv[2:]:\n    assert main(['demo', name, '-o', f'{sys.argv[1]}/{name}.json']) == 0\n"
    )
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed), *demo.names()],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True, check=True, timeout=300,
        )  # fmt: skip
    for name in demo.names():
        assert (tmp_path / "1" / f"{name}.json").read_bytes() == (tmp_path / "2" / f"{name}.json").read_bytes(), name
