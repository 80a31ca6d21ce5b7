"""Web Annotations, checked against the W3C model and by a reader that knows nothing of twosource: it has only the texts."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from harbour_fire import harbour_fire

from twosource.model import Reconciliation
from twosource.outputs.annotation import CONTEXT, to_annotation

#: https://www.w3.org/TR/annotation-vocab/#motivation
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking",
    "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def read(text: str) -> list[dict[str, Any]]:
    page = json.loads(text)
    assert page["@context"] == CONTEXT
    assert page["type"] == "AnnotationPage"
    return list(page["items"])


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def by_quote(text: str, selector: dict[str, Any]) -> list[int]:
    """Every place where a TextQuoteSelector fits, as the model says: the words, with what stands before and after."""
    before, exact, after = selector.get("prefix", ""), selector["exact"], selector.get("suffix", "")
    whole = before + exact + after
    return [i + len(before) for i in range(len(text)) if text.startswith(whole, i)]


def test_each_selector_alone_finds_the_same_words(fire: Reconciliation) -> None:
    texts = {f"urn:twosource:text:{hashlib.sha256(r.text.encode()).hexdigest()}": r.text for r in fire.reports}
    seen = 0
    for annotation in read(to_annotation(fire)):
        for target in targets(annotation):
            text = texts[target["source"]]
            quote, position = target["selector"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert by_quote(text, quote) == [position["start"]]
            seen += 1
    assert seen == 13


def test_positions_count_code_points() -> None:
    from harbour_fire import at, report

    from twosource.model import Quote

    of = report("a.txt", "🜁🜂 “Two barges sank,” she said.")
    span = at(of, "Two barges sank")
    quote = Quote(span.report, span.start, span.end, of.text, kind="direct", parts=(span,), speaker=None, speaker_name="she", source=None, cue=None)  # fmt: skip
    (annotation,) = read(to_annotation(Reconciliation((of,), quotes=(quote,))))
    assert annotation["target"]["selector"][1] == {"type": "TextPositionSelector", "start": 4, "end": 19}


def test_an_annotation_says_what_is_judged_and_why(fire: Reconciliation) -> None:
    first = read(to_annotation(fire))[0]
    assert first["motivation"] == "assessing"
    assert [(b["purpose"], b["value"]) for b in first["body"]] == [
        ("classifying", "conflicting"),
        ("classifying", "difference: polarity"),
        ("describing", "The same person, Jora Velm, denies it in one report and admits it in another."),
    ]


def test_it_keeps_to_the_model(fire: Reconciliation) -> None:
    items = read(to_annotation(fire))
    assert len({a["id"] for a in items}) == len(items)
    for a in items:
        assert a["type"] == "Annotation"
        assert a["motivation"] in MOTIVATIONS
        assert all(b["type"] == "TextualBody" and b["purpose"] in MOTIVATIONS for b in a["body"])


def test_the_same_reconciliation_gives_the_same_bytes() -> None:
    assert to_annotation(harbour_fire()) == to_annotation(harbour_fire())
