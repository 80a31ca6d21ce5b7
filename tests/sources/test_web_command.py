"""Addresses on the command line: where they stand among files, what they need leave for, what is said of those that fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import twosource
from loopback import Page, Site, serving
from twosource.cli import main

FIRST = (
    "Two barges sank off Karsmouth on Monday. Three people drowned in the harbour, the harbour master Ada Quill said."
)
SECOND = "Two barges sank off Karsmouth on Monday, the rescue service said. Three people drowned."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages["/a.txt"] = Page(FIRST, headers={"Content-Type": "text/plain"})
        yield site


def test_an_address_stands_where_a_file_does(site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8")
    words = [f"{site.url}/a.txt", str(tmp_path / "b.txt"), "--allow-private", "--published", "2031-04-01"]
    assert main(["compare", *words, "--format", "json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert [r["file"] for r in told["reports"]] == [str(tmp_path / "b.txt"), f"{site.url}/a.txt"]
    assert told["reports"][1]["url"] == f"{site.url}/a.txt"
    assert "corroborated" in {c["verdict"] for c in told["claims"]}
    assert main(["compare", *words, "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out) == told


def test_what_cannot_be_had_is_named_and_the_others_go_on(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["read", f"{site.url}/a.txt", f"{site.url}/b.txt", "--allow-private", "--format", "jsonl"]) == 1
    out, err = capfd.readouterr()
    assert [json.loads(line)["text"] for line in out.splitlines()] == [FIRST]
    assert err == f"twosource: {site.url}/b.txt: there is no such page (404)\n"


@pytest.mark.parametrize("command", [["compare"], ["read"], ["stories"]])
def test_nothing_inside_is_asked_without_leave(
    command: list[str], site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, f"{site.url}/a.txt"]) == 3
    assert "this machine itself: addresses inside are asked only with --allow-private" in capfd.readouterr().err
    assert site.asked == []


def test_an_archive_keeps_how_a_page_was_fetched(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from sqlalchemy import select

    from twosource.archive import Archive
    from twosource.archive.schema import captures

    monkeypatch.chdir(tmp_path)
    assert main(["archive", "init"]) == 0
    assert main(["archive", "add", f"{site.url}/a.txt", "--allow-private", "--no-read"]) == 0
    with Archive.open() as archive, archive.store.reading() as connection:
        (row,) = connection.execute(select(captures)).mappings()
    assert row["address"] == f"{site.url}/a.txt"
    assert "httpx2" in row["tool"]
    assert json.loads(row["answer"])["peer"] == "127.0.0.1"


def test_from_python(site: Site) -> None:
    with pytest.raises(twosource.SourceError, match="--allow-private"):
        twosource.read(f"{site.url}/a.txt")
    (reading,) = twosource.read(f"{site.url}/a.txt", allow_private=True)
    assert reading.report.text == FIRST
