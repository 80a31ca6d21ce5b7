"""What is written as JSON comes back whole, or is refused by name."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest
from harbour_fire import at, harbour_fire, report
from hypothesis import given
from hypothesis import strategies as st

import twosource.outputs
from twosource.errors import ReconciliationError
from twosource.model import FigureGroup, FigureMention, Lineage, Reading, Reconciliation, Report
from twosource.outputs.json import from_json, json_schema, reading_json, to_json

CHECKED_IN = Path(twosource.outputs.__file__).parent / "reconciliation.schema.json"
KEPT = Path(__file__).parent / "harbour_fire.json"


def test_what_is_written_comes_back(fire: Reconciliation) -> None:
    assert from_json(to_json(fire)) == fire
    assert to_json(from_json(to_json(fire))) == to_json(fire)


def test_the_bytes_are_those_kept_in_the_repository(fire: Reconciliation) -> None:
    assert to_json(fire) == KEPT.read_text(encoding="utf-8"), f"write it anew: to_json(harbour_fire()) into {KEPT}"


def test_the_schema_checked_in_is_the_generated_one() -> None:
    assert json.loads(CHECKED_IN.read_text(encoding="utf-8")) == json_schema(), (
        "write it anew: twosource schema -o " + str(CHECKED_IN)
    )


def test_real_output_is_valid_by_the_schema(fire: Reconciliation) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(to_json(fire)))


def test_the_schema_refuses_what_is_not_whole(fire: Reconciliation) -> None:
    raw = json.loads(to_json(fire))
    del raw["claims"][0]["evidence"][0]["voice"]
    with pytest.raises(jsonschema.ValidationError, match="voice"):
        jsonschema.Draft202012Validator(json_schema()).validate(raw)


def test_it_is_the_json_of_the_spec(fire: Reconciliation) -> None:
    raw = json.loads(to_json(fire))
    assert list(raw)[:2] == ["schema", "reports"]
    assert raw["schema"] == "twosource/reconciliation/1"
    ledger = raw["reports"][0]
    assert ledger["lineages"] == ["l1"]
    assert ledger["furniture"][0]["exact"] == "See also: Ten harbours to visit"
    edge = raw["lineages"][0]["edges"][0]
    assert (edge["from"], edge["to"], edge["share"]) == (raw["reports"][0]["id"], raw["reports"][1]["id"], 0.93)
    assert raw["figures"][0]["mentions"][0]["low"] == 12
    assert raw["figures"][0]["mentions"][0]["high"] is None
    assert '"low": 12,' in to_json(fire), "a whole number has no .0"
    assert raw["claims"][0]["evidence"][0]["voice"][0]["text"] == "Interior Minister Jora Velm"


def test_fields_of_a_later_version_are_passed_over(fire: Reconciliation) -> None:
    raw = json.loads(to_json(fire))
    raw["claims"][0]["colour"] = "red"
    assert from_json(json.dumps(raw)) == fire


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (
            lambda r: r["claims"][2]["evidence"][1].update(exact="The market stays open"),
            r"^claims\[2\]\.evidence\[1\]: says 'The market st",
        ),
        (lambda r: r["claims"][0]["summary"].update(end=100_000), r"^claims\[0\]\.summary: .* is no place in report"),
        (lambda r: r["quotes"][0]["cue"].update(report="r0"), r"^quotes\[0\]\.cue: points into 'r0'"),
        (lambda r: r["claims"][1].pop("verdict"), r"^claims\[1\]\.verdict: is missing$"),
        (lambda r: r["claims"][1].update(verdict="true"), r"^claims\[1\]\.verdict: is 'true', not one of corroborated"),
        (lambda r: r["claims"][1].update(lineages=True), r"^claims\[1\]\.lineages: is True, not a whole number$"),
        (lambda r: r["claims"][1].update(lineages=2.5), r"^claims\[1\]\.lineages: is 2.5, not a whole number$"),
        (lambda r: r["claims"][1].update(reasons="because"), r"^claims\[1\]\.reasons: is 'because', not an array$"),
        (
            lambda r: r["figures"][0]["mentions"][0].update(low="12"),
            r"^figures\[0\]\.mentions\[0\]\.low: is '12', not a number$",
        ),
        (lambda r: r["figures"][0]["mentions"][0].update(low=10**400), r"too large a number$"),
        (
            lambda r: r["claims"][1]["evidence"][0].update(lineage="l9"),
            r"^claims\[1\]\.evidence\[0\]\.lineage: 'l9' is no lineage",
        ),
        (
            lambda r: r["claims"][0]["evidence"][0]["voice"][0].update(actor="a9"),
            r"^claims\[0\]\.evidence\[0\]\.voice: 'a9' is no actor",
        ),
        (lambda r: r["claims"][0]["difference"].update(sides=[["s0"], []]), r"^claims\[0\]\.difference\.sides: 's0'"),
        (lambda r: r["quotes"][0].update(speaker="a9"), r"^quotes\[0\]\.speaker: 'a9'"),
        (lambda r: r["lineages"][0].update(root="r9"), r"^lineages\[0\]\.root: 'r9'"),
        (lambda r: r["lineages"][0]["edges"][0].update({"from": "r9"}), r"^lineages\[0\]\.edges\[0\]\.from: 'r9'"),
        (lambda r: r["timeline"][0].update(claims=["c9"]), r"^timeline\[0\]\.claims: 'c9'"),
        (lambda r: r["notes"][1].update(report="r9"), r"^notes\[1\]\.report: 'r9'"),
        (lambda r: r["reports"].append(r["reports"][0]), r"^reports: .* is no single report"),
        (lambda r: r["reports"][0].pop("furniture"), r"^reports\[0\]\.furniture: is None, not an array"),
        (lambda r: r["reports"].append("x"), r"^reports\[3\]: is 'x', not an object"),
        (
            lambda r: r["reports"][0].update(text=r["reports"][0]["text"] + " "),
            r"^reports\[0\]\.text: its sha-256 begins",
        ),
        (lambda r: r.pop("claims"), r"^claims: is missing$"),
        (lambda r: r.update(claims={}), r"^claims: is an object, not an array$"),
        (lambda r: r.update(schema="twosource/reconciliation/2"), r"^schema: is 'twosource/reconciliation/2'"),
    ],
)
def test_what_is_not_whole_is_refused_by_its_place(fire: Reconciliation, change: object, place: str) -> None:
    raw = json.loads(to_json(fire))
    change(raw)
    with pytest.raises(ReconciliationError, match=place):
        from_json(json.dumps(raw))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, b"\xff\xfe\xff", '{"schema": NaN}', "7" * 5000])
def test_what_is_no_reconciliation_is_refused(text: str | bytes) -> None:
    with pytest.raises(ReconciliationError):
        from_json(text)


def test_lone_surrogates_and_odd_line_ends_are_kept_and_the_bytes_are_utf_8() -> None:
    odd = report("odd.txt", "a\udc80b\u2028c\x85d\x7f\ud800")
    written = to_json(Reconciliation(reports=(odd,)))
    assert (
        len(written.encode("utf-8").decode().splitlines())
        == len(to_json(Reconciliation(reports=(report("o", "a"),))).split("\n")) - 1
    )
    assert from_json(written.encode("utf-8")).reports == (odd,)


def test_a_character_torn_in_two_is_refused_rather_than_moved() -> None:
    with pytest.raises(ReconciliationError, match="torn"):
        to_json(Reconciliation(reports=(report("odd.txt", "\ud83d\ude00"),)))


def test_a_number_that_json_cannot_keep_is_refused() -> None:
    one = report("a.txt", "Many came.")
    many = FigureMention(one.id, 0, 4, one.text, low=float("inf"), high=None, as_of=None, voice=())
    with pytest.raises(ReconciliationError, match="infinite"):
        to_json(Reconciliation((one,), figures=(FigureGroup("f1", "who came", "people", "single-source", (many,)),)))


@given(
    st.text(st.characters(), min_size=1, max_size=40).filter(lambda s: not s.isspace()),
    st.floats(allow_nan=False, allow_infinity=False) | st.none(),
    st.data(),
)
def test_any_text_and_any_place_come_back(text: str, low: float | None, data: st.DataObject) -> None:
    one = report("any.txt", text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mention = FigureMention(one.id, start, end, one.text, low=low, high=None, as_of=None, voice=())
    told = Reconciliation(
        (one,),
        lineages=(Lineage("l1", one.id, (one.id,)),),
        figures=(FigureGroup("f1", text, "people", "single-source", (mention,)),),
        furniture=(one.span(start, end),),
    )
    assert from_json(to_json(told)) == told
    assert from_json(to_json(told).encode("utf-8")) == told


def test_a_reading_is_one_line(fire: Reconciliation) -> None:
    tern = fire.reports[2]
    reading = Reading(
        tern, "en", "by hand", quotes=fire.quotes, actors=fire.actors[1:2], furniture=(at(tern, "Gulls"),)
    )
    line = reading_json(reading)
    assert "\n" not in line
    raw = json.loads(line)
    assert list(raw)[:11] == (
        ["id", "file", "text", "sha256", "credit", "names", "quotes", "figures", "times", "statements", "furniture"]
    )
    assert raw["id"] == raw["file"] == "tern.txt"
    assert raw["quotes"][0]["source"]["exact"] == "Yora Velm"
    assert raw["names"][0]["exact"] == "the fire brigade"


@pytest.mark.parametrize(
    ("file", "extractor", "name"),
    [
        ("wires/3", "json/1", "wires/3"),
        ("in/a.json", "json/1", "a.json"),
        ("in/a.txt", "text/1", "a.txt"),
        ("in/a.html", "html/1", "a.html"),
    ],
)
def test_a_reading_is_called_by_the_reports_own_id_else_by_its_files_name(file: str, extractor: str, name: str) -> None:
    raw = json.loads(
        reading_json(Reading(dataclasses.replace(report(file, "Two came."), extractor=extractor), "en", None))
    )
    assert (raw["id"], raw["file"]) == (name, file)


def test_the_story_of_these_tests_is_the_same_twice() -> None:
    assert harbour_fire() == harbour_fire()
    assert isinstance(harbour_fire().reports[0], Report)


@pytest.mark.parametrize("wrong", [{"statements": ("s1", "s2")}, {"actors": ("a99",)}])
def test_a_join_of_what_is_not_there_is_refused(fire: Reconciliation, wrong: dict[str, tuple[str, ...]]) -> None:
    n, claim = next((n, c) for n, c in enumerate(fire.claims) if c.joins)
    torn = dataclasses.replace(claim, joins=(dataclasses.replace(claim.joins[0], **wrong),))
    told = dataclasses.replace(fire, claims=(*fire.claims[:n], torn, *fire.claims[n + 1 :]))
    with pytest.raises(ReconciliationError, match=rf"claims\[{n}\]\.joins\[0\]\.{next(iter(wrong))}"):
        from_json(to_json(told))
