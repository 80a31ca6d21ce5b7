"""A Reconciliation as W3C Web Annotations (JSON-LD), which annotation tools read: what is said of which words of which text.

Each claim is an annotation whose targets are its evidence, each quotation and each group of figures one as well. A target points into the
text of a report, as twosource read it, by its position in Unicode code points and by its words with some before and after: either finds
it alone. The source is named by the sha-256 of the text, since positions hold for that text and no other; the address of the page,
where one is known, is the scope.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from twosource.model import Reconciliation, Report, Span
from twosource.outputs.order import figures_in_order, in_order, letters, names, numbered
from twosource.outputs.wording import span_of, speakers

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

#: Characters before and after the words, enough to tell them from the same words elsewhere.
AROUND = 32


def to_annotation(reconciliation: Reconciliation) -> str:
    """All annotations as one AnnotationPage, JSON text that ends in a line break; one annotation a line.

    >>> json.loads(to_annotation(Reconciliation(reports=())))["type"]
    'AnnotationPage'
    """
    items = [json.dumps(a, ensure_ascii=False) for a in single(reconciliation)]
    page = {
        "@context": CONTEXT,
        "id": _urn("page", *(r.id for r in in_order(reconciliation.reports))),
        "type": "AnnotationPage",
    }
    head = json.dumps(page, ensure_ascii=False, indent=1)[:-2]
    body = ",\n".join(items)
    return f'{head},\n "items": [\n{body}\n]\n}}\n' if items else f'{head},\n "items": []\n}}\n'


def single(reconciliation: Reconciliation) -> Iterator[dict[str, Any]]:
    """The annotations one by one: claims by weight, then figures, then quotations."""
    reports = {r.id: r for r in reconciliation.reports}
    order = letters(reconciliation)
    rank = {r: i for i, r in enumerate(order)}
    name = names(reconciliation)
    for n in numbered(reconciliation):
        claim = n.claim
        body = [_text("classifying", claim.verdict)]
        body += [_text("classifying", f"difference: {claim.difference.kind}")] if claim.difference else []
        body += [_text("describing", " ".join(claim.reasons))] if claim.reasons else []
        places = sorted(claim.evidence, key=lambda e: (rank[e.report], e.start, e.end))
        yield _annotation(_urn("claim", claim.id), "assessing", body, places, reports)
    for group in figures_in_order(reconciliation):
        for m in group.mentions:
            body = [_text("describing", f"{group.label or group.unit}: {span_of(m.low, m.high)}")]
            body += [_text("commenting", f"said by {speakers(m.voice, name)}")] if m.voice else []
            yield _annotation(_urn("figure", group.id, m.report, m.start), "describing", body, [m], reports)
    for q in sorted(reconciliation.quotes, key=lambda q: (rank[q.report], q.start, q.end)):
        body = [_text("classifying", f"{q.kind} speech")]
        body += [_text("identifying", q.speaker_name)] if q.speaker_name else []
        yield _annotation(_urn("quote", q.report, q.start, q.end), "identifying", body, [q], reports)


def _annotation(
    name: str, why: str, body: list[dict[str, str]], places: Sequence[Span], reports: dict[str, Report]
) -> dict[str, Any]:
    targets = [_target(p, reports[p.report]) for p in places]
    return {
        "id": name,
        "type": "Annotation",
        "motivation": why,
        "body": body,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(span: Span, report: Report) -> dict[str, Any]:
    text = report.text
    target: dict[str, Any] = {"type": "SpecificResource", "source": _urn("text", report.text_sha256)}
    if report.url:
        target["scope"] = report.url
    quote = {"type": "TextQuoteSelector", "exact": span.exact}
    if before := text[max(0, span.start - AROUND) : span.start]:
        quote["prefix"] = before
    if after := text[span.end : span.end + AROUND]:
        quote["suffix"] = after
    target["selector"] = [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    return target


def _text(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _urn(kind: str, *parts: object) -> str:
    if len(parts) == 1:
        return f"urn:twosource:{kind}:{parts[0]}"
    from twosource.model import content_id

    return f"urn:twosource:{kind}:{content_id('', *parts)}"
