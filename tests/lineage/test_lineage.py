"""Every place has one lineage; a copy, an agency, an outlet and the user's word join; a quotation and a mention do not."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.likeness.fingerprints import words
from twosource.lineage import Traced, trace
from twosource.lineage.order import Moment, comes_first, moment, newsroom
from twosource.lineage.own import own
from twosource.model import Edge, Lineage, Quote, Reading, Report

BRIDGE = (
    "A footbridge over the Ember gave way on Sunday afternoon while hundreds of people were crossing it on their way home "
    "from the kite festival, throwing dozens into the river.",
    "Boatmen who had been hired to ferry visitors across pulled more than forty of them from the water before the first "
    "fire engine arrived from the other bank.",
    "The bridge had been inspected in the spring and found safe, but residents had complained since then about loose "
    "planks and a handrail that moved in the wind.",
)
INSURER = (
    "The insurer of the festival said it had warned the organisers twice in writing that no more than two hundred visitors "
    "could be let onto the crossing at a time, and had received no answer.",
    "Its lawyers are to meet the town council on Wednesday to discuss who pays for the treatment of the injured, some of "
    "whom have been taken to hospitals as far away as the coast.",
)
MAYOR = (
    "Mayor Iva Stroud slept in her office that night, with a map of the river pinned over the portraits of her predecessors.",
    "By daybreak a crane stood on the bank and children had come to watch it lift what was left of the railings.",
    "School will begin an hour later for the rest of the week, the council decided in a short sitting.",
)


def report(name: str, *paragraphs: str, **known: str) -> Reading:
    body = "\n".join(paragraphs)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Reading(Report(name, f"{name}.txt", body, digest, digest, "text/1", **known), "en", None)


def edges(traced: Traced) -> list[tuple[str, str, str]]:
    return sorted({(e.source, e.target, e.kind) for lineage in traced.lineages for e in lineage.edges})


def lineages(traced: Traced) -> list[tuple[str, ...]]:
    return sorted(lineage.reports for lineage in traced.lineages)


def by_paragraph(traced: Traced, reading: Reading) -> list[str]:
    text = reading.report.text
    return [traced.of(reading.report.id, at) for at in range(len(text)) if at == 0 or text[at - 1] == "\n"]


def test_nothing_in_nothing_out() -> None:
    assert trace([]).lineages == ()


def test_one_report_alone_is_one_lineage() -> None:
    traced = trace([report("a", *BRIDGE)])
    assert traced.lineages == (Lineage(traced.of("a", 0), "a", ("a",)),)


def test_an_empty_report_has_a_lineage_too() -> None:
    assert lineages(trace([report("a", ""), report("b", "")])) == [("a",), ("b",)]


def test_the_same_short_text_twice_is_a_copy() -> None:
    assert edges(trace([report("a", "Two were hurt."), report("b", "Two were hurt.")])) == [("a", "b", "copy")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"published": "2031-05-05"}, {"published": "2031-05-04"}),
        ({"published": "2031-05-04T12:00:00+02:00"}, {"published": "2031-05-04T09:00:00Z"}),
        ({"published": "2031-05-04T00:30:00+02:00"}, {"published": "2031-05-03T21:00:00Z"}),
        ({}, {"credit": "AP"}),
    ],
)
def test_the_copy_points_back_to_the_earlier_report(first: dict[str, str], second: dict[str, str]) -> None:
    traced = trace([report("a", *BRIDGE, **first), report("b", *BRIDGE, **second)])
    assert edges(traced) == [("b", "a", "copy")]
    assert traced.lineages[0].root == "b"


def test_without_dates_the_longer_comes_first_then_the_lower_id() -> None:
    assert edges(trace([report("a", *BRIDGE[:2]), report("b", *BRIDGE)])) == [("b", "a", "copy")]
    assert edges(trace([report("b", *BRIDGE), report("a", *BRIDGE)])) == [("a", "b", "copy")]


def test_a_day_alone_does_not_come_before_or_after_an_hour_of_that_day() -> None:
    day, hour = report("b", *BRIDGE, published="2031-05-04"), report("a", *BRIDGE, published="2031-05-04T20:00:00Z")
    assert comes_first(hour.report, day.report)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2031-05-04", Moment("2031-05-04", None)),
        ("2031-05-04T23:59:00-01:00", Moment("2031-05-05", "00:59:00")),
        ("2031-05-04T08:00:00", Moment("2031-05-04", "08:00:00")),
        ("last Tuesday", None),
        ("0001-01-01T00:00:00+10:00", None),
        ("", None),
        (None, None),
    ],
)
def test_moment(published: str | None, expected: Moment | None) -> None:
    assert moment(published) == expected


def test_an_agency_is_one_newsroom_whoever_prints_it() -> None:
    a = report("a", "EMBERTON (AP) — " + BRIDGE[0], outlet="The Daily Gull")
    b = report("b", *MAYOR, outlet="Northern Post", byline="By Ona Brill, Associated Press")
    c = report("c", *INSURER, outlet="AP News")
    traced = trace([a, b, c])
    assert lineages(traced) == [("a", "b", "c")]
    assert {kind for _, _, kind in edges(traced)} == {"credit"}
    assert "AP" in traced.lineages[0].edges[0].reasons[0]


def test_two_agencies_are_two_newsrooms() -> None:
    assert len(trace([report("a", *BRIDGE, credit="AP"), report("b", *MAYOR, credit="AFP")]).lineages) == 2


def test_an_outlet_is_one_newsroom_but_not_for_what_it_credits_to_an_agency() -> None:
    a = report("a", *BRIDGE, outlet="The Daily Gull")
    b = report("b", *MAYOR, outlet="the daily gull")
    c = report("c", *INSURER, outlet="The Daily Gull", credit="Reuters")
    traced = trace([a, b, c])
    assert lineages(traced) == [("a", "b"), ("c",)]
    assert edges(traced) == [("a", "b", "outlet")]


@pytest.mark.parametrize("name", ["a", "a.txt"])
def test_the_user_may_declare_one_source(name: str) -> None:
    traced = trace([report("a", *BRIDGE), report("b", *MAYOR, same_source_as=name)])
    assert lineages(traced) == [("a", "b")]
    assert edges(traced) == [("a", "b", "declared")]


def test_two_reports_declared_to_be_of_a_source_that_is_not_there() -> None:
    a, b = report("a", *BRIDGE, same_source_as="A press pool"), report("b", *MAYOR, same_source_as="a press pool")
    assert lineages(trace([a, b, report("c", *INSURER)])) == [("a", "b"), ("c",)]


def test_a_report_that_carries_some_paragraphs_keeps_the_rest() -> None:
    a = report("a", *BRIDGE, published="2031-05-04")
    b = report("b", MAYOR[0], MAYOR[1], BRIDGE[1], MAYOR[2], INSURER[0], published="2031-05-05")
    traced = trace([a, b])
    at = by_paragraph(traced, b)
    assert at[2] == traced.of("a", 0)
    assert len({at[n] for n in (0, 1, 3, 4)} | {at[2]}) == 2
    copy = next(e for lineage in traced.lineages for e in lineage.edges)
    assert [s.exact for s in copy.spans] == [BRIDGE[1].rstrip("."), BRIDGE[1].rstrip(".")]
    assert 0.1 < copy.share < 0.5
    assert any("1 of 5 paragraphs" in reason for reason in copy.reasons)


def test_a_report_stitched_from_two_agencies_has_two_lineages() -> None:
    one, two = report("one", *BRIDGE, credit="AP"), report("two", *INSURER, credit="AFP")
    stitched = report("stitched", BRIDGE[0], BRIDGE[1], *INSURER)
    traced = trace([one, two, stitched])
    assert lineages(traced) == [("one", "stitched"), ("stitched", "two")]
    assert by_paragraph(traced, stitched) == [traced.of("one", 0)] * 2 + [traced.of("two", 0)] * 2


def test_paragraphs_under_another_agencys_dateline_are_that_agencys() -> None:
    stitched = report("a", "EMBERTON (AP) — " + BRIDGE[0], BRIDGE[1], "PORT LOW (AFP) — " + INSURER[0], INSURER[1])
    traced = trace([stitched, report("b", *MAYOR, credit="AFP")])
    at = by_paragraph(traced, stitched)
    assert at[0] == at[1] != at[2] == at[3] == traced.of("b", 0)


def test_what_two_reports_have_from_a_third_is_one_lineage() -> None:
    a = report("a", MAYOR[0], BRIDGE[1], MAYOR[1], MAYOR[2])
    b = report("b", INSURER[0], BRIDGE[1], INSURER[1], credit="AP")
    traced = trace([a, b])
    assert by_paragraph(traced, a)[1] == by_paragraph(traced, b)[1]
    assert next(lineage.root for lineage in traced.lineages if len(lineage.reports) == 2) == "b"


def test_a_copy_of_a_copy_goes_back_to_the_first() -> None:
    a = report("a", *BRIDGE, published="2031-05-04")
    b = report("b", *MAYOR, *BRIDGE[:2], published="2031-05-05")
    c = report("c", *INSURER, INSURER[0].upper(), BRIDGE[0], published="2031-05-06")
    traced = trace([c, b, a])
    assert by_paragraph(traced, c)[-1] == traced.of("a", 0)
    assert ("a", "c", "copy") in edges(traced)


def test_a_paragraph_that_swallows_an_agency_sentence_is_the_agencys() -> None:
    a = report("a", *BRIDGE, published="2031-05-04")
    b = report("b", *MAYOR, " ".join((BRIDGE[1], MAYOR[0], MAYOR[2])), *INSURER, published="2031-05-05")
    at = by_paragraph(trace([a, b]), b)
    assert at[3] == trace([a, b]).of("a", 0)
    assert at[2] != at[3] != at[4]


def test_a_quotation_among_copied_paragraphs_goes_with_them() -> None:
    speech = "“It swayed and then it was simply not there any more under our feet,” she said."
    a = report("a", BRIDGE[0], speech, BRIDGE[1], published="2031-05-04")
    b = report("b", *MAYOR, *INSURER, BRIDGE[0], speech, published="2031-05-05")
    at = by_paragraph(trace([a, b]), b)
    assert at[-1] == at[-2] != at[0]


def test_direct_speech_that_reading_found_is_nobodys_text() -> None:
    said = "- It swayed and then it was simply not there any more under our feet as we all looked down at the river."
    a, b = report("a", MAYOR[0], said), report("b", INSURER[0], said)
    assert len(edges(trace([a, b]))) == 1

    def quoting(r: Reading) -> Reading:
        start = r.report.text.index("It swayed")
        part = r.report.span(start, len(r.report.text))
        quote = Quote(
            r.report.id, part.start, part.end, r.report.text,
            kind="direct", parts=(part,), speaker=None, speaker_name=None, source=None, cue=None,
        )  # fmt: skip
        return replace(r, quotes=(quote,))

    assert edges(trace([quoting(a), quoting(b)])) == []


def test_furniture_is_nobodys_text() -> None:
    box = "You are reading the free edition of this page, which is made possible by the readers who pay for it every month."
    a, b = report("a", MAYOR[0], box), report("b", INSURER[0], box)
    start = [r.report.text.index(box) for r in (a, b)]
    set_aside = [replace(r, furniture=(r.report.span(s, s + len(box)),)) for r, s in zip((a, b), start, strict=True)]
    assert edges(trace([a, b])) != []
    assert edges(trace(set_aside)) == []


def test_a_language_without_a_reader_still_counts() -> None:
    russian = (
        "Пешеходный мост через реку обрушился в воскресенье днём, когда по нему шли сотни людей, "
        "возвращавшихся с праздника, и десятки из них упали в воду."
    )
    chinese = "周日下午一座横跨河流的人行桥突然坍塌当时数百名参加完节日活动的民众正在过桥回家数十人落水。"
    a, b = (Reading(r.report, "ru", None) for r in (report("a", russian), report("b", "Сегодня. " + russian)))
    c, d = (Reading(r.report, "zh", None) for r in (report("c", chinese), report("d", chinese + "市长正在赶来。")))
    assert lineages(trace([a, b, c, d])) == [("a", "b"), ("c", "d")]


def test_a_line_that_is_an_article_is_taken_by_its_sentences() -> None:
    a = report("a", *BRIDGE, published="2031-05-04")
    b = report("b", " ".join((*MAYOR, BRIDGE[1], *INSURER)), published="2031-05-05")
    traced = trace([a, b])
    text = b.report.text
    assert traced.of("b", text.index("Boatmen")) == traced.of("a", 0)
    assert traced.of("b", text.index("Mayor")) == traced.of("b", text.index("The insurer")) != traced.of("a", 0)


@pytest.mark.parametrize(
    ("sentence", "attribution"),
    [
        ("“We fell,” Ms. Stroud told the Daily Gull on Monday.", "told the Daily Gull"),
        ("According to The Daily Gull, the planks were loose.", "According to The Daily Gull"),
        ("The planks were loose, the newspaper Daily Gull reported.", "Daily Gull reported"),
        ("The Daily Gull first reported the collapse.", "The Daily Gull first reported"),
    ],
)
def test_what_was_told_to_another_is_an_edge_and_joins_nothing(sentence: str, attribution: str) -> None:
    a, b = report("a", *BRIDGE, outlet="The Daily Gull"), report("b", MAYOR[0], sentence, outlet="Northern Post")
    traced = trace([a, b])
    assert edges(traced) == [("a", "b", "told")]
    assert len(traced.lineages) == 2
    told = next(e for lineage in traced.lineages for e in lineage.edges)
    assert attribution in [s.exact for s in told.spans]


def test_an_outlet_that_is_only_named_has_told_nothing() -> None:
    a, b = report("a", *BRIDGE, outlet="The Daily Gull"), report("b", MAYOR[0], "Copies of the Daily Gull lay about.")
    assert edges(trace([a, b])) == []


def test_the_newsroom_of_an_agencys_own_page() -> None:
    assert newsroom(report("a", *BRIDGE, outlet="Agence France-Presse").report) == ("agency", "AFP")
    assert newsroom(report("a", *BRIDGE).report) is None


def test_a_lineage_keeps_its_id_when_an_unrelated_report_comes() -> None:
    a, b = report("a", *BRIDGE), report("b", *BRIDGE[:2])
    assert trace([a, b]).of("b", 0) == trace([report("c", *MAYOR), b, a]).of("b", 0)


# --- what always holds --------------------------------------------------------------------------------------------------------

_PARAGRAPH = st.sampled_from(
    (*BRIDGE, *INSURER, *MAYOR, "A heading", "“A short quotation that both have,” he said.", "", "EMBER (AFP) — Rain.")
)
_REPORT = st.tuples(
    st.lists(_PARAGRAPH, max_size=6),
    st.sampled_from((None, "2031-05-04", "2031-05-05", "2031-05-04T10:00:00Z")),
    st.sampled_from((None, "AP", "AFP")),
    st.sampled_from((None, "The Daily Gull", "Reuters")),
    st.sampled_from((None, None, "r0", "pool")),
)
_SETS = st.lists(_REPORT, max_size=5).map(
    lambda parts: [
        report(
            f"r{n}",
            *body,
            **{k: v for k, v in zip(("published", "credit", "outlet", "same_source_as"), rest, strict=True) if v},
        )
        for n, (body, *rest) in enumerate(parts)
    ]
)


@settings(max_examples=150)
@given(_SETS, st.randoms(use_true_random=False))
def test_the_order_of_the_reports_changes_nothing(readings: list[Reading], random: object) -> None:
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert trace(shuffled) == trace(readings)


@settings(max_examples=150)
@given(_SETS)
def test_every_place_has_one_lineage_and_every_edge_its_evidence(readings: list[Reading]) -> None:
    traced = trace(readings)
    by_id = {lineage.id: lineage for lineage in traced.lineages}
    texts = {r.report.id: r.report.text for r in readings}
    assert len(by_id) == len(traced.lineages)
    for r in readings:
        for at in range(len(r.report.text) + 1):
            assert r.report.id in by_id[traced.of(r.report.id, at)].reports
    for lineage in traced.lineages:
        assert lineage.root in lineage.reports
        for edge in lineage.edges:
            assert 0 <= edge.share <= 1
            assert edge.source != edge.target
            assert edge.reasons
            assert edge.target in lineage.reports
            assert edge.kind == "told" or edge.source in lineage.reports
            assert all(texts[s.report][s.start : s.end] == s.exact for s in edge.spans)
            _shared_words_are_the_same(edge)


def _shared_words_are_the_same(edge: Edge) -> None:
    if edge.kind == "copy":
        source, target = (
            {words(s.exact).forms for s in edge.spans if s.report == side} for side in (edge.source, edge.target)
        )
        assert source
        assert source == target


@given(st.text(max_size=400))
def test_any_text_is_cut_into_places_that_hold_all_its_words(text: str) -> None:
    found = own(report("a", text))
    assert found.unit_of() == sorted(found.unit_of())
    assert len(found.unit_of()) == len(found.words)


def test_sixty_reports_take_seconds() -> None:
    def story(n: int) -> Reading:
        of_its_own = [" ".join(f"w{n}x{p}y{i % 17}" for i in range(60)) + "." for p in range(12)]
        return report(f"r{n:02}", *of_its_own, *(BRIDGE if n % 2 else ()))

    began = time.process_time()
    traced = trace([story(n) for n in range(60)])
    assert time.process_time() - began < 15
    assert max(len(lineage.reports) for lineage in traced.lineages) == 30
