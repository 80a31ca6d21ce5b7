"""What the pages about the page, the formats and the limits say is so, and no rate on them is better than what is held."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from twosource import demo
from twosource.cli import main
from twosource.outputs.annotation import to_annotation
from twosource.outputs.csvs import to_csv
from twosource.outputs.json import from_json

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `reports/` lie and what they told was saved."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "reports").mkdir()
    for report in demo.paths(demo.names()[0]):
        (folder / "reports" / report.name).write_bytes(report.read_bytes())
    assert main(["compare", str(folder / "reports"), "-o", str(folder / "told.json")]) == 0
    return folder


def test_the_examples_of_the_formats_are_of_their_kind(desk: Path) -> None:
    page = (ROOT / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    told = from_json((desk / "told.json").read_bytes())
    (table,) = re.findall(r"^```csv\n(.*?)\n", page, re.DOTALL | re.MULTILINE)
    assert to_csv(told, "figures").startswith(table + "\r\n")
    (example,) = re.findall(r"^```json\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    (real, *_) = json.loads(to_annotation(told))["items"]
    assert json.loads(example).keys() == real.keys()
    target = real["target"][0] if isinstance(real["target"], list) else real["target"]
    assert json.loads(example)["target"].keys() == target.keys()


def test_the_limits_claim_no_better_rate_than_the_floors_hold() -> None:
    floors = dict(re.findall(r"^([a-z0-9.]+)=([.\d]+)$", (ROOT / ".ci" / "floors.txt").read_text(), re.MULTILINE))
    page = (ROOT / "docs" / "why" / "limits.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([a-z0-9.]+)` \| ([.\d]+) \|", page, re.MULTILINE))
    assert set(told) == set(floors), "every floor has its line"
    assert {name: rate for name, rate in told.items() if float(rate) > float(floors[name])} == {}


def test_each_table_of_the_limits_names_the_command_that_measured_it() -> None:
    page = (ROOT / "docs" / "why" / "limits.md").read_text(encoding="utf-8")
    recipes = re.findall(r"^([a-z-]+)(?: [^:\n]*)?:", (ROOT / "Justfile").read_text(encoding="utf-8"), re.MULTILINE)
    parts = [part for part in page.split("\n## ") if "\n| --- " in part]
    assert len(parts) >= 2
    for part in parts:
        named = re.findall(r"`(?:just ([a-z-]+)|python (benchmarks/\w+\.py)[^`]*)`", part)
        assert named, part[:60]
        assert [r or f for r, f in named if r not in recipes and not (ROOT / f).is_file()] == []


def test_the_page_of_the_page_names_every_key_that_the_page_does() -> None:
    page = (ROOT / "docs" / "reference" / "page.md").read_text(encoding="utf-8")
    template = (ROOT / "src" / "twosource" / "outputs" / "page" / "templates" / "help.html").read_text(encoding="utf-8")
    keys = re.findall(r"<kbd>([^<]+)</kbd>", template)
    assert len(keys) > 6
    assert [k for k in keys if f"`{k}`" not in page] == []
