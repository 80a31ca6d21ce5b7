"""Reports as the worst of them come, from the file to the page in a real browser: it stands, says what it has, and runs nothing of theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import twosource

Open = Callable[..., Any]

LINK = "javascript:document.body.append('ran')"
SCRIPT = "<script>document.body.append('ran')</script><img src=x onerror=\"document.body.append('ran')\">"
HIDDEN = "Two\u200b barges\u200b sank off \u202eKarsmouth\u202c on Monday, the coast guard said. האש פרצה בנמל."
PLAIN = "Two barges sank off Karsmouth on Monday. Five people were hurt, the coast guard said."


def saved(folder: Path, **fields: str) -> Path:
    file = folder / f"{len(list(folder.iterdir()))}.json"
    file.write_text(json.dumps(fields), encoding="utf-8")
    return file


def checked(at: Any) -> Any:
    """The page, after a look at what it asked for, complained of and ran."""
    at.page.wait_for_timeout(100)
    assert [r for r in at.requests if not r.startswith(("file:", "data:,"))] == []
    assert at.complaints == []
    assert at.page.locator("body > :text('ran')").count() == 0
    assert at.page.locator("img, iframe, script[src]").count() == 0
    assert [
        h
        for h in at.page.evaluate("[...document.links].map(a => a.getAttribute('href'))")
        if not h.startswith(("#", "http"))
    ] == []
    assert at.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing runs over the edge"
    return at.page


@pytest.mark.parametrize("width", [1440, 360])
def test_scripts_links_hidden_signs_and_titles_without_end(opened: Open, tmp_path: Path, width: int) -> None:
    (tmp_path / "in").mkdir()
    files = [
        saved(tmp_path / "in", text=f"{PLAIN} {SCRIPT} was written on the hull.", title="barge " * 170, url=LINK, outlet=SCRIPT),
        saved(tmp_path / "in", text=HIDDEN, title="\u202e" + "x" * 1000, byline=SCRIPT, outlet="העיתון"),
        saved(tmp_path / "in", text=PLAIN, title=SCRIPT, url="https://ledger.example/a"),
    ]  # fmt: skip
    page = checked(opened(twosource.compare(files), viewport={"width": width, "height": 900}))
    assert page.locator("article.report").count() == 3
    assert page.locator("article.claim").count() >= 1
    assert "‹U+202E›" in (page.locator("article.report", has_text="האש").text_content() or "")


def test_fifty_thousand_words_of_one_report(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    file = saved(tmp_path / "in", text="\n".join([PLAIN, *(f"{n} {'reed ' * 99}" for n in range(500))]))
    page = checked(opened(twosource.compare(file)))
    assert len((page.locator("article.report").text_content() or "").split()) > 50_000
    assert page.locator("article.claim.v3, article.claim.v4").count() == 0, "one report alone confirms nothing"


def test_one_report_that_claims_nothing(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    page = checked(opened(twosource.compare(saved(tmp_path / "in", text="Hm.\n"))))
    assert "No statement could be read out of it." in page.locator("body").inner_text()
