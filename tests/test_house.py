"""What holds for the whole house: its rules are tests, and what README and docs show is run."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src" / "twosource").rglob("*.py"))
LONGEST = 400

#: Ordinary words that happen to be part of a name in a gold story, and of no use for cheating.
ALLOWED = frozenset(
    """
    american arab european indian iran persian
    bear best build civic disasters gates horn navigator road side
    associated boutique bureau center commission committee congress county court crescent department headquarters justice
    king ocean retreat senate services sheikh states survey theater towers tribune union united university workshop
    info luther martin
    """.split()  # the last: an API's name for what is told of a socket, and a holiday
)

#: Closed lists of the world as it is: countries, cities, given names; the news agencies.
GAZETTEERS = (
    "src/twosource/reading/data/",
    "src/twosource/sources/agencies.py",
    "src/twosource/sources/credit.py",
    "tests/sources/test_credit.py",
)


def shell_lines(page: str) -> list[str]:
    """The lines of the fenced `sh` blocks of a page, without their comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `twosource` of this environment and of this source tree."""
    paths = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, "-m", "twosource", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
    )


# --- the source --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: f.relative_to(ROOT / "src").as_posix())
def test_a_module_is_short_and_says_what_it_gives(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module's docstring says what it gives and why it is done so"
    assert len(text.splitlines()) <= LONGEST, f"over {LONGEST} lines: it holds more than one noun"


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: f.relative_to(ROOT / "src").as_posix())
def test_nothing_is_left_undone_in_silence(file: Path) -> None:
    assert not re.search(r"\b(TODO|FIXME|XXX)\b|NotImplementedError", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: f.relative_to(ROOT / "src").as_posix())
def test_no_pattern_takes_a_group_possessively(file: Path) -> None:
    """Before Python 3.11.5, Debian's 3.11.2 among them, a possessive group matches what it must not (python/cpython#106052)."""
    taken = re.findall(r"(?<!\\)\)(?:[*+?]|\{[\d,]*\})\+.*", file.read_text(encoding="utf-8"))
    assert taken == [], "write (?>(?:…)*) for (?:…)*+; one character or a class may be possessive"


def test_imports_follow_the_way_of_the_data() -> None:
    if importlib.util.find_spec("importlinter") is None:
        pytest.skip("import-linter is not installed: .ci/run installs it")
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def test_no_name_of_a_story_that_we_measure_by_stands_in_the_source() -> None:
    if not (data := os.environ.get("TWOSOURCE_DATA")):
        pytest.skip("TWOSOURCE_DATA is not set: the gold stories are not here")
    names: set[str] = set()
    ordinary: set[str] = set()
    for gold in sorted(Path(data, "gold").glob("*.yaml")):
        story = yaml.safe_load(gold.read_text(encoding="utf-8"))
        for actor in story["actors"]:
            for form in (actor["name"], *(v for variants in actor["variants"].values() for v in variants)):
                names |= {word.lower() for word in re.findall(r"[^\W\d_]{4,}", form) if word[0].isupper()}
        for file in story["reports"].values():
            raw = Path(data, file).read_text(encoding="utf-8")
            text = json.loads(raw)["text"] if file.endswith(".json") else raw
            ordinary |= set(re.findall(r"\b[a-z]{4,}\b", text))
    assert names, "the gold stories name somebody"
    telling = names - ordinary - ALLOWED
    found = {}
    for file in sorted(
        p for folder in ("src", "tests", "benchmarks") for p in (ROOT / folder).rglob("*") if p.is_file()
    ):
        place = file.relative_to(ROOT).as_posix()
        if {"__pycache__", "node_modules"} & set(file.parts) or place.startswith(GAZETTEERS) or file.suffix == ".onnx":
            continue  # a model's bytes spell short names by chance
        words = {
            word.lower() for word in re.findall(r"[^\W\d_]{4,}", file.read_text(encoding="utf-8", errors="ignore"))
        }
        if words & telling and file != Path(__file__).resolve():
            found[place] = sorted(words & telling)
    assert found == {}, "a rule, a list or an example made for one story is a defect"


# --- what is shipped ---------------------------------------------------------------------------------------------------------


def test_the_lock_pins_every_wheel_from_the_package_index_alone() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    for package in lock["package"]:
        if package["name"] == "twosource":
            continue
        assert package["source"] == {"registry": "https://pypi.org/simple"}, package["name"]
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else ())]
        assert files, package["name"]
        for file in files:
            assert file["url"].startswith("https://files.pythonhosted.org/"), file["url"]
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]), file["url"]


def test_the_lock_is_of_these_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    ours = next(p for p in lock["package"] if p["name"] == "twosource")
    named = {re.split(r"[ <>=!\[;]", d)[0].lower().replace("_", "-") for d in project["dependencies"]}
    assert named == {d["name"] for d in ours["dependencies"]}, "run `uv lock`"


# --- what the pages show -----------------------------------------------------------------------------------------------------


def test_the_readme_opens_with_the_two_commands() -> None:
    lines = shell_lines("README.md")
    assert lines[:2] == [
        "python -m pip install . && twosource demo",
        "python -m pip install '.[test]' && python -m pytest",
    ]


def test_the_machine_runs_the_test_command_that_the_readme_shows() -> None:
    command = shell_lines("README.md")[1]
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_answer_that_the_readme_shows_is_the_real_one() -> None:
    """Line for line, but for the numbers of the claims, which a claim above moves."""

    def lines(text: str) -> list[str]:
        return [
            re.sub(r"^(\S) \d+  ", r"\1  ", line.strip()) for line in text.splitlines() if line.strip() not in ("", "…")
        ]

    page = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = lines(re.findall(r"^```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[0])
    told = run("demo")
    assert told.returncode == 0, told.stderr
    assert len(shown) >= 10
    assert [line for line in shown if line not in lines(told.stdout)] == [], (
        "cut the answer anew from what `twosource demo` prints"
    )


def test_every_page_that_is_linked_is_there() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))]
    assert links
    broken = [(page.name, link) for page, link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_every_file_that_contributing_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+/(?:[a-z_]+\.py)?|[a-z_]+\.py)`", text))
    assert named
    places = (ROOT, ROOT / "src" / "twosource")
    assert sorted(n for n in named if not any((place / n).exists() for place in places)) == []


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    spec = importlib.util.spec_from_file_location("write_commands", ROOT / "docs" / "reference" / "write_commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run `just docs`"
