"""The two databases that every test of the archive runs on: a file of SQLite, and a PostgreSQL server of our own, started once."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


class Server:
    """A PostgreSQL server on loopback, with its files in a folder of its own."""

    def __init__(self, programs: Path, home: Path) -> None:
        self.programs, self.home = programs, home
        self.data = home / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.made = 0

    def run(self, program: str, *words: str) -> None:
        """Run a program of PostgreSQL's, as the user postgres where we are root, whom it refuses."""
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        command = [*as_postgres, str(self.programs / program), *words]
        done = subprocess.run(
            command, cwd="/", capture_output=True, text=True, timeout=120, env={"PATH": os.environ["PATH"]}
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        # Clients are killed here, not the server: without fsync it starts and works in a fraction of the time.
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=40"
        self.run("pg_ctl", "-D", str(self.data), "-o", options, "-l", str(self.home / "log"), "-w", "-t", "60", "start")

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")

    def sql(self, words: str, database: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(words)

    def address(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The address of a new, empty schema, which is a database of its own to who uses it, and made in no time."""
        self.made += 1
        self.sql(f"CREATE SCHEMA archive_{self.made}")
        return self.address("postgres") + f"?options=-csearch_path%3Darchive_{self.made}"


def programs() -> Path | None:
    """Where Debian's package keeps initdb, else where the PATH finds it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'twosource[postgres]'")
    home = Path(tempfile.mkdtemp(prefix="twosource-postgres-"))
    server = Server(where, home)
    if os.getuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    try:
        server.run(
            "initdb",
            "-D",
            str(server.data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")  # nobody will start it again
    finally:
        shutil.rmtree(home)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive may be made: a file that is not there yet, an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "kept.db")
    server: Server = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Waits until something holds."""

    def wait(holds: Callable[[], bool]) -> None:
        for _ in range(3000):
            if holds():
                return
            time.sleep(0.01)
        pytest.fail("it did not come to hold within 30 s")

    return wait
