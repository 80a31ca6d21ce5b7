"""The page as a file: what it says, where it leads, and that nothing of a report's own becomes anything but words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from harbour_fire import at, report
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from twosource.model import Claim, Evidence, Lineage, Reconciliation, Report, Settled, Span, Voice, content_id
from twosource.outputs.order import letters, numbered
from twosource.outputs.page import BEFORE, asset, digest, environment, link, to_page
from twosource.outputs.page.drawing import LEFT, RIGHT, Axis, Tick, axis
from twosource.outputs.page.story import Story
from twosource.outputs.wording import visible


def parsed(reconciliation: Reconciliation) -> html.HtmlElement:
    return html.document_fromstring(to_page(reconciliation))


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def nth(page: html.HtmlElement, number: int) -> html.HtmlElement:
    """The claim of that number: they stand in the order of their numbers."""
    return page.xpath("//*[@data-k]")[number - 1]


def quoted(a: html.HtmlElement) -> str:
    """The words of a quotation, without the letter before it."""
    return "".join(a.itertext()).removeprefix("".join(a.xpath("./b/text()"))).strip().strip("“”")


def end(a: html.HtmlElement, page: html.HtmlElement) -> int:
    """Where the place that a link leads to ends: as the link says, or the place itself, or with its first piece."""
    first = one(page, f"//*[@id='{a.get('href')[1:]}']")
    start = int(first.get("id").split(".")[1])
    return int(a.get("data-e") or first.get("data-e") or start + len(first.text_content()))


def one(page: html.HtmlElement, path: str) -> html.HtmlElement:
    (found,) = page.xpath(path)
    return found


def alone(of: Report, *said: str) -> Reconciliation:
    """One report, each of `said` a claim that it alone makes."""

    def claim(span: Span) -> Claim:
        e = Evidence(
            span.report, span.start, span.end, of.text, id=content_id("s", span.start), voice=(), lineage="l1", origin="l1",
            polarity="asserted", modality="happened",
        )  # fmt: skip
        return Claim(content_id("c", e.id), span, "single-source", ("One newsroom alone carries it.",), 1, 1, (e,))

    return Reconciliation(
        (of,), lineages=(Lineage("l1", of.id, (of.id,)),), claims=tuple(claim(at(of, s)) for s in said)
    )


# --- what it says ------------------------------------------------------------------------------------------------------------


def test_the_first_screen_says_what_may_be_printed_what_to_check_and_whom_to_ask(fire: Reconciliation) -> None:
    top = words(one(parsed(fire), "//header[@class='top']"))
    assert "Fire sweeps Karsmouth fish market 3 reports · 2 newsrooms · 2031-04-01 to 2031-04-02" in top
    assert "▲ 1 conflicting △ 0 updated ● 1 corroborated ◐ 1 one origin ○ 2 single source" in top
    assert re.search(r"Whom to ask Jora Velm ▲\s1 conflicting", top), "who denies and admits"


def test_nobody_is_sent_to_ask_a_pronoun(fire: Reconciliation) -> None:
    they = Voice("they", None, "unnamed", None)
    texts = {r.id: r.text for r in fire.reports}

    def by_them(claim: Claim) -> Claim:
        said = tuple(replace(e, voice=(they,), origin="l1", of=texts[e.report]) for e in claim.evidence)
        return replace(claim, evidence=said)

    told = tuple(by_them(c) for c in fire.claims)
    assert "Whom to ask" not in words(one(parsed(replace(fire, claims=told)), "//header[@class='top']"))


def test_claims_stand_by_weight_under_the_same_numbers_as_everywhere(fire: Reconciliation) -> None:
    page = parsed(fire)
    claims = page.xpath("//*[@data-k]")
    shown = [(int(one(c, ".//a[@href='#" + c.get("id") + "']").text.split()[-1]), c.get("id")) for c in claims]
    assert shown == [(n.number, n.claim.id) for n in numbered(fire)]


def test_the_words_that_differ_are_marked_inside_the_quotations(fire: Reconciliation) -> None:
    first = nth(parsed(fire), 1)
    assert [m.text for m in first.xpath(".//mark")] == ["denied", "did fail"]
    assert quoted(first.xpath(".//a[@class='q']")[0]) == "Interior Minister Jora Velm denied that the alarm had failed"


def test_sides_without_words_of_their_own_are_marked_whole(fire: Reconciliation) -> None:
    claims = tuple(replace(c, difference=replace(c.difference, spans=())) if c.difference else c for c in fire.claims)
    first = nth(parsed(replace(fire, claims=claims)), 1)
    assert [(m.get("class"), m.text) for m in first.xpath(".//mark")] == [
        ("whole", "Interior Minister Jora Velm denied that the alarm had failed"),
        ("whole", "The alarm did fail"),
    ]


def test_a_line_says_report_voice_origin_and_why(fire: Reconciliation) -> None:
    claim = nth(parsed(fire), 3)
    lines = [words(x) for x in claim.xpath(".//p[@class='e']")]
    assert lines == [
        "B “The market will stay closed until Monday” the harbour master",
        "C “The market stays shut until Monday” the harbour master",
    ]
    why = words(one(claim, ".//details[@class='why']"))
    assert "both quote the harbour master" in why
    assert "Origins the harbour master (B, C)" in why
    assert (
        "Brought together B and C: both say “market” and “Monday”; of 100 pairs of statements scored like this, 91 were one fact."
        in why
    )
    assert "Newsrooms B · C" in why


def test_a_verdict_is_a_shape_and_a_word_as_well_as_a_colour(fire: Reconciliation) -> None:
    heads = [words(h) for h in parsed(fire).xpath("//article[@data-k]/h3")]
    assert [h.split(" ")[:3] for h in heads] == [
        ["▲", "1", "conflicting:"],
        ["●", "2", "corroborated"],
        ["◐", "3", "one"],
    ]


def test_copies_share_a_line_that_leads_into_each_of_them(fire: Reconciliation) -> None:
    page = parsed(fire)
    claim = nth(page, 2)
    line = claim.xpath(".//p[@class='e']")[0]
    assert words(line) == "A “Fire swept the fish market in Karsmouth on Tuesday” also B"
    assert [(a.get("href"), end(a, page)) for a in line.xpath(".//a")] == [("#A.24", 74), ("#B.35", 85)]
    assert "Each newsroom itself A, B (text of B) · C" in words(claim)


# --- where it leads ----------------------------------------------------------------------------------------------------------


def test_every_link_inside_the_page_leads_somewhere_and_no_name_is_given_twice(fire: Reconciliation) -> None:
    page = parsed(fire)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in page.xpath("//@href") if h.startswith("#")} <= set(ids)


def test_a_link_leads_to_the_words_that_it_shows(fire: Reconciliation) -> None:
    """Every quotation's place, read in the report from where the link leads to where it ends, is the quotation."""
    page = parsed(fire)
    texts = {letters(fire)[r.id]: r.text for r in fire.reports}
    links = page.xpath("//a[@class='q']")
    assert len(links) >= 8
    for a in links:
        letter, start = a.get("href")[1:].split(".")
        assert quoted(a) == visible(texts[letter][int(start) : end(a, page)])
        assert quoted(a).startswith(one(page, f"//*[@id='{a.get('href')[1:]}']").text_content())


def test_the_reports_stand_in_full_with_each_claim_marked_in_place(fire: Reconciliation) -> None:
    page = parsed(fire)
    for r in fire.reports:
        article = one(page, f"//article[@id='{letters(fire)[r.id]}']")
        lines = [p.text_content() for p in article.xpath(".//div[contains(@class, 'para')]/p")]
        assert lines == [visible(x) for x in re.split(r"[\r\n]+", r.text) if x.strip()], (
            "nothing left out, nothing added"
        )
        for n in numbered(fire):
            for e in (e for e in n.claim.evidence if e.report == r.id):
                marked = [x for x in article.xpath(".//*[@data-c]") if str(n.number) in x.get("data-c").split(",")]
                assert "".join(x.text_content() for x in marked) == visible(e.exact)
    margin = [words(a) for a in one(page, "//article[@id='C']").xpath(".//*[@class='marks']/a")]
    assert margin == ["▲1", "●2", "◐3", "○4", "○5"]


def test_the_margins_are_honest(fire: Reconciliation) -> None:
    page = parsed(fire)
    margin = words(one(page, "//*[@id='margin']"))
    assert "unread scan.pdf: no text in it" in margin
    assert "page furniture set aside, evidence of nothing B 1" in margin
    assert fire.reports[0].sha256 in margin
    assert words(one(page, "//div[contains(@class, 'aside')]")) == "See also: Ten harbours to visit"


# --- what is drawn -----------------------------------------------------------------------------------------------------------


def value(x: float, ticks: Sequence[tuple[float, float]]) -> float:
    (x0, v0), (x1, v1) = ticks[0], ticks[-1]
    return v0 + (x - x0) * (v1 - v0) / (x1 - x0)


def test_a_range_starts_and_ends_where_its_figure_does(fire: Reconciliation) -> None:
    chart = one(parsed(fire), "//figure[@id='f1']")
    ticks = [(float(t.get("x")[:-1]), float(t.text)) for t in chart.xpath(".//svg[@class='scale']//text")]
    at_least, exactly = chart.xpath(".//ul/li")
    bar = one(at_least, ".//line")
    assert value(float(bar.get("x1")[:-1]), ticks) == pytest.approx(12)
    assert bar.get("x2") == "100%", "open above: to the edge"
    assert [u.get("href") for u in at_least.xpath(".//use")] == ["#stop", "#to"]
    dot = one(exactly, ".//use[@href='#dot']")
    assert value(float(dot.get("x")[:-1]), ticks) == pytest.approx(20)
    assert words(at_least) == "A B 12 or more “At least 12” the harbour master · 1 April 2031"


def test_what_a_policy_makes_of_a_figure_is_told_and_shaded(fire: Reconciliation) -> None:
    settled = replace(fire.figures[0], settled=Settled(12.0, 18.0, "named-sources-first", "why"))
    chart = one(parsed(replace(fire, figures=(settled,))), "//figure[@id='f1']")
    assert "named sources first: 12 to 18" in words(one(chart, "./figcaption"))
    band = one(chart, ".//rect[@class='band']")
    ticks = [(float(t.get("x")[:-1]), float(t.text)) for t in chart.xpath(".//svg[@class='scale']//text")]
    left, width = (float(band.get(a)[:-1]) for a in ("x", "width"))
    assert (value(left, ticks), value(left + width, ticks)) == (pytest.approx(12), pytest.approx(18, abs=0.01))


def test_a_count_that_grows_is_drawn_over_time_and_told_in_words(fire: Reconciliation) -> None:
    series = one(parsed(fire), "//svg[@class='series']")
    assert series.get("aria-label") == "people hurt over time: A, B 12+, C 20"
    first, last = series.xpath(".//circle")
    assert float(first.get("cx")[:-1]) < float(last.get("cx")[:-1]), "later stands right"
    assert float(first.get("cy")) > float(last.get("cy")), "more stands higher"
    assert [t.text for t in series.xpath(".//text[@class='below']")] == ["1 Apr", "2 Apr"]


def test_a_count_that_grows_is_drawn_where_it_is_claimed_and_its_figures_are_marked(fire: Reconciliation) -> None:
    spans = (
        at(fire.reports[0], "At least 12 people were hurt"),
        at(fire.reports[2], "By Wednesday 20 people were hurt"),
    )
    texts = {r.id: r.text for r in fire.reports}
    evidence = tuple(
        Evidence(s.report, s.start, s.end, texts[s.report], id=f"s{i}", voice=(), lineage=line, origin=line, polarity="asserted", modality="happened")
        for i, (s, line) in enumerate(zip(spans, ("l1", "l2"), strict=True))
    )  # fmt: skip
    grown = Claim("c0123456789ab", spans[0], "updated", ("It grows with its day.",), 2, 2, evidence)
    page = parsed(replace(fire, claims=(*fire.claims, grown)))
    claim = one(page, "//section[@id='updated']//article")
    assert [m.text for m in claim.xpath(".//mark")] == ["At least 12", "20"]
    assert one(claim, ".//figure").get("id") == "f1"
    assert "drawn with claim 2" in words(one(page, "//section[@id='figures']"))


def test_who_copied_whom_is_drawn_and_told_in_words(fire: Reconciliation) -> None:
    page = parsed(fire)
    graph = one(page, "//figure[@class='graph']/svg")
    assert graph.get("aria-label") == "Who goes back to whom: A to B (copy, 93% of its words)"
    assert [t.text for t in graph.xpath(".//text[@class='letter']")] == ["A", "B"]
    assert "goes back to B (copy, 93% of its words): 19 of its 20 words" in words(one(page, "//ul[@class='reports']"))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([5.0, 8.0], ["5", "6", "7", "8"]),
        ([0.0, 100.0], ["0", "50", "100"]),
        ([7.0], ["7"]),
        ([6300.0, 6999.0], ["6,200", "6,400", "6,600", "6,800", "7,000"]),
        ([1.0, 1000.0], ["1", "10", "100", "1,000"]),
    ],
)
def test_an_axis_has_round_numbers_and_holds_all_values(values: list[float], told: list[str]) -> None:
    scale = axis(values)
    assert [t.words for t in scale.ticks] == told
    assert all(6 <= scale.x(v) <= 94 for v in values)
    assert Axis(0, 10, False, (Tick(6, "0"),)).x(0) == 6


@given(st.lists(st.floats(0, 1e9) | st.integers(-1000, 10**12).map(float), min_size=1, max_size=6))
def test_every_value_stands_on_its_axis_and_more_stands_further_right(values: list[float]) -> None:
    scale = axis(values)
    places = [scale.x(v) for v in sorted(values)]
    assert all(LEFT - 0.1 <= x <= RIGHT + 0.1 for x in places)
    assert places == sorted(places)
    assert 1 <= len(scale.ticks) <= 8


# --- what it must survive ----------------------------------------------------------------------------------------------------


SPITE = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 7 * 7 }} </title></style> \u202egpj.exe\u2066 zero\u200bwidth \x1b[31m\x00 \ud800"


def spiteful() -> Reconciliation:
    of = report("<b>.txt", f"{SPITE} sank on Monday.\n{SPITE}", outlet=SPITE, title=SPITE, byline=SPITE, credit=SPITE, url="javascript:alert(3)", language='en" onload="x', published=SPITE)  # fmt: skip
    return alone(of, f"{SPITE} sank on Monday")


def test_nothing_of_a_report_becomes_markup_and_nothing_hidden_stays_hidden() -> None:
    made = to_page(spiteful())
    page = html.document_fromstring(made)
    assert len(page.xpath("//script")) == 2
    assert page.xpath("//img | //b[not(@class)][text()='.txt'] | //iframe | //object | //base | //style[2]") == []
    assert [a for e in page.iter() for a in e.attrib if a.startswith("on")] == []
    assert [h for h in page.xpath("//@href") if not h.startswith(("#", "data:,"))] == []
    assert "49" not in words(one(page, "//h1"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00\x1b\ud800-\udfff]", made)
    assert "‹U+202E›gpj.exe" in words(one(page, "//h1"))


def test_only_http_leads_out() -> None:
    assert link("http://ledger.example") == "http://ledger.example"
    for bad in (None, "", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//ledger.example", "https://a\nb", "https://a.example/\u202e", "ftp://a"):  # fmt: skip
        assert link(bad) is None


def test_the_policy_names_what_runs_and_forbids_all_else(fire: Reconciliation) -> None:
    page = parsed(fire)
    policy = one(page, "//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'; ")
    for element in page.xpath("//style | //script"):
        assert digest(element.text_content()) in policy
    assert "unsafe" not in policy
    assert page.xpath("//@style") == [], "the policy would drop it"
    assert page.xpath("//@src | //link[not(@rel='icon')]") == [], "nothing is asked for"
    assert BEFORE in [s.text for s in page.xpath("//script")]


def test_style_and_script_ask_nobody_and_cannot_end_early() -> None:
    for name in ("page.css", "reader.js", "claims.js"):
        text = asset(name)
        assert not re.search(r"https?://|url\(|@import|</|innerHTML|eval\(|fetch\(|XMLHttp", text), name


def test_the_templates_mark_nothing_as_safe() -> None:
    made = environment()
    for name in made.list_templates():
        assert made.loader is not None
        source = made.loader.get_source(made, name)[0]
        assert "|safe" not in source.replace(" ", "")
        assert "autoescape" not in source


def test_no_reports_no_claims_one_report() -> None:
    assert "There is no report to read." in to_page(Reconciliation(reports=()))
    silent = report("empty.txt", "Hm.\n")
    assert "No statement could be read out of it." in to_page(Reconciliation((silent,)))
    assert "One report alone" in to_page(alone(report("a.txt", "A barge sank."), "A barge sank"))


def test_a_title_of_a_thousand_characters_is_cut_between_words() -> None:
    of = report("a.txt", "A barge sank.", title="barge " * 170)
    title = words(one(parsed(alone(of, "A barge sank")), "//h1"))
    assert title.endswith("barge …")
    assert len(title) <= 170


def test_two_thousand_claims_in_fifty_thousand_words_stand() -> None:
    text = "\n".join(" ".join(f"Barge {i} sank off pier {i % 7} in the night, and nobody saw what it was that had sunk it, or whether it was a barge." for i in range(k, k + 4)) for k in range(0, 2000, 4))  # fmt: skip
    of = report("long.txt", text)
    made = to_page(alone(of, *(f"Barge {i} sank off" for i in range(2000))))
    assert len(text.split()) > 45_000
    assert made.count("data-k=") == 2000
    assert len(made.encode()) < 2_000_000


def resting(page: html.HtmlElement) -> set[tuple[str, int, int]]:
    """Report, character and claim of all that claims rest on: as the words say themselves, and as the lines of the claims lead there."""
    found = set()
    for piece in page.xpath("//a[@data-c]"):
        letter, start = piece.get("id").split(".")
        ends = int(start) + len(piece.text_content())
        found |= {(letter, x, int(n)) for n in piece.get("data-c").split(",") for x in range(int(start), ends)}
    for number, claim in enumerate(page.xpath("//*[@data-k]"), 1):
        for a in claim.xpath(".//p//a[contains(@href, '.')]"):
            letter, start = a.get("href")[1:].split(".")
            found |= {(letter, x, number) for x in range(int(start), end(a, page))}
    return found


def test_in_a_large_page_the_lines_of_the_claims_tell_what_rests_on_which_words(
    fire: Reconciliation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = resting(parsed(fire))
    monkeypatch.setattr("twosource.outputs.page.LARGE", 0)
    page = parsed(fire)
    assert resting(page) == told
    assert page.xpath("//@data-c") == []
    twice = "A barge sank. Gulls rose. A barge sank."
    of = report("a.txt", twice)
    said = alone(of, "A barge sank", "Gulls rose")
    second = replace(said.claims[0].evidence[0], of=twice, id="s0", start=twice.rindex("A barge"), end=len(twice) - 1)
    again = replace(said, claims=(replace(said.claims[0], evidence=(*said.claims[0].evidence, second)), said.claims[1]))
    page = parsed(again)
    assert page.xpath("//@data-c") == ["1"], "the second time the same words stand, no line leads there"
    said_at = {1: [*range(12), *range(26, 38)], 2: range(14, 24)}
    assert resting(page) == {("A", x, n) for n, where in said_at.items() for x in where}


def test_a_large_page_says_nothing_twice(fire: Reconciliation, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = to_page(fire)
    monkeypatch.setattr("twosource.outputs.page.LARGE", 0)
    page = parsed(fire)
    assert len(to_page(fire)) < len(whole)
    assert [words(x) for x in page.xpath("//li[@data-k]/p")] == ["C", "C"], "the words stand in the report"
    ids = set(page.xpath("//@id"))
    assert {h[1:] for h in page.xpath("//@href") if h.startswith("#")} <= ids


def test_the_same_reconciliation_gives_the_same_bytes_in_whatever_order_its_parts_come(fire: Reconciliation) -> None:
    turned = replace(
        fire, reports=fire.reports[::-1], lineages=fire.lineages[::-1], actors=fire.actors[::-1], quotes=fire.quotes[::-1],
        claims=fire.claims[::-1], notes=fire.notes[::-1], furniture=fire.furniture[::-1],
    )  # fmt: skip
    assert to_page(turned) == to_page(fire)
    assert Story(fire).title == "Fire sweeps Karsmouth fish market"
