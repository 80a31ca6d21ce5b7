"""Pages → reports: the article, its head, and what the page says of itself; and pages that want to break the reader."""

import json
import time

import pytest

from twosource.errors import TooLarge
from twosource.sources import load, worker
from twosource.sources.dateline import dateline
from twosource.sources.page import article

BODY = """<p>A ferry with forty people on board sank off the port of Oskel before dawn on Tuesday, and nine of them are missing.</p>
<p>“We heard a bang and the lights went out,” said Mara Lind, who was on the car deck when the water came in.</p>
<h2>High waves</h2>
<p>The ship left the harbour at four in the morning, although the port authority had warned of high waves, officials said.</p>
<p>Divers will go down to the wreck on Wednesday, the harbour master, Jon Aske, told reporters on the quay.</p>"""


def page(body=BODY, head="", top="<h1>Ferry sinks off Oskel, nine missing</h1>") -> str:
    return (
        f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Ferry sinks off Oskel, nine missing | The Harbour Post</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav><main><article>{top}{body}</article></main>"
        "<footer>© 2031 The Harbour Post</footer></body></html>"
    )


def read(tmp_path, markup, name="a.html"):
    path = tmp_path / name
    path.write_bytes(markup if isinstance(markup, bytes) else markup.encode())
    return load([path])


def only(loaded):
    assert loaded.problems == ()
    (report,) = loaded.reports
    return report


def test_the_article_with_its_head_in_page_order(tmp_path):
    top = (
        "<h1>Ferry sinks off Oskel, nine missing</h1><div class='byline'>By <a rel='author' href='/ib'>Ilsa Brandt</a></div>"
        "<time datetime='2031-03-04T07:15:00+01:00'>4 March 2031, 07:15</time>"
    )
    report = only(
        read(tmp_path, page(top=top, body=BODY.replace("<p>A ferry", "<p><b>OSKEL, Norland (AP)</b> — A ferry")))
    )
    lines = report.text.split("\n")
    assert lines[:3] == ["Ferry sinks off Oskel, nine missing", "By Ilsa Brandt", "4 March 2031, 07:15"]
    assert lines[3].startswith("OSKEL, Norland (AP) — A ferry with forty people")
    assert lines[4].startswith("“We heard a bang")
    assert lines[-1].endswith("told reporters on the quay.")
    assert [s.exact for s in report.head] == [*lines[:3], "OSKEL, Norland (AP) —"]
    assert all(s.report == report.id and report.text[s.start : s.end] == s.exact for s in report.head)
    assert (report.title, report.byline, report.credit) == (lines[0], "Ilsa Brandt", "AP")
    assert report.published == "2031-03-04"
    assert report.extractor.startswith("html-2/trafilatura-")
    assert "Home" not in report.text
    assert "©" not in report.text


def test_what_the_page_says_of_itself(tmp_path):
    head = """<link rel="canonical" href="https://www.harbour.example/2031/ferry">
    <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Site"},
     {"@type": ["NewsArticle"], "headline": "Ferry sinks off Oskel, nine missing", "datePublished": "2031-03-04T06:15:00Z",
      "inLanguage": "en-GB", "author": [{"@type": "Person", "name": "Ilsa Brandt"}, {"@type": "Person", "name": "Tom Vane"}],
      "publisher": {"@type": "Organization", "name": "The Harbour Post"},
      "sourceOrganization": {"@type": "NewsMediaOrganization", "name": "Reuters"}}]}</script>"""
    report = only(read(tmp_path, page(head=head)))
    assert report.url == "https://www.harbour.example/2031/ferry"
    assert (report.outlet, report.byline) == ("The Harbour Post", "Ilsa Brandt, Tom Vane")
    assert (report.published, report.language, report.credit) == ("2031-03-04T06:15:00+00:00", "en-GB", "Reuters")


def test_meta_elements_stand_in_where_there_is_no_schema(tmp_path):
    head = """<meta property="og:site_name" content="Oskel Times"><meta name="author" content="By Ilsa Brandt">
    <meta property="article:published_time" content="2031-03-04T07:15:00+01:00"><meta property="og:url" content="/relative">
    <script type="application/ld+json">{"@type": "NewsArticle", </script>"""
    report = only(read(tmp_path, page(head=head)))
    assert (report.outlet, report.byline, report.url) == ("Oskel Times", "Ilsa Brandt", None)
    assert report.published == "2031-03-04T07:15:00+01:00"


def test_a_page_that_says_nothing_of_itself_is_given_nothing(tmp_path):
    report = only(read(tmp_path, page()))
    assert (report.outlet, report.byline, report.credit, report.published, report.url) == (None,) * 5


def test_an_address_of_another_kind_is_not_taken(tmp_path):
    assert only(read(tmp_path, page(head="<link rel=canonical href='javascript:alert(1)'>"))).url is None


def test_a_dateline_that_the_extractor_loses_comes_back():
    lost = page(body=BODY.replace("<p>A ferry", "<div class='dateline'>OSKEL, Norland (AP) —</div><p>A ferry"))
    assert "OSKEL, Norland (AP) — A ferry with forty" in article(lost)["text"]


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a"])
def test_a_page_is_a_page_whatever_its_name(tmp_path, name):
    assert only(read(tmp_path, page(), name)).extractor.startswith("html-")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("shift_jis", "shift_jis"), ("utf-8", "utf-16")],
)
def test_the_encoding_that_a_page_names_is_used(tmp_path, declared, encoding):
    words = {"cp1252": "déjà “vu”", "cp1251": "паром ушёл", "shift_jis": "フェリー", "utf-16": "żółw"}[encoding]
    markup = page(
        BODY
        + f"<p>The captain's last words, as the radio had them, were: {words}, and nothing was heard after that.</p>"
    )
    data = markup.replace("'utf-8'", f"'{declared}'").replace("“We", "We").replace("out,”", "out,").replace("©", "")
    assert words in only(read(tmp_path, data.encode(encoding))).text


def test_a_page_without_an_article_says_so(tmp_path):
    (problem,) = read(tmp_path, "<html><body><div id='app'></div><script>start()</script></body></html>").problems
    assert "no article text" in problem.why
    (problem,) = read(tmp_path, " \n", "b.html").problems
    assert "no text" in problem.why


def test_the_same_page_gives_the_same_report(tmp_path):
    assert read(tmp_path, page()).reports == read(tmp_path, page()).reports


# --- what trafilatura loses ----------------------------------------------------------------------------------------------------

LINES = [line.removeprefix("<p>").removesuffix("</p>") for line in BODY.split("\n") if line.startswith("<p>")]


def lines(markup: str) -> list[str]:
    return article(markup)["text"].split("\n")


def test_paragraphs_in_a_box_of_their_own_above_the_article_are_kept():
    lead = f"<div class='lead'><p>{LINES[0]}</p><p>{LINES[1]}</p></div><div class='gallery'><img src='a.jpg'></div>"
    rest = f"<div class='text'>{''.join(f'<p>{n}. Nobody on the quay could say what had happened to them.</p>' for n in range(9))}</div>"
    assert lines(f"<html><body><h1>Ferry sinks off Oskel</h1>{lead}{rest}</body></html>")[1:3] == LINES[:2]


def test_an_article_in_a_layout_of_tables_is_its_paragraphs():
    cell = "".join(f"<p>{line}</p>" for line in LINES * 2)
    laid = f"<table><tr><td><a href=a>Tides</a></td><td><h1>Ferry sinks off Oskel</h1>{cell}</td></tr></table>"
    assert lines(f"<html><body>{laid}</body></html>")[1:5] == LINES


def test_a_table_of_figures_stays_a_table():
    table = "<table><tr><th>Ship</th><th>Missing</th></tr><tr><td>Alma</td><td>9</td></tr></table>"
    assert "| Alma | 9 |" in article(page(BODY + table))["text"].replace("  ", " ")


def test_teasers_under_a_short_article_are_no_part_of_it():
    teasers = "".join(
        f"<div class='c'><h3><a href='/{n}'>Other story {n}</a></h3><p>{n} walks for a long weekend on the coast.</p></div>"
        for n in range(5)
    )
    short = f"<html><body><main><div><h1>Ferry sinks off Oskel</h1><p>{LINES[0]}</p></div><section>{teasers}</section></main></body></html>"
    assert lines(short) == ["Ferry sinks off Oskel", LINES[0]]


def test_an_article_that_a_script_is_to_show_is_taken_from_what_the_page_tells_machines():
    told = json.dumps({"@type": "NewsArticle", "headline": "Ferry sinks off Oskel", "articleBody": "\n\n".join(LINES)})
    assert (
        lines(
            f"<html><head><script type='application/ld+json'>{told}</script></head><body><div id='app'></div></body></html>"
        )
        == LINES
    )


def test_a_dateline_that_stands_alone_is_joined_with_what_it_opens():
    alone = BODY.replace("<p>A ferry", "<p>OSKEL, Norland (AP) —</p><p>A ferry")
    found = article(page(alone))["text"]
    assert found.count("OSKEL, Norland (AP) —") == 1
    assert "OSKEL, Norland (AP) — A ferry with forty" in found


# --- pages that want to break the reader ---------------------------------------------------------------------------------------

LAST = "<p>The very last words of this article are that the search was called off on Friday night.</p>"


def test_text_nested_deep_and_what_follows_it_is_kept():
    deep = (
        "<div>" * 300
        + "<p>Down here somebody says that the hull had been repaired in haste that winter.</p>"
        + "</div>" * 300
    )
    found = article(page(BODY + deep + LAST))
    assert found["problems"] == []
    assert "repaired in haste" in found["text"]
    assert "the very last words" in found["text"].lower()


def test_text_nested_beyond_what_the_parser_takes_is_flagged(tmp_path):
    deep = "<div>" * 5000 + "<p>Down here somebody says that the hull had been repaired in haste.</p>" + "</div>" * 5000
    loaded = read(tmp_path, page(BODY + deep + LAST))
    assert "may be missing" in loaded.problems[0].why
    assert "A ferry with forty people" in loaded.reports[0].text


def test_what_follows_a_script_of_eleven_megabytes_is_kept(tmp_path):
    script = "<script>" + "x" * (11 << 20) + "</script>"
    assert "very last words" in only(read(tmp_path, page(BODY + script + LAST))).text


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><p>Unclosed <b>everywhere <i>and <p>again " + BODY,
        "<html>" + "<table><tr><td>" * 100 + BODY,
        "<html><body>" + BODY.replace("ferry", "fer\0ry"),
        "<html><head><script type='application/ld+json'>" + "[" * 50_000 + "</script></head><body>" + BODY,
        "<html><body>" + BODY + "<!-- " * 10_000,
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><body>"
        + BODY
        + "</body></html>",
    ],
    ids=["unclosed", "tables", "zero", "json", "comments", "xhtml"],
)
def test_a_malformed_page_keeps_its_text(markup):
    assert "Divers will go down to the wreck" in article(markup)["text"]


def test_a_slow_page_is_stopped_and_the_next_is_read(tmp_path, monkeypatch):
    read(tmp_path, page(), "warm.html")
    slow = page(
        "".join(f"<p>Paragraph {n} of the inquiry says that something else went wrong.</p>" for n in range(60_000))
    )
    with monkeypatch.context() as impatient:
        impatient.setattr(worker, "PARSE_SECONDS", 0.2)
        began = time.monotonic()
        (problem,) = read(tmp_path, slow, "slow.html").problems
        assert time.monotonic() - began < 60
    assert isinstance(problem, TooLarge)
    assert "took more than 0.2 s of computing, the most that one step may take, and was stopped" in problem.why
    assert only(read(tmp_path, page())).text


def test_a_worker_that_died_between_two_pages_costs_none(tmp_path):
    read(tmp_path, page(), "warm.html")
    for idle in worker._idle:
        idle.process.kill()
        idle.process.wait()
    assert only(read(tmp_path, page())).text


# --- datelines -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opening",
    [
        "OSKEL (AP) —", "OSKEL, Norland (AP) --", "OSKEL, Norland, March 4 (Reuters) -", "Oskel, March 4 (Reuters) -", "(Reuters) -", "NEW OSKEL —",
        "ST. MARA, Norland —", "Oskel, Norland (Harbour News Network) –", "OSKEL/NEW OSKEL (Reuters) -", "OSKEL, March 4, 2031 —",
    ],
)  # fmt: skip
def test_a_dateline_opens_a_line(opening):
    assert dateline(f"{opening} A ferry sank off the port before dawn.") == len(opening)


@pytest.mark.parametrize(
    "line",
    [
        "Ana Roe — the younger — left.", "Sen. Ana Roe (D-Norland) — A speech.", "Jon Aske (left) — The harbour master.", "A ferry - the third - sank.",
        "NINE MISSING AS FERRY SINKS", "OSKEL is a port.", "",
    ],
)  # fmt: skip
def test_other_dashes_open_none(line):
    assert dateline(line) == 0


def test_no_line_makes_it_slow():
    began = time.process_time()
    for line in ("A-" * 4000, "AAAA " * 2000, "A.A." * 2000, "OSKEL, " * 1000, "(" * 8000):
        dateline(line)
    assert time.process_time() - began < 0.5
