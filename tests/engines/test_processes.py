"""Shards over processes: the answer of one process, whatever dies on the way."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from twosource import cli, engines
from twosource.engines import processes
from twosource.engines.shards import Shard, plan
from twosource.engines.work import Aside, Done, known, work
from twosource.errors import ModelError, UsageError
from twosource.outputs.json import reading_json
from twosource.reading import read_all
from twosource.sources import load

TOWNS = "Karsmouth Velmouth Ashford Dornhaven Elkbury".split()


@pytest.fixture
def pile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five files of lines and a page that cannot be read, in the folder we stand in."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "pile"
    folder.mkdir()
    for town in TOWNS:
        texts = [f"{n + 2} barges sank off {town} on Monday, the coast guard of {town} said." for n in range(3)]
        lines = [json.dumps({"text": t, "published": "2031-04-01"}) + "\n" for t in texts]
        (folder / f"{town}.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return folder


def rows(folder: Path) -> list[tuple[str | None, ...]]:
    columns = ["report", "file", "text_sha256", "reading", "error"]
    found = [
        tuple(row.values())
        for file in folder.glob("*.parquet")
        for row in pq.read_table(file, columns=columns).to_pylist()
    ]
    return sorted(found, key=repr)


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def hit(folder: Path, hits: list[int]) -> threading.Thread:
    """Kills the first worker that is seen at a shard, by the number in the name of what it writes."""

    def wait() -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end and not hits:
            for part in folder.glob(".*.part"):
                pid = int(part.name.split(".")[-2])
                os.kill(pid, signal.SIGKILL)
                hits.append(pid)
                return
            time.sleep(0.01)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_workers_give_what_one_process_gives_though_one_is_killed(pile: Path, tmp_path: Path) -> None:
    loaded = load(["pile"])
    one = [(r.report.id, r.report.file, r.report.text_sha256, reading_json(r), None) for r in read_all(loaded.reports)]
    one += [(None, p.file, None, None, p.why) for p in loaded.problems]  # type: ignore[misc]
    out = tmp_path / "out"
    out.mkdir()
    hits: list[int] = []
    thread = hit(out, hits)
    told = engines.read_shards(["pile"], out, workers=2)
    thread.join()
    assert len(hits) == 1
    assert (len(told.done), told.skipped, told.aside) == (6, (), ())
    assert rows(out) == sorted(one, key=repr)
    assert {Path(name).suffix for name in files(out)} == {".parquet", ".done"}, "nothing half written is left"

    before = files(out)
    told = engines.read_shards(["pile"], out, workers=2)
    assert (told.done, len(told.skipped)) == ((), 6)
    assert files(out) == before

    next(out.glob("Velmouth*.parquet")).write_bytes(b"broken")
    next(out.glob("Ashford*.done")).unlink()
    told = engines.read_shards(["pile"], out, workers=1)
    assert [d.name.split(".")[0] for d in told.done] == ["Ashford", "Velmouth"]
    assert files(out) == before, "a shard gives the same bytes whoever does it"


def test_a_file_that_was_changed_is_read_again(pile: Path, tmp_path: Path) -> None:
    shards, _ = plan(["pile/empty.txt"])
    work(shards[0], str(tmp_path))
    assert known(shards[0], str(tmp_path)) is not None
    os.utime(pile / "empty.txt", (1, 1))
    assert known(plan(["pile/empty.txt"])[0][0], str(tmp_path)) is None


def deadly(shard: Shard, folder: str) -> Done:
    """Work that ends its worker at one shard, fails at another, and counts its calls."""
    with open(os.path.join(folder, "calls"), "a", encoding="utf-8") as calls:
        calls.write(Path(shard.file).stem + "\n")
    if "Velmouth" in shard.file:
        os.kill(os.getpid(), signal.SIGKILL)
    if "Ashford" in shard.file:
        raise ValueError("no such tide")
    return Done(shard.name, "", 3, 0)


def test_a_shard_that_ends_its_workers_is_set_aside_and_the_others_are_done(pile: Path, tmp_path: Path) -> None:
    found = list(processes.outcomes(plan(["pile"])[0], str(tmp_path), 2, deadly))
    aside = {Path(o.shard.file).stem: o.why for o in found if isinstance(o, Aside)}
    assert aside == {
        "Velmouth": "its worker ended with -9, 3 times over",
        "Ashford": "reading it failed (ValueError: no such tide), 3 times over",
    }
    assert len([o for o in found if isinstance(o, Done)]) == 4
    calls = (tmp_path / "calls").read_text(encoding="utf-8").split()
    assert (calls.count("Velmouth"), calls.count("Ashford"), calls.count("Karsmouth")) == (3, 3, 1)


def unable(shard: Shard, folder: str) -> Done:
    raise ModelError("the pipeline is missing: install it")


def test_where_no_worker_can_read_the_run_ends(pile: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install it"):
        list(processes.outcomes(plan(["pile"])[0], str(tmp_path), 1, unable))


def test_the_command_names_what_was_set_aside(
    pile: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def outcomes(shards: list[Shard], folder: str, workers: int) -> Iterator[Done | Aside]:
        assert workers == 2
        yield Aside(shards[0], "its worker ended with -9, 3 times over")
        yield work(shards[-1], folder)

    monkeypatch.setattr(processes, "outcomes", outcomes)
    code = cli.main(["read", "pile", "--engine", "processes", "--workers", "2", "--out", "out"])
    err = capfd.readouterr().err.splitlines()
    assert code == 3, "no report in what could be read"
    assert err[0].startswith("twosource: pile/Ashford.jsonl: set aside: its worker ended with -9, 3 times over")
    assert err[1:] == ["twosource: 0 reports of 1 shard in out", "twosource: pile/empty.txt: it is empty"]
    assert "-9" in json.loads(next((tmp_path / "out").glob("Ashford*.aside")).read_bytes())["why"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--engine", "processes"], "give it with --out"),
        (["--out", "out"], "belong to --engine"),
        (["--engine", "processes", "--out", "out", "--format", "jsonl"], "leave out"),
        (["--engine", "processes", "--out", "out", "--scheduler", "tcp://127.0.0.1:1"], "with the engine dask"),
        (["--engine", "processes", "--out", "out", "--published", "Monday"], "no date of publication"),
        (["--engine", "processes", "--out", "pile/empty.txt"], "no folder can be made there"),
    ],
)
def test_what_does_not_fit_is_said(pile: Path, capfd: pytest.CaptureFixture[str], words: list[str], says: str) -> None:
    assert cli.main(["read", "pile", *words]) == 2
    assert says in capfd.readouterr().err


def test_a_missing_extra_is_named(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'twosource\[many\]'"):
        engines.read_shards(["pile"], "out")
