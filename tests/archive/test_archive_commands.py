"""The archive on the command line: what it says, its exit codes, and that each option is documented."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest

from twosource.cli import main
from twosource.cli.archive import archive as group

FERRY = "Two ferries collided off Saltmouth on Monday.\nThree people were hurt.\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TWOSOURCE_ARCHIVE", raising=False)
    (tmp_path / "a.txt").write_text(FERRY, encoding="utf-8")
    return tmp_path


def test_from_init_to_prune(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["archive", "init"]) == 0
    assert capsys.readouterr().out.startswith("twosource.db: made (SQLite")
    assert main(["archive", "init"]) == 0
    assert "there already" in capsys.readouterr().out

    assert main(["archive", "add", "a.txt", "--no-read", "--keep-raw"]) == 0
    assert capsys.readouterr().out == "1 new\n70 bytes of sources; 0 read\n"
    assert main(["archive", "add", "a.txt"]) == 0
    assert capsys.readouterr().out == "1 known already\n70 bytes of sources; 1 read\n"

    (folder / "a.txt").write_text(FERRY.replace("Three", "Four"), encoding="utf-8")
    assert main(["archive", "add", "a.txt", "--no-read"]) == 0
    out = capsys.readouterr().out
    assert "1 corrected" in out
    assert "now version 2\n  “Three” → “Four”\n" in out

    assert main(["archive", "read"]) == 0
    assert capsys.readouterr().out == "1 report read\n"
    assert main(["archive", "status"]) == 0
    out = capsys.readouterr().out
    assert "1 in 2 versions, from 2 captures" in out
    assert "2 versions by the present reader; 2 readings in all" in out
    assert "70 bytes, of 1 capture" in out
    assert main(["archive", "check"]) == 0
    assert capsys.readouterr().out.startswith(
        "sound: 7 entries of the log, 2 captures, raw bytes of 1 capture, 1 report, "
    )

    assert main(["archive", "export", "-o", "out.jsonl"]) == 0
    assert json.loads((folder / "out.jsonl").read_text())["text"] == FERRY.replace("Three", "Four")
    assert main(["archive", "export", "--format", "warc", "-o", "out.warc.gz"]) == 0
    assert (folder / "out.warc.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "out.jsonl", "out.warc.gz", "twosource.db"]

    capsys.readouterr()
    assert main(["archive", "prune", "--raw"]) == 0
    assert "would be taken out: 0 readings, 0 products, 1 raw capture (" in capsys.readouterr().out
    assert main(["archive", "prune", "--raw", "--yes"]) == 0
    assert main(["archive", "check"]) == 0


def test_an_export_never_writes_over_the_archive(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["archive", "init"]) == 0
    assert main(["archive", "export", "-o", "./twosource.db"]) == 2
    assert "one of the files to be read" in capsys.readouterr().err
    assert main(["archive", "check"]) == 0


def test_an_export_follows_a_link_and_leaves_it_one(folder: Path) -> None:
    assert main(["archive", "init"]) == 0
    assert main(["archive", "add", "a.txt", "--no-read"]) == 0
    (folder / "kept.jsonl").write_text("old", encoding="utf-8")
    (folder / "link.jsonl").symlink_to("kept.jsonl")
    assert main(["archive", "export", "-o", "link.jsonl"]) == 0
    assert (folder / "link.jsonl").is_symlink()
    assert json.loads((folder / "kept.jsonl").read_text())["text"] == FERRY


def test_what_scripts_read(capsys: pytest.CaptureFixture[str]) -> None:
    main(["archive", "init", "--json"])
    assert json.loads(capsys.readouterr().out)["before"] is None
    assert main(["archive", "add", "a.txt", "missing.txt", "--no-read", "--json"]) == 1
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["new"], told["unread"], told["problems"][0]["file"]) == (1, 1, "missing.txt")
    assert "missing.txt: there is no such file" in said.err
    main(["archive", "status", "--json"])
    status = json.loads(capsys.readouterr().out)
    assert (status["reports"], status["read"], status["head"]) == (1, 0, told["head"])
    assert main(["archive", "check", "--json", "--head", told["head"]]) == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True
    assert main(["archive", "check", "--json", "--head", "0123" * 16]) == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["part"] == "log"


def test_a_hash_that_was_typed_wrongly_is_told_from_a_log_that_was_cut(capsys: pytest.CaptureFixture[str]) -> None:
    main(["archive", "init"])
    main(["archive", "add", "a.txt", "--no-read", "--json"])
    head = json.loads(capsys.readouterr().out.split("\n", 1)[1])["head"]
    assert main(["archive", "check", "--head", f" {head.upper()} "]) == 0
    assert main(["archive", "check", "--head", head[:-1]]) == 2
    assert "is no hash of a log, which has 64 digits 0-9 and a-f, not 63 characters" in capsys.readouterr().err
    assert main(["archive", "check", "--head", head[:-1] + "g"]) == 2
    assert "not others among them" in capsys.readouterr().err
    wrong = ("1" if head[0] != "1" else "2") + head[1:]
    assert main(["archive", "check", "--head", wrong]) == 2
    assert f"that of entry 2 differs from it in 1 of 64 digits ({head})" in capsys.readouterr().err
    assert main(["archive", "check", "--head", "0123" * 16]) == 1
    assert "is not in this log: it is of another archive, or the log was cut off" in capsys.readouterr().err


def test_history_shows_what_each_version_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["archive", "init"])
    main(["archive", "add", "a.txt", "--no-read"])
    (folder / "a.txt").write_text(FERRY.replace("Three", "Four"), encoding="utf-8")
    main(["archive", "add", "a.txt", "--no-read", "--json"])
    name = json.loads(capsys.readouterr().out.split("0 read\n")[-1])["corrections"][0]["id"]
    assert main(["archive", "history", name]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["version", "1"], ["version", "2"]]
    assert lines[2] == "  “Three” → “Four”"


def test_history_takes_what_a_user_has(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("monday", "tuesday"):
        (folder / name).mkdir()
        (folder / name / "tug.txt").write_text(f"A tug sank on {name}.", encoding="utf-8")
    (folder / "b.jsonl").write_text(
        json.dumps({"id": "b-7", "url": "https://www.tern.example/ferry", "text": FERRY + "Nobody else."}),
        encoding="utf-8",
    )
    main(["archive", "init"])
    main(["archive", "add", ".", "--no-read"])
    (folder / "a.txt").write_text(FERRY.replace("Three", "Four"), encoding="utf-8")
    main(["archive", "add", "a.txt", "--no-read"])
    capsys.readouterr()

    def found(asked: str) -> list[str]:
        code = main(["archive", "history", asked, "--json"])
        out = capsys.readouterr().out
        return [v["id"] for v in json.loads(out)["versions"]] if code == 0 else []

    first, second = found("a.txt")
    assert found(first) == found(second) == found(first[:6]) == found(str(folder / "a.txt")) == [first, second]
    assert len(found("b-7")) == 1
    assert found("b-7") == found("https://www.tern.example/ferry") == found("http://tern.example/ferry#top")
    assert len(found("monday/tug.txt")) == 1
    assert main(["archive", "history", "tug.txt"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("twosource: tug.txt may be any of 2 reports: give the id of one: r")
    assert "monday/tug.txt" in err
    assert found("b.jsonl") == found("b-7")
    (folder / os.fsdecode(b"\xff.txt")).write_text("A barge sank.", encoding="utf-8")
    main(["archive", "add", os.fsdecode(b"\xff.txt"), "--no-read"])
    capsys.readouterr()
    assert len(found(os.fsdecode(b"\xff.txt"))) == 1
    assert main(["archive", "history", "%"]) == 2
    assert "holds no report %: give its id, the beginning of that, its address or its file" in capsys.readouterr().err


def test_what_a_user_does_wrong_is_said_without_a_traceback(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["archive", "status"]) == 2
    assert capsys.readouterr().err == (
        "twosource: there is no archive at twosource.db: make one with `twosource archive init --archive twosource.db`\n"
    )
    main(["archive", "init"])
    assert main(["archive", "add", "missing.txt"]) == 3
    assert main(["archive", "add", "a.txt", "--published", "soon"]) == 2
    assert main(["archive", "export", "--format", "warc"]) == 2
    assert "keeps no raw bytes" in capsys.readouterr().err
    (folder / "twosource.db").write_bytes(b"not a database, and longer than a hundred bytes " * 10)
    assert main(["archive", "add", "a.txt"]) == 3
    assert "the file is damaged or no archive" in capsys.readouterr().err
    assert main(["archive", "check"]) == 1


def test_the_place_comes_from_the_option_then_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWOSOURCE_ARCHIVE", "named.db")
    main(["archive", "init"])
    main(["archive", "init", "--archive", "other.db"])
    assert sorted(p.name for p in folder.glob("*.db")) == ["named.db", "other.db"]


def test_an_archive_on_postgresql_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert main(["archive", "init", "--archive", "postgresql://desk@127.0.0.1/news"]) == 2
    assert capsys.readouterr().err == (
        "twosource: an archive on PostgreSQL needs psycopg: python -m pip install 'twosource[postgres]'\n"
    )


def test_a_place_that_is_neither_a_file_nor_a_server_it_knows_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("mysql://desk@127.0.0.1/news", ""):
        assert main(["archive", "init", "--archive", place]) == 2
        err = capsys.readouterr().err
        assert "is no place for an archive: give a file" in err
        assert "desk" not in err, "an address may hold a password"


def test_a_read_only_disk_is_no_fault_of_what_it_keeps(folder: Path) -> None:
    import sqlite3

    from sqlalchemy import create_engine

    from twosource.archive.search_sqlite import faults

    main(["archive", "init"])
    # A file that only may be read: root, who runs tests in containers, may write whatever its mode forbids.
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect("file:twosource.db?mode=ro", uri=True))
    with engine.connect() as connection:
        assert list(faults(connection)) == []
    engine.dispose()


def test_a_server_that_does_not_answer_is_no_fault_of_what_it_keeps(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("psycopg")
    assert main(["archive", "check", "--archive", "postgresql://desk@127.0.0.1:9/news"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "the server cannot be reached" in err


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "archive.md").read_text(encoding="utf-8")
    for name, command in group.commands.items():
        assert f"`twosource archive {name}" in page
        for option in command.params:
            if isinstance(option, click.Option) and option.name not in ("help", "debug"):
                assert f"`{option.opts[-1]}" in page, f"{name} {option.opts[-1]}"
