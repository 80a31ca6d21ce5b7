"""Killed, crowded, out of room: what was acknowledged is there, nothing is torn, nothing is there twice. With real processes on both databases.

TWOSOURCE_KILLS says how often the adding process is killed, 20 times where it does not; 200 were run when this was written.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_work import add, processes, report_lines
from sqlalchemy import event

from twosource import Archive, ArchiveError

REPORTS = 40
KILLS = int(os.environ.get("TWOSOURCE_KILLS", "20"))


def ids(archive: Archive) -> list[str]:
    return [r.file for r in archive.reports(current=False)]


def test_a_process_that_is_killed_while_it_adds_loses_nothing_that_it_acknowledged(place: str, tmp_path: Path) -> None:
    chance = random.Random(6)
    torn = 0
    with Archive.init(place):
        pass
    for turn in range(KILLS):
        file = report_lines(tmp_path / "in.jsonl", [f"{turn}-{n}" for n in range(REPORTS)])
        here, there = processes.Pipe(duplex=False)
        process = processes.Process(target=add, args=(place, file, chance.choice((1, 3, 5)), there))
        process.start()
        there.close()
        acknowledged = 0
        for _ in range(chance.randrange(1, 5)):
            if (said := here.recv()) is None:
                break
            acknowledged = said
        time.sleep(chance.random() * 0.02)
        process.kill()
        process.join()
        while here.poll():  # what it said before it died
            try:
                acknowledged = here.recv() or REPORTS
            except EOFError:
                break
        with Archive.open(place) as archive:
            before = {r.file for r in archive.reports(current=False) if r.file.startswith(f"{turn}-")}
            assert len(before) >= acknowledged
            torn += len(before) < REPORTS
            if turn % (KILLS // 20 or 1) == 0:  # checking takes longer with every turn
                assert list(archive.check()) == []
            again = archive.add(file, read=False)
            assert (again.new, again.known) == (REPORTS - len(before), len(before))
    with Archive.open(place) as archive:
        assert Counter(ids(archive)) == Counter(f"{turn}-{n}" for turn in range(KILLS) for n in range(REPORTS))
        assert list(archive.check()) == []
    assert torn >= KILLS // 4, "most were killed too late to matter"


def test_four_processes_add_at_once(place: str, tmp_path: Path) -> None:
    with Archive.init(place):
        pass
    crowd = []
    for who in "abcd":
        file = report_lines(
            tmp_path / f"{who}.jsonl", [f"{who}-{n}" for n in range(50)] + [f"all-{n}" for n in range(50)]
        )
        crowd.append(processes.Process(target=add, args=(place, file, 5)))
    for process in crowd:
        process.start()
    with Archive.open(place) as archive:
        assert list(archive.check()) == [], "who checks while others add finds no fault"
    for process in crowd:
        process.join(240)
    assert [process.exitcode for process in crowd] == [0, 0, 0, 0]
    with Archive.open(place) as archive:
        assert Counter(ids(archive)) == Counter(f"{who}-{n}" for who in ("a", "b", "c", "d", "all") for n in range(50))
        assert list(archive.check()) == []


def test_a_full_disk_takes_the_batch_back_and_says_so(tmp_path: Path) -> None:
    place = str(tmp_path / "kept.db")
    file = report_lines(tmp_path / "in.jsonl", [str(n) for n in range(2000)])
    with Archive.init(place) as archive:

        @event.listens_for(archive.store.engine, "connect")
        def little_room(connection: object, _: object) -> None:
            connection.execute("PRAGMA max_page_count = 700")  # type: ignore[attr-defined]

        archive.store.engine.dispose()
        acknowledged: list[int] = []
        with pytest.raises(
            ArchiveError,
            match=r"kept\.db: the disk is full: nothing of this batch was kept; make room and run it again",
        ):
            archive.add(file, read=False, done=lambda added: acknowledged.append(added.reports))
        assert acknowledged
        assert len(ids(archive)) == acknowledged[-1]
        assert list(archive.check()) == []
    with Archive.open(place) as archive:
        again = archive.add(file, read=False)
        assert (again.new, again.known) == (2000 - acknowledged[-1], acknowledged[-1])
        assert list(archive.check()) == []


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 16 MB, where the user postgres comes as well."""
    disk = Path(tempfile.mkdtemp(prefix="twosource-small-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=777", "tmpfs", str(disk)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        disk.rmdir()
        pytest.skip("a small file system can be mounted by root alone")
    try:
        disk.chmod(0o777)
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        disk.rmdir()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_small_file_system_that_is_full(
    kind: str, small_disk: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    file = report_lines(tmp_path / "in.jsonl", [str(n) for n in range(10000)])
    if kind == "sqlite":
        place = str(small_disk / "kept.db")
    else:
        server = request.getfixturevalue("postgres")
        (small_disk / "space").mkdir()
        shutil.chown(small_disk / "space", "postgres", "postgres")
        server.sql(f"CREATE TABLESPACE small LOCATION '{small_disk / 'space'}'")
        server.sql("CREATE DATABASE small TABLESPACE small")
        place = server.address("small")
    try:
        with Archive.init(place) as archive:
            acknowledged: list[int] = []
            with pytest.raises(ArchiveError, match="disk is full: nothing of this batch was kept"):
                archive.add(file, read=False, done=lambda added: acknowledged.append(added.reports))
            assert acknowledged
            assert len(ids(archive)) == acknowledged[-1]
            assert list(archive.check()) == []
    finally:
        if kind == "postgresql":
            server.sql("DROP DATABASE small WITH (FORCE)")
            server.sql("DROP TABLESPACE small")


def test_a_server_that_goes_away_is_said_in_plain_words(postgres: object, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be reached or has gone"):
        Archive.open("postgresql://postgres:secret@127.0.0.1:1/none")
    with pytest.raises(ArchiveError, match="no such database or user") as error:
        Archive.open(postgres.address("nowhere").replace("postgres@", "postgres:secret@"))  # type: ignore[attr-defined]
    assert "secret" not in str(error.value)
