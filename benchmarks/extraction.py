"""Articles out of pages, beside plain trafilatura and readability in one run: `python benchmarks/extraction.py`.

Twenty pages in the manner of twenty kinds of sites (benchmarks/pages, texts invented), with the paragraphs that are the article. F1 of
paragraphs: a line that is a paragraph of the article is right, any other line is wrong, but for headline, byline and date, which count
neither way; a mean over the pages. What trafilatura loses on these pages was looked at while ours was improved: it shows what is mended,
and says less of pages that nobody has looked at. `credits`: how many of the wire credits ("TOWN (AP) —") are still in the text.
readability is `readability-lxml`, where it is installed; its markup is made into lines as ours is.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Callable
from pathlib import Path

from twosource.errors import SourceError
from twosource.sources.article import clean, key
from twosource.sources.html import pages
from twosource.sources.markup import lines
from twosource.sources.raw import from_bytes

PAGES = Path(__file__).parent / "pages"

#: What a system makes of a page: the lines of its article, and those of its head that count neither way.
Read = Callable[[str, bytes], tuple[list[str], set[str]]]


def twosource(name: str, page: bytes) -> tuple[list[str], set[str]]:
    for found in pages(from_bytes(name, page)):
        if not isinstance(found, SourceError):
            head = {s.exact for s in found.head if s.exact in found.text.split("\n")}
            return found.text.split("\n"), head
    return [], set()


def plain_trafilatura(name: str, page: bytes) -> tuple[list[str], set[str]]:
    import trafilatura

    text = trafilatura.extract(page, include_comments=False, include_tables=True) or ""
    return text.split("\n"), set()


def readability(name: str, page: bytes) -> tuple[list[str], set[str]]:
    from readability import Document

    return lines(
        Document(page.decode("utf-8", "replace") if b"windows-1252" not in page else page.decode("cp1252")).summary()
    ), set()


def score(read: Read, gold: dict[str, dict[str, object]]) -> dict[str, object]:
    """F1 by page and their mean, credits kept, pages a second."""
    by_page: dict[str, float] = {}
    kept = credits_ = 0
    began = time.perf_counter()
    for name, right in sorted(gold.items()):
        paragraphs = right["paragraphs"]
        assert isinstance(paragraphs, list)
        page = (PAGES / f"{name}.html").read_bytes()
        try:
            found, head = read(f"{name}.html", page)
        except Exception:
            found, head = [], set()
        headline = _headline(page)
        body = [
            line for raw in found if (line := clean(raw).lstrip("-• ")) and line not in head and key(line) != headline
        ]
        hits = len({key(p) for p in paragraphs} & {key(line) for line in body})
        by_page[name] = round(2 * hits / max(1, len(paragraphs) + len(body)), 3)
        if credit := right["credit"]:
            credits_ += 1
            kept += key(str(credit)) in key(" ".join(found))
    return {
        "f1": round(sum(by_page.values()) / len(by_page), 4),
        "credits": f"{kept}/{credits_}",
        "pages_per_second": round(len(gold) / (time.perf_counter() - began), 1),
        "by_page": by_page,
    }


def _headline(page: bytes) -> str:
    from lxml.html import document_fromstring

    return next((key(h.text_content()) for h in document_fromstring(page).iter("h1")), "")


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    gold = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))
    systems: dict[str, Read] = {"twosource": twosource, "trafilatura": plain_trafilatura}
    if importlib.util.find_spec("readability"):
        systems["readability"] = readability
    for read in systems.values():  # what is imported at first use is not the pages' cost
        read("brief.html", (PAGES / "brief.html").read_bytes())
    told: dict[str, object] = {name: score(read, gold) for name, read in systems.items()}
    ours, peer = told["twosource"], told["trafilatura"]
    assert isinstance(ours, dict)
    assert isinstance(peer, dict)
    print(json.dumps({"pages": len(gold), **told, "ratio": round(ours["f1"] / peer["f1"], 4)}, indent=1))


if __name__ == "__main__":
    main()
