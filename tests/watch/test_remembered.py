"""What is known from the look before saves work and changes no letter of the answer."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.archive import Archive
from twosource.likeness import vectors
from twosource.likeness.known import Answers, Known, digest
from twosource.lineage import reuse
from twosource.matching import cross_encoder
from twosource.model import Report
from twosource.outputs.json import to_json
from twosource.reconcile import reconcile
from twosource.sources import from_text
from twosource.watch import remembered
from twosource.watch.looks import look, remember


def report(file: str, outlet: str, text: str, published: str = "2031-04-01") -> Report:
    return from_text(text, file=file, outlet=outlet, published=published, language="en")


POST = report("post.txt", "The Post", "Two barges sank off Karsmouth on Monday. Three people drowned in the harbour, the harbour master Ada Quill said. “We heard a bang,” Quill said.")  # fmt: skip
#: Copies most of The Post.
COPY = report("wire.txt", "The Wire", "Two barges sank off Karsmouth on Monday. Three people drowned in the harbour, the harbour master Ada Quill said. The port was closed for the night.")  # fmt: skip
#: Calls her otherwise, so that statements of the others are put otherwise.
QUAY = report("quay.txt", "The Quay", "Two barges went down near Karsmouth on Monday, the rescue service said. Ada M. Quill, the harbour master, said three people drowned in the harbour.")  # fmt: skip
TERN = report("tern.txt", "The Tern", "Divers searched the harbour of Karsmouth again. Five people drowned after two barges sank off Karsmouth, the town hall said. The port was not closed, Quill said.", "2031-04-02")  # fmt: skip
REPORTS = (POST, COPY, QUAY, TERN)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.init(tmp_path / "desk.db") as made:
        yield made


@pytest.fixture(scope="module")
def archive_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.init(tmp_path_factory.mktemp("known") / "desk.db") as made:
        made.add(REPORTS)
        yield made


@functools.cache
def first_look(archive: Archive, reports: frozenset[str]) -> str:
    return to_json(reconcile([archive.reading(r) for r in reports]))


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(REPORTS))
def test_in_whatever_order_reports_come_each_look_is_what_a_first_look_is(
    archive_of_all: Archive, order: list[Report]
) -> None:
    archive_of_all.note("known", "e1", None)
    for n in range(1, len(order) + 1):
        readings = [archive_of_all.reading(r.id) for r in order[:n]]
        known = remembered.recalled(archive_of_all, "e1")
        grown = reconcile(readings, known=known)
        assert to_json(grown) == first_look(archive_of_all, frozenset(r.id for r in order[:n]))
        remembered.note(archive_of_all, "e1", known)


def test_nothing_is_worked_out_twice(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add([POST, COPY, QUAY])
    remember(archive, look(archive, POST.id))
    known = remembered.recalled(archive, look(archive, POST.id).story.id)
    assert all(kind.before for kind in (known.vectors, known.scores, known.shared))
    for module, work in ((vectors, "_made"), (cross_encoder, "_made"), (reuse, "_shared")):
        monkeypatch.delattr(module, work)
    reconcile([archive.reading(r.id) for r in (POST, COPY, QUAY)], known=known)


def test_what_other_rules_made_is_neither_an_answer_nor_known(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([POST, QUAY])
    first = look(archive, POST.id)
    remember(archive, first)
    assert look(archive, POST.id).known is None, "nothing came: the answer stands"
    monkeypatch.setattr(remembered, "rules", lambda: "other rules")
    assert remembered.recalled(archive, first.story.id) == Known()
    again = look(archive, POST.id)
    assert again.known is not None, "the answer was worked out anew"
    assert again.told == first.told


@pytest.mark.parametrize("noted", ["no JSON", "[]", '{"rules": 1}', None])
def test_a_damaged_note_only_costs_time(archive: Archive, noted: str | None) -> None:
    archive.add([POST])
    seen = look(archive, POST.id)
    remember(archive, seen)
    torn = json.dumps({"rules": remembered.rules(), "vectors": ["AAAA", "AA==", 1], "scores": 3})
    archive.note("known", seen.story.id, torn if noted is None else noted)
    assert remembered.recalled(archive, seen.story.id) == Known()


def test_the_archive_remembers_the_stories_looked_at_last(archive: Archive) -> None:
    known = Known(scores=Answers(asked={digest("a", "b"): 0.5}))
    for n in range(remembered.STORIES + 2):
        remembered.note(archive, f"e{n}", known)
    assert remembered.recalled(archive, "e1") == Known()
    assert remembered.recalled(archive, "e2").scores.before == {digest("a", "b"): 0.5}


def test_what_is_no_longer_asked_is_forgotten_in_the_end() -> None:
    scores = Answers({digest("old"): 1.0, digest("older"): 2.0})
    scores.to([digest("new"), digest("newer")], lambda places: [float(p) for p in places])
    assert list(scores.kept()) == [digest("new"), digest("newer"), digest("old")]
