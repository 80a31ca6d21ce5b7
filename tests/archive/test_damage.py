"""A flipped byte in each part of the store: found by `check`, told by who reads it, and never read in silence."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from twosource import Archive, ArchiveError, TwoSourceError
from twosource.archive.schema import metadata
from twosource.sources import from_text

FERRY = "Two ferries collided off Saltmouth on Monday.\nThree people were hurt, the harbour master, Ada Brill, said.\n"


#: Bytes of a page of SQLite's.
PAGE = 4096


def fill(archive: Archive, folder: Path) -> None:
    """Something of everything that an archive holds."""
    for n in range(12):
        (folder / f"{n}.txt").write_text(FERRY.replace("Two", f"{n + 2}"), encoding="utf-8")
    archive.add([folder / f"{n}.txt" for n in range(12)], read=False, keep_raw=True)
    (folder / "0.txt").write_text(FERRY.replace("Three", "Four"), encoding="utf-8")
    archive.add(folder / "0.txt", read=False, keep_raw=True)
    names = [r.id for r in archive.reports()]
    for name in names[:4]:
        archive.reading(name)
    archive.keep_product("story", "s1", '{"title": "Ferries collide off Saltmouth"}', names[:2])
    archive.note("feed", "https://tern.example/feed", "etag 1, which the site has sent along")


def all_of(archive: Archive) -> list[object]:
    """Everything, as a program reads it. Raises where something is not what was kept."""
    reports = list(archive.reports(current=False))
    with archive.store.reading() as connection:
        read = connection.execute(
            sa.text("SELECT name FROM versions JOIN readings ON readings.version = versions.id ORDER BY 1")
        ).scalars()
        names = list(read)
    return [
        reports,
        [archive.raw(r.sha256) for r in reports],
        [archive.versions(r.id) for r in reports],
        [archive.reading(n) for n in names],
        list(archive.products("story")),
        archive.noted("feed", "https://tern.example/feed"),
    ]


def rows(archive: Archive) -> dict[str, Any]:
    """Every row of every table, as the database gives it."""
    with archive.store.reading() as connection:
        return {t.name: sorted(map(repr, connection.execute(sa.select(t)))) for t in metadata.sorted_tables}


def flip(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 1]))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in a file, that all tests copy."""
    folder = tmp_path_factory.mktemp("sound")
    with Archive.init(folder / "kept.db") as archive:
        fill(archive, folder)
        assert list(archive.check()) == []
    return folder / "kept.db"


@pytest.fixture
def file(sound: Path, tmp_path: Path) -> Path:
    """An archive in a file."""
    return Path(shutil.copy(sound, tmp_path / "kept.db"))


def faults(path: Path) -> list[str]:
    try:
        with Archive.open(path) as archive:
            return [str(f) for f in archive.check()]
    except TwoSourceError as error:
        return [str(error)]


def pages(path: Path) -> dict[int, str]:
    """Which table or index each page of the file belongs to. Pages that belong to none hold nothing."""
    connection = sqlite3.connect(path)
    try:
        return {number - 1: name for number, name in connection.execute("SELECT pageno, name FROM dbstat")}
    except sqlite3.OperationalError:
        pytest.skip("this SQLite is built without dbstat")
    finally:
        connection.close()


def values(path: Path) -> Iterator[tuple[str, str, int]]:
    """A place in the file, in the middle of a value, for each column of each table that holds three bytes or more."""
    data = path.read_bytes()
    connection = sqlite3.connect(path)
    of_table: dict[str, list[int]] = {}
    for page, name in pages(path).items():
        of_table.setdefault(name, []).append(page * PAGE)
    for table in metadata.sorted_tables:
        for column in table.c:
            kept = [
                v
                for (v,) in connection.execute(f"SELECT {column.name} FROM {table.name}")
                if isinstance(v, str | bytes)
            ]
            raw = max((v.encode() if isinstance(v, str) else v for v in kept), key=len, default=b"")
            found = [at for page in of_table[table.name] if (at := data.find(raw, page, page + PAGE)) >= 0]
            if len(raw) >= 3 and found:
                yield table.name, column.name, found[0] + len(raw) // 2
    connection.close()


def test_a_flipped_byte_in_any_column_is_found_and_never_read(file: Path, tmp_path: Path) -> None:
    with Archive.open(file) as archive:
        whole = all_of(archive)
    columns = []
    for table, column, offset in values(file):
        damaged = tmp_path / "damaged.db"
        shutil.copy(file, damaged)
        flip(damaged, offset)
        assert faults(damaged), f"{table}.{column}"
        try:
            with Archive.open(damaged) as archive:
                assert all_of(archive) == whole, f"{table}.{column} was read in silence"
        except TwoSourceError:
            pass
        columns.append(f"{table}.{column}")
    assert {"captures.address", "raw.bytes", "reports.key", "versions.text", "versions.file", "readings.body"} < set(
        columns
    )
    assert {"products.body", "working.body", "log.subject", "log.hash", "log.who", "captures.digest"} < set(columns)


def test_a_flipped_byte_in_each_page_is_found_or_stands_where_nothing_is(file: Path, tmp_path: Path) -> None:
    """In the tables, in the indices, in the database's own description of them: whatever it hits, what is read is what was kept.

    A damaged index can hide a version from who asks for the newest. `check` finds it; no row that is read is another than was kept.
    """
    chance = random.Random(7)
    with Archive.open(file) as archive:
        whole, kept = all_of(archive), rows(archive)
        reports = list(archive.reports(current=False))
    harmless = 0
    size = file.stat().st_size
    tables, belongs = {t.name for t in metadata.sorted_tables}, pages(file)
    for page in range(size // PAGE):
        offset = page * PAGE + chance.choice(
            (chance.randrange(12), chance.randrange(PAGE), PAGE - 1 - chance.randrange(200))
        )
        damaged = tmp_path / "damaged.db"
        shutil.copy(file, damaged)
        flip(damaged, offset)
        if faults(damaged):
            try:
                with Archive.open(damaged) as archive:
                    if belongs.get(page) in tables:
                        assert all_of(archive) == whole
                    assert all(r in reports for r in archive.reports())
            except TwoSourceError:
                pass
            continue
        harmless += 1
        with Archive.open(damaged) as archive:
            assert rows(archive) == kept
            assert all_of(archive) == whole
    assert harmless < size // PAGE, "not one byte hit anything"


def test_a_file_that_is_cut_short_is_found(file: Path) -> None:
    with file.open("r+b") as cut:
        cut.truncate(file.stat().st_size - 3 * 4096)
    assert any("damaged" in fault or "malformed" in fault for fault in faults(file))


def test_flipped_bytes_in_the_files_of_a_server_are_found(postgres: Any, tmp_path: Path) -> None:
    """One in each table, in the file where the server keeps it."""
    place = postgres.database()
    with Archive.init(place) as archive:
        fill(archive, tmp_path)
        places = []
        with archive.store.reading() as connection:
            name = next(archive.reports()).id
            for table, needle in (
                ("captures", b"twosource/"),
                ("raw", bytes(connection.execute(sa.text("SELECT bytes FROM raw LIMIT 1")).scalar_one())[:40]),
                ("reports", b"file:/"),
                ("versions", b"ferries collided"),
                ("readings", bytes(connection.execute(sa.text("SELECT body FROM readings LIMIT 1")).scalar_one())[:40]),
                ("products", bytes(connection.execute(sa.text("SELECT body FROM products LIMIT 1")).scalar_one())[:40]),
                ("working", b"etag 1"),
                ("log", name.encode()),
            ):
                paths = [connection.execute(sa.text(f"SELECT pg_relation_filepath('{table}')")).scalar_one()]
                toast = connection.execute(
                    sa.text(f"SELECT reltoastrelid FROM pg_class WHERE oid = '{table}'::regclass")
                ).scalar_one()
                if toast:
                    paths.append(
                        connection.execute(sa.text(f"SELECT pg_relation_filepath({toast}::oid::regclass)")).scalar_one()
                    )
                places.append((table, needle, paths))
    postgres.stop()
    for table, needle, paths in places:
        found = [(postgres.data / p, at) for p in paths if (at := (postgres.data / p).read_bytes().find(needle)) >= 0]
        assert found, table
        flip(found[0][0], found[0][1] + len(needle) // 2)
    postgres.start()
    with Archive.open(place) as archive:
        parts = {fault.part for fault in archive.check()}
        assert parts >= {"captures", "raw bytes", "versions", "readings", "products", "working copies", "log"}
        with pytest.raises(ArchiveError):
            list(archive.reports(current=False))


def forge(archive: Archive, *statements: str) -> None:
    """Change what is kept as somebody would who may do anything in the database."""
    with archive.store.writing() as connection:
        for table in ("captures", "reports", "versions", "log"):
            if archive.store.kind == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_update")
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_delete")
            else:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("forgery", "expected"),
    [
        ("UPDATE versions SET outlet = 'Gull' WHERE number = 1", "its row is not what its digest was made of"),
        ("UPDATE captures SET who = 'nobody'", "its row is not what its digest was made of"),
        ("UPDATE log SET who = 'nobody' WHERE seq = 2", "log, entry 2: its hash is not that of what it says"),
        (
            "UPDATE log SET hash = 'f00' WHERE seq = 2",
            "log, entry 3: it does not hold the hash of the entry before it: the chain breaks here",
        ),
        ("DELETE FROM log WHERE seq = 2", "log, entry 3: entry 2 should come here: entries are missing"),
        ("DELETE FROM raw", "says that it was kept, and it is missing"),
        ("DELETE FROM readings", "says that it was kept, and it is missing"),
        ("DELETE FROM members", "products, story s1 1: its row is not what its digest was made of"),
        ("UPDATE versions SET number = 7 WHERE number = 2", "of its 7 versions 2 are there"),
        ("INSERT INTO reports (id, key) VALUES (99, 'url:x')", "of its missing versions 0 are there"),
        (
            "UPDATE working SET body = 'etag 2'",
            "working copies, feed https://tern.example/feed: it is not what its digest was made of",
        ),
    ],
)
def test_a_forgery_is_found_where_it_is(place: str, tmp_path: Path, forgery: str, expected: str) -> None:
    with Archive.init(place) as archive:
        fill(archive, tmp_path)
        forge(archive, forgery)
        found = [str(f) for f in archive.check()]
        assert any(expected in f for f in found), found


def test_evidence_is_only_ever_added_to(place: str, tmp_path: Path) -> None:
    with Archive.init(place) as archive:
        fill(archive, tmp_path)
        for statement in (
            "UPDATE captures SET who = 'me'",
            "UPDATE versions SET text = ''",
            "DELETE FROM versions",
            "DELETE FROM log",
            "UPDATE reports SET key = ''",
        ):
            with (
                pytest.raises(ArchiveError, match="is evidence: rows are only ever added"),
                archive.store.writing() as connection,
            ):
                connection.exec_driver_sql(statement)
        assert list(archive.check()) == []


def test_a_log_that_was_cut_off_is_told_by_the_hash_that_was_noted(place: str, tmp_path: Path) -> None:
    with Archive.init(place) as archive:
        fill(archive, tmp_path)
        noted = archive.status().head
        archive.add(from_text("A buoy was missing off Karsmouth.", file="later.txt"), read=False)
        assert list(archive.check(noted)) == []
        last = archive.status().entries
        forge(archive, f"DELETE FROM log WHERE seq > {last - 4}")
        assert any(f"{noted}, is not in this log" in str(f) for f in archive.check(noted))
