"""Reports of different stories that share text: late reprints, a text beneath another, and what is nobody's own."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource import cli
from twosource.engines import rows
from twosource.engines.between import Reprint, reprints
from twosource.engines.candidates import Candidates, candidates
from twosource.engines.pile import opened
from twosource.likeness.fingerprints import words
from twosource.limits import BOILERPLATE_OF_OUTLET, BOILERPLATE_STORIES, READ_CHARACTERS, REPRINT_SOURCES
from twosource.model import Reading, Report
from twosource.outputs.lineages import between_text
from twosource.sources import from_text
from twosource.stories import Story, group

WIRE = (
    "Two barges sank off Karsmouth on Monday, and 14 people were brought ashore by the lifeboat Osprey.\n"
    "The harbour master had closed the northern channel at noon because a crane leaned over it and nobody knew how long it would hold.\n"
    "Both barges therefore went round by the sandbank, where the tide runs hardest at that time of the month.\n"
    "Divers are to look for the freight as soon as the wind has gone down, which may take until the end of the week."
)
MUSEUM = (
    "The museum of Dornwick opened its new wing on Saturday with four hundred guests and a band of pupils.\n"
    "It had been built by a firm from Elkbury for nine million crowns, half of which a collector of clocks gave before she died."
)
NOTICE = (
    "Readers who know more about this are asked to ring the desk between nine and five, or to leave their names with the porter, who"
    " passes on whatever is handed to him before the last edition closes."
)
NEWS = "The council of {} voted {} to {} for a tramway along the river, which the traders there have asked for since the bridge was shut."


def told(text: str, name: str, day: str | None, outlet: str | None = None) -> Report:
    return from_text(text, file=name, published=day, outlet=outlet, language="en")


def written(folder: Path, shards: Iterable[Sequence[Report]]) -> Path:
    """A pile as `read --engine` leaves it, of reports that nobody has read further."""
    folder.mkdir()
    schema = pa.schema([(column, pa.string()) for column in rows.COLUMNS])
    for n, shard in enumerate(shards):
        found = [rows.row(Reading(report, "en", None)) for report in shard]
        pq.write_table(pa.Table.from_pylist(found, schema), folder / f"{n}.parquet")
        (folder / f"{n}.done").write_text(json.dumps({"rows": rows.VERSION}), encoding="ascii")
    return folder


def alone(reports: Iterable[Report]) -> tuple[Story, ...]:
    """Every report a story of its own."""
    return tuple(Story(f"e-{r.file}", r.file, (r.id,)) for r in reports)


def joined(folder: Path, stories: tuple[Story, ...]) -> tuple[list[Reprint], Candidates]:
    with opened([folder]) as pile:
        found = candidates(pile, stories)
        return list(reprints(pile, stories)), found


def pairs(found: Iterable[Reprint]) -> list[tuple[str, str]]:
    return [(reprint.source.file, reprint.target.file) for reprint in found]


def shared(reprint: Reprint) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The words at each place of the source, and those at each of the target."""

    def at(report: Report) -> list[tuple[str, ...]]:
        return [words(s.exact).forms for s in reprint.edge.spans if s.report == report.id]

    return at(reprint.source), at(reprint.target)


def test_a_late_reprint_goes_back_to_its_original(tmp_path: Path) -> None:
    late = WIRE.replace("14 people", "fourteen of the crew").replace("Both barges therefore", "So the barges")
    reports = [told(WIRE, "wire", "2031-04-01", "Gull Wire"), told(late, "late", "2031-05-06", "Elkbury Echo")]
    stories = group(reports)
    assert len(stories) == 2
    (found,), _ = joined(written(tmp_path / "pile", [reports]), stories)
    assert (found.source.file, found.target.file, found.edge.kind) == ("wire", "late", "copy")
    assert [story.reports for story in found.stories] == [(found.source.id,), (found.target.id,)]
    assert found.edge.share > 0.8
    assert any("stand word for word in wire" in reason for reason in found.edge.reasons)
    here, there = shared(found)
    assert here == there
    assert "fourteen" not in {word for place in there for word in place}


def test_a_text_within_another_report_goes_back_to_its_original(tmp_path: Path) -> None:
    wire, both = told(WIRE, "wire", "2031-04-01"), told(f"{MUSEUM}\n{WIRE}", "both", "2031-04-02")
    (found,), _ = joined(written(tmp_path / "pile", [[both], [wire]]), alone([wire, both]))
    assert pairs([found]) == [("wire", "both")]
    assert min(s.start for s in found.edge.spans if s.report == both.id) == both.text.index("Two barges")
    assert "4 of 6 paragraphs are taken over" in found.edge.reasons


def test_copies_of_copies_go_back_to_the_first_that_has_the_words(tmp_path: Path) -> None:
    wire = told(WIRE, "wire", "2031-04-01")
    longer = told(f"{WIRE}\n{MUSEUM}", "longer", "2031-05-01")
    last = told(f"{WIRE}\n{MUSEUM}\nNo more was known on Friday.", "last", "2031-06-01")
    found, _ = joined(written(tmp_path / "pile", [[last, wire, longer]]), alone([wire, longer, last]))
    assert pairs(found) == [("wire", "longer"), ("wire", "last"), ("longer", "last")]
    assert found[1].edge.reasons[1] == "4 of 7 paragraphs are taken over"
    assert found[2].edge.reasons[1] == "2 of 7 paragraphs are taken over"


def test_what_stands_in_one_story_is_left_to_its_lineage(tmp_path: Path) -> None:
    reports = [told(WIRE, "wire", "2031-04-01"), told(f"{WIRE}\n{MUSEUM}", "copy", "2031-04-02")]
    one = (Story("e1", "barges", tuple(r.id for r in reports)),)
    assert joined(written(tmp_path / "pile", [reports]), one) == ([], Candidates(0, 0, 0))


def test_copies_of_one_text_are_each_set_against_the_first_alone(tmp_path: Path) -> None:
    many = BOILERPLATE_STORIES * 3
    reports = [told(WIRE, f"{n:03}", f"2031-04-{n % 28 + 1:02}") for n in range(many)]
    found, looked = joined(written(tmp_path / "pile", [reports]), alone(reports))
    assert looked == Candidates(many - 1, 0, 0)
    assert len({reprint.source.file for reprint in found}) == 1
    assert len({reprint.target.file for reprint in found}) == len(found) == many - 1
    assert all(r.edge.reasons == (f"the same text, word for word, as {found[0].source.file}",) for r in found)


def test_one_report_in_two_files_is_no_copy_of_itself(tmp_path: Path) -> None:
    wire = told(WIRE, "wire", "2031-04-01")
    again = replace(wire, published="2031-05-01", outlet="Echo")
    assert joined(written(tmp_path / "pile", [[wire], [again, wire]]), alone([wire])) == ([], Candidates(0, 0, 0))


@pytest.mark.parametrize(
    ("many", "outlet"), [(BOILERPLATE_STORIES + 1, None), (BOILERPLATE_OF_OUTLET + 1, "Elkbury Echo")]
)
def test_boilerplate_is_nobodys_own(many: int, outlet: str | None, tmp_path: Path) -> None:
    places = ["Ashholm", "Farnbury", "Wesleigh"]
    reports = [
        told(f"{NEWS.format(places[n % 3] + 'x' * n, n + 30, n)}\n{NOTICE}", f"{n:02}", f"2031-04-{n + 1:02}", outlet)
        for n in range(many)
    ]
    # The notice alone would make every later page a copy of the first.
    few, _ = joined(written(tmp_path / "few", [reports[:3]]), alone(reports[:3]))
    assert pairs(few) == [("00", "01"), ("00", "02")]
    wire, late = told(f"{WIRE}\n{NOTICE}", "wire", "2031-05-01"), told(f"{WIRE}\n{NOTICE}", "late", "2031-06-01")
    reports += [wire, replace(late, text=f"So it was told in May.\n{late.text}")]
    found, looked = joined(written(tmp_path / "pile", [reports]), alone(reports))
    assert pairs(found) == [("wire", "late")]
    assert all("porter" not in span.exact for span in found[0].edge.spans)
    assert looked.boilerplate == many


def test_an_index_is_set_against_those_it_shares_most_with(tmp_path: Path) -> None:
    pen = random.Random(7)
    names = [
        f"{a}{b}"
        for a in ("kar", "dor", "elk", "vel", "ost", "fal", "gre", "tor")
        for b in ("mo", "wi", "bu", "na", "li", "se", "ra")
    ]
    passages = [" ".join(pen.choice(names) for _ in range(30)).capitalize() + "." for _ in range(REPRINT_SOURCES + 5)]
    parts = [told(passage, f"{n:02}", f"2031-04-{n + 1:02}") for n, passage in enumerate(passages)]
    index = told("\n".join(passages), "index", "2031-06-01")
    found, looked = joined(written(tmp_path / "pile", [[*parts, index]]), alone([*parts, index]))
    assert looked == Candidates(REPRINT_SOURCES, 0, 1)
    assert {target for _, target in pairs(found)} == {"index"}
    assert len(found) == REPRINT_SOURCES


def test_of_a_text_without_end_what_is_read_is_joined(tmp_path: Path) -> None:
    numbers = count()
    filling = "\n".join(f"Row {next(numbers)} of list {next(numbers)} is empty." for _ in range(READ_CHARACTERS // 25))
    wire, long = told(WIRE, "wire", "2031-04-01"), told(f"{WIRE}\n{filling}\n{MUSEUM}", "long", "2031-05-01")
    museum = told(MUSEUM, "museum", "2031-04-01")
    found, _ = joined(written(tmp_path / "pile", [[wire, long, museum]]), alone([wire, museum, long]))
    assert pairs(found) == [("wire", "long")]
    assert all(long.text[s.start : s.end] == s.exact for s in found[0].edge.spans if s.report == long.id)


SENTENCES = [*WIRE.split("\n"), *MUSEUM.split("\n"), NOTICE, *(NEWS.format(p, 31, 9) for p in ("Ashholm", "Farnbury"))]


@st.composite
def piles(draw: st.DrawFn) -> tuple[list[Report], list[int]]:
    """Reports of a few sentences that stand in others too, some without a day; and the shard of each, in the order of the rows."""
    texts = draw(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), min_size=2, max_size=10))
    days = draw(
        st.lists(
            st.sampled_from(["2031-04-01", "2031-04-02", "2031-06-01", None]), min_size=len(texts), max_size=len(texts)
        )
    )
    outlets = [None, "Gull Wire", "Elkbury Echo"]
    reports = [
        told("\n".join(text), f"{n}", day, outlets[n % 3])
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    return reports, draw(st.permutations(range(len(texts))))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pile=piles(), parts=st.integers(1, 4))
def test_shards_and_their_order_do_not_matter(
    pile: tuple[list[Report], list[int]], parts: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reports, order = pile
    folder = tmp_path_factory.mktemp("piles")
    other = [reports[n] for n in order]
    stories = alone(reports)
    one = joined(written(folder / "one", [reports]), stories)
    assert one == joined(written(folder / "other", [other[n::parts] for n in range(parts)]), stories)
    assert len(set(pairs(one[0]))) == len(one[0])
    for reprint in one[0]:
        here, there = shared(reprint)
        assert {*here} == {*there} != set()
        assert reprint.source.file != reprint.target.file


# --- the command --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def barges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wire, a paper that prints it, and a page that prints it again five weeks later with other news."""
    monkeypatch.chdir(tmp_path)
    reports = [
        told(WIRE, "wire", "2031-04-01", "Gull Wire"),
        told(f"Barges lost off Karsmouth.\n{WIRE}", "post", "2031-04-02", "Karsmouth Post"),
        told(f"{MUSEUM}\n{WIRE}", "weekend", "2031-05-10", "Elkbury Echo"),
    ]
    written(tmp_path / "read", [reports[:2], reports[2:]])


@pytest.mark.usefixtures("barges")
def test_the_command_tells_a_line_a_pair_after_the_stories(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lineage", "read", "--format", "jsonl"]) == 0
    out, err = capfd.readouterr()
    story, edge, between = (json.loads(line) for line in out.splitlines())
    within = story["lineages"][0]["edges"][0]
    assert (edge["from"], edge["to"], edge["kind"]) == ("wire", "weekend", "copy")
    assert {*within} == {*edge} - {"published", "stories"}
    assert edge["published"] == ["2031-04-01", "2031-05-10"]
    assert edge["stories"][0] == {"id": story["story"], "title": story["title"]}
    texts = {"wire": WIRE, "weekend": f"{MUSEUM}\n{WIRE}"}
    assert {span["report"] for span in edge["spans"]} == {*texts}
    assert all(texts[s["report"]][s["start"] : s["end"]] == s["exact"] for s in edge["spans"])
    assert between == {"between_stories": {"edges": 1, "judged": 1, "mostly_boilerplate": 0, "more_sources": 0}}
    assert err.endswith("3 reports, 1 stories of several, 1 reports alone; between stories, 1 copy\n")


@pytest.mark.usefixtures("barges")
def test_the_command_tells_a_reader(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lineage", "read", "--width", "200"]) == 0
    out, _ = capfd.readouterr()
    assert "\nwire (2031-04-01, " in out
    assert "\n  → weekend (2031-05-10, " in out
    assert "(copy): " in out
    assert f"in weekend at {len(MUSEUM) + 1}–" in out
    assert "Between stories: 1 copy, of 1 pair of reports looked at." in out


def test_where_a_cap_bites_is_said() -> None:
    assert (
        "".join(between_text(0, Candidates(0, 0, 0)))
        == "\nBetween stories: 0 copies, of 0 pairs of reports looked at.\n"
    )
    bitten = "".join(between_text(2, Candidates(7, 3, 1), width=300))
    assert (
        "Mostly boilerplate: 3 reports. What stands in more than 20 stories, or in more than 3 of one outlet, is not told"
        in bitten
    )
    assert "With words of more than 20 reports of other stories: 1 report. Those with most were looked at." in bitten
