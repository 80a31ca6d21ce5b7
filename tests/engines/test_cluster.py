"""Shards over a Dask cluster of real processes on this machine, one of which dies on the way."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from twosource import engines

if importlib.util.find_spec("distributed") is None:
    pytest.skip("distributed is not installed: it comes with the extra `many`", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
TOWNS = "Karsmouth Velmouth Ashford Dornhaven".split()


@pytest.fixture
def pile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four files of lines, in the folder we stand in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pile").mkdir()
    for town in TOWNS:
        lines = [json.dumps({"text": f"{n + 2} barges sank off {town} on Monday."}) + "\n" for n in range(3)]
        (tmp_path / "pile" / f"{town}.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


@contextmanager
def started(*words: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    paths = [str(ROOT / "src"), str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(
        [sys.executable, *words], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "60s"},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=240)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


SCHEDULER = ("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
WORKER = ("-m", "distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")


def address(scheduler: subprocess.Popen[str]) -> str:
    assert scheduler.stdout
    for line in scheduler.stdout:
        if found := re.search(r"tcp://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError("the scheduler says no address")


POISONED = """
import sys
from twosource.engines import Aside, cluster, plan
from twosource.engines.work import work

def poisoned(shard, folder):
    if "Ashford" in shard.file:
        raise ValueError("no such tide")
    return work(shard, folder)

if __name__ == "__main__":
    for outcome in cluster.outcomes(plan(["pile"])[0], sys.argv[2], 3, sys.argv[1], poisoned):
        if isinstance(outcome, Aside):
            print("aside", outcome.shard, outcome.why)
"""


def test_three_workers_of_which_one_is_killed_give_what_one_process_gives(pile: Path, tmp_path: Path) -> None:
    """Then the two that are left set a poisoned shard aside, and do the others."""
    out = tmp_path / "out"
    with started(*SCHEDULER, folder=pile) as scheduler:
        at = address(scheduler)
        with ExitStack() as stack:
            team = [stack.enter_context(started(*WORKER, at, folder=pile)) for _ in range(3)]
            read = ("-m", "twosource", "read", "pile", "--engine", "dask", "--scheduler", at, "--out", "out")
            with started(*read, folder=pile) as run:
                workers = {worker.pid: worker for worker in team}
                end = time.monotonic() + 200
                while not (parts := list(out.glob(".*.part"))) and time.monotonic() < end:
                    time.sleep(0.01)
                pid = int(parts[0].name.split(".")[-2])
                os.kill(pid, signal.SIGKILL)
                assert workers[pid].wait(timeout=240) == -signal.SIGKILL
                said, _ = run.communicate(timeout=240)
                assert (run.returncode, said.splitlines()[-1]) == (0, "twosource: 12 reports of 4 shards in out")
            assert {file.suffix for file in out.iterdir()} == {".parquet", ".done"}
            engines.read_shards(["pile"], "alone", workers=1)
            alone = {f.name: f.read_bytes() for f in Path("alone").iterdir()}
            assert {f.name: f.read_bytes() for f in out.iterdir()} == alone
            (pile / "poisoned.py").write_text(POISONED, encoding="utf-8")
            (pile / "left").mkdir()
            with started("poisoned.py", at, str(pile / "left"), folder=pile) as run:
                said, _ = run.communicate(timeout=240)
            assert run.returncode == 0, said
            why = "aside pile/Ashford.jsonl reading it failed (ValueError: no such tide), 3 times over"
            assert [line for line in said.splitlines() if line.startswith("aside")] == [why]
            left = {f.name: f.read_bytes() for f in (pile / "left").iterdir()}
            assert left == {name: data for name, data in alone.items() if "Ashford" not in name}


LOCAL = """
import os, signal, sys
from twosource.engines import cluster, plan, Aside
from twosource.engines.work import Done

def deadly(shard, folder):
    if "Velmouth" in shard.file:
        os.kill(os.getpid(), signal.SIGKILL)
    if "Ashford" in shard.file:
        raise ValueError("no such tide")
    return Done(shard.name, "", 3, 0)

if __name__ == "__main__":
    for outcome in cluster.outcomes(plan(["pile"])[0], ".", 2, None, deadly):
        if isinstance(outcome, Aside):
            print("aside", outcome.shard, outcome.why)
        else:
            print("done", outcome.name.partition(".")[0])
"""


def test_a_poisoned_shard_is_set_aside_and_the_innocent_are_done(pile: Path) -> None:
    (pile / "local.py").write_text(LOCAL, encoding="utf-8")
    with started("-W", "error", "local.py", folder=pile) as run:
        said, _ = run.communicate(timeout=240)
    assert run.returncode == 0, said
    assert sorted(line for line in said.splitlines() if line.startswith(("aside", "done"))) == [
        "aside pile/Ashford.jsonl reading it failed (ValueError: no such tide), 3 times over",
        "aside pile/Velmouth.jsonl it ended every worker that tried it",
        "done Dornhaven",
        "done Karsmouth",
    ]


def test_a_scheduler_that_is_not_there_is_named(pile: Path) -> None:
    at = "tcp://127.0.0.1:9"
    words = ["read", "pile", "--engine", "dask", "--scheduler", at, "--out", "out"]
    hasty = f"import sys, twosource.engines.cluster as c, twosource.cli as t; c._ANSWER_SECONDS = 1; sys.exit(t.main({words}))"
    with started("-c", hasty, folder=pile) as run:
        said, _ = run.communicate(timeout=240)
    assert run.returncode == 2, said
    assert f"{at}: no Dask scheduler answers there" in said
