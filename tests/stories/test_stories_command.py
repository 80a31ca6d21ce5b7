"""`twosource stories` and `twosource.group`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from invented import BUDGET, FERRY, OTHER_FERRY

import twosource
from twosource.cli import main


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    lines = [
        {"id": f"n{n}", "text": text, "published": "2031-04-01"}
        for n, text in enumerate((*FERRY, *OTHER_FERRY, BUDGET))
    ]
    file = tmp_path / "pile.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def test_the_json_calls_reports_by_their_id(pile: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["stories", str(pile), "--format", "json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert sorted(sorted(s["reports"]) for s in told["stories"]) == [["n0", "n1", "n2"], ["n3", "n4"], ["n5"]]
    for story in told["stories"]:
        assert story["id"]
        assert story["title"]
        for step in story["joined"]:
            assert step["because"]
            assert step["beside"] in story["reports"]


def test_the_text_says_why(pile: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["stories", str(pile), "--width", "200"]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert out.startswith("6 reports: 2 stories of several reports, 1 alone")
    assert "both name " in out


def test_what_cannot_be_read_is_named_and_the_rest_grouped(pile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories", str(pile), "no-such.txt", "--format", "json"]) == 1
    assert "no-such.txt" in capsys.readouterr().err


def test_nothing_to_read_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories", "no-such.txt"]) == 3
    assert "no such file" in capsys.readouterr().err


def test_a_program_gets_the_same_stories(pile: Path) -> None:
    stories = twosource.group(pile)
    assert sorted(len(s.reports) for s in stories) == [1, 2, 3]
    with pytest.raises(twosource.SourceError):
        twosource.group([])
