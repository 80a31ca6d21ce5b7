"""The documentation as a site: it is built without a warning, holds every page, leads nowhere that is not there, and asks nobody for anything."""

from __future__ import annotations

import importlib.util
import inspect
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html

import twosource
import twosource.errors
import twosource.model

ROOT = Path(__file__).resolve().parents[2]

#: What a browser loads by itself, and what a reader follows.
LOADED = {"img": "src", "script": "src", "source": "src", "iframe": "src", "link": "href"}


def leaves(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from leaves(item)


def test_every_page_stands_in_the_navigation_once() -> None:
    nav = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]
    docs = ROOT / "docs"
    assert sorted(leaves(nav)) == sorted(p.relative_to(docs).as_posix() for p in docs.rglob("*.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from a copy. A warning ends the build: zensical.toml says `strict`."""
    if importlib.util.find_spec("zensical") is None or importlib.util.find_spec("mkdocstrings_handlers") is None:
        pytest.skip("Zensical is not installed: .ci/run installs it")
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copyfile(ROOT / "zensical.toml", folder / "zensical.toml")
    (folder / "src").symlink_to(ROOT / "src")
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build"], cwd=folder, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "build" / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, html.HtmlElement]:
    found = {page: html.parse(page).getroot() for page in sorted(site.rglob("*.html")) if page.name != "404.html"}
    assert len(found) == len(list((ROOT / "docs").rglob("*.md")))
    return found


def test_no_link_is_broken(pages: dict[Path, html.HtmlElement]) -> None:
    names = {page: {*tree.xpath("//@id"), *tree.xpath("//a/@name")} for page, tree in pages.items()}
    followed = 0
    for page, tree in pages.items():
        links = {*tree.xpath("//a/@href"), *tree.xpath("//img/@src")}
        for link in links:
            if link.startswith(("http:", "https:", "mailto:")):
                continue
            where, fragment = urldefrag(link)
            target = (page.parent / unquote(where)).resolve() if where else page
            target = target / "index.html" if target.is_dir() else target
            assert target.exists(), f"{page.name}: {link}"
            assert not fragment or unquote(fragment) in names.get(target, ()), f"{page.name}: {link}"
            followed += 1
    assert followed > 10 * len(pages)


def test_it_asks_nobody_for_anything(pages: dict[Path, html.HtmlElement]) -> None:
    for page, tree in pages.items():
        asked = [a for tag, name in LOADED.items() for a in tree.xpath(f"//{tag}/@{name}")]
        assert [a for a in asked if "//" in a] == [], page.name


def test_every_public_name_stands_in_the_reference(pages: dict[Path, html.HtmlElement]) -> None:
    (reference,) = (tree for page, tree in pages.items() if page.parts[-2:] == ("reference", "python.html"))
    told = {name.rpartition(".")[2] for name in reference.xpath("//@id") if name.startswith("twosource.")}
    public = {name for name in twosource.__all__ if not name.startswith("_")}
    for module in (twosource.model, twosource.errors):
        public |= {n for n, v in vars(module).items() if inspect.isclass(v) and v.__module__ == module.__name__}
    assert public - told == set()
