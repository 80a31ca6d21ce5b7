"""Searching an archive, on both databases: what is found, in which order, where it stands, and that the index is what is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from archive_work import processes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from twosource import Archive, UsageError
from twosource.archive import search_filling, search_sqlite, search_words
from twosource.archive.query_parsing import parsed
from twosource.archive.search_conditions import Statement
from twosource.archive.search_shown import answer_json, answer_text
from twosource.cli import main
from twosource.errors import ArchiveError, QueryError
from twosource.limits import READ_CHARACTERS
from twosource.model import Report
from twosource.sources import from_text

FERRY = (
    "Two ferries collided off Saltmouth on Monday. “We saw more than 1,000 people in the water,” the harbour master, Ada Brill, said. "
    "At least 12 people were hurt.\nBrill denied on Tuesday that nearly 50% of the boats had leaked.\n"
)
REPORTS = (
    from_text(FERRY, file="ferry.txt", outlet="The Tern", published="2031-04-02", url="https://tern.example/ferry"),
    from_text(
        "A tug sank. The ferry’s crew were not hurt, Jora Velm said.",
        file="tug.txt",
        outlet="Gull Post",
        published="2031-04-05T10:00:00+02:00",
    ),
)
UNREAD = (
    from_text("Ferry ferry ferry: nobody was hurt in Café Élan, 東京.", file="cafe.txt", published="2031-03-31"),
    from_text("Nothing happened in Karsmouth. The harbour stayed open.", file="nothing.txt"),
)


@pytest.fixture
def archive(place: str) -> Iterator[Archive]:
    with Archive.init(place) as made:
        yield made


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.add(REPORTS)
    archive.add(UNREAD, read=False)
    return archive


def files(archive: Archive, query: str) -> list[str]:
    return [hit.report.file.removesuffix(".txt") for hit in archive.search(query).hits]


def marks(archive: Archive, query: str) -> list[str]:
    answer = archive.search(query, passages=None)
    return [mark.exact for hit in answer.hits for passage in hit.passages for mark in passage.marks]


def test_what_queries_find(filled: Archive) -> None:
    """One archive for all, since a database takes longer to make than to ask."""
    expected = {
        # words
        "collided": {"ferry"},
        "FERRIES": {"ferry", "tug", "cafe"},
        "ferry hurt": {"ferry", "tug", "cafe"},
        "ferry tug": {"tug"},
        "ferry -tug": {"ferry", "cafe"},
        "-ferry": {"nothing"},
        "collided OR tug": {"ferry", "tug"},
        "(collided OR tug) jora": {"tug"},
        "collided OR tug jora": {"ferry", "tug"},
        "-(collided OR tug)": {"cafe", "nothing"},
        "collided OR -ferry": {"ferry", "nothing"},
        '"ferries collided"': {"ferry"},
        '"collided ferries"': set(),
        "1,000": {"ferry"},
        "cafe elan": {"cafe"},
        "東京": {"cafe"},
        "京東": set(),
        "coll*": {"ferry"},
        "ferrie*": {"ferry", "tug", "cafe"},
        "ferries*": {"ferry", "tug", "cafe"},
        "harb* -coll*": {"nothing"},
        # who, and what is said
        "actor:brill": {"ferry"},
        'actor:"ADA BRILL"': {"ferry"},
        'actor:"brill ada"': set(),
        "actor:Velm OR collided": {"ferry", "tug"},
        'quote:"in the water"': {"ferry"},
        "quote:collided": set(),
        # where and when
        "outlet:tern": {"ferry"},
        'outlet:"gull post"': {"tug"},
        "outlet:tern.example": {"ferry"},
        'outlet:"tern tern"': set(),
        "since:2031-04": {"ferry", "tug"},
        "until:2031-03": {"cafe"},
        "since:2031-04-02 until:2031-04-02": {"ferry"},
        # how many
        "figure:>1000": {"ferry"},
        "figure:>5000": set(),
        'figure:">500 people"': {"ferry"},
        'figure:">500 boats"': set(),
        "figure:12": {"ferry"},
        "figure:>=12": {"ferry"},
        "figure:40..50%": {"ferry"},
        "figure:1..2 collided": {"ferry"},
        "figure:<1": set(),
        # several at once: each is asked, whichever drives the search
        'actor:brill quote:"in the water"': {"ferry"},
        "actor:brill quote:collided": set(),
        "actor:brill figure:>1000 -tug since:2031": {"ferry"},
        "actor:brill -figure:>1000": set(),
        "(actor:velm OR figure:12) outlet:post": {"tug"},
        "actor:velm OR figure:12 OR elan": {"ferry", "tug", "cafe"},
        "(collided actor:brill) OR (sank actor:velm)": {"ferry", "tug"},
        "-(actor:brill figure:12)": {"tug"},
        # what is not known is neither so nor not so
        "-actor:Velm": {"ferry"},
        "-since:2031-04-05": {"ferry", "cafe"},
        "-outlet:tern": {"tug"},
    }
    assert {query: set(files(filled, query)) for query in expected} == expected


def test_no_search_looks_up_every_report(tmp_path: Path) -> None:
    """By an index alone, what is asked for is found; or, where no index can, what is passed over is."""
    queries = (
        "ferry", "ferr*", '"ferry sank"', "-ferry", "ferry OR tug", "actor:brill", "quote:hurt", "figure:>12", 'figure:"12 people"',
        "outlet:tern", "since:2031", "-actor:brill", "actor:brill OR quote:hurt", "actor:brill OR ferry", "ferry actor:brill figure:>12",
        "outlet:tern figure:>12", "(ferry OR actor:brill) since:2031",
    )  # fmt: skip
    with Archive.init(tmp_path / "kept.db") as archive, archive.store.reading() as connection:
        for query in queries:
            statement = Statement(connection, search_sqlite)
            select, ranks = statement.select(parsed(query), newest=True)
            plan = [
                row.detail
                for row in connection.execute(sql(f"EXPLAIN QUERY PLAN {select}"), statement.values | {"limit": 10})
            ]
            of_entries = [step for step in plan if step.split()[1] == "e"]
            assert of_entries, plan
            assert not [step for step in of_entries if step.startswith("SCAN") and "COVERING" not in step], (
                query,
                plan,
            )
            words_drive = any(step.startswith("SCAN search_words") for step in plan[:3])
            sorts = sum(step.startswith("USE TEMP B-TREE FOR ORDER BY") for step in plan)
            assert sorts == 1 or not (ranks and words_drive), (query, plan)


def test_what_was_asked_for_is_marked_in_the_exact_text(filled: Archive) -> None:
    assert marks(filled, "collided") == ["collided"]
    assert marks(filled, '"ferry collided"') == ["ferries collided"]
    assert marks(filled, "elan -tug") == ["Élan"]
    assert marks(filled, "actor:ada") == ["Ada Brill", "Brill"]
    assert marks(filled, "quote:water") == ["water"]
    assert marks(filled, "figure:>1000") == ["more than 1,000"]
    assert marks(filled, "outlet:tern") == []
    for query in ("ferry", "actor:brill hurt", "since:2031", "figure:>0"):
        for hit in filled.search(query).hits:
            assert hit.passages
            for passage in hit.passages:
                for span in (passage.sentence, *passage.marks):
                    assert hit.report.text[span.start : span.end] == span.exact
                assert all(passage.sentence.start <= m.start and m.end <= passage.sentence.end for m in passage.marks)


def test_hits_are_shown_in_their_sentence_whether_read_or_not(filled: Archive) -> None:
    (hit,) = filled.search("collided").hits
    assert [p.sentence.exact for p in hit.passages] == ["Two ferries collided off Saltmouth on Monday."]
    (hit,) = filled.search("harbour karsmouth").hits
    assert [p.sentence.exact for p in hit.passages] == ["Nothing happened in Karsmouth.", "The harbour stayed open."]
    (hit,) = filled.search("-ferry").hits
    assert [(p.sentence.exact, p.marks) for p in hit.passages] == [("Nothing happened in Karsmouth.", ())]


def test_the_best_come_first_and_ties_have_an_order(archive: Archive) -> None:
    texts = {
        "once": "A barge sank off the coast. The sea was calm.",
        "often": "Barge after barge sank: the barge office.",
    }
    archive.add([from_text(text, file=f"{name}.txt") for name, text in texts.items()], read=False)
    archive.add([from_text(f"Nothing happened on day {n}.", file=f"{n}.txt") for n in range(9)], read=False)
    assert files(archive, "barge") == ["often", "once"]
    same = [from_text("A buoy was lost.", file=f"{n}.txt", published=f"2031-04-{40 - n}") for n in range(11, 17)]
    archive.add(
        [*same[3:], *same[:3], *(replace(r, id=f"{r.id}x", url=f"https://{r.id}.example/a") for r in same)], read=False
    )
    found = archive.search("buoy", limit=100).hits
    assert [(h.report.published, h.report.id) for h in found] == sorted(
        ((h.report.published, h.report.id) for h in found), key=lambda f: (-int((f[0] or "")[-2:]), f[1])
    )
    assert [h.report.id for h in archive.search("buoy", limit=4).hits] == [h.report.id for h in found[:4]]
    assert (archive.search("buoy", limit=4).matched, archive.search("buoy", limit=4).capped) == (12, False)


def test_where_too_many_match_it_says_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    from twosource.archive import search, search_conditions

    for module in (search, search_conditions):
        monkeypatch.setattr(module, "RANKED", 3)
    archive.add([from_text(f"Barge {n} sank.", file=f"{n}.txt") for n in range(5)], read=False)
    answer = archive.search("barge")
    assert (answer.matched, answer.capped, len(answer.hits)) == (3, True, 3)
    assert "0.txt" not in {h.report.file for h in answer.hits}
    assert answer_text(answer).startswith("more than 3 reports match barge, 3 shown")


def test_a_corrected_report_is_found_by_what_it_says_now(archive: Archive) -> None:
    archive.add(from_text("Three barges sank.", file="a.txt"), read=False)
    archive.add(from_text("Four barges sank.", file="a.txt"), read=False)
    assert files(archive, "three") == []
    assert files(archive, "four") == ["a"]
    (hit,) = archive.search("three", all_versions=True).hits
    assert (hit.number, hit.newest) == (1, False)
    assert "version 1, corrected since" in answer_text(archive.search("three", all_versions=True))
    assert list(archive.check()) == []


def test_what_has_not_been_read_is_searched_by_words_and_said_so(filled: Archive) -> None:
    assert filled.search("ferry").unread == 0
    answer = filled.search("actor:brill")
    assert answer.unread == 2
    assert [h.read for h in answer.hits] == [True]
    filled.read()
    assert filled.search("actor:karsmouth").unread == 0
    assert files(filled, "actor:karsmouth") == ["nothing"]
    assert list(filled.check()) == []


def test_a_text_longer_than_a_tsvector_keeps_places_of_is_searched_for_phrases(archive: Archive) -> None:
    long = "The barge sank. " * 5000 + "Ada Brill saw the very end."
    assert len(long) < READ_CHARACTERS
    archive.add(
        [from_text(long, file="long.txt"), from_text(long + "\n" * READ_CHARACTERS + "Zebra.", file="longer.txt")],
        read=False,
    )
    assert files(archive, '"saw the very end"') == ["long", "longer"] or files(archive, '"saw the very end"') == [
        "longer",
        "long",
    ]
    assert files(archive, '"the saw very end"') == []
    assert files(archive, "zebra") == []
    (first, *_) = archive.search('"the barge sank"', passages=2).hits
    assert (len(first.passages), first.more) == (2, 4998)
    assert list(archive.check()) == []


def test_the_index_is_made_anew_as_it_was(filled: Archive) -> None:
    queries = ("ferry", "actor:brill", 'quote:"in the water"', "figure:>10", "outlet:tern", "since:2031", "-boat")
    before = [filled.search(query) for query in queries]
    assert filled.rebuild_search() == 4
    assert [filled.search(query) for query in queries] == before
    assert list(filled.check()) == []


def test_others_add_while_the_index_is_made_anew(filled: Archive, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_PAGE", 1), ("_TURN", 0.0), ("_PAUSE", 0.0)):
        monkeypatch.setattr(search_filling, name, value)
    refused = 0

    def meanwhile(done: int) -> None:
        """What somebody does in another process: a new report, a correction of one that is indexed, and of one that is not yet."""
        nonlocal refused
        with Archive.open(place) as other:
            if done == 2:
                other.add(from_text("Barge seven sank.", file="new.txt"), read=False)
                other.add(replace_text(REPORTS[0], "Two ferries", "Nine ferries"))
                other.add(replace_text(UNREAD[1], "stayed open", "was shut"), read=False)
            with pytest.raises(UsageError, match="is being made anew: wait until that is done"):
                other.search("ferry")
            refused += 1

    assert filled.rebuild_search(done=meanwhile) == 4
    assert refused == 4
    assert files(filled, "barge") == ["new"]
    assert (files(filled, "nine"), files(filled, "two"), files(filled, "shut"), files(filled, "stayed")) == (
        ["ferry"], [], ["nothing"], [],
    )  # fmt: skip
    assert files(filled, "actor:brill") == ["ferry"]
    assert list(filled.check()) == []


def test_who_stopped_making_the_index_goes_on_where_it_was(
    filled: Archive, place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("_PAGE", 1), ("_TURN", 0.0), ("_PAUSE", 0.0)):
        monkeypatch.setattr(search_filling, name, value)

    def stop(done: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.rebuild_search(done=stop)
    with pytest.raises(UsageError, match="`twosource search --rebuild` goes on with it"):
        filled.search("ferry")
    assert ["being made anew" in f.what for f in filled.check()] == [True]
    assert main(["archive", "check", "--archive", place]) == 1
    assert capsys.readouterr().out.startswith("1 fault: all that is kept is whole, but for the search index, which")
    assert filled.rebuild_search() == 1
    assert files(filled, "actor:brill") == ["ferry"]
    assert list(filled.check()) == []


def replace_text(report: Report, old: str, new: str) -> Report:
    """The report with another text, as a correction comes."""
    told = {key: getattr(report, key) for key in ("outlet", "published", "url")}
    return from_text(report.text.replace(old, new), file=report.file, **told)


def test_readings_that_are_taken_out_are_taken_out_of_the_index(filled: Archive) -> None:
    with filled.store.writing() as connection:
        connection.execute(sql("UPDATE readings SET digest = 'x' WHERE id = 1"))
    assert filled.prune(damaged=True).readings == 1
    assert files(filled, "actor:brill") == []
    assert filled.search("actor:brill").unread == 3
    assert [f for f in filled.check() if f.part == "search index"] == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE search_entries SET day = '2031-01-01' WHERE version = 1",
        "UPDATE search_entries SET newest = (version <> 1)",
        "UPDATE search_entries SET reading = NULL WHERE version = 1",
        "UPDATE search_figures SET low = 7 WHERE version = 1 AND number = 0",
        "DELETE FROM search_places WHERE version = 1",
        "UPDATE search_outlets SET words = ' gull '",
        "words",
        "names",
        "gone",
    ],
)
def test_a_change_to_the_index_is_noticed_and_mended(place: str, change: str) -> None:
    sqlite = "://" not in place
    changes = {
        "words": ("UPDATE search_words SET words = 'gull' WHERE rowid = 1", "UPDATE search_vectors SET words = '''gull''\\:1' WHERE version = 1"),
        "names": ("UPDATE search_read SET names = 'gull' WHERE rowid = 1", "UPDATE search_vectors SET names = '''gull''\\:1' WHERE version = 1"),
        "gone": ("DELETE FROM search_words WHERE rowid = 1", "DELETE FROM search_vectors WHERE version = 1"),
    }  # fmt: skip
    with Archive.init(place) as archive:
        archive.add(REPORTS[0])
        with archive.store.writing() as connection:
            connection.execute(sql(changes[change][0 if sqlite else 1] if change in changes else change))
        (fault,) = archive.check()
        assert (fault.part, fault.where) == ("search index", REPORTS[0].id)
        archive.rebuild_search()
        assert list(archive.check()) == []


def test_damage_inside_of_fts5_is_noticed(tmp_path: Path) -> None:
    with Archive.init(tmp_path / "kept.db") as archive:
        archive.add(REPORTS[0], read=False)
        with archive.store.writing() as connection:
            connection.execute(sql("UPDATE search_words_content SET c0 = c0"))
            block = connection.execute(
                sql("SELECT id, block FROM search_words_data WHERE id > 10 ORDER BY id LIMIT 1")
            ).one()
            data = block.block.replace(b"ltmouth", b"ltmauth")  # behind "said", its first letters are not written again
            assert data != block.block
            connection.execute(
                sql("UPDATE search_words_data SET block = :block WHERE id = :id"), {"block": data, "id": block.id}
            )
        assert {f.part for f in archive.check()} == {"search index"}


def test_an_index_by_other_rules_is_not_searched(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_words, "RULES", "words-0")
    with pytest.raises(UsageError, match="run `twosource search --rebuild` first"):
        filled.search("ferry")
    assert [f.part for f in filled.check()] == ["search index"]
    filled.rebuild_search()
    assert files(filled, "collided") == ["ferry"]


def test_a_report_that_was_changed_is_not_shown(filled: Archive) -> None:
    with filled.store.writing() as connection:
        drop = (
            "DROP TRIGGER versions_no_update"
            if filled.store.kind == "sqlite"
            else "DROP TRIGGER versions_kept ON versions"
        )
        connection.execute(sql(drop))
        connection.execute(sql("UPDATE versions SET text = replace(text, 'Two', 'Six') WHERE id = 1"))
    with pytest.raises(ArchiveError, match="was changed or damaged"):
        filled.search("collided")


def add_and_die(place: str) -> None:
    import os
    import signal

    from twosource.archive import search_index

    search_index.add = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    with Archive.open(place) as archive:
        archive.add(REPORTS, read=False)


def test_a_report_is_kept_with_its_words_or_not_at_all(archive: Archive, place: str) -> None:
    process = processes.Process(target=add_and_die, args=(place,))
    process.start()
    process.join(120)
    assert process.exitcode == -9
    assert list(archive.reports()) == []
    assert archive.search("ferry").matched == 0
    assert list(archive.check()) == []


TYPED = st.lists(
    st.sampled_from("ferry boats OR - ( ) \" ' : * ^ actor:brill outlet:tern since:2031 quote:\"in figure:>1 figure:..9% % _ \\ ; -- :v0 NEAR(a) É 東".split())
    | st.text(max_size=3),
    max_size=10,
).map(" ".join)  # fmt: skip


@pytest.fixture(scope="module")
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Archive]]:
    """An archive on each database that is there, with the same reports."""
    places = [str(tmp_path_factory.mktemp("search") / "kept.db"), request.getfixturevalue("postgres").database()]
    made = [Archive.init(place) for place in places]
    for archive in made:
        archive.add(REPORTS)
        archive.add(UNREAD, read=False)
    yield made
    for archive in made:
        archive.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
def test_whatever_is_typed_is_answered_alike_by_both_databases_or_refused(asked: list[Archive], typed: str) -> None:
    try:
        parsed(typed)
    except QueryError:
        return
    sqlite, postgres = (archive.search(typed) for archive in asked)
    assert sorted(h.report.id for h in sqlite.hits) == sorted(h.report.id for h in postgres.hits)
    places = [{h.report.id: h.passages for h in answer.hits} for answer in (sqlite, postgres)]
    assert places[0] == places[1]


# --- the command -------------------------------------------------------------------------------------------------------------


def test_the_command_shows_hits_in_their_sentences(
    filled: Archive, place: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["search", "collided", "-tug", "--archive", place]) == 0
    out, err = (stream.decode() for stream in capsysbinary.readouterr())
    assert out.splitlines() == [
        "1 report matches collided -tug",
        "",
        "  1  The Tern · 2031-04-02",
        f"     {REPORTS[0].id} · ferry.txt",
        "     “Two ferries *collided* off Saltmouth on Monday.”",
    ]
    assert err == ""
    assert main(["search", "zebra", "--archive", place]) == 0
    assert capsysbinary.readouterr().out == b"no report matches zebra\n"
    assert main(["search", "actor:zebra", "--archive", place]) == 0
    assert b"2 reports were searched by words alone, since not read yet" in capsysbinary.readouterr().err


def test_the_command_tells_scripts_everything(
    filled: Archive, place: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["search", "--json", "--limit", "1", 'hurt "ferry"', "--archive", place]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert (told["schema"], told["query"], told["matched"]) == ("twosource/search/1", "hurt ferry", 3)
    (hit,) = told["hits"]
    text = next(r.text for r in (*REPORTS, *UNREAD) if r.id == hit["report"])
    for passage in hit["passages"]:
        for span in (passage["sentence"], *passage["marks"]):
            assert text[span["start"] : span["end"]] == span["exact"]
    assert json.loads(answer_json(filled.search('hurt "ferry"', limit=1))) == told


def test_the_command_points_at_what_it_cannot_read(
    filled: Archive, place: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["search", "東京 (boat", "--archive", place]) == 2
    assert capsysbinary.readouterr().err.decode().splitlines() == [
        "twosource: this search cannot be read: this parenthesis is opened and not closed",
        "  東京 (boat",
        "       ^",
    ]
    assert main(["search", "--archive", place]) == 2
    assert b"search for what?" in capsysbinary.readouterr().err
    assert main(["search", "--rebuild", "--archive", place]) == 0
    assert capsysbinary.readouterr().err == b"twosource: indexed 4 versions of reports anew\n"


def test_the_command_tells_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    for help_ in (["-h"], ["--help"], ["ferry", "-h"]):
        assert main(["search", *help_]) == 0
        assert capsys.readouterr().out.startswith("Usage: twosource search ")


def test_a_word_that_begins_with_h_can_be_left_out(
    filled: Archive, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "ferry", "-hull", "-harbour", "--archive", place]) == 0
    assert "ferry -hull -harbour" in capsys.readouterr().out


def test_what_a_report_holds_cannot_colour_the_terminal(
    archive: Archive, place: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    hostile: Report = from_text("A barge \x1b[31msank\u202e here.", file="a\x1b.txt", title="\x1b]0;x", outlet="O\x07")
    archive.add(hostile, read=False)
    assert main(["search", "barge", "--archive", place]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
