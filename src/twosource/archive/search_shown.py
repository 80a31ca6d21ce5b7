"""What a search found as JSON and as text: each hit with its report, the sentences, and what was asked for marked in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from twosource.archive.query import written
from twosource.archive.search import Answer, Hit
from twosource.outputs.shape import encode
from twosource.outputs.sheet import Block, Sheet, plain, quotation, render
from twosource.outputs.wording import count, day, outlet, visible

_OF_REPORT = ("file", "url", "outlet", "title", "published", "language", "sha256", "text_sha256")


def answer_json(answer: Answer) -> str:
    """The answer as one JSON object; every place is a span of the report's text."""
    told = {
        "schema": "twosource/search/1",
        "query": written(answer.query),
        "matched": answer.matched,
        "capped": answer.capped,
        "unread": answer.unread,
        "hits": [_hit(hit) for hit in answer.hits],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "report": hit.report.id,
        **{key: getattr(hit.report, key) for key in _OF_REPORT},
        "version": hit.number,
        "newest": hit.newest,
        "read": hit.read,
        "score": hit.score,
        "passages": [{"sentence": encode(p.sentence), "marks": [encode(m) for m in p.marks]} for p in hit.passages],
        "more": hit.more,
    }


def answer_text(answer: Answer, *, width: int = 80, colour: bool = False, everything: bool = False) -> str:
    """The answer as text of at most `width` columns; what was asked for is marked in the sentences, as in every output."""
    sheet = Sheet(width, colour, everything, {}, {})
    return render(_blocks(answer, sheet), sheet)


def _blocks(answer: Answer, sheet: Sheet) -> Iterator[Block]:
    asked = visible(written(answer.query))
    if not answer.matched:
        yield Block(plain(f"no report matches {asked}"))
        return
    many = f"more than {answer.matched:,} reports match" if answer.capped else _matching(answer.matched)
    shown = f", {len(answer.hits):,} shown" if answer.capped or len(answer.hits) < answer.matched else ""
    yield Block(plain(f"{many} {asked}{shown}", "bold"))
    for number, hit in enumerate(answer.hits, start=1):
        yield Block(plain())
        report = hit.report
        version = "" if hit.newest else f" · version {hit.number}, corrected since"
        title = f" · {visible(report.title)}" if report.title else ""
        yield Block(plain(f"{outlet(report)} · {day(report.published)}{title}", "bold"), f"{number:>3}  ", 5)
        yield Block(plain(f"{report.id} · {visible(report.file)}{version}"), "     ", 7)
        for passage in hit.passages:
            yield Block(quotation(passage.sentence, passage.marks, sheet), "     ", 7)
        if hit.more:
            yield Block(plain(f"and {count(hit.more, 'more sentence')}"), "     ", 7)


def _matching(matched: int) -> str:
    return "1 report matches" if matched == 1 else f"{matched:,} reports match"
