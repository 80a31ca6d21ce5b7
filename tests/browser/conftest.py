"""A real browser, Debian's Chromium, driven by Playwright. Where either is not installed, these tests are skipped with the reason."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from twosource.demo import names, paths
from twosource.model import Reconciliation
from twosource.outputs.page import to_page

#: Chromium asks its makers for nothing: the tests count every request.
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()

CHROMIUM = os.environ.get("TWOSOURCE_CHROMIUM") or shutil.which("chromium") or ""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run installs it")
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: `apt-get install chromium`, or set TWOSOURCE_CHROMIUM")
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def bridge() -> Reconciliation:
    """The five reports of the demo's first story."""
    import twosource

    return twosource.compare(paths(names()[0]))


class Opened:
    """A page opened from disk, with what it asked for and what it complained of."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("console", lambda m: self.complaints.append(m.text))
        page.on("pageerror", lambda e: self.complaints.append(str(e)))


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Write a reconciliation as a page and open it; the options are those of a Playwright context."""
    contexts = []

    def open_page(reconciliation: Reconciliation, at: str = "", **options: Any) -> Opened:
        file = tmp_path / "story.html"
        file.write_bytes(to_page(reconciliation).encode())
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        made = Opened(context.new_page())
        made.page.goto(file.as_uri() + at)
        return made

    yield open_page
    for context in contexts:
        context.close()
