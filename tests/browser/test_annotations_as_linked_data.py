"""The Web Annotations as JSON-LD: PyLD, a processor that others wrote, expands them to terms of W3C's own vocabulary, and drops nothing.

The vocabulary is the ontology that W3C publishes at http://www.w3.org/ns/oa, as the npm package @vocabulary/oa carries it. W3C's context
document is in no package index, so the names that our JSON uses are led to that ontology by the rule by which the context was made: a
class, a motivation or a property is called by its own name there, and a property by what follows `has` in it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from twosource.model import Reconciliation
from twosource.outputs.annotation import CONTEXT, to_annotation

sys.path.insert(0, str(Path(__file__).parents[1] / "outputs"))
from harbour_fire import harbour_fire

ONTOLOGY = Path(__file__).parent / "annotator" / "node_modules" / "@vocabulary" / "oa" / "oa.nq"

OA, RDF, RDFS = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
)
ACTIVITY, XSD = "http://www.w3.org/ns/activitystreams#", "http://www.w3.org/2001/XMLSchema#"

#: What the model (https://www.w3.org/TR/annotation-model/) takes from other vocabularies, and what it calls otherwise than the ontology.
BORROWED: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    "AnnotationPage": f"{ACTIVITY}OrderedCollectionPage",
    "items": {"@id": f"{ACTIVITY}items", "@type": "@id", "@container": "@list"},
    "format": "http://purl.org/dc/elements/1.1/format",
    "value": f"{RDF}value",
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
}

Facts = dict[str, dict[str, set[str]]]


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The ontology: of each term, what each relation leads to."""
    if not ONTOLOGY.is_file():
        pytest.skip("W3C's ontology is not installed: `npm ci --prefix tests/browser/annotator`")
    told: Facts = {}
    for line in ONTOLOGY.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"<([^>]+)> <([^>]+)> <([^>]+)> ", line):
            told.setdefault(found[1], {}).setdefault(found[2], set()).add(found[3])
    return told


def related(facts: Facts, term: str, how: str) -> set[str]:
    return facts.get(term, {}).get(how, set())


def context(facts: Facts) -> dict[str, Any]:
    """The terms of the ontology by the names that JSON has for them."""
    made: dict[str, Any] = {}
    for term in facts:
        name, kinds = term.removeprefix(OA), related(facts, term, f"{RDF}type")
        if not term.startswith(OA) or not name:
            continue
        if f"{RDF}Property" not in kinds:
            made[name] = term
            continue
        (leads_to,) = related(facts, term, f"{RDFS}range") or {""}
        kind = {"": "@id", f"{OA}Motivation": "@vocab", f"{XSD}string": None}.get(
            leads_to, leads_to if leads_to.startswith(XSD) else "@id"
        )
        key = re.sub(r"^has(.)", lambda m: m[1].lower(), name)
        made[key] = {"@id": term} if kind is None else {"@id": term, "@type": kind}
    return made | BORROWED


def expanded(reconciliation: Reconciliation, facts: Facts) -> list[Any]:
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed: .ci/run installs it")

    def load(address: str, _: object) -> dict[str, Any]:
        assert address == CONTEXT, "nothing else is asked for"
        return {"document": {"@context": context(facts)}, "documentUrl": address, "contextUrl": None, "contentType": "application/ld+json"}  # fmt: skip

    return list(jsonld.expand(json.loads(to_annotation(reconciliation)), {"documentLoader": load}))


def nodes(of: Any) -> Iterator[dict[str, Any]]:
    """Everything that is said something of, wherever it stands."""
    if isinstance(of, list):
        for part in of:
            yield from nodes(part)
    elif isinstance(of, dict) and "@list" in of:
        yield from nodes(of["@list"])
    elif isinstance(of, dict) and "@value" not in of and of.keys() != {"@id"}:
        yield of
        for part in of.values():
            yield from nodes(part)


def kinds(facts: Facts, types: list[str]) -> set[str]:
    """These classes and all that they are a part of."""
    found = set(types)
    while more := {up for t in found for up in related(facts, t, f"{RDFS}subClassOf")} - found:
        found |= more
    return found


def test_every_name_is_a_term_of_the_w3c_and_nothing_is_dropped(facts: Facts, bridge: Reconciliation) -> None:
    for story in (harbour_fire(), bridge):
        said = json.loads(to_annotation(story))
        given = [d for d in nodes(said) if d.keys() - {"@context"}]
        made = list(nodes(expanded(story, facts)))
        assert len(made) == len(given) > 30
        assert sum(len(d) for d in made) == sum(len(d.keys() - {"@context"}) for d in given)
        known = {term["@id"] if isinstance(term, dict) else term for term in context(facts).values()}
        assert {key for d in made for key in d} <= known | {"@id", "@type"}
        assert {t for d in made for t in d.get("@type", ())} <= known


def test_what_is_said_of_what_is_as_the_ontology_has_it(facts: Facts) -> None:
    """The subject of each relation is of its domain, and what it leads to is of its range."""
    checked = 0
    for node in nodes(expanded(harbour_fire(), facts)):
        for relation, leads_to in node.items():
            domain, reach = (related(facts, relation, f"{RDFS}{side}") for side in ("domain", "range"))
            assert domain <= kinds(facts, node.get("@type", [])), relation
            for value in leads_to if reach else ():
                (of,) = reach
                if of == f"{XSD}string":
                    assert set(value) == {"@value"}
                    assert type(value["@value"]) is str
                elif of.startswith(XSD):
                    assert value["@type"] == of
                elif of == f"{OA}Motivation":
                    assert of in related(facts, value["@id"], f"{RDF}type"), value
                else:
                    assert of in kinds(facts, value["@type"]), relation
                checked += 1
    assert checked > 50


def test_a_name_that_the_w3c_does_not_have_would_be_found(facts: Facts) -> None:
    assert "assessing" in context(facts)
    assert "opinion" not in context(facts)
    assert context(facts)["source"]["@id"] == f"{OA}hasSource"
    assert context(facts)["start"]["@type"] == f"{XSD}nonNegativeInteger"
