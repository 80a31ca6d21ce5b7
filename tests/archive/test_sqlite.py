"""SQLite's journal: the write-ahead log where it is safe, the rollback journal where it is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from twosource import Archive
from twosource.archive import sqlite
from twosource.sources import from_text


def journal(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("version", "safe"), [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True), ((4, 0, 0), True)]
)
def test_the_write_ahead_log_is_trusted_by_version(version: tuple[int, ...], safe: bool) -> None:
    assert sqlite.wal_is_safe(version) is safe


def test_an_archive_goes_from_one_journal_to_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "kept.db"
    for number, (safe, mode) in enumerate([(False, "delete"), (True, "wal"), (False, "delete")]):
        monkeypatch.setattr(sqlite, "wal_is_safe", lambda safe=safe: safe)
        with Archive.init(place) as archive:
            archive.add(from_text(f"Ferry {number} sank.", file=str(number)), read=False)
            assert list(archive.check()) == []
            assert len(list(archive.reports())) == number + 1
        assert journal(place) == mode


def test_every_commit_is_synced_and_keys_are_checked(tmp_path: Path) -> None:
    with Archive.init(tmp_path / "kept.db") as archive, archive.store.reading() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "foreign_keys", "cell_size_check")
        }
        assert asked == {"synchronous": 2, "foreign_keys": 1, "cell_size_check": 1}
