"""The stories and their gold hold together: every string of the gold stands in the report it is said to stand in."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from twosource import demo

STORIES = pytest.mark.parametrize("name", demo.names())


def text_of(path: Path) -> str:
    """The words of a report, by the plainest means, so that these tests do not rest on what they help to test."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return str(json.loads(raw)["text"])
    if path.suffix == ".html":
        return html.unescape("\n".join(re.findall(r"<p>(.*?)</p>", raw)))
    return raw


def strings(gold: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every (report, string) that the gold says stands in a report."""
    for part in ("boilerplate", "single"):
        for entry in gold[part]:
            yield from entry.items()
    for claim in gold["claims"]:
        for entry in claim["evidence"]:
            yield from entry.items()
    for part in ("figures", "times"):
        for entry in gold[part]:
            yield entry["report"], entry["in"]
    for quote in gold["quotes"]:
        yield quote["report"], quote["exact"]
    for actor in gold["actors"]:
        for report, variants in actor["variants"].items():
            yield from ((report, variant) for variant in variants)


@STORIES
def test_every_gold_string_stands_in_its_report(name: str) -> None:
    gold = yaml.safe_load(demo.gold(name).read_text(encoding="utf-8"))
    texts = {letter: text_of(demo.gold(name).parent / file) for letter, file in gold["reports"].items()}
    missing = [(report, string) for report, string in strings(gold) if string not in texts[report]]
    assert missing == []


@STORIES
def test_a_figure_and_a_time_stand_in_the_words_around_them(name: str) -> None:
    gold = yaml.safe_load(demo.gold(name).read_text(encoding="utf-8"))
    assert all(entry["exact"] in entry["in"] for part in ("figures", "times") for entry in gold[part])


@STORIES
def test_the_gold_is_of_the_reports_that_are_shown(name: str) -> None:
    gold = yaml.safe_load(demo.gold(name).read_text(encoding="utf-8"))
    assert [path.name for path in demo.paths(name)] == list(gold["reports"].values())
    assert all(path.is_file() for path in demo.paths(name))


@STORIES
def test_claims_have_names_of_their_own_and_evidence_on_two_sides(name: str) -> None:
    claims = yaml.safe_load(demo.gold(name).read_text(encoding="utf-8"))["claims"]
    ids = [claim["id"] for claim in claims]
    assert len(ids) == len(set(ids))
    thin = [c["id"] for c in claims if c["verdict"] != "single-source" and len(c["evidence"]) < 2]
    assert thin == []


@STORIES
def test_every_report_says_where_it_comes_from(name: str) -> None:
    for path in (p for p in demo.paths(name) if p.suffix == ".json"):
        report = json.loads(path.read_text(encoding="utf-8"))
        assert {"text", "title", "outlet", "byline", "published", "url"} <= set(report)
        assert re.fullmatch(r"https://[a-z]+\.example/\S+", report["url"]), (
            "an invented outlet has an address that cannot exist"
        )


def test_an_unknown_story_is_refused() -> None:
    with pytest.raises(KeyError):
        demo.paths("no such story")
    with pytest.raises(KeyError):
        demo.gold("no such story")
