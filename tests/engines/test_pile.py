"""Stories and lineage out of Parquet: the answers that the same reports give in memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from twosource import cli, engines
from twosource.engines import pile as piles
from twosource.engines import stories as by_engine
from twosource.errors import UsageError
from twosource.lineage import trace
from twosource.reading import read_all
from twosource.sources import load
from twosource.stories import group

SUNK = "Two barges sank off Karsmouth on Monday, and 14 people were brought ashore by the lifeboat Osprey."
TOLD = (
    "The harbour master had closed the northern channel at noon because a crane leaned over it and nobody knew how long it"
    " would hold, which is why both barges went round by the sandbank where the tide runs hardest at that time of the month."
)
FIRE = "A warehouse burned down in Velmouth on Tuesday. Nobody was hurt, but 300 tonnes of flax were lost at Dorn Quay."
STRIKE = "Tram drivers in Elkbury walked out on Wednesday. The union says 410 of them joined; the company counted 380."

#: Text, day and outlet: a wire that two papers print, one that words it anew, a copy, two fires a year apart, and reports of no day.
REPORTS = [
    (f"{SUNK}\n{TOLD}\n“We saw them turn over,” said Ada Quill.", "2031-04-01", "Gull Wire"),
    (f"Barges lost off Karsmouth.\n{SUNK}\n{TOLD}", "2031-04-02", "The Karsmouth Post"),
    (f"{SUNK}\n{TOLD}", "2031-04-02", "Quay Courier"),
    (f"{SUNK}\n{TOLD}", "2031-04-03", "Elkbury Echo"),
    ("Off Karsmouth two barges went down on Monday; the lifeboat Osprey took 14 aboard.", "2031-04-01", "Tern"),
    (FIRE, "2031-04-02", "Tern"),
    (f"{FIRE} The fire service of Velmouth took four hours.", "2031-04-03", "Velmouth Ledger"),
    (f"{FIRE} So it was a year ago.", "2032-04-03", "Velmouth Ledger"),
    (STRIKE, None, "Echo"),
    (f"{STRIKE} Talks go on.", None, "Elkbury Echo"),
    ("Fog.", "1970-01-01", None),
]


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files of reports, and what an engine has read of them; one file cannot be read."""
    home = tmp_path_factory.mktemp("home")
    (home / "pile").mkdir()
    for name, some in (("one", REPORTS[::2]), ("two", REPORTS[1::2])):
        lines = [
            json.dumps({"id": f"{name}-{n}", "text": t, "published": d, "outlet": o})
            for n, (t, d, o) in enumerate(some)
        ]
        (home / "pile" / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (home / "pile" / "empty.txt").write_text("", encoding="utf-8")
    tally = engines.read_shards([home / "pile"], home / "read", workers=1)
    assert sum(done.reports for done in tally.done) == len(REPORTS)
    return home


@pytest.fixture
def asked(pile: Path) -> Iterator[piles.Pile]:
    with piles.opened([pile / "read"]) as found:
        yield found


def test_the_reports_come_in_the_order_of_publication(pile: Path, asked: piles.Pile) -> None:
    reports = {r.id: r for r in load([pile / "pile"]).reports}
    found = list(asked.reports())
    days = [r.published for r in found]
    assert days == ["2031-04-01"] * 2 + ["2031-04-02"] * 3 + ["2031-04-03"] * 2 + ["2032-04-03"] + days[-3:]
    assert set(days[-3:]) == {None, "1970-01-01"}  # the first day that computers count from is no date
    assert {r.id: r for r in found} == reports


def test_stories_are_those_of_memory(pile: Path, asked: piles.Pile) -> None:
    loaded = load([pile / "pile"]).reports
    stories, filed = by_engine.group(asked)
    assert stories == group(loaded)
    assert sorted(len(s.reports) for s in stories) == [1, 1, 2, 2, 5]
    assert {f.id: f.file for f in filed} == {r.id: r.file for r in loaded}


def test_lineages_are_those_of_memory(pile: Path, asked: piles.Pile) -> None:
    readings = {r.report.id: r for r in read_all(load([pile / "pile"]).reports)}
    stories, _ = by_engine.group(asked)
    found = list(by_engine.lineages(asked, stories))
    assert [f.story for f in found] == [s for s in stories if len(s.reports) > 1]
    for of in found:
        assert of.lineages == trace([readings[r] for r in of.story.reports]).lineages
        assert tuple(r.id for r in of.reports) == of.story.reports
    assert any(edge.kind == "copy" for of in found for lineage in of.lineages for edge in lineage.edges)


def test_of_a_story_without_end_the_first_reports_are_traced(asked: piles.Pile) -> None:
    stories, _ = by_engine.group(asked)
    found = {of.story.id: of for of in by_engine.lineages(asked, stories, most=3)}
    long = next(s for s in stories if len(s.reports) == 5)
    assert [r.id for r in found[long.id].reports] == list(long.reports[:3])
    assert found[long.id].beyond == 2


def test_a_folder_that_is_read_twice_counts_once(pile: Path) -> None:
    with piles.opened([pile / "read", pile / "read"]) as twice, piles.opened([pile / "read"]) as once:
        assert by_engine.group(twice) == by_engine.group(once)


def test_what_does_not_fit_goes_to_disk_and_is_gone_afterwards(
    pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with piles.opened([pile / "read"], memory="64MB") as small:
        assert len(list(small.reports())) == len(REPORTS)
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


# --- the commands -------------------------------------------------------------------------------------------------------------


def test_the_command_prints_what_it_prints_of_the_files(
    pile: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(pile)
    for form in ("json", "text"):
        assert cli.main(["stories", "read", "--format", form]) == 0
        of_rows, _ = capfd.readouterr()
        assert cli.main(["stories", "pile", "--format", form]) == 1  # one file cannot be read
        of_files, _ = capfd.readouterr()
        assert of_rows == of_files


def test_lineage_is_told_a_line_a_story(
    pile: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(pile)
    assert cli.main(["lineage", "read", "--format", "jsonl"]) == 0
    out, err = capfd.readouterr()
    *told, late, between = (json.loads(line) for line in out.splitlines())
    barges = max(told, key=lambda line: len(line["reports"]))
    assert [len(found["reports"]) for found in barges["lineages"]].count(4) == 1
    assert {edge["kind"] for found in barges["lineages"] for edge in found["edges"]} >= {"copy"}
    # The fire's report of a year later is no more of its story, and still the same words.
    assert (late["from"], late["to"], late["published"]) == ("two-2", "two-3", ["2031-04-02", "2032-04-03"])
    assert between == {"between_stories": {"edges": 1, "judged": 1, "mostly_boilerplate": 0, "more_sources": 0}}
    assert err == "twosource: 11 reports, 3 stories of several, 2 reports alone; between stories, 1 copy\n"
    assert cli.main(["lineage", "read"]) == 0
    out, _ = capfd.readouterr()
    assert "5 reports of 2 lineages  " in out
    assert "one-0 → two-0 (copy): " in out


def test_wrong_use_is_told(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.chdir(pile)
    for words, said in (
        (["stories", "read", "pile"], "without other files"),
        (["stories", "read", "--published", "2031-04-01"], "knows its dates"),
        (["lineage", "pile"], "no engine has written there"),
        (["lineage", "nowhere"], "no engine has written there"),
    ):
        assert cli.main(words) == 2, words
        assert said in capfd.readouterr().err
    (tmp_path / "old.done").write_text('{"reader": "twosource-0"}', encoding="utf-8")
    with pytest.raises(UsageError, match="another version"), piles.opened([tmp_path]):
        pass


def test_a_shard_set_aside_is_missed(pile: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for file in (pile / "read").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "more.jsonl-00.aside").write_text('{"why": "its worker ended with -9"}', encoding="utf-8")
    assert cli.main(["stories", str(tmp_path)]) == 1
    assert "1 shard was set aside" in capfd.readouterr().err
    (tmp_path / "more.jsonl-00.aside").unlink()


def test_shards_that_are_not_whole_are_named_and_the_others_taken(
    pile: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for file in (pile / "read").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    cut, other = sorted(tmp_path.glob("*.jsonl*.parquet"))
    cut.write_bytes(cut.read_bytes()[:100])
    (tmp_path / "late.parquet").write_bytes(other.read_bytes())
    assert cli.main(["lineage", str(tmp_path)]) == 1
    err = capfd.readouterr().err
    assert f"{cut}: it is cut or damaged" in err
    assert "late.parquet: it has no done mark" in err
    assert "5 reports" in err
    for mark in tmp_path.glob("*.parquet"):
        mark.unlink()
    assert cli.main(["stories", str(tmp_path)]) == 3
    assert "none of its shards is whole" in capfd.readouterr().err


def test_no_shard_is_written_over(pile: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shard = str(next((pile / "read").glob("*.parquet")))
    for command in ("stories", "lineage"):
        assert cli.main([command, str(pile / "read"), "-o", shard]) == 2
        assert "never written" in capfd.readouterr().err


def test_it_asks_for_duckdb_where_that_is_missing(pile: Path) -> None:
    lone = (
        "import sys; sys.modules['duckdb'] = None; from importlib import util; find = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'duckdb' else find(name, *more)\n"
        f"from twosource.cli import main; sys.exit(main(['lineage', {str(pile / 'read')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", lone], capture_output=True, text=True, timeout=240)
    assert done.returncode == 2
    assert "'twosource[many]'" in done.stderr
