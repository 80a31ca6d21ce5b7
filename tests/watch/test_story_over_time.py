"""A story that is looked at now and then: what it says now, and what has changed since the last look."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from twosource.archive import Archive
from twosource.cli import main
from twosource.errors import UsageError
from twosource.matching import cross_encoder
from twosource.model import FigureGroup, FigureMention, Reconciliation, Report, content_id
from twosource.outputs.json import from_json, to_json
from twosource.reconcile import reconcile
from twosource.sources import from_text
from twosource.stories import Story
from twosource.watch.changes import changes, figures
from twosource.watch.changes_told import told, told_markdown, words
from twosource.watch.kept import grown, kept_stories, story_named
from twosource.watch.looks import Look, look, remember


def report(file: str, outlet: str, text: str, published: str = "2031-04-01") -> Report:
    return from_text(text, file=file, outlet=outlet, published=published, language="en")


POST = report("post.txt", "The Post", "Two barges sank off Karsmouth on Monday. Three people drowned in the harbour, the harbour master Ada Quill said.")  # fmt: skip
POST_CORRECTED = report("post.txt", "The Post", "Two barges sank off Karsmouth on Monday. The harbour stayed open, the harbour master Ada Quill said.")  # fmt: skip
QUAY = report("quay.txt", "The Quay", "Two barges went down near Karsmouth on Monday, the rescue service said. Three people drowned in the harbour.")  # fmt: skip
TERN = report("tern.txt", "The Tern", "Divers searched the harbour of Karsmouth again. Five people drowned in the harbour after two barges sank, the town hall said.", "2031-04-02")  # fmt: skip
BUDGET = report("budget.txt", "The Post", "The council of Velmouth passed a budget of 41 million crowns, treasurer Tomas Ryle said.")  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.init(tmp_path / "desk.db") as made:
        yield made


def seen(archive: Archive, name: str) -> Look:
    found = look(archive, name)
    remember(archive, found)
    return found


def said(found: Look) -> list[str]:
    reports = {r.id: r for r in found.reports}
    return [words(change, reports) for change in found.changes]


def test_stories_of_an_archive_keep_their_ids_as_they_grow(archive: Archive) -> None:
    archive.add([POST, BUDGET])
    first = {s.reports: s.id for s in kept_stories(archive)}
    assert first.keys() == {(POST.id,), (BUDGET.id,)}
    archive.add([QUAY])
    grew = {s.id: set(s.reports) for s in kept_stories(archive)}
    assert grew == {first[POST.id,]: {POST.id, QUAY.id}, first[BUDGET.id,]: {BUDGET.id}}
    assert [(p.name, p.number) for p in archive.products("story")] == sorted(
        [(first[POST.id,], 2), (first[BUDGET.id,], 1)]
    )


def test_stories_to_which_nothing_came_are_those_that_were_kept(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([POST, QUAY, BUDGET])
    kept = kept_stories(archive)
    monkeypatch.delattr("twosource.watch.kept.group")
    assert kept_stories(archive) == kept


def test_a_corrected_report_stays_in_its_story(archive: Archive) -> None:
    archive.add([POST, QUAY])
    (story,) = kept_stories(archive)
    changed = report("post.txt", "The Post", BUDGET.text)
    archive.add([changed])
    (now,) = kept_stories(archive)
    assert now.id == story.id
    assert set(now.reports) == {changed.id, QUAY.id}


def test_a_story_keeps_the_reports_that_are_too_old_to_be_grouped_again() -> None:
    before = [Story("e1", "Barges sink", ("old", "r1")), Story("e2", "A budget", ("older",))]
    now = grown(before, [Story("e9", "Divers search", ("r1", "r2"))], frozenset({"r1", "r2"}), {})
    assert [(s.id, s.title, s.reports) for s in now] == [
        ("e1", "Divers search", ("old", "r1", "r2")),
        ("e2", "A budget", ("older",)),
    ]


def test_of_stories_that_become_one_the_greater_goes_on_and_the_other_leads_to_it(archive: Archive) -> None:
    before = [Story("e1", "Barges sink", ("a",)), Story("e2", "A wreck", ("b", "c"))]
    (now,) = grown(before, [Story("e1", "Barges sink", ("a", "b", "c"))], frozenset("abc"), {})
    assert now.id == "e2"
    archive.add([POST, QUAY])
    archive.keep_product("story", "e77", "{}", [QUAY.id])
    stories = kept_stories(archive)
    assert story_named(archive, stories, "e77") == stories[0]


def test_a_story_that_parts_takes_no_id_that_another_has() -> None:
    before = [Story("e1", "Barges sink", ("a", "b", "c"))]
    groups = [Story("e1", "A budget", ("a",)), Story("e5", "Barges sink", ("b", "c"))]
    now = grown(before, groups, frozenset("abc"), {})
    assert [s.reports for s in now] == [("b", "c"), ("a",)]
    assert now[0].id == "e1"
    assert now[1].id not in {"e1", "e5"}


def test_a_report_that_parts_alone_takes_no_id_that_another_has() -> None:
    opened = content_id("e", "a")
    before = [Story(opened, "Barges sink", ("a", "b", "c"))]
    groups = [Story(opened, "A budget", ("a",)), Story("e5", "Barges sink", ("b", "c"))]
    now = grown(before, groups, frozenset("abc"), {})
    assert [s.reports for s in now] == [("b", "c"), ("a",)]
    assert now[0].id == opened != now[1].id


def test_two_versions_that_were_in_two_stories_are_in_one() -> None:
    before = [Story("e1", "Barges sink", ("a1",)), Story("e2", "Barges sink", ("a2", "b"))]
    now = grown(before, [Story("e9", "Barges sink", ("a2", "b"))], frozenset({"a2", "b"}), {"a1": "a2"})
    assert sorted(r for story in now for r in story.reports) == ["a2", "b"]


def test_a_story_is_called_by_its_id_the_beginning_of_it_or_a_report(archive: Archive) -> None:
    archive.add([POST, QUAY])
    stories = (story,) = kept_stories(archive)
    for name in (story.id, story.id[:5], QUAY.id):
        assert story_named(archive, stories, name) == story
    with pytest.raises(UsageError, match="there is no story 'e0'"):
        story_named(archive, stories, "e0")


def test_a_story_is_called_by_the_address_or_file_that_stories_lists(archive: Archive) -> None:
    archive.add([replace(POST, url="https://post.example/1"), QUAY, BUDGET])
    stories = kept_stories(archive)
    barges = next(s for s in stories if len(s.reports) == 2)
    for name in ("https://post.example/1", "quay.txt"):
        assert story_named(archive, stories, name) == barges
    with pytest.raises(UsageError, match="'e' begins the ids of 2 stories"):
        story_named(archive, stories, "e")
    with pytest.raises(UsageError, match="there is no story ''"):
        story_named(archive, stories, "")


@pytest.mark.parametrize(
    ("was", "now", "kinds"),
    [
        ((3, 3), (5, 5), ["rose"]),
        ((5, 5), (3, 3), ["fell"]),
        ((38, None), (36, 40), []),
        ((30, None), (40, None), ["rose"]),
        ((3, 3), (2, None), []),
    ],
    ids=["three, five", "five, three", "at least 38, some 38", "at least 30, at least 40", "three, at least two"],
)
def test_a_figure_rose_where_it_is_higher_for_certain(
    was: tuple[float, float | None], now: tuple[float, float | None], kinds: list[str]
) -> None:
    def told(*values: tuple[float, float | None]) -> Reconciliation:
        mentions = tuple(
            FigureMention(f"r{n}", 0, 1, "x", low=low, high=high, as_of=None, voice=())
            for n, (low, high) in enumerate(values)
        )
        return Reconciliation((), figures=(FigureGroup("f1", "people, hurt", "people", "updated", mentions),))

    assert [c.kind for c in figures(told(was), told(was, now), {})] == kinds


@pytest.mark.parametrize(("as_of", "kinds"), [("2031-04-01", []), ("2031-04-03", ["fell"]), (None, ["fell"])])
def test_an_older_report_that_is_found_later_moves_no_figure(as_of: str | None, kinds: list[str]) -> None:
    def told(*mentions: FigureMention) -> Reconciliation:
        return Reconciliation((), figures=(FigureGroup("f1", "people, hurt", "people", "updated", mentions),))

    was = FigureMention("r1", 0, 1, "x", low=15, high=15, as_of="2031-04-02", voice=())
    now = FigureMention("r2", 0, 1, "x", low=12, high=12, as_of=as_of, voice=())
    assert [c.kind for c in figures(told(was), told(was, now), {})] == kinds


def test_no_look_is_written_over_the_archive(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However the archive is named: by --archive, by the environment, or by nothing, being in the folder."""
    archive.add([POST])
    monkeypatch.chdir(tmp_path)
    shutil.copy("desk.db", "twosource.db")
    for place in ("desk.db", None, "environment"):
        monkeypatch.delenv("TWOSOURCE_ARCHIVE", raising=False)
        named = ["--archive", place] if place == "desk.db" else []
        if place == "environment":
            monkeypatch.setenv("TWOSOURCE_ARCHIVE", "desk.db")
        out = "twosource.db" if place is None else "desk.db"
        for command in (["story", POST.id], ["stories"]):
            assert main([*command, *named, "-o", out]) == 2
            assert "never written" in capsys.readouterr().err
    assert main(["archive", "check", "--archive", "twosource.db"]) == 0


def test_no_stories_are_written_over_what_an_engine_has_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("pile.jsonl.parquet", "pile.jsonl.done"):
        (tmp_path / name).write_bytes(b"as it was")
    for name in ("pile.jsonl.parquet", "pile.jsonl.done"):
        assert main(["stories", str(tmp_path), "-o", str(tmp_path / name)]) == 2
        assert "never written" in capsys.readouterr().err
        assert (tmp_path / name).read_bytes() == b"as it was"


def test_what_joined_what_moved_and_what_rose_is_said(archive: Archive) -> None:
    archive.add([POST])
    first = seen(archive, POST.id)
    assert (first.since, first.changes) == (None, ())
    archive.add([QUAY])
    second = said(seen(archive, POST.id))
    assert second[0] == "The Quay joined: a text of its own"
    assert any("went from single-source to corroborated (The Post and The Quay)" in s or
               "went from single-source to corroborated (The Quay and The Post)" in s for s in second)  # fmt: skip
    archive.add([TERN])
    third = look(archive, POST.id)
    (rise,) = [c for c in third.changes if c.kind == "rose"]
    assert [s.exact for s in rise.spans if s] == ["Three", "Five"]
    assert rise.reports[1] == TERN.id
    texts = {r.id: r.text for r in third.reports}
    for span in (s for c in third.changes for s in c.spans if s is not None):
        assert span.exact == texts[span.report][span.start : span.end]


def test_a_claim_that_a_correction_takes_back_is_withdrawn(archive: Archive) -> None:
    archive.add([POST])
    seen(archive, POST.id)
    archive.add([POST_CORRECTED])
    now = look(archive, POST_CORRECTED.id)
    (back,) = [c for c in now.changes if c.kind == "withdrawn"]
    assert back.spans[0] is not None
    assert back.spans[0].exact.startswith("Three people drowned")
    assert (back.before, back.reports) == ("single-source", (POST.id,))
    (corrected,) = [c for c in now.changes if c.kind == "corrected"]
    assert corrected.reports == (POST.id, POST_CORRECTED.id)
    assert not [c for c in now.changes if c.kind in ("joined", "left")]


def test_a_claim_that_another_still_makes_is_not_withdrawn(archive: Archive) -> None:
    archive.add([POST, QUAY])
    seen(archive, POST.id)
    archive.add([POST_CORRECTED])
    now = look(archive, POST_CORRECTED.id)
    assert [c for c in now.changes if c.kind == "withdrawn"] == []
    assert any(c.kind == "verdict" and c.before == "corroborated" and c.after == "single-source" for c in now.changes)


def test_the_same_readings_in_the_same_words_change_nothing(archive: Archive) -> None:
    archive.add([POST, QUAY])
    told = reconcile([archive.reading(POST.id), archive.reading(QUAY.id)])
    assert changes(told, told, {}) == ()
    assert changes(from_json(to_json(told)), told, {}) == ()


def test_a_statement_of_two_claims_has_moved_only_where_neither_had_that_verdict(archive: Archive) -> None:
    archive.add([POST, QUAY, TERN])
    told = reconcile([archive.reading(r.id) for r in (POST, QUAY, TERN)])
    times = Counter(e.id for claim in told.claims for e in claim.evidence)
    assert max(times.values()) == 2, "that the count grew from three, and that it stood at three"
    for claims in (told.claims, told.claims[::-1]):
        assert changes(replace(told, claims=claims), told, {}) == ()


def test_what_joins_and_goes_back_to_its_own_newsroom_is_another_text(archive: Archive) -> None:
    archive.add([POST])
    seen(archive, POST.id)
    archive.add([report("later.txt", "The Post", "Two barges sank off Karsmouth on Monday. Divers found the wreck of one of them, Ada Quill said.", "2031-04-02")])  # fmt: skip
    assert said(look(archive, POST.id))[0] == "The Post joined with another text"


def test_a_look_that_is_not_remembered_is_told_again_and_one_that_is_costs_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([POST])
    seen(archive, POST.id)
    archive.add([QUAY])
    assert look(archive, POST.id).changes == seen(archive, POST.id).changes != ()
    monkeypatch.delattr("twosource.watch.looks.reconcile")
    again = look(archive, POST.id)
    assert again.changes == ()
    assert again.told == seen(archive, POST.id).told
    assert "Nothing has changed since the last look" in told(again)
    assert list(archive.check()) == []


def test_a_look_says_what_compare_says_of_the_same_reports(archive: Archive) -> None:
    archive.add([POST, QUAY, TERN])
    found = look(archive, QUAY.id)
    assert found.told == reconcile([archive.reading(r.id) for r in (POST, QUAY, TERN)])


def test_pairs_that_were_scored_are_not_scored_again_and_say_the_same(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([POST, TERN])
    seen(archive, POST.id)
    archive.add([QUAY])
    scored: list[tuple[str, str]] = []
    score = cross_encoder._scored

    def counted(pair: tuple[str, str]) -> float:
        scored.append(pair)
        return score(pair)

    monkeypatch.setattr(cross_encoder, "_scored", counted)
    found = seen(archive, QUAY.id)
    with_memory = len(scored)
    assert found.told == reconcile([archive.reading(r.id) for r in (POST, QUAY, TERN)])
    assert 0 < with_memory < len(scored) - with_memory


def test_words_of_reports_stay_words_in_markdown(archive: Archive) -> None:
    archive.add([POST])
    seen(archive, POST.id)
    archive.add([report("x.txt", "The [Quay](x)*", QUAY.text)])
    assert "- The \\[Quay\\](x)\\* joined" in told_markdown(look(archive, POST.id))


def test_without_files_the_archive_is_the_one_that_the_environment_or_the_folder_names(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.add([POST])
    (story,) = kept_stories(archive)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TWOSOURCE_ARCHIVE", raising=False)
    assert main(["stories"]) == 2
    assert "name files or folders that hold reports, or an archive" in capsys.readouterr().err
    monkeypatch.setenv("TWOSOURCE_ARCHIVE", str(tmp_path / "desk.db"))
    assert main(["stories"]) == 0
    assert story.id in capsys.readouterr().out
    assert main(["stories", "--published", "2031-04-01"]) == 2
    monkeypatch.delenv("TWOSOURCE_ARCHIVE")
    Archive.init(tmp_path / "twosource.db").close()
    assert main(["stories"]) == 0


def test_the_commands(archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "desk.db")
    archive.add([POST])
    (story,) = kept_stories(archive)
    assert main(["stories", "--archive", place]) == 0
    assert story.id in capsys.readouterr().out
    assert main(["story", story.id, "--archive", place]) == 0
    assert capsys.readouterr().out.startswith("This is the first look at the story.")
    archive.add([report("quay.txt", "The <b>Quay</b>", QUAY.text)])
    page = tmp_path / "page.html"
    assert main(["story", story.id, "--archive", place, "--no-remember", "-o", str(page)]) == 0
    assert (
        '<li><b aria-hidden="true">+</b> The &lt;b&gt;Quay&lt;/b&gt; joined: a text of its own</li>'
        in page.read_text("utf-8")
    )
    assert main(["story", story.id, "--archive", place, "--no-remember", "--format", "markdown"]) == 0
    assert "Since the last look" in capsys.readouterr().out
    assert main(["story", story.id, "--archive", place, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["story"]["id"] == story.id
    assert found["changes"][0]["kind"] == "joined"
    assert len(from_json(json.dumps(found["reconciliation"])).reports) == 2
    assert main(["story", "e0", "--archive", place]) == 2
    assert main(["stories", place, "--archive", place]) == 2
