"""From one schema to the next: every step, killed at every statement, from the first archive on, on both databases.

On PostgreSQL at every fourth statement, since each takes a process; at every one where TWOSOURCE_KILLS asks for many.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from archive_work import processes, upgrade_and_die

from twosource import Archive, UsageError
from twosource.archive import upgrades
from twosource.archive.schema import metadata
from twosource.archive.store import Store, opened

STEPS = upgrades.steps()


def tables(store: Store) -> list[str]:
    with store.reading() as connection:
        return sorted(sa.inspect(connection).get_table_names())


def at(place: str, step: str | None) -> Store:
    """An archive that has reached `step`."""
    store = opened(place, create=True)
    if step is not None:
        upgrades.upgrade(store, step)
    return store


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_killed_at_any_statement_leaves_the_old_schema_or_the_new(place: str, step: str) -> None:
    before = STEPS[STEPS.index(step) - 1] if step != STEPS[0] else None
    store = at(place, before)
    old = tables(store)
    store.close()
    stride = 4 if store.kind == "postgresql" and not os.environ.get("TWOSOURCE_KILLS") else 1
    deaths = 0
    for number in itertools.count(1, stride):
        process = processes.Process(target=upgrade_and_die, args=(place, step, number))
        process.start()
        process.join(60)
        store = opened(place, create=True)
        with store.reading() as connection:
            now = upgrades.reached(connection)
        if process.exitcode == 0:
            break
        assert process.exitcode == -9
        deaths += 1
        assert now == before
        assert tables(store) == old
        store.close()
    assert deaths >= 3
    assert now == step
    store.close()


def test_the_steps_make_the_tables_that_the_queries_expect(place: str) -> None:
    with Archive.init(place) as archive, archive.store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": upgrades.TABLE, "compare_type": True})
        ours = set(metadata.tables)
        changes = [
            c
            for c in compare_metadata(context, metadata)
            if getattr(c[1], "name", None) in ours or c[0].startswith("add")
        ]
        assert changes == []


def first_archive(place: str) -> Store:
    """The archive that was made by the first schema, as it is checked in, in this database."""
    source = sa.create_engine("sqlite://")
    raw = source.raw_connection()
    raw.executescript((Path(__file__).parent / "first_archive.sql").read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    store = at(place, STEPS[0])
    names = ("captures", "raw", "reports", "versions", "readings", "products", "members", "working", "log")
    known = sa.MetaData()
    with source.connect() as old:
        known.reflect(old)
        with store.writing() as new:
            for name in names:
                if rows := [dict(r) for r in old.execute(sa.select(known.tables[name])).mappings()]:
                    new.execute(known.tables[name].insert(), rows)
    raw.close()
    source.dispose()
    return store


def test_an_archive_of_the_first_schema_is_whole_after_all_steps(place: str) -> None:
    first_archive(place).close()
    with Archive.init(place) as archive:
        assert list(archive.check()) == []
        older, newer = archive.versions(next(archive.reports()).id)
        assert ("Three" in older.report.text, "Four" in newer.report.text) == (True, True)
        assert archive.status().readings == 2
        assert archive.product("story", "s1") is not None
        assert archive.noted("feed", "https://tern.example/feed") == "etag 1"
        assert archive.reading(newer.report.id).report == newer.report


def test_what_is_no_archive_is_told_apart(place: str, tmp_path: Path) -> None:
    if "://" not in place:
        with pytest.raises(UsageError, match=r"there is no archive at .*: make one with `twosource archive init"):
            Archive.open(place)
        with pytest.raises(UsageError, match="it is a folder"):
            Archive.open(tmp_path)
        (tmp_path / "kept.db").write_bytes(b"")
    with pytest.raises(UsageError, match="is no archive: make one"):
        Archive.open(place)
    store = opened(place, create=True)
    with store.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE invoices (id INTEGER)")
    store.close()
    with pytest.raises(UsageError, match=r"holds something else \(tables: invoices\)"):
        Archive.init(place)


def test_an_archive_of_a_newer_twosource_is_left_alone(place: str) -> None:
    with Archive.init(place) as archive, archive.store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {upgrades.TABLE} SET version_num = '9999'")
    for use in (Archive.open, Archive.init):
        with pytest.raises(UsageError, match="made by a newer twosource"):
            use(place)


def test_an_archive_of_an_older_schema_asks_to_be_brought_up_to_date(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.init(place):
        pass
    monkeypatch.setattr(upgrades, "steps", lambda: (*STEPS, "9999"))
    with pytest.raises(
        UsageError, match=r"made by an older twosource .*: back it up, then run `twosource archive init"
    ):
        Archive.open(place)
