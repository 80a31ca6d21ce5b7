"""The worker that parses: capped, killed, replaced, shared by threads, and gone when its owner is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from ferry_files import LINES, page, zipped

from twosource.limits import PARSE_BYTES
from twosource.sources import load, worker
from twosource.sources.raw import from_bytes

ON_LINUX = pytest.mark.skipif(
    not Path("/proc/self/limits").exists(), reason="what a process may use is read from Linux's /proc"
)


def asked(words: str = "Nine are missing.") -> list[str]:
    return list(worker.answer("markup", from_bytes("a.html", f"<p>{words}</p>".encode()))["lines"])


@ON_LINUX
def test_a_worker_has_its_cap_of_memory() -> None:
    asked()
    limits = Path(f"/proc/{worker._idle[-1].process.pid}/limits").read_text()
    assert [line.split()[3] for line in limits.splitlines() if line.startswith("Max address space")] == [
        str(PARSE_BYTES)
    ]


def test_a_worker_is_kept_and_replaced_after_so_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    worker.stop()
    monkeypatch.setattr(worker, "PARSER_DOCUMENTS", 3)
    pids = []
    for _ in range(5):
        asked()
        pids.append([w.process.pid for w in worker._idle])
    assert pids[0] == pids[1] != []
    assert pids[2] == []
    assert pids[3] == pids[4] != pids[0]


def test_threads_do_not_get_each_others_answers(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.zip").write_bytes(zipped({f"{k}.txt": f"Words {k} of {n}.".encode() for k in range(30)}))
    found: dict[int, list[str]] = {}

    def read(n: int) -> None:
        found[n] = [r.text for r in load([tmp_path / f"{n}.zip"]).reports]

    threads = [threading.Thread(target=read, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: [f"Words {k} of {n}." for k in sorted(range(30), key=str)] for n in range(3)}


def test_the_folder_one_stands_in_is_not_searched_for_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    (tmp_path / "twosource.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    worker.stop()
    assert asked() == ["Nine are missing."]


@ON_LINUX
def test_a_worker_goes_when_its_owner_is_killed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page())
    program = (
        "import time; from twosource.sources import load, worker;"
        f"assert load([{str(tmp_path)!r}]).reports;"
        "print(worker._idle[0].process.pid, flush=True); time.sleep(600)"
    )
    paths = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as owner:
        assert owner.stdout
        child = int(owner.stdout.readline())
        assert alive(child)
        owner.send_signal(signal.SIGKILL)
    until = time.monotonic() + 60
    while alive(child) and time.monotonic() < until:
        time.sleep(0.1)
    assert not alive(child)


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and that nobody has asked for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_relative_paths_hold_where_the_folder_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": LINES[0].encode()}))
    monkeypatch.chdir(tmp_path)
    (report,) = load(["a.zip"]).reports
    assert report.file == "a.zip#a.txt"
