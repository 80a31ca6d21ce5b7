"""Every command and every example of README, of CONTRIBUTING and of docs/ is run, page by page, in a folder with the demo's reports.

A page finds `reports/`, the five reports of the demo's first story, and `told.json`, what `compare` made of them; every address of a page
answers (doc_world.py). How a block is taken stands in doc_blocks.py. `twosource watch`, which never ends, asks `--once`.
"""

from __future__ import annotations

import csv
import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from doc_blocks import RUN, SHOWN, Block, blocks, commands, exchanges, first_unfit, fits, pages
from doc_world import Certificate, outside

import twosource.sources.web
import twosource.watch.hooks
import twosource.watch.rounds
from twosource import demo
from twosource.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = pages(ROOT)

#: Pages that have a world of their own, and with it a test of their own: test_week.py.
OWN = (ROOT / "docs/tutorial/follow-a-story-for-a-week.md",)

#: What only a shell can do with a line.
SHELL = re.compile(r"[|&;<>()$`*~]")

#: At most one block in so many may be left out.
RARE = 8


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every page finds."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "reports").mkdir()
    for report in demo.paths(demo.names()[0]):
        shutil.copyfile(report, folder / "reports" / report.name)
    here = Path.cwd()
    os.chdir(folder)
    try:
        assert main(["compare", "reports", "-o", "told.json"]) == 0
    finally:
        os.chdir(here)
    return folder


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Of all hosts that a page names."""
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    try:
        return Certificate.made(
            tmp_path_factory.mktemp("tls"), sorted(set(re.findall(r"https://([\w.-]+\.example)", text)))
        )
    except FileNotFoundError:
        pytest.skip("openssl is not installed: no certificate can be made for the sites of the examples")


class Desk:
    """A folder in which the blocks of a page are run, one after the other."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.folder, self.capture, self.patch = folder, capture, patch
        self.names: dict[str, Any] = {"__name__": "page"}
        (folder.parent / "bin").mkdir()
        program = folder.parent / "bin" / "twosource"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m twosource "$@"\n')
        program.chmod(0o700)
        python = folder.parent / "bin" / "python"
        python.symlink_to(sys.executable)
        patch.chdir(folder)
        patch.setenv("PATH", str(program.parent), prepend=os.pathsep)
        patch.setenv("PYTHONPATH", str(ROOT / "src"), prepend=os.pathsep)
        patch.setenv("HOME", str(folder.parent))
        patch.delenv("TWOSOURCE_ARCHIVE", raising=False)
        patch.delenv("COLUMNS", raising=False)

    def run(self, block: Block) -> None:
        """Run one block; an AssertionError, or what its Python raises, where it does not do what it shows."""
        if block.kind == "sh":
            for command, code in commands(block.text):
                self.command(command, code)
        elif block.kind == "console":
            for command, code, shown in exchanges(block.text):
                out, err = self.command(command, code)
                if not (fits(shown, out + err) or fits(shown, err + out)):
                    at = first_unfit(shown, out + err)
                    pytest.fail(f"$ {command}\n{out}{err}\nis not what is shown, from “{at}” on")
        elif block.kind == "python":
            exec(compile("\n" * block.line + block.text, "page", "exec", dont_inherit=True), self.names)
        elif block.kind == "pycon":
            self.dialogue(block)

    def command(self, line: str, code: int) -> tuple[str, str]:
        """Run one command; what it wrote to standard output and to standard error."""
        self.capture.readouterr()
        installs, _, then = line.partition(" && ")
        if re.match(r"(python -m )?pip install ", installs):
            _installs(installs)
            if then in ("", "python -m pytest"):  # which is this
                return "", ""
            return self.command(then, code)
        words = shlex.split(line, comments=True)
        if words[0] == "export":
            self.patch.setenv(*words[1].split("=", 1))
        elif words[0] == "cd":
            self.patch.chdir(words[1])
        elif words[0] == "twosource" and not SHELL.search(line):
            done = main([*words[1:], *(["--once"] if words[1] == "watch" and "--once" not in words else [])])
            out, err = self.capture.readouterr()
            assert done == code, f"{line}: exit code {done}\n{out}{err}"
            return out, err
        else:
            ran = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", line], capture_output=True, text=True, timeout=300, check=False
            )
            assert ran.returncode == code, f"{line}: exit code {ran.returncode}\n{ran.stdout}{ran.stderr}"
            return ran.stdout, ran.stderr
        return "", ""

    def dialogue(self, block: Block) -> None:
        said: list[str] = []
        example = doctest.DocTestParser().get_doctest(block.text, self.names, "page", "page", block.line)
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False).run(
            example, out=said.append, clear_globs=False
        )
        self.names.update(example.globs)
        assert said == [], "".join(said)


def _installs(line: str) -> None:
    """Nothing is installed here: .ci/run does that. What is named must be there to be installed."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for named in re.findall(r"(?:\.|twosource)\[([\w,]+)\]", line):
        assert set(named.split(",")) <= set(extras), line
    assert re.search(r" '?(\.|twosource)", line), line


@pytest.fixture
def desk(
    tmp_path: Path,
    kept: Path,
    certificate: Certificate,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    shutil.copytree(kept, tmp_path / "desk")
    with outside(certificate) as world:
        for module in (twosource.sources.web, twosource.watch.hooks, twosource.watch.rounds):
            monkeypatch.setattr(module, "World", lambda: world)
        yield Desk(tmp_path / "desk", capfd, monkeypatch)


def run_page(text: str, desk: Desk) -> None:
    found = list(blocks(text))
    for block in found:
        if block.file is not None:
            (desk.folder / block.file).parent.mkdir(parents=True, exist_ok=True)
            (desk.folder / block.file).write_text(block.text, encoding="utf-8")
    for block in found:
        if block.reason is None and block.file is None:
            try:
                desk.run(block)
            except BaseException as error:
                error.add_note(f"in the block of line {block.line}")
                raise


@pytest.mark.parametrize("page", [p for p in PAGES if p not in OWN], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_work(page: Path, desk: Desk) -> None:
    run_page(page.read_text(encoding="utf-8"), desk)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_block_is_of_a_kind_that_is_known_and_what_it_shows_is_of_that_kind(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        assert block.kind in (*RUN, *SHOWN), f"line {block.line}: {block.kind}"
        if block.kind in SHOWN and block.file is None:
            assert not re.search(r"^\s*(\$ |>>> )", block.text, re.MULTILINE), f"line {block.line}: console or pycon"
        if block.kind == "json":
            json.loads(block.text)
        if block.kind == "csv":
            assert len({len(row) for row in csv.reader(block.text.splitlines())}) == 1, f"line {block.line}"


def test_what_is_not_run_says_why_and_is_rare() -> None:
    runnable = [b for page in PAGES for b in blocks(page.read_text(encoding="utf-8")) if b.kind in RUN]
    left_out = [b for b in runnable if b.reason is not None]
    assert all(len(b.reason or "") > 10 for b in left_out)
    assert len(left_out) * RARE <= len(runnable), [(b.line, b.reason) for b in left_out]


# --- the harness itself ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "```sh\ntwosource comprae reports/\n```\n",
        "```sh\ntwosource show told.json | grep no-such-word\n```\n",
        "```console\n$ twosource --version\ntwosource none\n```\n",
        "1. Look:\n\n   ```console\n   $ echo one\n   two\n   ```\n",
        "```python\nassert twosource\n```\n",
        "```pycon\n>>> 1 + 1\n3\n```\n",
        "<!-- given\ntest -e missing\n-->\n",
        "```sh\npip install 'twosource[nothing]'\n```\n",
    ],
)
def test_an_example_that_does_not_do_what_it_shows_is_found(page: str, desk: Desk) -> None:
    with pytest.raises((AssertionError, NameError, pytest.fail.Exception)):
        run_page(page, desk)


def test_files_names_and_settings_stay_from_block_to_block(desk: Desk) -> None:
    run_page(
        "<!-- given\ntest -d later\n-->\n"
        '```text title="later/a.txt"\nTwo barges sank.\n```\n'
        "```sh\nexport WORDS=there\ncd later\ncat no.txt  # exits 1\n```\n"
        "```console\n$ wc -w < a.txt\n3\n$ echo $WORDS \\\n> and here\nthere … here\n```\n"
        "```python\nfrom pathlib import Path\n\ntext = Path('a.txt').read_text()\n```\n"
        "```pycon\n>>> text\n'Two barges sank.\\n'\n```\n"
        "<!-- not run: it would not work -->\n```sh\nfalse\n```\n",
        desk,
    )
