"""A Reconciliation as JSON (version 1 of spec/reconciliation.md), and back; a Reading as one line of JSON.

What is written is all there is: `from_json(to_json(r)) == r`, where furniture comes back sorted. Every span is cut from its report's
text again when read, so a file that was changed by hand or by accident is refused, with the place named. The same reconciliation gives
the same bytes. One entry of an array stands on one line, so that two files can be compared with `diff`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from twosource.errors import ReconciliationError
from twosource.model import Reading, Reconciliation, Report, Span
from twosource.outputs.shape import Unfit, decoder, define, encode, fields

SCHEMA = "twosource/reconciliation/1"

#: Kept as escapes: lone surrogates, which UTF-8 cannot hold, and what some readers take for the end of a line.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")

#: JSON's escapes make one character of these two, and every offset after it would move.
_TORN = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def to_json(reconciliation: Reconciliation) -> str:
    """The reconciliation as JSON text that ends in a line break.

    Raises ReconciliationError where it holds what JSON cannot: a number that is infinite or none, a character torn in two.

    >>> to_json(Reconciliation(reports=())).splitlines()[1]
    '"schema": "twosource/reconciliation/1",'
    """
    lineages, furniture = defaultdict(list), defaultdict(list)
    for lineage in reconciliation.lineages:
        for report_id in lineage.reports:
            lineages[report_id].append(lineage.id)
    for span in reconciliation.furniture:
        furniture[span.report].append(encode(span))
    parts: dict[str, list[Any]] = {"reports": []}
    for report in reconciliation.reports:
        entry = encode(report)
        text, head = entry.pop("text"), entry.pop("head")
        entry |= {"text": text, "lineages": lineages[report.id], "head": head, "furniture": furniture[report.id]}
        parts["reports"].append(entry)
    for field in fields(Reconciliation):
        if field.name not in ("reports", "furniture"):
            parts[field.key] = encode(getattr(reconciliation, field.name), field.noun)
    written = [f'"schema": {_dump(SCHEMA)}']
    for key, entries in parts.items():
        written.append(
            f"{_dump(key)}: [\n" + ",\n".join(map(_dump, entries)) + "\n]" if entries else f"{_dump(key)}: []"
        )
    return "{\n" + ",\n".join(written) + "\n}\n"


def from_json(text: str | bytes) -> Reconciliation:
    """The reconciliation that `to_json` wrote.

    Raises ReconciliationError, naming the place, where the text is no JSON, a field is missing or of another type, an id stands for
    nothing, or a span's words are not the report's. Fields that this version does not know are passed over.
    """
    try:
        raw = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as wrong:
        raise ReconciliationError(f"not JSON: {wrong}; write it with `twosource compare … --format json`") from None
    found = raw.get("schema") if isinstance(raw, dict) else None
    if found != SCHEMA:
        raise ReconciliationError(
            f'schema: is {found!r}, not "{SCHEMA}": this is no reconciliation, or one of another version of twosource'
        )
    try:
        reconciliation = _decode(raw)
    except Unfit as wrong:
        raise ReconciliationError(f"{wrong.place}: {wrong.why}") from None
    for i, report in enumerate(reconciliation.reports):
        found = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
        if found != report.text_sha256:
            raise ReconciliationError(
                f"reports[{i}].text: its sha-256 begins {found[:12]}, not as text_sha256 says: it was changed"
            )
    for place, wrong_id, of in _dangling(reconciliation):
        raise ReconciliationError(f"{place}: {wrong_id!r} is no {of} of this file")
    return reconciliation


def reading_json(reading: Reading) -> str:
    """One report's reading as one line of JSON without a line break, as `twosource read --format jsonl` prints it."""
    report = reading.report
    return _dump(
        {
            "id": _own_id(report),
            "file": report.file,
            "text": report.text,
            "sha256": report.sha256,
            "credit": report.credit,
            **{
                key: encode(getattr(reading, key))
                for key in ("names", "quotes", "figures", "times", "statements", "furniture")
            },
            "head": encode(report.head),
            "report": report.id,
            "url": report.url,
            "outlet": report.outlet,
            "title": report.title,
            "byline": report.byline,
            "published": report.published,
            "language": reading.language,
            "reader": reading.reader,
            "actors": [{k: v for k, v in encode(a).items() if k != "mentions"} for a in reading.actors],
            "notes": encode(reading.notes),
        }
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `to_json` writes, made from the model's dataclasses."""
    definitions: dict[str, Any] = {}
    define(Reconciliation, definitions)
    whole = definitions.pop("Reconciliation")
    report = definitions["Report"]
    report["properties"] |= {
        "lineages": {"type": "array", "items": {"type": "string"}},
        "furniture": {"type": "array", "items": {"$ref": "#/$defs/Span"}},
    }
    report["required"] += ["lineages", "furniture"]
    del whole["properties"]["furniture"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A reconciliation (version 1)",
        "description": whole["description"],
        "type": "object",
        "properties": {"schema": {"const": SCHEMA}, **whole["properties"]},
        "required": ["schema", *whole["properties"]],
        "$defs": dict(sorted(definitions.items())),
    }


def _dump(value: Any) -> str:
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise ReconciliationError("it holds a number that is infinite or none, which JSON cannot keep") from None
    if _TORN.search(written):
        raise ReconciliationError(
            "it holds a character torn into two surrogates, which JSON cannot keep; decode the report anew"
        )
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", written)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON number")


def _own_id(report: Report) -> str:
    """What a line of JSON calls its report: the id that the report's own line gave it, else the name of its file."""
    of_a_line = report.extractor.startswith("json") and PurePath(report.file).suffix not in (
        ".json",
        ".jsonl",
        ".ndjson",
    )
    return report.file if of_a_line else PurePath(report.file).name


def _decode(raw: dict[str, Any]) -> Reconciliation:
    texts: dict[str, str] = {}
    for entry in raw["reports"] if isinstance(raw.get("reports"), list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("id"), str) and isinstance(entry.get("text"), str):
            texts[entry["id"]] = entry["text"]
    given: dict[str, Any] = {}
    for field in fields(Reconciliation):
        if field.name == "furniture":
            continue
        try:
            if field.key not in raw:
                raise Unfit("is missing")
            given[field.name] = decoder(field.kind)(raw[field.key], texts)
        except Unfit as wrong:
            wrong.steps.append(field.key)
            raise
    set_aside: list[Span] = []
    for i, entry in enumerate(raw["reports"]):
        try:
            set_aside += decoder(tuple[Span, ...])(entry.get("furniture"), texts)
        except Unfit as wrong:
            wrong.steps.append(f"reports[{i}].furniture")
            raise
    return Reconciliation(**given, furniture=tuple(sorted(set_aside)))


def _dangling(r: Reconciliation) -> Iterator[tuple[str, str, str]]:
    """Each id that stands for nothing: its place, itself, and what it should be the id of. Two reports of one id come first."""
    for report_id, times in Counter(x.id for x in r.reports).items():
        if times > 1:
            yield "reports", report_id, "single report"
    known: Mapping[str, set[str]] = {
        "report": {x.id for x in r.reports},
        "lineage": {x.id for x in r.lineages},
        "actor": {x.id for x in r.actors},
        "claim": {x.id for x in r.claims},
    }
    for place, found, of in _references(r):
        if found is not None and found not in known[of]:
            yield place, found, of
    for i, claim in enumerate(r.claims):
        evidence = {e.id for e in claim.evidence}
        for side in claim.difference.sides if claim.difference else ():
            for found in side:
                if found not in evidence:
                    yield f"claims[{i}].difference.sides", found, "evidence of that claim"
        for k, join in enumerate(claim.joins):
            for found in join.statements:
                if found not in evidence:
                    yield f"claims[{i}].joins[{k}].statements", found, "evidence of that claim"


def _references(r: Reconciliation) -> Iterator[tuple[str, str | None, str]]:
    for i, lineage in enumerate(r.lineages):
        yield f"lineages[{i}].root", lineage.root, "report"
        for found in lineage.reports:
            yield f"lineages[{i}].reports", found, "report"
        for k, edge in enumerate(lineage.edges):
            yield f"lineages[{i}].edges[{k}].from", edge.source, "report"
            yield f"lineages[{i}].edges[{k}].to", edge.target, "report"
    for i, actor in enumerate(r.actors):
        for k, name in enumerate(actor.mentions):
            yield f"actors[{i}].mentions[{k}].actor", name.actor, "actor"
    for i, quote in enumerate(r.quotes):
        yield f"quotes[{i}].speaker", quote.speaker, "actor"
    for i, group in enumerate(r.figures):
        for k, mention in enumerate(group.mentions):
            for voice in mention.voice:
                yield f"figures[{i}].mentions[{k}].voice", voice.actor, "actor"
    for i, claim in enumerate(r.claims):
        for k, evidence in enumerate(claim.evidence):
            yield f"claims[{i}].evidence[{k}].lineage", evidence.lineage, "lineage"
            for voice in evidence.voice:
                yield f"claims[{i}].evidence[{k}].voice", voice.actor, "actor"
        for k, join in enumerate(claim.joins):
            for found in join.actors:
                yield f"claims[{i}].joins[{k}].actors", found, "actor"
    for i, moment in enumerate(r.timeline):
        for found in moment.claims:
            yield f"timeline[{i}].claims", found, "claim"
    for i, note in enumerate(r.notes):
        if note.kind != "unread":  # what could not be read is named by its file, and is no report
            yield f"notes[{i}].report", note.report, "report"
