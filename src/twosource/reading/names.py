"""The names of one report, grouped into who and what they mean within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twosource.model import Actor, Kind, Name
from twosource.reading.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

KINDS: dict[str, Kind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "PRODUCT": "other", "EVENT": "other", "WORK_OF_ART": "other", "LAW": "other",
}  # fmt: skip


def _trimmed(ent: Tokens) -> Tokens | None:
    doc, start, end = ent.doc, ent.start, ent.end
    while start < end and (doc[start].pos_ in {"DET", "PUNCT", "SPACE", "PART"} or not doc[start].text[0].isupper()):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].pos_ in {"PUNCT", "SPACE"}):
        end -= 1
    return doc[start:end] if end > start else None


def actors(parse: Parse) -> tuple[Actor, ...]:
    """The actors of the report, in order of first mention; each mention is a name, without title, article or possessive."""
    found: dict[str, list[tuple[Tokens, Kind]]] = {}
    for ent in parse.doc.ents:
        kind = KINDS.get(ent.label_)
        tokens = _trimmed(ent) if kind else None
        if kind is None or tokens is None or (kind == "group" and tokens.root.pos_ == "ADJ"):
            continue
        text = tokens.text
        key = text
        for other, ms in found.items():
            if ms[0][1] == kind and (other.endswith(" " + text) or text.endswith(" " + other)):
                key = other
                break
        found.setdefault(key, []).append((tokens, kind))
    out = []
    for n, ms in enumerate(found.values()):
        ident = f"{parse.report.id}.{n}"
        kinds = [k for _, k in ms]
        kind = max(kinds, key=kinds.count)
        mentions = tuple(
            Name(parse.report.id, t.start_char, t.end_char, parse.report.text, kind=kind, actor=ident) for t, _ in ms
        )
        out.append(Actor(ident, max((m.exact for m in mentions), key=len), kind, mentions))
    return tuple(out)
